"""Documents: decisions name the test that holds them, links lead somewhere, and named paths exist."""

import re

import pytest

from tests.house.source import ROOT, shown

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")
PATH = re.compile(r"`((?:src|tests|docs|bench|assurance|scripts|requirements)/[\w./-]*)`")


@pytest.mark.parametrize("page", [pytest.param(page, id=page.stem) for page in DECISIONS])
def test_a_decision_is_one_page_and_names_what_holds_it(page):
    text = page.read_text()
    held = re.search(r"\*\*Held by:\*\* `([^`]+)`", text)
    assert held, f"{shown(page)}: add a line with **Held by:** `tests/...`"
    assert (ROOT / held[1]).exists(), f"{shown(page)} is held by {held[1]}, which is not there."
    assert len(text.split()) < 500, f"{shown(page)} is longer than a page."


def test_decisions_have_a_number_of_their_own():
    """Gaps are right: a number is given when a piece of work begins, and others may be finished first."""
    numbers = [page.name[:4] for page in DECISIONS]
    assert all(number.isdecimal() for number in numbers)
    assert len(numbers) == len(set(numbers)), f"Two decisions share a number: {numbers}."


@pytest.mark.parametrize("page", [pytest.param(page, id=shown(page)) for page in WRITTEN])
def test_links_and_paths_lead_somewhere(page):
    text = page.read_text()
    broken = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    broken += [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    assert broken == [], f"{shown(page)} names {broken}, which are not there."
