"""Screens of the first hour before anybody has an account. After the first account none of them is there."""

import functools
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from headship.core import belt, imports, tabular
from headship.core.errors import Stale, Unusable
from headship.core.models import ImportBatch
from headship.core.pages import show
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.project import actions, forms, queries, rules, setup_code, setup_pages
from headship.project.choices import Step
from headship.schools import actions as schools
from headship.schools import imports as importers
from headship.schools import pages as school_pages
from headship.schools import search, tasks

TAKING_PART = "setting_up"
BATCH = "set_up_import"
View = Callable[[HttpRequest], HttpResponse]
PLACES = {Step.REGISTER: "set-up-register", Step.SCHOOL: "set-up-school", Step.ACCOUNT: "set-up-account"}


def while_empty(view: View) -> View:
    """Open a screen only while nobody has an account, to somebody at this computer or with the code."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if queries.is_set_up():
            if request.session.pop(TAKING_PART, False):
                raise Stale(rules.ALREADY_SET_UP)
            raise Http404
        if not setup_code.admitted(request):
            return HttpResponseRedirect(reverse("set-up-code"))
        request.session[TAKING_PART] = True
        with belt.whole_installation(because="an installation without an account keeps nobody's things apart"):
            return view(request)

    return guarded


@while_empty
def begin(request: HttpRequest) -> HttpResponse:
    """Say what is to come, and go on where set-up stands."""
    step, _ = queries.step()
    if request.method == "POST":
        return HttpResponseRedirect(reverse(PLACES[step]))
    return show(request, "project/set_up.html", setup_pages.begin_page(step))


def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that the console shows."""
    if queries.is_set_up():
        raise Http404
    form = forms.CodeForm(request.POST or None)
    if setup_code.admitted(request):
        return HttpResponseRedirect(reverse("set-up"))
    if form.is_valid():
        request.session.cycle_key()
        request.session[setup_code.KNOWN] = True
        return HttpResponseRedirect(reverse("set-up"))
    page = setup_pages.StepPage(
        title="Set-up code",
        words=("Nobody has an account here yet. Whoever started Headship can read the code on its console.",),
        form=form,
        button="Go on",
    )
    return show(request, "project/set_up.html", page)


@while_empty
def register(request: HttpRequest) -> HttpResponse:
    """Take the national register's file and look through it."""
    form = forms.RegisterForm(request.POST, request.FILES) if request.method == "POST" else forms.RegisterForm()
    if form.is_valid():
        try:
            request.session[BATCH] = _previewed(form.cleaned_data["file"])
        except Unusable as fault:
            form.add_error("file", str(fault))
        else:
            return HttpResponseRedirect(reverse("set-up-register-check"))
    page = setup_pages.StepPage(
        title="Bring in the register of schools",
        step=Step.REGISTER.words,
        words=(
            "The Department for Education publishes every school of England as one file: on its site "
            "“Get Information about Schools”, choose “Download all data” and then establishment fields as CSV.",
        ),
        form=form,
        button="Look through the file",
        files=True,
        others=(("Type your school's details by hand instead", reverse("set-up-by-hand")),),
    )
    return show(request, "project/set_up.html", page)


@while_empty
def register_check(request: HttpRequest) -> HttpResponse:
    """Show what the register's file would bring in, and bring it in."""
    batch = ImportBatch.objects.defer("staged").filter(pk=request.session.get(BATCH, 0)).first()
    at = timezone.now()
    if batch and batch.state in school_pages.UNDER_WAY:
        page = setup_pages.under_way_page(school_pages.under_way_page(batch, at), reverse("set-up-register"))
        return show(request, "project/set_up.html", page)
    if batch and batch.state == "refused":
        return show(request, "project/set_up.html", setup_pages.refused_page(batch, reverse("set-up-register")))
    if batch is None or batch.state != "previewed" or not batch.summary["change_count"]:
        return HttpResponseRedirect(reverse("set-up"))
    if request.method == "POST":
        return HttpResponseRedirect(_brought_in(batch, at))
    page = setup_pages.preview_page(batch.summary, reverse("set-up-register"))
    return show(request, "project/set_up.html", page)


@while_empty
def by_hand(request: HttpRequest) -> HttpResponse:
    """Take a school's few details, typed."""
    form = forms.ByHandForm(request.POST or None)
    if form.is_valid():
        at = timezone.now()
        try:
            described = actions.Described(**form.cleaned_data)
            actions.describe_school(by=installation_scope(at), at=at, described=described)
        except Unusable as known:
            form.add_error("urn", str(known))
        else:
            return HttpResponseRedirect(reverse("set-up-account"))
    page = setup_pages.StepPage(
        title="Your school",
        step=Step.SCHOOL.words,
        words=("Without the register there are no published figures; you can bring it in later.",),
        form=form,
        button="Go on",
        others=(("Bring in the register instead", reverse("set-up-register")),),
    )
    return show(request, "project/set_up.html", page)


@while_empty
def school(request: HttpRequest) -> HttpResponse:
    """Find one's school and choose it."""
    if request.method == "POST":
        chosen = forms.ChooseForm(request.POST)
        if not chosen.is_valid():
            raise Unusable("Find your school again and choose it from the list. Nothing was changed.")
        at = timezone.now()
        actions.choose_school(by=installation_scope(at), at=at, urn=chosen.cleaned_data["urn"])
        return HttpResponseRedirect(reverse("set-up-account"))
    form = forms.FindForm(request.GET if "q" in request.GET else None)
    found = search.find(form.cleaned_data["q"], limit=setup_pages.MOST_FOUND + 1) if form.is_valid() else []
    page = setup_pages.FindPage(
        title="Find your school",
        step=Step.SCHOOL.words,
        form=form,
        asked=form.is_valid(),
        found=found[: setup_pages.MOST_FOUND],
        more=len(found) > setup_pages.MOST_FOUND,
        by_hand=reverse("set-up-by-hand"),
        register=reverse("set-up-register"),
    )
    return show(request, "project/set_up_school.html", page)


@while_empty
def account(request: HttpRequest) -> HttpResponse:
    """Open the first account and sign in with it; the rule of the second step leads on from there."""
    _, chosen = queries.step()
    if chosen is None:
        return HttpResponseRedirect(reverse("set-up-school"))
    form = forms.FirstAccountForm(request.POST or None)
    if form.is_valid():
        return _opened(request, form)
    page = setup_pages.StepPage(
        title="Your account",
        step=Step.ACCOUNT.words,
        words=(f"The first account at {chosen.name}. Others come by invitation.",),
        form=form,
        button="Open my account",
        others=(("Choose another school", reverse("set-up-school")),),
    )
    return show(request, "project/set_up.html", page)


def _opened(request: HttpRequest, form: forms.FirstAccountForm) -> HttpResponse:
    at = timezone.now()
    first = actions.First(**{**form.cleaned_data, "role": Role(form.cleaned_data["role"])})
    opened = actions.open_first_account(by=installation_scope(at), at=at, first=first)
    for mark in (TAKING_PART, setup_code.KNOWN, BATCH):
        request.session.pop(mark, None)
    setup_code.forget()
    login(request, opened, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, opened, method="password")
    return HttpResponseRedirect(reverse("home"))


def _brought_in(batch: ImportBatch, at: datetime) -> str:
    """Bring a previewed register in, or have the worker do it where it is large; return where to go on."""
    by = installation_scope(at)
    if batch.summary["change_count"] > tasks.LARGE_CHANGE:
        tasks.ask(by=by, at=at, batch_id=batch.pk, state="importing")
        return reverse("set-up-register-check")
    schools.commit_import(by=by, at=at, batch_id=batch.pk)
    return reverse("set-up-school")


def _previewed(file: "UploadedFile[Any]") -> int:
    """Look through an uploaded file and keep the preview; return its key. Errors: Unusable."""
    name = file.name or "register.csv"
    with tempfile.TemporaryDirectory(dir=settings.FOLDER) as folder:
        path = Path(folder, "register.csv.gz" if name.endswith(".gz") else f"register{Path(name).suffix[:5]}")
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        with tabular.opened(path, name=name) as table:
            importer = importers.recognised(table.headings)
        if importer is None:
            raise Unusable("This is not the register as it is published. Choose the file “edubasealldata….csv”.")
        if path.stat().st_size > tasks.LARGE_FILE:
            return _looked_through_later(name, path, table.headings)
        preview = imports.preview(importer, path, name=name)
    if not preview.change_count:
        raise Unusable("This file brings in nothing that is not there already. Go on to find your school.")
    at = timezone.now()
    return schools.preview_import(by=installation_scope(at), at=at, preview=preview).pk


def _looked_through_later(name: str, path: Path, headings: Sequence[str]) -> int:
    """Keep a large register for the worker to look through; return its key."""
    at = timezone.now()
    by = installation_scope(at)
    kept = schools.keep_upload(by=by, at=at, name=name, content=path.read_bytes(), headings=headings)
    return tasks.ask(by=by, at=at, batch_id=kept.pk, state="looking").pk
