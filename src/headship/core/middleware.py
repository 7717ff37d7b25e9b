"""Small middlewares: nothing is open before a scope is, nothing is stored, errors help, programs get no pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from headship.core import belt, problems, views
from headship.core.errors import Refused, Stale, TooMany, Unusable

Response = Callable[[HttpRequest], HttpResponse]


UNWATCHED = ("/answer/",)  # addresses that carry somebody's survey

# What no page of ours uses, no page may be made to use; passkeys alone are asked for, by our own pages.
UNUSED = (
    "accelerometer autoplay bluetooth camera display-capture encrypted-media fullscreen geolocation gyroscope hid "
    "idle-detection local-fonts magnetometer microphone midi otp-credentials payment picture-in-picture "
    "screen-wake-lock serial storage-access usb web-share window-management xr-spatial-tracking"
)
PERMISSIONS = ", ".join(
    (
        *(f"{each}=()" for each in UNUSED.split()),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    )
)


class NothingOpen:
    """Begin every request with nothing open: no row of any school is there until a scope says which."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Close what this thread may have had open, for as long as the request lasts."""
        with belt.closed():
            return self.get_response(request)


class NothingStored:
    """Tell browsers and proxies to keep no copy of any page, and to lend it to no other site and no device.

    Public pages and files may say otherwise of keeping themselves; what was made for somebody signed in may not.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to whatever comes: pages, files, refusals, faults."""
        response = self.get_response(request)
        if hasattr(request, "scope"):
            response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class HelpfulErrors:
    """Show refusals, conflicts and unusable input as pages with the sentence they carry."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer our own errors; leave the rest to Django."""
        if isinstance(exception, Refused):
            return views.kept_page(request, "You cannot open this", str(exception), status=403)
        if isinstance(exception, Stale):
            return views.kept_page(request, "Somebody else changed this first", str(exception), status=409)
        if isinstance(exception, Unusable):
            return views.kept_page(request, "This could not be taken", str(exception), status=400)
        if isinstance(exception, TooMany):
            page = views.sentence_page(request, "Too many tries", str(exception), status=429)
            page.headers["Retry-After"] = str(exception.seconds)
            return page
        return None


class AudienceDeclared:
    """The belt to the system check: a view without an audience is never run."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Refuse to run an undeclared view. Errors: ImproperlyConfigured."""
        del request, args, kwargs
        if not hasattr(view, "audience"):
            raise ImproperlyConfigured(f"{view} declares no audience.")


class Unwatched:
    """What is sent to these addresses cannot be told apart by who sends it, or when: no cookie counts, no line is kept.

    So that an answer to a survey meets no session, touches none, and stands in no log and in no figure.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop cookies before anybody reads them, and say that the request is to be left unnoted."""
        if request.path.startswith(UNWATCHED):
            request.META.pop("HTTP_COOKIE", None)
            request.unwatched = True  # type: ignore[attr-defined]  # ours; the request log reads it
        return self.get_response(request)


class Programs:
    """Of what programs send, no cookie counts; of what they get, every error is a problem (RFC 9457), never a page."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop cookies before anybody reads them, and tell plain errors (a wrong method) as problems."""
        if not problems.asked_by_program(request):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if response.status_code < 400 or response.headers["Content-Type"] == problems.MEDIA_TYPE:
            return response
        told = problems.with_status(response.status_code, UNSAID.get(response.status_code, UNSAID[400]))
        response.content = told.content
        response.headers["Content-Type"] = problems.MEDIA_TYPE
        response.headers.pop("Content-Length", None)
        return response


UNSAID = {
    400: "This request made no sense. Nothing was changed.",
    405: "This address has other methods. The header Allow names them.",
    412: "What you read has changed since. Read it again.",
}
