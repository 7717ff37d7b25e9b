"""What of appeals waits for whom. Words that say little: others see a screen."""

from collections.abc import Iterator

from headship.appraisal import staff_appeal_queries as appeals
from headship.appraisal import staff_appeal_rules as rules
from headship.appraisal import staff_rules
from headship.appraisal.staff_pages import address
from headship.core.registry import NextAction
from headship.core.scope import Scope


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what waits: to name who hears an appeal, to hear it, to read how one's own ended."""
    if rules.find(scope) is None:
        for each in appeals.opened(scope):
            at = {"appeal": each.appeal.pk}
            if each.hears:
                yield NextAction("Hear an appeal against an appraisal", address(scope, "staff-appeal-file", **at), 60)
            if each.names and not each.named:
                url = address(scope, "staff-appeal-hearers", **at)
                yield NextAction("Name who hears an appeal against an appraisal", url, 5, weight=57)
    if staff_rules.open_list(scope) is None:
        for one in appeals.unread(scope):
            yield NextAction(
                "Read how your appeal ended", address(scope, "staff-year", appraised=one.year_id), 5, None, 57
            )
