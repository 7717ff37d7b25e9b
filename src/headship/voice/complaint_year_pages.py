"""Exactly what the year of complaints and compliments shows to the headteacher and the board, and as a document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from headship.core import papers
from headship.core.pages import academic_year, in_words
from headship.core.paper import LINE, TEAL, Block, Heading, Paper, Picture, Table, Words, inked, titled
from headship.core.scope import Scope
from headship.schools.calendar_dates import year_of
from headship.voice import complaint_counts, drawing, pages
from headship.voice import complaint_queries as queries
from headship.voice.choices import FEWEST
from headship.voice.complaint_choices import Outcome, Theme
from headship.voice.complaint_counts import FORMAL, IN_TIME, INFORMAL, LATE, NOT_YET, OPEN, PANEL, Counts, Taken, Told

YEARS = 3
FEW = {5: "five"}[FEWEST]
INKS = f".app-answers__step{{fill:{TEAL}}}.app-answers__axis{{stroke:{LINE}}}"
TIMES = {IN_TIME: "In time", LATE: "Late", NOT_YET: "Not yet"}
HEADS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "theme": ("What complaints were about", {each: each.words for each in Theme}),
    "outcome": ("How they ended", {**{each: each.words for each in Outcome}, OPEN: "Still open"}),
    "reached": (
        "How far they went",
        {INFORMAL: "Answered informally", FORMAL: "To the formal stage", PANEL: "To a panel of governors"},
    ),
    "acknowledged": ("Acknowledged", TIMES),
    "answered": ("Answered", TIMES),
}
MIXED = "Different things, too few of each to say which"
APART = (
    "Complaints about the headteacher are not counted here, whether there are any or none. "
    "The chair of governors tells the board about them."
)
SMALL = (
    f"Counts under {FEWEST} are told together, with as many others as would give them away. "
    "Whole months are counted, each complaint in the year in which it was received."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One count: its words, its picture, and the number as it is said."""

    words: str
    drawn: SafeString
    told: str


@dataclass(frozen=True, slots=True)
class Part:
    """Counts that belong together; `under` says one thing more."""

    title: str
    lines: Sequence[Line]
    under: str = ""

    @property
    def alone(self) -> str:
        """What is said where there is but one count: no picture tells more."""
        return f"{self.lines[0].words}: {self.lines[0].told}." if len(self.lines) == 1 else ""


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year of complaints and compliments."""

    title: str
    finding: str
    period: str
    parts: Sequence[Part]
    compliments: Part
    apart: str
    small: str
    years: Sequence[tuple[str, str]]
    pdf_url: str
    word_url: str
    back: str


def year_asked(scope: Scope, asked: str) -> int:
    """Return the academic year to show: what was asked for, else the newest with a whole month in it."""
    this = year_of(queries.today_of(scope))
    offered = [this - at for at in range(YEARS)]
    if asked.isascii() and asked.isdigit() and int(asked) in offered:
        return int(asked)
    since, until = complaint_counts.stretch(this, queries.today_of(scope))
    return this if until > since else this - 1


def year_page(scope: Scope, starts_in: int) -> YearPage:
    """Arrange a year."""
    found = complaint_counts.counts(scope, starts_in)
    here = pages.address(scope, "complaints-year")
    document = f"{pages.address(scope, 'complaints-year-document')}?year={starts_in}"
    this = year_of(queries.today_of(scope))
    return YearPage(
        title=f"Compliments and complaints, {academic_year(starts_in)}",
        finding=_finding(found),
        period=_period(found),
        parts=[_part(found, group) for group in HEADS],
        compliments=Part("What compliments were about", _lines(found.compliment_themes, HEADS["theme"][1])),
        apart=APART,
        small=SMALL,
        years=[(academic_year(this - at), f"{here}?year={this - at}") for at in range(YEARS) if this - at != starts_in],
        pdf_url=document,
        word_url=f"{document}&as=word",
        back=pages.address(scope, "complaints"),
    )


def _period(found: Counts) -> str:
    if found.until < found.since:
        return "No whole month of this year is over yet."
    return f"{in_words(found.since)} to {in_words(found.until)}"


def _finding(found: Counts) -> str:
    kind, hard = _said(found.compliments), _said(found.total)
    praise = f"{kind[:1].upper()}{kind[1:]} {_plural('compliment', found.compliments)}"
    told = f"{praise}, {hard} {_plural('complaint', found.total)}."
    most = _most(found.groups["theme"])
    return f"{told} Most complaints were about {most[:1].lower()}{most[1:]}." if most else told


def _plural(word: str, count: int | None) -> str:
    return word if count == 1 else f"{word}s"


def _most(themes: Sequence[Told]) -> str:
    """Return the one theme with more than all others together, where what is told says so."""
    whole = sum(each.count or 0 for each in themes)
    each = next((each for each in themes if len(each.names) == 1 and each.count and 2 * each.count > whole), None)
    return Theme(each.names[0]).words if each else ""


def _said(count: int | None) -> str:
    if count is None:
        return f"fewer than {FEW}"
    return str(count) if count else "no"


def _part(found: Counts, group: str) -> Part:
    title, words = HEADS[group]
    taken = {"acknowledged": found.to_acknowledge, "answered": found.to_answer}.get(group)
    return Part(title, _lines(found.groups[group], words), _took(taken) if taken else "")


def _lines(told: Sequence[Told], words: Mapping[str, str]) -> list[Line]:
    most = max((each.count or FEWEST for each in told), default=FEWEST)
    return [_line(each, words, most) for each in told]


def _line(each: Told, words: Mapping[str, str], most: int) -> Line:
    every = [words[name] for name in each.names]
    lowered = [one if at == 0 else one[:1].lower() + one[1:] for at, one in enumerate(every)]
    inside = " or ".join(filter(None, ("; ".join(lowered[:-1]), *lowered[-1:]))) or MIXED
    said = f"{_said(each.count)} together" if len(every) > 1 else _said(each.count)
    return Line(inside, drawing.counted(each.count, most, f"{inside}: {said}"), said)


def _took(taken: Taken) -> str:
    if taken.days is None:
        return f"How long it took is told from {FEW} on."
    days = "1 school day" if taken.days == 1 else f"{taken.days:g} school days"
    return f"Half took {days} or less, counted from the day each was received (n = {taken.count})."


def paper(scope: Scope, page: YearPage) -> Paper:
    """Return a year as a document for the board: no name and no word of anybody."""
    return papers.made(scope, page.title, (page.finding, page.period), _blocks(page))


def _blocks(page: YearPage) -> Iterator[Block]:
    for part in (page.compliments, *page.parts):
        yield Heading(part.title)
        if part.alone:
            yield Words(part.alone)
        elif part.lines:
            rows = [(line.words, _drawn(line.drawn), line.told) for line in part.lines]
            yield Table("In numbers", ("What", "Picture", "Number"), rows)
        else:
            yield Words("None.")
        if part.under:
            yield Words(part.under)
    yield Heading("How this was counted")
    yield Words(page.small)
    yield Words(page.apart)


def _drawn(svg: SafeString) -> Picture:
    return Picture(inked(svg, INKS), titled(svg), 0.3)
