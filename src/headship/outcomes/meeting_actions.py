"""Writes of progress meetings: the meeting, what is to change, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.outcomes import meeting_queries as queries
from headship.outcomes import meeting_rules as rules
from headship.outcomes.models import MeetingLine, ProgressMeeting
from headship.outcomes.subjects import SUBJECTS
from headship.people.holders import holders
from headship.schools.calendar_dates import TERMS
from headship.schools.models import School

KIND = "outcomes.meeting"
SERVES = ("2.1", "2.3")


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody notes of a meeting; `present` are keys of people with a post here."""

    held_on: date
    term: str
    year_group: str
    subject: str
    present: Sequence[int]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is to change, for whom, by whom and by when; `pupils` only where the school keeps names (None: as it is)."""

    what: str
    for_whom: str
    owner: int
    due_on: date
    pupils: Sequence[int] | None = None


@action("outcomes.hold_meeting")
def hold_meeting(*, by: Scope, at: datetime, once: UUID, held: Held) -> int:
    """Note a meeting and record it as evidence; the same form sent again gives the first one's key."""
    require(rules.note_meetings(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := ProgressMeeting.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(queries.source(found.pk), repeated=True)
        return found.pk
    _check(by, held, at)
    made = ProgressMeeting(school_id=by.school_id, once=once, noted_by_id=by.person_id, noted_at=at)
    _fill(made, held)
    made.save()
    made.present.set(held.present)
    _record(made)
    actions.audit(queries.source(made.pk), on=held.held_on.isoformat(), present=len(held.present))
    return made.pk


@action("outcomes.change_meeting")
def change_meeting(*, by: Scope, at: datetime, meeting: int, version: int, held: Held) -> None:
    """Change what is noted of a meeting; its evidence is withdrawn and recorded anew."""
    require(rules.note_meetings(by))
    now: ProgressMeeting = get_object_or_404(
        ProgressMeeting.objects.select_for_update(), id=meeting, school_id=by.school_id
    )
    _fresh(now.version, version)
    _check(by, held, at, there=set(now.present.values_list("pk", flat=True)))
    _fill(now, held)
    now.version += 1
    now.save()
    now.present.set(held.present)
    evidence.withdraw(source=queries.source(now.pk))
    _record(now)
    actions.audit(queries.source(now.pk), version=now.version)


@action("outcomes.agree_change")
def agree_change(*, by: Scope, at: datetime, meeting: int, once: UUID, agreed: Agreed) -> int:
    """Note something that is to change; the same form sent again gives the first one's key."""
    require(rules.note_meetings(by))
    of: ProgressMeeting = get_object_or_404(
        ProgressMeeting.objects.select_for_update(), id=meeting, school_id=by.school_id
    )
    if found := MeetingLine.objects.filter(meeting=of, once=once).first():
        actions.audit(f"outcomes.MeetingLine:{found.pk}", repeated=True)
        return found.pk
    pupils = _check_line(by, agreed)
    made = MeetingLine.objects.create(meeting=of, once=once, **_told(agreed))
    made.pupils.set(pupils or ())
    actions.audit(f"outcomes.MeetingLine:{made.pk}", owner=agreed.owner, due=agreed.due_on.isoformat())
    return made.pk


@action("outcomes.change_agreed")
def change_agreed(*, by: Scope, at: datetime, line: int, version: int, agreed: Agreed) -> None:
    """Change something that is to change, while it is open."""
    now = _locked(by, line, version)
    require(rules.change_line(by, queries.facts(now)))
    pupils = _check_line(by, agreed)
    for name, given in _told(agreed).items():
        setattr(now, name, given)
    if pupils is not None:
        now.pupils.set(pupils)
    _keep(now)


@action("outcomes.close_agreed")
def close_agreed(*, by: Scope, at: datetime, line: int, version: int, came_of_it: str) -> None:
    """Close something that was to change with what came of it."""
    now = _locked(by, line, version)
    require(rules.close_line(by, queries.facts(now)))
    now.closed_at, now.came_of_it = at, came_of_it
    _keep(now)


def _locked(by: Scope, line: int, version: int) -> MeetingLine:
    found = MeetingLine.objects.select_for_update(of=("self",))
    now: MeetingLine = get_object_or_404(found, id=line, meeting__school_id=by.school_id)
    _fresh(now.version, version)
    return now


def _fresh(now: int, seen: int) -> None:
    if now != seen:
        raise Stale(
            "Somebody changed this while you were writing. Theirs was kept and yours was not saved: "
            "go back, copy your words, open the meeting again and make your change there."
        )


def _keep(now: MeetingLine) -> None:
    now.version += 1
    now.save()
    actions.audit(f"outcomes.MeetingLine:{now.pk}", version=now.version)


def _fill(now: ProgressMeeting, held: Held) -> None:
    for name in ("held_on", "term", "year_group", "subject", "notes"):
        setattr(now, name, getattr(held, name))


def _told(agreed: Agreed) -> dict[str, object]:
    return {
        "what": agreed.what,
        "for_whom": agreed.for_whom,
        "owner_id": agreed.owner,
        "due_on": agreed.due_on,
    }


def _check(by: Scope, held: Held, at: datetime, *, there: set[int] | None = None) -> None:
    """Refuse what the form would not have offered; who was `there` already may have left since. Errors: Unusable."""
    for wrong, words in (
        (held.term not in TERMS, "Choose the term from the list."),
        (held.subject not in {"", *SUBJECTS}, "Choose the subject from the list."),
        (held.held_on > timezone.localdate(at), "A meeting is noted once it was held: its day cannot be to come."),
        (not held.present, "Say who was there."),
        (not set(held.present) <= set(holders(by).posts) | (there or set()), "Choose people with a post here."),
    ):
        if wrong:
            raise Unusable(f"{words} Nothing was saved.")


def _check_line(by: Scope, agreed: Agreed) -> Sequence[int] | None:
    """Return the pupils a change is for, or refuse what the form would not have offered. Errors: Unusable."""
    if agreed.owner not in holders(by).staff:
        raise Unusable("Choose somebody with a post here who takes it on. Nothing was saved.")
    known = queries.names(by) if agreed.pupils is not None else {}
    if agreed.pupils is not None and not (known and set(agreed.pupils) <= set(known)):
        raise Unusable("Pupils are named only where the school keeps names, by those who may see them. "
                       "Nothing was saved.")  # fmt: skip
    return agreed.pupils


def _record(now: ProgressMeeting) -> None:
    about = ", ".join(filter(None, (now.year_group, SUBJECTS[now.subject].words if now.subject else "")))
    evidence.record(
        kind=KIND,
        words=f"Held a progress meeting: {about or 'all pupils'}",
        characteristics=SERVES,
        occurred_on=now.held_on,
        visibility=Visibility.STAFF,
        source=queries.source(now.pk),
    )
