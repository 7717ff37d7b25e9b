"""Addresses of `schools`, each with its audience."""

from headship.core.audience import ANYONE, OPERATORS, SCHOOL, SIGNED_IN, route, school_posts
from headship.schools import calendar_views, rules, views

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
    route("calendar/feed/<str:token>.ics", calendar_views.file, name="calendar-file", audience=ANYONE),
]

# --- the register
register = [
    route("schools/find/", views.find, name="school-search", audience=SIGNED_IN),
    route(AT + "facts/", views.facts, name="facts", audience=SCHOOL),
    route("imports/", views.import_list, name="imports", audience=OPERATORS),
    route("imports/<int:batch>/", views.import_one, name="import", audience=OPERATORS),
    route("imports/<int:batch>/columns/", views.import_columns, name="import-columns", audience=OPERATORS),
    route("imports/<int:batch>/commit", views.import_commit, name="import-commit", audience=OPERATORS),
    route("imports/<int:batch>/undo", views.import_undo, name="import-undo", audience=OPERATORS),
]

urlpatterns = [*calendar, *register]
