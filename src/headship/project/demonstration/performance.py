"""Performance tables as the Department for Education shapes them, about schools that do not exist.

Each school's pupils are drawn by its URN, so that a small school's figures move as a small school's do, and are
withheld where they would be. The rows of the authority and of "England" are invented too.
"""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from headship.project.demonstration import content

Row = dict[str, Any]
FEW, SMALL = 90, (8, 4, 7)  # in a school of so many pupils, so many reach the end of Year 6, the newest year first
SUPPRESSED, LEAST = "SUPP", 6  # of fewer pupils the publisher tells nothing
SPREAD_KS2, SPREAD_P8 = 6.0, 1.27  # how pupils' progress is spread about a school's
YEARS = (("", 0), ("_18", 1), ("_17", 2))
SUBJECTS = (("READ", 0), ("WRIT", 1), ("MAT", 2))
GROUPS_2 = (("", "TELIG"), ("_FSM6CLA1A", "TFSM6CLA1A"), ("_NotFSM6CLA1A", "TNotFSM6CLA1A"))
GROUPS_4 = (
    ("", "TPUP", "PTL2BASICS"),
    ("_FSM6CLA1A", "TFSM6CLA1A", "PTFSM6CLA1ABASICS"),
    ("_NFSM6CLA1A", "TNOTFSM6CLA1A", "PTNOTFSM6CLA1ABASICS"),
)
WENT = {"EDUCATION": 0.86, "APPREN": 0.03, "EMPLOYMENT": 0.04, "NOT_SUSTAINED": 0.055, "UNKNOWN": 0.015}


def year_6(rows: Sequence[Row]) -> Iterable[Row]:
    """Return the key stage 2 table of 2018/19: every primary school, then the authority and the country."""
    for row in rows:
        yield _year_6(row)
    yield _area_2("3", 3_000, (0.62, 0.47, 0.67), 0.2)
    yield _area_2("5", 600_000, (0.65, 0.51, 0.71), 0.0)


def _year_6(row: Row) -> Row:
    draw = Random(row["urn"])  # noqa: S311  # a fixed seed is the point; nothing here is secret
    counts = [round(row["pupils"] / 7 + draw.gauss(0, 1.5)) for _ in YEARS] if row["pupils"] > FEW else list(SMALL)
    poor = [round(each * row["fsm6"] / 100) for each in counts]
    found: Row = {"RECTYPE": "1", "LEA": _authority(), "URN": row["urn"], "TOTPUPS": row["pupils"]}
    for (ending, count), group in zip(GROUPS_2, _apart(counts[0], poor[0]), strict=True):
        found[count] = group if group >= LEAST else SUPPRESSED
        behind = 0.14 if ending == "_FSM6CLA1A" else 0.0
        found[f"PTRWM_EXP{ending}"] = _share(draw, group, 0.66 - behind)
        found[f"PTRWM_HIGH{ending}"] = _share(draw, group, 0.11 - behind / 3)
        for subject, place in SUBJECTS:
            middle = row["progress"][place] - 6 * behind
            found |= _progress(f"{subject}PROG{ending}", "", middle, group, SPREAD_KS2)
    found |= {heading: _share(draw, counts[0], rate) for heading, rate in _STANDARDS.items()}
    found |= {f"{each}_AVERAGE": _score(draw, counts[0]) for each in ("READ", "MAT", "GPS")}
    for ending, ago in YEARS[1:]:
        found |= _year_6_before(draw, row, ending, counts[ago], poor[ago])
    return found


_STANDARDS = {
    "PTREAD_EXP": 0.74, "PTREAD_HIGH": 0.27, "PTWRITTA_EXP": 0.78, "PTWRITTA_HIGH": 0.2, "PTMAT_EXP": 0.79,
    "PTMAT_HIGH": 0.26, "PTGPS_EXP": 0.78, "PTGPS_HIGH": 0.35, "PTSCITA_EXP": 0.83, "PTFSM6CLA1A": 0.3,
}  # fmt: skip


def _year_6_before(draw: Random, row: Row, ending: str, count: int, poor: int) -> Row:
    found: Row = {f"TELIG{ending}": count if count >= LEAST else SUPPRESSED}
    found[f"PTRWM_EXP{ending}"] = _share(draw, count, 0.64)
    found[f"PTRWM_HIGH{ending}"] = _share(draw, count, 0.1)
    _, poor, rest = _apart(count, poor)
    found[f"PTRWM_EXP_FSM6CLA1A{ending}"] = _share(draw, poor, 0.5)
    found[f"PTRWM_EXP_NotFSM6CLA1A{ending}"] = _share(draw, rest, 0.68)
    for subject, place in SUBJECTS:
        middle = row["progress"][place] + draw.gauss(0, SPREAD_KS2 / count**0.5)
        found |= _progress(f"{subject}PROG", ending, middle, count, SPREAD_KS2)
    return found | {f"{each}_AVERAGE{ending}": _score(draw, count) for each in ("READ", "MAT")}


def _apart(count: int, poor: int) -> tuple[int, int, int]:
    """Return how many pupils stand behind the figures of all, of disadvantaged ones and of others.

    Where one of the two groups is too small to be told, the other is not told either: it would follow.
    """
    return (count, poor, count - poor) if min(poor, count - poor) >= LEAST else (count, 0, 0)


def _area_2(kind: str, pupils: int, shares: Sequence[float], progress: float) -> Row:
    found: Row = {"RECTYPE": kind, "LEA": _authority() if kind == "3" else "", "URN": "", "TELIG": pupils}
    found |= {"TFSM6CLA1A": round(pupils * 0.3), "TNotFSM6CLA1A": round(pupils * 0.7)}
    for (ending, _), share in zip(GROUPS_2, shares, strict=True):
        found |= {f"PTRWM_EXP{ending}": f"{share:.0%}", f"PTRWM_HIGH{ending}": f"{share / 6:.0%}"}
        found |= {f"{subject}PROG{ending}": progress for subject, _ in SUBJECTS if not ending}
    found |= {heading: f"{rate:.0%}" for heading, rate in _STANDARDS.items()}
    found |= {f"{each}_AVERAGE": 104 for each in ("READ", "MAT", "GPS")}
    for ending, ago in YEARS[1:]:
        found |= {
            f"PTRWM_EXP{ending}": f"{shares[0] - ago / 100:.0%}",
            f"PTRWM_HIGH{ending}": "10%",
            f"TELIG{ending}": pupils,
        }
    return found


def year_11(rows: Sequence[Row]) -> Iterable[Row]:
    """Return the key stage 4 table of 2018/19: every secondary school, then the authority and the country."""
    for row in rows:
        yield _year_11(row)
    yield _area_4("4", 4_000, (45.9, 36.0, 49.8), -0.05)
    yield _area_4("7", 540_000, (46.7, 36.8, 50.5), -0.03)


def _year_11(row: Row) -> Row:
    draw = Random(row["urn"])  # noqa: S311  # as above
    found: Row = {"RECTYPE": "1", "LEA": _authority(), "URN": row["urn"], "TOTPUPS": row["pupils"]}
    for year, ago in YEARS:
        pupils = round(row["pupils"] / 5 + draw.gauss(0, 5))
        poor = round(pupils * row["fsm6"] / 100)
        moved = draw.gauss(0, 0.06)
        for (group, count, passes), size, place in zip(GROUPS_4, (pupils, poor, pupils - poor), (0, 1, 2), strict=True):
            found |= {f"{count}{year}": size, f"P8PUP{group}{year}": round(size * 0.96)}
            found[f"ATT8SCR{group}{year}"] = round(row["attainment"][place] + 10 * moved + ago / 5, 1)
            found[f"EBACCAPS{group}{year}"] = round(row["attainment"][place] / 11.4 + moved, 2)
            middle = row["progress8"][place] + moved
            names = (f"P8MEA{group}{year}", f"P8CILOW{group}{year}", f"P8CIUPP{group}{year}")
            found |= dict(zip(names, _limits(middle, round(size * 0.96), SPREAD_P8, 2), strict=True))
            rate = 0.43 + (row["attainment"][place] - 46.7) / 60
            found |= {
                f"{passes}_95{year}": _share(draw, size, rate),
                f"{passes}_94{year}": _share(draw, size, rate + 0.21),
            }
    return found | {"PTEBACC_E_PTQ_EE": f"{draw.gauss(0.4, 0.1):.0%}", "PTFSM6CLA1A": f"{row['fsm6']:.0f}%"}


def _area_4(kind: str, pupils: int, attainment: Sequence[float], progress: float) -> Row:
    found: Row = {"RECTYPE": kind, "LEA": _authority() if kind == "4" else "", "URN": "", "PTEBACC_E_PTQ_EE": "40%"}
    for year, ago in YEARS:
        for (group, count, passes), points, share in zip(GROUPS_4, attainment, (1.0, 0.26, 0.74), strict=True):
            found |= {f"{count}{year}": round(pupils * share), f"ATT8SCR{group}{year}": round(points - ago / 10, 1)}
            found |= {f"EBACCAPS{group}{year}": round(points / 11.5, 2)}
            found |= {
                f"{passes}_95{year}": f"{0.43 + (points - 46.7) / 60:.0%}",
                f"{passes}_94{year}": f"{0.64 + (points - 46.7) / 60:.0%}",
            }
        found |= {
            f"P8MEA{year}": progress,
            f"P8MEA_FSM6CLA1A{year}": progress - 0.42,
            f"P8MEA_NFSM6CLA1A{year}": progress + 0.15,
        }
    return found


def destinations(rows: Sequence[Row]) -> Iterable[Row]:
    """Return where pupils of each secondary school went, over three years, then the authority's and the country's."""
    for row in rows:
        draw = Random(row["urn"] + 1)  # noqa: S311  # as above
        pupils = round(row["pupils"] / 5)
        yield {"RECTYPE": "1", "LEA": _authority(), "URN": row["urn"]} | _went(pupils, row["fsm6"], draw)
    yield {"RECTYPE": "LA", "LEA": _authority(), "URN": ""} | _went(4_000, 25, Random(1))  # noqa: S311  # as above
    yield {"RECTYPE": "NAT", "LEA": "", "URN": ""} | _went(540_000, 26, None)


def _went(pupils: int, fsm6: float, draw: Random | None) -> Row:
    found: Row = {}
    poor = round(pupils * fsm6 / 100)
    for ending, size, behind in (("", pupils, 0.0), ("_DIS", poor, 0.06), ("_NONDIS", pupils - poor, -0.02)):
        found[f"COHORT{ending}"] = size
        for year in ("", "_21", "_20"):
            found[f"OVERALL_DESTPER{ending}{year}"] = _share(draw, size, 0.94 - behind)
            found[f"COHORT{ending}{year}"] = size
        for heading, rate in WENT.items():
            found[f"{heading}PER{ending}"] = _share(draw, size, rate - behind if heading == "EDUCATION" else rate)
    return found


def finances(rows: Sequence[Row]) -> Iterable[Row]:
    """Return income and spending of 2017/18; a small school costs more for each pupil."""
    for row in rows:
        draw = Random(row["urn"] + 2)  # noqa: S311  # as above
        each = (5_600 if row["phase"] == "Secondary" else 4_300) + 12 * row["fsm6"] + 60_000 / row["pupils"]
        income = round(row["pupils"] * (each + draw.gauss(0, 220)), 2)
        spent = round(income * draw.gauss(0.995, 0.02), 2)
        yield {
            "URN": row["urn"],
            "Income": income,
            "Expenditure": spent,
            "Balance": round(income - spent, 2),
            "Academic Year": 2018,
        }


def _authority() -> int:
    return int(content.trust()["authority"]["code"])


def _share(draw: Random | None, count: int, rate: float) -> str:
    """Return a share of pupils as it is printed, of so many drawn; without a draw the rate itself."""
    if draw is None:
        return f"{rate:.0%}"
    if count < LEAST:
        return SUPPRESSED
    return f"{sum(draw.random() < rate for _ in range(count)) / count:.0%}"


def _score(draw: Random, count: int) -> str:
    """Return an average scaled score, as it is printed."""
    return str(round(104.5 + draw.gauss(0, 7) / count**0.5 + draw.gauss(0, 1))) if count >= LEAST else SUPPRESSED


def _progress(start: str, ending: str, middle: float, count: int, spread: float) -> Row:
    names = (f"{start}{ending}", f"{start}_LOWER{ending}", f"{start}_UPPER{ending}")
    return dict(zip(names, _limits(middle, count, spread, 1), strict=True))


def _limits(middle: float, count: int, spread: float, places: int) -> tuple[Any, Any, Any]:
    """Return a value with both ends of its interval, as they are printed."""
    if count < LEAST:
        return SUPPRESSED, SUPPRESSED, SUPPRESSED
    half, value = 1.96 * spread / count**0.5, round(middle, places)
    return value, round(value - half, places), round(value + half, places)
