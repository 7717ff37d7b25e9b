"""Who is asking, for which school, in which posts: the one object that rules, queries and actions are given."""

from dataclasses import dataclass, field
from datetime import datetime

from headship.core.visibility import Visibility, opened_by


@dataclass(frozen=True, slots=True)
class Place:
    """A school or trust as a scope sees it: plain values, no model. `key` is its URN or trust identifier."""

    kind: str
    id: int
    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A person acting at one place at one moment (`place` is None on pages that belong to no school).

    `roles` are the roles of the posts held there today; `other_places` is every other place where the person
    holds a post, so that a person with two schools is always shown which one they are in. An `operator` keeps the
    installation running (register import, first set-up) and reads no school's content by that fact. `stamp` holds the
    newest links of the audit chains that tell of this place: it differs as soon as anything was done here.
    """

    account_id: int
    person_id: int
    name: str
    at: datetime
    place: Place | None = None
    roles: frozenset[str] = frozenset()
    other_places: tuple[Place, ...] = ()
    operator: bool = False
    stamp: bytes = field(default=b"", compare=False)

    @property
    def school_id(self) -> int:
        """The school's primary key; asking for it away from a school is a fault in the code."""
        if self.place is None or self.place.kind != "school":
            raise LookupError("This page belongs to no school.")
        return self.place.id

    @property
    def chain(self) -> int:
        """The audit chain this scope writes to: its school's, or 0, the installation's own."""
        return self.place.id if self.place and self.place.kind == "school" else 0

    def has(self, *roles: str) -> bool:
        """Whether any of these roles is held here."""
        return not self.roles.isdisjoint(roles)

    @property
    def opens(self) -> frozenset[Visibility]:
        """The visibility classes that the roles held here open."""
        return opened_by(self.roles)


def installation_scope(at: datetime) -> Scope:
    """Return the scope of the installation itself, for set-up and upkeep that no person asked for.

    >>> from datetime import UTC
    >>> installation_scope(datetime(2026, 9, 1, tzinfo=UTC)).chain
    0
    """
    return Scope(account_id=0, person_id=0, name="Headship itself", at=at, operator=True)
