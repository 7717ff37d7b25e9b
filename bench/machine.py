"""What every result carries: the machine, the versions and the commit; and where results are written."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def described() -> dict[str, Any]:
    """Return what a reader needs to judge a figure.

    Trees are Git's names of all files of `src` and of `bench` as committed; they stay where commits are put together.
    """
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "commit": _git("rev-parse", "--short", "HEAD"),
        "trees": [_git("rev-parse", "--short=12", f"HEAD:{folder}") for folder in ("src", "bench")],
    }


def _git(*command: str) -> str:
    return subprocess.run(["git", *command], capture_output=True, text=True, check=False).stdout.strip()


def write(name: str, figures: dict[str, Any]) -> None:
    """Write bench/results/<name>.json and print it."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({**described(), **figures}, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    print(text)
