"""Screens about the audit log's proof."""

from collections.abc import Iterator
from pathlib import Path

from django.contrib import messages
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse

from headship.core import audit, audit_records, belt, verifier
from headship.core.errors import Unusable
from headship.core.models import Checkpoint
from headship.core.pages import show
from headship.core.scope import Scope
from headship.governance import actions, forms, pages, queries

MOST_ON_A_PAGE = 50_000  # some seconds of checking
TOO_LONG = (
    "This log is too long to be checked while you wait. Download the export and the verifier, and check it there, or "
    "ask whoever runs the server for `headship verify`."
)


def log(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the state of the log; with `?check`, check all of it."""
    found = None
    if "check" in request.GET:
        if queries.state(scope).length > MOST_ON_A_PAGE:
            raise Unusable(TOO_LONG)
        found = audit_records.checked(scope.school_id)
    return show(request, "governance/log.html", pages.log_page(scope, found), scope=scope)


def readers(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Choose who gets the daily checkpoint."""
    back = reverse("audit-log", kwargs={"urn": scope.place.key}) if scope.place else "/"
    chosen = queries.chosen(scope)
    initial = {"readers": list(chosen), "version": queries.version(chosen)}
    form = forms.ReadersForm(request.POST or None, offered=queries.candidates(scope), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.choose_readers(by=scope, at=scope.at, person_ids=told["readers"], version=told["version"])
        messages.success(request, "Saved. The checkpoint goes out once a day, when something was done.")
        return HttpResponseRedirect(back)
    page = pages.ReadersPage("Who gets the daily checkpoint", form, back)
    return show(request, "governance/readers.html", page, scope=scope)


def checkpoint(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Hand out a checkpoint of all that stands in the log now, and one of the installation's."""
    with belt.at_chain(queries.INSTALLATION):
        signed = [audit.sign(chain, scope.at) for chain in (scope.school_id, queries.INSTALLATION)]
    text = "\n".join(each.text for each in signed if isinstance(each, Checkpoint))
    if not text:
        raise Unusable("Nothing has been done here yet, so there is no checkpoint.")
    return _file(HttpResponse(text, content_type="text/plain; charset=us-ascii"), scope, "checkpoint", "txt")


def export(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Hand out the whole log for checking elsewhere, without names and words about people.

    Asked for by a form, since it is written down who took it: in the log itself, before it is read.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("audit-log", kwargs={"urn": scope.place.key}) if scope.place else "/")
    actions.take_export(by=scope, at=scope.at)
    name = scope.place.name if scope.place else ""
    lines = audit_records.lines([scope.school_id], lambda chain: name, scope.at, details=False)
    return _file(
        StreamingHttpResponse(_while_open(scope, lines), content_type="application/jsonl"), scope, "audit-log", "jsonl"
    )


def _while_open(scope: Scope, lines: Iterator[str]) -> Iterator[str]:
    """Read while what the scope may reach is open: a file is sent after the request has ended."""
    with belt.within(scope):
        yield from lines


def verifier_alone(request: HttpRequest, scope: Scope) -> HttpResponseBase:
    """Hand out the program that checks an export."""
    file = Path(verifier.__file__).open("rb")  # noqa: SIM115  # the response closes it
    return FileResponse(file, as_attachment=True, filename="headship-verifier.py", content_type="text/x-python")


def _file[R: HttpResponseBase](response: R, scope: Scope, what: str, ending: str) -> R:
    key = scope.place.key if scope.place else 0
    name = f"headship-{what}-{key}-{scope.at:%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
