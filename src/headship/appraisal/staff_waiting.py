"""What of staff appraisal waits for a reader and is due. Words that say little: others see a screen."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from headship.appraisal import staff_late
from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_practice_queries as practices
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal import staff_steps as steps
from headship.appraisal.staff_choices import Looked
from headship.appraisal.staff_models import StaffCycle, StaffYear
from headship.appraisal.staff_pages import address
from headship.core.pages import academic_year
from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.scope import Scope

ASKED = timedelta(days=30)  # how long after the day for objectives it is asked who is in no group, by our own rule


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what waits: for the person, for whoever appraises, for whoever says who appraises whom."""
    if rules.open_list(scope) is not None:
        return
    today = queries.today_of(scope)
    waiting = queries.under_way(scope)
    for year in waiting:
        if year.person_id == scope.person_id and (step := steps.own(year, today)):
            yield NextAction(step.words, _at(scope, year, step), step.minutes, step.due_on, 56)
    for each in practices.asked(scope):
        url = address(scope, "practice-answer", practice=each.pk)
        yield NextAction("Answer whether something of yours may be shown", url, 2, None, 40)
    for year in queries.ended_by_post(scope):
        words = f"Close your year as a member of staff: the board appraises you now, {academic_year(year.starts_in)}"
        yield NextAction(words, address(scope, "staff-close", appraised=year.pk), 5, None, 53)
    yield from _appraising(scope, waiting, today)
    yield from _moderating(scope)
    yield from _organising(scope)


def _appraising(scope: Scope, waiting: list[StaffYear], today: date) -> Iterator[NextAction]:
    """Yield each step once, with whose it is, or for how many."""
    found: dict[str, list[tuple[StaffYear, steps.Step]]] = {}
    for year in waiting:
        if year.appraiser_id == scope.person_id and (step := steps.appraiser(year, today)):
            found.setdefault(step.words, []).append((year, step))
    for words, each in found.items():
        year, step = min(each, key=lambda its: its[1].due_on)
        if len(each) == 1:
            told = f"{words}: {year.person.name}, {academic_year(year.starts_in)}"
            yield NextAction(told, _at(scope, year, step), step.minutes, step.due_on, 54)
        else:
            url = address(scope, "staff-appraisal")
            yield NextAction(f"{words}: {len(each)} people whom you appraise", url, 0, step.due_on, 54)


def _moderating(scope: Scope) -> Iterator[NextAction]:
    for each in moderation.waiting(scope):
        what, named = each.looked.words.lower(), f"{each.cycle.name}, {academic_year(each.cycle.starts_in)}"
        url = f"{address(scope, 'staff-moderation', cycle=each.cycle.pk)}?of={each.looked}"
        due_on = each.cycle.statement_by if each.looked == Looked.RATINGS else each.cycle.half_by
        minutes = 10 + 2 * min(each.count, 40)  # a couple of minutes each, a page at a time
        yield NextAction(f"Look at {what} beside one another: {named}", url, minutes, due_on, 54)


def _organising(scope: Scope) -> Iterator[NextAction]:
    cycles, this = queries.cycles(scope), queries.this_year(scope)
    if not cycles and rules.set_up(scope) is None and queries.named_before(scope):
        words = "Set up appraisal: appraisers named under People no longer read what is shown to them"
        yield NextAction(words, address(scope, "staff-cycle-new"), 10, None, 45)
    yield from _behind(scope, [each for each in cycles if each.starts_in >= this - 1])
    for each in cycles:
        left = queries.counted(each).unnamed
        if left and each.starts_in >= this:
            words = f"Say who appraises: {each.name}, {academic_year(each.starts_in)}"
            yield NextAction(words, address(scope, "staff-cycle", cycle=each.pk), 5, each.objectives_by, 50)
    for each, count in queries.to_hand_on(scope):
        words = f"Hand on {count} appraisal{'' if count == 1 else 's'}: whoever appraised has left ({each.name})"
        yield NextAction(words, address(scope, "staff-cycle", cycle=each.pk), 5, None, 57)


def _behind(scope: Scope, cycles: list[StaffCycle]) -> Iterator[NextAction]:
    """Yield who is late in what the reader organises, once whatever there is of it, and how many are in no group."""
    if not cycles:
        return
    found = staff_late.of_cycles(scope, cycles)
    late = [each for each in cycles if each.pk in found]
    if len(late) == 1:
        one, words = late[0], found[late[0].pk].words
        told = f"See who is late: {words} ({one.name}, {academic_year(one.starts_in)})"
        yield NextAction(told, address(scope, "staff-cycle", cycle=one.pk), 5, None, 51)
    elif late:
        people = sum(len(its.names) for its in found.values())
        told = f"See who is late in appraisal: {people} people in {len(late)} groups"
        yield NextAction(told, address(scope, "staff-appraisal"), 5, None, 51)
    days = [each.objectives_by for each in cycles if each.starts_in == queries.this_year(scope)]
    left = len(staff_late.in_none(scope)) if days and queries.today_of(scope) <= max(days) + ASKED else 0
    if left:
        words = f"See who is in no group of appraisal this year: {left} of the staff"
        yield NextAction(words, address(scope, "staff-appraisal"), 5, None, 35)  # some are left out on purpose


def _at(scope: Scope, year: StaffYear, step: steps.Step) -> str:
    return address(scope, step.name, appraised=year.pk)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Yield the days of the cycles that the reader takes part in or organises: days alone, without a name."""
    if rules.open_list(scope) is not None:
        return
    url = address(scope, "staff-appraisal")
    for each in queries.dated(scope, since, until):
        for on, words in (
            (each.objectives_by, "objectives set"),
            (each.half_by, "mid-year reviews"),
            (each.review_by, "reviews"),
            (each.statement_by, "statements"),
        ):
            if since <= on <= until:
                yield CalendarEvent(
                    on, on, f"Appraisal of {each.name}, {academic_year(each.starts_in)}: {words} by today", url=url
                )


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield what others did in the reader's own year; of those whom they appraise, that something was: once a year."""
    if rules.open_list(scope) is not None:
        return
    told: set[int] = set()
    for each in queries.changed(scope, since):
        year, named = each.year, academic_year(each.year.starts_in)
        url = address(scope, "staff-year", appraised=year.pk)
        if year.person_id == scope.person_id:
            yield News(each.at, f"Your appraisal, {named}: {each.words[:1].lower()}{each.words[1:]}", url)
        elif year.pk not in told:
            told.add(year.pk)
            yield News(each.at, f"The appraisal of {year.person.name}, {named}, has changed", url)
