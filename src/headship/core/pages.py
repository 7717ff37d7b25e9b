"""The Jinja2 environment of all pages."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Return the environment: undefined names are errors, text is escaped."""
    options["undefined"] = StrictUndefined
    env = Environment(**options)  # noqa: S701  # Django's backend passes autoescape=True
    env.globals.update(url=lambda name, **kwargs: reverse(name, kwargs=kwargs or None), static=static)
    return env
