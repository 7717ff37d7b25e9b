"""Every importer: recognised, run through the actions and the command, and set before hostile files."""

import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from headship.core import imports
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent, ImportBatch
from headship.core.scope import Scope, installation_scope
from headship.schools import actions
from headship.schools import imports as importers
from headship.schools.models import LocalAuthority, PublishedFigure, School, SchoolLink, Trust
from headship.schools.national_grades import NEEDED
from tests.core import hostile

HEADINGS = {
    layout.name: list(dict.fromkeys([layout.urn, *layout.needs, *(column.heading for column in layout.columns)]))
    for layout in importers.EVERY_LAYOUT
} | {
    "gias_links": ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"],
    "gias_groups": ["group_uid", "group_id", "group_name", "group_type", "open_date", "group_postcode"],
    "national_grades": list(NEEDED),
    "mapped": ["Number", "Title"],
}  # fmt: skip
ALL = {each.name: each for each in importers.IMPORTERS} | {
    "mapped": importers.mapped({"Number": "urn", "Title": "name"})
}


def commit(importer, path):
    now = timezone.now()
    by = installation_scope(now)
    kept = actions.preview_import(by=by, at=now, preview=imports.preview(importer, path))
    return actions.commit_import(by=by, at=timezone.now(), batch_id=kept.pk)


def undo(batch):
    now = timezone.now()
    return actions.undo_import(by=installation_scope(now), at=now, batch_id=batch.pk)


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    head = "urn,name,local_authority_name,phase_of_education,gender,status\n"
    path.write_text(head + "990001,Example Brook,Valley,Primary,Mixed,Open\n")
    return path


@pytest.mark.parametrize("name", [name for name in ALL if name != "mapped"])
def test_each_file_is_recognised_by_its_headings(name):
    assert importers.recognised([each.upper() for each in HEADINGS[name]]).name == name


def test_there_are_enough_hostile_files_for_each_importer():
    assert len(hostile.CASES) >= 150
    assert len([family for family, makers in hostile.FAMILIES.items() if len(makers) >= 10]) >= 8


def tried():
    """Yield each importer with one case of every family, a different one each time; `assurance e` tries them all."""
    for place, name in enumerate(ALL):
        for family, makers in hostile.FAMILIES.items():
            for number in [place % len(makers)]:
                yield pytest.param(name, makers[number], id=f"{name}-{family}-{number + 1}")


@pytest.mark.parametrize(("name", "make"), list(tried()))
def test_hostile_files_are_refused_with_a_sentence_and_import_nothing(db, tmp_path, name, make):
    path = make(tmp_path, HEADINGS[name])
    begun = time.monotonic()
    with pytest.raises(Unusable) as told:
        imports.preview(ALL[name], path)
    assert time.monotonic() - begun < 10
    assert str(told.value).startswith(f"“{path.name}”")
    assert str(told.value).endswith((".", "register here.", '"".'))
    assert [
        model.objects.count() for model in (School, Trust, LocalAuthority, SchoolLink, PublishedFigure, ImportBatch)
    ] == [0] * 6


def test_a_formula_in_a_name_is_a_name(db, tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("Number,Title\n990001,=1+1\n")
    commit(ALL["mapped"], path)
    assert School.objects.get(urn=990001).name == "=1+1"


def test_commit_and_undo_are_audited_once_each(db, register):
    batch = commit(ALL["gias_all"], register)
    undo(batch)
    told = AuditEvent.objects.filter(chain=0).order_by("number").values_list("action", "subject")
    assert list(told) == [
        ("schools.commit_import", f"core.ImportBatch:{batch.pk}"),
        ("schools.undo_import", f"core.ImportBatch:{batch.pk}"),
    ]
    assert (School.objects.count(), ImportBatch.objects.get().state) == (0, "undone")


def test_a_batch_is_committed_once(db, register):
    batch = commit(ALL["gias_all"], register)
    now = timezone.now()
    with pytest.raises(Stale, match="is committed, not previewed"):
        actions.commit_import(by=installation_scope(now), at=now, batch_id=batch.pk)


def test_only_operators_import(db, register):
    now = timezone.now()
    head = Scope(account_id=1, person_id=1, name="Ada Headteacher-Example", at=now, roles=frozenset({"headteacher"}))
    preview = imports.preview(ALL["gias_all"], register)
    with pytest.raises(Refused, match="Only those who keep this installation running"):
        actions.preview_import(by=head, at=now, preview=preview)
    assert ImportBatch.objects.count() == 0


def test_imports_are_undone_newest_first(db, register, tmp_path):
    first = commit(ALL["gias_all"], register)
    second_file = tmp_path / "second.csv"
    second_file.write_text("Number,Title\n990001,Another name\n")
    second = commit(ALL["mapped"], second_file)
    with pytest.raises(Refused, match=r"“second.csv” was imported after it"):
        undo(first)
    undo(second)
    assert School.objects.get().name == "Example Brook"
    undo(first)
    assert School.objects.count() == 0


def test_an_import_is_not_undone_under_a_school_that_joined(db, register):
    batch = commit(ALL["gias_all"], register)
    School.objects.update(joined_at=timezone.now())
    with pytest.raises(Refused, match="Example Brook joined Headship after it"):
        undo(batch)
    assert School.objects.count() == 1


def run(*arguments):
    out = StringIO()
    call_command("import", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_did_and_how_to_take_it_back(db, register):
    said = run(register)
    batch = ImportBatch.objects.get()
    assert said == (
        "“register.csv” looks like the short register extract (urn, name, authority, phase, gender, status); "
        "written in UTF-8.\n"
        "  authority:         1 new, 0 changed, 0 unchanged\n"
        "  school:            1 new, 0 changed, 0 unchanged\n"
        f"Imported as number {batch.pk}. To take it back: headship import --undo {batch.pk}\n"
    )
    assert run(register).endswith("0 changes: what it says already stands.\n")
    assert run("--undo", batch.pk) == f"Undone: import {batch.pk}, “register.csv”. What stood before it stands again.\n"
    assert School.objects.count() == 0
    assert "undone" in run("--list")


def test_a_dry_run_changes_nothing(db, register):
    assert run(register, "--dry-run").endswith("Nothing was changed (--dry-run).\n")
    assert (School.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_an_unknown_table_is_told_how_to_map_it(db, tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text("School URN;School name;Absence 22/23\n990001;Example Brook;5,2\n")
    with pytest.raises(CommandError, match='--map "School URN=urn" --map "School name=name"'):
        run(path)


def test_a_mapped_table_is_imported(db, tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text("School URN;School name;Absence 22/23\n990001;Example Brook;5.2%\n")
    run(path, "--map", "School URN=urn", "--map", "School name=name", "--map", "Absence 22/23=absence_pct@2022")
    assert PublishedFigure.objects.values_list("school__name", "measure", "value").get() == (
        "Example Brook",
        "absence_pct",
        5.2,
    )


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"A": "name"}, "Say which one column holds the URN"),
        ({"A": "urn", "B": "head"}, "“B” cannot go to “head”"),
        ({"A": "urn", "B": "absence_pct"}, "“B” cannot go to “absence_pct”"),
        ({"A": "urn", "B": "name", "C": "name"}, "Two columns go to the same place"),
        ({"A": "urn", "B": "progress8@2020"}, "“B” cannot go to Progress 8 for 2020/21: the measure does not exist"),
        ({"A": "urn", "B": "ks2_maths_progress@2023"}, "in mathematics for 2023/24: the measure does not exist"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping, sentence):
    with pytest.raises(Unusable, match=sentence):
        importers.mapped(mapping)


def test_the_register_comes_before_the_census_whatever_the_order(db, register, tmp_path):
    absence = tmp_path / "absence.csv"
    absence.write_text("LA,ESTAB,URN,PERCTOT,PPERSABS10\n1,2,990001,5.2,9.8\n")
    run(absence, register)
    assert PublishedFigure.objects.count() == 2


EDUBASE = {
    "URN": "990001", "LA (code)": "999", "LA (name)": "Example Valley", "EstablishmentNumber": "2001",
    "EstablishmentName": "Example Brook", "TypeOfEstablishment (name)": "Academy converter",
    "EstablishmentStatus (name)": "Open", "OpenDate": "01-09-2012", "CloseDate": "",
    "PhaseOfEducation (name)": "Primary", "StatutoryLowAge": "4", "StatutoryHighAge": "11", "Gender (name)": "Mixed",
    "NumberOfPupils": "420", "Trusts (code)": "99001", "Trusts (name)": "Example Valley Trust",
    "Street": "Brook Lane", "Town": "Examplewick", "Postcode": "EX1 1EX", "GOR (name)": "South West",
    "HeadLastName": "Nobody-Example",
}  # fmt: skip


def test_the_full_register_brings_trust_authority_and_address_and_no_headteacher(db, tmp_path):
    path = hostile.workbook(tmp_path, list(EDUBASE), [list(EDUBASE.values())])
    commit(ALL["edubasealldata"], path)
    own = School.objects.select_related("trust", "authority").get()
    assert (own.trust.name, own.authority.code) == ("Example Valley Trust", 999)
    assert (own.postcode, own.age_to, str(own.opened_on), own.establishment_number) == (
        "EX1 1EX",
        11,
        "2012-09-01",
        2001,
    )
    assert "Nobody" not in str(School.objects.values().get())


def test_an_older_file_fills_gaps_and_corrects_nothing(db, register, tmp_path):
    commit(ALL["gias_all"], register)
    older = tmp_path / "details.csv"
    head = "URN,Name,Street,City,Postcode,Status,Date Opened,Post 16,Other URN,Gender\n"
    older.write_text(head + "990001,Old Name,Brook Lane,Examplewick,EX1 1EX,2,20120901,0,,Girls\n", encoding="cp1252")
    commit(ALL["gias_details_2018"], older)
    own = School.objects.get()
    assert (own.name, own.status, own.gender, own.town) == ("Example Brook", "Open", "Mixed", "Examplewick")
