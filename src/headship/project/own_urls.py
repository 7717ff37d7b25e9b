"""Pages that join several modules, and the server's own."""

from headship.core import limits
from headship.core import views as core_views
from headship.core.audience import ANYONE, OPERATORS, SCHOOL, route, school_posts
from headship.project import api_views, rules, setup_later, setup_views, views, work_views
from headship.project.demonstration import views as demonstration

FIRST_POSTS = school_posts("whoever sets Headship up", *rules.FIRST_POSTS, refusal=rules.FIRST_POSTS_ONLY)
AT = "schools/<int:urn>/"

urlpatterns = [
    route("health", core_views.health, name="health", audience=ANYONE),
    route("ready", core_views.ready, name="ready", audience=ANYONE),
    route("metrics", core_views.figures, name="metrics", audience=ANYONE),
    route("background/", work_views.work, name="work", audience=OPERATORS),
    route("background/<uuid:task>/again", work_views.again, name="work-again", audience=OPERATORS),
    route("api/", api_views.overview, name="api", audience=ANYONE),
    route("api/openapi.json", api_views.document, name="api-document", audience=ANYONE),
    route("api/<slug:area>/", api_views.area, name="api-area", audience=ANYONE),
    route("rows/", views.what_works, name="rows", audience=ANYONE),
    route("backups/", views.backups, name="backups", audience=OPERATORS),
    route("demonstration/", demonstration.cast, name="demonstration", audience=ANYONE),
    route("demonstration/sign-in", demonstration.sign_in, name="demonstration-sign-in", audience=ANYONE),
    route("set-up/", setup_views.begin, name="set-up", audience=ANYONE),
    route("set-up/code", setup_views.code, name="set-up-code", audience=ANYONE, limit=limits.SET_UP_CODES),
    route("set-up/register", setup_views.register, name="set-up-register", audience=ANYONE),
    route("set-up/register/check", setup_views.register_check, name="set-up-register-check", audience=ANYONE),
    route("set-up/by-hand", setup_views.by_hand, name="set-up-by-hand", audience=ANYONE),
    route("set-up/school", setup_views.school, name="set-up-school", audience=ANYONE),
    route("set-up/account", setup_views.account, name="set-up-account", audience=ANYONE),
    route(AT, views.today, name="today", audience=SCHOOL),
    route(AT + "set-up/terms", setup_later.terms, name="set-up-terms", audience=FIRST_POSTS),
    route(
        AT + "set-up/people",
        setup_later.invite,
        name="set-up-people",
        audience=FIRST_POSTS,
        fresh=True,
        limit=limits.INVITATIONS,
    ),
    route(AT + "set-up/letters", setup_later.letters, name="set-up-letters", audience=FIRST_POSTS),
    route(AT + "set-up/end", setup_later.end, name="set-up-end", audience=FIRST_POSTS),
    route(AT + "set-up/<slug:step>/later", setup_later.skip, name="set-up-skip", audience=FIRST_POSTS),
]
