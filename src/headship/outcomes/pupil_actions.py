"""Writes of pupils and results: previewed, taken in, undone. Each takes in all of a file or nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from headship.core import actions, imports
from headship.core.actions import action
from headship.core.audit import one_at_a_time
from headship.core.errors import Stale, Unusable, require
from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.evidence import actions as evidence
from headship.outcomes import own_readings, pupil_plan, pupil_rows, rules, sum_actions
from headship.outcomes.pupil_brought import Brought, unpacked
from headship.outcomes.pupil_plan import Plan

IMPORTER = "outcomes.pupils"
WAITING = ("unmapped", "unworded", "previewed")
CHANGED = "Pupils or results changed since this preview. Nothing was taken in: look at the new preview first."
NEWER = (
    "Something newer stands on what this file brought. Nothing was undone: undo the newer file first, "
    "or bring the right figures."
)


@action("outcomes.keep_pupil_file", audited=False, because="a file that waits for its reader changes nothing")
def keep_pupil_file(  # noqa: PLR0913  # what is known of a file, each named by its caller
    *, by: Scope, at: datetime, name: str, fingerprint: str, sealed: bytes, told: Mapping[str, Any], state: str
) -> ImportBatch:
    """Keep a file sealed until its columns and words are named; only its reader's browser has the key."""
    require(rules.bring_results(by))
    one_at_a_time(by.school_id)
    ImportBatch.objects.filter(chain=by.school_id, importer=IMPORTER, state__in=WAITING).delete()
    return ImportBatch.objects.create(
        chain=by.school_id,
        importer=IMPORTER,
        file_name=name[-255:],
        fingerprint=fingerprint,
        state=state,
        created_at=at,
        created_by=by.person_id or None,
        summary=dict(told),
        staged=sealed,
    )


@action("outcomes.name_pupil_columns", audited=False, because="a file that waits for its reader changes nothing")
def name_pupil_columns(*, by: Scope, at: datetime, batch_id: int, mapping: Mapping[str, str]) -> ImportBatch:
    """Note what each column of a waiting file is; its own words wait to be named."""
    require(rules.bring_results(by))
    batch = _batch(by, batch_id, "unmapped", "unworded")
    batch.summary, batch.state = {**batch.summary, "mapping": dict(mapping)}, "unworded"
    batch.save(update_fields=["summary", "state"])
    return batch


@action("outcomes.preview_pupils", audited=False, because="a preview changes nothing; taking it in is audited")
def preview_pupils(  # noqa: PLR0913  # what is known of a file, each named by its caller
    *,
    by: Scope,
    at: datetime,
    name: str,
    fingerprint: str,
    brought: Brought,
    remembered: Mapping[str, Any] | None = None,
) -> ImportBatch:
    """Keep what a file says, by hash, with a digest of what it would change. It replaces what waits."""
    require(rules.bring_results(by))
    one_at_a_time(by.school_id)
    found = pupil_plan.plan(by, brought)
    ImportBatch.objects.filter(chain=by.school_id, importer=IMPORTER, state__in=WAITING).delete()
    return ImportBatch.objects.create(
        chain=by.school_id,
        importer=IMPORTER,
        file_name=name[-255:],
        fingerprint=fingerprint,
        state="previewed",
        created_at=at,
        created_by=by.person_id or None,
        summary={**(remembered or {}), **_told(brought), "digest": pupil_plan.digest_of(found.packed())},
        staged=brought.packed(),
    )


def _told(brought: Brought) -> dict[str, Any]:
    sat = [{"name": each.name, "scale": each.scale, "pupils": len(each.scores)} for each in brought.sat]
    return {
        "source": brought.source,
        "year": brought.year,
        "pupils": len(brought.known.keys() | {key for each in brought.sat for key in each.scores}),
        "sat": sat,
        "left_out": dict(brought.left_out),
    }


@action("outcomes.take_pupils")
def take_pupils(*, by: Scope, at: datetime, batch_id: int) -> ImportBatch:
    """Make the changes a preview told of. Errors: Stale where something changed since the preview."""
    require(rules.bring_results(by))
    batch = _batch(by, batch_id, "previewed")
    found = pupil_plan.plan(by, Brought.unpacked(bytes(batch.staged)))
    steps = found.packed()
    if pupil_plan.digest_of(steps) != batch.summary["digest"]:
        raise Stale(CHANGED)
    pupil_rows.write(by.school_id, found, on=timezone.localdate(at))
    batch.staged = steps
    batch.summary = {**batch.summary, "counts": found.counts()}
    batch.state, batch.committed_at = "committed", at
    batch.save(update_fields=["staged", "summary", "state", "committed_at"])
    _read_anew(by, at)
    parts: dict[str, Any] = dict(pupil_plan.parts(found))
    actions.audit(f"core.ImportBatch:{batch.pk}", fingerprint=batch.fingerprint, **parts)
    return batch


@action("outcomes.undo_pupils")
def undo_pupils(*, by: Scope, at: datetime, batch_id: int) -> ImportBatch:
    """Put back exactly what stood before a file. Errors: Stale where something newer stands."""
    require(rules.bring_results(by))
    batch = _batch(by, batch_id, "committed")
    found = Plan.told(unpacked(bytes(batch.staged)))
    if not pupil_rows.stands(by.school_id, found):
        raise Stale(NEWER)
    pupil_rows.put_back(by.school_id, found)
    batch.state, batch.undone_at, batch.staged = "undone", at, b""
    batch.save(update_fields=["state", "undone_at", "staged"])
    _read_anew(by, at)
    actions.audit(f"core.ImportBatch:{batch.pk}", fingerprint=batch.fingerprint)
    return batch


def _read_anew(by: Scope, at: datetime) -> None:
    """Store what profile and trust are told of the results as they stand; of results that are gone nothing stays."""
    readings = tuple(own_readings.readings_of(by, timezone.localdate(at)))
    evidence.store_readings(by=by, at=at, readings=readings, instead_of=own_readings.CODES)
    sum_actions.make_anew(by=by, at=at)


def _batch(by: Scope, batch_id: int, *states: str) -> ImportBatch:
    """Return a file in one of these states, locked. Errors: Stale."""
    one_at_a_time(by.school_id)
    batch = (
        ImportBatch.objects.select_for_update()
        .filter(pk=batch_id, chain=by.school_id, importer=IMPORTER, state__in=states)
        .first()
    )
    if batch is None:
        raise Stale("This file was taken in, undone or replaced meanwhile. Nothing was changed: start from the files.")
    if not batch.staged:
        raise Unusable(imports.FORGOTTEN)
    return batch
