"""Which of the demonstration's policies are expectations of conduct, named by the product's own action."""

from datetime import date

from headship.appraisal import conduct_actions, conduct_queries
from headship.core.scope import Scope
from headship.project.demonstration import content, dates
from headship.project.demonstration.content import Event

NAMED = {990003: ("How we treat one another", "Phones and messages at work")}


def events(today: date) -> list[Event]:
    """Return the naming of each, after the first words came into force."""
    starts_in = content.starts_of(today)["last"]
    day = dates.day_of(starts_in, "autumn 2 mon")
    every = [
        Event(content.moment(day, f"{urn} {title}"), urn, "expecting", "ada", {"title": title}, starts_in)
        for urn, titles in NAMED.items()
        for title in titles
    ]
    return sorted((each for each in every if each.at.date() < today), key=lambda each: (each.at, each.urn))


def do(event: Event, by: Scope) -> None:
    """Name one."""
    offered = {title: key for key, title in conduct_queries.to_name(by).items()}
    conduct_actions.name_expectation(by=by, at=event.at, policy=offered[event.told["title"]])
