"""What is read of what staff said of themselves: their own by themselves, what was released by the headteacher."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from headship.analysis.fairness import METHOD, GroupShare, Outcome
from headship.analysis.fairness_years import Earlier
from headship.analysis.figures import Figure
from headship.core.errors import require
from headship.core.scope import Scope
from headship.equality import rules
from headship.equality.apart_models import FairnessCounted, FairnessRelease, FairnessShown, SaidOfSelf
from headship.policy.loader import PolicyValue, value_on

ASKED = (
    "about_you.sex",
    "about_you.age",
    "about_you.ethnic_group",
    "about_you.disability",
    "about_you.religion",
    "about_you.orientation",
)


@dataclass(frozen=True, slots=True)
class Released:
    """What was shown of a year, by characteristic and outcome, and on what day it was released."""

    made_on: date
    compared: dict[tuple[str, Outcome], list[GroupShare]]


def asked(on: date) -> dict[str, PolicyValue]:
    """Return what staff are asked of themselves on a day, by its code.

    >>> list(choices(asked(date(2026, 11, 29))["about_you.sex"]).values())
    ['Female', 'Male']
    """
    return {code: value_on(code, on) for code in ASKED}


def choices(of: PolicyValue) -> Mapping[str, str]:
    """Return what can be said, in words by code."""
    assert isinstance(of.value, Mapping)  # as its unit says
    return {code: str(words) for code, words in of.value.items()}


def own(scope: Scope) -> dict[str, str]:
    """Return what the reader said of themselves here, by what was asked."""
    require(rules.say_of_self(scope))
    mine = SaidOfSelf.objects.filter(school_id=scope.school_id, person_id=scope.person_id)
    return dict(mine.values_list("asked", "said"))


def answers(scope: Scope, people: Sequence[int]) -> dict[str, list[tuple[str, str] | None]]:
    """Return each one's answers, in the order of `people`, for a release alone: by their marks, with what they say."""
    require(rules.release(scope))
    found: dict[tuple[str, int], tuple[str, str]] = {
        (asked, person): (str(mark), said)
        for asked, person, mark, said in SaidOfSelf.objects.filter(
            school_id=scope.school_id, person_id__in=people
        ).values_list("asked", "person_id", "mark", "said")
    }
    return {code: [found.get((code, person)) for person in people] for code in ASKED}


def earlier(scope: Scope) -> dict[str, list[Earlier]]:
    """Return all that was ever shown here of each characteristic, as a new release is held against it."""
    require(rules.release(scope))
    lines: dict[tuple[int, str, str], dict[str, tuple[int, int]]] = {}
    counted: dict[tuple[int, str, str], list[tuple[str, bool]]] = {}
    for each in FairnessShown.objects.filter(release__school_id=scope.school_id, share__isnull=False):
        assert each.share is not None  # the query asked for it
        assert each.count is not None  # it stands with its share
        groups = lines.setdefault((each.release_id, each.asked, each.outcome), {})
        groups[each.group] = (each.count, round(each.share * each.count))
    for row in FairnessCounted.objects.filter(release__school_id=scope.school_id):
        for outcome, yes in row.held.items():
            counted.setdefault((row.release_id, row.asked, outcome), []).append((str(row.mark), yes))
    found: dict[str, list[Earlier]] = {}
    for (release, code, outcome), groups in sorted(lines.items()):
        told = counted[release, code, outcome]
        every, yes = frozenset(mark for mark, _ in told), frozenset(mark for mark, held in told if held)
        found.setdefault(code, []).append(Earlier(every, yes, groups))
    return found


def last_shown(scope: Scope) -> dict[str, int]:
    """Return the academic year of which a characteristic was last shown here."""
    shown = FairnessShown.objects.filter(release__school_id=scope.school_id, share__isnull=False)
    return dict(shown.order_by("release__made_on", "release_id").values_list("asked", "release__starts_in"))


def released(scope: Scope, starts_in: int) -> Released | None:
    """Return what was released of a year as it was shown, or nothing."""
    require(rules.release(scope))
    found = FairnessRelease.objects.filter(school_id=scope.school_id, starts_in=starts_in).first()
    if found is None:
        return None
    words = asked(found.made_on)
    told: dict[tuple[str, Outcome], list[GroupShare]] = {}
    for each in found.lines.order_by("pk"):
        rows = told.setdefault((words[each.asked].words, Outcome(each.outcome)), [])
        rows.append(_as_shown(each, choices(words[each.asked])))
    return Released(found.made_on, told)


def _as_shown(line: FairnessShown, said: Mapping[str, str]) -> GroupShare:
    share = _figure(line.share, line.count, line.low, line.high)
    others = _figure(line.others_share, line.others_count, line.others_low, line.others_high)
    return GroupShare(said.get(line.group, ""), share, others, None, line.words)


def _figure(value: float | None, count: int | None, low: float | None, high: float | None) -> Figure | None:
    return None if value is None or count is None else Figure(value, count, low, high, None, METHOD, count)
