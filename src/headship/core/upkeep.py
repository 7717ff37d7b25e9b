"""What the installation does by itself: each `registry.Upkeep` when it is due, by one worker at a time."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from headship.core.background import name_of, sentence_for
from headship.core.models import UpkeepDuty, UpkeepRun, Worker
from headship.core.registry import Upkeep, modules

LOG = logging.getLogger(__name__)
LOST_AFTER = timedelta(seconds=30)
SOONER = timedelta(hours=1)  # one that failed is tried again after this, or when it is due, whichever is sooner


@dataclass(frozen=True, slots=True)
class Standing:
    """How one upkeep stands: its newest run, and when it is due next (None: it never ran, so now)."""

    upkeep: Upkeep
    newest: UpkeepRun | None
    due_at: datetime | None


def declared() -> dict[str, Upkeep]:
    """Return every upkeep of every module by its name."""
    return {each.name: each for module in modules() for each in module.upkeep}


def standings() -> Iterator[Standing]:
    """Yield how each upkeep stands."""
    for name, upkeep in declared().items():
        newest = UpkeepRun.objects.filter(duty_id=name).order_by("-began_at", "-pk").first()
        yield Standing(upkeep, newest, _due_at(upkeep, newest))


def living(at: datetime) -> set[str]:
    """Return the names of the workers that beat a moment ago."""
    return set(Worker.objects.filter(beat_at__gt=at - LOST_AFTER).values_list("name", flat=True))


def run_due(worker: str, at: datetime) -> int:
    """Run every upkeep that is due, one after another, and return how many ran."""
    due = [each.upkeep for each in standings() if each.due_at is None or each.due_at <= at]
    return sum(_run(upkeep, worker, at) for upkeep in due)


def _due_at(upkeep: Upkeep, newest: UpkeepRun | None) -> datetime | None:
    if newest is None:
        return None
    return newest.began_at + (min(upkeep.every, SOONER) if newest.failed else upkeep.every)


def _run(upkeep: Upkeep, worker: str, at: datetime) -> bool:
    run = _claimed(upkeep, worker, at)
    if run is None:
        return False
    try:
        run.said = upkeep.run(at)[:300]
    except Exception as fault:  # whatever fails, the next upkeep has its turn
        LOG.exception("Upkeep %s failed.", upkeep.name)
        run.failed, run.said = True, sentence_for(name_of(fault))
    run.ended_at = timezone.now()
    run.save(update_fields=["said", "failed", "ended_at"])
    return True


def _claimed(upkeep: Upkeep, worker: str, at: datetime) -> UpkeepRun | None:
    """Take an upkeep on, or None where another worker has it or did it a moment ago."""
    with transaction.atomic():
        UpkeepDuty.objects.bulk_create([UpkeepDuty(name=upkeep.name)], ignore_conflicts=True)
        duty = UpkeepDuty.objects.select_for_update().get(name=upkeep.name)
        newest = UpkeepRun.objects.filter(duty=duty).order_by("-began_at", "-pk").first()
        if newest and newest.ended_at is None:
            if newest.worker in living(at):
                return None
            newest.ended_at, newest.failed, newest.said = at, True, "The worker ended in the middle of it."
            newest.save(update_fields=["ended_at", "failed", "said"])
        elif (due := _due_at(upkeep, newest)) and due > at:
            return None
        return UpkeepRun.objects.create(duty=duty, worker=worker, began_at=at)
