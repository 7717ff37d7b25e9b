"""The documentation of the API, on pages of our own that ask no other server for anything."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from headship.core.pages import show
from headship.project import api_pages, described


def overview(request: HttpRequest) -> HttpResponse:
    """Show how the API works and what there is."""
    page = api_pages.overview(request.build_absolute_uri("/").rstrip("/"), signed_in=request.user.is_authenticated)
    return show(request, "project/api.html", page)


def area(request: HttpRequest, area: str) -> HttpResponse:
    """Show one area of the API."""
    if area not in api_pages.AREAS:
        raise Http404
    return show(request, "project/api_area.html", api_pages.area(area))


def document(request: HttpRequest) -> JsonResponse:
    """Hand over the description in OpenAPI 3.1."""
    return JsonResponse(described.document(), json_dumps_params={"indent": 1, "ensure_ascii": False})
