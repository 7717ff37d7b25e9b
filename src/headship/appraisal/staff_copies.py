"""What somebody's year says, line by line: for the copy that is kept when it is locked, and for what is printed."""

import hashlib
from collections.abc import Iterator

from headship.analysis.rated_parts import Weighed, weighed
from headship.appraisal import staff_moderation_lines as moderation
from headship.appraisal.head_choices import Reached, Result
from headship.appraisal.head_copies import HEADING, WORDS, Line, read_back
from headship.appraisal.head_models import HeadCopy
from headship.appraisal.staff_models import StaffCopy, StaffObjective, StaffRating, StaffStatement, StaffYear
from headship.core.pages import academic_year, in_words

RATINGS = [str(each) for each in Reached]


def sealed(salt: str, lines: str) -> str:
    """Return the fingerprint of a copy.

    >>> sealed("a", "b") == sealed("a", "c")
    False
    """
    return hashlib.sha256(f"{salt}\n{lines}".encode()).hexdigest()


def whole(copy: StaffCopy | HeadCopy) -> bool:
    """Whether a copy still is what was sealed."""
    return sealed(copy.salt, copy.lines) == copy.seal


def lines_of(copy: StaffCopy) -> list[Line]:
    """Return the lines of a copy."""
    return read_back(copy.lines)


def weights(year: StaffYear) -> Weighed:
    """Return how the weights of a year's parts fall on ratings."""
    given = {each.part_id: each.reached for each in year.ratings.all()}
    return weighed([(given.get(part.pk, ""), part.weight) for part in year.cycle.parts.all()], RATINGS)


def in_a_line(year: StaffYear) -> str:
    """Say the ratings as a whole, in words."""
    found = weights(year)
    told = ", ".join(f"{Reached(rating).words.lower()} {round(share * 100)}%" for rating, share in found.shares)
    return f"By weight: {told} ({found.counted})" if told else f"Nothing is rated ({found.counted})"


def objectives(year: StaffYear) -> Iterator[Line]:
    """Yield whose year it is, who appraises, and the objectives."""
    yield from _who(year)
    for at, each in enumerate(year.objectives.all(), 1):
        yield HEADING, f"Objective {at}: {each.words}"
        yield from _objective(each)


def statement(year: StaffYear) -> Iterator[Line]:
    """Yield a whole statement: objectives and parts as they were rated, what was said, what is next, the comment."""
    yield from _who(year)
    yield from _assessed(year)
    yield from _parts(year)
    yield from _said(year)
    yield from _looked_at(year)
    yield from _appeals(year)


def appealed(year: StaffYear) -> Iterator[Line]:
    """Yield what those who hear an appeal read: a statement without how the person sees it, and without mid-year."""
    yield from _who(year, half=False)
    yield from _assessed(year)
    yield from _parts(year)
    yield from _stated(year)
    yield from _looked_at(year)


def _assessed(year: StaffYear) -> Iterator[Line]:
    for at, each in enumerate(year.objectives.all(), 1):
        yield HEADING, f"Objective {at}: {each.words}"
        yield from _objective(each)
        yield WORDS, f"How far it was reached: {Reached(each.reached).words if each.reached else 'not assessed'}"
        if each.assessment:
            yield WORDS, each.assessment


def comment(told: StaffStatement, heading: str) -> Line:
    """Return the comment under its heading, which says so where it was made on a statement that was taken back."""
    if told.commented_on is None:
        return f"{heading} on an earlier statement", told.comments
    return f"{heading}, {in_words(told.commented_on)}", told.comments or "None."


def _who(year: StaffYear, *, half: bool = True) -> Iterator[Line]:
    yield WORDS, f"Whose: {year.person.name}"
    yield WORDS, f"Academic year: {academic_year(year.starts_in)}"
    yield WORDS, f"Appraised by: {year.appraiser.name if year.appraiser else 'nobody yet'}"
    days = (
        ("Objectives set", year.set_on),
        ("Mid-year review held", year.half_on if half else None),
        ("Reviewed", year.reviewed_on),
        ("Statement given", year.given_on),
        ("Completed and locked", year.completed_on),
    )
    yield from ((WORDS, f"{words} on {in_words(on)}") for words, on in days if on)


def _objective(each: StaffObjective) -> Iterator[Line]:
    if each.measure:
        yield WORDS, f"How it will be seen: {each.measure}"


def _parts(year: StaffYear) -> Iterator[Line]:
    given: dict[int, StaffRating] = {each.part_id: each for each in year.ratings.all()}
    yield HEADING, "What was looked at"
    for part in year.cycle.parts.all():
        its = given.get(part.pk)
        rating = Reached(its.reached).words if its and its.reached else "not rated"
        yield WORDS, f"{part.name} ({part.weight} of 100): {rating}"
        if its and its.words:
            yield WORDS, its.words
    yield WORDS, f"{in_a_line(year)}."


def _said(year: StaffYear) -> Iterator[Line]:
    told, own = getattr(year, "statement", None), getattr(year, "reflection", None)
    yield from _under("How they see their year", own.words if own and own.shown_on else "")
    yield from _under("Mid-year review", told.halfway if told else "")
    yield from _stated(year)


def _stated(year: StaffYear) -> Iterator[Line]:
    told = getattr(year, "statement", None)
    if told:
        yield from _under("The year as a whole", told.overall)
        yield from _under("What to learn next", told.needs)
        yield from _under("What will be done about it", told.action)
        yield from _under(*comment(told, "Their comment"))


def _under(heading: str, words: str) -> Iterator[Line]:
    if words:
        yield HEADING, heading
        yield WORDS, words


def _looked_at(year: StaffYear) -> Iterator[Line]:
    """Yield when it was looked at beside others, and what changed; not what was asked and answered."""
    found = sorted((each for each in year.moderations.all() if each.settled_on), key=lambda each: each.pk)
    if found:
        yield HEADING, "Beside others of the group"
    for each in found:
        yield WORDS, moderation.told(each)
        yield from ((WORDS, line) for line in moderation.changed(each))


def _appeals(year: StaffYear) -> Iterator[Line]:
    """Yield each appeal, with how it ended and why."""
    for each in sorted(year.appeals.all(), key=lambda each: each.pk):
        yield HEADING, f"Appeal, lodged on {in_words(each.lodged_on)}"
        yield WORDS, each.grounds
        if each.heard_on:
            yield WORDS, f"Heard on {in_words(each.heard_on)}. {Result(each.result).words}."
            yield WORDS, each.words
