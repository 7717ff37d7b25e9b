"""Reads of progress meetings and of what is to change."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from headship.core.scope import Scope
from headship.outcomes import meeting_rules as rules
from headship.outcomes import rules as results
from headship.outcomes.models import MeetingLine, NamesKept, ProgressMeeting, PupilName


def meetings(scope: Scope) -> QuerySet[ProgressMeeting]:
    """Return the school's meetings, the newest first."""
    return ProgressMeeting.objects.filter(school_id=scope.school_id).order_by("-held_on", "-id")


def any_since(scope: Scope, day: date) -> bool:
    """Whether any meeting was held on a day or after it."""
    return ProgressMeeting.objects.filter(school_id=scope.school_id, held_on__gte=day).exists()


def meeting(scope: Scope, key: int) -> ProgressMeeting | None:
    """Return one of the school's meetings with who was there."""
    return meetings(scope).prefetch_related("present").filter(id=key).first()


def lines(scope: Scope) -> QuerySet[MeetingLine]:
    """Return everything that any meeting of the school decided to change, in the order it was written down."""
    found = MeetingLine.objects.filter(meeting__school_id=scope.school_id)
    return found.select_related("meeting").order_by("meeting__held_on", "id")


def line(scope: Scope, key: int) -> MeetingLine | None:
    """Return one thing that is to change."""
    return lines(scope).filter(id=key).first()


def lines_of(scope: Scope, one: ProgressMeeting) -> list[MeetingLine]:
    """Return what a meeting decided to change."""
    return list(lines(scope).filter(meeting=one).prefetch_related("pupils"))


def open_lines(scope: Scope, before: ProgressMeeting | None = None) -> list[MeetingLine]:
    """Return what is still open, of meetings before one where it is given."""
    found = lines(scope).filter(closed_at=None)
    return list(found.filter(meeting__held_on__lt=before.held_on) if before else found)


def own_due(scope: Scope, until: date) -> list[MeetingLine]:
    """Return what the reader took on and is due by a day."""
    return list(lines(scope).filter(closed_at=None, owner_id=scope.person_id, due_on__lte=until).order_by("due_on"))


def names(scope: Scope) -> Mapping[int, str]:
    """Return pupils' names, where the school keeps any and the reader may see them; else none."""
    kept = NamesKept.objects.filter(school_id=scope.school_id).exists()
    if results.see_names(scope, kept=kept):
        return {}
    rows = PupilName.objects.filter(school_id=scope.school_id).order_by("name", "pk")
    return dict(rows.values_list("pupil_id", "name"))


def named(line: MeetingLine, known: Mapping[int, str]) -> Sequence[str]:
    """Return the names of the pupils a line is about, as far as the reader may know them."""
    return sorted(known[each.pk] for each in line.pupils.all() if each.pk in known)


def facts(one: MeetingLine) -> rules.Facts:
    """Return what the rights over a line depend on."""
    return rules.Facts(one.owner_id, one.closed_at)


def source(key: int) -> str:
    """Return how evidence names a meeting."""
    return f"outcomes.ProgressMeeting:{key}"
