"""What tests of policies do again and again, by the product's own actions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from headship.policies import actions, approval_actions, change_actions
from headship.policies.actions import Put
from headship.policies.approval_actions import Approved
from headship.policies.change_actions import Asked, Doing, Told
from headship.policies.choices import Answer, Approver, Asks, Origin, Progress
from headship.policies.models import DutyAction, Policy, PolicyReview, PolicyVersion
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)
WORDS = "Who this is for\n\nAll of us.\n\nWhat we do\n\nWe knock before we enter a room."
BOARDS = {"approver": Approver.BOARD, "meeting": "Full board, minute 7"}


def put(cast: Cast, **changed: object) -> Put:
    """Return a policy that the business manager answers for and the headteacher approves."""
    return replace(Put("Visitors", cast.people["business_manager"].pk, Approver.HEAD, 12), **changed)


def add(
    cast: Cast, persona: str = "headteacher", at: datetime = AT, once: UUID | None = None, **changed: object
) -> int:
    """Add a policy."""
    by = cast.scope(persona)
    return actions.add_policy(by=by, at=at, once=once or uuid4(), put=put(cast, **changed))


def draft(
    cast: Cast, policy: int, words: str = WORDS, persona: str = "headteacher", *, at: datetime = AT, why: str = ""
) -> int:
    """Draft the next words of a policy."""
    return actions.draft_version(by=cast.scope(persona), at=at, policy=policy, words=words, why=why)


def offer(cast: Cast, key: int, persona: str = "headteacher", at: datetime = AT) -> None:
    """Offer words for approval."""
    version = PolicyVersion.objects.get(pk=key).version
    actions.offer_version(by=cast.scope(persona), at=at, policy_version=key, version=version)


def approve(  # what an approval may say
    cast: Cast,
    key: int,
    persona: str = "",
    *,
    on: date | None = None,
    at: datetime = AT,
    meeting: str = "Full board, minute 7",
    version: int = 0,
    once: UUID | None = None,
) -> int:
    """Approve words by whoever must, on the day they were last changed unless said."""
    now = PolicyVersion.objects.select_related("policy").get(pk=key)
    heads = now.policy.approver == Approver.HEAD
    approved = Approved(on or now.worded_on, "" if heads else meeting)
    return approval_actions.approve_version(
        by=cast.scope(persona or ("headteacher" if heads else "clerk")),
        at=at,
        once=once or uuid4(),
        policy_version=key,
        version=version or now.version,
        approved=approved,
    )


def bring(cast: Cast, key: int, on: date | None = None, persona: str = "headteacher", at: datetime = AT) -> None:
    """Bring approved words into force, from the day they were last changed unless said."""
    now = PolicyVersion.objects.get(pk=key)
    by, on = cast.scope(persona), on or now.worded_on
    actions.bring_into_force(by=by, at=at, policy_version=key, version=now.version, on=on)


def hold(cast: Cast, policy: int, words: str = WORDS, at: datetime = AT, on: date | None = None) -> int:
    """Draft, approve and bring into force; return the version's key."""
    key = draft(cast, policy, words, at=at)
    approve(cast, key, at=at)
    bring(cast, key, on=on, at=at)
    return key


def in_force(cast: Cast, words: str = WORDS, at: datetime = AT, **changed: object) -> tuple[int, int]:
    """Add a policy with words in force; return its key and the version's."""
    key = add(cast, at=at, **changed)
    return key, hold(cast, key, words, at=at)


def asking(cast: Cast, at: datetime = AT, **changed: object) -> tuple[int, int]:
    """Add a policy in force that all staff are asked to read."""
    return in_force(cast, at=at, **{"asks": Asks.ALL, **changed})


def read(cast: Cast, key: int, persona: str = "teacher") -> None:
    """Say that somebody has read a version."""
    actions.acknowledge(by=cast.scope(persona), at=AT, policy_version=key)


def review(cast: Cast, policy: int, persona: str = "headteacher", at: datetime = AT, once: UUID | None = None) -> int:
    """Note that a review found nothing to change."""
    return approval_actions.note_review(by=cast.scope(persona), at=at, once=once or uuid4(), policy=policy)


def approve_review(
    cast: Cast,
    key: int,
    persona: str = "headteacher",
    *,
    on: date | None = None,
    meeting: str = "",
    once: UUID | None = None,
) -> int:
    """Approve that nothing changed."""
    approved = Approved(on or PolicyReview.objects.get(pk=key).on, meeting)
    by = cast.scope(persona)
    return approval_actions.approve_review(by=by, at=AT, once=once or uuid4(), review=key, approved=approved)


def told(**changed: object) -> Told:
    """Return a change of the demonstration authority's."""
    return replace(
        Told("Visitors sign in", Origin.LOCAL, "Letter of the example authority", in_force_on=TODAY, means="A book"),
        **changed,
    )


def change(
    cast: Cast, persona: str = "headteacher", at: datetime = AT, once: UUID | None = None, **changed: object
) -> int:
    """Note a change."""
    return change_actions.note_change(by=cast.scope(persona), at=at, once=once or uuid4(), told=told(**changed))


def duty(cast: Cast, of: int, persona: str = "headteacher", once: UUID | None = None, **changed: object) -> int:
    """Say what a change asks."""
    asked = replace(Asked("Every visitor signs in", TODAY + 30 * DAY), **changed)
    return change_actions.add_duty(by=cast.scope(persona), at=AT, once=once or uuid4(), change=of, asked=asked)


def answered(cast: Cast, of: int, policy: int, **changed: object) -> int:
    """Say what a change asks, answered by a policy and by the business manager."""
    owner = cast.people["business_manager"].pk
    return duty(cast, of, **{"answer": Answer.POLICY, "policy": policy, "owner": owner, **changed})


def doing(cast: Cast, **changed: object) -> Doing:
    """Return an action of the teacher's, due in ten days."""
    return replace(Doing("Put a book at the door", cast.people["teacher"].pk, TODAY + 10 * DAY), **changed)


def act(cast: Cast, of: int, persona: str = "headteacher", once: UUID | None = None, **changed: object) -> int:
    """Plan an action on a duty."""
    by = cast.scope(persona)
    return change_actions.add_action(by=by, at=AT, once=once or uuid4(), duty=of, doing=doing(cast, **changed))


def move(
    cast: Cast, key: int, to: Progress | str, persona: str = "teacher", *, said: str = "", version: int = 0
) -> None:
    """Say how far an action is."""
    version = version or DutyAction.objects.get(pk=key).version
    by = cast.scope(persona)
    change_actions.move_action(by=by, at=AT, doing_key=key, version=version, to=Progress(to), said=said)


def of(key: int) -> Policy:
    """Return a policy as it stands."""
    return Policy.objects.get(pk=key)


@contextmanager
def meanwhile(table: str, change: Callable[[], object]) -> Iterator[None]:
    """Let somebody else write just before rows of a table are first read by themselves, as a lock would wait for."""
    waits = True

    def between(execute, sql, params, many, context):
        nonlocal waits
        if waits and sql.startswith(f'SELECT "{table}".'):
            waits = False
            change()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        yield
