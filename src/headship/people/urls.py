"""Addresses of `people`, each with its audience."""

from headship.core import limits
from headship.core.audience import ANYONE, SCHOOL, SIGNED_IN, TRUST, route
from headship.core.endpoints import endpoint
from headship.core.shapes import Page
from headship.people import api, own_views, token_views, views
from headship.people.roster_urls import urlpatterns as lists
from headship.people.sign_in_urls import urlpatterns as sign_in

HERE = "schools/<int:urn>/people/"

urlpatterns = [
    *sign_in,
    *lists,
    route("", own_views.home, name="home", audience=ANYONE),
    route("places/", own_views.places, name="places", audience=SIGNED_IN),
    route("account/", own_views.account, name="account", audience=SIGNED_IN),
    route("account/devices/", own_views.list_devices, name="devices", audience=SIGNED_IN),
    route("account/devices/<slug:mark>/end/", own_views.sign_device_out, name="device-end", audience=SIGNED_IN),
    route("account/sign-out-elsewhere/", own_views.sign_out_elsewhere, name="sign-out-elsewhere", audience=SIGNED_IN),
    route("account/tokens/", token_views.tokens, name="tokens", audience=SIGNED_IN),
    route(
        "account/tokens/make/",
        token_views.make,
        name="token-make",
        audience=SIGNED_IN,
        fresh=True,
        limit=limits.EXPORTS,
    ),
    route("account/tokens/<int:token>/revoke/", token_views.revoke, name="token-revoke", audience=SIGNED_IN),
    route("invitations/<str:token>/", own_views.invitation, name="invitation", audience=ANYONE, limit=limits.LETTERS),
    route("trusts/<int:trust>/", own_views.trust, name="trust", audience=TRUST),
    route(
        "trusts/<int:trust>/invite/",
        own_views.trust_invite,
        name="trust-invite",
        audience=TRUST,
        fresh=True,
        limit=limits.INVITATIONS,
    ),
    route(HERE, views.people, name="people", audience=SCHOOL),
    route(f"{HERE}posts/<int:post>/", views.post, name="people-post", audience=SCHOOL),
    route(f"{HERE}posts/<int:post>/end/", views.end_post, name="people-end-post", audience=SCHOOL, fresh=True),
    route(f"{HERE}posts/<int:post>/change/", views.change_role, name="people-change-role", audience=SCHOOL, fresh=True),
    route(f"{HERE}invite/", views.invite, name="people-invite", audience=SCHOOL, fresh=True, limit=limits.INVITATIONS),
    route(f"{HERE}invitations/<int:invitation>/", views.letter, name="people-letter", audience=SCHOOL),
    route(
        f"{HERE}invitations/<int:invitation>/again/",
        views.renew,
        name="people-renew",
        audience=SCHOOL,
        fresh=True,
        limit=limits.INVITATIONS,
    ),
    route(
        f"{HERE}invitations/<int:invitation>/withdraw/",
        views.withdraw,
        name="people-withdraw",
        audience=SCHOOL,
        fresh=True,
    ),
    route(f"{HERE}relationships/", views.relationships, name="relationships", audience=SCHOOL),
    route(f"{HERE}relationships/name/", views.relate, name="relationship-start", audience=SCHOOL, fresh=True),
    route(
        f"{HERE}relationships/<int:relationship>/end/",
        views.end_relationship,
        name="relationship-end",
        audience=SCHOOL,
        fresh=True,
    ),
]

endpoints = (
    endpoint("GET", "me", api.me, audience=SIGNED_IN, gives=api.Me),
    endpoint("GET", "schools/{int:urn}/posts", api.posts, audience=SCHOOL, gives=Page[api.PostGiven]),
    endpoint("GET", "schools/{int:urn}/posts/counts", api.counts, audience=SCHOOL, gives=Page[api.Counted]),
    endpoint("GET", "schools/{int:urn}/posts/{int:post}", api.post, audience=SCHOOL, gives=api.PostGiven),
    endpoint("GET", "schools/{int:urn}/relationships", api.relationships, audience=SCHOOL, gives=Page[api.TieGiven]),
    endpoint("GET", "schools/{int:urn}/invitations", api.invitations, audience=SCHOOL, gives=Page[api.InvitationGiven]),
)
