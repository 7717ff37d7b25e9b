"""Django's SQLite backend, its queries confined to what is open."""

from django.db.backends.sqlite3 import base, features, operations


class DatabaseOperations(operations.DatabaseOperations):
    """Names the confined compilers."""

    compiler_module = "headship.core.backends.sqlite3.compiler"


class DatabaseFeatures(features.DatabaseFeatures):
    """What this SQLite can do, known without asking where the answer never differs."""

    supports_json_field = True  # each since 3.38. Django asks in a transaction, and takes "database is locked" for a no


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to SQLite."""

    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
