"""One figure of the assurance table, as it is written down."""

import json
import subprocess
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """What a proof found. `held` is never true of a shortened run, nor of one whose control did not run."""

    row: str
    figure: str
    target: str
    held: bool
    control: str
    seed: int
    count: int
    seconds: float


def write(figure: Figure) -> Path:
    """Write a figure with what it was measured on, and the day. Of files that differ from their commit none is held.

    The tree is Git's own name of all source files as they stood: it stays the same where commits are put together. The
    addresses tell later how much came since.
    """
    import django
    from django.apps import apps

    if not apps.ready:  # a proof that only starts servers needed none of it
        django.setup()
    from headship.core.checks import every_pattern

    path, on = FOLDER / f"{figure.row}.json", commit()
    measured = {
        "commit": on,
        "tree": _git("rev-parse", "--short=12", "HEAD:src"),
        "addresses": sum(1 for _ in every_pattern()),
        "date": datetime.now(UTC).date().isoformat(),
    }
    kept = replace(figure, held=figure.held and not on.endswith("-dirty"))
    path.write_text(json.dumps({**asdict(kept), **measured}, indent=2) + "\n")
    return path


def commit() -> str:
    """Return the commit, marked where files differ from it."""
    return _git("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")


def _git(*command: str) -> str:
    return subprocess.run(["git", *command], cwd=FOLDER, capture_output=True, text=True, check=True).stdout.strip()
