"""What somebody does who holds the whole machine: triggers taken away, chains rewritten and signed anew."""

import json

from django.db import connection
from django.db.models import F

from headship.core import audit, signing, verifier
from headship.core.models import AuditDetail, AuditEvent, ChainHead, Checkpoint

FAR = 1_000_000
TRIGGERS = {
    "core_auditevent": ("core_audit_no_update", "core_audit_no_delete", "core_audit_no_change"),
    "core_checkpoint": ("core_checkpoint_no_update", "core_checkpoint_no_delete", "core_checkpoint_no_change"),
    "core_auditdetail": ("core_detail_no_update",),
}


def untriggered():
    """Take every trigger of the audit log away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("RESET ROLE")  # tests work as the application's role, which owns no table
        for table, triggers in TRIGGERS.items():
            for name in triggers:
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def rewritten(chain):
    """Make a chain whole again as its events now stand: numbers, hashes, details, head; sign it anew with the real key.

    A detail goes to the event that commits to it, or goes.
    """
    details = {_committed(each): each for each in AuditDetail.objects.filter(chain=chain)}
    AuditDetail.objects.filter(chain=chain).delete()
    AuditEvent.objects.filter(chain=chain).update(number=F("number") + FAR)
    previous, number = audit.FIRST_HASH, 0
    for number, event in enumerate(AuditEvent.objects.filter(chain=chain).order_by("number", "pk"), start=1):
        covered = json.loads(bytes(event.canonical))
        draft = audit.Draft(chain, event.at, event.action, event.person_id, event.subject, covered["facts"])
        event.number, event.previous_hash = number, previous
        event.canonical = audit.canonical_bytes(draft, number, covered["detail"])
        event.hash = previous = verifier.chained_hash(previous, event.canonical)
        event.save()
        if detail := details.pop(covered["detail"], None):
            detail.number = number
            detail.save(force_insert=True)
    ChainHead.objects.filter(chain=chain).update(length=number, newest_hash=previous)
    signed_anew(chain)


def _committed(detail):
    return verifier.commitment(bytes(detail.salt), detail.person_id, detail.subject, detail.words)


def signed_anew(chain):
    """Make every stored checkpoint of a chain again for what now stands there, with the real key."""
    events = AuditEvent.objects.filter(chain=chain).values_list("number", "hash")
    hashes = {number: bytes(each).hex() for number, each in events}
    before = verifier.FIRST_HASH
    for kept in Checkpoint.objects.filter(chain=chain).order_by("length"):
        if kept.length not in hashes:
            kept.delete()
            continue
        at = verifier.moment(kept.at)
        made = signing.signed(
            verifier.Checkpoint(chain, kept.length, hashes[kept.length], at, before, signing.public())
        )
        kept.text, before = made.text, made.digest
        kept.save()
