"""The audit chain: who did what, when, in an order nobody can quietly change.

Each event's hash covers the hash before it and the event's canonical bytes, so changing, removing or reordering any
event breaks every later one. Events carry identifiers and plain facts, never a person's words.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from headship.core.models import AuditEvent, ChainHead

FIRST_HASH = bytes(32)
Fact = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An event not yet chained. `chain` is a school's primary key, or 0 for the installation."""

    chain: int
    at: datetime
    action: str
    person_id: int | None
    subject: str
    facts: Mapping[str, Fact]


def canonical_bytes(draft: Draft, number: int) -> bytes:
    """Return the bytes the hash covers: sorted keys, no spaces, UTC, so that any verifier builds the same.

    >>> draft = Draft(0, datetime(2026, 9, 1, tzinfo=UTC), "schools.set_terms", 7, "schools.AcademicYear:1", {})
    >>> canonical_bytes(draft, 1)[:41]
    b'{"action":"schools.set_terms","at":"2026-'
    """
    record = {
        "version": 1,
        "chain": draft.chain,
        "number": number,
        "at": draft.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": draft.action,
        "person": draft.person_id,
        "subject": draft.subject,
        "facts": dict(draft.facts),
    }
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def chained_hash(previous: bytes, canonical: bytes) -> bytes:
    """Return SHA-256 over the previous hash (32 bytes) and the canonical bytes.

    >>> chained_hash(FIRST_HASH, b"{}").hex()[:8]
    'fb1634c4'
    """
    return hashlib.sha256(previous + canonical).digest()


def append(draft: Draft) -> AuditEvent:
    """Chain one event inside the caller's transaction, locking the chain's head row until it ends.

    Errors: RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event is written in the transaction of what it records.")
    ChainHead.objects.bulk_create([ChainHead(chain=draft.chain, newest_hash=FIRST_HASH)], ignore_conflicts=True)
    head = ChainHead.objects.select_for_update().get(chain=draft.chain)
    number = head.length + 1
    previous = bytes(head.newest_hash)
    canonical = canonical_bytes(draft, number)
    event = AuditEvent.objects.create(
        chain=draft.chain,
        number=number,
        at=draft.at,
        action=draft.action,
        person_id=draft.person_id,
        subject=draft.subject,
        canonical=canonical,
        previous_hash=previous,
        hash=chained_hash(previous, canonical),
    )
    ChainHead.objects.filter(chain=draft.chain).update(length=number, newest_hash=event.hash)
    return event


def faults(chain: int) -> Iterator[str]:
    """Yield a sentence for each link of a chain that does not hold; nothing when the chain is whole."""
    previous, expected = FIRST_HASH, 1
    for event in AuditEvent.objects.filter(chain=chain).order_by("number").iterator():
        if event.number != expected:
            yield f"Event {expected} of chain {chain} is missing; event {event.number} stands in its place."
        if not _sealed(event, previous):
            yield f"Event {event.number} of chain {chain} was changed after it was written."
        previous, expected = bytes(event.hash), event.number + 1
    head = ChainHead.objects.filter(chain=chain).first()
    length = head.length if head else 0
    if (length, bytes(head.newest_hash) if head else FIRST_HASH) != (expected - 1, previous):
        yield f"Chain {chain} ends at event {expected - 1}, but its head tells of {length}."


def _sealed(event: AuditEvent, previous: bytes) -> bool:
    """Whether the event's hash follows from the one before, and its columns repeat what the hash covers."""
    canonical = bytes(event.canonical)
    if bytes(event.previous_hash) != previous or chained_hash(previous, canonical) != bytes(event.hash):
        return False
    facts = json.loads(canonical)["facts"]
    repeated = Draft(event.chain, event.at, event.action, event.person_id, event.subject, facts)
    return canonical_bytes(repeated, event.number) == canonical
