"""Exactly what the pages of changes in policy show: the chain from change to action, and what is missing in it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.utils import timezone

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.policies import change_queries, change_rules, queries
from headship.policies.choices import ACTION_MOVES, ACTIVE, Answer, Origin, Progress
from headship.policies.models import Duty, DutyAction, PolicyChange
from headship.policies.pages import address, owner_told


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in the list."""

    title: str
    url: str
    facts: str
    missing: int


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The changes that ask something of the school."""

    title: str
    said: str
    rows: Sequence[ChangeRow]
    filtered: bool
    filters: Form
    newer: str
    older: str
    cannot_keep: str | None
    add_url: str


@dataclass(frozen=True, slots=True)
class Done:
    """One action on a duty."""

    what: str
    facts: str
    state: str
    late: bool
    said: str
    move_url: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a duty's trace: what it is, what stands there or that nothing does, and where to read it."""

    link: str
    words: str
    url: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class DutyCard:
    """One duty with its trace."""

    number: int
    words: str
    trace: Sequence[Link]
    actions: Sequence[Done]
    edit_url: str
    withdraw_url: str
    act_url: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One change: what it is, its duties as traces, and what is missing."""

    title: str
    facts: Sequence[tuple[str, str]]
    link: str
    means: Sequence[str]
    duties: Sequence[DutyCard]
    withdrawn: Sequence[str]
    gaps: Sequence[tuple[str, str]]
    cannot_keep: str | None
    edit_url: str
    duty_url: str
    back: str


def changes_page(scope: Scope, show: str, filters: Form, start: int) -> ChangesPage:
    """Arrange the changes, newest first, some at a time."""
    today, people, known = timezone.localdate(scope.at), holders(scope), queries.known(scope)
    found = change_queries.changes(scope)
    if show in set(Origin):
        found = found.filter(origin=show)
    if show == "gaps":
        found = change_queries.wanting(found, people, today)
    part = list(found[start : start + change_queries.PAGE + 1])
    here, size = address(scope, "changes-in-policy"), change_queries.PAGE
    return ChangesPage(
        title="What changes ask of us",
        said=_said(found.count()) if show == "gaps" else "",
        rows=[_row(scope, each, len(change_queries.gaps(each, people, known, today))) for each in part[:size]],
        filtered=bool(show or start),
        filters=filters,
        newer=f"{here}?show={show}&start={max(start - size, 0)}" if start else "",
        older=f"{here}?show={show}&start={start + size}" if len(part) > size else "",
        cannot_keep=change_rules.keep(scope),
        add_url=address(scope, "change-in-policy-add"),
    )


def _said(count: int) -> str:
    """Say in how many of all changes something is missing."""
    return f"In {count} {'change' if count == 1 else 'changes'} something is missing." if count else ""


def _row(scope: Scope, each: PolicyChange, missing: int) -> ChangeRow:
    holds = f"in force from {in_words(each.in_force_on)}" if each.in_force_on else "no day said"
    its = list(each.duties.all())
    count = f"{len(its)} dut{'y' if len(its) == 1 else 'ies'}"
    facts = f"{Origin(each.origin).words} · {holds} · {count}"
    return ChangeRow(each.title, address(scope, "change-in-policy", change=each.pk), facts, missing)


def change_page(scope: Scope, of: PolicyChange) -> ChangePage:
    """Arrange one change."""
    today, people, known = timezone.localdate(scope.at), holders(scope), queries.known(scope)
    may = change_rules.keep(scope) is None
    return ChangePage(
        title=of.title,
        facts=[
            ("Where from", Origin(of.origin).words),
            ("Where it stands", of.source),
            ("Published on", in_words(of.published_on) if of.published_on else "Not said"),
            ("In force from", in_words(of.in_force_on) if of.in_force_on else "Not said"),
            ("Noted", f"{in_words(of.noted_on)} by {people.told(of.noted_by_id)}"),
        ],
        link=of.link,
        means=[line.strip() for line in of.means.splitlines() if line.strip()],
        duties=[_card(scope, at, each, people, known, today, may=may) for at, each in enumerate(of.duties.all(), 1)],
        withdrawn=[
            f"{each.words}. Withdrawn on {in_words(each.withdrawn_on)}: {each.withdrawn_because}"
            for each in change_queries.withdrawn(of)
        ],
        gaps=[(each.words, each.duty) for each in change_queries.gaps(of, people, known, today)],
        cannot_keep=change_rules.keep(scope),
        edit_url=address(scope, "change-in-policy-edit", change=of.pk),
        duty_url=address(scope, "duty-add", change=of.pk),
        back=address(scope, "changes-in-policy"),
    )


def _card(  # noqa: PLR0913, PLR0917  # where, which, for whom
    scope: Scope, number: int, each: Duty, people: Holders, known: Container[int], today: date, *, may: bool
) -> DutyCard:
    mine = change_rules.answer_for(scope, each.owner_id) is None
    done = any(it.progress == Progress.DONE for it in each.actions.all())
    return DutyCard(
        number=number,
        words=each.words,
        trace=list(_trace(scope, each, people, known, today)),
        actions=[_done(scope, it, people, today, may=may) for it in each.actions.all()],
        edit_url=address(scope, "duty-edit", duty=each.pk) if mine else "",
        withdraw_url=""
        if change_rules.withdraw(scope, each.owner_id, done=done)
        else address(scope, "duty-withdraw", duty=each.pk),
        act_url=address(scope, "duty-act", duty=each.pk) if mine and each.answer != Answer.NONE else "",
    )


def _trace(scope: Scope, each: Duty, people: Holders, known: Container[int], today: date) -> Sequence[Link]:
    """Return a duty's way from its day to what is done."""
    due = Link("By when", in_words(each.due_on) if each.due_on else "No day said")
    if change_queries.late(each, today):
        due = Link("By when", f"{in_words(each.due_on)}: overdue", missing=True)
    if each.answer == Answer.NONE:
        return due, Link("How we answer it", f"It does not touch us: {each.because}")
    return due, _how(scope, each, known), _owner(each, people), *_policy_owner(each, people, known), _doing(each)


def _how(scope: Scope, each: Duty, known: Container[int]) -> Link:
    if each.policy and each.policy_id not in known:
        return Link("Our policy", "A policy being written")
    if each.answer == Answer.POLICY and each.policy:
        return Link("Our policy", each.policy.title, address(scope, "policy", policy=each.policy_id))
    if each.answer == Answer.ACTION:
        return Link("Our policy", "None: an action alone")
    return Link("Our policy", "Not settled yet", missing=True)


def _owner(each: Duty, people: Holders) -> Link:
    held = each.owner_id is not None and each.owner_id in people.posts
    return Link("Who answers for it", people.told(each.owner_id) if each.owner_id else "Nobody yet", missing=not held)


def _policy_owner(each: Duty, people: Holders, known: Container[int]) -> Sequence[Link]:
    if not each.policy or each.policy_id not in known:
        return ()
    held = each.policy.owner_id is not None and each.policy.owner_id in people.posts
    told = owner_told(each.policy, people)
    return (Link("Who answers for the policy", f"{told[:1].upper()}{told[1:]}", missing=not held),)


def _doing(each: Duty) -> Link:
    every = list(each.actions.all())
    done = sum(it.progress == Progress.DONE for it in every)
    if not every:
        return Link("What we do", "Nothing yet", missing=each.answer == Answer.ACTION)
    return Link("What we do", f"{done} of {len(every)} done")


def _done(scope: Scope, each: DutyAction, people: Holders, today: date, *, may: bool) -> Done:
    late = each.progress in ACTIVE and each.due_on < today
    when = f"done on {in_words(each.done_on)}" if each.done_on else f"by {in_words(each.due_on)}"
    moves = bool(ACTION_MOVES[Progress(each.progress)]) and change_rules.progress(scope, each.owner_id) is None
    return Done(
        what=each.what,
        facts=f"{people.told(each.owner_id)} · {when}{', late' if late else ''}",
        state=Progress(each.progress).words,
        late=late,
        said=each.said,
        move_url=address(scope, "duty-action-move", doing=each.pk) if moves else "",
        edit_url=address(scope, "duty-action-edit", doing=each.pk) if may else "",
    )
