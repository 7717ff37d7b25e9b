"""Addresses of `improvement`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.roles import STAFF as STAFF_ROLES
from headship.core.shapes import Page
from headship.improvement import api, bet_views, habit_views, horizon_views, readiness_views, rules

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
STAFF = school_posts("staff", *STAFF_ROLES, refusal=rules.STAFF_ONLY)
KEEPERS = school_posts("the headteacher and senior leaders", *rules.KEEPERS, refusal=rules.KEEPERS_ONLY)
INSPECTED = school_posts("leaders and governors", *rules.INSPECTED, refusal=rules.INSPECTED_ONLY)
AT = "schools/<int:urn>/"
BET = AT + "bets/<int:bet>"
ITEM = AT + "horizon/<int:item>"
HABIT = AT + "habits/<int:habit>"
AREA = AT + "readiness/<slug:area>"

urlpatterns: list[URLPattern] = [
    route(AT + "bets/", bet_views.bets, name="bets", audience=READERS),
    route(AT + "bets/document", bet_views.document, name="bets-document", audience=READERS, fresh=True, limit=EXPORTS),
    route(AT + "bets/propose", bet_views.propose, name="bet-propose", audience=STAFF),
    route(BET, bet_views.bet, name="bet", audience=READERS),
    route(BET + "/change", bet_views.change, name="bet-change", audience=STAFF),
    route(BET + "/hand", bet_views.hand, name="bet-hand", audience=STAFF),
    route(BET + "/start", bet_views.start, name="bet-start", audience=KEEPERS),
    route(BET + "/decline", bet_views.decline, name="bet-decline", audience=KEEPERS),
    route(BET + "/reading", bet_views.reading, name="bet-reading", audience=STAFF),
    route(BET + "/decide", bet_views.decide, name="bet-decide", audience=STAFF),
    route(AT + "horizon/", horizon_views.horizon, name="horizon", audience=READERS),
    route(
        AT + "horizon/document",
        horizon_views.document,
        name="horizon-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "horizon/note", horizon_views.note, name="horizon-note", audience=READERS),
    route(ITEM, horizon_views.item, name="horizon-item", audience=READERS),
    route(ITEM + "/change", horizon_views.change, name="horizon-change", audience=READERS),
    route(ITEM + "/read", horizon_views.read, name="horizon-read", audience=READERS),
    route(AT + "habits/", habit_views.habits, name="habits", audience=READERS),
    route(AT + "habits/note", habit_views.note, name="habit-note", audience=STAFF),
    route(HABIT, habit_views.habit, name="habit", audience=READERS),
    route(HABIT + "/change", habit_views.change, name="habit-change", audience=STAFF),
    route(HABIT + "/review", habit_views.review, name="habit-review", audience=STAFF),
    route(AT + "readiness/", readiness_views.readiness, name="readiness", audience=INSPECTED),
    route(
        AT + "readiness/document",
        readiness_views.document,
        name="readiness-document",
        audience=INSPECTED,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AREA, readiness_views.area, name="readiness-area", audience=INSPECTED),
    route(AREA + "/note", readiness_views.note, name="readiness-note", audience=KEEPERS),
]

HERE = "schools/{int:urn}"
endpoints = (
    endpoint("GET", f"{HERE}/bets", api.bets, audience=READERS, gives=Page[api.BetListed]),
    endpoint("GET", f"{HERE}/bets/{{int:bet}}", api.bet, audience=READERS, gives=api.BetGiven),
    endpoint("GET", f"{HERE}/horizon", api.horizon, audience=READERS, gives=Page[api.ItemGiven]),
    endpoint("GET", f"{HERE}/habits", api.habits, audience=READERS, gives=Page[api.HabitGiven]),
    endpoint("GET", f"{HERE}/readiness", api.readiness, audience=INSPECTED, gives=Page[api.AreaGiven]),
)
