"""The files as they are published: which column of which file says what.

`needs` are the headings that tell a file from the others. A column goes to a field of the school ("name"), or to a
published measure in a year ("absence_pct@2022", the academic year 2022/23). Columns not listed are not read, so
headteachers' names in the register are never taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from headship.schools import readers
from headship.schools.readers import Reader

PHASES = {
    "N": "Nursery", "P": "Primary", "MP": "Middle deemed primary", "MS": "Middle deemed secondary", "S": "Secondary",
    "A": "All-through", "6": "16 plus", "X": "Not applicable",
}  # fmt: skip
OTHER_STAFF = "Total Number of Non Classroom-based School Support Staff, Excluding Auxiliary Staff"
STATUSES = {"1": "Open", "2": "Closed", "3": "Proposed to open"}
FIELDS: Mapping[str, Reader] = {
    "name": readers.text(200),
    "status": readers.text(60),
    "phase": readers.text(60),
    "kind": readers.text(80),
    "gender": readers.text(20),
    "religion": readers.text(80),
    "authority": readers.text(120),
    "authority_code": readers.whole,
    "trust": readers.whole,
    "trust_name": readers.text(200),
    "establishment_number": readers.whole,
    "street": readers.text(200),
    "town": readers.text(100),
    "postcode": readers.postcode,
    "region": readers.text(60),
    "age_from": readers.whole,
    "age_to": readers.whole,
    "pupil_count": readers.whole,
    "latitude": readers.degrees(90),
    "longitude": readers.degrees(180),
    "opened_on": readers.day,
    "closed_on": readers.day,
}

MAPPABLE = {
    "urn": "URN", "name": "Name", "status": "Status", "phase": "Phase", "kind": "Type of school", "gender": "Gender",
    "religion": "Religious character", "authority": "Local authority", "street": "Street", "town": "Town",
    "postcode": "Postcode", "region": "Region", "age_from": "Lowest age", "age_to": "Highest age",
    "pupil_count": "Number of pupils", "opened_on": "Opened on", "closed_on": "Closed on",
    "latitude": "Latitude", "longitude": "Longitude",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as published, where it goes, and how it is read when not as that field always is."""

    heading: str
    to: str
    read: Reader | None = None
    scale: float = 1.0


COUNTRY, AUTHORITY, ELSEWHERE = "country", "authority", "elsewhere"
NATIONAL_PHASES = {"PRI": "Primary", "SEC": "Secondary", "SPE": "Special"}


@dataclass(frozen=True, slots=True)
class Areas:
    """Which rows are not of a school: those whose cell under `heading` is one of `kinds`.

    A row "elsewhere" is of more schools than those we compare with, such as independent ones, and is not taken.
    `phase` is the heading that tells of which schools a row speaks; without one the table is about one kind of school.
    """

    heading: str
    kinds: Mapping[str, str]
    authority: str = ""
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file. `creates`: an unknown URN is a new school. `fills_only`: an older file corrects nothing.

    `only` is a heading and what every cell under it must say, such as the one year the layout is about.
    """

    name: str
    label: str
    urn: str
    needs: tuple[str, ...]
    columns: tuple[Column, ...]
    creates: bool = True
    fills_only: bool = False
    areas: Areas | None = None
    only: tuple[str, tuple[str, ...]] | None = None


def heading_key(heading: str) -> str:
    """Return a heading without the differences that do not matter.

    >>> heading_key("Pupil:     Teacher Ratio ")
    'pupil: teacher ratio'
    """
    return " ".join(heading.casefold().split())


def columns(*pairs: str) -> tuple[Column, ...]:
    """Make columns from "heading > where it goes"."""
    parted = (pair.rpartition(" > ") for pair in pairs)
    return tuple(Column(heading, to) for heading, _, to in parted)


ENGLAND = Layout(
    "schools_england",
    "the joined extract of schools in England",
    "URN",
    ("URN", "name", "local_authority_name", "pct_fsm_2025", "ATT8SCR_2023"),
    columns(
        "name > name",
        "local_authority_name > authority",
        "phase_of_education > phase",
        "gender > gender",
        "status > status",
        "lat > latitude",
        "lng > longitude",
        "school_type_2023 > kind",
        "gor_name > region",
        "nor_2023 > pupil_count",
        "nor_2023 > pupils@2022",
        "ofsted_2026 > ofsted_overall@2025",
        "pct_fsm_2025 > fsm_pct@2024",
        "pct_ehc_2023 > ehcp_pct@2022",
        "pct_sen_support_2023 > sen_support_pct@2022",
        "pct_eal_2023 > eal_pct@2022",
        "pct_fsm6_2023 > fsm_ever_pct@2022",
        "absence_pct_2023 > absence_pct@2022",
        "persistent_absence_pct_2023 > persistent_absence_pct@2022",
        "ATT8SCR_2023 > attainment8@2022",
        "ATT8SCR_FSM6CLA1A_2023 > attainment8_disadvantaged@2022",
        "ATT8SCR_NFSM6CLA1A_2023 > attainment8_other@2022",
        "P8MEA_2023 > progress8@2022",
        "P8MEA_FSM6CLA1A_2023 > progress8_disadvantaged@2022",
        "P8MEA_NFSM6CLA1A_2023 > progress8_other@2022",
        "PTFSM6CLA1A_2023 > disadvantaged_ks4_pct@2022",
        "PTPRIORLO_2023 > prior_low_pct@2022",
        "PTPRIORHI_2023 > prior_high_pct@2022",
        "ks2_scaled_2024 > ks2_prior_scaled@2023",
        "pct_disadv_ks4_2024 > disadvantaged_ks4_pct@2023",
        "gap_att8_2024 > attainment8_gap@2023",
        "gap_p8_2024 > progress8_gap@2023",
        "readprog_2019 > ks2_reading_progress@2018",
        "writprog_2019 > ks2_writing_progress@2018",
        "matprog_2019 > ks2_maths_progress@2018",
        "ptr_2018 > pupil_teacher_ratio@2017",
        "mean_teacher_salary_2018 > mean_teacher_salary@2017",
        "income_2018 > income@2017",
        "expenditure_2018 > expenditure@2017",
        "balance_2018 > balance@2017",
    ),
)
GIAS_ALL = Layout(
    "gias_all",
    "the short register extract (urn, name, authority, phase, gender, status)",
    "urn",
    ("urn", "name", "local_authority_name", "phase_of_education", "gender", "status"),
    columns(
        "name > name",
        "local_authority_name > authority",
        "phase_of_education > phase",
        "gender > gender",
        "status > status",
    ),
)
GIAS_DETAILS_2018 = Layout(
    "gias_details_2018",
    "the register details of 2018 (addresses, ages, religion)",
    "URN",
    ("URN", "Name", "Street", "Date Opened", "Post 16", "Other URN"),
    (
        *columns(
            "Name > name",
            "Street > street",
            "City > town",
            "Postcode > postcode",
            "Type > kind",
            "Age From > age_from",
            "Age To > age_to",
            "Gender > gender",
            "Religion > religion",
            "Date Opened > opened_on",
            "Date Closed > closed_on",
            "Local Authority > authority_code",
        ),
        Column("Status", "status", readers.coded(STATUSES)),
    ),
    fills_only=True,
)
GIAS_INFORMATION = Layout(
    "gias_information_2023-24",
    "the school information file of 2023/24",
    "school_urn",
    ("time_period", "school_urn", "school_name", "establishment_type_group", "agerange"),
    (
        *columns(
            "school_name > name",
            "la_name > authority",
            "old_la_code > authority_code",
            "establishment_type_group > kind",
            "reldenom > religion",
            "egender > gender",
            "t_allks_pupils > pupils@2023",
            "avg_ks2_scaledscore > ks2_prior_scaled@2023",
            "pt_disadvantaged > disadvantaged_ks4_pct@2023",
            "pt_prior_lo > prior_low_pct@2023",
            "pt_prior_hi > prior_high_pct@2023",
            "diffn_att8 > attainment8_gap@2023",
            "diffn_p8mea > progress8_gap@2023",
        ),
        Column("agerange", "age_from", readers.age(0)),
        Column("agerange", "age_to", readers.age(1)),
        Column("full_address", "postcode", readers.end_of_address),
    ),
    fills_only=True,
)
LOCATED = Layout(
    "schools_located_2026",
    "the located schools of 2026 (coordinates)",
    "urn",
    ("urn", "name", "lat", "lng", "phase_code", "rel_code"),
    (
        *columns("name > name", "lat > latitude", "lng > longitude"),
        Column("phase_code", "phase", readers.coded(PHASES)),
        Column("fsm_x10", "fsm_pct@2024", scale=0.1),
    ),
    fills_only=True,
)
EDUBASE = Layout(
    "edubasealldata",
    "DfE's full register download (edubasealldata)",
    "URN",
    ("URN", "EstablishmentName", "EstablishmentStatus (name)", "PhaseOfEducation (name)"),
    columns(
        "EstablishmentName > name",
        "EstablishmentStatus (name) > status",
        "PhaseOfEducation (name) > phase",
        "TypeOfEstablishment (name) > kind",
        "Gender (name) > gender",
        "ReligiousCharacter (name) > religion",
        "LA (name) > authority",
        "LA (code) > authority_code",
        "Trusts (code) > trust",
        "Trusts (name) > trust_name",
        "EstablishmentNumber > establishment_number",
        "Street > street",
        "Town > town",
        "Postcode > postcode",
        "GOR (name) > region",
        "StatutoryLowAge > age_from",
        "StatutoryHighAge > age_to",
        "NumberOfPupils > pupil_count",
        "OpenDate > opened_on",
        "CloseDate > closed_on",
    ),
)
CENSUS = Layout(
    "census_2022-23",
    "the school census of 2022/23",
    "URN",
    ("URN", "SCHOOLTYPE", "NOR", "PSENELK", "PNUMFSMEVER"),
    columns(
        "NOR > pupils@2022",
        "PNUMEAL > eal_pct@2022",
        "PSENELK > sen_support_pct@2022",
        "PSENELSE > ehcp_pct@2022",
        "PNUMFSMEVER > fsm_ever_pct@2022",
    ),
    creates=False,
    areas=Areas("URN", {"NAT": COUNTRY}, phase="Estab"),
)
ABSENCE = Layout(
    "absence_2022-23",
    "the absence figures of 2022/23",
    "URN",
    ("LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"),
    columns("PERCTOT > absence_pct@2022", "PPERSABS10 > persistent_absence_pct@2022"),
    creates=False,
    areas=Areas("LA", {"NAT": COUNTRY}, phase="ESTAB"),
)
WORKFORCE = Layout(
    "workforce_2017-18",
    "the school workforce census of 2017/18",
    "URN",
    ("URN", "Pupil: Teacher Ratio", "Total Number of Teachers (Headcount)"),
    columns(
        "Total Number of Teachers (Headcount) > teachers@2017",
        "Total Number of Teaching Assistants (Headcount) > teaching_assistants@2017",
        f"{OTHER_STAFF} (Headcount) > support_staff@2017",
        "Total Number of Teachers (Full-Time Equivalent) > teachers_fte@2017",
        "Total Number of Teaching Assistants (Full-time Equivalent) > teaching_assistants_fte@2017",
        f"{OTHER_STAFF} (Full-Time Equivalent) > support_staff_fte@2017",
        "Pupil: Teacher Ratio > pupil_teacher_ratio@2017",
        "Mean Gross FTE Salary of All Teachers (£s) > mean_teacher_salary@2017",
    ),
    creates=False,
    areas=Areas("LA Number", {"NAT": COUNTRY}, phase="Establishment Number"),
)
# The file names no year; its numbers of pupils and its Attainment 8 are those published for 2022/23. The file of
# primary schools names none either and matches no year, so whoever imports it says which (`imports.suggested`).
SIMILAR_SECONDARY = Layout(
    "similar_schools_secondary_2022-23",
    "what secondary schools are compared by, 2022/23",
    "URN",
    ("URN", "KS2RP", "KS2MP", "Polar4QuintilePupils", "PStability", "IdaciPupils"),
    columns(
        "KS2RP > similar_ks2_reading@2022",
        "KS2MP > similar_ks2_maths@2022",
        "PPPerc > similar_pupil_premium_pct@2022",
        "PercentEAL > similar_eal_pct@2022",
        "Polar4QuintilePupils > similar_polar4@2022",
        "PStability > similar_stability_pct@2022",
        "IdaciPupils > similar_idaci@2022",
        "PercentSchSupport > similar_sen_support_pct@2022",
        "NumberOfPupils > similar_pupils@2022",
        "PercentageStatementOrEHP > similar_ehcp_pct@2022",
    ),
    creates=False,
)
LAYOUTS = (
    ENGLAND,
    EDUBASE,
    GIAS_ALL,
    GIAS_DETAILS_2018,
    GIAS_INFORMATION,
    LOCATED,
    CENSUS,
    ABSENCE,
    WORKFORCE,
    SIMILAR_SECONDARY,
)
