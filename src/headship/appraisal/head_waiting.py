"""What of a headteacher's appraisal waits for a reader, what is new, and what stands in the calendar."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from headship.appraisal import (
    head_checks,
    head_pages,
    head_queries,
    head_rules,
    head_steps,
    head_trust_queries,
    own_rule_queries,
)
from headship.appraisal.head_choices import OVER, HeadState, Section
from headship.appraisal.head_steps import Step
from headship.appraisal.models import HeadYear
from headship.core import belt
from headship.core.pages import academic_year
from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.scope import Scope


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what is next in each year the reader reads; and for whoever records it, that a panel is missing."""
    if head_queries.take_part(scope) is not None:
        return
    if head_rules.record(scope) is None and head_queries.unappointed(scope):
        url = head_pages.address(scope, "head-appoint")
        yield NextAction("Record who appraises the headteacher", url, 5, weight=52)
    if head_rules.record(scope) is None:
        yield from _to_record(scope)
    today = timezone.localdate(scope.at)
    for year, facts in head_queries.current(scope):
        if facts.state in OVER:
            continue
        if step := head_steps.step(scope, head_queries.whole(scope, year), today):
            yield NextAction(_named(scope, year, step), step.url, step.minutes, step.due_on, 58)


def _to_record(scope: Scope) -> Iterator[NextAction]:
    """Yield what whoever records it must do: name who hears an appeal, mend a panel of which somebody left."""
    heads = dict(head_queries.offered(scope).heads)
    for year in head_queries.open_years(scope):
        if year.state == HeadState.APPEALED:
            if not head_queries.hearers(scope, year):
                words = f"Name who hears the headteacher's appeal: {head_pages.whose(year)}"
                yield NextAction(words, head_pages.address(scope, "head-panel-change", year=year.pk), 5, None, 57)
        elif year.head_id not in heads:
            words = f"Close the appraisal of somebody who is headteacher no longer: {head_pages.whose(year)}"
            yield NextAction(words, head_pages.address(scope, "head-close", year=year.pk), 5, None, 52)
        elif short := head_checks.recorded(scope, year, own_rule_queries.ruled(scope, year.ends_on)):
            words = f"Mend what is recorded of who appraises: {head_pages.whose(year)}. {short[0].told}"
            yield NextAction(words, head_pages.address(scope, "head-panel-change", year=year.pk), 5, None, 52)


def _named(scope: Scope, year: HeadYear, step: Step) -> str:
    """Say with what is next of which year it is, and whose: every autumn two years are open at once."""
    its = academic_year(year.starts_in) if year.head_id == scope.person_id else head_pages.whose(year)
    return f"{step.words}: {its}"


def trust_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what is next for a leader of a trust, in each year at its schools that names them; which school is said."""
    today = timezone.localdate(scope.at)
    for own, year in head_trust_queries.of_trust(scope):
        with belt.within(own):
            step = _trust_step(own, year, today)
        if step:
            yield NextAction(f"{_named(own, year, step)} ({_school(own)})", step.url, step.minutes, step.due_on, 58)


def _trust_step(own: Scope, year: HeadYear, today: date) -> head_steps.Step | None:
    facts = head_queries.facts(own, year)
    if facts.state in OVER or not head_rules.sections(own, facts):
        return None
    return head_steps.step(own, head_queries.whole(own, year), today)


def trust_calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the planned days of those years before a leader of a trust, as the panel has them."""
    for own, year in head_trust_queries.of_trust(scope):
        with belt.within(own):
            facts = head_queries.facts(own, year)
            known = bool(head_rules.sections(own, facts)) and not facts.over
            days = [(on, words) for on, words in _planned(own, year) if known and since <= on <= until]
        url = head_pages.address(own, "head-year", year=year.pk)
        for on, words in days:
            yield CalendarEvent(on, on, f"{words} ({_school(own)})", url=url)


def _school(own: Scope) -> str:
    assert own.place is not None  # a school's
    return own.place.name


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield what happened in the years the reader reads, in the product's own words, unless they did it."""
    if head_queries.take_part(scope) is not None:
        return
    for year, facts in head_queries.current(scope):
        if Section.NOTES not in head_rules.sections(scope, facts):
            continue  # whoever moderates or hears an appeal reads no history
        url = head_pages.address(scope, "head-year", year=year.pk)
        for each in year.changes.filter(at__gt=since).exclude(by_id=scope.person_id).order_by("-at", "-pk")[:5]:
            yield News(each.at, f"{head_pages.title(scope, year)}: {each.words[:1].lower()}{each.words[1:]}", url)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the planned days of a year into the calendars of those who take part, and of whoever records it."""
    if head_queries.take_part(scope) is not None:
        return
    opened = [each for each, _ in head_queries.current(scope)]
    known = list(head_queries.years(scope)[:5]) if head_rules.record(scope) is None else opened
    for year in known:
        readable = any(each.pk == year.pk for each in opened)
        name, key = ("head-year", {"year": year.pk}) if readable else ("head-appraisal", {})
        for on, words in _planned(scope, year):
            if since <= on <= until:
                yield CalendarEvent(on, on, words, url=head_pages.address(scope, name, **key))


def _planned(scope: Scope, year: HeadYear) -> Iterator[tuple[date, str]]:
    of = f"Headteacher's appraisal, {academic_year(year.starts_in)}"
    if year.half_due_on and not year.half_on and not year.closed_on:
        yield year.half_due_on, f"{of}: mid-year review"
    if year.meeting_due_on and not year.met_on and not year.closed_on:
        yield year.meeting_due_on, f"{of}: panel meeting"
    if not year.agreed_on and not year.closed_on:
        by = head_rules.statement_by(year.ends_on, own_rule_queries.ruled(scope, year.ends_on))
        yield by, f"{of}: statement due"
