"""Addresses of `strategy`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.shapes import Page
from headship.strategy import api, rules, views

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
NOTERS = school_posts("those who note decisions", *rules.NOTERS, refusal=rules.NOTERS_ONLY)
KEEPERS = school_posts("the headteacher and the chair", *rules.VALUE_KEEPERS, refusal=rules.VALUE_KEEPERS_ONLY)
AT = "schools/<int:urn>/"

urlpatterns: list[URLPattern] = [
    route(AT + "decisions/", views.decisions, name="decisions", audience=READERS),
    route(AT + "decisions/note", views.note, name="decision-note", audience=NOTERS),
    route(AT + "decisions/<int:decision>", views.decision, name="decision", audience=READERS),
    route(AT + "decisions/<int:decision>/change", views.change, name="decision-change", audience=NOTERS),
    route(AT + "decisions/<int:decision>/withdraw", views.withdraw, name="decision-withdraw", audience=NOTERS),
    route(AT + "values/", views.values, name="values", audience=READERS),
    route(AT + "values/add", views.value_add, name="value-add", audience=KEEPERS),
    route(AT + "values/<int:value>/change", views.value_change, name="value-change", audience=KEEPERS),
    route(AT + "values/<int:value>/retire", views.value_retire, name="value-retire", audience=KEEPERS),
]

HERE = "schools/{int:urn}"
ONE, VALUE = f"{HERE}/decisions/{{int:decision}}", f"{HERE}/values/{{int:value}}"
endpoints = (
    endpoint("GET", f"{HERE}/decisions", api.decisions, audience=READERS, gives=Page[api.DecisionListed]),
    endpoint(
        "POST",
        f"{HERE}/decisions",
        api.note_decision,
        audience=NOTERS,
        gives=api.DecisionGiven,
        once=True,
        made=True,
    ),
    endpoint("GET", ONE, api.decision, audience=READERS, gives=api.DecisionGiven),
    endpoint("PUT", ONE, api.change_decision, audience=NOTERS, gives=api.DecisionGiven, versioned=True),
    endpoint(
        "POST",
        f"{ONE}/withdrawal",
        api.withdraw_decision,
        audience=NOTERS,
        gives=api.DecisionGiven,
        versioned=True,
    ),
    endpoint("GET", f"{HERE}/values", api.values, audience=READERS, gives=Page[api.ValueGiven]),
    endpoint("POST", f"{HERE}/values", api.add_value, audience=KEEPERS, gives=api.ValueGiven, made=True),
    endpoint("GET", VALUE, api.value, audience=READERS, gives=api.ValueGiven),
    endpoint("PUT", VALUE, api.change_value, audience=KEEPERS, gives=api.ValueGiven, versioned=True),
    endpoint("DELETE", VALUE, api.retire_value, audience=KEEPERS, gives=None, versioned=True),
)
