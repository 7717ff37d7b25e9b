"""Exactly what the pages of the horizon show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import Link, in_words
from headship.core.scope import Scope
from headship.improvement import horizon_queries, rules
from headship.improvement.choices import Means, Whence
from headship.improvement.models import HorizonItem
from headship.people.holders import Holders, holders
from headship.strategy.pages import address

# What others offer to act by, as far as it is installed: its word here stands on the register.
ACTS = ("policies.", "improvement.propose_bet", "strategy.note_decision")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing on the horizon."""

    title: str
    url: str
    facts: str
    means: str
    words: str
    waits: bool


@dataclass(frozen=True, slots=True)
class HorizonPage:
    """The digest of a month: by where it comes from; and what nobody has read yet, of any month."""

    title: str
    month: str
    waits: Link | None
    unread: Sequence[ItemRow]
    groups: Sequence[tuple[str, Sequence[ItemRow]]]
    earlier: Link | None
    later: Link | None
    term: str
    document_url: str
    cannot_note: str | None
    note_url: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One thing on the horizon, what was said of it, and what can be done about it."""

    title: str
    state: str
    waits: bool
    facts: Sequence[tuple[str, str]]
    source: str
    link: str
    said: Sequence[TimelineItem]
    acts: Sequence[Link]
    bets: Sequence[Link]
    cannot_read: str | None
    cannot_change: str | None
    read_url: str
    change_url: str
    back: str


def horizon_page(scope: Scope, month: date) -> HorizonPage:
    """Arrange the digest of a month."""
    people, last = holders(scope), _last(month)
    rows = horizon_queries.between(scope, month, last)
    term, *_ = horizon_queries.term_of(scope, month)
    here, unread = address(scope, "horizon"), horizon_queries.unread(scope)
    return HorizonPage(
        title="On the horizon",
        month=f"{month:%B %Y}",
        waits=_waits(scope, unread),
        unread=[row(scope, each, people) for each in unread],
        groups=grouped(scope, [each for each in rows if each.means], people),
        earlier=_month(here, horizon_queries.month_before(scope, month)),
        later=_month(here, horizon_queries.month_after(scope, last)),
        term=term.lower(),
        document_url=f"{address(scope, 'horizon-document')}?month={month:%Y-%m}",
        cannot_note=rules.look_out(scope),
        note_url=address(scope, "horizon-note"),
    )


def _waits(scope: Scope, unread: Sequence[HorizonItem]) -> Link | None:
    """Return what waits for the reader: the first thing that they are to read."""
    found = next((each for each in unread if each.reader_id == scope.person_id), None)
    if found is None:
        return None
    return Link(f"Say what it means for us: {found.title}", address(scope, "horizon-read", item=found.pk), False)


def grouped(scope: Scope, rows: Sequence[HorizonItem], people: Holders) -> list[tuple[str, list[ItemRow]]]:
    """Return things on the horizon by where they come from; places without any are left out."""
    found = [(whence, [row(scope, each, people) for each in rows if each.whence == whence]) for whence in Whence]
    return [(whence.words, its) for whence, its in found if its]


def row(scope: Scope, each: HorizonItem, people: Holders) -> ItemRow:
    """Arrange one thing of a digest."""
    today = timezone.localdate(scope.at)
    late = not each.means and each.read_by < today
    reads = f"{people.told(each.reader_id)} reads it by {in_words(each.read_by)}{', late' if late else ''}"
    newest = max(each.readings.all(), key=lambda it: it.pk, default=None) if each.means else None
    return ItemRow(
        title=each.title,
        url=address(scope, "horizon-item", item=each.pk),
        facts=" · ".join(_facts(each, reads)),
        means=Means(each.means).words if each.means else "Not read yet",
        words=newest.words if newest else "",
        waits=not each.means,
    )


def item_page(scope: Scope, each: HorizonItem) -> ItemPage:
    """Arrange one thing on the horizon."""
    people = holders(scope)
    said = each.readings.order_by("on", "pk")
    return ItemPage(
        title=each.title,
        state=Means(each.means).words if each.means else "Not read yet",
        waits=not each.means,
        facts=[
            ("Where", Whence(each.whence).words),
            ("Expected", _expected(each)),
            ("Noted", f"{in_words(each.noted_on)}, by {people.told(each.noted_by_id)}"),
            ("Who reads it", f"{people.told(each.reader_id)}, by {in_words(each.read_by)}"),
        ],
        source=each.source,
        link=each.link,
        said=[TimelineItem(it.on, Means(it.means).words, by=people.told(it.by_id), note=it.words) for it in said],
        acts=list(acts(scope, each)) if each.means == Means.ACT else [],
        bets=[Link(it.title, address(scope, "bet", bet=it.pk), False) for it in each.bets.order_by("pk")],
        cannot_read=rules.answer(scope, each.reader_id),
        cannot_change=rules.answer(scope, each.noted_by_id),
        read_url=address(scope, "horizon-read", item=each.pk),
        change_url=address(scope, "horizon-change", item=each.pk),
        back=f"{address(scope, 'horizon')}?month={each.noted_on:%Y-%m}",
    )


def acts(scope: Scope, each: HorizonItem) -> Iterator[Link]:
    """Yield how to act on it: what modules offer that this reader may do, and the plan."""
    assert scope.place is not None
    for offered in (it for module in registry.modules() for it in module.destinations):
        if offered.code.startswith(ACTS) and offered.allows(scope) is None:
            url = reverse(offered.url_name, kwargs={"urn": scope.place.key})
            filled = {name: value for name, value in _filled(each).items() if value and name in offered.takes}
            yield Link(offered.words, f"{url}?{urlencode(filled)}" if filled else url, False)
    yield Link("Plan an action in the strategic plan", address(scope, "plan"), False)


def _filled(each: HorizonItem) -> dict[str, object]:
    """Return what forms that act on it may begin with."""
    return {"item": each.pk, "title": each.title, "source": each.source, "link": each.link, "origin": each.whence}


def _facts(each: HorizonItem, reads: str) -> list[str]:
    """Return what stands below a thing: of what is unread also whence it comes and who reads it."""
    facts = [each.source, f"expected: {each.expected}"]
    return facts if each.means else [Whence(each.whence).words, *facts, reads]


def _expected(each: HorizonItem) -> str:
    return f"{each.expected} ({in_words(each.expected_on)})" if each.expected_on else each.expected


def _last(month: date) -> date:
    """Return the last day of a month."""
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _month(here: str, day: date | None) -> Link | None:
    return Link(f"{day:%B %Y}", f"{here}?month={day:%Y-%m}", False) if day else None
