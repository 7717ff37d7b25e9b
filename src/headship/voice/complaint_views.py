"""Screens of complaints: the list, one, and each thing that is done about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.core.errors import existing, require
from headship.core.pages import show
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.voice import complaint_actions as actions
from headship.voice import complaint_forms as forms
from headship.voice import complaint_pages, lesson_actions, pages
from headship.voice import complaint_queries as queries
from headship.voice import complaint_rules as rules
from headship.voice.complaint_choices import ENDS, Stage
from headship.voice.models import Complaint
from headship.voice.pages import FormPage

FORM = "voice/form.html"
HARM = "Could a child be in danger? Tell the designated safeguarding lead now, before you write anything here."
HANDED_ON = "Recorded, and handed to whoever leads it. You have done your part: they see to it now."


def complaints(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List what this reader knows of."""
    return show(request, "voice/complaints.html", complaint_pages.list_page(scope), scope=scope)


def record(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Write down a complaint."""
    form = _told_form(request, scope, None)
    if form.is_valid():
        given = form.cleaned_data
        key = actions.record_complaint(
            by=scope, at=scope.at, once=given["once"], told=form.told, owner=given.get("owner")
        )
        seen = queries.complaint(scope, key) is not None
        messages.success(request, "Recorded. Acknowledge it next." if seen else HANDED_ON)
        return HttpResponseRedirect(_at(scope, key) if seen else pages.address(scope, "complaints"))
    page = FormPage("Record a complaint", form, "Record it", pages.address(scope, "complaints"), HARM)
    return show(request, FORM, page, scope=scope)


def complaint(request: HttpRequest, scope: Scope, complaint: int) -> HttpResponse:
    """Show one complaint."""
    found = existing(queries.complaint(scope, complaint))
    return show(request, "voice/complaint.html", complaint_pages.complaint_page(scope, found), scope=scope)


def change(request: HttpRequest, scope: Scope, complaint: int) -> HttpResponse:
    """Correct what was written down."""
    found = existing(queries.complaint(scope, complaint))
    require(rules.lead(scope, queries.facts(found)))
    form = _told_form(request, scope, found)
    if form.is_valid():
        version = form.cleaned_data["version"] or found.version
        actions.change_complaint(by=scope, at=scope.at, complaint=found.pk, version=version, told=form.told)
        messages.success(request, "Saved.")
        seen = queries.complaint(scope, complaint) is not None
        return HttpResponseRedirect(_at(scope, complaint) if seen else pages.address(scope, "complaints"))
    page = FormPage("Correct what was written down", form, "Save", _at(scope, complaint))
    return show(request, FORM, page, scope=scope)


def hand(request: HttpRequest, scope: Scope, complaint: int) -> HttpResponse:
    """Say who answers a complaint, and who else sees it."""
    found = existing(queries.complaint(scope, complaint))
    facts = queries.facts(found)
    require(rules.lead(scope, facts))
    form = forms.HandForm(
        request.POST or None,
        offered=_others(scope, queries.to_answer(scope, facts)),
        named=[(each.person_id, each.part) for each in found.readers.all()],
        initial={"owner": found.owner_id, "version": found.version},
    )
    if form.is_valid():
        version = form.cleaned_data["version"]
        actions.hand_complaint(by=scope, at=scope.at, complaint=found.pk, version=version, handed=form.handed)
        messages.success(request, "Saved. They see it from now on, and nobody else.")
        return HttpResponseRedirect(_at(scope, complaint))
    page = FormPage("Who answers it, and who sees it?", form, "Save", _at(scope, complaint))
    return show(request, FORM, page, scope=scope)


def move(request: HttpRequest, scope: Scope, complaint: int, to: str) -> HttpResponse:
    """Bring a complaint to another stage."""
    found = existing(queries.complaint(scope, complaint))
    stage = existing(next((each for each in Stage if each == to), None))
    require(rules.move(scope, queries.facts(found), stage))
    form = _move_form(request, scope, found, stage)
    if form.is_valid():
        version = form.cleaned_data["version"]
        actions.move_complaint(by=scope, at=scope.at, complaint=found.pk, version=version, moved=form.moved)
        closed = stage is Stage.CLOSED
        messages.success(request, "Closed. Was anything learned from it?" if closed else "Saved.")
        return HttpResponseRedirect(_at(scope, complaint))
    page = FormPage(stage.doing, form, "Close it" if stage is Stage.CLOSED else "Save", _at(scope, complaint))
    return show(request, FORM, page, scope=scope)


@require_POST
def delete(request: HttpRequest, scope: Scope, complaint: int) -> HttpResponse:
    """Delete a complaint that is apart, its time being over."""
    version = int(request.POST.get("version", "0")) if request.POST.get("version", "0").isdecimal() else 0
    actions.delete_complaint(by=scope, at=scope.at, complaint=complaint, version=version)
    messages.success(request, "Deleted.")
    return HttpResponseRedirect(pages.address(scope, "complaints"))


def learn(request: HttpRequest, scope: Scope, complaint: int) -> HttpResponse:
    """Write down what was learned from a complaint."""
    found = existing(queries.complaint(scope, complaint))
    facts = queries.facts(found)
    require(rules.learn(scope, facts))
    form = forms.LearnedForm(
        request.POST or None,
        owners=queries.to_answer(scope, facts).items(),
        may_show=not facts.apart,
        today=queries.today_of(scope),
        initial={"owner": scope.person_id},
    )
    if form.is_valid():
        given = form.cleaned_data
        learned = lesson_actions.Learned(
            given["learned"], given["doing"], int(given["owner"]), given["due_on"], given.get("shown", False)
        )
        lesson_actions.learn(by=scope, at=scope.at, once=given["once"], complaint=found.pk, learned=learned)
        messages.success(request, "Written down. Whoever does it finds it on their Today page.")
        return HttpResponseRedirect(_at(scope, complaint))
    page = FormPage("What did we learn?", form, "Write it down", _at(scope, complaint))
    return show(request, FORM, page, scope=scope)


def lesson(request: HttpRequest, scope: Scope, lesson: int) -> HttpResponse:
    """Show what was learned, and let whoever does it say that it was done."""
    found = existing(queries.lesson(scope, lesson))
    form = forms.DoneForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        lesson_actions.finish_lesson(by=scope, at=scope.at, lesson=found.pk, **form.cleaned_data)
        messages.success(request, "Done, and what came of it is written down.")
        return HttpResponseRedirect(pages.address(scope, "lesson", lesson=found.pk))
    return show(request, "voice/lesson.html", complaint_pages.lesson_page(scope, found, form), scope=scope)


def _at(scope: Scope, complaint: int) -> str:
    return pages.address(scope, "complaint", complaint=complaint)


def _others(scope: Scope, people: dict[int, str]) -> list[tuple[int, str]]:
    return [each for each in people.items() if each[0] != scope.person_id]


def _told_form(request: HttpRequest, scope: Scope, found: Complaint | None) -> forms.ToldForm:
    """Return the form of what was said: empty, or as it was written down."""
    about = queries.to_be_about(scope)
    if found and found.about:
        about.setdefault(found.about.pk, found.about.name)
    written = found and {name: getattr(found, name) for name in (
        "said", "theme", "received_on", "channel", "from_role", "from_name", "from_contact", "version")}  # fmt: skip
    initial = {**written, "about": found.about_id} if found and written else {"received_on": queries.today_of(scope)}
    owners = about.items() if scope.has(Role.HEADTEACHER) and not found else ()
    return forms.ToldForm(
        request.POST or None,
        about=about.items(),
        owners=owners,
        today=queries.today_of(scope),
        help_text=complaint_pages.help_about(scope),
        initial=initial,
    )


def _move_form(request: HttpRequest, scope: Scope, found: Complaint, to: Stage) -> forms.MoveForm | forms.CloseForm:
    today, since = queries.today_of(scope), complaint_pages.since(found)
    initial = {"on": today, "version": found.version}
    if to is Stage.CLOSED:
        stage = Stage(found.stage)
        return forms.CloseForm(
            request.POST or None, stage=stage, outcomes=ENDS[stage], since=since, today=today, initial=initial
        )
    return forms.MoveForm(request.POST or None, to=to, since=since, today=today, initial=initial)
