"""Other people's programs that ours is measured against, installed by the benchmark into `var/rivals` and by apt-get.

HEADSHIP_BENCH_RIVALS chooses: names with commas between them; nothing after the = for none. What cannot be had is told
in the result, with the reason, and the rest is measured.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "rivals"
FROM_DEBIAN = ["r-base-core", "r-cran-lme4"]


class Absent(Exception):
    """A rival that is not on this machine and cannot be brought; the message says why."""


def chosen(names: tuple[str, ...]) -> list[str]:
    """Return those of the names that are wanted."""
    wanted = os.environ.get("HEADSHIP_BENCH_RIVALS")
    return [name for name in names if wanted is None or name in wanted.split(",")]


def python_with(package: str) -> str:
    """Return a Python that has a package, in a folder of its own for each."""
    folder = FOLDER / package
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        print(f"Installing {package} into {folder.relative_to(ROOT)}", file=sys.stderr)
        _run(sys.executable, "-m", "venv", "--clear", folder)
        _run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", package, "numpy")
        (folder / "installed").touch()
    return str(python)


def rscript_with_lme4() -> str:
    """Return the program that runs R, with lme4; on Debian, and as root, they are installed for the whole machine."""
    has = ["Rscript", "-e", "library(lme4)"]
    if not shutil.which("Rscript") or subprocess.run(has, capture_output=True, check=False).returncode:
        if not shutil.which("apt-get") or os.geteuid():
            raise Absent("R with lme4 is not here, and only root of a Debian machine can install it")
        print(f"Installing {' '.join(FROM_DEBIAN)} with apt-get, for the whole machine", file=sys.stderr)
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run("apt-get", "update", "-q", env=quietly)
        _run("apt-get", "install", "-y", "-q", "--no-install-recommends", *FROM_DEBIAN, env=quietly)
    return "Rscript"


def _run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    run = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False, env=env)
    if run.returncode:
        raise Absent((run.stderr.strip().splitlines() or ["it could not be installed"])[-1])
