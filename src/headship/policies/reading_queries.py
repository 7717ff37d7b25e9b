"""Who is asked to read a policy, and who has: leavers drop from the list, a new version asks again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from headship.core.roles import STAFF
from headship.core.scope import Scope
from headship.people.models import Post
from headship.policies import queries
from headship.policies.choices import Asks
from headship.policies.models import Acknowledgement, Policy, PolicyVersion

type Staff = Mapping[int, Mapping[str, date]]


@dataclass(frozen=True, slots=True)
class Read:
    """How far the reading of a version is: who is asked, and who of them is still to come."""

    asked: frozenset[int]
    missing: frozenset[int]
    due_on: date

    @property
    def done(self) -> int:
        """How many have read it."""
        return len(self.asked) - len(self.missing)


@dataclass(frozen=True, slots=True)
class ToRead:
    """A version that somebody is asked to read, by when, and when they said they have."""

    version: PolicyVersion
    due_on: date
    read_on: date | None


def staff(scope: Scope, person: int | None = None) -> Staff:
    """Return the staff of today, or one of them, each with their posts and since when they hold them."""
    today = timezone.localdate(scope.at)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    rows = Post.objects.filter(not_over, school_id=scope.school_id, starts_on__lte=today, role__in=STAFF)
    if person is not None:
        rows = rows.filter(person_id=person)
    found: dict[int, dict[str, date]] = {}
    for key, role, since in rows.order_by("pk").values_list("person_id", "role", "starts_on"):
        held = found.setdefault(key, {})
        held[role] = min(since, held.get(role, since))
    return found


def asks(of: Policy, posts: Mapping[str, date]) -> date | None:
    """Return since when somebody holds a post that a policy asks to read it; None where it asks none of theirs."""
    if of.asks == Asks.NOBODY or of.withdrawn_on:
        return None
    asked = posts if of.asks == Asks.ALL else {role: since for role, since in posts.items() if role in of.asked_posts}
    return min(asked.values(), default=None)


def due_on(of: PolicyVersion, since: date) -> date:
    """Return the day by which somebody in post since a day is to have read a version."""
    return max(first_due(of), since + timedelta(days=of.policy.days_to_read))


def first_due(of: PolicyVersion) -> date:
    """Return the day by which those in post when a version came into force are to have read it: it tells of nobody."""
    assert of.in_force_on is not None  # only versions in force are read
    return of.in_force_on + timedelta(days=of.policy.days_to_read)


def read_of(scope: Scope, of: PolicyVersion) -> Read:
    """Return how far the reading of a version is."""
    return reads(scope, [of])[of.pk]


def reads(scope: Scope, versions: Sequence[PolicyVersion]) -> dict[int, Read]:
    """Return how far the reading of each of these versions is."""
    here = staff(scope)
    read: dict[int, set[int]] = {}
    rows = Acknowledgement.objects.filter(policy_version__in=[each.pk for each in versions])
    for key, person in rows.values_list("policy_version_id", "person_id"):
        read.setdefault(key, set()).add(person)
    return {each.pk: _read(each, here, read.get(each.pk, set())) for each in versions}


def _read(of: PolicyVersion, here: Staff, read: set[int]) -> Read:
    since = {person: day for person, posts in here.items() if (day := asks(of.policy, posts))}
    missing = frozenset(since) - read
    first = min((due_on(of, since[person]) for person in missing), default=of.in_force_on or date.max)
    return Read(frozenset(since), missing, first)


def asked_of(scope: Scope) -> list[ToRead]:
    """Return what the reader is asked to read, what waits longest first and what they have read last."""
    mine = staff(scope, scope.person_id).get(scope.person_id)
    if not mine:
        return []
    asked = [(now, since) for now in queries.to_be_read(scope) if (since := asks(now.policy, mine))]
    keys = [now.pk for now, _ in asked]
    said = Acknowledgement.objects.filter(person_id=scope.person_id, policy_version__in=keys)
    on = dict(said.values_list("policy_version_id", "on"))
    found = [ToRead(now, due_on(now, since), on.get(now.pk)) for now, since in asked]
    return sorted(found, key=lambda each: (each.read_on is not None, each.due_on, each.version.pk))


def waiting(scope: Scope) -> list[ToRead]:
    """Return what the reader is asked to read and has not."""
    return [each for each in asked_of(scope) if each.read_on is None]


def is_asked(scope: Scope, of: PolicyVersion) -> bool:
    """Whether the reader is asked to read a version: of a policy that asks them, in force today."""
    posts = staff(scope, scope.person_id).get(scope.person_id, {})
    in_force = queries.is_in_force(of, timezone.localdate(scope.at))
    return in_force and asks(of.policy, posts) is not None


def read_on(scope: Scope, of: PolicyVersion) -> date | None:
    """Return the day the reader said they have read a version."""
    found = Acknowledgement.objects.filter(policy_version=of, person_id=scope.person_id).first()
    return found.on if found else None
