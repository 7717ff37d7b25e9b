"""Export, import, export: the same bytes, for every format: for what ships, the samples, and what chance makes."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from headship.core.scope import installation_scope
from headship.standards import actions, case, catalogue, imports, mahara, moodle, packages, queries
from headship.standards.models import Association, Characteristic, Framework
from tests.standards.packages_made import packages as made_packages
from tests.standards.rich import RICH

SLOW = [HealthCheck.too_slow]  # a busy machine is no fault of a package
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
BASE = "http://testserver"
NAMES = {"case": "framework.json", "moodle": "framework.csv", "mahara": "framework.matrix"}
SHIPPED = ["nse-2015", "headteachers-2020", "teachers-standards"]
SAMPLES = ["Ordering.json", "SmartLevelFramework.json", "opensalt-framework-sample.json", "sample_case.csv"]


def written(form, package, code="a-code"):
    if form == "moodle":
        return moodle.written(package, code=code)
    return packages.written(package) if form == "case" else mahara.written(package)


def again(form, content):
    return written(form, imports.read(NAMES[form], content, at=AT).package, code="another-code")


def assert_same(form, package):
    first = written(form, package)
    second = again(form, first)
    assert second == first
    assert again(form, second) == first


@pytest.fixture
def shipped(db):
    actions.load_shipped(by=installation_scope(AT), at=AT)


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("code", SHIPPED)
def test_what_ships_comes_back_to_the_byte(shipped, form, code):
    assert_same(form, catalogue.package(queries.framework(code), BASE))


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.shared_data
def test_the_samples_come_back_to_the_byte(shared_data, form, name):
    content = (shared_data / "interchange/case" / name).read_bytes()
    assert_same(form, imports.read(name, content, at=AT).package)


@pytest.mark.parametrize("form", NAMES)
def test_a_package_with_everything_comes_back_to_the_byte(form):
    assert_same(form, imports.read("rich.json", json.dumps(RICH).encode(), at=AT).package)


@given(made_packages())
@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
def test_any_package_comes_back_to_the_byte(raw):
    package, _ = packages.checked("chance.json", raw)
    for form in ("case", "mahara"):
        assert_same(form, package)
    assert packages.written(packages.checked("chance.json", package)[0]) == packages.written(package)


@given(made_packages())
@settings(
    max_examples=12, deadline=None, suppress_health_check=SLOW
)  # each starts the limited process that reads tables
def test_any_package_comes_back_from_moodle_to_the_byte(raw):
    assert_same("moodle", packages.checked("chance.json", raw)[0])


def empty_again():
    Association.objects.all().delete()
    Characteristic.objects.update(parent=None)
    Characteristic.objects.all().delete()
    Framework.objects.all().delete()
    queries.forget()


def brought_in(name, content):
    by = installation_scope(AT)
    kept = actions.keep_incoming(by=by, at=AT, incoming=imports.read(name, content, at=AT))
    return actions.import_framework(by=by, at=AT, incoming=kept)


@pytest.mark.parametrize("code", SHIPPED)
def test_an_export_imported_elsewhere_is_the_framework_itself(shipped, code):
    before = queries.framework(code)
    exported = packages.written(catalogue.package(before, BASE))
    empty_again()
    brought_in("from-elsewhere.json", exported)
    after = queries.framework(code)
    assert after.digest == before.digest
    assert [(each.uuid, each.code, each.statement) for each in after.statements] == [
        (each.uuid, each.code, each.statement) for each in before.statements
    ]
    assert packages.written(catalogue.package(after, "https://other.example")) == exported
    actions.load_shipped(by=installation_scope(AT), at=AT)
    assert Framework.objects.count() == 3


def test_the_crosswalk_travels_as_associations(shipped):
    by_code = {code: packages.written(catalogue.package(queries.framework(code), BASE)) for code in SHIPPED}
    links = set(Association.objects.values_list("uuid", "origin__uuid", "destination__uuid", "kind", "proposed_by"))
    assert len(links) == 75
    empty_again()
    for code in SHIPPED:
        brought_in(f"{code}.json", by_code[code])
    assert links == set(
        Association.objects.values_list("uuid", "origin__uuid", "destination__uuid", "kind", "proposed_by")
    )


@pytest.mark.parametrize(("form", "name"), [("moodle", "nse.csv"), ("mahara", "nse.matrix")])
def test_moodle_and_mahara_bring_the_same_words_under_the_same_headings(shipped, form, name):
    view = queries.framework("nse-2015")
    content = written(form, catalogue.package(view, BASE), code=view.code)
    document = imports.read(name, content, at=AT).document
    words = {each.statement for each in view.statements}
    for each in document.statements:
        assert any(ours in each.statement for ours in words), each.statement
    places = {(each.code, each.parent) for each in document.statements}
    assert {("1.1", "D1"), ("4.6", "D4")} <= places


def test_moodles_own_columns_come_out_as_they_went_in():
    head = ",".join(f'"{each}"' for each in moodle.HEADINGS)
    scale = '[{""scaleid"":""2""},{""id"":2,""scaledefault"":1,""proficient"":1}]'
    rows = [
        f',FR,Example,"<p>An <b>example</b></p>",1,"No,Yes","{scale}",,,,,,1,"competency,skill"',
        ',a,"First, and =more","<p>x</p>",1,,,core_competency\\competency_rule_all,1,null,"b,c%2Cd",7,,',
        'a,b,Second,,1,"No,Yes",[],,0,null,,8,,',
        'a,"c,d",Third,plain,0,,,,0,null,,9,,',
    ]  # fmt: skip
    content = "\n".join([head, *rows, ""]).encode()
    incoming = imports.read("example.csv", content, at=AT)
    assert incoming.format == "moodle"
    related = [each for each in incoming.package["CFAssociations"] if each["associationType"] == "isRelatedTo"]
    assert [(each["originNodeURI"]["title"], each["destinationNodeURI"]["title"]) for each in related] == [
        ("a", "b"),
        ("a", "c,d"),
    ]
    import csv

    def cells(text):
        return list(csv.reader(text.splitlines(keepends=True)))

    assert cells(moodle.written(incoming.package, code="x").decode()) == cells(content.decode())


def test_moodles_older_headings_are_known():
    head = (
        '"Parent id number","Id number",Shortname,Description,"Description format","Scale values",'
        '"Scale configuration",'
        '"Rule type (optional)","Rule outcome (optional)","Rule config (optional)",'
        '"Cross referenced competency id numbers","Exported id (optional)","Is framework",Taxonomy'
    )
    content = f"{head}\n,F,Frame,,1,,,,,,,,1,\n,a,One,,1,,,,0,null,,1,,\n".encode()
    assert [each.code for each in imports.read("old.csv", content, at=AT).document.statements] == ["a"]


OLD_MATRIX = {
    "framework": {
        "institution": "all",
        "name": "Example evidence",
        "description": "What we look for",
        "selfassess": True,
        "standards": [
            {
                "shortname": "One",
                "name": "Knowing",
                "description": "",
                "priority": 1,
                "standardelement": [
                    {"shortname": "1.1", "name": "People", "description": "by name", "priority": 1, "parent": False},
                    {"shortname": "1.1.1", "name": "Pupils", "description": "", "priority": 2, "parent": True},
                    {"shortname": "1.2", "name": "Places", "description": "", "priority": 3, "parent": False},
                ],
            },
            {"shortname": "Two", "name": "Empty for now", "description": "", "priority": 2},
        ],
    }
}
NEW_MATRIX = {
    "framework": {
        "institution": "all",
        "name": "Example evidence",
        "description": "What we look for",
        "selfassess": False,
        "evidencestatuses": [{"begun": "Ready"}, {"incomplete": "No"}, {"completed": "Yes"}],
        "standards": [{"shortname": "One", "name": "Knowing", "description": "", "standardid": 1}],
        "standardelements": [
            {"shortname": "P", "name": "People", "description": "", "standardid": 1, "elementid": "1.0"},
            {"shortname": "Q", "name": "Pupils", "description": "", "standardid": 1, "elementid": "1.0.1",
             "parentelementid": "1.0"},
        ],
    }
}  # fmt: skip


def test_both_forms_of_mahara_are_read():
    old = imports.read("old.matrix", json.dumps(OLD_MATRIX).encode(), at=AT)
    assert [(each.code, each.parent) for each in old.document.statements] == [
        ("One", None), ("1.1", "One"), ("1.1.1", "1.1"), ("1.2", "One"), ("Two", None),
    ]  # fmt: skip
    new = imports.read("new.matrix", json.dumps(NEW_MATRIX).encode(), at=AT)
    assert [(each.code, each.parent) for each in new.document.statements] == [("One", None), ("P", "One"), ("Q", "P")]
    assert json.loads(mahara.written(new.package)) == NEW_MATRIX
    assert_same("mahara", old.package)


def test_what_case_does_not_know_is_kept_and_what_says_nothing_is_not():
    package, noticed = packages.checked("rich.json", RICH)
    assert package["CFDocument"]["extensions"] == {"colour": "teal", "ext:shelf": "B2"}
    level = package["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][0]
    assert level["extensions"] == [{"mood": "calm"}]
    assert noticed == {packages.BEYOND: 2}
    assert "null" not in packages.written(package).decode()
    assert "CFDocumentURI" not in packages.written(package).decode()


def test_1_0_is_1_1_without_what_1_1_brought():
    package, _ = packages.checked("rich.json", RICH)
    older = case.spelled_package(package, "v1p0", BASE)
    text = json.dumps(older)
    for newer in ("extensions", "caseVersion", "frameworkType", "ext:readsLike", "isTranslationOf", "targetType"):
        assert newer not in text
    assert [each["associationType"] for each in older["CFAssociations"]][3:] == ["isRelatedTo"] * 3
    assert "subject" not in older["CFItems"][1]
    assert older["CFDocument"]["description"] == "What reading aloud well looks like. In two lines."
