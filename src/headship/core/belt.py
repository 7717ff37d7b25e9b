"""The belt: what is open to the code that runs now, whoever wrote its queries.

A request begins with nothing open. `core.audience` and `core.actions` open what a scope may reach (`within`); the
database backends of `core.backends` then confine every statement to it, by what each model declares in
`core.belonging`: Django's queries on both databases, and on PostgreSQL by row-level security whatever else is sent.
Code that means more than one scope says so, with the reason, and stands in a list in `tests/house/test_belt.py`.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from headship.core.scope import Scope


class NothingOpen(RuntimeError):
    """A table of schools was asked for, or written, where nothing of it is open."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is open: rows of these schools, trusts and audit chains, and one person's own; or the whole installation."""

    schools: tuple[int, ...] = ()
    trusts: tuple[int, ...] = ()
    chains: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    whole: bool = False

    @property
    def settings(self) -> dict[str, str]:
        """The same as settings of a PostgreSQL transaction, which the policies read.

        >>> Open(schools=(5, 7), people=(1,)).settings
        {'schools': '5,7', 'trusts': '', 'chains': '', 'people': '1', 'whole': 'no'}
        """
        kinds = {name: getattr(self, name) for name in ("schools", "trusts", "chains", "people")}
        listed = {name: ",".join(str(int(key)) for key in keys) for name, keys in kinds.items()}
        return {**listed, "whole": "yes" if self.whole else "no"}


NOTHING = Open()
_open: ContextVar[Open] = ContextVar("open", default=NOTHING)


def now() -> Open:
    """Return what is open.

    >>> with closed():
    ...     now() == NOTHING
    True
    """
    return _open.get()


@contextmanager
def only(opened: Open) -> Iterator[None]:
    """Open exactly this until the end of the block.

    >>> with only(Open(schools=(5,))):
    ...     now().schools
    (5,)
    """
    token = _open.set(opened)
    try:
        yield
    finally:
        _open.reset(token)


def reach_of(scope: Scope) -> Open:
    """Return what a scope opens: its school or trust and its chain, and its person's own. The installation's: all.

    >>> from datetime import UTC, datetime
    >>> reach_of(Scope(account_id=1, person_id=7, name="", at=datetime(2026, 9, 1, tzinfo=UTC)))
    Open(schools=(), trusts=(), chains=(0,), people=(7,), whole=False)
    """
    if scope.operator and scope.person_id == 0:  # no person: set-up, upkeep, a command
        return Open(whole=True)
    place = scope.place
    return Open(
        schools=(place.id,) if place and place.kind == "school" else (),
        trusts=(place.id,) if place and place.kind == "trust" else (),
        chains=(scope.chain,),
        people=(scope.person_id,) if scope.person_id else (),
    )


def within(scope: Scope) -> AbstractContextManager[None]:
    """Open what a scope may reach, and nothing else.

    >>> from headship.core.scope import installation_scope
    >>> from datetime import UTC, datetime
    >>> with within(installation_scope(datetime(2026, 9, 1, tzinfo=UTC))):
    ...     now().whole
    True
    """
    return only(reach_of(scope))


def at_schools(schools: Iterable[int], *, because: str) -> AbstractContextManager[None]:
    """Open other schools besides what is open: figures of a trust's schools, say. `because` says why.

    >>> with only(Open(trusts=(3,))), at_schools([5, 7], because="an example"):
    ...     now().schools, now().trusts
    ((5, 7), (3,))
    """
    _reasoned(because)
    return only(replace(now(), schools=tuple(sorted({*now().schools, *schools}))))


def at_trust(trust: int, *, because: str) -> AbstractContextManager[None]:
    """Open what is a trust's besides what is open: sums that its schools share, say. `because` says why.

    >>> with only(Open(schools=(5,))), at_trust(3, because="an example"):
    ...     now().schools, now().trusts
    ((5,), (3,))
    """
    _reasoned(because)
    return only(replace(now(), trusts=tuple(sorted({*now().trusts, trust}))))


def at_chain(chain: int) -> AbstractContextManager[None]:
    """Open one audit chain besides what is open: the one an action tells, which may be another school's.

    >>> with only(Open(chains=(0,))), at_chain(5):
    ...     now().chains
    (0, 5)
    """
    return only(replace(now(), chains=tuple(sorted({*now().chains, chain}))))


def whole_installation(*, because: str) -> AbstractContextManager[None]:
    """Open everything. `because` says why no scope will do.

    >>> with whole_installation(because="an example"):
    ...     now().whole
    True
    """
    _reasoned(because)
    return only(Open(whole=True))


def closed() -> AbstractContextManager[None]:
    """Open nothing: how a request begins.

    >>> with closed():
    ...     now() == NOTHING
    True
    """
    return only(NOTHING)


def _reasoned(because: str) -> None:
    if not because:
        raise ValueError("Opening more than a scope needs its reason.")
