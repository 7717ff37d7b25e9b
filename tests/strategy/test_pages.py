"""The screens of values and decisions, as they are clicked through."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.standards import actions as standards
from headship.strategy import actions, forms
from headship.strategy.models import Decision, Value
from tests import cast as everybody
from tests.cast import Cast

AT = timezone.now()
LOG = f"/schools/{everybody.OWN}/decisions/"
VALUES = f"/schools/{everybody.OWN}/values/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


@pytest.fixture
def head(cast: Cast) -> Client:
    return cast.client("headteacher")


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_phones_form_has_at_most_four_fields():
    visible = [name for name, field in forms.DecisionForm.base_fields.items() if not field.widget.is_hidden]
    assert visible == ["what", "why", "serves", "visibility"]


def test_an_empty_log_teaches_those_who_may_note_and_tells_the_others_who(cast: Cast, head: Client):
    assert "Note the last thing you decided" in shown(head, LOG)
    teachers = shown(cast.client("teacher"), LOG)
    assert "Decisions are noted by the headteacher" in teachers
    assert LOG + "note" not in teachers


def test_a_decision_is_noted_read_changed_and_withdrawn(cast: Cast, head: Client):
    value = Value.objects.create(school=cast.school, name="Kindness")
    page = shown(head, LOG + "note")
    assert page.count("checked") == 3  # 1.1, 3.6 and all staff
    words = {"what": "Open the library", "why": "<b>Reading</b>", "visibility": "staff", "once": str(uuid4())}
    response = head.post(LOG + "note", {**words, "serves": [f"v{value.id}", "c1.1"]})
    key = Decision.objects.get().id
    assert (response.status_code, response["Location"]) == (302, f"{LOG}{key}")
    page = shown(head, f"{LOG}{key}")
    assert "&lt;b&gt;Reading&lt;/b&gt;" in page
    assert "Kindness" in page
    assert "All staff and governors" in page
    assert "Open the library" in shown(head, f"{LOG}?value={value.id}")
    assert shown(head, f"{LOG}{key}/change").count("checked") == 3
    day = {"decided_on_day": AT.day, "decided_on_month": AT.month, "decided_on_year": AT.year}
    changed = head.post(f"{LOG}{key}/change", {**words, **day, "what": "Open it daily", "version": 1})
    assert changed.status_code == 302
    again = head.post(f"{LOG}{key}/change", {**words, **day, "what": "Mine", "version": 1})
    assert (again.status_code, "Somebody changed this decision" in again.content.decode()) == (409, True)
    assert "leaves the log" in shown(head, f"{LOG}{key}/withdraw")
    assert head.post(f"{LOG}{key}/withdraw", {"because": "", "version": 2}).status_code == 200
    assert head.post(f"{LOG}{key}/withdraw", {"because": "Too dear", "version": 2}).status_code == 302
    assert "Withdrawn: Too dear" in shown(head, f"{LOG}{key}")


def test_the_full_form_takes_a_day_and_explains_a_wrong_one(head: Client):
    words = {"what": "Then", "visibility": "staff", "once": str(uuid4())}
    page = shown(head, LOG + "note?day")
    assert "decided_on_day" in page
    wrong = head.post(LOG + "note?day", {**words, "decided_on_day": 1, "decided_on_month": 1, "decided_on_year": 2199})
    assert "The day it was decided cannot be in the future" in wrong.content.decode()
    assert Decision.objects.count() == 0


def test_what_is_missing_is_said_at_its_field(head: Client):
    page = head.post(LOG + "note", {"once": str(uuid4()), "serves": ["c9.9"]}).content.decode()
    assert "Enter what was decided" in page
    assert "Choose who can see it" in page
    assert 'href="#id_what"' in page


@pytest.mark.parametrize("query", ["?value=999999", "?value=x", "?year=1066", "?before=2026-13-45.1", "?before=;--"])
def test_filters_on_offer_are_the_only_ones(cast: Cast, head: Client, query: str):
    noted = actions.Noted("Stays in the list", "", timezone.localdate(AT), Visibility.STAFF)
    actions.note_decision(by=cast.scope("headteacher"), at=AT, once=uuid4(), noted=noted)
    assert "Stays in the list" in shown(head, LOG + query)


def test_values_are_added_changed_and_taken_off(cast: Cast, head: Client):
    assert "Write down the first value" in shown(head, VALUES)
    shown(head, VALUES + "add")
    assert head.post(VALUES + "add", {"name": "Kindness", "meaning": "To all"}).status_code == 302
    key = Value.objects.get().id
    assert "No decision of" in shown(head, VALUES)
    assert "Kindness" in shown(head, f"{VALUES}{key}/change")
    assert head.post(f"{VALUES}{key}/change", {"name": "Care", "meaning": "", "version": 1}).status_code == 302
    assert "Take off the list" not in shown(cast.client("teacher"), VALUES)
    assert head.post(f"{VALUES}{key}/retire", {"version": ""}).status_code == 400
    assert head.post(f"{VALUES}{key}/retire", {"version": 2}).status_code == 302
    assert "Write down the first value" in shown(head, VALUES)


def test_who_is_no_reader_is_told_why(cast: Cast):
    response = cast.client("external_adviser").get(LOG)
    assert (response.status_code, "for the school&#39;s staff and governors" in response.content.decode()) == (
        403,
        True,
    )
