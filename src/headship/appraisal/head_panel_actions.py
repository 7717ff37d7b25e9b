"""Who appraises the headteacher: appointed by the board, recorded by the chair or the governance professional."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from headship.appraisal import head_queries, head_rules, own_rule_queries
from headship.appraisal.head_choices import Act, HeadState, Part, Said, Scheme
from headship.appraisal.head_queries import Offered
from headship.appraisal.head_writing import (
    APPOINTED,
    Whose,
    confirmed,
    day,
    moved,
    prove,
    recordable,
    refuse,
    repeated,
    tell,
    unprove,
)
from headship.appraisal.models import HeadMember, HeadNote, HeadYear
from headship.appraisal.own_rules import Ruled
from headship.core import actions
from headship.core.actions import action
from headship.core.errors import require
from headship.core.pages import academic_year, in_words
from headship.core.scope import Scope
from headship.privacy import queries as privacy
from headship.schools.models import School

WROTE = frozenset({Part.PANEL, Part.TRUST})
CANNOT_HEAR = "Nobody who ever sat on this year's panel, advised it or moderated hears the appeal: choose others"
NO_HEARER = "Choose at least one governor who hears the appeal"
NO_MODERATOR = "Another governor moderates: choose who moderates, or take that tick away"
NOT_MODERATED = "You chose who moderates: tick that another governor moderates, or choose nobody"
WRITTEN = "Something is written in this year already, so it is not removed. Close it without a statement, and say why"
HELD = "A legal hold stands: nothing may be deleted. Ask the data protection officer"
NOT_OFFERED = "Choose governors from the list: whoever works at the school cannot sit on the panel, moderate or hear"


@dataclass(frozen=True, slots=True)
class Appointed:
    """Who takes part: governors, the external adviser, and where it applies a trust leader and a moderator."""

    panel: Sequence[int] = ()
    adviser: int | None = None
    trust: int | None = None
    moderator: int | None = None

    @property
    def parts(self) -> Mapping[Part, frozenset[int]]:
        """Who does what."""
        return {
            Part.PANEL: frozenset(self.panel),
            Part.ADVISER: frozenset(filter(None, (self.adviser,))),
            Part.TRUST: frozenset(filter(None, (self.trust,))),
            Part.MODERATOR: frozenset(filter(None, (self.moderator,))),
        }


@dataclass(frozen=True, slots=True)
class Minuted:
    """What the board settled: in which meeting, when, by which scheme, what the statement holds, and what is planned.

    `pay`: whether the statement recommends what follows for pay. `moderated`: whether another governor reads it first.
    """

    meeting: str
    on: date
    scheme: Scheme = Scheme.PANEL
    pay: bool = False
    moderated: bool = False
    policy_held: bool = False
    appeal_days: int | None = None
    half_due_on: date | None = None
    meeting_due_on: date | None = None


@action("appraisal.appoint_panel", apart=True)
def appoint_panel(  # noqa: PLR0913  # whose year, when, who, and what the board settled
    *,
    by: Scope,
    at: datetime,
    once: UUID,
    head: int,
    starts_on: date,
    ends_on: date,
    who: Appointed,
    minuted: Minuted,
    framework: str = "",
) -> int:
    """Record who appraises a headteacher in a year; the same form sent again gives the first one's key."""
    require(head_rules.record(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if repeated(found := HeadYear.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    starts_in = head_rules.year_named(starts_on)
    offered = head_queries.offered(by)
    refuse(None if head in dict(offered.heads) else "Choose the headteacher from the list")
    refuse(_taken(by, head, starts_in))
    refuse(head_rules.span(starts_on, ends_on, day(at)))
    refuse(head_rules.minuted_on(minuted.on, starts_on=starts_on, today=day(at)))
    ruled = own_rule_queries.ruled(by, ends_on)
    refuse(_planned(minuted, starts_on, head_rules.statement_by(ends_on, ruled)))
    refuse(fault(offered, head, who, minuted, ruled))
    made = HeadYear.objects.create(
        school_id=by.school_id,
        once=once,
        head_id=head,
        starts_in=starts_in,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_on=minuted.on,
        recorded_by_id=by.person_id,
        framework=framework,
        **_settled(minuted),
    )
    _name(by, made, who.parts, minuted.on)
    tell(made, by, at, f"Panel and adviser appointed: {minuted.meeting}"[:200])
    prove(made, APPOINTED, minuted.on)
    actions.audit(head_queries.source(made.pk), head=head, year=starts_in, scheme=minuted.scheme, panel=len(who.panel))
    return made.pk


@action("appraisal.change_panel", apart=True)
def change_panel(  # noqa: PLR0913  # which year, as it was seen, who, and what the board settled
    *, by: Scope, at: datetime, year: int, version: int, who: Appointed, minuted: Minuted
) -> None:
    """Record that the board appointed others. Whoever is no longer named reads nothing from now on."""
    now = recordable(by, year, version)
    require(head_rules.change_panel(HeadState(now.state)))
    refuse(head_rules.happened_on(minuted.on, after={"the panel was appointed": now.appointed_on}, today=day(at)))
    ruled = own_rule_queries.ruled(by, now.ends_on)
    refuse(_planned(minuted, now.starts_on, head_rules.statement_by(now.ends_on, ruled)))
    wrote = head_queries.ever(now, WROTE)
    refuse(fault(head_queries.offered(by), now.head_id, who, minuted, ruled, wrote))
    switched = _switched(now, minuted)
    for name, value in _settled(minuted).items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    named = _name(by, now, who.parts, minuted.on)
    tell(now, by, at, f"Who takes part was recorded anew: {minuted.meeting}, {in_words(minuted.on)}"[:200])
    for words in (*switched, *named):
        tell(now, by, at, words)
    actions.audit(head_queries.source(now.pk), version=now.version, scheme=minuted.scheme, panel=len(who.panel))


@action("appraisal.name_hearers", apart=True)
def name_hearers(*, by: Scope, at: datetime, year: int, version: int, hearers: Sequence[int], meeting: str) -> None:  # noqa: PLR0913  # which year, as it was seen, who, and where it was settled
    """Record which governors hear an appeal: nobody who ever had another part in that year, also if it ended."""
    now = recordable(by, year, version)
    require(head_rules.name_hearers(HeadState(now.state)))
    chosen = frozenset(hearers)
    refuse(None if chosen else NO_HEARER)
    refuse(NOT_OFFERED if chosen - set(dict(head_queries.offered(by).governors)) else None)
    refuse(CANNOT_HEAR if chosen & head_queries.ever(now, frozenset(Part) - {Part.APPEAL}) else None)
    now.version += 1
    now.save(update_fields=["version"])
    named = _name(by, now, {Part.APPEAL: chosen}, day(at))
    tell(now, by, at, f"Who hears the appeal was recorded: {meeting}"[:200])
    for words in named:
        tell(now, by, at, words)
    actions.audit(head_queries.source(now.pk), version=now.version, hearers=len(chosen))


def fault(  # noqa: PLR0913, PLR0917  # who was chosen, and what it is held against
    offered: Offered, head: int, who: Appointed, minuted: Minuted, ruled: Ruled, wrote: frozenset[int] = frozenset()
) -> str | None:
    """Return what is wrong with who was chosen, or nothing. `wrote`: whoever appraised in this year before."""
    moderators = {*filter(None, (who.moderator,))}
    if wrong := _unlisted(offered, head, who):
        return wrong
    if wrong := head_rules.fits(ruled, minuted.scheme, who.panel, bool(who.adviser), bool(who.trust)):
        return wrong
    panel = {*who.panel, *filter(None, (who.trust,))}
    if wrong := head_rules.apart(panel | wrote, moderators, {who.adviser}):
        return wrong
    if minuted.moderated == bool(moderators):
        return None
    return NO_MODERATOR if minuted.moderated else NOT_MODERATED


def _unlisted(offered: Offered, head: int, who: Appointed) -> str | None:
    """Return who of those chosen is not among those offered, or appraises themself, or nothing."""
    chosen = {*who.panel, *filter(None, (who.moderator,))}
    if chosen - set(dict(offered.governors)):
        return NOT_OFFERED
    if who.adviser and who.adviser not in dict(offered.advisers):
        return "Choose the external adviser from the list"
    if who.trust and who.trust not in dict(offered.trust):
        return "Choose the leader of the trust from the list"
    if head in {*chosen, who.adviser, who.trust}:
        return "Nobody appraises themselves: choose somebody else"
    return None


def _taken(by: Scope, head: int, starts_in: int) -> str | None:
    if not head_queries.years(by).filter(head_id=head, starts_in=starts_in).exists():
        return None
    return f"The panel of {academic_year(starts_in)} is recorded already: open it and change it there"


def _planned(minuted: Minuted, starts_on: date, last: date) -> str | None:
    days = (minuted.half_due_on, minuted.meeting_due_on)
    return next(filter(None, (head_rules.planned_on(on, starts_on=starts_on, last=last) for on in days)), None)


def _settled(minuted: Minuted) -> dict[str, object]:
    names = ("meeting", "scheme", "pay", "moderated", "policy_held", "appeal_days", "half_due_on", "meeting_due_on")
    return {name: getattr(minuted, name) for name in names}


def _switched(year: HeadYear, minuted: Minuted) -> list[str]:
    """Say what the headteacher must know of what was settled anew, before it takes effect."""
    told = []
    if year.moderated != minuted.moderated:
        told.append(f"Another governor {'moderates' if minuted.moderated else 'no longer moderates'} the statement")
    if year.pay != minuted.pay:
        told.append(f"The statement {'recommends' if minuted.pay else 'no longer recommends'} what follows for pay")
    if year.scheme != minuted.scheme:
        told.append(f"Who appraises: {minuted.scheme.words[:1].lower()}{minuted.scheme.words[1:]}")
    return told


def _name(by: Scope, year: HeadYear, parts: Mapping[Part, frozenset[int]], on: date) -> list[str]:
    """Name whoever is new in these parts, and end what others did; return both in words, for the year's history."""
    running = {(each.part, each.person_id): each for each in year.members.filter(ended_on=None, part__in=parts)}
    wanted = {(str(part), person) for part, people in parts.items() for person in people}
    gone, new = sorted(running.keys() - wanted), sorted(wanted - running.keys())
    for key in gone:
        running[key].ended_on = on
        running[key].save(update_fields=["ended_on"])
    HeadMember.objects.bulk_create(HeadMember(year=year, part=part, person_id=person, since=on) for part, person in new)
    names = head_queries.names_of(by, year)
    return [
        *(
            f"{names.get(key, 'Somebody who left')} takes no part any more ({Part(part).words.lower()})"[:200]
            for part, key in gone
        ),
        *(f"{names[key]} takes part ({Part(part).words.lower()})"[:200] for part, key in new),
    ]


@action("appraisal.close_head_year", apart=True)
def close_head_year(  # noqa: PLR0913  # whose, which, as it was seen, and why
    *, by: Scope, at: datetime, once: UUID, year: int, version: int, whose: Whose, because: str
) -> None:
    """Close a year that comes to no statement, with the reason: nobody but the headteacher reads it from now on."""
    now = recordable(by, year, version)
    require(head_rules.close(by, HeadState(now.state)))
    confirmed(now, whose)
    refuse(_not(now, Act.CLOSE))
    moved(now, HeadState.CLOSED, closed_on=day(at))
    if not _happened(now):
        unprove(now, APPOINTED)  # a year in which nothing happened is evidence of nothing
    _say(now, by, at, once, Said.CLOSED, because)
    tell(now, by, at, "Closed without a statement")
    actions.audit(head_queries.source(now.pk), state=now.state)


@action("appraisal.resume_head_year", apart=True)
def resume_head_year(  # noqa: PLR0913  # whose, which, as it was seen, and why
    *, by: Scope, at: datetime, once: UUID, year: int, version: int, whose: Whose, because: str
) -> None:
    """Open a closed year again where it stood, with the reason."""
    now = recordable(by, year, version)
    require(head_rules.close(by, HeadState(now.state)))
    confirmed(now, whose)
    refuse(_not(now, Act.RESUME))
    moved(now, _stood(now), closed_on=None)
    if not _happened(now):
        prove(now, APPOINTED, now.appointed_on)
    _say(now, by, at, once, Said.ONWARD, because)
    tell(now, by, at, "Opened again where it stood")
    actions.audit(head_queries.source(now.pk), state=now.state)


@action("appraisal.remove_head_year", apart=True)
def remove_head_year(*, by: Scope, at: datetime, year: int, version: int, whose: Whose) -> None:
    """Remove a year that was recorded by mistake, while nothing is written in it; its evidence is withdrawn.

    A panel whose reading it ended does not read again: what was agreed before stands.
    """
    now = recordable(by, year, version)
    require(head_rules.remove(by, HeadState(now.state)))
    confirmed(now, whose)
    refuse(WRITTEN if head_queries.written(now) else None)
    refuse(HELD if any(privacy.is_held(by, each) for each in _named_in(now)) else None)
    unprove(now, APPOINTED)
    actions.audit(head_queries.source(now.pk), removed=True, on=day(at).isoformat())
    before = head_queries.ended(by)
    now.delete()
    for each in before - head_queries.ended(by):
        each.members.filter(ended_on=None).update(ended_on=day(at))
        tell(each, by, at, "Its panel's reading stays ended, though the later year was removed")
    for each in head_queries.years(by).filter(head_id=whose.head):
        tell(each, by, at, f"The record of {academic_year(whose.starts_in)}, in which nothing was written, was removed")


def _named_in(now: HeadYear) -> frozenset[int]:
    """Return everybody of whom a row goes with a year: whose it is, who recorded it, took part or wrote its history."""
    others = (now.members.values_list("person_id", flat=True), now.changes.values_list("by_id", flat=True))
    return frozenset({now.head_id, now.recorded_by_id}.union(*others))


def _happened(now: HeadYear) -> bool:
    """Whether anything happened in a year: objectives were set, also if taken up again, or something was noted."""
    said = now.notes.exclude(kind__in=(Said.CLOSED, Said.ONWARD))
    return now.set_on is not None or now.copies.exists() or said.exists()


def _say(now: HeadYear, by: Scope, at: datetime, once: UUID, kind: Said, words: str) -> None:  # noqa: PLR0913, PLR0917  # what is noted
    HeadNote.objects.create(year=now, once=once, kind=kind, on=day(at), words=words, by_id=by.person_id)


def _not(now: HeadYear, act: Act) -> str | None:
    wrong = head_rules.starts(HeadState(now.state), act)
    return wrong.removesuffix(".") if wrong else None


def _stood(now: HeadYear) -> HeadState:
    """Return where a year stood before it was closed, by its days."""
    days = (
        (now.given_on, HeadState.GIVEN),
        (now.met_on, HeadState.MET),
        (now.set_on and now.half_on, HeadState.HALFWAY),
        (now.set_on, HeadState.SET),
    )
    return next((state for on, state in days if on), HeadState.APPOINTED)
