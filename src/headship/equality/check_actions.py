"""Writes of equality checks: whether something needs one, what was found, and that it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, existing, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.equality import queries, rules
from headship.equality.choices import PROTECTED, CheckState, Effect, Subject
from headship.equality.models import Check, CheckChange, Finding
from headship.evidence import actions as evidence
from headship.schools.models import School
from headship.strategy.plan_actions import fresh, owned, refuse, repeated

KIND = "equality.check"
SERVES = ("2.1",)


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether a check is needed: who makes it by when, or why there is none."""

    needed: bool
    because: str = ""
    owner: int | None = None
    due_on: date | None = None

    @property
    def state(self) -> CheckState:
        """The state it makes."""
        return CheckState.NEEDED if self.needed else CheckState.NOT_NEEDED


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: by protected characteristic an effect and words; what it rests on, and what is changed."""

    effects: Mapping[str, tuple[Effect | None, str]]
    evidence: str = ""
    changed: str = ""
    review_on: date | None = None


@action("equality.settle_check")
def settle_check(*, by: Scope, at: datetime, once: UUID, kind: Subject, of: int, settled: Settled) -> int:  # noqa: PLR0913  # what, of what
    """Say whether something needs a check; the same form sent again gives the first one's key."""
    require(rules.check(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time: there is one check of each
    about = existing(queries.about(by, kind, of))
    found = queries.checks_of(by, [about.source]).get(about.source)
    if found and found.once != once:
        raise Stale("Somebody said so first: open what it is about, and read there what they said. Nothing was saved.")
    if repeated(found):
        return found.pk
    made = Check(school_id=by.school_id, once=once, **{kind.key: of})
    _settle(by, at, made, settled)
    actions.audit(f"equality.Check:{made.pk}", of=about.source, state=made.state)
    return made.pk


@action("equality.change_check")
def change_check(*, by: Scope, at: datetime, check: int, version: int, settled: Settled) -> None:
    """Say anew whether a check is needed, who makes it and by when; one that is done is made again."""
    require(rules.check(by))
    now = _locked(by, check, version)
    to = settled.state
    if to != now.state:
        refuse(rules.resettled(CheckState(now.state), to))
    now.version += 1
    _settle(by, at, now, settled)
    actions.audit(f"equality.Check:{now.pk}", state=now.state, version=now.version)


@action("equality.write_check")
def write_check(*, by: Scope, at: datetime, check: int, version: int, found: Found, done: bool) -> None:  # noqa: PLR0913  # a check's parts
    """Keep what a check found so far, or say that it is done."""
    now = _locked(by, check, version)
    require(rules.make(by, CheckState(now.state), now.owner_id))
    if done:
        refuse(_lacks(found, timezone.localdate(at)))
    now.evidence, now.changed, now.review_on = found.evidence, found.changed, found.review_on
    now.version += 1
    if done:
        now.state, now.done_on, now.done_by_id = CheckState.DONE, timezone.localdate(at), by.person_id
    now.save()
    _keep(now, found)
    if done:
        _record(now)
        _tell(now, by, at, "Done")
    actions.audit(f"equality.Check:{now.pk}", state=now.state, version=now.version)


def _lacks(found: Found, today: date) -> str | None:
    again = rules.looked_again(found.review_on, today=today)
    return again or rules.complete(found.effects, found.evidence, found.changed)


def _settle(by: Scope, at: datetime, now: Check, settled: Settled) -> None:
    refuse(
        rules.settled(
            needed=settled.needed, because=settled.because, owner=settled.owner, due_on=settled.due_on
        )
    )  # fmt: skip
    if settled.owner is not None and settled.owner != now.owner_id:
        owned(by, settled.owner)
    was, now.state = now.state, settled.state
    now.because, now.settled_on = settled.because, timezone.localdate(at)
    now.owner_id, now.due_on = (settled.owner, settled.due_on) if settled.needed else (None, None)
    now.save()
    if was == CheckState.DONE and settled.needed:
        _tell(now, by, at, "To be made again")
    else:
        _tell(now, by, at, "Said that it is needed" if settled.needed else "Said that it is not needed")


def _keep(now: Check, found: Found) -> None:
    """Write the findings anew: those that say nothing yet are left out."""
    Finding.objects.filter(of=now).delete()
    Finding.objects.bulk_create(
        Finding(of=now, characteristic=code, effect=effect, words=words)
        for code, (effect, words) in found.effects.items()
        if code in PROTECTED and effect is not None
    )


def _record(now: Check) -> None:
    """Record as evidence that a check is done, without the words of what it is about: its class may change."""
    about = queries.subject(now)
    assert now.done_on is not None  # it is done
    evidence.record(
        kind=KIND,
        words=f"An equality check of a {about.kind.words.lower()} was done",
        characteristics=SERVES,
        occurred_on=now.done_on,
        visibility=Visibility(about.visibility),
        source=queries.check_source(now.pk),
    )


def _locked(by: Scope, key: int, version: int) -> Check:
    """Return a check to write to. Errors: Http404 where its writer may not know of what it is about, Stale."""
    existing(queries.check(by, key))
    now: Check = get_object_or_404(
        Check.objects.select_for_update(of=("self",)).select_related(*queries.ABOUT),
        pk=key,
        school_id=by.school_id,
    )
    fresh(now.version, version)
    return now


def _tell(of: Check, by: Scope, at: datetime, words: str) -> None:
    CheckChange.objects.create(of=of, on=timezone.localdate(at), by_id=by.person_id, words=words)
