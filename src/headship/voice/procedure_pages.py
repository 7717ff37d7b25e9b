"""Exactly what the page of the school's complaints procedure shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.policy.loader import PolicyValue
from headship.voice import complaint_queries as queries
from headship.voice import complaint_rules as rules
from headship.voice import pages, procedure
from headship.voice.complaint_choices import Stage

PERIODS: Sequence[tuple[Stage, str, str]] = (
    (Stage.RECEIVED, "acknowledge", "Acknowledged, from the day it was received"),
    (Stage.ACKNOWLEDGED, "answer", "Answered informally, from the day it was received"),
    (Stage.FORMAL, "decide", "Decided formally, from the day it was taken there"),
    (Stage.PANEL, "hear", "Heard in a panel, from the day a panel was asked for"),
    (Stage.ANSWERED, "come_back", "To come back with it, from the day it was answered or decided"),
)
KINDS = {"maintained": "maintained schools", "academy": "academies"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the law asks of the procedure, and whether the school says that its own provides it."""

    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """The school's procedure."""

    title: str
    periods: Sequence[tuple[str, str]]
    own: str
    asked: Sequence[Asked]
    sources: Sequence[str]
    of_whom: str
    reviewed: str
    change_url: str
    cannot: str | None
    back: str


def procedure_page(scope: Scope) -> ProcedurePage:
    """Arrange the school's procedure."""
    allowed, kind = queries.procedure(scope.school_id), queries.kind_of(scope.school_id)
    return ProcedurePage(
        title="Our complaints procedure",
        periods=[(words, f"{allowed.days[stage]} school days") for stage, _, words in PERIODS],
        own=""
        if allowed.own
        else "Nobody has set these yet: they are where Headship starts, and no rule. Set your own.",
        asked=[Asked(procedure.words_of(each), each.code in allowed.meets) for each in _rules(scope)],
        sources=sorted({each.cited for each in _rules(scope)}),
        of_whom=KINDS.get(kind, "maintained schools and academies: the register does not say which this is"),
        reviewed=f"Governors last looked at it on {in_words(allowed.reviewed_on)}." if allowed.reviewed_on else "",
        change_url=pages.address(scope, "complaints-procedure-change"),
        cannot=rules.set_procedure(scope),
        back=pages.address(scope, "complaints"),
    )


def _rules(scope: Scope) -> list[PolicyValue]:
    return procedure.asked(queries.kind_of(scope.school_id), queries.today_of(scope))


def offered(scope: Scope) -> list[tuple[str, str]]:
    """Return what the law asks, to tick."""
    return [(each.code, procedure.words_of(each)) for each in _rules(scope)]


def initial(scope: Scope) -> Mapping[str, Any]:
    """Return the procedure as it stands in the form."""
    allowed = queries.procedure(scope.school_id)
    periods = {name: allowed.days[stage] for stage, name, _ in PERIODS}
    return {
        **periods,
        "meets": sorted(allowed.meets),
        "reviewed_on": allowed.reviewed_on,
        "version": allowed.version,
    }
