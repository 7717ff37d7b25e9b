"""Whether this installation is ready to serve: each check answers with a sentence of what is wrong, or nothing."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from headship.core import upkeep
from headship.core.models import Worker
from headship.core.registry import Readiness, modules

LEAST_FREE = 500 * 1024 * 1024
LONGEST_WAIT = timedelta(minutes=15)
_migrated: set[str] = set()  # "yes" once every migration of this code was seen applied: that stays so


def faults(at: datetime) -> Iterator[tuple[str, str]]:
    """Yield the name of each check that fails, with its sentence; the rest is not asked once the database is gone."""
    for check in (*HOUSE, *(each for module in modules() for each in module.readiness)):
        try:
            told = check.check(at)
        except DatabaseError:
            yield check.name, "The database does not answer."
            return
        if told:
            yield check.name, told


def database(at: datetime) -> str:
    """Say nothing where the database answers; a fault of it is the caller's to tell."""
    del at
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations(at: datetime) -> str:
    """Tell of migrations that this code needs and the database lacks."""
    del at
    if not _migrated:
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return f"{len(plan)} migrations wait. Run: headship migrate"
        _migrated.add("yes")
    return ""


def worker(at: datetime) -> str:
    """Tell of a worker that went silent, and of tasks that nobody takes."""
    if Worker.objects.exists() and not upkeep.living(at):
        return "The worker has gone silent. Start it again: headship work"
    if DBTaskResult.objects.ready().filter(enqueued_at__lt=at - LONGEST_WAIT, started_at=None).exists():
        return "Tasks have waited for a quarter of an hour and no worker took them. Start one: headship work"
    return ""


def disk(at: datetime) -> str:
    """Tell of a disk that is nearly full."""
    del at
    free = shutil.disk_usage(settings.FOLDER).free
    return "" if free > LEAST_FREE else f"Only {free >> 20} MB are free where Headship keeps its files."


HOUSE = (
    Readiness("database", database),
    Readiness("migrations", migrations),
    Readiness("worker", worker),
    Readiness("disk", disk),
)
