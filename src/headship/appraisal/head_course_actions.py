"""Writes in the course of a headteacher's year: notes, what the head shows of their evidence, how they see it."""

from datetime import date, datetime
from uuid import UUID

from headship.appraisal import head_evidence, head_queries, head_rules
from headship.appraisal.head_choices import HeadState, Said
from headship.appraisal.head_writing import Whose, confirmed, day, fresh, moved, refuse, repeated, tell, writable
from headship.appraisal.models import HeadEvidence, HeadNote, HeadReflection, HeadStatement, HeadYear
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable
from headship.core.scope import Scope

TOLD = {Said.ONWARD: "The year goes on: the panel's meeting was not the one at its end"}


@action("appraisal.note_said", apart=True)
def note_said(  # noqa: PLR0913  # whose, which year, and what was said when
    *,
    by: Scope,
    at: datetime,
    once: UUID,
    year: int,
    whose: Whose,
    kind: Said,
    on: date,
    words: str,
    last: bool | None = None,
) -> int:
    """Note advice, a review or a meeting, moderation, or why the year goes on; again, it gives the first one's key.

    `last`: whether the panel's meeting was the one at the end, which ends mid-year and objectives; a meeting before the
    year's end is not, unless that is said.
    """
    now, _ = writable(by, year, head_rules.open_year)
    if repeated(found := HeadNote.objects.filter(year=now, once=once).first()):
        return found.pk
    writable(by, year, lambda facts: head_rules.note(facts, kind))
    confirmed(now, whose)
    ends = kind == Said.MEETING and (on >= now.ends_on if last is None else last)
    refuse(head_rules.happened_on(on, after=_before(now, kind, ends=ends), today=day(at)))
    of = _moderated(now) if kind == Said.MODERATION else None
    made = HeadNote.objects.create(
        year=now, once=once, kind=kind, on=on, words=words, by_id=by.person_id, of_version=of
    )
    _follow(now, kind, on, ends=ends)
    tell(now, by, at, TOLD.get(kind, f"{kind.words} noted"))
    actions.audit(f"appraisal.HeadNote:{made.pk}", year=now.pk, kind=kind, state=now.state)
    return made.pk


def _before(now: HeadYear, kind: Said, *, ends: bool) -> dict[str, date | None]:
    """Return the days that a note comes after, by what happened on them; objectives may be set anew after mid-year."""
    after: dict[str, date | None] = {"the panel was appointed": now.appointed_on}
    if kind in {Said.MODERATION, Said.ONWARD}:
        after["the panel met"] = now.met_on
    elif kind in {Said.HALFWAY, Said.MEETING}:
        anew = now.set_on and now.half_on and now.half_on < now.set_on  # set again after mid-year
        after["the objectives were set"] = now.set_on if ends or not anew else None
        after["the mid-year review was held"] = now.half_on if ends or anew else None
    return after


def _moderated(now: HeadYear) -> int:
    """Return which version of the statement is moderated. Errors: Unusable where there is no draft yet."""
    told = HeadStatement.objects.filter(year=now).first()
    if told is None:
        raise Unusable("There is no draft of the statement to moderate yet. Nothing was saved.")
    return told.version


def _follow(now: HeadYear, kind: Said, on: date, *, ends: bool) -> None:
    """Put a year where a note brings it: mid-year, the meeting at the end, or back from a meeting that was not that."""
    if kind == Said.HALFWAY:
        moved(now, HeadState.HALFWAY, half_on=on)
    elif ends:
        moved(now, HeadState.MET, met_on=on)
    elif kind == Said.ONWARD:
        moved(now, HeadState.HALFWAY if now.half_on else HeadState.SET, met_on=None)


@action("appraisal.show_evidence", apart=True)
def show_evidence(*, by: Scope, at: datetime, year: int, entries: dict[int, str]) -> int:
    """Show those who appraise one some entries of the profile, each with why; return how many are new."""
    now, _ = writable(by, year, lambda facts: head_rules.say_own(by, facts))
    allowed = head_evidence.showable(by).filter(pk__in=entries)
    if set(entries) - set(allowed.values_list("pk", flat=True)):
        raise Unusable("You can show what is yours or the school's. Choose from the list. Nothing was shown.")
    before = set(now.evidence.values_list("entry_id", flat=True))
    made = [
        HeadEvidence(year=now, entry_id=key, why=why, shown_on=day(at))
        for key, why in entries.items()
        if key not in before
    ]
    HeadEvidence.objects.bulk_create(made)
    actions.audit(head_queries.source(now.pk), shown=len(made))
    return len(made)


@action("appraisal.hide_evidence", apart=True)
def hide_evidence(*, by: Scope, at: datetime, year: int, evidence: int) -> None:
    """Take back an entry one showed; taken back twice is taken back once."""
    now, _ = writable(by, year, lambda facts: head_rules.say_own(by, facts))
    gone, _ = HeadEvidence.objects.filter(year=now, pk=evidence).delete()
    actions.audit(head_queries.source(now.pk), hidden=gone, at=day(at).isoformat())


@action("appraisal.write_head_reflection", apart=True)
def write_head_reflection(*, by: Scope, at: datetime, year: int, version: int, words: str, shown: bool) -> None:  # noqa: PLR0913  # as it was seen, what, and whether others read it
    """Write how one sees one's own year, and show it or keep it to oneself."""
    now, _ = writable(by, year, lambda facts: head_rules.say_own(by, facts))
    mine = HeadReflection.objects.filter(year=now).first() or HeadReflection(year=now, version=0)
    fresh(mine.version, version)
    if shown != bool(mine.shown_on):
        mine.shown_on = day(at) if shown else None
    mine.words, mine.version = words, version + 1
    mine.save()
    actions.audit(head_queries.source(now.pk), reflected=mine.version, shown=shown)


@action("appraisal.lend_copies", apart=True)
def lend_copies(*, by: Scope, at: datetime, year: int, version: int, shown: bool) -> None:
    """Let the panel of the year after read the locked copies of this one, or take that back."""
    now, _ = writable(by, year, lambda facts: head_rules.lend(by, facts), version)
    _lend(now, day(at) if shown else None)
    actions.audit(head_queries.source(now.pk), lent=shown)


def _lend(year: HeadYear, on: date | None) -> None:
    year.shown_on, year.version = on, year.version + 1
    year.save(update_fields=["shown_on", "version"])
