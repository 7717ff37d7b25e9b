"""What `equality` offers the rest of the house."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from headship.core.personal import Fate
from headship.core.registry import (
    EvidenceKind,
    Module,
    NavigationItem,
    Permit,
    PersonData,
    Retention,
    SourcePage,
    Upkeep,
)
from headship.core.scope import Scope
from headship.equality import apart_actions, check_pages, rules, waiting

KEEP = "The days of the objective and seven years more; a school may set its own."
CHECKED = "Seven years after it was settled, or as long as what it is about if that goes before."
WHILE = "While the school uses Headship"
OURS = "The school's own record of how it met its duty, kept as long as its plans."

THEIRS = "Theirs alone: it goes when they take it back, or hold no post on the staff here any more."
RELEASED = "A page that was shown is not forgotten: what is shown later is held against it."


def _by_nobody(_reader: Scope) -> Any:
    """Say which rows whoever answers requests, or approves what is deleted, may know of: none."""
    return Q(pk__in=())


MODULE = Module(
    name="equality",
    label="Equality",
    purpose="To keep equality objectives, and to look at policies and decisions for whom they touch.",
    characteristics=("2.1",),
    navigation=(
        NavigationItem("Strategy", "Equality objectives", "equality-objectives", rules.read, group="Equality"),
        NavigationItem("Strategy", "Equality information", "equality-information", rules.read, group="Equality"),
        NavigationItem("Strategy", "Equality checks", "equality-checks", rules.read, group="Equality"),
        NavigationItem("People", "About you, for equality", "about-you", rules.say_of_self),
    ),
    upkeep=(
        Upkeep(
            "equality.forget_leavers",
            "Delete what staff said of themselves, for equality, once they have left",
            timedelta(days=1),
            apart_actions.forget,
        ),
    ),
    evidence_kinds=(
        EvidenceKind("equality.objective", "step of an equality objective", "steps of equality objectives"),
        EvidenceKind(
            "equality.information", "publishing of equality information", "publishings of equality information"
        ),
        EvidenceKind("equality.check", "equality check", "equality checks"),
    ),
    sources=(
        SourcePage("equality.Aim", "equality-objective", "aim", rules.read),
        SourcePage("equality.Statement", "equality-statement", "statement", rules.read),
        SourcePage("equality.Check", "equality-check", "check", rules.read),
    ),
    news=waiting.news,
    next_actions=waiting.next_actions,
    calendar=waiting.calendar,
    beside=check_pages.beside,
    person_data=(
        PersonData(
            "equality.Aim", ("owner",), "kept: the school's own record", heading="Equality objectives you answer for"
        ),
        PersonData(
            "equality.AimReading",
            ("by",),
            "kept with its objective",
            heading="Readings of equality objectives you noted",
        ),
        PersonData(
            "equality.AimReview", ("by",), "kept with its objective", heading="Reviews of equality objectives you wrote"
        ),
        PersonData(
            "equality.AimChange", ("by",), "kept with its objective", heading="Changes you made to equality objectives"
        ),
        PersonData(
            "equality.StatementChange",
            ("by",),
            "kept with its statement",
            heading="What you did for the equality information",
        ),
        PersonData(
            "equality.Check",
            ("owner", "done_by"),
            "kept: the school's own record of what it looked at",
            heading="Equality checks you make or made",
        ),
        PersonData(
            "equality.Statement", (), "kept: what the school published", heading="Equality information", whose=()
        ),
        PersonData("equality.Finding", (), "kept with its check", heading="Findings of equality checks", whose=()),
        PersonData(
            "equality.CheckChange", ("by",), "kept with its check", heading="Changes you made to equality checks"
        ),
        PersonData(
            "equality.SaidOfSelf",
            ("person",),
            "deleted within a day, and nobody is told that there was any",
            heading="What you said of yourself, for equality",
            own=True,
            readable=_by_nobody,
            fate=Fate.DELETE,
        ),
        PersonData(
            "equality.FairnessRelease",
            ("by",),
            "kept: what was shown of a year",
            heading="Years you compared by what staff said of themselves",
        ),
        PersonData(
            "equality.FairnessCounted",
            (),
            "kept: it leads to nobody and says nothing that anybody said",
            heading="Answers counted in comparisons of staff",
            whose=(),
            readable=_by_nobody,
        ),
    ),
    retention=(
        Retention("equality.Aim", "equality objectives", KEEP, OURS, "ends_on", 84, Fate.DELETE),
        *(
            Retention(f"equality.{model}", called, "As long as its objective", OURS, follows="equality.Aim")
            for model, called in (
                ("AimReading", "readings of equality objectives"),
                ("AimReview", "reviews of equality objectives"),
                ("AimChange", "changes to equality objectives"),
            )
        ),
        Retention(
            "equality.Statement", "equality information", WHILE, "Which words were in force on any day can be told."
        ),
        Retention("equality.StatementChange", "changes to equality information", WHILE, "It is part of it."),
        Retention("equality.Check", "equality checks", CHECKED, OURS, "settled_on", 84, Fate.DELETE),
        Retention(
            "equality.Finding", "findings of equality checks", "As long as its check", OURS, follows="equality.Check"
        ),
        Retention(
            "equality.CheckChange", "changes to equality checks", "As long as its check", OURS, follows="equality.Check"
        ),
        Retention("equality.SaidOfSelf", "what staff said of themselves", "Until they take it back, or leave", THEIRS),
        Retention("equality.FairnessRelease", "comparisons by what staff said of themselves", WHILE, RELEASED),
        Retention(
            "equality.FairnessShown",
            "lines of such comparisons",
            "As long as its comparison",
            RELEASED,
            follows="equality.FairnessRelease",
        ),
        Retention(
            "equality.FairnessCounted",
            "that an answer was counted, without whose it was",
            "As long as its comparison",
            RELEASED,
            follows="equality.FairnessRelease",
        ),
    ),
    permits=(Permit("equality:read", "Read the school's equality objectives, information and checks"),),
)
