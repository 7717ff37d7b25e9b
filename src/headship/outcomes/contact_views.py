"""Screens of being visible to schools like ours."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from headship.core.errors import Unusable
from headship.core.pages import show
from headship.core.scope import Scope
from headship.outcomes import contact_actions as actions
from headship.outcomes import contact_queries as queries
from headship.outcomes.target_pages import address


class ContactForm(forms.Form):
    """Whom schools like ours can write to, and about what."""

    name = forms.CharField(label="Whose name?", max_length=120, error_messages={"required": "Enter a name"})
    role = forms.CharField(label="What they do here", max_length=80, error_messages={"required": "Enter what they do"})
    email = forms.EmailField(
        label="E-mail address at work", max_length=254, error_messages={"required": "Enter an e-mail address"}
    )
    offer = forms.CharField(
        label="What we can talk about, in a sentence",
        max_length=200,
        error_messages={"required": "Enter what you can talk about"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """Which state somebody looked at when they pressed the button."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Whether the school is visible, and to be changed."""

    title: str
    on: bool
    form: Form
    back: str
    hide_url: str
    version: int


def contact(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show whether the school is visible, and switch it on or change it."""
    now = queries.own(scope)
    names = ("name", "role", "email", "offer")
    typed = {name: getattr(now, name) for name in names} if now else {}
    form = ContactForm(request.POST or None, initial={**typed, "version": now.version if now else 0})
    if form.is_valid():
        actions.show_contact(by=scope, at=scope.at, **form.cleaned_data)
        messages.success(request, "Schools like yours see this contact from now on.")
        return HttpResponseRedirect(address(scope, "similar-contact"))
    page = ContactPage(
        title="Schools like ours can see whom to write to" if now else "Schools like ours see no contact of ours",
        on=now is not None,
        form=form,
        back=address(scope, "similar"),
        hide_url=address(scope, "similar-contact-hide"),
        version=now.version if now else 0,
    )
    return show(request, "outcomes/contact.html", page, scope=scope)


@require_POST
def hide(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Switch it off."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Unusable("Open the page again and switch it off from there. Nothing was changed.")
    actions.hide_contact(by=scope, at=scope.at, **form.cleaned_data)
    messages.success(request, "It is switched off, and the contact is deleted.")
    return HttpResponseRedirect(address(scope, "similar-contact"))
