"""What every test may use."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from headship.core import belt, kept, limits
from headship.core.scope import installation_scope
from headship.project import queries as set_up
from headship.standards import actions as shipped
from headship.standards import queries as standards
from headship.standards.models import Association, Characteristic, Framework
from tests import answers
from tests.application_role import TESTER, above_policies, worked_as

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of shared test data beside the checkout, or skip, saying so."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside the checkout")
    return SHARED


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what asks no database: it ran beside SQLite, and would run the same."""
    if connection.vendor != "postgresql":
        return
    kept = [item for item in items if asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name what failed at once: a whole run takes long, and its summary comes last."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nFAILED {report.nodeid}", flush=True)  # noqa: T201  # for whoever watches the run


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test has the tests' database, or names a database of its own."""
    if "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db"):
        return True
    return isinstance(item, pytest.Function) and names_a_database(item.path)


@cache
def names_a_database(path: Path) -> bool:
    """Whether a file of tests speaks of databases by their kind or address."""
    words = path.read_text()
    return any(each in words for each in ("HEADSHIP_DATABASE", "connection.vendor", "database_on", "django_db_setup"))


hypothesis.register_profile(  # how long a test takes tells of the machine
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("untimed")
answers.look_at_every_answer()


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """Give each worker a database of its own on PostgreSQL; on SQLite each has one in its memory already.

    pytest-django knows that of Django's own backend, and ours goes by another name.
    """
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker and connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"test_{name}_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Work as the application's role once the test database is made: row-level security holds in every test.

    What ships stands in it from the beginning, as at a school: to load it for each test took a third of all their time.
    None is made where no test of a run asks for one.
    """
    if connection.vendor == "postgresql" and not connection.settings_dict["NAME"].startswith("test_"):
        yield
        return
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(worked_as())
            with belt.whole_installation(because="what ships is there before the first test"):
                ship()
        yield
        with django_db_blocker.unblock():
            stack.close()


def ship() -> None:
    """Load what ships, leaving no event: the audit of each test begins empty."""
    now, unheard = timezone.now(), {"audit": lambda *_, **__: None}
    for each in (shipped.load_framework, shipped.load_crosswalk):
        unheard[each.__name__] = each.__wrapped__
    with patch.multiple(shipped, **unheard):
        shipped.load_shipped(by=installation_scope(now), at=now)


@pytest.fixture
def nothing_shipped(db) -> None:
    """Take out what ships with Headship, for a test of an installation before its first start."""
    with above_policies():
        for model in (Association, Characteristic, Framework):
            model.objects.all()._raw_delete(connection.alias)
    standards.forget()


@pytest.fixture
def as_owner(db) -> None:
    """Let a test alter tables, as whoever owns them; undone with the test's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture(autouse=True)
def whole_installation() -> Iterator[None]:
    """Let a test arrange what it likes. Requests and actions open what their scope may reach, as everywhere."""
    with belt.whole_installation(because="a test makes the rows of every school"):
        yield


@pytest.fixture(autouse=True)
def frameworks_forgotten() -> None:
    """Frameworks, pages and turns are kept per process; each test has a database of its own."""
    standards.forget()
    kept.forget()
    limits.forget()


@pytest.fixture(autouse=True)
def set_up_already() -> None:
    """Let an installation without accounts show its pages; the tests of set-up forget this."""
    set_up.know()


@pytest.fixture(autouse=True, scope="session")
def emptied_despite_triggers() -> None:
    """Let Django empty the test database after a test with real transactions: triggers refuse that to all others."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        if self.connection.vendor == "postgresql":
            before = ["RESET ROLE", "SET session_replication_role = replica"]
            around = (before, ["SET session_replication_role = DEFAULT", f"SET ROLE {TESTER}"])
        else:
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql IS NOT NULL")
                triggers = cursor.fetchall()
            around = ([f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers])
        return flush(self, [*around[0], *sql_list, *around[1]])

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
