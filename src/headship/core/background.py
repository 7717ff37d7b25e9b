"""Work in the background: what the tasks that people start share, and what is told about each.

A task is a function in an application's `tasks.py`, decorated with `django.tasks.task` and enqueued inside the action
that asks for it, so that both stand or fall together. Its arguments are keys, never anybody's words. It must do no harm
when it is run twice: it looks at the state of its row first, under a lock.
"""

from datetime import datetime, timedelta
from traceback import format_tb
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.tasks import TaskResultStatus
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import Scope, installation_scope

# How long a failed task waits before its next attempt; after the last of these it has failed for good.
WAITS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))
FINAL = (Refused, Stale, Unusable)  # trying again would be answered the same
LOST = "headship.core.background.Lost"
SENTENCES = {
    LOST: "The worker ended in the middle of it, each time. It may need more memory than there is.",
    "headship.core.background.NotMailed": "The mail server did not take a letter. “headship mail_test” says why.",
    **dict.fromkeys(
        (f"{each.__module__}.{each.__qualname__}" for each in FINAL),
        "It was refused, and whoever began it was told why. Nothing was changed.",
    ),
    "builtins.MemoryError": "It needed more memory than there is.",
}
GONE = "Whoever began this may no longer sign in, or holds no post there now. Nothing was changed."

type Held = DBTaskResult[..., Any]


class Lost(Exception):
    """The worker that had a task ended without a word."""


class NotMailed(Exception):
    """The mail server did not take a letter; another attempt may do better."""


def scope_of(account_id: int | None, at: datetime, place: str = "", key: int | None = None) -> Scope:
    """Return the scope of whoever asked for a task, as it stands now; none is the installation itself.

    `place` and `key` name where they asked, as in an address: "school" and its URN, say.
    Errors: Refused where the account is closed by now, or holds no post there any more.
    """
    if account_id is None:
        return installation_scope(at)
    account = get_user_model()._default_manager.filter(pk=account_id, is_active=True).first()
    scope_for = import_string(settings.HEADSHIP_SCOPE_FOR)
    scope: Scope | None = scope_for(account, place, key, at=at) if account else None
    if scope is None:
        raise Refused(GONE)
    return scope


def sentence_for(fault: str) -> str:
    """Return what is told of a task that failed: never the fault's own words, which may hold somebody's.

    >>> sentence_for("builtins.MemoryError")
    'It needed more memory than there is.'
    """
    return SENTENCES.get(fault) or f"A fault in Headship ({fault.rpartition('.')[2]}). The server's log says where."


def name_of(fault: BaseException) -> str:
    """Return the dotted name of a fault's class.

    >>> name_of(ValueError("Ada"))
    'builtins.ValueError'
    """
    return f"{type(fault).__module__}.{type(fault).__qualname__}"


def ended_well(held: Held, at: datetime) -> None:
    """Write that a task is done."""
    _write(held, status=TaskResultStatus.SUCCESSFUL, finished_at=at, exception_class_path="", traceback="")


def failed(held: Held, fault: BaseException, at: datetime) -> None:
    """Let a failed task wait for its next attempt, or write that it has failed for good.

    Where it failed is kept, as files and lines; the fault's words are not.
    """
    told = {"exception_class_path": name_of(fault), "traceback": "".join(format_tb(fault.__traceback__))}
    attempts = len(held.worker_ids)
    if isinstance(fault, FINAL) or attempts > len(WAITS):
        _write(held, status=TaskResultStatus.FAILED, finished_at=at, **told)
    else:
        _write(held, status=TaskResultStatus.READY, run_after=at + WAITS[attempts - 1], **told)


def _write(held: Held, **fields: object) -> None:
    """Write how a task ended, unless its worker was taken for lost and another has it by now."""
    mine = DBTaskResult.objects.filter(pk=held.pk, status=TaskResultStatus.RUNNING, worker_ids=held.worker_ids)
    mine.update(**fields)
