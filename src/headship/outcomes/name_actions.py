"""The names of pupils: kept only where a headteacher says so, for its leaders alone, and all gone when they say no."""

from datetime import datetime

from headship.core import actions
from headship.core.actions import action
from headship.core.audit import one_at_a_time
from headship.core.errors import require
from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.outcomes import rules
from headship.outcomes.models import NamesKept, PupilName
from headship.outcomes.pupil_actions import IMPORTER, WAITING
from headship.outcomes.pupil_brought import packed, unpacked


@action("outcomes.keep_names")
def keep_names(*, by: Scope, at: datetime) -> None:
    """Let names of pupils be kept here from now on; sent twice, it is once."""
    require(rules.switch_names(by))
    one_at_a_time(by.school_id)
    held, made = NamesKept.objects.get_or_create(school_id=by.school_id, defaults={"since": at, "by_id": by.person_id})
    actions.audit(f"outcomes.NamesKept:{held.pk}", new=made)


@action("outcomes.forget_names")
def forget_names(*, by: Scope, at: datetime) -> int:
    """Delete every pupil's name here, also from what undoing needs and what waits, and keep none from now on."""
    require(rules.switch_names(by))
    one_at_a_time(by.school_id)
    _forget_in_files(by.school_id)
    count = PupilName.objects.filter(school_id=by.school_id).delete()[0]
    switched = NamesKept.objects.filter(school_id=by.school_id).delete()[0]
    actions.audit(f"schools.School:{by.school_id}", names=count, switched=switched)
    return count


def _forget_in_files(school_id: int) -> None:
    here = ImportBatch.objects.filter(chain=school_id, importer=IMPORTER)
    here.filter(state__in=WAITING).delete()
    for batch in here.filter(state="committed").exclude(staged=b"").iterator(chunk_size=1):
        told = unpacked(bytes(batch.staged))
        if told["names"]:
            batch.staged = packed({**told, "names": []})
            batch.save(update_fields=["staged"])
