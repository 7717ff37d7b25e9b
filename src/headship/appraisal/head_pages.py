"""Exactly what the pages of a headteacher's appraisal show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.forms import Form
from django.urls import reverse

from headship.appraisal import (
    head_checks,
    head_copies,
    head_queries,
    head_rules,
    head_trust_queries,
    own_rule_queries,
    own_rules,
    staff_copies,
)
from headship.appraisal.head_choices import OVER, HeadState
from headship.appraisal.head_evidence import Shelf
from headship.appraisal.head_queries import Whole
from headship.appraisal.models import HeadAppeal, HeadCopy, HeadYear
from headship.appraisal.own_rules import Ruled
from headship.core import belt
from headship.core.pages import academic_year, in_words
from headship.core.roles import Role
from headship.core.scope import Scope

DATES = (
    ("set_on", "objectives set"),
    ("half_on", "mid-year review"),
    ("met_on", "panel met"),
    ("given_on", "statement given"),
    ("agreed_on", "agreed and locked"),
    ("closed_on", "closed"),
)


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year in the list: whose, which, how far, its dates, and where it opens for whoever reads it."""

    title: str
    state: str
    waits: bool
    dates: str
    url: str
    panel_words: str
    panel_url: str
    close_url: str = ""
    remove_url: str = ""
    missing: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """The years of appraisal the reader knows of."""

    title: str
    rows: Sequence[YearRow]
    cannot_record: str | None
    appoint_url: str
    due: bool
    knows: str
    rule_url: str = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form. `whose` says whose year it is, and which; `past` that it is not this academic year's."""

    title: str
    form: Form
    button: str
    back: str
    whose: str
    aside: str = ""
    past: str = ""
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """What of their evidence a headteacher chooses to show, by characteristic."""

    title: str
    form: Form
    back: str
    whose: str
    code: str
    codes: Sequence[tuple[str, str]]
    shelf: Shelf
    past: str = ""


@dataclass(frozen=True, slots=True)
class CopyPage:
    """A kept copy, line by line."""

    title: str
    whose: str
    about: str
    lines: Sequence[tuple[str, str]]
    document_url: str
    back: str
    seen_by: Sequence[str] = ()
    kind: str = ""


def address(scope: Scope, name: str, **key: Any) -> str:
    """Return the address of a page at the reader's school; for a leader of its trust, at the trust."""
    assert scope.place is not None  # pages of a place
    if scope.roles == {Role.TRUST_LEADER} and scope.other_places:
        return reverse(f"trust-{name}", kwargs={"trust": scope.other_places[0].key, **key})
    return reverse(name, kwargs={"urn": scope.place.key, **key})


def whose(year: HeadYear) -> str:
    """Say whose year it is, and which."""
    return f"{year.head.name}, {academic_year(year.starts_in)}"


def title(scope: Scope, year: HeadYear) -> str:
    """Return what a year is called: one's own, or somebody's."""
    mine = year.head_id == scope.person_id
    return f"{'My' if mine else possessive(year.head.name)} appraisal, {academic_year(year.starts_in)}"


def possessive(name: str) -> str:
    """Return a name as whose something is.

    >>> possessive("Ada Lantern"), possessive("Iris Hughes")
    ("Ada Lantern's", "Iris Hughes'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def list_page(scope: Scope) -> ListPage:
    """Arrange the years: those the reader reads, and for whoever records the panel all of them, by their dates."""
    opened = {each.pk for each, _ in head_queries.opened(scope)}
    cannot = head_rules.record(scope)
    known = head_queries.years(scope).select_related("head")[:30] if cannot is None else head_queries.mine(scope)[:30]
    kept = own_rule_queries.kept(scope)
    rows = [
        _row(scope, each, each.pk in opened, cannot, own_rules.ruled(kept, each.ends_on))
        for each in known
        if cannot is None or each.pk in opened
    ]
    due = cannot is None and head_queries.unappointed(scope)
    return ListPage(
        title="My appraisal" if scope.has(Role.HEADTEACHER) else "Headteacher's appraisal",
        rows=rows,
        cannot_record=cannot,
        appoint_url=address(scope, "head-appoint"),
        due=due,
        knows=""
        if cannot
        else "You see how far each year is, by its dates. What it says, only its headteacher, panel and adviser read.",
        rule_url=address(scope, "own-rule"),
    )


def _row(scope: Scope, year: HeadYear, opens: bool, cannot: str | None, ruled: Ruled) -> YearRow:  # noqa: FBT001  # whether it opens
    over, records = year.state in OVER, cannot is None
    return YearRow(
        title=title(scope, year),
        state=HeadState(year.state).words,
        waits=not over,
        dates=_dates(year, ruled),
        url=address(scope, "head-year", year=year.pk) if opens else "",
        panel_words="Who hears the appeal?" if year.state == HeadState.APPEALED else "Change who appraises",
        panel_url=address(scope, "head-panel-change", year=year.pk) if records and not over else "",
        close_url=address(scope, "head-close", year=year.pk)
        if head_rules.close(scope, HeadState(year.state)) is None
        else "",
        remove_url=address(scope, "head-remove", year=year.pk)
        if head_rules.remove(scope, HeadState(year.state)) is None
        else "",
        missing=[each.told for each in head_checks.recorded(scope, year, ruled)] if records and not over else [],
    )


def _dates(year: HeadYear, ruled: Ruled) -> str:
    """Return a year's dates in a line."""
    told = [f"{words} on {in_words(on)}" for name, words in DATES if (on := getattr(year, name))]
    by = head_rules.statement_by(year.ends_on, ruled)
    due = [] if year.agreed_on or year.closed_on else [f"due by {in_words(by)}"]
    return "; ".join([f"Panel appointed on {in_words(year.appointed_on)}", *told, *due])


def kind_of(each: HeadCopy) -> str:
    """Return what a copy is of."""
    if each.locked:
        return "The locked statement"
    return "The statement that was taken back" if each.given else "Objectives as they were set"


def copy_page(scope: Scope, whole: Whole, each: HeadCopy) -> CopyPage:
    """Arrange a kept copy, and what of an appeal against it may be read."""
    year, lines = whole.year, list(head_copies.readable(head_copies.lines_of(each), whole.sections))
    for its in whole.appeals:
        if its.against_id == each.pk:
            lines += [(head_copies.HEADING, "An appeal against it"), *_told(its)]
    opened = f" Opened again on {in_words(each.opened_on)}: {each.because}" if each.opened_on else ""
    again = f" Taken up again: {each.because}" if each.because and not each.locked else ""
    return CopyPage(
        title=f"{kind_of(each)}, {academic_year(year.starts_in)}",
        whose=whose(year),
        about=f"Kept on {in_words(each.made_on)}. {_seal(each)}{opened}{again}",
        lines=lines,
        document_url=address(scope, "head-copy-document", year=year.pk, copy=each.number),
        back=address(scope, "head-year", year=year.pk),
        kind=kind_of(each),
    )


def _told(each: HeadAppeal) -> Iterator[tuple[str, str]]:
    yield from ((head_copies.WORDS, f"{words}: {said}") for words, said in head_copies.appealed(each))


def _seal(each: HeadCopy) -> str:
    if not each.seal:
        return "It was kept before copies were sealed."
    if not staff_copies.whole(each):
        return "Its seal does not fit: it was changed outside Headship."
    return f"Its seal fits, so it was never changed (it begins with {each.seal[:12]})."


def trust_page(scope: Scope) -> ListPage:
    """Arrange, for a leader of a trust, the years at its schools that name them."""
    rows = []
    for own, year in head_trust_queries.of_trust(scope):
        with belt.within(own):
            opens = head_queries.year(own, year.pk) is not None
            ruled = own_rule_queries.ruled(own, year.ends_on)
            row = _row(own, year, opens, head_rules.RECORDERS_ONLY, ruled)
        assert own.place is not None  # a school
        rows.append(replace(row, title=f"{own.place.name}: {row.title}"))
    return ListPage("Headteachers' appraisal", rows, head_rules.RECORDERS_ONLY, "", due=False, knows="")
