"""Row f's control on SQLite: the power fails, and whatever was never synced to the disk is gone.

A killed process loses nothing that the system holds for it, so kill -9 says nothing of `synchronous`. Here strace
notes each write, truncation and sync of the database's files and each key the writer acknowledged, in one order. After
some acknowledgements the power "fails": the files are built anew from what was synced by then, with none of the later
writes, or with a random half of them. Whatever was acknowledged must be there, and the file whole.
"""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from assurance.kill import ROOT, run

CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink"
LINE = re.compile(r"^\d+ +(?P<call>\w+)\((?P<told>.*)\) += (?P<answer>-?\d+)")
ON_FILE = re.compile(r"^\d+<(?P<path>[^>]*)>(?:, )?(?P<rest>.*)$")
KEPT = ("", "-wal", "-journal")  # the shared-memory file is rebuilt from the log after a crash


@dataclass(slots=True)
class Disk:
    """One file: what was synced, and what was written since."""

    synced: bytearray = field(default_factory=bytearray)
    later: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: cut off there

    def sync(self) -> None:
        """Let everything written so far reach the disk."""
        for each in self.later:
            change(self.synced, *each)
        self.later.clear()

    def after_failure(self, chance: random.Random | None) -> bytes:
        """Return what the disk holds when the power fails; with `chance`, a random half of the rest got there too."""
        left = bytearray(self.synced)
        for each in self.later if chance else ():
            if chance.random() < 0.5:
                change(left, *each)
        return bytes(left)


@dataclass(frozen=True, slots=True)
class Failed:
    """What was found after many power failures."""

    failures: int
    acknowledged: int
    lost: int
    broken: int


def change(held: bytearray, offset: int, written: bytes | None) -> None:
    """Write at an offset, or cut off there."""
    if written is None:
        del held[offset:]
        return
    if len(held) < offset:
        held.extend(bytes(offset - len(held)))
    held[offset : offset + len(written)] = written


def can_be_shown() -> bool:
    """Whether strace is here and may look into our own processes."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


def fail_again_and_again(folder: Path, *, failures: int, seed: int, synchronous: str = "") -> Failed:
    """Write under strace, then let the power fail after random acknowledgements. `synchronous` replaces our setting."""
    database = folder / "power.sqlite3"
    env = {**os.environ, "HEADSHIP_DATABASE": f"sqlite://{database}", "HEADSHIP_FOLDER": str(folder)}
    run("prepare", env)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = database.read_bytes()
    log = folder / "calls"
    _write_for_a_while(env, log, synchronous, enough=4 * failures)
    return _replay(log, database, before, failures=failures, chance=random.Random(seed))


def _write_for_a_while(env: dict[str, str], log: Path, synchronous: str, *, enough: int) -> None:
    """Let the writer note `enough` decisions while strace listens, and end it."""
    strace = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-o", str(log), "-e", f"trace={CALLS}"]
    command = [*strace, sys.executable, "-m", "assurance.kill", "write", *([synchronous] if synchronous else [])]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as writer:
        for _ in range(enough):
            if not writer.stdout.readline():
                raise RuntimeError("The writer ended before it had written enough.")
        os.killpg(writer.pid, signal.SIGKILL)
    time.sleep(0.1)  # strace's last line may be half a line; it matches nothing then


def _replay(log: Path, database: Path, before: bytes, *, failures: int, chance: random.Random) -> Failed:
    """Go through the calls again; after some acknowledgements, build the files as the disk would hold them."""
    acknowledged: set[int] = set()
    lost = broken = failed = 0
    disks = {str(database) + end: Disk() for end in KEPT}
    disks[str(database)].synced[:] = before
    for call, path, rest in _calls(log):
        if path in disks:
            _apply(disks, call, path, rest)
        elif call == "write" and path.startswith("pipe:"):
            acknowledged |= {int(each) for each in _bytes_of(rest).decode().split()}
            if failed < failures and chance.random() < 0.3:
                failed += 1
                missing, fault = _look(disks, database, acknowledged, chance if failed % 2 else None)
                lost, broken = lost + missing, broken + fault
    return Failed(failed, len(acknowledged), lost, broken)


def _calls(log: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each call that succeeded: its name, the file, the rest of its arguments."""
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = LINE.match(line)
            if not found or int(found["answer"]) < 0:
                continue
            if found["call"] == "unlink":
                yield "unlink", _bytes_of(found["told"]).decode(), ""
            elif on := ON_FILE.match(found["told"]):
                yield found["call"], _unescaped(on["path"]), on["rest"]


def _apply(disks: dict[str, Disk], call: str, path: str, rest: str) -> None:
    disk = disks[path]
    if call == "pwrite64":
        disk.later.append((int(rest.rsplit(", ", 1)[1]), _bytes_of(rest)))
    elif call == "ftruncate":
        disk.later.append((int(rest), None))
    elif call in {"fsync", "fdatasync"}:
        disk.sync()
    elif call == "unlink":  # taken as done at once: a log that came back would only hold more
        disks[path] = Disk()
    else:
        raise RuntimeError(f"The database was written by {call}, which this proof does not follow.")


def _bytes_of(told: str) -> bytes:
    """Return the bytes of a call's quoted argument: strace -xx writes each in hexadecimal."""
    return bytes.fromhex(told.split('"')[1].replace("\\x", ""))


def _unescaped(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def _look(
    disks: dict[str, Disk], database: Path, acknowledged: set[int], chance: random.Random | None
) -> tuple[int, int]:
    """Open the files as they are after the failure; count what is missing, and say 1 for a file that is not whole."""
    place = database.with_name("after-failure.sqlite3")
    for end in (*KEPT, "-shm"):
        Path(f"{place}{end}").unlink(missing_ok=True)
    for end in KEPT:
        if left := disks[str(database) + end].after_failure(chance):
            Path(f"{place}{end}").write_bytes(left)
    try:
        with closing(sqlite3.connect(place)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            held = {key for (key,) in connection.execute("SELECT id FROM strategy_decision")}
            told = {int(each.rsplit(":", 1)[1]) for (each,) in connection.execute(NOTED)}
    except sqlite3.DatabaseError:
        return len(acknowledged), 1
    return len(acknowledged - (held & told)), int(not whole or held != told)


NOTED = "SELECT subject FROM core_auditevent WHERE action = 'strategy.note_decision'"
