"""Screens of imports, school search and published figures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from headship.core import imports as machine
from headship.core import tabular
from headship.core.errors import Unusable, existing
from headship.core.models import ImportBatch
from headship.core.pages import show
from headship.core.scope import Scope
from headship.schools import actions, fact_pages, forms, imports, pages, queries, tasks

LARGEST = 100 * 1024 * 1024


def find(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Find a school by name, URN or postcode."""
    form = forms.SearchForm(request.GET or None)
    sought = form.cleaned_data["sought"] if form.is_valid() else ""
    return show(request, "schools/find.html", pages.search_page(form, sought), scope=scope)


def facts(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what is published of the school."""
    return show(request, "schools/facts.html", fact_pages.facts_page(scope), scope=scope)


def facts_subject(request: HttpRequest, scope: Scope, subject: str) -> HttpResponse:
    """Show every year of one subject of what is published of the school."""
    page = existing(fact_pages.subject_page(scope, subject))
    return show(request, "schools/facts_subject.html", page, scope=scope)


def import_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the imports; take another file."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_uploaded(scope, form))
        except Unusable as fault:
            form.add_error("file", str(fault))
    return show(request, "schools/imports.html", pages.imports_page(form), scope=scope)


def _uploaded(scope: Scope, form: forms.UploadForm) -> str:
    """Preview an uploaded file, or keep it until its columns are named; return where to go. Errors: Unusable."""
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        mend = "Split it, or import it at the command line: headship import."
        raise tabular.fault(file.name, f"is larger than {LARGEST >> 20} MB", mend)
    content = file.read()
    with queries.on_disk(content) as path:
        with tabular.opened(path, name=file.name) as table:
            headings = tuple(table.headings)
        found = imports.recognised(headings)
        if found and file.size <= tasks.LARGE_FILE:
            preview = machine.preview(found, path, name=file.name)
            batch = actions.preview_import(by=scope, at=scope.at, preview=preview)
            return reverse("import", args=[batch.pk])
    batch = actions.keep_upload(by=scope, at=scope.at, name=file.name, content=content, headings=headings)
    if found:
        tasks.ask(by=scope, at=scope.at, batch_id=batch.pk, state="looking")
        return reverse("import", args=[batch.pk])
    return reverse("import-columns", args=[batch.pk])


def import_columns(request: HttpRequest, scope: Scope, batch: int) -> HttpResponse:
    """Say which column of a table is which; then preview it."""
    kept = existing(queries.import_batch(batch))
    if kept.state != "unmapped":
        return HttpResponseRedirect(reverse("import", args=[kept.pk]))
    headings = kept.summary["headings"]
    guessed = queries.remembered_mapping(headings) or imports.suggested(headings)
    form = forms.MappingForm(request.POST or None, headings=headings, guessed=guessed)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_mapped(scope, kept, form.mapping()))
        except Unusable as fault:
            form.add_error(None, str(fault))
    return show(request, "schools/import_columns.html", pages.mapping_page(kept, form), scope=scope)


def _mapped(scope: Scope, kept: ImportBatch, mapping: dict[str, str]) -> str:
    mapped = {"mapping": mapping, "headings": kept.summary["headings"]}
    if len(kept.staged) > tasks.LARGE_FILE:
        tasks.ask(by=scope, at=scope.at, batch_id=kept.pk, state="looking", told=mapped)
        return reverse("import", args=[kept.pk])
    with queries.on_disk(bytes(kept.staged)) as path:
        preview = machine.preview(imports.mapped(mapping), path, name=kept.file_name)
    batch = actions.preview_import(by=scope, at=scope.at, preview=preview, told=mapped)
    return reverse("import", args=[batch.pk])


def import_one(request: HttpRequest, scope: Scope, batch: int) -> HttpResponse:
    """Show one import before or after it is made."""
    kept = existing(queries.import_batch(batch))
    if kept.state == "unmapped":
        return HttpResponseRedirect(reverse("import-columns", args=[kept.pk]))
    if kept.state in pages.UNDER_WAY:
        return show(request, "schools/import_under_way.html", pages.under_way_page(kept, scope.at), scope=scope)
    return show(request, "schools/import.html", pages.import_page(kept), scope=scope)


@require_POST
def import_commit(request: HttpRequest, scope: Scope, batch: int) -> HttpResponse:
    """Make an import's changes."""
    kept = existing(queries.import_batch(batch))
    if kept.state == "previewed" and kept.summary["change_count"] > tasks.LARGE_CHANGE:
        tasks.ask(by=scope, at=scope.at, batch_id=kept.pk, state="importing")
        return HttpResponseRedirect(reverse("import", args=[kept.pk]))
    made = actions.commit_import(by=scope, at=scope.at, batch_id=kept.pk)
    messages.success(request, f"{made.file_name} is imported.")
    return HttpResponseRedirect(reverse("import", args=[made.pk]))


@require_POST
def import_undo(request: HttpRequest, scope: Scope, batch: int) -> HttpResponse:
    """Put back what stood before an import."""
    kept = existing(queries.import_batch(batch))
    if kept.state == "committed" and kept.summary["change_count"] > tasks.LARGE_CHANGE:
        tasks.ask(by=scope, at=scope.at, batch_id=kept.pk, state="undoing")
        return HttpResponseRedirect(reverse("import", args=[kept.pk]))
    undone = actions.undo_import(by=scope, at=scope.at, batch_id=kept.pk)
    messages.success(request, f"{undone.file_name} is undone. What stood before it stands again.")
    return HttpResponseRedirect(reverse("import", args=[undone.pk]))
