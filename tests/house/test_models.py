"""Tables: keys point down, every field is classed, every row has a keeping time, every person can be found."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db import models

from headship.core import classed
from headship.core.registry import modules
from tests.house.source import FLOORS

MODELS = [model for model in apps.get_models() if model.__module__.startswith("headship.")]
FIELDS = [
    pytest.param(model, field, id=f"{model._meta.label}.{field.name}")
    for model in MODELS
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
    if not (field.primary_key and field.auto_created)
]
KEYS = [each for each in FIELDS if each.values[1].remote_field]

# Fields that hold a person's key without being one to the database, as they are named.
PERSON_KEYS = {"person_id", "created_by", "owner_key"}


def floor(model):
    return FLOORS.index(model._meta.app_label)


def names_a_person(field):
    """Say whether a field leads to a person."""
    related = field.related_model._meta.label if field.remote_field else ""
    return related in {"people.Person", "people.Account"} or field.name in PERSON_KEYS


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_every_field_is_classed(model, field):
    fix = f"Wrap {model._meta.label}.{field.name} in classed.public, school, personal or special."
    assert classed.class_of(field) is not None, fix


@pytest.mark.parametrize(("model", "field"), KEYS)
def test_keys_point_down_and_leave_no_name_above(model, field):
    if field.related_model._meta.app_label == model._meta.app_label:
        return
    here, there = f"{model._meta.label}.{field.name}", field.related_model._meta.label
    assert floor(field.related_model) < floor(model), f"{here} points up, to {there}. Turn the key round."
    assert field.remote_field.hidden, f'Give {here} related_name="+", so that {there} knows nothing of what is above.'


def test_keys_to_people_are_classed_personal():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model, field in (each.values for each in FIELDS)
        if names_a_person(field) and classed.class_of(field) not in {"personal", "special"}
    ]
    assert wrong == [], f"{wrong} lead to a person: class them personal."


def test_every_key_to_a_person_is_declared_for_subject_access():
    declared = {(each.model, name) for module in modules() for each in module.person_data for name in each.fields}
    found = {
        (model._meta.label, field.name) for model, field in (each.values for each in FIELDS) if names_a_person(field)
    }
    lacking = sorted(found - declared)
    left = sorted(declared - found)
    assert lacking == [], f"Add {lacking} to the person_data of the module: what erasure does with its rows."
    assert left == [], f"The person_data of the modules names {left}, which are no keys to a person."


def test_every_model_has_a_keeping_time():
    kept = [each.model for module in modules() for each in module.retention]
    lacking = sorted({model._meta.label for model in MODELS} - set(kept))
    assert lacking == [], f"Add {lacking} to the retention of the module: how long its rows are kept, and why."
    assert len(kept) == len(set(kept)), f"Each model stands in one retention list, once: {sorted(kept)}."
    assert set(kept) <= {model._meta.label for model in MODELS}, f"A retention list names no model: {sorted(kept)}."


def test_no_generic_relations():
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey | GenericRelation)
    ]
    assert generic == [], f"{generic}: a generic key has no constraint. Use a real key or the words app.Model:id."


def test_no_save_or_delete_overrides():
    overriding = [
        model._meta.label for model in MODELS if model.save is not models.Model.save or "delete" in vars(model)
    ]
    # AbstractBaseUser saves the password's checks; Account inherits that and adds nothing.
    assert set(overriding) <= {"people.Account"}, f"{overriding} override save() or delete(): write an action instead."
    assert not any("save" in vars(model) for model in MODELS), "A model writes its own save(): write an action instead."
