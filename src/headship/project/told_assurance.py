"""The figures that `make assurance` wrote, as one page tells them; a row never run whole says so."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from headship.core.checks import every_pattern

FOLDER = Path(settings.SOURCE).parents[1] / "assurance"
ROWS = {
    "a": "Every address and endpoint, asked as everybody at their own school and at others",
    "b": "A canary in every sensitive field, sought wherever anybody can read",
    "c": "Mutants of the rules and scoped queries, hunted by the tests",
    "d": "Anything at all, sent to the API and to every form",
    "e": "Hostile files before every importer",
    "f": "The writer killed with -9 on both databases",
    "g": "Forms sent twice, two people at once, a full disk, a database gone, a clock that jumps",
    "h": "Backups under load, restored and compared; flipped bits refused",
    "i": "The audit log tampered with by somebody who holds the machine",
    "j": "A differencing attack on what surveys give away",
    "k": "A survey day, and fifty people browsing",
    "l": "Accessibility of every page, at three sizes, by keyboard and without JavaScript",
}


def page(folder: Path = FOLDER) -> str:
    """Tell each row: what it tries, what it found, what its control found, and on which commit."""
    told = (
        "What was tried against Headship, on what scale, and what was found. `make assurance` alone writes these "
        "figures; a shortened run, or one whose control did not show what it should, is not held. Each control takes "
        "something away, so that the same proof must find faults. A row that is held is held of what stood when it was "
        "measured: each says whether Headship has grown since."
    )
    return f"# Assurance\n\n{told}\n" + "".join(_row(row, words, folder / f"{row}.json") for row, words in ROWS.items())


def _row(row: str, words: str, path: Path) -> str:
    head = f"\n## {row}. {words}\n\n"
    if not path.exists():
        return f"{head}Never run whole: no figure yet.\n"
    figure: dict[str, Any] = json.loads(path.read_text())
    lines = (
        ("Found", figure["figure"]),
        ("Target", figure["target"]),
        ("Held", "yes" if figure["held"] else "no"),
        ("Since then", _since(figure)),
        ("Control", figure["control"]),
        ("Measured on", f"{_what(figure)}{_on(figure)}, in {figure['seconds']:,.0f} s"),
        ("Again", f"`python -m assurance {row}`"),
    )
    return head + "".join(f"- **{name}:** {value}\n" for name, value in lines)


def _on(figure: dict[str, Any]) -> str:
    return f", {figure['date']}" if "date" in figure else ""


def _what(figure: dict[str, Any]) -> str:
    """Name what was measured: the tree of source files, which stays where commits are put together, or the commit."""
    return f"source tree `{figure['tree']}`" if "tree" in figure else f"commit `{figure['commit']}`"


def _since(figure: dict[str, Any]) -> str:
    """Say whether what stands today is what was tried."""
    now, then = sum(1 for _ in every_pattern()), figure.get("addresses")
    if then is None:
        return f"not run again; how much came since was not noted then (there are {now} addresses now)"
    return f"nothing was added ({now} addresses)" if now == then else f"{then} addresses then, {now} now"
