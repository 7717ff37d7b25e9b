"""What is known of backups: each one tried is noted, the nightly one made, and operators told where there is none."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.urls import reverse

from headship.core.errors import Unusable
from headship.core.registry import NextAction
from headship.core.scope import Scope, installation_scope
from headship.project import actions
from headship.project.actions import BackedUp
from headship.project.backups import making
from headship.project.backups.archive import Manifest
from headship.project.backups.making import Made
from headship.project.models import Backup

TOO_OLD = timedelta(days=2)
NOT_CONFIGURED = "No nightly backup is set up: HEADSHIP_BACKUP_FOLDER and a backup key are needed."


def back_up(folder: Path, key: str, *, keep: int, at: datetime) -> Made:
    """Make a backup, note it, and let old ones of that folder go. A failure is noted too. Errors: Unusable, OSError."""
    by = installation_scope(at)
    try:
        made = making.make(folder, key, at=at)
    except (Unusable, OSError) as fault:
        actions.note_backup(by=by, at=at, tried=BackedUp(str(folder), fault=str(fault)[:500]))
        raise
    tried = BackedUp(str(folder), made.path.name, made.size, made.manifest.rows, made.sha256)
    actions.note_backup(by=by, at=at, tried=tried)
    making.let_go(folder, keep=keep)
    return made


def verify(path: Path, key: str, *, at: datetime) -> Manifest:
    """Read a backup whole, and note that where this installation made it. Errors: Unusable."""
    found = making.verify(path, key)
    if Backup._meta.db_table in connection.introspection.table_names():  # a backup is verified on any machine
        with path.open("rb") as file:
            told = hashlib.file_digest(file, "sha256").hexdigest()
        actions.note_verified_backup(by=installation_scope(at), at=at, name=path.name, sha256=told)
    return found


def nightly(at: datetime) -> str:
    """Make the nightly backup where a folder and a key are given, and say how it went. Errors: Unusable, OSError."""
    if not configured():
        return NOT_CONFIGURED
    folder, keep = Path(settings.HEADSHIP_BACKUP_FOLDER), settings.HEADSHIP_BACKUP_KEEP
    made = back_up(folder, making.key_from(""), keep=keep, at=at)
    return f"{made.path.name} is made: {made.manifest.rows:,} rows, {made.size / 1_000_000:.1f} MB."


def configured() -> bool:
    """Whether there is a folder and a key for the nightly backup."""
    return bool(settings.HEADSHIP_BACKUP_FOLDER and settings.HEADSHIP_BACKUP_KEY)


def last() -> Backup | None:
    """Return the newest backup that was made whole."""
    return Backup.objects.filter(fault="").order_by("made_at").last()


def latest(count: int) -> list[Backup]:
    """Return the newest backups tried, newest first."""
    return list(Backup.objects.order_by("-made_at", "-id")[:count])


def trouble(at: datetime) -> str:
    """Say what is wrong with the backups, for operators, health and metrics; nothing when all is well."""
    newest, whole = Backup.objects.order_by("made_at", "id").last(), last()
    if newest is None or whole is None:
        return "There is no backup yet." if newest is None else f"No backup ever succeeded: {newest.fault}"
    if newest.fault:
        return f"The last backup failed: {newest.fault}"
    if at - whole.made_at > TOO_OLD:
        return f"The last backup is {(at - whole.made_at).days} days old."
    return ""


def not_ready(at: datetime) -> str:
    """Say what is wrong once the nightly backup, where one is set up, has come to nothing for too long.

    Some proxies take a server that is not ready out of use: one bad night is told on Today alone, and nobody waits for
    the first backup.
    """
    newest = last()
    well = newest and at - newest.made_at <= TOO_OLD
    if settings.DEMONSTRATION or not configured() or well or not Backup.objects.exists():
        return ""
    return trouble(at)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Remind operators of what is wrong with the backups. A demonstration needs none."""
    if scope.operator and not settings.DEMONSTRATION and (words := trouble(scope.at)):
        yield NextAction(f"Look after the backups. {words}", reverse("backups"), minutes=10, weight=90)
