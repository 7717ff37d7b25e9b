"""Every page: the Jinja2 environment, the frame around it (where you are, as whom, where you can go), and `show`."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

from headship.core import pictures, registry
from headship.core.roles import Role
from headship.core.saving import came_second
from headship.core.scope import Place, Scope

WORDS = ("Today", "Standards", "Strategy", "People", "Pupils", "Money", "Board", "Network")
COLOUR_FAMILIES = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: its words, its address, and whether the reader is there now."""

    words: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `colour` is the school's colour family, for those who work in more than one."""

    home: str = "/"
    words: tuple[Link, ...] = ()
    under_word: tuple[Link, ...] = ()
    in_group: tuple[Link, ...] = ()
    school: str = ""
    place_line: tuple[str, ...] = ()
    elsewhere: tuple[Link, ...] = ()
    colour: str = ""
    signed_in: bool = False
    name: str = ""
    account: str = ""
    sign_in: str = ""
    sign_out: str = ""
    banners: Iterable[Any] = ()


def show(
    request: HttpRequest, template: str, page: object, *, scope: Scope | None = None, status: int = 200
) -> HttpResponse:
    """Render a page's dataclass inside its frame. `page` has at least a `title`; `scope` is what the view was given.

    A form on which somebody else came first is answered as a conflict.
    """
    if status == 200 and came_second(getattr(page, "form", None)):
        status = 409
    if scope is not None:
        request.scope = scope  # type: ignore[attr-defined]  # ours, as set by the audience; `framed` reads it
    return render(request, template, {"page": page, "scope": scope}, status=status)


def framed(request: HttpRequest) -> dict[str, Frame]:
    """Give every template its frame (a context processor), also those rendered by sign-in and by error pages."""
    scope: Scope | None = getattr(request, "scope", None)
    signed_in = scope is not None or getattr(getattr(request, "user", None), "is_authenticated", False)
    banners = get_messages(request)
    if scope is None:
        return {"frame": _frame_without_place(banners, signed_in=signed_in)}
    steered: Scope = getattr(request, "steered_by", scope)  # a trust's, where its leader opens a school's page
    words, under_word, in_group = _navigation(steered, request.path)
    return {
        "frame": Frame(
            home=words[0].url if words and words[0].words == "Today" else "/",
            words=words,
            under_word=under_word,
            in_group=in_group,
            school=scope.place.name if scope.place else "",
            place_line=_place_line(scope),
            elsewhere=tuple(Link(place.name, _address("today", place) or "/") for place in scope.other_places),
            colour=f"app-colour-{scope.place.id % COLOUR_FAMILIES}" if scope.place and scope.other_places else "",
            signed_in=True,
            name=scope.name,
            account=_address("account", None) or "",
            sign_out=_address("account_logout", None) or "",
            banners=banners,
        )
    }


def _frame_without_place(banners: Iterable[Any], *, signed_in: bool) -> Frame:
    if signed_in:
        return Frame(signed_in=True, sign_out=_address("account_logout", None) or "", banners=banners)
    return Frame(sign_in=_address("account_login", None) or "", banners=banners)


def _place_line(scope: Scope) -> tuple[str, ...]:
    """Return the school, the academic year, and who the reader is acting as."""
    if scope.place is None:
        return ("Keeping this installation running",) if scope.operator else ()
    posts = [role.words[:1].lower() + role.words[1:] for role in Role if role in scope.roles]
    acting = f"acting as {listed(posts)}" if posts else ""
    return tuple(part for part in (scope.place.name, in_year(scope.at), acting) if part)


type Offered = list[tuple[str, str, str]]  # a page's label, its address, and the group it stands in


def _navigation(scope: Scope, path: str) -> tuple[tuple[Link, ...], ...]:
    """Return the words this person may open here, what stands under the word they are in, and the pages of its group.

    Nothing stands under a word of one page, nor in a group of one.
    """
    offered: dict[str, Offered] = {}
    for item in _items():
        address = _address(item.url_name, scope.place)
        if address and item.allows(scope) is None:
            offered.setdefault(item.word, []).append((item.label, address, item.group or item.label))
    here = _nearest(path, [address for items in offered.values() for _, address, _ in items])
    words: list[Link] = []
    under_word: tuple[Link, ...] = ()
    in_group: tuple[Link, ...] = ()
    for word in (word for word in WORDS if word in offered):
        items = sorted(offered[word], key=lambda item: item[0] != word)  # the page named as its word leads it
        groups = _groups(items)
        inside = here in [address for _, address, _ in items]
        words.append(Link(word, groups[0][1][0].url, inside))
        if inside and len(items) > 1:
            under_word, in_group = _under(groups, here)
    return tuple(words), under_word, in_group


def _groups(items: Offered) -> list[tuple[str, list[Link]]]:
    """Return the pages by group: the first page's; groups of several, as they come; then pages that stand alone."""
    found: dict[str, list[Link]] = {}
    for label, address, group in items:
        found.setdefault(group, []).append(Link(label, address))
    shared = any(len(pages) > 1 for pages in found.values())
    first = next(iter(found), "")
    return sorted(found.items(), key=lambda each: each[0] != first and shared and len(each[1]) == 1)


def _under(groups: Sequence[tuple[str, list[Link]]], here: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Return a word's groups as links to their first page, and the pages of the group that the reader is in."""
    under = tuple(
        Link(name if len(pages) > 1 else pages[0].words, pages[0].url, here in [page.url for page in pages])
        for name, pages in groups
    )
    pages = next((pages for _, pages in groups if here in [page.url for page in pages]), [])
    inside = tuple(Link(page.words, page.url, page.url == here) for page in pages)
    if len(under) == 1:  # nothing to part
        return inside, ()
    return under, inside if len(inside) > 1 else ()


def _nearest(path: str, addresses: Iterable[str]) -> str:
    """Return the longest address the path lies under; the root of a school only when it is the path itself."""
    under = [each for each in addresses if path == each or (not _is_root(each) and _is_under(path, each))]
    return max(under, key=len, default="")


def _is_under(path: str, address: str) -> bool:
    return path.startswith(address.rstrip("/") + "/")


def _is_root(address: str) -> bool:
    kind, *rest = address.strip("/").split("/")
    return not kind or (kind in {"schools", "trusts"} and len(rest) < 2)


@functools.cache
def _items() -> tuple[registry.NavigationItem, ...]:
    return tuple(item for module in registry.modules() for item in module.navigation)


@functools.lru_cache(maxsize=4096)
def _address(url_name: str, place: Place | None) -> str | None:
    """Return the address of a named page at a place, or None where it has none (a trust lacks a school's pages)."""
    kwargs = {} if place is None else {"urn" if place.kind == "school" else "trust": place.key}
    try:
        return reverse(url_name, kwargs=kwargs)
    except NoReverseMatch:
        return None


def environment(**options: Any) -> Environment:
    """Return the environment: undefined names are errors, text is escaped."""
    options["undefined"] = StrictUndefined
    env = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701  # Django's backend passes autoescape=True
    env.globals.update(url=_url, static=static_address, picture=pictures)
    env.filters.update(date=in_words, year=academic_year, money=money, ago=ago, listed=listed, percent=percent)
    return env


def _url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


@functools.cache
def static_address(path: str) -> str:
    """Return the address of a file of ours, with its fingerprint once `collectstatic` has run, plain before."""
    try:
        return static(path)
    except ValueError:
        return f"/static/{path}"


def in_words(day: date | None) -> str:
    """Return a date as it stands on pages.

    >>> in_words(date(2027, 3, 3))
    '3 March 2027'
    """
    if day is None:
        return "no date"
    day = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return f"{day.day} {day:%B %Y}"


def academic_year(starts_in: int) -> str:
    """Return an academic year as it stands on pages, from the calendar year it starts in.

    >>> academic_year(2026)
    '2026/27'
    """
    return f"{starts_in}/{(starts_in + 1) % 100:02}"


def in_year(moment: datetime) -> str:
    """Return the academic year a moment lies in: 1 September to 31 August.

    >>> in_year(timezone.make_aware(datetime(2027, 8, 31, 12)))
    '2026/27'
    """
    local = timezone.localtime(moment)
    return academic_year(local.year if local.month > 8 else local.year - 1)


def money(amount: Decimal | int | None) -> str:
    """Return pounds as they stand on pages, with pence only where there are any.

    >>> money(45200), money(Decimal("-12.50")), money(None)
    ('£45,200', '-£12.50', 'not known')
    """
    if amount is None:
        return "not known"
    pounds = Decimal(amount)
    size = f"{abs(pounds):,.0f}" if pounds == pounds.to_integral_value() else f"{abs(pounds):,.2f}"
    return f"{'-' if pounds < 0 else ''}£{size}"


def percent(rate: float | None) -> str:
    """Return a rate from 0 to 1 as a percentage with one decimal at most.

    >>> percent(0.259), percent(0.5)
    ('25.9%', '50%')
    """
    if rate is None:
        return "not known"
    return f"{rate * 100:.1f}".removesuffix(".0") + "%"


def ago(day: date | None, today: date | None = None) -> str:
    """Say how long ago a date is, in words; days that lie ahead are said as well.

    >>> ago(date(2027, 3, 1), date(2027, 3, 3)), ago(date(2027, 3, 10), date(2027, 3, 3))
    ('2 days ago', 'in 7 days')
    """
    if day is None:
        return "never"
    today = timezone.localdate() if today is None else today
    day = timezone.localtime(day).date() if isinstance(day, datetime) else day
    gap = today - day
    if abs(gap) <= timedelta(days=1):
        return {0: "today", 1: "yesterday", -1: "tomorrow"}[gap.days]
    return f"{_span(gap.days)} ago" if gap.days > 0 else f"in {_span(-gap.days)}"


def _span(days: int) -> str:
    for length, unit in ((730, "year"), (60, "month"), (14, "week")):
        if days >= length:
            return f"{days // {'year': 365, 'month': 30, 'week': 7}[unit]} {unit}s"
    return f"{days} days"


def listed(words: Iterable[str]) -> str:
    """Join words into an English list.

    >>> listed(["Chair", "Governor", "Clerk"])
    'Chair, Governor and Clerk'
    """
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last
