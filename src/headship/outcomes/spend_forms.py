"""The grid of pupil premium spending as a form: rows to type in, and a box to paste rows from a spreadsheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from headship.outcomes.models import SpendLine
from headship.outcomes.spend_actions import Spent
from headship.outcomes.spend_choices import BLANK_ROWS, COLUMNS, HEADS, MOST_ROWS, Approach

LONGEST = {"what": 120, "need": 160}
MOST_MONEY = Decimal(99_999_999)
OTHERS = ("owner", "intervention")
type Typed = Mapping[str, str]
type Wrong = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell: its row, counted from 1, its column, and a sentence."""

    row: int
    column: str
    sentence: str

    @property
    def words(self) -> str:
        """The fault with its place."""
        return f"Row {self.row}, {_head(self.column)}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Grid:
    """What was typed, cell by cell; clean lines where nothing is wrong."""

    rows: Sequence[Typed]
    spent: Sequence[Spent]
    faults: Sequence[Fault]


def of_lines(found: Sequence[SpendLine]) -> list[Typed]:
    """Return the rows of a grid as they are shown, with blank ones below."""
    rows: list[Typed] = [
        {
            **{name: str(getattr(each, name)) for name in COLUMNS},
            "owner": str(each.owner_id or ""),
            "intervention": str(each.intervention_id or ""),
        }
        for each in found
    ]
    return [*rows, *blank(len(rows))]


def blank(used: int) -> list[Typed]:
    """Return blank rows below those in use."""
    return [dict.fromkeys((*COLUMNS, *OTHERS), "")] * min(BLANK_ROWS, MOST_ROWS - used)


def read(sent: Mapping[str, str], owners: Sequence[int], interventions: Sequence[int]) -> Grid:
    """Read the grid that was sent, and what was pasted below it; a row without a word is no row."""
    rows = [each for each in (*_typed(sent), *pasted(sent.get("pasted", ""))) if any(_told(each))]
    faults: list[Fault] = []
    if len(rows) > MOST_ROWS:
        faults.append(Fault(MOST_ROWS + 1, "what", f"a grid has at most {MOST_ROWS} rows."))
    spent = [
        _spent(row, each, faults, owners=owners, interventions=interventions)
        for row, each in enumerate(rows[:MOST_ROWS], start=1)
    ]
    return Grid([*rows[:MOST_ROWS], *blank(len(rows))], [] if faults else spent, faults)


def _told(row: Typed) -> Iterator[str]:
    """Yield the cells that somebody must have written: a row has an approach chosen for it by itself."""
    return (row[name] for name in COLUMNS if name != "approach")


def _typed(sent: Mapping[str, str]) -> Iterator[Typed]:
    for row in range(MOST_ROWS + BLANK_ROWS):
        if f"what-{row}" in sent:
            yield {name: " ".join(sent.get(f"{name}-{row}", "").split()) for name in (*COLUMNS, *OTHERS)}


def pasted(text: str) -> Iterator[Typed]:
    r"""Yield the rows that were pasted: cells apart by tabs, in the order of the columns; headings are left out.

    >>> [each["amount"] for each in pasted("What\tApproach\nTutors\tTargeted support\tReading\t£1,200\t1200")]
    ['£1,200']
    """
    for line in text.splitlines()[: MOST_ROWS + 1]:
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        if not any(cells) or cells[0].casefold() == HEADS[0].casefold():
            continue
        filled = [*cells, *[""] * len(COLUMNS)][: len(COLUMNS)]
        yield {**dict(zip(COLUMNS, filled, strict=True)), "owner": "", "intervention": ""}


def _spent(
    row: int, typed: Typed, faults: list[Fault], *, owners: Sequence[int], interventions: Sequence[int]
) -> Spent:
    def wrong(column: str, sentence: str) -> None:
        faults.append(Fault(row, column, sentence))

    amount, premium = (_money(typed[name], name, wrong) for name in ("amount", "premium"))
    if not typed["what"]:
        wrong("what", "say what it was spent on.")
    for name, longest in LONGEST.items():
        if len(typed[name]) > longest:
            wrong(name, f"use at most {longest} characters.")
    if premium > amount:
        wrong("premium", "no more can be pupil premium than was spent.")
    return Spent(
        what=typed["what"],
        approach=_approach(typed["approach"], wrong),
        need=typed["need"],
        amount=amount,
        premium=premium,
        owner=_key(typed["owner"], "owner", owners, wrong),
        intervention=_key(typed["intervention"], "intervention", interventions, wrong),
    )


def _money(text: str, name: str, wrong: Wrong) -> Decimal:
    """Return pounds; the pupil premium of a row without any is none."""
    if not text and name == "premium":
        return Decimal(0)
    try:
        found = Decimal(text.replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found <= MOST_MONEY or found != found.quantize(Decimal("0.01")):
        wrong(name, "use pounds and pence, such as 1,200 or 1200.50.")
        return Decimal(0)
    return found


def _approach(text: str, wrong: Wrong) -> Approach:
    for each in Approach:
        if text.casefold() in {each.value, each.words.casefold()}:
            return each
    wrong("approach", f"choose {', '.join(each.words for each in Approach)}.")
    return Approach.TEACHING


def _key(text: str, name: str, offered: Sequence[int], wrong: Wrong) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) not in offered:
        wrong(name, "choose from the list.")
        return None
    return int(text)


def _head(column: str) -> str:
    return dict(zip(COLUMNS, HEADS, strict=True)).get(column, column).lower()
