"""How long a sign-in lasts, and what a session remembers of it. Times are kept as seconds since 1970.

Twelve hours at most and thirty minutes without use: a shared computer in a staff room forgets whoever walked away.
"""

from collections.abc import Callable, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH = timedelta(minutes=1)
FRESH = timedelta(minutes=10)
ASTRAY = timedelta(minutes=5)  # the clocks of two servers may differ by this much

BEGAN = "began_at"
TOUCHED = "touched_at"
HERE_BEFORE = "here_before"
FACTOR_SET = "factor_set"
DEMONSTRATED = "demonstrated"
DEVICE = "device"

Session = MutableMapping[str, Any]


def over(session: Session, at: datetime) -> str | None:
    """Say why a session is over, or nothing while it lasts.

    >>> from datetime import UTC
    >>> began = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
    >>> session = {BEGAN: began.timestamp(), TOUCHED: began.timestamp()}
    >>> over(session, began + timedelta(minutes=30))
    >>> over(session, began + timedelta(minutes=31))
    'You were signed out after 30 minutes without use. Sign in to go on.'

    Times to come are no use: a clock that is put back would let a session last longer.

    >>> over(session, began - timedelta(minutes=6))
    'You were signed out because the clock here was put back. Sign in to go on.'
    """
    now = at.timestamp()
    if max(session.get(BEGAN, now), session.get(TOUCHED, now)) - now > ASTRAY.total_seconds():
        return "You were signed out because the clock here was put back. Sign in to go on."
    if now - session.get(BEGAN, now) > LONGEST.total_seconds():
        return "You were signed out after 12 hours. Sign in to go on."
    if now - session.get(TOUCHED, now) > IDLE.total_seconds():
        return "You were signed out after 30 minutes without use. Sign in to go on."
    return None


def touch(session: Session, at: datetime) -> bool:
    """Note that a session is in use, at most once a minute; return whether it was noted."""
    now = at.timestamp()
    session.setdefault(BEGAN, now)
    if now - session.get(TOUCHED, 0) < TOUCH.total_seconds():
        return False
    session[TOUCHED] = now
    return True


def is_demonstrated(request: HttpRequest) -> bool:
    """Whether this is the demonstration, and its reader came by one of its links."""
    return bool(settings.DEMONSTRATION and request.session.get(DEMONSTRATED))


def sign_in_to_demonstration(request: HttpRequest, account: Any, login: Callable[..., None]) -> None:
    """Sign somebody in without a password. Errors: LookupError outside the demonstration."""
    if not settings.DEMONSTRATION:
        raise LookupError("Only the demonstration signs in without a password.")
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[DEMONSTRATED] = True
