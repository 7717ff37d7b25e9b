"""The screen of work in the background, as those who keep the installation see it."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import work
from headship.core.audience import OPERATORS
from headship.core.errors import Refused
from headship.core.models import AuditEvent, UpkeepDuty, UpkeepRun, Worker
from headship.project import actions
from tests import cast as everybody
from tests.core import slow

SECRET = "Canary Person-Example"


@pytest.fixture
def operator(db):
    return everybody.build().client("operator")


def shown(client):
    return client.get("/background/").content.decode()


def failed_for_good():
    slow.fail.enqueue(SECRET)
    DBTaskResult.objects.update(worker_ids=["a"] * 5)
    work.turn("here", timezone.now())
    return DBTaskResult.objects.get()


def test_nothing_to_do_is_said_and_a_missing_worker_too(operator):
    page = shown(operator)
    assert "No task waits, runs or has failed." in page
    assert "Nothing works in the background" in page


def test_a_failed_task_is_told_without_its_words_and_tried_again(operator):
    Worker.objects.create(name="w", started_at=timezone.now(), beat_at=timezone.now())
    task = failed_for_good()
    page = shown(operator)
    assert "1 worker is at work." in page
    assert "Fail, with words of somebody in the fault" in page
    assert "A fault in Headship (ValueError)." in page
    assert SECRET not in page
    answer = operator.post(f"/background/{task.pk}/again", follow=True)
    assert "It waits for a worker again." in answer.content.decode()
    assert DBTaskResult.objects.get().status == "READY"
    event = AuditEvent.objects.get(action=actions.try_again.declared.name)
    assert (event.chain, event.subject) == (0, f"tasks.Task:{task.pk}")
    again = operator.post(f"/background/{task.pk}/again")
    assert (again.status_code, AuditEvent.objects.filter(action="project.try_again").count()) == (409, 1)


def test_waiting_running_and_upkeep_are_told(operator):
    now = timezone.now()
    slow.note.enqueue("one")
    slow.note.enqueue("two")
    DBTaskResult.objects.filter(pk=DBTaskResult.objects.first().pk).update(
        status="RUNNING", started_at=now, worker_ids=["w"]
    )
    UpkeepRun.objects.create(
        duty=UpkeepDuty.objects.create(name="core.tidy_background"),
        worker="w",
        began_at=now,
        ended_at=now,
        said="Tidy.",
    )
    page = shown(operator)
    for words in ("Waits", "Running", "Began today at", "Forget finished work in the background", "Tidy.", "tomorrow"):
        assert words in page


def test_a_task_of_another_version_is_still_told(operator):
    DBTaskResult.objects.create(
        task_path="headship.gone.letter", args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
    )
    assert "headship.gone.letter" in shown(operator)


def test_only_operators_have_a_task_tried_again(db):
    cast, task = everybody.build(), failed_for_good()
    with pytest.raises(Refused, match=OPERATORS.refusal):
        actions.try_again(by=cast.scope("headteacher"), at=timezone.now(), task=task.pk)
    assert DBTaskResult.objects.get().status == "FAILED"
    assert cast.client("headteacher").post(f"/background/{task.pk}/again").status_code == 403
