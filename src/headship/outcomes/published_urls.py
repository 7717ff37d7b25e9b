"""Addresses of published results."""

from django.urls import URLPattern

from headship.core.audience import SCHOOL, route
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.shapes import Page
from headship.outcomes import published_api as api
from headship.outcomes import published_views as views

urlpatterns: list[URLPattern] = [
    route("schools/<int:urn>/published/", views.published, name="published", audience=SCHOOL),
    route("schools/<int:urn>/published/<slug:part>/", views.published, name="published-part", audience=SCHOOL),
    route(
        "schools/<int:urn>/published/document",
        views.document,
        name="published-document",
        audience=SCHOOL,
        fresh=True,
        limit=EXPORTS,
    ),
]

RESULTS = "schools/{int:urn}/published"
endpoints = (
    endpoint("GET", RESULTS, api.results, audience=SCHOOL, gives=Page[api.ResultGiven]),
    endpoint("GET", f"{RESULTS}/gaps", api.gaps, audience=SCHOOL, gives=Page[api.GapGiven]),
    endpoint("GET", f"{RESULTS}/spread", api.spread, audience=SCHOOL, gives=Page[api.SpreadGiven]),
)
