"""What waits for those who answer for something about results."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from headship.core.registry import NextAction
from headship.core.scope import Scope
from headship.outcomes import intervention_queries, meeting_queries, target_queries, target_words
from headship.outcomes.target_pages import address

MINUTES = 5
THIS_WEEK = timedelta(days=7)
LONGEST = 90


def next_actions(scope: Scope) -> Iterable[NextAction]:
    """Yield what the reader answers for: targets to look at, changes that are due, interventions that ended."""
    if scope.place is None or scope.place.kind != "school":
        return
    today = timezone.localdate(scope.at)
    for target in target_queries.to_review(scope, today + target_queries.SOON):
        url = address(scope, "target-review", target=target.pk)
        yield NextAction(f"Look at your target for {target_words.about(target)}", url, MINUTES, target.review_on)
    for line in meeting_queries.own_due(scope, today + THIS_WEEK):
        words = f"Say what came of it: {line.what}" if line.due_on < today else line.what
        yield NextAction(_short(words), address(scope, "meeting-close", line=line.pk), MINUTES, line.due_on)
    for one in intervention_queries.to_review(scope, today):
        url = address(scope, "intervention-review", intervention=one.pk)
        yield NextAction(_short(f"Say what came of {one.name}"), url, MINUTES, one.ends_on)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
