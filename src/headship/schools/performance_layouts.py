"""The Department's performance tables and school financial statements, as they are published: what each column says.

Headings and their meaning are those of the tables' own meta files (`ks2_meta`, `ks4_final_meta`). A heading that ends
in `_18` is of the academic year that ends in 2018; so a table's own columns tell the year, and the tables of another
year do not fit. "measure@2018:low" is the lower published 95% limit, ":high" the upper, ":count" its pupils.
"""

from headship.schools.choices import DISADVANTAGED, OTHER, grouped
from headship.schools.layouts import AUTHORITY, COUNTRY, ELSEWHERE, Areas, Column, Layout, columns

# key stage 2: subject as the headings have it, as our measures have it
_SUBJECTS = (("READ", "reading"), ("WRIT", "writing"), ("MAT", "maths"))
_GROUPS = (("", "", "TELIG"), ("_FSM6CLA1A", DISADVANTAGED, "TFSM6CLA1A"), ("_NotFSM6CLA1A", OTHER, "TNotFSM6CLA1A"))
_STANDARDS = (
    ("PTREAD_EXP", "ks2_reading_expected_pct"),
    ("PTREAD_HIGH", "ks2_reading_higher_pct"),
    ("PTWRITTA_EXP", "ks2_writing_expected_pct"),
    ("PTWRITTA_HIGH", "ks2_writing_higher_pct"),
    ("PTMAT_EXP", "ks2_maths_expected_pct"),
    ("PTMAT_HIGH", "ks2_maths_higher_pct"),
    ("PTGPS_EXP", "ks2_gps_expected_pct"),
    ("PTGPS_HIGH", "ks2_gps_higher_pct"),
    ("PTSCITA_EXP", "ks2_science_expected_pct"),
    ("READ_AVERAGE", "ks2_reading_scaled"),
    ("MAT_AVERAGE", "ks2_maths_scaled"),
    ("GPS_AVERAGE", "ks2_gps_scaled"),
    ("PTFSM6CLA1A", "ks2_disadvantaged_pct"),
)
_EARLIER = ("18", 2017), ("17", 2016)  # how the headings of earlier years end, and the year they start in


def _of(heading: str, place: str, count: str = "") -> tuple[Column, ...]:
    """Return a measure's column, with that of the pupils it rests on."""
    return (Column(heading, place), *([Column(count, f"{place}:count")] if count else []))


def _with_limits(heading: str, low: str, high: str, place: str) -> tuple[Column, ...]:
    return Column(heading, place), Column(low, f"{place}:low"), Column(high, f"{place}:high")


def _ks2() -> tuple[Column, ...]:
    """Return what is read of the key stage 2 table of 2018/19, and of the two years before that stand in it."""
    found = [Column("TOTPUPS", "pupils@2018")]
    for ending, group, count in _GROUPS:
        found += _of(f"PTRWM_EXP{ending}", f"{grouped('ks2_rwm_expected_pct', group)}@2018", count)
        found += _of(f"PTRWM_HIGH{ending}", f"{grouped('ks2_rwm_higher_pct', group)}@2018", count)
        for heading, subject in _SUBJECTS:
            start, place = f"{heading}PROG{ending}", f"{grouped(f'ks2_{subject}_progress', group)}@2018"
            found += _with_limits(start, f"{start}_LOWER", f"{start}_UPPER", place)
    for heading, measure in _STANDARDS:
        found += _of(heading, f"{measure}@2018", "TELIG")
    for ending, year in _EARLIER:
        found += _ks2_earlier(ending, year)
    return tuple(found)


def _ks2_earlier(ending: str, year: int) -> list[Column]:
    count = f"TELIG_{ending}"
    found = [
        *_of(f"PTRWM_EXP_{ending}", f"ks2_rwm_expected_pct@{year}", count),
        *_of(f"PTRWM_HIGH_{ending}", f"ks2_rwm_higher_pct@{year}", count),
        *_of(f"PTRWM_EXP_FSM6CLA1A_{ending}", f"ks2_rwm_expected_disadvantaged_pct@{year}"),
        *_of(f"PTRWM_EXP_NotFSM6CLA1A_{ending}", f"ks2_rwm_expected_other_pct@{year}"),
        *_of(f"READ_AVERAGE_{ending}", f"ks2_reading_scaled@{year}", count),
        *_of(f"MAT_AVERAGE_{ending}", f"ks2_maths_scaled@{year}", count),
    ]
    for heading, subject in _SUBJECTS:
        start, place = f"{heading}PROG", f"ks2_{subject}_progress@{year}"
        found += _with_limits(f"{start}_{ending}", f"{start}_LOWER_{ending}", f"{start}_UPPER_{ending}", place)
    return found


KS2_AREAS = Areas("RECTYPE", {"3": AUTHORITY, "5": COUNTRY, "4": ELSEWHERE}, authority="LEA")
KS2_2018 = Layout(
    "ks2_2018-19",
    "the key stage 2 performance table of 2018/19",
    "URN",
    ("RECTYPE", "URN", "READPROG", "READPROG_LOWER", "TELIG_18", "PTRWM_EXP_18"),
    _ks2(),
    creates=False,
    areas=KS2_AREAS,
)
KS2_2018_EXTRACT = Layout(
    "ks2_extract_2018-19",
    "the short key stage 2 table of 2018/19 (progress alone)",
    "URN",
    ("RECTYPE", "URN", "READPROG", "WRITPROG", "MATPROG", "READPROG_DESCR", "COLOUR1"),
    columns(
        "READPROG > ks2_reading_progress@2018",
        "WRITPROG > ks2_writing_progress@2018",
        "MATPROG > ks2_maths_progress@2018",
    ),
    creates=False,
    areas=KS2_AREAS,
)

# key stage 4: how headings end, our measures' ending, the pupils at its end and those in Progress 8
_KS4_GROUPS = (
    ("", "", "TPUP", "P8PUP"),
    ("_FSM6CLA1A", DISADVANTAGED, "TFSM6CLA1A", "P8PUP_FSM6CLA1A"),
    ("_NFSM6CLA1A", OTHER, "TNOTFSM6CLA1A", "P8PUP_NFSM6CLA1A"),
)
_PASSES = (
    ("PTL2BASICS", "", "TPUP"),
    ("PTFSM6CLA1ABASICS", DISADVANTAGED, "TFSM6CLA1A"),
    ("PTNOTFSM6CLA1ABASICS", OTHER, "TNOTFSM6CLA1A"),
)


def _ks4() -> tuple[Column, ...]:
    """Return what is read of the key stage 4 table of 2018/19, and of the two years before that stand in it."""
    found = [
        Column("TOTPUPS", "pupils@2018"),
        *_of("PTFSM6CLA1A", "disadvantaged_ks4_pct@2018", "TPUP"),
        *_of("PTEBACC_E_PTQ_EE", "ebacc_entered_pct@2018", "TPUP"),
        *_of("PTPRIORLO", "prior_low_pct@2018", "TPUP"),
        *_of("PTPRIORHI", "prior_high_pct@2018", "TPUP"),
    ]
    for ending, year in (("", 2018), *((f"_{each}", year) for each, year in _EARLIER)):
        found += _ks4_year(ending, year)
    return tuple(found)


def _ks4_year(ending: str, year: int) -> list[Column]:
    """Return a year's columns; no earlier year's number of all pupils stands in the table, nor the points of 2017."""
    found: list[Column] = []
    for group, ours, pupils, counted in _KS4_GROUPS:
        count = f"{pupils}{ending}" if ours or not ending else ""
        found += _of(f"ATT8SCR{group}{ending}", f"{grouped('attainment8', ours)}@{year}", count)
        place = f"{grouped('progress8', ours)}@{year}"
        low, high = (f"{start}{group}{ending}" for start in ("P8CILOW", "P8CIUPP"))
        found += [
            *_with_limits(f"P8MEA{group}{ending}", low, high, place),
            Column(f"{counted}{ending}", f"{place}:count"),
        ]
        if ending != "_17":
            found += _of(f"EBACCAPS{group}{ending}", f"{grouped('ebacc_points', ours)}@{year}", count)
    for heading, ours, pupils in _PASSES:
        count = f"{pupils}{ending}" if ours or not ending else ""
        for grade in ("5", "4"):
            found += _of(f"{heading}_9{grade}{ending}", f"{grouped(f'english_maths_{grade}_pct', ours)}@{year}", count)
    return found


KS4_AREAS = Areas("RECTYPE", {"4": AUTHORITY, "7": COUNTRY, "5": ELSEWHERE}, authority="LEA")
KS4_2018 = Layout(
    "ks4_2018-19",
    "the key stage 4 performance table of 2018/19",
    "URN",
    ("RECTYPE", "URN", "P8MEA", "P8CILOW", "TPUP", "P8MEA_18", "ATT8SCR_18"),
    _ks4(),
    creates=False,
    areas=KS4_AREAS,
)
KS4_2018_EXTRACT = Layout(
    "ks4_extract_2018-19",
    "the short key stage 4 table of 2018/19",
    "URN",
    ("RECTYPE", "URN", "P8MEA", "P8_BANDING", "ATT8SCR", "EBACCAPS", "PTL2BASICS_95", "COLOUR1"),
    columns(
        "P8MEA > progress8@2018",
        "ATT8SCR > attainment8@2018",
        "EBACCAPS > ebacc_points@2018",
        "PTL2BASICS_95 > english_maths_5_pct@2018",
        "PTEBACC_E_PTQ_EE > ebacc_entered_pct@2018",
    ),
    creates=False,
    areas=KS4_AREAS,
)
KS4_2022 = Layout(
    "ks4_2022-23",
    "the key stage 4 table of 2022/23, joined with census and absence",
    "URN",
    ("URN", "SCHNAME.x", "ATT8SCR", "ATT8SCR_BOYS", "P8MEA", "PTNOTFSM6CLA1A", "MINORGROUP"),
    columns(
        "TOTPUPS > pupils@2022",
        "ATT8SCR > attainment8@2022",
        "ATT8SCRENG > attainment8_english@2022",
        "ATT8SCRMAT > attainment8_maths@2022",
        "ATT8SCR_FSM6CLA1A > attainment8_disadvantaged@2022",
        "ATT8SCR_NFSM6CLA1A > attainment8_other@2022",
        "P8MEA > progress8@2022",
        "P8MEA_FSM6CLA1A > progress8_disadvantaged@2022",
        "P8MEA_NFSM6CLA1A > progress8_other@2022",
        "PTFSM6CLA1A > disadvantaged_ks4_pct@2022",
        "PTPRIORLO > prior_low_pct@2022",
        "PTPRIORHI > prior_high_pct@2022",
        "PNUMEAL > eal_pct@2022",
        "PNUMFSMEVER > fsm_ever_pct@2022",
        "PERCTOT > absence_pct@2022",
        "PPERSABS10 > persistent_absence_pct@2022",
    ),
    creates=False,
)

# The table's main columns follow those that end in 20 and 21, as 22 would: the year in which pupils stayed where they
# went, told as that table tells the earlier two.
_DESTINATIONS = (("", ""), ("_DIS", DISADVANTAGED), ("_NONDIS", OTHER))
_WENT = {
    "OVERALL_DEST": "destinations_pct",
    "EDUCATION": "into_education_pct",
    "APPREN": "into_apprenticeships_pct",
    "EMPLOYMENT": "into_work_pct",
    "NOT_SUSTAINED": "destinations_lost_pct",
    "UNKNOWN": "destinations_unknown_pct",
}


def _destinations() -> tuple[Column, ...]:
    found: list[Column] = []
    for ending, ours in _DESTINATIONS:
        for start, measure in _WENT.items():
            found += _of(f"{start}PER{ending}", f"{grouped(measure, ours)}@2021", f"COHORT{ending}")
        for earlier, year in (("_21", 2020), ("_20", 2019)):
            place = f"{grouped('destinations_pct', ours)}@{year}"
            found += _of(f"OVERALL_DESTPER{ending}{earlier}", place, f"COHORT{ending}{earlier}")
    return tuple(found)


KS4_DESTINATIONS = Layout(
    "ks4_destinations_2022-23",
    "the key stage 4 destinations of the tables of 2022/23",
    "URN",
    ("RECTYPE", "URN", "COHORT", "OVERALL_DESTPER", "OVERALL_DESTPER_21", "OVERALL_DESTPER_20"),
    _destinations(),
    creates=False,
    areas=Areas("RECTYPE", {"LA": AUTHORITY, "NAT": COUNTRY}, authority="LEA"),
)
FINANCES_2017 = Layout(
    "school_financials_2017-18",
    "the school financial statements of 2017/18",
    "URN",
    ("URN", "Income", "Expenditure", "Balance", "Academic Year"),
    columns("Income > income@2017", "Expenditure > expenditure@2017", "Balance > balance@2017"),
    creates=False,
    only=("Academic Year", ("2018", "2017/18", "201718", "2017-18")),
)
PERFORMANCE = (KS2_2018, KS2_2018_EXTRACT, KS4_2018, KS4_2018_EXTRACT, KS4_2022, KS4_DESTINATIONS, FINANCES_2017)
