"""Whole pages kept in memory for as long as nothing was done that could change them.

Every write is an action, and every action lengthens a chain: its school's, or the installation's. So a page that shows
one school to one reader is right for exactly as long as the newest links of those two chains (`scope.stamp`), the
reader's scope and the day are what they were when it was made. Nothing is guessed by time, and no query is added.
"""

import dataclasses
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from headship.core.scope import Scope

_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
_pages: OrderedDict[Hashable, bytes] = OrderedDict()


def page(
    request: HttpRequest, scope: Scope, make: Callable[[], HttpResponse], *, besides: Hashable = None
) -> HttpResponse:
    """Return the page `make` makes, or the same page kept from before.

    For pages without a form that show nothing but what actions at this school write; where a page shows more, `besides`
    differs as soon as that does. Kept are HEADSHIP_KEPT_PAGES
    pages in each process (0: none), the longest unread leaving first; none while a banner waits to be shown.
    """
    if not settings.HEADSHIP_KEPT_PAGES or not scope.stamp or request.method != "GET" or len(get_messages(request)):
        return make()
    key = (
        scope.stamp,
        dataclasses.replace(scope, at=_NO_MOMENT),
        timezone.localdate(scope.at),
        request.get_full_path(),
        besides,
    )
    if kept := _pages.get(key):
        _pages.move_to_end(key)
        return HttpResponse(kept)
    made = make()
    if made.status_code == 200:  # a page, not a way elsewhere or a refusal
        _pages[key] = made.content
        while len(_pages) > settings.HEADSHIP_KEPT_PAGES:
            _pages.popitem(last=False)
    return made


def forget() -> None:
    """Forget every page.

    >>> forget()
    """
    _pages.clear()
