"""Row h: backups made while decisions are noted, each restored elsewhere and compared row by row; then flipped bits.

A restored database must hold exactly what the backup says (each table's digest), everything that was acknowledged
before the backup began, and no row that the living database does not hold just so. Restoring itself checks every audit
chain. The control opens the same sealed pieces without looking at their tags: flipped bits are then handed on.
"""

import io
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assurance.drill import KEY, Installation
from assurance.figures import Figure
from assurance.survival import database_on

SEED = 20261124
FULL, SHORT = (20, 200), (2, 20)


@dataclass(slots=True)
class Outcome:
    """What came of the backups and the flipped bits on one database."""

    name: str
    restored: int = 0
    identical: int = 0
    flips: int = 0
    refused: int = 0
    handed_on: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Say it."""
        return (
            f"{self.name}: {self.identical} of {self.restored} backups under load restored identical, "
            f"{self.refused} of {self.flips} bit flips refused"
        )


def measure(*, short: bool) -> Figure:
    """Back up, restore, compare and flip on each database that is here."""
    import django

    django.setup()
    started = time.monotonic()
    backups, flips = SHORT if short else FULL
    found = [_tried(name, one, two, backups, flips) for name, one, two in _pairs()]
    for fault in (fault for each in found for fault in each.faults):
        print(fault)
    whole = len(found) == 2 and all(
        each.identical == each.restored == backups and each.refused == each.flips == flips for each in found
    )
    return Figure(
        row="h",
        figure="; ".join(each.words for each in found),
        target="20 backups under load restored identical; 200 of 200 bit flips refused, on both databases",
        held=not short and whole and all(each.handed_on for each in found),
        control="; ".join(
            f"{each.name}, tags not looked at: {each.handed_on} of {each.flips} flips handed on" for each in found
        ),
        seed=SEED,
        count=sum(each.restored + each.flips for each in found),
        seconds=round(time.monotonic() - started, 1),
    )


def _pairs() -> Iterator[tuple[str, Installation, Installation]]:
    """Give, on each database, an installation that lives and an empty one to restore to."""
    from scripts.run_tests import postgres_address

    with _folders() as (one, two):
        yield "SQLite", Installation(one, f"sqlite://{one}/a.sqlite3"), Installation(two, f"sqlite://{two}/a.sqlite3")
    if server := postgres_address():
        with _folders() as (one, two), database_on(server) as first, database_on(server, "again") as second:
            yield "PostgreSQL", Installation(one, first), Installation(two, second)


@contextmanager
def _folders() -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(prefix="headship-drill-") as folder:
        places = Path(folder, "one"), Path(folder, "two")
        for place in places:
            place.mkdir()
        yield places


def _tried(name: str, living: Installation, other: Installation, backups: int, flips: int) -> Outcome:
    """Make the backups under load, then restore and compare each, then flip."""
    living.prepare()
    upload = living.folder / "files" / "letter"
    upload.parent.mkdir(exist_ok=True)
    upload.write_bytes(random.Random(SEED).randbytes(100_000))
    made = []
    with living.writing() as told:
        for _ in range(backups):
            acknowledged = {int(each) for each in told.read_text().split("\n")[:-1]}
            made.append((living.back_up(living.folder / "backups"), acknowledged))
    rows = set(living.told()["rows"])
    outcome = Outcome(name)
    for path, acknowledged in made:
        outcome.restored += 1
        faults = list(_differences(other, path, acknowledged, rows))
        outcome.faults += [f"{name}, {path.name}: {fault}" for fault in faults]
        outcome.identical += not faults
    _flip(outcome, made[0][0].read_bytes(), flips)
    return outcome


def _differences(other: Installation, path: Path, acknowledged: set[int], rows: set[str]) -> Iterator[str]:
    """Restore, and say in what the restored differs from what stood when the backup was made."""
    from headship.project.backups import making

    done = other.headship("restore", str(path))
    if done.returncode:
        yield done.stderr.strip()
        return
    manifest, told = making.verify(path, KEY), other.told()
    backed_up = [
        [name.removeprefix("tables/"), p.rows, p.sha256] for name, p in manifest.parts.items() if p.rows is not None
    ]
    if sorted(backed_up) != sorted(told["tables"]):
        yield "its tables are not those that were backed up"
    if lost := acknowledged - set(told["decisions"]):
        yield f"{len(lost)} decisions acknowledged before it began are not in it"
    if strange := set(told["rows"]) - rows:
        yield f"{len(strange)} of its rows never stood in the living database"
    if (other.folder / "files" / "letter").read_bytes() != random.Random(SEED).randbytes(100_000):
        yield "the uploaded file came out otherwise"
    for aside in other.folder.glob("*.replaced-*"):
        if aside.is_file():
            aside.unlink()


def _flip(outcome: Outcome, content: bytes, flips: int) -> None:
    """Flip one bit at a time anywhere in the file, and count what is refused; then with the tags left unread."""
    from headship.core.errors import Unusable
    from headship.project.backups import archive, sealed

    chance = random.Random(SEED)
    plain = sealed.Opening(io.BytesIO(content), KEY).read()
    for _ in range(flips):
        flipped = bytearray(content)
        flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        outcome.flips += 1
        try:
            archive.read(io.BytesIO(bytes(flipped)), KEY)
        except Unusable:
            outcome.refused += 1
        outcome.handed_on += _opened_carelessly(bytes(flipped), plain)


def _opened_carelessly(content: bytes, plain: bytes) -> bool:
    """Whether a flipped bit reaches the reader when the tags are not looked at."""
    from headship.core.errors import Unusable
    from headship.project.backups import sealed

    careful = sealed.Pieces
    sealed.Pieces = careless_pieces()
    try:
        return sealed.Opening(io.BytesIO(content), KEY).read() != plain
    except Unusable:
        return False
    finally:
        sealed.Pieces = careful


def careless_pieces() -> type:
    """Return the control's pieces: the same cipher, its tags thrown away."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

    from headship.project.backups.sealed import HARDNESS, MARK, TAG, Pieces, made_from

    class Careless(Pieces):
        def __init__(self, key: str, header: bytes) -> None:
            super().__init__(key, header)
            self.key = made_from(key, header[len(MARK) :], HARDNESS)

        def opened(self, sealed: bytes, *, last: bool) -> bytes:
            nonce = (1).to_bytes(4, "little") + self.nonce(last=last)
            return Cipher(ChaCha20(self.key, nonce), mode=None).decryptor().update(sealed[:-TAG])

    return Careless
