"""The write of whoever puts comments under other themes than were suggested."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from headship.core import actions as told
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.voice import actions, queries, rules
from headship.voice.models import Comment
from headship.voice.themes import NONE, themes


@action("voice.theme_comments")
def theme_comments(*, by: Scope, at: datetime, survey: int, version: int, under: Mapping[UUID, str]) -> None:
    """Keep under which theme each of these comments stands: a theme's code, NONE, or nothing for what is suggested."""
    del at
    now = actions.locked(by, survey, version)
    require(rules.theme_comments(by, queries.facts(now)))
    held = {each.pk: each for each in queries.comments(now)}
    if set(under) - set(held) or set(under.values()) - {"", NONE, *themes()}:
        raise Unusable(
            "These are not the comments or the themes of this survey. Open the page again; nothing was saved."
        )
    changed = [held[key] for key, theme in under.items() if held[key].theme != theme]
    for each in changed:
        each.theme = under[each.pk]
    Comment.objects.bulk_update(changed, ["theme"], batch_size=500)
    now.version += 1
    now.save(update_fields=["version"])
    told.audit(queries.source(now.pk), version=now.version, themed=len(changed))
