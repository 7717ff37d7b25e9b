"""What every test may use."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from headship.core import belt, kept, limits
from headship.project import queries as set_up
from headship.standards import queries as standards
from tests import answers
from tests.application_role import TESTER, worked_as

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of shared test data beside the checkout, or skip, saying so."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside the checkout")
    return SHARED


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
    """Work as the application's role once the test database is made: row-level security holds in every test."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(worked_as())
        yield
        with django_db_blocker.unblock():
            stack.close()


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
