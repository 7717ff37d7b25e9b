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
from headship.strategy import pages, queries, rules, waiting

KEEP = "The academic year and six more; a school may set its own."
PLANNED = "The years of the plan and seven more; a school may set its own."
OF_A_PLAN = (
    ("PlanChange", "changes to plans"),
    ("PlanWords", "plans in the words of others"),
    ("Priority", "priorities"),
    ("Objective", "objectives"),
    ("Measured", "readings of objectives"),
    ("PlannedAction", "actions of plans"),
    ("Milestone", "milestones"),
    ("Minute", "minutes tied to actions"),
)
WHILE = "While the school uses Headship"
SIX_YEARS = "The board's records, kept as long as its minutes are commonly kept."


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Say which decisions others noted since the reader was last here, and whether a vision was published."""
    if rules.see_decisions(scope) is None:
        yield from waiting.news(scope, since)
        for each in queries.since(scope, since, limit=10):
            yield News(each.noted_at, f"Decided: {each.what}", pages.address(scope, "decision", decision=each.id))


MODULE = Module(
    name="strategy",
    label="Strategy",
    purpose="To keep what the school is for, what was decided, why, by whom and in which post.",
    characteristics=("1.1", "1.6", "3.6"),
    navigation=(
        NavigationItem("Strategy", "Strategic plan", "plan", rules.see_decisions),
        NavigationItem("Strategy", "Decisions", "decisions", rules.see_decisions, group="Decisions"),
        NavigationItem("Strategy", "Who decides what", "who-decides", rules.see_decisions, group="Decisions"),
        NavigationItem("Strategy", "Teams", "teams", rules.see_decisions, group="Decisions"),
        NavigationItem("Strategy", "Vision and values", "values", rules.see_decisions),
    ),
    evidence_kinds=(
        EvidenceKind("strategy.decision", "decision", "decisions"),
        EvidenceKind("strategy.looked_back", "look back at a decision", "looks back at decisions"),
        EvidenceKind("strategy.rights", "agreement on who decides", "agreements on who decides"),
        EvidenceKind("strategy.review", "review of decisions", "reviews of decisions"),
        EvidenceKind("strategy.vision", "step of our vision", "steps of our vision"),
        EvidenceKind("strategy.plan", "approval of our plan", "approvals of our plan"),
        EvidenceKind("strategy.action", "planned action done", "planned actions done"),
    ),
    sources=(
        SourcePage("strategy.Decision", "decision", "decision", rules.see_decisions),
        SourcePage("strategy.LookBack", "look-back", "look", rules.see_decisions),
        SourcePage("strategy.Review", "review-evidence", "review", rules.see_decisions),
        SourcePage("strategy.Area", "area", "responsibility", rules.see_decisions),
        SourcePage("strategy.Vision", "vision", "vision", rules.see_decisions),
        SourcePage("strategy.Plan", "plan-one", "plan", rules.see_decisions),
        SourcePage("strategy.PlannedAction", "planned-action", "planned", rules.see_decisions),
    ),
    news=news,
    next_actions=waiting.next_actions,
    calendar=waiting.calendar,
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
        PersonData(
            "strategy.LookBack",
            ("by",),
            "kept with the decision it belongs to",
            heading="How decisions turned out, in your words",
            concerns=("decision__decided_by",),
        ),
        PersonData(
            "strategy.AreaVersion", ("by",), "kept: the school's own record of who decides", heading="What you agreed"
        ),
        PersonData(
            "strategy.Right", ("person",), "kept: the school's own record of who decides", heading="Your parts in areas"
        ),
        PersonData("strategy.Team", ("lead",), "kept: the school's own record", heading="Teams you lead"),
        PersonData("strategy.TeamMember", ("person",), "kept: the school's own record", heading="Teams you are in"),
        PersonData(
            "strategy.Review",
            ("by_person", "of_person"),
            "kept: the school's own record of how it looks at its decisions",
            heading="Reviews of decisions you are part of",
        ),
        PersonData(
            "strategy.ReviewedDecision",
            ("by",),
            "kept with the review it belongs to",
            heading="What you wrote about others' decisions",
            concerns=("decision__decided_by",),
        ),
        PersonData(
            "strategy.VisionChange",
            ("by",),
            "kept: the school's own record of how its vision came about",
            heading="What you did for the statement of vision",
        ),
        PersonData(
            "strategy.Approval",
            ("recorded_by",),
            "kept: the board's own record of what it approved",
            heading="What you recorded that the board approved",
        ),
        PersonData(
            "strategy.PlanChange", ("by",), "kept: the school's own record of its plan", heading="Changes to the plan"
        ),
        PersonData("strategy.Value", (), "kept: the school's own values", heading="The school's values", whose=()),
        PersonData(
            "strategy.Vision",
            (),
            "kept: the school's own statement of vision",
            heading="Statements of vision",
            whose=(),
        ),
        PersonData("strategy.Plan", (), "kept: the school's own plan", heading="Strategic plans", whose=()),
        PersonData(
            "strategy.PlanWords", (), "kept: the school's own plan", heading="The plan in the words of others", whose=()
        ),
        PersonData("strategy.Objective", (), "kept: the school's own plan", heading="Objectives of the plan", whose=()),
        PersonData("strategy.Milestone", (), "kept: the school's own plan", heading="Milestones of the plan", whose=()),
        PersonData("strategy.Priority", ("owner",), "kept: the school's own plan", heading="Priorities you answer for"),
        PersonData("strategy.Measured", ("by",), "kept: the school's own plan", heading="Readings you noted"),
        PersonData(
            "strategy.PlannedAction", ("owner",), "kept: the school's own plan", heading="What you do for the plan"
        ),
        PersonData("strategy.Minute", ("noted_by",), "kept: the board's own words", heading="Minutes you noted"),
    ),
    retention=(
        Retention("strategy.Value", "the school's values", WHILE, "Old decisions name old values."),
        Retention("strategy.Decision", "decisions", KEEP, SIX_YEARS, "decided_on", 84, Fate.DELETE),
        Retention(
            "strategy.DecisionChange",
            "changes to decisions",
            "As long as its decision",
            SIX_YEARS,
            follows="strategy.Decision",
        ),
        Retention(
            "strategy.LookBack",
            "how decisions turned out",
            "As long as its decision",
            SIX_YEARS,
            follows="strategy.Decision",
        ),
        Retention("strategy.Area", "areas of responsibility", WHILE, "Who decided what on any day can be told."),
        Retention("strategy.AreaVersion", "who decided what since when", WHILE, "It is part of them."),
        Retention("strategy.Right", "parts in areas", WHILE, "It is part of them."),
        Retention("strategy.Team", "teams", WHILE, "Areas of responsibility name them."),
        Retention("strategy.TeamMember", "who was in which team", WHILE, "It is part of them."),
        Retention("strategy.Review", "yearly reviews of decisions", KEEP, SIX_YEARS, "due_on", 84, Fate.DELETE),
        Retention(
            "strategy.ReviewedDecision",
            "what was said of decisions",
            "As long as its review",
            SIX_YEARS,
            follows="strategy.Review",
        ),
        Retention(
            "strategy.Vision", "statements of vision", WHILE, "Which words were in force on any day can be told."
        ),
        Retention("strategy.VisionChange", "how statements of vision came about", WHILE, "It is part of them."),
        Retention("strategy.Plan", "strategic plans", PLANNED, SIX_YEARS, "ends_on", 84, Fate.DELETE),
        *(
            Retention(f"strategy.{model}", called, "As long as its plan", SIX_YEARS, follows="strategy.Plan")
            for model, called in OF_A_PLAN
        ),
        Retention("strategy.Approval", "what the board approved", WHILE, "It stands with what was approved."),
    ),
    permits=(
        Permit("strategy:read", "Read the school's vision, values, plan and decisions"),
        Permit("strategy:write", "Note, change and withdraw decisions and values"),
    ),
)
