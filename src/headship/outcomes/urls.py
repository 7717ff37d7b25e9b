"""Addresses of `outcomes`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import SCHOOL, route
from headship.core.endpoints import endpoint
from headship.core.shapes import Page
from headship.outcomes import api, views

urlpatterns: list[URLPattern] = [
    route("schools/<int:urn>/similar/", views.similar, name="similar", audience=SCHOOL),
]

endpoints = (endpoint("GET", "schools/{int:urn}/similar", api.similar, audience=SCHOOL, gives=Page[api.AlikeGiven]),)
