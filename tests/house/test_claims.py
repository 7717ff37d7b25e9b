"""What the written pages say can be typed, can be typed: commands, settings, rows."""

import re

import pytest
from django.core.management import get_commands

from headship.project import reference
from tests.house.source import ROOT, python_files, shown

WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PAGES = [pytest.param(page, id=shown(page)) for page in WRITTEN]
MAKE = re.compile(r"^([a-z]+):", re.MULTILINE)
TYPED = re.compile(r"^```.*?^```|`[^`]+`", re.MULTILINE | re.DOTALL)


def typed(page, program):
    """Return the first words that a page lets its reader type after a program's name."""
    code = "\n".join(found.strip("`") for found in TYPED.findall(page.read_text()))
    return set(re.findall(rf"^ *(?:\S+/)?{program} ([a-z_]+)", code, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_every_make_command_exists(page):
    targets = set(MAKE.findall((ROOT / "Makefile").read_text()))
    assert typed(page, "make") - targets == set(), f"{shown(page)} names make commands that the Makefile lacks."


@pytest.mark.parametrize("page", PAGES)
def test_every_headship_command_exists(page):
    assert typed(page, "headship") - set(get_commands()) == set(), f"{shown(page)} names commands that Headship lacks."


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_exists(page):
    source = "".join(path.read_text() for path in [*python_files(), *(ROOT / "tests").rglob("*.py")])
    source += "".join(path.read_text() for path in (ROOT / "scripts").glob("*.py"))
    named = set(re.findall(r"HEADSHIP_[A-Z_]+", page.read_text()))
    unknown = {name for name in named if name not in source and name.removesuffix("_FILE") not in source}
    assert unknown == set(), f"{shown(page)} names settings that nothing reads."


def test_every_setting_is_told_in_words():
    told = reference.variables()
    lacking = [line for line in told.splitlines() if line.startswith("| `HEADSHIP_") and "|  |" in line]
    assert lacking == [], f"Say what each does in VARIABLES of project/reference.py: {lacking}"
