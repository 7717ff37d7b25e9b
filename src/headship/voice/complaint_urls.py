"""Addresses of complaints and compliments, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import route, school_posts
from headship.core.limits import EXPORTS
from headship.voice import complaint_rules as rules
from headship.voice import complaint_views, compliment_views

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
COUNTERS = school_posts("the headteacher and the governors", *rules.COUNTERS, refusal=rules.COUNTERS_ONLY)
AT = "schools/<int:urn>/complaints/"
ONE = AT + "<int:complaint>"
KIND = "schools/<int:urn>/compliments/"

urlpatterns: list[URLPattern] = [
    route(AT, complaint_views.complaints, name="complaints", audience=READERS),
    route(AT + "new", complaint_views.record, name="complaint-new", audience=READERS),
    route(AT + "year", compliment_views.year, name="complaints-year", audience=COUNTERS),
    route(
        AT + "year/document",
        compliment_views.year_document,
        name="complaints-year-document",
        audience=COUNTERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "procedure", compliment_views.procedure, name="complaints-procedure", audience=READERS),
    route(
        AT + "procedure/change",
        compliment_views.procedure_change,
        name="complaints-procedure-change",
        audience=READERS,
    ),
    route(ONE, complaint_views.complaint, name="complaint", audience=READERS),
    route(ONE + "/change", complaint_views.change, name="complaint-change", audience=READERS),
    route(ONE + "/people", complaint_views.hand, name="complaint-hand", audience=READERS),
    route(ONE + "/to/<slug:to>", complaint_views.move, name="complaint-move", audience=READERS),
    route(ONE + "/learned", complaint_views.learn, name="complaint-learn", audience=READERS),
    route(ONE + "/delete", complaint_views.delete, name="complaint-delete", audience=READERS),
    route("schools/<int:urn>/lessons/<int:lesson>", complaint_views.lesson, name="lesson", audience=READERS),
    route(KIND + "new", compliment_views.record, name="compliment-new", audience=READERS),
    route(KIND + "<int:compliment>", compliment_views.compliment, name="compliment", audience=READERS),
    route(KIND + "<int:compliment>/pass-on", compliment_views.pass_on, name="compliment-pass", audience=READERS),
]
