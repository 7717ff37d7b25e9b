"""Exactly what the pages of appeals show: the list, and the year of one for those who hear it."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.appraisal import staff_appeal_queries as appeals
from headship.appraisal import staff_copies, staff_documents
from headship.appraisal.head_choices import Result
from headship.appraisal.head_copies import Line
from headship.appraisal.staff_appeal_models import StaffAppeal
from headship.appraisal.staff_pages import address, whose
from headship.core.pages import in_words
from headship.core.scope import Scope


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal that is not heard yet: whose, who hears it, and where it opens."""

    title: str
    facts: str
    url: str
    name_url: str
    waits: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """The appeals the reader names hearers for, or hears."""

    title: str
    rows: Sequence[AppealRow]


@dataclass(frozen=True, slots=True)
class FilePage:
    """What those who hear an appeal read, while they do."""

    title: str
    whose: str
    about: str
    grounds: Sequence[str]
    lines: Sequence[Line]
    hear_url: str
    seen_by: Sequence[str]
    back: str


@dataclass(frozen=True, slots=True)
class AppealTold:
    """An appeal, as the person, whoever appraises them and the headteacher read it."""

    words: str
    grounds: Sequence[str]
    outcome: str
    reasons: Sequence[str]
    hearers: str
    unread: bool


def list_page(scope: Scope) -> ListPage:
    """Arrange what the reader has to do with."""
    return ListPage("Appeals against appraisals", [_row(scope, each) for each in appeals.opened(scope)])


def _row(scope: Scope, each: appeals.Open) -> AppealRow:
    at = {"appeal": each.appeal.pk}
    who = f"heard by {', '.join(each.named)}" if each.named else "nobody is named yet who hears it"
    return AppealRow(
        title=whose(each.appeal.year),
        facts=f"Lodged on {in_words(each.appeal.lodged_on)}; {who}",
        url=address(scope, "staff-appeal-file", **at) if each.hears else "",
        name_url=address(scope, "staff-appeal-hearers", **at) if each.names else "",
        waits=not each.named,
    )


def file_page(scope: Scope, appeal: StaffAppeal) -> FilePage:
    """Arrange what is read by those who hear an appeal: objectives, ratings, statement, comment and grounds."""
    year = appeals.whole_year(appeal)
    who = [each.person.name for each in appeals.running(appeal)]
    return FilePage(
        title=f"The appeal of {year.person.name}",
        whose=whose(year),
        about=f"Lodged on {in_words(appeal.lodged_on)}. You read this until you say how it ended, and not after.",
        grounds=_lines(appeal.grounds),
        lines=list(staff_copies.appealed(year)),
        hear_url=address(scope, "staff-appeal-hear", appeal=appeal.pk),
        seen_by=(*staff_documents.SEEN_BY, f"Those who hear the appeal: {', '.join(who)}"),
        back=address(scope, "staff-appeals"),
    )


def told(scope: Scope, each: StaffAppeal, *, own: bool) -> AppealTold:
    """Arrange an appeal for whoever reads the year."""
    outcome = f"Heard on {in_words(each.heard_on)}. {Result(each.result).words}." if each.heard_on else ""
    return AppealTold(
        words=f"{'You appealed' if own else 'Lodged'} on {in_words(each.lodged_on)}",
        grounds=_lines(each.grounds),
        outcome=outcome,
        reasons=_lines(each.words),
        hearers="" if each.heard_on else _hearers(each),
        unread=own and each.heard_on is not None and each.read_on is None,
    )


def _hearers(each: StaffAppeal) -> str:
    names = [its.person.name for its in appeals.running(each)]
    return f"Heard by {', '.join(names)}." if names else "Nobody is named yet who hears it."


def _lines(words: str) -> list[str]:
    return [each.strip() for each in words.splitlines() if each.strip()]
