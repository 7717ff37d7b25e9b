"""Pages that join several modules, and the server's own."""

from headship.core import views as core_views
from headship.core.audience import ANYONE, SCHOOL, route
from headship.project import views
from headship.project.demonstration import views as demonstration

urlpatterns = [
    route("health", core_views.health, name="health", audience=ANYONE),
    route("rows/", views.what_works, name="rows", audience=ANYONE),
    route("demonstration/", demonstration.cast, name="demonstration", audience=ANYONE),
    route("demonstration/sign-in", demonstration.sign_in, name="demonstration-sign-in", audience=ANYONE),
    route("schools/<int:urn>/", views.today, name="today", audience=SCHOOL),
]
