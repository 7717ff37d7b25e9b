"""Writes of moderation: a group was looked at, whoever appraises was asked to look again, and answered."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from headship.appraisal import staff_moderation_lines as lines
from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_moderation_rules as rules
from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_choices import Looked
from headship.appraisal.staff_models import StaffCycle, StaffYear
from headship.appraisal.staff_moderation_models import StaffModeration
from headship.appraisal.staff_objective_actions import Whose
from headship.appraisal.staff_writing import audit, confirmed, day, fresh, locked, refuse, tell, writable
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, existing, require
from headship.core.scope import Scope

MOVED = "Something of this group changed since the page was shown. Nothing was noted: look at it as it is now."


@action("appraisal.note_looked_at", apart=True)
def note_looked_at(  # noqa: PLR0913  # what of which group, whose, and what was seen of them
    *, by: Scope, at: datetime, once: UUID, cycle: int, looked: Looked, years: Sequence[int], seen: str
) -> int:
    """Note that some years were looked at beside one another, with nothing to ask: of all of them, or none."""
    require(rules.look(by))
    locked(by)
    of = existing(queries.cycle(by, cycle))
    if StaffModeration.objects.filter(year__cycle=of, once__in=[uuid5(once, str(key)) for key in years]).exists():
        actions.audit(_source(of), repeated=True)
        return 0
    found = moderation.to_look_at(by, of, years)
    if shown(found, looked) != seen:
        raise Stale(MOVED)
    for each in found:
        _note(by, at, uuid5(once, str(each.pk)), each, looked)
    refuse(None if found else "There is nobody to look at yet")
    actions.audit(_source(of), looked=looked, people=len(found))
    return len(found)


def _note(by: Scope, at: datetime, once: UUID, year: StaffYear, looked: Looked) -> None:
    facts = queries.facts(by, year)
    require(rules.seen(by, facts))
    refuse(None if rules.stage(facts) == looked else rules.NOT_NOW.rstrip("."))
    refuse(_asked_already(year, looked))
    stands = lines.kept(lines.standing(year, looked))
    StaffModeration.objects.create(
        year=year, once=once, looked=looked, by_id=by.person_id, on=day(at), settled_on=day(at), before=stands,
        after=stands,
    )  # fmt: skip
    tell(year, by, at, f"{looked.words} looked at beside those of the group")


def shown(years: Sequence[StaffYear], looked: Looked) -> str:
    """Return what tells a page of a group from the same changed."""
    ordered = sorted(years, key=lambda year: year.pk)
    return lines.fingerprint([(year.pk, lines.standing(year, looked)) for year in ordered])


@action("appraisal.ask_to_look_again", apart=True)
def ask_to_look_again(*, by: Scope, at: datetime, once: UUID, year: int, version: int, whose: Whose, words: str) -> int:  # noqa: PLR0913  # whose, and what was asked
    """Ask whoever appraises to look again; the same form sent again gives the first one's key."""
    now = writable(by, year, rules.ask_again)
    if found := StaffModeration.objects.filter(year=now, once=once).first():
        audit(now, repeated=True)
        return found.pk
    fresh(now.version, version)
    confirmed(now, whose.person, whose.starts_in)
    looked = rules.stage(queries.facts(by, now))
    assert looked is not None  # the rule said so
    refuse(_asked_already(now, looked))
    made = StaffModeration.objects.create(
        year=now, once=once, looked=looked, by_id=by.person_id, on=day(at), asked=words,
        before=lines.kept(lines.standing(now, looked)),
    )  # fmt: skip
    audit(now, asked=made.pk, looked=looked)
    return made.pk


@action("appraisal.answer_look", apart=True)
def answer_look(*, by: Scope, at: datetime, year: int, version: int, words: str) -> None:
    """Answer what the headteacher asked, as whoever appraises; what was changed meanwhile is kept with it."""
    now = writable(by, year, rules.answer)
    one = moderation.open_one(now)
    if one is None:
        raise Stale("This was answered already. Nothing was saved.")
    fresh(one.version, version)
    looked = Looked(one.looked)
    one.answer, one.settled_on, one.version = words, day(at), version + 1
    one.after = lines.kept(lines.standing(now, looked))
    one.save(update_fields=["answer", "settled_on", "version", "after"])
    tell(now, by, at, f"{looked.words} looked at beside those of the group")
    audit(now, answered=one.pk, changed=one.after != one.before)


def _asked_already(year: StaffYear, looked: Looked) -> str | None:
    if moderation.open_one(year, looked) is None:
        return None
    return f"You asked about {year.person.name} already: wait for the answer, and leave them out until then"


def _source(cycle: StaffCycle) -> str:
    return f"appraisal.StaffCycle:{cycle.pk}"
