"""Who may be named as the one who answers for something, and how a reader is told who it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.core.pages import listed
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.people import rules as people
from headship.people.models import Post

GONE = "somebody who works here no longer"


@dataclass(frozen=True, slots=True)
class Holders:
    """People with a post at the school today: their name where the reader may know it, and their posts in words."""

    names: Mapping[int, str]
    posts: Mapping[int, str]
    staff: frozenset[int]

    def told(self, person: int) -> str:
        """Return who somebody is: name and post, or the post alone for whoever is given no names."""
        if person not in self.posts:
            return GONE
        name, post = self.names.get(person, ""), self.posts[person]
        return f"{name}, {post[:1].lower()}{post[1:]}" if name else post

    @property
    def offered(self) -> list[tuple[int, str]]:
        """The staff whom the reader knows by name, for choosing one of them."""
        return sorted(
            ((key, self.told(key)) for key in self.names if key in self.staff), key=lambda each: each[1].casefold()
        )

    def offered_with(self, kept: int | None) -> list[tuple[int, str]]:
        """Return the same, and whoever stands there now though they left: they do until somebody else does."""
        offered = self.offered
        return offered if kept is None or kept in dict(offered) else [*offered, (kept, self.told(kept))]


def holders(scope: Scope) -> Holders:
    """Return who holds a post at the scope's school today."""
    rows = _posts(scope).order_by("pk")
    seen = people.named(scope)
    names: dict[int, str] = {}
    roles: dict[int, list[Role]] = {}
    for person, name, role in rows.values_list("person_id", "person__name", "role"):
        roles.setdefault(person, []).append(Role(role))
        if Role(role) in seen or person == scope.person_id:
            names[person] = name
    posts = {person: _in_words(dict.fromkeys(each.words for each in held)) for person, held in roles.items()}
    return Holders(names, posts, frozenset(person for person, held in roles.items() if STAFF & set(held)))


def here(scope: Scope) -> QuerySet[Post, int]:
    """Return the keys of those who hold a post at the scope's school today, for a query to look them up in."""
    return _posts(scope).values_list("person_id", flat=True)


def _posts(scope: Scope) -> QuerySet[Post]:
    today = timezone.localdate(scope.at)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return Post.objects.filter(not_over, school_id=scope.school_id, starts_on__lte=today)


def _in_words(posts: Iterable[str]) -> str:
    """Return somebody's posts as one phrase that begins with a capital and has no other."""
    said = listed(f"{each[:1].lower()}{each[1:]}" for each in posts)
    return f"{said[:1].upper()}{said[1:]}"
