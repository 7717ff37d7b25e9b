"""Work in the background: done once, tried again, bounded, taken up from a worker that is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import background, tidying, upkeep, work
from headship.core.errors import Refused
from headship.core.models import UpkeepDuty, UpkeepRun, Worker
from headship.core.registry import Upkeep
from tests import cast as everybody
from tests.core import slow

SECRET = "Canary Person-Example"


@pytest.fixture
def now(db):
    """Give the moment at which a test begins; the run itself may have begun much earlier."""
    return timezone.now()


@pytest.fixture
def worker(now):
    slow.RAN.clear()
    Worker.objects.create(name="here", started_at=now, beat_at=timezone.now())
    return "here"


def the_task():
    return DBTaskResult.objects.get()


def turn_as_if_waited(worker):
    """Let a task's wait be over, and take a turn."""
    DBTaskResult.objects.update(run_after=timezone.now())
    work.turn(worker, timezone.now())


def test_a_task_is_done_once(worker, now):
    slow.note.enqueue("a")
    work.turn(worker, now)
    work.turn(worker, now)
    assert (slow.RAN, the_task().status) == (["a"], "SUCCESSFUL")


def test_a_failed_task_waits_longer_each_time_and_fails_for_good_at_the_sixth(worker, caplog):
    slow.fail.enqueue(SECRET)
    waits = []
    for _ in background.WAITS:
        before = timezone.now()
        turn_as_if_waited(worker)
        held = the_task()
        assert held.status == "READY"
        waits.append(round((held.run_after - before).total_seconds()))
    assert waits == [10, 60, 600, 3600, 14400]
    turn_as_if_waited(worker)
    held = the_task()
    assert (held.status, len(held.worker_ids)) == ("FAILED", 6)
    assert held.exception_class_path == "builtins.ValueError"
    assert "slow.py" in held.traceback
    assert SECRET not in held.traceback


def test_a_refusal_is_not_tried_again(worker, now):
    slow.refuse.enqueue()
    work.turn(worker, now)
    assert (the_task().status, len(the_task().worker_ids)) == ("FAILED", 1)
    assert background.sentence_for(the_task().exception_class_path).startswith("It was refused")


def test_a_lost_workers_task_is_taken_up_and_the_late_one_changes_nothing(worker):
    slow.note.enqueue("a")
    held = the_task()
    held.claim("lost")
    work.turn(worker, timezone.now())
    assert (the_task().status, the_task().exception_class_path) == ("READY", background.LOST)
    turn_as_if_waited(worker)
    assert (slow.RAN, the_task().status, the_task().worker_ids) == (["a"], "SUCCESSFUL", ["lost", "here"])
    background.failed(held, ValueError(), timezone.now())
    assert the_task().status == "SUCCESSFUL"


def test_a_living_workers_task_is_left_alone(worker, now):
    Worker.objects.create(name="other", started_at=now, beat_at=timezone.now())
    slow.note.enqueue("a")
    the_task().claim("other")
    work.turn(worker, now)
    assert (slow.RAN, the_task().status) == ([], "RUNNING")


def test_whoever_asked_is_asked_anew_whether_they_may(now):
    account = everybody.build().accounts["operator"]
    assert background.scope_of(account.pk, now).operator
    assert background.scope_of(None, now).person_id == 0
    account.is_active = False
    account.save()
    with pytest.raises(Refused, match="may no longer sign in"):
        background.scope_of(account.pk, now)


@pytest.fixture
def daily(db, monkeypatch):
    """Have one upkeep, whose runs are counted."""
    ran = []
    duty = Upkeep("tests.count", "count", timedelta(days=1), lambda at: f"Counted {ran.append(at) or len(ran)}.")
    monkeypatch.setattr(upkeep, "declared", lambda: {duty.name: duty})
    return ran


def test_upkeep_runs_when_it_is_due_and_is_remembered(daily, now):
    assert upkeep.run_due("here", now) == 1
    assert upkeep.run_due("here", now + timedelta(hours=23)) == 0
    assert upkeep.run_due("other", now + timedelta(hours=25)) == 1
    assert [each.said for each in UpkeepRun.objects.order_by("pk")] == ["Counted 1.", "Counted 2."]


def test_what_another_worker_did_a_moment_ago_is_not_done_again(daily, monkeypatch, now):
    due = list(upkeep.standings())
    assert upkeep.run_due("here", now) == 1
    monkeypatch.setattr(upkeep, "standings", lambda: due)  # what the second worker saw before the first began
    assert upkeep.run_due("other", now) == 0
    assert len(daily) == 1


def test_what_another_worker_has_begun_is_left_to_it_until_it_is_lost(daily, now):
    Worker.objects.create(name="other", started_at=now, beat_at=timezone.now())
    UpkeepRun.objects.create(duty=UpkeepDuty.objects.create(name="tests.count"), worker="other", began_at=now)
    later = now + timedelta(days=2)
    Worker.objects.update(beat_at=later)
    assert upkeep.run_due("here", later) == 0
    Worker.objects.all().delete()
    assert upkeep.run_due("here", later) == 1
    assert [each.said for each in UpkeepRun.objects.order_by("pk")] == [
        "The worker ended in the middle of it.",
        "Counted 1.",
    ]


def test_failed_upkeep_is_told_without_its_words_and_tried_within_the_hour(daily, monkeypatch, caplog, now):
    (duty,) = upkeep.declared().values()
    broken = replace(duty, run=lambda at: int(SECRET))
    monkeypatch.setattr(upkeep, "declared", lambda: {duty.name: broken})
    assert upkeep.run_due("here", now) == 1
    run = UpkeepRun.objects.get()
    assert (run.failed, run.said) == (True, "A fault in Headship (ValueError). The server's log says where.")
    assert upkeep.run_due("here", now + timedelta(minutes=59)) == 0
    assert upkeep.run_due("here", now + timedelta(minutes=61)) == 1


def test_finished_work_is_forgotten_and_the_rest_is_kept(worker, now):
    old = now - timedelta(days=40)
    for status, at in (("SUCCESSFUL", old), ("FAILED", old), ("SUCCESSFUL", now), ("READY", None)):
        slow.note.enqueue(status)
        DBTaskResult.objects.filter(status="READY", finished_at=None).update(status=status, finished_at=at)
    UpkeepRun.objects.create(duty=UpkeepDuty.objects.create(name="x"), worker="", began_at=now - timedelta(days=91))
    assert tidying.tidy(now) == "2 finished tasks and 1 runs of upkeep forgotten."
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]
