"""Exactly what the pages of people show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.forms import Form
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from headship.core import limits, registry
from headship.core.appraising import Appraising
from headship.core.pages import ago, in_words
from headship.core.registry import CalendarEvent, NextAction
from headship.core.roles import ABOVE_SCHOOLS, BOARD, LEADERS, Role
from headship.core.scope import Place, Scope
from headship.people import rules
from headship.people.devices import Device
from headship.people.models import ApiToken, Invitation, Post
from headship.people.queries import Holder, PeopleHere, SchoolFigures, Tie

MOST_ACTIONS = 3  # as on Today
AHEAD = timedelta(days=365)

APPRAISAL = ("head-appraisal", "staff-appraisal")  # by the names of their addresses: appraisal stands above this
APPRAISED = "Who appraises is not named here. It is said, and ended, where the appraisal itself is kept."


@dataclass(frozen=True, slots=True)
class Group:
    """Holders of posts that belong together."""

    heading: str
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who holds which post here, the invitations that wait, and whether the reader may invite."""

    title: str
    groups: tuple[Group, ...]
    counted: tuple[tuple[Role, int], ...]
    invitations: Sequence[Invitation]
    refusal: str | None
    meanings: tuple[Role, ...]
    may_list: bool
    seen_by: tuple[str, ...] = (
        "Staff, administrators and the data protection officer of this school: everybody, by name",
        "Governors and the governance professional: the board, its adviser and the leaders by name, others as counts",
        "External advisers and local authority leaders: counts only",
    )


@dataclass(frozen=True, slots=True)
class PostPage:
    """One post: who, since when, what it lets them do, and what the reader may change."""

    title: str
    post: Post
    role: Role
    cannot_end: str | None
    cannot_change: str | None


@dataclass(frozen=True, slots=True)
class FormPage:
    """One form, with a sentence before it and the way back."""

    title: str
    form: Form
    submit: str
    back: str
    lead: str = ""
    ways: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class LetterPage:
    """An invitation to print or pass on; `link` is empty once it was shown."""

    title: str
    invitation: Invitation
    role: Role
    link: str
    refusal: str | None


@dataclass(frozen=True, slots=True)
class AcceptPage:
    """What an invited person sees: by whom, where, as what, and the form or the way to sign in."""

    title: str
    invitation: Invitation
    place: Place
    role: Role
    form: Form | None
    account_email: str
    signed_in_as_them: bool
    address: str


@dataclass(frozen=True, slots=True)
class TiesPage:
    """Who supports whom, as far as the reader may know; of appraisal their own, and where it is said who appraises."""

    title: str
    ties: Sequence[tuple[Tie, str | None]]
    may_name: bool
    refusal: str
    appraising: Sequence[Appraising]
    ways: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Who the reader is: their posts and what each lets them see, and their sign-in."""

    title: str
    name: str
    email: str
    posts: Sequence[tuple[Place, Role, str, date, date | None]]
    signed_in_at: datetime | None
    operator: bool


@dataclass(frozen=True, slots=True)
class DevicesPage:
    """Where the reader is signed in."""

    title: str
    devices: Sequence[Device]


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """The places the reader belongs to."""

    title: str
    places: Sequence[tuple[Place, str]]
    operator: bool


@dataclass(frozen=True, slots=True)
class TrustPage:
    """The home of a leader of a trust: what waits for them, what is to come, its schools in figures safe to share."""

    title: str
    schools: Sequence[SchoolFigures]
    refusal: str | None
    actions: Sequence[NextAction] = ()
    ahead: Sequence[CalendarEvent] = ()


def trust_page(scope: Scope, schools: Sequence[SchoolFigures]) -> TrustPage:
    """Arrange a leader's home: at most three things that wait, and the days of the year ahead."""
    assert scope.place is not None  # the audience is of a trust
    today = timezone.localdate(scope.at)
    waiting = [each for module in registry.modules() for each in module.trust_actions(scope)]
    until = today + AHEAD
    events = [each for module in registry.modules() for each in module.trust_calendar(scope, today, until)]
    return TrustPage(
        title=scope.place.name,
        schools=schools,
        refusal=rules.invite(scope),
        actions=sorted(waiting, key=lambda each: (each.due_on or date.max, -each.weight))[:MOST_ACTIONS],
        ahead=sorted(events, key=lambda each: (each.on, each.words)),
    )


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token: what it is for, what it may do, until when, and when it was last used."""

    key: int
    name: str
    permits: tuple[str, ...]
    made: str
    used: str
    ends: str
    works: bool


@dataclass(frozen=True, slots=True)
class TokensPage:
    """The reader's tokens for programs."""

    title: str
    rows: tuple[TokenRow, ...]
    refusal: str | None
    per_minute: int


@dataclass(frozen=True, slots=True)
class TokenMadePage:
    """A token just made, shown this once."""

    title: str
    name: str
    token: str
    ends: str
    example: str


def tokens_page(scope: Scope, held: Sequence[ApiToken]) -> TokensPage:
    """Arrange the reader's tokens, those that work first."""
    rows = sorted((_token(scope, each) for each in held), key=lambda row: not row.works)
    return TokensPage(
        "Tokens for programs",
        tuple(rows),
        rules.make_token(sum(row.works for row in rows)),
        per_minute=limits.PROGRAMS.amount,
    )


def _token(scope: Scope, each: ApiToken) -> TokenRow:
    works = each.revoked_at is None and each.expires_at > scope.at
    ended = f"revoked on {in_words(each.revoked_at)}" if each.revoked_at else f"expired on {in_words(each.expires_at)}"
    return TokenRow(
        key=each.pk,
        name=each.name,
        permits=tuple(registry.permits().get(permit, permit) for permit in each.permits),
        made=in_words(each.created_at),
        used=ago(timezone.localdate(each.used_at), timezone.localdate(scope.at)) if each.used_at else "never",
        ends=f"works until {in_words(each.expires_at)}" if works else ended,
        works=works,
    )


def people_page(scope: Scope, here: PeopleHere, invitations: Sequence[Invitation]) -> PeoplePage:
    """Arrange the people of a school: leaders, staff, board, others."""
    kinds = (
        ("Leaders", LEADERS),
        ("Teachers and support staff", {Role.MIDDLE_LEADER, Role.TEACHER, Role.SUPPORT_STAFF, Role.OFFICE}),
        ("Governing board", BOARD),
        ("Others", ABOVE_SCHOOLS | {Role.EXTERNAL_ADVISER, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER}),
    )
    groups = (Group(heading, tuple(each for each in here.named if each.role in roles)) for heading, roles in kinds)
    present = {each.role for each in here.named} | {role for role, _ in here.counted}
    return PeoplePage(
        title="People",
        groups=tuple(group for group in groups if group.holders),
        counted=here.counted,
        invitations=invitations,
        refusal=rules.invite(scope),
        meanings=tuple(role for role in Role if role in present),
        may_list=rules.bring_roster(scope) is None,
    )


def address_of(place: Place) -> str:
    """Return where a place begins: a school's Today, a trust's figures."""
    if place.kind == "trust":
        return reverse("trust", kwargs={"trust": place.key})
    try:
        return reverse("today", kwargs={"urn": place.key})
    except NoReverseMatch:  # an installation without that module
        return reverse("people", kwargs={"urn": place.key})


def ways_to_appraisal(scope: Scope) -> list[tuple[str, str]]:
    """Return the pages on which it is said who appraises, as far as the reader opens them."""
    assert scope.place is not None  # pages of a school
    offered = (each for module in registry.modules() for each in module.navigation if each.url_name in APPRAISAL)
    kwargs = {"urn": scope.place.key}
    return [(each.label, reverse(each.url_name, kwargs=kwargs)) for each in offered if each.allows(scope) is None]
