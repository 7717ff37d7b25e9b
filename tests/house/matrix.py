"""Every address x every persona x every place: what each must answer, worked out from what the route declares.

The table here is written anew, beside `core.audience`, so that a fault there is seen here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import URLPattern, reverse
from markupsafe import escape

from headship.core.checks import every_pattern
from headship.core.roles import Role
from headship.schools.models import School
from tests import cast as everybody
from tests.cast import PERSONAS, SIGNED_OUT, Cast
from tests.house.samples import SAMPLES, Sample

EVERYBODY = (*PERSONAS, SIGNED_OUT)
PLACE_KEYS = {"school": "urn", "trust": "trust"}
URNS = {"own": everybody.OWN, "other": everybody.OTHER, "third": everybody.THIRD}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request must come to: one of `statuses`, with these words on the page or in the redirect."""

    statuses: frozenset[int]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the installation, ready to be filled for a place."""

    route: str
    pattern: URLPattern

    @property
    def name(self) -> str:
        """Its name, by which samples know it."""
        return str(self.pattern.name)

    @property
    def audience(self) -> Any:
        """What it declares."""
        return self.pattern.callback.audience  # type: ignore[attr-defined]  # declared by core.audience.route

    @property
    def sample(self) -> Sample:
        """How to visit it."""
        return SAMPLES.get(self.name, Sample())

    @property
    def needs(self) -> set[str]:
        """What its address holds besides its place."""
        return set(self.pattern.pattern.converters) - set(PLACE_KEYS.values())

    @property
    def holds_a_schools_thing(self) -> bool:
        """Whether it holds a thing that another school's could take the place of."""
        return self.audience.place == "school" and bool(self.needs) and not self.sample.shared

    def filled(self, cast: Cast, place: str, things_of: School) -> str:
        """Return the address at "own", "other" or "third", holding things of one school."""
        kwargs = self.sample.things(cast, things_of)
        if self.audience.place == "school":
            kwargs["urn"] = URNS[place]
        elif self.audience.place == "trust":
            kwargs["trust"] = trust_at(place)
        return reverse(self.name, kwargs=kwargs) + self.sample.query


def trust_at(place: str) -> int:
    """Return the identifier of the trust whose page is asked for: the cast's own, or another."""
    return everybody.TRUST_UID if place == "own" else everybody.TRUST_UID + 1


def addresses() -> Iterator[Address]:
    """Yield every address of a page; those of the API are in tests/house/programs.py."""
    declared = ((route, pattern) for route, pattern in every_pattern() if hasattr(pattern.callback, "audience"))
    return (Address(route, pattern) for route, pattern in declared if not hasattr(pattern.callback, "endpoints"))


def held_at(persona: str, audience: Any, place: str) -> set[Role]:
    """Return the roles a persona holds at the place an address names."""
    a_trust = "trust" if place == "own" else "another trust"
    where = a_trust if audience.place == "trust" else place
    return {role for at, role in PERSONAS.get(persona, ("", ()))[1] if at == where and persona != "leaver"}


def expected(persona: str, address: Address, place: str) -> Answer:
    """Work out what a persona must get at an address of a place."""
    audience = address.audience
    if not audience.signed_in:
        return Answer(address.sample.answers)
    if persona == SIGNED_OUT:
        return Answer(frozenset({302}), resolve_url(settings.LOGIN_URL))
    roles = held_at(persona, audience, place)
    if audience.place and not roles:
        return Answer(frozenset({404}))
    if (audience.operators and persona != "operator") or (audience.roles is not None and not roles & audience.roles):
        return Answer(frozenset({403}), str(escape(audience.refusal)))
    if persona in address.sample.narrower:
        return Answer(frozenset({address.sample.narrower[persona]}))
    return Answer(address.sample.answers)


def content(response: Any) -> bytes:
    """Return what an answer holds, also one that is sent in parts."""
    return b"".join(response) if response.streaming else response.content


def fault(cast: Cast, persona: str, address: Address, place: str, url: str) -> str:
    """Make one request and say how its answer differs from what is declared; nothing where it is right."""
    client = cast.client(persona)
    client.raise_request_exception = False  # a fault of ours is a wrong answer too, and its trace is in the log
    response = client.get(url)
    wanted = expected(persona, address, place)
    told = (
        response.headers.get("Location", "")
        if response.status_code == 302
        else content(response).decode(errors="replace")
    )
    if response.status_code in wanted.statuses and wanted.words in told:
        return ""
    return f"{persona} at {url}: {response.status_code}, not {sorted(wanted.statuses)} {wanted.words}"
