"""Exactly what the results of a survey show: what was said by theme, by group, beside last time, and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from headship.analysis import figures
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import comment_pages, drawing, instruments, pages, queries, rules, said, theme_figures
from headship.voice.choices import Chosen
from headship.voice.instruments import COMMENT, Question
from headship.voice.models import Figure, Promise, Survey


@dataclass(frozen=True, slots=True)
class Told:
    """One question: what was said by everybody, by group, and since last time; `promise_url` leads on from it."""

    words: str
    said: str
    picture: SafeString | None
    facts: str
    groups: Sequence[tuple[str, str, str, str]]
    change: str
    promise_url: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions that belong together, with what everybody and each group says of all of them, where all are shown."""

    name: str
    questions: Sequence[Told]
    said: str = ""
    facts: str = ""
    groups: Sequence[tuple[str, str, str]] = ()


EVERYTHING = Chosen()
type Choice = tuple[str, str, bool]  # words, an address, and whether it is chosen


@dataclass(frozen=True, slots=True)
class Words:
    """What was written to a question, in random order; `fewer` where too few wrote."""

    question: str
    comments: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """What the school does about something it was told."""

    said: str
    doing: str
    facts: str
    url: str
    kept: bool


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """A closed survey. `cannot_see` is why this reader is not shown the results; the promises are for everybody."""

    title: str
    closed: str
    answered: str
    finding: str
    themes: Sequence[Theme]
    words: Sequence[Words]
    promises: Sequence[PromiseRow]
    cannot_see: str | None
    cannot_promise: str | None
    promise_url: str
    seen_by: str
    hidden: int
    fewest: int
    list_url: str
    by_theme: Sequence[Choice] = ()
    by_group: Sequence[Choice] = ()
    report_url: str = ""
    figures_url: str = ""
    written: Sequence[comment_pages.Written] = ()
    themes_url: str = ""


def results_page(scope: Scope, survey: Survey, chosen: Chosen = EVERYTHING) -> ResultsPage:
    """Arrange the results of a survey of the school, or what was chosen of them: only of what was released."""
    cannot = rules.see_results(scope, queries.facts(survey))
    held = [] if cannot else queries.figures(survey)
    chosen = known(survey, held, chosen)
    themes = _themes(scope, survey, of_variable(held, chosen.by), _last(scope, survey)) if held else []
    address = {"survey": survey.pk}
    return ResultsPage(
        title=survey.title,
        closed=in_words(survey.closed_on),
        answered=f"{survey.answered} people answered" if survey.answered else "Too few answered to say how many",
        finding=_finding(held, survey),
        themes=[each for each in themes if chosen.theme in {"", each.name}],
        by_theme=_choices(scope, survey, "theme", chosen, _theme_names(survey, held)),
        by_group=_choices(scope, survey, "by", chosen, _variables(held)),
        report_url=pages.address(scope, "survey-report", **address) + chosen.query if held else "",
        figures_url=pages.address(scope, "survey-figures", **address) + chosen.query if held else "",
        words=[] if cannot else words_of(survey),
        written=[] if cannot else comment_pages.by_theme(survey),
        themes_url=comment_pages.themes_url(scope, survey),
        promises=promise_rows(scope, queries.promises(scope, survey)),
        cannot_see=cannot,
        cannot_promise=rules.promise(scope),
        promise_url=pages.address(scope, "promise-make", survey=survey.pk),
        seen_by=pages.seen_by(survey),
        hidden=sum(each.count is None for each in held),
        fewest=survey.fewest,
        list_url=pages.address(scope, "surveys"),
    )


def known(survey: Survey, held: Sequence[Figure], chosen: Chosen) -> Chosen:
    """Return what was chosen as far as it exists here: anything else is as if not asked."""
    theme = chosen.theme if chosen.theme in _theme_names(survey, held) else ""
    return Chosen(theme, chosen.by if chosen.by in _variables(held) else "")


def _theme_names(survey: Survey, held: Sequence[Figure]) -> list[str]:
    codes = {each.question for each in held}
    return list(dict.fromkeys(theme_of(each) for each in queries.questions(survey) if each.code in codes))


def _variables(held: Sequence[Figure]) -> list[str]:
    return sorted({each.variable for each in held if each.variable})


def of_variable(held: Sequence[Figure], variable: str) -> list[Figure]:
    """Return the cells of everybody and of one variable's groups; of all variables where none is named."""
    return [each for each in held if not variable or each.variable in {"", variable}]


def _choices(scope: Scope, survey: Survey, name: str, chosen: Chosen, offered: Sequence[str]) -> list[Choice]:
    """Return the links of a filter, with the way back to all; nothing where there is nothing to choose."""
    if len(offered) < 2:
        return []
    here = pages.address(scope, "survey", survey=survey.pk)
    each_url = ((words, replace(chosen, **{name: words})) for words in offered)
    every = ("All", replace(chosen, **{name: ""}))
    now = getattr(chosen, name)
    return [(words, here + to.query, now == getattr(to, name)) for words, to in (every, *each_url)]


def _last(scope: Scope, survey: Survey) -> tuple[Survey | None, Mapping[tuple[str, str, str], Figure]]:
    """Return the last survey with this instrument that the reader may see, and its cells."""
    before = queries.closed_before(scope, survey)
    if before is None or rules.see_results(scope, queries.facts(before)):
        return None, {}
    return before, {(each.question, each.variable, each.group): each for each in queries.figures(before)}


def _themes(
    scope: Scope,
    survey: Survey,
    held: Sequence[Figure],
    last: tuple[Survey | None, Mapping[tuple[str, str, str], Figure]],
) -> list[Theme]:
    by_question: dict[str, list[Figure]] = {}
    for each in held:
        by_question.setdefault(each.question, []).append(each)
    found: dict[str, list[Question]] = {}
    for question in queries.questions(survey):
        if question.code in by_question:
            found.setdefault(theme_of(question), []).append(question)
    return [
        _theme(name, asked, by_question, [_told(scope, survey, each, by_question[each.code], last) for each in asked])
        for name, asked in found.items()
    ]


def theme_of(question: Question) -> str:
    """Return the theme a question stands in."""
    return question.theme or "What was asked"


def _theme(name: str, asked: Sequence[Question], held: Mapping[str, Sequence[Figure]], told: Sequence[Told]) -> Theme:
    """Arrange a theme: a figure of its own only where its questions share a scale that judges."""
    scale, questions = instruments.scales()[asked[0].scale], theme_figures.alike(asked)
    whole = theme_figures.theme_figure(held, questions, len(scale.steps))
    if whole is None or not scale.judges:
        return Theme(name, told)
    groups = dict.fromkeys((each.variable, each.group) for each in held[asked[0].code] if each.group)
    figures_of = ((group, theme_figures.theme_figure(held, questions, len(scale.steps), group)) for group in groups)
    return Theme(
        name,
        told,
        said=said.nearest(whole.mean, scale),
        facts=f"{theme_words(whole, len(scale.steps))}: {whole.questions} questions together",
        groups=[
            (
                pages.group_words(group[1]),
                said.nearest(found.mean, scale) if found else said.NOT_SHOWN,
                theme_words(found, len(scale.steps)) if found else "",
            )
            for group, found in figures_of
        ],
    )


def theme_words(found: theme_figures.ThemeFigure, steps: int) -> str:
    """Say a theme's mean with its interval, on its scale."""
    return f"{found.mean:.1f} of {steps}, likely {found.low:.1f} to {found.high:.1f}"


def _told(
    scope: Scope,
    survey: Survey,
    question: Question,
    held: Sequence[Figure],
    last: tuple[Survey | None, Mapping[tuple[str, str, str], Figure]],
) -> Told:
    scale = instruments.scales()[question.scale]
    whole = next(each for each in held if not each.group)
    words = said.told(whole, scale)
    return Told(
        words=question.words,
        said=words,
        picture=picture(whole, len(scale.steps), words),
        facts=mean_words(whole, len(scale.steps)),
        groups=[
            (
                pages.group_words(each.group),
                said.told(each, scale),
                mean_words(each, len(scale.steps)),
                str(each.count or ""),
            )
            for each in held
            if each.group
        ],
        change=_change(whole, *last),
        promise_url=f"{pages.address(scope, 'promise-make', survey=survey.pk)}?question={question.code}",
    )


def picture(figure: Figure, steps: int, words: str) -> SafeString | None:
    """Draw a cell that has numbers."""
    if figure.mean is None:
        return None
    interval = (figure.low, figure.high) if figure.low is not None and figure.high is not None else None
    return drawing.answers(steps, figure.spread, figure.mean, interval, words)


def mean_words(figure: Figure, steps: int) -> str:
    """Say a mean with its interval, on its scale."""
    if figure.mean is None:
        return ""
    if figure.low is None:
        return f"{figure.mean:.1f} of {steps}"
    return f"{figure.mean:.1f} of {steps}, likely {figure.low:.1f} to {figure.high:.1f}"


def _change(now: Figure, last: Survey | None, before: Mapping[tuple[str, str, str], Figure]) -> str:
    """Say how a question stands beside the last time it was asked."""
    earlier = before.get((now.question, now.variable, now.group))
    if last is None or earlier is None or now.mean is None or earlier.mean is None:
        return ""
    found = figures.change(_figure(now), _figure(earlier))
    when = in_words(last.closed_on)
    if found.value is None or found.low is None or found.high is None:
        return ""
    if found.low <= 0 <= found.high:
        return f"About the same as on {when}"
    return (
        f"{'Higher' if found.value > 0 else 'Lower'} than on {when}, by {abs(found.value):.1f} (likely {_span(found)})"
    )


def _span(found: figures.Figure) -> str:
    least, most = sorted(abs(each or 0.0) for each in (found.low, found.high))
    return f"{least:.1f} to {most:.1f}"


def _figure(each: Figure) -> figures.Figure:
    count = each.count or 0
    return figures.Figure(each.mean, count, each.low, each.high, None, figures.MEAN, count)


def words_of(survey: Survey) -> list[Words]:
    """Return what was written, by question."""
    written: dict[str, list[tuple[str, str]]] = {}
    for each in queries.comments(survey):
        written.setdefault(each.question, []).append((each.words, each.named))
    asked = [each for each in queries.questions(survey) if each.kind == COMMENT]
    return [Words(each.words, written.get(each.code, [])) for each in asked]


def _finding(held: Sequence[Figure], survey: Survey) -> str:
    """Say the one thing to know: the strongest and the weakest of what everybody was asked."""
    questions = queries.questions(survey)
    asked = {each.code: each.words.rstrip(".") for each in questions if instruments.scales()[each.scale].judges}
    whole = sorted(
        (each for each in held if not each.group and each.mean is not None and each.question in asked),
        key=lambda each: each.mean or 0,
    )
    if len(whole) < 2:
        return ""
    return f"Most agreed to: “{asked[whole[-1].question]}”. Least agreed to: “{asked[whole[0].question]}”."


def promise_rows(scope: Scope, promises: Sequence[Promise]) -> list[PromiseRow]:
    """Arrange promises, whose owners the board is told by name where it knows them."""
    names = queries.owners(scope) if promises else {}
    return [_promise_row(scope, each, names) for each in promises]


def _promise_row(scope: Scope, each: Promise, names: Mapping[int, str]) -> PromiseRow:
    facts = f"{queries.owner_told(scope, each, names)} · by {in_words(each.due_on)}"
    if each.kept_on:
        facts = f"Done on {in_words(each.kept_on)}. {each.came_of_it}".strip()
    return PromiseRow(
        each.said, each.doing, facts, pages.address(scope, "promise", promise=each.pk), bool(each.kept_on)
    )
