"""What of policies waits for a reader, what is new, and what is on the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from headship.core.registry import CalendarEvent, News, NextAction
from headship.core.scope import Scope
from headship.policies import change_queries, queries, reading_queries, rules
from headship.policies.choices import Approver, Stage
from headship.policies.pages import address

SOON = timedelta(days=14)
REVIEWED = timedelta(days=30)
FIRST, LATER = 60, 50


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Yield what waits: something to read, to approve, to bring into force, to review, to do."""
    if rules.see(scope) is not None:
        return
    yield from _to_read(scope)
    yield from _to_approve(scope)
    until = timezone.localdate(scope.at)
    for of in queries.owned_reviews(scope, until + REVIEWED):
        words = f"Review “{of.title}”"
        yield NextAction(words, address(scope, "policy", policy=of.pk), 30, of.review_on, LATER)
    for doing in change_queries.mine(scope, until + SOON):
        url = address(scope, "change-in-policy", change=doing.duty.change_id)
        yield NextAction(f"Say how far it is: {doing.what}"[:120], url, 3, doing.due_on, 55)
    for duty in change_queries.my_duties(scope, until + SOON):
        url = address(scope, "change-in-policy", change=duty.change_id)
        yield NextAction(f"Answer what policy asks: {duty.words}"[:120], url, 10, duty.due_on, LATER)


def _to_read(scope: Scope) -> Iterator[NextAction]:
    waits = reading_queries.waiting(scope)
    if len(waits) == 1:
        each = waits[0]
        url = address(scope, "policy", policy=each.version.policy_id)
        yield NextAction(f"Read “{each.version.policy.title}” and say so", url, 5, each.due_on, FIRST)
    elif waits:
        url, first = address(scope, "policies-to-read"), waits[0].due_on
        yield NextAction(f"Read {len(waits)} policies and say so", url, 5 * len(waits), first, FIRST)


def _to_approve(scope: Scope) -> Iterator[NextAction]:
    if not scope.has(*rules.APPROVERS):
        return
    brings = scope.has(*rules.KEEPERS[:1])
    opened = queries.open_versions(scope, Stage.OFFERED, *((Stage.APPROVED,) if brings else ()))
    for each in opened:
        approver = Approver(each.policy.approver)
        if each.stage == Stage.OFFERED and rules.approves(scope, approver) is None:
            url = address(scope, "policy-text", text=each.pk)
            yield NextAction(_approve(approver, each.policy.title), url, 10, None, LATER)
    for review in queries.reviews_waiting(scope).defer(f"policy_version__{queries.HEAVY}"):
        of = review.policy_version.policy
        if rules.approves(scope, approver := Approver(of.approver)) is None:
            url = address(scope, "policy", policy=of.pk)
            yield NextAction(f"{_approve(approver, of.title)}, reviewed without change", url, 2, None, LATER)
    for each in opened:
        if each.stage == Stage.APPROVED:
            url = address(scope, "policy-text", text=each.pk)
            yield NextAction(f"Bring “{each.policy.title}” into force", url, 2, None, LATER)


def _approve(approver: Approver, title: str) -> str:
    return f"Approve “{title}”" if approver == Approver.HEAD else f"Bring “{title}” to the board"


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Yield the versions that came into force, and the changes others noted, since the reader was here."""
    if rules.see(scope) is not None:
        return
    for each in queries.brought_since(scope, since):
        assert each.in_force_on is not None  # the query asked for it
        words = f"In force: “{each.policy.title}”, version {each.number}"
        yield News(_end(each.in_force_on), words, address(scope, "policy", policy=each.policy_id))
    for change in change_queries.noted_since(scope, since):
        url = address(scope, "change-in-policy", change=change.pk)
        yield News(_end(change.noted_on), f"Policy changes: {change.title}", url)


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put reviews, duties and the days from which changes hold on the calendar."""
    if rules.see(scope) is not None:
        return
    for of in queries.reviews_between(scope, since, until):
        assert of.review_on is not None  # it lies between
        url = address(scope, "policy", policy=of.pk)
        yield CalendarEvent(of.review_on, of.review_on, f"Review due: {of.title}", url=url)
    for duty in change_queries.duties_between(scope, since, until):
        assert duty.due_on is not None  # the same
        url = address(scope, "change-in-policy", change=duty.change_id)
        yield CalendarEvent(duty.due_on, duty.due_on, f"Due: {duty.words}"[:120], url=url)
    for change in change_queries.in_force_between(scope, since, until):
        assert change.in_force_on is not None  # the same
        url = address(scope, "change-in-policy", change=change.pk)
        yield CalendarEvent(change.in_force_on, change.in_force_on, f"In force: {change.title}"[:120], url=url)


def _end(day: date) -> datetime:
    """Return the end of a day: policies keep no time."""
    return timezone.make_aware(datetime.combine(day, time.max))
