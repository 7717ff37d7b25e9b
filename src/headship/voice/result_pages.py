"""Exactly what the results of a survey show: what was said by theme, by group, beside last time, and in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import comment_pages, drawing, instruments, pages, queries, rules, said, since, theme_figures
from headship.voice.choices import Chosen
from headship.voice.instruments import COMMENT, Question, Scale
from headship.voice.models import Figure, Promise, Survey
from headship.voice.since import Earlier


@dataclass(frozen=True, slots=True)
class Told:
    """One question: what was said by everybody, by group (`heads` of these rows), and since last time."""

    words: str
    said: str
    picture: SafeString | None
    facts: str
    groups: Sequence[tuple[str, ...]]
    heads: Sequence[str]
    change: str
    promise_url: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions that belong together, with what everybody and each group says of all of them, where all are shown."""

    name: str
    questions: Sequence[Told]
    said: str = ""
    facts: str = ""
    groups: Sequence[tuple[str, ...]] = ()
    heads: Sequence[str] = ()
    change: str = ""


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
    compared: bool = False


def results_page(scope: Scope, survey: Survey, chosen: Chosen = EVERYTHING) -> ResultsPage:
    """Arrange the results of a survey of the school, or what was chosen of them: only of what was released."""
    cannot = rules.see_results(scope, queries.facts(survey))
    held = [] if cannot else queries.figures(survey)
    chosen = known(survey, held, chosen)
    themes = _themes(scope, survey, of_variable(held, chosen.by), _earlier(scope, survey)) if held else []
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
        compared=any(told.change for each in themes for told in each.questions),
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


def _earlier(scope: Scope, survey: Survey) -> list[Earlier]:
    """Return the surveys before this one of the same people that the reader may see, newest first."""
    found = []
    for each in queries.closed_before(scope, survey):
        assert each.closed_on is not None  # it is closed
        asked = {question.bare: question for question in queries.questions(each)}
        found.append(Earlier(each.closed_on, asked, _by_question(queries.figures(each))))
    return found


def _by_question(held: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for each in held:
        found.setdefault(each.question, []).append(each)
    return found


def _themes(
    scope: Scope,
    survey: Survey,
    held: Sequence[Figure],
    earlier: Sequence[Earlier],
) -> list[Theme]:
    by_question = _by_question(held)
    found: dict[str, list[Question]] = {}
    for question in queries.questions(survey):
        if question.code in by_question:
            found.setdefault(theme_of(question), []).append(question)
    return [
        _theme(
            name,
            asked,
            by_question,
            [_told(scope, survey, each, by_question[each.code], earlier) for each in asked],
            earlier,
        )
        for name, asked in found.items()
    ]


def theme_of(question: Question) -> str:
    """Return the theme a question stands in."""
    return question.theme or "What was asked"


def _theme(
    name: str,
    asked: Sequence[Question],
    held: Mapping[str, Sequence[Figure]],
    told: Sequence[Told],
    earlier: Sequence[Earlier],
) -> Theme:
    """Arrange a theme: a figure of its own only where its questions share a scale that judges."""
    scale, questions = instruments.scales()[asked[0].scale], theme_figures.alike(asked)
    steps = len(scale.steps)
    whole = theme_figures.theme_figure(held, questions, steps)
    if whole is None or not scale.judges:
        return Theme(name, told)
    rows = []
    for group in dict.fromkeys((each.variable, each.group) for each in held[asked[0].code] if each.group):
        found = theme_figures.theme_figure(held, questions, steps, group)
        words = (said.nearest(found.mean, scale), theme_words(found, steps)) if found else (said.NOT_SHOWN, "")
        rows.append((pages.group_words(group[1]), *words, since.of_theme(questions, found, steps, earlier, group)))
    heads, groups = _columns(("Group", "Said", "On its scale"), rows)
    return Theme(
        name,
        told,
        said=said.nearest(whole.mean, scale),
        facts=f"{theme_words(whole, steps)}: {whole.questions} questions together",
        groups=groups,
        heads=heads,
        change=since.of_theme(questions, whole, steps, earlier),
    )


def _columns(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> tuple[Sequence[str], Sequence[tuple[str, ...]]]:
    """Return rows whose last column says what changed with their headings, without it where nothing is said in it."""
    if any(row[-1] for row in rows):
        return (*heads, "Since last time"), rows
    return heads, [row[:-1] for row in rows]


def theme_words(found: theme_figures.ThemeFigure, steps: int) -> str:
    """Say a theme's mean with its interval, on its scale."""
    return f"{found.mean:.1f} of {steps}, likely {found.low:.1f} to {found.high:.1f}"


def _told(scope: Scope, survey: Survey, question: Question, held: Sequence[Figure], earlier: Sequence[Earlier]) -> Told:
    scale = instruments.scales()[question.scale]
    whole = next(each for each in held if not each.group)
    words = said.told(whole, scale)
    rows = [
        (
            pages.group_words(each.group),
            said.told(each, scale),
            mean_words(each, scale),
            str(each.count or ""),
            since.of_question(question, each, earlier),
        )
        for each in held
        if each.group
    ]
    heads, groups = _columns(("Group", "Said", "On its scale", "Answers"), rows)
    return Told(
        words=question.words,
        said=words,
        picture=picture(whole, scale, words),
        facts=mean_words(whole, scale),
        groups=groups,
        heads=heads,
        change=since.of_question(question, whole, earlier),
        promise_url=f"{pages.address(scope, 'promise-make', survey=survey.pk)}?question={question.code}",
    )


def picture(figure: Figure, scale: Scale, words: str) -> SafeString | None:
    """Draw a cell that has numbers: of a scale on which more is not better, how many chose each step alone."""
    if figure.mean is None or not (scale.judges or figure.spread):
        return None
    if not scale.judges:
        return drawing.answers(len(scale.steps), figure.spread, None, None, words)
    interval = (figure.low, figure.high) if figure.low is not None and figure.high is not None else None
    return drawing.answers(len(scale.steps), figure.spread, figure.mean, interval, words)


def mean_words(figure: Figure, scale: Scale) -> str:
    """Say a mean with its interval, on its scale; nothing where its steps are not alike in width, as of hours."""
    if figure.mean is None or not scale.judges:
        return ""
    steps = len(scale.steps)
    if figure.low is None:
        return f"{figure.mean:.1f} of {steps}"
    return f"{figure.mean:.1f} of {steps}, likely {figure.low:.1f} to {figure.high:.1f}"


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
