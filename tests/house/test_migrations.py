"""Migrations: each has a name that tells its thought, and none is missing."""

import re

import pytest
from django.core.management import call_command

from tests.house.source import SOURCE, shown

MIGRATIONS = sorted(SOURCE.glob("*/migrations/0*.py"))


@pytest.mark.parametrize("path", [pytest.param(path, id=shown(path)) for path in MIGRATIONS])
def test_its_name_tells_its_thought(path):
    thought = re.fullmatch(r"\d{4}_(?!auto_|initial)[a-z][a-z0-9_]+", path.stem)
    assert thought, f"Name {shown(path)} after what it does: 0002_decisions_by_value."


@pytest.mark.django_db
def test_none_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
