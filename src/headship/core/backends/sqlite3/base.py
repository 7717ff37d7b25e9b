"""Django's SQLite backend, its queries confined to what is open."""

from django.db.backends.sqlite3 import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Names the confined compilers."""

    compiler_module = "headship.core.backends.sqlite3.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite."""

    ops_class = DatabaseOperations
