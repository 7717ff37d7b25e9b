"""Reads about people, posts and scopes."""

from datetime import datetime

from headship.core.scope import Scope
from headship.people.models import Account


def scope_for(account: Account, place: str, key: int | None, *, at: datetime) -> Scope | None:
    """Return the scope of an account at a place, or None where it holds no post."""
    raise LookupError
