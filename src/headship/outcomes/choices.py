"""Which published measures schools are compared by and in, what is kept of a pupil, and what scores mean."""

from collections.abc import Mapping
from dataclasses import dataclass

# The policy parameter with the weights of what makes schools of a phase alike, and the one that divides them, if any.
WEIGHTS: Mapping[str, tuple[str, str]] = {
    "Primary": ("similar_schools.primary", ""),
    "Secondary": ("similar_schools.secondary", "similar_schools.secondary_deviations"),
}
ABSENCE = ("absence_pct", "persistent_absence_pct")
COMPARED: Mapping[str, tuple[str, ...]] = {
    "Primary": ("ks2_reading_progress", "ks2_writing_progress", "ks2_maths_progress", *ABSENCE),
    "Secondary": ("attainment8", "attainment8_disadvantaged", "progress8", "progress8_disadvantaged", *ABSENCE),
}
FEWER = "Fewer than ten similar schools have this figure, so nothing is compared"
ENOUGH = 10  # similar schools with a figure, for their middle half to mean anything

# What is known of a pupil, as it is kept, and in words. Blank is not known.
SEXES: Mapping[str, str] = {"female": "Girls", "male": "Boys"}
LANGUAGES: Mapping[str, str] = {"english": "First language English", "other": "First language other than English"}
SEN: Mapping[str, str] = {
    "none": "No special educational need",
    "support": "SEN support",
    "plan": "Education, health and care plan",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """What the scores of an assessment mean: `policy` names their national ends and standard, else `ends` are given.

    `small` is the difference between two means that we call about the same: our own choice, said on the page.
    """

    code: str
    words: str
    unit: str
    small: float
    policy: str = ""
    ends: tuple[float, float] = (0.0, 0.0)


SCALES: Mapping[str, Scale] = {
    each.code: each
    for each in (
        Scale("ks2_scaled", "Key stage 2 scaled scores", "points", 1.0, "scales.ks2_scaled"),
        Scale("gcse", "GCSE grades 9 to 1 (U is 0)", "grades", 0.25, "scales.gcse"),
        Scale("a_level", "A level grades A* to E as 6 to 1 (U is 0)", "steps", 0.25, ends=(0.0, 6.0)),
        Scale("standardised", "Standardised scores, mean 100", "points", 2.0, ends=(40.0, 160.0)),
        Scale("percent", "Percentages", "%", 2.0, ends=(0.0, 100.0)),
        Scale("points", "Points of the school's own", "points", 0.0, ends=(0.0, 1000.0)),
    )
}
