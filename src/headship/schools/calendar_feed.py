"""The calendar as an iCalendar file: all-day events whose identities stay the same from one reading to the next."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from headship.core.registry import CalendarEvent

REFRESH = timedelta(hours=12)
DAY = timedelta(days=1)


def calendar_file(
    school: str, urn: int, events: Iterable[CalendarEvent], *, at: datetime, full_address: Callable[[str], str]
) -> bytes:
    """Return the events as RFC 5545 text. `full_address` makes an address of ours one that works elsewhere."""
    calendar = Calendar()
    calendar.add("prodid", "-//Headship//Academic-year calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", school)
    calendar.add("x-wr-calname", school)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    seen: set[str] = set()
    for event in events:
        uid = _identity(urn, event, seen)
        calendar.add_component(_event(event, uid, at, full_address))
    content: bytes = calendar.to_ical()
    return content


def _event(event: CalendarEvent, uid: str, at: datetime, full_address: Callable[[str], str]) -> Event:
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", at)
    entry.add("summary", event.words)
    entry.add("dtstart", _plain(event.on))
    entry.add("dtend", _plain(event.until + DAY))
    entry.add("transp", "TRANSPARENT")
    if event.source:
        entry.add("description", event.source)
    if event.url:
        entry.add("url", full_address(event.url))
    return entry


def _identity(urn: int, event: CalendarEvent, seen: set[str]) -> str:
    """Return an event's UID: made of what it is, so that it needs no memory; a second one alike is told apart."""
    base = "|".join((str(urn), event.on.isoformat(), event.until.isoformat(), event.words))
    number, uid = 0, ""
    while not uid or uid in seen:
        uid = hashlib.sha256(f"{base}|{number}".encode()).hexdigest()[:32] + "@headship"
        number += 1
    seen.add(uid)
    return uid


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)
