"""Writes of a headteacher's statement: drafted, given, commented on, locked, opened again, and appealed against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from headship.appraisal import head_queries, head_rules, own_rule_queries
from headship.appraisal.head_choices import HeadState, Part, Reached, Result
from headship.appraisal.head_objective_actions import keep
from headship.appraisal.head_writing import (
    AGREED,
    Whose,
    confirmed,
    day,
    fresh,
    moved,
    prove,
    refuse,
    repeated,
    tell,
    unprove,
    writable,
)
from headship.appraisal.models import HeadAppeal, HeadStatement, HeadYear
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable, existing
from headship.core.scope import Scope

UNMODERATED = (
    "Another governor moderates here before the headteacher gets the statement, as it stands now: ask them to note it"
)
NO_MODERATOR = (
    "Another governor moderates here, and nobody is named who is a governor today. The chair or the governance "
    "professional changes who appraises, and names somebody or ends moderation"
)
UNFINISHED = "Assess every objective and the standards, and say what to learn next, before the headteacher gets it"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a statement says. `reached` and `assessments` are by objective."""

    standards: str = ""
    needs: str = ""
    action: str = ""
    pay: str = ""
    reached: Mapping[int, str] | None = None
    assessments: Mapping[int, str] | None = None


@action("appraisal.draft_statement", apart=True)
def draft_statement(*, by: Scope, at: datetime, year: int, version: int, whose: Whose, judged: Judged) -> None:  # noqa: PLR0913  # whose, as it was seen, and what it says
    """Write the statement, or change its draft."""
    now, _ = writable(by, year, head_rules.draft)
    confirmed(now, whose)
    told = HeadStatement.objects.filter(year=now).first() or HeadStatement(year=now, version=0)
    fresh(told.version, version)
    if judged.pay and not now.pay:
        raise Unusable("Statements here say nothing of pay: the board did not switch that on. Nothing was saved.")
    told.standards, told.needs, told.action, told.pay = judged.standards, judged.needs, judged.action, judged.pay
    told.version += 1
    told.save()
    _assess(now, judged)
    actions.audit(head_queries.source(now.pk), statement=told.version, at=day(at).isoformat())


@action("appraisal.give_statement", apart=True)
def give_statement(*, by: Scope, at: datetime, year: int, version: int, whose: Whose) -> None:
    """Give the statement to the headteacher, for their comments."""
    now, _ = writable(by, year, head_rules.give, version)
    confirmed(now, whose)
    refuse(None if _finished(now) else UNFINISHED)
    refuse(_unmoderated(by, now))
    moved(now, HeadState.GIVEN, given_on=day(at))
    tell(now, by, at, "Statement given to the headteacher")
    actions.audit(head_queries.source(now.pk), state=now.state)


@action("appraisal.take_back_statement", apart=True)
def take_back_statement(*, by: Scope, at: datetime, year: int, version: int) -> None:
    """Take the statement back to change it: a copy of what the headteacher had, and of their comments on it, is kept.

    The comments stay, as said of an earlier statement, until the headteacher writes others.
    """
    now, _ = writable(by, year, head_rules.take_back, version)
    kept = keep(by, at, now, given=True)
    _anew(now)
    moved(now, HeadState.MET, given_on=None)
    tell(now, by, at, "Statement taken back to be changed; a copy of it is kept")
    actions.audit(head_queries.source(now.pk), state=now.state, copy=kept.number, seal=kept.seal)


@action("appraisal.comment_on_statement", apart=True)
def comment_on_statement(*, by: Scope, at: datetime, year: int, version: int, words: str) -> None:
    """Comment, as the headteacher, on the statement; no words say that one has none."""
    now, _ = writable(by, year, lambda facts: head_rules.comment(by, facts))
    told = existing(HeadStatement.objects.filter(year=now).first())
    fresh(told.version, version)
    told.comments, told.commented_on, told.version = words, day(at), version + 1
    told.save(update_fields=["comments", "commented_on", "version"])
    tell(now, by, at, "The headteacher commented" if words else "The headteacher has no comments")
    actions.audit(head_queries.source(now.pk), commented=bool(words))


@action("appraisal.lock_statement", apart=True)
def lock_statement(*, by: Scope, at: datetime, year: int, version: int, whose: Whose) -> None:
    """Agree the statement and lock the year, with a copy of all of it."""
    told = HeadStatement.objects.filter(year_id=year).first()
    now, _ = writable(by, year, head_rules.appraise, version)
    commented, on = bool(told and told.commented_on), day(at)
    writable(by, year, lambda its: head_rules.agree(its, commented=commented, given_on=now.given_on, today=on))
    confirmed(now, whose)
    now.agreed_on = on  # the copy says so as well
    mend_by = now.mend_by or head_rules.statement_by(now.ends_on, own_rule_queries.ruled(by, now.ends_on))
    kept = keep(by, at, now, locked=True)  # while whoever locks it still reads it all
    moved(now, HeadState.AGREED, agreed_on=on, mend_by=mend_by)
    tell(now, by, at, "Statement agreed; the year is locked")
    prove(now, AGREED, on)
    actions.audit(head_queries.source(now.pk), state=now.state, copy=kept.number, seal=kept.seal)


@action("appraisal.reopen_year", apart=True)
def reopen_year(*, by: Scope, at: datetime, year: int, version: int, because: str) -> None:
    """Open a locked year again, with the reason; the locked copy stays as it was."""
    now, _ = writable(by, year, head_rules.reopen, version)
    _reopen(now, because, day(at))
    tell(now, by, at, "Opened again; the locked copy is kept")
    actions.audit(head_queries.source(now.pk), state=now.state)


@action("appraisal.lodge_appeal", apart=True)
def lodge_appeal(*, by: Scope, at: datetime, once: UUID, year: int, grounds: str) -> int:
    """Appeal, as the headteacher, against a statement; the same form sent again gives the first one's key."""
    now, _ = writable(by, year, lambda facts: head_rules.own(by, facts))
    if repeated(found := HeadAppeal.objects.filter(year=now, once=once).first()):
        return found.pk
    writable(by, year, lambda facts: head_rules.appeal(by, facts))
    made = HeadAppeal.objects.create(
        year=now,
        once=once,
        lodged_on=day(at),
        grounds=grounds,
        against=head_queries.last_locked(now),
    )
    moved(now, HeadState.APPEALED)
    tell(now, by, at, "The headteacher appealed")
    actions.audit(f"appraisal.HeadAppeal:{made.pk}", year=now.pk)
    return made.pk


@action("appraisal.hear_appeal", apart=True)
def hear_appeal(*, by: Scope, at: datetime, year: int, version: int, on: date, result: Result, words: str) -> None:  # noqa: PLR0913  # when it was heard, how it ended, and why
    """Say how an appeal ended: the statement stands, or is written anew and the locked copy kept."""
    now, _ = writable(by, year, head_rules.hear, version)
    open_one = existing(now.appeals.filter(heard_on=None).order_by("-pk").first())
    refuse(head_rules.happened_on(on, after={"the appeal was made": open_one.lodged_on}, today=day(at)))
    open_one.heard_on, open_one.result, open_one.words, open_one.heard_by_id = on, result, words, by.person_id
    open_one.save(update_fields=["heard_on", "result", "words", "heard_by"])
    if result == Result.UPHELD:
        _reopen(now, "The appeal was upheld.", day(at))
    else:
        moved(now, HeadState.AGREED)
    now.members.filter(part=Part.APPEAL, ended_on=None).update(ended_on=day(at))
    tell(now, by, at, "The appeal was heard")
    actions.audit(f"appraisal.HeadAppeal:{open_one.pk}", state=now.state)


def _unmoderated(by: Scope, year: HeadYear) -> str | None:
    if not year.moderated or head_queries.moderated(year):
        return None
    return UNMODERATED if head_queries.moderators(by, year) else NO_MODERATOR


def _reopen(year: HeadYear, because: str, on: date) -> None:
    last = existing(year.copies.filter(locked=True).order_by("-number").first())
    last.opened_on, last.because = on, because
    last.save(update_fields=["opened_on", "because"])
    _anew(year)
    unprove(year, AGREED)
    moved(year, HeadState.MET, agreed_on=None, given_on=None)


def _anew(year: HeadYear) -> None:
    """Say that a statement is another one from now on: no comments were made on it, and nobody moderated it."""
    HeadStatement.objects.filter(year=year).update(commented_on=None, version=F("version") + 1)


def _assess(year: HeadYear, judged: Judged) -> None:
    for each in year.objectives.filter(dropped_on=None):
        said = (judged.reached or {}).get(each.pk, "")
        if said and said not in set(Reached):
            raise Unusable("Choose how far each objective was reached from the list. Nothing was saved.")
        each.reached, each.assessment = said, (judged.assessments or {}).get(each.pk, "")
        each.version += 1
        each.save(update_fields=["reached", "assessment", "version"])


def _finished(year: HeadYear) -> bool:
    told = HeadStatement.objects.filter(year=year).first()
    rows = list(year.objectives.filter(dropped_on=None))
    assessed = bool(rows) and all(each.reached for each in rows)
    return bool(told and told.standards and told.needs and told.action and assessed)
