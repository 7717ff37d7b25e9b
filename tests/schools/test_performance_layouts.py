"""The Department's performance tables: every column read is one of theirs, and each figure comes with what belongs."""

import csv

import pytest

from headship.core import imports, tabular
from headship.core.errors import Unusable
from headship.schools import imports as importers
from headship.schools import register_rows
from headship.schools.choices import PUBLISHED
from headship.schools.models import AreaFigure, PublishedFigure, School
from headship.schools.performance_layouts import FINANCES_2017, KS2_2018, KS4_2018, KS4_DESTINATIONS

ABSENCE = ["LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"]
KS2 = [
    "RECTYPE", "LEA", "URN", "TELIG", "TFSM6CLA1A", "PTRWM_EXP", "PTRWM_EXP_FSM6CLA1A",
    "READPROG", "READPROG_LOWER", "READPROG_UPPER", "TELIG_18", "PTRWM_EXP_18",
]  # fmt: skip


def meta(path, heading):
    with path.open(encoding="utf-8-sig") as file:
        return {row[heading].casefold() for row in csv.DictReader(file)}


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("layout", "file", "heading", "unknown"),
    [
        (KS2_2018, "ks2_meta_2018-19.csv", "Field Name", set()),
        # the meta file has this one heading without "6CLA1A"
        (KS4_2018, "ks4_final_meta_2018-19.csv", "Metafile heading", {"PTNOTFSM6CLA1ABASICS_94_17"}),
    ],
)
def test_every_heading_read_stands_in_the_tables_own_meta_file(layout, file, heading, unknown, shared_data):
    known = meta(shared_data / "performance" / file, heading)
    headings = {column.heading for column in layout.columns} | set(layout.needs)
    assert {each for each in headings if each.casefold() not in known} == unknown


def written(path, headings, *rows):
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def brought(path):
    with tabular.opened(path) as table:
        importer = importers.recognised(table.headings)
    preview = imports.preview(importer, path)
    imports.apply(preview.blob)
    return importer.name, preview


@pytest.fixture
def school(db):
    return School.objects.create(urn=991001, name="One")


def told(model=PublishedFigure, **chosen):
    names = ("measure", "year", "value", "low", "high", "count", "missing")
    return list(model.objects.filter(**chosen).order_by("measure", "year").values_list(*names))


def test_limits_and_numbers_of_pupils_come_with_their_figure(school, tmp_path):
    row = ["1", "202", "991001", "58", "9", "67%", "SUPP", "-1.2", "-3.0", "0.6", "61", "64%"]
    name, _ = brought(written(tmp_path / "a.csv", KS2, row))
    assert name == "ks2_2018-19"
    assert told() == [
        ("ks2_reading_progress", 2018, -1.2, -3.0, 0.6, None, ""),
        ("ks2_rwm_expected_disadvantaged_pct", 2018, None, None, None, None, "SUPP"),
        ("ks2_rwm_expected_pct", 2017, 64.0, None, None, 61, ""),
        ("ks2_rwm_expected_pct", 2018, 67.0, None, None, 58, ""),
    ]
    assert {each.source for each in PublishedFigure.objects.filter(year=2017)} == {
        "DfE key stage 2 performance tables, 2017/18"
    }


def test_a_withheld_number_of_pupils_or_limit_leaves_the_figure(school, tmp_path):
    row = ["1", "202", "991001", "SUPP", "", "67", "", "-1.2", "NA", "", "", ""]
    brought(written(tmp_path / "a.csv", KS2, row))
    assert told() == [
        ("ks2_reading_progress", 2018, -1.2, None, None, None, ""),
        ("ks2_rwm_expected_pct", 2018, 67.0, None, None, None, ""),
    ]


def test_rows_of_authorities_and_of_the_country_are_their_figures(school, tmp_path):
    rows = [
        ["3", "202", "", "1700", "600", "70%", "58%", "0.9", "0.6", "1.2", "1650", "69%"],
        ["4", "", "", "650000", "", "66%", "", "0", "", "", "", ""],
        ["5", "", "", "640000", "190000", "65%", "51%", "0.03", "", "", "630000", "64%"],
    ]
    _, preview = brought(written(tmp_path / "a.csv", KS2, *rows))
    assert told(AreaFigure, authority_code=202, year=2018) == [
        ("ks2_reading_progress", 2018, 0.9, 0.6, 1.2, None, ""),
        ("ks2_rwm_expected_disadvantaged_pct", 2018, 58.0, None, None, 600, ""),
        ("ks2_rwm_expected_pct", 2018, 70.0, None, None, 1700, ""),
    ]
    assert told(AreaFigure, authority_code=0, measure="ks2_rwm_expected_pct") == [
        ("ks2_rwm_expected_pct", 2017, 64.0, None, None, 630000, ""),
        ("ks2_rwm_expected_pct", 2018, 65.0, None, None, 640000, ""),
    ]
    assert [each.is_of_england for each in AreaFigure.objects.order_by("authority_code")[:1]] == [True]
    assert AreaFigure.objects.count() == 8
    assert PublishedFigure.objects.count() == 0
    assert [(each.row, each.group) for each in preview.findings] == [(3, register_rows.OTHERS)]
    assert [each[0] for each in told(AreaFigure, phase="")] == [each[0] for each in told(AreaFigure)]


def test_a_national_row_says_of_which_schools_it_is(school, tmp_path):
    rows = [["NAT", "PRI", "", "5.9", "16.2"], ["NAT", "SEC", "", "9", "26.5"], ["NAT", "ALL", "", "7", "20"]]
    name, preview = brought(written(tmp_path / "a.csv", ABSENCE, *rows))
    assert name == "absence_2022-23"
    found = AreaFigure.objects.filter(measure="absence_pct").order_by("phase")
    assert list(found.values_list("authority_code", "phase", "value")) == [(0, "Primary", 5.9), (0, "Secondary", 9.0)]
    assert dict(preview.left_out) == {register_rows.OTHERS: 1}


def test_an_authority_without_a_code_is_left_out(school, tmp_path):
    headings = ["RECTYPE", "LEA", "URN", "COHORT", "OVERALL_DESTPER", "OVERALL_DESTPER_21", "OVERALL_DESTPER_20"]
    rows = [
        ["LA", "", "", "9", "95%", "", ""],
        ["LA", "20", "", "9", "95%", "", ""],
        ["NAT", "", "", "9", "94%", "", ""],
    ]
    name, preview = brought(written(tmp_path / "a.csv", headings, *rows))
    assert name == KS4_DESTINATIONS.name
    assert told(AreaFigure) == [("destinations_pct", 2021, 94.0, None, None, 9, "")]
    assert dict(preview.left_out) == {register_rows.OTHERS: 2}


MONEY = ["URN", "Income", "Expenditure", "Balance", "Academic Year"]


@pytest.mark.parametrize(
    ("headings", "rows", "sentence"),
    [
        (
            MONEY,
            [["991001", "10", "9", "1", "2018"], ["991002", "11", "9", "2", "2019"]],
            "“a.csv”, row 3, column “Academic Year”: “2019” is another year than that of the school financial "
            "statements of 2017/18. It can only be 2018. Import each year's file by itself.",
        ),
        (
            KS2,
            [["1", "202", "991001", "58", "9", "67%", "", "-1.2", "about", "0.6", "", ""]],
            "“a.csv”, row 2, column “READPROG_LOWER”: “about” is neither a figure nor a code for a withheld one. Give "
            "a number such as 25.9, or leave it blank.",
        ),
        (
            KS2,
            [["1", "202", "991001", "58", "9", "67%", "", "-1.2", "-1.1", "0.6", "", ""]],
            "“a.csv”, row 2, column “READPROG”: “-1.2” lies outside its own limits. Fetch the table again; if it says "
            "the same there, leave the limits out.",
        ),
        (
            KS2,
            [["1", "202", "991001", "5.8", "9", "67%", "", "-1.2", "-3", "0.6", "", ""]],
            "“a.csv”, row 2, column “TELIG”: “5.8” is not a number of pupils. Give a whole number, or leave it blank.",
        ),
        (
            KS2,
            [["1", "202", "991001", "-58", "9", "67%", "", "-1.2", "-3", "0.6", "", ""]],
            "“a.csv”, row 2, column “TELIG”: “-58” is not a number of pupils. Give a whole number, or leave it blank.",
        ),
        (
            KS2,
            [["9", "202", "London", "58", "9", "67%", "", "-1.2", "-3", "0.6", "", ""]],
            "“a.csv”, row 2, column “URN”: “London” is not a URN. A URN has six digits, such as 100000.",
        ),
    ],
)
def test_bad_cells_are_told_and_nothing_is_imported(headings, rows, sentence, school, tmp_path):
    path = written(tmp_path / "a.csv", headings, *rows)
    with tabular.opened(path) as table:
        importer = importers.recognised(table.headings)
    with pytest.raises(Unusable) as refused:
        imports.preview(importer, path)
    assert str(refused.value) == sentence
    assert PublishedFigure.objects.count() == 0


def test_the_financial_statements_of_their_year_are_taken(school, tmp_path):
    name, _ = brought(written(tmp_path / "a.csv", MONEY, ["991001", "£10,000", "9000", "1000", "2018"]))
    assert name == FINANCES_2017.name
    assert [each[:3] for each in told()] == [
        ("balance", 2017, 1000.0), ("expenditure", 2017, 9000.0), ("income", 2017, 10000.0),
    ]  # fmt: skip


def test_a_table_of_ones_own_can_bring_limits_too(school, tmp_path):
    mapping = {"No": "urn", "P8": "progress8@2022", "From": "progress8@2022:low", "Pupils": "progress8@2022:count"}
    path = written(tmp_path / "a.csv", list(mapping), ["991001", "0.1", "-0.2", "180"])
    preview = imports.preview(importers.mapped(mapping), path)
    imports.apply(preview.blob)
    assert told() == [("progress8", 2022, 0.1, -0.2, None, 180, "")]


def test_no_other_part_of_a_figure_can_be_named():
    with pytest.raises(Unusable, match="cannot go to “progress8@2022:middle”"):
        importers.mapped({"No": "urn", "P8": "progress8@2022:middle"})


def test_every_column_goes_to_a_measure_that_is_told_in_words():
    for layout in importers.EVERY_LAYOUT:
        places = [column.to for column in layout.columns if "@" in column.to]
        assert {each.partition("@")[0] for each in places} <= set(PUBLISHED)
        assert {each.partition(":")[2] for each in places} <= {"", *register_rows.PARTS}
        assert len({each for each in places if ":" not in each}) == len([each for each in places if ":" not in each])
