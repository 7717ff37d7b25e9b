"""Run by scripts/run_tests.py after the whole suite: was any address never visited, any template never rendered?

Not named test_…, because it means something only after everything else has run.
"""

import json
import os
from pathlib import Path

from headship.core.checks import every_pattern

SOURCE = Path(__file__).resolve().parents[2] / "src" / "headship"

# Addresses that no test can visit in this process, each with its reason.
NOT_VISITED: dict[str, str] = {}

# Templates that are never asked for by name, each with its reason.
NOT_RENDERED: dict[str, str] = {}


def noted(kind):
    """Join the notes that tests/ground.py left in each process."""
    notes = Path(os.environ["HEADSHIP_TEST_VISITED"]).glob("*.json")
    return {name for note in notes for name in json.loads(note.read_text())[kind]}


def test_every_address_was_visited():
    forgotten = {address for address, _ in every_pattern()} - noted("visited") - set(NOT_VISITED)
    assert not forgotten, f"No test visits {sorted(forgotten)}. Visit each with the client, or in a journey."


def test_every_template_was_rendered():
    ours = {str(path.relative_to(path.parents[1])) for path in SOURCE.glob("*/templates/*/*.html")}
    forgotten = ours - noted("rendered") - set(NOT_RENDERED)
    assert not forgotten, f"No test renders {sorted(forgotten)}. Show each page once, or remove it."
