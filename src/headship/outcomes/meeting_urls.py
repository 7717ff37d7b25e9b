"""Addresses of progress meetings, each with its audience."""

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.shapes import Page
from headship.outcomes import meeting_api as api
from headship.outcomes import meeting_rules as rules
from headship.outcomes import meeting_views as views

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
NOTERS = school_posts("those who note progress meetings", *rules.NOTERS, refusal=rules.NOTERS_ONLY)
AT = "schools/<int:urn>/progress-meetings/"

urlpatterns = [
    route(AT, views.meetings, name="meetings", audience=READERS),
    route(AT + "agenda", views.agenda, name="meeting-agenda", audience=READERS),
    route(
        AT + "agenda/document",
        views.agenda_document,
        name="meeting-agenda-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(
        AT + "<int:meeting>/document",
        views.meeting_document,
        name="meeting-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "note", views.note, name="meeting-note", audience=NOTERS),
    route(AT + "<int:meeting>", views.meeting, name="meeting", audience=READERS),
    route(AT + "<int:meeting>/change", views.change, name="meeting-change", audience=NOTERS),
    route(AT + "<int:meeting>/agree", views.agree, name="meeting-agree", audience=NOTERS),
    route(AT + "lines/<int:line>/change", views.line, name="meeting-line", audience=NOTERS),
    route(AT + "lines/<int:line>/close", views.close, name="meeting-close", audience=READERS),
]

ALL = "schools/{int:urn}/progress-meetings"
ONE, LINES, LINE = f"{ALL}/{{int:meeting}}", f"{ALL}/{{int:meeting}}/lines", f"{ALL}/lines/{{int:line}}"
GIVEN = api.MeetingGiven
LINED = api.LineGiven
endpoints = (
    endpoint("GET", ALL, api.meetings, audience=READERS, gives=Page[GIVEN]),
    endpoint("POST", ALL, api.hold_meeting, audience=NOTERS, gives=GIVEN, once=True, made=True),
    endpoint("GET", ONE, api.meeting, audience=READERS, gives=GIVEN),
    endpoint("PUT", ONE, api.change_meeting, audience=NOTERS, gives=GIVEN, versioned=True),
    endpoint("GET", LINES, api.meeting_lines, audience=READERS, gives=Page[LINED]),
    endpoint("POST", LINES, api.agree_change, audience=NOTERS, gives=LINED, once=True),
    endpoint("GET", LINE, api.line, audience=READERS, gives=LINED),
    endpoint("PUT", LINE, api.change_agreed, audience=NOTERS, gives=LINED, versioned=True),
    endpoint("POST", f"{LINE}/close", api.close_agreed, audience=READERS, gives=LINED, versioned=True),
)
