"""Pages of the house itself: errors that help, and the health address."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from headship.core import metrics, pages, problems, readiness
from headship.core.errors import Gone

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A page that says one thing."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that says one thing about a form, with the words that were written into it, by field."""

    title: str
    sentence: str
    typed: Sequence[tuple[str, str]]
    again: str


SECRET = ("password", "code", "token")  # never shown back, whatever they hold


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was written into a form, by its field: words, not choices, and nothing that is secret."""
    return [
        (name.replace("_", " ").capitalize(), words)
        for name, words in request.POST.items()
        if isinstance(words, str) and len(words.split()) > 1 and not any(part in name for part in SECRET)
    ]


def kept_page(request: HttpRequest, title: str, sentence: str, *, status: int) -> HttpResponse:
    """Say why a form was not taken, with the words that were written into it, and the way to the form as it is now.

    Only for a form that came from a page of ours: words that others made a browser send are not shown as somebody's.
    """
    typed = typed_words(request) if _from_our_page(request) else []
    if not typed:
        return sentence_page(request, title, sentence, status=status)
    page = Kept(title, sentence, typed, request.get_full_path())
    return pages.show(request, "core/kept.html", page, status=status)


def _from_our_page(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours: whoever reached a view passed the check, where it asks for one."""
    reached = request.resolver_match
    checked = reached is not None and not getattr(reached.func, "csrf_exempt", False)
    return request.method == "POST" and checked and not problems.asked_by_program(request)


def sentence_page(request: HttpRequest, title: str, sentence: str, *, status: int) -> HttpResponse:
    """Show a heading, one sentence and the way back; to a program, the sentence alone."""
    if problems.asked_by_program(request):
        return problems.with_status(status, sentence)
    return pages.show(request, "core/sentence.html", Sentence(title, sentence), status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, or to something the reader may not know of."""
    nothing = "There is nothing at this address for you. Check it, or start from Today."
    why = str(exception) if isinstance(exception, Gone) else nothing
    return kept_page(request, "Page not found", why, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself refuses."""
    del exception
    return sentence_page(
        request, "You cannot open this", "You are signed in, but not for this. Start from Today.", status=403
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense."""
    del exception
    return sentence_page(
        request,
        "This request made no sense",
        "Go back and try again from the page you were on. Nothing was changed.",
        status=400,
    )


def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was not sent from a page of ours, or from one that was open too long."""
    del reason
    return sentence_page(
        request,
        "This page was open too long",
        "Nothing was changed. Go back, load the page again, and send it once more.",
        status=403,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours without telling what is inside, nor asking who reads it where the database is gone."""
    words = "The fault is ours. What you sent was saved whole or not at all. Try again in a minute."
    try:
        return sentence_page(request, "Something went wrong here", words, status=500)
    except DatabaseError:
        nobody = HttpRequest()
        nobody.path, nobody.META = request.path, request.META
        return sentence_page(nobody, "Something went wrong here", words, status=500)


def health(request: HttpRequest) -> JsonResponse:
    """Say that this process answers; what it needs is asked by `ready`."""
    del request
    return JsonResponse({"status": "well"})


def ready(request: HttpRequest) -> JsonResponse:
    """Say whether this installation is ready to serve; what is wrong stands in the log and on the page of work."""
    del request
    faults = list(readiness.faults(timezone.now()))
    for name, told in faults:
        LOG.warning("Not ready: %s. %s", name, told)
    return JsonResponse({"status": "not ready" if faults else "ready"}, status=503 if faults else 200)


def figures(request: HttpRequest) -> HttpResponse:
    """Give the figures to whoever watches the server; to anybody else there is nothing here."""
    if not metrics.may_read(request):
        raise Http404
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
