"""Pages of staff and pupil lists: bring one, name its columns, choose its posts, look, take it in, undo, invite."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import tabular
from headship.core.errors import Unusable, require
from headship.core.models import ImportBatch
from headship.core.pages import show
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import (
    one_roster,
    roster_actions,
    roster_pages,
    roster_plan,
    roster_presets,
    rules,
    tasks,
    waiting_files,
)
from headship.people import roster_forms as forms
from headship.people import roster_queries as queries
from headship.people import rosters as reading
from headship.people.pages import FormPage
from headship.people.rosters import Roster

LARGEST = 20 * 1024 * 1024


def rosters(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what was brought; take another file."""
    require(rules.bring_roster(scope))
    form = forms.Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _uploaded(scope, form)
        except Unusable as fault:
            form.add_error("file", ValidationError(str(fault).splitlines()))
    waiting = len(queries.without_account(scope))
    page = roster_pages.rosters_page(scope, form, queries.lists_here(scope), queries.year_groups(scope), waiting)
    return show(request, "people/rosters.html", page, scope=scope)


def _uploaded(scope: Scope, form: forms.Upload) -> HttpResponse:
    """Read an uploaded file, or keep it sealed until its columns are named. Errors: Unusable."""
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        raise tabular.fault(file.name, f"is larger than {LARGEST >> 20} MB", "Export staff or pupils alone.")
    content = file.read()
    with waiting_files.on_disk(content) as path:
        read = one_roster.read(path, file.name, settings.FOLDER, secret=settings.HEADSHIP_PUPIL_KEY)
    roster, headings = (read, ()) if isinstance(read, Roster) else (None, read)
    sealed, key = waiting_files.seal(content)
    batch = roster_actions.keep_roster(
        by=scope,
        at=scope.at,
        name=file.name,
        fingerprint=hashlib.sha256(content).hexdigest(),
        sealed=sealed,
        roster=roster,
        headings=headings,
    )
    there = _to(scope, batch)
    return there if roster else waiting_files.give_key(there, key, _columns_of(scope, batch))


def _columns_of(scope: Scope, batch: ImportBatch) -> str:
    return roster_pages.address(scope, "roster-columns", roster=batch.pk)


def roster_columns(request: HttpRequest, scope: Scope, roster: int) -> HttpResponse:
    """Say which column of a table is which."""
    require(rules.bring_roster(scope))
    batch = queries.list_here(scope, roster)
    if batch.state != "unmapped":
        return _to(scope, batch)
    headings = batch.summary["headings"]
    preset = roster_presets.nearest(headings)
    guessed = queries.remembered(scope, headings) or (preset.guess(headings) if preset else {})
    form = forms.Columns(request.POST or None, headings=headings, guessed=guessed)
    if form.is_valid():
        try:
            return _to(scope, _named(request, scope, batch, form.mapping()))
        except Unusable as fault:
            form.add_error(None, ValidationError(str(fault).splitlines()))
    return show(request, "people/roster_columns.html", roster_pages.columns_page(batch, form), scope=scope)


def _named(request: HttpRequest, scope: Scope, batch: ImportBatch, mapping: dict[str, str]) -> ImportBatch:
    reading.check_mapping(mapping)
    with (
        waiting_files.opened(request, bytes(batch.staged)) as path,
        tabular.opened(path, name=batch.file_name, limits=reading.LIMITS) as table,
    ):
        roster = reading.from_table(table, mapping, "A table", secret=settings.HEADSHIP_PUPIL_KEY)
    return roster_actions.name_roster_columns(by=scope, at=scope.at, batch_id=batch.pk, roster=roster, mapping=mapping)


def roster_posts(request: HttpRequest, scope: Scope, roster: int) -> HttpResponse:
    """Choose the post that each role word stands for."""
    require(rules.bring_roster(scope))
    batch = queries.list_here(scope, roster)
    if batch.state not in {"unchosen", "previewed"}:
        return _to(scope, batch)
    told = Roster.unpacked(bytes(batch.staged))
    before = batch.summary.get("choices", {})
    remembered = queries.remembered_posts(scope)
    form = forms.Posts(
        request.POST or None,
        roles=told.roles,
        offered=roster_plan.offered(scope),
        guessed={each: remembered.get(each, roster_plan.usual_post(scope, each)) for each in told.roles},
        organisations=told.organisations,
        here=before.get("organisation") or roster_plan.organisation_here(scope, told.organisations),
    )
    if form.is_valid():
        asked = form.cleaned_data
        choices = roster_plan.Choices(form.posts(), asked.get("organisation", ""), asked["end_missing"])
        return _to(scope, roster_actions.preview_roster(by=scope, at=scope.at, batch_id=batch.pk, choices=choices))
    lead = (
        "You may give these posts here; whoever you leave out can be invited later. Leaders are best invited by hand."
    )
    title = f"What does {batch.file_name} mean here?"
    back = roster_pages.address(scope, "rosters")
    page = FormPage(title, form, "Show what would change", back, lead)
    return show(request, "people/form.html", page, scope=scope)


def roster(request: HttpRequest, scope: Scope, roster: int) -> HttpResponse:
    """Show one list, before or after it is taken in."""
    require(rules.bring_roster(scope))
    batch = queries.list_here(scope, roster)
    if batch.state in roster_pages.PAGES:
        return _to(scope, batch)
    found = None
    if batch.state == "previewed":
        told = Roster.unpacked(bytes(batch.staged))
        found = roster_plan.plan(scope, told, roster_actions.choices_of(batch))
    return show(request, "people/roster.html", roster_pages.roster_page(scope, batch, found), scope=scope)


@require_POST
def roster_take(request: HttpRequest, scope: Scope, roster: int) -> HttpResponse:
    """Take a list in."""
    require(rules.bring_roster(scope))
    batch = queries.list_here(scope, roster)
    roster_actions.take_roster(by=scope, at=timezone.now(), batch_id=batch.pk)
    messages.success(request, f"{batch.file_name} is taken in.")
    return _to(scope, queries.list_here(scope, roster))


@require_POST
def roster_undo(request: HttpRequest, scope: Scope, roster: int) -> HttpResponse:
    """Put back what stood before a list."""
    require(rules.bring_roster(scope))
    batch = roster_actions.undo_roster(by=scope, at=timezone.now(), batch_id=queries.list_here(scope, roster).pk)
    messages.success(request, f"{batch.file_name} is undone. What stood before it stands again.")
    return _to(scope, batch)


def roster_letters(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Invite those who have a post here by a list and cannot sign in yet."""
    require(rules.bring_roster(scope))
    waiting = [each for each in queries.without_account(scope) if rules.grant(scope, Role(each.role)) is None]
    if request.method == "POST":
        tasks.invite_all(by=scope, at=timezone.now(), posts=waiting, origin=request.build_absolute_uri("/")[:-1])
        messages.success(request, f"{len(waiting)} letter{' is' if len(waiting) == 1 else 's are'} on the way.")
        return HttpResponseRedirect(roster_pages.address(scope, "people"))
    page = roster_pages.LettersPage("Invite those who cannot sign in yet", waiting)
    return show(request, "people/roster_letters.html", page, scope=scope)


def _to(scope: Scope, batch: ImportBatch) -> HttpResponseRedirect:
    return HttpResponseRedirect(roster_pages.address_of(scope, batch))
