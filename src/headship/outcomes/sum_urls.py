"""Addresses of value added over a trust's schools, each with its audience."""

from headship.core.audience import TRUST, route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.roles import Role
from headship.core.shapes import Page
from headship.outcomes import sum_api as api
from headship.outcomes import sum_rules as rules
from headship.outcomes import sum_views as views

HEAD = school_posts("the headteacher, who decides what the trust is given", Role.HEADTEACHER, refusal=rules.HEAD_ONLY)
AT, OF_TRUST = "schools/<int:urn>/value-added/", "trusts/<int:trust>/value-added/"

urlpatterns = [
    route(AT, views.sharing, name="value-added", audience=HEAD),
    route(AT + "share", views.share, name="value-added-share", audience=HEAD, fresh=True),
    route(AT + "take-back", views.take_back, name="value-added-take-back", audience=HEAD),
    route(AT + "<int:shared>/", views.standing, name="value-added-standing", audience=HEAD),
    route(
        AT + "<int:shared>/document",
        views.standing_document,
        name="value-added-standing-document",
        audience=HEAD,
        fresh=True,
        limit=EXPORTS,
    ),
    route(OF_TRUST, views.of_trust, name="trust-value-added", audience=TRUST),
    route(
        OF_TRUST + "document",
        views.trust_document,
        name="trust-value-added-document",
        audience=TRUST,
        fresh=True,
        limit=EXPORTS,
    ),
]
endpoints = (
    endpoint("GET", "schools/{int:urn}/shared-sums", api.shared_sums, audience=HEAD, gives=Page[api.SharedSumsGiven]),
    endpoint("GET", "trusts/{int:trust}/value-added", api.value_added, audience=TRUST, gives=Page[api.TogetherGiven]),
)
