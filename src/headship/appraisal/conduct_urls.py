"""Addresses of expectations of conduct, each with its audience."""

from django.urls import URLPattern

from headship.appraisal import conduct_views as views
from headship.core.audience import route, school_posts
from headship.policies import rules

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
KEEPERS = school_posts("those who keep the policies", *rules.KEEPERS, refusal=rules.KEEPERS_ONLY)
AT = "schools/<int:urn>/conduct/"

urlpatterns: list[URLPattern] = [
    route(AT, views.conduct, name="conduct", audience=READERS),
    route(AT + "name", views.name, name="conduct-name", audience=KEEPERS),
    route(AT + "<int:expectation>/drop", views.drop, name="conduct-drop", audience=KEEPERS),
]
