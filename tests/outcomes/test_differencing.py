"""Nobody can work out few pupils by putting pages together: a reader who adds and subtracts finds none."""

from datetime import date
from random import Random

import pytest

from tests import cast as everybody
from tests.outcomes import adversary
from tests.outcomes.test_progress import nation

DAY = date(2026, 11, 24)
SCHOOLS = 6  # two hundred more were read the same way: that takes minutes
pytestmark = pytest.mark.django_db


def test_no_page_and_no_pages_together_tell_of_few_pupils():
    cast = everybody.build(DAY)
    scope = cast.scope("governor")
    nation()
    nation("French")
    random, leaks, read = Random(22), [], 0
    for number in range(SCHOOLS):
        sat = adversary.fill(cast.school, random)
        known = adversary.read(scope, sat, DAY)
        read += len(known.counts)
        leaks += [f"school {number}: {each}" for each in known.leaks()]
    assert read > 20 * SCHOOLS  # the reader does find figures
    assert not leaks, "\n".join(leaks)
