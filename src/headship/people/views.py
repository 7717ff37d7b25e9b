"""Pages of the people of a school: posts, invitations, relationships."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from headship.core import registry
from headship.core.errors import Unusable, require
from headship.core.pages import in_words, show
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import actions, documents, forms, pages, queries, relationship_actions, rules
from headship.people.actions import Invited
from headship.people.choices import Kind

LETTER = "letter"


def to(scope: Scope, name: str, **kwargs: Any) -> HttpResponseRedirect:
    """Lead to another page of the same place."""
    return HttpResponseRedirect(address(scope, name, **kwargs))


def address(scope: Scope, name: str, **kwargs: Any) -> str:
    """Return the address of another page of the same school."""
    assert scope.place is not None  # only pages of a place call this
    return reverse(name, kwargs={"urn": scope.place.key, **kwargs})


def people(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Who holds which post here."""
    page = pages.people_page(scope, queries.people_at(scope), queries.invitations_here(scope))
    return show(request, "people/people.html", page, scope=scope)


def post(request: HttpRequest, scope: Scope, post: int) -> HttpResponse:
    """One post, and what it lets its holder do."""
    held = queries.post_here(scope, post)
    require(rules.see_person(scope, held))
    role = Role(held.role)
    page = pages.PostPage(
        title=held.person.name,
        post=held,
        role=role,
        cannot_end=rules.end_post(scope, held),
        cannot_change=rules.change_role(scope, held, role),
    )
    return show(request, "people/post.html", page, scope=scope)


def end_post(request: HttpRequest, scope: Scope, post: int) -> HttpResponse:
    """End a post on a day."""
    held = queries.post_here(scope, post)
    require(rules.end_post(scope, held))
    form = forms.End(request.POST or None, initial={"version": held.version})
    if form.is_valid() and _done(
        form, actions.end_post, by=scope, at=timezone.now(), post_id=held.pk, **form.cleaned_data
    ):
        messages.success(request, f"{held.person.name}'s post ends on {in_words(form.cleaned_data['ends_on'])}.")
        return to(scope, "people")
    page = pages.FormPage(f"End {held.person.name}'s post", form, "End the post", address(scope, "people"))
    return show(request, "people/form.html", page, scope=scope)


def change_role(request: HttpRequest, scope: Scope, post: int) -> HttpResponse:
    """Turn a post into another."""
    held = queries.post_here(scope, post)
    require(rules.change_role(scope, held, Role(held.role)))
    form = forms.ChangeRole(request.POST or None, roles=rules.grantable(scope))
    if form.is_valid():
        change = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        if _done(form, actions.change_role, by=scope, at=timezone.now(), post_id=held.pk, **change):
            messages.success(
                request, f"{held.person.name} is {change['role'].words.lower()} from {in_words(change['on'])}."
            )
            return to(scope, "people")
    page = pages.FormPage(f"Change {held.person.name}'s post", form, "Change the post", address(scope, "people"))
    return show(request, "people/form.html", page, scope=scope)


def invite(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Invite somebody to a post."""
    require(rules.invite(scope))
    form = forms.Invite(
        request.POST or None, roles=rules.grantable(scope), initial={"starts_on": timezone.localdate(scope.at)}
    )
    if form.is_valid():
        asked = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        invited = actions.invite(by=scope, at=timezone.now(), **asked)
        return sent(request, scope, invited)
    page = pages.FormPage(
        "Invite somebody",
        form,
        "Send the invitation",
        address(scope, "people"),
        "They get a letter by mail with an address that works once, for two weeks. You can also print it.",
    )
    return show(request, "people/form.html", page, scope=scope)


def sent(request: HttpRequest, scope: Scope, invited: Invited) -> HttpResponse:
    """Mail the letter, and show it once to those who may give the post: whoever has its address can take the post."""
    assert scope.place is not None  # only pages of a place invite
    link = request.build_absolute_uri(reverse("invitation", kwargs={"token": invited.token}))
    if not documents.send_letter(invited.invitation, link, by=scope, place_name=scope.place.name):
        messages.warning(request, documents.NOT_SENT)
    if rules.grant(scope, Role(invited.invitation.role)) is None:
        request.session[LETTER] = {"invitation": invited.invitation.pk, "link": link}
    return to(scope, "people-letter", invitation=invited.invitation.pk)


def letter(request: HttpRequest, scope: Scope, invitation: int) -> HttpResponse:
    """Show the letter to print, once; later, offer to send it anew or withdraw it."""
    found = queries.invitation_here(scope, invitation)
    role = Role(found.role)
    require(rules.withdraw_invitation(scope, role))
    kept = request.session.get(LETTER) or {}
    link = str(request.session.pop(LETTER)["link"]) if kept.get("invitation") == found.pk else ""
    page = pages.LetterPage(f"Invitation for {found.name}", found, role, link, rules.withdraw_invitation(scope, role))
    return show(request, "people/letter.html", page, scope=scope)


def renew(request: HttpRequest, scope: Scope, invitation: int) -> HttpResponse:
    """Send a new letter."""
    require(rules.withdraw_invitation(scope, Role(queries.invitation_here(scope, invitation).role)))
    if request.method != "POST":
        return to(scope, "people-letter", invitation=invitation)
    return sent(request, scope, actions.renew_invitation(by=scope, at=timezone.now(), invitation_id=invitation))


def withdraw(request: HttpRequest, scope: Scope, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    require(rules.withdraw_invitation(scope, Role(queries.invitation_here(scope, invitation).role)))
    if request.method != "POST":
        return to(scope, "people-letter", invitation=invitation)
    actions.withdraw_invitation(by=scope, at=timezone.now(), invitation_id=invitation)
    messages.success(request, "The invitation is withdrawn; its letter no longer works.")
    return to(scope, "people")


def relationships(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Who supports whom."""
    ties = [(tie, rules.relate(scope, tie.kind)) for tie in queries.ties_here(scope)]
    page = pages.TiesPage(
        "Who supports whom",
        ties,
        bool(rules.relatable(scope)),
        rules.relate(scope, Kind.LINE_MANAGER) or "",
        registry.appraising(scope),
        pages.ways_to_appraisal(scope),
    )
    return show(request, "people/relationships.html", page, scope=scope)


def relate(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Name a line manager or coach."""
    kinds = rules.relatable(scope)
    require(None if kinds else rules.relate(scope, Kind.LINE_MANAGER))
    form = forms.Relate(
        request.POST or None,
        kinds=kinds,
        people=_colleagues(scope),
        initial={"starts_on": timezone.localdate(scope.at)},
    )
    if form.is_valid() and _done(
        form, relationship_actions.start_relationship, by=scope, at=timezone.now(), **_tie(form)
    ):
        messages.success(request, "Named. They see it when they next open Headship.")
        return to(scope, "relationships")
    back, ways = address(scope, "relationships"), pages.ways_to_appraisal(scope)
    page = pages.FormPage("Name a line manager or a coach", form, "Name them", back, pages.APPRAISED, ways)
    return show(request, "people/form.html", page, scope=scope)


def end_relationship(request: HttpRequest, scope: Scope, relationship: int) -> HttpResponse:
    """End a relationship on a day."""
    tie = queries.tie_here(scope, relationship)
    require(rules.relate(scope, Kind(tie.kind)))
    begin = {"ends_on": timezone.localdate(scope.at), "version": tie.version}
    form = forms.End(request.POST or None, initial=begin)
    if form.is_valid() and _done(
        form,
        relationship_actions.end_relationship,
        by=scope,
        at=timezone.now(),
        relationship_id=tie.pk,
        **form.cleaned_data,
    ):
        messages.success(request, "It ends on that day.")
        return to(scope, "relationships")
    title = f"{Kind(tie.kind).words}: {tie.holder.name} for {tie.about.name}"
    page = pages.FormPage(title, form, "End it", address(scope, "relationships"))
    return show(request, "people/form.html", page, scope=scope)


def _tie(form: forms.Relate) -> dict[str, Any]:
    asked = form.cleaned_data
    ids = {"holder_id": int(asked["holder"]), "about_id": int(asked["about"])}
    return {"kind": Kind(asked["kind"]), "starts_on": asked["starts_on"], **ids}


def _colleagues(scope: Scope) -> list[tuple[str, str]]:
    """Return everybody who holds a post here, once, with their posts."""
    posts: dict[tuple[int, str], list[str]] = {}
    for held in queries.holders_here(scope):
        posts.setdefault((held.person_id, held.name), []).append(held.title or Role(held.role).words)
    return [(str(key), f"{name}, {' and '.join(titles)}") for (key, name), titles in posts.items()]


def _done(form: Any, action: Any, **asked: Any) -> bool:
    """Run an action; what it cannot take becomes the form's error."""
    try:
        action(**asked)
    except Unusable as fault:
        form.add_error(None, str(fault))
        return False
    return True
