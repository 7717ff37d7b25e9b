"""What waits for those who answer for something about results."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from headship.core.pages import academic_year
from headship.core.registry import NextAction
from headship.core.scope import Scope
from headship.outcomes import (
    intervention_queries,
    meeting_queries,
    meeting_rules,
    results,
    rules,
    target_queries,
    target_words,
)
from headship.outcomes.target_pages import address
from headship.schools.calendar_dates import year_of

MINUTES = 5
THIS_WEEK = timedelta(days=7)
WELL_INTO_A_TERM = timedelta(weeks=4)
LONGEST = 90


def next_actions(scope: Scope) -> Iterable[NextAction]:
    """Yield what the reader answers for: targets to look at, changes that are due, interventions that ended."""
    if scope.place is None or scope.place.kind != "school":
        return
    today = timezone.localdate(scope.at)
    yield from _nudges(scope, today)
    for target in target_queries.to_review(scope, today + target_queries.SOON):
        url = address(scope, "target-review", target=target.pk)
        yield NextAction(f"Look at your target for {target_words.about(target)}", url, MINUTES, target.review_on)
    for line in meeting_queries.own_due(scope, today + THIS_WEEK):
        words = f"Say what came of it: {line.what}" if line.due_on < today else line.what
        yield NextAction(_short(words), address(scope, "meeting-close", line=line.pk), MINUTES, line.due_on)
    for one in intervention_queries.to_review(scope, today):
        url = address(scope, "intervention-review", intervention=one.pk)
        yield NextAction(_short(f"Say what came of {one.name}"), url, MINUTES, one.ends_on)


def _nudges(scope: Scope, today: date) -> Iterable[NextAction]:
    """Yield what nobody has done: the finished year's results to bring, and this term's meeting to hold."""
    last = year_of(today) - 1
    if rules.bring_results(scope) is None and not results.any_in(scope, last):
        yield NextAction(f"Bring the results of {academic_year(last)}", address(scope, "pupil-files"), 10, weight=30)
    term = _term_began(today)
    late = today - term >= WELL_INTO_A_TERM
    if late and meeting_rules.note_meetings(scope) is None and not meeting_queries.any_since(scope, term):
        yield NextAction("Hold this term's progress meeting", address(scope, "meeting-agenda"), 30, weight=30)


def _term_began(today: date) -> date:
    """Return about when this term began: September, January or the middle of April."""
    starts = [date(today.year, month, day) for month, day in ((1, 1), (4, 16), (9, 1))]
    return max(each for each in starts if each <= today)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
