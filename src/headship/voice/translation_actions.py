"""The write of whoever translates a survey."""

from collections.abc import Mapping
from datetime import datetime

from headship.core.actions import action
from headship.core.errors import Unusable
from headship.core.scope import Scope
from headship.voice import actions, translating, translation_queries
from headship.voice.languages import LANGUAGES


@action("voice.translate_survey")
def translate_survey(  # noqa: PLR0913  # which survey, as it was, and its words in which language
    *, by: Scope, at: datetime, survey: int, version: int, language: str, words: Mapping[str, str]
) -> None:
    """Keep a survey's words in a language, by the English, instead of those before; none takes the language away."""
    del at
    now = actions.draft(by, survey, version)
    known = {each.english for each in translation_queries.texts(now)}
    fault = next((each for each in words if each not in known or translating.wrong(each, words[each])), None)
    if language not in LANGUAGES or fault is not None:
        raise Unusable("These are not the texts of this survey. Open the page again; nothing was saved.")
    kept = {code: each for code, each in now.translations.items() if code != language}
    now.translations = kept | ({language: dict(words)} if words else {})
    actions.keep(now)
