"""Personal tokens of the API: what one looks like, what is kept of it, and whose it is.

Only its hash is kept. It works until it expires, is revoked, or its account is closed; when it was last used is noted
at most once a minute.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from headship.core.api import Bearer
from headship.people.models import ApiToken

PREFIX = "headship_"  # so that whoever finds one in a file knows what it opens
TOUCH = timedelta(minutes=1)
LASTS = (timedelta(days=30), timedelta(days=90), timedelta(days=365))
UNKNOWN = "This token is not known here. Make one in your account, under “Tokens for programs”."


def new() -> str:
    """Return a new token: 256 random bits.

    >>> new()[:9], len(new())
    ('headship_', 52)
    """
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is kept of a token.

    >>> hash_of("headship_example")[:8]
    'c0d73af7'
    """
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def bearer(token: str, *, at: datetime) -> Bearer | str:
    """Return whoever a token acts for, or a sentence saying why it does not work.

    The database is asked for the hash alone, so how long it takes tells nothing about any token.
    """
    held = ApiToken.objects.select_related("person__account").filter(token_hash=hash_of(token)).first()
    if held is None or not held.person.account.is_active:
        return UNKNOWN
    if held.revoked_at is not None:
        return "This token was revoked. Make another in your account, if its program should go on."
    if held.expires_at <= at:
        return "This token has expired. Make another in your account, if its program should go on."
    _touch(held, at)
    return Bearer(held.person.account, held.pk, frozenset(held.permits))


def _touch(held: ApiToken, at: datetime) -> None:
    if held.used_at is None or at - held.used_at >= TOUCH:
        ApiToken.objects.filter(Q(used_at=None) | Q(used_at__lt=at), pk=held.pk).update(used_at=at)
