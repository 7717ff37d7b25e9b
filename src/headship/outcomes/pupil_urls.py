"""Addresses of files of pupils and results."""

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.roles import Role
from headship.core.shapes import Page
from headship.outcomes import api, rules
from headship.outcomes import pupil_views as views

BRINGERS = school_posts("those who bring pupils' results", *rules.KEEPERS, refusal=rules.KEEPERS_ONLY)
WATCHERS = school_posts(
    "the headteacher, who decides, and the data protection officer, who sees what was decided",
    *rules.SWITCHERS,
    Role.DATA_PROTECTION_OFFICER,
    refusal=rules.HEAD_ONLY,
)
READERS = school_posts("those who read the school's own results", *rules.READERS, refusal=rules.READERS_ONLY)
HERE = "schools/<int:urn>/pupils/"

urlpatterns = [
    route(f"{HERE}files/", views.files, name="pupil-files", audience=BRINGERS),
    route(f"{HERE}files/<int:file>/", views.file, name="pupil-file", audience=BRINGERS),
    route(f"{HERE}files/<int:file>/columns/", views.columns, name="pupil-columns", audience=BRINGERS),
    route(f"{HERE}files/<int:file>/words/", views.words, name="pupil-words", audience=BRINGERS),
    route(f"{HERE}files/<int:file>/take/", views.take, name="pupil-take", audience=BRINGERS),
    route(f"{HERE}files/<int:file>/undo/", views.undo, name="pupil-undo", audience=BRINGERS),
    route(f"{HERE}names/", views.names, name="pupil-names", audience=WATCHERS, fresh=True),
]

endpoints = (
    endpoint(
        "GET", "schools/{int:urn}/assessments", api.assessments, audience=READERS, gives=Page[api.AssessmentGiven]
    ),
)
