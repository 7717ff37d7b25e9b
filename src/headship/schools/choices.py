"""The measures that are published of schools, in words, each with its unit, source and method page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """A published measure: its words, unit, where it is published, and the heading it stands under."""

    code: str
    words: str
    unit: str
    source: str
    group: str

    def source_in(self, year: int) -> str:
        """Return the source with its academic year, as it is stored and shown."""
        return f"{self.source}, {year_words(year)}"


def year_words(year: int) -> str:
    """Return an academic year as it stands on pages.

    >>> year_words(2022)
    '2022/23'
    """
    return f"{year}/{(year + 1) % 100:02}"


CENSUS, ABSENCE, WORKFORCE = "DfE school census", "DfE absence statistics", "DfE school workforce census"
KS4, KS2 = "DfE key stage 4 performance tables", "DfE key stage 2 performance tables"
FINANCE, OFSTED = "DfE school financial statements", "Ofsted inspection outcomes"
SIMILAR = "DfE similar schools"
DESTINATIONS = "DfE key stage 4 destination measures"
ON_ROLL, ATTENDING, ATTAINING, STAFFING, MONEY = "Pupils", "Attendance", "Attainment", "Staff", "Money"
GOING_ON = "Where pupils went on to"
LIKENESS = "What schools are compared by"

DISADVANTAGED, OTHER = "disadvantaged", "other"
GROUP_WORDS = {"": "", DISADVANTAGED: " of disadvantaged pupils", OTHER: " of all other pupils"}


def grouped(code: str, group: str) -> str:
    """Return the code of a measure for a group of pupils alone.

    >>> grouped("attainment8", "other"), grouped("ks2_rwm_expected_pct", "disadvantaged"), grouped("progress8", "")
    ('attainment8_other', 'ks2_rwm_expected_disadvantaged_pct', 'progress8')
    """
    if not group:
        return code
    return f"{code.removesuffix('_pct')}_{group}{'_pct' if code.endswith('_pct') else ''}"


def _of_groups(code: str, words: str, unit: str, source: str, about: str = ATTAINING) -> tuple[Published, ...]:
    """Return a measure of all pupils, of disadvantaged ones, and of all others."""
    return tuple(
        Published(grouped(code, group), f"{words}{told}", unit, source, about) for group, told in GROUP_WORDS.items()
    )


RWM = "in reading, writing and mathematics"
_BY_SUBJECT = {"reading": "reading", "writing": "writing", "maths": "mathematics"}


def _attaining() -> tuple[Published, ...]:
    """Return the measures of results at the end of key stages 2 and 4."""
    subjects = tuple(_BY_SUBJECT.items())
    return (
        *_of_groups("ks2_rwm_expected_pct", f"Expected standard {RWM}", "%", KS2),
        *_of_groups("ks2_rwm_higher_pct", f"Higher standard {RWM}", "%", KS2),
        *(
            Published(f"ks2_{code}_{level}_pct", f"{words} in {subject}", "%", KS2, ATTAINING)
            for code, subject in (*subjects, ("gps", "grammar, punctuation and spelling"))
            for level, words in (("expected", "Expected standard"), ("higher", "Higher standard"))
        ),
        Published("ks2_science_expected_pct", "Expected standard in science", "%", KS2, ATTAINING),
        *(
            Published(f"ks2_{code}_scaled", f"Average scaled score in {subject}", "points", KS2, ATTAINING)
            for code, subject in (*subjects[::2], ("gps", "grammar, punctuation and spelling"))
        ),
        *(
            each
            for code, subject in subjects
            for each in _of_groups(f"ks2_{code}_progress", f"Key stage 2 progress in {subject}", "points", KS2)
        ),
        Published("ks2_disadvantaged_pct", "Year 6 pupils who are disadvantaged", "%", KS2, ATTAINING),
        *_of_groups("attainment8", "Attainment 8", "points", KS4),
        Published("attainment8_gap", "Attainment 8: difference from other pupils nationally", "points", KS4, ATTAINING),
        Published("attainment8_english", "Attainment 8, English", "points", KS4, ATTAINING),
        Published("attainment8_maths", "Attainment 8, mathematics", "points", KS4, ATTAINING),
        *_of_groups("progress8", "Progress 8", "points", KS4),
        Published("progress8_gap", "Progress 8: difference from other pupils nationally", "points", KS4, ATTAINING),
        *_of_groups("ebacc_points", "EBacc average point score", "points", KS4),
        Published("ebacc_entered_pct", "Pupils entering the English Baccalaureate", "%", KS4, ATTAINING),
        *_of_groups("english_maths_5_pct", "Grade 5 or above in English and mathematics", "%", KS4),
        *_of_groups("english_maths_4_pct", "Grade 4 or above in English and mathematics", "%", KS4),
    )


def _going_on() -> tuple[Published, ...]:
    """Return the measures of where pupils went after key stage 4, by the year in which they stayed there."""
    told = {
        "destinations_pct": "Staying in education or work after key stage 4",
        "into_education_pct": "Staying in education after key stage 4",
        "into_apprenticeships_pct": "Staying in an apprenticeship after key stage 4",
        "into_work_pct": "Staying in work after key stage 4",
        "destinations_lost_pct": "Not staying in education or work after key stage 4",
        "destinations_unknown_pct": "Destination not known after key stage 4",
    }
    return tuple(each for code, words in told.items() for each in _of_groups(code, words, "%", DESTINATIONS, GOING_ON))


PUBLISHED: dict[str, Published] = {
    each.code: each
    for each in (
        Published("pupils", "Pupils on roll", "pupils", CENSUS, ON_ROLL),
        Published("fsm_pct", "Pupils eligible for free school meals", "%", CENSUS, ON_ROLL),
        Published("fsm_ever_pct", "Pupils eligible for free school meals in the past six years", "%", CENSUS, ON_ROLL),
        Published("eal_pct", "Pupils whose first language is not English", "%", CENSUS, ON_ROLL),
        Published("sen_support_pct", "Pupils with SEN support", "%", CENSUS, ON_ROLL),
        Published("ehcp_pct", "Pupils with an education, health and care plan", "%", CENSUS, ON_ROLL),
        Published("absence_pct", "Sessions missed: overall absence", "%", ABSENCE, ATTENDING),
        Published("persistent_absence_pct", "Pupils missing a tenth: persistent absence", "%", ABSENCE, ATTENDING),
        *_attaining(),
        Published("disadvantaged_ks4_pct", "Year 11 pupils who are disadvantaged", "%", KS4, ATTAINING),
        Published("prior_low_pct", "Year 11 pupils with low prior attainment", "%", KS4, ATTAINING),
        Published("prior_high_pct", "Year 11 pupils with high prior attainment", "%", KS4, ATTAINING),
        Published("ks2_prior_scaled", "Year 11 pupils' average key stage 2 scaled score", "points", KS4, ATTAINING),
        *_going_on(),
        Published("pupil_teacher_ratio", "Pupils for each teacher", "pupils", WORKFORCE, STAFFING),
        Published("teachers", "Teachers (headcount)", "people", WORKFORCE, STAFFING),
        Published("teachers_fte", "Teachers (full-time equivalent)", "people", WORKFORCE, STAFFING),
        Published("teaching_assistants", "Teaching assistants (headcount)", "people", WORKFORCE, STAFFING),
        Published("teaching_assistants_fte", "Teaching assistants (full-time equiv.)", "people", WORKFORCE, STAFFING),
        Published("support_staff", "Other support staff (headcount)", "people", WORKFORCE, STAFFING),
        Published("support_staff_fte", "Other support staff (full-time equivalent)", "people", WORKFORCE, STAFFING),
        Published("mean_teacher_salary", "Teachers' mean pay, full-time equivalent", "£", WORKFORCE, STAFFING),
        Published("income", "Income in the year", "£", FINANCE, MONEY),
        Published("expenditure", "Spending in the year", "£", FINANCE, MONEY),
        Published("balance", "Balance in the year", "£", FINANCE, MONEY),
        Published("similar_ks1_prior", "Key stage 1 average of those in Year 6", "points", SIMILAR, LIKENESS),
        Published("similar_ks2_reading", "Key stage 2 reading of Year 11 pupils", "points", SIMILAR, LIKENESS),
        Published("similar_ks2_maths", "Key stage 2 mathematics of Year 11 pupils", "points", SIMILAR, LIKENESS),
        Published("similar_pupils", "Number of pupils", "pupils", SIMILAR, LIKENESS),
        Published("similar_pupil_premium_pct", "Pupils with pupil premium", "%", SIMILAR, LIKENESS),
        Published("similar_eal_pct", "First language not English", "%", SIMILAR, LIKENESS),
        Published("similar_sen_support_pct", "SEN support", "%", SIMILAR, LIKENESS),
        Published("similar_ehcp_pct", "Education, health and care plans", "%", SIMILAR, LIKENESS),
        Published("similar_stability_pct", "Pupils who stayed", "%", SIMILAR, LIKENESS),
        Published("similar_idaci", "Income deprivation where pupils live (IDACI)", "share", SIMILAR, LIKENESS),
        Published("similar_polar4", "Going on to university where pupils live (POLAR4)", "fifth", SIMILAR, LIKENESS),
        Published("ofsted_overall", "Ofsted overall effectiveness, 1 to 4 (until 2024)", "grade", OFSTED, ATTAINING),
    )
}  # fmt: skip

# The measures that become readings on the Standards profile: the characteristic served, and the method's page.
READINGS: dict[str, tuple[str, str]] = {
    "absence_pct": ("3.2", "published-absence"),
    "persistent_absence_pct": ("3.2", "published-absence"),
    "ks2_reading_progress": ("2.1", "published-progress"),
    "ks2_writing_progress": ("2.1", "published-progress"),
    "ks2_maths_progress": ("2.1", "published-progress"),
    "attainment8": ("2.1", "published-attainment"),
    "progress8": ("2.1", "published-progress"),
    "pupil_teacher_ratio": ("3.5", "published-pupil-teacher-ratio"),
}
