"""Policy values: each says where it stands and whether it was read there, and each is used."""

import pytest

from headship.policy import loader
from tests.house.source import SOURCE, python_files

VALUES = [pytest.param(each, id=f"{each.code}-{each.value}") for each in loader.values()]
CODES = sorted({each.code for each in loader.values()})

# Parameters nobody uses yet, each with what will.
NOT_USED_YET: dict[str, str] = {}


@pytest.mark.parametrize("value", VALUES)
def test_it_names_its_source(value):
    assert len(value.source) > 10, f"{value.code}: say in words where the value stands."


@pytest.mark.parametrize("value", VALUES)
def test_it_says_so_while_nobody_has_read_it_at_its_source(value):
    assert ("not yet checked" in value.cited) is (value.checked_on is None)


@pytest.mark.parametrize("code", CODES)
def test_it_is_used(code):
    elsewhere = (path for path in python_files() if path.parent != SOURCE / "policy")
    used = any(f'"{code}"' in path.read_text() for path in elsewhere)
    assert used or code in NOT_USED_YET, f"Nothing asks for {code}: use it, or say in NOT_USED_YET what will."
