"""Programs measured each in a process of its own, with one thread for linear algebra, so that its memory is its own."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def told(command: list[str], *, seconds: float) -> dict[str, Any]:
    """Run a program and return the JSON of its last line; or why there is none."""
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    try:
        run = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return {"not_measured": f"still running after {seconds:.0f} seconds"}
    if run.returncode:
        return {"not_measured": (run.stderr.strip().splitlines() or ["it ended without a word"])[-1]}
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def peak_memory_mb() -> int | None:
    """Return the most memory this program has held at one time, reading included; None where no system tells."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    found = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return round(found[0] / 1024) if found else None
