"""What stood of somebody's objectives or ratings when they were looked at beside others, and what changed since."""

import hashlib
import json
from collections.abc import Iterator, Sequence

from headship.appraisal.head_choices import Reached
from headship.appraisal.staff_choices import Looked
from headship.appraisal.staff_models import StaffObjective, StaffYear
from headship.appraisal.staff_moderation_models import StaffModeration
from headship.core.pages import in_words

NOT_RATED = "Not rated"
type Stood = tuple[str, str, str]  # what it is by key, what it is called, what it said


def standing(year: StaffYear, looked: Looked) -> list[Stood]:
    """Return what stands of a year now."""
    return list(_ratings(year) if looked == Looked.RATINGS else _objectives(year))


def _aims(year: StaffYear) -> list[StaffObjective]:
    return sorted((each for each in year.objectives.all() if each.dropped_on is None), key=lambda each: each.pk)


def _objectives(year: StaffYear) -> Iterator[Stood]:
    for each in _aims(year):
        seen = f". How it will be seen: {each.measure}" if each.measure else ""
        yield f"objective {each.pk}", "", f"{each.words.rstrip('.')}{seen}"


def _ratings(year: StaffYear) -> Iterator[Stood]:
    for at, each in enumerate(_aims(year), 1):
        yield f"objective {each.pk}", f"Objective {at}: {each.words}", _rating(each.reached)
    given = {each.part_id: each.reached for each in year.ratings.all()}
    for part in sorted(year.cycle.parts.all(), key=lambda part: part.number):
        yield f"part {part.pk}", part.name, _rating(given.get(part.pk, ""))


def _rating(reached: str) -> str:
    return Reached(reached).words if reached else NOT_RATED


def kept(lines: Sequence[Stood]) -> str:
    """Return lines as they are kept.

    >>> read_back(kept([("part 1", "Teaching", "Met")]))
    [('part 1', 'Teaching', 'Met')]
    """
    return json.dumps([list(each) for each in lines], ensure_ascii=False)


def read_back(text: str) -> list[Stood]:
    """Return kept lines as they were."""
    return [(str(key), str(called), str(said)) for key, called, said in json.loads(text or "[]")]


def fingerprint(lines: Sequence[object]) -> str:
    """Return what tells whether anything changed since a page was shown.

    >>> fingerprint([("part 1", "Teaching", "Met")]) == fingerprint([("part 1", "Teaching", "Not met")])
    False
    """
    return hashlib.sha256(repr(lines).encode()).hexdigest()


def changes(before: Sequence[Stood], after: Sequence[Stood]) -> list[str]:
    """Say what changed, in words.

    >>> changes([("part 1", "Teaching", "Met")], [("part 1", "Teaching", "Partly met")])
    ['Teaching: was “Met”, now “Partly met”']
    >>> changes([("objective 1", "", "Read more")], [("objective 2", "", "Read daily")])
    ['Taken out: Read more', 'Added: Read daily']
    """
    stood, stands = ({key: (called, said) for key, called, said in lines} for lines in (before, after))
    told = [_change(*stood[key], stands.get(key)) for key in stood if stood[key] != stands.get(key)]
    return told + [f"Added: {_named(*stands[key])}" for key in stands if key not in stood]


def _change(called: str, said: str, now: tuple[str, str] | None) -> str:
    if now is None:
        return f"Taken out: {_named(called, said)}"
    return f"{f'{called}: was' if called else 'Was'} “{said}”, now “{now[1]}”"


def _named(called: str, said: str) -> str:
    return f"{called}: {said}" if called else said


def told(each: StaffModeration) -> str:
    """Say that somebody's year was looked at, by whom and when; nothing of what was asked."""
    what = f"{Looked(each.looked).words} looked at beside those of the group by {each.by.name}, {in_words(each.on)}"
    if each.settled_on is None:
        return f"{what}. Not answered yet."
    return f"{what}. {'Changed after that:' if changed(each) else 'Nothing was changed.'}"


def changed(each: StaffModeration) -> list[str]:
    """Say what was changed between the question and its answer."""
    return changes(read_back(each.before), read_back(each.after)) if each.settled_on else []
