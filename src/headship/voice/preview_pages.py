"""Exactly what a survey's runner is shown who reads it as those who are asked will."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.core.scope import Scope
from headship.voice import instruments, pages, queries, translation_queries
from headship.voice.instruments import Question
from headship.voice.languages import ENGLISH
from headship.voice.models import Survey
from headship.voice.tongue import Tongue


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The questions as a group will read them, in a language."""

    title: str
    opening: str
    questions: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str, bool]]
    languages: Sequence[tuple[str, str, bool]]
    tongue: Tongue
    back: str


def preview_page(scope: Scope, survey: Survey, group: str, language: str) -> PreviewPage:
    """Arrange the questions as a group will read them."""
    asked = queries.questions(survey)
    groups = [*pages.groups_of(survey).items()] if survey.about_id else [("", "Everybody")]
    chosen = group if group in dict(groups) else groups[0][0]
    here = pages.address(scope, "survey-preview", survey=survey.pk)
    tongue = translation_queries.tongue_of(survey, language)
    every = [(ENGLISH, "English"), *((each.code, each.own) for each in translation_queries.offered(survey))]
    return PreviewPage(
        title=tongue.plain(survey.title),
        opening=tongue.plain(survey.opening),
        questions=[
            (tongue.plain(each.put_to(chosen)), _answered_by(each, tongue)) for each in asked if each.is_for(chosen)
        ],
        groups=[(words, f"{here}?as={code}&in={tongue.code}", code == chosen) for code, words in groups],
        languages=[(words, f"{here}?as={chosen}&in={code}", code == tongue.code) for code, words in every],
        tongue=tongue,
        back=pages.address(scope, "survey", survey=survey.pk),
    )


def _answered_by(each: Question, tongue: Tongue) -> str:
    if each.kind == instruments.COMMENT:
        return "Answered in words"
    scale = instruments.scales()[each.scale]
    return " · ".join(map(tongue.plain, (*scale.steps, scale.unknown)))
