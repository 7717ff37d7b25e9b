"""The machine itself, on the schools' tables: difference, commit, undo."""

import gc
from datetime import date

import pytest

from headship.core import imports, rows
from headship.core.errors import Unusable
from headship.schools import imports as importers
from headship.schools.models import AreaFigure, LocalAuthority, PublishedFigure, School

HEADINGS = "urn,name,local_authority_name,phase_of_education,gender,status\n"
ROWS = "990001,Example Brook Primary,Example Valley,Primary,Mixed,Open\n"
ROWS += "990002,Otherwise Hill,Example Valley,Primary,,Closed\n"


@pytest.fixture
def register(tmp_path):
    """Return a function that writes a register file and previews it."""

    def write(rows=ROWS, name="register.csv"):
        path = tmp_path / name
        path.write_text(HEADINGS + rows)
        return imports.preview(importers.recognised(HEADINGS.strip().split(",")), path)

    return write


@pytest.fixture
def absences(tmp_path):
    def write(rows):
        path = tmp_path / "absence.csv"
        path.write_text("LA,ESTAB,URN,PERCTOT,PPERSABS10\n" + rows)
        return imports.preview(importers.recognised(["LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"]), path)

    return write


def test_a_preview_writes_nothing(db, register):
    preview = register()
    assert (dict(preview.created), preview.rows, School.objects.count()) == (
        {"authority": 1, "trust": 0, "school": 2, "figure": 0},
        2,
        0,
    )


def test_what_was_previewed_is_what_stands_after(db, register):
    imports.apply(register().blob)
    own = School.objects.select_related("authority").get(urn=990001)
    assert (own.name, own.phase, own.gender, own.authority.name, own.religion, own.opened_on) == (
        "Example Brook Primary", "Primary", "Mixed", "Example Valley", "", None,
    )  # fmt: skip
    assert own.search_text == " example brook primary example valley 990001 "


def test_the_same_file_twice_changes_nothing(db, register):
    imports.apply(register().blob)
    again = register()
    assert (again.change_count, dict(again.unchanged)["school"]) == (0, 2)


def test_a_blank_cell_leaves_what_is_known(db, register):
    imports.apply(register().blob)
    preview = register(ROWS.replace("Mixed", ""))
    assert preview.change_count == 0


def test_an_import_touches_only_the_columns_it_has(db, register):
    imports.apply(register().blob)
    School.objects.filter(urn=990001).update(town="Examplewick", opened_on=date(1999, 9, 1))
    imports.apply(register(ROWS.replace("Brook", "Stream")).blob)
    own = School.objects.get(urn=990001)
    assert (own.name, own.town, own.opened_on) == ("Example Stream Primary", "Examplewick", date(1999, 9, 1))
    assert own.search_text == " example stream primary examplewick example valley 990001 "


def test_examples_show_before_and_after(db, register):
    imports.apply(register().blob)
    assert register(ROWS.replace("Closed", "Open")).examples == [
        {
            "what": "school 990002",
            "row": 3,
            "new": False,
            "changes": [{"field": "status", "before": "Closed", "after": "Open"}],
        }
    ]


def test_undoing_puts_back_what_stood_before(db, register):
    imports.apply(register().blob)
    before = list(School.objects.order_by("urn").values())
    change = register(ROWS.replace("Brook", "Stream") + "990003,Example Heath,Other Valley,Secondary,Girls,Open\n")
    imports.apply(change.blob)
    assert (School.objects.count(), LocalAuthority.objects.count()) == (3, 2)
    imports.revert(change.blob)
    assert (list(School.objects.order_by("urn").values()), LocalAuthority.objects.count()) == (before, 1)


def test_one_fault_stops_the_whole_file_and_every_fault_is_told(db, register):
    with pytest.raises(Unusable) as told:
        register(
            ROWS + "99000,Short,Example Valley,Primary,Mixed,Open\n990001,Twice,Example Valley,Primary,Mixed,Open\n"
        )
    assert str(told.value) == (
        "“register.csv”, row 4, column “urn”: “99000” is not a URN. A URN has six digits, such as 100000. "
        "“register.csv”, row 5: gives school 990001, as row 2 does. Keep one of them."
    )


def test_a_file_of_another_kind_is_refused(db, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("Pupil,Mark\nA,5\n")
    with pytest.raises(
        Unusable, match=r"“other.csv”, row 1: does not have the headings of the absence figures of 2022/23"
    ):
        imports.preview(importers.recognised(["LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"]), path)


def test_figures_wait_for_their_school(db, register, absences):
    imports.apply(register().blob)
    preview = absences("1,2,990001,5.2,SUPP\n1,3,990009,5.1,9.0\nNAT,PRI,,5.9,16.2\n")
    imports.apply(preview.blob)
    stored = PublishedFigure.objects.order_by("measure").values_list(
        "school__urn", "measure", "year", "value", "missing"
    )
    assert list(stored) == [
        (990001, "absence_pct", 2022, 5.2, ""),
        (990001, "persistent_absence_pct", 2022, None, "SUPP"),
    ]
    assert dict(preview.left_out) == {importers.UNKNOWN: 1}
    national = AreaFigure.objects.order_by("measure").values_list("authority_code", "phase", "measure", "value")
    assert list(national) == [
        (0, "Primary", "absence_pct", 5.9), (0, "Primary", "persistent_absence_pct", 16.2),
    ]  # fmt: skip


def test_a_figure_that_is_now_withheld_loses_its_value(db, register, absences):
    imports.apply(register().blob)
    imports.apply(absences("1,2,990001,5.2,9.8\n").blob)
    change = absences("1,2,990001,SUPP,9.8\n")
    imports.apply(change.blob)
    assert PublishedFigure.objects.values_list("value", "missing").get(measure="absence_pct") == (None, "SUPP")
    imports.revert(change.blob)
    assert PublishedFigure.objects.values_list("value", "missing").get(measure="absence_pct") == (5.2, "")


def test_touched_names_the_schools_of_a_difference(db, register, absences):
    imports.apply(register().blob)
    blob = absences("1,2,990001,5.2,9.8\n").blob
    assert list(imports.touched(blob, "schools.PublishedFigure")) == [990001, 990001]
    assert list(imports.touched(blob, "schools.School")) == []


@pytest.mark.parametrize("count", [1, 449, 450, 451, 901])
def test_every_row_is_written_however_many_go_into_a_statement(db, count):
    target = rows.Target(LocalAuthority, ("name",), ("code",))
    rows.insert(target, [[f"Shire {number}", number] for number in range(count)])
    assert list(LocalAuthority.objects.order_by("code").values_list("name", "code")) == [
        (f"Shire {number}", number) for number in range(count)
    ]


def test_two_rows_of_one_school_may_give_different_figures_but_none_twice(db, register, absences):
    imports.apply(register().blob)
    assert dict(absences("1,2,990001,5.2,\n1,2,990001,,9.8\n").created)["figure"] == 2
    with pytest.raises(Unusable) as told:
        absences("1,2,990001,5.2,\n1,2,990002,5.0,9.0\n1,2,990001,5.2,9.8\n")
    assert str(told.value) == (
        "“absence.csv”, row 4: gives figure 990001 absence_pct 2022, as row 2 does. Keep one of them."
    )


def test_figures_new_and_changed_are_told_in_the_order_of_the_file(db, register, absences):
    imports.apply(register().blob)
    imports.apply(absences("1,2,990002,5.2,9.8\n").blob)
    change = absences("1,2,990002,5.1,9.8\n1,2,990001,5.2,SUPP\n")
    assert [(each["what"], each["row"], each["new"]) for each in change.examples] == [
        ("figure 990002 absence_pct 2022", 2, False),
        ("figure 990001 absence_pct 2022", 3, True),
        ("figure 990001 persistent_absence_pct 2022", 3, True),
    ]
    counts = (change.created, change.changed, change.unchanged)
    assert [each["figure"] for each in counts] == [2, 1, 1]


def test_python_looks_for_rings_again_after_a_refused_file(db, register):
    with pytest.raises(Unusable):
        register("99000,Short,Example Valley,Primary,Mixed,Open\n")
    assert gc.isenabled()
