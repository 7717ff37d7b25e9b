"""Reads of what people show of the feedback on them: to whom it is about, and to those it is shown to."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from headship.core import registry
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import queries as people
from headship.people.choices import Kind
from headship.people.models import Post
from headship.voice import rules
from headship.voice.choices import State, Why
from headship.voice.models import FeedbackShare, Survey


@dataclass(frozen=True, slots=True)
class Choosable:
    """Somebody feedback can be shown to, what they do, and whether they stand in that relationship already."""

    person: int
    name: str
    does: str
    tied: bool


def source(key: int) -> str:
    """Return how the audit names something shown."""
    return f"voice.FeedbackShare:{key}"


def shares(scope: Scope, survey: Survey) -> list[FeedbackShare]:
    """Return to whom the reader shows feedback on them, running first; of another's feedback nothing."""
    own = FeedbackShare.objects.filter(survey=survey, survey__school_id=scope.school_id)
    own = own.filter(survey__about_id=scope.person_id)
    return list(own.select_related("reader").order_by("ended_on", "reader__name", "pk"))


def share(scope: Scope, survey: Survey, key: int) -> FeedbackShare | None:
    """Return one thing the reader shows, or None."""
    return next((each for each in shares(scope, survey) if each.pk == key), None)


def runs(each: FeedbackShare, at: datetime) -> bool:
    """Whether something is shown at a moment: not taken back, and its last day not over."""
    return each.ended_on is None and each.until >= timezone.localdate(at)


def choosable(scope: Scope, survey: Survey, why: Why) -> list[Choosable]:
    """Return whoever has a post here that feedback can be shown to and is known by name, tied ones first."""
    tied = _coaches(scope) if why is Why.COACH else _appraisers(scope)
    found: dict[int, Choosable] = {}
    for post in people.holders_here(scope):
        if post.role in rules.shown_to(survey.instrument, why) and post.person_id != scope.person_id:
            does = Role(post.role).words
            found.setdefault(post.person_id, Choosable(post.person_id, post.name, does, post.person_id in tied))
    return sorted(found.values(), key=lambda each: (not each.tied, each.name.casefold()))


def _coaches(scope: Scope) -> frozenset[int]:
    return people.running_holders(scope, Kind.COACH, scope.person_id)


def _appraisers(scope: Scope) -> frozenset[int]:
    return frozenset(each.holder_id for each in registry.appraising(scope) if each.about_id == scope.person_id)


def shown_to_me(scope: Scope) -> list[FeedbackShare]:
    """Return what others show the reader today, newest first."""
    found = _shown(scope).filter(reader_id=scope.person_id).order_by("-shown_on", "-pk")[:50]
    return [each for each in found if _may_read(scope, each)]


def shown_since(scope: Scope, day: date) -> list[FeedbackShare]:
    """Return what others began to show the reader on or after a day, newest first."""
    newer = FeedbackShare.objects.filter(reader_id=scope.person_id, shown_on__gte=day)
    return [each for each in shown_to_me(scope) if each.shown_on >= day] if newer.exists() else []


def shown(scope: Scope, key: int) -> FeedbackShare | None:
    """Return one thing shown, for whom it is shown to and for whom it is about; None for all others."""
    mine = Q(reader_id=scope.person_id) | Q(survey__about_id=scope.person_id)
    found = _shown(scope).filter(mine, pk=key).first()
    return found if found and _may_read(scope, found) else None


def _may_read(scope: Scope, each: FeedbackShare) -> bool:
    """Whether whose it is looks at it, or its reader, who holds a post for which it can be shown today."""
    allowed = rules.shown_to(each.survey.instrument, Why(each.why))
    return each.survey.about_id == scope.person_id or scope.has(*allowed)


def _shown(scope: Scope) -> QuerySet[FeedbackShare]:
    """Return what is shown today. Whoever left could take nothing back: what they showed ends with their last post."""
    today = timezone.localdate(scope.at)
    posts = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), school_id=scope.school_id)
    still_here = posts.filter(starts_on__lte=today, person_id=OuterRef("survey__about_id"))
    running = FeedbackShare.objects.filter(Exists(still_here), ended_on=None, until__gte=today)
    here = running.filter(survey__school_id=scope.school_id, survey__state=State.CLOSED)
    return here.select_related("survey__about", "reader")
