"""Row b in short: no canary where it is forbidden, each seen by somebody allowed, and a broken lock is found."""

import pytest

from assurance import canaries
from headship.core import personal
from tests.house.test_models import MODELS
from tests.privacy.planted import Planter

pytestmark = pytest.mark.django_db


def test_every_sensitive_field_has_a_canary_or_a_reason():
    told = {each.partition(".")[0] + "." + each.split(".")[1] for each in canaries.MAY_SEE}
    sensitive = {model._meta.label for model in MODELS if personal.sensitive_fields(model)}
    lacking = sorted(sensitive - told - set(canaries.NO_CANARY))
    assert lacking == [], (
        f"Plant {lacking} in tests/privacy/planted.py and say in assurance/canaries.py who may see it."
    )


def test_no_canary_is_read_where_it_is_forbidden_and_each_by_somebody_allowed():
    found = canaries.search(short=True)
    assert sorted(found.leaks) == []
    assert found.unseen == []
    assert len(found.canaries) >= 240


def test_a_broken_lock_is_found(settings):
    settings.HEADSHIP_SCOPE_FOR = "assurance.matrix.careless_scope"
    found = canaries.search(short=True, personas=("other_headteacher",))
    assert any(leak.startswith("other_headteacher") for leak in found.leaks)


def test_the_planter_refuses_a_field_it_knows_nothing_of():
    class Strange:
        max_length = None

    with pytest.raises(TypeError, match="plant something"):
        Planter(None, None)._value(Strange(), "x")
