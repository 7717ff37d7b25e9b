"""Addresses of `talent`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.shapes import Page
from headship.talent import api, goal_views, rules, views

LEARNERS = school_posts("staff and governors", *rules.LEARNERS, refusal=rules.LEARNERS_ONLY)
AT = "schools/<int:urn>/learning/"
GOALS = AT + "goals/"

urlpatterns: list[URLPattern] = [
    route(AT, views.learning, name="learning", audience=LEARNERS),
    route(AT + "shared", views.shared, name="learning-shared", audience=LEARNERS),
    route(AT + "write", views.write, name="learning-write", audience=LEARNERS),
    route(AT + "<int:note>", views.note, name="learning-note", audience=LEARNERS),
    route(AT + "<int:note>/change", views.change, name="learning-change", audience=LEARNERS),
    route(AT + "<int:note>/withdraw", views.withdraw, name="learning-withdraw", audience=LEARNERS),
    route(GOALS, goal_views.goals, name="goals", audience=LEARNERS),
    route(GOALS + "set", goal_views.set_goal, name="goal-set", audience=LEARNERS),
    route(GOALS + "<int:goal>", goal_views.goal, name="goal", audience=LEARNERS),
    route(GOALS + "<int:goal>/change", goal_views.change, name="goal-change", audience=LEARNERS),
]

NOTES, NOTE = "schools/{int:urn}/learning", "schools/{int:urn}/learning/{int:note}"
endpoints = (
    endpoint("GET", NOTES, api.notes, audience=LEARNERS, gives=Page[api.NoteListed]),
    endpoint("POST", NOTES, api.write_note, audience=LEARNERS, gives=api.NoteGiven, once=True, made=True),
    endpoint("GET", NOTE, api.note, audience=LEARNERS, gives=api.NoteGiven),
    endpoint("PUT", NOTE, api.change_note, audience=LEARNERS, gives=api.NoteGiven, versioned=True),
    endpoint("DELETE", NOTE, api.withdraw_note, audience=LEARNERS, gives=None, versioned=True),
)
