"""Writes of the map of who decides: a list to begin with, areas, and who has which part in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.people.holders import holders
from headship.schools.models import School
from headship.strategy import plan_actions, rights_queries, rights_rules
from headship.strategy.models import Area, AreaVersion, Right
from headship.strategy.rights_choices import USUAL_AREAS, Part, Party

KIND = "strategy.rights"
SERVES = ("3.6",)
NOT_OFFERED = "Choose everybody from the lists. Nothing was saved."


@dataclass(frozen=True, slots=True)
class Agreed:
    """An area and who has which part in it from a day on. Parties stand as their codes; each decider with a limit."""

    name: str
    since: date
    words: str = ""
    decides: Sequence[tuple[str, str]] = ()
    consulted: Sequence[str] = ()
    told: Sequence[str] = ()

    def parts(self) -> Iterator[tuple[Part, str, str]]:
        """Yield who has which part within which limit: nobody twice, the greater part first."""
        every = [
            *((Part.DECIDES, code, limit) for code, limit in self.decides),
            *((Part.CONSULTED, code, "") for code in self.consulted),
            *((Part.TOLD, code, "") for code in self.told),
        ]
        seen: set[str] = set()
        for part, code, limit in every:
            if code not in seen:
                seen.add(code)
                yield part, code, limit


@action("strategy.take_usual_areas")
def take_usual_areas(*, by: Scope, at: datetime) -> int:
    """Take over the list to begin with; what has its name already is left alone. Returns how many were added."""
    require(rights_rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that no name comes twice
    known = {name.casefold() for _, name in rights_queries.names(by)}
    fresh = [(name, words) for name, words in USUAL_AREAS if name.casefold() not in known]
    for name, words in fresh:
        made = Area.objects.create(school_id=by.school_id, once=uuid4())
        _write(made, by, at, Agreed(name, timezone.localdate(at), words))
    actions.audit(f"schools.School:{by.school_id}", added=len(fresh))
    return len(fresh)


@action("strategy.add_area")
def add_area(*, by: Scope, at: datetime, once: UUID, agreed: Agreed) -> int:
    """Add an area with who decides it; the same form sent again gives the first one's key."""
    require(rights_rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if plan_actions.repeated(found := Area.objects.filter(school_id=by.school_id, once=once).first()):
        return found.pk
    _check(by, at, agreed, [name for _, name in rights_queries.names(by)], before=None, held=set())
    made = Area.objects.create(school_id=by.school_id, once=once)
    _write(made, by, at, agreed)
    _record(made, agreed)
    actions.audit(f"strategy.Area:{made.pk}", version=1)
    return made.pk


@action("strategy.change_area")
def change_area(*, by: Scope, at: datetime, area: int, version: int, agreed: Agreed) -> None:
    """Say anew what an area is and who decides it; what held before stays to be told."""
    require(rights_rules.edit(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that no name comes twice
    now = _locked(by, area, version)
    stands = rights_queries.stands(now.versions.get(version=now.version))
    others = [name for key, name in rights_queries.names(by) if key != now.pk]
    held = {each.party.code for each in stands.held}
    _check(by, at, agreed, others, before=stands.since, held=held)
    now.version += 1
    now.save(update_fields=["version"])
    _write(now, by, at, agreed)
    evidence.withdraw(source=rights_queries.source(now.pk))
    _record(now, agreed)
    actions.audit(f"strategy.Area:{now.pk}", version=now.version)


@action("strategy.end_area")
def end_area(*, by: Scope, at: datetime, area: int, version: int) -> None:
    """Take an area off the map; what held on earlier days can still be told."""
    require(rights_rules.edit(by))
    now = _locked(by, area, version)
    now.ended_on = timezone.localdate(at)
    now.save(update_fields=["ended_on"])
    actions.audit(f"strategy.Area:{now.pk}", ended=now.ended_on.isoformat())


def _locked(by: Scope, key: int, version: int) -> Area:
    mine = Area.objects.select_for_update().filter(school_id=by.school_id, ended_on=None)
    now: Area = get_object_or_404(mine, pk=key)
    plan_actions.fresh(now.version, version)
    return now


def _check(  # noqa: PLR0913, PLR0917  # what is said, and what it is checked against
    by: Scope, at: datetime, agreed: Agreed, others: Sequence[str], before: date | None, held: set[str]
) -> None:
    plan_actions.refuse(rights_rules.name(agreed.name, others))
    plan_actions.refuse(rights_rules.since(agreed.since, before=before, today=timezone.localdate(at)))
    plan_actions.refuse(rights_rules.deciders([code for code, _ in agreed.decides]))
    people = {f"person-{key}" for key, _ in holders(by).offered}
    teams = {f"team-{each.pk}" for each in rights_queries.standing_teams(by)}
    for _, code, _ in agreed.parts():
        if not code.startswith("post-") and code not in people | teams | held:
            raise Unusable(NOT_OFFERED)


def _write(area: Area, by: Scope, at: datetime, agreed: Agreed) -> None:
    made = AreaVersion.objects.create(
        area=area,
        version=area.version,
        since=agreed.since,
        name=agreed.name,
        words=agreed.words,
        at=at,
        by_id=by.person_id,
    )
    Right.objects.bulk_create(_right(made, part, code, limit) for part, code, limit in agreed.parts())


def _right(of: AreaVersion, part: Part, code: str, limit: str) -> Right:
    try:
        party = Party.of(code)
    except ValueError as error:
        raise Unusable(NOT_OFFERED) from error
    return Right(version=of, part=part, person_id=party.person, team_id=party.team, post=party.post, limit=limit)


def _record(area: Area, agreed: Agreed) -> None:
    """Record as evidence that it was agreed who decides, where somebody was named."""
    if agreed.decides:
        evidence.record(
            kind=KIND,
            words=f"Agreed who decides: {agreed.name}",
            characteristics=SERVES,
            occurred_on=agreed.since,
            visibility=Visibility.STAFF,
            source=rights_queries.source(area.pk),
        )
