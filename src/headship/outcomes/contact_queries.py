"""Reads of the contacts that schools show to schools like them: our own, and those of others while they are on."""

from collections.abc import Mapping, Sequence

from headship.core import belt
from headship.core.scope import Scope
from headship.outcomes import contact_rules as rules
from headship.outcomes.models import VisibleContact


def own(scope: Scope) -> VisibleContact | None:
    """Return the contact that the scope's school shows, or None while it is switched off."""
    return VisibleContact.objects.filter(school_id=scope.school_id).first()


def shown_to(scope: Scope, schools: Sequence[int]) -> Mapping[int, VisibleContact]:
    """Return the contacts that schools on a reader's list of similar ones show, by school."""
    if not rules.see_contacts(scope):
        return {}
    with belt.whole_installation(because="a school switched on that schools like it see its contact"):
        found = list(VisibleContact.objects.filter(school_id__in=schools, school__joined_at__isnull=False))
    return {each.school_id: each for each in found}


def stamp(scope: Scope) -> tuple[tuple[int, int], ...]:
    """Return what changes whenever any school switches its contact on or off, or changes it."""
    if not rules.see_contacts(scope):
        return ()
    with belt.whole_installation(because="a page kept from before must not show a contact switched off since"):
        return tuple(VisibleContact.objects.order_by("pk").values_list("pk", "version"))
