"""Writes of a list of policies: kept with its preview, taken in whole, undone whole."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from headship.core import actions, imports
from headship.core.actions import action
from headship.core.audit import one_at_a_time
from headship.core.errors import Stale, Unusable, require
from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.policies import list_queries, queries, rules
from headship.policies.actions import owned
from headship.policies.list_queries import IMPORTER, PREVIEWED, TAKEN, UNDONE
from headship.policies.list_reading import Line, Listing
from headship.policies.models import Duty, Policy, PolicyVersion

USED = "Something was done with policies of this list since. Nothing was undone: withdraw those that are wrong."


@action("policies.keep_list", audited=False, because="a list that waits for its reader changes nothing")
def keep_list(*, by: Scope, at: datetime, name: str, fingerprint: str, listing: Listing) -> int:
    """Keep a list until its reader has seen what it would add."""
    require(rules.keep(by))
    one_at_a_time(by.school_id)
    list_queries.lists(by).filter(state=PREVIEWED).delete()
    made = ImportBatch.objects.create(
        chain=by.school_id,
        importer=IMPORTER,
        file_name=name[-255:],
        fingerprint=fingerprint,
        state=PREVIEWED,
        created_at=at,
        created_by=by.person_id,
        staged=listing.packed(),
    )
    return made.pk


@action("policies.take_list")
def take_list(*, by: Scope, at: datetime, batch: int, adds: int) -> None:
    """Add the policies of a list whose titles stand nowhere yet, as its preview told. Errors: Stale."""
    require(rules.keep(by))
    now = _locked(by, batch, PREVIEWED)
    found = list_queries.compared(by, Listing.unpacked(bytes(now.staged)))
    if len(found.adds) != adds:
        raise Stale("Policies changed since this preview. Nothing was taken in: look at the new preview first.")
    made = [_added(by, each).pk for each in found.adds]
    now.summary = {"made": made, "stand": len(found.stands)}
    now.state, now.committed_at, now.staged = TAKEN, at, b""
    now.save(update_fields=["summary", "state", "committed_at", "staged"])
    actions.audit(f"core.ImportBatch:{now.pk}", fingerprint=now.fingerprint, added=len(made))


@action("policies.undo_list")
def undo_list(*, by: Scope, at: datetime, batch: int) -> None:
    """Take away the policies a list added, unless something was done with one of them since. Errors: Unusable."""
    require(rules.keep(by))
    now = _locked(by, batch, TAKEN)
    made = list(queries.policies(by).filter(pk__in=now.summary["made"]).select_for_update())
    used = (each.objects.filter(policy__in=made).exists() for each in (PolicyVersion, Duty))
    if any(each.version != 1 or each.withdrawn_on for each in made) or any(used):
        raise Unusable(USED)
    queries.policies(by).filter(pk__in=[each.pk for each in made]).delete()
    now.state, now.undone_at = UNDONE, at
    now.save(update_fields=["state", "undone_at"])
    actions.audit(f"core.ImportBatch:{now.pk}", fingerprint=now.fingerprint, removed=len(made))


def _added(by: Scope, line: Line) -> Policy:
    owned(by, line.owner)
    told: dict[str, Any] = {"title": line.title, "owner_id": line.owner, "months": line.months}
    return Policy.objects.create(
        school_id=by.school_id,
        once=uuid4(),
        approver=line.approver,
        required=list_queries.required_code(by, line.title),
        approved_before=line.approved,
        review_on=line.next_review,
        **told,
    )


def _locked(by: Scope, key: int, state: str) -> ImportBatch:
    """Return a list in a state, locked. Errors: Stale, Unusable."""
    one_at_a_time(by.school_id)
    found = list_queries.lists(by).select_for_update().filter(pk=key, state=state).first()
    if found is None:
        raise Stale("This list was taken in, undone or replaced meanwhile. Nothing was changed: start from the lists.")
    if state == PREVIEWED and not found.staged:
        raise Unusable(imports.FORGOTTEN)
    return found
