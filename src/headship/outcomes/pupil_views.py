"""Pages of files of pupils and results: bring one, name its columns and words, take it in, undo it; and the names."""

import hashlib
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import tabular
from headship.core.errors import Unusable
from headship.core.models import ImportBatch
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import name_actions, pupil_actions, pupil_columns, pupil_one_roster, pupil_plan
from headship.outcomes import pupil_files as reading
from headship.outcomes import pupil_forms as forms
from headship.outcomes import pupil_pages as pages
from headship.outcomes import pupil_queries as queries
from headship.outcomes.pupil_brought import Brought
from headship.outcomes.pupil_files import Asked, Words
from headship.people import one_roster
from headship.people import waiting_files as waiting
from headship.schools.calendar_dates import year_of

LARGEST = 60 * 1024 * 1024


def files(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what was brought; take another file."""
    this_year = year_of(timezone.localdate(scope.at))
    form = forms.Upload(request.POST or None, request.FILES or None, this_year=this_year)
    if request.method == "POST" and form.is_valid():
        try:
            return _uploaded(scope, form)
        except Unusable as fault:
            _tell(form, fault, "file")
    return show(request, "outcomes/pupil_files.html", pages.files_page(scope, form), scope=scope)


def _tell(form: Form, fault: Unusable, field: str | None = None) -> None:
    form.add_error(field, ValidationError(str(fault).splitlines()))


def _uploaded(scope: Scope, form: forms.Upload) -> HttpResponse:
    """Keep an uploaded file sealed, and give the browser its key. Errors: Unusable."""
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        raise tabular.fault(file.name, f"is larger than {LARGEST >> 20} MB", "Export fewer columns.")
    content = file.read()
    with waiting.on_disk(content) as path:
        told, state = _looked_at(scope, path, file.name)
    sealed, key = waiting.seal(content)
    batch = pupil_actions.keep_pupil_file(
        by=scope,
        at=scope.at,
        name=file.name,
        fingerprint=hashlib.sha256(content).hexdigest(),
        sealed=sealed,
        told={**told, "asked": asdict(form.asked())},
        state=state,
    )
    return _with_key(_to(scope, batch), batch, scope, key)


def _looked_at(scope: Scope, path: Path, name: str) -> tuple[dict[str, Any], str]:
    """Return what is known of a file before anything of it is named, and what it waits for."""
    if _is_one_roster(path, name):
        with pupil_one_roster.opened(path, name, settings.FOLDER, _urn(scope)):
            return {"one_roster": True}, "unworded"
    with reading.opened(path, name) as table:
        return {"headings": list(table.headings)}, "unmapped"


def _is_one_roster(path: Path, name: str) -> bool:
    if one_roster.is_export(path):
        return True
    if name.lower().endswith(".zip"):
        raise tabular.fault(name, "is not a zip that can be opened", "Export it again, or take the CSV files.")
    return False


def _urn(scope: Scope) -> int:
    assert scope.place is not None  # only pages of a school ask
    return scope.place.key


def _with_key(response: HttpResponse, batch: ImportBatch, scope: Scope, key: str) -> HttpResponse:
    return waiting.give_key(response, key, pages.address(scope, "pupil-file", file=batch.pk))


def _unsealed(request: HttpRequest, batch: ImportBatch) -> AbstractContextManager[Path]:
    return waiting.opened(request, bytes(batch.staged))


def columns(request: HttpRequest, scope: Scope, file: int) -> HttpResponse:
    """Say which column of a table is which."""
    batch = queries.file_here(scope, file)
    if batch.state not in pages.PAGES or "headings" not in batch.summary:
        return _to(scope, batch)
    headings, names = batch.summary["headings"], queries.names_are_kept(scope)
    remembered = batch.summary.get("mapping") or queries.remembered(scope, headings)
    guessed = remembered or pupil_columns.guess(headings, names=names, scale=batch.summary["asked"]["scale"])
    form = forms.Columns(
        request.POST if request.method == "POST" else None, headings=headings, guessed=guessed, names=names
    )
    if form.is_valid():
        try:
            return _named(request, scope, batch, form.mapping())
        except Unusable as fault:
            _tell(form, fault)
    page = pages.columns_page(batch, form, len(guessed), remembered=bool(remembered))
    return show(request, "outcomes/pupil_columns.html", page, scope=scope)


def _named(request: HttpRequest, scope: Scope, batch: ImportBatch, mapping: dict[str, str]) -> HttpResponse:
    """Read a file by its named columns, or ask what its own words mean. Errors: Unusable."""
    names = queries.names_are_kept(scope)
    pupil_columns.check_mapping(mapping, pupil_columns.allowed(names=names))
    if "score" in mapping.values():
        pupil_actions.name_pupil_columns(by=scope, at=scope.at, batch_id=batch.pk, mapping=mapping)
        return _to(scope, queries.file_here(scope, batch.pk))
    asked = Asked(**batch.summary["asked"])
    with _unsealed(request, batch) as path, reading.opened(path, batch.file_name) as table:
        brought = reading.read(table, mapping, asked, secret=settings.HEADSHIP_PUPIL_KEY, names=names)
    return _previewed(scope, batch, brought, {"mapping": mapping})


def words(request: HttpRequest, scope: Scope, file: int) -> HttpResponse:
    """Say what the file's own words mean: its assessments and its subjects."""
    batch = queries.file_here(scope, file)
    if batch.state != "unworded":
        return _to(scope, batch)
    try:
        found = _words(request, scope, batch)
    except Unusable as fault:
        messages.warning(request, str(fault))
        return HttpResponseRedirect(pages.address(scope, "pupil-files"))
    form = forms.Meanings(
        request.POST if request.method == "POST" else None,
        words=found,
        scale=batch.summary["asked"]["scale"],
        remembered=queries.remembered_words(scope),
        secret=settings.HEADSHIP_PUPIL_KEY,
    )
    if form.is_valid():
        try:
            return _worded(request, scope, batch, form)
        except Unusable as fault:
            _tell(form, fault)
    page = pages.words_page(scope, batch, form)
    return show(request, "outcomes/pupil_words.html", page, scope=scope)


def _words(request: HttpRequest, scope: Scope, batch: ImportBatch) -> Words:
    with _unsealed(request, batch) as path:
        if batch.summary.get("one_roster"):
            with pupil_one_roster.opened(path, batch.file_name, settings.FOLDER, _urn(scope)) as export:
                return pupil_one_roster.words_of(export)
        with reading.opened(path, batch.file_name) as table:
            return reading.words_of(table, batch.summary["mapping"])


def _worded(request: HttpRequest, scope: Scope, batch: ImportBatch, form: forms.Meanings) -> HttpResponse:
    asked = replace(Asked(**batch.summary["asked"]), words=form.meanings())
    secret = settings.HEADSHIP_PUPIL_KEY
    with _unsealed(request, batch) as path:
        if batch.summary.get("one_roster"):
            with pupil_one_roster.opened(path, batch.file_name, settings.FOLDER, _urn(scope)) as export:
                brought = pupil_one_roster.read(export, asked, secret=secret)
        else:
            names = queries.names_are_kept(scope)
            with reading.opened(path, batch.file_name) as table:
                brought = reading.read(table, batch.summary["mapping"], asked, secret=secret, names=names)
    return _previewed(scope, batch, brought, {"words": form.to_remember()})


def _previewed(scope: Scope, batch: ImportBatch, brought: Brought, chosen: dict[str, Any]) -> HttpResponse:
    kept = {name: batch.summary[name] for name in ("headings", "mapping") if name in batch.summary}
    made = pupil_actions.preview_pupils(
        by=scope,
        at=scope.at,
        name=batch.file_name,
        fingerprint=batch.fingerprint,
        brought=brought,
        remembered={**kept, **chosen},
    )
    response = _to(scope, made)
    response.delete_cookie(waiting.COOKIE, path=pages.address(scope, "pupil-file", file=batch.pk), samesite="Strict")
    return response


def file(request: HttpRequest, scope: Scope, file: int) -> HttpResponse:
    """Show one file, before or after it is taken in."""
    batch = queries.file_here(scope, file)
    if batch.state in pages.PAGES:
        return _to(scope, batch)
    brought = found = None
    if batch.state == "previewed":
        brought = Brought.unpacked(bytes(batch.staged))
        found = pupil_plan.plan(scope, brought)
    return show(request, "outcomes/pupil_file.html", pages.file_page(scope, batch, brought, found), scope=scope)


@require_POST
def take(request: HttpRequest, scope: Scope, file: int) -> HttpResponse:
    """Take a file in."""
    batch = queries.file_here(scope, file)
    pupil_actions.take_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    messages.success(request, f"{batch.file_name} is taken in.")
    return _to(scope, batch)


@require_POST
def undo(request: HttpRequest, scope: Scope, file: int) -> HttpResponse:
    """Put back what stood before a file."""
    batch = queries.file_here(scope, file)
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    messages.success(request, f"{batch.file_name} is undone. What stood before it stands again.")
    return HttpResponseRedirect(pages.address(scope, "pupil-file", file=batch.pk))


def names(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Say whether pupils' names are kept."""
    if request.method == "POST":
        if request.POST.get("names") == "keep":
            name_actions.keep_names(by=scope, at=timezone.now())
            messages.success(request, "Names in files you bring from now on are kept.")
        else:
            count = name_actions.forget_names(by=scope, at=timezone.now())
            messages.success(request, f"{count:,} name{' is' if count == 1 else 's are'} deleted, and none is kept.")
        return HttpResponseRedirect(pages.address(scope, "pupil-names"))
    return show(request, "outcomes/pupil_names.html", pages.names_page(scope), scope=scope)


def _to(scope: Scope, batch: ImportBatch) -> HttpResponseRedirect:
    return HttpResponseRedirect(pages.address_of(scope, batch))
