"""What somebody does who holds the whole machine: triggers taken away, chains rewritten and signed anew."""

from django.db import connection

from headship.core import audit, signing, verifier
from headship.core.models import AuditEvent, ChainHead, Checkpoint

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


def rewritten(chain, *, from_number, **change):
    """Change an event, hash every later one anew, tell the head, and sign every checkpoint anew with the real key."""
    previous, last = audit.FIRST_HASH, 0
    for number, event in enumerate(AuditEvent.objects.filter(chain=chain).order_by("number", "pk"), start=1):
        covered = verifier.json.loads(bytes(event.canonical))
        if number == from_number:
            for name, value in change.items():
                setattr(event, name, value)
        draft = audit.Draft(chain, event.at, event.action, event.person_id, event.subject, covered["facts"])
        event.number, event.previous_hash = number, previous
        event.canonical = audit.canonical_bytes(draft, number, covered["detail"])
        event.hash = previous = verifier.chained_hash(previous, event.canonical)
        event.save()
        last = number
    ChainHead.objects.filter(chain=chain).update(length=last, newest_hash=previous)
    signed_anew(chain)


def signed_anew(chain):
    """Make every stored checkpoint of a chain again for what now stands there, with the real key."""
    before = verifier.FIRST_HASH
    hashes = {number: bytes(each).hex() for number, each in
              AuditEvent.objects.filter(chain=chain).values_list("number", "hash")}  # fmt: skip
    for kept in Checkpoint.objects.filter(chain=chain).order_by("length"):
        if kept.length not in hashes:
            kept.delete()
            continue
        unsigned = verifier.Checkpoint(
            chain, kept.length, hashes[kept.length], verifier.moment(kept.at), before, signing.public()
        )
        made = signing.signed(unsigned)
        kept.text, before = made.text, made.digest
        kept.save()
