"""Published files as the Department for Education shapes them, about schools that do not exist.

Sixty-four comparison schools are drawn by a fixed seed, so that there is a middle to compare with; the three schools of
the demonstration have figures of their own. The product's importers read these files like any other.
"""

import csv
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any

from headship.project.demonstration import content, performance

SEED, FIRST_URN, PRIMARIES, SECONDARIES = 24, 980001, 32, 32
Row = dict[str, Any]
PRIOR_FROM = (80, 90, 96, 100, 102.5, 105, 107.5, 110, 113.5, 117, 120.5)
GRADED = {
    "English Language": 0.2, "English Literature": 0.1, "Mathematics": 0.0, "History": 0.1, "Geography": 0.0,
    "French": -0.3, "Spanish": -0.2, "Biology": 0.4, "Chemistry": 0.4, "Physics": 0.4, "Religious Studies": 0.2,
    "Art and Design": 0.3, "Music": 0.3, "Drama": 0.3, "Computer Science": -0.2, "Design & Technology": -0.1,
    "Physical Education": 0.2, "Business": 0.0,
}  # fmt: skip
# The one file that names no year, as its publisher's does; so its columns are named with theirs.
PRIMARY_VALUES = "similar-primary.csv"
PRIMARY_COLUMNS = {
    "URN": "urn",
    "Ks1PriorRwmAverage": "similar_ks1_prior@2022",
    "PPPerc": "similar_pupil_premium_pct@2022",
    "PercentEAL": "similar_eal_pct@2022",
    "Polar4QuintilePupils": "similar_polar4@2022",
    "PStability": "similar_stability_pct@2022",
    "IdaciPupils": "similar_idaci@2022",
    "PercentSchSupport": "similar_sen_support_pct@2022",
    "NumberOfPupils": "similar_pupils@2022",
    "PercentageStatementOrEHP": "similar_ehcp_pct@2022",
}
# What is invented of "England", where the tables have rows of it.
NATIONAL_ABSENCE: tuple[Row, ...] = (
    {"LA": "NAT", "ESTAB": "PRI", "PERCTOT": 5.8, "PPERSABS10": 16},
    {"LA": "NAT", "ESTAB": "SEC", "PERCTOT": 8.8, "PPERSABS10": 25.5},
)


def files(place: Path) -> list[Path]:
    """Write every file into a folder and return them in the order in which they are imported."""
    rows = [*_own(), *_compared()]
    primary, secondary = ([each for each in rows if each["phase"] == phase] for phase in ("Primary", "Secondary"))
    return [
        _written(place / "groups.csv", [_group()]),
        _written(place / "edubasealldata.csv", map(_register, rows)),
        _written(place / "schools_england.csv", map(_joined, rows)),
        _written(place / "census.csv", map(_census, rows)),
        _written(place / "absence.csv", [*map(_absence, rows), *NATIONAL_ABSENCE]),
        _written(place / "workforce.csv", map(_workforce, rows)),
        _written(place / "similar-secondary.csv", map(_similar, secondary)),
        _written(place / "key-stage-2.csv", performance.year_6(primary)),
        _written(place / "key-stage-4.csv", performance.year_11(secondary)),
        _written(place / "destinations.csv", performance.destinations(secondary)),
        _written(place / "finances.csv", performance.finances(rows)),
        _written(place / "national-grades.csv", _national_grades()),
        _written(place / PRIMARY_VALUES, map(_similar, primary)),
    ]


def _own() -> Iterable[Row]:
    for school in content.trust()["schools"]:
        yield school | school["figures"] | {"trust": True}


def _compared() -> Iterable[Row]:
    """Draw the comparison schools: about as spread as schools are, and the same on every machine."""
    draw = Random(SEED)  # noqa: S311  # a fixed seed is the point; nothing here is secret
    for number in range(1, PRIMARIES + SECONDARIES + 1):
        secondary = number > PRIMARIES
        absence = round(draw.gauss(8.6 if secondary else 5.9, 0.9), 1)
        fsm = round(min(60.0, max(3.0, draw.gauss(24, 9))), 1)
        yield {
            "urn": FIRST_URN + number - 1,
            "name": f"Comparison Example {'Academy' if secondary else 'Primary School'} {number:02}",
            "phase": "Secondary" if secondary else "Primary",
            "pupils": draw.randrange(700, 1500, 10) if secondary else draw.randrange(90, 460, 10),
            "age_from": 11 if secondary else 4,
            "age_to": 16 if secondary else 11,
            "street": f"{number} Comparison Road",
            "town": "Example Town",
            "postcode": f"ZZ9 {number % 10}ZZ",
            "number": 5000 + number,
            "trust": False,
            "absence": absence,
            "persistent": round(max(4.0, absence * 3 - 2 + draw.gauss(0, 2)), 1),
            "fsm": fsm,
            "fsm6": round(fsm + 2, 1),
            "eal": round(abs(draw.gauss(12, 9)), 1),
            "support": round(abs(draw.gauss(13.5, 3)), 1),
            "plans": round(abs(draw.gauss(2.6, 0.8)), 1),
            "ratio": round(draw.gauss(16.8 if secondary else 20.4, 1.6), 1),
        } | (_results_at_16(draw) if secondary else {"progress": tuple(round(draw.gauss(0, 1.9), 1) for _ in range(3))})


def _results_at_16(draw: Random) -> Row:
    middle = draw.gauss(0, 0.35)
    apart = Random(round(1e6 * middle)).gauss(0, 2)  # noqa: S311  # as above, without a draw of the others'
    attainment = tuple(round(each + 9 * middle, 1) for each in (46.5, 35.5 + apart, 50.5))
    return {"attainment": attainment, "progress8": tuple(round(middle + each, 2) for each in (0, -0.5, 0.15))}


def _group() -> Row:
    trust = content.trust()["trust"]
    return {
        "group_uid": trust["uid"],
        "group_id": trust["group_id"],
        "group_name": trust["name"],
        "group_type": "Multi-academy trust",
        "group_status": "Open",
        "group_postcode": "ZZ1 1AA",
        "open_date": "01/09/2014",
        "closed_date": "",
    }


def _register(row: Row) -> Row:
    told = content.trust()
    return {
        "URN": row["urn"],
        "LA (code)": told["authority"]["code"],
        "LA (name)": told["authority"]["name"],
        "EstablishmentNumber": row["number"],
        "EstablishmentName": row["name"],
        "TypeOfEstablishment (name)": "Academy converter" if row["trust"] else "Community school",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01/09/2014" if row["trust"] else "",
        "CloseDate": "",
        "PhaseOfEducation (name)": row["phase"],
        "StatutoryLowAge": row["age_from"],
        "StatutoryHighAge": row["age_to"],
        "Gender (name)": "Mixed",
        "ReligiousCharacter (name)": "Does not apply",
        "NumberOfPupils": row["pupils"],
        "Trusts (code)": told["trust"]["uid"] if row["trust"] else "",
        "Trusts (name)": told["trust"]["name"] if row["trust"] else "",
        "Street": row["street"],
        "Town": row["town"],
        "Postcode": row["postcode"],
        "GOR (name)": "Example Region",
    }


def _joined(row: Row) -> Row:
    """Return a row of the joined extract; where few pupils make a figure, it is withheld as the publisher would."""
    reading, writing, mathematics = row.get("progress", ("", "", ""))
    attainment, attainment_poor, attainment_rest = row.get("attainment", ("", "", ""))
    progress, progress_poor, progress_rest = row.get("progress8", ("", "", ""))
    return {
        "URN": row["urn"],
        "name": row["name"],
        "local_authority_name": content.trust()["authority"]["name"],
        "phase_of_education": row["phase"],
        "gender": "Mixed",
        "status": "Open",
        "pct_fsm_2025": row["fsm"],
        "absence_pct_2023": row["absence"],
        "persistent_absence_pct_2023": row["persistent"],
        "ATT8SCR_2023": attainment,
        "ATT8SCR_FSM6CLA1A_2023": attainment_poor,
        "ATT8SCR_NFSM6CLA1A_2023": attainment_rest,
        "P8MEA_2023": progress,
        "P8MEA_FSM6CLA1A_2023": progress_poor,
        "P8MEA_NFSM6CLA1A_2023": progress_rest,
        "readprog_2019": reading,
        "writprog_2019": writing,
        "matprog_2019": mathematics,
        "ptr_2018": row["ratio"],
    }


def _census(row: Row) -> Row:
    return {
        "URN": row["urn"],
        "LA": content.trust()["authority"]["code"],
        "Estab": row["number"],
        "SCHOOLTYPE": f"State-funded {row['phase'].lower()}",
        "NOR": row["pupils"],
        "PSENELSE": _percent(row["plans"]),
        "PSENELK": _percent(row["support"]),
        "PNUMEAL": _percent(row["eal"]),
        "PNUMFSMEVER": _percent(row["fsm6"]),
    }


def _percent(value: float | str) -> str:
    """Return a share as the census prints it, or the code it prints for "too few pupils to say"."""
    return value if isinstance(value, str) else f"{value}%"


def _absence(row: Row) -> Row:
    return {
        "LA": content.trust()["authority"]["code"],
        "ESTAB": row["number"],
        "URN": row["urn"],
        "PERCTOT": row["absence"],
        "PPERSABS10": row["persistent"],
    }


def _workforce(row: Row) -> Row:
    teachers = round(row["pupils"] / row["ratio"], 1)
    return {
        "LA Number": content.trust()["authority"]["code"],
        "Establishment Number": row["number"],
        "URN": row["urn"],
        "Total Number of Teachers (Headcount)": round(teachers * 1.12),
        "Total Number of Teachers (Full-Time Equivalent)": teachers,
        "Pupil:     Teacher Ratio": row["ratio"],
        "Mean Gross FTE Salary of All Teachers (£s)": f"£{41_000 + row['urn'] % 97 * 55:,}",
    }


def _similar(row: Row) -> Row:
    """Return what a school is compared by, drawn by its URN; where few pupils make a share, nobody can say it."""
    draw = Random(row["urn"])  # noqa: S311  # as above
    prior = (
        {"KS2RP": round(draw.gauss(104, 2.2), 3), "KS2MP": round(draw.gauss(104, 2.8), 3)}
        if row["phase"] == "Secondary"
        else {"Ks1PriorRwmAverage": round(draw.gauss(2.8, 0.25), 4)}
    )
    return {
        "URN": row["urn"],
        **prior,
        "PPPerc": round(row["fsm6"] + 1.2, 3),
        "PercentEAL": _known(row["eal"]),
        "Polar4QuintilePupils": round(min(5.0, max(1.0, draw.gauss(3.2, 0.9))), 3),
        "PStability": round(min(100.0, draw.gauss(88, 5)), 3),
        "IdaciPupils": round(min(0.5, max(0.03, row["fsm"] / 120 + draw.gauss(0, 0.02))), 4),
        "PercentSchSupport": row["support"],
        "NumberOfPupils": row["pupils"],
        "PercentageStatementOrEHP": _known(row["plans"]),
    }


def _known(value: float | str) -> float | str:
    return "" if isinstance(value, str) else value


def _written(path: Path, rows: Iterable[Row]) -> Path:
    """Write a file of comma-separated values, as they are published: with a byte order mark."""
    every = list(rows)
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        names = list(dict.fromkeys(name for row in every for name in row))
        writer = csv.DictWriter(file, fieldnames=names)
        writer.writeheader()
        writer.writerows(every)
    return path


def _national_grades() -> Iterable[Row]:
    """Write how the pupils of an invented country did by key stage 2 results: grades about a line, in every subject."""
    for subject, shift in GRADED.items():
        for prior_from, prior_to in pairwise(PRIOR_FROM):
            middle = 4.6 + shift + 0.17 * ((prior_from + prior_to) / 2 - 104)
            shares = [NormalDist(middle, 1.5).cdf(grade + 0.5) for grade in range(10)]
            counts = [round(20_000 * (share - before)) for before, share in zip((0.0, *shares), shares, strict=False)]
            yield {
                "time_period": "202324",
                "breakdown_topic": "Total",
                "breakdown": "Total",
                "ks2_scaled_score_group": f"{prior_from:g} - {prior_to - 0.5:g}",
                "subject": subject,
                **{f"num_{'U' if grade == 0 else grade}": count for grade, count in enumerate(counts)},
            }
