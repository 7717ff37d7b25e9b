"""Django's cache, kept in one small table: what one worker counted, the others know, and a restart forgets nothing.

Django's own cache in the database would store pickles, which run code when they are read, and addresses in its keys.
Here values are JSON and keys are hashes under the secret key.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from headship.core.models import Remembered

LONGEST = timedelta(days=1)  # what is to be kept for good belongs in a table of its own


def hashed(key: str) -> str:
    """Return what is kept of a key.

    >>> len(hashed("tries:192.0.2.7")), hashed("a") == hashed("b")
    (64, False)
    """
    return salted_hmac("headship.core.remembered", key, algorithm="sha256").hexdigest()


def forget_what_is_over(at: datetime) -> str:
    """Delete what nobody needs to know any more. Declared as upkeep."""
    count, _ = Remembered.objects.filter(until__lte=at).delete()
    return f"{count} forgotten."


class Cache(BaseCache):
    """The cache of Django and allauth: rate limits and used codes live here."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        del location  # the database is the one of everything else
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless there is one; return whether it was kept. Two at once: one of them keeps it."""
        name, at = self._name(key, version), timezone.now()
        with transaction.atomic():
            Remembered.objects.filter(key=name, until__lte=at).delete()
            told = {"value": value, "until": self._until(timeout)}
            _, made = Remembered.objects.get_or_create(key=name, defaults=told)
        return made

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return a value, or the default where there is none any more."""
        kept = Remembered.objects.filter(key=self._name(key, version), until__gt=timezone.now())
        found = kept.values_list("value", flat=True)[:1]
        return found[0] if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        told = {"value": value, "until": self._until(timeout)}
        Remembered.objects.update_or_create(key=self._name(key, version), defaults=told)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value longer; return whether there was one."""
        kept = Remembered.objects.filter(key=self._name(key, version), until__gt=timezone.now())
        return kept.update(until=self._until(timeout)) > 0

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; return whether there was one."""
        return Remembered.objects.filter(key=self._name(key, version)).delete()[0] > 0

    def clear(self) -> None:
        """Forget everything."""
        Remembered.objects.all().delete()

    def _name(self, key: str, version: int | None) -> str:
        return hashed(self.make_key(key, version))

    def _until(self, timeout: Any) -> datetime:
        """Return the moment up to which something is kept: a day from now at the latest."""
        ends, latest = self.get_backend_timeout(timeout), timezone.now() + LONGEST
        return latest if ends is None else min(datetime.fromtimestamp(ends, tz=UTC), latest)
