"""The pages about security name tests that are there, and the settings are what they say behind https."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, functions

PAGES = ("SECURITY.md", "docs/explanation/threat-model.md", "docs/explanation/asvs.md")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| ([\w ]+) \| (.+) \|$", re.MULTILINE)
STATES = {"met", "not met", "not judged", "does not apply"}
ASK = """
import json
from headship.project import settings as it
names = [name for name in dir(it) if name.isupper() and name.startswith(("SESSION_", "CSRF_COOKIE", "SECURE"))]
print(json.dumps({name: getattr(it, name) for name in names}, default=str))
"""


@pytest.mark.parametrize("page", PAGES)
def test_each_named_test_is_there(page: str):
    named = NAMED.findall((ROOT / page).read_text())
    gone = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or test not in {each.node.name for each in functions(ROOT / path)}
    ]
    assert gone == [], f"{page} names {gone}, which are not there."


def test_each_row_that_is_met_names_its_test():
    rows = ROW.findall((ROOT / "docs/explanation/asvs.md").read_text())
    assert len(rows) >= 25
    assert {state for _, state, _ in rows} <= STATES
    assert [number for number, state, told in rows if state == "met" and not NAMED.search(told)] == []
    numbers = [number for number, _, _ in rows]
    assert len(numbers) == len(set(numbers))


def test_cookies_behind_https_are_the_hosts_own(tmp_path: Path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEADSHIP_")}
    environment |= {"HEADSHIP_HOSTS": "headship.example.sch.uk", "HEADSHIP_FOLDER": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    found = json.loads(told.stdout)
    assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == ("__Host-session", "__Host-csrf")
    for kind in ("SESSION", "CSRF"):
        assert (found[f"{kind}_COOKIE_SECURE"], found[f"{kind}_COOKIE_HTTPONLY"]) == (True, True)
    assert (found["SESSION_COOKIE_SAMESITE"], found["SECURE_SSL_REDIRECT"]) == ("Lax", True)
    assert (found["SECURE_HSTS_SECONDS"], found["SESSION_COOKIE_AGE"]) == (31_536_000, 12 * 60 * 60)


def test_the_demonstration_never_starts_where_others_reach_it(tmp_path: Path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HEADSHIP_")}
    environment |= {"HEADSHIP_FOLDER": str(tmp_path), "HEADSHIP_DEMONSTRATION": "yes"}
    alone = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False)
    environment |= {"HEADSHIP_HOSTS": "headship.example.sch.uk"}
    reached = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False)
    assert (alone.returncode, reached.returncode) == (0, 1)
    assert "The demonstration signs anybody in" in reached.stderr
