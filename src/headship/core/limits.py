"""How often somebody may do a thing. Counted in the database, so that every worker knows what the others let through.

A window begins with the first try and ends `seconds` later. Spend outside the transaction of the work itself: what is
rolled back was not counted.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from headship.core.errors import TooMany
from headship.core.models import Remembered
from headship.core.remembered import hashed


@dataclass(frozen=True, slots=True)
class Limit:
    """`amount` times in `seconds`, for each `per` (account, address, token). `reading`: looking counts as a try too."""

    name: str
    words: str
    amount: int
    seconds: int
    per: str = "account"
    reading: bool = False


EXPORTS = Limit("exports", "Exports and downloads of records, and tokens for programs", 60, 3600, reading=True)
INVITATIONS = Limit("invitations", "Sending invitations, first or again", 60, 3600)
LETTERS = Limit("letters", "Taking up an invitation by its address", 120, 300, per="address", reading=True)
PROGRAMS = Limit("programs", "Requests with one token of the API", 300, 60, per="token", reading=True)
SET_UP_CODES = Limit("set-up-codes", "Trying the set-up code", 10, 300, per="address")
LIMITS = (EXPORTS, INVITATIONS, LETTERS, PROGRAMS, SET_UP_CODES)

AHEAD = 10  # turns a process takes at once where each try should not cost a write
MOST_KEPT = 1024
_lock = threading.Lock()
_ahead: dict[tuple[str, str], tuple[datetime, int]] = {}  # until when, and how many turns this process still has


def spend(limit: Limit, who: str, *, at: datetime | None = None, many: int = 1) -> datetime:
    """Count one more try of somebody, or several; return when the window ends.

    Errors: TooMany, with how many seconds to wait; that try is not counted.
    """
    now = at or timezone.now()
    key = hashed(f"limit:{limit.name}:{who}")
    with transaction.atomic():
        fresh = {"value": 0, "until": now + timedelta(seconds=limit.seconds)}
        Remembered.objects.filter(key=key, until__lte=now).delete()
        Remembered.objects.get_or_create(key=key, defaults=fresh)
        row = Remembered.objects.select_for_update().get(key=key)
        tries = int(row.value or 0)
        if tries < limit.amount:
            Remembered.objects.filter(key=key).update(value=tries + many)
            return row.until
    raise TooMany(_sentence(row.until - now), int((row.until - now).total_seconds()) + 1)


def spend_ahead(limit: Limit, who: str, *, at: datetime | None = None) -> None:
    """Count one more try of somebody, with a write for the first of `AHEAD` alone.

    All processes together let through no more than the limit where that is a multiple of `AHEAD`; turns that one took
    and did not need are lost. Errors: TooMany.
    """
    now = at or timezone.now()
    with _lock:
        until, left = _ahead.get((limit.name, who), (now, 0))
        if until <= now or not left:
            until, left = spend(limit, who, at=now, many=AHEAD), AHEAD
        if len(_ahead) >= MOST_KEPT:
            _ahead.clear()
        _ahead[limit.name, who] = (until, left - 1)


def forget() -> None:
    """Forget the turns this process holds.

    >>> forget()
    """
    _ahead.clear()


def _sentence(left: timedelta) -> str:
    minutes = int(left.total_seconds() // 60) + 1
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"That was done too often in a short time. Nothing was changed. Wait {wait}, then try again."
