"""Exactly what the pages of staff appraisal show: the list, a cycle, a form."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.http import Http404
from django.urls import reverse

from headship.appraisal import head_queries, own_rule_queries, staff_late, staff_waits
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal import staff_template_queries as templates
from headship.appraisal.own_rules import Held
from headship.appraisal.staff_choices import OVER, StaffState
from headship.appraisal.staff_late import Late
from headship.appraisal.staff_models import StaffCycle, StaffYear
from headship.appraisal.staff_waits import Wait
from headship.core.pages import academic_year, in_words
from headship.core.scope import Scope

A_PAGE = 40
BEGINNINGS = 12  # how many past cycles are offered to begin from


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form. `whose` says whose year it is, and which; `past` that it is not this year's.

    `notes` are told under `about` before the form; `links` lead to other beginnings.
    """

    title: str
    form: Form
    button: str
    back: str
    whose: str = ""
    aside: str = ""
    past: str = ""
    about: str = ""
    notes: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody's year in a list: whose and which, how far, by whom, where it opens for whoever reads it."""

    title: str
    state: str
    over: bool
    facts: str
    url: str
    appraiser_url: str = ""
    out_url: str = ""
    close_url: str = ""


@dataclass(frozen=True, slots=True)
class WaitLink:
    """A way to where a group is looked at or its appeals are, and what waits there."""

    words: str
    told: str
    url: str
    needs: bool


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle in a list; `beside` leads to it beside one another."""

    title: str
    url: str
    facts: str
    beside: Sequence[WaitLink]


@dataclass(frozen=True, slots=True)
class ListPage:
    """The years and cycles a reader knows of, those of this academic year first."""

    title: str
    year: str
    mine: Sequence[Row]
    as_head_url: str
    theirs: Sequence[Row]
    earlier: Sequence[Row]
    cycles: Sequence[CycleRow]
    old_cycles: Sequence[CycleRow]
    in_none: str
    appeals: WaitLink | None
    new_url: str
    templates_url: str


@dataclass(frozen=True, slots=True)
class CyclePage:
    """A cycle: its days, parts and members, for whoever organises it."""

    title: str
    year: str
    past: str
    days: Sequence[tuple[str, str]]
    rule: str
    late: bool
    parts: Sequence[tuple[str, int]]
    members: int
    rows: Sequence[Row]
    previous: str
    next: str
    unnamed: int
    behind: str
    left: Sequence[str]
    organiser: str
    again_url: str
    change_url: str
    waits: Sequence[WaitLink]
    add_url: str
    many_url: str
    put_url: str
    template_url: str
    back: str


def address(scope: Scope, name: str, **rest: object) -> str:
    """Return the address of a page of the school the reader is in."""
    assert scope.place is not None
    return reverse(name, kwargs={"urn": scope.place.key, **rest})


def whose(year: StaffYear) -> str:
    """Say whose year it is, and which: it stands above every page and form of it."""
    return f"{year.person.name}, {academic_year(year.starts_in)}"


def themself(scope: Scope) -> set[int]:
    """Return whom the reader cannot name to appraise: themself, unless they are the headteacher."""
    return set() if rules.set_up(scope) is None or scope.person_id is None else {scope.person_id}


def past_words(scope: Scope, starts_in: int) -> str:
    """Say that a year is not this one, where it is not."""
    this = queries.this_year(scope)
    if starts_in == this:
        return ""
    when = "over" if starts_in < this else "still to come"
    return f"This is {academic_year(starts_in)}, which is {when}. This academic year is {academic_year(this)}."


def list_page(scope: Scope) -> ListPage:
    """Arrange what the reader knows of."""
    this = queries.this_year(scope)
    theirs, cycles = queries.appraised(scope), queries.cycles(scope)
    behind = staff_late.of_cycles(scope, [each for each in cycles if each.starts_in >= this - 1])
    beside = staff_waits.beside(scope, cycles)
    return ListPage(
        title="Appraisal",
        year=academic_year(this),
        mine=[_row(scope, each, "Your appraisal") for each in queries.mine(scope)],
        as_head_url=address(scope, "head-appraisal") if head_queries.was_head(scope) else "",
        theirs=[_row(scope, each, each.person.name) for each in theirs if each.starts_in >= this or not _done(each)],
        earlier=[_row(scope, each, each.person.name) for each in theirs if each.starts_in < this and _done(each)],
        cycles=[
            _cycle_row(scope, each, behind.get(each.pk), beside.get(each.pk, []))
            for each in cycles
            if each.starts_in >= this - 1
        ],
        old_cycles=[
            _cycle_row(scope, each, None, beside.get(each.pk, [])) for each in cycles if each.starts_in < this - 1
        ],
        in_none=staff_late.some(staff_late.in_none(scope)),
        appeals=_link(scope, staff_waits.heard(scope)),
        new_url="" if rules.set_up(scope) else address(scope, "staff-cycle-new"),
        templates_url="" if rules.set_up(scope) else address(scope, "staff-templates"),
    )


def _done(year: StaffYear) -> bool:
    return year.state in OVER


def _row(scope: Scope, year: StaffYear, title: str) -> Row:
    by = "you" if year.appraiser_id == scope.person_id else _appraiser(year)
    return Row(
        title=f"{title}, {academic_year(year.starts_in)}",
        state=StaffState(year.state).words,
        over=_done(year),
        facts=f"{year.cycle.name} · appraised by {by} · {_due(year)}",
        url=address(scope, "staff-year", appraised=year.pk),
    )


def _appraiser(year: StaffYear) -> str:
    return year.appraiser.name if year.appraiser else "nobody yet"


def _due(year: StaffYear) -> str:
    cycle, state = year.cycle, StaffState(year.state)
    if year.completed_on:
        return f"completed on {in_words(year.completed_on)}"
    if state == StaffState.APPEALED:
        return "an appeal is being heard"
    day = {
        StaffState.AIMING: ("objectives", cycle.objectives_by),
        StaffState.SET: ("mid-year review", cycle.half_by),
        StaffState.HALFWAY: ("review", cycle.review_by),
    }.get(state, ("statement", cycle.statement_by))
    return f"{day[0]} by {in_words(day[1])}"


def _cycle_row(scope: Scope, each: StaffCycle, behind: Late | None, beside: Sequence[Wait]) -> CycleRow:
    told = queries.counted(each)
    unnamed = f" · {told.unnamed} without anybody who appraises" if told.unnamed else ""
    return CycleRow(
        title=f"{each.name}, {academic_year(each.starts_in)}",
        url=address(scope, "staff-cycle", cycle=each.pk),
        facts=f"{told.completed} of {told.members} complete{unnamed}" + (f" · {behind.words}" if behind else ""),
        beside=[link for its in beside if (link := _link(scope, its, each))],
    )


def _link(scope: Scope, wait: Wait | None, of: StaffCycle | None = None) -> WaitLink | None:
    if wait is None:
        return None
    url = address(scope, wait.page, **({"cycle": of.pk} if of else {}))
    return WaitLink(wait.words, wait.told, f"{url}?{wait.asked}" if wait.asked else url, wait.needs)


def _waits(scope: Scope, of: StaffCycle, years: Sequence[StaffYear]) -> list[WaitLink]:
    """Return where a group is looked at beside one another and its appeals are, for the headteacher."""
    found = [_link(scope, each, of) for each in staff_waits.beside(scope, [of]).get(of.pk, [])]
    if found and (of.appeal_days or any(each.state == StaffState.APPEALED for each in years)):
        found.append(_link(scope, staff_waits.heard(scope, of)))
    return [each for each in found if each]


def beginnings(scope: Scope) -> list[tuple[str, str]]:
    """Return the cycles from which another year's can begin, the newest first, with where."""
    this = queries.this_year(scope)
    found = [each for each in queries.cycles(scope) if rules.again(each.starts_in, this) is None]
    return [
        (f"{each.name}, {academic_year(each.starts_in)}", address(scope, "staff-cycle-again", cycle=each.pk))
        for each in found[:BEGINNINGS]
    ]


def cycle_page(scope: Scope, each: StaffCycle, page: int = 1) -> CyclePage:
    """Arrange a cycle, with a page of who is in it. Errors: Http404, where there is no such page."""
    years, staff = queries.members(scope, each), queries.staff(scope)
    first, url = (page - 1) * A_PAGE, address(scope, "staff-cycle", cycle=each.pk)
    if page > 1 and first >= len(years):
        raise Http404
    ending = _ending(years, staff, queries.heads(scope))
    readable = queries.readable(scope, each)
    due = own_rule_queries.staff_due(scope, each.starts_in)
    at = {"cycle": each.pk}
    over = each.starts_in < queries.this_year(scope)
    aims = not over and any(year.pk not in ending for year in queries.aiming(years))
    goes_on = any(not _done(year) for year in years)
    may_change = rules.change(scope, each.starts_in, queries.this_year(scope), goes_on=goes_on) is None
    may_repeat = (rules.set_up(scope) or rules.again(each.starts_in, queries.this_year(scope))) is None
    return CyclePage(
        title=f"{each.name}, {academic_year(each.starts_in)}",
        year=academic_year(each.starts_in),
        past=past_words(scope, each.starts_in),
        days=[
            ("Objectives set by", in_words(each.objectives_by)),
            ("Mid-year review by", in_words(each.half_by)),
            ("Review by", in_words(each.review_by)),
            ("Statement by", in_words(each.statement_by)),
        ],
        rule=_due_words(due),
        late=each.statement_by > due.value,
        parts=[(part.name, part.weight) for part in each.parts.all()],
        members=len(years),
        rows=[
            _member(scope, each, year, staff, year.pk in readable, year.pk in ending)
            for year in years[first : first + A_PAGE]
        ],
        previous=f"{url}?page={page - 1}" if page > 1 else "",
        next=f"{url}?page={page + 1}" if first + A_PAGE < len(years) else "",
        unnamed=sum(year.appraiser_id is None and not _done(year) and year.pk not in ending for year in years),
        behind=_behind(scope, each),
        left=[
            *(_left(year) for year in years if _is_left(year, staff) and year.pk not in ending),
            *(f"{each.person.name} {_why_over(each, staff)}: close their year." for each in years if each.pk in ending),
        ],
        organiser=each.organiser.name if each.organiser else "",
        again_url=address(scope, "staff-cycle-again", **at) if may_repeat else "",
        change_url=address(scope, "staff-cycle-change", **at) if may_change else "",
        waits=_waits(scope, each, years),
        add_url="" if over else address(scope, "staff-members", **at),
        many_url=address(scope, "staff-many", **at) if aims else "",
        put_url=address(scope, "staff-put", **at) if aims and templates.to_put(scope, each) else "",
        template_url="" if rules.set_up(scope) else address(scope, "staff-cycle-template", **at),
        back=address(scope, "staff-appraisal"),
    )


def _behind(scope: Scope, each: StaffCycle) -> str:
    """Say what is late, and whose it is."""
    found = staff_late.of_cycles(scope, [each]).get(each.pk)
    if found is None:
        return ""
    return f"{found.words}, since {in_words(found.due_on)}: {staff_late.some(found.names)}. Ask whoever appraises them."


def rule_words(scope: Scope, starts_in: int) -> str:
    """Say by when teachers' statements are due, and where that stands."""
    return _due_words(own_rule_queries.staff_due(scope, starts_in))


def _due_words(due: Held[date]) -> str:
    return f"For teachers by {in_words(due.value)}: {due.cited.removesuffix('.')}."


def _ending(years: Sequence[StaffYear], staff: Container[int], heads: Container[int]) -> set[int]:
    """Return the keys of years that wait to be closed: of who left, or became headteacher."""
    gone = (each for each in years if each.person_id not in staff or each.person_id in heads)
    return {each.pk for each in gone if not _done(each)}


def _why_over(year: StaffYear, staff: dict[int, str]) -> str:
    return "is headteacher now" if year.person_id in staff else "left"


def _is_left(year: StaffYear, staff: dict[int, str]) -> bool:
    return year.appraiser_id is not None and year.appraiser_id not in staff and not _done(year)


def _left(year: StaffYear) -> str:
    return (
        f"{_appraiser(year)} no longer works here and cannot review. Hand the appraisal of {year.person.name} to "
        "somebody else: what is written stays."
    )


def _member(  # noqa: PLR0913, PLR0917  # whose, in which group, and what the reader may do
    scope: Scope,
    of: StaffCycle,
    year: StaffYear,
    staff: dict[int, str],
    readable: bool,  # noqa: FBT001  # whether they read it
    ends: bool,  # noqa: FBT001  # whether it waits to be closed
) -> Row:
    own = rules.hand_on(scope, of.organiser_id, year.person_id) is not None  # who appraises them, the head says
    aiming = year.state == StaffState.AIMING
    gone = " (left)" if _is_left(year, staff) else ""
    return Row(
        title=year.person.name,
        state=StaffState(year.state).words,
        over=_done(year),
        facts=f"Appraised by {_appraiser(year)}{gone}",
        url=address(scope, "staff-year", appraised=year.pk) if readable else "",
        appraiser_url="" if own or ends or _done(year) else address(scope, "staff-appraiser", appraised=year.pk),
        out_url=address(scope, "staff-take-out", appraised=year.pk) if aiming and not own else "",
        close_url=address(scope, "staff-close", appraised=year.pk) if ends else "",
    )
