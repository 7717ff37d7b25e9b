"""Sessions in the database, asked only for keys that could be one: PostgreSQL takes a NUL in a cookie for a fault."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's own, but for keys it would never make."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and key.isascii() and key.isalnum() and super()._validate_session_key(key))  # type: ignore[misc]  # the stubs leave out what Django keeps to itself
