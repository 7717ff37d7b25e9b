"""Long work on imports, done by the worker: looking through a large file, making its changes, taking them back.

What they are given are keys. Each looks first whether its import still waits for it, so that twice does no harm.
"""

import time
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from headship.core import background
from headship.core import imports as machine
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.schools import actions, imports, queries

LARGE_FILE, LARGE_CHANGE = 100_000, 2_000  # bytes and rows; what is smaller is done while the reader waits
TELL_EVERY = 2.0  # seconds


def ask(*, by: Scope, at: datetime, batch_id: int, state: str, told: dict[str, object] | None = None) -> ImportBatch:
    """Have the worker look through an upload ("looking"), make an import ("importing") or undo it ("undoing")."""
    with transaction.atomic():
        batch = actions.ask_for_import(by=by, at=at, batch_id=batch_id, state=state, told=told or {})
        TASKS[state].enqueue(batch.pk, by.account_id or None)
    return batch


@task
def look_through(batch_id: int, account_id: int | None) -> None:
    """Look through an uploaded file."""
    _done(batch_id, account_id, "looking", _look)


@task
def make_import(batch_id: int, account_id: int | None) -> None:
    """Import a file that was looked through."""
    _done(batch_id, account_id, "importing", _import)


@task
def undo_import(batch_id: int, account_id: int | None) -> None:
    """Undo an import."""
    _done(batch_id, account_id, "undoing", _undo)


TASKS = {"looking": look_through, "importing": make_import, "undoing": undo_import}


def _done(batch_id: int, account_id: int | None, state: str, do: Callable[[Scope, ImportBatch], None]) -> None:
    """Do one thing to an import that waits for it; a refusal is kept with the import, for whoever asked."""
    at = timezone.now()
    batch = queries.import_batch(batch_id)
    if batch is None or batch.state != state:
        return  # done before a worker was lost, or another file took its place
    try:
        do(background.scope_of(account_id, at), batch)
    except (Refused, Stale, Unusable) as fault:
        actions.give_up_import(by=background.scope_of(None, at), at=at, batch_id=batch_id, state=state, why=str(fault))


def _look(by: Scope, batch: ImportBatch) -> None:
    told = {name: batch.summary[name] for name in ("headings", "mapping") if name in batch.summary}
    mapping = told.get("mapping")
    importer = imports.mapped(mapping) if mapping else imports.recognised(told["headings"])
    if importer is None:
        raise Unusable("This version no longer knows files of this kind. Choose the file again.")
    with queries.on_disk(bytes(batch.staged)) as path:
        preview = machine.preview(importer, path, name=batch.file_name, progress=_telling(by, batch.pk))
    actions.preview_import(by=by, at=timezone.now(), preview=preview, told=told, batch_id=batch.pk)


def _import(by: Scope, batch: ImportBatch) -> None:
    actions.commit_import(by=by, at=timezone.now(), batch_id=batch.pk)


def _undo(by: Scope, batch: ImportBatch) -> None:
    actions.undo_import(by=by, at=timezone.now(), batch_id=batch.pk)


def _telling(by: Scope, batch_id: int) -> machine.Progress:
    """Return what notes every two seconds how many rows were looked through."""
    told_at = time.monotonic()

    def tell(stage: str, done: int, of: int) -> None:
        nonlocal told_at
        del stage, of
        if time.monotonic() - told_at > TELL_EVERY:
            actions.note_progress(by=by, at=timezone.now(), batch_id=batch_id, done=done)
            told_at = time.monotonic()

    return tell
