"""Row h's tools: backup and restore as an operator does them, by the command line, on a database of their own."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assurance.kill import ROOT, run

GROWING = ("core_auditevent", "evidence_entry", "strategy_decision", "strategy_decisionchange")
KEY = "a passphrase for drills alone"


@dataclass(frozen=True, slots=True)
class Installation:
    """A Headship of its own: its folder and database."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """What its commands are run with."""
        own = {"HEADSHIP_DATABASE": self.database, "HEADSHIP_FOLDER": str(self.folder), "HEADSHIP_BACKUP_KEY": KEY}
        return {**os.environ, **own, "HEADSHIP_STATIC": str(self.folder / "static")}

    def prepare(self) -> None:
        """Make its tables and its people."""
        run("prepare", self.environment)

    def headship(self, *words: str, key: str = KEY) -> "subprocess.CompletedProcess[str]":
        """Run one of its commands."""
        command = [sys.executable, "-m", "headship", *words]
        env = {**self.environment, "HEADSHIP_BACKUP_KEY": key}
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    def back_up(self, to: Path) -> Path:
        """Make a backup, and return it."""
        done = self.headship("backup", "--to", str(to))
        if done.returncode:
            raise RuntimeError(done.stderr)
        return Path(done.stdout.split(" (")[0])

    def digests(self) -> dict[str, tuple[int, str]]:
        """Return each table's rows and the SHA-256 over all of them, read as they stand now."""
        return {name: (rows, told) for name, rows, told in self.told()["tables"]}

    def told(self) -> dict[str, list]:
        """Return the digests of all tables, and one of each row in those that only grow."""
        command = [sys.executable, "-m", "assurance.drill"]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def found(self) -> dict[str, list]:
        """Return the decisions it holds, and every fault of its audit chain and evidence."""
        return json.loads(run("check", self.environment))

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Let the writer of row f note decisions for as long as the block lasts; its acknowledgements go to a file."""
        told = self.folder / "acknowledged"
        command = [sys.executable, "-m", "assurance.kill", "write"]
        with told.open("w") as file, subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=file) as writer:
            try:
                while not told.stat().st_size and writer.poll() is None:
                    time.sleep(0.05)
                yield told
            finally:
                writer.kill()


def tell() -> None:
    """Print each table's name, rows and SHA-256; and a digest of each row of the tables that only grow."""
    from headship.project.backups import archive, snapshot

    with snapshot.reading() as database:
        parts = {table: archive.part_of(database.lines(table)) for table in database.tables()}
        rows = [
            hashlib.sha256(f"{table} ".encode() + line).hexdigest()
            for table in GROWING
            for line in database.lines(table)
        ]
        decisions = [key for (key,) in database.values("strategy_decision", "id")]
    tables = [(name, part.rows, part.sha256) for name, part in parts.items()]
    print(json.dumps({"tables": tables, "rows": rows, "decisions": decisions}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    import django

    django.setup()
    tell()
