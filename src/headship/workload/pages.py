"""What the screens of workload share: addresses, and a page with one form."""

from dataclasses import dataclass

from django.forms import Form
from django.urls import reverse

from headship.core.scope import Scope


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form. `aside` explains; `can_remove` gives it a button that takes its thing away."""

    title: str
    form: Form
    button: str
    back: str
    aside: str = ""
    can_remove: bool = False


def address(scope: Scope, name: str, **rest: object) -> str:
    """Return the address of a page of the school the reader is in."""
    assert scope.place is not None  # only pages of a school are asked for
    return reverse(name, kwargs={"urn": scope.place.key, **rest})


def people(count: int) -> str:
    """Say how many people.

    >>> people(1), people(400)
    ('1 person', '400 people')
    """
    return f"{count:,} {'person' if count == 1 else 'people'}"
