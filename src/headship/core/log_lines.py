"""The log's lines: one for each request and each fault, with nothing in it that tells of a person.

A line names the route's pattern, never the address: addresses hold tokens and what people searched for. Of a fault it
gives the class and the places in the code; never its words, and never a value. Of other libraries' messages only the
fixed part is written. Nobody's address, browser or account is noted: who read what is nobody's business.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import walk_tb
from typing import Any

import structlog

OURS = "headship"
DEEPEST = 5  # faults that led to one another


class Lines(logging.Formatter):
    """Formats a record as one line: JSON for machines, plain words for a terminal."""

    def __init__(self, *, plain: bool = False) -> None:
        super().__init__()
        renderer = structlog.dev.ConsoleRenderer(colors=False, sort_keys=False, pad_event_to=0)
        self.renderer: Any = renderer if plain else structlog.processors.JSONRenderer()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if record.name.split(".")[0] == OURS else str(record.msg),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[1]:
            told["faults"] = list(_faults(record.exc_info[1]))
        return str(self.renderer(None, "", told))


def _faults(fault: BaseException | None) -> Iterator[str]:
    """Yield each fault that led to this one, by class and places."""
    for _ in range(DEEPEST):
        if fault is None:
            return
        places = [
            f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
            for frame, line in walk_tb(fault.__traceback__)
        ]
        yield f"{type(fault).__module__}.{type(fault).__qualname__} at {' > '.join(places)}"
        fault = fault.__cause__ or fault.__context__
