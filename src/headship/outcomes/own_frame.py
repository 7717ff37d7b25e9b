"""What the screens of a school's own results share: their shape, what is chosen, and tables of groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from headship.analysis import gaps
from headship.analysis.figures import Figure, Lacking
from headship.analysis.gaps import Verdict
from headship.core.pages import Link, academic_year
from headship.core.scope import Scope
from headship.outcomes import drawing, own_lead, results, rules, said
from headship.outcomes.groups import Group, Grouping
from headship.outcomes.models import Assessment
from headship.outcomes.own import Measured, Sitting

PROGRESS = "results-progress"
PARTS = (
    ("results", "Results"),
    (PROGRESS, "Progress"),
    ("results-gap", "Disadvantage gap"),
    ("results-groups", "Groups"),
    ("results-years", "Over the years"),
    ("results-attendance", "Attendance"),
)
SEEN_BY = ("Staff of this school", "Governors and the clerk", "Leaders of its trust or authority with a post here")
NOTHING = (
    "This page will show how pupils do: each subject with how sure the figure is, the disadvantage gap, groups, "
    "attendance, and the years before. It needs a file of results from the school's own system."
)
MOST_SAID = 6  # sentences: the tables have the rest
CANNOT = (
    "Not why a figure is as it is: it describes the pupils who were here.",
    "Not how next year's pupils will do: another cohort would differ, and the interval says by about how much.",
    "Not that one school, subject or class is better than another.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader chose: an assessment, a year group, a subject; each may be none."""

    sat: int | None = None
    year_group: str = ""
    subject: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose among, as links."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: of what, the finding as its heading, the picture (None: too few), and what stands behind it."""

    name: str
    finding: str
    picture: SafeString | None
    behind: str
    method: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, headings and rows of words."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def shown(self) -> tuple[tuple[str, ...], ...]:
        """The rows that tell anything."""
        return tuple(row for row in self.rows if set(row[1:]) != {said.HIDDEN})

    @property
    def hidden(self) -> str:
        """What the other rows say, once for all of them."""
        few = [row[0] for row in self.rows if set(row[1:]) == {said.HIDDEN}]
        return f"{said.HIDDEN.capitalize()}: {'; '.join(few)}." if few else ""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Any page of a school's own results. `empty` stands alone where nothing was brought in yet.

    Where the tables are long beside many pictures they are `folded`: one opens each.
    """

    title: str
    parts: tuple[Link, ...]
    choices: tuple[Choice, ...] = ()
    lead: str = ""
    words: str = ""
    rows: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = ()
    folded: bool = False
    can: tuple[str, ...] = ()
    cannot: tuple[str, ...] = CANNOT
    to_do: tuple[str, ...] = ()
    empty: str = ""
    first_step: Link | None = None
    refusal: str = ""
    seen_by: tuple[str, ...] = SEEN_BY
    document: str = ""
    sources: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Row, ...]:
        """The figures that may be shown."""
        return tuple(row for row in self.rows if row.picture is not None)

    @property
    def hidden(self) -> str:
        """What rests on too few pupils, said once; nothing where all does: the lead says it."""
        few = [row.name for row in self.rows if row.picture is None]
        return f"Too few pupils to show: {'; '.join(few)}." if few and self.shown else ""

    @property
    def drawn_up(self) -> tuple[Table, ...]:
        """The tables that tell anything."""
        return tuple(each for each in self.tables if each.shown)

    @property
    def untold(self) -> str:
        """Which tables tell nothing, said once."""
        gone = [each.caption for each in self.tables if each.rows and not each.shown]
        return f"Too few pupils to show by: {'; '.join(gone)}." if gone and self.drawn_up else ""


def parts_of(scope: Scope, here: str, asked: Asked, held: Sequence[Assessment] = ()) -> tuple[Link, ...]:
    """Return the parts of the results as links that keep the assessment and the year group.

    Progress is of GCSE grades alone: where none are held, nothing leads to it.
    """
    kept = {"sat": asked.sat, "year_group": asked.year_group}
    gone = {PROGRESS} - {here} if held and not any(each.scale == "gcse" for each in held) else set()
    return tuple(Link(words, address(scope, name, **kept), name == here) for name, words in PARTS if name not in gone)


def address(scope: Scope, name: str, **asked: object) -> str:
    """Return a page's address with what is chosen on it."""
    assert scope.place is not None  # pages of a school
    told = {key: str(value) for key, value in asked.items() if value not in {None, ""}}
    return reverse(name, kwargs={"urn": scope.place.key}, query=told)


def nothing(scope: Scope, title: str, here: str) -> OwnPage:
    """Return the page of a school that has brought in nothing yet."""
    refusal = rules.bring_results(scope) or ""
    first_step = None if refusal else Link("Bring a file of results", address(scope, "pupil-files"))
    return OwnPage(title, parts_of(scope, here, Asked()), empty=NOTHING, refusal=refusal, first_step=first_step)


def chosen(scope: Scope, asked: Asked) -> tuple[list[Assessment], Assessment | None]:
    """Return what was assessed here, and the assessment asked for or the foremost."""
    held = results.assessments(scope)
    return held, next((each for each in held if each.pk == asked.sat), results.foremost(held))


def choices(scope: Scope, here: str, held: Sequence[Assessment], found: Sitting) -> Iterator[Choice]:
    """Yield what there is to choose among: assessments, and the year groups of one."""
    links = [
        Link(f"{each.name}, {academic_year(each.year)}", address(scope, here, sat=each.pk), each == found.assessment)
        for each in held
    ]
    if len(links) > 1:
        yield Choice("Assessment", tuple(links))
    if len(found.year_groups) > 1:
        sat = found.assessment.pk
        names = [
            Link(name or "Not known", address(scope, here, sat=sat, year_group=name), name == found.year_group)
            for name in found.year_groups
        ]
        yield Choice("Year group", tuple(names))


def about(found: Sitting) -> str:
    """Return what is looked at, in words."""
    sat = found.assessment
    who = f" of {_group_words(found.year_group)}" if found.year_group else ""
    return f"{sat.name}{who}, {academic_year(sat.year)}. {found.scale.words}."


def _group_words(year_group: str) -> str:
    return f"Year {year_group}" if year_group.isdecimal() else year_group


def on_scale(column: Measured) -> str:
    """Say the scale a column is drawn on."""
    ends = f"on a scale from {column.lowest:g} to {column.highest:g}"
    return ends if column.standard is None else f"{ends}; the line marks {column.standard:g}"


def whisker(column: Measured, figure: Figure) -> SafeString | None:
    """Draw a mean on its scale, the standard marked."""
    if figure.value is None:
        return None
    words = f"{column.words}: {said.whole(figure, column.unit)}, {on_scale(column)}"
    return drawing.whisker(
        figure.value, figure.interval, column.standard, words, least=column.lowest, most=column.highest
    )


def lacking(figure: Figure) -> Lacking:
    """Return why a figure is not there."""
    return figure.lacking or Lacking.NOT_KNOWN


def mean_cells(figure: Figure, unit: str) -> tuple[str, str, str]:
    """Return a figure's pupils, value and interval as cells."""
    if figure.value is None:
        return said.HIDDEN, said.HIDDEN, said.HIDDEN
    interval = f"{said.bare(figure.interval[0])} to {said.bare(figure.interval[1])}" if figure.interval else "none"
    return f"{figure.n:,}", said.number(figure.value, unit), interval


def group_table(grouping: Grouping, unit: str, what: str = "Mean") -> Table:
    """Return the table of a grouping."""
    heads = ("Group", "Pupils", what, "Interval", "Against all others")
    note = "Some groups are hidden because they, or others beside them, are small." if grouping.hides else ""
    return Table(grouping.words, heads, tuple(_group_cells(each, unit) for each in grouping.groups), note)


def _group_cells(group: Group, unit: str) -> tuple[str, ...]:
    if group.figure is None:
        return (group.words, *[said.HIDDEN] * 4)
    cells = (group.words, *mean_cells(group.figure, unit))
    if group.difference is None or group.difference.value is None:
        return (*cells, "not compared")
    interval = group.difference.interval
    ends = f" ({said.bare(interval[0])} to {said.bare(interval[1])})" if interval else ""
    return (*cells, f"{group.difference.value:+.1f}{ends}")


def group_findings(parted: Sequence[Grouping], unit: str, fewest: int, small: float) -> Iterator[str]:
    """Yield what can be said of groups; then who is too close to tell, together."""
    close, said_any = [], False
    for group, gap in _compared(parted):
        if gaps.verdict(gap, fewest=fewest, small=small) is Verdict.CANNOT_TELL:
            close.append(group.words)
        else:
            said_any = True
            yield f"{said.difference(gap, group.words, 'all others', unit, fewest=fewest, small=small)}."
    if close:
        yield f"Too close to all others to tell: {'; '.join(close)}."
    elif not said_any:
        yield "Nothing of one group against the others: no two are large enough to compare."


def _compared(parted: Sequence[Grouping]) -> Iterator[tuple[Group, Figure]]:
    """Yield each group that is held against all others, of two that mirror each other one."""
    for grouping in parted:
        told = [each for each in grouping.groups if each.difference is not None]
        for group in told[: 1 if len(told) == 2 else None]:
            if group.difference is not None and group.difference.value is not None:
                yield group, group.difference


def group_lead(parted: Sequence[Grouping], fewest: int, small: float) -> str:
    """Say in one sentence which groups stand apart from all others."""
    told = ((group.words, gaps.verdict(gap, fewest=fewest, small=small)) for group, gap in _compared(parted))
    return own_lead.said_of(told, own_lead.GROUPS)


def findings(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what rows say that can be said."""
    told = tuple(f"{row.finding}." for row in rows if row.picture is not None)
    return told[:MOST_SAID]
