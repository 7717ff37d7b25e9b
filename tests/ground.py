"""The ground tests stand on, laid before Django reads its settings (`-p tests.ground` in pyproject.toml).

A folder of its own, so that nobody's `var/` is touched; one day, however late the tests began; no network but
loopback; a note of every address visited and
every template rendered, for the house test that asks whether any was forgotten.
"""

import atexit
import json
import os
import shutil
import socket
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.handlers.base import BaseHandler
from django.utils import timezone
from jinja2 import Environment

KEPT = ("HEADSHIP_DATABASE", "HEADSHIP_TEST_")
VISITED: set[str] = set()
RENDERED: set[str] = set()


def own_folder() -> None:
    """Point Headship at a new folder; pytest-xdist's workers inherit it."""
    if "HEADSHIP_TEST_FOLDER" in os.environ:
        return
    for name in [name for name in os.environ if name.startswith("HEADSHIP_") and not name.startswith(KEPT)]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="headship-tests-")
    os.environ["HEADSHIP_TEST_FOLDER"] = os.environ["HEADSHIP_FOLDER"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def stay_on_one_day() -> None:
    """Let the clock say the day on which the run began: many tests ask the day once and use it for all they do.

    After midnight it goes on a day behind. `HEADSHIP_TEST_BEGAN` is the seconds at which the run began; to see how
    the tests fare after midnight, set it to yesterday's.
    """
    began = datetime.fromtimestamp(float(os.environ.setdefault("HEADSHIP_TEST_BEGAN", str(time.time()))), UTC)
    passing = timezone.now

    def now():
        at = passing()
        return at - (london(at) - london(began))

    timezone.now = now


def london(at: datetime) -> date:
    """Return the day in London, without Django's settings, which are not read yet."""
    return at.astimezone(ZoneInfo("Europe/London")).date()


def only_loopback(connect):
    """Wrap a socket's connect so that it reaches this machine alone."""

    def guarded(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and host != "localhost" and not host.startswith("127.") and host != "::1":
            raise RuntimeError(f"A test reached for the network ({host}). Tests use loopback only.")
        return connect(self, address)

    return guarded


def note_what_is_reached() -> None:
    """Note each address that resolves and each template that is asked for."""
    resolve, get_template = BaseHandler.resolve_request, Environment.get_template

    def resolve_request(self, request):
        match = resolve(self, request)
        VISITED.add(match.route)
        return match

    def noted(self, name, *args, **kwargs):
        RENDERED.add(str(name))
        return get_template(self, name, *args, **kwargs)

    BaseHandler.resolve_request = resolve_request
    Environment.get_template = noted


def pytest_sessionfinish() -> None:
    """Leave the notes of this process where the runner asked for them."""
    if folder := os.environ.get("HEADSHIP_TEST_VISITED"):
        notes = {"visited": sorted(VISITED), "rendered": sorted(RENDERED)}
        Path(folder, f"{os.getpid()}.json").write_text(json.dumps(notes))


own_folder()
stay_on_one_day()
socket.socket.connect = only_loopback(socket.socket.connect)
socket.socket.connect_ex = only_loopback(socket.socket.connect_ex)
note_what_is_reached()
