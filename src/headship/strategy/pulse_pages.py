"""What the plan's page tells of its pulse: whether staff can name the priorities and know their part."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.strategy import pages
from headship.voice import queries as surveys
from headship.voice import result_pages
from headship.voice import rules as survey_rules
from headship.voice.choices import State

INSTRUMENT = "plan_pulse"


@dataclass(frozen=True, slots=True)
class Pulse:
    """What staff said last, where the reader may see it; what is being asked now; and how to ask."""

    said: str
    told: Sequence[result_pages.Told]
    url: str
    now: str
    now_url: str
    ask_url: str
    cannot_ask: str | None


def pulse(scope: Scope) -> Pulse:
    """Arrange the pulse of the school's plan."""
    last = surveys.newest(scope, INSTRUMENT, State.CLOSED)
    found = result_pages.results_page(scope, last) if last else None
    running = surveys.newest(scope, INSTRUMENT, State.OPEN)
    return Pulse(
        said=_said(found),
        told=[each for theme in found.themes for each in theme.questions] if found else [],
        url=pages.address(scope, "survey", survey=last.pk) if last else "",
        now=f"Staff are being asked until {in_words(running.closes_on)}." if running else "",
        now_url=pages.address(scope, "survey", survey=running.pk) if running else "",
        ask_url=pages.address(scope, "survey-prepare", instrument=INSTRUMENT),
        cannot_ask=survey_rules.prepare(scope, INSTRUMENT),
    )


def _said(found: result_pages.ResultsPage | None) -> str:
    if found is None:
        return "Staff have not been asked yet."
    return found.cannot_see or f"{found.answered}. Closed on {found.closed}."
