"""A fresh second step: shown again before exports and changes of who may do what, once the last is ten minutes old."""

import functools
from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from headship.core.audience import View
from headship.core.scope import Scope
from headship.people import rules, sessions

SECOND_STEP = "mfa"  # as allauth records a passkey, a code from the app and a recovery code


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Whether a second step was taken in the last ten minutes; before one is set up, whether anything was given.

    A demonstration has nothing to give.
    """
    if sessions.is_demonstrated(request):
        return True
    since = at.timestamp() - sessions.FRESH.total_seconds()
    given = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    lately = {each["method"] for each in given if each["at"] > since}
    return SECOND_STEP in lately or (bool(lately) and not rules.holds_second_step(request.user.pk or 0))


def ask_again(request: HttpRequest) -> HttpResponseBase | None:
    """Return where a second step is shown again, or None while it is fresh. A form that was sent is kept meanwhile."""
    if is_fresh(request, timezone.now()):
        return None
    if methods := get_adapter().get_reauthentication_methods(request.user):
        return suspend_request(request, methods[0]["url"])  # type: ignore[no-any-return]  # allauth has no types
    back = request.get_full_path()
    logout(request)  # an identity elsewhere is all they have, and it is asked for by signing in
    return redirect_to_login(back)


def renewing(view: View) -> View:
    """Wrap a page that asks for the second step again: once it was given, the session goes on under another key."""

    @functools.wraps(view)
    def call(request: HttpRequest, scope: Scope, **rest: Any) -> HttpResponseBase:
        del scope
        before = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY)
        response = view(request, **rest)
        if request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) != before:
            request.session.cycle_key()
        return response

    return call
