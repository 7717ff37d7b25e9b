"""Addresses of `outcomes`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import SCHOOL, route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.shapes import Page
from headship.outcomes import acting_urls, api, own_api, own_views, published_urls, pupil_urls, rules, views

RESULTS = school_posts("staff, governors and leaders above schools", *rules.READERS, refusal=rules.READERS_ONLY)

urlpatterns: list[URLPattern] = [
    route("schools/<int:urn>/similar/", views.similar, name="similar", audience=SCHOOL),
    route(
        "schools/<int:urn>/similar/document",
        views.document,
        name="similar-document",
        audience=SCHOOL,
        fresh=True,
        limit=EXPORTS,
    ),
    route("schools/<int:urn>/results/", own_views.results, name="results", audience=RESULTS),
    route("schools/<int:urn>/results/progress/", own_views.progress, name="results-progress", audience=RESULTS),
    route("schools/<int:urn>/results/gap/", own_views.gap, name="results-gap", audience=RESULTS),
    route("schools/<int:urn>/results/groups/", own_views.groups, name="results-groups", audience=RESULTS),
    route("schools/<int:urn>/results/years/", own_views.years, name="results-years", audience=RESULTS),
    route("schools/<int:urn>/results/attendance/", own_views.attendance, name="results-attendance", audience=RESULTS),
    route(
        "schools/<int:urn>/results/document",
        own_views.document,
        name="results-document",
        audience=RESULTS,
        fresh=True,
        limit=EXPORTS,
    ),
    *acting_urls.urlpatterns,
    *published_urls.urlpatterns,
    *pupil_urls.urlpatterns,
]

endpoints = (
    endpoint("GET", "schools/{int:urn}/similar", api.similar, audience=SCHOOL, gives=Page[api.AlikeGiven]),
    endpoint(
        "GET", "schools/{int:urn}/results", own_api.results_here, audience=RESULTS, gives=Page[own_api.ResultGiven]
    ),
    endpoint(
        "GET",
        "schools/{int:urn}/attendance",
        own_api.attendance_here,
        audience=RESULTS,
        gives=Page[own_api.AttendanceGiven],
    ),
    *acting_urls.endpoints,
    *published_urls.endpoints,
    *pupil_urls.endpoints,
)
