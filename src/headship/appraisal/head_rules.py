"""Rights over a headteacher's appraisal, each a refusal sentence or nothing. Seniority opens none of it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from headship.appraisal import year_days
from headship.appraisal.head_choices import STARTS, Act, HeadState, Part, Said, Scheme, Section
from headship.appraisal.own_rules import Ruled
from headship.core.pages import academic_year, in_words
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.policy.loader import YearDay
from headship.schools.calendar_dates import year_of

RECORDERS = (Role.CHAIR, Role.CLERK)
GOVERNORS = (Role.CHAIR, Role.GOVERNOR)
FINDERS = (Role.HEADTEACHER, Role.CHAIR, Role.GOVERNOR, Role.CLERK, Role.EXTERNAL_ADVISER)
READERS = (Role.HEADTEACHER, Role.CHAIR, Role.GOVERNOR, Role.EXTERNAL_ADVISER)
FINDERS_ONLY = (
    "A headteacher's appraisal is between the headteacher, the panel of that year and its external adviser. "
    "Nobody else reads it, whatever their post."
)
RECORDERS_ONLY = "The panel is recorded by the chair of governors or the governance professional. Ask one of them."
HEAD_ONLY = "Only the headteacher whose appraisal it is can do this."
PANEL_ONLY = "Only those who appraise the headteacher this year can do this. Ask one of the panel."
ADVISER_ONLY = "The adviser's advice is noted by the adviser or by the panel. Ask one of them."
UNDRAFTED = "Write the statement first; then give it to the headteacher."
MODERATOR_ONLY = "Only the governor who moderates this year can do this. Ask the chair who that is."
HEARERS_ONLY = "Only those who hear the appeal can do this."
APPRAISERS = frozenset({Part.PANEL, Part.TRUST})
HEAD_START = timedelta(days=61)  # a year that begins in July is the next academic year's
LONGEST = timedelta(days=549)  # a year and a half: for whoever begins in the course of a year
WAITS = timedelta(days=14)  # how long a statement waits for comments, by our own rule
EARLY = timedelta(days=92)  # standards are told, and objectives set, from three months before a year, by our own rule

_OF_ROLES: Mapping[str, frozenset[Part]] = {
    Role.CHAIR: frozenset({Part.PANEL, Part.MODERATOR, Part.APPEAL}),
    Role.GOVERNOR: frozenset({Part.PANEL, Part.MODERATOR, Part.APPEAL}),
    Role.EXTERNAL_ADVISER: frozenset({Part.ADVISER}),
    Role.TRUST_LEADER: frozenset({Part.TRUST}),
}
_ALL = frozenset(Section)
_NOT_BEFORE_GIVEN = frozenset({Section.STATEMENT, Section.MODERATION})
_NOTERS: Mapping[Said, tuple[frozenset[Part], str]] = {
    Said.ADVICE: (APPRAISERS | {Part.ADVISER}, ADVISER_ONLY),
    Said.HALFWAY: (APPRAISERS, PANEL_ONLY),
    Said.MEETING: (APPRAISERS, PANEL_ONLY),
    Said.MODERATION: (frozenset({Part.MODERATOR}), MODERATOR_ONLY),
    Said.ONWARD: (APPRAISERS, PANEL_ONLY),
    Said.CLOSED: (frozenset(), RECORDERS_ONLY),  # with the closing itself
}
_NOTED_IN: Mapping[Said, frozenset[HeadState]] = {
    Said.ADVICE: frozenset({HeadState.APPOINTED, HeadState.SET, HeadState.HALFWAY, HeadState.MET}),
    Said.HALFWAY: STARTS[Act.HALFWAY],
    Said.MEETING: STARTS[Act.MEET],
    Said.MODERATION: frozenset({HeadState.MET}),
    Said.ONWARD: STARTS[Act.ONWARD],
    Said.CLOSED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over a year depend on. `parts` are the reader's own that run today and their posts allow."""

    head_id: int
    starts_in: int
    state: HeadState
    parts: frozenset[Part]
    over: bool = False
    lent: bool = False
    given: bool = False
    appealed: bool = False
    appeal_by: date | None = None
    mend_by: date | None = None


def parts(scope: Scope) -> frozenset[Part]:
    """Return what the reader's posts of today let them take part as; whoever is on the staff takes part in nothing."""
    if scope.has(*STAFF):
        return frozenset()
    return frozenset[Part]().union(*(_OF_ROLES.get(role, frozenset()) for role in scope.roles))


def sections(scope: Scope, facts: Facts) -> frozenset[Section]:
    """Return what of a year the reader may read: nothing, for nearly everybody.

    Nobody of the panel reads on once the year is agreed, its statement's day is past and a later one's panel is
    appointed, but for the locked copies where the headteacher lends them.
    """
    if is_head(scope, facts):
        return _ALL if facts.given else _ALL - _NOT_BEFORE_GIVEN
    if facts.parts & (APPRAISERS | {Part.ADVISER}) and not facts.over:
        return _ALL
    if facts.over or facts.state == HeadState.AGREED:
        return frozenset({Section.COPIES}) if facts.lent else frozenset()
    if Part.MODERATOR in facts.parts and facts.state == HeadState.MET:
        return frozenset({Section.OBJECTIVES, Section.STATEMENT, Section.MODERATION})
    if Part.APPEAL in facts.parts and facts.state == HeadState.APPEALED:
        return frozenset({Section.OBJECTIVES, Section.STATEMENT, Section.COPIES, Section.APPEAL})
    return frozenset()


def is_head(scope: Scope, facts: Facts) -> bool:
    """Whether it is the reader's own year: as headteacher, or in the post on the staff they stepped back to."""
    return facts.head_id == scope.person_id and scope.has(*STAFF)


def find(scope: Scope) -> str | None:
    """Whether the reader may find the list of years; what it shows is a matter of each."""
    return None if scope.has(*FINDERS) else FINDERS_ONLY


def record(scope: Scope) -> str | None:
    """Whether the reader records who appraises, and sees how far every year is, by its dates."""
    return None if scope.has(*RECORDERS) else RECORDERS_ONLY


def appraise(facts: Facts) -> str | None:
    """Whether the reader appraises in this year."""
    return None if facts.parts & APPRAISERS else PANEL_ONLY


def own(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may write what is the headteacher's own."""
    return None if is_head(scope, facts) else HEAD_ONLY


def hear(facts: Facts) -> str | None:
    """Whether the reader hears the appeal."""
    return starts(facts.state, Act.HEAR) if Part.APPEAL in facts.parts else HEARERS_ONLY


def open_year(facts: Facts) -> str | None:
    """Whether anything of a year may be changed: not once it is agreed and locked."""
    if facts.state == HeadState.AGREED:
        locked = f"The year {academic_year(facts.starts_in)} is agreed and locked, so nothing in it can be changed."
        return f"{locked} {_mended(facts)}"
    if facts.state == HeadState.CLOSED:
        return (
            f"The year {academic_year(facts.starts_in)} was closed without a statement, so nothing in it can be "
            "changed. The chair or the governance professional can open it again and say why."
        )
    return None


def _mended(facts: Facts) -> str:
    if facts.over:
        return "Its panel has ended, since a later year's is appointed: what was agreed stands."
    until = f"until {in_words(facts.mend_by)}, and after that " if facts.mend_by else ""
    return f"Its panel can open it again and say why: {until}while no later year's panel is appointed."


def write_objectives(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may write objectives: the head and the panel, until they are set."""
    if wrong := open_year(facts):
        return wrong
    if not (is_head(scope, facts) or facts.parts & APPRAISERS):
        return PANEL_ONLY
    if facts.state != HeadState.APPOINTED:
        return "The objectives are set. The panel can take them up again, and says why."
    return None


def set_objectives(facts: Facts) -> str | None:
    """Whether the reader may set the objectives."""
    if facts.state in {HeadState.SET, HeadState.HALFWAY}:
        return appraise(facts) or "The objectives are set already. They can be taken up again, and it is said why."
    return appraise(facts) or starts(facts.state, Act.SET)


def take_up(facts: Facts) -> str | None:
    """Whether the reader may take set objectives up again."""
    return appraise(facts) or starts(facts.state, Act.TAKE_UP)


def say_own(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may write their own words, evidence and reflection: the head, until the statement."""
    if wrong := own(scope, facts) or open_year(facts):
        return wrong
    if facts.state in {HeadState.GIVEN, HeadState.APPEALED}:
        return "The statement is written. Say what you think of it in your comments."
    return None


def note(facts: Facts, kind: Said) -> str | None:
    """Whether the reader may note what was said."""
    who, refusal = _NOTERS[kind]
    if wrong := open_year(facts):
        return wrong
    if not facts.parts & who:
        return refusal
    if facts.state not in _NOTED_IN[kind]:
        return f"{kind.words} is not noted while the year stands at “{facts.state.words.lower()}”."
    return None


def draft(facts: Facts) -> str | None:
    """Whether the reader may write the statement."""
    if wrong := open_year(facts) or appraise(facts):
        return wrong
    if facts.state == HeadState.GIVEN:
        return "The headteacher has the statement. Take it back to change it."
    return None if facts.state == HeadState.MET else "Note the panel's meeting first; then write the statement."


def give(facts: Facts) -> str | None:
    """Whether the reader may give the statement to the headteacher."""
    return open_year(facts) or appraise(facts) or starts(facts.state, Act.GIVE)


def take_back(facts: Facts) -> str | None:
    """Whether the reader may take the statement back to change it."""
    return starts(facts.state, Act.TAKE_BACK) or appraise(facts)


def comment(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may comment on the statement."""
    if wrong := own(scope, facts) or open_year(facts):
        return wrong
    return None if facts.state == HeadState.GIVEN else "Comment once the panel has given you the statement."


def agree(facts: Facts, *, commented: bool, given_on: date | None, today: date) -> str | None:
    """Whether the reader may lock the statement: once the head commented, or two weeks after it was given."""
    if wrong := open_year(facts) or appraise(facts):
        return wrong
    if facts.state == HeadState.APPEALED:
        return "An appeal is being heard. Those who hear it say how it ended."
    if wrong := starts(facts.state, Act.LOCK):
        return wrong
    if not commented and given_on and today < given_on + WAITS:
        return f"The headteacher may comment until {in_words(given_on + WAITS)}. Lock it once they have, or after that."
    return None


def reopen(facts: Facts) -> str | None:
    """Whether the reader may open a locked year again."""
    if facts.over:
        return "The panel of this year has ended: the next one is appointed. What was agreed stands."
    return starts(facts.state, Act.REOPEN) or appraise(facts)


def lend(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may lend the locked copies to the panel of the year after."""
    if wrong := own(scope, facts):
        return wrong
    return None if facts.state == HeadState.AGREED else "There is a locked copy once the statement is agreed."


def appeal(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may appeal: once against each locked statement, within the days their board gives."""
    if wrong := own(scope, facts) or starts(facts.state, Act.APPEAL):
        return wrong
    if facts.appealed:
        return (
            "Your appeal against this statement was heard. Another one follows only if it is opened and locked again."
        )
    if facts.appeal_by and timezone.localdate(scope.at) > facts.appeal_by:
        return f"Your board's time to appeal against this statement ended on {in_words(facts.appeal_by)}."
    return None


def close(scope: Scope, state: HeadState) -> str | None:
    """Whether the reader may close a year that comes to no statement, or open one again that was closed."""
    if wrong := record(scope):
        return wrong
    if state in {HeadState.AGREED, HeadState.APPEALED}:
        return "This year has its agreed statement: it is not closed without one."
    return None


def remove(scope: Scope, state: HeadState) -> str | None:
    """Whether the reader may remove a year that was recorded by mistake; that nothing is written is asked besides."""
    if wrong := record(scope):
        return wrong
    if state == HeadState.APPOINTED:
        return None
    return "Its objectives were set, so this year is not removed. Close it without a statement, and say why."


def starts(state: HeadState, act: Act) -> str | None:
    """Whether an act starts where a year stands. Each has its own states: several lead to the same one."""
    return None if state in STARTS[act] else f"This year stands at “{state.words.lower()}”. {act.when}."


def fits(ruled: Ruled, scheme: Scheme, panel: Sequence[int], advisers: int, trust: int) -> str | None:
    """Whether those appointed fit what holds and the scheme: how many governors, an adviser where one is asked."""
    least, most = ruled.least.value, ruled.most.value
    if scheme == Scheme.TRUST and panel:
        return "By this scheme a leader of the trust appraises: choose no governors, or another scheme"
    if scheme != Scheme.TRUST and not least <= len(set(panel)) <= most:
        whose = f"{ruled.least.cited} A" if ruled.least.own else "A"
        return f"{whose} panel has {ruled.panel} governors; you chose {len(set(panel))}"
    if scheme != Scheme.PANEL and not trust:
        return "By this scheme a leader of the trust takes part: choose who"
    if scheme == Scheme.PANEL and trust:
        return "By this scheme the panel appraises alone: choose no leader of the trust, or another scheme"
    needs = ruled.adviser.value and advisers != 1
    return "The panel needs an external adviser: choose one" if needs else None


def apart(wrote: AbstractSet[int], moderators: AbstractSet[int], advisers: AbstractSet[int | None]) -> str | None:
    """Whether whoever appraises, or did so earlier in the year, neither moderates nor advises, and nobody does both."""
    if wrote & moderators:
        return "Nobody who sits on this year's panel, or did, moderates what it wrote: choose somebody else"
    if (wrote | moderators) & advisers:
        return "The external adviser is nobody of the panel, and does not moderate: choose somebody else"
    return None


def span(starts_on: date, ends_on: date, today: date) -> str | None:
    """Whether two days can be the first and last of a year of appraisal: of last, this or next academic year."""
    named, this = year_named(starts_on), year_of(today)
    if abs(named - this) > 1:
        near = ", ".join(academic_year(each) for each in (this - 1, this)) + f" or {academic_year(this + 1)}"
        return f"A year from {in_words(starts_on)} would be {academic_year(named)}. Record {near}: choose its first day"
    if ends_on <= starts_on:
        return "The last day must be after the first"
    return "A year of appraisal is at most eighteen months" if ends_on - starts_on > LONGEST else None


def weights(given: Sequence[int | None]) -> str | None:
    """Whether weights can be: none at all, or one for each that together make 100."""
    known = [each for each in given if each is not None]
    if not known:
        return None
    if len(known) < len(given):
        return "Give every objective a weight, or none"
    return None if sum(known) == 100 else f"The weights come to {sum(known)}: make them 100, or give none"  # a whole


def happened_on(on: date, *, after: Mapping[str, date | None], today: date) -> str | None:
    """Whether a day can be that of something that happened: not in the future, nor before what it came `after`.

    >>> happened_on(date(2026, 9, 25), after={"the objectives were set": date(2026, 11, 2)}, today=date(2026, 12, 1))
    'The day cannot be before 2 November 2026, when the objectives were set'
    """
    if on > today:
        return "The day cannot be in the future"
    day, words = max(((day, words) for words, day in after.items() if day), default=(on, ""))
    return f"The day cannot be before {in_words(day)}, when {words}" if on < day else None


def readied_on(on: date, *, starts_on: date, today: date) -> str | None:
    """Whether standards can have been told, or objectives set, on a day, for a year that begins then."""
    first = {f"that is done at the earliest for a year that begins on {in_words(starts_on)}": starts_on - EARLY}
    return happened_on(on, after=first, today=today)


def minuted_on(on: date, *, starts_on: date, today: date) -> str | None:
    """Whether the board can have appointed on a day those who appraise in a year that begins then."""
    first = {f"those are appointed at the earliest who appraise from {in_words(starts_on)}": starts_on - LONGEST}
    return happened_on(on, after=first, today=today)


def planned_on(on: date | None, *, starts_on: date, last: date) -> str | None:
    """Whether a review or a meeting of a year can be planned for a day: at the latest when its statement is due."""
    if on is None or starts_on <= on <= last:
        return None
    return f"Plan review and meeting of this year from {in_words(starts_on)} to {in_words(last)}, not {in_words(on)}"


def change_panel(state: HeadState) -> str | None:
    """Whether it may be recorded anew who takes part: not once the year is locked or closed."""
    if state == HeadState.CLOSED:
        return "This year was closed. Open it again first, and say why."
    if state == HeadState.AGREED:
        return "This year is agreed and locked. Who took part in it stands; record the panel of the year after."
    if state == HeadState.APPEALED:
        return "An appeal is being heard: until it ended, only who hears it is recorded, and the panel stands."
    return None


def name_hearers(state: HeadState) -> str | None:
    """Whether it may be recorded who hears an appeal."""
    return None if state == HeadState.APPEALED else "Nobody appeals in this year: there is nothing to hear."


def year_named(starts_on: date) -> int:
    """Return the academic year that a year of appraisal counts as: the one it begins in, or is about to."""
    return year_of(starts_on + HEAD_START)


def statement_by(ends_on: date, ruled: Ruled) -> date:
    """Return the day by which a year's statement is due: the first of its kind after the year's end."""
    return next(on for each in (0, 1) if (on := _in(ends_on.year + each, ruled.head_by.value)) > ends_on)


def _in(year: int, day: YearDay) -> date:
    return year_days.falling_in(day, year)
