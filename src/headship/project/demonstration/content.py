"""What the demonstration tells: schools, people and a year and a bit of their work, as YAML beside this file."""

import functools
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from headship.project.demonstration import dates

FOLDER = Path(__file__).parent / "content"
HERE = ZoneInfo("Europe/London")
WORKING_DAY, EVENING = (8, 17), (19, 21)
EVERY_YEAR = ("last", "this")
LISTED_AT = 990003  # the school whose staff list there is


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did at a moment. `kind` names the builder's function for it, `told` is its content."""

    at: datetime
    urn: int
    kind: str
    by: str
    told: Mapping[str, Any]
    starts_in: int

    def day(self, when: str) -> date:
        """Return the day that a term, week and weekday name; "last" or "this" before them names the year."""
        return dates.day_of(self.starts_in, when)


@functools.cache
def trust() -> dict[str, Any]:
    """Return the trust, its schools, people and relationships."""
    told: dict[str, Any] = yaml.safe_load((FOLDER / "trust.yaml").read_text(encoding="utf-8"))
    return told


@functools.cache
def staff() -> dict[str, dict[str, Any]]:
    """Return who is on the largest school's staff list beside the cast, by key, each with the role it gives them."""
    told: dict[str, Any] = yaml.safe_load((FOLDER / "staff.yaml").read_text(encoding="utf-8"))
    return {key: {**person, "role": role} for role, people in told.items() for key, person in people.items()}


def those(names: Iterable[str]) -> list[str]:
    """Return the people some names stand for: a role of the staff list stands for everybody who has it there."""
    of = {each: [key for key, person in staff().items() if person["role"] == each] for each in names}
    return [key for name, found in of.items() for key in found or [name]]


def schools() -> dict[str, str]:
    """Return the schools' names by their URNs, as addresses write them."""
    return {str(told["urn"]): told["name"] for told in trust()["schools"]}


@functools.cache
def school(file: str) -> dict[str, Any]:
    """Return what one school's file tells."""
    told: dict[str, Any] = yaml.safe_load((FOLDER / f"{file}.yaml").read_text(encoding="utf-8"))
    return told


def starts_of(today: date) -> dict[str, int]:
    """Return the two academic years the demonstration covers, by the words its files use."""
    this = dates.year_of(today)
    return {"last": this - 1, "this": this}


def events(today: date) -> list[Event]:
    """Return everything that happened before today, oldest first: the same for every run on one day."""
    every = [event for told in trust()["schools"] for event in _of_school(school(told["file"]), today)]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _spread(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what is told `each` of some of the staff list as told of one after another, by whoever appraises them."""
    if "each" not in told:
        return [told]
    return [{**staff()[key], **told, "of": key, "by": staff()[key]["by"]} for key in those(told["each"])]


def moment(day: date, key: str, hours: tuple[int, int] = WORKING_DAY) -> datetime:
    """Return a minute of that day, always the same for the same key."""
    first, last = (hour * 60 for hour in hours)
    minutes = first + zlib.crc32(key.encode()) % (last - first)
    return datetime.combine(day, time(), HERE) + timedelta(minutes=minutes)


def _of_school(told: Mapping[str, Any], today: date) -> Iterator[Event]:
    urn, head, years = told["urn"], told["head"], starts_of(today)
    for name, starts_in in years.items():
        summer = date(starts_in, 8, 26)
        yield Event(moment(summer, f"terms {urn}"), urn, "terms", head, {}, starts_in)
        for each in told["days"][name]:
            yield Event(moment(summer + timedelta(1), each["words"]), urn, "day", head, each, starts_in)
        for each in told["decisions"][name]:
            yield from _decided(urn, starts_in, each)
        for each in told["learning"][name]:
            at = moment(dates.day_of(starts_in, each["when"]), each["what"])
            yield Event(at, urn, "learning", each["by"], each, starts_in)
    for each in told["values"]:
        at = moment(date(years["last"], 8, 28), each["name"])
        yield Event(at, urn, "value", head, each, years["last"])
    for each in told["reflections"]:
        name, when = each["when"].split(" ", 1)
        at = moment(dates.day_of(years[name], when), each["words"], EVENING)
        yield Event(at, urn, "reflection", head, each, years[name])


def _decided(urn: int, starts_in: int, told: Mapping[str, Any]) -> Iterator[Event]:
    at = moment(dates.day_of(starts_in, told["when"]), told["what"])
    yield Event(at, urn, "decision", told["by"], told, starts_in)
    for kind in ("changed", "withdrawn"):
        if kind in told:
            yield Event(at + timedelta(days=told[kind]["after_days"]), urn, kind, told["by"], told, starts_in)


def email_of(key: str) -> str:
    """Return the invented address of somebody in the cast.

    >>> email_of("ada")
    'ada@hedgerow.example'
    """
    return f"{key}@hedgerow.example"


def dated(name: str, today: date) -> list[Event]:
    """Return what a file tells of each school, before today and oldest first; what is of one day is an hour apart."""
    told: dict[int, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    years, every, of_a_day = starts_of(today), [], Counter[tuple[int, date]]()
    for urn, given in told.items():
        for at, each in enumerate(given):
            year, when = each["when"].split(" ", 1)
            day = dates.day_of(years[year], when)
            hour = 8 + of_a_day[urn, day]
            of_a_day[urn, day] += 1
            happened = moment(day, f"{urn} {at} {each['does']}", (hour, hour + 1))
            every += [Event(happened, urn, name, one["by"], one, years[year]) for one in _spread(each)]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))
