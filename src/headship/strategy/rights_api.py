"""Who decides what, and teams, for programs, by the rules of their pages."""

from datetime import date
from typing import Any, Self

from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, OfSchool, Page, Personal, page
from headship.strategy import rights_queries, team_queries
from headship.strategy.models import Team
from headship.strategy.rights_choices import Part
from headship.strategy.rights_queries import AreaNow, Everybody


class PartGiven(Given):
    """Somebody's part in an area: who it is, as the reader may know them, and up to which limit."""

    part: OfSchool[Part]
    who: Personal[str]
    limit: OfSchool[str]


class AreaGiven(Given):
    """An area of responsibility as it stands today; `wanting` says what is open about it."""

    id: OfSchool[int]
    name: OfSchool[str]
    words: OfSchool[str]
    since: OfSchool[date]
    version: OfSchool[int]
    parts: list[PartGiven]
    wanting: Personal[str]


class TeamGiven(Given):
    """A team of today."""

    id: OfSchool[int]
    name: OfSchool[str]
    remit: OfSchool[str]
    lead: Personal[str]
    members: Personal[list[str]]
    since: OfSchool[date]
    version: OfSchool[int]

    @classmethod
    def told(cls, row: Team, who: Everybody) -> Self:
        """Return a team as programs get it."""
        members = [who.people.told(each.person_id) for each in row.members.all() if each.until is None]
        return cls.of(row, lead=who.people.told(row.lead_id), members=members)


def areas(scope: Scope, asked: Asked) -> Page[AreaGiven]:
    """List the areas of today by name, with who decides, is consulted and is told."""
    found = rights_queries.today(scope)
    wanting = {each.key: said for each, said in (*found.overlaps, *found.gaps)}
    return page(found.areas, asked, lambda each: _area(each, found.who, wanting.get(each.key, "")))


def teams(scope: Scope, asked: Asked) -> Page[TeamGiven]:
    """List the teams of today by name."""
    who = rights_queries.everybody(scope)
    return page(team_queries.teams(scope), asked, lambda each: TeamGiven.told(each, who))


def _area(each: AreaNow, who: Everybody, wanting: str) -> AreaGiven:
    told: dict[str, Any] = {name: getattr(each, name) for name in ("name", "words", "since", "version")}
    parts = [PartGiven(part=held.part, who=who.told(held.party), limit=held.limit) for held in each.held]
    return AreaGiven(id=each.key, parts=parts, wanting=wanting, **told)
