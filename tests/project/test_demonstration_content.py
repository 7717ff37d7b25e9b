"""The demonstration's content: whole, believable, the same on every run, and about nobody real."""

from collections import Counter
from datetime import date, timedelta

import pytest

from headship.core.roles import Role
from headship.core.visibility import Visibility
from headship.project.demonstration import content, dates

CODES = ["P", *(f"{domain}.{number}" for domain in range(1, 5) for number in range(1, 7))]
FILES = ("harbour-light", "kite-hill", "little-acorn")
MANY_DAYS = [date(2026, 9, 1) + timedelta(days=47 * step) for step in range(40)]


def decisions(file: str) -> list[dict]:
    return [each for year in content.EVERY_YEAR for each in content.school(file)["decisions"][year]]


def test_each_school_serves_every_characteristic_and_does_so_unevenly():
    for file in FILES:
        served = Counter(code for each in decisions(file) for code in each["serves"])
        assert sorted(served) == sorted(CODES)
        assert min(served.values()) == 1
        assert max(served.values()) >= 5


def test_there_is_as_much_to_read_as_a_school_of_that_size_would_write():
    counted = {file: [len(content.school(file)["decisions"][year]) for year in content.EVERY_YEAR] for file in FILES}
    assert counted == {"harbour-light": [41, 14], "kite-hill": [30, 10], "little-acorn": [20, 8]}


def test_four_fifths_or_more_come_from_work():
    for file in FILES:
        typed = sum(len(content.school(file)["learning"][year]) for year in content.EVERY_YEAR)
        assert typed / (typed + len(decisions(file))) <= 0.2


def test_words_fit_where_they_go():
    for file in FILES:
        names = {each["name"] for each in content.school(file)["values"]}
        for each in decisions(file):
            assert len(each["what"]) <= 200
            assert set(each["values"]) <= names
            assert Visibility(each.get("seen", "staff")) in {"staff", "governors", "leaders", "public"}


def test_everybody_who_does_something_has_a_post_there():
    told = content.trust()
    posts = {(key, place) for key, person in told["people"].items() for place, _, _ in person["posts"]}
    assert {Role(role) for person in told["people"].values() for _, role, _ in person["posts"]} == set(Role)
    for event in content.events(date(2027, 8, 1)):
        assert (event.by, event.urn) in posts
    for each in told["relationships"]:
        for key in (each["about"], *each["holders"]):
            assert (key, each["school"]) in posts


def test_a_run_on_any_day_tells_the_same_past_and_no_future():
    for today in MANY_DAYS:
        told = content.events(today)
        assert told == content.events(today)
        assert all(event.at.date() < today for event in told)
        assert sum(event.kind == "decision" for event in told) >= 91


@pytest.mark.parametrize("starts_in", range(2024, 2044))
def test_terms_are_in_order_and_inside_their_academic_year(starts_in: int):
    edges = [
        edge
        for term in dates.terms_of(starts_in)
        for edge in (term.starts_on, term.break_starts_on, term.break_ends_on, term.ends_on)
    ]
    assert edges == sorted(set(edges))
    assert date(starts_in, 9, 1) <= edges[0]
    assert edges[-1] <= date(starts_in + 1, 8, 31)
    assert all(day.weekday() < 5 for day in edges)


@pytest.mark.parametrize("starts_in", range(2024, 2034))
def test_every_day_of_the_content_lies_in_its_term(starts_in: int):
    for file in FILES:
        for each in decisions(file):
            day = dates.day_of(starts_in, each["when"])
            term = next(term for term in dates.terms_of(starts_in) if each["when"].startswith(term.name.lower()))
            assert term.starts_on <= day <= term.ends_on
            assert not term.break_starts_on <= day <= term.break_ends_on
