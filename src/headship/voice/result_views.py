"""What a survey of the school released, to take away: a report, and a table."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from headship.core import papers
from headship.core.errors import existing, require
from headship.core.scope import Scope
from headship.voice import forms, queries, result_documents, result_pages, rules
from headship.voice.models import Survey


def report(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Give results, or what was chosen of them, as a document."""
    found = _released(scope, survey)
    page = result_pages.results_page(scope, found, forms.ChosenForm(request.GET).chosen)
    return papers.given(request, result_documents.report(scope, page))


def figures(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Give the released cells, or what was chosen of them, as CSV."""
    found = _released(scope, survey)
    held = queries.figures(found)
    chosen = result_pages.known(found, held, forms.ChosenForm(request.GET).chosen)
    headers = {"Content-Disposition": f'attachment; filename="{slugify(found.title) or "figures"}.csv"'}
    table = result_documents.figures(found, held, chosen)
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


def _released(scope: Scope, survey: int) -> Survey:
    """Return a survey of the school whose results the reader may see. Errors: Http404, Refused."""
    found = existing(queries.survey(scope, survey))
    existing(None if found.about_id else found)
    require(rules.see_results(scope, queries.facts(found)))
    return found
