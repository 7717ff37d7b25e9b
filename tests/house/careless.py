"""Code that forgets what it ought to ask, and belts taken away: what the belts are for, and what shows it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from inspect import isfunction
from unittest import mock

from django.apps import apps
from django.db.models.query import QuerySet
from django.utils.module_loading import module_has_submodule

from headship.core import registry
from headship.core.backends import confined

WHOSE = {"school", "school_id", "chain", "trust", "trust_id", "year__school_id"}


@contextmanager
def filters_without_school() -> Iterator[None]:
    """Take the school out of every filter that any query function writes."""
    kept = QuerySet._filter_or_exclude_inplace

    def careless(self, negate, args, kwargs):
        return kept(self, negate, args, {name: value for name, value in kwargs.items() if name not in WHOSE})

    with mock.patch.object(QuerySet, "_filter_or_exclude_inplace", careless):
        yield


@contextmanager
def rules_that_refuse_nothing() -> Iterator[None]:
    """Let every rule of every application refuse nothing; but what is loaded meanwhile keeps the rules as they are."""
    registry.modules()
    ours = [each.module for each in apps.get_app_configs() if each.name.startswith("headship.")]
    with ExitStack() as stack:
        for module in (import_module(f"{each.__name__}.rules") for each in ours if module_has_submodule(each, "rules")):
            for name, rule in list(vars(module).items()):
                if isfunction(rule) and rule.__annotations__.get("return") == (str | None):
                    stack.enter_context(mock.patch.object(module, name, return_value=None))
        yield


@contextmanager
def without_the_belt_of_queries() -> Iterator[None]:
    """Take away the belt that Django's queries wear."""
    with mock.patch.object(confined, "model_of", return_value=None):
        yield
