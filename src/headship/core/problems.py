"""Errors as programs read them (RFC 9457): a kind that never changes, its status, and the sentence people would get."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

ADDRESS = "/api/v1/"  # every address below it is for programs
TOLD_AT = "/api/"  # the page that explains each kind
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem, by its code; `meaning` says what whoever wrote the program should do."""

    code: str
    status: int
    title: str
    meaning: str


KINDS = (
    Kind(
        "unusable", 400, "This could not be taken", "The request makes no sense as it stands. Mend it; do not repeat."
    ),
    Kind("no-token", 401, "No token that works", "Send “Authorization: Bearer” and a token that has not ended."),
    Kind("refused", 403, "You may not do this", "The person whose token it is may not. The sentence says who can."),
    Kind("no-permit", 403, "The token may not do this", "The person may, but the token was made without this permit."),
    Kind("not-found", 404, "Nothing here for you", "It is not there, or this person may not know of it."),
    Kind("wrong-method", 405, "Not a method of this address", "The header Allow names the methods it has."),
    Kind("conflict", 409, "This stands in the way of itself", "What is asked for has happened already."),
    Kind("changed", 412, "Somebody else changed this first", "Read it again, make your change to that, and send anew."),
    Kind("too-large", 413, "Too much at once", "Send less than 2.5 MB."),
    Kind("not-json", 415, "Not JSON", "Send the body as application/json."),
    Kind("invalid", 422, "Something in it is not right", "`errors` names each part and says what is wrong with it."),
    Kind("no-version", 428, "Say which version you read", "Send “If-Match” with the ETag that came when you read it."),
    Kind("too-many", 429, "Too many requests", "Wait as many seconds as the header Retry-After says."),
    Kind("broken", 500, "Something went wrong here", "The fault is ours. All of it was saved, or nothing."),
)
BY_CODE: Mapping[str, Kind] = {kind.code: kind for kind in KINDS}
BY_STATUS: Mapping[int, Kind] = {kind.status: kind for kind in reversed(KINDS)}  # of two, the first listed


class Problem(Exception):
    """A problem of a program's request, raised where it is found."""

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.kind, self.sentence = BY_CODE[code], sentence
        self.errors, self.headers = errors, headers or {}

    def response(self) -> HttpResponse:
        """Return the answer that tells it."""
        told = {
            "type": f"{TOLD_AT}#{self.kind.code}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.sentence,
            **({"errors": list(self.errors)} if self.errors else {}),
        }
        content = json.dumps(told, ensure_ascii=False)
        return HttpResponse(content, content_type=MEDIA_TYPE, status=self.kind.status, headers=self.headers)


def asked_by_program(request: HttpRequest) -> bool:
    """Whether a request is for an address of the API, where errors are not pages."""
    return request.path.startswith(ADDRESS)


def with_status(status: int, sentence: str) -> HttpResponse:
    """Return the answer for an error known by its status; one without a kind of its own is told as the nearest.

    >>> with_status(404, "Nothing.").headers["Content-Type"], with_status(418, "A pot.").status_code
    ('application/problem+json', 400)
    """
    nearest = BY_STATUS.get(status) or BY_STATUS[500 if status >= 500 else 400]
    return Problem(nearest.code, sentence).response()
