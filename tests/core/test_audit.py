"""The audit chain finds what somebody with the whole database in their hands would change, were the triggers gone."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from headship.core import audit
from headship.core.models import AuditEvent, ChainHead

CHAIN, OTHER_CHAIN = 3, 4
AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
TRIGGERS = {
    "sqlite": ("DROP TRIGGER core_audit_no_update", "DROP TRIGGER core_audit_no_delete"),
    "postgresql": ("DROP TRIGGER core_audit_no_change ON core_auditevent",),
}


@pytest.fixture
def chain(as_owner):
    """Write three events here and one at another school, and take the triggers away."""
    with transaction.atomic():
        for number in (1, 2, 3):
            audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, f"tests.Thing:{number}", {"number": number}))
        audit.append(audit.Draft(OTHER_CHAIN, AT, "tests.did", 8, "tests.Thing:9", {}))
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor]:
            cursor.execute(statement)
    return AuditEvent.objects.filter(chain=CHAIN)


def test_a_whole_chain_has_no_fault(chain):
    assert [*audit.faults(CHAIN), *audit.faults(OTHER_CHAIN), *audit.faults(0)] == []


@pytest.mark.parametrize(
    "change",
    [
        {"action": "tests.other"},
        {"person_id": 8},
        {"person_id": None},
        {"subject": "tests.Thing:4"},
        {"at": datetime(2026, 9, 2, tzinfo=UTC)},
        {"canonical": b'{"facts":{}}'},
        {"hash": bytes(32)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(chain, change):
    chain.filter(number=2).update(**change)
    assert "Event 2 of chain 3 was changed after it was written." in list(audit.faults(CHAIN))


def test_an_event_taken_out_is_found(chain):
    chain.filter(number=2).delete()
    assert next(audit.faults(CHAIN)) == "Event 2 of chain 3 is missing; event 3 stands in its place."


def test_events_in_another_order_are_found(chain):
    for old, new in ((1, 9), (2, 1), (9, 2)):
        chain.filter(number=old).update(number=new)
    assert next(audit.faults(CHAIN)) == "Event 1 of chain 3 was changed after it was written."


def test_a_chain_cut_at_its_end_is_found(chain):
    chain.filter(number=3).delete()
    assert list(audit.faults(CHAIN)) == ["Chain 3 ends at event 2, but its head tells of 3."]


def test_a_chain_whose_head_is_gone_is_found(chain):
    ChainHead.objects.filter(chain=CHAIN).delete()
    assert list(audit.faults(CHAIN)) == ["Chain 3 ends at event 3, but its head tells of 0."]


def test_an_event_is_written_only_in_a_transaction(transactional_db):
    with pytest.raises(RuntimeError, match="in the transaction of what it records"):
        audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, "tests.Thing:1", {}))


def test_a_test_with_real_transactions_leaves_an_empty_database_and_its_triggers(transactional_db):
    with transaction.atomic():
        audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, "tests.Thing:1", {}))
    call_command("flush", verbosity=0, interactive=False)
    assert AuditEvent.objects.count() == 0
    with transaction.atomic():
        audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, "tests.Thing:1", {}))
    with pytest.raises(DatabaseError, match="audit events are never"), transaction.atomic():
        AuditEvent.objects.update(action="tests.other")
