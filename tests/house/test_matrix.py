"""Who gets what at every address: each persona at their own school, and nobody at another's."""

import pytest

from tests import cast as everybody
from tests.house.matrix import EVERYBODY, addresses, expected, fault
from tests.house.samples import SAMPLES

ADDRESSES = [pytest.param(each, id=each.route or "(home)") for each in addresses()]
OF_A_PLACE = [pytest.param(each, id=each.route) for each in addresses() if each.audience.place]
WITH_THINGS = [pytest.param(each, id=each.route) for each in addresses() if each.holds_a_schools_thing]


@pytest.fixture
def cast(db):
    """Build the cast."""
    return everybody.build()


def test_every_address_with_things_in_it_has_a_sample():
    lacking = sorted(each.name for each in addresses() if each.needs and each.name not in SAMPLES)
    assert lacking == [], f"Add a line for each of {lacking} to SAMPLES in tests/house/samples.py: what the page shows."


def test_every_sample_belongs_to_an_address():
    left = sorted(set(SAMPLES) - {each.name for each in addresses()})
    assert left == [], f"No route is named {left}: take the lines out of tests/house/samples.py."


def test_every_address_has_a_name_of_its_own():
    names = [each.name for each in addresses()]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert twice == [], f"Several routes are named {twice}; reverse() would choose one by chance."


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_persona_gets_what_the_route_declares(cast, address):
    url = address.filled(cast, "own", cast.school)
    faults = [told for persona in EVERYBODY if (told := fault(cast, persona, address, "own", url))]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("address", OF_A_PLACE)
def test_another_place_does_not_exist(cast, address):
    stranger = "other_headteacher" if address.audience.place == "trust" else "headteacher"
    url = address.filled(cast, "own" if stranger == "other_headteacher" else "other", cast.other)
    assert cast.client(stranger).get(url).status_code == 404, f"{url} must be 404, not 403, to a stranger."


@pytest.mark.parametrize("address", WITH_THINGS)
def test_another_schools_thing_does_not_exist_at_ones_own(cast, address):
    insider = next(who for who in EVERYBODY if expected(who, address, "own").statuses == address.sample.answers)
    url = address.filled(cast, "own", things_of=cast.other)
    client = cast.client(insider)
    answers = {client.get(url).status_code, client.post(url).status_code}
    assert answers <= {404, 405}, (
        f"{insider} reaches the other school's thing at {url}: {answers}. Filter by school_id."
    )
    assert 404 in answers, f"{url} says neither to GET nor to POST that it does not exist."
