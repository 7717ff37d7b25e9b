"""Academic years for which a published measure does not exist for anybody, so that no figure is taken for one."""

from collections.abc import Mapping
from datetime import date

from headship.policy import loader
from headship.schools.choices import PUBLISHED

YEARS_WITHOUT: Mapping[str, tuple[str, ...]] = {
    "ks2_progress.years_without": tuple(each for each in PUBLISHED if each.startswith("ks2_") and "_progress" in each),
    "progress_8.years_without": ("progress8", "progress8_disadvantaged", "progress8_other", "progress8_gap"),
}


def exists(measure: str, starts_in: int) -> bool:
    """Whether a measure exists for the academic year that starts in a calendar year."""
    rules = [code for code, measures in YEARS_WITHOUT.items() if measure in measures]
    return not any(starts_in in _years(code, starts_in) for code in rules)


def _years(code: str, starts_in: int) -> tuple[int, ...]:
    """Return a rule's years, as it stands when that academic year is over."""
    years = loader.value_on(code, date(starts_in + 1, 9, 1)).value
    assert isinstance(years, tuple)
    return years
