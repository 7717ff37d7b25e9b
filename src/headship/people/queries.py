"""Reads about people, posts and scopes."""

from datetime import date, datetime

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from headship.core.scope import Place, Scope
from headship.people.models import Account, Person

# What one row of `_held` tells: the person's name, and of each post held today its role and its place.
_Held = tuple[str, str | None, int | None, int, str, int, int, str]
_COLUMNS = (
    "name",
    "held__role",
    "held__school_id",
    "held__school__urn",
    "held__school__name",
    "held__trust_id",
    "held__trust__uid",
    "held__trust__name",
)


def scope_for(account: Account, place: str, key: int | None, *, at: datetime) -> Scope | None:
    """Return the scope of an account at a place, or None where it holds no post there today.

    `place` is "school", "trust" or "" (a page that belongs to no place, for which everybody has a scope).
    """
    rows = _held(account.person_id, timezone.localdate(at))
    roles: dict[Place, set[str]] = {}
    for row in rows:
        if (role := row[1]) is not None:
            roles.setdefault(_place(row), set()).add(role)
    here = next((each for each in roles if (each.kind, each.key) == (place, key)), None)
    if place and here is None:
        return None
    return Scope(
        account_id=account.pk,
        person_id=account.person_id,
        name=rows[0][0],
        at=at,
        place=here,
        roles=frozenset(roles[here]) if here else frozenset(),
        other_places=tuple(each for each in roles if each != here),
        operator=account.is_operator,
    )


def _held(person_id: int, on: date) -> list[_Held]:
    """Return a person's name with each post held that day, oldest first; one row without a post where there is none."""
    that_day = Q(posts__starts_on__lte=on) & (Q(posts__ends_on__isnull=True) | Q(posts__ends_on__gte=on))
    return list(
        Person.objects.filter(pk=person_id)
        .annotate(held=FilteredRelation("posts", condition=that_day))
        .order_by("held__starts_on", "held__pk")
        .values_list(*_COLUMNS)
    )


def _place(row: _Held) -> Place:
    _, _, school_id, urn, school, trust_id, uid, trust = row
    return Place("school", school_id, urn, school) if school_id is not None else Place("trust", trust_id, uid, trust)
