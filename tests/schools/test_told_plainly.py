"""The reads of the calendar, of what waits and of its feed, each among rows that differ in one thing; and refusals."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from headship.core.errors import Refused
from headship.core.models import ImportBatch
from headship.core.registry import CalendarEvent, NextAction
from headship.schools import actions, calendar_dates, queries
from headship.schools.calendar_dates import DayKind
from headship.schools.models import AcademicYear, CalendarFeed, School, SchoolDay, Term
from tests import cast as everybody
from tests.cast import Cast

JUNE = datetime(2026, 6, 15, 12, tzinfo=UTC)
SINCE, UNTIL = date(2026, 9, 1), date(2026, 10, 31)


@pytest.fixture
def cast(db: None) -> Cast:
    return everybody.build(JUNE.date())


def a_term(school: School, starts_in: int, name: str, on: date, until: date) -> None:
    year, _ = AcademicYear.objects.get_or_create(school=school, starts_in=starts_in, defaults={"version": 1})
    Term.objects.create(year=year, name=name, starts_on=on, ends_on=until)


def a_day(school: School, on: date, until: date) -> SchoolDay:
    return SchoolDay.objects.create(school=school, on=on, until=until, words=f"{on} to {until}", kind=DayKind.EVENT)


def test_a_calendar_holds_the_terms_of_its_school_that_touch_the_stretch(cast: Cast):
    page = reverse("calendar", kwargs={"urn": everybody.OWN})
    a_term(cast.school, 2025, "summer", date(2026, 4, 20), SINCE - timedelta(days=1))
    a_term(cast.school, 2026, "autumn", date(2026, 8, 30), SINCE)
    a_term(cast.school, 2026, "spring", UNTIL, date(2027, 3, 1))
    a_term(cast.school, 2026, "summer", UNTIL + timedelta(days=1), date(2027, 7, 1))
    a_term(cast.other, 2026, "autumn", date(2026, 9, 3), date(2026, 10, 30))
    told = [each for each in queries.calendar(cast.scope("teacher"), SINCE, UNTIL) if each.url == page]
    assert told == [
        CalendarEvent(on, on, words, url=page)
        for on, words in (
            (date(2026, 8, 30), "Autumn term starts"),
            (SINCE, "Autumn term ends"),
            (UNTIL, "Spring term starts"),
            (date(2027, 3, 1), "Spring term ends"),
        )
    ]


def test_days_are_those_of_the_school_that_touch_the_stretch(cast: Cast):
    before, after = SINCE - timedelta(days=1), UNTIL + timedelta(days=1)
    a_day(cast.school, before, before)
    first = a_day(cast.school, before, SINCE)
    last = a_day(cast.school, UNTIL, after)
    a_day(cast.school, after, after)
    elsewhere = a_day(cast.other, SINCE, UNTIL)
    assert queries.school_days(cast.school.pk, SINCE, UNTIL) == (first, last)
    for each in (first, last):
        assert queries.school_day(cast.school.pk, each.pk) == each
    assert queries.school_day(cast.school.pk, elsewhere.pk) is None


def test_an_operator_is_asked_to_look_at_the_registers_previewed_imports_alone(cast: Cast):
    def batch(chain: int, state: str) -> ImportBatch:
        name = f"{chain}-{state}.csv"
        return ImportBatch.objects.create(
            chain=chain, importer="mapped", file_name=name, fingerprint="", state=state, created_at=JUNE
        )

    waits = batch(0, "previewed")
    for chain, state in ((0, "unmapped"), (0, "committed"), (0, "undone"), (cast.school.pk, "previewed")):
        batch(chain, state)
    address = reverse("import", args=[waits.pk])
    words = "Look at what 0-previewed.csv would change, then import it"
    assert list(queries.next_actions(cast.scope("operator", at=JUNE))) == [NextAction(words, address, 2)]
    assert list(queries.next_actions(cast.scope("teacher", at=JUNE))) == []


def test_a_year_waits_for_its_terms_until_this_school_has_set_them(cast: Cast):
    def waits(starts_in: int, due_on: date | None, weight: int) -> NextAction:
        address = f"{reverse('calendar-terms', kwargs={'urn': everybody.OWN})}?year={starts_in}"
        words = f"Set the term dates for {starts_in}/{starts_in - 1999}"
        return NextAction(words, address, 3, due_on=due_on, weight=weight)

    this, coming = waits(2025, None, 80), waits(2026, calendar_dates.bounds(2026)[0], 40)
    for starts_in in (2025, 2026):
        AcademicYear.objects.create(school=cast.other, starts_in=starts_in, version=1)
        AcademicYear.objects.create(school=cast.school, starts_in=starts_in, version=0)
    AcademicYear.objects.create(school=cast.school, starts_in=2024, version=1)
    office = cast.scope("office", at=JUNE)
    assert list(queries.next_actions(office)) == [this, coming]
    AcademicYear.objects.filter(school=cast.school, starts_in=2025).update(version=1)
    assert list(queries.next_actions(office)) == [coming]
    AcademicYear.objects.filter(school=cast.school, starts_in=2026).update(version=1)
    assert list(queries.next_actions(office)) == []


def test_a_readers_calendar_address_is_theirs_here_and_works(cast: Cast):
    def feed(persona: str, school: School, day: int, *, ended: bool = False) -> None:
        CalendarFeed.objects.create(
            school=school, person_id=cast.people[persona].pk, account_id=cast.accounts[persona].pk,
            token_hash=f"{persona} {day}", created_at=JUNE + timedelta(days=day), revoked_at=JUNE if ended else None,
        )  # fmt: skip

    feed("office", cast.school, 1)
    feed("two_schools", cast.other, 2)
    feed("two_schools", cast.school, 3, ended=True)
    reader = cast.scope("two_schools", "own")
    assert queries.feed_since(reader) is None
    feed("two_schools", cast.school, 4)
    assert queries.feed_since(reader) == JUNE + timedelta(days=4)
    assert queries.feed_since(cast.scope("two_schools", "other")) == JUNE + timedelta(days=2)


@pytest.mark.parametrize("do", [actions.make_feed, actions.end_feed])
def test_a_calendar_address_is_for_who_holds_a_post_at_a_school_or_trust(cast: Cast, do: Callable[..., object]):
    with pytest.raises(Refused, match="for those who hold a post at the school or trust"):
        do(by=cast.scope("operator"), at=JUNE)
    do(by=cast.scope("trust_leader"), at=JUNE)


@pytest.mark.parametrize(
    ("do", "state", "more"),
    [
        (actions.note_progress, "looking", {"done": 7}),
        (actions.commit_import, "previewed", {}),
        (actions.undo_import, "committed", {}),
    ],
)
def test_each_step_of_an_import_is_refused_by_itself(
    cast: Cast, do: Callable[..., object], state: str, more: dict[str, int]
):
    batch = ImportBatch.objects.create(
        chain=0, importer="mapped", file_name="a.csv", fingerprint="", state=state, created_at=JUNE
    )
    with pytest.raises(Refused, match="can change the register"):
        do(by=cast.scope("headteacher"), at=JUNE, batch_id=batch.pk, **more)
    batch.refresh_from_db()
    assert (batch.state, batch.summary) == (state, {})
