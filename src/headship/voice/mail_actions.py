"""Writes about those who are asked by an address alone: who they are, and that one of them wants no more mail."""

from collections.abc import Sequence
from datetime import datetime

from headship.core.actions import action
from headship.core.errors import Unusable
from headship.core.scope import Scope
from headship.voice import actions
from headship.voice.choices import MOST_ASKED, POST
from headship.voice.models import Invitation


@action("voice.ask_by_mail")
def ask_by_mail(*, by: Scope, at: datetime, survey: int, version: int, addresses: Sequence[tuple[str, str]]) -> None:
    """Ask those who are known by an address alone, each with their group, instead of whoever was so asked before."""
    del at
    now = actions.without_names(by, survey, version, dict.fromkeys(group for _, group in addresses))
    now.invitations.filter(person=None).exclude(email="").delete()
    if now.invitations.count() + len(addresses) > MOST_ASKED:
        raise Unusable(
            f"One survey asks at most {MOST_ASKED:,} people. Nothing was changed: ask fewer, or run two surveys."
        )
    actions.invite(now, ({"email": address, "groups": {POST: group}} for address, group in addresses))
    actions.keep(now)


@action("voice.want_no_mail", audited=False, because="who was asked, and by which address, stands in no log")
def want_no_mail(*, by: Scope, at: datetime, invitation: Invitation) -> None:
    """Forget the address of somebody who wants no reminder. Their link works on, for whoever has it."""
    del at
    mine = Invitation.objects.filter(pk=invitation.pk, survey__school_id=by.school_id)
    mine.exclude(email="").update(email="", sealed_token="")
