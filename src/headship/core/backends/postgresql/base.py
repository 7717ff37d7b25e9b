"""Django's PostgreSQL backend, its queries confined to what is open, and every transaction told what that is.

Row-level security (`core.policies`) reads settings that last for one transaction. They are set here with each
transaction's beginning, and again when what is open changes within it. A statement that stands alone gets a transaction
of its own. Nothing stays on the connection: whoever finds another way to it finds tables without rows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg import Connection, errors
from psycopg.pq import ExecStatus, TransactionStatus

from headship.core import belt

SAVEPOINT_UNDONE = "ROLLBACK TO"


class DatabaseOperations(operations.DatabaseOperations):
    """Names the confined compilers."""

    compiler_module = "headship.core.backends.postgresql.compiler"


def settle(connection: Connection[Any]) -> bool:
    """Tell the transaction what is open, beginning one where none is under way; return whether it was begun here."""
    status = connection.pgconn.transaction_status
    begins, wanted = status == TransactionStatus.IDLE, belt.now()
    told: Any = belt.NOTHING if begins else getattr(connection, "headship_told", belt.NOTHING)
    if told == wanted or status not in {TransactionStatus.IDLE, TransactionStatus.INTRANS}:
        return False  # with nothing open there is nothing to tell: the policies then show no row
    settings = ", ".join(f"set_config('headship.{name}', '{value}', true)" for name, value in wanted.settings.items())
    _send(connection, f"{'BEGIN; ' if begins else ''}SELECT {settings}")
    connection.headship_told = wanted  # type: ignore[attr-defined]  # a note of ours on psycopg's object
    return begins


def _send(connection: Connection[Any], statement: str) -> None:
    """Send words of our own, beside psycopg's cursors, which would come back here."""
    with connection.lock:
        result = connection.pgconn.exec_(statement.encode())
    if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        raise errors.error_from_result(result)


@contextmanager
def _told(connection: Connection[Any]) -> Iterator[None]:
    """Run a statement in a transaction that knows what is open."""
    alone = settle(connection) and connection.autocommit
    try:
        yield
    except BaseException:
        if alone:
            _send(connection, "ROLLBACK")
        raise
    if alone:
        _send(connection, "COMMIT")


class Confined:
    """A cursor whose statements are told what is open."""

    connection: Any

    def execute(self, query: Any, *rest: Any, **named: Any) -> Any:
        """Run a statement."""
        with _told(self.connection):
            found = super().execute(query, *rest, **named)  # type: ignore[misc]  # psycopg's cursor stands behind
        if isinstance(query, str) and query.startswith(SAVEPOINT_UNDONE):
            self.connection.headship_told = None  # settings made since the savepoint went with it
        return found

    def executemany(self, query: Any, *rest: Any, **named: Any) -> None:
        """Run a statement many times."""
        with _told(self.connection):
            super().executemany(query, *rest, **named)  # type: ignore[misc]  # as above

    @contextmanager
    def copy(self, *args: Any, **named: Any) -> Iterator[Any]:
        """Copy rows in or out."""
        with _told(self.connection), super().copy(*args, **named) as copying:  # type: ignore[misc]  # as above
            yield copying


def confined[C](cursor: type[C]) -> type[C]:
    """Return a kind of cursor that tells every transaction what is open."""
    return type(cursor.__name__, (Confined, cursor), {})


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL."""

    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Let psycopg make confined cursors."""
        params: dict[str, Any] = super().get_connection_params()
        return {**params, "cursor_factory": confined(params["cursor_factory"])}

    def get_new_connection(self, conn_params: Any) -> Any:
        """Let it make confined cursors on the server too."""
        connection = super().get_new_connection(conn_params)
        make: Callable[..., Any] = confined(connection.server_cursor_factory)
        connection.server_cursor_factory = make
        return connection
