"""What of a group waits to be looked at beside one another, or to be heard: said where the group is."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from headship.appraisal import staff_appeal_queries as appeals
from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_moderation_rules as rules
from headship.appraisal.staff_choices import Looked
from headship.appraisal.staff_models import StaffCycle
from headship.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Wait:
    """A way to where a group is looked at or its appeals are, what waits there, and whether it waits for the reader."""

    words: str
    told: str
    page: str
    asked: str = ""
    needs: bool = False


def beside(scope: Scope, cycles: Sequence[StaffCycle]) -> dict[int, list[Wait]]:
    """Return, by group, its objectives and ratings beside one another, with what waits; for the headteacher alone."""
    if rules.look(scope):
        return {}
    waiting = moderation.waiting(scope) if any(each.moderated for each in cycles) else []
    counts = {(each.cycle.pk, each.looked): each.count for each in waiting}
    asked = moderation.asked(scope)
    return {
        of.pk: [_beside(looked, counts.get((of.pk, looked), 0), asked.get((of.pk, looked), 0)) for looked in Looked]
        for of in cycles
    }


def _beside(looked: Looked, count: int, asked: int) -> Wait:
    told = [f"{count} to look at" if count else "", f"{asked} asked and not answered yet" if asked else ""]
    words = f"{looked.words} beside one another"
    return Wait(words, ", ".join(filter(None, told)), "staff-moderation", urlencode({"of": looked}), needs=count > 0)


def heard(scope: Scope, of: StaffCycle | None = None) -> Wait | None:
    """Return the way to the appeals, of a group or all, with what waits: for the headteacher, and whoever hears one."""
    heads = rules.look(scope) is None
    found = [each for each in appeals.near(scope) if of is None or each.appeal.year.cycle_id == of.pk]
    mine = [each for each in found if each.names or each.hears]
    if not mine and not heads:
        return None
    told = [f"{_whose(each)}: {_told(each)}" for each in (_readable(scope, found) if heads else mine)]
    needs = any(each.hears or not each.named for each in mine)
    return Wait("Appeals", "; ".join(told) or "none waits", "staff-appeals", needs=needs)


def _readable(scope: Scope, found: Sequence[appeals.Open]) -> list[appeals.Open]:
    """Return those that a headteacher, who reads every year but may not name for each, is told of: not their own."""
    return [each for each in found if each.appeal.year.person_id != scope.person_id]


def _told(each: appeals.Open) -> str:
    if each.hears:
        return "you hear it"
    if not each.names:
        return "the chair names who hears it"
    return "named who hears it" if each.named else "nobody is named yet who hears it"


def _whose(each: appeals.Open) -> str:
    name: str = each.appeal.year.person.name
    return name
