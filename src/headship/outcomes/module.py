"""What `outcomes` offers the rest of the house."""

from headship.core.personal import Fate
from headship.core.registry import Module, NavigationItem, Permit, PersonData, Retention
from headship.outcomes import acting, own_readings, rules, waiting

SCHOOL_RULE = "The school's own rule: results are compared over several years."
WITHOUT_A_NAME = "Stays for its time: without a name, only the school's own system can say whose row it is."

MODULE = Module(
    name="outcomes",
    label="Outcomes",
    purpose="To know how pupils do: figures of groups, made of results that stand without names unless a school "
    "decides to keep them.",
    characteristics=("2.1",),
    navigation=(
        NavigationItem("Pupils", "Our results", "results", rules.see_results, group="Results"),
        NavigationItem("Pupils", "Published results", "published", group="Results"),
        NavigationItem("Pupils", "Schools like ours", "similar", group="Results"),
        *acting.NAVIGATION,
        NavigationItem("Pupils", "Bring results", "pupil-files", rules.bring_results),
        NavigationItem("Pupils", "Pupils' names", "pupil-names", rules.watch_names),
    ),
    evidence_kinds=acting.EVIDENCE_KINDS,
    measures=own_readings.MEASURES,
    sources=acting.SOURCES,
    next_actions=waiting.next_actions,
    person_data=(
        PersonData(
            "outcomes.PupilYear",
            (),
            WITHOUT_A_NAME,
            heading="What is known of pupils in a year",
            whose=(),
            others=(
                "pupil", "year_group", "sex", "ethnicity", "language", "sen", "disadvantaged", "prior",
                "sessions_possible", "sessions_missed",
            ),
        ),
        PersonData(
            "outcomes.Scores", (), WITHOUT_A_NAME, heading="Pupils' scores", whose=(), others=("pupil", "by_subject")
        ),
        PersonData(
            "outcomes.NamesKept", ("by",), "kept: who decided that names are held", heading="Names you switched on"
        ),
        PersonData(
            "outcomes.PupilName",
            (),
            "Goes with the pupil's row, or as soon as the school switches names off.",
            heading="Pupils' names",
            whose=(),
            others=("pupil", "name"),
        ),
        *acting.PERSON_DATA,
    ),
    retention=(
        Retention(
            "outcomes.PupilYear", "what is known of pupils in a year", "The academic year and six more", SCHOOL_RULE,
            "year", 84, Fate.DELETE,
        ),
        Retention(
            "outcomes.Assessment", "assessments", "The academic year and six more", SCHOOL_RULE, "year", 84, Fate.DELETE
        ),
        Retention(
            "outcomes.Scores", "pupils' scores", "As long as its assessment", SCHOOL_RULE,
            follows="outcomes.Assessment",
        ),
        Retention(
            "outcomes.NamesKept", "the switch for pupils' names", "While the school keeps names",
            "It says who decided.",
        ),
        Retention(
            "outcomes.PupilName", "pupils' names, where the school switched them on",
            "As long as the pupil is kept, or until the school switches names off", SCHOOL_RULE,
            follows="people.Pupil",
        ),
        *acting.RETENTION,
    ),
    permits=(
        Permit("outcomes:read", "Read which schools are most like ours, and the school's results as figures"),
        Permit("outcomes:write", "Set targets, note meetings and interventions, and what was spent for whom"),
    ),
)  # fmt: skip
