"""Every model field is classed where it is written: public, school, personal or special."""

from enum import StrEnum
from typing import Any


class DataClass(StrEnum):
    """How sensitive a field is. Special is what the law calls special category data, and compartments."""

    PUBLIC = "public"
    SCHOOL = "school"
    PERSONAL = "personal"
    SPECIAL = "special"


def public[F](field: F) -> F:
    """Class a field as public: published, or fit to be (a URN, a framework's words).

    >>> from django.db import models
    >>> class_of(public(models.TextField()))
    <DataClass.PUBLIC: 'public'>
    """
    return _marked(field, DataClass.PUBLIC)


def school[F](field: F) -> F:
    """Class a field as the school's own business, without a person in it.

    >>> from django.db import models
    >>> class_of(school(models.DateField()))
    <DataClass.SCHOOL: 'school'>
    """
    return _marked(field, DataClass.SCHOOL)


def personal[F](field: F) -> F:
    """Class a field as about a living person, or text in which one may be named.

    >>> from django.db import models
    >>> class_of(personal(models.EmailField()))
    <DataClass.PERSONAL: 'personal'>
    """
    return _marked(field, DataClass.PERSONAL)


def special[F](field: F) -> F:
    """Class a field as special category data, or the content of a compartment.

    >>> from django.db import models
    >>> class_of(special(models.TextField()))
    <DataClass.SPECIAL: 'special'>
    """
    return _marked(field, DataClass.SPECIAL)


def class_of(field: Any) -> DataClass | None:
    """Return the class a field was given, or None: the house test refuses None.

    >>> from django.db import models
    >>> class_of(models.TextField()) is None
    True
    """
    return getattr(field, "data_class", None)


def _marked[F](field: F, data_class: DataClass) -> F:
    field.data_class = data_class  # type: ignore[attr-defined]  # an attribute of ours on Django's field
    return field
