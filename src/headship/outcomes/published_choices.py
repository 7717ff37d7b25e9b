"""Which published measures the page of published results shows, by phase, and how they go together."""

from collections.abc import Mapping
from dataclasses import dataclass

from headship.outcomes.choices import ABSENCE
from headship.schools.choices import DISADVANTAGED, OTHER, grouped

ENOUGH_SCHOOLS = 30  # schools with an interval, for a picture of all of them to mean anything


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its heading, its anchor, its measures, the most telling first."""

    title: str
    anchor: str
    measures: tuple[str, ...]


KS2_PROGRESS = ("ks2_reading_progress", "ks2_writing_progress", "ks2_maths_progress")
WENT = (
    "into_education_pct",
    "into_apprenticeships_pct",
    "into_work_pct",
    "destinations_lost_pct",
    "destinations_unknown_pct",
)
PRIMARY = (
    Section(
        "Results at the end of Year 6",
        "results",
        ("ks2_rwm_expected_pct", "ks2_rwm_higher_pct", "ks2_reading_scaled", "ks2_maths_scaled"),
    ),
    Section("Progress from key stage 1 to 2", "progress", KS2_PROGRESS),
)
SECONDARY = (
    Section(
        "Results at the end of Year 11",
        "results",
        ("attainment8", "english_maths_5_pct", "english_maths_4_pct", "ebacc_points", "ebacc_entered_pct"),
    ),
    Section("Progress from key stage 2 to 4", "progress", ("progress8",)),
    Section("Where pupils went after Year 11", "destinations", ("destinations_pct",)),
)
ATTENDING = Section("Absence", "absence", ABSENCE)
SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "Primary": (*PRIMARY, ATTENDING),
    "Middle deemed primary": (*PRIMARY, ATTENDING),
    "Secondary": (*SECONDARY, ATTENDING),
    "Middle deemed secondary": (*SECONDARY, ATTENDING),
    "All-through": (*PRIMARY, *SECONDARY, ATTENDING),
}
ANY_PHASE = (*PRIMARY, *SECONDARY, ATTENDING)  # for every other phase: whatever is published of the school

# Measures whose difference between disadvantaged pupils and others is shown, the most telling first.
GAPS = (
    "ks2_rwm_expected_pct", *KS2_PROGRESS, "attainment8", "progress8", "english_maths_5_pct", "ebacc_points",
    "destinations_pct",
)  # fmt: skip
SPENT_BESIDE = ("ks2_rwm_expected_pct", "ks2_reading_progress", "attainment8", "progress8")
PROGRESS = (*KS2_PROGRESS, "progress8")  # the average pupil's is 0 by how they are made
SUBJECTS = ("reading", "writing", "maths", "gps", "science")
BY_SUBJECT = tuple(
    (subject, tuple(f"ks2_{subject}_{kind}" for kind in ("expected_pct", "higher_pct"))) for subject in SUBJECTS
)
METHODS = {"Attendance": "published-absence", "Where pupils went on to": "published-destinations"}


def method_of(measure: str, group: str) -> str:
    """Return the page that tells how a measure comes about."""
    return METHODS.get(group) or ("published-progress" if "progress" in measure else "published-attainment")


# What a picture spans at least, in the measure's own units, so that a small difference looks small.
SPANS = {"%": 20.0, "progress8": 1.0, "attainment8": 20.0, "ebacc": 2.0, "ks2": 8.0}


def span_of(measure: str) -> float:
    """Return what a picture of a measure spans at least.

    >>> span_of("ks2_rwm_expected_pct"), span_of("progress8_other"), span_of("ks2_reading_scaled")
    (20.0, 1.0, 8.0)
    """
    if measure.endswith("_pct"):
        return SPANS["%"]
    return next((span for start, span in SPANS.items() if measure.startswith(start)), 0.0)


def pair(measure: str) -> tuple[str, str]:
    """Return a measure's codes for disadvantaged pupils and for all others."""
    return grouped(measure, DISADVANTAGED), grouped(measure, OTHER)


def is_progress(measure: str) -> bool:
    """Whether it is progress, of which the average pupil in England has 0."""
    return "progress" in measure and not measure.endswith("_gap")
