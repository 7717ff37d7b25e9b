"""What an action did becomes evidence, is counted, and can be withdrawn."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from headship.core import actions, registry
from headship.core.roles import Role
from headship.core.scope import Place, Scope, installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.evidence import tallies
from headship.evidence.models import Entry, EntryShare, Reading, Serves, Tally
from headship.people.models import Person
from headship.schools.models import School
from headship.standards import actions as standards
from headship.standards.models import Characteristic

AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
DAY = date(2026, 11, 3)


@actions.action("tests.work")
def work(*, by: Scope, at: datetime, do: Callable[[], object]) -> object:
    done = do()
    actions.audit("tests.Work:1")
    return done


@pytest.fixture
def by(db: None) -> Scope:
    """Return the scope of a head."""
    standards.load_shipped(by=installation_scope(AT), at=AT)
    school = School.objects.create(urn=990001, name="Example Brook Primary")
    person = Person.objects.create(name="Ada Headteacher-Example", created_at=AT)
    return Scope(
        account_id=1,
        person_id=person.pk,
        name=person.name,
        at=AT,
        place=Place("school", school.pk, school.urn, school.name),
        roles=frozenset({Role.HEADTEACHER}),
    )


def note(by: Scope, **changed: object) -> int:
    told = {
        "kind": "evidence.noted",
        "words": "Visited Year 4",
        "characteristics": ("1.1",),
        "occurred_on": DAY,
        "visibility": Visibility.STAFF,
        "source": "tests.Visit:1",
    } | changed
    done = work(by=by, at=AT, do=lambda: evidence.record(**told))
    assert isinstance(done, int)
    return done


def test_record_writes_the_entry_what_it_serves_and_its_tallies(by: Scope):
    entry = Entry.objects.get(pk=note(by, characteristics=("1.1", "2.1")))
    assert (entry.school_id, entry.words, entry.recorded_at, entry.owner_id, entry.from_work) == (
        by.school_id,
        "Visited Year 4",
        AT,
        None,
        False,
    )
    assert sorted(Serves.objects.values_list("characteristic__code", flat=True)) == ["1.1", "2.1"]
    assert tallied() == {
        "all": 1,
        "nse-2015 1.1": 1,
        "nse-2015 2.1": 1,
        "headteachers-2020 1.1": 1,
        "headteachers-2020 1.3": 1,  # a counterpart of both, counted once
        "headteachers-2020 5.1": 1,
        "headteachers-2020 10.3": 1,
        "headteachers-2020 E5": 1,
    }
    assert set(Tally.objects.values_list("october", "latest_on", "latest_entry")) == {(0, DAY, entry.pk)}
    assert list(tallies.tally_faults(by.school_id)) == []


def tallied() -> dict[str, int]:
    """Return what is counted, by framework and code."""
    found = Characteristic.objects.select_related("framework")
    names = {each.pk: f"{each.framework.code} {each.code}" for each in found}
    counts = Tally.objects.filter(year=2026).values_list("characteristic_key", "november")
    return {names.get(key, "all"): count for key, count in counts}


def test_a_link_to_the_nearest_place_carries_no_evidence_across(by: Scope):
    note(by, characteristics=("1.2",))
    assert set(tallied()) == {"all", "nse-2015 1.2", *(f"headteachers-2020 {code}" for code in ("1.4", "E1", "9.1"))}


def test_counting_again_keeps_the_newest(by: Scope):
    newer = note(by)
    note(by, occurred_on=date(2026, 11, 1))
    assert set(Tally.objects.values_list("november", "latest_on", "latest_entry")) == {(2, DAY, newer)}


def test_nothing_is_written_outside_an_action(by: Scope):
    note(by, words="Kept")
    sneaked = {"kind": "evidence.noted", "words": "Sneaked in", "characteristics": ("1.1",), "occurred_on": DAY}
    for attempt in (
        lambda: evidence.record(**sneaked, visibility=Visibility.STAFF, source=""),
        lambda: evidence.withdraw(source="tests.Visit:1"),
        lambda: evidence.reclass(source="tests.Visit:1", visibility=Visibility.PUBLIC),
    ):
        with pytest.raises(RuntimeError, match="only by an action"):
            attempt()
    assert list(Entry.objects.values_list("words", "visibility", "withdrawn_at")) == [("Kept", "staff", None)]


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"kind": "tests.unknown"}, LookupError, "evidence kind 'tests.unknown'"),
        ({"characteristics": ("1.1", "9.9")}, LookupError, "9.9"),
        ({"characteristics": ()}, ValueError, "at least one characteristic"),
        ({"words": "  "}, ValueError, "needs words"),
        ({"words": "x" * 301}, ValueError, "300"),
    ],
)
def test_what_cannot_be_recorded_leaves_nothing_behind(
    by: Scope, changed: dict[str, object], error: type[Exception], says: str
):
    with pytest.raises(error, match=says):
        note(by, **changed)
    assert (Entry.objects.count(), Tally.objects.count()) == (0, 0)


def test_a_personal_entry_belongs_to_who_acts_or_who_is_named(by: Scope):
    mine = Entry.objects.get(pk=note(by, visibility=Visibility.PRIVATE))
    other = Person.objects.create(name="Bola Chair-Example", created_at=AT)
    named = {"owner_id": other.pk, "shared_with": (by.person_id, by.person_id)}
    theirs = Entry.objects.get(pk=note(by, visibility=Visibility.SHARED, **named))
    assert (mine.owner_id, theirs.owner_id) == (by.person_id, other.pk)
    assert list(EntryShare.objects.values_list("entry", "person")) == [(theirs.pk, by.person_id)]
    assert set(Tally.objects.values_list("visibility", "owner_key")) == {
        ("private", by.person_id),
        ("shared", other.pk),
    }


def test_withdrawing_uncounts_and_finds_the_newest_left(by: Scope):
    kept = note(by, occurred_on=date(2026, 11, 1))
    gone = note(by, source="tests.Visit:2")
    assert work(by=by, at=AT, do=lambda: evidence.withdraw(source="tests.Visit:2")) == 1
    assert Entry.objects.get(pk=gone).withdrawn_at == AT
    assert set(Tally.objects.values_list("november", "latest_on", "latest_entry")) == {(1, date(2026, 11, 1), kept)}
    assert work(by=by, at=AT, do=lambda: evidence.withdraw(source="tests.Visit:1")) == 1
    assert (Tally.objects.count(), Serves.objects.count()) == (0, 0)


def test_lower_floors_record_through_the_registry(by: Scope):
    def do() -> int:
        return registry.record_evidence(
            kind="evidence.noted",
            words="Set the terms",
            characteristics=("1.1",),
            occurred_on=DAY,
            visibility=Visibility.STAFF,
            source="schools.AcademicYear:1",
        )

    assert Entry.objects.get(pk=work(by=by, at=AT, do=do)).words == "Set the terms"
    assert work(by=by, at=AT, do=lambda: registry.withdraw_evidence(source="schools.AcademicYear:1")) == 1


def test_a_reading_of_an_unknown_measure_is_refused(by: Scope):
    taken = registry.Reading(measure="tests.none", year=2026, words="12", source="A test")
    with pytest.raises(LookupError, match=r"tests\.none"):
        registry.store_readings(by=by, at=AT, readings=[taken])
    assert Reading.objects.count() == 0


STEPS = some.lists(
    some.tuples(
        some.sampled_from(["record", "record", "withdraw", "reclass"]),
        some.integers(0, 3),
        some.sets(some.sampled_from(["1.1", "1.2", "2.1"]), min_size=1),
        some.sampled_from(list(Visibility)),
        some.sampled_from([date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1)]),
    ),
    max_size=12,
)


@given(steps=STEPS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tallies_always_agree_with_the_entries(by: Scope, steps: list[tuple[str, int, set[str], Visibility, date]]):
    Entry.objects.all().delete()
    for what, number, codes, visibility, day in steps:
        source = f"tests.Visit:{number}"
        if what == "record":
            note(by, source=source, characteristics=tuple(codes), visibility=visibility, occurred_on=day)
        elif what == "withdraw":
            work(by=by, at=AT, do=lambda source=source: evidence.withdraw(source=source))
        else:
            work(by=by, at=AT, do=lambda source=source, to=visibility: evidence.reclass(source=source, visibility=to))
    assert list(tallies.tally_faults(by.school_id)) == []


def test_a_wrong_tally_is_told(by: Scope):
    note(by)
    Tally.objects.filter(characteristic_key=0).update(november=7)
    Tally.objects.filter(characteristic_key=max(Tally.objects.values_list("characteristic_key", flat=True))).delete()
    told = list(tallies.tally_faults(by.school_id))
    assert [("(0, 0, 7, 0" in each, "is missing" in each) for each in told] == [
        (True, False),
        (False, True),
    ]
