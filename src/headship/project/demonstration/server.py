"""A server of our own for a while: start it, fetch a page as one of the cast, weigh it, and end it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

LONGEST_START = 180  # seconds; a busy machine is no fault
KILOBYTES = 1024

LOADED = time.time()


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as sought:
        sought.bind(("127.0.0.1", 0))
        return int(sought.getsockname()[1])


def is_taken(port: int) -> bool:
    """Whether somebody listens there already."""
    with socket.socket() as sought:
        return sought.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(port: int, environment: Mapping[str, str] | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """Serve on the loopback until the block ends, whatever ends it; `environment` is added to our own."""
    command = [sys.executable, "-m", "headship", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})})  # noqa: S603  # our own command
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str) -> None:
    """Return when the server answers. Errors: ChildProcessError when it ended; TimeoutError."""
    until, asking = time.monotonic() + LONGEST_START, build_opener()  # made once: it reads every certificate there is
    while time.monotonic() < until:
        if server.poll() is not None:
            raise ChildProcessError(f"The server ended with exit code {server.returncode} before it answered.")
        try:
            with asking.open(f"{address}/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(f"The server did not answer at {address} within {LONGEST_START} seconds.")


def stranger() -> OpenerDirector:
    """Return a reader with cookies of its own, signed in as nobody."""
    return build_opener(HTTPCookieProcessor(CookieJar()))


def signed_in(address: str, key: str) -> OpenerDirector:
    """Return a reader signed in as one of the cast, through the page that everybody uses."""
    reader = stranger()
    with reader.open(f"{address}/demonstration/", timeout=30) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    if token is None:
        raise LookupError("The demonstration's page offers no sign-in.")
    told = urlencode({"csrfmiddlewaretoken": token[1], "person": key}).encode()
    reader.open(f"{address}/demonstration/sign-in", told, timeout=30).close()
    return reader


def memory_of(process: int) -> float | None:
    """Return the megabytes (proportional set size) of a process and all it started; None where nobody tells."""
    try:
        every = [process, *_started_by(process)]
        return sum(_proportional(each) for each in every) / KILOBYTES
    except OSError:
        return None


def _started_by(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _started_by(int(child))


def _proportional(process: int) -> int:
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))


def started_at() -> float:
    """Return when `make demo` began (HEADSHIP_STARTED, seconds since 1970), or else when this command did."""
    return float(os.environ.get("HEADSHIP_STARTED") or LOADED)
