"""Forms in the design system's markup: each field, each mistake, and whatever somebody sends."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from headship.core.components import DateField


class Decide(forms.Form):
    what = forms.CharField(label="What was decided?", max_length=20, help_text="One <b>sentence</b>.")
    why = forms.CharField(label="Why", widget=forms.Textarea, max_length=50)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    decided_on = DateField(label="The date")
    until = DateField(label="The end", required=False)
    seen_by = forms.ChoiceField(label="Seen by", choices=[("staff", "All staff")], widget=forms.RadioSelect)
    values = forms.MultipleChoiceField(
        label="Values", choices=[("Ours", [("k", "Kindness")]), ("c", "Courage")], widget=forms.CheckboxSelectMultiple
    )
    term = forms.ChoiceField(label="Term", choices=[("", "Choose"), ("a", "Autumn")])
    staff = forms.IntegerField(label="Staff", required=False)
    cost = forms.DecimalField(label="Cost", required=False)
    paper = forms.FileField(label="Paper")
    sure = forms.BooleanField(label="Sure")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False)


GOOD = {
    "what": "Reading stays",
    "why": "It works",
    "decided_on_day": "3",
    "decided_on_month": "3",
    "decided_on_year": "2027",
    "seen_by": "staff",
    "values": ["k"],
    "term": "a",
    "sure": "on",
    "secret": "not-a-real-one",
}


def shown(**initial: Any) -> str:
    return str(Decide(initial=initial))


def test_a_good_form_gives_clean_values() -> None:
    form = Decide(GOOD, {"paper": SimpleUploadedFile("a.txt", b"a")})
    assert form.errors == {}
    assert (form.cleaned_data["decided_on"], form.cleaned_data["until"]) == (date(2027, 3, 3), None)


def test_each_field_has_its_markup_and_its_label() -> None:
    html = shown(decided_on=date(2027, 3, 3), values=["c"], term="a", seen_by="staff", sure=True)
    for piece in (
        'for="id_what"',
        'data-maxlength="50"',
        'id="id_decided_on-day" name="decided_on_day" type="text" value="3"',
        'name="seen_by" type="radio" value="staff" checked',
        'name="values" type="checkbox" value="c" checked',
        'value="a" selected',
        'id="id_paper" name="paper" type="file"',
        'name="sure" type="checkbox" value="on" checked',
        'type="password"',
        '<input type="hidden" name="back" id="id_back">',
    ):
        assert piece in html, piece
    assert "govuk-character-count" not in html[html.index("id_notes") : html.index("id_decided_on")]


def test_a_field_alone_is_rendered_alike() -> None:
    field = Decide()["what"]
    assert field.as_field_group().strip() == field.govuk().strip()
    assert 'rows="9"' in Decide()["why"].govuk(rows="9")


def test_words_of_a_form_are_escaped() -> None:
    assert "&lt;b&gt;sentence" in shown(what="</textarea><script>")
    assert "<script>" not in shown(what="</textarea><script>", why="</textarea><script>")


def test_mistakes_name_their_field_and_lead_to_it() -> None:
    form = Decide(
        {
            **GOOD,
            "what": "",
            "staff": "x",
            "decided_on_month": "",
            "until_day": "31",
            "until_month": "2",
            "until_year": "2027",
        }
    )
    assert not form.is_valid()
    mistakes = {field.anchor: field.mistakes for field in form if field.errors}
    assert mistakes == {
        "id_what": ["What was decided? This cannot be left empty."],
        "id_staff": ["Staff: use a whole number."],
        "id_decided_on-day": ["The date must include a month."],
        "id_until-day": ["The end must be a real date, such as 27 3 2027."],
        "id_paper": ["Paper: this cannot be left empty."],
    }
    html = str(form)
    assert all(f'id="{anchor}"' in html for anchor in mistakes)
    assert 'aria-describedby="id_what-hint id_what-error"' in html


def test_bounds_are_told_in_our_words_unless_the_field_has_its_own() -> None:
    class Bounded(forms.Form):
        name = forms.CharField(label="Name", max_length=3)
        minutes = forms.IntegerField(label="How long?", min_value=1)
        pupils = forms.IntegerField(label="Pupils", max_value=9, error_messages={"max_value": "Nine at most"})
        mail = forms.EmailField(label="Mail")

    form = Bounded({"name": "abcd", "minutes": "-5", "pupils": "10", "mail": "a@b"})
    assert [field.mistakes for field in form] == [
        ["Name: use at most 3 characters; this has 4."],
        ["How long? Use 1 or more."],
        ["Nine at most"],
        ["Mail: use an address such as name@school.example."],
    ]


def test_what_was_typed_is_kept_but_never_a_password() -> None:
    form = Decide({**GOOD, "until_day": "31", "until_month": "x", "secret": "hunter-two"})
    html = str(form)
    assert 'name="until_month" type="text" value="x"' in html
    assert "hunter-two" not in html


hostile = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["\0", "9" * 5000, "-1", "٣", "1e9", "<b>", "'\"", "None", "1_0"]
)


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([*GOOD, "until_day", "until_month", "until_year", "staff", "cost"]),
        st.lists(hostile, max_size=3),
    )
)
def test_whatever_is_sent_is_answered_with_a_form(sent: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, values in sent.items():
        query.setlist(name, values)
    form = Decide(query)
    html = str(form)
    assert form.is_bound
    assert "<b>" not in html
    assert "\0" not in html


@pytest.mark.parametrize("sent", [["1", "2"], "2027-03-03", None, ["1", "1", "99999"]])
def test_a_date_sent_in_another_way_does_not_break(sent: Any) -> None:
    field = DateField(label="The date", required=False)
    try:
        assert field.clean(sent) in {None, date(2027, 3, 3)}
    except forms.ValidationError as fault:
        assert fault.messages  # noqa: PT017  # either a date or a sentence, never another exception


@pytest.mark.parametrize("year", ["1", "0099", "1899", "2200", "9999", "99999999999999999999"])
def test_a_day_of_another_age_is_no_day(year: str):
    """Sums of academic years, and calendars, break at either end of time."""
    with pytest.raises(forms.ValidationError):
        DateField(label="The date").clean(["31", "12", year])
