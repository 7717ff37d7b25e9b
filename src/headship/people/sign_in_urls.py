"""The addresses of sign-in: the pages of django-allauth we want, one by one, under the names it reverses them by."""

import functools

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as identity
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpRequest, HttpResponseBase
from django.urls import register_converter
from django.urls.converters import StringConverter

from headship.core import belt
from headship.core.audience import ANYONE, SIGNED_IN, View, route
from headship.core.scope import Scope
from headship.people import fresh
from headship.people import own_views as views


def without_scope(view: View) -> View:
    """Call one of allauth's views, which know no scope."""

    @functools.wraps(view)
    def call(request: HttpRequest, scope: Scope, **rest: object) -> HttpResponseBase:
        del scope
        return view(request, **rest)

    return call


def before_scope(view: View) -> View:
    """Call one of allauth's views that anybody may open: it finds accounts by address, code or link."""

    @functools.wraps(view)
    def call(request: HttpRequest, **rest: object) -> HttpResponseBase:
        with belt.whole_installation(because="signing in finds an account before a scope is known"):
            return view(request, **rest)

    return call


class AccountKey(StringConverter):
    """An account's key in a link by mail: letters and figures, so that it ends at the first dash."""

    regex = "[0-9A-Za-z]+"


register_converter(AccountKey, "account")

urlpatterns = [
    route("sign-in/", before_scope(views.sign_in), name="account_login", audience=ANYONE),
    route("sign-in/out/", before_scope(account.logout), name="account_logout", audience=ANYONE),
    route("sign-in/closed/", before_scope(account.account_inactive), name="account_inactive", audience=ANYONE),
    route("sign-in/forgotten/", before_scope(account.password_reset), name="account_reset_password", audience=ANYONE),
    route(
        "sign-in/forgotten/sent/",
        before_scope(account.password_reset_done),
        name="account_reset_password_done",
        audience=ANYONE,
    ),
    route(
        "sign-in/forgotten/done/",
        before_scope(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
        audience=ANYONE,
    ),
    route(
        "sign-in/forgotten/<account:uidb36>-<str:key>/",
        before_scope(account.password_reset_from_key),
        name="account_reset_password_from_key",
        audience=ANYONE,
    ),
    route(
        "sign-in/password/",
        without_scope(account.password_change),
        name="account_change_password",
        audience=SIGNED_IN,
    ),
    route(
        "sign-in/password/first/",
        without_scope(account.password_set),
        name="account_set_password",
        audience=SIGNED_IN,
        fresh=True,
    ),
    route("sign-in/again/", fresh.renewing(account.reauthenticate), name="account_reauthenticate", audience=SIGNED_IN),
    route("sign-in/second-step/", before_scope(factor.authenticate), name="mfa_authenticate", audience=ANYONE),
    route("sign-in/passkey/", before_scope(passkey.login_webauthn), name="mfa_login_webauthn", audience=ANYONE),
    route("sign-in/again/code/", fresh.renewing(factor.reauthenticate), name="mfa_reauthenticate", audience=SIGNED_IN),
    route(
        "sign-in/again/passkey/",
        fresh.renewing(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
        audience=SIGNED_IN,
    ),
    route("sign-in/second-steps/", without_scope(factor.index), name="mfa_index", audience=SIGNED_IN),
    route("sign-in/second-steps/app/", views.set_up_app, name="mfa_activate_totp", audience=SIGNED_IN),
    route(
        "sign-in/second-steps/app/remove/",
        without_scope(totp.deactivate_totp),
        name="mfa_deactivate_totp",
        audience=SIGNED_IN,
    ),
    route(
        "sign-in/second-steps/passkeys/",
        without_scope(passkey.list_webauthn),
        name="mfa_list_webauthn",
        audience=SIGNED_IN,
    ),
    route(
        "sign-in/second-steps/passkeys/add/",
        views.set_up_passkey,
        name="mfa_add_webauthn",
        audience=SIGNED_IN,
    ),
    route(
        "sign-in/second-steps/passkeys/<int:pk>/remove/",
        views.remove_passkey,
        name="mfa_remove_webauthn",
        audience=SIGNED_IN,
    ),
    route(
        "sign-in/second-steps/codes/",
        without_scope(codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
        audience=SIGNED_IN,
    ),
    route(
        "sign-in/second-steps/codes/new/",
        without_scope(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
        audience=SIGNED_IN,
    ),
    route("sign-in/with/<slug:provider_id>/", before_scope(openid.login), name="openid_connect_login", audience=ANYONE),
    route(
        "sign-in/with/<slug:provider_id>/back/",
        before_scope(openid.callback),
        name="openid_connect_callback",
        audience=ANYONE,
    ),
    route(
        "sign-in/with/cancelled",
        before_scope(identity.login_cancelled),
        name="socialaccount_login_cancelled",
        audience=ANYONE,
    ),
    route("sign-in/with/failed", before_scope(identity.login_error), name="socialaccount_login_error", audience=ANYONE),
]
