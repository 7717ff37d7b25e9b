"""Forms of the first hour: clean values only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from headship.core.roles import Role
from headship.people.models import Account
from headship.project import setup_code
from headship.project.rules import FIRST_POSTS

PHASES = ("Primary", "Secondary", "All-through", "Nursery", "16 plus", "Special or alternative provision")
INVITED = 3
POSTS = {
    Role.HEADTEACHER: "I am the headteacher",
    Role.ADMINISTRATOR: "I am setting Headship up for the headteacher",
}


class CodeForm(forms.Form):
    """The code that the console shows."""

    code = forms.CharField(
        label="Set-up code",
        max_length=40,
        help_text="Such as ABCD-EFGH-JKLM. “headship serve” printed it when it started.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the set-up code"},
    )

    def clean_code(self) -> str:
        """Take the code shown last, and no other."""
        code: str = self.cleaned_data["code"]
        if not setup_code.fits(code):
            raise ValidationError("This is not the code the console showed last. Look there again.")
        return code


class RegisterForm(forms.Form):
    """The national register as a file."""

    file = forms.FileField(
        label="The register",
        help_text="A CSV file, as it comes; gzipped is as good.",
        error_messages={
            "required": "Choose the register's file",
            "empty": "This file is empty. Download it again and choose it here.",
        },
    )


class ByHandForm(forms.Form):
    """A school's few details, typed."""

    urn = forms.IntegerField(
        label="URN",
        help_text="Your school's six-figure reference number.",
        min_value=100_000,
        max_value=999_999,
        error_messages={
            "required": "Enter your school's URN",
            "min_value": "A URN has six figures",
            "max_value": "A URN has six figures",
        },
    )
    name = forms.CharField(
        label="Name of the school", max_length=200, error_messages={"required": "Enter the school's name"}
    )
    phase = forms.ChoiceField(
        label="Phase",
        choices=[(each, each) for each in PHASES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the phase"},
    )
    postcode = forms.RegexField(
        r"^\s*[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\s*$",
        label="Postcode",
        error_messages={"required": "Enter the postcode", "invalid": "Enter a whole postcode, such as EX1 1EX"},
    )

    def clean_postcode(self) -> str:
        """Write a postcode as it is printed."""
        plain = "".join(self.cleaned_data["postcode"].split()).upper()
        return f"{plain[:-3]} {plain[-3:]}"


class FindForm(forms.Form):
    """What somebody knows of their school."""

    q = forms.CharField(
        label="Name, URN or postcode", max_length=100, error_messages={"required": "Enter a name, URN or postcode"}
    )


class ChooseForm(forms.Form):
    """The school somebody chose."""

    urn = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=999_999_999)


class FirstAccountForm(forms.Form):
    """Whoever sets Headship up."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="You sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address such as name@school.example",
        },
    )
    password = forms.CharField(
        label="A password",
        help_text="At least 12 characters. Three words that do not belong together are good.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    role = forms.ChoiceField(
        label="Your post",
        choices=[(role.value, POSTS[role]) for role in FIRST_POSTS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose your post"},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easily guessed, knowing the name and address beside it."""
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            try:
                validate_password(password, Account(email=cleaned.get("email", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


class InviteThreeForm(forms.Form):
    """Up to three people, each with a name, an address and a post."""

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [("", "Choose a post"), *((role.value, role.words) for role in roles)]
        for number in range(1, INVITED + 1):
            self.fields[f"name_{number}"] = forms.CharField(label="Name", max_length=120, required=False)
            self.fields[f"email_{number}"] = forms.EmailField(label="E-mail address", required=False)
            self.fields[f"role_{number}"] = forms.ChoiceField(label="Post", choices=posts, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing of a person begun."""
        cleaned = super().clean() or {}
        for number in range(1, INVITED + 1):
            given = {part: cleaned.get(f"{part}_{number}") for part in ("name", "email", "role")}
            for part in [part for part, value in given.items() if any(given.values()) and not value]:
                if f"{part}_{number}" not in self.errors:
                    self.add_error(
                        f"{part}_{number}", f"Enter the {_PARTS[part]} of person {number}, or nothing of them"
                    )
        return cleaned

    def people(self) -> list[dict[str, Any]]:
        """Return those who were filled in."""
        rows = [
            {part: self.cleaned_data[f"{part}_{number}"] for part in ("name", "email", "role")}
            for number in range(1, INVITED + 1)
        ]
        return [{**row, "role": Role(row["role"])} for row in rows if row["name"]]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return each person's legend and fields."""
        return [
            (f"Person {number}", [self[f"{part}_{number}"] for part in ("name", "email", "role")])
            for number in range(1, INVITED + 1)
        ]


_PARTS = {"name": "name", "email": "e-mail address", "role": "post"}
