"""Reads about a survey's languages."""

from headship.core.scope import Scope
from headship.voice import queries, tongue
from headship.voice.languages import LANGUAGES, Language
from headship.voice.models import Survey
from headship.voice.tongue import Text, Tongue


def texts(survey: Survey) -> list[Text]:
    """Return everything of a survey that can be translated."""
    return tongue.texts(survey.title, survey.opening, queries.questions(survey))


def words_in(survey: Survey, code: str) -> dict[str, str]:
    """Return what of a survey was translated into a language, by the English."""
    kept: dict[str, str] = survey.translations.get(code, {})
    return kept


def lacking(survey: Survey, code: str) -> int:
    """Return how many of the survey's own texts are not translated."""
    words = words_in(survey, code)
    return sum(each.own and each.english not in words for each in texts(survey))


def offered(survey: Survey) -> list[Language]:
    """Return the languages a survey can be answered in: those all its own texts were translated into."""
    return [each for code, each in LANGUAGES.items() if code in survey.translations and not lacking(survey, code)]


def tongue_of(survey: Survey, code: str) -> Tongue:
    """Return a survey's words in a language it is offered in, else in English."""
    found = code in LANGUAGES and code in {each.code for each in offered(survey)}
    return Tongue(code, words_in(survey, code)) if found else Tongue()


def before(scope: Scope, survey: Survey, code: str) -> dict[str, str]:
    """Return what the school translated before of the same texts: in this survey, else in the newest other."""
    others = Survey.objects.filter(school_id=scope.school_id).exclude(pk=survey.pk).order_by("pk")
    found: dict[str, str] = {}
    for kept in others.values_list("translations", flat=True)[:500]:
        found |= kept.get(code, {})
    found |= words_in(survey, code)
    return {each.english: found[each.english] for each in texts(survey) if each.english in found}
