"""The audit log as the verifier reads it: record by record, from the database, for checking and for exports."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from heapq import merge
from typing import Any

from headship.core import signing, verifier
from headship.core.models import AuditDetail, AuditEvent, ChainHead, Checkpoint

Record = Mapping[str, Any]
ROUNDS = 1000  # how often events written while reading are fetched; more than any installation writes meanwhile


def chains() -> list[int]:
    """Return every chain that anything here tells of, the installation's (0) first."""
    tables = (AuditEvent, ChainHead, Checkpoint, AuditDetail)
    return sorted({chain for table in tables for chain in table.objects.values_list("chain", flat=True).distinct()})


def records(chain: int, name: str = "", *, details: bool = True) -> Iterator[Record]:
    """Yield the records of one chain: its name, checkpoints, events each followed by its detail, and its head.

    Writers are not stopped: what they add while this reads is read as well.
    """
    yield {"kind": "chain", "chain": chain, "name": name, "details": "included" if details else "left out"}
    for each in Checkpoint.objects.filter(chain=chain).order_by("length", "pk").iterator():
        yield {
            "kind": "checkpoint",
            "chain": chain,
            "length": each.length,
            "at": verifier.moment(each.at),
            "text": each.text,
        }
    last: int | None = None
    for _ in range(ROUNDS):
        before = last
        for record in _events(chain, last, details=details):
            last = record["number"] if last is None else max(last, record["number"])
            yield record
        head = ChainHead.objects.filter(chain=chain).first()
        if head is None or head.length <= (last or 0) or last == before:
            break
    if head:
        yield {"kind": "head", "chain": chain, "length": head.length, "newest_hash": bytes(head.newest_hash).hex()}


def _events(chain: int, after: int | None, *, details: bool) -> Iterator[Record]:
    """Yield events after a number, in order, each followed by what is kept in words beside it."""
    wanted = {"chain": chain} if after is None else {"chain": chain, "number__gt": after}
    events = map(_event, AuditEvent.objects.filter(**wanted).order_by("number", "pk").iterator())
    if not details:
        return events
    beside = map(_detail, AuditDetail.objects.filter(**wanted).order_by("number", "pk").iterator())
    return merge(events, beside, key=lambda record: (record["number"], record["kind"] == "detail"))


def _event(each: AuditEvent) -> Record:
    return {
        "kind": "event",
        "chain": each.chain,
        "number": each.number,
        "at": verifier.moment(each.at),
        "action": each.action,
        "person": each.person_id,
        "subject": each.subject,
        "canonical": bytes(each.canonical).decode("ascii", "surrogateescape"),
        "previous_hash": bytes(each.previous_hash).hex(),
        "hash": bytes(each.hash).hex(),
    }


def _detail(each: AuditDetail) -> Record:
    return {
        "kind": "detail",
        "chain": each.chain,
        "number": each.number,
        "salt": bytes(each.salt).hex(),
        "person": each.person_id,
        "subject": each.subject,
        "words": each.words,
    }


def lines(wanted: Iterable[int], name_of: Callable[[int], str], at: datetime, *, details: bool) -> Iterator[str]:
    """Yield an export, line by line: what it is, then the records of each chain wanted."""
    first = {"kind": verifier.FORMAT, "version": 1, "made_at": verifier.moment(at), "key": signing.public()}
    yield json.dumps(first) + "\n"
    for chain in wanted:
        for record in records(chain, name_of(chain), details=details):
            yield json.dumps(record) + "\n"


def checked(chain: int, held: Iterable[verifier.Checkpoint] = (), keys: Iterable[str] = ()) -> verifier.Chain:
    """Check one chain in the database, its checkpoints by a key trusted here or one of `keys`."""
    return next(verifier.check(records(chain), held, [*signing.trusted(), *keys]))


def strange_keys() -> set[str]:
    """Return the public keys that checkpoints here name and that are not trusted here."""
    texts = Checkpoint.objects.values_list("text", flat=True).iterator()
    return {each.key for text in texts for each in verifier.checkpoints_in(text)} - {*signing.trusted()}
