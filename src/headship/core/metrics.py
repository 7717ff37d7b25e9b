"""Figures for whoever watches the server, in Prometheus' text form. No label names a person or a school.

Requests are counted in each process and added up on reading (prometheus-client's own way for several processes, where
`headship serve` has named a folder for it). The rest is read from the database when somebody asks.
"""

import hmac
import os
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Max, Sum
from django.http import HttpRequest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from headship.core import belt, upkeep
from headship.core.models import ChainHead, UpkeepRun

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LOOPBACK = {"127.0.0.1", "::1"}
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
HERE = CollectorRegistry()
REQUESTS = Counter("headship_requests", "Requests answered", ["method", "route", "status"], registry=HERE)
SECONDS = Histogram(
    "headship_request_seconds",
    "Time to answer a request",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=HERE,
)
DATABASE_SECONDS = Counter("headship_database_seconds", "Time spent in the database", ["route"], registry=HERE)


def note(method: str, route: str, status: int, seconds: float, database_seconds: float) -> None:
    """Count one request. `route` is the pattern of its address, "none" where it leads nowhere.

    >>> note("GET", "rows/", 200, 0.02, 0.001)
    >>> REQUESTS.labels("GET", "rows/", "200")._value.get() >= 1
    True
    """
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    DATABASE_SECONDS.labels(route).inc(database_seconds)


def may_read(request: HttpRequest) -> bool:
    """Whether somebody may read the figures: with the token, or, where none is set, from this very machine."""
    if token := settings.HEADSHIP_METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    direct = not any(name in request.META for name in FORWARDED) and not settings.SECURE
    return direct and request.META.get("REMOTE_ADDR") in LOOPBACK


def text() -> bytes:
    """Return every figure."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # its package tells no types here
        requests = generate_latest(registry)
    else:
        requests = generate_latest(HERE)
    state = CollectorRegistry()
    state.register(_State())
    return requests + generate_latest(state)


class _State(Collector):
    """What the database tells: tasks, workers, upkeep and the length of the audit chains."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each figure."""
        at = timezone.now()
        tasks = GaugeMetricFamily("headship_tasks", "Tasks in the background, by state", labels=["state"])
        counted = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
        for status in ("READY", "RUNNING", "FAILED", "SUCCESSFUL"):
            tasks.add_metric([status.lower()], counted.get(status, 0))
        yield tasks
        yield GaugeMetricFamily("headship_workers", "Workers at work", value=len(upkeep.living(at)))
        with belt.whole_installation(because="how many events all chains have together, and nothing of them"):
            length = ChainHead.objects.aggregate(all=Sum("length"))["all"] or 0
        yield GaugeMetricFamily("headship_audit_events", "Events in all audit chains", value=length)
        ages = GaugeMetricFamily("headship_upkeep_age_seconds", "Since upkeep last ended well", labels=["upkeep"])
        ended = UpkeepRun.objects.filter(failed=False).exclude(ended_at=None).order_by()
        for name, when in ended.values_list("duty_id").annotate(Max("ended_at")):
            ages.add_metric([name], (at - when).total_seconds())
        yield ages
