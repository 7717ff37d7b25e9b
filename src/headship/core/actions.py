"""How things are written: one action, one transaction, one audit record.

Decorate each function that changes anything with `@action("app.verb_noun")`. It is called with keyword arguments only;
`by` is the scope of whoever acts and `at` the moment. Inside, the function says once what happened with `audit(...)`.
Lower layers (evidence, notifications) may ask `running()` and refuse to work outside an action.
"""

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from headship.core import audit as chain_of_events
from headship.core import belt
from headship.core.audit import Detail, Draft, Fact
from headship.core.scope import Scope


@dataclass(slots=True)
class Running:
    """One action under way: its name, who, when, and what it told the audit."""

    name: str
    by: Scope
    at: datetime
    told: bool = False
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Declared:
    """What an action declared about itself; the house tests read these."""

    name: str
    audited: bool
    because: str
    apart: bool = False


# What a fact may be where it is text: a code, a date, a fingerprint. No space, no @: nobody's name, address or words.
PLAIN = re.compile(r"[A-Za-z0-9_.:+/-]{0,80}")
INSTALLATION = 0  # its chain
DECLARED: dict[str, Declared] = {}
_running: ContextVar[tuple[Running, ...]] = ContextVar("running_actions", default=())


def running() -> Running:
    """Return the innermost action under way.

    Errors: RuntimeError outside an action. Example:

    >>> running()
    Traceback (most recent call last):
    ...
    RuntimeError: This is written only by an action (see headship.core.actions).
    """
    stack = _running.get()
    if not stack:
        raise RuntimeError("This is written only by an action (see headship.core.actions).")
    return stack[-1]


def audit(subject: str, *, chain: int | None = None, detail: Detail | None = None, **facts: Fact) -> None:
    """Say what the running action did. `subject` is "app.Model:id"; facts are keys, codes, dates and numbers.

    Words about a person go into `detail`, which can be erased; facts cannot. `chain` is the scope's own unless given,
    and the installation's of an action declared apart.
    Errors: RuntimeError outside an action, when it was said already, or where a fact holds words.
    """
    now = running()
    if now.told:
        raise RuntimeError(f"{now.name} told the audit twice; once is right.")
    if wordy := [name for name, fact in facts.items() if isinstance(fact, str) and not PLAIN.fullmatch(fact)]:
        raise RuntimeError(f"{now.name} puts words into facts ({wordy}), which stay for ever: give them as detail.")
    now.told = True
    if DECLARED[now.name].apart:
        chain, facts = INSTALLATION, {"school": now.by.chain, **facts}
    where = now.by.chain if chain is None else chain
    now.drafts.append(Draft(where, now.at, now.name, now.by.person_id, subject, facts, detail))


def action[**P, R](
    name: str, *, audited: bool = True, because: str = "", apart: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action: one transaction, exactly one audit record, or none with a reason (`because`).

    The record of an action `apart` stands in the installation's chain: the school's own is read by more people than may
    know that it happened.
    """
    if not audited and not because:
        raise ValueError(f"{name}: an action that is not audited says why.")
    DECLARED[name] = Declared(name, audited, because, apart)

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{name} takes keyword arguments only.")
            with transaction.atomic(), _under_way(name, kwargs["by"], kwargs["at"], audited=audited):  # type: ignore[arg-type]  # ParamSpec cannot say "has by and at"; a house test does
                return function(*args, **kwargs)

        run.declared = DECLARED[name]  # type: ignore[attr-defined]  # read by the house tests
        return run

    return decorate


@contextmanager
def _under_way(name: str, by: Scope, at: datetime, *, audited: bool) -> Iterator[None]:
    """Hold the action on the stack; chain what it and its inner actions told when the outermost ends."""
    outer = _running.get()
    now = Running(name, by, at)
    token = _running.set((*outer, now))
    inside = nullcontext() if outer and outer[-1].by is by else belt.within(by)  # what an outer one opened stays open
    try:
        with inside:
            yield
    finally:
        _running.reset(token)
    if now.told is not audited:
        raise RuntimeError(f"{name} must tell the audit {'once' if audited else 'nothing'}.")
    if outer:
        outer[-1].drafts.extend(now.drafts)
        return
    for draft in sorted(now.drafts, key=lambda draft: draft.chain):  # one order of locks for everybody
        with belt.at_chain(draft.chain):  # the belt of whoever called may not hold it
            chain_of_events.append(draft)
