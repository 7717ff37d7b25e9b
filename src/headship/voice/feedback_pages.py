"""Exactly what 360 feedback shows whoever asked for it: strengths first, a few points to grow, then all of it.

No total, no rank, no comparison with anybody else: what others see, beside what one sees oneself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.utils.safestring import SafeString

from headship.core import registry
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import (
    comment_pages,
    drawing,
    feedback_figures,
    instruments,
    pages,
    queries,
    result_pages,
    said,
    theme_figures,
)
from headship.voice.feedback_figures import InFigures
from headship.voice.instruments import SELF, Question, Scale
from headship.voice.models import Figure, Survey

STRENGTHS, POINTS, DIFFER = 3, 3, 3
WAYS = ("talent.set_goal", "talent.write_note")  # by the codes of their destinations: talent stands above this


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of feedback a reader is shown: these parts (None: all), own view and comments with it or not.

    `whose` is the name of whom it is about where somebody else reads it. Of single parts nobody is told whether they
    are among the strongest or the weakest: that would tell of the others.
    """

    parts: Collection[str] | None = None
    own: bool = True
    comments: bool = True
    whose: str = ""


ALL = Shown()


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: what others said, by group where groups are large enough, and what one said oneself."""

    words: str
    said: str
    own: str
    groups: Sequence[tuple[str, str, str]]
    picture: SafeString | None
    beside: str


@dataclass(frozen=True, slots=True)
class Part:
    """One characteristic: how much of it others see, in words and as a picture, beside oneself."""

    code: str
    name: str
    said: str
    beside: str
    picture: SafeString | None
    lines: Sequence[Line]
    ways: Sequence[tuple[str, str]]
    figures: InFigures
    differs: str = ""
    groups: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Feedback on the reader, or on somebody who shows it to them: then `whose` names them and `told` says so.

    Of all of it, the strengths and the points to grow stand first; of single parts that somebody chose to show, these.
    """

    title: str
    closed: str
    answered: str
    strengths: Sequence[Part]
    points: Sequence[Part]
    chosen: Sequence[Part]
    parts: Sequence[Part]
    few: Sequence[str]
    words: Sequence[result_pages.Words]
    fewest: int
    own_done: bool
    list_url: str
    differ: Sequence[Part] = ()
    relied_on: Sequence[str] = ()
    whose: str = ""
    told: str = ""
    seen_by: Sequence[str] = ("Only you",)
    shares_url: str = ""
    pack_url: str = ""
    for_coaching: bool = True
    written: Sequence[comment_pages.Written] = ()
    themes_url: str = ""


@dataclass(frozen=True, slots=True)
class _Seen:
    """How much of a characteristic others see, on the scale: made of statements that are shown, nothing else."""

    part: Part
    mean: float | None
    gap: float = 0.0


def feedback_page(scope: Scope, survey: Survey, shown: Shown = ALL) -> FeedbackPage:
    """Arrange feedback for whom it is about, or as much of it as they show somebody."""
    by_question: dict[str, list[Figure]] = {}
    for each in queries.figures(survey):
        by_question.setdefault(each.question, []).append(each)
    asked: dict[str, list[Question]] = {}
    for question in queries.questions(survey):
        if question.kind == instruments.CHOICE and (shown.parts is None or question.part in shown.parts):
            asked.setdefault(question.part, []).append(question)
    seen = [_seen(scope, survey, questions, by_question, shown) for questions in asked.values()]
    known = _in_order(survey, [each for each in seen if each.mean is not None])
    return FeedbackPage(
        title=survey.title,
        closed=in_words(survey.closed_on),
        answered=f"{survey.answered} people answered" if survey.answered else "Too few answered to say how many",
        strengths=[] if shown.parts else [each.part for each in known[:STRENGTHS]],
        points=[] if shown.parts else [each.part for each in known[STRENGTHS:][-POINTS:][::-1]],
        chosen=[each.part for each in known] if shown.parts else [],
        parts=[each.part for each in seen if each.mean is not None],
        few=[f"{each.part.code} {each.part.name}".strip() for each in seen if each.mean is None],
        words=(words := _words(survey, shown)),
        written=comment_pages.in_a_row((each.question, each.comments) for each in words)
        if shown.whose
        else comment_pages.by_theme(survey),
        themes_url="" if shown.whose else comment_pages.themes_url(scope, survey),
        fewest=survey.fewest,
        own_done=bool(survey.own),
        list_url=pages.address(scope, "surveys"),
        differ=[each.part for each in sorted(seen, key=lambda each: -each.gap) if each.part.differs][:DIFFER],
        whose=shown.whose,
        relied_on=() if shown.parts else relied_on(survey.standing),
    )


def _in_order(survey: Survey, seen: Sequence[_Seen]) -> list[_Seen]:
    """Put what others see most of first: as it was worked out at the close, else by what is shown."""
    order = {part: place for place, part in enumerate(survey.standing.get("order", ()))}
    last = len(order)
    return sorted(seen, key=lambda each: (order.get(each.part.code or each.part.name, last), -(each.mean or 0)))


def relied_on(standing: Mapping[str, Any]) -> tuple[str, ...]:
    """Say how far the order of characteristics can be relied on, and what would make it usable.

    >>> relied_on({"order": ["1.1", "1.2"], "relied_on": 0.8, "more": 0})
    ('People agree enough on what they see more and less of for the order to be relied on (0.8 of 1).',)
    >>> relied_on({"order": ["1.1", "1.2"], "relied_on": 0.6, "more": 3})[1]
    '3 more people would make it usable.'
    """
    value, more = standing.get("relied_on"), standing.get("more")
    if not standing:
        return ()
    if value is None or more is None:
        return ("People do not agree on what they see more and less of: read single statements, not the order.",)
    if more == 0:
        return (f"People agree enough on what they see more and less of for the order to be relied on ({value} of 1).",)
    people = "1 more person" if more == 1 else f"{more} more people"
    return (f"Take the order with care: it can be relied on by {value} of 1.", f"{people} would make it usable.")


def _words(survey: Survey, shown: Shown) -> list[result_pages.Words]:
    """Return what was written; a name that was given with it goes no further than whom it was given to."""
    if not shown.comments:
        return []
    told = result_pages.words_of(survey)
    if not shown.whose:
        return told
    return [result_pages.Words(each.question, [(words, "") for words, _ in each.comments]) for each in told]


def _seen(
    scope: Scope,
    survey: Survey,
    questions: Sequence[Question],
    by_question: Mapping[str, Sequence[Figure]],
    shown_as: Shown,
) -> _Seen:
    """Arrange one characteristic, made of its statements."""
    code, name = next(iter(questions[0].serves), ""), questions[0].theme
    scale = instruments.scales()[questions[0].scale]
    whole = [each for question in questions for each in by_question.get(question.code, ()) if not each.group]
    shown = [each for each in whole if theme_figures.mean_of(each) is not None]
    others = feedback_figures.theme_others(shown, len(scale.steps))
    mean = others[0] if others else None
    said_own = survey.own if shown_as.own else {}
    steps = [said_own[each.code] + 1 for each in questions if said_own.get(each.code, -1) >= 0]
    own = fmean(steps) if steps else None
    words = said.nearest(mean, scale) if mean is not None else said.NOT_SHOWN
    return _Seen(
        Part(
            code=code,
            name=name,
            said=words,
            beside=feedback_figures.beside(own, others, as_whom=_as_whom(shown_as)),
            picture=drawing.answers(len(scale.steps), None, others[0], others[1:], words, own=own) if others else None,
            lines=[_line(said_own, each, by_question.get(each.code, ()), shown_as) for each in questions],
            ways=[] if shown_as.whose else ways_on(scope, code),
            groups=_by_group(questions, by_question, scale),
            figures=_in_figures(questions, by_question, (own, others), shown_as, said_own),
            differs=differs(own, mean, others[1:] if others else (1.0, 1.0), scale, whose=shown_as.whose),
        ),
        mean,
        gap=abs((own or 0.0) - (mean or 0.0)),
    )


def _by_group(asked: Sequence[Question], held: Mapping[str, Sequence[Figure]], scale: Scale) -> list[tuple[str, str]]:
    """Say what each group sees of a characteristic that is shown for all it was asked of it."""
    groups = dict.fromkeys(
        (each.variable, each.group) for question in asked for each in held.get(question.code, ()) if each.group
    )
    found = []
    for variable, group in groups:
        put_to = [each for each in asked if each.is_for(group)]
        told = theme_figures.theme_figure(held, put_to, len(scale.steps), (variable, group))
        if told:
            found.append((pages.group_words(group), said.nearest(told.mean, scale)))
    return found


def _as_whom(shown: Shown) -> str:
    return f"{shown.whose} does" if shown.whose else "you do"


def _in_figures(
    questions: Sequence[Question],
    held: Mapping[str, Sequence[Figure]],
    whole: tuple[float | None, tuple[float, float, float] | None],
    shown: Shown,
    said_own: Mapping[str, int],
) -> InFigures:
    """Return the figures behind a part's pictures: of all of it, then of each statement."""
    scale = instruments.scales()[questions[0].scale]
    rows, cells = [feedback_figures.row("All of it", *whole)], []
    for each in questions:
        cell = _whole_of(held.get(each.code, ()))
        words = each.words if shown.whose else each.put_to(SELF)
        rows.append(feedback_figures.row(words, _own_of(said_own, each), feedback_figures.others_of(cell)))
        if cell is not None and each.scale == questions[0].scale:
            cells.append((words, cell))
    return feedback_figures.table(scale, shown.whose, rows, cells)


def _whole_of(held: Sequence[Figure]) -> Figure | None:
    return next((each for each in held if not each.group), None)


def _own_of(said_own: Mapping[str, int], question: Question) -> float | None:
    step = said_own.get(question.code, -1)
    return step + 1.0 if step >= 0 else None


def differs(
    own: float | None, mean: float | None, interval: tuple[float, float], scale: Scale, *, whose: str = ""
) -> str:
    """Say both views where they are a step apart and others' interval leaves one's own out; nothing otherwise.

    >>> scale = instruments.scales()["often"]
    >>> differs(4.6, 3.1, (2.6, 3.7), scale), differs(4.6, 4.4, (4.0, 4.8), scale)
    ('You say “Always”, others on the whole “Sometimes”: they see less of it than you', '')
    """
    if own is None or mean is None or interval[0] <= own <= interval[1]:
        return ""
    mine, theirs = said.step(own, scale), said.step(mean, scale)
    who = whose or "you"
    if mine == theirs:
        return ""
    says = f"{whose} says" if whose else "You say"
    return (
        f"{says} “{mine}”, others on the whole “{theirs}”: they see {'less' if own > mean else 'more'} of it than {who}"
    )


def _line(said_own: Mapping[str, int], question: Question, held: Sequence[Figure], shown: Shown) -> Line:
    scale = instruments.scales()[question.scale]
    step, own, whole = said_own.get(question.code), _own_of(said_own, question), _whole_of(held)
    mine = "" if step is None else f"{shown.whose or 'You'} said “{scale.unknown if step < 0 else scale.steps[step]}”"
    words = feedback_figures.told(whole, scale)
    return Line(
        words=question.words if shown.whose else question.put_to(SELF),
        said=words,
        own=mine,
        groups=[
            (pages.group_words(each.group), said.told(each, scale), str(each.count))
            for each in held
            if each.group and each.count is not None
        ],
        picture=feedback_figures.picture(whole, scale, f"{words}. {mine}" if mine else words, own),
        beside=feedback_figures.beside(own, feedback_figures.others_of(whole), as_whom=_as_whom(shown)),
    )


def ways_on(scope: Scope, code: str) -> list[tuple[str, str]]:
    """Return where one can go on from a characteristic: what other parts of the house offer for it."""
    assert scope.place is not None  # a page of a school
    offered = {each.code: each for module in registry.modules() for each in module.destinations}
    return [
        (offered[way].words, f"{pages.address(scope, offered[way].url_name)}?serves={code}")
        for way in WAYS
        if way in offered and offered[way].allows(scope) is None
    ]
