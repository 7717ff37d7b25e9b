"""Addresses of pupil premium spending, each with its audience."""

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.outcomes import spend_api as api
from headship.outcomes import spend_rules as rules
from headship.outcomes import spend_views as views

READERS = school_posts("staff and governors who read spending", *rules.READERS, refusal=rules.READERS_ONLY)
KEEPERS = school_posts("those who keep spending", *rules.KEEPERS, refusal=rules.KEEPERS_ONLY)
AT = "schools/<int:urn>/pupil-premium/"

urlpatterns = [
    route(AT, views.spend, name="spend", audience=READERS),
    route(
        AT + "document",
        views.document,
        name="spend-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "<int:year>", views.edit, name="spend-edit", audience=KEEPERS),
]

ONE = "schools/{int:urn}/pupil-premium/{int:year}"
endpoints = (
    endpoint("GET", ONE, api.spend, audience=READERS, gives=api.SpendGiven),
    endpoint("PUT", ONE, api.keep_spending, audience=KEEPERS, gives=api.SpendGiven, versioned=True),
)
