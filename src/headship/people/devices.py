"""Where somebody is signed in. A session packs its account inside, so those that still last are read one by one.

Of a browser only words are kept ("Firefox on Windows"), in its own session, and no address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from headship.people import sessions
from headship.people.models import Account

# The first that is found in what a browser says of itself; many name others as well.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("Chrome/", "Chrome"),
            ("CriOS", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("CrOS", "a Chromebook"),
           ("Windows", "Windows"), ("Mac OS X", "a Mac"), ("Linux", "Linux"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Device:
    """One session that lasts. `mark` is what is kept of its key, which opens nothing."""

    mark: str
    words: str
    began: datetime
    seen: datetime
    here: bool

    @property
    def began_time(self) -> str:
        """The time of day it began."""
        return f"{timezone.localtime(self.began):%H:%M}"

    @property
    def seen_time(self) -> str:
        """The time of day it was last in use, to the minute or so."""
        return f"{timezone.localtime(self.seen):%H:%M}"


def words_of(agent: str) -> str:
    """Return what a browser says of itself, in words.

    >>> words_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Windows'
    >>> words_of("curl/8.0")
    'A browser that does not say which'
    """
    browser = next((words for sign, words in BROWSERS if sign in agent), "")
    system = next((words for sign, words in SYSTEMS if sign in agent), "")
    if not browser and not system:
        return "A browser that does not say which"
    return f"{browser or 'A browser'} on {system}" if system else browser


def of(account: Account, here: str, at: datetime) -> list[Device]:
    """Return where an account is signed in, `here` (by its mark) first, then those last seen."""
    found = [_device(mark, data, here) for mark, data in _lasting(account, at)]
    return sorted(found, key=lambda each: (not each.here, -each.seen.timestamp(), each.mark))


def lasts(account: Account, mark: str, at: datetime) -> bool:
    """Whether there is such a session of an account, and it is not over."""
    return mark in {kept for kept, _ in _lasting(account, at)}


def forget_what_is_over(at: datetime) -> str:
    """Delete sessions that are over, and what they say of accounts and browsers. Declared as upkeep."""
    count, _ = Session.objects.filter(expire_date__lte=at).delete()
    return f"{count} forgotten."


def _lasting(account: Account, at: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the sessions of an account that would let somebody in now: in time, and with a seal that holds."""
    seals = {account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()}
    for each in Session.objects.filter(expire_date__gt=at).iterator():
        data = each.get_decoded()
        theirs = data.get(SESSION_KEY) == str(account.pk) and data.get(HASH_SESSION_KEY) in seals
        if theirs and sessions.over(data, at) is None:
            yield each.session_key, data


def _device(mark: str, data: dict[str, Any], here: str) -> Device:
    began, seen = (datetime.fromtimestamp(data.get(each, 0), tz=UTC) for each in (sessions.BEGAN, sessions.TOUCHED))
    return Device(mark, data.get(sessions.DEVICE, words_of("")), began, seen, mark == here)
