"""Which published measures schools are compared by and in, by phase."""

from collections.abc import Mapping

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
