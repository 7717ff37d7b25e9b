"""The JSON API: who reaches an endpoint (see `core.endpoints`), and what stands around every answer.

Whoever calls an endpoint shows a token; the token's person gets exactly the scope a page would give them, and its
permits can only narrow that. Cookies count for nothing here, so no other site can use a reader's browser to call it.
"""

import hashlib
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.module_loading import import_string
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from headship.core import belt, described, problems
from headship.core.audience import PLACES, scope_of
from headship.core.endpoints import Endpoint
from headship.core.errors import Stale
from headship.core.limits import PROGRAMS, spend_ahead
from headship.core.problems import Problem
from headship.core.shapes import Page

MOST_ERRORS = 20
OWN = {"scope", "version", "once"}  # what a view is given besides what its address, query and body hold


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever shows a token that works: the account it acts for, and what it was made for."""

    account: Any
    token_id: int
    permits: frozenset[str]


class Token:
    """Lets in whoever shows a token that works, that has the permit, and whose person the audience admits."""

    openapi_security_schema: Mapping[str, str] = {"type": "http", "scheme": "bearer"}

    def __init__(self, declared: Endpoint) -> None:
        self.declared = declared

    def __call__(self, request: HttpRequest) -> Bearer:
        """Return who asks, their scope laid on the request. Errors: Problem, TooMany, Http404, Refused."""
        with belt.whole_installation(because="a token says whose it is before a scope is known"):
            return self._admitted(request, _bearer(request))

    def _admitted(self, request: HttpRequest, bearer: Bearer) -> Bearer:
        spend_ahead(PROGRAMS, str(bearer.token_id))
        if self.declared.permit not in bearer.permits:
            raise Problem("no-permit", f"This token was made without the permit {self.declared.permit}. Make another.")
        if self.declared.takes_body and request.content_type != "application/json":
            raise Problem("not-json", "Send the body as JSON, with the header Content-Type: application/json.")
        request.user = bearer.account
        kwargs = dict(request.resolver_match.kwargs) if request.resolver_match else {}
        request.scope = scope_of(request, self.declared.audience, kwargs)  # type: ignore[attr-defined]  # ours, as for pages
        return bearer


def _bearer(request: HttpRequest) -> Bearer:
    """Return whose token a request shows. Errors: Problem."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    found: Bearer | str = "Send the header Authorization: Bearer, and your token."
    if kind.lower() == "bearer" and token:
        found = import_string(settings.HEADSHIP_BEARER)(token.strip(), at=timezone.now())
    if isinstance(found, str):
        raise Problem("no-token", found, headers={"WWW-Authenticate": 'Bearer realm="Headship"'})
    return found


def _called(declared: Endpoint) -> Callable[..., HttpResponse]:
    """Return the view as django-ninja calls it: with the request, and with what its signature says."""

    def call(request: HttpRequest, **values: Any) -> HttpResponse:
        for place in PLACES.values():
            values.pop(place, None)  # the scope says it
        if declared.audience.signed_in:
            values["scope"] = request.scope  # type: ignore[attr-defined]  # laid there by Token
        values |= _marks(request, declared)
        try:
            with belt.within(values["scope"]) if "scope" in values else belt.closed():
                return _answer(request, declared, declared.view(**values))
        except Stale as stale:
            raise Problem("changed" if declared.versioned else "conflict", str(stale)) from stale

    parameters = [each for name, each in inspect.signature(declared.view).parameters.items() if name not in OWN]
    keyword = inspect.Parameter.KEYWORD_ONLY
    first = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
    if declared.audience.place:
        first.append(inspect.Parameter(PLACES[declared.audience.place], keyword, annotation=int))
    call.__signature__ = inspect.Signature([*first, *(each.replace(kind=keyword) for each in parameters)])  # type: ignore[attr-defined]  # read by django-ninja
    call.__name__, call.__doc__ = declared.view.__name__, declared.view.__doc__
    call.declared = declared  # type: ignore[attr-defined]  # read by `addresses`
    return call


def _marks(request: HttpRequest, declared: Endpoint) -> dict[str, Any]:
    """Return the version that was read and the request's own mark, where an endpoint asks for them. Errors: Problem."""
    marks: dict[str, Any] = {}
    if declared.versioned:
        number, _, _ = request.headers.get("If-Match", "").removeprefix("W/").strip('"').partition(".")
        if not number.isdecimal() or len(number) > 9:
            raise Problem("no-version", "Read it first, and send the ETag you got in the header If-Match.")
        marks["version"] = int(number)
    if declared.once:
        try:
            marks["once"] = UUID(request.headers.get("Idempotency-Key", ""))
        except ValueError as wrong:
            raise Problem(
                "unusable", "Send a new UUID in the header Idempotency-Key, and the same one if you must send it again."
            ) from wrong
    return marks


def _answer(request: HttpRequest, declared: Endpoint, result: Any) -> HttpResponse:
    if result is None:
        return HttpResponse(status=204)
    content = result.model_dump_json().encode()
    response = HttpResponse(content, content_type="application/json", status=declared.status)
    version = getattr(result, "version", 0)
    response.headers["ETag"] = etag = f'"{version}.{hashlib.sha256(content).hexdigest()[:24]}"'
    if isinstance(result, Page) and (links := _links(request, result)):
        response.headers["Link"] = links
    if declared.made:
        response.headers["Location"] = f"{request.path}/{result.id}"
    if request.method != "GET":
        return response
    answered = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(answered, HttpResponse)  # what it was given, or one of Django's own
    return answered


def _links(request: HttpRequest, part: Page[Any]) -> str:
    """Return where the parts before and after a part of a list are, as RFC 8288 writes it."""
    starts = {"prev": part.offset - part.limit if part.offset else -1, "next": part.offset + part.limit}
    found = []
    for relation, offset in starts.items():
        if -part.limit < offset < part.total and (relation == "next" or part.offset):
            query = request.GET.copy()
            query["limit"], query["offset"] = str(part.limit), str(max(0, offset))
            found.append(f'<{request.path}?{query.urlencode()}>; rel="{relation}"')
    return ", ".join(found)


def built(endpoints: Iterable[Endpoint], *, description: str) -> NinjaAPI:
    """Return the API of these endpoints. Its description and documentation are pages of ours, so it has none."""
    api = NinjaAPI(title="Headship", version="1", description=description, docs_url=None, openapi_url=None)
    for each in endpoints:
        api.api_operation(
            [each.method],
            each.path,
            auth=Token(each) if each.audience.signed_in else None,
            response={each.status: each.gives},
            operation_id=each.name,
            url_name=each.name,
            summary=(each.view.__doc__ or "").split("\n")[0].rstrip("."),
            tags=[each.area],
            openapi_extra=described.around(each),
        )(_called(each))
    api.add_exception_handler(Http404, _as_django_would)
    for kind in (HttpError, ValidationError, Problem, RequestDataTooBig):
        api.add_exception_handler(kind, _as_problem)
    return api


def addresses(api: NinjaAPI) -> list[URLPattern]:
    """Return the API's addresses, each once, with what its methods declare; one with an undeclared method has none."""
    found: dict[str, URLPattern] = {}
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            found.setdefault(str(pattern.pattern), pattern)
    for path, view in api.default_router.path_operations.items():
        declared = [getattr(each.view_func, "declared", None) for each in view.operations]
        pattern = found[path.replace("{", "<").replace("}", ">")]
        if all(declared):
            told = {"endpoints": tuple(declared), "audience": declared[0].audience, "fresh": False, "limit": PROGRAMS}  # type: ignore[union-attr]  # all were declared
            vars(pattern.callback).update(told)  # read by the system check, house tests and generated pages
    return list(found.values())


def _as_django_would(request: HttpRequest, fault: Any) -> HttpResponse:
    """Let what all pages share answer it: handlers and middleware, which tell programs problems."""
    raise fault


def _as_problem(request: HttpRequest, fault: Any) -> HttpResponse:
    if isinstance(fault, Problem):
        return fault.response()
    if isinstance(fault, ValidationError):
        return _invalid(fault.errors).response()
    if isinstance(fault, RequestDataTooBig):
        return problems.with_status(413, "Send less than 2.5 MB at once. Nothing was changed.")
    return problems.with_status(fault.status_code, "The body is not JSON that can be read. Nothing was changed.")


def _invalid(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Return what is wrong with each part, without what was sent: it may be somebody's words."""
    told = [
        {
            "where": ".".join(str(part) for part in each["loc"]).replace("body.body", "body", 1),
            "words": str(each["msg"]),
        }
        for each in errors[:MOST_ERRORS]
    ]
    return Problem("invalid", "Mend the parts named below and send it again. Nothing was changed.", errors=told)
