"""Policies and changes in policy for programs, by the rules of their pages."""

from collections.abc import Container
from datetime import date
from typing import Any, Self

from django.utils import timezone

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, Personal, page, page_of
from headship.policies import change_queries, queries
from headship.policies.models import Duty, DutyAction, PolicyChange, PolicyVersion
from headship.policies.queries import Listed


class PolicyGiven(Given):
    """A policy as it stands today. What nobody set is null."""

    id: OfSchool[int]
    title: OfSchool[str]
    required: OfSchool[str]
    approver: OfSchool[str]
    months: OfSchool[int | None]
    review_on: OfSchool[date | None]
    published: OfSchool[bool]
    in_force: OfSchool[int | None]
    in_force_on: OfSchool[date | None]
    withdrawn_on: OfSchool[date | None]
    version: OfSchool[int]

    @classmethod
    def of(cls, row: Listed, **named: Any) -> Self:
        """Return a policy as programs get it."""
        now = row.now
        held = {"in_force": now.pk if now else None, "in_force_on": now.in_force_on if now else None}
        return super().of(row.policy, **held, **named)


class VersionGiven(Given):
    """A version of a policy, with its words."""

    id: OfSchool[int]
    policy: OfSchool[int]
    number: OfSchool[int]
    stage: OfSchool[str]
    words: OfSchool[str]
    why: OfSchool[str]
    in_force_on: OfSchool[date | None]
    superseded_on: OfSchool[date | None]
    version: OfSchool[int]

    @classmethod
    def of(cls, row: PolicyVersion, **named: Any) -> Self:
        """Return a version as programs get it."""
        return super().of(row, policy=row.policy_id, **named)


class ActionGiven(Given):
    """What is done for a duty."""

    id: OfSchool[int]
    what: Personal[str]
    progress: OfSchool[str]
    due_on: OfSchool[date]
    done_on: OfSchool[date | None]
    said: Personal[str]

    @classmethod
    def of(cls, row: DutyAction, **named: Any) -> Self:
        """Return an action as programs get it."""
        return super().of(row, **named)


class DutyGiven(Given):
    """A duty, how the school answers it, and what is done. A policy the reader may not know of is null."""

    id: OfSchool[int]
    words: OfSchool[str]
    due_on: OfSchool[date | None]
    answer: OfSchool[str]
    policy: OfSchool[int | None]
    because: OfSchool[str]
    actions: list[ActionGiven]

    @classmethod
    def of(cls, row: Duty, *, known: Container[int] = (), **named: Any) -> Self:
        """Return a duty as programs get it."""
        policy = row.policy_id if row.policy_id in known else None
        done = [ActionGiven.of(each) for each in row.actions.all()]
        return super().of(row, policy=policy, actions=done, **named)


class ChangeGiven(Given):
    """A change in policy with its duties."""

    id: OfSchool[int]
    title: OfSchool[str]
    origin: OfSchool[str]
    source: OfSchool[str]
    link: OfSchool[str]
    published_on: OfSchool[date | None]
    in_force_on: OfSchool[date | None]
    means: OfSchool[str]
    version: OfSchool[int]
    duties: list[DutyGiven]

    @classmethod
    def of(cls, row: PolicyChange, *, known: Container[int] = (), **named: Any) -> Self:
        """Return a change as programs get it."""
        return super().of(row, duties=[DutyGiven.of(each, known=known) for each in row.duties.all()], **named)


def policies(scope: Scope, asked: Asked) -> Page[PolicyGiven]:
    """List the school's policies that stand, by title."""
    return page(queries.listed(scope), asked, PolicyGiven.of)


def policy(scope: Scope, policy: Key) -> PolicyGiven:
    """Read one policy."""
    found = existing(queries.policy(scope, policy))
    now = queries.on_day(scope, found, timezone.localdate(scope.at))
    return PolicyGiven.of(Listed(found, now, None, None))


def versions(scope: Scope, policy: Key, asked: Asked) -> Page[VersionGiven]:
    """List the versions of a policy that you may know of, newest first."""
    return page(queries.versions_of(scope, existing(queries.policy(scope, policy))), asked, VersionGiven.of)


def version(scope: Scope, text: Key) -> VersionGiven:
    """Read one version."""
    return VersionGiven.of(existing(queries.version(scope, text)))


def changes(scope: Scope, asked: Asked) -> Page[ChangeGiven]:
    """List the changes in policy, newest first, each with its duties and actions."""
    known = queries.known(scope)
    return page_of(change_queries.changes(scope), asked, lambda row: ChangeGiven.of(row, known=known))


def change(scope: Scope, change: Key) -> ChangeGiven:
    """Read one change."""
    return ChangeGiven.of(existing(change_queries.change(scope, change)), known=queries.known(scope))
