"""Screens for asking by an address: given, looked at, kept; and the one on which somebody wants no more mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.core.errors import Unusable, existing, require
from headship.core.pages import show
from headship.core.scope import Scope
from headship.voice import addresses, mail_actions, mail_forms, mail_pages, pages, queries, rules
from headship.voice.models import Survey


def give(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Take addresses, and show what was read before anything is kept."""
    found = _own_draft(scope, survey)
    form = mail_forms.AddressesForm(
        request.POST or None,
        request.FILES or None,
        known=queries.addresses_of_named(found),
        initial={"version": found.version},
    )
    if form.is_valid():
        page = mail_pages.seen_page(scope, found, form.cleaned_data["addresses"])
        return show(request, "voice/addresses_seen.html", page, scope=scope)
    return show(request, "voice/addresses.html", mail_pages.addresses_page(scope, found, form), scope=scope)


@require_POST
def ask(request: HttpRequest, scope: Scope, survey: int) -> HttpResponse:
    """Ask the addresses that were looked at, or nobody by address any more."""
    found = _own_draft(scope, survey)
    form = mail_forms.AskByMailForm(request.POST)
    if not form.is_valid():
        raise Unusable("Give the addresses again. Nothing was changed.")
    given = form.cleaned_data
    known = queries.addresses_of_named(found)
    asked = addresses.pasted(given["pasted"], "", known).found if given["pasted"] else ()
    mail_actions.ask_by_mail(by=scope, at=scope.at, survey=found.pk, version=given["version"], addresses=asked)
    messages.success(request, f"{len(asked)} addresses are asked when the survey opens." if asked else "Nobody is.")
    return HttpResponseRedirect(pages.address(scope, "survey", survey=found.pk))


def _own_draft(scope: Scope, survey: int) -> Survey:
    found = existing(queries.survey(scope, survey))
    require(rules.ask_without_names(scope, queries.facts(found)))
    return found
