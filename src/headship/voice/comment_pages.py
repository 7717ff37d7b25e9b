"""Exactly what pages show of comments by theme.

A theme is a matter of one comment's own words, or of its reader; nothing of who wrote it is used, or known. So comments
by theme tell no more than the same comments in a row, and two of one writer are no nearer together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from headship.core.scope import Scope
from headship.voice import pages, queries, rules
from headship.voice.choices import COMMENTS
from headship.voice.comment_forms import NONE_WORDS, ThemesForm
from headship.voice.instruments import COMMENT
from headship.voice.models import Comment, Survey
from headship.voice.themes import NONE, stands_under, themes

FROM = 8  # comments to a question from which they stand by theme: fewer are read sooner in a row


@dataclass(frozen=True, slots=True)
class Group:
    """Comments of one theme; without a name, all of them. `count` says how many, of few nothing."""

    name: str
    serves: Sequence[str]
    count: str
    comments: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to a question, by theme."""

    question: str
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """Every comment with the theme it stands under, to be changed."""

    title: str
    survey: str
    form: ThemesForm
    questions: Sequence[tuple[str, Sequence[tuple[str, Any]]]]
    back: str


def by_theme(survey: Survey) -> list[Written]:
    """Return what was written, by question and theme."""
    asked = [each for each in queries.questions(survey) if each.kind == COMMENT]
    held = queries.comments(survey)
    return [Written(each.words, _groups([said for said in held if said.question == each.code])) for each in asked]


def in_a_row(words: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> list[Written]:
    """Return what was written by question alone, for those who are shown a person's feedback."""
    return [Written(question, [Group("", (), "", said)] if said else []) for question, said in words]


def _groups(comments: Sequence[Comment]) -> list[Group]:
    if len(comments) < FROM:
        return [Group("", (), "", [(each.words, each.named) for each in comments])] if comments else []
    under: dict[str, list[Comment]] = {code: [] for code in (*themes(), NONE)}
    for each in comments:
        under[stands_under(each.theme, each.words)].append(each)
    largest = sorted(under, key=lambda code: (code == NONE, -len(under[code])))
    return [_group(code, under[code]) for code in largest if under[code]]


def _group(code: str, comments: Sequence[Comment]) -> Group:
    about = themes().get(code)
    said = [(each.words, each.named) for each in comments]
    return Group(about.name if about else NONE_WORDS, about.serves if about else (), counted(len(said)), said)


def counted(count: int) -> str:
    """Say how many comments a theme has; of few nothing, as everywhere.

    >>> counted(6), counted(4)
    ('6 comments', '')
    """
    return f"{count} comments" if count >= COMMENTS else ""


def themes_url(scope: Scope, survey: Survey) -> str:
    """Return where comments are put under other themes; nothing for those who may not, or where there are too few."""
    if rules.theme_comments(scope, queries.facts(survey)) or len(queries.comments(survey)) < FROM:
        return ""
    return pages.address(scope, "survey-themes", survey=survey.pk)


def themes_page(scope: Scope, survey: Survey, form: ThemesForm) -> ThemesPage:
    """Arrange every comment with its theme."""
    asked = [each for each in queries.questions(survey) if each.kind == COMMENT]
    return ThemesPage(
        title="What comments are about",
        survey=survey.title,
        form=form,
        questions=[
            (
                each.words,
                [(said.words, form[f"of-{said.pk}"]) for said in form.comments if said.question == each.code],
            )
            for each in asked
        ],
        back=pages.address(scope, "survey", survey=survey.pk),
    )
