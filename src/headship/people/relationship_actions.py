"""Naming and ending line managers and coaches."""

from datetime import date, datetime

from headship.core import actions, registry
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.people import queries, rules
from headship.people.actions import CHANGED
from headship.people.choices import Kind
from headship.people.models import Person, Relationship


@action("people.start_relationship")
def start_relationship(  # noqa: PLR0913  # a relationship's parts, each named by its caller
    *, by: Scope, at: datetime, kind: Kind, holder_id: int, about_id: int, starts_on: date
) -> Relationship:
    """Name a line manager or coach."""
    require(rules.relate(by, kind))
    if holder_id == about_id:
        raise Unusable("Choose two different people.")
    Person.objects.select_for_update().filter(pk=about_id).first()  # one at a time, so that what is read here holds
    holder, about = queries.roles_here(by, holder_id), queries.roles_here(by, about_id)
    if unfit := rules.fits(kind, holder, about):
        raise Unusable(unfit)
    if holder_id in queries.running_holders(by, kind, about_id):
        raise Unusable("They are named so already.")
    tie = Relationship.objects.create(
        school_id=by.school_id, kind=kind, holder_id=holder_id, about_id=about_id, starts_on=starts_on
    )
    _tie_evidence(tie, about)
    actions.audit(f"people.Relationship:{tie.pk}", kind=str(kind), holder=holder_id, about=about_id)
    return tie


def _tie_evidence(tie: Relationship, about: frozenset[str]) -> None:
    """Say that coaching began, by the post it serves and never by name: entries are read by more people."""
    if tie.kind != Kind.COACH:
        return
    post = next(role.words.lower() for role in Role if role in about)
    registry.record_evidence(
        kind="people.coach",
        words=f"A coach was named for a {post}.",
        characteristics=("2.5",),
        occurred_on=tie.starts_on,
        visibility=Visibility.LEADERS,
        source=f"people.Relationship:{tie.pk}",
    )


@action("people.end_relationship")
def end_relationship(*, by: Scope, at: datetime, relationship_id: int, ends_on: date, version: str) -> None:
    """End a relationship on a date; what its holder could see closes the day after. `version`: as for a post."""
    Relationship.objects.select_for_update().filter(pk=relationship_id).first()
    tie = queries.tie_here(by, relationship_id)
    require(rules.relate(by, Kind(tie.kind)))
    if tie.version != version:
        raise Stale(CHANGED)
    if ends_on < tie.starts_on:
        raise Unusable("It cannot end before it started. Nothing was changed.")
    tie.ends_on = ends_on
    tie.save(update_fields=["ends_on"])
    actions.audit(f"people.Relationship:{tie.pk}", ends_on=ends_on.isoformat())
