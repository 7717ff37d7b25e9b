"""Screens of whoever puts a survey into other languages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import slugify

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.voice import (
    pages,
    queries,
    rules,
    translating,
    translation_actions,
    translation_forms,
    translation_pages,
    translation_queries,
)
from headship.voice.languages import LANGUAGES, Language
from headship.voice.models import Survey


def languages(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Show a survey's languages, and begin another."""
    found = _own_draft(scope, survey)
    form = translation_forms.LanguageForm(request.POST or None)
    if form.is_valid():
        return _to(scope, found, form.cleaned_data["language"])
    return show(request, "voice/languages.html", translation_pages.languages_page(scope, found, form), scope=scope)


def translate(request: HttpRequest, scope: Scope, survey: int, language: str) -> HttpResponse:
    """Translate each text by hand."""
    found, into = _own_draft(scope, survey), _language(language)
    form = _words_form(scope, found, into, request)
    if form.is_valid():
        return _kept(request, scope, found, into, form.cleaned_data["version"], form.words)
    page = translation_pages.translate_page(scope, found, into, form, _sheet_form(found, into))
    return show(request, "voice/translate.html", page, scope=scope)


def take_sheet(request: HttpRequest, scope: Scope, survey: int, language: str) -> HttpResponse:
    """Take a filled sheet, whole or not at all."""
    found, into = _own_draft(scope, survey), _language(language)
    form = _sheet_form(found, into, request)
    if form.is_valid():
        given = form.cleaned_data
        return _kept(request, scope, found, into, given["version"], given["words"])
    page = translation_pages.translate_page(scope, found, into, _words_form(scope, found, into), form)
    return show(request, "voice/translate.html", page, scope=scope)


def sheet(request: HttpRequest, scope: Scope, survey: int, language: str) -> HttpResponse:
    """Give the sheet to fill, with what was translated before."""
    del request
    found, into = _own_draft(scope, survey), _language(language)
    words = translation_queries.before(scope, found, into.code)
    filled = translating.sheet(translation_queries.texts(found), words, into)
    name = f"{slugify(found.title)}-{into.code}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(filled, content_type="text/csv; charset=utf-8", headers=headers)


def _own_draft(scope: Scope, survey: int) -> Survey:
    found = existing(queries.survey(scope, survey))
    require(rules.change(scope, queries.facts(found)))
    return found


def _language(code: str) -> Language:
    if code not in LANGUAGES:
        raise Http404
    return LANGUAGES[code]


def _words_form(
    scope: Scope, survey: Survey, into: Language, request: HttpRequest | None = None
) -> translation_forms.WordsForm:
    return translation_forms.WordsForm(
        request.POST or None if request else None,
        texts=translation_queries.texts(survey),
        words=translation_queries.before(scope, survey, into.code),
        language=into,
        initial={"version": survey.version},
    )


def _sheet_form(survey: Survey, into: Language, request: HttpRequest | None = None) -> translation_forms.SheetForm:
    return translation_forms.SheetForm(
        request.POST or None if request else None,
        request.FILES or None if request else None,
        texts=translation_queries.texts(survey),
        language=into,
        initial={"version": survey.version},
    )


def _kept(  # noqa: PLR0913, PLR0917  # whose survey, which language, and what was given
    request: HttpRequest, scope: Scope, survey: Survey, into: Language, version: int, words: dict[str, str]
) -> HttpResponse:
    translation_actions.translate_survey(
        by=scope, at=scope.at, survey=survey.pk, version=version, language=into.code, words=words
    )
    survey.refresh_from_db()
    far = translation_pages.far(translation_queries.lacking(survey, into.code)) if words else "Taken away"
    messages.success(request, f"{into.english}: {far}.")
    return HttpResponseRedirect(pages.address(scope, "survey-languages", survey=survey.pk))


def _to(scope: Scope, survey: Survey, language: str) -> HttpResponse:
    return HttpResponseRedirect(pages.address(scope, "survey-translate", survey=survey.pk, language=language))
