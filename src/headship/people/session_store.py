"""Sessions in the database, found by a hash of their key: whoever reads the database, or a backup, takes up none.

They are asked only for keys that could be one: PostgreSQL takes a NUL in a cookie for a fault.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

COLUMN = 40  # letters that Django's table holds; 160 bits of a hash of a key of more


def kept(key: str) -> str:
    """Return what is kept of a session's key.

    >>> kept("8sfj2")
    'cd654f4aa2984b11ceb3b683390bb025bac43976'
    """
    return hashlib.sha256(key.encode()).hexdigest()[:COLUMN]


class SessionStore(db.SessionStore):
    """Django's own, but for what it keeps of keys, and for keys it would never make."""

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return super().exists(kept(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """Delete a session: this one, unless another key is given."""
        if key := session_key or self.session_key:
            super().delete(kept(key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row of this session."""
        row = super().create_model_instance(data)
        row.session_key = kept(str(self.session_key))
        return row

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.filter(session_key=kept(self.session_key or ""), expire_date__gt=timezone.now())
        if (row := found.first()) is None:
            self._session_key = None
        return row

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and key.isascii() and key.isalnum() and super()._validate_session_key(key))  # type: ignore[misc]  # the stubs leave out what Django keeps to itself
