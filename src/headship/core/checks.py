"""System checks: the server refuses to start while a route declares no audience."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def every_pattern(patterns: Sequence[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the installation with its pattern."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from every_pattern(each.url_patterns, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each


@register("headship")
def routes_declare_audiences(**_: Any) -> list[CheckMessage]:
    """Return one error for each address that nobody declared an audience for."""
    return [
        Error(
            f"The address {address!r} declares no audience.",
            hint="Use headship.core.audience.route.",
            id="headship.E001",
        )
        for address, pattern in every_pattern()
        if not hasattr(pattern.callback, "audience")
    ]
