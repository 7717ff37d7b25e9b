"""The pack for a coaching conversation: what feedback says, questions about where to grow, and room to write."""

from collections.abc import Iterator, Sequence

from headship.core import papers
from headship.core.pages import listed
from headship.core.paper import Block, Heading, Lines, Paper, Points, Table, Words
from headship.core.scope import Scope
from headship.voice import instruments
from headship.voice.feedback_pages import FeedbackPage, Line, Part
from headship.voice.inks import drawn
from headship.voice.result_pages import Words as Written

ABOUT = "For a conversation, not for a file: what is written in here stays with the two who talk."
READ = (
    "The dot is the average of what others say, on a line from least to most; the pale line is where it is likely to "
    "be, the triangle below it one's own view. A bar stands above it where ten or more answered: each part as long as "
    "its share, darker for more. There is no total, no rank, and no comparison with anybody else."
)
NOTES = "Notes"
TOO_FEW = "Too few answered for anything to be shown."


def pack(scope: Scope, page: FeedbackPage) -> Paper:
    """Return feedback as a document for a coaching conversation: one's own, or what one is shown of another's."""
    about = [page.told, f"{page.answered} · closed on {page.closed}"]
    if not page.for_coaching:
        return papers.made(scope, page.title, about, _blocks(page))
    return papers.made(scope, f"Coaching conversation: {page.title}", (*about, ABOUT), _blocks(page))


def _blocks(page: FeedbackPage) -> Iterator[Block]:
    if page.for_coaching:
        yield from _asked("To begin with", "begin", 3)
    if not page.parts:
        yield Words(TOO_FEW)
    yield from _parts(page, "What others see", page.chosen, asked=True)
    yield from _parts(page, "What others see most of", page.strengths, asked=False)
    yield from _parts(page, f"Where {page.whose or 'you'} could grow", page.points, asked=True)
    yield from _differ(page)
    yield from _written(page.words)
    if page.for_coaching:
        yield from _agreed()
    yield from _rest(page)
    yield from _in_figures(page)
    yield Heading("How this came about, and what it cannot say")
    yield Words(READ)
    yield Words(anonymity(page))
    yield papers.seen_by(page.seen_by)


def _asked(heading: str, code: str, lines: int) -> Iterator[Block]:
    yield Heading(heading)
    yield Points(instruments.coaching()[code])
    if lines:
        yield Lines(NOTES, lines)


def _agreed() -> Iterator[Block]:
    """Yield room for what comes of the conversation."""
    yield from _asked("What we agreed", "end", 0)
    for words in ("The goal, in one sentence", "The first step, and by when", "Who helps, and how we shall see it"):
        yield Lines(words, 2)


def _parts(page: FeedbackPage, heading: str, parts: Sequence[Part], *, asked: bool) -> Iterator[Block]:
    """Yield parts, for coaching with questions to talk about and room to write."""
    if parts:
        yield Heading(heading)
    for each in parts:
        yield from part(each)
        if asked and page.for_coaching:
            yield Points(instruments.coaching().get(each.code, instruments.coaching()["other"]))
            yield Lines(NOTES, 4)
    if parts and page.for_coaching and not asked:
        yield Lines("What made this possible, and what should stay as it is?", 3)


def _differ(page: FeedbackPage) -> Iterator[Block]:
    if page.differ:
        yield Heading("Where the views differ")
        yield Points([f"{named(each)}: {each.differs}." for each in page.differ])


def _written(words: Sequence[Written]) -> Iterator[Block]:
    for each in words:
        yield Heading(each.question)
        if not each.comments:
            yield Words("Too few wrote for their words to be shown.")
        yield from (Words(f"“{written}”") for written, _ in each.comments)


def _rest(page: FeedbackPage) -> Iterator[Block]:
    """Yield the parts that stand nowhere above, and those of which nothing can be shown."""
    told = {each.name for each in (*page.chosen, *page.strengths, *page.points)}
    rest = [(named(each), each.said, each.beside or "-") for each in page.parts if each.name not in told]
    if rest:
        yield Heading("All the rest")
        yield Table("", ("Part", "Others, on the whole", "Beside own view"), rest)
    if page.few:
        yield Words(f"Too few could say anything of: {listed(page.few)}.")


def part(each: Part) -> Iterator[Block]:
    """Yield one part: its words, its picture, and each of its statements."""
    yield Heading(named(each), 2)
    yield Words(f"{each.said}. {each.beside}." if each.beside else f"{each.said}.")
    if each.picture:
        yield drawn(each.picture, 0.5)
    own = any(line.own for line in each.lines)
    heads = ("Statement", "Others", "Own view") if own else ("Statement", "Others")
    rows = [(line.words, line.said, _own(line)) if own else (line.words, line.said) for line in each.lines]
    yield Table("", heads, rows)
    for line in each.lines:
        if line.picture:
            yield Words(line.words)
            yield drawn(line.picture, 0.5)


def _own(line: Line) -> str:
    return ". ".join(filter(None, (line.own, line.beside))) or "-"


def _in_figures(page: FeedbackPage) -> Iterator[Block]:
    """Yield the figures behind every picture: averages, and how many chose each step where that is shown."""
    if page.parts:
        yield Heading("In figures")
    for each in page.parts:
        yield Heading(named(each), 2)
        yield Table("", each.figures.heads, each.figures.rows)
        if each.figures.chosen:
            yield Table("How many others chose each step", each.figures.steps, each.figures.chosen)


def named(each: Part) -> str:
    """Return a part by its code, if it has one, and its name."""
    return f"{each.code} {each.name}".strip()


def anonymity(page: FeedbackPage) -> str:
    """Say why nobody can be found out, to whoever holds the document."""
    return (
        f"Nothing here rests on fewer than {page.fewest} people. What may be shown was decided once, when the survey "
        "closed; single answers exist no longer. Please do not guess who said what: a guess is mostly wrong, and "
        "people stop being honest where they expect it."
    )
