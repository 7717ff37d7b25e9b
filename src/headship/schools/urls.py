"""Addresses of `schools`, each with its audience."""

from headship.core.audience import ANYONE, OPERATORS, SCHOOL, SIGNED_IN, TRUST, route, school_posts
from headship.core.endpoints import endpoint
from headship.core.shapes import Page
from headship.schools import api, calendar_views, rules, views

AT = "schools/<int:urn>/"

# --- the academic-year calendar
CALENDAR_KEEPERS = school_posts(
    "those who keep the calendar", *rules.CALENDAR_KEEPERS, refusal=rules.CALENDAR_KEEPERS_ONLY
)
calendar = [
    route(AT + "calendar/", calendar_views.calendar, name="calendar", audience=SCHOOL),
    route(AT + "calendar/terms/", calendar_views.terms, name="calendar-terms", audience=CALENDAR_KEEPERS),
    route(AT + "calendar/days/", calendar_views.days, name="calendar-days", audience=CALENDAR_KEEPERS),
    route(
        AT + "calendar/days/<int:day>/remove",
        calendar_views.day_remove,
        name="calendar-day-remove",
        audience=CALENDAR_KEEPERS,
    ),
    route(AT + "calendar/feed/", calendar_views.feed, name="calendar-feed", audience=SCHOOL),
    route("trusts/<int:trust>/calendar/feed/", calendar_views.trust_feed, name="trust-calendar-feed", audience=TRUST),
    route("calendar/feed/<str:token>.ics", calendar_views.file, name="calendar-file", audience=ANYONE),
]

# --- the register
register = [
    route("schools/find/", views.find, name="school-search", audience=SIGNED_IN),
    route(AT + "facts/", views.facts, name="facts", audience=SCHOOL),
    route(AT + "facts/<slug:subject>/", views.facts_subject, name="facts-subject", audience=SCHOOL),
    route("imports/", views.import_list, name="imports", audience=OPERATORS),
    route("imports/<int:batch>/", views.import_one, name="import", audience=OPERATORS),
    route("imports/<int:batch>/columns/", views.import_columns, name="import-columns", audience=OPERATORS),
    route("imports/<int:batch>/commit", views.import_commit, name="import-commit", audience=OPERATORS),
    route("imports/<int:batch>/undo", views.import_undo, name="import-undo", audience=OPERATORS),
]

urlpatterns = [*calendar, *register]

HERE = "schools/{int:urn}"
endpoints = (
    endpoint("GET", "schools", api.schools, audience=SIGNED_IN, gives=Page[api.SchoolFound]),
    endpoint("GET", HERE, api.school, audience=SCHOOL, gives=api.SchoolGiven),
    endpoint("GET", f"{HERE}/figures", api.figures, audience=SCHOOL, gives=Page[api.FigureGiven]),
    endpoint("GET", f"{HERE}/calendar", api.calendar, audience=SCHOOL, gives=Page[api.EventGiven]),
    endpoint("GET", f"{HERE}/terms/{{int:starts_in}}", api.terms, audience=SCHOOL, gives=api.TermsGiven),
    endpoint(
        "PUT",
        f"{HERE}/terms/{{int:starts_in}}",
        api.set_terms,
        audience=CALENDAR_KEEPERS,
        gives=api.TermsGiven,
        versioned=True,
    ),
    endpoint("GET", f"{HERE}/days", api.days, audience=SCHOOL, gives=Page[api.DayGiven]),
    endpoint("POST", f"{HERE}/days", api.add_day, audience=CALENDAR_KEEPERS, gives=api.DayGiven, made=True),
    endpoint("GET", f"{HERE}/days/{{int:day}}", api.day, audience=SCHOOL, gives=api.DayGiven),
    endpoint("DELETE", f"{HERE}/days/{{int:day}}", api.remove_day, audience=CALENDAR_KEEPERS, gives=None),
)
