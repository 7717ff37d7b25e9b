"""Writes of a headteacher's objectives: drafted, in the head's own words, set by the panel, taken up again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404

from headship.appraisal import head_copies, head_plan, head_queries, head_rules, staff_copies
from headship.appraisal.head_choices import HeadState
from headship.appraisal.head_writing import (
    SET,
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
from headship.appraisal.models import HeadCopy, HeadObjective, HeadYear
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable
from headship.core.scope import Scope
from headship.standards import queries as standards

NONE_YET = "Write at least one objective before they are set"
LOOSE = "Say of every objective how it serves pupils and how it will be seen, before they are set"


@dataclass(frozen=True, slots=True)
class Aimed:
    """An objective: its words, how it serves pupils, how it will be seen, and what it is tied to ("p3", "o7")."""

    words: str
    pupils: str = ""
    measure: str = ""
    tied: str = ""
    weight: int | None = None
    characteristics: Sequence[str] = ()


@action("appraisal.add_head_objective", apart=True)
def add_head_objective(*, by: Scope, at: datetime, once: UUID, year: int, whose: Whose, aimed: Aimed) -> int:  # noqa: PLR0913  # whose, and what
    """Write an objective for the year; the same form sent again gives the first one's key."""
    now, _ = writable(by, year, lambda facts: head_rules.write_objectives(by, facts))
    confirmed(now, whose)
    if repeated(found := HeadObjective.objects.filter(year=now, once=once).first()):
        return found.pk
    made = HeadObjective(year=now, once=once, version=0)
    _write(made, by, aimed)
    tell(now, by, at, "An objective was added")
    actions.audit(_source(made), year=now.pk)
    return made.pk


@action("appraisal.change_head_objective", apart=True)
def change_head_objective(  # noqa: PLR0913  # which, as it was seen, and what
    *, by: Scope, at: datetime, year: int, objective: int, version: int, whose: Whose, aimed: Aimed
) -> None:
    """Change an objective that is not set yet."""
    now, _ = writable(by, year, lambda facts: head_rules.write_objectives(by, facts))
    confirmed(now, whose)
    one = _objective(now, objective, version)
    _write(one, by, aimed)
    tell(now, by, at, "An objective was changed")
    actions.audit(_source(one), version=one.version)


@action("appraisal.drop_head_objective", apart=True)
def drop_head_objective(*, by: Scope, at: datetime, year: int, objective: int, version: int) -> None:
    """Take an objective out before they are set."""
    now, _ = writable(by, year, lambda facts: head_rules.write_objectives(by, facts))
    one = _objective(now, objective, version)
    one.dropped_on, one.version = day(at), version + 1
    one.save(update_fields=["dropped_on", "version"])
    tell(now, by, at, "An objective was taken out")
    actions.audit(_source(one), dropped=True)


@action("appraisal.write_own_words", apart=True)
def write_own_words(*, by: Scope, at: datetime, year: int, objective: int, version: int, words: str) -> None:  # noqa: PLR0913  # which, as it was seen, and what
    """Write, as the headteacher, what one thinks of one's objective and how far it is."""
    now, _ = writable(by, year, lambda facts: head_rules.say_own(by, facts))
    one = _objective(now, objective, version)
    one.own_words, one.version = words, version + 1
    one.save(update_fields=["own_words", "version"])
    actions.audit(_source(one), version=one.version, at=day(at).isoformat())


@action("appraisal.set_head_objectives", apart=True)
def set_head_objectives(  # noqa: PLR0913  # whose, as it was seen, by which standards, told and set when
    *, by: Scope, at: datetime, year: int, version: int, whose: Whose, framework: str, told_on: date, set_on: date
) -> None:
    """Set the objectives: the headteacher was told the standards, and the adviser was consulted."""
    now, _ = writable(by, year, head_rules.set_objectives, version)
    confirmed(now, whose)
    rows = list(now.objectives.filter(dropped_on=None).order_by("pk"))
    refuse(None if rows else NONE_YET)
    refuse(LOOSE if any(not (each.pupils and each.measure) for each in rows) else None)
    refuse(head_plan.refusal(head_plan.tie(by), rows))
    refuse(head_rules.weights([each.weight for each in rows]))
    for on in (told_on, set_on):
        refuse(head_rules.readied_on(on, starts_on=now.starts_on, today=day(at)))
    refuse(head_rules.happened_on(set_on, after={"the panel was appointed": now.appointed_on}, today=day(at)))
    to = HeadState.HALFWAY if now.half_on else HeadState.SET
    moved(now, to, framework=framework, told_on=told_on, set_on=set_on)
    tell(now, by, at, "Standards told and objectives set")
    prove(now, SET, set_on)
    actions.audit(head_queries.source(now.pk), state=now.state, objectives=len(rows))


@action("appraisal.take_up_objectives", apart=True)
def take_up_objectives(*, by: Scope, at: datetime, year: int, version: int, because: str) -> None:
    """Take set objectives up again, with the reason: a copy of what was set stays."""
    now, _ = writable(by, year, head_rules.take_up, version)
    kept = keep(by, at, now, because=because)
    moved(now, HeadState.APPOINTED, set_on=None)
    unprove(now, SET)
    tell(now, by, at, "Objectives taken up again; a copy of what was set is kept")
    actions.audit(head_queries.source(now.pk), state=now.state, copy=kept.number, seal=kept.seal)


def keep(  # noqa: PLR0913  # whose, when, and what is kept why
    by: Scope, at: datetime, year: HeadYear, *, locked: bool = False, given: bool = False, because: str = ""
) -> HeadCopy:
    """Keep a sealed copy of what stands: the statement where it is locked or was given, else the objectives."""
    whole = head_queries.whole(by, year)
    told = head_copies.statement(whole) if locked or given else head_copies.objectives(whole)
    lines, salt = head_copies.kept(told), secrets.token_hex(16)
    return HeadCopy.objects.create(
        year=year,
        number=year.copies.count() + 1,
        made_on=day(at),
        locked=locked,
        given=given,
        lines=lines,
        salt=salt,
        seal=staff_copies.sealed(salt, lines),
        because=because,
    )


def _objective(year: HeadYear, key: int, version: int) -> HeadObjective:
    one: HeadObjective = get_object_or_404(HeadObjective, pk=key, year=year, dropped_on=None)
    fresh(one.version, version)
    return one


def _write(one: HeadObjective, by: Scope, aimed: Aimed) -> None:
    if aimed.tied and aimed.tied not in dict(head_plan.choices(by)):
        raise Unusable("Choose what of the plan it is tied to from the list. Nothing was saved.")
    kind, key = aimed.tied[:1], int(aimed.tied[1:] or 0)
    one.words, one.pupils, one.measure, one.weight = aimed.words, aimed.pupils, aimed.measure, aimed.weight
    one.priority_id, one.objective_id = (key if kind == "p" else None), (key if kind == "o" else None)
    one.version += 1
    one.save()
    one.characteristics.set(standards.characteristic_ids(head_queries.framework(one.year), aimed.characteristics))


def _source(one: HeadObjective) -> str:
    return f"appraisal.HeadObjective:{one.pk}"
