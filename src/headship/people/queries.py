"""Reads about people, posts and scopes."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Max, Model, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import belt
from headship.core.roles import Role
from headship.core.scope import Place, Scope
from headship.core.together import asked_once
from headship.people import rules
from headship.people.choices import Kind
from headship.people.models import Account, ApiToken, Invitation, Post, Relationship
from headship.schools.models import School

# What one row of `_held` tells: the person's name, and of each post held today its role, its place, and the newest
# links of its school's chain and the installation's.
_Held = tuple[str, str | None, int | None, int, str, int, int, str, bytes | None, bytes | None]

# Written out in SQL, since every page of the product asks it first.
_HELD = """
SELECT person.name, post.role, post.school_id, school.urn, school.name, post.trust_id, trust.uid, trust.name,
  own.newest_hash, house.newest_hash
FROM people_person person
LEFT JOIN people_post post ON post.person_id = person.id
  AND post.starts_on <= %s AND (post.ends_on IS NULL OR post.ends_on >= %s)
LEFT JOIN schools_school school ON school.id = post.school_id
LEFT JOIN schools_trust trust ON trust.id = post.trust_id
LEFT JOIN core_chainhead own ON own.chain = post.school_id
LEFT JOIN core_chainhead house ON house.chain = 0
WHERE person.id = %s
ORDER BY post.starts_on, post.id
"""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held here: by whom, in which role, and what the school calls it."""

    person_id: int
    name: str
    role: str
    title: str


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
    newest = next((row[-2:] for row in rows if here and row[1] is not None and _place(row) == here), ())
    return Scope(
        account_id=account.pk,
        person_id=account.person_id,
        name=rows[0][0],
        at=at,
        place=here,
        roles=frozenset(roles[here]) if here else frozenset(),
        other_places=tuple(each for each in roles if each != here),
        operator=account.is_operator,
        stamp=b"/".join(bytes(each or b"") for each in newest),
    )


def left_on(account: Account, place: str, key: int | None, *, at: datetime) -> date | None:
    """Return when the last post of an account at a place ended, of somebody who holds none there today; or None."""
    named = {"school": "school__urn", "trust": "trust__uid"}.get(place)
    if named is None:
        return None
    held = Post.objects.filter(person_id=account.person_id, **{named: key})
    if held.exclude(ends_on__lt=timezone.localdate(at)).exists():
        return None  # one that is still to begin
    last: date | None = held.aggregate(last=Max("ends_on"))["last"]
    return last


def _held(person_id: int, on: date) -> list[_Held]:
    """Return a person's name with each post held that day, oldest first; one row without a post where there is none."""
    every = belt.whole_installation(because="which posts a person holds decides what is open to them")
    with every, connection.cursor() as cursor:
        cursor.execute(_HELD, [on, on, person_id])
        rows: list[_Held] = cursor.fetchall()
    return rows


def _place(row: _Held) -> Place:
    _, _, school_id, urn, school, trust_id, uid, trust, _, _ = row
    return Place("school", school_id, urn, school) if school_id is not None else Place("trust", trust_id, uid, trust)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post here, or will from `starts_on`."""

    post_id: int
    person_id: int
    name: str
    role: Role
    title: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PeopleHere:
    """The people of a school as one reader may know them: some by name, the others as counts of posts."""

    named: tuple[Holder, ...]
    counted: tuple[tuple[Role, int], ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship as its reader may know it."""

    relationship_id: int
    kind: Kind
    holder_id: int
    holder: str
    about_id: int
    about: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """A school of the trust, in figures that are safe to share."""

    name: str
    urn: int
    pupil_count: int | None
    people_count: int


def people_at(scope: Scope) -> PeopleHere:
    """Return who holds which post at the scope's school, today or later: names where the reader may know them."""
    seen = rules.named(scope)
    holders = [_holder(post) for post in _posts_here(scope).select_related("person").order_by("person__name", "pk")]
    ranked = sorted(holders, key=lambda holder: list(Role).index(holder.role))
    shown = tuple(holder for holder in ranked if holder.role in seen or holder.person_id == scope.person_id)
    counted = Counter(holder.role for holder in ranked if holder not in shown)
    return PeopleHere(shown, tuple(counted.items()))


def post_here(scope: Scope, post_id: int) -> Post:
    """Return a post of the scope's place. Errors: Http404 for one elsewhere, or one that is over."""
    post: Post = get_object_or_404(_posts_here(scope).select_related("person"), pk=post_id)
    return post


@asked_once
def holders_here(scope: Scope) -> list[HeldPost]:
    """Return the posts held at the scope's school today whose holders the reader knows by name, for choosing among."""
    held = _posts_here(scope).filter(starts_on__lte=timezone.localdate(scope.at), role__in=rules.named(scope))
    rows = held.order_by("person__name", "pk").values_list("person_id", "person__name", "role", "title")
    return [HeldPost(*each) for each in rows]


def roles_here(scope: Scope, person_id: int) -> frozenset[str]:
    """Return the roles a person holds at the scope's school today."""
    today = timezone.localdate(scope.at)
    return frozenset(
        _posts_here(scope).filter(starts_on__lte=today, person_id=person_id).values_list("role", flat=True)
    )


def invitations_here(scope: Scope) -> list[Invitation]:
    """Return the invitations that nobody took up yet, for those who may invite or withdraw."""
    if rules.invite(scope) and rules.withdraw_invitation(scope, Role.TEACHER):
        return []
    return list(
        _at(scope, Invitation.objects.filter(accepted_at=None, withdrawn_at=None)).order_by("-invited_at", "pk")
    )


def invitation_here(scope: Scope, invitation_id: int) -> Invitation:
    """Return an open invitation to the scope's place. Errors: Http404."""
    invitation: Invitation = get_object_or_404(
        _at(scope, Invitation.objects.filter(accepted_at=None, withdrawn_at=None)), pk=invitation_id
    )
    return invitation


def hash_of(token: str) -> str:
    """Return what is kept of an invitation's token.

    >>> hash_of("token")[:8]
    '3c469e9d'
    """
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by(token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation a letter leads to, or None where it was used, withdrawn, is too old, or never was."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    with belt.whole_installation(because="the token of a letter is the right to find what it invites to"):
        return waiting.select_related("school", "trust").filter(token_hash=hash_of(token)).first()


def scope_of(invitation: Invitation, *, at: datetime) -> Scope:
    """Return the scope of whoever takes up an invitation: at its place, without a post yet."""
    return Scope(account_id=0, person_id=0, name=invitation.name, at=at, place=place_of(invitation))


def place_of(held: Post | Invitation) -> Place:
    """Return the place of a post or an invitation, loaded with its school and trust."""
    if held.school is not None:
        return Place("school", held.school.pk, held.school.urn, held.school.name)
    assert held.trust is not None  # a database constraint
    return Place("trust", held.trust.pk, held.trust.uid, held.trust.name)


def account_at(email: str) -> Account | None:
    """Return the account that an e-mail address signs in to."""
    with belt.whole_installation(because="an address signs in to one account of the installation"):
        return Account.objects.filter(email=email.lower()).select_related("person").first()


def has_account(scope: Scope, post: Post) -> bool:
    """Whether the holder of a post here can sign in."""
    assert post.school_id == scope.school_id  # its caller found it here
    return Account.objects.filter(person_id=post.person_id).exists()


def own_tokens(scope: Scope) -> list[ApiToken]:
    """Return the reader's tokens, newest first; those that ended stay to be seen."""
    return list(ApiToken.objects.filter(person_id=scope.person_id).order_by("-created_at", "-pk"))


def working_tokens(scope: Scope) -> QuerySet[ApiToken]:
    """Return the reader's tokens that work now."""
    return ApiToken.objects.filter(person_id=scope.person_id, revoked_at=None, expires_at__gt=scope.at)


def own_posts(scope: Scope) -> list[tuple[Place, Role, str, date, date | None]]:
    """Return every post the reader holds, or will hold: place, role, title, dates."""
    today = timezone.localdate(scope.at)
    posts = Post.objects.filter(_not_over(today), person_id=scope.person_id).select_related("school", "trust")
    return [
        (place_of(post), Role(post.role), post.title, post.starts_on, post.ends_on) for post in posts.order_by("pk")
    ]


def ties_here(scope: Scope) -> list[Tie]:
    """Return the relationships the reader is part of, and those of the kinds they may name."""
    mine = Q(holder_id=scope.person_id) | Q(about_id=scope.person_id)
    shown = _ties(scope).filter(mine | Q(kind__in=rules.relatable(scope))).select_related("holder", "about")
    return [_tie(each) for each in shown.order_by("about__name", "kind", "pk")]


def tie_here(scope: Scope, relationship_id: int) -> Relationship:
    """Return a running relationship at the scope's school. Errors: Http404 for one elsewhere or over."""
    tie: Relationship = get_object_or_404(_ties(scope).select_related("holder", "about"), pk=relationship_id)
    return tie


def running_holders(scope: Scope, kind: Kind, about_id: int) -> frozenset[int]:
    """Return the people who stand in a relationship to somebody at the scope's school now."""
    return frozenset(_ties(scope).filter(kind=kind, about_id=about_id).values_list("holder_id", flat=True))


def _ties(scope: Scope) -> QuerySet[Relationship]:
    """Return what runs at the scope's school. Kinds of before are history: appraisal knows who appraises."""
    running = Relationship.objects.filter(_not_over(timezone.localdate(scope.at)), school_id=scope.school_id)
    return running.filter(kind__in=list(Kind))


def schools_of_trust(scope: Scope) -> list[SchoolFigures]:
    """Return the schools of the scope's trust that use Headship, in figures: no names of people."""
    if scope.place is None or scope.place.kind != "trust":
        raise LookupError("This page belongs to no trust.")
    today = timezone.localdate(scope.at)
    schools = list(School.objects.filter(trust_id=scope.place.id, joined_at__isnull=False).order_by("name"))
    held = Post.objects.filter(_not_over(today), starts_on__lte=today, school__in=schools)
    with belt.at_schools((each.pk for each in schools), because="a trust sees how many people its schools have"):
        people = dict(held.values_list("school_id").annotate(Count("person", distinct=True)))
    return [SchoolFigures(each.name, each.urn, each.pupil_count, people.get(each.pk, 0)) for each in schools]


def school_of_trust(scope: Scope, urn: int) -> School:
    """Return a school of the scope's trust that uses Headship. Errors: Http404."""
    if scope.place is None or scope.place.kind != "trust":
        raise LookupError("This page belongs to no trust.")
    school: School = get_object_or_404(School, urn=urn, trust_id=scope.place.id, joined_at__isnull=False)
    return school


def _not_over(today: date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=today)


def _at[M: Model](scope: Scope, rows: QuerySet[M]) -> QuerySet[M]:
    """Keep the rows of the scope's school or trust."""
    if scope.place is not None and scope.place.kind == "trust":
        return rows.filter(trust_id=scope.place.id)
    return rows.filter(school_id=scope.school_id)


def _posts_here(scope: Scope) -> QuerySet[Post]:
    return _at(scope, Post.objects.filter(_not_over(timezone.localdate(scope.at))))


def _holder(post: Post) -> Holder:
    role = Role(post.role)
    return Holder(post.pk, post.person_id, post.person.name, role, post.title, post.starts_on, post.ends_on)


def _tie(each: Relationship) -> Tie:
    holder, about = each.holder.name, each.about.name
    return Tie(each.pk, Kind(each.kind), each.holder_id, holder, each.about_id, about, each.starts_on)
