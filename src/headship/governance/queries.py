"""Reads about the audit log's proof: its state and its readers. Nothing here reads what the log says was done."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.core.models import ChainHead, Checkpoint
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.governance import rules
from headship.governance.models import CheckpointReader
from headship.people.models import Post

INSTALLATION = 0


@dataclass(frozen=True, slots=True)
class State:
    """How long a school's log is, and the newest checkpoint of it."""

    length: int
    signed_length: int
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A school whose chosen people wait for a checkpoint: their addresses, by the key of their choice."""

    school_id: int
    urn: int
    name: str
    addresses: Mapping[int, str]


def version(chosen_now: Collection[int]) -> str:
    """Return what tells one choice of readers from another, for the form of whoever chooses anew."""
    return ",".join(str(each) for each in sorted(chosen_now)) or "nobody"


def state(scope: Scope) -> State:
    """Return the state of the log of the scope's school."""
    head = ChainHead.objects.filter(chain=scope.school_id).first()
    newest = Checkpoint.objects.filter(chain=scope.school_id).order_by("-length").first()
    return State(head.length if head else 0, newest.length if newest else 0, newest.at if newest else None)


def candidates(scope: Scope) -> dict[int, str]:
    """Return who may be chosen: person and words, of posts held today by people whose account is open."""
    held = _held_on(scope.school_id, timezone.localdate(scope.at)).order_by("person__name", "pk")
    posts: dict[int, list[str]] = defaultdict(list)
    names = {}
    for post in held:
        posts[post.person_id].append(Role(post.role).words.lower())
        names[post.person_id] = post.person.name
    return {person_id: f"{name}, {' and '.join(posts[person_id])}" for person_id, name in names.items()}


def chosen(scope: Scope) -> frozenset[int]:
    """Return who is chosen at the scope's school, of those who still may be."""
    ids = CheckpointReader.objects.filter(school_id=scope.school_id).values_list("person_id", flat=True)
    return frozenset(ids) & frozenset(candidates(scope))


def due(today: date) -> list[Due]:
    """Return the schools with chosen people who got nothing yet today, and whose log grew since."""
    waiting = CheckpointReader.objects.filter(Q(sent_on=None) | Q(sent_on__lt=today)).select_related("school")
    lengths = dict(ChainHead.objects.values_list("chain", "length"))
    grouped: dict[int, list[CheckpointReader]] = defaultdict(list)
    for reader in waiting.order_by("school_id", "pk"):
        if lengths.get(reader.school_id, 0) > reader.sent_length:
            grouped[reader.school_id].append(reader)
    found = [_due(school_id, readers, today) for school_id, readers in grouped.items()]
    return [each for each in found if each.addresses]


def _due(school_id: int, readers: list[CheckpointReader], today: date) -> Due:
    held = {post.person_id: post.person.account.email for post in _held_on(school_id, today)}
    addresses = {reader.pk: held[reader.person_id] for reader in readers if reader.person_id in held}
    return Due(school_id, readers[0].school.urn, readers[0].school.name, addresses)


def _held_on(school_id: int, today: date) -> QuerySet[Post]:
    """Return the posts held that day that may get checkpoints, by people whose account is open."""
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    held = Post.objects.filter(not_over, school_id=school_id, starts_on__lte=today, role__in=rules.RECEIVERS)
    return held.filter(person__account__is_active=True).select_related("person__account")
