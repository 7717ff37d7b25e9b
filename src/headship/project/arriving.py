"""Requests on their way in, answers on their way out: who sends or reads slowly holds a socket, and no thread.

Gunicorn's threaded worker gives a connection to a thread at its first byte. A dozen clients that send theirs byte by
byte would then hold every thread for as long as they like. Here the worker's own loop collects what each sends. What is
larger than a form (an upload, of somebody signed in) is handed over when its head is here, and read as it comes. Of an
answer that a slow reader does not take, the loop keeps up to some megabytes and lets the thread go.
"""

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE
from socket import SHUT_WR, socket
from typing import Any

from django.conf import settings
from gunicorn.workers import gthread

PATIENCE = 30  # seconds for the whole of a request, and for each piece of a larger one or of an answer
LINGER = 2  # seconds the other end may take to close what we have closed
LONGEST_HEAD = 64 * 1024
MOST_SENDERS, MOST_BYTES = 400, 32 * 1024 * 1024  # of one worker; beyond them whoever began first is let go
MOST_OWED = 8 * 1024 * 1024  # of one answer
PIECE = 64 * 1024
LENGTH = re.compile(rb"[\r\n]content-length:[ \t]*(\d{1,18})[ \t]*[\r\n]", re.IGNORECASE)


@dataclass(slots=True)
class Arrival:
    """What has come of one request, and until when the rest is awaited."""

    until: float
    words: bytearray = field(default_factory=bytearray)


def is_whole(words: bytes | bytearray) -> bool:
    r"""Whether a request is all here, or is one whose body is read as it comes.

    >>> is_whole(b"GET / HTTP/1.1\r\nHost: a\r\n"), is_whole(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    (False, True)
    >>> [is_whole(b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n" + sent) for sent in (b"a=", b"a=b")]
    [False, True]
    """
    end = words.find(b"\r\n\r\n")
    if end < 0:
        return False
    told = LENGTH.search(words, 0, end + 2)
    length = int(told[1]) if told else 0
    return length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE or len(words) >= end + 4 + length


def _received(connection: socket) -> bytes:
    """Return what came; nothing where the other end closed. Errors: BlockingIOError where nothing came yet."""
    try:
        return connection.recv(PIECE)
    except BlockingIOError:
        raise
    except OSError:
        return b""


class Outgoing:
    """A connection's way out. What it does not take at once is owed, so that its reader holds no thread.

    `until` is set when the thread is done with it and the worker's own loop sends on.
    """

    def __init__(self, connection: socket) -> None:
        self.connection, self.owed, self.until = connection, bytearray(), 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def sendall(self, data: bytes) -> None:
        """Send what is taken at once, and owe the rest; of more than that the reader is waited for."""
        self.owed += data
        self.send_on()
        if len(self.owed) > MOST_OWED:
            self.connection.sendall(self.owed)
            self.owed.clear()

    def send_on(self) -> None:
        """Send what is taken now. The connection has a time limit, so the system knows it as one that never waits."""
        with suppress(BlockingIOError):
            while self.owed:
                del self.owed[: os.write(self.connection.fileno(), self.owed[:PIECE])]


class Worker(gthread.ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A threaded worker whose threads never wait for a request."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.arriving: dict[Any, Arrival] = {}
        self.parting: dict[Any, float] = {}
        self.owing: dict[Any, Outgoing] = {}

    def enqueue_req(self, conn: Any) -> None:
        """Await a connection's request, of which something may be here already."""
        conn.sock.setblocking(False)  # the socket's own way
        self.arriving[conn] = Arrival(time.monotonic() + self.cfg.keepalive)
        if conn.parser is not None:
            self.arriving[conn].words += conn.parser.unreader.take_buffered()
        self.poller.register(conn.sock, EVENT_READ, partial(self.more, conn))
        self.more(conn)
        while self.arriving and self._too_much():
            self.let_go(next(iter(self.arriving)))

    def more(self, conn: Any, _: Any = None) -> None:
        """Take what came, and hand the request to a thread when it is whole."""
        arrival = self.arriving[conn]
        try:
            came = _received(conn.sock)
        except BlockingIOError:
            came = None
        if came and not arrival.words:
            arrival.until = time.monotonic() + PATIENCE
        arrival.words += came or b""
        if is_whole(arrival.words):
            self._hand_over(conn)
        elif came == b"" or (len(arrival.words) > LONGEST_HEAD and b"\r\n\r\n" not in arrival.words):
            self.let_go(conn)

    def let_go(self, conn: Any) -> None:
        """Close a connection whose request never came whole."""
        del self.arriving[conn]
        self.poller.unregister(conn.sock)
        self._gone(conn)

    def murder_pending(self) -> None:
        """Let go of those awaited for too long; of a worker that stops, also of those who sent nothing yet."""
        now = time.monotonic()
        for conn, arrival in list(self.arriving.items()):
            if arrival.until < now or not (arrival.words or self.alive):
                self.let_go(conn)
        for conn, until in list(self.parting.items()):
            if until < now:
                self._parted(conn)
        for conn, outgoing in self._waiting():
            if outgoing.until < now:
                self._forgive(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Go on with a connection once it took all of its answer."""
        outgoing = self.owing.get(conn)
        if outgoing is None or not outgoing.owed:
            self.owing.pop(conn, None)
            self._finished(conn, fs)
            return
        conn.sock.setblocking(False)  # the socket's own way
        outgoing.until = time.monotonic() + PATIENCE
        self.poller.register(conn.sock, EVENT_WRITE, partial(self.pay, conn, fs))
        while sum(len(each.owed) for _, each in self._waiting()) > MOST_BYTES:
            self._forgive(self._waiting()[0][0])

    def pay(self, conn: Any, fs: Any, _: Any = None) -> None:
        """Send on what a connection is owed."""
        outgoing = self.owing[conn]
        try:
            outgoing.send_on()
        except OSError:  # it is gone
            self._forgive(conn)
            return
        outgoing.until = time.monotonic() + PATIENCE
        if not outgoing.owed:
            del self.owing[conn]
            self.poller.unregister(conn.sock)
            self._finished(conn, fs)

    def _finished(self, conn: Any, fs: Any) -> None:
        """Part from a connection that was answered for the last time, without waiting for the other end to close it.

        Closed at once, what was not yet read would take the end of our answer along. Gunicorn waits two seconds for
        each, and answers nobody meanwhile.
        """
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.shutdown(SHUT_WR)
            conn.sock.setblocking(False)  # the socket's own way
        except OSError:
            self._gone(conn)
            return
        self.parting[conn] = time.monotonic() + LINGER
        self.poller.register(conn.sock, EVENT_READ, partial(self.part, conn))

    def part(self, conn: Any, _: Any = None) -> None:
        """Read what still comes and forget it, until the other end closes or its time is over."""
        with suppress(BlockingIOError):
            if not _received(conn.sock) or self.parting[conn] < time.monotonic():
                self._parted(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Wait for no piece of a large body longer than our patience, and for no reader of an answer at all."""
        connection = conn.sock
        connection.settimeout(PATIENCE)
        conn.sock = self.owing[conn] = Outgoing(connection)
        try:
            return super().handle_request(req, conn)
        finally:
            conn.sock = connection

    def _hand_over(self, conn: Any) -> None:
        words = bytes(self.arriving.pop(conn).words)
        self.poller.unregister(conn.sock)
        conn.init()
        conn.data_ready = True
        conn.parser.unreader.unread(words)
        super().enqueue_req(conn)

    def _parted(self, conn: Any) -> None:
        del self.parting[conn]
        self.poller.unregister(conn.sock)
        self._gone(conn)

    def _waiting(self) -> list[tuple[Any, Outgoing]]:
        """Return who is sent on to by this loop: threads add others meanwhile."""
        return [(conn, each) for conn, each in list(self.owing.items()) if each.until]

    def _forgive(self, conn: Any) -> None:
        del self.owing[conn]
        self.poller.unregister(conn.sock)
        self._gone(conn)

    def _gone(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def _too_much(self) -> bool:
        return len(self.arriving) > MOST_SENDERS or sum(len(each.words) for each in self.arriving.values()) > MOST_BYTES
