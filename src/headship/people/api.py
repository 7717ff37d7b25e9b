"""People for programs. Reading alone: whatever changes who may do what asks for a passkey or code, on pages."""

from datetime import date, datetime

from headship.core.errors import Refused, require
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, page
from headship.people import queries, rules
from headship.people.choices import Kind
from headship.people.models import Invitation, Post


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

    @classmethod
    def of(cls, held: Post) -> "PostGiven":
        """Return a post as programs get it."""
        return cls.of_holder(
            queries.Holder(
                held.pk, held.person_id, held.person.name, Role(held.role), held.title, held.starts_on, held.ends_on
            )
        )

    @classmethod
    def of_holder(cls, held: queries.Holder) -> "PostGiven":
        """Return a holder as programs get them."""
        return cls(
            id=held.post_id,
            person=held.person_id,
            name=held.name,
            role=held.role,
            title=held.title,
            starts_on=held.starts_on,
            ends_on=held.ends_on,
        )


class Counted(Given):
    """How many hold a post whose holders the reader knows only as a count."""

    role: OfSchool[Role]
    count: OfSchool[int]

    @classmethod
    def of(cls, counted: tuple[Role, int]) -> "Counted":
        """Return a count as programs get it."""
        return cls(role=counted[0], count=counted[1])


class TieGiven(Given):
    """A relationship: `holder` is the line manager (appraiser, coach …) of `about`."""

    id: Personal[int]
    kind: Personal[Kind]
    holder: Personal[int]
    holder_name: Personal[str]
    about: Personal[int]
    about_name: Personal[str]
    starts_on: Personal[date]

    @classmethod
    def of(cls, tie: queries.Tie) -> "TieGiven":
        """Return a relationship as programs get it."""
        return cls(
            id=tie.relationship_id,
            kind=tie.kind,
            holder=tie.holder_id,
            holder_name=tie.holder,
            about=tie.about_id,
            about_name=tie.about,
            starts_on=tie.starts_on,
        )


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

    @classmethod
    def of(cls, found: Invitation) -> "InvitationGiven":
        """Return an invitation as programs get it."""
        names = cls.model_fields.keys() - {"id", "role"}
        return cls(id=found.pk, role=Role(found.role), **{name: getattr(found, name) for name in names})


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
    return page(queries.people_at(scope).named, asked, PostGiven.of_holder)


def counts(scope: Scope, asked: Asked) -> Page[Counted]:
    """Count the posts whose holders the reader does not know by name."""
    return page(queries.people_at(scope).counted, asked, Counted.of)


def post(scope: Scope, post: Key) -> PostGiven:
    """Read one post."""
    held = queries.post_here(scope, post)
    require(rules.see_person(scope, held))
    return PostGiven.of(held)


def relationships(scope: Scope, asked: Asked) -> Page[TieGiven]:
    """List who supports whom: the reader's own ties, and those they may name."""
    return page(queries.ties_here(scope), asked, TieGiven.of)


def invitations(scope: Scope, asked: Asked) -> Page[InvitationGiven]:
    """List the invitations nobody has taken up yet, for those who may send or withdraw them."""
    if (refusal := rules.invite(scope)) and rules.withdraw_invitation(scope, Role.TEACHER):
        raise Refused(refusal)
    return page(queries.invitations_here(scope), asked, InvitationGiven.of)
