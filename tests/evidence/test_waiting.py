"""What waits and what is new: each row but the one looked for is there for one reason not to count."""

from datetime import UTC, date, datetime, timedelta

import pytest

from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence import queries
from headship.evidence.choices import State
from headship.evidence.models import Reading, Reflection
from headship.standards import actions as standards
from headship.standards import queries as frameworks
from tests import cast as everybody
from tests.cast import Cast

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build(AT.date())


@pytest.fixture
def codes() -> tuple[int, int]:
    found = frameworks.framework("nse-2015").by_code
    return found["1.1"].id, found["2.1"].id


def say(cast: Cast, characteristic: int, **changed: object) -> Reflection:
    """Let the headteacher say where they stand; what is changed is why it should not count."""
    told = {
        "person": cast.people["headteacher"], "school": cast.school, "characteristic_id": characteristic,
        "state": State.NOTICING, "words": "Words", "written_at": AT, "visibility": Visibility.PRIVATE,
    }  # fmt: skip
    return Reflection.objects.create(**{**told, **changed})


def test_a_characteristic_waits_until_its_reader_says_something_here_of_late(cast: Cast, codes: tuple[int, int]):
    scope, (first, second) = cast.scope("headteacher"), codes
    say(cast, first, school=cast.other)
    say(cast, first, person=cast.people["teacher"])
    say(cast, first, written_at=AT - HOUR)
    assert queries.waiting(scope, codes, AT) == first
    say(cast, first, written_at=AT)
    assert queries.waiting(scope, codes, AT) == second
    assert queries.waiting(scope, [first], AT) is None


def test_a_step_is_due_between_two_days_unless_something_later_was_said(cast: Cast, codes: tuple[int, int]):
    scope, (first, second) = cast.scope("headteacher"), codes
    since, until = date(2026, 11, 1), date(2026, 11, 30)
    step = {"next_step": "Ask", "next_step_by": date(2026, 11, 20)}
    say(cast, first, school=cast.other, **step)
    say(cast, first, person=cast.people["teacher"], **step)
    say(cast, first, next_step="", next_step_by=date(2026, 11, 20))
    say(cast, first, next_step="Ask", next_step_by=since - timedelta(days=1))
    say(cast, first, next_step="Ask", next_step_by=until + timedelta(days=1))
    assert queries.steps_due(scope, since, until) == []
    last = say(cast, second, next_step="Ask", next_step_by=until)
    early = say(cast, first, next_step="Ask", next_step_by=since)
    assert queries.steps_due(scope, since, until) == [early, last]
    say(cast, first, written_at=AT - HOUR)  # said before: takes nothing away
    say(cast, first, written_at=AT + HOUR, person=cast.people["teacher"])  # nor does what another said,
    say(cast, first, written_at=AT + HOUR, school=cast.other)  # or what was said elsewhere
    assert queries.steps_due(scope, since, until) == [early, last]
    say(cast, first, written_at=AT + HOUR)
    assert queries.steps_due(scope, since, until) == [last]


def test_what_others_opened_since_a_moment_is_news(cast: Cast, codes: tuple[int, int]):
    scope, (first, _) = cast.scope("senior_leader"), codes
    opened = {"visibility": Visibility.LEADERS, "shown_at": AT}
    say(cast, first, school=cast.other, **opened)
    say(cast, first, person=cast.people["senior_leader"], **opened)
    say(cast, first, visibility=Visibility.PRIVATE, shown_at=AT)
    say(cast, first, visibility=Visibility.LEADERS, shown_at=AT - HOUR)
    assert queries.shown_since(scope, AT - HOUR) == []
    first_shown, newer = say(cast, first, **opened), say(cast, first, visibility=Visibility.STAFF, shown_at=AT + HOUR)
    assert queries.shown_since(scope, AT - HOUR) == [newer, first_shown]
    assert queries.shown_since(scope, AT) == [newer]
    assert queries.shown_since(cast.scope("teacher"), AT - HOUR) == [newer]


def test_readings_stored_here_since_a_moment_are_counted(cast: Cast):
    def read(year: int, **changed: object) -> None:
        told = {"school": cast.school, "measure": "schools.absence_pct", "read_at": AT, "words": "w"}
        Reading.objects.create(**{**told, **changed}, year=year, value=5, source="s", method="m")

    scope = cast.scope("headteacher")
    read(2020, school=cast.other)
    read(2021, read_at=AT - HOUR)
    assert queries.read_since(scope, AT - HOUR) == (0, None)
    read(2022)
    read(2023, read_at=AT + HOUR)
    assert queries.read_since(scope, AT - HOUR) == (2, AT + HOUR)


def test_ones_own_reflection_is_found_by_its_key_at_the_school_it_was_written_at(cast: Cast, codes: tuple[int, int]):
    scope, (first, _) = cast.scope("headteacher"), codes
    mine, another = say(cast, first), say(cast, first)
    elsewhere = say(cast, first, school=cast.other)
    of_another = say(cast, first, person=cast.people["teacher"], visibility=Visibility.STAFF)
    assert [queries.own_reflection(scope, each.pk) for each in (mine, another)] == [mine, another]
    assert [queries.own_reflection(scope, each.pk) for each in (elsewhere, of_another)] == [None, None]
    assert queries.own_reflection(scope, max(each.pk for each in (mine, another, elsewhere, of_another)) + 1) is None
