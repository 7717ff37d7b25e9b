"""Importing on the web: upload, see, commit, undo, name columns."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headship.core.errors import Refused
from headship.core.models import ImportBatch
from headship.schools import actions
from headship.schools.models import School
from tests import cast as everybody
from tests.core import hostile

REGISTER = (
    b"urn,name,local_authority_name,phase_of_education,gender,status\n991001,Uploaded Brook,Valley,Primary,Mixed,Open\n"
)


@pytest.fixture
def operator(db):
    return everybody.build().client("operator")


def upload(client, content, name="register.csv"):
    return client.post("/imports/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def shown(response):
    return response.content.decode()


def test_a_file_is_seen_before_it_changes_anything(operator):
    page = upload(operator, REGISTER)
    batch = ImportBatch.objects.get()
    assert page.redirect_chain == [(f"/imports/{batch.pk}/", 302)]
    assert "It looks like the short register extract" in shown(page)
    assert "Uploaded Brook" in shown(page)
    assert not School.objects.filter(urn=991001).exists()


def test_it_is_committed_and_undone(operator):
    upload(operator, REGISTER)
    batch = ImportBatch.objects.get()
    page = operator.post(f"/imports/{batch.pk}/commit", follow=True)
    assert "register.csv is imported." in shown(page)
    assert School.objects.get(urn=991001).name == "Uploaded Brook"
    assert "0 changes" in shown(upload(operator, REGISTER))
    page = operator.post(f"/imports/{batch.pk}/undo", follow=True)
    assert "What stood before it stands again" in shown(page)
    assert not School.objects.filter(urn=991001).exists()
    assert "register.csv" in shown(operator.get("/imports/"))


def test_a_table_of_another_kind_asks_for_its_columns_and_remembers(operator):
    table = b"School URN;School name;Absence\n991001;Named Brook;5.2%\n"
    page = upload(operator, table, "ours.csv")
    batch = ImportBatch.objects.get()
    assert "Which column is which in ours.csv?" in shown(page)
    chosen = {"to0": "urn", "to1": "name", "to2": "absence_pct", "year2": "2022"}
    page = operator.post(f"/imports/{batch.pk}/columns/", chosen, follow=True)
    batch = ImportBatch.objects.get()
    operator.post(f"/imports/{batch.pk}/commit")
    assert School.objects.get(urn=991001).figures.get().value == 5.2
    again = shown(upload(operator, table.replace(b"5.2", b"5.3"), "ours.csv"))
    assert '<option value="absence_pct" selected>' in again
    assert '<option value="2022" selected>' in again


def test_columns_without_a_urn_are_refused_with_the_mend(operator):
    upload(operator, b"A;B\n1;2\n", "ours.csv")
    page = operator.post(f"/imports/{ImportBatch.objects.get().pk}/columns/", {"to0": "name"})
    assert "Say which one column holds the URN" in shown(page)


SMALL = [family for family in hostile.FAMILIES if family != "huge"]  # a large file is told when the worker has seen it


@pytest.mark.parametrize("family", SMALL)
def test_a_hostile_upload_is_told_on_the_form(operator, tmp_path, family):
    headings = ["urn", "name", "local_authority_name", "phase_of_education", "gender", "status"]
    path = hostile.FAMILIES[family][4](tmp_path, headings)
    page = upload(operator, path.read_bytes(), path.name)
    assert (page.status_code, "There is a problem" in shown(page)) == (200, True)
    assert ImportBatch.objects.count() == 0


def test_a_batch_that_is_not_there_is_not_found(operator):
    assert operator.get("/imports/999/").status_code == 404


def test_only_operators_see_imports(db):
    assert everybody.build().client("headteacher").get("/imports/").status_code == 403


def test_keep_upload_is_for_operators(db):
    head = everybody.build().scope("headteacher")
    with pytest.raises(Refused, match="Only those who keep this installation running"):
        actions.keep_upload(by=head, at=head.at, name="a.csv", content=b"A", headings=["A"])
    assert ImportBatch.objects.count() == 0
