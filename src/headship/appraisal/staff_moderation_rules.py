"""Rights over moderation: the headteacher looks at a group and asks; whoever appraises answers; nobody else reads."""

from collections.abc import Sequence

from headship.appraisal import staff_rules
from headship.appraisal.staff_choices import OVER, Looked, StaffState
from headship.appraisal.staff_moderation_lines import Stood
from headship.appraisal.staff_rules import Facts
from headship.core.roles import Role
from headship.core.scope import Scope

HEAD_LOOKS = (
    "The objectives and ratings of a group are looked at beside one another by the headteacher alone. Whoever says who "
    "appraises whom reads nothing of them by that."
)
OWN_YEAR = "This is your own year: others look at it."
OWN_WORK = "You appraise this person yourself, so there is nobody to ask. Change it in their year."
NOT_NOW = "Objectives are looked at until the review, and ratings from then until the statement is given."
UNANSWERED = "The headteacher asked that the ratings be looked at again. Answer that first; then give the statement"
UNSEEN = (
    "The headteacher looks at the ratings of this group beside one another before statements are given. They are "
    "asked on their Today; give the statement after that"
)
CHANGED_SINCE = (
    "Ratings were changed since the headteacher looked at them beside the others. They are asked on their Today to "
    "look once more; give the statement after that"
)


def look(scope: Scope) -> str | None:
    """Whether the reader looks at a group's objectives and ratings beside one another."""
    return None if scope.has(Role.HEADTEACHER) else HEAD_LOOKS


def stage(facts: Facts) -> Looked | None:
    """Return what of a year can be looked at now, or nothing."""
    if facts.state == StaffState.REVIEWED:
        return Looked.RATINGS
    writable = facts.state in {StaffState.AIMING, StaffState.SET, StaffState.HALFWAY}
    return Looked.OBJECTIVES if writable and not facts.past else None


def seen(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader can say that they looked at this year."""
    if wrong := look(scope):
        return wrong
    if scope.person_id == facts.person_id:
        return OWN_YEAR
    return None if stage(facts) else NOT_NOW


def ask_again(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may ask whoever appraises to look again."""
    if wrong := seen(scope, facts):
        return wrong
    if facts.appraiser_id is None:
        return "Nobody appraises this person yet. Say who does first."
    return OWN_WORK if facts.appraiser_id == scope.person_id else None


def answer(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may answer what was asked: whoever appraises now, until the year is over."""
    if facts.state in OVER:
        return "This year is locked. The headteacher can open it again."
    return staff_rules.appraise(scope, facts)


def reads_words(scope: Scope, facts: Facts) -> bool:
    """Whether the reader reads what was asked and answered: the headteacher and whoever appraises, never the person."""
    if scope.person_id == facts.person_id:
        return False
    return scope.has(Role.HEADTEACHER) or staff_rules.appraise(scope, facts) is None


def ratings_wait(*, wanted: bool, open_one: bool, settled: Sequence[Stood] | None, now: Sequence[Stood]) -> str | None:
    """Why a statement cannot be given yet: asked and not answered, not looked at where it must be, or changed since.

    `wanted`: whether this group's ratings are looked at before statements are given; `settled`: what stood when that
    was last settled, if it was.
    """
    if open_one:
        return UNANSWERED
    if not wanted:
        return None
    if settled is None:
        return UNSEEN
    return None if list(settled) == list(now) else CHANGED_SINCE
