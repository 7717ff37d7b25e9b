"""Row h's tools: backup and restore as an operator does them, by the command line, on a database of their own."""

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
        command = [sys.executable, "-m", "assurance.drill"]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return {name: (rows, told) for name, rows, told in json.loads(done.stdout)}

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


def digests() -> None:
    """Print each table's name, rows and SHA-256."""
    from headship.project.backups import archive, snapshot

    with snapshot.reading() as database:
        parts = {table: archive.part_of(database.lines(table)) for table in database.tables()}
    print(json.dumps([(name, part.rows, part.sha256) for name, part in parts.items()]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    import django

    django.setup()
    digests()
