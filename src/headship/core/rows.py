"""Many rows at once, by natural key: read, insert, update and delete with plain SQL, on SQLite and PostgreSQL.

Table and column names come from the models, never from a file; every value is a parameter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django.db import connection, models

from headship.core import belonging

type Value = str | int | float | None
type Row = tuple[Value, ...]  # its key's parts, then its values
AT_ONCE = 500
MOST_VALUES = 900  # in one statement: every SQLite takes 999; row by row costs twice the time


@dataclass(frozen=True, slots=True)
class Target:
    """A table that an importer writes: its natural key, the fields set, and where a field's value is found elsewhere.

    `references` maps a foreign key's field to the natural field of the table it points to: ("school" to "urn").
    A field in `keeps` is set only where nothing stands yet. `derive` fills `derived` from the whole row afterwards,
    which then needs the fields in `reads` too. None leaves what stands there, unless the row is a `whole`.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    sets: tuple[str, ...]
    references: Mapping[str, str] = field(default_factory=dict)
    keeps: frozenset[str] = frozenset()
    reads: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    derive: Callable[[Mapping[str, Value]], tuple[Value, ...]] | None = None
    whole: bool = False
    words: str = ""

    @property
    def writes(self) -> tuple[str, ...]:
        """The fields written: those set, then those derived."""
        return tuple(dict.fromkeys((*self.sets, *self.derived)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields written, then those that are only read."""
        return tuple(dict.fromkeys((*self.writes, *self.reads)))


def standing(target: Target, keys: Iterable[Row]) -> dict[Row, Row]:
    """Return the rows that stand under these keys, by key, each as the plain values of `target.columns`."""
    names, width = (*target.key, *target.columns), len(target.key)
    firsts = list(dict.fromkeys(key[0] for key in keys))
    if target.key[0] in target.references:
        firsts = list(_keys_of(target, target.key[0], firsts).values())
    found: dict[Row, Row] = {}
    for start in range(0, len(firsts), AT_ONCE):
        plain = _natural(target, names, _selected(target, names, firsts[start : start + AT_ONCE]))
        found.update((row[:width], row[width:]) for row in plain)
    return found


def _selected(target: Target, names: Sequence[str], firsts: Sequence[Value]) -> list[tuple[Any, ...]]:
    columns = [_quoted(_column(target, name)) for name in names]
    places = ", ".join(["%s"] * len(firsts))
    table = _quoted(target.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {columns[0]} IN ({places})", firsts)  # noqa: S608  # names of models
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _natural(target: Target, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterable[Row]:
    """Put natural values where rows hold primary keys, and text where they hold dates."""
    columns: list[Sequence[Any]] = [*zip(*rows, strict=True)]
    for place, name in enumerate(names if columns else ()):
        known: Any = target.model._meta.get_field(name)
        if name in target.references:
            pairs = known.related_model._default_manager.filter(pk__in={*columns[place]} - {None})
            natural = dict(pairs.values_list("pk", target.references[name]))
            columns[place] = [natural.get(each) for each in columns[place]]
        elif isinstance(known, models.DateField):
            columns[place] = [each.isoformat() if isinstance(each, date) else each for each in columns[place]]
    return zip(*columns, strict=True)


def insert(target: Target, rows: Sequence[Sequence[Value]]) -> None:
    """Insert rows given as their key's parts, then the values of `target.sets`; other columns take their defaults."""
    if not rows:
        return
    names = (*target.key, *target.sets)
    filled = _defaults(target.model, names)
    columns = [_column(target, name) for name in (*names, *filled)]
    _write_many(target.model, columns, _resolved(target, names, rows, filled.values()))


def _is_everybodys(model: type[models.Model]) -> bool:
    """Whether a table is under no row-level security, which would refuse COPY."""
    return model._meta.db_table not in belonging.confined()


def _write_many(model: type[models.Model], columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    table, listed = _quoted(model._meta.db_table), ", ".join(_quoted(name) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and _is_everybodys(model):
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copying:
                for row in values:
                    copying.write_row(row)
            return
        one = f"({', '.join(['%s'] * len(columns))})"
        together = max(1, MOST_VALUES // len(columns))
        whole = len(values) - len(values) % together
        for start, end, count in (
            (0, whole, together),
            (whole, len(values), 1),
        ):  # many rows a statement, then the rest
            statement = f"INSERT INTO {table} ({listed}) VALUES {', '.join([one] * count)}"  # noqa: S608  # names of models
            parts = (values[at : at + count] for at in range(start, end, count))
            cursor.executemany(statement, [[*chain.from_iterable(part)] for part in parts])


def update(target: Target, rows: Sequence[tuple[Sequence[Value], Sequence[Value]]]) -> None:
    """Set `target.sets` of the rows under these keys."""
    if not rows:
        return
    values = _resolved(target, target.sets, [after for _, after in rows])
    keys = _resolved(target, target.key, [key for key, _ in rows])
    setting = ", ".join(f"{_quoted(_column(target, name))} = %s" for name in target.sets)
    statement = f"UPDATE {_quoted(target.model._meta.db_table)} SET {setting} WHERE {_where(target)}"  # noqa: S608  # names of models
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*after, *key) for after, key in zip(values, keys, strict=True)])


def delete(target: Target, keys: Sequence[Sequence[Value]]) -> None:
    """Delete the rows under these keys."""
    if not keys:
        return
    statement = f"DELETE FROM {_quoted(target.model._meta.db_table)} WHERE {_where(target)}"  # noqa: S608  # names of models
    with connection.cursor() as cursor:
        cursor.executemany(statement, _resolved(target, target.key, keys))


def note_sizes(tables: Iterable[type[models.Model]]) -> None:
    """Let PostgreSQL count tables that just grew, so that it uses their indexes; SQLite needs no telling."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in tables:
                cursor.execute(f"ANALYZE {_quoted(model._meta.db_table)}")


def _where(target: Target) -> str:
    return " AND ".join(f"{_quoted(_column(target, name))} = %s" for name in target.key)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _column(target: Target, name: str) -> str:
    known: Any = target.model._meta.get_field(name)
    return str(known.column)


def _defaults(model: type[models.Model], given: Sequence[str]) -> dict[str, Any]:
    """Return what the other columns hold when nobody says: blank text, or their default."""
    rest = [each for each in model._meta.concrete_fields if each.name not in given and not each.primary_key]
    return {each.name: each.get_default() for each in rest if not each.null}


def blank(model: type[models.Model], name: str) -> Value:
    """Return what a field holds before anything is known: None where it may be null, else its default."""
    known: Any = model._meta.get_field(name)
    value: Value = None if known.null else known.get_default()
    return value


def _resolved(
    target: Target, names: Sequence[str], rows: Iterable[Sequence[Value]], rest: Iterable[Any] = ()
) -> list[Row]:
    """Put primary keys where rows name what they point to by its natural field, and the rest behind every row."""
    columns: list[Sequence[Value]] = [*zip(*rows, strict=True)]
    for place, name in enumerate(names):
        if name in target.references:
            keys = _keys_of(target, name, {*columns[place]})
            columns[place] = [None if each is None else keys[each] for each in columns[place]]
    return [*zip(*columns, *([each] * len(columns[0]) for each in rest), strict=True)]


def _keys_of(target: Target, name: str, wanted: Iterable[Value]) -> dict[Value, int]:
    related: Any = target.model._meta.get_field(name).related_model
    natural = target.references[name]
    values = [each for each in wanted if each is not None]
    found: dict[Value, int] = {}
    for start in range(0, len(values), AT_ONCE * 10):
        chosen = {natural + "__in": values[start : start + AT_ONCE * 10]}
        found.update(related._default_manager.filter(**chosen).values_list(natural, "pk"))
    return found
