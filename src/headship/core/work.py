"""The worker: does the tasks that were asked for and the upkeep that is due, until it is told to stop.

`supervise` keeps one worker process going and starts another when it dies. A worker that is killed loses nothing: its
beat stops, and the next worker takes its tasks up again.
"""

import logging
import os
import resource
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connections, transaction
from django.tasks import TaskContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import background, upkeep
from headship.core.models import Worker

LOG = logging.getLogger(__name__)
BEAT, LOOK, UPKEEP_LOOK = 5.0, 1.0, timedelta(seconds=20)
GROWN = 100_000  # kilobytes a worker may grow at its peak; a large import makes it grow more


def turn(name: str, at: datetime, is_wanted: Callable[[], bool] = lambda: True) -> None:
    """Take up what lost workers left, then do every task that waits, as the worker of that name."""
    alive = upkeep.living(at) | {name}
    for held in DBTaskResult.objects.running():
        if held.worker_ids[-1] not in alive:
            background.failed(held, background.Lost(), at)
    while is_wanted() and (taken := _taken(name)):
        _do(taken)


def _taken(name: str) -> background.Held | None:
    """Take the next task that waits, so that no other worker does it."""
    if not DBTaskResult.objects.ready().exists():  # asked first: taking one asks for SQLite's only writer
        return None
    with transaction.atomic():
        held = DBTaskResult.objects.ready().get_locked()
        if held:
            held.claim(name)
    return held


def _do(held: background.Held) -> None:
    """Run one task and write how it ended."""
    try:
        task, given = held.task, held.args_kwargs
        context = (TaskContext(task_result=held.task_result),) if task.takes_context else ()
        task.call(*context, *given["args"], **given["kwargs"])
    except Exception as fault:  # whatever fails, the next task has its turn
        LOG.exception("Task %s (%s) failed.", held.task_path, held.pk)
        background.failed(held, fault, timezone.now())
    else:
        background.ended_well(held, timezone.now())


def run(parent: int, name: str, before: str) -> None:
    """Work until told to stop, until the parent process is gone, or until memory is better given back.

    `before` names the worker in whose place this one stands: it has ended, so what it left is taken up at once.
    """
    told = _told_to_stop()
    looked_at, light = None, _weight()
    Worker.objects.filter(name=before).delete()
    with _beating(name):
        while not told.is_set() and os.getppid() == parent and _weight() < light + GROWN:
            at = timezone.now()
            try:
                turn(name, at, lambda: not told.is_set())
                if looked_at is None or at - looked_at > UPKEEP_LOOK:
                    upkeep.run_due(name, at)
                    looked_at = at
            except Error:  # the database is busy or away: what was begun is taken up again
                LOG.exception("The worker could not reach the database.")
                connections.close_all()
            close_old_connections()
            time.sleep(LOOK)


def _told_to_stop() -> threading.Event:
    """Return what is set once a signal asks this process to stop."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    return told


def supervise() -> None:
    """Keep one worker going, whatever ends it, until told to stop or until our own parent is gone."""
    parent, told = os.getppid(), _told_to_stop()
    before = ""
    while not told.is_set() and os.getppid() == parent:
        name = secrets.token_hex(8)
        _wait_for(_started(name, before), parent, told)
        before = name
        told.wait(LOOK)


def _started(name: str, before: str) -> int:
    """Start a worker process and return its number."""
    connections.close_all()
    ours = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            run(ours, name, before)
        except BaseException:  # a process of its own must never return into its parent's code
            LOG.exception("The worker ended.")
        finally:
            logging.shutdown()
            os._exit(0)
    return child


def _wait_for(child: int, parent: int, told: threading.Event) -> None:
    """Wait until the worker ends; once there is nothing left to work for, ask it to."""
    asked = False
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        if not asked and (told.is_set() or os.getppid() != parent):
            os.kill(child, signal.SIGTERM)
            asked = True
        time.sleep(0.2)


@contextmanager
def _beating(name: str) -> Iterator[None]:
    """Say again and again that this worker lives, from a thread of its own, so that a long task does not hush it."""
    at, ended = timezone.now(), threading.Event()
    Worker.objects.create(name=name, started_at=at, beat_at=at)
    beating = threading.Thread(target=_beat, args=(name, ended), daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()
        Worker.objects.filter(name=name).delete()


def _beat(name: str, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        try:
            Worker.objects.filter(name=name).update(beat_at=timezone.now())
        except Error:  # a long import holds SQLite's one writer; the next beat comes soon
            connections.close_all()
    connections.close_all()


def _weight() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
