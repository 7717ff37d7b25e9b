"""Find Python 3.12 or newer, make .venv and install the hash-locked requirements into it.

Standard library only, and old syntax only: it may be started by any Python 3.8 or newer.
Usage: python3 scripts/bootstrap.py requirements/run.txt
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CONTAINED = ("run.txt", "dev.txt", "spark.txt")  # each holds all of those before it
OLDEST = (3, 12)
TOO_NEW = (3, 15)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
PLACES = (
    "~/.pyenv/versions/3.1[234].*/bin/python3",
    "~/.local/share/uv/python/cpython-3.1[234]*/bin/python3",
    "/opt/homebrew/bin/python3.1[234]",
    "/usr/local/bin/python3.1[234]",
)
NO_PYTHON = (
    "Headship needs Python 3.12, 3.13 or 3.14, and found none.\n"
    "Install one, or install uv (python3 -m pip install uv), then run this again."
)


def version_of(executable):
    """Return (major, minor) as that interpreter itself reports it, or None when it does not run."""
    question = [executable, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def candidates():
    if os.environ.get("PYTHON"):
        yield os.environ["PYTHON"]
    yield sys.executable
    for minor in (13, 12, 14):
        yield shutil.which("python3.%d" % minor) or ""
    for pattern in PLACES:
        for found in sorted(glob.glob(os.path.expanduser(pattern)), reverse=True):
            yield found


def find_python():
    """Try each candidate by running it: pyenv's shims exist for versions that are not switched on."""
    for executable in candidates():
        version = version_of(executable) if executable else None
        if version and OLDEST <= version < TOO_NEW:
            return executable
    return None


def run(*command):
    subprocess.run([str(part) for part in command], check=True)


def find_uv(python):
    """Uv from the path, else installed (hash-locked) into .tools; None where neither works: pip then does."""
    on_path = shutil.which("uv")
    if on_path or not python:
        return on_path
    tools = ROOT / ".tools"
    uv = tools / "bin" / "uv"
    if not uv.exists():
        try:
            run(python, "-m", "venv", tools)
            run(
                tools / "bin" / "python",
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                "--require-hashes",
                "-r",
                ROOT / "requirements" / "uv.txt",
            )
        except subprocess.CalledProcessError:
            return None
    return str(uv)


def make_venv(python, uv):
    if version_of(str(VENV_PYTHON)):
        return
    if uv:
        run(uv, "venv", "-q", "--clear", "--python", python or ">=3.12,<3.15", VENV)
    else:
        run(python, "-m", "venv", "--clear", VENV)


def install(uv, lock):
    if uv:
        run(uv, "pip", "sync", "-q", "--require-hashes", "--python", VENV_PYTHON, lock)
    else:
        run(VENV_PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock)


def put_source_on_path():
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(VENV_PYTHON), "-c", question], capture_output=True, text=True, check=True)
    (Path(answer.stdout.strip()) / "headship-source.pth").write_text(str(ROOT / "src") + "\n")


def satisfied(lock):
    """Whether these requirements, or others that contain them, are installed."""
    stamp = VENV / ".installed"
    done = stamp.read_text().split() if stamp.exists() else []
    return fingerprint(lock) in done and bool(version_of(str(VENV_PYTHON)))


def fingerprint(lock):
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def main():
    lock = ROOT / sys.argv[1]
    if satisfied(lock):
        return
    python = find_python()
    uv = find_uv(python)
    if not python and not uv:
        sys.exit(NO_PYTHON)
    print("Setting up .venv from %s (once; about a minute without a package cache)" % sys.argv[1], flush=True)
    make_venv(python, uv)
    install(uv, lock)
    put_source_on_path()
    within = CONTAINED[: CONTAINED.index(lock.name)] if lock.name in CONTAINED else ()
    fingerprints = {fingerprint(lock.with_name(name)) for name in (*within, lock.name)}
    (VENV / ".installed").write_text("\n".join(sorted(fingerprints)))


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit("Set-up stopped: this command failed (exit %d):\n  %s" % (error.returncode, " ".join(error.cmd)))
