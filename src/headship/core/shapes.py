"""What the API takes and gives: frozen shapes with every field classed, pages of lists, and plain clean values.

A field of a shape that is given says how sensitive it is, as fields of models do: `name: Personal[str]`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model, QuerySet
from ninja import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.annotated_handlers import GetJsonSchemaHandler

from headship.core.classed import DataClass

T = TypeVar("T")
LARGEST_KEY = 2**63 - 1
MOST = 100
FARTHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Marked:
    """The class of a field, also told in the description of the API as `x-data-class`."""

    data_class: DataClass

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the class to the field's description."""
        return {**handler(schema), "x-data-class": self.data_class.value}


Public = Annotated[T, Marked(DataClass.PUBLIC)]
OfSchool = Annotated[T, Marked(DataClass.SCHOOL)]
Personal = Annotated[T, Marked(DataClass.PERSONAL)]


class Given(BaseModel):
    """What the API gives."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def of(cls, row: Any, **named: Any) -> Self:
        """Return a row or a view as programs get it; `named` are the fields it does not hold under their own names.

        >>> from types import SimpleNamespace
        >>> class Named(Given):
        ...     id: Public[int]
        ...     name: Public[str]
        >>> Named.of(SimpleNamespace(id=5, short="Ada"), name="Ada Head")
        Named(id=5, name='Ada Head')
        """
        return cls(**{name: getattr(row, name) for name in cls.model_fields.keys() - named.keys()}, **named)


class Taken(BaseModel):
    """What the API takes; a field it does not know is an error, since it would be lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Slice(BaseModel):
    """Which part of a list is asked for."""

    model_config = ConfigDict(frozen=True)
    limit: int = Field(20, ge=1, le=MOST, description="How many at most")
    offset: int = Field(0, ge=0, le=FARTHEST, description="How many to leave out before them")


Asked = Annotated[Slice, Query()]


class Page[Item](Given):
    """Part of a list: where it starts, and how many there are in all. The header Link leads to the others."""

    items: list[Item]
    total: Public[int]
    limit: Public[int]
    offset: Public[int]


def page[Row, Item](
    rows: Sequence[Row], asked: Slice, shown: Callable[[Row], Item], *, total: int | None = None
) -> Page[Item]:
    """Return the part of a list that was asked for; with `total`, `rows` are that part already.

    >>> page("abc", Slice(limit=1, offset=1), str.upper).items
    ['B']
    """
    part = rows if total is not None else rows[asked.offset : asked.offset + asked.limit]
    count = len(rows) if total is None else total
    return Page(items=[shown(row) for row in part], total=count, limit=asked.limit, offset=asked.offset)


def page_of[M: Model, Item](rows: QuerySet[M], asked: Slice, shown: Callable[[M], Item]) -> Page[Item]:
    """Return the part of a query that was asked for, in two queries whatever its size."""
    part = list(rows[asked.offset : asked.offset + asked.limit])
    return page(part, asked, shown, total=rows.order_by().count())


def line(text: str) -> str:
    r"""Return a text on one line.

    >>> line(" Ada\n Head ")
    'Ada Head'
    """
    return " ".join(text.split())


def email(text: str) -> str:
    """Return an e-mail address that is one. Errors: ValueError.

    >>> email("ada@people.example")
    'ada@people.example'
    """
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise ValueError("Use an address such as name@school.example") from wrong
    return text


Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31), description="1900 to 2199")]
# No NUL: PostgreSQL takes it for a fault.
Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]*$")]
Line = Annotated[Text, AfterValidator(line)]
