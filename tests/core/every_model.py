"""A row of every model at a school, made from its fields alone: new models are in the tests of the belts at once."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models

from headship.core import belonging
from headship.people.models import Account, Person
from headship.schools.models import School, Trust

# What a constraint of the model asks for beyond its fields' kinds.
FITTING = {
    "appraisal.SupportLine": {"reply": ""},
    "evidence.Entry": {"visibility": "staff", "owner": None},
    "evidence.Reflection": {"visibility": "staff"},
    "people.Post": {"role": "teacher"},
    "strategy.Right": {"post": "headteacher"},
}
# Keys that may be empty, one (or one of each kind) of which a constraint asks for.
LED = {
    "strategy.Approval": {"plan"},
    "strategy.Review": {"by_person", "of_person"},
    "equality.Check": {"decision"},
}


class Maker:
    """Makes rows at one school, naming one person."""

    def __init__(self, school: School, account: Account) -> None:
        self.school, self.account, self.made = school, account, {}
        self.made |= {School: school, Person: account.person, Account: account}

    def row(self, model: type[models.Model]) -> models.Model:
        """Return the row of a model, made once with what it points to."""
        if model not in self.made:
            told = {field.name: self.value(field, place) for place, field in enumerate(model._meta.concrete_fields)}
            fit = {name: each for name, each in told.items() if each is not models.NOT_PROVIDED}
            self.made[model] = model._base_manager.create(**fit | FITTING.get(model._meta.label, {}))
        return self.made[model]

    def value(self, field: models.Field, place: int) -> Any:
        """Return something that fits a field. Keys lead to this school; what may be empty else is."""
        if field.primary_key and field.name != "chain" and not field.is_relation:
            return uuid.uuid4().hex if isinstance(field, models.CharField) else models.NOT_PROVIDED
        if field.related_model is Trust and not field.null:
            return Trust.objects.get_or_create(uid=self.school.urn, defaults={"name": self.school.name})[0]
        if field.is_relation:
            keep = field.related_model is School or not field.null or field.name in LED.get(field.model._meta.label, ())
            return self.row(field.related_model) if keep and field.related_model is not Trust else None
        if field.name == "chain":
            return self.school.pk
        if field.name in {"person_id", "owner_key", "account_id", "created_by"}:
            return self.account.person_id
        return None if field.null else self.plain(field, place)

    def plain(self, field: models.Field, place: int) -> Any:
        """Return a plain value. Later fields hold later days."""
        kinds = {
            models.UUIDField: uuid.uuid4,
            models.BooleanField: bool,
            models.DateTimeField: lambda: datetime(2026, 9, 1, tzinfo=UTC) + timedelta(days=place),
            models.DateField: lambda: date(2026, 9, 1) + timedelta(days=place),
            models.JSONField: dict,
            models.BinaryField: lambda: b"x",
            models.IntegerField: lambda: 1 + place,
            models.FloatField: lambda: 1.0,
            models.DecimalField: lambda: 1,
            models.TextField: lambda: "words",
        }
        if field.choices:
            return field.choices[0][0]
        if isinstance(field, models.CharField):
            return uuid.uuid4().hex[: field.max_length]
        return next(make() for kind, make in kinds.items() if isinstance(field, kind))


def every(school: School, account: Account) -> dict[type[models.Model], models.Model]:
    """Return a row of every model that belongs to schools, made at one."""
    maker = Maker(school, account)
    return {model: maker.row(model) for model in belonging.confined().values()}
