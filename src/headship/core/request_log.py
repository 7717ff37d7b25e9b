"""The middleware outside all pages, though not style sheets: one line in the log for each request, and its figures."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from headship.core import metrics

LOG = logging.getLogger("headship.requests")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class RequestLog:
    """Measures every request, then writes its line and counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on between two looks at the clock."""
        began = time.perf_counter()
        with _database_time() as spent:
            response = self.get_response(request)
        if getattr(request, "unwatched", False):
            return response
        seconds = time.perf_counter() - began
        route = request.resolver_match.route if request.resolver_match else "none"
        response.headers["X-Request-Id"] = number = secrets.token_hex(8)
        method = request.method if request.method in METHODS else "OTHER"
        told = {
            "method": method,
            "route": "/" + route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "database_ms": round(spent[0] * 1000, 1),
            "queries": int(spent[1]),
            "request": number,
        }
        LOG.info("request", extra={"told": told})
        metrics.note(str(method), route, response.status_code, seconds, spent[0])
        return response


@contextmanager
def _database_time() -> Iterator[list[float]]:
    """Yield the seconds spent in the database inside the block, and the number of questions asked."""
    spent = [0.0, 0.0]

    def timed(execute: Callable[..., Any], sql: str, given: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  # Django calls it so
        began = time.perf_counter()
        try:
            return execute(sql, given, many, context)
        finally:
            spent[0] += time.perf_counter() - began
            spent[1] += 1

    with connection.execute_wrapper(timed):
        yield spent
