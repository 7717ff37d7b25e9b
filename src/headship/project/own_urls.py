"""Pages that join several modules, and the server's own."""

from headship.core import views as core_views
from headship.core.audience import ANYONE, route

urlpatterns = [
    route("health", core_views.health, name="health", audience=ANYONE),
]
