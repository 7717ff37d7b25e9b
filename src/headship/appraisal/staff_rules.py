"""Rights over staff appraisal, each a refusal sentence or nothing.

Somebody's year is known to them, to whoever appraises them and to the headteacher. Who says who appraises whom sees no
content by that; and whoever appraises sees that year, and nothing else about the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headship.appraisal.staff_choices import OVER, STAFF_MOVES, StaffState
from headship.core.pages import academic_year, in_words
from headship.core.roles import LEADERS, STAFF, Role
from headship.core.scope import Scope
from headship.policy import loader
from headship.policy.loader import YearDay
from headship.schools.calendar_dates import bounds

STAFF_ONLY = (
    "Appraisal of staff is between each member of staff, whoever appraises them and the headteacher. Nobody else reads "
    "it, whatever their post. If you appraised somebody while you were on the staff here, you cannot review any more: "
    "ask the headteacher to hand that appraisal on."
)
HEAD_ONLY = "Cycles of appraisal are set by the headteacher. Ask them."
FAIRNESS = "Whether appraisal is fair is looked at by the headteacher. Ask them what they found."
ORGANISERS_ONLY = (
    "Who appraises whom is said by the headteacher, or by the leader named for this group. Ask one of them."
)
APPRAISER_ONLY = "Only whoever appraises this person can do this. The headteacher can hand an appraisal on."
NOT_ONESELF = "Only the headteacher can name you to appraise, or say who appraises you: ask them"
OWN_ONLY = "Only the person whose appraisal it is can do this."
HEADED = (
    "You are headteacher now, and the board appraises you: nothing more is written in this year. Close it, with the "
    "reason; all of it stays for you to read."
)
PARTIES_ONLY = "Objectives are written by the person and whoever appraises them."
APPEALED = "An appeal is being heard. Those who hear it say how it ended; until then nothing in it is changed."
LEADING = LEADERS | {Role.MIDDLE_LEADER}
STATEMENT = "appraisal.teachers_by"
GIVEN = OVER | {StaffState.GIVEN, StaffState.APPEALED}  # the person has their statement, or never will
WHOLE = 100
WAITS = timedelta(days=14)  # how long a statement waits for a comment, by our own rule
SOON = timedelta(days=30)  # how long before its day something waits on Today, by our own rule


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over somebody's year depend on. `past`: its academic year is over.

    `headed`: its person, who reads it, is headteacher today; it was theirs as a member of staff. `told`: its person was
    given the statement, or never will be.
    """

    person_id: int
    appraiser_id: int | None
    starts_in: int
    state: StaffState
    past: bool = False
    headed: bool = False
    told: bool = False


def open_list(scope: Scope) -> str | None:
    """Whether the reader may open the list; what it shows is a matter of each."""
    return None if scope.has(*STAFF) else STAFF_ONLY


def set_up(scope: Scope) -> str | None:
    """Whether the reader may set up a cycle for a group of staff."""
    return None if scope.has(Role.HEADTEACHER) else HEAD_ONLY


def look_at_fairness(scope: Scope) -> str | None:
    """Whether the reader compares how groups of staff fared."""
    return None if scope.has(Role.HEADTEACHER) else FAIRNESS


def change(scope: Scope, starts_in: int, this: int, *, goes_on: bool) -> str | None:
    """Whether the reader may change a cycle: until its academic year is over and nothing in it goes on any more."""
    if wrong := set_up(scope):
        return wrong
    if starts_in >= this or goes_on:
        return None
    return f"{academic_year(starts_in)} is over and nothing in this group goes on, so it stands as it is."


def organise(scope: Scope, organiser: int | None) -> str | None:
    """Whether the reader says who appraises whom: the headteacher, and the leader named for it."""
    if scope.has(Role.HEADTEACHER):
        return None
    return None if scope.has(*LEADING) and scope.person_id == organiser else ORGANISERS_ONLY


def appraise(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader appraises this person, and never themselves. Who is no longer on the staff reads no year."""
    appraises = scope.person_id == facts.appraiser_id and scope.person_id != facts.person_id
    return None if appraises else APPRAISER_ONLY


def own(scope: Scope, facts: Facts) -> str | None:
    """Whether it is the reader's own year."""
    return None if scope.person_id == facts.person_id else OWN_ONLY


def own_now(scope: Scope, facts: Facts) -> str | None:
    """Whether it is the reader's own year, and still theirs to write in: not once they became headteacher."""
    return own(scope, facts) or (HEADED if facts.headed else None)


def write_objectives(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may write objectives now: the person and their appraiser, until they are set."""
    if own(scope, facts) and appraise(scope, facts):
        return PARTIES_ONLY
    if facts.headed:
        return HEADED
    if facts.state != StaffState.AIMING:
        return "The objectives are set. Whoever appraises can take them up again, and says why."
    return None


def set_objectives(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may set the objectives: also late, so that a year is never stuck without them."""
    if wrong := appraise(scope, facts):
        return wrong
    return None if facts.state == StaffState.AIMING else "The objectives are set already."


def why_late(facts: Facts, because: str) -> str | None:
    """Whether it is said why objectives are set only once their academic year is over."""
    if not facts.past or because:
        return None
    return f"{academic_year(facts.starts_in)} is over: say why its objectives are set only now"


def take_up(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may take set objectives up again."""
    return appraise(scope, facts) or in_time(facts) or move(facts, StaffState.AIMING)


def in_time(facts: Facts) -> str | None:
    """Whether objectives that were set can still be changed: not once their academic year is over."""
    if not facts.past:
        return None
    return f"{academic_year(facts.starts_in)} is over, and its objectives stand. Write new ones in this year's."


def move(facts: Facts, to: StaffState) -> str | None:
    """Whether a year may go to a state."""
    if facts.state == StaffState.APPEALED:
        return APPEALED
    if to in STAFF_MOVES[facts.state]:
        return None
    return f"This year stands at “{facts.state.words.lower()}”: “{to.words.lower()}” cannot follow."


def reflect(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may write how they see their year: their own, until the statement is given."""
    if wrong := own_now(scope, facts):
        return wrong
    given = facts.state in GIVEN
    return "The statement is written. Say what you think of it in your comment." if given else None


def halfway(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may note the mid-year review."""
    if wrong := appraise(scope, facts):
        return wrong
    if facts.past:
        return f"{academic_year(facts.starts_in)} is over. Note the review of the whole year instead."
    if facts.state in {StaffState.SET, StaffState.HALFWAY}:
        return None
    if facts.state == StaffState.AIMING:
        return "Set the objectives first: a mid-year review looks at them."
    if facts.state == StaffState.REVIEWED:
        return "The whole year is reviewed already. Take that review back first, and say why."
    return move(facts, StaffState.HALFWAY)


def review(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may review the year, or change what they noted."""
    if wrong := appraise(scope, facts):
        return wrong
    if facts.state == StaffState.AIMING:
        return "Set the objectives first: a review looks at them."
    if facts.state in {StaffState.SET, StaffState.HALFWAY, StaffState.REVIEWED}:
        return None
    if facts.state == StaffState.APPEALED:
        return APPEALED
    return "The statement is given. Take it back, or open the year again, to change the review."


def stands_at(*, half: bool) -> StaffState:
    """Return where a year stands whose objectives are set: the mid-year review, once held, is not asked for again.

    >>> stands_at(half=True).words
    'Mid-year review held'
    """
    return StaffState.HALFWAY if half else StaffState.SET


def take_back_review(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may take a review back, so that the year goes on: before its statement is given."""
    if wrong := appraise(scope, facts) or in_time(facts):
        return wrong
    if facts.state == StaffState.REVIEWED:
        return None
    return "A review is taken back once it is noted, and before the statement is given."


def early(review_by: date, today: date) -> bool:
    """Whether a review now would come long before the day of the one at the end of the year."""
    return today < review_by - SOON


def draft(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may write the statement."""
    if wrong := appraise(scope, facts):
        return wrong
    if facts.state == StaffState.GIVEN:
        return "The statement is given. Take it back to change it."
    return None if facts.state == StaffState.REVIEWED else "Note the review first; then write the statement."


def give(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may give the statement."""
    return appraise(scope, facts) or move(facts, StaffState.GIVEN)


def take_back(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may take the statement back."""
    if facts.state != StaffState.GIVEN:
        return "A statement is taken back while the person has it, before it is complete."
    return appraise(scope, facts)


def comment(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may comment on their statement."""
    if wrong := own_now(scope, facts):
        return wrong
    return None if facts.state == StaffState.GIVEN else "Comment once you were given your statement."


def complete(scope: Scope, facts: Facts, *, commented: bool, given_on: date | None, today: date) -> str | None:
    """Whether the reader may complete the year: once the person commented, or two weeks after it was given."""
    if wrong := appraise(scope, facts) or move(facts, StaffState.COMPLETE):
        return wrong
    if not commented and given_on and today < given_on + WAITS:
        return f"They may comment until {in_words(given_on + WAITS)}. Complete it once they have, or after that."
    return None


def reopen(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may open a locked year again: whoever appraised, or the headteacher."""
    if facts.state not in OVER:
        return "This year is not locked."
    if scope.has(Role.HEADTEACHER) and scope.person_id != facts.person_id:
        return None
    return appraise(scope, facts)


def take_out(state: StaffState, *, written: bool) -> str | None:
    """Whether somebody can be taken out of a group: while nothing is written in their year."""
    if written or state != StaffState.AIMING:
        return "Something is written in this year, so it stays. Of somebody who left, close it"
    return None


def again(starts_in: int, this: int) -> str | None:
    """Whether a cycle of a later year can begin from one: from this year's and those before."""
    if starts_in <= this:
        return None
    return f"{academic_year(starts_in)} is still to come. Begin the year after from it once it runs."


def finished(objectives: Sequence[tuple[str, str]], overall: str, needs: str) -> str | None:
    """Whether a statement can be given: each objective (its rating, its assessment) is spoken of, and the year is.

    >>> finished([("met", ""), ("", "")], "Well", "Maths")
    'Objective 2 is neither rated nor spoken of: rate it in the review, or say there why it is not rated'
    >>> finished([("met", ""), ("", "The class was closed")], "Well", "Maths")
    """
    if not (overall and needs):
        return "Say how the year went and what to learn next, before it is given"
    for number, (rating, words) in enumerate(objectives, 1):
        if not (rating or words):
            what = "is neither rated nor spoken of: rate it in the review, or say there why it is not rated"
            return f"Objective {number} {what}"
    return None


def close(scope: Scope, state: StaffState, *, here: bool) -> str | None:
    """Whether somebody's year can be closed: once they left, or by the headteacher, before a statement is given."""
    if state in OVER:
        return "This year is over already"
    if state == StaffState.APPEALED:
        return "An appeal is being heard, also of somebody who left. Close the year once it ended"
    if not here:
        return None
    if not scope.has(Role.HEADTEACHER):
        return "They still work here. Only the headteacher closes such a year, and says why"
    given = state == StaffState.GIVEN
    return "They have their statement. Complete it, or take it back first" if given else None


def boards(*, headed: bool) -> str | None:
    """Whether somebody is appraised as a member of staff: not who became headteacher in the course of the year."""
    return "They are headteacher now, so the board appraises them: close their year of this group" if headed else None


def told(scope: Scope, facts: Facts) -> bool:
    """Whether the reader reads ratings and statement: the person once they are given it, others at any time."""
    return facts.told or scope.person_id != facts.person_id


def weights(given: Sequence[int]) -> str | None:
    """Whether the weights of parts can be: each something, together 100.

    >>> weights([60, 37])
    'The weights come to 97: they must make 100, so change one of them'
    """
    if not given:
        return "Name at least one part, with its weight"
    if min(given) < 1:
        return "Give every part a weight of 1 or more"
    total = sum(given)
    return None if total == WHOLE else f"The weights come to {total}: they must make 100, so change one of them"


def parts(given: Sequence[tuple[str, int]]) -> str | None:
    """Whether parts with their weights can be: none named twice, together 100.

    >>> parts([("Objectives", 60), ("objectives", 40)])
    'Objectives stands there twice: name each part once'
    """
    seen: set[str] = set()
    for name, _ in given:
        if name.casefold() in seen:
            return f"{name[:1].upper()}{name[1:]} stands there twice: name each part once"
        seen.add(name.casefold())
    return weights([weight for _, weight in given])


def appeal_days(given: int | None) -> str | None:
    """Whether somebody can appeal within so many days; None: nobody can.

    >>> appeal_days(0)
    'Give between 1 and 365 days for an appeal'
    """
    return None if given is None or 1 <= given <= 365 else "Give between 1 and 365 days for an appeal"


def dates(starts_in: int, given: Sequence[date]) -> str | None:
    """Whether the days of a cycle can be: in order, from the start of the year to the end of the one after's autumn."""
    first, last = bounds(starts_in)[0], date(starts_in + 1, 12, 31)
    if not all(first <= each <= last for each in given):
        return f"The days must lie between {in_words(first)} and {in_words(last)}"
    ordered = list(given) == sorted(given)
    return None if ordered else "The days must follow one another: objectives, mid-year, review, statement"


def hand_on(scope: Scope, organiser: int | None, person: int) -> str | None:
    """Whether the reader says who appraises this person: of their own year, the headteacher alone does."""
    own_year = scope.person_id == person and not scope.has(Role.HEADTEACHER)
    return f"{NOT_ONESELF}." if own_year else organise(scope, organiser)


def appraiser(by: Scope, person: int, who: int | None, staff: dict[int, str]) -> str | None:
    """Whether somebody can name somebody to appraise: on the staff, nobody themself, nor oneself but as headteacher."""
    if who is None:
        return None
    if by.person_id in {person, who} and not by.has(Role.HEADTEACHER):
        return NOT_ONESELF
    if who == person:
        return "Nobody appraises themself: choose somebody else"
    if who not in staff:
        return "They no longer work here, so they cannot review: choose somebody on the staff"
    return None


def usual(starts_in: int, by: date | None = None) -> tuple[date, date, date, date]:
    """Return the days a cycle begins with, to be changed: the last as the board says, or the statutory one."""
    last = by or statement_day(starts_in)
    return (date(starts_in, 10, 31), date(starts_in + 1, 2, 28), min(date(starts_in + 1, 7, 15), last), last)


def statement_day(starts_in: int) -> date:
    """Return the statutory last day for teachers' statements of an academic year."""
    day = loader.value_on(STATEMENT, date(starts_in + 1, 10, 1)).value
    assert isinstance(day, YearDay)
    return date(starts_in + 1, day.month, day.day)
