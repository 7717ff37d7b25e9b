"""The screens of progress meetings: exactly what each shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.utils import timezone

from headship.core.pages import Link, academic_year, in_words, listed
from headship.core.scope import Scope
from headship.outcomes import intervention_pages, intervention_queries, target_pages, target_queries
from headship.outcomes import meeting_queries as queries
from headship.outcomes import meeting_rules as rules
from headship.outcomes.held import Held, held
from headship.outcomes.intervention_pages import InterventionRow
from headship.outcomes.models import MeetingLine, ProgressMeeting
from headship.outcomes.target_pages import FormPage, TargetRow, address, subject_words
from headship.people.holders import Holders, holders

SEEN_BY = ("Staff and governors of this school",)
SEEN_BY_NAMES = "Names of pupils: the headteacher, senior leaders and the designated safeguarding lead alone"


@dataclass(frozen=True, slots=True)
class LineRow:
    """One thing that is to change, or was."""

    what: str
    facts: str
    pupils: str
    state: str
    late: bool
    came_of_it: str
    close_url: str
    change_url: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting on the list."""

    words: str
    url: str
    facts: str


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """What is still to change, and the meetings, the newest first."""

    title: str
    open: Sequence[LineRow]
    rows: Sequence[MeetingRow]
    cannot_note: str | None
    note_url: str
    like_last_url: str
    agenda_url: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """The minute of a meeting: what was open before it, what was talked about, what changes."""

    title: str
    facts: Sequence[tuple[str, str]]
    notes: str
    earlier: Sequence[LineRow]
    lines: Sequence[LineRow]
    seen_by: Sequence[str]
    cannot_note: str | None
    add_url: str
    change_url: str
    document_url: str


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """What the next meeting has to look at, from what is known today."""

    title: str
    since: str
    open: Sequence[LineRow]
    results: Sequence[Link]
    targets: Sequence[TargetRow]
    interventions: Sequence[InterventionRow]
    cannot_note: str | None
    note_url: str


def meetings_page(scope: Scope) -> MeetingsPage:
    """Arrange the list of meetings."""
    people = holders(scope)
    found = list(queries.meetings(scope))
    waiting = [_line(scope, each, people, {}) for each in queries.open_lines(scope)]
    late = sum(each.late for each in waiting)
    overdue = f", {late} of them overdue" if late else ""
    return MeetingsPage(
        title=f"Progress meetings: {len(waiting)} open{overdue}" if found else "Progress meetings",
        open=waiting,
        rows=[_row(scope, each) for each in found],
        cannot_note=rules.note_meetings(scope),
        note_url=address(scope, "meeting-note"),
        like_last_url=f"{address(scope, 'meeting-note')}?like={found[0].pk}" if found else "",
        agenda_url=address(scope, "meeting-agenda"),
    )


def meeting_page(scope: Scope, one: ProgressMeeting) -> MeetingPage:
    """Arrange the minute of a meeting."""
    people, names = holders(scope), queries.names(scope)
    return MeetingPage(
        title=f"Progress meeting of {in_words(one.held_on)}",
        facts=_facts(one, people),
        notes=one.notes,
        earlier=[_line(scope, each, people, {}) for each in queries.open_lines(scope, one)],
        lines=[_line(scope, each, people, names) for each in queries.lines_of(scope, one)],
        seen_by=(*SEEN_BY, SEEN_BY_NAMES) if names else SEEN_BY,
        cannot_note=rules.note_meetings(scope),
        add_url=address(scope, "meeting-agree", meeting=one.pk),
        change_url=address(scope, "meeting-change", meeting=one.pk),
        document_url=address(scope, "meeting-document", meeting=one.pk),
    )


def agenda_page(scope: Scope) -> AgendaPage:
    """Arrange the agenda of the next meeting."""
    results, people = held(scope), holders(scope)
    last = queries.meetings(scope).first()
    targets = target_queries.stand(scope, list(target_queries.standing(scope)), results)
    done = intervention_queries.running(scope, timezone.localdate(scope.at))
    return AgendaPage(
        title="Agenda of the next progress meeting",
        since=f"Since the meeting of {in_words(last.held_on)}" if last else "So far",
        open=[_line(scope, each, people, {}) for each in queries.open_lines(scope)],
        results=_since(scope, results, last.held_on if last else date.min, timezone.localdate(scope.at)),
        targets=[target_pages.row(scope, each, people) for each in targets],
        interventions=[
            intervention_pages.row(scope, each, people) for each in intervention_queries.came_of(scope, done, results)
        ],
        cannot_note=rules.note_meetings(scope),
        note_url=address(scope, "meeting-note"),
    )


def _since(scope: Scope, results: Held, last: date, today: date) -> list[Link]:
    """Say what was assessed after a day, the newest first, and where it is shown."""
    return [
        Link(
            f"{each.name}, {academic_year(each.year)}, taken on {in_words(each.taken_on)}",
            f"{address(scope, 'results')}?sat={each.pk}",
        )
        for each in reversed(results.assessments)
        if last < each.taken_on <= today
    ]


def _row(scope: Scope, each: ProgressMeeting) -> MeetingRow:
    return MeetingRow(in_words(each.held_on), address(scope, "meeting", meeting=each.pk), _about(each))


def _about(each: ProgressMeeting) -> str:
    parts = (f"{each.term.title()} term", each.year_group, subject_words(each.subject) if each.subject else "")
    return ", ".join(filter(None, parts))


def _facts(one: ProgressMeeting, people: Holders) -> list[tuple[str, str]]:
    there = sorted({people.told(each.pk) for each in one.present.all()})
    return [
        ("Held on", in_words(one.held_on)),
        ("About", _about(one)),
        ("Who was there", listed(there)),
        ("Noted by", people.told(one.noted_by_id)),
    ]


def _line(scope: Scope, each: MeetingLine, people: Holders, names: Mapping[int, str]) -> LineRow:
    facts, today = queries.facts(each), timezone.localdate(scope.at)
    late = each.closed_at is None and each.due_on < today
    state = f"Closed on {in_words(each.closed_at)}" if each.closed_at else ("Overdue" if late else "Open")
    return LineRow(
        what=each.what,
        facts=f"For: {each.for_whom}. Taken on by: {people.told(each.owner_id)}. By {in_words(each.due_on)}.",
        pupils=listed(queries.named(each, names)) if names else "",
        state=state,
        late=late,
        came_of_it=each.came_of_it,
        close_url="" if rules.close_line(scope, facts) else address(scope, "meeting-close", line=each.pk),
        change_url="" if rules.change_line(scope, facts) else address(scope, "meeting-line", line=each.pk),
    )


def meeting_typed(one: ProgressMeeting) -> dict[str, Any]:
    """Return a meeting as its form holds it."""
    names = ("held_on", "term", "year_group", "subject", "notes", "version")
    return {**{name: getattr(one, name) for name in names}, "present": [each.pk for each in one.present.all()]}


def like(one: ProgressMeeting) -> dict[str, Any]:
    """Return what the next meeting takes over from one: about whom and what it was, and who was there."""
    typed = meeting_typed(one)
    return {name: typed[name] for name in ("year_group", "subject", "present")}


def line_typed(one: MeetingLine) -> dict[str, Any]:
    """Return something that is to change as its form holds it."""
    names = ("what", "for_whom", "due_on", "version")
    told = {name: getattr(one, name) for name in names}
    return {**told, "owner": one.owner_id, "pupils": [each.pk for each in one.pupils.all()]}


def note_page(scope: Scope, form: Form) -> FormPage:
    """Arrange the form for a new meeting."""
    aside = "First when it was and who was there. Then line by line what changes, for whom, by whom and by when."
    return FormPage("Note a progress meeting", form, "Save and go on", address(scope, "meetings"), aside)
