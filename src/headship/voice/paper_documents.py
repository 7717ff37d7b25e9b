"""A survey's questions on paper: a copy for each code, with boxes to tick and lines to write on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from headship.core import papers
from headship.core.paper import Block, Boxes, Copy, Heading, Lines, Paper, Words
from headship.core.scope import Scope
from headship.voice import codes, instruments, queries
from headship.voice.code_views import drawn
from headship.voice.instruments import COMMENT, Question
from headship.voice.languages import ENGLISH
from headship.voice.models import Survey
from headship.voice.tongue import Tongue

ROWS = 4
PART = 100  # copies in one document


@dataclass(frozen=True, slots=True)
class Printing:
    """How copies of a group, with so many codes, are printed: where addresses begin, who types in, in which letters."""

    origin: str
    typist: str
    large: bool
    group: str
    count: int
    tongue: Tongue = Tongue()  # noqa: RUF009  # frozen, so one for all is safe


def paper(scope: Scope, survey: Survey, tokens: Sequence[str], printing: Printing) -> Paper:
    """Arrange the copies of a group: what to do with them first, then one for each code."""
    blocks: list[Block] = [
        Words(
            f"{len(tokens)} copies for {printing.group}, each with a code of its own. Hand them round in no order, and "
            "keep no list of who had which. Throw away what is left over; take a paper from nobody's hand."
        )
    ]
    for token in tokens:
        blocks += _copy(survey, token, printing)
    made = papers.made(scope, f"{survey.title} · {printing.group}", (), blocks)
    tongue = printing.tongue
    if tongue.code == ENGLISH:
        return replace(made, large=printing.large)
    return replace(made, large=printing.large, language=tongue.code, leftward=tongue.direction == "rtl")


def _copy(survey: Survey, token: str, printing: Printing) -> Iterator[Block]:
    put, said = printing.tongue.plain, printing.tongue.print
    code, until = codes.spaced(token), printing.tongue.day(survey.closes_on)
    address = f"{printing.origin}{reverse('answer', args=[code])}"
    yield Copy(said("paper_foot", title=put(survey.title), code=code))
    yield Heading(f"{survey.school.name}: {put(survey.title)}")
    if survey.opening:
        yield Words(put(survey.opening))
    yield Words(said("paper_named"))
    yield Words(said("paper_seen", typist=printing.typist))
    yield Words(said("paper_shown", fewest=survey.fewest, count=printing.count, group=printing.group))
    yield Heading(f"{said('paper_code')}: {code}", 2)
    yield replace(drawn(address), share=0.16)
    yield Words(said("paper_online", address=address, until=until))
    yield Words(said("paper_tick"))
    yield from _questions(queries.questions(survey), printing.tongue)
    yield Words(said("paper_post", place=survey.paper_to))


def _questions(asked: Sequence[Question], tongue: Tongue) -> Iterator[Block]:
    put = [each for each in asked if each.is_for("")]
    for number, each in enumerate(put, 1):
        if each.kind == COMMENT:
            yield Lines(f"{number}. {tongue.plain(each.words)}", ROWS)
        else:
            scale = instruments.scales()[each.scale]
            steps = [(str(at), tongue.plain(words)) for at, words in enumerate(scale.steps, 1)]
            yield Boxes(f"{number}. {tongue.plain(each.words)}", [*steps, ("0", tongue.plain(scale.unknown))])
    if any(each.kind == COMMENT for each in put):
        yield Lines(tongue.print("name"), 1)
