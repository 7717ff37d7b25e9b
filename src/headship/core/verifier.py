"""Check a Headship audit log. This one file needs Python 3.11 or newer and nothing else: read it, copy it, run it.

    python verifier.py EXPORT --checkpoints FILE... [--key PUBLIC KEY]

EXPORT is what a school or `headship verify --export` downloaded. FILEs are checkpoints that somebody kept elsewhere:
downloads, or the daily mails as they are. Only those are proof against whoever holds the whole machine and its key.
What each line means stands in docs/explanation/audit-log.md. `headship verify` runs this same code on the database.
"""

import argparse
import gzip
import hashlib
import hmac
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FORMAT = "headship audit export"
FIRST_HASH = "00" * 32
COLUMNS = ("chain", "number", "at", "action", "person", "subject")
INSTALLATION = 0  # the chain of the installation itself
SAID_AT_MOST = 20  # faults told of one chain; the others are counted
BEGIN, END = "-----BEGIN HEADSHIP CHECKPOINT-----", "-----END HEADSHIP CHECKPOINT-----"
_SIGNED = ("version", "chain", "length", "newest", "at", "previous", "key")
_HEX = re.compile(r"[0-9a-f]{64}")
COMPARE = (
    "Compare with a backup made before that moment, and ask who had the server and its backups in hand since then."
)


def dumped(record: Mapping[str, Any]) -> bytes:
    """Return the canonical bytes of a record: sorted keys, no spaces, ASCII.

    >>> dumped({"b": 1, "a": "one"})
    b'{"a":"one","b":1}'
    """
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def moment(at: datetime) -> str:
    """Return a moment as the chain writes it.

    >>> moment(datetime(2026, 9, 1, tzinfo=UTC))
    '2026-09-01T00:00:00.000000+00:00'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def chained_hash(previous: bytes, canonical: bytes) -> bytes:
    """Return SHA-256 over the previous hash (32 bytes) and the canonical bytes.

    >>> chained_hash(bytes(32), b"{}").hex()[:8]
    'fb1634c4'
    """
    return hashlib.sha256(previous + canonical).digest()


def commitment(salt: bytes, person: int | None, subject: str, words: str) -> str:
    """Return what the chain holds in place of a personal detail: HMAC-SHA-256 under its salt, as hexadecimal.

    >>> commitment(bytes(32), 7, "people.Post:3", "{}")[:8]
    'f84d5f03'
    """
    return hmac.new(salt, dumped({"person": person, "subject": subject, "words": words}), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Checkpoint:
    """A signed statement that a chain had this length and this newest hash at a moment."""

    chain: int
    length: int
    newest: str
    at: str
    previous: str
    key: str
    signature: str = ""
    version: int = 1

    @property
    def signed(self) -> bytes:
        """The lines the signature covers."""
        return "".join(f"{name}: {getattr(self, name)}\n" for name in _SIGNED).encode()

    @property
    def text(self) -> str:
        """The checkpoint as it is kept, downloaded and mailed: short lines of ASCII that survive any mail."""
        halves = f"{self.signature[:64]}\n{self.signature[64:]}"
        return f"{BEGIN}\n{self.signed.decode()}signature:\n{halves}\n{END}\n"

    @property
    def digest(self) -> str:
        """What the next checkpoint of the chain holds as `previous`."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def holds(self) -> bool:
        """Whether the signature is by the key it names."""
        return signature_holds(bytes.fromhex(self.key), self.signed, bytes.fromhex(self.signature))


def checkpoints_in(text: str) -> list[Checkpoint]:
    """Return every checkpoint in a text, such as a mail that was forwarded (lines may begin with "> ").

    Errors: ValueError for one that was cut or altered so that it cannot be read.

    >>> checkpoints_in("no checkpoint here")
    []
    """
    lines = [line.strip("> \t\r") for line in text.splitlines()]
    begun = [place for place, line in enumerate(lines) if line == BEGIN]
    return [_read_checkpoint(lines[place + 1 : place + 12]) for place in begun]


def _read_checkpoint(lines: list[str]) -> Checkpoint:
    try:
        said: dict[str, Any] = dict(line.split(": ", 1) for line in lines[:7])
        numbers = {name: int(said[name]) for name in ("version", "chain", "length")}
        read = Checkpoint(**{**said, **numbers}, signature=lines[8] + lines[9])
        hexes = (read.newest, read.previous, read.key, lines[8], lines[9])
        whole = lines[7] == "signature:" and lines[10] == END and all(map(_HEX.fullmatch, hexes))
    except (ValueError, TypeError, KeyError, IndexError):
        whole = False
    if not whole or read.version != 1 or read.text.split("\n")[1:-1] != lines:
        raise ValueError("A checkpoint was cut or altered, and cannot be read")
    return read


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written: where, what, and what to do."""

    chain: int
    number: int
    at: str
    what: str
    mend: str = COMPARE

    def __str__(self) -> str:
        """Return it as sentences."""
        return f"{self.what} ({self.at or 'no moment known'}). {self.mend}"


@dataclass
class Chain:
    """One chain while it is read, and what was found: records are given to `take` in the order of an export."""

    chain: int
    held: Sequence[Checkpoint] = ()
    keys: Sequence[str] = ()
    name: str = ""
    with_details: bool = True
    length: int = 0
    newest: str = FIRST_HASH
    at: str = ""
    erased: int = 0
    details: int = 0
    agreed: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    stored: dict[int, Checkpoint] = field(default_factory=dict)
    head: tuple[int, str] = (0, FIRST_HASH)
    _last: Checkpoint | None = None
    _committed: tuple[int, str] | None = None

    def take(self, record: Mapping[str, Any]) -> None:
        """Check one record. What cannot even be read is a fault too."""
        try:
            {
                (self.chain, "chain"): self._begin,
                (self.chain, "checkpoint"): self._checkpoint,
                (self.chain, "event"): self._event,
                (self.chain, "detail"): self._detail,
                (self.chain, "head"): self._head,
            }[record["chain"], record["kind"]](record)
        except (LookupError, TypeError, ValueError, AttributeError):
            self._fault(self.length + 1, "", f"A record after event {self.length} of {self.words} cannot be read")

    def end(self) -> "Chain":
        """Check what can be known only at the end, and return the chain."""
        self._settle()
        if self.head != (self.length, self.newest):
            what = f"{self.words} ends at event {self.length}, but its head tells of {self.head[0]}"
            self._fault(self.length + 1, self.at, what[:1].upper() + what[1:])
        for kept in sorted(self.stored):
            if kept > self.length:
                self._cut(self.stored[kept], "kept here")
        for each in self.held:
            if each.length > self.length:
                self._cut(each, "held elsewhere")
            elif self.stored.get(each.length) != each and not self._newer(each):
                what = f"The checkpoint at event {each.length} of {self.words}, held elsewhere, is not among those here"
                self._fault(each.length, each.at, what)
        self.faults.sort(key=lambda fault: fault.number)
        return self

    def _newer(self, given: Checkpoint) -> bool:
        """Whether a checkpoint was made after the file was: its event stands here, and none here covers as many."""
        return self.agreed >= given.length > max(self.stored, default=0)

    @property
    def words(self) -> str:
        """The chain as sentences name it."""
        return f"chain {self.chain}"

    def _begin(self, record: Mapping[str, Any]) -> None:
        self.name, self.with_details = str(record["name"]), record["details"] == "included"

    def _checkpoint(self, record: Mapping[str, Any]) -> None:
        """Check a stored checkpoint: readable, repeated by its columns, signed, and following from the one before."""
        read = checkpoints_in(record["text"])[0]
        where, number = f"The checkpoint at event {record['length']} of {self.words}", int(record["length"])
        if (read.chain, read.length, read.at, read.text) != tuple(record[n] for n in ("chain", "length", "at", "text")):
            self._fault(number, record["at"], f"{where} was changed after it was signed")
        elif not read.holds:
            self._fault(number, record["at"], f"{where} was not signed by the key it names")
        elif self.keys and read.key not in self.keys:
            mend = "If the signing key was replaced on purpose, name the old public key with --key."
            self._fault(number, record["at"], f"{where} was signed by another key", mend)
        elif read.previous != (self._last.digest if self._last else FIRST_HASH):
            self._fault(number, record["at"], f"{where} does not follow from the checkpoint before it")
        self.stored[number] = self._last = read

    def _event(self, record: Mapping[str, Any]) -> None:
        self._settle()
        number, expected = record["number"], self.length + 1
        if number > expected:
            what = f"Event {expected} of {self.words} is missing; event {number} stands in its place"
            self._fault(expected, record["at"], what)
        elif number < expected:
            self._fault(number, record["at"], f"Event {number} of {self.words} stands twice or out of place")
        if not self._sealed(record):
            self._fault(number, record["at"], f"Event {number} of {self.words} was changed after it was written")
        self.length, self.newest, self.at = number, record["hash"], record["at"]
        self._compare(record)

    def _sealed(self, record: Mapping[str, Any]) -> bool:
        """Whether the hash follows from the event before, and the columns repeat what the hash covers."""
        canonical = record["canonical"].encode("ascii", "surrogateescape")
        follows = chained_hash(bytes.fromhex(self.newest), canonical).hex() == record["hash"]
        if not follows or record["previous_hash"] != self.newest:
            return False
        covered = json.loads(canonical)
        repeated = {name: record[name] for name in COLUMNS} | {n: covered[n] for n in ("version", "facts")}
        if covered["version"] == 2:
            repeated["detail"] = covered["detail"]
            self._committed = (record["number"], covered["detail"]) if covered["detail"] else None
        return covered["version"] in {1, 2} and dumped(repeated) == canonical

    def _compare(self, record: Mapping[str, Any]) -> None:
        """Compare an event with the checkpoints that end at it."""
        number, where = record["number"], f"of {self.words}"
        for each in self.held:
            if each.length == number and each.newest == record["hash"]:
                self.agreed = number
            elif each.length == number:
                since = f"One of the events {self.agreed + 1} to {number}" if number > 1 else "Event 1"
                what = f"{since} {where} was rewritten: the checkpoint of {each.at}, held elsewhere, says otherwise"
                self._fault(self.agreed + 1, each.at, what)
        kept = self.stored.get(number)
        if kept and kept.newest != record["hash"]:
            self._fault(number, kept.at, f"Event {number} {where} is not the one that the checkpoint kept here covers")

    def _detail(self, record: Mapping[str, Any]) -> None:
        number, self.details = record["number"], self.details + 1
        made = commitment(bytes.fromhex(record["salt"]), record["person"], record["subject"], record["words"])
        if self._committed != (number, made):
            committed = self._committed is not None and self._committed[0] == number
            wrong = "was changed after it was written" if committed else "belongs to no event that tells of one"
            self._fault(number, self.at, f"The personal detail of event {number} of {self.words} {wrong}")
        self._committed = None

    def _settle(self) -> None:
        """Count a detail that was committed to and is no longer here."""
        self.erased += self._committed is not None and self.with_details
        self._committed = None

    def _head(self, record: Mapping[str, Any]) -> None:
        self.head = (record["length"], record["newest_hash"])

    def _cut(self, by: Checkpoint, where: str) -> None:
        what = f"{self.words} was cut: the checkpoint of {by.at}, {where}, covers {by.length} events"
        mend = (
            "If the checkpoint was made after the log was downloaded, download the log again. If an older backup was "
            "restored, this is why. If neither: compare with a newer backup."
        )
        self._fault(self.length + 1, by.at, what[:1].upper() + what[1:], mend)

    def _fault(self, number: int, at: str, what: str, mend: str = COMPARE) -> None:
        self.fault_count += 1
        if len(self.faults) < SAID_AT_MOST:
            self.faults.append(Fault(self.chain, number, at, what, mend))


def check(
    records: Iterable[Mapping[str, Any]], held: Iterable[Checkpoint] = (), keys: Sequence[str] = ()
) -> Iterator[Chain]:
    """Check the records of an export chain by chain; held checkpoints of chains it lacks are left out.

    >>> [chain.length for chain in check([{"kind": "chain", "chain": 1, "name": "", "details": "included"}])]
    [0]
    """
    trusted = [each for each in held if each.holds]
    now: Chain | None = None
    for record in records:
        if record.get("kind") == "chain":
            if now:
                yield now.end()
            number = int(record.get("chain") or 0)
            now = Chain(number, sorted((e for e in trusted if e.chain == number), key=lambda e: e.length), keys)
        if now:
            now.take(record)
    if now:
        yield now.end()


def told(found: Iterable[Chain], held: Sequence[Checkpoint]) -> Iterator[tuple[bool, str]]:
    """Yield what was found as lines for a person; the flag is False where something is wrong.

    >>> [right for right, line in told([Chain(1)], [])]
    [True, True]
    """
    seen: dict[int, bool] = {}
    for each in found:
        seen[each.chain] = each.with_details
        yield _line(each)
        for place, fault in enumerate(each.faults):
            yield False, f"  {'First bad record' if not place else 'Then'}: {fault}"
        if each.fault_count > len(each.faults):
            yield False, f"  And {each.fault_count - len(each.faults)} more."
    for given in held:
        if not given.holds:
            yield False, f"A checkpoint given (chain {given.chain}, event {given.length}) carries no true signature."
        elif given.chain not in seen:
            yield _not_here(given, schools_own=[*seen.values()] == [False])
    if not held:
        yield (
            True,
            "No checkpoint was given. The log agrees with itself; whether all of it was rewritten cannot be seen.",
        )


def shown(line: str) -> str:
    r"""Return a line that cannot make a terminal show another: an export may come from whoever forged it.

    >>> shown("Chain 1 (Brook\r\nChain 1 is whole) is NOT")
    'Chain 1 (Brook??Chain 1 is whole) is NOT'
    """
    return "".join(letter if letter.isprintable() else "?" for letter in line)


def _not_here(given: Checkpoint, *, schools_own: bool) -> tuple[bool, str]:
    """Tell of a checkpoint without its chain; mails carry the installation's too, a school's own download does not."""
    if given.chain == INSTALLATION and schools_own:
        return True, "The checkpoint of the installation's own log was not compared: this file is one school's log."
    return False, f"A checkpoint given tells of chain {given.chain}, which is not here."


def _line(each: Chain) -> tuple[bool, str]:
    state = (
        "is whole"
        if not each.fault_count
        else f"is NOT as it was written ({each.fault_count} fault{'' if each.fault_count == 1 else 's'})"
    )
    details = f"{each.details} personal details checked, {each.erased} erased"
    parts = (
        f"{each.length} events",
        f"{len(each.stored)} checkpoints kept here, {len(each.held)} held elsewhere",
        details if each.with_details else "personal details left out of the export",
    )
    name = f" ({each.name})" if each.name else ""
    return not each.fault_count, f"Chain {each.chain}{name} {state}: {'; '.join(parts)}."


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature (64 bytes) over a message is by a public key (32 bytes).

    >>> signature_holds(bytes(32), b"", bytes(64))
    False
    """
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # faster where it is installed
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415  # the same
    except ImportError:
        return plainly_holds(key, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# Ed25519 by RFC 8032, section 5.1, written for reading; tests hold it against the RFC's own vectors.
_P, _L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
_D, _ROOT = -121665 * pow(121666, -1, _P) % _P, pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]


def plainly_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Check an Ed25519 signature without any library.

    >>> plainly_holds(bytes(32), b"", bytes(63))
    False
    """
    if len(key) != 32 or len(signature) != 64:
        return False
    whose, made = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if whose is None or made is None or scalar >= _L:
        return False
    asked = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _L
    (x, y, z, _), (u, v, w, _) = _times(scalar, _BASE), _added(made, _times(asked, whose))
    return (x * w - u * z) % _P == 0 and (y * w - v * z) % _P == 0


def _added(one: _Point, other: _Point) -> _Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % _P, (one[1] + one[0]) * (other[1] + other[0]) % _P
    c, d = 2 * one[3] * other[3] * _D % _P, 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: _Point) -> _Point:
    total: _Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _added(total, point)
        point, scalar = _added(point, point), scalar >> 1
    return total


def _point(encoded: bytes) -> _Point | None:
    number = int.from_bytes(encoded, "little")
    y, odd = number % 2**255, number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    x = x if (x * x - square) % _P == 0 else x * _ROOT % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and odd):
        return None
    x = x if x & 1 == odd else _P - x
    return x, y, 1, x * y % _P


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little")) or (0, 1, 1, 0)


def read_export(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of an export, plain or gzipped. Errors: ValueError for a file that is none."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="ascii") as file:
        first = json.loads(file.readline())
        if not isinstance(first, dict) or (first.get("kind"), first.get("version")) != (FORMAT, 1):
            raise ValueError("it is no audit export of version 1")
        for line in file:
            record = json.loads(line)
            yield record if isinstance(record, dict) else {}


def read_held(path: Path) -> list[Checkpoint]:
    """Return the checkpoints of a file that somebody kept. Errors: ValueError for a file without any.

    >>> read_held(Path(__file__))
    Traceback (most recent call last):
    ...
    ValueError: it holds no checkpoint; name a checkpoint file, or a daily mail saved as a file
    """
    found = checkpoints_in(path.read_text(encoding="utf-8", errors="replace"))
    if not found:
        raise ValueError("it holds no checkpoint; name a checkpoint file, or a daily mail saved as a file")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Check an export and say what was found; 0 when all is whole, 1 when not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(description="Check an audit log that Headship exported.")
    parser.add_argument("export", type=Path, help="the export, .jsonl or .jsonl.gz")
    parser.add_argument("--checkpoints", type=Path, nargs="+", default=[], metavar="FILE", help="held elsewhere")
    parser.add_argument("--key", action="append", default=[], help="the public key checkpoints must be signed with")
    options = parser.parse_args(arguments)
    now, whole = options.export, True
    try:
        held = []
        for now in options.checkpoints:
            held += read_held(now)
        now = options.export
        for right, line in told(check(read_export(now), held, options.key), held):
            print(shown(line))  # noqa: T201  # this is a program for a terminal
            whole &= right
    except (OSError, ValueError, EOFError) as error:
        print(f"{now} cannot be read: {error}. Download it again.")  # noqa: T201  # the same
        return 2
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
