"""The one thing that is next for the person, or for whoever appraises them, in somebody's year."""

from dataclasses import dataclass
from datetime import date

from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_choices import StaffState
from headship.appraisal.staff_models import StaffYear
from headship.appraisal.staff_rules import SOON, WAITS

ASKABLE = frozenset({StaffState.AIMING, StaffState.SET, StaffState.HALFWAY, StaffState.REVIEWED})


@dataclass(frozen=True, slots=True)
class Step:
    """What is next: a verb, whose if it is somebody else's, the page, by when, and minutes."""

    words: str
    name: str
    due_on: date
    minutes: int


def own(year: StaffYear, today: date) -> Step | None:
    """Return what is next for the person; nothing for long stretches."""
    told = queries.statement_of(year)
    if year.state == StaffState.GIVEN and year.given_on and (told is None or told.commented_on is None):
        return Step("Read your appraisal statement, and comment", "staff-comment", year.given_on + WAITS, 20)
    if year.state == StaffState.AIMING and not year.objectives.all() and today <= year.ends_on:
        return Step("Draft your appraisal objectives", "staff-objective-add", year.cycle.objectives_by, 15)
    ready = year.state in {StaffState.SET, StaffState.HALFWAY} and today >= year.cycle.review_by - SOON
    seen = queries.reflection_of(year)
    if ready and (seen is None or seen.shown_on is None):
        return Step("Say how you see your year, before your review", "staff-reflection", year.cycle.review_by, 20)
    return None


def appraiser(year: StaffYear, today: date) -> Step | None:  # noqa: PLR0911  # one step a state
    """Return what is next for whoever appraises, by name of the step alone; nothing for long stretches."""
    cycle, state = year.cycle, year.state
    if state in ASKABLE and moderation.open_one(year):
        return Step("Look again at an appraisal, and answer", "staff-look-answer", cycle.statement_by, 15)
    if state == StaffState.AIMING:
        name = "staff-set" if year.objectives.all() else "staff-objective-add"
        return Step("Set appraisal objectives", name, cycle.objectives_by, 20)
    if state == StaffState.SET and cycle.half_by - SOON <= today <= year.ends_on:
        return Step("Hold a mid-year review", "staff-halfway", cycle.half_by, 30)
    if state in {StaffState.SET, StaffState.HALFWAY}:
        return Step("Review a year", "staff-review", cycle.review_by, 45) if today >= cycle.review_by - SOON else None
    if state == StaffState.REVIEWED:
        return _reviewed(year)
    told = queries.statement_of(year)
    answered = told is not None and told.commented_on is not None
    if state == StaffState.GIVEN and (answered or (year.given_on and today >= year.given_on + WAITS)):
        return Step("Complete an appraisal, and lock it", "staff-complete", cycle.statement_by, 5)
    return None


def _reviewed(year: StaffYear) -> Step | None:
    """Return what is next once a year is reviewed: an objective was left out, the statement, or giving it."""
    by, told = year.cycle.statement_by, queries.statement_of(year)
    if not (told and told.overall and told.needs):
        return Step("Write a statement", "staff-statement", by, 30)
    if queries.unfinished(year):
        return Step("Finish a review: an objective was left out", "staff-review", by, 10)
    return None if moderation.ratings_wait(year) else Step("Give a statement", "staff-give", by, 30)
