"""Writes of the register: imports previewed, committed and undone."""

from collections.abc import Mapping
from datetime import datetime

from headship.core import imports
from headship.core.actions import action, audit
from headship.core.errors import Stale, Unusable, require
from headship.core.imports import Preview, Progress, silent
from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.schools import queries, rules

INSTALLATION = 0


@action("schools.preview_import", audited=False, because="a preview changes nothing; committing it is audited")
def preview_import(
    *, by: Scope, at: datetime, preview: Preview, mapping: Mapping[str, str] | None = None
) -> ImportBatch:
    """Keep a previewed import until somebody commits or forgets it."""
    require(rules.change_register(by))
    ImportBatch.objects.filter(chain=INSTALLATION, state="previewed").delete()
    return ImportBatch.objects.create(
        chain=INSTALLATION,
        importer=preview.importer,
        file_name=preview.file_name[-255:],
        fingerprint=preview.fingerprint,
        state="previewed",
        created_at=at,
        created_by=by.person_id or None,
        summary={**preview.summary(), "mapping": dict(mapping or {})},
        staged=preview.blob,
    )


@action("schools.commit_import")
def commit_import(*, by: Scope, at: datetime, batch_id: int, progress: Progress = silent) -> ImportBatch:
    """Make a previewed import's changes."""
    require(rules.change_register(by))
    batch = _batch(batch_id, "previewed")
    if ImportBatch.objects.filter(chain=INSTALLATION, committed_at__gte=batch.created_at).exists():
        raise Stale("Another file was imported since this preview. Nothing was changed: choose the file again.")
    imports.apply(bytes(batch.staged), progress)
    batch.state, batch.committed_at = "committed", at
    batch.save(update_fields=["state", "committed_at"])
    summary = batch.summary
    audit(
        f"core.ImportBatch:{batch.pk}",
        chain=INSTALLATION,
        importer=batch.importer,
        fingerprint=batch.fingerprint,
        created=sum(summary["created"].values()),
        changed=sum(summary["changed"].values()),
    )
    return batch


@action("schools.undo_import")
def undo_import(*, by: Scope, at: datetime, batch_id: int, progress: Progress = silent) -> ImportBatch:
    """Put back what stood before a committed import."""
    require(rules.change_register(by))
    batch = _batch(batch_id, "committed")
    require(rules.undo_import(newer=queries.newer_import(batch), joined=queries.joined_since(batch)))
    imports.revert(bytes(batch.staged), progress)
    batch.state, batch.undone_at = "undone", at
    batch.save(update_fields=["state", "undone_at"])
    audit(f"core.ImportBatch:{batch.pk}", chain=INSTALLATION, importer=batch.importer, fingerprint=batch.fingerprint)
    return batch


def _batch(batch_id: int, state: str) -> ImportBatch:
    """Return a batch in a state, locked. Errors: Unusable."""
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id, chain=INSTALLATION).first()
    if batch is None:
        raise Unusable(f"There is no import {batch_id}. List them with: headship import --list")
    if batch.state != state:
        raise Stale(f"Import {batch_id} is {batch.state}, not {state}. Nothing was changed.")
    return batch
