"""Writes of the course of somebody's year: their reflection, the mid-year review, review, statement, comment, lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.head_choices import Reached
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffRating, StaffReflection, StaffStatement, StaffYear
from headship.appraisal.staff_objective_actions import Whose
from headship.appraisal.staff_sealing import keep, uncommented
from headship.appraisal.staff_writing import audit, confirmed, day, fresh, moved, refuse, tell, writable
from headship.core.actions import action
from headship.core.errors import existing, require
from headship.core.pages import academic_year, in_words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence

KIND = "appraisal.staff_year"
SERVES = ("3.3",)


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating in a word ("": not rated), and what was seen, in words."""

    reached: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review: what was seen of each objective and of each part, by key."""

    objectives: Mapping[int, Rated]
    parts: Mapping[int, Rated]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement: the year as a whole, what to learn next, and what will be done about it."""

    overall: str
    needs: str = ""
    action: str = ""


@action("appraisal.write_staff_reflection", apart=True)
def write_staff_reflection(*, by: Scope, at: datetime, year: int, version: int, words: str, shown: bool) -> None:  # noqa: PLR0913  # what, and whether others read it
    """Write how one sees one's own year, and whether whoever appraises and the headteacher read it."""
    now = writable(by, year, rules.reflect)
    told = StaffReflection.objects.filter(year=now).first() or StaffReflection(year=now, version=0)
    fresh(told.version, version)
    told.words, told.version = words, version + 1
    told.shown_on = (told.shown_on or day(at)) if shown else None
    told.save()
    audit(now, reflection=told.version, shown=shown)


@action("appraisal.note_staff_halfway", apart=True)
def note_staff_halfway(*, by: Scope, at: datetime, year: int, version: int, whose: Whose, words: str) -> None:  # noqa: PLR0913  # whose, and what was said
    """Note the mid-year review; noted again, it is added to what was said before, with its day."""
    now = writable(by, year, rules.halfway, version)
    confirmed(now, whose.person, whose.starts_in)
    told = _statement(now)
    told.halfway = f"{told.halfway}\n\n{in_words(day(at))}: {words}" if told.halfway else words
    told.save()
    moved(now, StaffState.HALFWAY, half_on=now.half_on or day(at))
    tell(now, by, at, "Mid-year review noted")
    audit(now, state=now.state)


@action("appraisal.review_staff_year", apart=True)
def review_staff_year(*, by: Scope, at: datetime, year: int, version: int, whose: Whose, reviewed: Reviewed) -> None:  # noqa: PLR0913  # whose, and how it went
    """Review the year: objectives and parts, each in a word and in words. A part may stay without a rating."""
    now = writable(by, year, rules.review, version)
    confirmed(now, whose.person, whose.starts_in)
    words = {"", *Reached}
    rated = [*reviewed.objectives.values(), *reviewed.parts.values()]
    refuse(None if all(each.reached in words for each in rated) else "Choose each rating from the list")
    refuse(None if any(each.reached for each in rated) else "Rate at least one objective or part")
    for each in now.objectives.filter(dropped_on=None):
        its = reviewed.objectives.get(each.pk, Rated())
        each.reached, each.assessment, each.version = its.reached, its.words, each.version + 1
        each.save(update_fields=["reached", "assessment", "version"])
    for part in now.cycle.parts.all():
        its = reviewed.parts.get(part.pk, Rated())
        StaffRating.objects.update_or_create(year=now, part=part, defaults={"reached": its.reached, "words": its.words})
    moved(now, StaffState.REVIEWED, reviewed_on=now.reviewed_on or day(at))
    tell(now, by, at, "Review noted")
    audit(now, state=now.state, rated=sum(bool(each.reached) for each in rated))


@action("appraisal.take_back_staff_review", apart=True)
def take_back_staff_review(*, by: Scope, at: datetime, year: int, version: int, because: str) -> None:
    """Go back to the course of the year, with the reason: what was noted in the review stays, to be gone on with."""
    now = writable(by, year, rules.take_back_review, version)
    moved(now, rules.stands_at(half=now.half_on is not None), reviewed_on=None)
    tell(now, by, at, "Review taken back: the year goes on", because)
    audit(now, state=now.state)


@action("appraisal.draft_staff_statement", apart=True)
def draft_staff_statement(*, by: Scope, at: datetime, year: int, version: int, whose: Whose, stated: Stated) -> None:  # noqa: PLR0913  # whose, and what it says
    """Write the statement, or change its draft."""
    now = writable(by, year, rules.draft, version)
    confirmed(now, whose.person, whose.starts_in)
    told = _statement(now)
    told.overall, told.needs, told.action = stated.overall, stated.needs, stated.action
    told.save()
    moved(now)
    audit(now, version=now.version, at=day(at).isoformat())


@action("appraisal.give_staff_statement", apart=True)
def give_staff_statement(*, by: Scope, at: datetime, year: int, version: int, whose: Whose) -> None:
    """Give the statement to the person, for their comment."""
    now = writable(by, year, rules.give, version)
    confirmed(now, whose.person, whose.starts_in)
    told = _statement(now)
    standing = now.objectives.filter(dropped_on=None).order_by("pk").values_list("reached", "assessment")
    refuse(rules.finished(list(standing), told.overall, told.needs))
    refuse(moderation.ratings_wait(now))
    told.commented_on = None
    told.save()
    now.appeals.update(former=True)
    days = now.cycle.appeal_days
    until = day(at) + timedelta(days=days) if days is not None else None
    moved(now, StaffState.GIVEN, given_on=day(at), appeal_until=until)
    tell(now, by, at, "Statement given")
    audit(now, state=now.state)


@action("appraisal.take_back_staff_statement", apart=True)
def take_back_staff_statement(*, by: Scope, at: datetime, year: int, version: int, because: str) -> None:
    """Take the statement back to change it, with the reason: a copy of it stays, with the comment that was made."""
    now = writable(by, year, rules.take_back, version)
    kept = keep(at, now, stated=True)
    uncommented(now)
    moved(now, StaffState.REVIEWED, given_on=None, appeal_until=None)
    tell(now, by, at, "Statement taken back to be changed; a copy is kept", because)
    audit(now, state=now.state, copy=kept.number, seal=kept.seal)


@action("appraisal.comment_on_staff_statement", apart=True)
def comment_on_staff_statement(*, by: Scope, at: datetime, year: int, version: int, words: str) -> None:
    """Comment on one's own statement; no words say that one has none."""
    now = writable(by, year, rules.comment, version)
    told = _statement(now)
    told.comments, told.commented_on = words, day(at)
    told.save()
    moved(now)
    tell(now, by, at, "Commented" if words else "Nothing to add")
    audit(now, commented=bool(words))


@action("appraisal.complete_staff_year", apart=True)
def complete_staff_year(*, by: Scope, at: datetime, year: int, version: int, whose: Whose) -> None:
    """Complete the year and lock it, with a sealed copy of all of it."""
    now = writable(by, year, rules.appraise, version)
    confirmed(now, whose.person, whose.starts_in)
    commented = _statement(now).commented_on is not None
    facts = queries.facts(by, now)
    require(rules.complete(by, facts, commented=commented, given_on=now.given_on, today=day(at)))
    moved(now, StaffState.COMPLETE, completed_on=day(at))
    kept = keep(at, now, locked=True)
    tell(now, by, at, "Complete and locked; a copy is kept")
    evidence.record(
        kind=KIND,
        words=f"My appraisal for {academic_year(now.starts_in)} was completed",
        characteristics=SERVES,
        occurred_on=day(at),
        visibility=Visibility.PRIVATE,
        source=queries.source(now.pk),
        owner_id=now.person_id,
    )
    audit(now, state=now.state, copy=kept.number, seal=kept.seal)


@action("appraisal.reopen_staff_year", apart=True)
def reopen_staff_year(*, by: Scope, at: datetime, year: int, version: int, because: str) -> None:
    """Open a locked year again, with the reason; the locked copy stays as it was. A closed one goes on where it was."""
    now = writable(by, year, rules.reopen, version)
    if now.state == StaffState.CLOSED:
        moved(now, _stood(now))
        tell(now, by, at, "Opened again", because)
        audit(now, state=now.state)
        return
    last = existing(now.copies.filter(locked=True).order_by("-number").first())
    last.opened_on, last.because = day(at), because
    last.save(update_fields=["opened_on", "because"])
    uncommented(now)
    moved(now, StaffState.REVIEWED, completed_on=None, given_on=None, appeal_until=None)
    tell(now, by, at, "Opened again; the locked copy is kept")
    evidence.withdraw(source=queries.source(now.pk))
    audit(now, state=now.state)


@action("appraisal.take_up_staff_objectives", apart=True)
def take_up_staff_objectives(*, by: Scope, at: datetime, year: int, version: int, because: str) -> None:
    """Take set objectives up again, with the reason: a copy of what was set stays."""
    now = writable(by, year, rules.take_up, version)
    kept = keep(at, now, because=because)
    moved(now, StaffState.AIMING, set_on=None)
    tell(now, by, at, "Objectives taken up again; a copy of what was set is kept")
    audit(now, state=now.state, copy=kept.number, seal=kept.seal)


def _statement(now: StaffYear) -> StaffStatement:
    return StaffStatement.objects.filter(year=now).first() or StaffStatement(year=now)


def _stood(now: StaffYear) -> StaffState:
    """Return where a year stood before it was closed, by its days."""
    days = (
        (now.given_on, StaffState.GIVEN),
        (now.reviewed_on, StaffState.REVIEWED),
        (now.half_on, StaffState.HALFWAY),
        (now.set_on, StaffState.SET),
    )
    return next((state for on, state in days if on), StaffState.AIMING)
