"""Rights over people, posts and accounts, each a refusal sentence or nothing."""

from django.http import HttpRequest


def detour(request: HttpRequest) -> str | None:
    """Return where a half-set-up account must go first, or None."""
    del request
    return None
