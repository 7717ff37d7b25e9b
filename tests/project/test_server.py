"""The server's settings, and the code that lets somebody elsewhere set an empty installation up."""

import os
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from gunicorn.workers import gthread

from headship.people.models import Account
from headship.project import arriving, environment, server, setup_code
from tests import cast as everybody


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def own_connection() -> Iterator[dict[str, str]]:
    """Hold a connection of ours over the loopback and return its two ports as a server is told them."""
    if not setup_code.CONNECTIONS[0].exists():
        pytest.skip("this system does not tell whose a connection is")
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()) as ours:
        ports = {"REMOTE_PORT": str(ours.getsockname()[1]), "SERVER_PORT": str(listening.getsockname()[1])}
        yield {"REMOTE_ADDR": "127.0.0.1", **ports}


def asked(settings_of_session: dict[str, bool] | None = None, **headers: str):
    request = RequestFactory().get("/set-up/", **headers)
    request.session = settings_of_session or {}
    return request


def test_nothing_is_logged_of_who_reads_what():
    chosen = server.options("127.0.0.1", 8000, 2, 1)
    assert (chosen["bind"], chosen["accesslog"]) == ("127.0.0.1:8000", None)
    assert server.options("::1", 80, 1, 4)["bind"] == "[::1]:80"


def test_gunicorn_takes_every_setting():
    made = server.Server(server.options("127.0.0.1", 8000, 2, 1))
    assert (made.cfg.workers, made.cfg.preload_app, made.cfg.timeout) == (2, True, 120)
    assert made.cfg.worker_class is arriving.Worker
    assert gthread.DEFAULT_WORKER_DATA_TIMEOUT == server.SPARE


def test_a_worker_that_grew_heavy_makes_way_however_much_it_began_with(monkeypatch: pytest.MonkeyPatch):
    hooks = server.options("127.0.0.1", 8000, 1, 1)
    for began_with, now, alive in ((300_000, 300_000 + server.HEAVY, True), (300_000, 300_001 + server.HEAVY, False)):
        worker = SimpleNamespace(alive=True)
        for hook, peak, rest in (("post_fork", began_with, ()), ("post_request", now, (None, None, None))):
            used = SimpleNamespace(ru_maxrss=peak)
            monkeypatch.setattr(server.resource, "getrusage", lambda who, used=used: used)
            hooks[hook](*((None, worker) if hook == "post_fork" else (worker, *rest)))
        assert worker.alive is alive


def test_the_files_of_pages_are_collected_once(tmp_path: Path, settings):
    settings.STATIC_ROOT = tmp_path
    assert (server.collect_static(), server.collect_static()) == (True, False)
    (tmp_path / server.STAMP).write_text("an older version's")
    assert server.collect_static() is True


def test_a_code_is_kept_as_a_hash_for_its_owner_alone_and_fits_as_typed(folder: Path, db: None):
    code = setup_code.renewed()
    kept = folder / "setup-code"
    assert code.replace("-", "") not in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert setup_code.fits(code.lower().replace("-", " "))
    assert not setup_code.fits(code[:-1])
    assert setup_code.renewed() != code
    assert not setup_code.fits(code)
    setup_code.forget()
    assert not setup_code.fits("")


def test_no_code_is_made_once_somebody_has_an_account(folder: Path, db: None):
    setup_code.renewed()
    everybody.build()
    assert Account.objects.exists()
    assert setup_code.renewed() == ""
    assert not (folder / "setup-code").exists()


@pytest.mark.parametrize(
    ("headers", "session", "may"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, {}, "in"),
        ({"REMOTE_ADDR": "::1"}, {}, "in"),
        ({"REMOTE_ADDR": "192.0.2.7"}, {}, "out"),
        ({"REMOTE_ADDR": ""}, {}, "out"),
        ({"REMOTE_ADDR": "127.0.0.1", "REMOTE_PORT": "1"}, {}, "out"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {}, "out"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"}, {}, "out"),
        ({"REMOTE_ADDR": "192.0.2.7"}, {setup_code.KNOWN: True}, "in"),
    ],
)
def test_this_computer_or_the_code(own_connection, headers: dict[str, str], session: dict[str, bool], may: str):
    assert setup_code.admitted(asked(session, **{**own_connection, **headers})) is (may == "in")


def test_behind_a_proxy_the_code_is_always_asked_for(own_connection, settings):
    settings.SECURE = True
    assert not setup_code.admitted(asked(**own_connection))


def test_a_proxy_on_this_computer_that_says_nothing_is_known_by_whose_it_is(
    own_connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert setup_code.admitted(asked(**own_connection))
    ours = setup_code.CONNECTIONS[0].read_text()
    told = tmp_path / "connections"
    monkeypatch.setattr(setup_code, "CONNECTIONS", (told,))
    assert not setup_code.admitted(asked(**own_connection))
    told.write_text(ours.replace(f" {os.geteuid()} ", f" {os.geteuid() + 1} "))
    assert not setup_code.admitted(asked(**own_connection))


def test_a_proxy_under_our_own_account_that_says_nothing_is_taken_for_us_unless_it_is_told_of(own_connection, settings):
    """What is left open and told in the threat model: run proxies as another account, or name the hosts first."""
    assert setup_code.admitted(asked(**own_connection))
    settings.SECURE = True  # what HEADSHIP_HOSTS makes of it
    assert not setup_code.admitted(asked(**own_connection))


def test_every_folder_made_is_its_owners_alone(tmp_path: Path):
    assert environment.folder("HEADSHIP_NO_SUCH", tmp_path / "new").stat().st_mode & 0o077 == 0


def test_strangers_send_no_large_files(db: None):
    teacher = everybody.build().client("teacher")
    asking = Client().post("/sign-in/", {"login": BytesIO(b"x" * 3_000_000)})
    assert asking.status_code == 400
    known = teacher.post("/account/", {"file": BytesIO(b"x" * 3_000_000)})
    assert known.status_code == 200
