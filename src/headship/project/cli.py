"""The `headship` command."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from headship.project.demonstration.folder import prepare_environment


def main() -> None:
    """Run a management command: demo, serve, migrate, import, check and Django's own."""
    if sys.argv[1:2] == ["demo"]:
        prepare_environment(sys.argv[2:])
    if sys.argv[1:2] == ["serve"]:
        _count_in_every_process()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # settings first

    from headship.core import belt  # noqa: PLC0415  # as above

    with belt.whole_installation(because="a command is given by whoever runs the installation"):
        execute_from_command_line(["headship", *sys.argv[1:]])


def _count_in_every_process() -> None:
    """Name the folder where processes count requests, before prometheus-client is loaded: it looks only then."""
    memory = Path("/dev/shm")  # noqa: S108  # counters are of this run only; a disk would wear
    folder = tempfile.mkdtemp(prefix="headship-metrics-", dir=memory if os.access(memory, os.W_OK) else None)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    ours = os.getpid()
    atexit.register(lambda: os.getpid() == ours and shutil.rmtree(folder, ignore_errors=True))
