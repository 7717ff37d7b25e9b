"""Addresses of `standards`, each with its audience. The standards are public, and so are these pages."""

from headship.core.audience import ANYONE, OPERATORS, route
from headship.core.endpoints import endpoint
from headship.core.shapes import Page
from headship.standards import api, case, exchange_views, framework_api, views

pages = [
    route("standards/", views.framework_list, name="framework-list", audience=ANYONE),
    route("standards/<slug:framework>/", views.framework, name="framework", audience=ANYONE),
    route("standards/<slug:framework>/<str:code>/", views.statement, name="framework-statement", audience=ANYONE),
]

exchange = [
    route("exchange/", exchange_views.exchange, name="exchange", audience=ANYONE),
    route(
        "exchange/files/<slug:framework>/<str:form>",
        exchange_views.download,
        name="framework-download",
        audience=ANYONE,
    ),
    route("exchange/import/", exchange_views.import_file, name="framework-import", audience=OPERATORS),
    route(
        "exchange/import/<int:incoming>/",
        exchange_views.import_check,
        name="framework-import-check",
        audience=OPERATORS,
    ),
    route("exchange/remove/<slug:framework>", exchange_views.remove, name="framework-remove", audience=OPERATORS),
]

# 1EdTech's own addresses: /ims/case/v1p1/CFItems/{identifier} and so on, and the same under v1p0.
case_addresses = [
    route(
        f"{case.PATH.lstrip('/')}{version}/{collection}/<str:identifier>",
        api.one(collection, version),
        name=f"case-{version}-{collection}",
        audience=ANYONE,
    )
    for version in case.VERSIONS
    for collection in api.COLLECTIONS
]
case_addresses += [
    route(
        f"{case.PATH.lstrip('/')}{version}/CFDocuments",
        api.documents(version),
        name=f"case-{version}-all-CFDocuments",
        audience=ANYONE,
    )
    for version in case.VERSIONS
]

urlpatterns = [*pages, *exchange, *case_addresses]

endpoints = (
    endpoint("GET", "frameworks", framework_api.frameworks, audience=ANYONE, gives=Page[framework_api.FrameworkGiven]),
    endpoint(
        "GET",
        "frameworks/{slug:framework}",
        framework_api.framework,
        audience=ANYONE,
        gives=framework_api.FrameworkWithStatements,
    ),
    endpoint(
        "GET",
        "frameworks/{slug:framework}/statements/{code}",
        framework_api.statement,
        audience=ANYONE,
        gives=framework_api.StatementWithCounterparts,
    ),
)
