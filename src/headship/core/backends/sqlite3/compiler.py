"""Django's compilers, confined."""

from django.db.models.sql import compiler

from headship.core.backends.confined import Adds, Reads, Writes


class SQLCompiler(Reads, compiler.SQLCompiler):
    """SELECT."""


class SQLAggregateCompiler(Reads, compiler.SQLAggregateCompiler):
    """SELECT of a sum or count over a query, which is confined itself."""


class SQLInsertCompiler(Adds, compiler.SQLInsertCompiler):
    """INSERT."""


class SQLUpdateCompiler(Writes, compiler.SQLUpdateCompiler):
    """UPDATE."""


class SQLDeleteCompiler(Writes, compiler.SQLDeleteCompiler):
    """DELETE."""
