"""Pupils and results of the demonstration's three schools over three years and a bit: drawn, never real, never named.

Each pupil is drawn once, by a seed made of the school and the year of entry, and then lives through its years.
"""

import dataclasses
import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.conf import settings

from headship.outcomes.pupil_brought import Brought, Known, Sat
from headship.people.rosters import hash_of
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event

EARLIER = 3  # years that are over when the demonstration stands
MOVES, LATE = 0.05, 500  # how many move within these years; their number begins here
SESSIONS, SO_FAR = 380, 86  # mornings and afternoons of a year, and of one until November
ETHNICITIES = (
    ("White British", 72), ("Any other White background", 7), ("Pakistani", 4), ("Indian", 4), ("Black African", 4),
    ("White and Black Caribbean", 3), ("Any other mixed background", 3), ("Bangladeshi", 2), ("", 1),
)  # fmt: skip
AUTUMN, SUMMER = "Year 10 autumn assessment", "Year 10 summer assessment"
YEAR_10 = {AUTUMN: (-0.8, "autumn 7 wed"), SUMMER: (-0.4, "summer 7 wed")}  # how far below GCSE, and when they sat
CORE = ("english_language", "english_literature", "maths")
OPTIONS = (
    "art", "music", "drama", "computer_science", "pe", "food", "design_technology", "business", "religious_studies",
)  # fmt: skip
HARDER = {"maths": -0.2, "english_literature": 0.1, "art": 0.4, "drama": 0.4, "computer_science": -0.4, "french": -0.3}
GROUP_NAMES = ("Reception", *(f"Year {number}" for number in range(1, 14)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pupil as drawn: what stays the same, and between which years they are here."""

    key_hash: str
    since: int
    until: int
    known: Mapping[str, Known]
    ability: float
    missing: float
    seed: str


def events(today: date) -> list[Event]:
    """Return each file that was brought before today, oldest first."""
    every = [event for told in content.trust()["schools"] for event in _of_school(told, today)]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def _of_school(school: Mapping[str, Any], today: date) -> Iterator[Event]:
    years = content.starts_of(today)
    this, last = years["this"], years["last"]
    for year in range(this - EARLIER, this):
        day = dates.day_of(last if year < last else this, "autumn 2 thu")
        yield _event(school, day, year, (f"Pupils and results {year}-{(year + 1) % 100}.csv", SESSIONS))
    if school["phase"] == "Secondary":
        for when, year, name in _sat_in_year_10(last, this):
            yield _event(school, dates.day_of(year, when), year, (f"{name}.xlsx", 0))
    yield _event(school, dates.day_of(this, "autumn 9 fri"), this, ("Attendance so far.csv", SO_FAR))


def _sat_in_year_10(last: int, this: int) -> Iterator[tuple[str, int, str]]:
    """Yield when the school's own assessments of Year 10 were brought, their years and names."""
    yield "autumn 9 wed", last, AUTUMN
    yield "summer 9 wed", last, SUMMER
    yield "autumn 9 wed", this, AUTUMN


def _event(school: Mapping[str, Any], day: date, year: int, file: tuple[str, int]) -> Event:
    name, sessions = file
    at = content.moment(day, f"{school['urn']} pupils") + timedelta(minutes=year % 100)  # one day's in their order
    told = {"file": name, "year": year, "sessions": sessions, "school": school}
    return Event(at, school["urn"], "pupils", content.school(school["file"])["head"], told, year)


def fingerprint(event: Event) -> str:
    """Return what stands for the file that was never written."""
    return hashlib.sha256(f"{event.urn} {event.told['year']} {event.told['file']}".encode()).hexdigest()


def brought(event: Event) -> Brought:
    """Return what a file of the demonstration says."""
    school, year, sessions = event.told["school"], event.told["year"], event.told["sessions"]
    here = {
        GROUP_NAMES[group]: [
            each for each in _cohort(school, year - group + _first(school)) if each.since <= year <= each.until
        ]
        for group in range(_first(school), _last(school) + 1)
    }
    if not sessions:
        sat = _in_year_10(year, event.told["file"].removesuffix(".xlsx"), here["Year 10"])
        return Brought("A table", year, {key: {"year_group": "Year 10"} for key in sat.scores}, (sat,))
    known = {
        each.key_hash: {**each.known, "year_group": group, **_attendance(each, year, sessions)}
        for group, pupils in here.items()
        for each in pupils
    }
    over = sessions == SESSIONS
    leavers = here[GROUP_NAMES[_last(school)]]
    sat = (_gcse if school["phase"] == "Secondary" else _key_stage_2)(year, leavers)
    return Brought("A table", year, known, (sat,) if over else ())


def _first(school: Mapping[str, Any]) -> int:
    return 7 if school["phase"] == "Secondary" else 0


def _last(school: Mapping[str, Any]) -> int:
    return 11 if school["phase"] == "Secondary" else 6


def _cohort(school: Mapping[str, Any], entered: int) -> Iterator[Drawn]:
    """Draw everybody who is ever in the year group that entered a school in a year."""
    groups = _last(school) - _first(school) + 1
    size = school["pupils"] / groups
    draw = Random(f"{school['urn']} {entered}")  # noqa: S311  # a fixed seed is the point; nothing here is secret
    count = math.floor(size) + (draw.random() < size % 1)
    for number in range(count):
        pupil = _pupil(school, entered, number, groups, draw)
        if draw.random() < MOVES:  # one leaves, and another comes in their place
            other = _pupil(school, entered, number + LATE, groups, draw)
            yield dataclasses.replace(pupil, until=other.since - 1)
            yield other
        else:
            yield pupil


def _pupil(school: Mapping[str, Any], entered: int, number: int, groups: int, draw: Random) -> Drawn:
    told = school["figures"]
    poor = draw.random() < told["fsm6"] / 100
    ability = draw.gauss(-0.62 if poor else 0.22, 1)
    late = number >= LATE
    return Drawn(
        key_hash=hash_of(f"Z{school['urn']}{entered % 100:02}{number:03}9", settings.HEADSHIP_PUPIL_KEY),
        since=entered + (draw.randrange(1, groups) if late else 0),
        until=entered + groups - 1,
        known={
            "sex": draw.choice(("female", "male")),
            "ethnicity": draw.choices(*zip(*ETHNICITIES, strict=True))[0],
            "language": "other" if draw.random() < _share(told["eal"]) else "english",
            "sen": _need(told, ability, draw),
            "disadvantaged": poor,
            "prior": _prior(school, ability, draw, late=late),
        },
        ability=ability,
        missing=_missing(told["absence"], draw, poor=poor),
        seed=f"{school['urn']} {entered} {number}",
    )


def _share(percent: float | str) -> float:
    return 0.05 if isinstance(percent, str) else percent / 100


def _need(told: Mapping[str, Any], ability: float, draw: Random) -> str:
    weight = 1.7 if ability < -0.5 else 0.7
    chance = draw.random()
    if chance < _share(told["plans"]) * weight:
        return "plan"
    return "support" if chance < (_share(told["plans"]) + _share(told["support"])) * weight else "none"


def _prior(school: Mapping[str, Any], ability: float, draw: Random, *, late: bool) -> float | None:
    """Return key stage 2 scaled scores, averaged, or key stage 1 points; who came late often has none."""
    if draw.random() < (0.4 if late else 0.03):
        return None
    if school["phase"] == "Secondary":
        return round(min(120.0, max(80.0, draw.gauss(104.2 + 6.2 * ability, 3.2))) * 2) / 2
    return round(min(4.0, max(1.0, draw.gauss(2.8 + 0.55 * ability, 0.25))) * 4) / 4


def _missing(percent: float, draw: Random, *, poor: bool) -> float:
    """Return the share of sessions this pupil tends to miss: most little, a few much."""
    return percent / 100 * (1.3 if poor else 0.89) * math.exp(draw.gauss(-0.32, 0.8))


def _attendance(pupil: Drawn, year: int, sessions: int) -> dict[str, Known]:
    draw = Random(f"{pupil.seed} {year} attendance")  # noqa: S311  # as above
    missed = sum(draw.random() < min(0.6, pupil.missing) for _ in range(sessions))
    return {"sessions_possible": sessions, "sessions_missed": missed}


# ── results ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _key_stage_2(year: int, pupils: list[Drawn]) -> Sat:
    scores = {each.key_hash: dict(_tests(each, year)) for each in pupils}
    return Sat("Key stage 2 tests", "ks2_scaled", date(year + 1, 5, 13).isoformat(), scores)


def _tests(pupil: Drawn, year: int) -> Iterator[tuple[str, float | None]]:
    draw = Random(f"{pupil.seed} {year} tests")  # noqa: S311  # as above
    for subject, mean in (("reading", 105.2), ("gps", 105.0), ("maths", 104.3)):
        score = round(min(120.0, max(80.0, draw.gauss(mean + 5.6 * pupil.ability, 4.2))))
        yield subject, None if draw.random() < 0.015 else float(score)


def _gcse(year: int, pupils: list[Drawn]) -> Sat:
    scores = {each.key_hash: dict(_grades(each, year, _entered(each))) for each in pupils}
    return Sat("GCSE", "gcse", date(year + 1, 8, 20).isoformat(), scores)


def _in_year_10(year: int, name: str, pupils: list[Drawn]) -> Sat:
    subjects = ("english_language", "maths", "combined_science_1", "combined_science_2")
    shift, when = YEAR_10[name]
    scores = {each.key_hash: dict(_grades(each, year, subjects, shift=shift)) for each in pupils}
    return Sat(name, "gcse", dates.day_of(year, when).isoformat(), scores)


def _entered(pupil: Drawn) -> tuple[str, ...]:
    """Draw what a pupil is entered for: the core, sciences, humanities, perhaps a language, and options."""
    draw = Random(f"{pupil.seed} entries")  # noqa: S311  # as above
    able = pupil.ability > 0.6
    three = able and draw.random() < 0.6
    sciences = ("biology", "chemistry", "physics") if three else ("combined_science_1", "combined_science_2")
    humanities = ("geography", "history") if draw.random() < 0.12 else (draw.choice(("geography", "history")),)
    language = (draw.choice(("french", "spanish")),) if draw.random() < (0.65 if able else 0.38) else ()
    options = draw.sample(OPTIONS, 3 - len(language) - (len(humanities) - 1))
    few = pupil.known["sen"] == "plan" and draw.random() < 0.5
    return (*CORE, *sciences) if few else (*CORE, *sciences, *humanities, *language, *options)


def _grades(
    pupil: Drawn, year: int, subjects: tuple[str, ...], shift: float = 0.0
) -> Iterator[tuple[str, float | None]]:
    draw = Random(f"{pupil.seed} {year} {shift}")  # noqa: S311  # as above
    lost = 0.5 if pupil.missing > 0.12 else 0.0
    day = draw.gauss(4.95 + shift - lost + 1.45 * pupil.ability, 0.7)
    for subject in subjects:
        grade = round(min(9.0, max(0.0, draw.gauss(day + HARDER.get(subject, 0.0), 0.8))))
        yield subject, None if draw.random() < 0.012 else float(grade)
