"""Where a head stands: own words, never changed, seen by those they are opened to, carried away by their writer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from headship.core.errors import Refused, Unusable
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.evidence import rules, waiting
from headship.evidence.choices import ALLOWED_MOVES, State
from headship.evidence.models import Entry, Reflection
from headship.standards import actions as standards
from headship.standards import queries as frameworks
from tests import cast as everybody
from tests.cast import Cast

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, tzinfo=UTC)
CANARY = "Canary: I nearly gave up on this in October"
HERE = "/schools/990001/standards/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def write(cast: Cast, **changed: object) -> Reflection:
    told = {
        "by": cast.scope("headteacher"),
        "at": AT,
        "characteristic_id": frameworks.characteristic_ids("nse-2015", ["2.1"])[0],
        "state": State.NOTICING,
        "words": CANARY,
    } | changed
    return evidence.write_reflection(**told)


def test_any_state_may_follow_any_other():
    assert {state: frozenset(State) for state in State} == ALLOWED_MOVES


def test_only_a_headteacher_says_where_they_stand(cast: Cast):
    for persona in ("chair", "senior_leader", "teacher"):
        with pytest.raises(Refused, match="Only the headteacher says where they stand"):
            write(cast, by=cast.scope(persona))
    assert Reflection.objects.count() == 0


def test_reflections_are_added_never_changed(cast: Cast):
    first = write(cast)
    write(cast, at=LATER, state=State.WORKING_ON, words="Better")
    for change in ({"words": "Rewritten"}, {"state": "sharing"}, {"written_at": LATER}, {"next_step": "Other"}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Reflection.objects.filter(pk=first.pk).update(**change)
    assert list(Reflection.objects.order_by("pk").values_list("words", flat=True)) == [CANARY, "Better"]


def test_a_reflection_is_not_given_every_class(cast: Cast):
    for visibility in (Visibility.PUBLIC, Visibility.SHARED, Visibility.LINE):
        with pytest.raises(Unusable, match="A reflection is for you"):
            write(cast, visibility=visibility)


SEES = {
    "private": {"headteacher"},
    "leaders": {"headteacher", "senior_leader"},
    "governors": {"headteacher", "senior_leader", "chair"},
    "staff": {"headteacher", "senior_leader", "chair", "teacher"},
}


@pytest.mark.parametrize("visibility", SEES)
def test_only_those_it_is_opened_to_read_a_reflection(cast: Cast, visibility: str):
    written = write(cast)
    evidence.share_reflection(
        by=cast.scope("headteacher"), at=LATER, reflection_id=written.pk, visibility=Visibility(visibility)
    )
    for address in (HERE, f"{HERE}2.1/"):
        seen = {who for who in SEES["staff"] if CANARY in cast.client(who).get(address).content.decode()}
        assert seen == SEES[visibility], address


def test_the_chair_goes_on_seeing_what_was_shared_while_the_head_drafts(cast: Cast):
    write(cast, words="Shared in September", visibility=Visibility.GOVERNORS)
    write(cast, at=LATER)
    page = cast.client("chair").get(HERE).content.decode()
    assert ("Shared in September" in page, CANARY in page) == (True, False)


def test_closing_a_reflection_hides_it_again(cast: Cast):
    written = write(cast, visibility=Visibility.STAFF)
    answer = cast.client("headteacher").post(f"{HERE}reflections/{written.pk}/", {"visibility": "private"})
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}2.1/")
    assert CANARY not in cast.client("teacher").get(HERE).content.decode()
    assert Reflection.objects.get().shown_at is None


def test_a_head_writes_on_the_page(cast: Cast):
    told = {
        "state": "working_on",
        "words": CANARY,
        "next_step": "Ask the pupils",
        "next_step_by_0": "3",
        "next_step_by_1": "3",
        "next_step_by_2": "2027",
        "visibility": "private",
    }
    told |= {f"next_step_by_{part}": value for part, value in (("day", "3"), ("month", "3"), ("year", "2027"))}
    answer = cast.client("headteacher").post(f"{HERE}2.1/reflect/", told)
    assert answer.status_code == 302
    written = Reflection.objects.get()
    assert (written.state, written.next_step, written.next_step_by) == (
        "working_on",
        "Ask the pupils",
        date(2027, 3, 3),
    )
    page = cast.client("headteacher").get(HERE).content.decode()
    assert "Ask the pupils" in page
    assert "3 March 2027" in page


def test_a_form_left_empty_says_what_is_missing(cast: Cast):
    page = cast.client("headteacher").post(f"{HERE}2.1/reflect/", {"words": CANARY})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert CANARY in page.content.decode()


def test_what_one_wrote_is_carried_from_school_to_school(cast: Cast):
    write(cast)
    by = cast.scope("other_headteacher")
    write(cast, by=by, words="Canary of the other head")
    carried = cast.client("headteacher").get("/my-standards/reflections.json")
    assert carried["Content-Disposition"].startswith('attachment; filename="my-standards-')
    (told,) = carried.json()["reflections"]
    assert (told["code"], told["words"], told["state"], told["school_urn"]) == ("2.1", CANARY, "noticing", 990001)
    page = cast.client("headteacher").get("/my-standards/reflections.html").content.decode()
    assert (CANARY in page, "Canary of the other head" in page) == (True, False)
    assert cast.client("teacher").get("/my-standards/reflections.json").json()["reflections"] == []


def test_a_head_is_asked_about_the_first_standard_they_have_not_looked_at(cast: Cast):
    assert [each.words for each in waiting.next_actions(cast.scope("headteacher"))] == [
        "Say where you stand on P The headteacher's role"
    ]
    for statement in frameworks.framework().assessable:
        write(cast, at=cast.scope("headteacher").at, characteristic_id=statement.id)
    assert list(waiting.next_actions(cast.scope("headteacher"))) == []
    assert list(waiting.next_actions(cast.scope("chair"))) == []


def test_a_head_is_reminded_of_the_next_steps_that_are_due(cast: Cast):
    by = cast.scope("headteacher")
    today = timezone.localdate(by.at)
    for code, days in (("1.1", -31), ("1.2", -3), ("1.3", 14), ("1.4", 15), ("1.5", 2)):
        key = next(each.id for each in frameworks.framework().assessable if each.code == code)
        day = today + timedelta(days=days)
        write(cast, at=by.at, characteristic_id=key, next_step=f"Step of {code}", next_step_by=day)
    later = by.at + timedelta(minutes=1)
    write(cast, at=later, characteristic_id=key, next_step="Said anew", next_step_by=None)  # 1.5's step is done with
    due = [each for each in waiting.next_actions(by) if each.due_on]
    assert [(each.words, (each.due_on - today).days, each.minutes) for each in due] == [
        ("Say how it went: Step of 1.2", -3, 2),
        ("Step of 1.3", 14, 0),
    ]
    assert due[0].url == f"{HERE}1.2/reflect/"
    assert [list(waiting.next_actions(cast.scope(who))) for who in ("chair", "teacher")] == [[], []]


def test_those_it_is_shared_with_hear_of_it(cast: Cast):
    write(cast, visibility=Visibility.GOVERNORS)
    before = datetime(2026, 11, 1, tzinfo=UTC)
    assert [each.words for each in waiting.news(cast.scope("chair"), before)] == [
        "Ada Headteacher-Example shared where they stand on 2.1"
    ]
    assert [list(waiting.news(cast.scope(who), before)) for who in ("teacher", "headteacher")] == [[], []]
    assert list(waiting.news(cast.scope("chair"), LATER)) == []


def test_a_note_by_hand_counts_as_typed(cast: Cast):
    told = {"words": "Saw calm corridors", "visibility": "staff"}
    told |= {f"occurred_on_{part}": value for part, value in (("day", "2"), ("month", "11"), ("year", "2026"))}
    told |= {"occurred_on_0": "2", "occurred_on_1": "11", "occurred_on_2": "2026"}
    assert cast.client("teacher").post(f"{HERE}3.2/note/", told).status_code == 302
    entry = Entry.objects.get()
    assert (entry.kind, entry.words, entry.from_work, entry.visibility) == (
        "evidence.noted",
        "Saw calm corridors",
        False,
        "staff",
    )


def test_nobody_notes_evidence_they_could_not_see(cast: Cast):
    for persona, error in (("teacher", Unusable), ("chair", Refused)):
        with pytest.raises(error):
            evidence.note_evidence(
                by=cast.scope(persona),
                at=AT,
                code="3.2",
                words="Saw calm corridors",
                occurred_on=AT.date(),
                visibility=Visibility.LEADERS,
            )


@pytest.mark.parametrize("persona", ["external_adviser", "trust_leader", "data_protection_officer", "administrator"])
def test_the_profile_is_for_staff_and_governors(cast: Cast, persona: str):
    assert rules.see_profile(cast.scope(persona)) == rules.PROFILE_REFUSAL
    assert rules.see_profile(cast.scope("teacher")) is None
    assert rules.see_profile(cast.scope("clerk")) is None
