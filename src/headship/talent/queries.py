"""Reads of notes of learning and goals: one's own, and what others chose to show."""

from datetime import date, datetime

from django.db.models import Case, Q, QuerySet, When

from headship.appraisal import appraising
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.talent.choices import Stands
from headship.talent.models import Goal, LearningNote

PAGE = 20
Mark = tuple[date, int]


def visible(scope: Scope) -> QuerySet[LearningNote]:
    """Return the notes of this school that the reader wrote, or that were shown to their posts or their appraiser."""
    own = Q(person_id=scope.person_id)
    line = Q(visibility=Visibility.LINE) & appraising.appraised(scope)
    return LearningNote.objects.filter(own | line | Q(visibility__in=scope.opens), school_id=scope.school_id)


def appraisers(scope: Scope) -> list[str]:
    """Return who appraises the reader here today, by name."""
    here = (each for each in appraising.told(scope) if each.about_id == scope.person_id and each.judges)
    return list(dict.fromkeys(each.holder for each in here))


def visible_goals(scope: Scope) -> QuerySet[Goal]:
    """Return the goals of this school that the reader set, or that are shown to them as an appraiser."""
    line = Q(visibility=Visibility.LINE) & appraising.appraised(scope)
    found = Goal.objects.filter(Q(person_id=scope.person_id) | line, school_id=scope.school_id)
    return found.select_related("person")


def goals(scope: Scope) -> list[Goal]:
    """Return the goals the reader sees, open ones first, then by day."""
    open_first = Case(When(state=Stands.OPEN, then=0), default=1)
    return list(visible_goals(scope).order_by(open_first, "due_on", "pk")[:200])


def goal(scope: Scope, key: int) -> Goal | None:
    """Return a goal, or None where this reader may not know of it."""
    return visible_goals(scope).prefetch_related("characteristics").filter(pk=key).first()


def goals_due(scope: Scope, until: date) -> list[Goal]:
    """Return the reader's own open goals that are due by a day."""
    own = Goal.objects.filter(school_id=scope.school_id, person_id=scope.person_id, state=Stands.OPEN)
    return list(own.filter(due_on__lte=until).order_by("due_on", "pk")[:20])


def goal_source(key: int) -> str:
    """Return how evidence names a goal."""
    return f"talent.Goal:{key}"


def standing(scope: Scope, *, shared: bool) -> QuerySet[LearningNote]:
    """Return the reader's own notes, or those others chose to show them, newest first, without withdrawn ones."""
    found = visible(scope).filter(withdrawn_at=None)
    own = Q(person_id=scope.person_id)
    return found.filter(~own if shared else own).select_related("person").order_by("-learned_on", "-id")


def own_notes(scope: Scope, before: Mark | None) -> tuple[list[LearningNote], Mark | None]:
    """Return a page of the reader's own notes, newest first, and where the next page starts."""
    return _page(standing(scope, shared=False), before)


def shared_notes(scope: Scope, before: Mark | None) -> tuple[list[LearningNote], Mark | None]:
    """Return a page of the notes others chose to show the reader, newest first, and where the next page starts."""
    return _page(standing(scope, shared=True), before)


def note(scope: Scope, key: int) -> LearningNote | None:
    """Return a note, or None where this reader may not know of it; a withdrawn one is its writer's alone."""
    found = visible(scope).filter(Q(withdrawn_at=None) | Q(person_id=scope.person_id), id=key)
    return found.select_related("person").prefetch_related("characteristics").first()


def shared_since(scope: Scope, moment: datetime, limit: int) -> list[LearningNote]:
    """Return the newest notes others have shown the reader since a moment."""
    found = visible(scope).exclude(person_id=scope.person_id).filter(withdrawn_at=None, written_at__gt=moment)
    return list(found.select_related("person").order_by("-written_at")[:limit])


def source(note_key: int) -> str:
    """Return how evidence names a note."""
    return f"talent.LearningNote:{note_key}"


def _page(found: QuerySet[LearningNote], before: Mark | None) -> tuple[list[LearningNote], Mark | None]:
    if before:
        day, key = before
        found = found.filter(Q(learned_on__lt=day) | Q(learned_on=day, id__lt=key))
    rows = list(found[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, None
    return rows[:PAGE], (rows[PAGE - 1].learned_on, rows[PAGE - 1].id)
