"""Row f's control on PostgreSQL: a throw-away cluster of our own, all of whose processes are killed with -9 at once.

With `synchronous_commit=off` an acknowledged commit may still lie in the server's own memory; killing one writer cannot
show that, killing the whole server does. With the setting as Headship leaves it (on) nothing may be lost.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from assurance.kill import ROOT, Found, run
from headship.project.demonstration.server import free_port

PROGRAMS = "/usr/lib/postgresql"  # where Debian keeps each version's own
LONGEST_START = 60


@dataclass(slots=True)
class Cluster:
    """A server in a folder of its own. As root it runs as the user postgres, since it refuses to run as root."""

    folder: Path
    programs: Path
    port: int
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where its database is, as HEADSHIP_DATABASE says it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, recovering where it was killed, and wait until it answers. Errors: RuntimeError with its log."""
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data")]
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **_as_whom())
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until and self.server.poll() is None:
            try:
                psycopg.connect(self.address, connect_timeout=3).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"The cluster did not start. {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """Kill every process of it, the first held still so that it can tell nobody; wait until all are gone."""
        first = self.server.pid
        os.kill(first, signal.SIGSTOP)
        every = _children(first)
        for each in (*every, first):
            os.kill(each, signal.SIGKILL)
        self.server.wait()
        until = time.monotonic() + LONGEST_START
        while any(map(_runs, every)) and time.monotonic() < until:
            time.sleep(0.01)

    @property
    def log(self) -> Path:
        """Where it writes what it has to say."""
        return self.folder / "log"

    def make(self, *settings: str) -> None:
        """Make it, with these lines in its configuration."""
        words = ("-D", str(self.folder / "data"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        command = [str(self.programs / "initdb"), *words]
        subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, check=True, **_as_whom())
        lines = (f"port = {self.port}", "listen_addresses = '127.0.0.1'", f"unix_socket_directories = '{self.folder}'")
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write("\n".join(["", *lines, *settings, ""]))


def programs() -> Path | None:
    """Return the folder of the newest installed server's programs, or nothing."""
    found = sorted(Path(PROGRAMS).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


@contextmanager
def cluster(*settings: str) -> Iterator[Cluster]:
    """Make a cluster, start it, and leave nothing of it. Errors: FileNotFoundError where none can be made."""
    where = programs()
    if where is None:
        raise FileNotFoundError("No PostgreSQL server is installed here (initdb was not found).")
    folder = Path(tempfile.mkdtemp(prefix="headship-cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Cluster(folder, where, free_port())
    try:
        made.make(*settings)
        made.start()
        yield made
    finally:
        if made.server:
            made.kill()
        shutil.rmtree(folder, ignore_errors=True)


def kill_the_whole(folder: Path, *, kills: int, seed: int, synchronous_commit: str) -> Found:
    """Write and kill the whole server again and again, and say what was lost."""
    chance = random.Random(seed)
    # The longest delay there is: what a commit leaves in memory stays there for as long as it may.
    with cluster(f"synchronous_commit = {synchronous_commit}", "wal_writer_delay = 10s") as server:
        env = {**os.environ, "HEADSHIP_DATABASE": server.address, "HEADSHIP_FOLDER": str(folder)}
        run("prepare", env)
        acknowledged: set[int] = set()
        for _ in range(kills):
            acknowledged |= _write_until_killed(env, server, after=chance.uniform(0.2, 0.6))
            server.start()
        left = json.loads(run("check", env))
    return Found(kills, len(acknowledged), len(acknowledged - set(left["decisions"])), tuple(left["faults"]))


def _write_until_killed(env: dict[str, str], server: Cluster, *, after: float) -> set[int]:
    """Start the writer, let it write, kill the server, and return what was acknowledged."""
    command = [sys.executable, "-m", "assurance.kill", "write"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as writer:
        first = writer.stdout.readline()
        time.sleep(after)
        server.kill()
        writer.kill()
        lines = [first, *writer.stdout.read().splitlines(keepends=True)]
    if not first:
        raise RuntimeError("The writer ended before it acknowledged anything.")
    return {int(line) for line in lines if line.endswith("\n")}


def _as_whom() -> dict[str, Any]:
    """Return how a server's programs are started: they refuse to run as root."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def _runs(process: int) -> bool:
    """Whether a process is still there; one that only waits to be counted as dead is not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def _children(parent: int) -> list[int]:
    """Return the processes whose parent this is."""
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(each) for each in told.split()]
