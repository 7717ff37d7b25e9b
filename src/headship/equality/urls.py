"""Addresses of `equality`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.roles import STAFF
from headship.core.shapes import Page
from headship.equality import apart_views, api, check_views, rules, views

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
EDITORS = school_posts("the headteacher and senior leaders", *rules.EDITORS, refusal=rules.EDITORS_ONLY)
PUBLISHERS = school_posts("the headteacher and the chair", *rules.PUBLISHERS, refusal=rules.PUBLISHERS_ONLY)
CHECKERS = school_posts("those who note decisions", *rules.CHECKERS, refusal=rules.CHECKERS_ONLY)
STAFF_HERE = school_posts("staff, each what they said of themselves", *STAFF, refusal=rules.STAFF_ONLY)
AT = "schools/<int:urn>/equality/"
AIM = AT + "objectives/<int:aim>"
STATEMENT = AT + "information/<int:statement>"
CHECK = AT + "checks/<int:check>"

urlpatterns: list[URLPattern] = [
    route(AT + "objectives/", views.objectives, name="equality-objectives", audience=READERS),
    route(
        AT + "objectives/document",
        views.objectives_document,
        name="equality-objectives-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "objectives/draft", views.objective_draft, name="equality-objective-draft", audience=EDITORS),
    route(AIM, views.objective, name="equality-objective", audience=READERS),
    route(AIM + "/change", views.objective_change, name="equality-objective-change", audience=EDITORS),
    route(AIM + "/publish", views.objective_publish, name="equality-objective-publish", audience=PUBLISHERS),
    route(AIM + "/end", views.objective_end, name="equality-objective-end", audience=PUBLISHERS),
    route(AIM + "/reading", views.objective_reading, name="equality-objective-reading", audience=READERS),
    route(AIM + "/review", views.objective_review, name="equality-objective-review", audience=READERS),
    route(AT + "about-you", apart_views.about_you, name="about-you", audience=STAFF_HERE),
    route(AT + "information/", views.information, name="equality-information", audience=READERS),
    route(AT + "information/draft", views.information_draft, name="equality-information-draft", audience=EDITORS),
    route(AT + "information/on-a-day", views.on_day, name="equality-information-on-day", audience=READERS),
    route(STATEMENT, views.statement, name="equality-statement", audience=READERS),
    route(STATEMENT + "/change", views.information_change, name="equality-information-change", audience=EDITORS),
    route(STATEMENT + "/publish", views.information_publish, name="equality-information-publish", audience=PUBLISHERS),
    route(
        STATEMENT + "/document",
        views.statement_document,
        name="equality-information-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "checks/", check_views.checks, name="equality-checks", audience=READERS),
    route(AT + "checks/of/<str:kind>/<int:of>", check_views.begin, name="equality-check-begin", audience=CHECKERS),
    route(CHECK, check_views.check, name="equality-check", audience=READERS),
    route(CHECK + "/change", check_views.change, name="equality-check-change", audience=CHECKERS),
    route(CHECK + "/findings", check_views.findings, name="equality-check-findings", audience=READERS),
]

HERE = "schools/{int:urn}/equality"
ONE = f"{HERE}/objectives/{{int:aim}}"
endpoints = (
    endpoint("GET", f"{HERE}/objectives", api.objectives, audience=READERS, gives=Page[api.ObjectiveGiven]),
    endpoint("GET", ONE, api.objective, audience=READERS, gives=api.ObjectiveGiven),
    endpoint("GET", f"{ONE}/readings", api.readings, audience=READERS, gives=Page[api.ReadingGiven]),
    endpoint("GET", f"{HERE}/information", api.statements, audience=READERS, gives=Page[api.InformationGiven]),
    endpoint(
        "GET",
        f"{HERE}/information/{{int:statement}}",
        api.statement,
        audience=READERS,
        gives=api.InformationGiven,
    ),
    endpoint("GET", f"{HERE}/checks", api.checks, audience=READERS, gives=Page[api.CheckGiven]),
    endpoint("GET", f"{HERE}/checks/{{int:check}}", api.check, audience=READERS, gives=api.CheckGiven),
)
