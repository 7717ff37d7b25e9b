"""Who may see a thing: six classes, and the classes a person's roles open. Anonymity and access as a pure function."""

from collections.abc import Set as AbstractSet
from enum import StrEnum

from headship.core.roles import BOARD, LEADERS, STAFF


class Visibility(StrEnum):
    """A visibility class. Private and shared depend on the person, the others on their roles.

    >>> Visibility.PRIVATE.words
    'Only me'
    """

    PRIVATE = "private"
    SHARED = "shared"
    LINE = "line"
    LEADERS = "leaders"
    GOVERNORS = "governors"
    STAFF = "staff"
    PUBLIC = "public"

    @property
    def words(self) -> str:
        """The class as it stands on pages."""
        return _WORDS[self]


_WORDS = {
    Visibility.PRIVATE: "Only me",
    Visibility.SHARED: "People I name",
    Visibility.LINE: "Me and my appraiser",
    Visibility.LEADERS: "Leaders of this school",
    Visibility.GOVERNORS: "Leaders and governors",
    Visibility.STAFF: "All staff and governors",
    Visibility.PUBLIC: "Anyone",
}


def opened_by(roles: AbstractSet[str]) -> frozenset[Visibility]:
    """Return the classes that these roles at a school open, besides what a person owns or was named for.

    >>> from headship.core.roles import Role
    >>> sorted(opened_by({Role.TEACHER}))
    [<Visibility.PUBLIC: 'public'>, <Visibility.STAFF: 'staff'>]
    >>> Visibility.LEADERS in opened_by({Role.CHAIR})
    False
    """
    opened = {Visibility.PUBLIC}
    if roles & LEADERS:
        opened |= {Visibility.LEADERS, Visibility.GOVERNORS, Visibility.STAFF}
    if roles & BOARD:
        opened |= {Visibility.GOVERNORS, Visibility.STAFF}
    if roles & STAFF:
        opened |= {Visibility.STAFF}
    return frozenset(opened)
