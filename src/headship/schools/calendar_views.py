"""Pages of the academic-year calendar, and its feed."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from headship.core import belt
from headship.core.errors import Stale, existing
from headship.core.pages import academic_year, in_words, show
from headship.core.scope import Scope
from headship.schools import actions, calendar_dates, calendar_pages, queries
from headship.schools.calendar_feed import calendar_file
from headship.schools.calendar_forms import DayForm, TermsForm, as_typed
from headship.schools.calendar_pages import FeedPage

FEED_TITLE = "This calendar in your own"
TRUST_FEED_TITLE = "Your days in your own calendar"
TRUST_SHOWS = "the days of headteachers' years that you take part in"


def calendar(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show a year, month by month."""
    today = timezone.localdate(scope.at)
    starts_in = calendar_pages.year_asked(request.GET.get("year", ""), today)
    since, until = calendar_dates.bounds(starts_in)
    view = queries.year(scope.school_id, starts_in)
    days = queries.school_days(scope.school_id, since, until)
    page = calendar_pages.calendar_page(scope, view, queries.all_events(scope, since, until), days, today)
    return show(request, "schools/calendar.html", page, scope=scope)


def terms(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Set a year's terms, all on one form."""
    starts_in = calendar_pages.year_asked(request.GET.get("year", ""), timezone.localdate(scope.at))
    view = queries.year(scope.school_id, starts_in)
    if request.method == "POST":
        return _set_terms(request, scope, TermsForm(request.POST, starts_in=starts_in))
    starts_from, shown = "", view.terms
    if not shown:
        shown, shape_of = queries.proposed_terms(scope.school_id, starts_in)
        starts_from = calendar_pages.proposed_words(shape_of, starts_in)
    form = TermsForm(initial={**as_typed(shown), "version": view.version}, starts_in=starts_in)
    page = calendar_pages.terms_page(scope, form, starts_in, starts_from, ())
    return show(request, "schools/calendar_terms.html", page, scope=scope)


def _set_terms(request: HttpRequest, scope: Scope, form: TermsForm) -> HttpResponse:
    """Save the terms; where somebody else set them meanwhile, show both and let the writer decide."""
    theirs, status = queries.YearView(form.starts_in, 0, ()), 200
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.set_terms(by=scope, at=scope.at, starts_in=form.starts_in, terms=form.terms(), version=version)
        except Stale as stale:
            theirs, status = queries.year(scope.school_id, form.starts_in), 409
            form.add_error(None, str(stale))
            form.with_version(theirs.version)
        else:
            messages.success(request, f"The terms of {academic_year(form.starts_in)} are set.")
            return HttpResponseRedirect(_back(scope, form.starts_in))
    page = calendar_pages.terms_page(scope, form, form.starts_in, "", theirs.terms)
    return show(request, "schools/calendar_terms.html", page, scope=scope, status=status)


def days(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add a training day, event, meeting or closure; list those of the year."""
    starts_in = calendar_pages.year_asked(request.GET.get("year", ""), timezone.localdate(scope.at))
    form = DayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.add_day(by=scope, at=scope.at, **form.cleaned_data)
        messages.success(request, f"“{form.cleaned_data['words']}” is on the calendar.")
        return HttpResponseRedirect(_days_of(scope, form.cleaned_data["on"]))
    found = queries.school_days(scope.school_id, *calendar_dates.bounds(starts_in))
    page = calendar_pages.days_page(scope, form, found, starts_in)
    return show(request, "schools/calendar_days.html", page, scope=scope)


@require_POST
def day_remove(request: HttpRequest, scope: Scope, day: int) -> HttpResponse:
    """Take a day off the calendar."""
    found = existing(queries.school_day(scope.school_id, day))
    actions.remove_day(by=scope, at=scope.at, day=day)
    messages.success(request, f"“{found.words}” is off the calendar.")
    return HttpResponseRedirect(_days_of(scope, found.on))


def feed(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make or end the reader's own calendar address at a school."""
    return _feed(
        request, scope, FeedPage(FEED_TITLE, "", "", reverse("calendar", kwargs={"urn": calendar_pages.urn(scope)}))
    )


def trust_feed(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Make or end the reader's own calendar address at a trust: the days that stand on its home."""
    assert scope.place is not None  # the audience is of a trust
    home = reverse("trust", kwargs={"trust": scope.place.key})
    return _feed(request, scope, FeedPage(TRUST_FEED_TITLE, "", "", home, scope.place.name, TRUST_SHOWS))


def _feed(request: HttpRequest, scope: Scope, page: FeedPage) -> HttpResponse:
    """Make or end an address; it is shown once, when it is made."""
    address = ""
    if request.method == "POST" and "end" in request.POST:
        actions.end_feed(by=scope, at=scope.at)
        messages.success(request, "The calendar address has ended. Calendars that used it show nothing new.")
        return HttpResponseRedirect(request.path)
    if request.method == "POST":
        token = actions.make_feed(by=scope, at=scope.at)
        address = request.build_absolute_uri(reverse("calendar-file", kwargs={"token": token}))
    since = queries.feed_since(scope)
    made = in_words(timezone.localdate(since)) if since else ""
    return show(request, "schools/calendar_feed.html", replace(page, made=made, address=address), scope=scope)


def file(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program that holds a private address, as the person it was given to."""
    scope = queries.feed_reader(token, at=timezone.now())
    if scope is None or scope.place is None:
        raise Http404
    this = calendar_dates.year_of(timezone.localdate(scope.at))
    since, until = calendar_dates.bounds(this - 1)[0], calendar_dates.bounds(this + 1)[1]
    with belt.within(scope):
        events = queries.all_events(scope, since, until)
    content = calendar_file(
        scope.place.name, scope.place.key, events, at=scope.at, full_address=request.build_absolute_uri
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return response


def _back(scope: Scope, starts_in: int) -> str:
    return f"{reverse('calendar', kwargs={'urn': calendar_pages.urn(scope)})}?year={starts_in}"


def _days_of(scope: Scope, day: date) -> str:
    page = reverse("calendar-days", kwargs={"urn": calendar_pages.urn(scope)})
    return f"{page}?year={calendar_dates.year_of(day)}"
