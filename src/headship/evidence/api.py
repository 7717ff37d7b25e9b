"""The Standards profile, evidence, readings and reflections for programs, by the rules of their pages."""

from datetime import date, datetime
from typing import Annotated

from django.http import Http404
from django.utils import timezone
from pydantic import Field

from headship.core.errors import Unusable, existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Day, Given, Key, Line, OfSchool, Page, Personal, Public, Taken, Text, page
from headship.core.visibility import Visibility
from headship.evidence import actions, pages, queries, tallies
from headship.evidence.choices import MONTHS, PROFILE_FRAMEWORKS, State
from headship.evidence.models import Entry, Reflection
from headship.standards import queries as standards
from headship.standards.queries import FrameworkView, Statement

OLDEST_YEAR = 2000
Named = Annotated[str, Field(description=f"One of {', '.join(PROFILE_FRAMEWORKS)}")]


class CardGiven(Given):
    """One characteristic: how much evidence there is by month from September, and where the head says they stand."""

    code: Public[str]
    title: Public[str]
    months: OfSchool[list[int]]
    total: OfSchool[int]
    from_work: OfSchool[int]
    latest: Personal[str]
    latest_on: OfSchool[date | None]
    state: Personal[State | None]
    words: Personal[str]
    next_step: Personal[str]
    next_step_by: Personal[date | None]
    written_at: Personal[datetime | None]


class ProfileGiven(Given):
    """A school's Standards profile as its reader may see it. `year` 2026 is 2026/27."""

    framework: Public[str]
    year: OfSchool[int]
    head: Personal[str]
    characteristics: list[CardGiven]


class ReadingGiven(Given):
    """A dated value of a measure; where there is none, `words` say why."""

    measure: OfSchool[str]
    year: OfSchool[int]
    value: OfSchool[float | None]
    low: OfSchool[float | None]
    high: OfSchool[float | None]
    reference: OfSchool[float | None]
    reference_words: OfSchool[str]
    count: OfSchool[int | None]
    words: OfSchool[str]
    source: OfSchool[str]
    method: OfSchool[str]


class EntryGiven(Given):
    """One thing that was done and shows a characteristic; `own`: it is the reader's alone to open to others."""

    id: OfSchool[int]
    kind: OfSchool[str]
    words: Personal[str]
    occurred_on: OfSchool[date]
    visibility: OfSchool[Visibility]
    from_work: OfSchool[bool]
    own: Personal[bool]


class EntryTaken(Taken):
    """Something noted by hand. Name no pupil."""

    words: Annotated[Text, Field(min_length=1, max_length=actions.LONGEST)]
    occurred_on: Day
    visibility: Visibility


class ReflectionGiven(Given):
    """Something the head said of where they stand; `visibility` is told to the head alone."""

    id: Personal[int]
    state: Personal[State]
    words: Personal[str]
    next_step: Personal[str]
    next_step_by: Personal[date | None]
    written_at: Personal[datetime]
    visibility: Personal[Visibility | None]


class ReflectionTaken(Taken):
    """Where a head stands. Private unless another class is named."""

    state: State
    words: Annotated[Text, Field(max_length=5000)] = ""
    next_step: Annotated[Line, Field(max_length=200)] = ""
    next_step_by: Day | None = None
    visibility: Visibility = Visibility.PRIVATE


class SharingTaken(Taken):
    """Who may see a reflection."""

    visibility: Visibility


def profile(scope: Scope, framework: Named = standards.DEFAULT, year: int | None = None) -> ProfileGiven:
    """Read the Standards profile of a school in an academic year, this one unless another is named."""
    found, asked = _framework(framework), _year(scope, year)
    told = queries.profile(scope, found.id, [each.id for each in found.assessable], asked)
    return ProfileGiven(
        framework=found.code,
        year=asked,
        head=told.head_name,
        characteristics=[_card(each, told) for each in found.assessable],
    )


def readings(scope: Scope, asked: Asked, year: int | None = None) -> Page[ReadingGiven]:
    """List the newest reading of each measure up to an academic year."""
    found = queries.readings(scope.school_id, _year(scope, year))
    return page([found[measure] for measure in sorted(found)], asked, ReadingGiven.of)


def entries(
    scope: Scope, code: str, asked: Asked, framework: Named = standards.DEFAULT, kind: Text = ""
) -> Page[EntryGiven]:
    """List the evidence for a characteristic, newest first, with that of its counterparts."""
    found = _statement(_framework(framework), code)
    wanted = [found.id, *tallies.counterparts(found.id)]
    rows = queries.timeline(scope, wanted, kind=kind, most=asked.limit, skipped=asked.offset)
    total = queries.timeline_length(scope, wanted, kind=kind)
    return page(rows, asked, lambda row: _entry(scope, row), total=total)


def note_entry(scope: Scope, code: str, body: EntryTaken) -> EntryGiven:
    """Note by hand something that shows a characteristic; it counts as typed. Sent again at once, it stays one."""
    _statement(standards.framework(), code)
    key = actions.note_evidence(by=scope, at=timezone.now(), code=code, **dict(body))
    return _entry(scope, existing(queries.entry(scope, key)))


def reflections(scope: Scope, code: str, asked: Asked, framework: Named = standards.DEFAULT) -> Page[ReflectionGiven]:
    """List what the headteacher said of where they stand on a characteristic, as far as the reader may see it."""
    found, head = _statement(_framework(framework), code), queries.headteacher(scope)
    said = queries.reflections(scope, head[0], found.id) if head else []
    return page(said, asked, lambda row: _reflection(scope, row))


def write_reflection(
    scope: Scope, code: str, body: ReflectionTaken, framework: Named = standards.DEFAULT
) -> ReflectionGiven:
    """Say where one stands on a characteristic; nothing said before is changed. Sent again at once, it stays one."""
    found = _statement(_framework(framework), code)
    written = actions.write_reflection(by=scope, at=timezone.now(), characteristic_id=found.id, **dict(body))
    return _reflection(scope, written)


def share_reflection(scope: Scope, reflection: Key, body: SharingTaken) -> ReflectionGiven:
    """Open a reflection of one's own to others, or close it again."""
    existing(queries.own_reflection(scope, reflection))
    actions.share_reflection(by=scope, at=timezone.now(), reflection_id=reflection, visibility=body.visibility)
    return _reflection(scope, existing(queries.own_reflection(scope, reflection)))


def _card(statement: Statement, told: queries.Profile) -> CardGiven:
    counted = told.counts.get(statement.id) or queries.Counted((0,) * len(MONTHS), (), 0, 0)
    card = told.cards.get(statement.id, pages.NOTHING)
    stand = card.stand
    return CardGiven(
        code=statement.code,
        title=statement.short_title,
        months=list(counted.months),
        total=counted.total,
        from_work=counted.from_work,
        latest=card.latest_words,
        latest_on=card.latest_on,
        state=State(stand.state) if stand else None,
        words=stand.words if stand else "",
        next_step=stand.next_step if stand else "",
        next_step_by=stand.next_step_by if stand else None,
        written_at=stand.written_at if stand else None,
    )


def _entry(scope: Scope, row: queries.TimelineRow | Entry) -> EntryGiven:
    return EntryGiven.of(row, own=row.owner_id == scope.person_id)


def _reflection(scope: Scope, row: Reflection) -> ReflectionGiven:
    own = row.person_id == scope.person_id
    return ReflectionGiven.of(row, visibility=row.visibility if own else None)


def _framework(code: str) -> FrameworkView:
    """Return a framework in which the profile can be read. Errors: Unusable."""
    if code not in PROFILE_FRAMEWORKS:
        raise Unusable(f"The profile is read in one of these frameworks: {', '.join(PROFILE_FRAMEWORKS)}.")
    return standards.framework(code)


def _statement(found: FrameworkView, code: str) -> Statement:
    statement = found.by_code.get(code)
    if statement is None or not statement.assessable:
        raise Http404
    return statement


def _year(scope: Scope, asked: int | None) -> int:
    """Return the academic year asked for, this one unless one is. Errors: Unusable outside reach."""
    current = pages.current_year(scope)
    if asked is not None and not OLDEST_YEAR <= asked <= current:
        raise Unusable(f"Ask for an academic year from {OLDEST_YEAR} to {current}.")
    return current if asked is None else asked
