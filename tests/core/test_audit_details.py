"""Words about a person stand beside the chain: it commits to them, and stays whole when they are erased."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from headship.core import actions, audit, audit_records
from headship.core.models import AuditDetail, AuditEvent
from headship.core.scope import Place, Scope

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
CHAIN = 3
BY = Scope(account_id=1, person_id=7, name="Ada Example", at=AT, place=Place("school", CHAIN, 990001, "Example Brook"))
WORDS = {"name": "Uma New-Example", "email": "uma@people.example"}


@actions.action("tests.tell")
def tell(*, by: Scope, at: datetime, person_id: int | None, number: int) -> None:
    actions.audit(f"tests.Thing:{number}", detail=audit.Detail(WORDS, person_id), number=number)


@actions.action("tests.blab")
def blab(*, by: Scope, at: datetime, fact: str) -> None:
    actions.audit("tests.Thing:1", said=fact)


@pytest.fixture
def chain(db):
    """Write three events with words: about person 8, person 9, and nobody known yet."""
    for number, person_id in enumerate((8, 9, None), start=1):
        tell(by=BY, at=AT, person_id=person_id, number=number)


def counts():
    found = audit_records.checked(CHAIN)
    return found.faults, found.details, found.erased


def test_no_word_stands_in_the_chain(chain):
    held = b"".join(bytes(canonical) for canonical in AuditEvent.objects.values_list("canonical", flat=True))
    assert b"tests.Thing:1" in held
    assert b"Uma" not in held
    assert b"people.example" not in held


def test_words_are_checked_and_the_same_words_commit_differently_each_time(chain):
    assert counts() == ([], 3, 0)
    committed = {bytes(c).split(b'"detail":')[1][:66] for c in AuditEvent.objects.values_list("canonical", flat=True)}
    assert len(committed) == 3


def test_erasure_by_person_keeps_the_chain_whole(chain):
    assert audit.forget_details(person_ids=[8]) == 1
    assert counts() == ([], 2, 1)
    assert sorted(AuditDetail.objects.values_list("number", flat=True)) == [2, 3]


def test_erasure_by_what_an_event_is_about_keeps_the_chain_whole(chain):
    assert audit.forget_details(subjects=["tests.Thing:3"]) == 1
    assert counts() == ([], 2, 1)


def test_erasing_nobody_erases_nothing(chain):
    assert audit.forget_details() == 0
    assert counts() == ([], 3, 0)


def test_what_is_kept_about_somebody_can_be_told(chain):
    assert list(audit.details_about(9)) == [(CHAIN, 2, WORDS)]


def test_words_cannot_be_changed(chain):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        AuditDetail.objects.filter(number=1).update(person_id=9)


@pytest.mark.parametrize(
    "change", [{"words": "{}"}, {"salt": bytes(32)}, {"person_id": 9}, {"subject": "tests.Thing:2"}], ids=str
)
def test_words_changed_in_spite_of_the_trigger_are_found(chain, change):
    untriggered()
    AuditDetail.objects.filter(number=1).update(**change)
    assert list(audit.faults(CHAIN)) == ["The personal detail of event 1 of chain 3 was changed after it was written."]


def test_words_put_beside_another_event_are_found(chain):
    untriggered()
    AuditDetail.objects.filter(number=1).update(number=9)
    assert list(audit.faults(CHAIN)) == [
        "The personal detail of event 9 of chain 3 belongs to no event that tells of one."
    ]


@pytest.mark.parametrize("fact", ["Uma New", "uma@people.example", "Zoë", "x" * 81])
def test_a_fact_holds_no_words(db, fact):
    with pytest.raises(RuntimeError, match="give them as detail"):
        blab(by=BY, at=AT, fact=fact)
    assert AuditEvent.objects.count() == 0


def untriggered():
    """Take the trigger away, as somebody with the whole database in their hands can."""
    on = "" if connection.vendor == "sqlite" else " ON core_auditdetail"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("RESET ROLE")  # tests work as the application's role, which owns no table
        cursor.execute(f"DROP TRIGGER core_detail_no_update{on}")
