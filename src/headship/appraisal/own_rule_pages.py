"""Exactly what the page of a board's own rule shows: what binds this school, what holds today, what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from headship.appraisal import own_rule_queries as queries
from headship.appraisal import own_rules as rules
from headship.appraisal.head_pages import address
from headship.appraisal.own_rule_models import OwnRule
from headship.appraisal.own_rules import Held
from headship.appraisal.year_days import in_words as in_every_year
from headship.appraisal.year_days import read
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.schools import queries as schools
from headship.schools.calendar_dates import group_of


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule that was recorded."""

    title: str
    facts: str
    change_url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """What binds this school, what holds for a year that ends today, with its source, and what was recorded."""

    title: str
    stands: str
    holds: Sequence[tuple[str, str]]
    rows: Sequence[RuleRow]
    new_url: str
    cannot: str
    back: str


def kind(scope: Scope) -> str:
    """Return what kind of school the reader is at, as the register says it."""
    return group_of(schools.school_of(scope.school_id).kind)


def rule_page(scope: Scope) -> RulePage:
    """Arrange the page."""
    its = kind(scope)
    cannot = rules.record(scope, its)
    found = queries.recorded(scope)
    return RulePage(
        title="What appraisal here is held against",
        stands=rules.stands(its),
        holds=_holds(scope, timezone.localdate(scope.at)),
        rows=[_row(scope, each, may=cannot is None) for each in found],
        new_url="" if cannot else address(scope, "own-rule-record"),
        cannot=cannot if cannot == rules.RECORDERS_ONLY and its == "academy" else "",
        back=address(scope, "head-appraisal"),
    )


def _holds(scope: Scope, today: date) -> list[tuple[str, str]]:
    now = queries.ruled(scope, today)
    adviser = Held("Is asked" if now.adviser.value else "Is not asked", now.adviser.cited)
    return [
        ("Panel", f"{now.panel} governors. {now.least.cited}"),
        ("External adviser", f"{adviser.value}. {adviser.cited}"),
        ("Headteacher's statement", f"By {in_every_year(now.head_by.value)}. {now.head_by.cited}"),
        ("Statements of staff", f"By {in_every_year(now.staff_by.value)}. {now.staff_by.cited}"),
    ]


def _row(scope: Scope, each: OwnRule, *, may: bool) -> RuleRow:
    at = {"rule": each.pk}
    told = [
        f"panel of {rules.span(each.panel_least, each.panel_most)}" if each.panel_least and each.panel_most else "",
        "" if each.adviser_asked else "no external adviser",
        f"headteacher's statement by {_every_year(each.head_by)}" if each.head_by else "",
        f"statements of staff by {_every_year(each.staff_by)}" if each.staff_by else "",
    ]
    facts = "; ".join(filter(None, told)) or "as the regulations say"
    recorded = f" Recorded here on {in_words(each.recorded_on)}." if each.recorded_on else ""
    return RuleRow(
        title=f"Adopted on {in_words(each.adopted_on)}",
        facts=f"{each.meeting}: {facts}.{recorded}",
        change_url=address(scope, "own-rule-change", **at) if may else "",
        drop_url=address(scope, "own-rule-drop", **at) if may else "",
    )


def _every_year(kept: str) -> str:
    return in_every_year(read(kept))
