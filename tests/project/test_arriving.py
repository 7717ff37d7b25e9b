"""Requests sent byte by byte, or half, hold nobody up: measured on the server's own worker with its own settings."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from types import SimpleNamespace

import pytest

from headship.project import arriving
from headship.project.demonstration.server import free_port

SERVER = """
import sys, django; django.setup()
from headship.project import server

def answer(environ, start):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    many = environ["PATH_INFO"][1:]
    told = [b"~" * 100_000] * int(many) if many else [str(len(body)).encode()]
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(sum(map(len, told))))])
    return told

class Small(server.Server):
    def load(self):
        return answer

Small(server.options("127.0.0.1", int(sys.argv[1]), int(sys.argv[3]), 1) | {"worker_class": sys.argv[2]}).run()
"""
HALVES = {
    "half a line": b"GET / HT",
    "half a head": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ",
    "half a form": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nname=A",
    "half a chunk": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na",
    "all, and then nothing": b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "nonsense": b"\x16\x03\x01 HTTP/9\r\n\r\n",
    "nothing at all": b"",
}


@contextmanager
def serving(worker: str, workers: int = 2) -> Iterator[int]:
    """Serve with workers of one thread each: with two, as `headship serve` does unless told otherwise."""
    chosen = free_port()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "headship.project.settings"}
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(chosen), worker, str(workers)], env=environment)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            asked(chosen)
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield chosen
    finally:
        server.terminate()
        assert server.wait(timeout=40) == 0


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving("headship.project.arriving.Worker") as chosen:
        yield chosen


def asked(port: int, body: bytes = b"", wait: float = 10) -> tuple[str, float]:
    """Ask as everybody does; return the answer and the seconds it took."""
    began = time.monotonic()
    with closing(HTTPConnection("127.0.0.1", port, timeout=wait)) as connection:
        connection.request("POST" if body else "GET", "/", body or None)
        told = connection.getresponse().read().decode()
    return told, time.monotonic() - began


@pytest.mark.parametrize("half", HALVES)
def test_sixty_half_sent_requests_hold_nobody_up(port: int, half: str):
    with ExitStack() as held:
        slow = [held.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(60)]
        for each in slow:
            each.sendall(HALVES[half])
        time.sleep(0.2)
        took = [asked(port, b"name=Ada")[1] for _ in range(10)]
        assert max(took) < 2, took


def test_the_control_with_gunicorns_own_worker_is_held_up_by_them():
    with serving("gthread", workers=1) as port, ExitStack() as held:
        for _ in range(60):
            held.enter_context(socket.create_connection(("127.0.0.1", port))).sendall(HALVES["half a head"])
        time.sleep(0.2)
        with pytest.raises(TimeoutError):
            asked(port, wait=3)


def test_a_request_sent_byte_by_byte_is_answered_once_it_is_here(port: int):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
        for letter in b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b":
            slow.sendall(bytes([letter]))
        assert slow.makefile("rb").read().endswith(b"\r\n\r\n3")


def test_slow_readers_hold_nobody_up(port: int):
    with ExitStack() as held:
        for _ in range(8):
            slow = held.enter_context(socket.socket())
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            slow.connect(("127.0.0.1", port))
            slow.sendall(b"GET /60 HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3)
        time.sleep(0.5)
        took = [asked(port)[1] for _ in range(10)]
        assert max(took) < 2, took


@pytest.mark.parametrize("hundred_thousands", [1, 60, 200])
def test_a_slow_reader_gets_all_of_it_in_the_end(port: int, hundred_thousands: int):
    """Small ones at once, larger ones by the loop, and the largest with a thread that waits."""
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        slow.settimeout(20)
        slow.connect(("127.0.0.1", port))
        slow.sendall(b"GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % hundred_thousands)
        time.sleep(0.3)
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        told = slow.makefile("rb").read()
    assert (told.count(b"~"), told.endswith(b"\r\n\r\n0")) == (hundred_thousands * 100_000, True)


def test_the_end_of_an_answer_comes_although_its_reader_still_sends(port: int):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as talker:
        talker.sendall(
            b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1\r\n\r\na" + b"x" * 9999
        )
        time.sleep(0.2)
        talker.sendall(b"x" * 9999)
        assert talker.makefile("rb").read().endswith(b"\r\n\r\n1")


def test_several_requests_at_once_and_one_after_another_on_one_connection(port: int):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as kept:
        request = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\na=bc"
        file = kept.makefile("rb")
        for sent, count in ((request * 3, 3), (request, 1)):
            kept.sendall(sent)
            for _ in range(count):
                head = b"".join(iter(file.readline, b"\r\n"))
                assert (head.startswith(b"HTTP/1.1 200"), file.read(1)) == (True, b"4")


@pytest.mark.parametrize("size", [1, 100_000, 2_500_000, 2_500_001, 20_000_000])
def test_bodies_of_any_size_come_whole(port: int, size: int):
    assert asked(port, b"x" * size)[0] == str(size)


def test_a_head_without_an_end_is_let_go(port: int):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as endless:
        endless.sendall(b"GET / HTTP/1.1\r\nX-Long: " + b"x" * (arriving.LONGEST_HEAD + 1))
        assert read_to_the_end(endless) == b""
    assert asked(port)[0] == "0"


def read_to_the_end(connection: socket.socket) -> bytes:
    try:
        return connection.makefile("rb").read()
    except ConnectionResetError:  # closed before all of it was read
        return b""


def test_beyond_so_many_the_first_are_let_go(port: int):
    with ExitStack() as held:
        slow = []
        for _ in range(2 * arriving.MOST_SENDERS + 100):
            slow.append(held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)))
            slow[-1].sendall(b"GET")
        assert asked(port)[1] < 2
        time.sleep(0.5)
        assert 0 < sum(map(is_open, slow)) <= 2 * arriving.MOST_SENDERS


def is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False
    return False


def test_patience_ends():
    """One that began is awaited for our patience, and one that sent nothing for as long as a kept connection."""
    now = time.monotonic()
    awaited = {
        "over": arriving.Arrival(now - 1, bytearray(b"GET")),
        "in time": arriving.Arrival(now + 9, bytearray(b"GET")),
        "nothing yet": arriving.Arrival(now + 9),
    }
    parting = {"answered long ago": now - 1, "answered": now + 1}
    owing = {"stopped reading": SimpleNamespace(until=now - 1), "reads": SimpleNamespace(until=now + 1),
             "has a thread": SimpleNamespace(until=0.0)}  # fmt: skip
    worker = SimpleNamespace(arriving=awaited, parting=parting, owing=owing, alive=True, let_go=awaited.pop,
                             _parted=parting.pop, _forgive=owing.pop)  # fmt: skip
    worker._waiting = lambda: arriving.Worker._waiting(worker)
    arriving.Worker.murder_pending(worker)
    assert (set(worker.arriving), set(worker.parting)) == ({"in time", "nothing yet"}, {"answered"})
    assert set(owing) == {"reads", "has a thread"}
    worker.alive = False
    arriving.Worker.murder_pending(worker)
    assert set(worker.arriving) == {"in time"}
