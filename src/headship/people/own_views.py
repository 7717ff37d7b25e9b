"""Pages of one's own: sign-in, invitations taken up, account, places, and the trust's figures."""

import functools
from datetime import UTC, datetime
from typing import Any

from allauth.account import views as account_views
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from headship.core import belt
from headship.core.audience import View
from headship.core.errors import require
from headship.core.pages import show
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.views import sentence_page
from headship.people import actions, devices, documents, forms, fresh, pages, queries, rules, session_store, sessions
from headship.people.models import Account, Invitation


class SignIn(account_views.LoginView):  # type: ignore[misc]  # allauth has no types
    """The sign-in page, with the identity provider where one is set up."""

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        """Add the provider's name, or nothing."""
        return {**super().get_context_data(**rest), "identity": settings.OIDC_NAME if settings.OIDC_ISSUER else ""}


sign_in = SignIn.as_view()


def remove_passkey(request: HttpRequest, scope: Scope, pk: int) -> HttpResponseBase:
    """Remove a passkey of one's own, unless it is the only second step."""
    held = get_object_or_404(Authenticator, pk=pk, user_id=scope.account_id, type=Authenticator.Type.WEBAUTHN)
    require(rules.remove_second_step(held))
    removed: HttpResponseBase = passkey.remove_webauthn(request, pk=pk)
    return removed


def first_signs_out_elsewhere(view: View) -> View:
    """Wrap a page that sets a second step up: the first signs out whoever came elsewhere with the password alone."""

    @functools.wraps(view)
    def set_up(request: HttpRequest, scope: Scope) -> HttpResponseBase:
        held_before = rules.holds_second_step(scope.account_id)
        response = view(request)
        if not held_before and rules.holds_second_step(scope.account_id):
            update_session_auth_hash(request, actions.sign_out_elsewhere(by=scope, at=timezone.now()))
            record_authentication(request, request.user, method=fresh.SECOND_STEP)
        return response

    return set_up


set_up_app = first_signs_out_elsewhere(totp.activate_totp)
set_up_passkey = first_signs_out_elsewhere(passkey.add_webauthn)


def home(request: HttpRequest) -> HttpResponse:
    """Lead to where the reader belongs: sign-in, their one place, or the choice of places."""
    if not isinstance(request.user, Account):
        return HttpResponseRedirect(reverse("account_login"))
    scope = queries.scope_for(request.user, "", None, at=timezone.now())
    if scope is not None and len(scope.other_places) == 1:
        return HttpResponseRedirect(pages.address_of(scope.other_places[0]))
    return HttpResponseRedirect(reverse("places"))


def places(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Choose a place."""
    here = [(place, pages.address_of(place)) for place in scope.other_places]
    return show(request, "people/places.html", pages.PlacesPage("Where to?", here, scope.operator), scope=scope)


def account(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show who one is here: posts, what they let one see, and sign-in."""
    began = request.session.get(sessions.BEGAN)
    assert isinstance(request.user, Account)  # the audience is signed in
    page = pages.AccountPage(
        title="Who am I here?",
        name=scope.name,
        email=request.user.email,
        posts=queries.own_posts(scope),
        signed_in_at=datetime.fromtimestamp(began, tz=UTC) if began else None,
        operator=scope.operator,
    )
    return show(request, "people/account.html", page, scope=scope)


def sign_out_elsewhere(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Sign out everywhere but here."""
    if request.method == "POST":
        update_session_auth_hash(request, actions.sign_out_elsewhere(by=scope, at=timezone.now()))
        messages.success(request, "Every other device is signed out.")
    return HttpResponseRedirect(reverse("devices"))


def list_devices(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show where the reader is signed in."""
    assert isinstance(request.user, Account)  # the audience is signed in
    page = pages.DevicesPage("Where I am signed in", devices.of(request.user, _mark(request), scope.at))
    return show(request, "people/devices.html", page, scope=scope)


def _mark(request: HttpRequest) -> str:
    """Return what is kept of the key of the session in use."""
    return session_store.kept(request.session.session_key or "")


def sign_device_out(request: HttpRequest, scope: Scope, mark: str) -> HttpResponse:
    """Sign the reader out on one other device."""
    assert isinstance(request.user, Account)  # the audience is signed in
    if request.method == "POST":
        if mark != _mark(request) and devices.lasts(request.user, mark, scope.at):
            actions.end_session(by=scope, at=scope.at, mark=mark)
        messages.success(request, "That device is signed out.")
    return HttpResponseRedirect(reverse("devices"))


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: with a new account, or with the one that has its address."""
    at = timezone.now()
    found = queries.invitation_by(token, at=at)
    if found is None:
        return sentence_page(
            request,
            "This invitation no longer works",
            "It was used, withdrawn or is older than two weeks. Ask whoever invited you for a new one.",
            status=404,
        )
    theirs = queries.account_at(found.email)
    if theirs is not None:
        return _with_account(request, found, token, theirs)
    form = forms.Accept(request.POST or None)
    if form.is_valid():
        scope = queries.scope_of(found, at=at)
        password = form.cleaned_data["password"]
        return _welcome(request, actions.accept_invitation(by=scope, at=at, token=token, password=password))
    return show(request, "people/invitation.html", _accept_page(request, found, form, None))


def _with_account(request: HttpRequest, found: Invitation, token: str, theirs: Account) -> HttpResponse:
    as_them = request.user.is_authenticated and request.user.pk == theirs.pk
    if as_them and request.method == "POST":
        at = timezone.now()
        scope = queries.scope_of(found, at=at)
        actions.accept_invitation_signed_in(by=scope, at=at, token=token, account_id=theirs.pk)
        return HttpResponseRedirect(reverse("home"))
    return show(request, "people/invitation.html", _accept_page(request, found, None, theirs))


def _accept_page(
    request: HttpRequest, found: Invitation, form: forms.Accept | None, theirs: Account | None
) -> pages.AcceptPage:
    place = queries.place_of(found)
    return pages.AcceptPage(
        title=f"You are invited to {place.name}",
        invitation=found,
        place=place,
        role=Role(found.role),
        form=form,
        account_email=theirs.email if theirs else "",
        signed_in_as_them=theirs is not None and request.user == theirs,
        address=request.path,
    )


def _welcome(request: HttpRequest, account: Account) -> HttpResponse:
    """Sign a new account in; the rule of the second step leads on from there."""
    with belt.whole_installation(because="signing in notes it in an account before a scope is known"):
        login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, account, method="password")
    return HttpResponseRedirect(reverse("home"))


def trust(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what waits for a leader of the trust, and its schools in figures."""
    page = pages.trust_page(scope, queries.schools_of_trust(scope))
    return show(request, "people/trust.html", page, scope=scope)


def trust_invite(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Invite a leader of the trust, or the headteacher or chair of one of its schools."""
    require(rules.invite(scope))
    assert scope.place is not None  # the audience is of a trust
    form = forms.TrustInvite(
        request.POST or None,
        roles=rules.TRUST_GRANTS | rules.TRUST_GRANTS_AT_SCHOOLS,
        schools=[("", scope.place.name), *((str(each.urn), each.name) for each in queries.schools_of_trust(scope))],
        initial={"starts_on": timezone.localdate(scope.at)},
    )
    back = reverse("trust", kwargs={"trust": scope.place.key})
    if form.is_valid():
        _invite_from_trust(request, scope, form.cleaned_data)
        return HttpResponseRedirect(back)
    page = pages.FormPage("Invite somebody", form, "Send the invitation", back)
    return show(request, "people/form.html", page, scope=scope)


def _invite_from_trust(request: HttpRequest, scope: Scope, asked: dict[str, Any]) -> None:
    urn, said = asked.pop("school"), asked | {"role": Role(asked["role"])}
    if urn:
        said.pop("title")
        said["school_id"] = queries.school_of_trust(scope, int(urn)).pk
        invited = actions.invite_to_school_of_trust(by=scope, at=timezone.now(), **said)
    else:
        invited = actions.invite(by=scope, at=timezone.now(), **said)
    link = request.build_absolute_uri(reverse("invitation", kwargs={"token": invited.token}))
    place_name = scope.place.name if scope.place else ""
    if documents.send_letter(invited.invitation, link, by=scope, place_name=place_name):
        messages.success(request, f"The letter to {invited.invitation.email} is on its way. It holds: {link}")
    else:
        messages.warning(request, f"{documents.NOT_SENT} Its address, to print: {link}")
