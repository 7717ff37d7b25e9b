"""The screen on which comments are put under other themes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.voice import comment_actions, comment_forms, comment_pages, pages, queries, rules


def themes(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Put comments under themes."""
    found = existing(queries.survey(scope, survey))
    require(rules.theme_comments(scope, queries.facts(found)))
    form = comment_forms.ThemesForm(
        request.POST or None, comments=queries.comments(found), initial={"version": found.version}
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        comment_actions.theme_comments(by=scope, at=scope.at, survey=found.pk, version=version, under=form.under)
        messages.success(request, "Kept. Comments stand under the themes you chose.")
        return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))
    return show(request, "voice/themes.html", comment_pages.themes_page(scope, found, form), scope=scope)
