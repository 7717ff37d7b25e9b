"""People for programs. Reading alone: whatever changes who may do what asks for a passkey or code, on pages."""

from datetime import date, datetime
from typing import Any, Self

from headship.core.errors import Refused, require
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, page
from headship.people import queries, rules
from headship.people.choices import Kind


class OwnPost(Given):
    """A post of one's own, at a school or a trust; `key` is its URN or trust identifier, as addresses carry it."""

    place: OfSchool[str]
    key: OfSchool[int]
    name: OfSchool[str]
    role: Personal[Role]
    title: Personal[str]
    starts_on: Personal[date]
    ends_on: Personal[date | None]


class Me(Given):
    """Whoever the token acts for, with every post they hold or will hold."""

    id: Personal[int]
    name: Personal[str]
    operator: Personal[bool]
    posts: list[OwnPost]


class PostGiven(Given):
    """Somebody's post."""

    id: Personal[int]
    person: Personal[int]
    name: Personal[str]
    role: Personal[Role]
    title: Personal[str]
    starts_on: Personal[date]
    ends_on: Personal[date | None]


class Counted(Given):
    """How many hold a post whose holders the reader knows only as a count."""

    role: OfSchool[Role]
    count: OfSchool[int]


class TieGiven(Given):
    """A relationship: `holder` is the line manager (coach) of `about`."""

    id: Personal[int]
    kind: Personal[Kind]
    holder: Personal[int]
    holder_name: Personal[str]
    about: Personal[int]
    about_name: Personal[str]
    starts_on: Personal[date]

    @classmethod
    def of(cls, row: queries.Tie, **named: Any) -> Self:
        """Return a relationship as programs get it."""
        ends = {"holder": row.holder_id, "holder_name": row.holder, "about": row.about_id, "about_name": row.about}
        return super().of(row, id=row.relationship_id, **ends, **named)


class InvitationGiven(Given):
    """An invitation nobody has taken up yet. Its letter is on no page and in no answer: it goes by mail."""

    id: Personal[int]
    name: Personal[str]
    email: Personal[str]
    role: Personal[Role]
    title: Personal[str]
    starts_on: Personal[date]
    invited_at: Personal[datetime]
    expires_at: Personal[datetime]


def me(scope: Scope) -> Me:
    """Read whom the token acts for, and where."""
    posts = [
        OwnPost(
            place=place.kind,
            key=place.key,
            name=place.name,
            role=role,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        for place, role, title, starts_on, ends_on in queries.own_posts(scope)
    ]
    return Me(id=scope.person_id, name=scope.name, operator=scope.operator, posts=posts)


def posts(scope: Scope, asked: Asked) -> Page[PostGiven]:
    """List who holds which post, as far as the reader may know them by name."""
    return page(
        queries.people_at(scope).named, asked, lambda row: PostGiven.of(row, id=row.post_id, person=row.person_id)
    )


def counts(scope: Scope, asked: Asked) -> Page[Counted]:
    """Count the posts whose holders the reader does not know by name."""
    return page(queries.people_at(scope).counted, asked, lambda row: Counted(role=row[0], count=row[1]))


def post(scope: Scope, post: Key) -> PostGiven:
    """Read one post."""
    held = queries.post_here(scope, post)
    require(rules.see_person(scope, held))
    return PostGiven.of(held, id=held.pk, person=held.person_id, name=held.person.name)


def relationships(scope: Scope, asked: Asked) -> Page[TieGiven]:
    """List who supports whom: the reader's own ties, and those they may name."""
    return page(queries.ties_here(scope), asked, TieGiven.of)


def invitations(scope: Scope, asked: Asked) -> Page[InvitationGiven]:
    """List the invitations nobody has taken up yet, for those who may send or withdraw them."""
    if (refusal := rules.invite(scope)) and rules.withdraw_invitation(scope, Role.TEACHER):
        raise Refused(refusal)
    return page(queries.invitations_here(scope), asked, InvitationGiven.of)
