"""One action, one transaction, one audit record."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from headship.core import actions, audit
from headship.core.models import AuditEvent, ChainHead
from headship.core.scope import Place, Scope

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
BY = Scope(account_id=1, person_id=7, name="Ada Example", at=AT, place=Place("school", 3, 990001, "Example Brook"))


@actions.action("tests.once")
def once(*, by: Scope, at: datetime, fails: bool = False) -> str:
    actions.audit("tests.Thing:1", number=1)
    if fails:
        raise ValueError("halfway")
    return "done"


@actions.action("tests.silent")
def silent(*, by: Scope, at: datetime) -> None:
    pass


@actions.action("tests.twice")
def twice(*, by: Scope, at: datetime) -> None:
    actions.audit("tests.Thing:1")
    actions.audit("tests.Thing:2")


@actions.action("tests.quiet", audited=False, because="A test of the exception.")
def quiet(*, by: Scope, at: datetime) -> None:
    pass


@actions.action("tests.outer")
def outer(*, by: Scope, at: datetime) -> None:
    once(by=by, at=at)
    actions.audit("tests.Outer:1")


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    pass


def test_an_action_chains_one_event_of_its_school():
    assert once(by=BY, at=AT) == "done"
    event = AuditEvent.objects.get()
    assert (event.chain, event.number, event.action, event.person_id, event.subject) == (
        3,
        1,
        "tests.once",
        7,
        "tests.Thing:1",
    )
    assert list(audit.faults(3)) == []


def test_a_failing_action_leaves_nothing():
    with pytest.raises(ValueError, match="halfway"):
        once(by=BY, at=AT, fails=True)
    assert AuditEvent.objects.count() == 0
    assert ChainHead.objects.count() == 0


@pytest.mark.parametrize("wrong", [silent, twice])
def test_an_action_tells_the_audit_exactly_once(wrong):
    with pytest.raises(RuntimeError, match="once"):
        wrong(by=BY, at=AT)
    assert AuditEvent.objects.count() == 0


def test_an_unaudited_action_says_why_and_writes_no_event():
    quiet(by=BY, at=AT)
    assert AuditEvent.objects.count() == 0
    with pytest.raises(ValueError, match="says why"):
        actions.action("tests.reasonless", audited=False)


def test_inner_and_outer_actions_chain_in_order():
    outer(by=BY, at=AT)
    assert list(AuditEvent.objects.order_by("number").values_list("number", "action")) == [
        (1, "tests.once"),
        (2, "tests.outer"),
    ]
    assert list(audit.faults(3)) == []


def test_positional_arguments_are_refused():
    with pytest.raises(TypeError, match="keyword arguments only"):
        once(BY, AT)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_triggers_refuse_to_change_or_remove_an_event(change):
    once(by=BY, at=AT)
    events = AuditEvent.objects.filter(chain=3)
    with pytest.raises(DatabaseError, match="audit events are never"), transaction.atomic():
        events.update(action="tests.other") if change == "update" else events.delete()


def test_a_shortened_chain_is_found():
    once(by=BY, at=AT)
    once(by=BY, at=AT)
    ChainHead.objects.filter(chain=3).update(length=3)
    assert list(audit.faults(3)) == ["Chain 3 ends at event 2, but its head tells of 3."]
