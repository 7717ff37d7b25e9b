"""Addresses of support before capability, each with its audience."""

from django.urls import URLPattern

from headship.appraisal import support_rules as rules
from headship.appraisal import support_views as views
from headship.core.audience import route, school_posts
from headship.core.limits import EXPORTS

READERS = school_posts("staff, governors and the external adviser", *rules.READERS, refusal=rules.READERS_ONLY)
AT = "schools/<int:urn>/support/"
ONE = AT + "<int:support>"

urlpatterns: list[URLPattern] = [
    route(AT, views.supports, name="support-list", audience=READERS),
    route(AT + "offer", views.offer, name="support-offer", audience=READERS),
    route(ONE, views.support, name="support", audience=READERS),
    route(ONE + "/document", views.document, name="support-document", audience=READERS, fresh=True, limit=EXPORTS),
    route(ONE + "/reply", views.reply, name="support-reply", audience=READERS),
    route(ONE + "/note/<slug:kind>", views.note, name="support-note", audience=READERS),
    route(ONE + "/review", views.review, name="support-review", audience=READERS),
    route(ONE + "/end", views.end, name="support-end", audience=READERS),
    route(ONE + "/hand", views.hand, name="support-hand", audience=READERS),
    route(ONE + "/delete", views.delete, name="support-delete", audience=READERS),
    route(AT + "lines/<int:written>/correct", views.correct, name="support-correct", audience=READERS),
]
