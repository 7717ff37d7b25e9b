"""Exactly what the page that asks whether appraisal is fair shows, in words before figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.forms import Form

from headship.analysis.fairness import Compared, GroupShare, Outcome
from headship.analysis.figures import Figure
from headship.appraisal import staff_fairness_queries as queries
from headship.appraisal import staff_queries
from headship.appraisal.staff_fairness_queries import LEAST, Audited
from headship.appraisal.staff_pages import address
from headship.core.pages import academic_year, in_words, listed
from headship.core.scope import Scope
from headship.equality import apart_queries as apart
from headship.equality import rules
from headship.equality.apart_queries import Released

FEWEST = 4 * LEAST  # on each side of yes and no, in a group and outside it
APART = (
    "Sex, age, ethnic group, disability, religion or belief and sexual orientation are compared only where staff said "
    "something of themselves, further down. Nobody at the school can read what anybody said."
)
ONCE = (
    "Compare them once, as they are on that day. It cannot be done again for this year: two pages of one year, held "
    "against each other, could tell who answered in between. Whether enough of them answered is seen then, not before."
)
NOT_YET = (
    f"Appraisers are compared once two of them completed years with {LEAST} people or more, whose outcomes differ."
)
ALIKE = (
    "About the same. How far these appraisers' outcomes lie apart is no more than chance alone would make it, so no "
    "figure stands here for any of them."
)
ASKED = {
    Outcome.SET: "Had objectives set by the day",
    Outcome.MET: "Met all their objectives in completed years",
    Outcome.SUPPORTED: "Accepted support in the year",
    Outcome.DEVELOPED: "Were promised development in the statement of a completed year",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One comparison: what is asked, by what, the answer, how many are known, and a row for each group."""

    title: str
    known: str
    rows: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Apart:
    """What was released of a year by what staff said of themselves; or why not yet, with the way where there is one."""

    said: str
    url: str
    tables: Sequence[Table]
    withheld: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """What is about to be compared, once."""

    title: str
    year: str
    said: Sequence[str]
    form: Form
    back: str


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
    apart_told: str
    apart: Apart
    hours: str
    people: int
    back: str


def fairness_page(scope: Scope, starts_in: int, every: Sequence[int]) -> FairnessPage:
    """Arrange a year's comparison."""
    audited, released = queries.audited(scope, starts_in), apart.released(scope, starts_in)
    asked = [(name, outcome, each) for (name, outcome), each in audited.compared.items() if each.groups]
    at = address(scope, "staff-fairness")
    told_apart = any(each.low < each.high for _, each in audited.severities)
    return FairnessPage(
        title="Is appraisal fair?",
        year=academic_year(starts_in),
        years=[(academic_year(each), f"{at}?year={each}") for each in every if each != starts_in],
        found=[*_found(audited), *(_standing_out(released) if released else ())],
        tables=[_table(name, outcome, each) for name, outcome, each in asked if _shows(each)],
        withheld=[
            title for title, _ in _withheld((name, outcome, "") for name, outcome, each in asked if not _shows(each))
        ],
        appraisers=[
            (name, each.words, f"{_points(each.value)} ({_points(each.low)} to {_points(each.high)}), {each.n} people")
            for name, each in audited.severities
            if told_apart
        ],
        why_no_appraisers="" if told_apart else ALIKE if audited.severities else NOT_YET,
        least=LEAST,
        apart_told=APART,
        apart=_apart(scope, starts_in, released),
        hours=f"Whether somebody works full time is known where their directed time is planned here: of "
        f"{audited.hours_known} of {audited.people}.",
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


def _standing_out(released: Released) -> list[str]:
    """Return what stands out of what was released: the group with its characteristic, since "other" says little."""
    return [
        f"{name}, {each.group}: {each.words[:1].lower()}{each.words[1:]}"
        for (name, _), groups in released.compared.items()
        for each in groups
        if each.words.endswith("seldom chance.")
    ]


def _apart(scope: Scope, starts_in: int, released: Released | None) -> Apart:
    """Arrange what was released of a year, or why there is nothing. No answer is looked at for it."""
    year, this_year = academic_year(starts_in), staff_queries.this_year(scope)
    if released:
        shown = {key: groups for key, groups in released.compared.items() if groups[0].share is not None}
        return Apart(
            said=f"Compared once, on {in_words(released.made_on)}, and kept as it was shown.",
            url="",
            tables=[Table(_asked(*key), "", [_row(each) for each in groups]) for key, groups in shown.items()],
            withheld=_withheld((*key, each[0].words) for key, each in released.compared.items() if key not in shown),
        )
    if why := cannot_release(scope, starts_in, this_year):
        return Apart(why, "", (), ())
    return Apart(
        f"{year} was not compared by what staff said of themselves. {ONCE}",
        f"{address(scope, 'staff-fairness-release')}?year={starts_in}",
        (),
        (),
    )


def cannot_release(scope: Scope, starts_in: int, this_year: int) -> str | None:
    """Say why a year cannot be compared by what staff said of themselves; nothing where it can."""
    if rules.release_year(starts_in, this_year=this_year):
        return f"{academic_year(starts_in)} can be compared by what staff said of themselves once it is over."
    _, people = queries.progress(scope, starts_in)
    if people < FEWEST:
        return (
            f"Comparing by what staff said of themselves needs {FEWEST} people with a year of appraisal at the least: "
            f"{LEAST} on each side of yes and no, in a group and outside it. In {academic_year(starts_in)} there were "
            f"{people}."
        )
    return None


def release_page(scope: Scope, starts_in: int, form: Form) -> ReleasePage:
    """Arrange what is said before a year is compared, once."""
    complete, people = queries.progress(scope, starts_in)
    return ReleasePage(
        title="Compare by what staff said of themselves",
        year=academic_year(starts_in),
        said=(
            f"What is looked at: who {listed(f'{words[:1].lower()}{words[1:]}' for words in ASKED.values())}.",
            f"By: {listed(each.words.lower() for each in apart.asked(staff_queries.today_of(scope)).values())}.",
            f"Of {people} people, {complete} have a complete year of appraisal. What is complete by now is counted.",
            ONCE,
        ),
        form=form,
        back=f"{address(scope, 'staff-fairness')}?year={starts_in}",
    )


def _shows(found: Compared) -> bool:
    """Whether a comparison has any figure that may be shown."""
    return any(each.share is not None and each.share.value is not None for each in found.groups)


def _asked(name: str, outcome: Outcome) -> str:
    return f"{ASKED[outcome]}, by {name.lower()}"


def _withheld(asked: Iterable[tuple[str, Outcome, str]]) -> list[tuple[str, str]]:
    """Return what is not shown, each outcome once with all it was asked by, and why."""
    together: dict[tuple[Outcome, str], list[str]] = {}
    for name, outcome, why in asked:
        together.setdefault((outcome, why), []).append(name.lower())
    return [(f"{ASKED[outcome]}, by {listed(names)}", why) for (outcome, why), names in together.items()]


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
