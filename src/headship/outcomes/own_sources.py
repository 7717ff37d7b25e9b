"""The rules behind figures of a school's own results: each with its source, and whether anybody has read it there."""

from datetime import date

from headship.policy import loader as policy

BEHIND = (
    "disclosure.pupils_hidden_to",
    "scales.ks2_scaled",
    "scales.gcse",
    "attainment_8.slots",
    "attendance.persistent_absence",
    "ks2_progress.years_without",
    "progress_8.years_without",
)


def on(day: date) -> tuple[str, ...]:
    """Return the rules as they stand on a day, in sentences."""
    return tuple(f"{each.words}. {each.cited}." for each in (policy.value_on(code, day) for code in BEHIND))
