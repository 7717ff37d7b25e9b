"""Where people are found in a model: fields that lead to somebody, a row's school, and text that may name people."""

from enum import StrEnum
from typing import Any

from django.db import models

from headship.core import classed
from headship.core.classed import DataClass

PEOPLE = {"people.Person": "person", "people.Account": "account"}
# Keys of people and accounts that are no keys to the database, by their names.
BARE_KEYS = {"person_id": "person", "created_by": "person", "owner_key": "person", "account_id": "account"}
SENSITIVE = frozenset({DataClass.PERSONAL, DataClass.SPECIAL})


class Fate(StrEnum):
    """What happens to a row: it goes, loses what tells of a person, or stays.

    >>> Fate.EMPTY.words
    'emptied'
    """

    DELETE = "delete"
    EMPTY = "empty"
    KEEP = "keep"

    @property
    def words(self) -> str:
        """As it stands on pages, of rows."""
        return {"delete": "deleted", "empty": "emptied", "keep": "kept"}[self]


def lead(model: type[models.Model], path: str) -> str:
    """Say what a field (or lookup path) leads to: "person", "account", "address", or nothing.

    >>> from headship.core.models import AuditEvent
    >>> lead(AuditEvent, "person_id"), lead(AuditEvent, "subject")
    ('person', '')
    """
    first, _, rest = path.partition("__")
    field: Any = model._meta.get_field(first)
    if rest:
        return lead(field.related_model, rest)
    if field.primary_key:
        return PEOPLE.get(model._meta.label, "")
    if field.remote_field:
        return PEOPLE.get(field.related_model._meta.label, "")
    return "address" if isinstance(field, models.EmailField) else BARE_KEYS.get(field.name, "")


def keys_to_people(model: type[models.Model]) -> frozenset[str]:
    """Return the names of a model's own fields that are keys to a person or an account.

    >>> from headship.core.models import AuditEvent
    >>> sorted(keys_to_people(AuditEvent))
    ['person_id']
    """
    own = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return frozenset(each.name for each in own if lead(model, each.name) in {"person", "account"} and not _is_key(each))


def _is_key(field: Any) -> bool:
    return bool(field.primary_key)


def sensitive_fields(model: type[models.Model]) -> frozenset[str]:
    """Return the names of a model's fields that are classed personal or special.

    >>> from headship.core.models import AuditEvent
    >>> sorted(sensitive_fields(AuditEvent))
    ['canonical', 'person_id']
    """
    own = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return frozenset(each.name for each in own if classed.class_of(each) in SENSITIVE)


def text_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Return the fields in which somebody may be named in words: personal or special text that is no fixed choice.

    >>> from headship.core.models import AuditEvent
    >>> text_fields(AuditEvent)
    ()
    """
    return tuple(
        each.name
        for each in model._meta.local_fields
        if isinstance(each, (models.CharField, models.TextField))
        and classed.class_of(each) in SENSITIVE
        and not each.choices
        and not isinstance(each, models.EmailField)
    )


def of_trusts(model: type[models.Model]) -> bool:
    """Whether rows of a model may be a trust's instead of a school's: then they have no school.

    >>> from headship.people.models import Invitation, Relationship
    >>> of_trusts(Invitation), of_trusts(Relationship)
    (True, False)
    """
    fields = {each.name: each for each in model._meta.local_fields}
    return "trust" in fields and "school" in fields and fields["school"].null


def school_path(model: type[models.Model]) -> str:
    """Return the lookup that leads from a row to its school's key, or nothing where rows belong to no one school.

    >>> from headship.core.models import AuditEvent
    >>> school_path(AuditEvent)
    'chain'
    """
    fields: dict[str, Any] = {each.name: each for each in model._meta.local_fields}
    for name in ("school", "chain"):
        if name in fields:
            return name
    for name, field in fields.items():
        parent = field.remote_field and field.related_model
        if parent and parent._meta.app_label == model._meta.app_label and parent is not model and not field.null:
            onward = school_path(parent)
            if onward:
                return f"{name}__{onward}"
    return ""
