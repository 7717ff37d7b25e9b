"""The 25 rows: each has its module, and as soon as anything of it works, a page to open and a test that goes there."""

import re

import pytest

from headship.core.checks import every_pattern
from headship.core.registry import modules
from headship.project.rows import ROWS, Status
from tests.house.source import ROOT

BEGUN = [pytest.param(row, id=row.code) for row in ROWS if row.status is not Status.TO_COME]
JOURNEYS = ROOT / "tests" / "journeys"
PLANNED = {"teaching", "outcomes", "safeguarding", "finance", "network"}


def test_they_are_the_25_of_the_standards():
    assert [row.code for row in ROWS] == ["P", *(f"{domain}.{each}" for domain in "1234" for each in "123456")]


@pytest.mark.parametrize("row", [pytest.param(row, id=row.code) for row in ROWS])
def test_its_applications_are_there_or_planned(row):
    known = {module.name for module in modules()} | PLANNED
    assert row.applications, f"{row.code}: say which application holds it."
    assert set(row.applications) <= known


@pytest.mark.parametrize("row", BEGUN)
def test_what_works_has_a_page_of_its_application_and_a_test(row):
    names = {str(pattern.name) for _, pattern in every_pattern()}
    assert row.page in names, f"{row.code} names the page {row.page!r}, which has no address."
    assert (ROOT / row.journey).is_file(), f"{row.code} is tried by {row.journey!r}, which is not there."
    assert [each for each in row.others if not (ROOT / each).is_file()] == []
    begun = {module.name for module in modules()}
    assert begun & set(row.applications), f"{row.code} works, though none of {row.applications} is written."


def test_what_is_said_to_work_is_tried_in_a_browser():
    untried = [row.code for row in ROWS if row.status is Status.WORKS and not row.journey.startswith("tests/journeys/")]
    assert untried == [], f"{untried} work, it is said: name the browser journey that goes through each."


@pytest.mark.parametrize("row", BEGUN)
def test_each_journey_that_says_it_goes_through_a_row_is_named_by_it(row):
    says = re.compile(rf"^def test_{row.code.replace('.', '_')}_", re.MULTILINE)
    there = {f"tests/journeys/{each.name}" for each in JOURNEYS.glob("test_*.py") if says.search(each.read_text())}
    assert there - {row.journey, *row.others} == set()


@pytest.mark.parametrize("row", [pytest.param(row, id=row.code) for row in ROWS if row.status is Status.TO_COME])
def test_what_is_to_come_promises_nothing(row):
    assert (row.page, row.journey) == ("", "")
