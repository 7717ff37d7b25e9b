"""Making and revoking tokens for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.shortcuts import get_object_or_404

from headship.core import actions, registry
from headship.core.actions import action
from headship.core.errors import Unusable, require
from headship.core.scope import Scope
from headship.people import queries, rules, tokens
from headship.people.models import Account, ApiToken


@dataclass(frozen=True, slots=True)
class Made:
    """A token just made, with its words, which nobody can read again."""

    kept: ApiToken
    token: str


@action("people.make_token")
def make_token(*, by: Scope, at: datetime, name: str, permits: Sequence[str], lasts: timedelta) -> Made:
    """Make a token for a program that acts as oneself, within permits. Errors: Refused, Unusable."""
    Account.objects.select_for_update().get(pk=by.account_id)  # one at a time, so that the count below holds
    require(rules.make_token(queries.working_tokens(by).count()))
    if not permits or not set(permits) <= set(registry.permits()) or lasts not in tokens.LASTS:
        raise Unusable("Choose from the list what the token is for and how long it lasts. Nothing was made.")
    token = tokens.new()
    kept = ApiToken.objects.create(
        person_id=by.person_id,
        name=name,
        token_hash=tokens.hash_of(token),
        permits=sorted(permits),
        created_at=at,
        expires_at=at + lasts,
    )
    actions.audit(f"people.ApiToken:{kept.pk}", days=lasts.days, **_as_facts(kept.permits))
    return Made(kept, token)


def _as_facts(permits: Sequence[str]) -> dict[str, Any]:
    return {permit.replace(":", "_"): True for permit in permits}


@action("people.revoke_token")
def revoke_token(*, by: Scope, at: datetime, token_id: int) -> ApiToken:
    """End one's own token at once; one that has ended stays as it is. Errors: Http404."""
    held = get_object_or_404(ApiToken.objects.select_for_update(), pk=token_id, person_id=by.person_id)
    held.revoked_at = held.revoked_at or at
    held.save(update_fields=["revoked_at"])
    actions.audit(f"people.ApiToken:{held.pk}")
    return held
