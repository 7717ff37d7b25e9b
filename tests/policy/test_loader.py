"""Dated values: what holds on a day, where it stands, and that each is used."""

from datetime import date
from pathlib import Path

import pytest
import yaml

import headship
from headship.policy import loader
from headship.policy.loader import PolicyValue, YearDay

SOURCE = Path(headship.__path__[0])


def value(since=None, until=None, checked_on=None, paragraph=None):
    return PolicyValue("made.up", "Made up", 5, "days", since, until, "An Act", paragraph, None, checked_on)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("school_year.starts", YearDay(9, 1)),
        ("school_year.ends", YearDay(8, 31)),
        ("appraisal.teachers_by", YearDay(10, 31)),
        ("appraisal.headteacher_by", YearDay(12, 31)),
        ("pupil_premium.statement_by", YearDay(12, 31)),
        ("finance.sfvs_by", YearDay(3, 31)),
    ],
)
def test_the_days_of_the_school_year(code, day):
    assert loader.value_on(code, date(2026, 11, 23)).value == day


def test_academic_years_are_the_calendar_years_they_start_in():
    assert loader.value_on("progress_8.years_without", date(2026, 11, 23)).value == (2019, 2020, 2024, 2025)
    assert loader.value_on("ks2_progress.years_without", date(2026, 11, 23)).value == (2023, 2024)
    assert loader._typed(["1999/00"], "academic years") == (1999,)
    with pytest.raises(ValueError, match="2019/21 is no academic year"):
        loader._typed(["2019/21"], "academic years")


def test_a_value_holds_from_its_first_day_to_its_last():
    term = value(date(2026, 9, 1), date(2027, 8, 31))
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2027, 8, 31), date(2027, 9, 1)]
    assert [term.holds_on(day) for day in days] == [False, True, True, False]
    assert value().holds_on(date(1900, 1, 1)) is True


def test_a_value_says_whether_anybody_read_its_source():
    assert value().cited == "An Act (not yet checked)"
    assert value(checked_on=date(2026, 11, 1), paragraph="regulation 6").cited == "An Act, regulation 6"


def test_an_unknown_parameter_is_named():
    with pytest.raises(LookupError, match=r"The policy parameter 'no\.such' has 0 values on 2026-11-23\."):
        loader.value_on("no.such", date(2026, 11, 23))


def test_a_value_without_its_parts_is_refused():
    parameter = {"code": "made.up", "words": "Made up", "unit": "days", "values": [{"value": 5, "page": 3}]}
    with pytest.raises(ValueError, match=r"one\.yaml: made\.up: these parts are missing or unknown: advises, binds"):
        loader._values("one.yaml", parameter)


def test_every_value_has_a_source_and_says_when_it_was_checked():
    rows = [
        (parameter["code"], row)
        for path in sorted(loader.FOLDER.glob("*.yaml"))
        for parameter in yaml.safe_load(path.read_text())
        for row in parameter["values"]
    ]
    assert [code for code, row in rows if not row["source"] or "checked_on" not in row or "paragraph" not in row] == []
    assert len(rows) == len(loader.values()) > 0


def test_no_parameter_has_two_values_on_one_day():
    edges = {each.in_force_from or date.min for each in loader.values()}
    for code in {each.code for each in loader.values()}:
        for day in edges:
            assert sum(each.code == code and each.holds_on(day) for each in loader.values()) <= 1


def test_every_parameter_is_used():
    code = "\n".join(path.read_text() for path in SOURCE.rglob("*.py") if path.parent.name != "policy")
    assert sorted(each.code for each in loader.values() if f'"{each.code}"' not in code) == []
