"""Addresses of interventions, each with its audience."""

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.shapes import Page
from headship.outcomes import intervention_api as api
from headship.outcomes import intervention_rules as rules
from headship.outcomes import intervention_views as views
from headship.outcomes.target_urls import READERS

PLANNERS = school_posts("those who keep interventions", *rules.PLANNERS, refusal=rules.PLANNERS_ONLY)
AT = "schools/<int:urn>/interventions/"

urlpatterns = [
    route(AT, views.interventions, name="interventions", audience=READERS),
    route(
        AT + "document",
        views.interventions_document,
        name="interventions-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(
        AT + "<int:intervention>/document",
        views.intervention_document,
        name="intervention-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "plan", views.plan, name="intervention-plan", audience=PLANNERS),
    route(AT + "<int:intervention>", views.intervention, name="intervention", audience=READERS),
    route(AT + "<int:intervention>/change", views.change, name="intervention-change", audience=PLANNERS),
    route(AT + "<int:intervention>/review", views.review, name="intervention-review", audience=READERS),
    route(AT + "<int:intervention>/withdraw", views.withdraw, name="intervention-withdraw", audience=PLANNERS),
]

ALL = "schools/{int:urn}/interventions"
ONE = f"{ALL}/{{int:intervention}}"
GIVEN = api.InterventionGiven
endpoints = (
    endpoint("GET", ALL, api.interventions, audience=READERS, gives=Page[GIVEN]),
    endpoint("POST", ALL, api.plan_intervention, audience=PLANNERS, gives=GIVEN, once=True, made=True),
    endpoint("GET", ONE, api.intervention, audience=READERS, gives=GIVEN),
    endpoint("PUT", ONE, api.change_intervention, audience=PLANNERS, gives=GIVEN, versioned=True),
    endpoint("POST", f"{ONE}/review", api.review_intervention, audience=READERS, gives=GIVEN, versioned=True),
    endpoint("DELETE", ONE, api.withdraw_intervention, audience=PLANNERS, gives=None, versioned=True),
)
