"""Exactly what the page that asks whether appraisal is fair shows, in words before figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.analysis.fairness import Compared, GroupShare, Outcome
from headship.analysis.figures import Figure
from headship.appraisal import staff_fairness_queries as queries
from headship.appraisal.staff_fairness_queries import LEAST, Audited
from headship.appraisal.staff_pages import address
from headship.core.pages import academic_year
from headship.core.scope import Scope

NOT_HELD = (
    "Sex, ethnicity, disability, age, religion, sexual orientation and other protected characteristics of staff are "
    "not held anywhere in Headship, so this page cannot compare by them. Your payroll or staff records may."
)
ASKED = {
    Outcome.SET: "Had objectives set by the day",
    Outcome.MET: "Met all their objectives, of completed years",
    Outcome.SUPPORTED: "Accepted support in the year",
    Outcome.DEVELOPED: "Were promised development in their statement, of completed years",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One comparison: what is asked, by what, the answer, how many are known, and a row for each group."""

    title: str
    known: str
    rows: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class FairnessPage:
    """A year's comparisons, what was found first, what is not held, and appraisers beside one another."""

    title: str
    year: str
    years: Sequence[tuple[str, str]]
    found: Sequence[str]
    tables: Sequence[Table]
    withheld: Sequence[str]
    appraisers: Sequence[tuple[str, str, str]]
    why_no_appraisers: str
    least: int
    not_held: str
    hours: str
    people: int
    back: str


def fairness_page(scope: Scope, starts_in: int, every: Sequence[int]) -> FairnessPage:
    """Arrange a year's comparison."""
    audited = queries.audited(scope, starts_in)
    asked = [(name, outcome, each) for (name, outcome), each in audited.compared.items() if each.groups]
    at = address(scope, "staff-fairness")
    return FairnessPage(
        title="Is appraisal fair?",
        year=academic_year(starts_in),
        years=[(academic_year(each), f"{at}?year={each}") for each in every if each != starts_in],
        found=_found(audited),
        tables=[_table(name, outcome, each) for name, outcome, each in asked if _shows(each)],
        withheld=[_asked(name, outcome) for name, outcome, each in asked if not _shows(each)],
        appraisers=[
            (name, each.words, f"{_points(each.value)} ({_points(each.low)} to {_points(each.high)}), {each.n} people")
            for name, each in audited.severities
        ],
        why_no_appraisers=""
        if audited.severities
        else f"Appraisers are compared once two of them completed years with {LEAST} people or more, whose "
        "outcomes differ.",
        least=LEAST,
        not_held=NOT_HELD,
        hours=f"Full time or part time is known of {audited.hours_known} of {audited.people}, whose directed time is "
        "planned here.",
        people=audited.people,
        back=address(scope, "staff-appraisal"),
    )


def _found(audited: Audited) -> list[str]:
    """Return what stands out, in words; groups of which nothing does are not named."""
    told = [
        f"{each.group}: {each.words[:1].lower()}{each.words[1:]}"
        for found in audited.compared.values()
        for each in found.groups
        if each.difference is not None and each.words.endswith("seldom chance.")
    ]
    return [*told, *(f"{name}: {each.words}" for name, each in audited.severities if each.words != "About the same.")]


def _shows(found: Compared) -> bool:
    """Whether a comparison has any figure that may be shown."""
    return any(each.share is not None and each.share.value is not None for each in found.groups)


def _asked(name: str, outcome: Outcome) -> str:
    return f"{ASKED[outcome]}, by {name.lower()}"


def _table(name: str, outcome: Outcome, found: Compared) -> Table:
    return Table(
        title=_asked(name, outcome),
        known=f"Known of {found.known} of {found.of}.",
        rows=[_row(each) for each in found.groups],
    )


def _row(each: GroupShare) -> tuple[str, str, str, str]:
    return each.group, _share(each.share), _share(each.others), each.words


def _share(figure: Figure | None) -> str:
    if figure is None or figure.value is None or figure.interval is None:
        return "too few to show"
    low, high = figure.interval
    return f"{round(figure.value * 100)}% ({round(low * 100)}% to {round(high * 100)}%), {figure.n} people"


def _points(value: float) -> str:
    return f"{round(100 * value):+d}"
