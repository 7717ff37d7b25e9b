"""The one write of whoever runs a survey about its paper: who types it in, and where it is put."""

from datetime import datetime

from headship.core import actions as told
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.voice import actions, paper_queries, queries, rules


@action("voice.name_typist")
def name_typist(*, by: Scope, at: datetime, survey: int, version: int, typist: int, paper_to: str) -> None:  # noqa: PLR0913  # who types, where paper goes, which survey, and how it was
    """Say who types in what comes on paper, and where it is put; it is told nowhere who that was once it closes."""
    del at
    now = actions.locked(by, survey, version)
    require(rules.ask_on_paper(by, queries.facts(now)))
    if typist not in {each.person for each in paper_queries.typists(by)}:
        raise Unusable("Choose somebody of the office or support staff who leads nothing here. Nothing was saved.")
    now.typist_id, now.paper_to, now.version = typist, paper_to, now.version + 1
    now.save(update_fields=["typist", "paper_to", "version"])
    told.audit(queries.source(now.pk), version=now.version, on_paper=True)
