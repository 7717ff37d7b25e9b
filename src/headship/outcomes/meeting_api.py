"""Progress meetings for programs, by the rules of their pages. No pupil is ever given."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from django.utils import timezone
from pydantic import Field

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Day, Given, Key, Line, OfSchool, Page, Personal, Taken, Text, page, page_of
from headship.outcomes import meeting_actions as actions
from headship.outcomes import meeting_queries as queries
from headship.outcomes.models import MeetingLine, ProgressMeeting
from headship.people.holders import Holders, holders


class MeetingGiven(Given):
    """A progress meeting and who was there."""

    id: OfSchool[int]
    version: OfSchool[int]
    held_on: OfSchool[date]
    term: OfSchool[str]
    year_group: OfSchool[str]
    subject: OfSchool[str]
    notes: Personal[str]
    present: Personal[list[str]]

    @classmethod
    def of(cls, row: ProgressMeeting, **named: Any) -> Self:
        """Return a meeting as programs get it."""
        people: Holders = named.pop("people")
        return super().of(row, present=sorted(people.told(each.pk) for each in row.present.all()))


class LineGiven(Given):
    """What is to change, or was, with what came of it."""

    id: OfSchool[int]
    version: OfSchool[int]
    meeting: OfSchool[int]
    what: Personal[str]
    for_whom: Personal[str]
    owner: Personal[str]
    due_on: OfSchool[date]
    closed_at: OfSchool[datetime | None]
    came_of_it: Personal[str]

    @classmethod
    def of(cls, row: MeetingLine, **named: Any) -> Self:
        """Return a line as programs get it."""
        people: Holders = named.pop("people")
        return super().of(row, meeting=row.meeting_id, owner=people.told(row.owner_id))


class MeetingTaken(Taken):
    """A meeting; `present` are ids of people with a post here."""

    held_on: Day
    term: Annotated[Line, Field(max_length=10)]
    year_group: Annotated[Line, Field(max_length=20)] = ""
    subject: Annotated[Line, Field(max_length=40)] = ""
    present: Annotated[list[Key], Field(min_length=1, max_length=100)]
    notes: Annotated[Text, Field(max_length=2000)] = ""


class LineTaken(Taken):
    """What is to change, for whom (a group, in words), by whom (the id of a person with a post here) and by when."""

    what: Annotated[Line, Field(min_length=1, max_length=200)]
    for_whom: Annotated[Line, Field(min_length=1, max_length=200)]
    owner: Key
    due_on: Day


class ClosedTaken(Taken):
    """What came of something that was to change."""

    came_of_it: Annotated[Text, Field(min_length=1, max_length=500)]


def meetings(scope: Scope, asked: Asked) -> Page[MeetingGiven]:
    """List the school's progress meetings, the newest first."""
    people = holders(scope)
    found = queries.meetings(scope).prefetch_related("present")
    return page_of(found, asked, lambda each: MeetingGiven.of(each, people=people))


def meeting(scope: Scope, meeting: Key) -> MeetingGiven:
    """Read one meeting."""
    return MeetingGiven.of(existing(queries.meeting(scope, meeting)), people=holders(scope))


def hold_meeting(scope: Scope, body: MeetingTaken, once: UUID) -> MeetingGiven:
    """Note a meeting that was held."""
    held = actions.Held(**body.model_dump())
    return meeting(scope, actions.hold_meeting(by=scope, at=timezone.now(), once=once, held=held))


def change_meeting(scope: Scope, meeting: Key, body: MeetingTaken, version: int) -> MeetingGiven:
    """Change what is noted of a meeting."""
    held = actions.Held(**body.model_dump())
    actions.change_meeting(by=scope, at=timezone.now(), meeting=meeting, version=version, held=held)
    return MeetingGiven.of(existing(queries.meeting(scope, meeting)), people=holders(scope))


def meeting_lines(scope: Scope, meeting: Key, asked: Asked) -> Page[LineGiven]:
    """List what a meeting decided to change."""
    people = holders(scope)
    found = queries.lines_of(scope, existing(queries.meeting(scope, meeting)))
    return page(found, asked, lambda each: LineGiven.of(each, people=people))


def agree_change(scope: Scope, meeting: Key, body: LineTaken, once: UUID) -> LineGiven:
    """Note something that is to change."""
    agreed = actions.Agreed(**body.model_dump())
    key = actions.agree_change(by=scope, at=timezone.now(), meeting=meeting, once=once, agreed=agreed)
    return _line(scope, key)


def line(scope: Scope, line: Key) -> LineGiven:
    """Read one thing that is to change."""
    return _line(scope, line)


def change_agreed(scope: Scope, line: Key, body: LineTaken, version: int) -> LineGiven:
    """Change something that is to change, while it is open."""
    agreed = actions.Agreed(**body.model_dump())
    actions.change_agreed(by=scope, at=timezone.now(), line=line, version=version, agreed=agreed)
    return _line(scope, line)


def close_agreed(scope: Scope, line: Key, body: ClosedTaken, version: int) -> LineGiven:
    """Close something that was to change with what came of it."""
    actions.close_agreed(by=scope, at=timezone.now(), line=line, version=version, came_of_it=body.came_of_it)
    return _line(scope, line)


def _line(scope: Scope, key: int) -> LineGiven:
    return LineGiven.of(existing(queries.line(scope, key)), people=holders(scope))
