"""How an endpoint of the JSON API is declared: like a route, with its audience, in its application's `urls.py`."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from headship.core.audience import Audience


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one address of the API. `gives` is the shape of its answer, None where there is nothing to say.

    `versioned`: the header If-Match must name the version that was read, which the view gets as `version`.
    `once`: the header Idempotency-Key marks the request, so that sending it twice does it once; the view gets `once`.
    `made`: the answer is 201 with the address of the new thing, by its `id`.
    """

    method: str
    path: str
    view: Callable[..., Any]
    area: str
    audience: Audience
    gives: Any
    versioned: bool
    once: bool
    made: bool

    @property
    def name(self) -> str:
        """Its name among all addresses and in the description."""
        return f"api-{self.area}-{self.view.__name__.replace('_', '-')}"

    @property
    def permit(self) -> str:
        """What a token must have been made for; nothing where anybody may ask."""
        if not self.audience.signed_in:
            return ""
        return f"{self.area}:{'read' if self.method == 'GET' else 'write'}"

    @property
    def status(self) -> int:
        """The status of its answer when all is well."""
        if self.gives is None:
            return 204
        return 201 if self.made else 200

    @property
    def takes_body(self) -> bool:
        """Whether something must be sent with it."""
        shapes = [each.annotation for each in inspect.signature(self.view).parameters.values()]
        return self.method != "GET" and any(isinstance(each, type) and issubclass(each, BaseModel) for each in shapes)


def endpoint(  # noqa: PLR0913  # an endpoint has this many parts, each named where it is declared
    method: str,
    path: str,
    view: Callable[..., Any],
    *,
    audience: Audience,
    gives: Any,
    versioned: bool = False,
    once: bool = False,
    made: bool = False,
    area: str = "",
) -> Endpoint:
    """Declare an endpoint. Its area is the application its view stands in, unless another is named.

    Where its audience is of a school its path begins `schools/{int:urn}`, of a trust `trusts/{int:trust}`.

    The view is called as `view(scope, **kwargs)`, or without a scope where anybody may ask.
    """
    area = area or view.__module__.split(".")[1]
    return Endpoint(method, path, view, area, audience, gives, versioned, once, made)
