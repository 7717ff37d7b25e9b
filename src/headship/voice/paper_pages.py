"""Exactly what the pages about paper show: to the survey's runner, and to whoever types it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.forms import Form
from django.urls import reverse

from headship.core import paper_pdf
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import instruments, pages, paper_documents, paper_queries, queries, rules, translation_queries
from headship.voice.instruments import COMMENT
from headship.voice.models import Survey
from headship.voice.paper_forms import TypingForm


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one group: in how many parts they come, each as (words, address)."""

    group: str
    count: int
    ways: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """How a survey is answered on paper. `cannot_print` says what is still to do."""

    title: str
    survey: str
    form: Form
    typists: int
    copies: Sequence[Copies]
    codes_url: str
    cannot_print: str | None
    back: str


@dataclass(frozen=True, slots=True)
class BeginTypingPage:
    """What whoever types in agrees to before they begin."""

    title: str
    survey: str
    until: str
    place: str
    begin_url: str
    back: str


@dataclass(frozen=True, slots=True)
class TypingPage:
    """One paper being typed in. `kept` says that the one before was taken; `keys` tells of each scale its keys."""

    title: str
    survey: str
    form: TypingForm
    rows: Sequence[tuple[str, object]]
    kept: bool
    back: str


WAYS = (("PDF", ""), ("Word", "as=word"), ("PDF in large print", "large=1"), ("Word in large print", "large=1&as=word"))


def paper_page(scope: Scope, survey: Survey, form: Form) -> PaperPage:
    """Arrange how a survey is answered on paper."""
    cannot = rules.print_papers(scope, queries.facts(survey))
    counts, spoken = queries.codes_by_group(survey), _spoken(survey)
    return PaperPage(
        title="On paper",
        survey=survey.title,
        form=form,
        typists=len(paper_queries.typists(scope)),
        copies=[_copies(scope, survey, group, count, spoken) for group, count in counts],
        codes_url=pages.address(scope, "survey-codes", survey=survey.pk) if survey.opened_on else "",
        cannot_print=cannot if counts else "Make codes for a group first: one for each paper.",
        back=pages.address(scope, "survey", survey=survey.pk),
    )


def _spoken(survey: Survey) -> list[tuple[str, str, bool]]:
    """Return each language as it stands behind a way, how its address asks for it, and whether PDF has its letters."""
    offered = [(each, translation_queries.tongue_of(survey, each.code)) for each in translation_queries.offered(survey)]
    others = [(f", {each.english}", f"in={each.code}", paper_pdf.has_letters(has.letters)) for each, has in offered]
    return [("", "", True), *others]


def _copies(scope: Scope, survey: Survey, group: str, count: int, spoken: Sequence[tuple[str, str, bool]]) -> Copies:
    here = pages.address(scope, "survey-papers", survey=survey.pk)
    parts = -(-count // paper_documents.PART)
    ways = [
        (
            f"{words}{language}" if parts == 1 else f"{words}{language}, part {part} of {parts}",
            f"{here}?{_asked(group, part, more, chosen)}",
        )
        for part in range(1, parts + 1)
        for language, chosen, printed in spoken
        for words, more in WAYS
        if printed or "as=word" in more
    ]
    return Copies(group, count, ways)


def _asked(group: str, part: int, *more: str) -> str:
    return "&".join(filter(None, (urlencode({"group": group, "part": part}), *more)))


def begin_typing_page(scope: Scope, survey: Survey) -> BeginTypingPage:
    """Arrange what is told to whoever types in."""
    return BeginTypingPage(
        title="Type in papers",
        survey=survey.title,
        until=in_words(survey.closes_on),
        place=survey.paper_to,
        begin_url=reverse("answer-typed", args=[paper_queries.leave(survey)]),
        back=pages.address(scope, "survey", survey=survey.pk),
    )


def typing_page(survey: Survey, form: TypingForm, *, kept: bool) -> TypingPage:
    """Arrange one paper to type in: the keys of a scale stand where it begins."""
    rows, last = [], ""
    for each in form.questions:
        keys = "" if each.kind == COMMENT or each.scale == last else _keys(each.scale)
        last = last if each.kind == COMMENT else each.scale
        rows.append((keys, form[f"q-{each.code}"]))
    return TypingPage(
        title="Type in papers",
        survey=survey.title,
        form=form,
        rows=[*rows, *((("", form["named"]),) if "named" in form.fields else ())],
        kept=kept and not form.is_bound,
        back=reverse("survey-typing", kwargs={"urn": survey.school.urn, "survey": survey.pk}),
    )


def _keys(code: str) -> str:
    scale = instruments.scales()[code]
    steps = [f"{at} {words}" for at, words in enumerate(scale.steps, 1)]
    return " · ".join((*steps, f"0 {scale.unknown}", "- nothing ticked"))
