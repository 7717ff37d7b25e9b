"""What `strategy` offers the rest of the house."""

from collections.abc import Iterator
from datetime import datetime

from headship.core.personal import Fate
from headship.core.registry import (
    Destination,
    EvidenceKind,
    Module,
    NavigationItem,
    News,
    Permit,
    PersonData,
    Retention,
    SourcePage,
)
from headship.core.scope import Scope
from headship.strategy import pages, queries, rules

KEEP = "The academic year and six more; a school may set its own."
SIX_YEARS = "The board's records, kept as long as its minutes are commonly kept."


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Say which decisions others noted since the reader was last here."""
    if rules.see_decisions(scope) is None:
        for each in queries.since(scope, since, limit=10):
            yield News(each.noted_at, f"Decided: {each.what}", pages.address(scope, "decision", decision=each.id))


MODULE = Module(
    name="strategy",
    label="Strategy",
    purpose="To keep what was decided, why, by whom and in which post.",
    characteristics=("1.1", "1.6", "3.6"),
    navigation=(
        NavigationItem("Strategy", "Decisions", "decisions", rules.see_decisions),
        NavigationItem("Strategy", "Our values", "values", rules.see_decisions),
    ),
    evidence_kinds=(EvidenceKind("strategy.decision", "decision", "decisions"),),
    sources=(SourcePage("strategy.Decision", "decision", "decision", rules.see_decisions),),
    news=news,
    destinations=(
        Destination("strategy.note_decision", "Note a decision", "decision-note", rules.SUGGESTED, rules.note_decision),
    ),
    person_data=(
        PersonData(
            "strategy.Decision",
            ("decided_by",),
            "kept: the school's own record of who decided, and in which post",
            heading="Decisions noted as yours",
        ),
        PersonData(
            "strategy.DecisionChange",
            ("by",),
            "kept with the decision it belongs to",
            heading="Changes you made to decisions",
        ),
    ),
    retention=(
        Retention(
            "strategy.Value", "the school's values", "While the school uses Headship", "Old decisions name old values."
        ),
        Retention("strategy.Decision", "decisions", KEEP, SIX_YEARS, "decided_on", 84, Fate.DELETE),
        Retention(
            "strategy.DecisionChange",
            "changes to decisions",
            "As long as its decision",
            SIX_YEARS,
            follows="strategy.Decision",
        ),
    ),
    permits=(
        Permit("strategy:read", "Read the school's values and decisions"),
        Permit("strategy:write", "Note, change and withdraw decisions and values"),
    ),
)
