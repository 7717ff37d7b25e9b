"""Exactly what 360 feedback shows whoever asked for it: strengths first, a few points to grow, then all of it.

No total, no rank, no comparison with anybody else: what others see, beside what one sees oneself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.utils.safestring import SafeString

from headship.core import registry
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import drawing, instruments, pages, queries, result_pages, said
from headship.voice.instruments import SELF, Question
from headship.voice.models import Figure, Survey

STRENGTHS, POINTS = 3, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: what others said, by group where groups are large enough, and what one said oneself."""

    words: str
    said: str
    own: str
    groups: Sequence[tuple[str, str, str]]


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


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Feedback on the reader."""

    title: str
    closed: str
    answered: str
    strengths: Sequence[Part]
    points: Sequence[Part]
    parts: Sequence[Part]
    few: Sequence[str]
    words: Sequence[result_pages.Words]
    fewest: int
    own_done: bool
    list_url: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """How much of a characteristic others see, on the scale: made of statements that are shown, nothing else."""

    part: Part
    mean: float | None


def feedback_page(scope: Scope, survey: Survey) -> FeedbackPage:
    """Arrange feedback for whom it is about."""
    by_question: dict[str, list[Figure]] = {}
    for each in queries.figures(survey):
        by_question.setdefault(each.question, []).append(each)
    asked: dict[str, list[Question]] = {}
    for question in queries.questions(survey):
        if question.kind == instruments.CHOICE:
            asked.setdefault(question.serves[0] if question.serves else question.theme, []).append(question)
    seen = [_seen(scope, survey, questions, by_question) for questions in asked.values()]
    known = sorted((each for each in seen if each.mean is not None), key=lambda each: -(each.mean or 0))
    return FeedbackPage(
        title=survey.title,
        closed=in_words(survey.closed_on),
        answered=f"{survey.answered} people answered" if survey.answered else f"Fewer than {survey.fewest} answered",
        strengths=[each.part for each in known[:STRENGTHS]],
        points=[each.part for each in known[STRENGTHS:][-POINTS:][::-1]],
        parts=[each.part for each in seen if each.mean is not None],
        few=[f"{each.part.code} {each.part.name}".strip() for each in seen if each.mean is None],
        words=result_pages.words_of(survey),
        fewest=survey.fewest,
        own_done=bool(survey.own),
        list_url=pages.address(scope, "surveys"),
    )


def _seen(
    scope: Scope, survey: Survey, questions: Sequence[Question], by_question: Mapping[str, Sequence[Figure]]
) -> _Seen:
    """Arrange one characteristic, made of its statements."""
    code, name = next(iter(questions[0].serves), ""), questions[0].theme
    scale = instruments.scales()[questions[0].scale]
    whole = [each for question in questions for each in by_question.get(question.code, ()) if not each.group]
    shown = [each for each in whole if _mean(each) is not None]
    mean = fmean(_mean(each) or 0 for each in shown) if shown else None
    own = [survey.own[each.code] + 1 for each in questions if survey.own.get(each.code, -1) >= 0]
    low, high = _interval(shown, len(scale.steps))
    words = said.nearest(mean, scale) if mean is not None else said.NOT_SHOWN
    return _Seen(
        Part(
            code=code,
            name=name,
            said=words,
            beside=beside(fmean(own) if own else None, low, high),
            picture=drawing.answers(len(scale.steps), None, mean, (low, high), words) if mean is not None else None,
            lines=[_line(survey, each, by_question.get(each.code, ())) for each in questions],
            ways=ways_on(scope, code),
        ),
        mean,
    )


def _mean(figure: Figure) -> float | None:
    return figure.nearly + 1.0 if figure.nearly is not None else figure.mean


def _interval(shown: Sequence[Figure], steps: int) -> tuple[float, float]:
    """Return an interval as wide as those of its statements are on average: they move together, so none narrows it."""
    if not shown:
        return 1.0, float(steps)
    lows = [each.low if each.low is not None else _mean(each) or 1.0 for each in shown]
    highs = [each.high if each.high is not None else _mean(each) or 1.0 for each in shown]
    return fmean(lows), fmean(highs)


def beside(own: float | None, low: float, high: float) -> str:
    """Say how others see something beside how one sees it oneself.

    >>> beside(3.5, 3.2, 4.1), beside(4.8, 3.2, 4.1), beside(2.0, 3.2, 4.1)
    ('Others see this about as you do', 'Others see less of this than you do', 'Others see more of this than you do')
    """
    if own is None:
        return ""
    if low <= own <= high:
        return "Others see this about as you do"
    return f"Others see {'less' if own > high else 'more'} of this than you do"


def _line(survey: Survey, question: Question, held: Sequence[Figure]) -> Line:
    scale = instruments.scales()[question.scale]
    own = survey.own.get(question.code)
    whole = next((each for each in held if not each.group), None)
    return Line(
        words=question.put_to(SELF),
        said=said.told(whole, scale) if whole else said.NOT_SHOWN,
        own="" if own is None else f"You said “{scale.unknown if own < 0 else scale.steps[own]}”",
        groups=[
            (pages.group_words(each.group), said.told(each, scale), str(each.count))
            for each in held
            if each.group and each.count is not None
        ],
    )


def ways_on(scope: Scope, code: str) -> list[tuple[str, str]]:
    """Return where one can go on from a characteristic: what other parts of the house offer for it."""
    assert scope.place is not None  # a page of a school
    return [
        (each.words, f"{pages.address(scope, each.url_name)}?serves={code}")
        for module in registry.modules()
        for each in module.destinations
        if each.code == "talent.write_note" and each.allows(scope) is None
    ]
