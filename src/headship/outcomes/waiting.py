"""What waits for those who answer for something about results."""

from collections.abc import Iterable

from django.utils import timezone

from headship.core.registry import NextAction
from headship.core.scope import Scope
from headship.outcomes import target_pages, target_queries, target_words

MINUTES = 5


def next_actions(scope: Scope) -> Iterable[NextAction]:
    """Yield the targets the reader answers for whose review is due within two weeks, or was."""
    if scope.place is None or scope.place.kind != "school":
        return
    for each in target_queries.to_review(scope, timezone.localdate(scope.at) + target_queries.SOON):
        url = target_pages.address(scope, "target-review", target=each.pk)
        yield NextAction(f"Look at your target for {target_words.about(each)}", url, MINUTES, each.review_on)
