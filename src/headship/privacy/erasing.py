"""Carrying out a plan: rows go or are emptied, in the order of the plan, inside the approving action's transaction."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Model

from headship.core import audit, belt, personal, registry
from headship.core.personal import Fate
from headship.privacy.planning import Plan, Step, blank

AT_ONCE = 500


def erase(school_id: int, plan: Plan) -> None:
    """Delete and empty what a plan names."""
    for step in plan.steps:
        if step.model == "people.Account":
            end_sessions(step.keys)
        for start in range(0, len(step.keys), AT_ONCE):
            keys = step.keys[start : start + AT_ONCE]
            model = apps.get_model(step.model)
            if personal.school_path(model) and not personal.of_trusts(model):
                _done(school_id, step, keys)
            else:
                with belt.whole_installation(because="accounts, tokens and what is a trust's belong to no school"):
                    _done(school_id, step, keys)
            audit.forget_details(subjects=[f"{step.model}:{key}" for key in keys])


def end_sessions(accounts: Sequence[int]) -> None:
    """End every session of these accounts: a session holds its account's key inside what it packs."""
    wanted = {str(each) for each in accounts}
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) in wanted:
            session.delete()


def _done(school_id: int, step: Step, keys: Sequence[int]) -> None:
    model: type[Model] = apps.get_model(step.model)
    rows: Any = model._default_manager.filter(pk__in=keys)
    rule = registry.retention().get(step.model)
    if step.fate == Fate.EMPTY:
        rows.update(**{name: blank(model, name) for name in step.empties})
    elif rule is not None and rule.remove is not None:
        rule.remove(school_id, keys)
    else:
        rows.delete()
