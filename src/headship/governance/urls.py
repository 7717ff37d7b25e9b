"""Addresses of `governance`, each with its audience."""

from headship.core import limits
from headship.core.audience import route, school_posts
from headship.governance import rules, views

PROVERS = school_posts("those who hold the proof of the log", *rules.READERS, refusal=rules.READERS_ONLY)
CHOOSERS = school_posts("the headteacher and the chair", *rules.CHOOSERS, refusal=rules.CHOOSERS_ONLY)
AT = "schools/<int:urn>/log/"

urlpatterns = [
    route(AT, views.log, name="audit-log", audience=PROVERS),
    route(AT + "readers", views.readers, name="audit-readers", audience=CHOOSERS, fresh=True),
    route(
        AT + "checkpoint",
        views.checkpoint,
        name="audit-checkpoint",
        audience=PROVERS,
        fresh=True,
        limit=limits.EXPORTS,
    ),
    route(AT + "export", views.export, name="audit-export", audience=PROVERS, fresh=True, limit=limits.EXPORTS),
    route(AT + "verifier", views.verifier_alone, name="audit-verifier", audience=PROVERS),
]
