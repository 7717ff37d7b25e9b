"""Addresses of `evidence`, each with its audience."""

from headship.core import limits
from headship.core.audience import ANYONE, SIGNED_IN, route, school_posts
from headship.core.endpoints import endpoint
from headship.core.roles import BOARD, STAFF, Role
from headship.core.shapes import Page
from headship.evidence import api, rules, views

READERS = school_posts("staff and governors", *STAFF, *BOARD, refusal=rules.PROFILE_REFUSAL)
HEAD = school_posts("the headteacher", Role.HEADTEACHER, refusal=rules.REFLECT_REFUSAL)
NOTERS = school_posts("staff", *STAFF, refusal=rules.NOTE_REFUSAL)
SCHOOL = "schools/<int:urn>/standards/"

urlpatterns = [
    route(SCHOOL, views.profile, name="profile", audience=READERS),
    route(f"{SCHOOL}reflections/<int:reflection>/", views.reflection_share, name="reflection-share", audience=HEAD),
    route(f"{SCHOOL}<str:code>/", views.characteristic, name="characteristic", audience=READERS),
    route(f"{SCHOOL}<str:code>/reflect/", views.reflect, name="reflect", audience=HEAD),
    route(f"{SCHOOL}<str:code>/note/", views.note, name="evidence-note", audience=NOTERS),
    route("methods/<slug:method>/", views.method, name="method", audience=ANYONE),
    route("my-standards/", views.my_standards, name="my-standards", audience=SIGNED_IN),
    route(
        "my-standards/reflections.json",
        views.my_standards_json,
        name="my-standards-json",
        audience=SIGNED_IN,
        fresh=True,
        limit=limits.EXPORTS,
    ),
    route(
        "my-standards/reflections.html",
        views.my_standards_html,
        name="my-standards-html",
        audience=SIGNED_IN,
        fresh=True,
        limit=limits.EXPORTS,
    ),
]

AT = "schools/{int:urn}"
endpoints = (
    endpoint("GET", f"{AT}/profile", api.profile, audience=READERS, gives=api.ProfileGiven),
    endpoint("GET", f"{AT}/readings", api.readings, audience=READERS, gives=Page[api.ReadingGiven]),
    endpoint("GET", f"{AT}/standards/{{code}}/entries", api.entries, audience=READERS, gives=Page[api.EntryGiven]),
    endpoint(
        "POST",
        f"{AT}/standards/{{code}}/entries",
        api.note_entry,
        audience=NOTERS,
        gives=api.EntryGiven,
    ),
    endpoint(
        "GET",
        f"{AT}/standards/{{code}}/reflections",
        api.reflections,
        audience=READERS,
        gives=Page[api.ReflectionGiven],
    ),
    endpoint(
        "POST",
        f"{AT}/standards/{{code}}/reflections",
        api.write_reflection,
        audience=HEAD,
        gives=api.ReflectionGiven,
    ),
    endpoint(
        "PATCH",
        f"{AT}/reflections/{{int:reflection}}",
        api.share_reflection,
        audience=HEAD,
        gives=api.ReflectionGiven,
    ),
)
