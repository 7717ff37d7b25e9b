"""Exactly what the pages of a survey's languages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from headship.core.scope import Scope
from headship.voice import pages, translation_queries
from headship.voice.languages import LANGUAGES, Language
from headship.voice.models import Survey
from headship.voice.tongue import QUESTION
from headship.voice.translation_forms import LanguageForm, SheetForm, WordsForm

MANY = 40  # texts beyond which the questions are folded


@dataclass(frozen=True, slots=True)
class LanguagesPage:
    """The languages of a survey, how far each is, and a way to begin another."""

    title: str
    rows: Sequence[tuple[str, str, str]]
    form: LanguageForm
    back: str


@dataclass(frozen=True, slots=True)
class TranslatePage:
    """One language: a sheet to fill, and a field for each text; the fixed words of forms are `fixed`.

    Many questions (`folded`) are opened on asking, so that the page can be held in one hand.
    """

    title: str
    form: WordsForm | SheetForm
    words: WordsForm
    sheet: SheetForm
    own: Sequence[Any]
    folded: Sequence[Any]
    fixed: Sequence[Any]
    lacking: int
    sheet_url: str
    upload_url: str
    words_url: str
    language: Language
    back: str


def languages_page(scope: Scope, survey: Survey, form: LanguageForm) -> LanguagesPage:
    """Arrange the languages."""
    return LanguagesPage(
        title="In other languages",
        rows=[
            (
                f"{each.english} · {each.own}",
                far(translation_queries.lacking(survey, code)),
                pages.address(scope, "survey-translate", survey=survey.pk, language=code),
            )
            for code, each in LANGUAGES.items()
            if code in survey.translations
        ],
        form=form,
        back=pages.address(scope, "survey", survey=survey.pk),
    )


def far(lacking: int) -> str:
    """Say how far a language is.

    >>> far(0), far(1)
    ('Offered to everybody who is asked', '1 text lacks, so it is not offered yet')
    """
    if not lacking:
        return "Offered to everybody who is asked"
    return f"{lacking} text{'' if lacking == 1 else 's'} lack{'s' if lacking == 1 else ''}, so it is not offered yet"


def translate_page(
    scope: Scope, survey: Survey, language: Language, words: WordsForm, sheet: SheetForm
) -> TranslatePage:
    """Arrange one language."""
    fields = [(each, words[f"t{at}"]) for at, each in enumerate(words.texts)]
    own = [(each.where, bound) for each, bound in fields if each.own]
    long = len(own) > MANY
    keys = {"survey": survey.pk, "language": language.code}
    return TranslatePage(
        title=f"In {language.english}",
        form=sheet if sheet.is_bound else words,
        words=words,
        sheet=sheet,
        own=[each for each in own if not long or each[0] != QUESTION],
        folded=[each for each in own if long and each[0] == QUESTION],
        fixed=[bound for each, bound in fields if not each.own],
        lacking=translation_queries.lacking(survey, language.code),
        sheet_url=pages.address(scope, "survey-sheet", **keys),
        upload_url=pages.address(scope, "survey-sheet-take", **keys),
        words_url=pages.address(scope, "survey-translate", **keys),
        language=language,
        back=pages.address(scope, "survey-languages", survey=survey.pk),
    )
