"""Row a: every address x every persona x own and other places answers what its audience declares.

The control lets everybody in everywhere; the same questions must then find leaks, or they find nothing at all.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assurance.figures import Figure

SHORT_EVERY = 5  # a shortened run asks every fifth address
PLACES = {"school": ("own", "other", "third"), "trust": ("own", "other"), "": ("own",)}


@dataclass(slots=True)
class Tried:
    """How many cells were asked, and what was wrong."""

    cells: int
    leaks: list[str]


def careless_scope(account, place, key, *, at):
    """Give everybody a headteacher's scope anywhere: the control's broken lock."""
    from headship.core.scope import Place, Scope
    from headship.schools.models import School, Trust

    where = School.objects.filter(urn=key).first() if place == "school" else Trust.objects.first()
    here = Place(place, where.pk, key, where.name) if place and where else None
    roles = frozenset({"headteacher", "trust_leader"})
    return Scope(account.pk, account.person_id, "Anybody", at, here, roles, operator=True)


def measure(*, short: bool) -> Figure:
    """Ask every cell, then the control's."""
    from django.test import override_settings

    started = time.monotonic()
    with database():
        tried = _ask_all(short=short)
        with override_settings(HEADSHIP_SCOPE_FOR="assurance.matrix.careless_scope"):
            control = _ask_all(short=True)
    for leak in tried.leaks:
        print(leak)
    return Figure(
        row="a",
        figure=f"{tried.cells} cells, {len(tried.leaks)} leaks",
        target="every cell, 0 leaks (at least 20,000 cells when all 25 rows exist)",
        held=not short and not tried.leaks and bool(control.leaks),
        control=f"everybody let in everywhere: {len(control.leaks)} leaks found in {control.cells} cells",
        seed=0,
        count=tried.cells,
        seconds=round(time.monotonic() - started, 1),
    )


@contextmanager
def database() -> Iterator[None]:
    """Make a database for the proof alone, and let the test client in."""
    import django
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _ask_all(*, short: bool) -> Tried:
    from tests.house.matrix import addresses

    tried = Tried(0, [])
    for address in list(addresses())[:: SHORT_EVERY if short else 1]:
        for place in {"school": ("own", "other", "third"), "trust": ("own", "other"), "": ("own",)}[
            address.audience.place
        ]:
            _ask(tried, address, place)
        if address.audience.place == "school" and address.needs and not address.sample.shared:
            _ask_for_anothers(tried, address)
    return tried


def _ask(tried: Tried, address, place: str) -> None:
    """Ask one address at one place as everybody; nothing stays in the database."""
    from django.db import transaction

    from tests import cast as everybody
    from tests.house.matrix import EVERYBODY, fault

    with transaction.atomic():
        cast = everybody.build()
        # Nobody works at the third school, so nothing stands there: its addresses are filled with another's things.
        url = address.filled(cast, place, cast.school if place == "own" else cast.other)
        found = [fault(cast, persona, address, place, url) for persona in EVERYBODY]
        transaction.set_rollback(True)
    tried.cells += len(found)
    tried.leaks += [each for each in found if each]


def _ask_for_anothers(tried: Tried, address) -> None:
    """Ask, at one's own school, for a thing of the other school: it must not exist for anybody."""
    from django.db import transaction

    from tests import cast as everybody
    from tests.house.matrix import EVERYBODY

    with transaction.atomic():
        cast = everybody.build()
        url = address.filled(cast, "own", cast.other)
        for persona in EVERYBODY:
            client = cast.client(persona)
            client.raise_request_exception = False
            status = client.get(url).status_code
            tried.cells += 1
            if status in {200, 500}:
                tried.leaks.append(f"{persona} at {url}, a thing of the other school: {status}")
        transaction.set_rollback(True)
