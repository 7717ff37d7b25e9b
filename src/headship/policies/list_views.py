"""Screens of lists of policies: bring one, look at what it would add, take it in, undo it."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import tabular
from headship.core.errors import Unusable, existing
from headship.core.models import ImportBatch
from headship.core.pages import show
from headship.core.scope import Scope
from headship.people import waiting_files
from headship.policies import list_actions, list_forms, list_pages, list_queries, list_reading
from headship.policies.pages import address

LARGEST = 5 * 1024 * 1024


def lists(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take a file, and list those that were brought."""
    form = list_forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _to(scope, _kept(scope, form))
        except Unusable as fault:
            form.add_error("file", ValidationError(str(fault).splitlines()))
    return show(request, "policies/lists.html", list_pages.lists_page(scope, form), scope=scope)


def one(request: HttpRequest, scope: Scope, batch: int) -> HttpResponse:
    """Show what a list would add, or added."""
    return show(request, "policies/list.html", list_pages.list_page(scope, _found(scope, batch)), scope=scope)


@require_POST
def take(request: HttpRequest, scope: Scope, batch: int) -> HttpResponse:
    """Take a list in."""
    found, form = _found(scope, batch), list_forms.TakeForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the list again and take it in there. Nothing was changed.")
    list_actions.take_list(by=scope, at=scope.at, batch=found.pk, adds=form.cleaned_data["adds"])
    messages.success(request, f"{found.file_name} is taken in. Write each policy's words, or paste them, next.")
    return _to(scope, found.pk)


@require_POST
def undo(request: HttpRequest, scope: Scope, batch: int) -> HttpResponse:
    """Take away again what a list added."""
    found = _found(scope, batch)
    list_actions.undo_list(by=scope, at=scope.at, batch=found.pk)
    messages.success(request, f"{found.file_name} is undone.")
    return _to(scope, found.pk)


def _kept(scope: Scope, form: list_forms.UploadForm) -> int:
    """Read an uploaded file whole and keep what it lists. Errors: Unusable."""
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        raise tabular.fault(file.name, f"is larger than {LARGEST >> 20} MB", "Save the list of policies alone.")
    content = file.read()
    with (
        waiting_files.on_disk(content) as path,
        tabular.opened(path, name=file.name, limits=list_reading.LIMITS) as table,
    ):
        listing = list_reading.from_table(table, list_queries.owners(scope), timezone.localdate(scope.at))
    fingerprint = hashlib.sha256(content).hexdigest()
    return list_actions.keep_list(by=scope, at=scope.at, name=file.name, fingerprint=fingerprint, listing=listing)


def _found(scope: Scope, key: int) -> ImportBatch:
    return existing(list_queries.lists(scope).filter(pk=key).first())


def _to(scope: Scope, key: int) -> HttpResponse:
    return HttpResponseRedirect(address(scope, "policy-list", batch=key))
