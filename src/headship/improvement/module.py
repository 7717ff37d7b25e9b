"""What `improvement` offers the rest of the house."""

from headship.core.personal import Fate
from headship.core.registry import (
    Destination,
    EvidenceKind,
    Module,
    Nameable,
    NavigationItem,
    Permit,
    PersonData,
    Retention,
    SourcePage,
)
from headship.improvement import bet_pages, habit_queries, rules, waiting

WHILE = "While the school uses Headship"
RUN = "Seven years after its stop date; a school may set its own."
READ = "Seven years after it was noted; a school may set its own."
WRITTEN = "Seven years after it was written; a school may set its own."
LEARNED = "What was tried and learned is worth as much as the plan it served, and is kept as long."
NEW = "New and next"

MODULE = Module(
    name="improvement",
    label="Improvement",
    purpose="To try what is new with a day to stop, to see what is coming, and to know what evidence there is.",
    characteristics=("4.3", "4.5"),
    navigation=(
        NavigationItem("Strategy", "Bets", "bets", rules.see, group=NEW),
        NavigationItem("Strategy", "On the horizon", "horizon", rules.see, group=NEW),
        NavigationItem("Strategy", "Out of habit", "habits", rules.see, group=NEW),
        NavigationItem("Board", "Readiness", "readiness", rules.see_readiness),
    ),
    evidence_kinds=(
        EvidenceKind("improvement.bet", "bet decided", "bets decided"),
        EvidenceKind("improvement.horizon", "look at what is coming", "looks at what is coming"),
        EvidenceKind("improvement.habit", "habit questioned", "habits questioned"),
    ),
    sources=(
        SourcePage("improvement.Bet", "bet", "bet", rules.see),
        SourcePage("improvement.HorizonItem", "horizon-item", "item", rules.see),
        SourcePage("improvement.Habit", "habit", "habit", rules.see),
    ),
    nameable=(Nameable("improvement.Habit", habit_queries.offered),),
    beside=bet_pages.beside,
    next_actions=waiting.next_actions,
    news=waiting.news,
    calendar=waiting.calendar,
    destinations=(
        Destination(
            "improvement.propose_bet", "Propose a bet", "bet-propose", rules.SUGGESTED, rules.propose, ("item",)
        ),
        Destination("improvement.note_habit", "Question a habit", "habit-note", rules.SUGGESTED_HABITS, rules.propose),
    ),
    person_data=(
        PersonData("improvement.Bet", ("owner",), "kept: the school's own record", heading="Bets you answer for"),
        PersonData("improvement.BetReading", ("by",), "kept with its bet", heading="Readings of bets you noted"),
        PersonData("improvement.BetDecision", ("by",), "kept with its bet", heading="What you decided about bets"),
        PersonData(
            "improvement.HorizonItem",
            ("reader", "noted_by"),
            "kept: the school's own record",
            heading="What you read or noted of what is coming",
        ),
        PersonData(
            "improvement.HorizonReading", ("by",), "kept with what it is about", heading="What you said it means"
        ),
        PersonData("improvement.Habit", ("owner",), "kept: the school's own record", heading="Habits you answer for"),
        PersonData("improvement.HabitReview", ("by",), "kept with its habit", heading="What you said of habits"),
        PersonData(
            "improvement.ReadinessNote",
            ("by",),
            "kept: the school's own record",
            heading="What you wrote towards an inspection",
        ),
    ),
    retention=(
        Retention("improvement.Bet", "bets", RUN, LEARNED, "stops_on", 84, Fate.DELETE),
        Retention(
            "improvement.BetReading", "readings of bets", "As long as its bet", LEARNED, follows="improvement.Bet"
        ),
        Retention(
            "improvement.BetDecision",
            "what was decided about bets",
            "As long as its bet",
            LEARNED,
            follows="improvement.Bet",
        ),
        Retention("improvement.HorizonItem", "what was on the horizon", READ, LEARNED, "noted_on", 84, Fate.DELETE),
        Retention(
            "improvement.HorizonReading",
            "what it was said to mean",
            "As long as what it is about",
            LEARNED,
            follows="improvement.HorizonItem",
        ),
        Retention("improvement.Habit", "habits", WHILE, "What was dropped and why is asked again."),
        Retention("improvement.HabitReview", "what was said of habits", WHILE, "It is part of them."),
        Retention("improvement.ReadinessNote", "notes towards an inspection", WRITTEN, LEARNED, "on", 84, Fate.DELETE),
    ),
    permits=(Permit("improvement:read", "Read bets, habits, what is on the horizon and readiness"),),
)
