"""One figure of the assurance table, as it is written down."""

import json
import subprocess
from dataclasses import asdict, dataclass
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
    """Write a figure with the commit it was measured on, and the day."""
    path = FOLDER / f"{figure.row}.json"
    measured = {"commit": commit(), "date": datetime.now(UTC).date().isoformat()}
    path.write_text(json.dumps({**asdict(figure), **measured}, indent=2) + "\n")
    return path


def commit() -> str:
    """Return the commit, marked where files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    return subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=True).stdout.strip()
