"""The log tells what the server does and nothing of anybody: canaries in everything a request can carry."""

import json
import logging

import pytest
from django.test import Client
from django.urls import path

from headship.core import log_lines
from headship.core.audience import ANYONE, declared
from tests import cast as everybody

CANARY = "canary-7f3a"
LINES = log_lines.Lines()


def written(caplog):
    """Return the lines as they are written."""
    return [LINES.format(record) for record in caplog.records if record.name.startswith(("headship", "django"))]


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO)
    return caplog


def test_a_request_is_one_line_with_its_pattern(db, log):
    cast = everybody.build()
    log.clear()
    cast.client("headteacher").get(f"/schools/{everybody.OWN}/decisions/")
    (line,) = [json.loads(each) for each in written(log)]
    assert (line["event"], line["method"], line["route"]) == ("request", "GET", "/schools/<int:urn>/decisions/")
    assert line["status"] == 200
    assert line["queries"] > 0
    assert set(line) == {
        "timestamp", "level", "event", "method", "route", "status", "ms", "database_ms", "queries", "request"
    }  # fmt: skip


def test_nothing_a_request_carries_is_written(db, log):
    cast = everybody.build()
    client = cast.client("headteacher")
    log.clear()
    carried = {"HTTP_USER_AGENT": CANARY, "HTTP_REFERER": f"https://{CANARY}.example/", "REMOTE_ADDR": "203.0.113.77"}
    client.get(f"/schools/{everybody.OWN}/find/?sought={CANARY}", **carried)
    client.get(f"/invitations/{CANARY}/", **carried)
    client.get(f"/{CANARY}", **carried)
    client.post("/sign-in/", {"login": f"{CANARY}@people.example", "password": CANARY}, **carried)
    client.cookies["other"] = CANARY
    client.get("/account/", HTTP_AUTHORIZATION=f"Bearer {CANARY}", **carried)
    text = "\n".join(written(log))
    assert text.count('"event": "request"') == 5
    assert CANARY not in text
    for told in ("203.0.113.77", "people.example", "Example", str(everybody.OWN)):
        assert told not in text


def broken(request, token):
    """Fail with somebody's words, in the fault and in the values."""
    name = CANARY
    try:
        int(name)
    except ValueError as fault:
        raise RuntimeError(f"{name} cannot be read") from fault


urlpatterns = [path("broken/<str:token>", declared(broken, ANYONE), name="broken")]
handler500 = "headship.core.views.broken"


def test_a_fault_tells_its_places_and_no_words(db, log, settings):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    assert client.get(f"/broken/{CANARY}").status_code == 500
    text = "\n".join(written(log))
    assert CANARY not in text
    assert "builtins.RuntimeError at" in text
    assert "builtins.ValueError at" in text
    assert "test_request_log:" in text
    assert '"route": "/broken/<str:token>", "status": 500' in text


def test_other_libraries_say_their_fixed_words_only():
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "Internal Server Error: %s", (f"/{CANARY}",), None
    )
    assert json.loads(LINES.format(record))["event"] == "Internal Server Error: %s"


def test_on_a_terminal_it_is_read_by_people():
    record = logging.LogRecord("headship.requests", logging.INFO, "", 0, "request", (), None)
    record.told = {"method": "GET", "route": "/rows/", "status": 200, "ms": 12.5}
    line = log_lines.Lines(plain=True).format(record)
    assert "[info" in line
    assert "route=/rows/" in line
    assert not line.startswith("{")
