"""The audit chain: who did what, when, in an order nobody can quietly change.

Each event's hash covers the hash before it and the event's canonical bytes, so changing, removing or reordering any
event breaks every later one. Events carry keys and plain facts. Words about a person stand in a table of their own, the
chain holding only a salted commitment to them, so that they can be erased and the chain stays whole. Now and then the
newest link is signed: a checkpoint, which proves the most where it is kept elsewhere.
"""

import json
import secrets
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from headship.core import audit_records, signing, verifier
from headship.core.models import AuditDetail, ChainHead, Checkpoint

FIRST_HASH = bytes(32)
SIGNED_EVERY_EVENTS, SIGNED_EVERY_SECONDS = 100, 15 * 60
Fact = str | int | bool | None

# The head is locked by reading it; then the event is written and the head told its hash. On SQLite a transaction that
# writes is alone from its beginning.
_BEGIN = """
INSERT INTO core_chainhead (chain, length, newest_hash, signed_length, signed_at) VALUES (%s, 0, %s, 0, 0)
ON CONFLICT (chain) DO NOTHING
"""
_HEAD = "SELECT length, newest_hash, signed_length, signed_at FROM core_chainhead WHERE chain = %s"
_EVENT = """
INSERT INTO core_auditevent (chain, number, at, action, person_id, subject, canonical, previous_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_LENGTHEN = "UPDATE core_chainhead SET length = %s, newest_hash = %s WHERE chain = %s"


@dataclass(frozen=True, slots=True)
class Detail:
    """Words about a person that belong to an event: a name, an address, a reason. `person_id` is whom they are about.

    They can be erased without breaking the chain (`forget_details`).
    """

    words: Mapping[str, str]
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An event not yet chained. `chain` is a school's primary key, or 0 for the installation."""

    chain: int
    at: datetime
    action: str
    person_id: int | None
    subject: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    detail: Detail | None = None


def canonical_bytes(draft: Draft, number: int, committed: str | None = None) -> bytes:
    """Return the bytes the hash covers: sorted keys, no spaces, UTC, so that any verifier builds the same.

    >>> draft = Draft(0, datetime(2026, 9, 1, tzinfo=UTC), "schools.set_terms", 7, "schools.AcademicYear:1", {})
    >>> canonical_bytes(draft, 1)[:41]
    b'{"action":"schools.set_terms","at":"2026-'
    """
    return verifier.dumped(
        {
            "version": 2,
            "chain": draft.chain,
            "number": number,
            "at": verifier.moment(draft.at),
            "action": draft.action,
            "person": draft.person_id,
            "subject": draft.subject,
            "facts": dict(draft.facts),
            "detail": committed,
        }
    )


def append(draft: Draft) -> int:
    """Chain one event inside the caller's transaction and return its number; the chain's head is locked until it ends.

    Errors: RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event is written in the transaction of what it records.")
    with connection.cursor() as cursor:
        length, previous, signed_length, signed_at = _locked_head(cursor, draft.chain)
        number, previous = length + 1, bytes(previous)
        canonical = canonical_bytes(draft, number, _committed(draft, number) if draft.detail else None)
        newest = verifier.chained_hash(previous, canonical)
        _write(cursor, draft, number, (canonical, previous, newest))
    if number - signed_length >= SIGNED_EVERY_EVENTS or time.time() - signed_at >= SIGNED_EVERY_SECONDS:
        _sign(draft.chain, number, newest, datetime.now(UTC))
    return number


def _locked_head(cursor: Any, chain: int) -> tuple[int, bytes, int, int]:
    """Return a chain's length, newest hash, and when it was last signed; others wait here until this one ends."""
    locking = f"{_HEAD} FOR UPDATE" if connection.features.has_select_for_update else _HEAD
    cursor.execute(locking, [chain])
    head: tuple[int, bytes, int, int] | None = cursor.fetchone()
    if head is None:  # the chain's first event
        cursor.execute(_BEGIN, [chain, FIRST_HASH])
        cursor.execute(locking, [chain])
        head = cursor.fetchone()
    assert head is not None  # it stands now, whoever began it
    return head


def _write(cursor: Any, draft: Draft, number: int, link: tuple[bytes, bytes, bytes]) -> None:
    """Write an event with its canonical bytes, the hash before it and its own, and lengthen the head by it."""
    at = connection.ops.adapt_datetimefield_value(draft.at)
    event = (draft.chain, number, at, draft.action, draft.person_id, draft.subject, *link)
    lengthened = (number, link[-1], draft.chain)
    if connection.vendor == "postgresql":  # one way to the server less
        cursor.execute(f"WITH event AS ({_EVENT}) {_LENGTHEN}", event + lengthened)
    else:
        cursor.execute(_EVENT, event)
        cursor.execute(_LENGTHEN, lengthened)


def _committed(draft: Draft, number: int) -> str:
    """Keep the words of a draft beside the chain, and return the commitment to them."""
    assert draft.detail is not None  # its caller asked
    salt, person_id = secrets.token_bytes(32), draft.detail.person_id
    words = verifier.dumped(draft.detail.words).decode()
    AuditDetail.objects.create(
        chain=draft.chain, number=number, salt=salt, person_id=person_id, subject=draft.subject, words=words
    )
    return verifier.commitment(salt, person_id, draft.subject, words)


def forget_details(*, person_ids: Collection[int] = (), subjects: Collection[str] = ()) -> int:
    """Erase the words about these people, or kept with events about these subjects ("people.Invitation:7").

    Returns how many were erased. The chain stays whole, and the verifier counts them as erased. Called by an action.
    """
    about = Q(person_id__in=person_ids) | Q(subject__in=subjects)
    erased, _ = AuditDetail.objects.filter(about).delete()
    return erased


def details_about(person_id: int) -> Iterator[tuple[int, int, Mapping[str, str]]]:
    """Yield what the audit keeps in words about somebody: chain, event number, the words. For subject access."""
    for each in AuditDetail.objects.filter(person_id=person_id).order_by("chain", "number").iterator():
        yield each.chain, each.number, json.loads(each.words)


def _sign(chain: int, length: int, newest: bytes, at: datetime) -> None:
    """Sign the newest link of a chain whose head the caller has locked."""
    before = Checkpoint.objects.filter(chain=chain).order_by("-length").values_list("text", flat=True).first()
    previous = verifier.checkpoints_in(before)[0].digest if before else verifier.FIRST_HASH
    signed = signing.signed(
        verifier.Checkpoint(chain, length, newest.hex(), verifier.moment(at), previous, signing.public())
    )
    Checkpoint.objects.create(chain=chain, length=length, at=at, text=signed.text)
    ChainHead.objects.filter(chain=chain).update(signed_length=length, signed_at=int(at.timestamp()))


def one_at_a_time(chain: int) -> None:
    """Let others wait at a chain until this transaction ends: a form sent twice finds what the first one left."""
    ChainHead.objects.select_for_update().filter(chain=chain).first()


def sign(chain: int, at: datetime) -> Checkpoint | None:
    """Return a checkpoint of all that stands in a chain, made now where none covers it; None for an empty chain."""
    with transaction.atomic():
        head = ChainHead.objects.select_for_update().filter(chain=chain).first()
        if head and head.signed_length < head.length:
            _sign(chain, head.length, bytes(head.newest_hash), at)
    return Checkpoint.objects.filter(chain=chain).order_by("-length").first()


def sign_all(at: datetime) -> str:
    """Sign every chain that grew since it was last signed, and say how many. The worker calls it."""
    grown = ChainHead.objects.filter(length__gt=F("signed_length")).values_list("chain", flat=True)
    return f"{sum(sign(chain, at) is not None for chain in sorted(grown))} checkpoints signed."


def faults(chain: int) -> Iterator[str]:
    """Yield a sentence for each thing wrong with a chain; nothing when it is whole."""
    yield from (f"{fault.what}." for fault in audit_records.checked(chain).faults)
