"""What tests of strategy do again and again, by the product's own actions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from headship.strategy import approval_actions, plan_actions, step_actions, vision_actions
from headship.strategy.approval_actions import Approved
from headship.strategy.choices import Matter, Status
from headship.strategy.models import Plan, PlannedAction, Vision
from headship.strategy.plan_actions import Aimed, Put
from headship.strategy.step_actions import Doing
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)


def draft(cast: Cast, words: str = "Every child known", persona: str = "headteacher", at: datetime = AT) -> int:
    """Begin a statement."""
    return vision_actions.draft_vision(by=cast.scope(persona), at=at, words=words)


def agree(cast: Cast, key: int, persona: str = "chair", *, version: int = 0, on: date | None = None) -> int:
    """Record that the board agreed a statement, in the version it has unless said."""
    found = Vision.objects.get(pk=key)
    approved = Approved(Matter.VISION, key, version or found.version, "Full board, minute 7", on or found.worded_on)
    return approval_actions.record_approval(by=cast.scope(persona), at=AT, once=uuid4(), approved=approved)


def publish(cast: Cast, key: int, persona: str = "headteacher", at: datetime = AT) -> None:
    """Publish what the board agreed."""
    version = Vision.objects.get(pk=key).version
    vision_actions.publish_vision(by=cast.scope(persona), at=at, vision=key, version=version)


def put_in_force(cast: Cast, words: str = "Every child known", at: datetime = AT) -> int:
    """Draft, agree and publish a statement."""
    key = draft(cast, words, at=at)
    agree(cast, key)
    publish(cast, key, at=at)
    return key


def plan(cast: Cast, persona: str = "headteacher", at: datetime = AT) -> int:
    """Begin a plan of three years that holds today."""
    first, last = date(TODAY.year - 1, 9, 1), date(TODAY.year + 2, 8, 31)
    return plan_actions.make_plan(
        by=cast.scope(persona), at=at, once=uuid4(), title="Three years", starts_on=first, ends_on=last
    )


def put(cast: Cast, **changed: object) -> Put:
    """Return a priority that the senior leader answers for."""
    first, last = date(TODAY.year - 1, 9, 1), date(TODAY.year + 2, 8, 31)
    return replace(Put("Reading", "It opens all else", first, last, cast.people["senior_leader"].pk), **changed)


def priority(cast: Cast, of: int, persona: str = "headteacher", at: datetime = AT, **changed: object) -> int:
    """Put something first."""
    by = cast.scope(persona)
    return plan_actions.add_priority(by=by, at=at, once=uuid4(), plan=of, put=put(cast, **changed))


def objective(cast: Cast, of: int, persona: str = "headteacher", at: datetime = AT, **told: str) -> int:
    """Say what a priority is to reach."""
    aimed = Aimed(**{"words": "All read at their age", "measure": "Share who do", **told})
    return plan_actions.add_objective(by=cast.scope(persona), at=at, once=uuid4(), priority=of, aimed=aimed)


def doing(cast: Cast, of: int | None = None, **changed: object) -> Doing:
    """Return an action of the teacher's, due in ten days."""
    return replace(Doing("Read aloud", cast.people["teacher"].pk, TODAY, TODAY + 10 * DAY, of), **changed)


def action(cast: Cast, of_plan: int, of: int | None = None, at: datetime = AT, **changed: object) -> int:
    """Plan an action."""
    by = cast.scope("headteacher")
    return step_actions.add_action(by=by, at=at, once=uuid4(), plan=of_plan, doing=doing(cast, of, **changed))


def move(cast: Cast, key: int, to: str, persona: str = "teacher", because: str = "") -> None:
    """Say how far an action is."""
    version = PlannedAction.objects.get(pk=key).version
    by = cast.scope(persona)
    step_actions.move_action(by=by, at=AT, planned=key, version=version, to=Status(to), because=because)


def approve(cast: Cast, key: int, persona: str = "chair", on: date = TODAY, version: int = 0) -> int:
    """Record that the board approved a plan, in the version it has unless said."""
    version = version or Plan.objects.get(pk=key).version
    approved = Approved(Matter.PLAN, key, version, "Full board, minute 5", on)
    return approval_actions.record_approval(by=cast.scope(persona), at=AT, once=uuid4(), approved=approved)


@contextmanager
def meanwhile(table: str, change: Callable[[], object]) -> Iterator[None]:
    """Let somebody else change something just before rows of a table are first read by themselves, as a lock waits."""
    left = [change]

    def before(execute: Any, sql: str, *rest: Any) -> Any:
        if left and sql.startswith(f'SELECT "{table}".'):
            left.pop()()
        return execute(sql, *rest)

    with connection.execute_wrapper(before):
        yield
