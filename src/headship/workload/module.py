"""What `workload` offers the rest of the house."""

from headship.core.personal import Fate
from headship.core.registry import (
    Destination,
    EvidenceKind,
    Module,
    NavigationItem,
    Permit,
    PersonData,
    Retention,
    SourcePage,
)
from headship.workload import demand_pages, directed_rules, queries, rules, waiting

GROUP = "Workload"
SIX_YEARS = "The school's own rule: what was asked is compared from year to year."
LIMITATION = "Long enough for a question about pay or conditions to be answered."
OF_A_YEAR = (
    ("YearChange", "changes to directed time"),
    ("Working", "how people worked, for directed time"),
    ("Slot", "what was placed as directed time"),
    ("SlotDate", "dates of directed time"),
    ("SlotFor", "whom directed time was for"),
    ("StatementRead", "who read their directed time"),
)

MODULE = Module(
    name="workload",
    label="Workload",
    purpose="To give every demand on staff a reason and a price in hours, and directed time a place.",
    characteristics=("P", "2.4"),
    navigation=(
        NavigationItem("People", "Workload ledger", "workload", rules.read, GROUP),
        NavigationItem("People", "Directed time", "directed-time", directed_rules.view, GROUP),
        NavigationItem("People", "My directed time", "my-directed-time", directed_rules.own, GROUP),
    ),
    evidence_kinds=(
        EvidenceKind("workload.demand", "demand on staff weighed", "demands on staff weighed"),
        EvidenceKind("workload.directed_time", "year of directed time", "years of directed time"),
    ),
    sources=(
        SourcePage("workload.Demand", "demand", "demand", rules.read),
        SourcePage("workload.DirectedYear", "directed-evidence", "planned", directed_rules.own),
    ),
    beside=demand_pages.beside,
    next_actions=waiting.next_actions,
    calendar=waiting.calendar,
    news=waiting.news,
    destinations=(
        Destination("workload.propose", "Propose what staff are asked for", "demand-propose", ("P",), rules.propose),
    ),
    person_data=(
        PersonData(
            "workload.Demand",
            ("owner", "proposed_by"),
            "kept: the school's own record of what it asks of staff",
            heading="What you answer for or proposed in the workload ledger",
        ),
        PersonData(
            "workload.DemandChange",
            ("by",),
            "kept with the demand it belongs to",
            heading="What you did in the workload ledger",
        ),
        PersonData(
            "workload.YearChange",
            ("by",),
            "kept: the school's own record of its plan",
            heading="Changes you made to directed time",
        ),
        PersonData(
            "workload.Working",
            ("person",),
            "kept until its year is over and seven more: pay and conditions rest on it",
            heading="Your share of full time, for directed time",
        ),
        PersonData(
            "workload.SlotFor",
            ("person",),
            "kept with the plan it belongs to",
            heading="Directed time you were chosen for by name",
        ),
        PersonData(
            "workload.Slot", (), "kept: the school's own plan", heading="Directed time in the calendar", whose=()
        ),
        PersonData(
            "workload.StatementRead",
            ("person",),
            "goes with whoever it is about",
            heading="When you read your directed time",
            fate=Fate.DELETE,
        ),
    ),
    retention=(
        Retention(
            "workload.Demand",
            "demands on staff",
            "Six years after it was dropped or refused",
            SIX_YEARS,
            months=72,
            fate=Fate.DELETE,
            due=queries.over,
        ),
        Retention(
            "workload.DemandAsked", "who is asked", "As long as its demand", SIX_YEARS, follows="workload.Demand"
        ),
        Retention(
            "workload.DemandChange",
            "what was done about demands",
            "As long as its demand",
            SIX_YEARS,
            follows="workload.Demand",
        ),
        Retention("workload.RateCard", "what an hour costs", "While the school uses Headship", "It prices what is."),
        Retention("workload.Rate", "what an hour of a post costs", "While the school uses Headship", "The same."),
        Retention(
            "workload.DirectedYear",
            "years of directed time",
            "Seven years after it ends",
            LIMITATION,
            "starts_in",
            84,
            Fate.DELETE,
        ),
        *(
            Retention(f"workload.{model}", called, "As long as its year", LIMITATION, follows="workload.DirectedYear")
            for model, called in OF_A_YEAR
        ),
    ),
    permits=(Permit("workload:read", "Read the workload ledger, and directed time you may see"),),
)
