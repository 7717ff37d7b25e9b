"""What tests of rights, teams and looking back do again and again, by the product's own actions."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from headship.core.visibility import Visibility
from headship.schools.calendar_dates import year_of
from headship.strategy import (
    actions,
    journal_actions,
    rights_actions,
    rights_queries,
    team_actions,
    team_review_actions,
)
from headship.strategy.actions import Journal, Noted
from headship.strategy.journal_actions import Looked
from headship.strategy.models import Area
from headship.strategy.rights_actions import Agreed
from headship.strategy.rights_choices import How, Turned
from headship.strategy.rights_queries import Map
from headship.strategy.team_actions import Formed
from headship.strategy.team_review_actions import Arranged
from tests.cast import Cast
from tests.strategy.flow import AT, DAY, TODAY


def who(cast: Cast, persona: str) -> str:
    """Return the code of somebody."""
    return f"person-{cast.people[persona].pk}"


def agreed(name: str = "Trips", *decides: str, since: date = TODAY, **changed: object) -> Agreed:
    """Return an area and who decides it, without limits unless said."""
    pairs = [tuple(each.split(" to ", 1)) if " to " in each else (each, "") for each in decides]
    return replace(Agreed(name, since, decides=pairs), **changed)


def area(cast: Cast, told: Agreed, persona: str = "headteacher") -> int:
    """Put an area on the map."""
    return rights_actions.add_area(by=cast.scope(persona), at=AT, once=uuid4(), agreed=told)


def rearrange(cast: Cast, key: int, told: Agreed, version: int = 0) -> None:
    """Say anew who decides, in the version there is unless said."""
    version = version or Area.objects.get(pk=key).version
    rights_actions.change_area(by=cast.scope("headteacher"), at=AT, area=key, version=version, agreed=told)


def shown(cast: Cast, persona: str = "headteacher") -> Map:
    """Return the map of today."""
    return rights_queries.today(cast.scope(persona))


def team(cast: Cast, name: str, lead: str, *members: str, since: date = TODAY) -> int:
    """Form a team."""
    by = cast.scope("headteacher")
    formed = Formed(name, "What it is there for", cast.people[lead].pk, since)
    key = team_actions.make_team(by=by, at=AT, once=uuid4(), formed=formed)
    for each in members:
        team_actions.add_member(by=by, at=AT, team=key, person=cast.people[each].pk)
    return key


def decision(  # a decision's parts
    cast: Cast,
    what: str = "Trips need two adults",
    persona: str = "headteacher",
    *,
    on: date = TODAY - 30 * DAY,
    visibility: Visibility = Visibility.STAFF,
    journal: Journal | None = None,
) -> int:
    """Note a decision of a while ago."""
    on = max(on, date(year_of(TODAY), 9, 1))
    noted = Noted(what, "Because", on, visibility, characteristics=("3.6",), journal=journal)
    return actions.note_decision(by=cast.scope(persona), at=AT, once=uuid4(), noted=noted)


def expecting(days: int, area: int | None = None) -> Journal:
    """Return what is expected, to be looked back at some days from today."""
    return Journal(area, "Nobody is left behind", TODAY + timedelta(days=days))


def look(cast: Cast, key: int, persona: str = "headteacher", **changed: object) -> int:
    """Look back at a decision."""
    looked = replace(Looked("One was", Turned.PARTLY, Turned.YES, "Count twice"), **changed)
    return journal_actions.look_back(by=cast.scope(persona), at=AT, once=uuid4(), decision=key, looked=looked)


def review(cast: Cast, by: str, of: str, **changed: object) -> int:
    """Ask somebody to look at others' decisions of this year."""
    told = Arranged(by, of, year_of(TODAY), TODAY + 10 * DAY, How.DRAWN, 2, "fog")
    arranged = replace(told, **changed)
    return team_review_actions.arrange_review(by=cast.scope("headteacher"), at=AT, once=uuid4(), arranged=arranged)
