"""Addresses of targets, each with its audience."""

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.shapes import Page
from headship.outcomes import rules, target_api, target_rules, target_views

READERS = school_posts("those who read the school's own results", *rules.READERS, refusal=rules.READERS_ONLY)
SETTERS = school_posts("those who set targets", *target_rules.SETTERS, refusal=target_rules.SETTERS_ONLY)
AT = "schools/<int:urn>/targets/"

urlpatterns = [
    route(AT, target_views.targets, name="targets", audience=READERS),
    route(
        AT + "document",
        target_views.targets_document,
        name="targets-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(
        AT + "<int:target>/document",
        target_views.target_document,
        name="target-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "set", target_views.set_, name="target-set", audience=SETTERS),
    route(AT + "<int:target>", target_views.target, name="target", audience=READERS),
    route(AT + "<int:target>/change", target_views.change, name="target-change", audience=SETTERS),
    route(AT + "<int:target>/review", target_views.review, name="target-review", audience=READERS),
    route(AT + "<int:target>/withdraw", target_views.withdraw, name="target-withdraw", audience=SETTERS),
]

ALL = "schools/{int:urn}/targets"
ONE = f"{ALL}/{{int:target}}"
GIVEN = target_api.TargetGiven
endpoints = (
    endpoint("GET", ALL, target_api.targets, audience=READERS, gives=Page[GIVEN]),
    endpoint("POST", ALL, target_api.set_target, audience=SETTERS, gives=GIVEN, once=True, made=True),
    endpoint("GET", ONE, target_api.target, audience=READERS, gives=GIVEN),
    endpoint("PUT", ONE, target_api.change_target, audience=SETTERS, gives=GIVEN, versioned=True),
    endpoint("POST", f"{ONE}/review", target_api.review_target, audience=READERS, gives=GIVEN, versioned=True),
    endpoint("POST", f"{ONE}/withdrawal", target_api.withdraw_target, audience=SETTERS, gives=GIVEN, versioned=True),
)
