"""What every test may use."""

from pathlib import Path

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

from headship.core import kept
from headship.project import queries as set_up
from headship.standards import queries as standards

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of shared test data beside the checkout, or skip, saying so."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside the checkout")
    return SHARED


@pytest.fixture(autouse=True)
def frameworks_forgotten() -> None:
    """Frameworks and pages are kept per process; each test has a database of its own."""
    standards.forget()
    kept.forget()


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
            around = (["SET session_replication_role = replica"], ["SET session_replication_role = DEFAULT"])
        else:
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql IS NOT NULL")
                triggers = cursor.fetchall()
            around = ([f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers])
        return flush(self, [*around[0], *sql_list, *around[1]])

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
