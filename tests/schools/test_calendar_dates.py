"""The academic year as plain dates: what cannot be right, shapes to start from, what the rules and England add."""

from dataclasses import replace
from datetime import date

import pytest

from headship.schools import calendar_dates
from headship.schools.calendar_dates import TermDates

AUTUMN = TermDates("autumn", date(2026, 9, 3), date(2026, 12, 18), date(2026, 10, 26), date(2026, 10, 30))
SPRING = TermDates("spring", date(2027, 1, 4), date(2027, 3, 25), date(2027, 2, 15), date(2027, 2, 19))
SUMMER = TermDates("summer", date(2027, 4, 12), date(2027, 7, 21), date(2027, 5, 31), date(2027, 6, 4))
YEAR = (AUTUMN, SPRING, SUMMER)


def sentences(*terms):
    return [(fault.term, fault.field, fault.sentence) for fault in calendar_dates.faults(terms, 2026)]


def test_a_right_year_has_no_faults():
    assert sentences(*YEAR) == []


def test_terms_need_no_half_term():
    assert sentences(replace(AUTUMN, break_starts_on=None, break_ends_on=None), SPRING, SUMMER) == []


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        (
            (replace(AUTUMN, starts_on=date(2026, 8, 31)), SPRING, SUMMER),
            (
                "autumn",
                "starts_on",
                "Autumn term: 31 August 2026 is not in this academic year, which runs from 1 September 2026 to "
                "31 August 2027.",
            ),
        ),
        (
            (AUTUMN, replace(SPRING, starts_on=date(2026, 12, 18)), SUMMER),
            (
                "spring",
                "starts_on",
                "Spring term starts on 18 December 2026, before the autumn term has ended (18 December 2026).",
            ),
        ),
        (
            (AUTUMN, SPRING, replace(SUMMER, ends_on=date(2027, 4, 12))),
            ("summer", "ends_on", "Summer term must end after it starts."),
        ),
        (
            (replace(AUTUMN, break_ends_on=None), SPRING, SUMMER),
            ("autumn", "break_ends_on", "Autumn term: give both days of half-term, or neither."),
        ),
        (
            (replace(AUTUMN, break_starts_on=None), SPRING, SUMMER),
            ("autumn", "break_starts_on", "Autumn term: give both days of half-term, or neither."),
        ),
        (
            (AUTUMN, replace(SPRING, break_ends_on=date(2027, 2, 1)), SUMMER),
            ("spring", "break_ends_on", "Spring term: half-term must end after it begins."),
        ),
        (
            (AUTUMN, replace(SPRING, break_starts_on=date(2027, 1, 4)), SUMMER),
            ("spring", "break_starts_on", "Spring term: half-term must lie inside the term."),
        ),
        (
            (AUTUMN, replace(SPRING, break_ends_on=date(2027, 3, 25)), SUMMER),
            ("spring", "break_starts_on", "Spring term: half-term must lie inside the term."),
        ),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_date(terms, fault):
    assert sentences(*terms) == [fault]


@pytest.mark.parametrize(
    ("day", "starts_in"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 8, 31), 2026)]
)
def test_a_day_lies_in_one_year(day, starts_in):
    assert calendar_dates.year_of(day) == starts_in
    first, last = calendar_dates.bounds(starts_in)
    assert first <= day <= last


def test_last_years_shape_keeps_its_weekdays():
    moved = calendar_dates.shape_of(YEAR, 2027)
    assert [day.weekday() for term in moved for day in term.dates] == [d.weekday() for term in YEAR for d in term.dates]
    assert moved[0].starts_on == date(2027, 9, 2)
    assert list(calendar_dates.faults(moved, 2027)) == []


def test_a_shape_that_would_start_in_august_moves_a_week():
    early = (replace(AUTUMN, starts_on=date(2026, 9, 1)), SPRING, SUMMER)
    assert calendar_dates.shape_of(early, 2027)[0].starts_on == date(2027, 9, 7)


@pytest.mark.parametrize("starts_in", range(2015, 2045))
def test_a_usual_shape_could_be_a_year(starts_in):
    shape = calendar_dates.usual_shape(starts_in)
    assert list(calendar_dates.faults(shape, starts_in)) == []
    assert [day for term in shape for day in term.dates if day.weekday() > 4] == []
    assert 187 <= calendar_dates.school_days(shape, ()) <= 197


def test_days_are_counted_without_breaks_bank_holidays_and_closed_days():
    september = TermDates("autumn", date(2026, 9, 7), date(2026, 9, 18))
    assert calendar_dates.school_days([september], []) == 10
    assert calendar_dates.school_days([september], [date(2026, 9, 7), date(2026, 9, 12)]) == 9
    with_break = replace(september, break_starts_on=date(2026, 9, 9), break_ends_on=date(2026, 9, 13))
    assert calendar_dates.school_days([with_break], []) == 7
    easter = TermDates("spring", date(2027, 3, 22), date(2027, 4, 2))
    assert calendar_dates.school_days([easter], []) == 8


def test_bank_holidays_of_england():
    found = [(each.on, each.words) for each in calendar_dates.bank_holidays(date(2026, 12, 1), date(2027, 3, 31))]
    assert [day for day, _ in found] == [
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
    ]
    assert found[0][1] == "Bank holiday: Christmas Day"


def statutory(kind):
    first, last = calendar_dates.bounds(2026)
    return {each.words: (each.on, each.statutory) for each in calendar_dates.statutory(first, last, kind)}


def test_a_maintained_school_has_its_four_dates():
    assert statutory("Community school") == {
        "Last day for teachers' appraisal statements": (date(2026, 10, 31), True),
        "Last day for the headteacher's appraisal": (date(2026, 12, 31), True),
        "Last day to publish the pupil premium statement (where more than 5 pupils are eligible)": (
            date(2026, 12, 31),
            True,
        ),
        "Last day to send the schools financial value standard (SFVS) to the local authority": (
            date(2027, 3, 31),
            True,
        ),
    }


def test_an_academy_is_advised_on_appraisal_and_has_no_sfvs():
    assert statutory("Academy converter") == {
        "Last day for teachers' appraisal statements (advice for academies)": (date(2026, 10, 31), False),
        "Last day for the headteacher's appraisal (advice for academies)": (date(2026, 12, 31), False),
        "Last day to publish the pupil premium statement (where more than 5 pupils are eligible)": (
            date(2026, 12, 31),
            True,
        ),
    }


def test_another_kind_of_school_has_none_and_an_unknown_kind_is_told_whose_dates_they_are():
    assert statutory("Other independent school") == {}
    unknown = statutory("")
    assert len(unknown) == 4
    assert [is_statutory for _, is_statutory in unknown.values()] == [False] * 4
    assert "Last day for the headteacher's appraisal (for maintained schools)" in unknown


def test_statutory_dates_say_their_source_and_that_it_is_unchecked():
    first, last = calendar_dates.bounds(2026)
    sources = {each.source for each in calendar_dates.statutory(first, last, "Community school")}
    assert all(source.endswith("(not yet checked)") for source in sources)


@pytest.mark.parametrize(
    ("kind", "group"),
    [
        ("Community school", "maintained"),
        ("Voluntary aided school", "maintained"),
        ("Foundation special school", "maintained"),
        ("Pupil referral unit", "maintained"),
        ("Local authority nursery school", "maintained"),
        ("Academy sponsor led", "academy"),
        ("Academy special converter", "academy"),
        ("Free schools", "academy"),
        ("University technical college", "academy"),
        ("Other independent school", ""),
        ("Non-maintained special school", ""),
        ("", ""),
    ],
)
def test_kinds_of_establishment(kind, group):
    assert calendar_dates.group_of(kind) == group
