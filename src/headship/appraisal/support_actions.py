"""Writes of support before capability: offered, replied to, noted, reviewed, ended, corrected; nothing is rewritten.

What is done here is written to the installation's chain of the audit: the school's own is read by many.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.appraisal import support_queries as queries
from headship.appraisal import support_rules as rules
from headship.appraisal.support_choices import OVER, Kind, Standing
from headship.appraisal.support_models import Support, SupportLine, SupportReview
from headship.core import actions
from headship.core.actions import action
from headship.core.audit import Fact
from headship.core.errors import Stale, Unusable, require
from headship.core.pages import in_words, listed
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.people import queries as people
from headship.privacy import queries as privacy
from headship.schools.models import School

KIND = "appraisal.support"
SERVES = ("3.3", "2.4")
CHANGED = (
    "Somebody wrote here while you were writing. Theirs was kept; yours is not saved yet and still stands below. Read "
    "theirs, then save again."
)


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer: to whom, who gives the support, in which words, what is aimed for, and the days of its reviews."""

    person: int
    supporter: int
    said: str
    reviews: tuple[date, ...]
    aims: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review that was held: on which day, what was seen and said, and the day of another one."""

    on: date
    said: str
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of support, in words; where it goes on, the day of the next review."""

    to: Standing
    said: str
    next_on: date | None = None


@action("appraisal.offer_support", apart=True)
def offer_support(*, by: Scope, at: datetime, once: UUID, offered: Offered) -> int:
    """Offer somebody support; the same form sent again gives the first one's key."""
    require(rules.offer(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Support.objects.filter(school_id=by.school_id, once=once).first():
        _audit(found, repeated=True)
        return found.pk
    today = timezone.localdate(at)
    _check(by, offered, today)
    made = Support.objects.create(
        school_id=by.school_id,
        once=once,
        person_id=offered.person,
        supporter_id=offered.supporter,
        apart=Role.HEADTEACHER in people.roles_here(by, offered.person),
        offered_on=today,
    )
    _line(made, by, at, once, Kind.OFFER, said=offered.said)
    if offered.aims:
        _line(made, by, at, _after(once), Kind.AIMS, said=offered.aims)
    for day in sorted(offered.reviews):
        SupportReview.objects.create(support=made, due_on=day)
    _audit(made, standing=made.standing)
    return made.pk


@action("appraisal.reply_to_support", apart=True)
def reply_to_support(  # noqa: PLR0913  # an answer's parts
    *, by: Scope, at: datetime, once: UUID, support: int, version: int, reply: str, to: Standing | None = None
) -> int:
    """Reply in one's own words, and accept or decline what is offered; the same form sent again is one reply."""
    now = _locked(by, support)
    if found := _sent(now, once, reply):
        return found
    require(rules.reply(by, queries.facts(now)))
    _fresh(now, version)
    _refuse(rules.answer(queries.facts(now), to))
    key = _line(now, by, at, once, Kind.REPLY, reply=reply)
    if to:
        now.yes_on = now.accepted_on or now.yes_on
        now.accepted_on = timezone.localdate(at) if to is Standing.ACCEPTED else None
    _save(now, to or Standing(now.standing))
    return key


@action("appraisal.note_support", apart=True)
def note_support(*, by: Scope, at: datetime, once: UUID, support: int, kind: Kind, on: date, said: str) -> int:  # noqa: PLR0913  # a line's parts
    """Say what is aimed for, note help that was given, or ask for a reply; the first help begins accepted support."""
    now = _locked(by, support)
    if found := _sent(now, once, said):
        return found
    require(rules.note(by, queries.facts(now), kind))
    _refuse(rules.noted_on(kind, on, today=timezone.localdate(at), since=now.offered_on))
    key = _line(now, by, at, once, kind, said=said, on=on)
    begins = kind is Kind.HELP and now.standing == Standing.ACCEPTED
    _save(now, Standing.RUNNING if begins else Standing(now.standing))
    return key


@action("appraisal.review_support", apart=True)
def review_support(*, by: Scope, at: datetime, once: UUID, support: int, version: int, reviewed: Reviewed) -> int:  # noqa: PLR0913  # a review's parts
    """Note a review that was held, for the nearest day that was planned; the same form sent again is one review."""
    now = _locked(by, support)
    if found := _sent(now, once, reviewed.said):
        return found
    require(rules.note(by, queries.facts(now), Kind.REVIEW))
    _fresh(now, version)
    today = timezone.localdate(at)
    _refuse(rules.happened_on(reviewed.on, today=today, since=now.offered_on))
    key = _line(now, by, at, once, Kind.REVIEW, said=reviewed.said, on=reviewed.on)
    if coming := queries.planned(now):
        coming[0].held_on = reviewed.on
        coming[0].save(update_fields=["held_on"])
    _plan(now, reviewed.next_on, today)
    _save(now, Standing(now.standing))
    return key


@action("appraisal.end_support", apart=True)
def end_support(*, by: Scope, at: datetime, once: UUID, support: int, version: int, ended: Ended) -> int:  # noqa: PLR0913  # what came of it
    """Say what came of it: it ended well, goes on, closes, or a formal step follows, never while support is missing."""
    now = _locked(by, support)
    if found := _sent(now, once, ended.said):
        return found
    require(rules.end(by, queries.facts(now)))
    _fresh(now, version)
    _refuse(rules.outcome(queries.facts(now), ended.to))
    today = timezone.localdate(at)
    if ended.to is Standing.EXTENDED and ended.next_on is None:
        _refuse("Choose the day of the next review")
    key = _line(now, by, at, once, Kind.OUTCOME, said=ended.said)
    if ended.to is Standing.FORMAL and rules.support_lacking(queries.facts(now)):
        _line(now, by, at, _after(once), Kind.BASIS, said=_basis(now))
    _plan(now, ended.next_on if ended.to is Standing.EXTENDED else None, today)
    now.ended_on = today if ended.to in OVER else None
    if ended.to is Standing.ENDED_WELL and not now.apart:
        _record(now, today)
    _save(now, ended.to)
    return key


@action("appraisal.hand_support", apart=True)
def hand_support(*, by: Scope, at: datetime, once: UUID, support: int, version: int, supporter: int, said: str) -> int:  # noqa: PLR0913  # who, and why
    """Name somebody else who gives the support: whoever gave it sees it no longer."""
    now = _locked(by, support)
    if found := _sent(now, once, said):
        return found
    facts = queries.facts(now)
    require(rules.end(by, facts))
    _fresh(now, version)
    _supports(by, now.person_id, supporter, apart=facts.apart)
    key = _line(now, by, at, once, Kind.HANDED, said=said)
    now.supporter_id = supporter
    _save(now, Standing(now.standing))
    return key


@action("appraisal.correct_support", apart=True)
def correct_support(*, by: Scope, at: datetime, once: UUID, line: int, words: str) -> int:
    """Correct a line of one's own by a new one: what stood there stays."""
    found: SupportLine = get_object_or_404(SupportLine, pk=line, support__in=queries.known(by).values("pk"))
    now = _locked(by, found.support_id)
    if sent := _sent(now, once, words):
        return sent
    require(rules.correct(by, found.by_id, found.kind))
    own = now.person_id == by.person_id
    written = {"reply": words} if own else {"said": words}
    key = _line(now, by, at, once, Kind.CORRECTION, corrects=found, **written)
    _save(now, Standing(now.standing))
    return key


@action("appraisal.delete_support", apart=True)
def delete_support(*, by: Scope, at: datetime, support: int) -> None:
    """Delete support that is apart, its time being over: no one else could without knowing of it."""
    now = _locked(by, support)
    held = privacy.is_held(by, now.person_id)
    require(rules.delete(by, queries.facts(now), today=timezone.localdate(at), held=held))
    _audit(now, deleted=True)
    now.delete()


def _locked(by: Scope, key: int) -> Support:
    """Return support the reader knows of, one writer at a time. Errors: Http404."""
    School.objects.select_for_update().get(pk=by.school_id)
    found: Support = get_object_or_404(queries.known(by), pk=key)
    return found


def _fresh(now: Support, version: int) -> None:
    if now.version != version:
        raise Stale(CHANGED)


def _refuse(wrong: str | None) -> None:
    if wrong:
        raise Unusable(f"{wrong}. Nothing was saved.")


def _check(by: Scope, offered: Offered, today: date) -> None:
    """Refuse an offer to, or by, somebody who cannot be chosen, or with a day that cannot be. Errors: Unusable."""
    if offered.person not in queries.to_support(by):
        _refuse("Choose from the list who is offered support")
    _supports(by, offered.person, offered.supporter, apart=Role.HEADTEACHER in people.roles_here(by, offered.person))
    if not offered.reviews:
        _refuse("Choose the day of the first review")
    if len(set(offered.reviews)) < len(offered.reviews):
        _refuse("The second review is on the day of the first: choose another day, or leave it empty")
    for day in offered.reviews:
        _refuse(rules.review_on(day, today=today))


def _supports(by: Scope, person: int, supporter: int, *, apart: bool) -> None:
    if supporter == person or supporter not in queries.supporters(by, apart=apart):
        _refuse("Choose from the list who gives the support: somebody other than whom it is for")


def _sent(now: Support, once: UUID, words: str) -> int | None:
    """Return the key of the line that this very form made before, and say so to the audit.

    Errors: Stale where the form came with other words: those it brought first stand, and these are not dropped unsaid.
    """
    found = now.lines.filter(once=once).first()
    if found is None:
        return None
    if words not in {found.said, found.reply}:
        raise Stale(CHANGED)
    _audit(now, repeated=True)
    return found.pk


def _line(now: Support, by: Scope, at: datetime, once: UUID, kind: Kind, **more: Any) -> int:
    day = more.pop("on", None) or timezone.localdate(at)
    number = now.lines.count() + 1  # one writer at a time
    made = SupportLine.objects.create(
        support=now, once=once, number=number, kind=kind, on=day, at=at, by_id=by.person_id, **more
    )
    return made.pk


def _after(once: UUID) -> UUID:
    """Return the mark of a second line that one form makes."""
    return UUID(int=once.int ^ 1)


def _plan(now: Support, day: date | None, today: date) -> None:
    """Plan another review, where there is to be one."""
    if day is not None:
        _refuse(rules.review_on(day, today=today))
        if now.reviews.filter(due_on=day).exists():
            _refuse(f"A review stands for {in_words(day)} already: choose another day")
        SupportReview.objects.create(support=now, due_on=day)


def _basis(now: Support) -> str:
    """Say what came before a formal step where support was not taken: exactly that, in words of the product's own."""
    facts = queries.facts(now)
    how = "was declined" if facts.standing is Standing.DECLINED else "was not answered"
    days = listed([in_words(each) for each in facts.asked_on])
    return (
        f"The offer of {in_words(now.offered_on)} {how}. A reply was asked for on {days}. "
        f"Help noted: {facts.helped}. Reviews held: {facts.reviews}."
    )


def _record(now: Support, on: date) -> None:
    """Record, for whoever led it alone, that support ended well: nothing says for whom."""
    evidence.record(
        kind=KIND,
        words="Support for a colleague ended well",
        characteristics=SERVES,
        occurred_on=on,
        visibility=Visibility.PRIVATE,
        source=queries.source(now.pk),
    )


def _save(now: Support, to: Standing) -> None:
    now.standing, now.version = to, now.version + 1
    now.save(update_fields=["standing", "version", "supporter", "accepted_on", "yes_on", "ended_on"])
    _audit(now, version=now.version, standing=str(to))


def _audit(now: Support, **told: Fact) -> None:
    actions.audit(queries.source(now.pk), chain=None, detail=None, **told)
