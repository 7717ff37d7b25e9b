"""What the screen of work in the background shows, to those who keep the installation running."""

import inspect
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import background, readiness, upkeep
from headship.core.models import Worker
from headship.core.pages import in_words

MOST = 50
STATES = {
    TaskResultStatus.RUNNING: "Running",
    TaskResultStatus.READY: "Waits",
    TaskResultStatus.FAILED: "Failed",
    TaskResultStatus.SUCCESSFUL: "Done",
}
NO_WORKER = "Nothing works in the background: tasks wait. Start it with “headship work”, or serve without --no-worker."


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: what it does, how it stands, and where it can be tried again (empty where it cannot)."""

    words: str
    state: str
    told: str
    again: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything that happens in the background."""

    title: str
    workers: str
    is_alarming: bool
    faults: tuple[str, ...]
    tasks: tuple[TaskLine, ...]
    done_count: int
    upkeep: tuple[tuple[str, str, str, str], ...]


def work_page(at: datetime) -> WorkPage:
    """Arrange the workers, the tasks that are not done, and the upkeep."""
    alive = len(upkeep.living(at))
    order = list(STATES)
    waiting = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).order_by("-enqueued_at")[:MOST]
    tasks = sorted(waiting, key=lambda each: order.index(TaskResultStatus(each.status)))
    return WorkPage(
        title="Work in the background",
        workers=_workers(alive, at),
        is_alarming=not alive,
        faults=tuple(told for _, told in readiness.faults(at)),
        tasks=tuple(map(_line, tasks)),
        done_count=DBTaskResult.objects.successful().count(),
        upkeep=tuple(_upkeep(each, at) for each in upkeep.standings()),
    )


def _workers(alive: int, at: datetime) -> str:
    if alive:
        return "1 worker is at work." if alive == 1 else f"{alive} workers are at work."
    last = Worker.objects.order_by("-beat_at").first()
    seen = f" The last one was heard of {moment(last.beat_at, at)}." if last else ""
    return NO_WORKER + seen


def _line(held: background.Held) -> TaskLine:
    state = TaskResultStatus(held.status)
    attempts = len(held.worker_ids)
    fault = background.sentence_for(held.exception_class_path) if held.exception_class_path else ""
    if state == TaskResultStatus.READY and attempts:
        told = f"Attempt {attempts} failed. {fault} It is tried again {moment(held.run_after)}."
    elif state == TaskResultStatus.READY:
        told = f"Asked for {moment(held.enqueued_at)}."
    elif state == TaskResultStatus.RUNNING:
        told = f"Began {moment(held.started_at)}, attempt {attempts}."
    else:
        told = f"{fault} It ended {moment(held.finished_at)}, after attempt {attempts}."
    again = reverse("work-again", args=[held.pk]) if state == TaskResultStatus.FAILED else ""
    return TaskLine(words_of(held), STATES[state], told, again)


def words_of(held: background.Held) -> str:
    """Return what a task does: the first line its function says of itself."""
    try:
        return (inspect.getdoc(held.task.func) or held.task_path).splitlines()[0].rstrip(".")
    except ImportError:  # asked for by a version that had it
        return str(held.task_path)


def _upkeep(standing: upkeep.Standing, at: datetime) -> tuple[str, str, str, str]:
    newest = standing.newest
    words = standing.upkeep.words
    if newest is None:
        return words[:1].upper() + words[1:], "never yet", "", "as soon as a worker is there"
    last = moment(newest.began_at, at)
    said = newest.said if newest.ended_at else "It runs now."
    due = standing.due_at
    coming = "as soon as a worker is free" if due is None or due <= at else moment(due, at)
    return words[:1].upper() + words[1:], last, said, coming


def moment(when: datetime | None, at: datetime | None = None) -> str:
    """Return a moment in words: its time, and its day unless that is today."""
    if when is None:
        return "at a time not known"
    local, now = timezone.localtime(when), timezone.localtime(at)
    clock = f"at {local:%H:%M}"
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((local.date() - now.date()) // timedelta(days=1))
    return f"{near} {clock}" if near else f"on {in_words(local.date())} {clock}"
