"""What a page of a school's own results finds, in one sentence: what can be told first, then what cannot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from headship.analysis.gaps import Verdict
from headship.core.pages import listed
from headship.outcomes.subjects import inside

MOST_NAMED = 4
NOBODY = "Too few pupils to tell."
NO_MEASURE = "Nothing is published to hold these scores against, and their scale has no standard."

type Told = Iterable[tuple[str, Verdict]]

# In this order: what stands apart, then what does not, then what nobody can tell. `{who}` are subjects or groups.
GAPS: Mapping[Verdict, str] = {
    Verdict.BELOW: "disadvantaged pupils were behind others in {who}",
    Verdict.ABOVE: "disadvantaged pupils were ahead of others in {who}",
    Verdict.ABOUT_THE_SAME: "disadvantaged pupils did about the same as others in {who}",
    Verdict.ONE_PUPIL: "in {who} one pupil's result could undo the difference between disadvantaged pupils and others",
    Verdict.CANNOT_TELL: "in {who} they cannot be told from others",
    Verdict.NO_INTERVAL: "in {who} nobody can say how sure a gap is",
}
PROGRESS: Mapping[Verdict, str] = {
    Verdict.ABOVE: "our pupils came further than others who started alike in {who}",
    Verdict.BELOW: "our pupils came less far than others who started alike in {who}",
    Verdict.ABOUT_THE_SAME: "our pupils came about as far as others who started alike in {who}",
    Verdict.CANNOT_TELL: "in {who} they cannot be told from others who started alike",
    Verdict.NO_INTERVAL: "in {who} nobody can say how sure a difference is",
}
GROUPS: Mapping[Verdict, str] = {
    Verdict.BELOW: "below all others: {who}",
    Verdict.ABOVE: "above all others: {who}",
    Verdict.ABOUT_THE_SAME: "about the same as all others: {who}",
    Verdict.CANNOT_TELL: "too close to all others to tell: {who}",
    Verdict.NO_INTERVAL: "nobody can say how sure a difference is: {who}",
}


def means(told: Iterable[tuple[str, Verdict, str]]) -> str:
    """Say which subjects' means stand above or below what they are held against, and which cannot be told from it.

    >>> england = "England's average of 2022/23"
    >>> means([("Reading", Verdict.CANNOT_TELL, england), ("Mathematics", Verdict.ABOVE, england)])
    "Mathematics is above England's average of 2022/23; reading cannot be told from it."
    """
    found = list(told)
    if not found:
        return NO_MEASURE
    names = list(dict.fromkeys(name for _, _, name in found))
    parts = [
        part for name in names for part in _beside(name, [(who, told) for who, told, each in found if each == name])
    ]
    return _sentence(parts) if parts else NOBODY


def _beside(name: str, told: Sequence[tuple[str, Verdict]]) -> Iterator[str]:
    """Yield what is said of the subjects that are held against one thing, naming that thing once."""
    for verdict, whose in _by_verdict(told, _BESIDE):
        says = _BESIDE[verdict].format(who=_who(whose), are="is" if len(whose) == 1 else "are", name=name)
        yield says
        name = "it"


_BESIDE: Mapping[Verdict, str] = {
    Verdict.ABOVE: "{who} {are} above {name}",
    Verdict.BELOW: "{who} {are} below {name}",
    Verdict.ABOUT_THE_SAME: "{who} {are} about the same as {name}",
    Verdict.CANNOT_TELL: "{who} cannot be told from {name}",
    Verdict.NO_INTERVAL: "nobody can say how sure {who} {are} beside {name}",
}


def said_of(told: Told, words: Mapping[Verdict, str]) -> str:
    """Say of which subjects what is true, those that can be told first.

    >>> said_of([("Reading", Verdict.CANNOT_TELL), ("Mathematics", Verdict.BELOW), ("French", Verdict.TOO_FEW)], GAPS)
    'Disadvantaged pupils were behind others in mathematics; in reading they cannot be told from others.'
    """
    parts = [words[verdict].format(who=_who(whose)) for verdict, whose in _by_verdict(list(told), words)]
    return _sentence(parts) if parts else NOBODY


def _by_verdict(
    told: Sequence[tuple[str, Verdict]], words: Mapping[Verdict, str]
) -> Iterator[tuple[Verdict, Sequence[str]]]:
    for verdict in words:
        if whose := [who for who, each in told if each is verdict]:
            yield verdict, whose


def _who(whose: Sequence[str]) -> str:
    """Name the first few subjects, and say how many more there are."""
    named = [inside(each) for each in whose[:MOST_NAMED]]
    rest = len(whose) - len(named)
    return listed([*named, *([f"{rest} more"] if rest else [])])


def _sentence(parts: Sequence[str]) -> str:
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def moved(told: Iterable[tuple[str, str]]) -> str:
    """Say which subjects moved over the years, by what is said of each: "up since 2022/23", or nothing told.

    >>> moved([("Reading", ""), ("Mathematics", "up since 2022/23"), ("History", "up since 2022/23")])
    'Mathematics and history are up since 2022/23; no change can be told in reading.'
    """
    by: dict[str, list[str]] = {}
    for who, what in told:
        by.setdefault(what, []).append(who)
    still = by.pop("", [])
    parts = [f"{_who(whose)} {'is' if len(whose) == 1 else 'are'} {what}" for what, whose in by.items()]
    return _sentence([*parts, *([f"no change can be told in {_who(still)}"] if still else [])]) if by or still else ""
