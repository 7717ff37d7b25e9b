"""Health, readiness and figures: what a watcher learns, and what a stranger does not."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import metrics, readiness
from headship.core.models import AuditEvent, UpkeepDuty, UpkeepRun, Worker
from headship.core.registry import Readiness
from tests import cast as everybody
from tests.core import slow


@pytest.fixture
def now(db):
    """Give the moment at which a test begins; the run itself may have begun much earlier."""
    return timezone.now()


def told():
    return dict(readiness.faults(timezone.now()))


def test_health_asks_nothing_of_the_database():  # which this test may not open
    assert Client().get("/health").json() == {"status": "well"}


def test_a_sound_installation_is_ready(db):
    answer = Client().get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_a_silent_worker_is_not_ready_and_strangers_learn_no_more(caplog, now):
    Worker.objects.create(name="w", started_at=now, beat_at=now - timedelta(minutes=5))
    answer = Client().get("/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})
    assert "The worker has gone silent" in caplog.text
    page = everybody.build().client("operator").get("/background/").content.decode()
    assert "The worker has gone silent" in page


def test_tasks_that_nobody_takes_are_told(db):
    slow.note.enqueue("a")
    assert told() == {}
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=16))
    assert "no worker took them" in told()["worker"]


def test_a_missing_migration_a_full_disk_and_a_modules_own_check_are_told(db, monkeypatch):
    monkeypatch.setattr(readiness, "_migrated", set())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'project'")
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda folder: SimpleNamespace(free=400 << 20))
    own = SimpleNamespace(readiness=(Readiness("backup", lambda at: "No backup for 3 days."),))
    monkeypatch.setattr(readiness, "modules", lambda: (own,))
    found = told()
    assert "migrations wait. Run: headship migrate" in found["migrations"]
    assert found["disk"] == "Only 400 MB are free where Headship keeps its files."
    assert found["backup"] == "No backup for 3 days."


def test_a_database_that_is_gone_is_told(db, monkeypatch):
    monkeypatch.setattr(readiness, "HOUSE", (Readiness("database", lambda at: _gone()),))
    assert told() == {"database": "The database does not answer."}


def _gone():
    from django.db import OperationalError

    raise OperationalError("host secret-host is away")


def figures(**more):
    return Client().get("/metrics", **more)


def test_figures_are_told_from_this_machine_alone(db):
    assert figures().status_code == 200
    for more in ({"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"HTTP_FORWARDED": "for=x"}):
        assert figures(**more).status_code == 404


def test_with_a_token_only_who_shows_it_reads_them(db, settings):
    settings.HEADSHIP_METRICS_TOKEN = "a-long-token"
    assert figures().status_code == 404
    assert figures(HTTP_AUTHORIZATION="Bearer another").status_code == 404
    assert figures(HTTP_AUTHORIZATION="Bearer a-long-token", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_over_https_a_proxy_on_this_machine_is_not_taken_for_its_keeper(db, settings):
    settings.SECURE = True
    assert metrics.may_read(SimpleNamespace(META={"REMOTE_ADDR": "127.0.0.1"}, headers={})) is False


def test_what_the_figures_tell(now):
    cast = everybody.build()
    cast.client("headteacher").get(f"/schools/{everybody.OWN}/decisions/")
    slow.note.enqueue("a")
    Worker.objects.create(name="w", started_at=now, beat_at=timezone.now())
    UpkeepRun.objects.create(
        duty=UpkeepDuty.objects.create(name="tests.count"), worker="w", began_at=now, ended_at=timezone.now(), said=""
    )
    text = figures().content.decode()
    assert 'headship_requests_total{method="GET",route="schools/<int:urn>/decisions/",status="200"}' in text
    assert 'headship_request_seconds_bucket{le="0.5",route="schools/<int:urn>/decisions/"}' in text
    assert 'headship_database_seconds_total{route="schools/<int:urn>/decisions/"}' in text
    assert 'headship_tasks{state="ready"} 1.0' in text
    assert "headship_workers 1.0" in text
    assert f"headship_audit_events {AuditEvent.objects.count():.1f}" in text
    assert 'headship_upkeep_age_seconds{upkeep="tests.count"}' in text
    assert re.search(rf"(?<![\d.]){everybody.OWN}(?!\d)", text) is None  # inside a longer number it stands by chance
    assert "Example" not in text
