"""Actions: named after their function, keyword-only, with an actor and a moment, and tried by a test."""

import importlib
import inspect
import re
from functools import cache

import pytest

from headship.core.actions import DECLARED
from tests.house.source import ROOT, SOURCE

FILES = sorted(SOURCE.glob("*/*actions.py")) + sorted(SOURCE.glob("*/actions/*.py"))
FOUND = [
    pytest.param(app, function, id=f"{app}.{function.__name__}")
    for path in FILES
    for app in [path.relative_to(SOURCE).parts[0]]
    if app != "core"
    for module in [importlib.import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts))]
    for function in vars(module).values()
    if hasattr(function, "declared") and function.__module__ == module.__name__
]


@cache
def told():
    """Return the words of all tests and of what they share; not of the house's rules, which name every action."""
    paths = (path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "house")
    return [path.read_text() for path in paths]


@pytest.mark.parametrize(("app", "function"), FOUND)
def test_its_name_is_where_it_stands(app, function):
    assert function.declared.name == f"{app}.{function.__name__}"


@pytest.mark.parametrize(("app", "function"), FOUND)
def test_it_takes_keywords_only_with_an_actor_and_a_moment(app, function):
    parameters = inspect.signature(function).parameters
    positional = [name for name, each in parameters.items() if each.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert positional == [], f"Put * before {positional} in {app}.{function.__name__}."
    assert {"by", "at"} <= set(parameters), f"{app}.{function.__name__} lacks by (the scope) or at (the moment)."


@pytest.mark.parametrize(("app", "function"), FOUND)
def test_a_test_calls_it(app, function):
    called = re.compile(rf"\b{function.__name__}\b")
    found = any(called.search(words) for words in told())
    assert found, f"No test names {app}.{function.__name__}."


def test_an_action_without_audit_gives_its_reason():
    silent = {name: each.because for name, each in DECLARED.items() if not each.audited}
    assert all(len(because) > 20 for because in silent.values()), f"Say why in a sentence: {silent}"


def test_all_of_appraisal_is_told_apart_from_the_schools_own_log():
    """The school's log is exported by several people; what is expected of everybody is no secret."""
    open_to_all = {"appraisal.name_expectation", "appraisal.drop_expectation"}
    appraising = [found.values[1].declared for found in FOUND if found.values[0] == "appraisal"]
    assert {each.name for each in appraising if not each.apart} == open_to_all
