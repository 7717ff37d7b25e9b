"""Reads for surveys that are answered on paper: who can type in, and what the typing address leads to."""

from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.core import belt
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import rules as people_rules
from headship.people.models import Post
from headship.voice.choices import TYPISTS, State
from headship.voice.models import Survey
from headship.voice.rules import RUNNERS

SALT = "headship.voice.typing"
LEAVE = 12 * 60 * 60  # seconds: a day at work


@dataclass(frozen=True, slots=True)
class Typist:
    """Somebody who can type in what comes on paper: `name` where the reader knows them by it, else their post."""

    person: int
    name: str
    post: str


def typists(scope: Scope) -> list[Typist]:
    """Return whoever works in the office or in support today and leads nothing here; never the reader."""
    held = _held(scope).order_by("person__name", "pk").select_related("person")
    lead = {each.person_id for each in held if each.role in RUNNERS} | {scope.person_id}
    known = people_rules.named(scope)
    found: dict[int, Typist] = {}
    for each in held:
        if each.role in TYPISTS and each.person_id not in lead and each.person_id not in found:
            post = each.title or Role(each.role).words
            name = each.person.name if Role(each.role) in known else post
            found[each.person_id] = Typist(each.person_id, name, post)
    return list(found.values())


def _held(scope: Scope) -> QuerySet[Post]:
    today = timezone.localdate(scope.at)
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    return Post.objects.filter(running, school_id=scope.school_id, starts_on__lte=today)


def typist_of(scope: Scope, survey: Survey) -> Typist | None:
    """Return who types in the papers of a survey, while they may."""
    return next((each for each in typists(scope) if each.person == survey.typist_id), None)


def to_type(scope: Scope) -> list[Survey]:
    """Return the open surveys whose papers the reader types in."""
    own = Survey.objects.filter(school_id=scope.school_id, typist_id=scope.person_id, state=State.OPEN)
    return list(own.order_by("closes_on", "pk")[:20])


def leave(survey: Survey) -> str:
    """Return leave to type in the papers of a survey, until the day is over or somebody else is named."""
    return signing.dumps([survey.pk, survey.typist_id], salt=SALT, compress=True)


def typed_by(leave: str) -> Survey | None:
    """Return the open survey that leave to type in leads to, or None."""
    try:
        key, typist = signing.loads(leave, salt=SALT, max_age=LEAVE)
    except signing.BadSignature:
        return None
    with belt.whole_installation(because="leave to type in papers, sealed and for one day, is the right to do so"):
        found = Survey.objects.select_related("school").filter(pk=key, state=State.OPEN, typist_id=typist)
        survey = found.first()
        return survey if survey and _types(survey, typist) else None


def _types(survey: Survey, person: int) -> bool:
    """Whether somebody still works where papers are typed in, and leads nothing, today."""
    today = timezone.localdate()
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    posts = Post.objects.filter(running, school_id=survey.school_id, starts_on__lte=today, person_id=person)
    held = set(posts.values_list("role", flat=True))
    return bool(held & {*TYPISTS}) and not held & {*RUNNERS}
