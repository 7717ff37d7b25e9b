"""Academic years for which a published measure does not exist for anybody, so that no figure is taken for one."""

from collections.abc import Mapping
from datetime import date

from headship.policy import loader
from headship.schools.choices import PUBLISHED

YEARS_WITHOUT: Mapping[str, tuple[str, ...]] = {
    "ks2_progress.years_without": tuple(each for each in PUBLISHED if each.startswith("ks2_") and "_progress" in each),
    "progress_8.years_without": ("progress8", "progress8_disadvantaged", "progress8_other", "progress8_gap"),
}
BREAKS: Mapping[str, tuple[str, ...]] = {
    "progress_8.breaks": ("progress8", "progress8_disadvantaged", "progress8_other"),
}


def exists(measure: str, starts_in: int) -> bool:
    """Whether a measure exists for the academic year that starts in a calendar year."""
    rules = [code for code, measures in YEARS_WITHOUT.items() if measure in measures]
    return not any(starts_in in _years(code, starts_in) for code in rules)


def absent(measure: str, first: int, last: int) -> tuple[int, ...]:
    """Return the years, of those that start from `first` to `last`, for which a measure does not exist."""
    return tuple(year for year in range(first, last + 1) if not exists(measure, year))


def breaks(measure: str, day: date) -> tuple[int, ...]:
    """Return the years from which on a measure means something else than before, as the rule stands on a day."""
    return tuple(year for code, measures in BREAKS.items() if measure in measures for year in _value(code, day))


def _years(code: str, starts_in: int) -> tuple[int, ...]:
    """Return a rule's years, as it stands when that academic year is over."""
    return _value(code, date(starts_in + 1, 9, 1))


def _value(code: str, day: date) -> tuple[int, ...]:
    years = loader.value_on(code, day).value
    assert isinstance(years, tuple)
    return years
