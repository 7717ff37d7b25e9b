"""The exchange addresses: what they answer, in both versions, and the identifiers that never change."""

import hashlib
import json
import re

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headship.core.scope import installation_scope
from headship.standards import actions, api, asked, case, catalogue, imports, packages, queries
from tests import cast as everybody
from tests.standards.rich import RICH, identifier, resource_ids

NSE, HEADS, TEACHERS = (
    "96279421-86e7-5f50-9e5f-1937d17f1690",
    "d10901c3-d35d-5d92-a961-f63c11c11b31",
    "4e66aac6-d62b-5292-8ca3-ad58afe774c1",
)
PREAMBLE = "db6d5b47-20c1-5cea-a98d-61c1488648b8"
ROOT = "http://testserver/ims/case"
STRICT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.fixture
def loaded(db):
    now = timezone.now()
    actions.load_shipped(by=installation_scope(now), at=now)


@pytest.fixture
def rich(loaded):
    """Bring in a package with everything."""
    now = timezone.now()
    by = installation_scope(now)
    incoming = imports.read("rich.json", json.dumps(RICH).encode(), at=now)
    actions.import_framework(by=by, at=now, incoming=actions.keep_incoming(by=by, at=now, incoming=incoming))


def get(path, version="v1p1", **said):
    return Client().get(f"/ims/case/{version}/{path}", said)


# ── identifiers ─────────────────────────────────────────────────────────────────────────────────────────────────────

PUBLISHED = "536895e3489c3cf9bba310a5a2767be46d47174dbbe4a497cd2d4e3b431f5cf5"


def published():
    """Return every identifier that the packages of what ships publish."""
    held = catalogue.at("http://testserver").held
    return sorted(f"{kind} {uuid}" for kind, uuid in held)


def test_identifiers_published_once_never_change(loaded):
    found = published()
    assert hashlib.sha256("\n".join(found).encode()).hexdigest() == PUBLISHED, (
        "An identifier that others may hold has changed, gone or come. None may ever change or go; if a framework or a "
        "link was added, see that only lines were added, and pin the new digest."
    )
    assert len(found) == 3 + 134 + 134 + 75 + 1 + 3 + 11
    for line in (
        f"CFDocument {NSE}",
        f"CFDocument {HEADS}",
        f"CFDocument {TEACHERS}",
        f"CFItem {PREAMBLE}",
        "CFItem a8b7dc42-5c04-59cf-97ad-1aa56ecf8705",
        "CFItem 03ea5ac3-60c5-5997-8126-a4c6c9f3c11d",
        "CFItem 43488089-69b7-5e9c-b1b9-a5fdb49f8779",
        "CFAssociation 03e32d52-26fd-5198-8c3d-6c9f1831cac6",
        "CFAssociation 165dff90-f449-5bb7-90fe-0b4ec5bd3f4c",
        "CFAssociationGrouping db185cb1-5cf0-50fb-9721-30357a47bbd5",
    ):
        assert line in found


TOLD = {
    "nse-2015": "7337489a41e780c5",
    "headteachers-2020": "913090858fa56950",
    "teachers-standards": "74e12a2206561530",
}


@pytest.mark.parametrize("code", TOLD)
def test_a_package_that_says_something_new_says_since_when(loaded, code):
    package = catalogue.package(queries.framework(code), "https://headship.example")
    assert hashlib.sha256(packages.written(package)).hexdigest()[:16] == TOLD[code], (
        f"The package of {code} says something else than before. Set changed_on in its YAML to today, so that systems "
        "that hold it fetch it again; then pin the new digest."
    )


# ── what is answered ────────────────────────────────────────────────────────────────────────────────────────────────


def every_answer(version):
    """Yield the kind and the answer of every address with every resource held."""
    held = catalogue.at("http://testserver").held
    for collection, kind in api.COLLECTIONS.items():
        base = {"CFPackage": "CFDocument", "CFItemAssociations": "CFItem"}.get(kind, kind)
        for found, uuid in held:
            if found == base:
                answer = get(f"{collection}/{uuid}", version)
                if kind != "CFItemAssociations" or answer.status_code == 200:
                    yield kind, answer.json()


def faults(kind, each):
    """Yield what a resource lacks or has too much, by the table of fields."""
    extra = {"CFPackageURI", "CFDocumentURI"}
    fields = case.fields(kind)
    lacking = [name for name, field in fields.items() if field.required and name not in each]
    unknown = set(each) - set(fields) - extra
    if lacking or unknown:
        yield f"{kind} {each.get('identifier')}: lacks {lacking}, does not know {unknown}"


def nothing_empty(value):
    """Whether a value holds no null and no empty list, at any depth."""
    if isinstance(value, dict):
        return all(map(nothing_empty, value.values()))
    if isinstance(value, list):
        return bool(value) and all(map(nothing_empty, value))
    return value is not None


@pytest.mark.parametrize("version", ["v1p0", "v1p1"])
def test_every_answer_is_whole(rich, version):
    count = 0
    for kind, answer in every_answer(version):
        count += 1
        assert nothing_empty(answer), answer
        if kind == "CFPackage":
            found = list(case.parts(answer))
            assert not any("CFDocumentURI" in each or "CFPackageURI" in each for _, each in found)
        elif kind == "CFItemAssociations":
            found = [("CFItem", answer["CFItem"]), *(("CFAssociation", each) for each in answer["CFAssociations"])]
            assert not any("CFDocumentURI" in each for each in answer["CFAssociations"])
        elif kind in catalogue.IN_SETS:
            found = [(kind, each) for each in answer[catalogue.IN_SETS[kind]]]
        else:
            found = [(kind, answer)]
            assert ("CFDocumentURI" in answer) is (kind in {"CFItem", "CFAssociation"})
            assert ("CFPackageURI" in answer) is (kind == "CFDocument")
        assert [told for each in found for told in faults(*each)] == []
        assert all(STRICT.fullmatch(each["identifier"]) for _, each in found)
    assert count > 500


@pytest.mark.parametrize(
    ("collection", "required"),
    [
        ("CFDocuments", {"identifier", "uri", "creator", "title", "lastChangeDateTime", "CFPackageURI"}),
        ("CFItems", {"identifier", "fullStatement", "uri", "lastChangeDateTime", "CFDocumentURI"}),
        (
            "CFAssociations",
            {"identifier", "associationType", "uri", "originNodeURI", "destinationNodeURI", "lastChangeDateTime"},
        ),
        ("CFRubrics", {"identifier", "uri", "lastChangeDateTime"}),
        ("CFLicenses", {"identifier", "uri", "title", "licenseText", "lastChangeDateTime"}),
        ("CFAssociationGroupings", {"identifier", "uri", "title", "lastChangeDateTime"}),
    ],
)
@pytest.mark.parametrize("version", ["v1p0", "v1p1"])
def test_a_single_resource_is_flat_and_has_what_the_standard_asks_for(rich, version, collection, required):
    uuid = resource_ids()[api.COLLECTIONS[collection]]
    answer = get(f"{collection}/{uuid}", version).json()
    assert answer["identifier"] == uuid
    assert required <= set(answer)


@pytest.mark.parametrize(("collection", "count"), [("CFConcepts", 2), ("CFSubjects", 1), ("CFItemTypes", 1)])
def test_definitions_with_a_hierarchy_come_in_sets_the_one_asked_for_first(rich, collection, count):
    uuid = resource_ids()[api.COLLECTIONS[collection]]
    uuid = identifier(32) if collection == "CFConcepts" else uuid
    (name, found), *rest = get(f"{collection}/{uuid}").json().items()
    assert (name, len(found), rest) == (collection, count, [])
    assert found[0]["identifier"] == uuid


def test_an_item_of_ours(loaded):
    assert get(f"CFItems/{PREAMBLE.upper()}").json() == {
        "identifier": PREAMBLE,
        "fullStatement": queries.framework().by_code["P"].statement,
        "CFItemType": "preamble",
        "uri": f"{ROOT}/v1p1/CFItems/{PREAMBLE}",
        "humanCodingScheme": "P",
        "abbreviatedStatement": "The headteacher's role",
        "language": "en-GB",
        "CFItemTypeURI": {
            "title": "preamble",
            "identifier": "75327a8a-4203-5a72-a96c-a3f177f53f1f",
            "uri": f"{ROOT}/v1p1/CFItemTypes/75327a8a-4203-5a72-a96c-a3f177f53f1f",
        },
        "licenseURI": {
            "title": "Licence",
            "identifier": "5fcaa51c-e8af-5650-a184-71839921cc80",
            "uri": f"{ROOT}/v1p1/CFLicenses/5fcaa51c-e8af-5650-a184-71839921cc80",
        },
        "lastChangeDateTime": "2026-11-23T00:00:00+00:00",
        "extensions": {"headship": {"assessable": True}},
        "CFDocumentURI": {
            "title": "National Standards of Excellence for Headteachers",
            "identifier": NSE,
            "uri": f"{ROOT}/v1p1/CFDocuments/{NSE}",
        },
    }


def test_the_crosswalk_is_seen_from_both_sides_and_says_whose_it_is(loaded):
    e4 = str(queries.framework("headteachers-2020").by_code["E4"].uuid)
    (link,) = [
        each
        for each in get(f"CFItemAssociations/{e4}").json()["CFAssociations"]
        if each["associationType"] != "isChildOf"
    ]
    assert (link["originNodeURI"]["identifier"], link["associationType"]) == (PREAMBLE, "ext:nearest")
    assert link["notes"] == "Headship's own proposal, not an official crosswalk."
    assert link["CFAssociationGroupingURI"]["title"] == "Crosswalk from nse-2015 to headteachers-2020"
    older = get(f"CFAssociations/{link['identifier']}", "v1p0").json()
    assert (older["associationType"], "notes" in older) == ("isRelatedTo", False)
    assert older["uri"] == f"{ROOT}/v1p0/CFAssociations/{link['identifier']}"


# ── errors ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("collection", api.COLLECTIONS)
@pytest.mark.parametrize(
    ("version", "uuid", "code"),
    [
        ("v1p1", "not-a-uuid", "invalid_uuid"),
        ("v1p0", "not-a-uuid", "invaliduuid"),
        ("v1p1", "00000000-0000-0000-0000-000000000000", "invalid_uuid"),
        ("v1p1", "c0ffee00-0000-4000-8000-999999999999", "unknownobject"),
        ("v1p0", "c0ffee00-0000-4000-8000-999999999999", "unknownobject"),
    ],
)
def test_what_is_not_here_is_told_by_an_imsx_status(loaded, collection, version, uuid, code):
    answer = get(f"{collection}/{uuid}", version)
    told = answer.json()
    assert answer.status_code == 404
    assert (told["imsx_codeMajor"], told["imsx_severity"]) == ("failure", "error")
    assert told["imsx_codeMinor"] == {
        "imsx_codeMinorField": [{"imsx_codeMinorFieldName": "sourcedId", "imsx_codeMinorFieldValue": code}]
    }


def test_the_addresses_are_only_read(loaded):
    answer = Client().post(f"/ims/case/v1p1/CFItems/{PREAMBLE}")
    assert (answer.status_code, answer["Allow"], answer.json()["imsx_codeMajor"]) == (405, "GET, HEAD", "failure")
    assert Client().head(f"/ims/case/v1p1/CFItems/{PREAMBLE}").status_code == 200


@pytest.mark.usefixtures("nothing_shipped")
def test_an_installation_without_frameworks_says_so():
    assert get("CFDocuments").json()["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == (
        "unknownobject"
    )


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


def listed(**said):
    return [each["identifier"] for each in get("CFDocuments", **said).json()["CFDocuments"]]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, [NSE, HEADS, TEACHERS]),
        ({"sort": "title"}, [HEADS, NSE, TEACHERS]),
        ({"sort": "version", "orderBy": "desc"}, [HEADS, NSE, TEACHERS]),
        ({"sort": "version", "orderBy": "asc"}, [TEACHERS, NSE, HEADS]),
        ({"limit": "1", "offset": "1"}, [HEADS]),
        ({"filter": "version='2015'"}, [NSE]),
        ({"filter": "title~'STANDARDS'"}, [NSE, HEADS, TEACHERS]),
        ({"filter": "version>='2015' AND title~'excellence'"}, [NSE]),
        ({"filter": "version='2011' OR version='2020'"}, [HEADS, TEACHERS]),
        ({"filter": "title='Headteachers'' standards'"}, [HEADS]),
        ({"filter": "version!='2015'", "sort": "version"}, [TEACHERS, HEADS]),
    ],
)
def test_the_list_is_paged_sorted_and_filtered(loaded, said, found):
    assert listed(**said) == found


def test_pages_link_to_one_another_and_say_how_many_there_are(loaded):
    answer = get("CFDocuments", limit="1", offset="1", sort="title")
    address = f"{ROOT}/v1p1/CFDocuments?sort=title&limit=1&offset="
    assert answer["X-Total-Count"] == "3"
    assert answer["Link"].split(", ") == [
        f'<{address}0>; rel="first"',
        f'<{address}2>; rel="last"',
        f'<{address}2>; rel="next"',
        f'<{address}0>; rel="prev"',
    ]
    assert "next" not in get("CFDocuments", limit="2", offset="2")["Link"]


def test_only_the_fields_asked_for_are_given(loaded):
    (only,) = get("CFDocuments", fields="identifier,title", filter="version='2020'").json()["CFDocuments"]
    assert only == {"identifier": HEADS, "title": "Headteachers' standards"}


@pytest.mark.parametrize(
    ("said", "name", "code"),
    [
        ({"limit": "0"}, "limit", "invalid_selection_field"),
        ({"limit": "many"}, "limit", "invalid_selection_field"),
        ({"offset": "-1"}, "offset", "invalid_selection_field"),
        ({"sort": "colour"}, "sort", "invalid_sort_field"),
        ({"orderBy": "up"}, "orderBy", "invalid_sort_field"),
        ({"fields": "identifier,colour"}, "fields", "invalid_selection_field"),
        ({"filter": "colour='teal'"}, "filter", "invalid_selection_field"),
        ({"filter": "title=teal"}, "filter", "invalid_selection_field"),
        ({"filter": "title='a' AND title='b' OR title='c'"}, "filter", "invalid_selection_field"),
        ({"filter": "title='a' title='b'"}, "filter", "invalid_selection_field"),
        ({"filter": "title='a' AND "}, "filter", "invalid_selection_field"),
    ],
)
def test_what_cannot_be_understood_is_told(loaded, said, name, code):
    answer = get("CFDocuments", **said)
    assert answer.status_code == 400
    assert answer.json()["imsx_codeMinor"]["imsx_codeMinorField"] == [
        {"imsx_codeMinorFieldName": name, "imsx_codeMinorFieldValue": code}
    ]


def test_1_0_does_not_know_fields_of_1_1(loaded):
    assert get("CFDocuments", "v1p1", fields="caseVersion").status_code == 200
    assert get("CFDocuments", "v1p0", fields="caseVersion").status_code == 400


def test_nothing_left_is_no_empty_set(loaded):
    answer = get("CFDocuments", offset="3")
    assert answer.status_code == 404
    assert "none is left after this offset" in answer.json()["imsx_description"]


@given(st.dictionaries(st.sampled_from(["limit", "offset", "sort", "orderBy", "filter", "fields"]), st.text()))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_said_is_understood_or_told(said):
    try:
        count = len(asked.read(said, "v1p1").chosen([RICH["CFDocument"]]))
    except asked.NotUnderstoodError as wrong:
        count = 0 if wrong.name in said else -1
    assert count in {0, 1}


# ── caches ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["CFDocuments", f"CFPackages/{NSE}", f"CFItems/{PREAMBLE}"])
def test_answers_may_be_kept_and_asked_about(loaded, path):
    first = get(path)
    assert (first["Cache-Control"], first["Access-Control-Allow-Origin"]) == ("public, max-age=300", "*")
    again = Client().get(f"/ims/case/v1p1/{path}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "public, max-age=300"
    other = Client().get(f"/ims/case/v1p1/{path}", headers={"if-none-match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_an_answer_to_somebody_signed_in_is_kept_by_nobody_else(loaded):
    client = everybody.build().client("teacher")
    answer = client.get(f"/ims/case/v1p1/CFItems/{PREAMBLE}")
    assert answer["Cache-Control"] == "private, max-age=300"


def test_a_package_costs_one_query(loaded, django_assert_num_queries):
    get(f"CFPackages/{NSE}")
    with django_assert_num_queries(1):
        get(f"CFPackages/{NSE}")


# ── the published schema of 1.0 ─────────────────────────────────────────────────────────────────────────────────────


FORMATS = jsonschema.FormatChecker()


@FORMATS.checks("date-time")
def is_moment(text):
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text))


@FORMATS.checks("uri")
def is_uri(text):
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+", text))


def swagger_schema(swagger, name):
    definitions = {key: dict(each) for key, each in swagger["definitions"].items()}
    for key, each in definitions.items():
        if "allOf" in each:
            base = definitions[each["allOf"][0]["$ref"].rsplit("/", 1)[1]]
            more = each["allOf"][1]
            definitions[key] = {
                "type": "object",
                "properties": {**base["properties"], **more["properties"]},
                "required": [*base.get("required", []), *more.get("required", [])],
                "additionalProperties": False,
            }
    return {"$ref": f"#/definitions/{name}", "definitions": definitions}


ANSWERS = {
    "CFDocument": "CFDocument.Type",
    "CFItem": "CFItem.Type",
    "CFAssociation": "CFAssociation.Type",
    "CFItemAssociations": "CFAssociationSet.Type",
    "CFAssociationGrouping": "CFAssociationGrouping.Type",
    "CFPackage": "CFPackage.Type",
    "CFItemType": "CFItemTypeSet.Type",
    "CFSubject": "CFSubjectSet.Type",
    "CFConcept": "CFConceptSet.Type",
    "CFLicense": "CFLicense.Type",
    "CFRubric": "CFRubric.Type",
}


@pytest.mark.shared_data
def test_every_1_0_answer_is_valid_by_the_published_schemas(rich, shared_data):
    folder = shared_data / "interchange/case"
    swagger = json.loads((folder / "case-v1p0-swagger.json").read_text())
    schema = json.loads((folder / "case-v1p0-cfpackage-schema.json").read_text())
    whole = jsonschema.Draft7Validator(schema, format_checker=FORMATS)
    validators = {
        kind: jsonschema.Draft7Validator(swagger_schema(swagger, name), format_checker=FORMATS)
        for kind, name in ANSWERS.items()
    }
    seen = set()
    for kind, answer in every_answer("v1p0"):
        seen.add(kind)
        assert [error.message for error in validators[kind].iter_errors(answer)] == []
        if kind == "CFPackage":
            assert [error.message for error in whole.iter_errors(answer)] == []
    assert seen == set(ANSWERS)
    documents = jsonschema.Draft7Validator(swagger_schema(swagger, "CFDocumentSet.Type"))
    assert list(documents.iter_errors(get("CFDocuments", "v1p0").json())) == []
    status = jsonschema.Draft7Validator(swagger_schema(swagger, "imsx_StatusInfo.Type"))
    for path, said in [("CFItems/x", {}), (f"CFItems/{identifier(99)}", {}), ("CFDocuments", {"sort": "x"})]:
        assert list(status.iter_errors(get(path, "v1p0", **said).json())) == []


@pytest.mark.shared_data
def test_the_schema_can_fail(rich, shared_data):
    whole = jsonschema.Draft7Validator(
        json.loads((shared_data / "interchange/case/case-v1p0-cfpackage-schema.json").read_text())
    )
    newest = get(f"CFPackages/{identifier(1)}").json()
    assert any("ext:readsLike" in error.message for error in whole.iter_errors(newest))
