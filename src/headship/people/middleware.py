"""The session clock: ends sessions that are idle or old, and notes that the others are in use."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from headship.core import belt
from headship.people import devices, sessions
from headship.people.models import Account


class SessionClock:
    """Costs no query but one write a minute, and at the visit's start one read: when the visit before it ended.

    `seen_at` of the account is kept at the same moments.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session or note its use, then pass the request on."""
        if SESSION_KEY in request.session:
            with belt.whole_installation(because="a session names its account before a scope is known"):
                self._tick(request)
        return self.get_response(request)

    def _tick(self, request: HttpRequest) -> None:
        at = timezone.now()
        if ended := sessions.over(request.session, at):
            request.session.flush()
            messages.info(request, ended)
        elif sessions.touch(request.session, at):
            request.session[sessions.DEVICE] = devices.words_of(request.headers.get("User-Agent", ""))
            own = Account.objects.filter(pk=request.session[SESSION_KEY])
            if sessions.HERE_BEFORE not in request.session:
                before = own.values_list("seen_at", flat=True).first()
                request.session[sessions.HERE_BEFORE] = before.timestamp() if before else None
            own.update(seen_at=at)
