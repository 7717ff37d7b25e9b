"""Support before capability for tests, by the product's own actions."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from headship.appraisal import support_actions
from headship.appraisal.models import Support
from headship.appraisal.support_actions import Ended, Offered, Reviewed
from headship.appraisal.support_choices import Kind, Standing
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)


def offer(
    cast: Cast,
    person: str = "teacher",
    supporter: str = "middle_leader",
    who: str = "headteacher",
    *,
    at: datetime = AT,
    **more: object,
) -> Support:
    """Offer somebody support, with two reviews to come."""
    today = timezone.localdate(at)
    given = {"said": "Come and plan with me on Tuesdays", "reviews": (today + 14 * DAY, today + 42 * DAY), **more}
    offered = Offered(cast.people[person].pk, cast.people[supporter].pk, **given)
    key = support_actions.offer_support(by=cast.scope(who, at=at), at=at, once=uuid4(), offered=offered)
    return Support.objects.get(pk=key)


def reply(
    cast: Cast,
    of: Support,
    to: Standing | None = Standing.ACCEPTED,
    who: str = "teacher",
    *,
    words: str = "Yes, please",
    at: datetime = AT,
) -> Support:
    """Reply to what was offered."""
    support_actions.reply_to_support(
        by=cast.scope(who, at=at), at=at, once=uuid4(), support=of.pk, version=of.version, reply=words, to=to
    )
    of.refresh_from_db()
    return of


def note(
    cast: Cast,
    of: Support,
    kind: Kind = Kind.HELP,
    who: str = "middle_leader",
    *,
    words: str = "We planned a week together",
    at: datetime = AT,
    on: date | None = None,
) -> Support:
    """Write a line."""
    day = on or timezone.localdate(at)
    by = cast.scope(who, at=at)
    support_actions.note_support(by=by, at=at, once=uuid4(), support=of.pk, kind=kind, on=day, said=words)
    of.refresh_from_db()
    return of


def review(
    cast: Cast,
    of: Support,
    who: str = "middle_leader",
    *,
    on: date | None = None,
    next_on: date | None = None,
    at: datetime = AT,
) -> Support:
    """Hold a review."""
    reviewed = Reviewed(on or timezone.localdate(at), "The starts of lessons are calmer", next_on)
    support_actions.review_support(
        by=cast.scope(who, at=at), at=at, once=uuid4(), support=of.pk, version=of.version, reviewed=reviewed
    )
    of.refresh_from_db()
    return of


def end(
    cast: Cast,
    of: Support,
    to: Standing = Standing.ENDED_WELL,
    who: str = "headteacher",
    *,
    next_on: date | None = None,
    at: datetime = AT,
) -> Support:
    """Say what came of it."""
    ended = Ended(to, "It is enough", next_on)
    support_actions.end_support(
        by=cast.scope(who, at=at), at=at, once=uuid4(), support=of.pk, version=of.version, ended=ended
    )
    of.refresh_from_db()
    return of


def handed(cast: Cast, of: Support, supporter: str, who: str = "headteacher") -> Support:
    """Name somebody else who gives it."""
    support_actions.hand_support(
        by=cast.scope(who), at=AT, once=uuid4(), support=of.pk, version=of.version,
        supporter=cast.people[supporter].pk, said="She has the time",
    )  # fmt: skip
    of.refresh_from_db()
    return of


def running(cast: Cast, at: datetime = AT, **more: str) -> Support:
    """Offer support that is accepted, and give the first help."""
    return note(cast, reply(cast, offer(cast, at=at, **more), at=at), at=at)
