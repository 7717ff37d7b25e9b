"""What a file of pupils and results changes: previewed, taken in once, undone exactly, and never a name or a key."""

import dataclasses
from datetime import date, timedelta

import pytest
from django.utils import timezone

from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent, ImportBatch
from headship.outcomes import pupil_actions, pupil_plan
from headship.outcomes.models import Assessment, PupilYear, Scores
from headship.outcomes.pupil_brought import Brought, Sat, bounds_of
from headship.people.models import Pupil
from headship.schools.calendar_dates import year_of
from tests import cast as everybody
from tests.cast import Cast

pytestmark = pytest.mark.django_db
A, B, C = "a" * 64, "b" * 64, "c" * 64
YEAR = year_of(timezone.localdate())
DAY = bounds_of(YEAR)[0].isoformat()
GRADES = {A: {"maths": 7.0, "history": 5.0}, B: {"maths": 3.0}}


@pytest.fixture
def cast() -> Cast:
    return everybody.build()


def brought(year: int = YEAR, known=None, scores=None, **more) -> Brought:
    told = {A: {"year_group": "Year 11", "sex": "female", "disadvantaged": False}, B: {"year_group": "Year 11"}}
    sat = (Sat("GCSE", "gcse", bounds_of(year)[0].isoformat(), GRADES if scores is None else scores),)
    return Brought("A table", year, told if known is None else known, sat, **more)


def previewed(scope, told: Brought) -> ImportBatch:
    return pupil_actions.preview_pupils(by=scope, at=scope.at, name="a.csv", fingerprint="f" * 64, brought=told)


def taken(scope, told: Brought) -> ImportBatch:
    return pupil_actions.take_pupils(by=scope, at=timezone.now(), batch_id=previewed(scope, told).pk)


def standing() -> tuple[list[tuple], ...]:
    """Return every row that a file may touch, by what it says."""
    return (
        sorted(Pupil.objects.values_list("school__urn", "key_hash", "year_group", "since", "left_on")),
        sorted(PupilYear.objects.values_list("pupil__key_hash", "year", "year_group", "sex", "disadvantaged", "prior")),
        sorted(Assessment.objects.values_list("school__urn", "year", "name", "scale", "taken_on")),
        sorted(
            (each.pupil.key_hash, sorted(each.by_subject.items())) for each in Scores.objects.select_related("pupil")
        ),
    )


def test_a_preview_writes_nothing_and_taking_it_in_writes_all(cast: Cast):
    scope = cast.scope("headteacher")
    before = standing()
    batch = previewed(scope, brought())
    assert standing() == before
    pupil_actions.take_pupils(by=scope, at=scope.at, batch_id=batch.pk)
    today = timezone.localdate()
    pupils, years, assessments, scores = standing()
    assert pupils == [(cast.school.urn, key, "Year 11", today, None) for key in (A, B)]
    assert years == [(A, YEAR, "Year 11", "female", False, None), (B, YEAR, "Year 11", "", None, None)]
    assert assessments == [(cast.school.urn, YEAR, "GCSE", "gcse", date.fromisoformat(DAY))]
    assert scores == [(A, [("history", 5.0), ("maths", 7.0)]), (B, [("maths", 3.0)])]


def test_the_audit_tells_counts_and_the_fingerprint_once(cast: Cast):
    batch = taken(cast.scope("headteacher"), brought())
    told = AuditEvent.objects.get(action="outcomes.take_pupils")
    assert told.subject == f"core.ImportBatch:{batch.pk}"
    for fact in (b'"pupils":2', b'"years":2', b'"scores":2', b'"assessments":1', b"f" * 64):
        assert fact in bytes(told.canonical)
    assert A.encode() not in bytes(told.canonical)


def test_the_same_file_again_changes_nothing(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, brought())
    before = standing()
    found = pupil_plan.plan(scope, brought())
    assert (found.changes, found.counts()) == (False, {"new": 0, "changed": 0, "unchanged": 2})
    taken(scope, brought())
    assert standing() == before


def test_a_file_changes_what_it_says_and_leaves_what_it_does_not(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, brought())
    known = {A: {"year_group": "", "sex": None, "disadvantaged": True, "prior": 104.5}, C: {"year_group": "Year 10"}}
    scores = {A: {"maths": None, "history": 6.0, "art": 4.0}, B: {"maths": 3.0}}
    found = pupil_plan.plan(scope, brought(known=known, scores=scores))
    assert found.counts() == {"new": 1, "changed": 1, "unchanged": 1}
    taken(scope, brought(known=known, scores=scores))
    _, years, _, marks = standing()
    assert years[0] == (A, YEAR, "Year 11", "female", True, 104.5)
    assert marks == [(A, [("art", 4.0), ("history", 6.0)]), (B, [("maths", 3.0)])]


def test_undoing_puts_back_exactly_what_stood(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, brought())
    before = standing()
    known = {A: {"disadvantaged": True, "sex": "male"}, C: {"year_group": "Year 10"}}
    batch = taken(scope, brought(known=known, scores={A: {"maths": None, "art": 4.0}, C: {"maths": 9.0}}))
    assert standing() != before
    undone = pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    assert standing() == before
    assert (undone.state, bytes(undone.staged)) == ("undone", b"")


def test_undoing_the_first_file_leaves_nothing(cast: Cast):
    scope = cast.scope("headteacher")
    before = standing()
    batch = taken(scope, brought())
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    assert standing() == before == ([], [], [], [])


@pytest.mark.parametrize(
    "newer",
    [
        {"scores": {A: {"maths": 8.0}}},
        {"known": {A: {"sex": "male"}}, "scores": {}},
        {"known": {A: {"year_group": "Year 10"}}, "scores": {}},
        {"known": {C: {}}, "scores": {C: {"maths": 1.0}}},
    ],
)
def test_undoing_is_refused_where_something_newer_stands(cast: Cast, newer):
    scope = cast.scope("headteacher")
    first = taken(scope, brought())
    second = taken(scope, brought(**newer))
    before = standing()
    with pytest.raises(Stale, match="Nothing was undone"):
        pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=first.pk)
    assert standing() == before
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=second.pk)
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=first.pk)
    assert standing() == ([], [], [], [])


def test_pupils_with_other_work_on_them_are_not_undone(cast: Cast):
    scope = cast.scope("headteacher")
    batch = taken(scope, brought())
    taken(scope, brought(YEAR - 1, known={A: {"prior": 3.0}}, scores={}))
    before = standing()
    with pytest.raises(Stale, match="Other work stands"):
        pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    assert standing() == before


def test_what_changed_since_the_preview_is_told(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, brought())
    batch = previewed(scope, brought(scores={A: {"maths": 9.0}}))
    Scores.objects.filter(pupil__key_hash=A).update(by_subject={"maths": 8.0})
    before = standing()
    with pytest.raises(Stale, match="since this preview"):
        pupil_actions.take_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    assert standing() == before


def test_a_year_that_is_over_makes_nobody_on_roll_today(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, brought(YEAR - 2, known={A: {"year_group": "Year 9"}}, scores={}))
    assert list(Pupil.objects.values_list("year_group", "left_on")) == [("Year 9", date(YEAR - 1, 8, 31))]
    taken(scope, brought(YEAR - 1, known={A: {"year_group": "Year 10"}}, scores={}))
    assert list(Pupil.objects.values_list("year_group", "left_on")) == [("Year 10", date(YEAR, 8, 31))]
    taken(scope, brought(YEAR, known={A: {"year_group": "Year 11"}}, scores={}))
    assert list(Pupil.objects.values_list("year_group", "left_on")) == [("Year 11", None)]
    taken(scope, brought(YEAR - 1, known={A: {"year_group": "Year 9"}}, scores={}))
    assert list(Pupil.objects.values_list("year_group", "left_on")) == [("Year 11", None)]


def test_who_left_this_year_is_not_brought_back_by_their_results(cast: Cast):
    scope = cast.scope("headteacher")
    left = bounds_of(YEAR)[0] + timedelta(days=20)
    Pupil.objects.create(school=cast.school, key_hash=A, year_group="Year 11", since=date(2020, 9, 1), left_on=left)
    taken(scope, brought(known={A: {"year_group": "Year 11"}}, scores={A: {"maths": 4.0}}))
    assert list(Pupil.objects.values_list("year_group", "left_on")) == [("Year 11", left)]


def test_an_assessment_that_stands_keeps_its_scale(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, brought())
    other = dataclasses.replace(brought().sat[0], scale="percent")
    with pytest.raises(Unusable, match="another scale or day"):
        previewed(scope, dataclasses.replace(brought(), sat=(other,)))


def test_sessions_missed_are_held_against_those_that_stand(cast: Cast):
    scope = cast.scope("headteacher")
    taken(scope, brought(known={A: {"sessions_possible": 100.0, "sessions_missed": 4.0}}, scores={}))
    taken(scope, brought(known={A: {"sessions_missed": 100.0}}, scores={}))
    with pytest.raises(Unusable, match="For 1 pupil,"):
        previewed(scope, brought(known={A: {"sessions_missed": 101.0}}, scores={}))
    assert list(PupilYear.objects.values_list("sessions_possible", "sessions_missed")) == [(100, 100)]


def test_another_school_s_rows_stay_as_they_are(cast: Cast):
    taken(cast.scope("other_headteacher"), brought(scores={A: {"maths": 1.0}}))
    theirs = Pupil.objects.get(school=cast.other, key_hash=A).pk
    batch = taken(cast.scope("headteacher"), brought())
    assert Pupil.objects.filter(key_hash=A).count() == 2
    assert Scores.objects.get(pupil=theirs).by_subject == {"maths": 1.0}
    pupil_actions.undo_pupils(by=cast.scope("headteacher"), at=timezone.now(), batch_id=batch.pk)
    assert Scores.objects.get(pupil=theirs).by_subject == {"maths": 1.0}
    mine = taken(cast.scope("headteacher"), brought())
    with pytest.raises(Stale, match="meanwhile"):
        pupil_actions.undo_pupils(by=cast.scope("other_headteacher"), at=timezone.now(), batch_id=mine.pk)


@pytest.mark.parametrize("persona", ["chair", "teacher", "middle_leader", "safeguarding_lead", "authority_leader"])
def test_who_may_not_bring_results_brings_and_undoes_none(cast: Cast, persona: str):
    scope = cast.scope(persona, "own")
    head = cast.scope("headteacher")
    batch = previewed(head, brought())
    with pytest.raises(Refused):
        previewed(scope, brought())
    with pytest.raises(Refused):
        pupil_actions.take_pupils(by=scope, at=scope.at, batch_id=batch.pk)
    pupil_actions.take_pupils(by=head, at=head.at, batch_id=batch.pk)
    with pytest.raises(Refused):
        pupil_actions.undo_pupils(by=scope, at=scope.at, batch_id=batch.pk)
    assert Scores.objects.count() == 2


def test_a_file_waits_for_its_columns_at_its_own_school_and_for_whoever_brings_results(cast):
    told = {
        "at": timezone.now(),
        "name": "a.csv",
        "fingerprint": "f",
        "sealed": b"s",
        "told": {"columns": []},
        "state": "unmapped",
    }
    with pytest.raises(Refused):
        pupil_actions.keep_pupil_file(by=cast.scope("teacher"), **told)
    batch = pupil_actions.keep_pupil_file(by=cast.scope("headteacher"), **told)
    named = {"at": timezone.now(), "batch_id": batch.pk, "mapping": {"UPN": "upn"}}
    with pytest.raises(Refused):
        pupil_actions.name_pupil_columns(by=cast.scope("teacher"), **named)
    with pytest.raises(Stale):
        pupil_actions.name_pupil_columns(by=cast.scope("other_headteacher"), **named)
    batch.refresh_from_db()
    assert (batch.state, "mapping" in batch.summary) == ("unmapped", False)
    pupil_actions.name_pupil_columns(by=cast.scope("headteacher"), **named)
    batch.refresh_from_db()
    assert (batch.state, batch.summary["mapping"]) == ("unworded", {"UPN": "upn"})
