"""Writes of being visible to schools like ours. Switched off, nothing of the contact is kept."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.outcomes import contact_rules as rules
from headship.outcomes.models import VisibleContact
from headship.schools.models import School

KIND = "outcomes.visible"
SERVES = ("4.1",)


@action("outcomes.show_contact")
def show_contact(  # noqa: PLR0913  # a contact has four parts
    *, by: Scope, at: datetime, version: int, name: str, role: str, email: str, offer: str
) -> None:
    """Let schools like ours see whom they can write to. `version` is what was seen, 0 while it is off."""
    require(rules.show_contact(by))
    _check(name, role, email, offer)
    kept = _locked(by, version)
    now = kept or VisibleContact(school_id=by.school_id, version=0)
    now.name, now.role, now.email, now.offer = name, role, email, offer
    now.shown_by_id, now.shown_at, now.version = by.person_id, at, now.version + 1
    now.save()
    if kept is None:
        evidence.record(
            kind=KIND,
            words="Became visible to schools like ours, to talk with them",
            characteristics=SERVES,
            occurred_on=timezone.localdate(at),
            visibility=Visibility.STAFF,
            source=f"outcomes.VisibleContact:{now.pk}",
        )
    actions.audit(f"outcomes.VisibleContact:{now.pk}", version=now.version)


@action("outcomes.hide_contact")
def hide_contact(*, by: Scope, at: datetime, version: int) -> None:
    """Switch it off: the contact is deleted and its evidence withdrawn."""
    require(rules.show_contact(by))
    now = _locked(by, version)
    if now is None:
        raise Unusable("The school is not visible to others, so there is nothing to switch off.")
    key = now.pk
    evidence.withdraw(source=f"outcomes.VisibleContact:{key}")
    now.delete()
    actions.audit(f"outcomes.VisibleContact:{key}", hidden=True)


def _locked(by: Scope, version: int) -> VisibleContact | None:
    School.objects.select_for_update().get(pk=by.school_id)
    now = VisibleContact.objects.filter(school_id=by.school_id).first()
    if (now.version if now else 0) != version:
        raise Stale(
            "Somebody changed this while you were writing. Theirs was kept and yours was not saved: look again."
        )
    return now


def _check(name: str, role: str, email: str, offer: str) -> None:
    """Errors: Unusable."""
    if not all(each.strip() for each in (name, role, offer)):
        raise Unusable("Say who it is, what they do, and what you can talk about. Nothing was saved.")
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Unusable("Use an address such as name@school.example. Nothing was saved.") from wrong
