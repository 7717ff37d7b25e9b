"""The one thing that is next for a reader in a headteacher's year."""

from dataclasses import dataclass
from datetime import date

from headship.appraisal import head_queries, head_rules
from headship.appraisal.head_choices import HeadState, Part, Said
from headship.appraisal.head_pages import address
from headship.appraisal.head_queries import Whole
from headship.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Step:
    """What is next for the reader: words, address, and by when."""

    words: str
    url: str
    due_on: date | None = None
    minutes: int = 0


def step(scope: Scope, whole: Whole, today: date) -> Step | None:
    """Return the one thing that is next for the reader in a year."""
    found = _own_step(scope, whole, today) or _panel_step(whole, today) or _others_step(whole)
    if found is None:
        return None
    words, name, due_on, minutes = found
    return Step(words, address(scope, name, year=whole.year.pk), due_on, minutes)


type _Found = tuple[str, str, date | None, int] | None


def _own_step(scope: Scope, whole: Whole, today: date) -> _Found:
    year, state = whole.year, whole.facts.state
    if not head_rules.is_head(scope, whole.facts):
        return None
    if state == HeadState.GIVEN and whole.statement and not whole.statement.commented_on:
        due_on = year.given_on + head_rules.WAITS if year.given_on else None
        return "Read your appraisal statement, and comment", "head-comment", due_on, 20
    if state == HeadState.APPOINTED and not whole.objectives:
        return "Draft your appraisal objectives", "head-objective-add", None, 15
    ready = state in {HeadState.SET, HeadState.HALFWAY} and today >= year.ends_on
    if ready and (whole.reflection is None or not whole.evidence):
        name = "head-evidence" if whole.reflection else "head-reflection"
        return "Get ready for your appraisal meeting", name, year.meeting_due_on, 20
    return None


def _panel_step(whole: Whole, today: date) -> _Found:  # noqa: PLR0911  # one step a state
    year, state, facts = whole.year, whole.facts.state, whole.facts
    if head_rules.appraise(facts) is not None:
        return None
    by = whole.due_on
    if state == HeadState.APPOINTED:
        if not whole.objectives:
            return "Draft the headteacher's objectives", "head-objective-add", None, 15
        if whole.serving(Part.ADVISER) and not whole.advised:
            return "Consult the adviser on the headteacher's objectives", "head-advice", None, 20
        return "Set the headteacher's objectives", "head-objectives-set", None, 10
    if state == HeadState.SET and today < year.ends_on:
        half = year.half_due_on or head_queries.halfway(year.starts_on, year.ends_on)
        return "Hold the headteacher's mid-year review", "head-halfway", half, 45
    if state in {HeadState.SET, HeadState.HALFWAY}:
        return "Hold the panel's meeting, and note it", "head-meeting", year.meeting_due_on or by, 90
    if state == HeadState.MET:
        finished = head_rules.give(facts) is None and whole.statement is not None and bool(whole.statement.needs)
        words, name = ("Give the statement", "head-statement-give") if finished else ("Write", "head-statement")
        return f"{words} to the headteacher" if finished else "Write the headteacher's statement", name, by, 30
    commented = whole.statement is not None and whole.statement.commented_on is not None
    if head_rules.agree(facts, commented=commented, given_on=year.given_on, today=today) is None:
        return "Agree the headteacher's statement, and lock it", "head-lock", by, 5
    return None


def _others_step(whole: Whole) -> _Found:
    facts = whole.facts
    if Part.ADVISER in facts.parts and facts.state == HeadState.APPOINTED and not whole.advised:
        return "Advise on the headteacher's objectives", "head-advice", None, 20
    version = whole.statement.version if whole.statement else None
    moderated = any(each.kind == Said.MODERATION and each.of_version == version for each in whole.notes)
    if Part.MODERATOR in facts.parts and facts.state == HeadState.MET and whole.statement and not moderated:
        return "Moderate the headteacher's statement", "head-moderate", whole.due_on, 30
    if Part.APPEAL in facts.parts and facts.state == HeadState.APPEALED:
        return "Hear the headteacher's appeal", "head-appeal-hear", None, 60
    return None
