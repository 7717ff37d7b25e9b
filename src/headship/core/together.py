"""What is asked more than once while one page is made, asked once: *Today* asks every module three things.

Answers stand for that page alone, by question, reader and what is open. Nothing outlives it, and outside it nothing is
kept: an action never meets an answer from before it.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from headship.core import belt
from headship.core.scope import Scope

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Keep answers until the end of the block, which only reads.

    >>> with one_page():
    ...     _answers.get()
    {}
    >>> _answers.get() is None
    True
    """
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once[**P, R](ask: Callable[P, R]) -> Callable[P, R]:
    """Let a read, whose first argument is the reader's scope, be asked once for one page. Nobody changes its answer.

    >>> from datetime import UTC, datetime
    >>> from headship.core.scope import installation_scope
    >>> asked = []
    >>> ask = asked_once(lambda scope, number: asked.append(number) or number)
    >>> reader = installation_scope(datetime(2026, 9, 1, tzinfo=UTC))
    >>> with one_page():
    ...     ask(reader, 1), ask(reader, 1), ask(reader, 2)
    (1, 1, 2)
    >>> ask(reader, 1), asked
    (1, [1, 2, 1])
    """

    @functools.wraps(ask)
    def answered(*args: P.args, **named: P.kwargs) -> R:
        kept = _answers.get()
        if kept is None:
            return ask(*args, **named)
        assert isinstance(args[0], Scope)  # whose answer it is
        key = (ask, belt.now(), args, tuple(named.items()))
        if key not in kept:
            kept[key] = ask(*args, **named)
        answer: R = kept[key]
        return answer

    return answered
