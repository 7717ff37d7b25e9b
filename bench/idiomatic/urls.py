"""Every address of the product, and the idiomatic page."""

from bench.idiomatic import views
from headship.core.audience import SCHOOL, route
from headship.project.urls import handler400, handler403, handler404, handler500
from headship.project.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [
    route("schools/<int:urn>/standards-idiomatic/", views.profile, name="profile-idiomatic", audience=SCHOOL),
    *product,
]
