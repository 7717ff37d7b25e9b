"""The worker as a process of its own, killed in the middle of a task: the task is taken up and ends once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from assurance.survival import database_on

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180  # a task counts as lost after half a minute; on a busy machine the rest takes as long again
ASK = "import django; django.setup(); from tests.core import slow; print(slow.sleep_unless_last_time.enqueue({!r}).id)"
HOW = (
    "import django; django.setup(); from django_tasks_db.models import DBTaskResult; "
    "held = DBTaskResult.objects.get(); print(held.status, len(held.worker_ids))"
)


@pytest.fixture
def env(tmp_path):
    """Give the environment of an empty database of its own, on the kind of server this run uses."""
    ours = {**os.environ, "HEADSHIP_FOLDER": str(tmp_path), "DJANGO_SETTINGS_MODULE": "headship.project.settings"}
    if connection.vendor == "sqlite":
        yield {**ours, "HEADSHIP_DATABASE": f"sqlite://{tmp_path}/work.sqlite3"}
        return
    with database_on(os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres") as address:
        yield {**ours, "HEADSHIP_DATABASE": address}


def told(env, *words):
    """Run Python and return what it printed."""
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def worker(env):
    """Run `headship work` until the block ends; yield the supervising process."""
    command = [sys.executable, "-m", "headship", "work"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            assert process.wait(timeout=PATIENCE) == 0


def wait_until(holds):
    """Wait until something holds."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "It did not come about in time."
        time.sleep(0.1)


def child_of(process):
    """Return the number of the process that works."""
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])


def test_a_killed_workers_task_is_taken_up_by_the_next(env, tmp_path):
    told(env, "-m", "headship", "migrate", "--verbosity=0")
    told(env, "-c", ASK.format(str(tmp_path)))
    with worker(env) as process:
        wait_until((tmp_path / "begun").exists)
        first = child_of(process)
        os.kill(first, signal.SIGKILL)
        wait_until((tmp_path / "ended").exists)
        assert child_of(process) != first
    assert (tmp_path / "begun").read_text().count("begun") == 2
    assert told(env, "-c", HOW) == "SUCCESSFUL 2"
