"""Addresses of `voice`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import ANYONE, route, school_posts
from headship.core.limits import EXPORTS
from headship.core.roles import Role
from headship.voice import answer_views, code_views, own_views, promise_views, rules, views

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
RUNNERS = school_posts(
    "those who run surveys", *rules.RUNNERS, *(Role(each) for held in rules.FEEDBACK_FOR.values() for each in held),
    refusal=rules.RUNNERS_ONLY,
)  # fmt: skip
PROMISERS = school_posts("those who promise", *rules.RUNNERS, refusal=rules.PROMISERS_ONLY)
AT = "schools/<int:urn>/surveys/"
ONE = AT + "<int:survey>"

urlpatterns: list[URLPattern] = [
    route("answer/<str:token>", answer_views.answer, name="answer", audience=ANYONE),
    route(AT, views.surveys, name="surveys", audience=READERS),
    route(AT + "new", views.new, name="survey-new", audience=RUNNERS),
    route(AT + "new/<slug:instrument>", views.prepare, name="survey-prepare", audience=RUNNERS),
    route(ONE, views.survey, name="survey", audience=READERS),
    route(ONE + "/change", views.change, name="survey-change", audience=RUNNERS),
    route(ONE + "/people", views.people, name="survey-people", audience=RUNNERS),
    route(ONE + "/codes/make", views.make_codes, name="survey-codes-make", audience=RUNNERS),
    route(ONE + "/codes", code_views.codes, name="survey-codes", audience=RUNNERS, fresh=True, limit=EXPORTS),
    route(ONE + "/preview", views.preview, name="survey-preview", audience=RUNNERS),
    route(ONE + "/open", views.open_survey, name="survey-open", audience=RUNNERS),
    route(ONE + "/remind", views.remind, name="survey-remind", audience=RUNNERS),
    route(ONE + "/close", views.close, name="survey-close", audience=RUNNERS),
    route(ONE + "/drop", views.drop, name="survey-drop", audience=RUNNERS),
    route(ONE + "/own", own_views.own, name="survey-own", audience=RUNNERS),
    route(ONE + "/promise", promise_views.make, name="promise-make", audience=PROMISERS),
    route("schools/<int:urn>/promises/", promise_views.promises, name="promises", audience=READERS),
    route("schools/<int:urn>/promises/<int:promise>", promise_views.promise, name="promise", audience=READERS),
]
