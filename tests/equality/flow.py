"""What tests of equality do again and again, by the product's own actions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from headship.core.visibility import Visibility
from headship.equality import aim_actions, check_actions, statement_actions
from headship.equality.aim_actions import Aimed
from headship.equality.check_actions import Found, Settled
from headship.equality.choices import PROTECTED, Effect, Part, Subject
from headship.equality.models import Aim, Check, Statement
from headship.strategy import actions as strategy
from headship.strategy.actions import Noted
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)
PARTS = {each.value: f"{each.words}: in words" for each in Part}


def aimed(cast: Cast, **changed: object) -> Aimed:
    """Return an objective that the teacher answers for, reviewed in a year."""
    return replace(
        Aimed(
            words="More girls choose physics",
            why="Few do",
            concerns=("equality.sex",),
            measure="Share of girls among those who choose it",
            baseline="21%",
            target="40%",
            starts_on=TODAY - 30 * DAY,
            ends_on=TODAY + 900 * DAY,
            review_on=TODAY + 300 * DAY,
            owner=cast.people["teacher"].pk,
        ),
        **changed,
    )


def draft(cast: Cast, persona: str = "headteacher", at: datetime = AT, once: UUID | None = None, **changed) -> int:
    """Draft an objective."""
    told = aimed(cast, **changed)
    return aim_actions.draft_objective(by=cast.scope(persona), at=at, once=once or uuid4(), aimed=told)


def publish(cast: Cast, key: int, persona: str = "headteacher", at: datetime = AT) -> None:
    """Publish an objective."""
    version = Aim.objects.get(pk=key).version
    aim_actions.publish_objective(by=cast.scope(persona), at=at, aim=key, version=version)


def published(cast: Cast, at: datetime = AT, **changed) -> int:
    """Draft an objective and publish it."""
    key = draft(cast, at=at, **changed)
    publish(cast, key, at=at)
    return key


def write(cast: Cast, persona: str = "headteacher", at: datetime = AT, **parts: str) -> int:
    """Write a statement."""
    return statement_actions.draft_statement(by=cast.scope(persona), at=at, parts={**PARTS, **parts})


def tell(cast: Cast, key: int, persona: str = "headteacher", at: datetime = AT) -> None:
    """Publish a statement."""
    version = Statement.objects.get(pk=key).version
    statement_actions.publish_statement(by=cast.scope(persona), at=at, statement=key, version=version)


def decide(cast: Cast, what: str = "Phones stay at home", visibility: str = "staff", on: date = TODAY) -> int:
    """Note a decision of the headteacher's."""
    noted = Noted(what, "", on, Visibility(visibility))
    return strategy.note_decision(by=cast.scope("headteacher"), at=AT, once=uuid4(), noted=noted)


def settle(cast: Cast, of: int, persona: str = "headteacher", kind: str = "decision", **changed) -> int:
    """Say that something needs a check, which the senior leader makes within ten days."""
    settled = replace(Settled(True, "", cast.people["senior_leader"].pk, TODAY + 10 * DAY), **changed)
    once = uuid4()
    return check_actions.settle_check(
        by=cast.scope(persona), at=AT, once=once, kind=Subject(kind), of=of, settled=settled
    )


def found(**changed: object) -> Found:
    """Return findings that are whole: one may be harmed."""
    effects = dict.fromkeys(PROTECTED, (Effect.NONE, ""))
    effects["equality.disability"] = (Effect.MAY_HARM, "Some measure their sugar with a phone")
    return replace(Found(effects, "We asked six families", "Those who need one keep it", TODAY + 300 * DAY), **changed)


def make(cast: Cast, key: int, persona: str = "senior_leader", *, done: bool = True, **changed: object) -> None:
    """Make a check."""
    version, by = Check.objects.get(pk=key).version, cast.scope(persona)
    check_actions.write_check(by=by, at=AT, check=key, version=version, found=found(**changed), done=done)
