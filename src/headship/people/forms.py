"""Forms of sign-in and of people. They only clean."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as factors
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache

from headship.core import registry
from headship.core.components import DateField
from headship.core.roles import Role
from headship.people import tokens
from headship.people.choices import Kind
from headship.people.models import Account

PASSWORD_HINT = "At least 12 characters. Three random words make a good one."  # noqa: S105  # a hint, not a password
CODE = "Six-figure code from your authenticator app, or a recovery code"


def _reword(form: Any, **labels: str) -> None:
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)


class SignIn(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, login="E-mail address", password="Password")  # noqa: S106  # a label, no password
        self.fields["password"].help_text = ""


class ForgottenPassword(account.ResetPasswordForm):  # type: ignore[misc]  # as above
    """Where to send the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, email="E-mail address")


class NewPassword(account.ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, password1="New password", password2="New password again")  # labels
        self.fields["password1"].help_text = PASSWORD_HINT


class ChangedPassword(account.ChangePasswordForm):  # type: ignore[misc]  # as above
    """The old password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(
            self, oldpassword="Your password now", password1="New password", password2="New password again"
        )  # labels
        self.fields["password1"].help_text = PASSWORD_HINT


class PasswordAgain(account.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The password, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, password="Your password")  # noqa: S106  # a label, no password


def use_up(account: Account, code: str) -> None:
    """Use a code up for as long as its app's clock may be wrong, at every worker. Errors: ValidationError.

    allauth remembers it for one period alone, and takes it for three.
    """
    lasts = factors.TOTP_PERIOD * (2 * factors.TOTP_TOLERANCE + 1)
    if not cache.add(f"headship.code-used:{account.pk}:{normalize_user_code(code)}", 1, lasts):
        raise get_adapter().validation_error("incorrect_code")


class Code(factor.AuthenticateForm):  # type: ignore[misc]  # as above
    """The second step by code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=CODE)

    def clean_code(self) -> str:
        """Take a code once."""
        code: str = super().clean_code()
        use_up(self.user, code)
        return code


class CodeAgain(factor.ReauthenticateForm):  # type: ignore[misc]  # as above
    """A code, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code=CODE)

    def clean_code(self) -> str:
        """Take a code once."""
        code: str = super().clean_code()
        use_up(self.user, code)
        return code


class FirstCode(totp.ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code of a new authenticator app, which proves that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, code="Code the app shows now")

    def clean_code(self) -> str:
        """Take a code once: this one signs nobody in as well."""
        code: str = super().clean_code()
        use_up(self.user, code)
        return code


class NewPasskey(passkey.AddWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey, by the name its owner knows it by. Every one of ours can sign in without the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        _reword(self, name="What to call it")
        self.fields["name"].help_text = "For example: my phone, the laptop in the office"


class Invite(forms.Form):
    """Whom to invite, to which of the posts the inviter may give."""

    name = forms.CharField(label="Name", max_length=120, help_text="As it should stand on pages")
    email = forms.EmailField(label="E-mail address", help_text="The letter goes there, and they sign in with it")
    role = forms.ChoiceField(label="Post", widget=forms.RadioSelect)
    title = forms.CharField(
        label="What the school calls it (optional)", max_length=80, required=False, help_text="Such as: head of year 7"
    )
    starts_on = DateField(label="First day")

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [role for role in Role if role in set(roles)]
        self.fields["role"].choices = [(role.value, role.words) for role in offered]  # type: ignore[attr-defined]  # a choice field
        self.fields["role"].hints = {role.value: role.meaning for role in offered}  # type: ignore[attr-defined]  # core.components reads it

    def clean_name(self) -> str:
        """Keep a name on one line: letters hold it, and more lines would say what nobody here wrote."""
        return " ".join(self.cleaned_data["name"].split())


class TrustInvite(Invite):
    """Whom the trust invites: to the trust itself, or to the top of one of its schools."""

    school = forms.ChoiceField(label="Where")

    def __init__(self, *args: Any, schools: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = list(schools)  # type: ignore[attr-defined]  # a choice field


class Accept(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label="Choose a password",
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Refuse a password that is too short or well known."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class End(forms.Form):
    """The last day of a post or a relationship, and which of them its reader saw."""

    ends_on = DateField(label="Last day")
    version = forms.CharField(widget=forms.HiddenInput)


class ChangeRole(Invite):
    """The other post, from when, and why."""

    name = email = starts_on = None  # type: ignore[assignment]  # Django's way to leave fields out
    on = DateField(label="From which day")
    reason = forms.CharField(label="Why", max_length=200, help_text="One sentence; it stays with the post")


class Relate(forms.Form):
    """Who is what to whom, since when."""

    kind = forms.ChoiceField(label="What do they become?", widget=forms.RadioSelect)
    holder = forms.ChoiceField(label="Who takes it on")
    about = forms.ChoiceField(label="For whom")
    starts_on = DateField(label="First day")

    def __init__(self, *args: Any, kinds: Iterable[Kind], people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(kinds)
        names = [("", "Choose"), *people]
        self.fields["kind"].choices = [(kind.value, kind.words) for kind in offered]  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].hints = {kind.value: kind.meaning for kind in offered}  # type: ignore[attr-defined]  # core.components reads it
        for name in ("holder", "about"):
            self.fields[name].choices = names  # type: ignore[attr-defined]  # a choice field


class Token(forms.Form):
    """What a program's token is called, what it may do, and for how long."""

    name = forms.CharField(
        label="What is it for?", max_length=60, help_text="So that you know it again: timetable program, board report"
    )
    permits = forms.MultipleChoiceField(
        label="What may its program do?",
        help_text="Nothing else, and never more than you may do yourself",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing its program may do"},
    )
    days = forms.TypedChoiceField(
        label="How long does it work?",
        coerce=int,
        choices=[(each.days, f"{each.days} days") for each in tokens.LASTS],
        initial=tokens.LASTS[1].days,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permits"].choices = list(registry.permits().items())  # type: ignore[attr-defined]  # a choice field

    def lasts(self) -> timedelta:
        """Return how long it was chosen to work."""
        return timedelta(days=self.cleaned_data["days"])
