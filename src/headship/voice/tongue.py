"""A survey's words in one language: each as it was translated, else in English, marked as such."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.html import format_html

from headship.core.pages import in_words
from headship.voice import instruments, phrases
from headship.voice.instruments import COMMENT, SELF, Question
from headship.voice.languages import ENGLISH, LANGUAGES

QUESTION = "Question"


@dataclass(frozen=True, slots=True)
class Text:
    """Something to be translated. `where` says what it is; `own` of the survey itself, not a fixed word of forms."""

    english: str
    where: str
    own: bool


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language, and what was translated into it, by the English. Without `code` it is English itself."""

    code: str = ENGLISH
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        """How the language runs, as HTML says it."""
        return "ltr" if self.code == ENGLISH else LANGUAGES[self.code].direction

    def plain(self, english: str) -> str:
        """Return words as they were translated, else the English."""
        return self.words.get(english, english)

    def put(self, english: str) -> str:
        """Return words for a page: where they are English among another language, they say so."""
        if not english or self.code == ENGLISH or english in self.words:
            return self.plain(english)
        return _as_english(english)

    def say(self, phrase: str, **filled: object) -> str:
        """Return a fixed phrase for a page, filled."""
        english = phrases.english()[phrase]
        said = self.plain(english).format(**filled)
        return said if self.code == ENGLISH or english in self.words else _as_english(said)

    def print(self, phrase: str, **filled: object) -> str:
        """Return a fixed phrase for paper, filled."""
        return self.plain(phrases.english()[phrase]).format(**filled)

    @property
    def letters(self) -> str:
        """Every letter and sign of its words, for knowing whether they can be printed."""
        return "".join(sorted(set("".join(self.words.values()))))

    def day(self, day: date) -> str:
        """Return a day: in words in English, else in figures as they stand on letters here."""
        return in_words(day) if self.code == ENGLISH else f"{day:%d/%m/%Y}"


def _as_english(words: str) -> str:
    return format_html('<span lang="en" dir="ltr">{}</span>', words)


def texts(title: str, opening: str, questions: Sequence[Question]) -> list[Text]:
    """Return everything of a survey that can be translated, each once: its own words, its scales', and the forms'."""
    found: dict[str, Text] = {}
    for where, english, own in _all(title, opening, questions):
        if english:
            found.setdefault(english, Text(english, where, own))
    return list(found.values())


def _all(title: str, opening: str, questions: Sequence[Question]) -> Iterator[tuple[str, str, bool]]:
    yield "Title", title, True
    yield "What is said first", opening, True
    for each in questions:
        yield QUESTION, each.words, True
        for group, words in (each.words_for or {}).items():
            if group != SELF:
                yield QUESTION, words, True
    for code in dict.fromkeys(each.scale for each in questions if each.kind != COMMENT):
        for words in (*instruments.scales()[code].steps, instruments.scales()[code].unknown):
            yield "Answer", words, True
    for words in phrases.english().values():
        yield "Words of the form", words, False
