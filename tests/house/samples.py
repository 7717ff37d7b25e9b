"""What the persona x URL matrix needs to visit each address: things for it to show, at one school and at the other.

An address of a school with nothing but its URN needs no line here. Any other does: add a line to SAMPLES under the
route's name. `things` is called with the cast and one of its schools and returns the rest of the address; what it
makes must be visible to everybody whom the route's audience and `narrower` let in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from headship.core.scope import installation_scope
from headship.schools.models import School
from headship.standards import actions as standards
from tests.cast import Cast

ALLOWED = frozenset({200, 302, 405})


def nothing(cast: Cast, school: School) -> dict[str, Any]:
    """Say that the address holds nothing but its place."""
    return {}


@dataclass(frozen=True, slots=True)
class Sample:
    """How to visit one address: `things` fill it, `query` follows it.

    `answers` are the statuses its audience gets. `narrower` names the personas whom a rule inside the view refuses
    although the audience admits them, with their status. `shared` says that what it shows belongs to no school (a
    framework's words). `because` gives the reason for anything unusual here.
    """

    things: Callable[[Cast, School], dict[str, Any]] = nothing
    query: str = ""
    answers: frozenset[int] = ALLOWED
    narrower: Mapping[str, int] = field(default_factory=dict)
    shared: bool = False
    because: str = ""


def a_framework(cast: Cast, school: School) -> dict[str, Any]:
    """Load the frameworks that ship, and name one."""
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return {"framework": "nse-2015"}


def a_statement(cast: Cast, school: School) -> dict[str, Any]:
    """Name a statement of a framework."""
    return {**a_framework(cast, school), "code": "1.1"}


SAMPLES: dict[str, Sample] = {
    "framework": Sample(a_framework, shared=True, because="a framework's words are public"),
    "framework-statement": Sample(a_statement, shared=True, because="a framework's words are public"),
}
