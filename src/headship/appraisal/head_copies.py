"""What a year says, line by line: for the copy that is kept when it is locked, and for what is printed."""

import json
from collections.abc import Iterable, Iterator

from headship.appraisal.head_choices import FRAMEWORKS, HeadState, Part, Reached, Result, Said, Section
from headship.appraisal.head_queries import Whole, framework
from headship.appraisal.models import HeadAppeal, HeadCopy, HeadNote, HeadObjective, HeadStatement, HeadYear
from headship.core.pages import academic_year, in_words, listed

HEADING, WORDS = "heading", "words"
SHOWN, OWN = "Evidence the headteacher showed", "The headteacher's own view"
APPEAL, DAYS = "Appeal", "Days of this year"
_NOT_HEARD = frozenset({*(each.words for each in Said), SHOWN, OWN, DAYS})
_NOT_LENT = frozenset({APPEAL, DAYS, Said.ADVICE.words, Said.MODERATION.words})
type Line = tuple[str, str]


def kept(lines: Iterable[Line]) -> str:
    """Return lines as they are kept.

    >>> read_back(kept([("words", "Read more")]))
    [('words', 'Read more')]
    """
    return json.dumps([list(each) for each in lines], ensure_ascii=False)


def read_back(text: str) -> list[Line]:
    """Return kept lines as they were."""
    return [(str(kind), str(words)) for kind, words in json.loads(text)]


def lines_of(copy: HeadCopy) -> list[Line]:
    """Return the lines of a copy."""
    return read_back(copy.lines)


def objectives(whole: Whole) -> Iterator[Line]:
    """Yield who takes part, and the objectives with what each is tied to."""
    yield from _who(whole)
    for at, each in enumerate(whole.objectives, 1):
        yield HEADING, f"Objective {at}: {each.words}"
        yield from _objective(each)
    yield from _noted(whole, Said.ADVICE)


def statement(whole: Whole) -> Iterator[Line]:
    """Yield a whole statement: objectives with how far each was reached, the year's notes, the assessment, comments."""
    yield from _who(whole)
    for at, each in enumerate(whole.objectives, 1):
        yield HEADING, f"Objective {at}: {each.words}"
        yield from _objective(each)
        yield from _assessed(each)
    for kind in (Said.ADVICE, Said.HALFWAY, Said.MEETING, Said.ONWARD):
        yield from _noted(whole, kind)
    yield from _shown(whole)
    yield from _judged(whole)
    yield from _noted(whole, Said.MODERATION)
    if Section.NOTES in whole.sections:  # whoever moderates or hears an appeal reads none of the year's course
        yield HEADING, DAYS
        yield from ((WORDS, words) for words in days(whole))
    if whole.appeals:
        yield HEADING, APPEAL
        for its in whole.appeals:
            yield from ((WORDS, f"{words}: {said}") for words, said in appealed(its))


def days(whole: Whole) -> list[str]:
    """Return the days of a year's steps, with the standards that the headteacher was told."""
    year, told = whole.year, whole.statement
    steps = (
        (f"Standards told ({held_to(year)})", year.told_on),
        ("Objectives set", year.set_on),
        ("Mid-year review held", year.half_on),
        ("The panel met", year.met_on),
        ("Statement given", year.given_on),
        ("The headteacher commented", told.commented_on if told else None),
        ("Agreed and locked", year.agreed_on),
    )
    return [f"{words} on {in_words(on)}" for words, on in steps if on]


def held_to(year: HeadYear) -> str:
    """Return by name the standards that a headteacher is held to in a year."""
    return dict(FRAMEWORKS).get(framework(year), framework(year))


def stands(year: HeadYear) -> str:
    """Say how far a statement is: given or locked, since when, and whether it is under appeal."""
    if year.given_on is None:
        return ""
    if year.agreed_on is None:
        return f"Given on {in_words(year.given_on)}"
    return f"Locked on {in_words(year.agreed_on)}{', under appeal' if year.state == HeadState.APPEALED else ''}"


def appealed(each: HeadAppeal) -> list[tuple[str, str]]:
    """Return an appeal: when it was lodged and why; when, by whom and how it was ended, and why."""
    found = [(f"Lodged on {in_words(each.lodged_on)}", each.grounds)]
    if each.heard_on:
        by = f" by {each.heard_by.name}" if each.heard_by else ""
        how = f". {Result(each.result).words}" if each.result else ""
        found.append((f"Heard on {in_words(each.heard_on)}{by}{how}", each.words))
    return found


def _who(whole: Whole) -> Iterator[Line]:
    year = whole.year
    yield WORDS, f"Headteacher: {year.head.name}"
    yield (
        WORDS,
        f"Academic year: {academic_year(year.starts_in)} ({in_words(year.starts_on)} to {in_words(year.ends_on)})",
    )
    for part in (Part.PANEL, Part.TRUST, Part.ADVISER):
        if found := [each.person.name for each in whole.of(part)]:
            yield WORDS, f"{part.words}: {listed(found)}"
    if year.set_on:
        yield WORDS, f"Objectives set on {in_words(year.set_on)}"


def _objective(each: HeadObjective) -> Iterator[Line]:
    for words, told in (
        ("It serves pupils", each.pupils),
        ("How it will be seen", each.measure),
        ("In the plan", tied_to(each)),
        ("Characteristics", listed(it.code for it in each.characteristics.all())),
        ("Weight", "" if each.weight is None else f"{each.weight} of 100"),
        ("The headteacher's words", each.own_words),
    ):
        if told:
            yield WORDS, f"{words}: {told}"


def _assessed(each: HeadObjective) -> Iterator[Line]:
    yield WORDS, f"How far it was reached: {Reached(each.reached).words if each.reached else 'not assessed'}"
    if each.assessment:
        yield WORDS, each.assessment


def tied_to(each: HeadObjective) -> str:
    """Return what of the strategic plan an objective is tied to, in words."""
    if each.objective:
        return f"{each.objective.priority.title}: {each.objective.words}"
    return each.priority.title if each.priority else ""


def _noted(whole: Whole, kind: Said) -> Iterator[Line]:
    found: list[HeadNote] = [each for each in whole.notes if each.kind == kind]
    if found:
        yield HEADING, kind.words
        yield from ((WORDS, f"{in_words(each.on)}, {each.by.name}: {each.words}") for each in found)


def _shown(whole: Whole) -> Iterator[Line]:
    if whole.evidence:
        yield HEADING, SHOWN
        for each in whole.evidence:
            why = f" ({each.why})" if each.why else ""
            yield WORDS, f"{in_words(each.entry.occurred_on)}: {each.entry.words}{why}"
    if whole.reflection and whole.reflection.shown_on:
        yield HEADING, OWN
        yield WORDS, whole.reflection.words


def _judged(whole: Whole) -> Iterator[Line]:
    for words, said in judged(whole):
        yield HEADING, words
        yield WORDS, said


def judged(whole: Whole) -> list[tuple[str, str]]:
    """Return what a statement says, heading by heading, with the comments of whoever it is about."""
    told = whole.statement
    if told is None:
        return []
    parts = [
        ("Against the standards", told.standards),
        ("What to learn next", told.needs),
        ("What will be done about it", told.action),
        ("Pay", told.pay if whole.year.pay else ""),
        comments(told),
    ]
    return [(words, said) for words, said in parts if said]


def comments(told: HeadStatement) -> Line:
    """Return the headteacher's comments under a heading that says where they were on an earlier one."""
    if told.commented_on is None:
        return "The headteacher's comments on an earlier statement", told.comments
    return "The headteacher's comments", told.comments or "None."


def readable(lines: Iterable[Line], sections: frozenset[Section]) -> Iterator[Line]:
    """Yield the lines of a copy that may be read by whoever reads these sections of its year.

    Whoever hears an appeal reads no notes, days, evidence or own view; the next panel, to whom it is lent, no advice,
    moderation, days or appeal.

    >>> list(readable([("heading", "Panel meeting"), ("words", "Asked"), ("heading", "Pay")], {Section.APPEAL}))
    [('heading', 'Pay')]
    """
    shut = frozenset[str]() if Section.NOTES in sections else _NOT_HEARD
    shut = shut if Section.APPEAL in sections else _NOT_LENT
    closed = False
    for kind, words in lines:
        if kind == HEADING:
            closed = words in shut
        if not closed:
            yield kind, words
