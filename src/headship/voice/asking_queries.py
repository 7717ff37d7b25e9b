"""Reads of who can be asked by name: whoever has a post here, with the groups they answer in, and who was last time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from headship.core import belt
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import rules as people_rules
from headship.people.models import Post
from headship.schools.models import School
from headship.voice.choices import GROUP_OF, OTHER_HEADS, POST, RELATION_OF, TEAM, TRUST_LEADERS, State
from headship.voice.models import Survey

type Groups = Mapping[str, str]
HEADS = "headteacher_360"  # the instrument that leaders beyond the school are asked with


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who can be asked: `post` is the group their post puts them in, `group` the one they answer in.

    `team` is theirs now or, where they are not asked yet, the one they answered in last time. `mailed`: whether they
    have an address here; who has none gets a printed link. `address` is that of whoever works elsewhere.
    """

    person: int
    name: str
    post: str
    group: str
    team: str
    chosen: bool
    mailed: bool = True
    address: str = ""

    @property
    def groups(self) -> dict[str, str]:
        """The groups they answer in, or would."""
        return {POST: self.group, **({TEAM: self.team} if self.team else {})}


@dataclass(frozen=True, slots=True)
class Last:
    """The reader's last survey that asked people by name, and with which groups."""

    title: str
    people: Mapping[int, Groups]


@dataclass(frozen=True, slots=True)
class _Held:
    """Somebody's post: the group it puts them in, and whether it is at another place."""

    person: int
    name: str
    email: str
    post: str
    elsewhere: bool = False


def people_to_ask(scope: Scope, survey: Survey, last: Last | None = None) -> list[Offered]:
    """Return whoever can be asked today, with the group their post puts them in.

    They have a post here and are known to the reader by name; for feedback on a headteacher also whoever leads their
    trust, and the heads of its other schools that are on this installation.
    """
    chosen = {each.person_id: each.groups for each in survey.invitations.exclude(person=None)}
    before = last.people if last else {}
    found: dict[int, Offered] = {}
    for each in (*_held(scope), *(_beyond(scope) if survey.instrument == HEADS else ())):
        if each.person != survey.about_id and each.person not in found:
            groups = chosen.get(each.person) or before.get(each.person, {})
            usual = RELATION_OF[each.post] if survey.about_id else each.post
            found[each.person] = Offered(
                each.person,
                each.name,
                each.post,
                groups.get(POST) or usual,
                groups.get(TEAM, ""),
                each.person in chosen,
                bool(each.email),
                each.email if each.elsewhere else "",
            )
    return list(found.values())


def _running(scope: Scope) -> QuerySet[Post]:
    today = timezone.localdate(scope.at)
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    return held.order_by("person__name", "pk")


def _held(scope: Scope) -> list[_Held]:
    known = [role for role in GROUP_OF if role in people_rules.named(scope)]
    rows = _running(scope).filter(school_id=scope.school_id, role__in=known)
    told = rows.values_list("person_id", "person__name", "person__email", "role")
    return [_Held(person, name, email, GROUP_OF[role]) for person, name, email, role in told]


@contextmanager
def reach(school_id: int) -> Iterator[tuple[int | None, list[int]]]:
    """Open the posts of a school's trust and of its other schools here; give the trust and these schools by key."""
    trust = School.objects.get(pk=school_id).trust_id
    others = School.objects.filter(trust_id=trust).exclude(pk=school_id) if trust else School.objects.none()
    keys = list(others.values_list("pk", flat=True))
    why = "a headteacher asks leaders of the trust and heads of its other schools for feedback"
    with belt.at_schools(keys, because=why), belt.at_trust(trust, because=why) if trust else nullcontext():
        yield trust, keys


def _beyond(scope: Scope) -> list[_Held]:
    """Return who leads the school's trust, then the heads of its other schools: by name and post, nothing else."""
    with reach(scope.school_id) as (trust, others):
        leaders = _running(scope).filter(trust_id=trust, role=Role.TRUST_LEADER) if trust else Post.objects.none()
        heads = _running(scope).filter(school_id__in=others, role=Role.HEADTEACHER)
        return [
            _Held(person, name, email, post, elsewhere=True)
            for post, held in ((TRUST_LEADERS, leaders), (OTHER_HEADS, heads))
            for person, name, email in held.values_list("person_id", "person__name", "person__email")
        ]


def last_asked(scope: Scope, survey: Survey) -> Last | None:
    """Return whom the reader asked by name last time: with the same questions if ever, else with any.

    Only of surveys they ran themselves: who was asked is known to whoever runs a survey.
    """
    own = Survey.objects.filter(school_id=scope.school_id, run_by_id=scope.person_id, about_id=survey.about_id)
    ran = own.exclude(state=State.DRAFT).filter(invitations__person__isnull=False).distinct()
    found = list(ran.only("title", "instrument").order_by("-opened_on", "-pk")[:20])
    same = next((each for each in found if each.instrument == survey.instrument), found[0] if found else None)
    if same is None:
        return None
    rows = same.invitations.exclude(person=None).values_list("person_id", "groups")
    return Last(same.title, dict(rows))
