"""Tables: keys point down, every field is classed, every row has a keeping time, every person can be found."""

import re
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db import models

from headship.core import classed, personal, registry
from headship.core.personal import Fate
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

LABELS = {model._meta.label for model in MODELS}
# Bare numbers that look like keys and lead to no person, each with what they are.
NO_PERSON = {
    "chain": "a school's key, or 0",
    "number": "an event's place in its chain",
    "length": "how many events a chain has",
    "key": "a row's key, of the model beside it",
    "characteristic_key": "a characteristic's key, or 0",
}
LIKE_A_KEY = re.compile(r"(_id|_key|_by|^by|^key|owner|account|person)$")


def floor(model):
    return FLOORS.index(model._meta.app_label)


def declared_fields(model):
    """Return the fields that the declarations of a model name as keys to people."""
    return {name for each in registry.person_data() if each.model == model for name in each.fields}


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
        f"{model._meta.label}.{name}"
        for model in MODELS
        for name in personal.keys_to_people(model)
        if classed.class_of(model._meta.get_field(name)) not in {"personal", "special"}
    ]
    assert wrong == [], f"{wrong} lead to a person: class them personal."


def undeclared(models_to_ask):
    """Yield each model and field that tells of a person and is not declared for subject access."""
    for model in models_to_ask:
        label = model._meta.label
        known = {each.model for each in registry.person_data()}
        yield from (f"{label}.{name}" for name in sorted(personal.keys_to_people(model) - declared_fields(label)))
        if label not in known:
            yield from (f"{label}.{name}" for name in sorted(personal.sensitive_fields(model)))


def test_every_model_with_a_person_in_it_is_declared_for_subject_access():
    """Keys to people, bare keys, and fields classed personal or special in a model without any key."""
    lacking = list(undeclared(MODELS))
    assert lacking == [], f"Declare {lacking} in the person_data of the module: see core.registry.PersonData."


def test_what_libraries_keep_of_an_account_is_declared():
    theirs = [model for model in apps.get_models() if model._meta.label not in LABELS]
    lacking = list(undeclared(theirs))
    assert lacking == [], f"Declare {lacking} in the person_data of the module that uses the library."


def test_the_search_for_undeclared_people_finds_them():
    """The control: what is taken out of the declarations is missed, for each of the three ways to hold a person."""
    with forgotten("schools.CalendarFeed", "schools.SchoolDay", "talent.LearningNote", "mfa.Authenticator"):
        found = list(undeclared(apps.get_models()))
    assert {"schools.CalendarFeed.person_id", "schools.SchoolDay.words"} <= set(found)
    assert {"talent.LearningNote.person", "mfa.Authenticator.user"} <= set(found)


@contextmanager
def forgotten(*labels):
    """Take some declarations away for a moment."""
    kept, all_of_them = registry.person_data(), registry.person_data
    registry.person_data = lambda: tuple(each for each in kept if each.model not in labels)
    try:
        yield
    finally:
        registry.person_data = all_of_them


def test_declarations_name_fields_that_are_there():
    """Fields are real; a lead leads to somebody; what is emptied can be; each has its heading."""
    for each in registry.person_data():
        model = apps.get_model(each.model)
        names = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
        told = {*each.fields, *each.others, *each.secrets, *each.passages, *each.empties}
        assert told <= names, f"{each.model} has no {sorted(told - names)}."
        assert set(each.fields) <= personal.keys_to_people(model), f"{each.model}: {each.fields} are no keys to people."
        assert all(personal.lead(model, path) for path in each.leads), f"{each.model}: {each.leads} lead to nobody."
        assert (each.fate == Fate.EMPTY) == bool(each.empties), f"{each.model}: say what erasure empties."
        assert each.heading, f"{each.model}: say what stands above its rows when a person reads them."


def test_bare_numbers_that_look_like_keys_are_known():
    """A key to a person that is none to the database is known by its name; any other name is listed with what it is."""
    unknown = sorted(
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.local_fields
        if isinstance(field, models.IntegerField)
        and not field.primary_key
        and LIKE_A_KEY.search(field.name)
        and field.name not in personal.BARE_KEYS | NO_PERSON
    )
    assert unknown == [], f"Add {unknown} to core.personal.BARE_KEYS if they lead to a person, else to NO_PERSON here."


def test_keeping_times_can_be_carried_out():
    """Each rule either ends (from a field or by its own search), follows another, or keeps for good."""
    rules = registry.retention()
    for rule in rules.values():
        model = apps.get_model(rule.model)
        if rule.follows:
            assert rule.follows in rules, f"{rule.model} follows {rule.follows}, which has no keeping time."
            assert personal.school_path(model), f"{rule.model}: nothing leads to its school."
        elif rule.ends:
            assert rule.due or model._meta.get_field(rule.start), f"{rule.model}: say what its time counts from."
            assert rule.fate != Fate.KEEP, f"{rule.model}: its time ends, so say what happens then."
            assert rule.due or personal.school_path(model), f"{rule.model}: nothing leads to its school."
        else:
            assert rule.fate == Fate.KEEP, f"{rule.model}: say after how many months it is {rule.fate.words}."


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
