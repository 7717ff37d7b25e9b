"""Exactly what each screen about the audit log's proof shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.utils import timezone

from headship.core import signing
from headship.core.pages import in_words, listed
from headship.core.scope import Scope
from headship.core.verifier import Chain
from headship.governance import queries, rules


@dataclass(frozen=True, slots=True)
class LogPage:
    """Who did what, and can you trust it."""

    title: str
    answer: str
    whole: bool
    faults: Sequence[str]
    facts: Sequence[tuple[str, str]]
    checked: bool
    readers: str
    cannot_choose: str | None
    any: bool
    key: str


@dataclass(frozen=True, slots=True)
class ReadersPage:
    """Choosing who gets the daily checkpoint."""

    title: str
    form: Form
    back: str


def log_page(scope: Scope, found: Chain | None) -> LogPage:
    """Arrange the state of the log; `found` is what checking all of it just now said, where it was asked for."""
    now = queries.state(scope)
    people = queries.candidates(scope)
    names = [people[each] for each in people if each in queries.chosen(scope)]
    return LogPage(
        title="Who did what, and can you trust it?",
        answer=_answer(now, found),
        whole=not found or not found.fault_count,
        faults=[str(fault) for fault in found.faults] if found else [],
        facts=_facts(now, found),
        checked=found is not None,
        readers=listed(names),
        cannot_choose=rules.choose_readers(scope),
        any=now.length > 0,
        key=signing.public(),
    )


def _answer(now: queries.State, found: Chain | None) -> str:
    if not now.length:
        return "Nothing has been done here yet, so there is nothing to prove."
    if found is None:
        return f"The log of this school holds {_events(now.length)}. Check now whether all of it is as it was written."
    if found.fault_count:
        return "The log is not as it was written. Do not go on as usual: show this to whoever runs the server."
    return f"The log agrees with itself: {_events(found.length)}, none changed, missing or out of order."


def _facts(now: queries.State, found: Chain | None) -> list[tuple[str, str]]:
    signed = f"{_moment(now)}, covering {_events(now.signed_length)}" if now.signed_at else "None yet"
    facts = [("Things done and logged", f"{now.length:,}"), ("Newest signed checkpoint", signed)]
    if found:
        facts.append(("Names and words erased, as the law allows", f"{found.erased:,}"))
    return facts


def _moment(now: queries.State) -> str:
    assert now.signed_at is not None  # its caller asked
    return f"{in_words(now.signed_at)} at {timezone.localtime(now.signed_at):%H:%M}"


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"
