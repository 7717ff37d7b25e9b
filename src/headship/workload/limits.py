"""What a full-time teacher can be told to work, from the policy values of an academic year."""

from datetime import date

from headship.analysis.directed_time import HOUR, Limits
from headship.policy import loader
from headship.schools.calendar_dates import bounds, year_of


def of_year(starts_in: int) -> Limits:
    """Return the limits of an academic year."""
    return Limits(
        minutes=_number("directed_time.hours", starts_in) * HOUR,
        days=_number("directed_time.days", starts_in),
        teaching_days=_number("directed_time.teaching_days", starts_in),
    )


def ppa(starts_in: int) -> str:
    """Say how much PPA there is to be at least, and where that stands."""
    found = loader.value_on("directed_time.ppa_percent", bounds(starts_in)[0])
    return f"at least {found.value}% of timetabled teaching is to be. Source: {found.cited}"


def cited(day: date) -> str:
    """Say the limits of a day's year, and where they stand."""
    starts_in = year_of(day)
    found = of_year(starts_in)
    source = loader.value_on("directed_time.hours", bounds(starts_in)[0]).cited
    return (
        f"Full time is {found.minutes // HOUR:,} hours over {found.days} days, {found.teaching_days} of them "
        f"with teaching. Source: {source}."
    )


def _number(code: str, starts_in: int) -> int:
    value = loader.value_on(code, bounds(starts_in)[0]).value
    assert isinstance(value, int)  # hours, days and percent are whole
    return value
