"""Addresses of `privacy`, each with its audience."""

from headship.core import limits
from headship.core.audience import SIGNED_IN, route, school_posts
from headship.privacy import document_views, rules, views

HANDLERS = school_posts("those who answer requests", *rules.HANDLERS, refusal=rules.ONLY_HANDLERS)
KEEPERS = school_posts("those who look after keeping times", *rules.KEEPERS, refusal=rules.ONLY_KEEPERS)
ASKED = "schools/<int:urn>/personal-data/"
KEPT = "schools/<int:urn>/keeping/"

urlpatterns = [
    route("account/held/", views.own, name="held-about-me", audience=SIGNED_IN),
    route(
        "account/held/file/",
        views.own_file,
        name="held-about-me-file",
        audience=SIGNED_IN,
        fresh=True,
        limit=limits.EXPORTS,
    ),
    route("account/held/ask/", views.ask, name="held-about-me-ask", audience=SIGNED_IN),
    route(ASKED, views.requests, name="privacy-requests", audience=HANDLERS),
    route(f"{ASKED}note/", views.note, name="privacy-note", audience=HANDLERS),
    route(f"{ASKED}<int:asked>/", views.one_request, name="privacy-request", audience=HANDLERS),
    route(f"{ASKED}<int:asked>/passages/", views.read, name="privacy-passages", audience=HANDLERS),
    route(
        f"{ASKED}<int:asked>/file/",
        views.file,
        name="privacy-file",
        audience=HANDLERS,
        fresh=True,
        limit=limits.EXPORTS,
    ),
    route(f"{ASKED}<int:asked>/drafts/", views.drafts, name="privacy-drafts", audience=HANDLERS),
    route(f"{ASKED}<int:asked>/close/", views.close, name="privacy-close", audience=HANDLERS),
    route(f"{ASKED}documents/", document_views.all_documents, name="privacy-documents", audience=HANDLERS),
    route(f"{ASKED}documents/<slug:document>/", document_views.document, name="privacy-document", audience=HANDLERS),
    route(
        f"{ASKED}documents/<slug:document>/file/",
        document_views.document_file,
        name="privacy-document-file",
        audience=HANDLERS,
        limit=limits.EXPORTS,
    ),
    route(KEPT, views.keeping_times, name="keeping", audience=KEEPERS),
    route(f"{KEPT}times/<str:model>/", views.keeping_time, name="keeping-time", audience=KEEPERS),
    route(f"{KEPT}holds/place/", views.hold, name="hold-place", audience=HANDLERS),
    route(f"{KEPT}holds/<int:hold>/lift/", views.lift, name="hold-lift", audience=HANDLERS),
    route(f"{KEPT}erasures/", views.erasures, name="erasures", audience=KEEPERS),
    route(f"{KEPT}erasures/<int:erasure>/", views.erasure, name="erasure", audience=KEEPERS, fresh=True),
]
