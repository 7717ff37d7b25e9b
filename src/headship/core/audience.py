"""Every route declares who it is for. An undeclared route stops the server from starting.

A view of a place (school or trust) never sees the identifier in its address: it gets a `Scope` instead, so that it
cannot ask for another school's things. Somebody with no post at that place gets 404, as if it did not exist.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.module_loading import import_string

from headship.core import belt, limits, pages
from headship.core.errors import Gone, Refused
from headship.core.limits import Limit
from headship.core.scope import Scope

View = Callable[..., HttpResponseBase]
PLACES = {"school": "urn", "trust": "trust"}  # what addresses call the key of a place


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a route is for. `place` is "school" or "trust" when its address names one; `roles` None means any post there.

    `refusal` is what somebody with a post there but none of these roles is told.
    """

    name: str
    signed_in: bool = True
    place: str = ""
    roles: frozenset[str] | None = None
    operators: bool = False
    refusal: str = ""


ANYONE = Audience("anyone", signed_in=False)
SIGNED_IN = Audience("signed in")
SCHOOL = Audience("anyone with a post at the school", place="school")
TRUST = Audience("leaders of the trust", place="trust")
OPERATORS = Audience(
    "operators of this installation",
    operators=True,
    refusal="Only those who keep this installation running can open this. Ask the person who set Headship up.",
)


def school_posts(name: str, *roles: str, refusal: str) -> Audience:
    """Return an audience of certain posts at the school in the address, with the sentence the others are told.

    >>> school_posts("the headteacher", "headteacher", refusal="Ask the headteacher.").place
    'school'
    """
    return Audience(name, place="school", roles=frozenset(roles), refusal=refusal)


def route(  # noqa: PLR0913  # all that a route declares, each named by its caller
    pattern: str, view: View, *, name: str, audience: Audience, fresh: bool = False, limit: Limit | None = None
) -> URLPattern:
    """`django.urls.path` with a declared audience. Place routes name `<int:urn>` (school) or `<int:trust>`.

    The view is called as `view(request, **kwargs)` for ANYONE, and as `view(request, scope, **kwargs)` otherwise.
    `fresh` says that what it does (an export, a change of roles) asks for the second step again once the last is ten
    minutes old, and then goes on with what was asked or sent. `limit` says how often one account, or where nobody is
    signed in one address, may do it.
    """
    return path(pattern, declared(view, audience, fresh=fresh, limit=limit), name=name)


def declared(view: View, audience: Audience, *, fresh: bool = False, limit: Limit | None = None) -> View:
    """Wrap a view so that only its audience reaches it."""
    if fresh and not audience.signed_in:
        raise ValueError("Nobody can be asked for a second step before they have signed in.")

    @functools.wraps(view)
    def admit(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not audience.signed_in:
            _spend(request, limit)
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        with belt.whole_installation(because="what a person may open is found before it is open"):
            if detour := _detour(request):
                return HttpResponseRedirect(detour)
            scope = scope_of(request, audience, kwargs)
        request.scope = scope  # type: ignore[attr-defined]  # ours; the base template reads it
        if fresh and (asked := _asked_again(request)):
            return asked
        _spend(request, limit)
        with belt.within(scope):
            return view(request, scope, *args, **kwargs)

    admit.audience = audience  # type: ignore[attr-defined]  # read by the system check, middleware and house tests
    admit.limit = limit  # type: ignore[attr-defined]  # as above
    admit.fresh = fresh  # type: ignore[attr-defined]  # read by the house tests and the generated pages
    return admit


def visitor(request: HttpRequest) -> Scope | None:
    """Return the scope, at no place, of somebody signed in who reads a page for anyone; None for a stranger."""
    if not request.user.is_authenticated:
        return None
    scope: Scope | None = import_string(settings.HEADSHIP_SCOPE_FOR)(request.user, "", None, at=timezone.now())
    return scope


def scope_of(request: HttpRequest, audience: Audience, kwargs: dict[str, Any]) -> Scope:
    """Return whoever asks as their posts here make them, taking the place out of `kwargs`. Errors: Http404, Refused."""
    key = kwargs.pop(PLACES[audience.place]) if audience.place else None
    scope_for = import_string(settings.HEADSHIP_SCOPE_FOR)
    scope: Scope | None = scope_for(request.user, audience.place, key, at=timezone.now())
    if scope is None:
        raise _absent(request, audience.place, key)
    refused = audience.operators and not scope.operator
    if refused or (audience.roles is not None and not scope.has(*audience.roles)):
        request.scope = scope  # type: ignore[attr-defined]  # the refusal page still says where the reader is
        raise Refused(audience.refusal)
    return scope


def _absent(request: HttpRequest, place: str, key: int | None) -> Http404:
    """Return that there is nothing here; whoever had a post here is told that it ended, and what to do."""
    left: date | None = import_string(settings.HEADSHIP_LEFT_ON)(request.user, place, key, at=timezone.now())
    if left is None:
        return Http404()
    told = f"Your post here ended on {pages.in_words(left)}, so you can open nothing here any more."
    return Gone(f"{told} Was something left to be done? Ask the school to hand it on.")


def _detour(request: HttpRequest) -> str | None:
    """Where somebody must go first (second factor, first password), as the permission boundary says."""
    detour: str | None = import_string(settings.HEADSHIP_DETOUR)(request)
    return detour


def _spend(request: HttpRequest, limit: Limit | None) -> None:
    """Count a try against a route's limit. Errors: TooMany."""
    if limit and (limit.reading or request.method == "POST"):
        who = str(request.user.pk) if limit.per == "account" else get_ip(request)
        limits.spend(limit, who)


def _asked_again(request: HttpRequest) -> HttpResponseBase | None:
    """Where the second step is shown again, as the permission boundary says; None while it is fresh."""
    asked: HttpResponseBase | None = import_string(settings.HEADSHIP_ASK_AGAIN)(request)
    return asked
