"""What is asked once for one page: per reader, per what is open, and never beyond the page."""

from dataclasses import replace

import pytest
from django.utils import timezone

from headship.core import belt
from headship.core.scope import Place, Scope
from headship.core.together import asked_once, one_page

READER = Scope(account_id=1, person_id=7, name="", at=timezone.now(), place=Place("school", 5, 990001, "A school"))
HEAD = replace(READER, roles=frozenset({"headteacher"}))


@pytest.fixture
def asked():
    """Give a read that notes when it is asked, and what it noted."""
    noted: list[tuple[object, ...]] = []

    @asked_once
    def ask(scope: Scope, number: int = 0) -> int:
        noted.append((scope, number, belt.now()))
        return len(noted)

    return ask, noted


def test_the_same_is_asked_once_for_a_page(asked):
    ask, noted = asked
    with one_page():
        assert [ask(READER, 1), ask(READER, 1), ask(READER, 2), ask(READER, 1)] == [1, 1, 2, 1]
    assert len(noted) == 2


@pytest.mark.parametrize(
    "other",
    [
        HEAD,
        replace(READER, person_id=8),
        replace(READER, account_id=2),
        replace(READER, place=Place("school", 6, 990002, "Another")),
        replace(READER, at=timezone.now()),
    ],
    ids=["in another post", "another person", "another account", "at another school", "later"],
)
def test_whoever_else_reads_is_given_their_own_answer(asked, other):
    ask, noted = asked
    with one_page():
        assert [ask(READER), ask(other), ask(READER)] == [1, 2, 1]
    assert [each[0] for each in noted] == [READER, other]


def test_where_more_is_open_it_is_asked_again(asked):
    ask, noted = asked
    with one_page(), belt.within(READER):
        first = ask(READER)
        with belt.at_schools([6], because="a test"):
            assert ask(READER) != first
        assert ask(READER) == first
    assert [each[2].schools for each in noted] == [(5,), (5, 6)]


def test_nothing_outlives_its_page(asked):
    ask, _ = asked
    assert [ask(READER), ask(READER)] == [1, 2]
    with one_page():
        ask(READER)
    with pytest.raises(LookupError), one_page():
        _fails(ask)
    assert ask(READER) == 5


def _fails(ask):
    assert ask(READER) == 4
    raise LookupError  # a fault in the middle of a page


def test_what_is_asked_without_a_reader_is_refused():
    ask = asked_once(lambda number: number)
    with one_page(), pytest.raises(AssertionError):
        ask(1)
