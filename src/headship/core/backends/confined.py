"""How Django's own statements are confined to what is open (`core.belt`), by what models declare (`core.belonging`).

Django turns every query of its object layer into SQL in a compiler, whichever manager, relation, prefetch or form asked
for it. Here the condition of the model is added there: to WHERE for the table a statement begins with, to ON for each
table it joins. So no query can be written that forgets it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models.sql.datastructures import Join
from django.db.models.sql.where import AND, WhereNode

from headship.core import belonging, belt
from headship.core.belonging import Sql


def speak(column: str, kind: str) -> Sql:
    """Say that a column holds one of the keys that are open.

    >>> with belt.only(belt.Open(schools=(5, 7))):
    ...     speak("school_id", "schools"), speak("trust_id", "trusts")
    (('school_id IN (%s, %s)', [5, 7]), ('1 = 0', []))
    """
    keys = list(getattr(belt.now(), kind))
    return (f"{column} IN ({', '.join(['%s'] * len(keys))})", keys) if keys else ("1 = 0", [])


def model_of(table: str) -> type[models.Model] | None:
    """Return the model whose rows in this table must be confined now, or None. Errors: NothingOpen.

    >>> with belt.whole_installation(because="an example"):
    ...     model_of("core_auditevent") is None
    True
    """
    model = belonging.confined().get(table)
    if model is None or belt.now().whole:
        return None
    if belt.now() == belt.NOTHING:
        raise belt.NothingOpen(
            f"{model._meta.label} belongs to schools, and nothing is open here. Ask within a scope "
            "(core.belt.within), or say why the whole installation is meant."
        )
    return model


class Window:
    """The condition of one model under one alias, as a part of WHERE."""

    contains_aggregate = False
    contains_over_clause = False
    contains_column_references = True

    def __init__(self, model: type[models.Model], alias: str, *, reading: bool) -> None:
        self.model, self.alias, self.reading = model, alias, reading

    def as_sql(self, compiler: Any = None, connection: Any = None) -> tuple[str, list[int]]:  # noqa: ARG002  # Django calls it so
        """Return the condition in brackets, and its values."""
        text, values = belonging.condition(self.model, self.alias, speak, reading=self.reading)
        return f"({text})", values

    def relabeled_clone(self, change_map: Mapping[str, str]) -> "Window":
        """Follow the table to another alias."""
        return Window(self.model, change_map.get(self.alias, self.alias), reading=self.reading)

    def get_source_expressions(self) -> list[Any]:
        """Hold no expression of Django's."""
        return []


def _with_window(where: WhereNode | None, model: type[models.Model], alias: str, *, reading: bool) -> WhereNode:
    window: Any = Window(model, alias, reading=reading)
    return WhereNode([where, window] if where else [window], connector=AND)


class Reads:
    """A compiler of SELECT: for a compiler of Django's to inherit from."""

    connection: Any
    query: Any
    where: WhereNode | None

    def pre_sql_setup(self, *args: Any, **named: Any) -> Any:
        """Confine the table the query begins with."""
        found = super().pre_sql_setup(*args, **named)  # type: ignore[misc]  # Django's compiler stands behind
        base = self.query.alias_map.get(self.query.base_table) if self.query.alias_map else None
        if base is not None and self.query.alias_refcount.get(self.query.base_table):
            model = model_of(base.table_name)
            if model is not None:
                self.where = _with_window(self.where, model, self.query.base_table, reading=True)
        return found

    def compile(self, node: Any) -> Any:
        """Confine each table that is joined."""
        sql, params = super().compile(node)  # type: ignore[misc]  # as above
        if not isinstance(node, Join) or (model := model_of(node.table_name)) is None:
            return sql, params
        text, values = Window(model, str(node.table_alias), reading=True).as_sql()
        return f"{sql.removesuffix(')')} AND {text})", [*params, *values]


class Writes:
    """A compiler of UPDATE or DELETE: of one table, and what it looks up elsewhere is a SELECT of its own."""

    query: Any

    def as_sql(self, *args: Any, **named: Any) -> Any:
        """Confine the table that is written."""
        model = model_of(self.query.get_meta().db_table)
        if model is not None:
            self.query = self.query.clone()
            alias = self.query.get_initial_alias()
            self.query.where = _with_window(self.query.where, model, alias, reading=False)
        return super().as_sql(*args, **named)  # type: ignore[misc]  # as above


class Adds:
    """A compiler of INSERT."""

    query: Any

    def as_sql(self, *args: Any, **named: Any) -> Any:
        """Refuse a row of another place. Errors: NothingOpen."""
        model = model_of(self.query.get_meta().db_table)
        if model is not None:
            refuse_strangers(model, self.query.objs)
        return super().as_sql(*args, **named)  # type: ignore[misc]  # as above


def refuse_strangers(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Refuse new rows that say themselves to belong where nothing is open. Errors: NothingOpen."""
    its = belonging.of(model)
    assert its is not None  # only confined models are asked
    says: list[tuple[Any, str]] = [
        (model._meta.get_field(getattr(its, name)), kind) for name, kind in belonging.FIELDS if getattr(its, name)
    ]
    if not says:
        return  # whose it is stands in another row
    for row in rows:
        if not any(getattr(row, field.attname) in getattr(belt.now(), kind) for field, kind in says):
            raise belt.NothingOpen(f"This {model._meta.label} would stand at a place that is not open here.")
