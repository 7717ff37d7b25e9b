"""Addresses of `workload`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.roles import STAFF
from headship.core.shapes import Page
from headship.workload import api, demand_views, directed_rules, directed_views, rules, statement_views

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
PROPOSERS = school_posts("the school's staff", *STAFF, refusal=rules.STAFF_ONLY)
WEIGHERS = school_posts("the headteacher and senior leaders", *rules.WEIGHERS, refusal=rules.WEIGHERS_ONLY)
RATERS = school_posts("the headteacher and the business manager", *rules.RATERS, refusal=rules.RATERS_ONLY)
PLANNERS = school_posts(
    "the headteacher and senior leaders", *directed_rules.PLANNERS, refusal=directed_rules.PLANNERS_ONLY
)
VIEWERS = school_posts(
    "the headteacher, senior leaders and the business manager",
    *directed_rules.VIEWERS,
    refusal=directed_rules.VIEWERS_ONLY,
)
OWN = school_posts("the school's staff", *STAFF, refusal=directed_rules.OWN_ONLY)
AT = "schools/<int:urn>/"
DEMAND = AT + "workload/<int:demand>"
YEAR = AT + "directed-time/<int:year>"
PERSON = YEAR + "/people/<int:person>"

urlpatterns: list[URLPattern] = [
    route(AT + "workload/", demand_views.ledger, name="workload", audience=READERS),
    route(AT + "workload/propose", demand_views.propose, name="demand-propose", audience=PROPOSERS),
    route(AT + "workload/rates", demand_views.rates, name="workload-rates", audience=RATERS),
    route(DEMAND, demand_views.demand, name="demand", audience=READERS),
    route(DEMAND + "/change", demand_views.change, name="demand-change", audience=PROPOSERS),
    route(DEMAND + "/weigh", demand_views.weigh, name="demand-weigh", audience=WEIGHERS),
    route(DEMAND + "/review", demand_views.review, name="demand-review", audience=PROPOSERS),
    route(DEMAND + "/habit", demand_views.question, name="demand-question", audience=PROPOSERS),
    route(AT + "directed-time/", directed_views.this_year, name="directed-time", audience=VIEWERS),
    route(AT + "my-directed-time/", statement_views.mine, name="my-directed-time", audience=OWN),
    route(AT + "directed-time/planned/<int:planned>", statement_views.evidence, name="directed-evidence", audience=OWN),
    route(YEAR, directed_views.year, name="directed-year", audience=VIEWERS),
    route(YEAR + "/begin", directed_views.begin, name="directed-begin", audience=PLANNERS),
    route(YEAR + "/publish", directed_views.publish, name="directed-publish", audience=PLANNERS),
    route(YEAR + "/placed", directed_views.slots, name="directed-slots", audience=VIEWERS),
    route(YEAR + "/place", directed_views.place, name="directed-place", audience=PLANNERS),
    route(YEAR + "/placed/<int:slot>", directed_views.slot, name="directed-slot", audience=PLANNERS),
    route(YEAR + "/people", directed_views.working_add, name="directed-working-add", audience=PLANNERS),
    route(YEAR + "/shares", directed_views.shares, name="directed-shares", audience=PLANNERS),
    route(YEAR + "/people/remove", directed_views.working_remove, name="directed-working-remove", audience=PLANNERS),
    route(YEAR + "/read", statement_views.read, name="directed-read", audience=OWN),
    route(YEAR + "/calendar", statement_views.file, name="directed-calendar", audience=OWN, fresh=True, limit=EXPORTS),
    route(PERSON, statement_views.person, name="directed-person", audience=OWN),
    route(PERSON + "/working", directed_views.working, name="directed-working", audience=PLANNERS),
    route(
        PERSON + "/statement",
        statement_views.document,
        name="directed-statement",
        audience=OWN,
        fresh=True,
        limit=EXPORTS,
    ),
]

HERE = "schools/{int:urn}"
PLANNED = f"{HERE}/directed-time/{{int:year}}"
endpoints = (
    endpoint("GET", f"{HERE}/demands", api.demands, audience=READERS, gives=Page[api.DemandGiven]),
    endpoint("GET", f"{HERE}/demands/{{int:demand}}", api.demand, audience=READERS, gives=api.DemandGiven),
    endpoint("GET", f"{PLANNED}/people", api.directed_people, audience=VIEWERS, gives=Page[api.SumGiven]),
    endpoint("GET", f"{PLANNED}/mine", api.my_directed_time, audience=OWN, gives=api.SumGiven),
)
