"""The shape of the source: sizes, names, what may not stand in any file."""

import re
import statistics

import pytest

from tests.house.source import ROOT, SOURCE, functions, python_files, shown, texts, tracked

FORBIDDEN_NAMES = {"utils.py", "helpers.py", "signals.py", "managers.py", "admin.py"}
LONG_TEMPLATE = 60

# Longer templates, each with its reason.
LONG_TEMPLATES = {"src/headship/core/templates/core/components.html": "the library of macros, short ones, in one file"}

# Longer files, each with its reason.
LONG_FILES = {"src/headship/core/verifier.py": "one file on purpose: whoever checks an audit log copies and runs it"}

NOT_IN_ANY_FILE = {
    "an unfinished thought": re.compile(r"\b(TODO|FIXME|XXX)\b"),
    "a path of one machine": re.compile(r"(?<![\w.])/(work|home|root|Users)/\w"),
    "the address of a package registry": re.compile(
        r"pypi\.org|files\.pythonhosted|registry\.npmjs|[^-]index-url|\[fd00:"
    ),
}
NAMES_THEM = ROOT / "tests" / "house" / "test_files.py"  # this file alone spells out what it seeks


@pytest.mark.parametrize("path", [pytest.param(path, id=shown(path)) for path in python_files()])
def test_files_are_short(path):
    lines = len(path.read_text().splitlines())
    assert lines < 400 or shown(path) in LONG_FILES, f"{shown(path)} has {lines} lines: part it by subject."


def test_functions_are_short():
    sizes = sorted(function.lines for path in python_files() for function in functions(path))
    assert statistics.median(sizes) <= 10
    assert sizes[int(len(sizes) * 0.9)] <= 25


def test_no_function_is_very_long():
    long = [f"{each.where}: {each.lines}" for path in python_files() for each in functions(path) if each.lines > 50]
    assert long == [], f"{long} lines: name its parts."


def test_templates_are_short():
    found = {shown(path): len(path.read_text().splitlines()) for path in SOURCE.glob("*/templates/**/*.html")}
    long = {name: lines for name, lines in found.items() if lines > LONG_TEMPLATE and name not in LONG_TEMPLATES}
    assert long == {}, f"{long}: part it with include or macros, or give a reason in LONG_TEMPLATES."


def test_no_drawer_for_odds_and_ends():
    found = [shown(path) for path in tracked() if path.name in FORBIDDEN_NAMES]
    assert found == [], f"{found}: name the file after what it holds."


@pytest.mark.parametrize("what", NOT_IN_ANY_FILE)
def test_no_file_holds(what):
    found = [
        f"{shown(path)}:{text[: match.start()].count(chr(10)) + 1} {match[0]}"
        for path, text in texts()
        for match in [NOT_IN_ANY_FILE[what].search(text)]
        if match and path != NAMES_THEM and "static" not in path.parts
    ]
    assert found == [], f"{found} hold {what}."


def test_no_signal_receivers_and_no_admin():
    words = re.compile(r"@receiver|\.signals import|signals\.\w+\.connect|django\.contrib\.admin")
    found = [shown(path) for path in python_files() if words.search(path.read_text())]
    assert found == [], f"{found}: an action says what else must happen; nothing listens from afar."


def test_every_silenced_rule_says_why():
    silenced = re.compile(
        r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\]|pragma: no cover)(?P<reason>.*)$", re.MULTILINE
    )
    bare = [
        f"{shown(path)}:{text[: match.start()].count(chr(10)) + 1}"
        for path, text in texts(".py")
        if (ROOT / "src") in path.parents
        for match in silenced.finditer(text)
        if len(match["reason"].strip(" #")) < 8
    ]
    assert bare == [], f"{bare}: say the reason after the code, behind a second #."
