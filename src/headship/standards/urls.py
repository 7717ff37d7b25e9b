"""Addresses of `standards`, each with its audience. The standards are public, and so are these pages."""

from headship.core.audience import ANYONE, route
from headship.standards import views

urlpatterns = [
    route("standards/", views.framework_list, name="framework-list", audience=ANYONE),
    route("standards/<slug:framework>/", views.framework, name="framework", audience=ANYONE),
    route("standards/<slug:framework>/<str:code>/", views.statement, name="framework-statement", audience=ANYONE),
]
