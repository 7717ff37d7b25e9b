"""Frameworks brought in: previewed, imported whole with their identifiers, locked, taken out; and hostile files."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from headship.core import audit
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import Scope, installation_scope
from headship.standards import actions, imports, queries, trees
from headship.standards.models import Association, Characteristic, Framework, IncomingFramework
from tests import cast as everybody
from tests.standards import hostile
from tests.standards.rich import RICH, identifier, link, made

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
SYSTEM = installation_scope(AT)
CODE = "example-standards-of-reading-aloud-c0ffee00"


def incoming(package=RICH, name="rich.json"):
    return imports.read(name, json.dumps(package).encode(), at=AT)


def brought_in(package=RICH):
    kept = actions.keep_incoming(by=SYSTEM, at=AT, incoming=incoming(package))
    return actions.import_framework(by=SYSTEM, at=AT, incoming=kept)


@pytest.fixture
def shipped(db):
    actions.load_shipped(by=SYSTEM, at=AT)


def test_a_framework_comes_in_whole_with_its_own_identifiers(shipped):
    framework = brought_in()
    assert (framework.code, str(framework.uuid), framework.locked_at) == (CODE, identifier(1), AT)
    view = queries.framework(CODE)
    assert [(each.code, each.parent, str(each.uuid), each.assessable) for each in view.statements] == [
        ("R1", "", identifier(10), False),
        ("1.1", "R1", identifier(12), True),
        ("R1.a", "R1", identifier(11), True),
    ]
    assert (view.licence, view.status, view.version, view.imported) == ("Anybody may use this.", "Adopted", "2", True)
    assert IncomingFramework.objects.count() == 0


def test_a_file_is_imported_once(shipped):
    kept = actions.keep_incoming(by=SYSTEM, at=AT, incoming=incoming())
    actions.import_framework(by=SYSTEM, at=AT, incoming=kept)
    with pytest.raises(Stale, match="imported meanwhile"):
        actions.import_framework(by=SYSTEM, at=AT, incoming=kept)
    assert Framework.objects.filter(code=CODE).count() == 1


def test_it_is_audited_once(shipped):
    before = AuditEvent.objects.count()
    brought_in()
    event = AuditEvent.objects.order_by("-pk").first()
    assert (AuditEvent.objects.count() - before, event.action) == (1, "standards.import_framework")
    assert list(audit.faults(0)) == []


def test_the_same_again_is_refused_and_so_are_other_words_under_the_same_identifier(shipped):
    brought_in()
    with pytest.raises(Unusable, match="is here already, word for word"):
        brought_in()
    with pytest.raises(Unusable, match="is here already with other words, and its words are locked"):
        brought_in(RICH | {"CFDocument": {**RICH["CFDocument"], "title": "Another title"}})
    with pytest.raises(Unusable, match="Some of its statements stand in Example standards of reading aloud already"):
        brought_in(RICH | {"CFDocument": {**RICH["CFDocument"], "identifier": identifier(2)}})
    assert Framework.objects.count() == 4


def test_a_shipped_framework_cannot_be_overwritten_by_a_file(shipped):
    words = queries.framework("nse-2015").by_code["P"].statement
    forged = {**RICH, "CFDocument": {**RICH["CFDocument"], "identifier": "96279421-86e7-5f50-9e5f-1937d17f1690"}}
    with pytest.raises(Unusable, match="its words are locked"):
        brought_in(forged)
    assert queries.framework("nse-2015").by_code["P"].statement == words


def test_links_to_what_is_here_are_shown_and_carry_no_evidence(shipped):
    preamble = queries.framework("nse-2015").by_code["P"]
    to = {"title": "P", "identifier": str(preamble.uuid), "uri": "https://headship.example/P"}
    crossing = made(
        50,
        "CFAssociations",
        associationType="isRelatedTo",
        originNodeURI=link(12, "r", "CFItems"),
        destinationNodeURI=to,
    )
    brought_in(RICH | {"CFAssociations": [*RICH["CFAssociations"], crossing]})
    (found,) = [each for each in queries.counterparts(preamble.id) if each.statement.framework == CODE]
    assert (found.carries, found.proposed_by) == (False, "proposed by Example Publisher")
    assert all(each.carries for each in queries.counterparts(preamble.id) if not each.nearest and each is not found)
    from headship.evidence import tallies

    assert found.statement.id not in tallies.counterparts(preamble.id)
    page = Client().get("/standards/nse-2015/P/").content.decode()
    assert "proposed by Example Publisher" in page


def test_an_imported_framework_is_taken_out_again_while_nothing_points_at_it(shipped):
    brought_in()
    actions.remove_framework(by=SYSTEM, at=AT, code=CODE)
    assert Framework.objects.count() == 3
    assert brought_in().code == CODE


def test_what_ships_and_what_evidence_points_at_stays(shipped):
    with pytest.raises(Refused, match="ships with Headship"):
        actions.remove_framework(by=SYSTEM, at=AT, code="nse-2015")
    brought_in()
    from headship.core.visibility import Visibility
    from headship.evidence.models import Reflection

    cast = everybody.build()
    Reflection.objects.create(
        school=cast.school,
        person=cast.people["headteacher"],
        characteristic=Characteristic.objects.get(uuid=identifier(12)),
        state="noticing",
        visibility=Visibility.PRIVATE,
        written_at=AT,
    )
    with pytest.raises(Unusable, match="Evidence points at this framework, so it stays"):
        actions.remove_framework(by=SYSTEM, at=AT, code=CODE)
    assert Characteristic.objects.filter(framework__code=CODE, parent__isnull=False).count() == 2


def test_only_operators_import(shipped):
    head = Scope(account_id=1, person_id=1, name="Ada Headteacher-Example", at=AT, roles=frozenset({"headteacher"}))
    with pytest.raises(Refused, match="Only those who keep this installation running can load a framework"):
        actions.keep_incoming(by=head, at=AT, incoming=incoming())
    kept = actions.keep_incoming(by=SYSTEM, at=AT, incoming=incoming())
    with pytest.raises(Refused):
        actions.import_framework(by=head, at=AT, incoming=kept)
    actions.import_framework(by=SYSTEM, at=AT, incoming=kept)
    with pytest.raises(Refused, match="Only those who keep this installation running"):
        actions.remove_framework(by=head, at=AT, code=CODE)
    assert Framework.objects.filter(code=CODE).exists()


def test_another_process_sees_what_was_imported(shipped):
    assert len(queries.frameworks()) == 3
    stale = dict(queries._kept)
    brought_in()
    queries._kept.update(stale)  # as another process still has it
    assert len(queries.frameworks()) == 4


@pytest.mark.parametrize(
    ("schemes", "codes"),
    [
        (["A", "A", "A"], ["A", "A_2", "A_3"]),
        (["", "", ""], ["1", "2", "3"]),
        (["2", "", ""], ["2", "2_2", "3"]),
        (["A/B", "A B", "?"], ["A-B", "A-B_2", "3"]),
        (["x" * 80, "x" * 80, "y"], ["x" * 60, "x" * 58 + "_2", "y"]),
    ],
)
def test_codes_fit_addresses_and_are_never_twice(schemes, codes):
    items = [made(100 + n, "CFItems", fullStatement="x", humanCodingScheme=scheme) for n, scheme in enumerate(schemes)]
    branches = trees.in_order("x", {"CFDocument": RICH["CFDocument"], "CFItems": items})
    assert list(trees.codes(branches).values()) == codes


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def operator(shipped):
    return everybody.build().client("operator")


def send(client, content, name="rich.json"):
    return client.post("/exchange/import/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_an_operator_looks_through_a_file_and_imports_it(operator):
    page = send(operator, json.dumps(RICH).encode())
    text = page.content.decode()
    assert page.redirect_chain[-1][0].startswith("/exchange/import/")
    assert "Not imported yet" in text
    assert "Example standards of reading aloud" in text
    assert "Fields that CASE does not know, kept as extensions" in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert Framework.objects.count() == 3
    done = operator.post(page.redirect_chain[-1][0], follow=True)
    assert "Example standards of reading aloud is imported." in done.content.decode()
    assert "Imported as its publisher gave it; its words are locked." in done.content.decode()
    assert "Example standards of reading aloud" in operator.get("/exchange/import/").content.decode()
    gone = operator.post(f"/exchange/remove/{CODE}", follow=True)
    assert "The framework is taken out." in gone.content.decode()


def test_a_file_that_cannot_be_taken_is_told_in_the_form(operator):
    page = send(operator, b'{"CFDocument": {"title": "x"}}')
    assert "is missing. CASE asks for it in every CFDocument." in page.content.decode().replace("&#39;", "'")
    assert IncomingFramework.objects.count() == 0
    assert "is larger than 10 MB" in send(operator, b"x" * (11 << 20)).content.decode()


def test_an_import_that_waits_no_longer_is_not_found(operator):
    assert operator.get("/exchange/import/99/").status_code == 404


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("case", "nse-2015.case-1.1.json", "application/json"),
        ("case-1.0", "nse-2015.case-1.0.json", "application/json"),
        ("moodle", "nse-2015.moodle.csv", "text/csv"),
        ("mahara", "nse-2015.matrix", "application/json"),
    ],
)
def test_every_framework_has_its_files(shipped, form, name, kind):
    page = Client().get("/standards/nse-2015/").content.decode()
    assert f'href="/exchange/files/nse-2015/{form}"' in page
    file = Client().get(f"/exchange/files/nse-2015/{form}")
    assert (file["Content-Disposition"], file["Content-Type"]) == (f'attachment; filename="{name}"', kind)
    assert b"Headteachers" in file.content
    assert Client().get(f"/exchange/files/nse-2015/{form}", headers={"if-none-match": file["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["nowhere/case", "nse-2015/word"])
def test_what_is_not_there_cannot_be_fetched(shipped, path):
    assert Client().get(f"/exchange/files/{path}").status_code == 404


def test_anybody_reads_what_addresses_there_are(shipped):
    page = Client().get("/exchange/").content.decode()
    assert "http://testserver/ims/case/v1p1/CFDocuments" in page
    assert "96279421-86e7-5f50-9e5f-1937d17f1690" in page
    assert 'href="/exchange/"' in Client().get("/standards/").content.decode()


@pytest.mark.parametrize("path", ["/standards/", "/exchange/"])
def test_the_way_to_an_import_is_shown_to_those_who_may(operator, path):
    shown = 'href="/exchange/import/"'
    assert shown in operator.get(path).content.decode()
    assert shown not in Client().get(path).content.decode()


@pytest.mark.usefixtures("nothing_shipped")
def test_the_page_teaches_where_nothing_is_loaded():
    assert "This page will list the frameworks that can be fetched." in Client().get("/exchange/").content.decode()


# ── hostile files ───────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = list(hostile.families())


def test_there_are_enough_hostile_files():
    assert len(HOSTILE) >= 150
    assert len({family for family, _, _ in HOSTILE}) >= 8
    assert len({content for _, _, content in HOSTILE}) >= 150


@pytest.mark.parametrize(("name", "content"), [pytest.param(name, content, id=name) for _, name, content in HOSTILE])
def test_a_hostile_file_is_refused_with_a_sentence_and_brings_nothing(name, content):
    begun = sum(os.times()[:4])  # of the processor, the limited process included: a busy machine is no fault of ours
    with pytest.raises(Unusable) as told:
        imports.read(name, content, at=AT)
    assert sum(os.times()[:4]) - begun < 10
    assert str(told.value).startswith(f"“{name}”")
    assert str(told.value).endswith(".")
    assert len(str(told.value)) < 2_000


# The peak of this process' own memory: `ru_maxrss` of a child would begin with that of whoever started it.
MEASURED = """
import re, sys
from pathlib import Path
from headship.core import strict_json
from headship.core.errors import Unusable
from headship.standards import packages
content = eval(sys.argv[1])
try:
    packages.read("dense.json", content)
except Unusable:
    print(*re.findall(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()))
"""


@pytest.mark.parametrize(
    "content",
    [
        "b'[' + b'[],' * 3_400_000 + b'[]]'",
        "b'{\"CFDocument\":{}, \"CFItems\":[' + b'{\"a\":1},' * 1_100_000 + b'{}]}'",
    ],
)
def test_the_densest_file_that_is_taken_needs_little_memory(content):
    told = subprocess.run([sys.executable, "-c", MEASURED, content], capture_output=True, text=True, check=True)
    assert 0 < int(told.stdout) < 512 * 1024


def test_nothing_is_kept_of_a_hostile_file(operator):
    before = (Framework.objects.count(), Characteristic.objects.count(), Association.objects.count())
    for _, name, content in HOSTILE[:: len(HOSTILE) // 12]:
        page = send(operator, content, name)
        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()
    assert (Framework.objects.count(), Characteristic.objects.count(), Association.objects.count()) == before
    assert IncomingFramework.objects.count() == 0
