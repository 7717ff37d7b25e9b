"""Row a: every address and every endpoint x every persona x own and other places answers what its audience declares.

A token that must not do is tried at every endpoint by everybody. The first control lets everybody in everywhere; the
same questions must then find leaks, or they find nothing at all. The second takes the belts off one by one.

A process of its own does one database: `python -m assurance.matrix EVERY`, printing what it found as JSON.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field

from assurance.figures import Figure
from assurance.kill import ROOT

SHORT_EVERY = 5  # a shortened run, and the first control, ask every fifth address
PLACES = {"school": ("own", "other", "third"), "trust": ("own", "other"), "": ("own",)}
SHUT = {401, 403, 404, 405}
type Taken = Callable[[], AbstractContextManager[None]]


@dataclass(slots=True)
class Tried:
    """How many cells were asked, and what was wrong."""

    cells: int = 0
    leaks: list[str] = field(default_factory=list)

    def note(self, leak: str) -> None:
        """Count a cell, and what was wrong in it."""
        self.cells += 1
        self.leaks += [leak] if leak else []


def measure(*, short: bool) -> Figure:
    """Ask every cell on SQLite, and on PostgreSQL where a server answers."""
    from assurance.survival import database_on
    from scripts.run_tests import postgres_address

    started, every = time.monotonic(), SHORT_EVERY if short else 1
    found = {"SQLite": on_a_database("", every)}
    if server := postgres_address():
        with database_on(server) as address:
            found["PostgreSQL"] = on_a_database(address, every)
    for name, each in found.items():
        print(*(f"{name}: {leak}" for leak in each["leaks"]), sep="\n")
    whole = len(found) == 2 and not any(each["leaks"] for each in found.values())
    return Figure(
        row="a",
        figure="; ".join(
            f"{name}: {sum(each['cells'].values())} cells "
            f"({', '.join(f'{count} {kind}' for kind, count in each['cells'].items())}), {len(each['leaks'])} leaks"
            for name, each in found.items()
        ),
        target="every cell on each database, 0 leaks (at least 20,000 cells when all 25 rows exist)",
        held=not short and whole and all(each["control_holds"] for each in found.values()),
        control="; ".join(f"{name}: {each['control']}" for name, each in found.items()),
        seed=0,
        count=sum(sum(each["cells"].values()) for each in found.values()),
        seconds=round(time.monotonic() - started, 1),
    )


def on_a_database(address: str, every: int) -> dict:
    """Ask in a process of its own, on a database named as in HEADSHIP_DATABASE."""
    command = [sys.executable, "-m", "assurance.matrix", str(every)]
    with tempfile.TemporaryDirectory(prefix="headship-matrix-") as folder:
        env = {**os.environ, "HEADSHIP_DATABASE": address, "HEADSHIP_FOLDER": folder}
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def run(every: int) -> dict:
    """Ask in the database of this process's settings: every cell, then the controls'."""
    from django.db import connection
    from django.test import override_settings

    from tests.house.matrix import EVERYBODY

    logging.disable(logging.CRITICAL)  # a line for each request, and the faults of the controls
    with database():
        pages, programs = Tried(), Tried()
        _ask_pages(pages, every)
        _ask_programs(programs, every)
        careless = Tried()
        with override_settings(HEADSHIP_SCOPE_FOR="assurance.matrix.careless_scope"):
            _ask_pages(careless, SHORT_EVERY)
            _ask_programs(careless, SHORT_EVERY)
        belts = {words: without(taken, EVERYBODY, every=every) for words, taken in belts_of(connection.vendor).items()}
    last = list(belts)[-1]
    holds = careless.leaks and all(bool(each.leaks) is (words == last) for words, each in belts.items())
    told = [f"everybody let in everywhere: {len(careless.leaks)} leaks found in {careless.cells} cells"]
    told += [f"{words}: {len(each.leaks)} leaks in {each.cells}" for words, each in belts.items()]
    return {
        "cells": {"of pages": pages.cells, "of the API": programs.cells},
        "leaks": pages.leaks + programs.leaks + [leak for each in list(belts.values())[:-1] for leak in each.leaks],
        "control_holds": bool(holds),
        "control": ", ".join(told),
    }


@contextmanager
def database() -> Iterator[None]:
    """Make a database for the proof alone, work in it as the application's role, and let the test client in."""
    import django
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    from headship.core import belt
    from tests.application_role import worked_as

    setup_test_environment()
    name = connection.settings_dict["NAME"]
    with belt.closed():  # with nothing to tell PostgreSQL, a statement stands in no transaction, as these must
        connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        with worked_as():
            yield
    finally:
        with belt.closed():
            connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def careless_scope(account, place, key, *, at):
    """Give everybody a headteacher's scope anywhere: the control's broken lock."""
    from headship.core.scope import Place, Scope
    from headship.schools.models import School, Trust

    where = School.objects.filter(urn=key).first() if place == "school" else Trust.objects.first()
    here = Place(place, where.pk, key, where.name) if place and where else None
    roles = frozenset({"headteacher", "trust_leader"})
    return Scope(account.pk, account.person_id, "Anybody", at, here, roles, operator=True)


@contextmanager
def _cast() -> Iterator:
    """Build the cast; nothing of it stays."""
    from django.db import transaction

    from tests import cast as everybody

    with transaction.atomic():
        yield everybody.build()
        transaction.set_rollback(True)


def _ask_pages(tried: Tried, every: int) -> None:
    """Ask addresses at every place as everybody; at one's own school also for a thing of the other's."""
    from tests.house.matrix import EVERYBODY, addresses, fault

    for address in list(addresses())[::every]:
        for place in PLACES[address.audience.place]:
            with _cast() as cast:
                # Nothing stands at the third school: its addresses are filled with another's things.
                url = address.filled(cast, place, cast.school if place == "own" else cast.other)
                for persona in EVERYBODY:
                    tried.note(fault(cast, persona, address, place, url))
    _ask_pages_for_anothers(tried, EVERYBODY, every)


def _ask_pages_for_anothers(tried: Tried, personas: Iterable[str], every: int) -> None:
    """Ask, at one's own school, for things of the other: they must not exist for anybody."""
    from tests.house.matrix import addresses

    for address in [each for each in addresses() if each.holds_a_schools_thing][::every]:
        with _cast() as cast:
            url = address.filled(cast, "own", cast.other)
            for persona in personas:
                tried.note(_reached(persona, "a page", url, _got_or_sent(cast.client(persona), url)))


def _got_or_sent(client, url: str):
    """Get a page, or send a form to an address that takes nothing else, and take back whatever that did."""
    from django.db import transaction

    client.raise_request_exception = False
    with transaction.atomic():
        answer = client.get(url)
        answer = client.post(url) if answer.status_code == 405 else answer
        transaction.set_rollback(True)
    return answer


def _ask_programs(tried: Tried, every: int) -> None:
    """Ask endpoints as pages are asked, then with every kind of token that must not do."""
    from tests.cast import PERSONAS
    from tests.house.matrix import EVERYBODY
    from tests.house.programs import address, calls, fault, token_faults

    for declared, call in list(calls())[::every]:
        for place in PLACES[declared.audience.place]:
            with _cast() as cast:
                url = address(cast, declared, call, place, cast.school if place == "own" else cast.other)
                for persona in EVERYBODY:
                    tried.note(fault(cast, persona, declared, call, place=place, url=url))
                for persona in PERSONAS if declared.permit and place == "own" else ():
                    for leak in token_faults(cast, persona, declared, call, url).values():
                        tried.note(leak)
    _ask_programs_for_anothers(tried, EVERYBODY, every)


def _ask_programs_for_anothers(tried: Tried, personas: Iterable[str], every: int) -> None:
    """Ask, by tokens, at one's own school, for things of the other."""
    from tests.house.programs import address, ask, calls, holds_a_schools_thing

    for declared, call in [each for each in calls() if holds_a_schools_thing(*each)][::every]:
        with _cast() as cast:
            url = address(cast, declared, call, "own", cast.other)
            for persona in personas:
                answer = ask(cast.program(persona), declared, call, url)
                tried.note(_reached(persona, declared.method, url, answer))


def _reached(persona: str, method: str, url: str, answer) -> str:
    """Say that a thing of the other school was reached, or that the server broke; nothing where it does not exist."""
    from django.conf import settings
    from django.shortcuts import resolve_url

    sent_to_sign_in = answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    if answer.status_code in SHUT or sent_to_sign_in:
        return ""
    return f"{persona}: {method} {url}, a thing of the other school: {answer.status_code}"


def belts_of(vendor: str) -> Mapping[str, tuple[Taken, ...]]:
    """Return what is taken away, one more each time. Only with the last of them gone may anything be reached."""
    from tests.application_role import above_policies
    from tests.house import careless

    first = (careless.rules_that_refuse_nothing, careless.filters_without_school)
    queries = (*first, careless.without_the_belt_of_queries)
    taken = {"rules and filters gone": first, "the belt of queries too": queries}
    return {**taken, "row-level security too": (*queries, above_policies)} if vendor == "postgresql" else taken


def without(taken: Iterable[Taken], personas: Iterable[str], *, every: int = 1) -> Tried:
    """Ask for the other school's things without what is taken away."""
    tried = Tried()
    with ExitStack() as stack:
        for each in taken:
            stack.enter_context(each())
        _ask_pages_for_anothers(tried, personas, every)
        _ask_programs_for_anothers(tried, personas, every)
    return tried


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    import django

    from tests import ground  # noqa: F401  # importing it lays the ground: no network

    django.setup()
    from headship.core import belt

    with belt.whole_installation(because="a proof makes rows of many schools"):
        print(json.dumps(run(int(sys.argv[1]))))
