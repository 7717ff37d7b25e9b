"""How a leader of a trust opens a headteacher's appraisal, where the trust's scheme gives them a part in it."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from headship.appraisal import head_pages, head_trust_queries
from headship.core import belt
from headship.core.errors import existing
from headship.core.pages import show
from headship.core.scope import Scope

type View = Callable[..., HttpResponse]


def years(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the years in which the reader takes part by their trust's scheme."""
    return show(request, "appraisal/head_trust.html", head_pages.trust_page(scope), scope=scope)


def there(view: View) -> View:
    """Let a view of a school's year be opened from its trust, by whoever the year names for it; 404 for all others."""

    @functools.wraps(view)
    def at_the_school(request: HttpRequest, scope: Scope, year: int, **more: Any) -> HttpResponse:
        own = existing(head_trust_queries.at_school_of(scope, year))
        request.steered_by = scope  # type: ignore[attr-defined]  # ours: the school's own pages are closed to them
        with belt.within(own):
            return view(request, own, year=year, **more)

    return at_the_school
