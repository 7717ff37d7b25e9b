"""Rights over equality objectives, information and checks, each a refusal sentence or nothing; and what is due."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from headship.core.pages import in_words
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.equality.choices import (
    AIM_MOVES,
    CHECK_MOVES,
    PROTECTED,
    STATEMENT_MOVES,
    AimState,
    CheckState,
    Effect,
    StatementState,
)
from headship.policy.loader import PolicyValue, value_on
from headship.strategy import rules as strategy

READERS = strategy.READERS
EDITORS = (Role.HEADTEACHER, Role.SENIOR_LEADER)
PUBLISHERS = (Role.HEADTEACHER, Role.CHAIR)
CHECKERS = strategy.NOTERS
READERS_ONLY = "Equality objectives and information are for the school's staff and governors here. Ask the headteacher."
EDITORS_ONLY = "Equality objectives and information are written by the headteacher and senior leaders. Ask one of them."
PUBLISHERS_ONLY = "The headteacher or the chair of governors publishes it. Ask one of them."
OWNER_ONLY = "Whoever answers for it says how far it is, or the headteacher or a senior leader. Ask one of them."
CHECKERS_ONLY = (
    "Equality checks are made by the headteacher, senior leaders, the school business manager and governors. "
    "Ask one of them."
)
ENDED = "This objective has ended. Draft a new one instead."
PUBLISHED = "These words are published. The headteacher changes them, as a new version with its day. Ask them."
IN_FORCE = "These words were published. Draft the next statement instead."
STAFF_ONLY = "This is for those who hold a post on the staff here."
RELEASERS_ONLY = "The headteacher alone compares by what staff said of themselves. Ask them."
NOT_OVER = "An academic year is compared once it is over. Come back on 1 September."
SHORT_NUMBERS = ("one", "two", "three", "four", "five")
PEOPLE = (
    "pupils?|children|child|boys?|girls?|students?|learners?|staff|teachers?|assistants?|governors?|parents?|carers?|"
    "famil(?:y|ies)|people|persons?|women|woman|men|man|members?"
)


def read(scope: Scope) -> str | None:
    """Whether the reader may open what is published."""
    return None if scope.has(*READERS) else READERS_ONLY


def see_drafts(scope: Scope) -> bool:
    """Whether the reader knows of what is not published: leaders and governors."""
    return Visibility.GOVERNORS in scope.opens


def edit(scope: Scope) -> str | None:
    """Whether the reader may write objectives and information."""
    return None if scope.has(*EDITORS) else EDITORS_ONLY


def change_aim(scope: Scope, state: AimState) -> str | None:
    """Whether the reader may change an objective: until it has ended, and published words with whoever published."""
    if state == AimState.PUBLISHED and not scope.has(Role.HEADTEACHER):
        return edit(scope) or PUBLISHED
    return edit(scope) or (ENDED if state == AimState.ENDED else None)


def move_aim(scope: Scope, state: AimState, to: AimState) -> str | None:
    """Whether the reader may publish an objective, or end it."""
    if not scope.has(*PUBLISHERS):
        return PUBLISHERS_ONLY
    return None if to in AIM_MOVES[state] else f"An objective that is {state.words.lower()} cannot be {to.value}."


def progress(scope: Scope, state: AimState, owner: int) -> str | None:
    """Whether the reader may note a reading or a review: whoever answers for it, and those who write objectives."""
    if scope.person_id != owner and not scope.has(*EDITORS):
        return OWNER_ONLY
    return {AimState.ENDED: ENDED, AimState.DRAFT: "It is not published yet."}.get(state)


def change_statement(scope: Scope, state: StatementState) -> str | None:
    """Whether the reader may change a statement's words: until they are published."""
    return edit(scope) or (None if state == StatementState.DRAFT else IN_FORCE)


def publish_statement(scope: Scope, state: StatementState) -> str | None:
    """Whether the reader may publish a statement."""
    if not scope.has(*PUBLISHERS):
        return PUBLISHERS_ONLY
    return None if StatementState.PUBLISHED in STATEMENT_MOVES[state] else IN_FORCE


def check(scope: Scope) -> str | None:
    """Whether the reader may say that something needs an equality check, and make it."""
    return None if scope.has(*CHECKERS) else CHECKERS_ONLY


def make(scope: Scope, state: CheckState, owner_id: int | None) -> str | None:
    """Whether the reader may write down what a check finds, while it is needed: who was asked to, and the checkers."""
    asked = owner_id is not None and scope.person_id == owner_id
    return (None if asked else check(scope)) or (
        None if state == CheckState.NEEDED else "Say first that it is to be made again."
    )


def looked_again(on: date | None, *, today: date) -> str | None:
    """Whether a check can be looked at again on a day."""
    return "Say on which day to come it is looked at again" if on is None or on <= today else None


def see_findings(scope: Scope, state: CheckState) -> bool:
    """Whether the reader is told what a check found: all, once it is done; until then leaders and governors."""
    return state == CheckState.DONE or see_drafts(scope)


def span(starts_on: date, ends_on: date, review_on: date) -> str | None:
    """Whether an objective can last from one day to another, and be looked at on a third."""
    if ends_on <= starts_on:
        return "The last day must be after the first"
    years = objectives_years(starts_on).value
    assert isinstance(years, int)  # so many years
    if ends_on.year - starts_on.year > years:
        return f"An objective lasts at most {years} years: publish the next one then"
    return None if starts_on < review_on <= ends_on else "The review must be between its first and its last day"


def next_review(on: date, *, today: date, ends_on: date) -> str | None:
    """Whether an objective can be looked at again on a day."""
    if on <= today:
        return "The next review must be in the future"
    if on > max(ends_on, today):
        return f"The objective runs until {in_words(ends_on)}: review it by then, or end it"
    return None


def happened_on(on: date, *, today: date) -> str | None:
    """Whether a day can be that of something that happened."""
    return "The day cannot be in the future" if on > today else None


def settled(*, needed: bool, because: str, owner: int | None, due_on: date | None) -> str | None:
    """Whether what is said about the need for a check is enough: who makes it by when, or why there is none."""
    if needed and (owner is None or due_on is None):
        return "Say who makes the check, and by when"
    return None if needed or because else "Say why it needs no check"


def resettled(state: CheckState, to: CheckState) -> str | None:
    """Whether it can be said anew of a check that it is needed, or not."""
    return None if to == state or to in CHECK_MOVES[state] else "A check that is done can only be made again"


def complete(effects: Mapping[str, tuple[Effect | None, str]], evidence: str, changed: str) -> str | None:
    """Whether a check says enough to be done: every characteristic, what harm there may be, and what is done about it.

    >>> complete({"equality.age": (Effect.HELPS, "")}, "", "")
    'Say for every protected characteristic whom it may touch, “not known” where nobody knows'
    """
    if any(effects.get(code, (None, ""))[0] is None for code in PROTECTED):
        return "Say for every protected characteristic whom it may touch, “not known” where nobody knows"
    harmed = [words for effect, words in effects.values() if effect == Effect.MAY_HARM]
    if not all(harmed):
        return "Say in words what harm there may be"
    if not evidence:
        return "Say what the check rests on"
    return "Say what is changed because of the harm there may be" if harmed and not changed else None


def say_of_self(scope: Scope) -> str | None:
    """Whether the reader may say something of themselves, for equality: whoever is on the staff here."""
    return None if scope.has(*STAFF) else STAFF_ONLY


def release(scope: Scope) -> str | None:
    """Whether the reader may compare by what staff said of themselves, and read what was shown."""
    return None if scope.has(Role.HEADTEACHER) else RELEASERS_ONLY


def release_year(starts_in: int, *, this_year: int) -> str | None:
    """Whether an academic year can be compared: once it is over.

    >>> release_year(2025, this_year=2026) is None, release_year(2026, this_year=2026) is None
    (True, False)
    """
    return None if starts_in < this_year else NOT_OVER


def protected(on: date) -> dict[str, PolicyValue]:
    """Return the protected characteristics in force on a day, by their codes, in the order of the Act.

    >>> [each.words for each in protected(date(2026, 9, 1)).values()][:2]
    ['Age', 'Disability']
    """
    return {code: value_on(code, on) for code in PROTECTED}


def objectives_years(on: date) -> PolicyValue:
    """Return how often objectives are published at least."""
    return value_on("equality.objectives_years", on)


def information_years(on: date) -> PolicyValue:
    """Return how often information is published at least."""
    return value_on("equality.information_years", on)


def due_after(published_on: date, every: PolicyValue) -> date:
    """Return the day by which something published on a day is published anew.

    >>> due_after(date(2024, 2, 29), information_years(date(2026, 9, 1)))
    datetime.date(2025, 2, 28)
    """
    assert isinstance(every.value, int)  # years
    year = published_on.year + every.value
    try:
        return published_on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)


def small_numbers(words: Iterable[str], most: int) -> Sequence[str]:
    """Return what reads like a small number of people in somebody's words: a hint, never more.

    `words` the texts; `most` up to how many people are too few.

    >>> small_numbers(["We have 3 Traveller children, 12 boys and two deaf pupils."], 5)
    ['3 Traveller children', 'two deaf pupils']
    >>> small_numbers(["In year 5 pupils read; 3.5 teachers; £4 a child"], 5)
    []
    """
    numbers = [*map(str, range(1, most + 1)), *SHORT_NUMBERS[:most]]
    said = re.compile(
        rf"(?<![\w.,£/-])(?<!year )(?<!years )(?:{'|'.join(numbers)}) (?!per ?cent)(?:[\w-]+ ){{0,2}}?(?:{PEOPLE})\b",
        re.IGNORECASE,
    )
    return [found for each in words for found in said.findall(each)]
