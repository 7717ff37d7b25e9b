"""Rights over support before capability, each a refusal sentence or nothing.

It is known to the person, to whoever supports them, and to the headteacher. Support for the headteacher is apart: the
chair leads it, and no leader of the school knows that there is one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from headship.appraisal.support_choices import ANSWERS, MOVES, NOT_TAKEN, OUTCOMES, OVER, Kind, Standing
from headship.core.pages import in_words, listed
from headship.core.roles import BOARD, LEADERS, STAFF, Role
from headship.core.scope import Scope

OUTSIDE = BOARD | {Role.EXTERNAL_ADVISER}
READERS = STAFF | OUTSIDE
READERS_ONLY = (
    "Support stands here for the school's staff, and for those of the board who give it. Ask the headteacher."
)
LEADERS_ONLY = (
    "Support is offered by the headteacher; to the headteacher by the chair of governors. Speak with one of them."
)
NOT_LED = "This is for whoever leads the support: the headteacher, or for the headteacher the chair. Ask them."
NOT_HELPING = "This is noted by whoever gives the support, or who leads it. Ask one of them."
NOT_YOURS = "Only the person who is supported replies here. Your own words go under help, reviews or aims."
NOT_WRITTEN = "Only whoever wrote a line can correct it. Add a line of your own instead."
ENDED = "This support has ended. Its timeline stays as it is; offer new support if it is wanted."
LEAST_REVIEWS = LEAST_ASKED = 2
KEPT_MONTHS = 72
EARLIEST, FURTHEST = timedelta(days=366), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over support depend on.

    `apart`: it is for somebody who was headteacher then, or is today. `reviews` counts those held, `aims` and `helped`
    their lines; `asked`: a reply was asked for since the last review, `asked_on` on which days
    at all, and where the person once accepted, after that day: a yes answered what was asked before it.
    """

    standing: Standing
    person_id: int
    supporter_id: int
    apart: bool
    aims: int = 0
    helped: int = 0
    reviews: int = 0
    asked: bool = False
    asked_on: tuple[date, ...] = ()
    ended_on: date | None = None


def open_list(scope: Scope) -> str | None:
    """Whether the reader may open the list; what it shows is a matter of each."""
    return None if scope.has(*READERS) else READERS_ONLY


def leads_apart(scope: Scope) -> bool:
    """Whether the reader leads support for the headteacher: the chair, unless they are a leader of the school."""
    return scope.has(Role.CHAIR) and not scope.has(*LEADERS)


def offer(scope: Scope) -> str | None:
    """Whether the reader may offer support to anybody."""
    return None if scope.has(Role.HEADTEACHER) or leads_apart(scope) else LEADERS_ONLY


def may_support(scope: Scope, *, apart: bool) -> bool:
    """Whether the reader's posts let them give support: staff; to the headteacher the board and its adviser alone."""
    return scope.has(*OUTSIDE) and not scope.has(*LEADERS) if apart else scope.has(*STAFF)


def see(scope: Scope, facts: Facts) -> bool:
    """Whether the reader knows of support: the person, who gives it, who leads it; each while they hold a post."""
    if open_list(scope):
        return False
    if scope.person_id == facts.person_id:
        return True
    gives = scope.person_id == facts.supporter_id and may_support(scope, apart=facts.apart)
    return gives or lead(scope, facts) is None


def lead(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader leads support: the headteacher, or the chair where it is apart; never of themselves."""
    leads = leads_apart(scope) if facts.apart else scope.has(Role.HEADTEACHER)
    return None if leads and scope.person_id != facts.person_id else NOT_LED


def help_(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may note what was done: who gives the support, and who leads it, while it goes on."""
    if scope.person_id == facts.person_id or not see(scope, facts):
        return NOT_HELPING
    return ENDED if facts.standing in OVER else None


def note(scope: Scope, facts: Facts, kind: Kind) -> str | None:
    """Whether the reader may add a line of a kind now."""
    if refusal := help_(scope, facts):
        return refusal
    if kind is Kind.ASKED:
        return lead(scope, facts)
    if kind is not Kind.AIMS and facts.standing is Standing.OFFERED:
        return "Nothing was answered to the offer yet. Ask for the reply first; then note help and reviews."
    return None


def reply(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may reply: the person, at any time until it has ended."""
    if scope.person_id != facts.person_id:
        return NOT_YOURS
    return ENDED if facts.standing in OVER else None


def answers(facts: Facts) -> tuple[Standing, ...]:
    """Return how the person can answer the offer now."""
    return tuple(each for each in ANSWERS if each in MOVES[facts.standing])


def answer(facts: Facts, to: Standing | None) -> str | None:
    """Whether the person's answer can be given now: an offer is accepted or declined, other replies may do neither."""
    if to is None:
        return "Say whether you accept the offer" if facts.standing is Standing.OFFERED else None
    if to in answers(facts):
        return None
    return f"Support that is {facts.standing.words.lower()} cannot become {to.words.lower()}"


def end(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may say what came of it: who leads it, while it goes on."""
    return lead(scope, facts) or (ENDED if facts.standing in OVER else None)


def outcomes(facts: Facts) -> tuple[Standing, ...]:
    """Return what can come of support now."""
    return tuple(each for each in OUTCOMES if each in MOVES[facts.standing])


def outcome(facts: Facts, to: Standing) -> str | None:
    """Whether this can come of support now. A formal step cannot start while support is missing."""
    if to not in outcomes(facts):
        return f"Support that is {facts.standing.words.lower()} cannot become {to.words.lower()}"
    if to is Standing.FORMAL and (lacking := missing(facts)):
        return f"A formal step cannot start while support is missing. Still missing: {listed(lacking)}"
    if to is Standing.ENDED_WELL and not facts.reviews:
        return "Hold a review together before you say that it ended well"
    return None


def missing(facts: Facts) -> list[str]:
    """Return what is missing before a formal step could start.

    Where the offer was declined or never answered, nobody can be helped who does not want it: then a reply must have
    been asked for on two different days; where they had accepted before, since then.
    """
    lacking = support_lacking(facts)
    if not lacking or facts.standing not in NOT_TAKEN:
        return lacking
    days = len(facts.asked_on)
    held = "none was" if not days else "one was"
    return [] if days >= LEAST_ASKED else [f"a reply asked for on two different days ({held})"]


def support_lacking(facts: Facts) -> list[str]:
    """Return what of support itself was not given, looked at or asked."""
    lacking = []
    if not facts.aims:
        lacking.append("what is aimed for")
    if not facts.helped:
        lacking.append("help that was given")
    if facts.reviews < LEAST_REVIEWS:
        held = "none was" if not facts.reviews else "one was"
        lacking.append(f"two reviews held ({held})")
    if not facts.asked:
        lacking.append("the person's reply asked for, since the last review")
    return lacking


def correct(scope: Scope, writer: int, kind: str) -> str | None:
    """Whether the reader may correct a line: their own, also after it ended; not what Headship wrote itself."""
    return None if scope.person_id == writer and kind != Kind.BASIS else NOT_WRITTEN


def happened_on(on: date, *, today: date, since: date) -> str | None:
    """Whether something can have happened on a day: not in the future, nor before support was offered."""
    if on > today:
        return "The day cannot be in the future"
    return f"Support was offered on {in_words(since)}: choose that day or a later one" if on < since else None


def noted_on(kind: Kind, on: date, *, today: date, since: date) -> str | None:
    """Whether a line can be of a day: help of one that is past too, aims and requests of the day they are written."""
    if kind is not Kind.HELP and on != today:
        return "What you aim for, and that a reply is asked for, is noted on the day itself: no other day can be given"
    return happened_on(on, today=today, since=since)


def review_on(on: date, *, today: date) -> str | None:
    """Whether a review can be planned for a day."""
    if on <= today:
        return "The day of a review to come must be after today"
    return "Plan reviews within a year" if on > today + FURTHEST else None


def delete(scope: Scope, facts: Facts, *, today: date, held: bool) -> str | None:
    """Whether the reader may delete support that is apart: who leads it, once its time is over."""
    if refusal := lead(scope, facts):
        return refusal
    if not facts.apart or facts.ended_on is None or months_since(facts.ended_on, today) < KEPT_MONTHS:
        return f"Support is kept for {KEPT_MONTHS // 12} years after it ended."
    return "A legal hold stands: nothing may be deleted. Ask the data protection officer." if held else None


def months_since(day: date, today: date) -> int:
    """Return how many whole months lie between two days.

    >>> months_since(date(2026, 1, 31), date(2026, 2, 28)), months_since(date(2026, 1, 31), date(2026, 3, 31))
    (0, 2)
    """
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
