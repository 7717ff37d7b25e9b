"""Large imports: the worker does them, the page tells how far it is, and twice does no harm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import work
from headship.core.errors import Refused, Stale
from headship.core.models import AuditEvent, ImportBatch
from headship.core.scope import installation_scope
from headship.schools import actions, tasks
from headship.schools.models import School
from tests import cast as everybody

HEADINGS = "urn,name,local_authority_name,phase_of_education,gender,status"
REGISTER = f"{HEADINGS}\n991001,Uploaded Brook,Valley,Primary,Mixed,Open\n".encode()
WRONG = REGISTER.replace(b"991001", b"99x")


@pytest.fixture
def operator(db, monkeypatch):
    """Count every file and every change as large."""
    monkeypatch.setattr(tasks, "LARGE_FILE", 10)
    monkeypatch.setattr(tasks, "LARGE_CHANGE", 0)
    return everybody.build().client("operator")


def upload(client, content=REGISTER, name="register.csv"):
    client.post("/imports/", {"file": SimpleUploadedFile(name, content)})
    return ImportBatch.objects.order_by("-pk").first().pk


def shown(client, key):
    return client.get(f"/imports/{key}/").content.decode()


def work_now():
    work.turn("here", timezone.now())


def state(key):
    return ImportBatch.objects.get(pk=key).state


def test_a_large_file_goes_through_the_worker_from_upload_to_undo(operator):
    key = upload(operator)
    page = shown(operator, key)
    assert "Being looked through" in page
    assert "You can leave this page or close the browser" in page
    assert "nothing works in the background just now" in page
    work_now()
    assert "Uploaded Brook" in shown(operator, key)
    operator.post(f"/imports/{key}/commit")
    assert (state(key), School.objects.filter(urn=991001).count()) == ("importing", 0)
    assert "2 changes" in shown(operator, key)
    work_now()
    assert (state(key), School.objects.filter(urn=991001).count()) == ("committed", 1)
    operator.post(f"/imports/{key}/undo")
    assert "Being undone" in shown(operator, key)
    work_now()
    assert (state(key), School.objects.filter(urn=991001).count()) == ("undone", 0)
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_what_the_worker_is_given_are_keys(operator):
    upload(operator)
    given = DBTaskResult.objects.get().args_kwargs
    assert [type(each) for each in given["args"]] == [int, int]
    assert given["kwargs"] == {}


def test_an_import_done_before_the_worker_was_lost_is_not_done_again(operator):
    key = upload(operator)
    work_now()
    operator.post(f"/imports/{key}/commit")
    work_now()
    DBTaskResult.objects.filter(task_path__endswith="make_import").update(status="RUNNING", worker_ids=["lost"])
    work_now()
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    work_now()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert AuditEvent.objects.filter(action="schools.commit_import").count() == 1


def test_a_wrong_file_is_told_on_its_page_and_in_the_list(operator):
    key = upload(operator, WRONG)
    work_now()
    page = shown(operator, key)
    assert "99x" in page
    assert "Mend the file, then choose it again." in page
    assert "Could not be taken" in operator.get("/imports/").content.decode()
    assert upload(operator) != key
    assert not ImportBatch.objects.filter(pk=key).exists()


def test_a_file_that_another_replaced_is_let_go(operator):
    upload(operator)
    second = upload(operator)
    work_now()
    assert list(ImportBatch.objects.values_list("pk", "state")) == [(second, "previewed")]


def test_a_second_file_imported_since_is_told_and_nothing_is_changed(operator):
    key = upload(operator)
    work_now()
    operator.post(f"/imports/{key}/commit")
    batch = ImportBatch.objects.get(pk=key)
    ImportBatch.objects.create(
        chain=0,
        importer="x",
        file_name="x",
        fingerprint="",
        state="committed",
        created_at=batch.created_at,
        committed_at=timezone.now(),
    )
    work_now()
    assert "Another file was imported since this preview" in shown(operator, key)
    assert (state(key), School.objects.filter(urn=991001).count()) == ("previewed", 0)


def test_a_task_that_failed_for_good_is_told(operator):
    key = upload(operator)
    DBTaskResult.objects.update(
        status="FAILED", exception_class_path="builtins.MemoryError", finished_at=timezone.now()
    )
    page = shown(operator, key)
    assert "It needed more memory than there is." in page
    assert "/background/" in page


def test_a_table_of_another_kind_goes_through_the_worker_too(operator):
    key = upload(operator, b"School URN;School name\n991001;Named Brook\n", "ours.csv")
    operator.post(f"/imports/{key}/columns/", {"to0": "urn", "to1": "name"})
    assert state(key) == "looking"
    work_now()
    assert "Named Brook" in shown(operator, key)


def test_how_far_it_is_is_told_while_it_looks(operator):
    key = upload(operator)
    by = installation_scope(timezone.now())
    actions.note_progress(by=by, at=by.at, batch_id=key, done=12_000)
    assert "12,000 rows so far" in shown(operator, key)


def test_only_operators_ask_and_only_what_can_come_next(db):
    cast = everybody.build()
    head, by = cast.scope("headteacher"), installation_scope(timezone.now())
    batch = actions.keep_upload(by=by, at=by.at, name="a.csv", content=b"A", headings=["A"])
    with pytest.raises(Refused):
        actions.ask_for_import(by=head, at=by.at, batch_id=batch.pk, state="looking", told={})
    with pytest.raises(Stale):
        actions.ask_for_import(by=by, at=by.at, batch_id=batch.pk, state="importing", told={})
    with pytest.raises(Refused):
        actions.give_up_import(by=head, at=by.at, batch_id=batch.pk, state="looking", why="")


def test_whoever_imports_finds_it_on_today(db):
    cast = everybody.build()
    by = installation_scope(timezone.now())
    ImportBatch.objects.create(
        chain=0, importer="x", file_name="edubase.csv", fingerprint="", state="previewed", created_at=by.at, summary={}
    )
    address = f"/schools/{everybody.OWN}/"
    assert "Look at what edubase.csv would change" not in cast.client("headteacher").get(address).content.decode()
    cast.accounts["headteacher"].is_operator = True
    cast.accounts["headteacher"].save()
    assert "Look at what edubase.csv would change" in cast.client("headteacher").get(address).content.decode()
