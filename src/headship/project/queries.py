"""Reads of the first hour."""

import threading

from headship.core import belt
from headship.core.scope import Scope
from headship.people.models import Account
from headship.project.choices import Step
from headship.project.models import SetUp
from headship.schools.models import School

THE_ONE = 1
_known = threading.Event()  # set once and for all: an installation with an account never becomes empty again


def is_set_up() -> bool:
    """Whether anybody has an account. A process asks the database only until the answer is yes."""
    if not _known.is_set():
        with belt.whole_installation(because="whether anybody at all has an account"):
            there = Account.objects.exists()
        if there:
            know()
    return _known.is_set()


def know() -> None:
    """Let this process ask no more."""
    _known.set()


def forget() -> None:
    """Let this process ask again (tests have many databases)."""
    _known.clear()


def step() -> tuple[Step, School | None]:
    """Return where set-up stands and the school chosen; the register's step is behind where schools are known."""
    held = SetUp.objects.select_related("school").filter(pk=THE_ONE).first()
    if held is not None:
        return Step(held.step), held.school
    return (Step.SCHOOL if School.objects.exists() else Step.REGISTER), None


def step_of(scope: Scope) -> Step:
    """Return where set-up stands for a reader who may have begun it here; done for everybody else."""
    if not scope.operator:
        return Step.DONE
    found = SetUp.objects.filter(pk=THE_ONE, person_id=scope.person_id, school_id=scope.school_id)
    return Step(found.values_list("step", flat=True).first() or Step.DONE)
