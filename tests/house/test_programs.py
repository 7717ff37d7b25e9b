"""Who gets what from every endpoint of the API: each persona at their own school, nobody at another's, by any token."""

import pytest
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from ninja import NinjaAPI
from openapi_spec_validator import validate

from headship.core import api, registry
from headship.core.checks import routes_declare_audiences
from headship.core.shapes import Given, Marked
from headship.project import described
from tests import cast as everybody
from tests.house.matrix import EVERYBODY
from tests.house.programs import CALLS, address, ask, calls, expected, fault, holds_a_schools_thing, token_faults

EVERY = [pytest.param(declared, call, id=declared.name) for declared, call in calls()]
OF_A_PLACE = [each for each in EVERY if each.values[0].audience.place]
WITH_PERMIT = [each for each in EVERY if each.values[0].permit]
WITH_THINGS = [each for each in EVERY if holds_a_schools_thing(*each.values)]


@pytest.fixture
def cast(db):
    """Build the cast."""
    return everybody.build()


def insider(declared, call):
    """Return somebody whom an endpoint serves."""
    return next(who for who in EVERYBODY if expected(who, declared, call, "own").status < 300)


def test_every_call_belongs_to_an_endpoint():
    left = sorted(set(CALLS) - {declared.name for declared, _ in calls()})
    assert left == [], f"No endpoint is named {left}: take the lines out of tests/house/programs.py."


@pytest.mark.parametrize(("declared", "call"), EVERY)
def test_each_persona_gets_what_the_endpoint_declares(cast, declared, call):
    url = address(cast, declared, call, "own", cast.school)
    faults = [told for who in EVERYBODY if (told := fault(cast, who, declared, call, place="own", url=url))]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize(("declared", "call"), OF_A_PLACE)
def test_another_school_does_not_exist(cast, declared, call):
    url = address(cast, declared, call, "other", cast.other)
    assert ask(cast.program("headteacher"), declared, call, url).status_code == 404


@pytest.mark.parametrize(("declared", "call"), WITH_THINGS)
def test_another_schools_thing_does_not_exist_at_ones_own(cast, declared, call):
    url = address(cast, declared, call, "own", cast.other)
    assert ask(cast.program(insider(declared, call)), declared, call, url).status_code == 404


@pytest.mark.parametrize(("declared", "call"), WITH_PERMIT)
def test_no_other_token_will_do(cast, declared, call):
    url = address(cast, declared, call, "own", cast.school)
    faults = token_faults(cast, insider(declared, call), declared, call, url)
    assert len(faults) == 6
    assert [each for each in faults.values() if each] == []


def test_permits_are_those_that_endpoints_ask_for():
    assert {each.permit for each in described.ENDPOINTS} - {""} == set(registry.permits())


def shapes(shape=Given):
    """Yield every shape that the API gives."""
    for each in shape.__subclasses__():
        yield each
        yield from shapes(each)


def classes(shape):
    """Return the class of each field of a shape, None where it has none and is no shape itself."""
    found = {}
    for name, field in shape.model_fields.items():
        marks = [each.data_class for each in field.metadata if isinstance(each, Marked)]
        inner = any(
            isinstance(each, type) and issubclass(each, Given) for each in getattr(field.annotation, "__args__", ())
        )
        if not inner:
            found[name] = marks[0] if marks else None
    return found


@pytest.mark.parametrize("shape", [pytest.param(each, id=each.__qualname__) for each in shapes()])
def test_every_field_that_leaves_is_classed(shape):
    lacking = [name for name, mark in classes(shape).items() if mark is None and name != "items"]
    assert lacking == [], f"Write {lacking} of {shape.__name__} as Public[...], OfSchool[...] or Personal[...]."


def test_only_what_is_public_leaves_without_a_token():
    for declared in described.ENDPOINTS:
        if not declared.permit:
            shape = declared.gives.model_fields.get("items")
            shape = shape.annotation.__args__[0] if shape else declared.gives
            assert set(classes(shape).values()) == {"public"}, declared.name


def test_the_description_is_valid_openapi():
    validate(described.document())


def undeclared(request: HttpRequest) -> HttpResponse:
    """Answer without having declared an audience."""
    return HttpResponse("seen")


def test_an_undeclared_endpoint_stops_the_start(monkeypatch):
    made = NinjaAPI(docs_url=None, openapi_url=None, urls_namespace="undeclared")
    made.get("made-up")(undeclared)
    patterns = [*get_resolver().url_patterns, *api.addresses(made)]
    monkeypatch.setattr(get_resolver(), "url_patterns", patterns)
    assert [error.msg for error in routes_declare_audiences()] == ["The address 'made-up' declares no audience."]
    assert [each.id for each in run_checks(tags=["headship"])] == ["headship.E001"]
