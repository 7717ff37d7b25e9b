"""Errors that help: each carries the sentence its reader needs, and a middleware shows it as a page."""

from django.http import Http404


class Refused(Exception):
    """The person may not do this. The sentence says who can and how to ask.

    >>> str(Refused("Only the headteacher can change terms. Ask them to."))
    'Only the headteacher can change terms. Ask them to.'
    """


class Gone(Http404):
    """Somebody whose post here ended asks for a page: to them, as to a stranger, it does not exist; they are told why.

    >>> isinstance(Gone("Your post here ended yesterday."), Http404)
    True
    """


class Stale(Exception):
    """Somebody else changed this first. The sentence says what was kept and what to do."""


class Unusable(Exception):
    """Input that cannot be taken. The sentence says where and what to do; nothing was changed."""


class TooMany(Exception):
    """Done too often. The sentence says how long to wait; `seconds` says it to programs.

    >>> TooMany("Wait a minute.", 60).seconds
    60
    """

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


def require(refusal: str | None) -> None:
    """Raise `Refused` when a rule answered with a sentence.

    Errors: Refused. Example:

    >>> require(None)
    >>> require("Ask the headteacher.")
    Traceback (most recent call last):
    ...
    headship.core.errors.Refused: Ask the headteacher.
    """
    if refusal:
        raise Refused(refusal)


def existing[T](sought: T | None) -> T:
    """Return what was sought, or say that it does not exist: to whoever may not see it, it does not.

    Errors: Http404. Example:

    >>> existing("a note")
    'a note'
    """
    if sought is None:
        raise Http404
    return sought
