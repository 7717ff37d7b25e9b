"""The framework documents as they ship: whole, clean, mapped."""

import json
import re
from uuid import UUID

import pytest

from headship.core.errors import Unusable
from headship.standards import shipped

FRAMEWORKS = {document.code: document for document in shipped.frameworks()}
(CROSSWALK,) = shipped.crosswalks()
MENDED = {
    "deomnstrate": "demonstrate",
    "aquired": "acquired",
    "neccessary": "necessary",
    "reponsibilities": "responsibilities",
    "Fulfill": "Fulfil",
    "attainment progress": "attainment, progress",
}


def assessable(code):
    return [each.code for each in FRAMEWORKS[code].statements if each.assessable]


def test_the_2015_framework_is_the_default_and_has_25_rows():
    assert list(FRAMEWORKS) == ["nse-2015", "headteachers-2020", "teachers-standards"]
    assert assessable("nse-2015") == ["P", *(f"{domain}.{n}" for domain in range(1, 5) for n in range(1, 7))]
    assert FRAMEWORKS["nse-2015"].status == "Superseded in 2020 by the Headteachers' standards"


def test_the_2020_framework_has_eleven_ethics_and_38_descriptors():
    counts = {1: 5, 2: 3, 3: 4, 4: 4, 5: 4, 6: 3, 7: 5, 8: 3, 9: 3, 10: 4}
    descriptors = [f"{section}.{n}" for section, count in counts.items() for n in range(1, count + 1)]
    assert assessable("headteachers-2020") == [*(f"E{n}" for n in range(11)), *descriptors]


def test_the_eight_teachers_standards():
    assert assessable("teachers-standards") == [str(n) for n in range(1, 9)]
    assert "Part Two" in FRAMEWORKS["teachers-standards"].notes


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_no_number_or_artefact_is_left_in_a_statement(code):
    strays = {
        each.code: each.statement
        for each in FRAMEWORKS[code].statements
        if re.search(r"\d|worldclass|  |\s$|^\s|\u00ad|\ufb01|[a-z]- [a-z]", each.statement)
        or any(wrong in each.statement for wrong in MENDED)
    }
    assert strays == {}


@pytest.mark.parametrize("code", FRAMEWORKS)
def test_short_titles_are_two_to_five_words_where_evidence_points(code):
    if code == "teachers-standards":
        return
    lengths = {each.code: len(each.short_title.split()) for each in FRAMEWORKS[code].statements if each.assessable}
    assert {code: n for code, n in lengths.items() if not 1 <= n <= 5} == {}
    if code == "nse-2015":
        assert {code: n for code, n in lengths.items() if n < 2} == {}


def test_every_uuid_is_written_once_and_fits_case():
    found = [document.uuid for document in FRAMEWORKS.values()]
    found += [each.uuid for document in FRAMEWORKS.values() for each in document.statements]
    found += [CROSSWALK.uuid, *(link.uuid for link in CROSSWALK.links)]
    assert len(found) == len(set(found)) == 3 + 29 + 62 + 43 + 1 + 75
    pattern = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert [each for each in found if not pattern.fullmatch(str(each))] == []


def test_uuids_published_once_never_change():
    by_code = {each.code: each.uuid for each in FRAMEWORKS["nse-2015"].statements}
    assert FRAMEWORKS["nse-2015"].uuid == UUID("96279421-86e7-5f50-9e5f-1937d17f1690")
    assert by_code["P"] == UUID("db6d5b47-20c1-5cea-a98d-61c1488648b8")


def test_nothing_is_said_to_be_checked_that_was_not():
    assert [document.checked_on for document in FRAMEWORKS.values()] == [None, None, None]
    assert all("Crown copyright" in document.licence for document in FRAMEWORKS.values())
    assert all("Open Government Licence v3.0" in document.licence for document in FRAMEWORKS.values())


def test_every_2020_descriptor_is_mapped_or_listed_as_unmapped():
    mapped = {link.destination for link in CROSSWALK.links}
    assert mapped | set(CROSSWALK.unmapped) == set(assessable("headteachers-2020"))
    assert mapped & set(CROSSWALK.unmapped) == set()
    assert {link.origin for link in CROSSWALK.links} == set(assessable("nse-2015"))


def test_what_the_2015_text_does_not_say_is_linked_to_the_nearest_place_only():
    nearest = {link.destination for link in CROSSWALK.links if link.kind == "ext:nearest"}
    assert nearest == set(CROSSWALK.not_in_origin) == {"E3", "E4", "2.3", "3.3", "3.4", "5.2", "5.4"}
    assert CROSSWALK.proposed_by == "Headship's own proposal"


def words(text):
    """Return the letters alone, so that only words are compared."""
    return re.sub(r"[^a-z]", "", text.lower())


@pytest.mark.shared_data
def test_2015_says_what_the_source_says(shared_data):
    source = words((shared_data / "standards/national_standards_of_excellence_2015.txt").read_text())
    missing = [each.code for each in FRAMEWORKS["nse-2015"].statements if words(each.statement) not in source]
    assert missing == []


@pytest.mark.shared_data
def test_2020_says_what_the_source_says(shared_data):
    source = json.loads((shared_data / "standards/headteachers_standards_2020.json").read_text())
    items = [item for group in source["section_1_ethics"][1:] for item in group["items"]]
    items += [item for section in source["section_2_standards"] for item in section["descriptors"]]
    ours = [each.statement for each in FRAMEWORKS["headteachers-2020"].statements if each.assessable]
    assert ours[1:] == items
    assert all(principle.lower() in ours[0] for principle in source["section_1_ethics"][0]["items"])


@pytest.mark.shared_data
def test_teachers_standards_say_what_the_source_says_but_for_its_misspellings(shared_data):
    source = json.loads((shared_data / "standards/teachers_standards_part1.json").read_text())
    theirs = [text for each in source["standards"] for text in (each["title"], *each["points"])]
    for wrong, right in MENDED.items():
        theirs = [text.replace(wrong, right) for text in theirs]
    ours = [each.statement for each in FRAMEWORKS["teachers-standards"].statements]
    assert ours == [text.rstrip(".") for text in theirs]


GOOD = (shipped.FOLDER / "nse-2015.yaml").read_text()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: "statements: [", "This is not YAML that can be read"),
        (lambda text: "- a list", "A framework document starts with its uuid, code and title."),
        (lambda text: text.split("statements:")[0], "This framework has no statements."),
        (lambda text: text.replace('code: "1.2"', 'code: "1.1"'), "The code 1.1 stands twice."),
        (lambda text: text.replace("parent: D1", "parent: D9"), "Statement 1.1 stands under D9"),
        (lambda text: text.replace("db6d5b47-20c1-5cea", "db6d5b47-20c1-7cea"), "is not a UUID of version 1 to 5"),
        (lambda text: text.replace("version:", "edition:"), "missing or unknown: edition, version."),
        (lambda text: text.replace("    kind: preamble\n", ""), "In statement 1, these parts are missing or unknown"),
    ],
)
def test_a_wrong_document_is_refused_with_what_is_wrong(change, sentence):
    with pytest.raises(Unusable) as refused:
        shipped.framework(change(GOOD))
    assert sentence in str(refused.value)
