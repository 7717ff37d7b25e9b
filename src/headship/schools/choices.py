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
ON_ROLL, ATTENDING, ATTAINING, STAFFING, MONEY = "Pupils", "Attendance", "Attainment", "Staff", "Money"
LIKENESS = "What schools are compared by"

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
        Published("ks2_reading_progress", "Key stage 2 progress in reading", "points", KS2, ATTAINING),
        Published("ks2_writing_progress", "Key stage 2 progress in writing", "points", KS2, ATTAINING),
        Published("ks2_maths_progress", "Key stage 2 progress in mathematics", "points", KS2, ATTAINING),
        Published("attainment8", "Attainment 8", "points", KS4, ATTAINING),
        Published("attainment8_disadvantaged", "Attainment 8 of disadvantaged pupils", "points", KS4, ATTAINING),
        Published("attainment8_other", "Attainment 8 of all other pupils", "points", KS4, ATTAINING),
        Published("attainment8_gap", "Attainment 8: difference from other pupils nationally", "points", KS4, ATTAINING),
        Published("progress8", "Progress 8", "points", KS4, ATTAINING),
        Published("progress8_disadvantaged", "Progress 8 of disadvantaged pupils", "points", KS4, ATTAINING),
        Published("progress8_other", "Progress 8 of all other pupils", "points", KS4, ATTAINING),
        Published("progress8_gap", "Progress 8: difference from other pupils nationally", "points", KS4, ATTAINING),
        Published("disadvantaged_ks4_pct", "Year 11 pupils who are disadvantaged", "%", KS4, ATTAINING),
        Published("prior_low_pct", "Year 11 pupils with low prior attainment", "%", KS4, ATTAINING),
        Published("prior_high_pct", "Year 11 pupils with high prior attainment", "%", KS4, ATTAINING),
        Published("ks2_prior_scaled", "Year 11 pupils' average key stage 2 scaled score", "points", KS4, ATTAINING),
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
