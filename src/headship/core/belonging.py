"""Whose each row is: every model says it once, as `belongs`, and both belts are made from that.

The same conditions are spoken in two ways: with values, for a statement of Django's (`core.backends`), and with the
settings of a transaction, for the policies of PostgreSQL (`core.policies`).
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

type Sql = tuple[str, list[int]]
type Speaker = Callable[[str, str], Sql]


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose a model's rows are. A row is open where any of these says so.

    `school`, `trust`: the field with that place's key. `chain`: the field with the number of an audit chain.
    `person`: the field with the key of the person who may read and change the row from anywhere. `through`: a foreign
    key to the row that says it. `reached_by`: the key ("people.Post.person") of open rows that point here.
    `own`: the field with the key of a person who may read the row from anywhere, and change it at its place only.
    `shown_to`: the field with the key of a trust that may read the row, and never change it.
    `because`: why the rows belong to no school at all.
    """

    school: str = ""
    trust: str = ""
    chain: str = ""
    person: str = ""
    through: str = ""
    reached_by: str = ""
    own: str = ""
    shown_to: str = ""
    because: str = ""

    @property
    def confined(self) -> bool:
        """Whether the belts hold its rows."""
        return not self.because


FIELDS = (("school", "schools"), ("trust", "trusts"), ("chain", "chains"), ("person", "people"))


def to_nobody(because: str) -> Belongs:
    """Declare that rows belong to no school, with the reason.

    >>> to_nobody("the register is everybody's").confined
    False
    """
    return Belongs(because=because)


def of(model: type[models.Model]) -> Belongs | None:
    """Return what a model declares; the table between two models belongs to the one that holds the relation.

    >>> of(apps.get_model("core", "AuditEvent")).chain
    'chain'
    """
    owner: Any = model._meta.auto_created
    if not owner:
        return getattr(model, "belongs", None)
    declared = of(owner)
    name = next(each.name for each in model._meta.fields if each.related_model is owner)
    return Belongs(through=name) if declared and declared.confined else declared


@functools.cache
def confined() -> Mapping[str, type[models.Model]]:
    """Return every model whose rows the belts hold, by its table.

    >>> "core_auditevent" in confined()
    True
    """
    every = apps.get_models(include_auto_created=True)
    return {each._meta.db_table: each for each in every if (told := of(each)) and told.confined}


def condition(model: type[models.Model], alias: str, speak: Speaker, *, reading: bool) -> Sql:
    """Return the SQL that holds of the rows of a model (under an alias) that are open, and its values.

    >>> speak = lambda column, kind: (f"{column} IN (%s)", [5])
    >>> condition(apps.get_model("core", "AuditEvent"), "audit", speak, reading=True)
    ('"audit"."chain" IN (%s)', [5])
    """
    its = of(model)
    assert its is not None  # only confined models are asked
    fields = [(getattr(its, name), kind) for name, kind in FIELDS]
    fields += [(its.own, "people"), (its.shown_to, "trusts")] if reading else []
    parts = [speak(f'"{alias}"."{_column(model, name)}"', kind) for name, kind in fields if name]
    if its.through:
        field: Any = model._meta.get_field(its.through)
        parts.append(_among(f'"{alias}"."{field.column}"', field.related_model, "", speak, reading=reading))
    if its.reached_by:
        label, _, name = its.reached_by.rpartition(".")
        key = f'"{alias}"."{_column(model, "pk")}"'
        parts.append(_among(key, apps.get_model(label), name, speak, reading=reading))
    return " OR ".join(text for text, _ in parts), [value for _, values in parts for value in values]


def _among(column: str, other: type[models.Model], name: str, speak: Speaker, *, reading: bool) -> Sql:
    """Return that a column is among a column (the key, unless named) of the open rows of another model."""
    table = other._meta.db_table
    where, values = condition(other, table, speak, reading=reading)
    chosen = f'"{table}"."{_column(other, name or "pk")}"'
    return f'{column} IN (SELECT {chosen} FROM "{table}" WHERE {where})', values  # noqa: S608  # names of models


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(field.column)
