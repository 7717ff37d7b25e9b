"""Reads of who can be asked by name: whoever has a post here, with the groups they answer in, and who was last time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from headship.core.scope import Scope
from headship.people import rules as people_rules
from headship.people.models import Post
from headship.voice.choices import GROUP_OF, POST, RELATION_OF, TEAM, State
from headship.voice.models import Survey

type Groups = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who can be asked: `post` is the group their post puts them in, `group` the one they answer in.

    `team` is theirs now or, where they are not asked yet, the one they answered in last time. `mailed`: whether they
    have an address here; who has none gets a printed link.
    """

    person: int
    name: str
    post: str
    group: str
    team: str
    chosen: bool
    mailed: bool = True

    @property
    def groups(self) -> dict[str, str]:
        """The groups they answer in, or would."""
        return {POST: self.group, **({TEAM: self.team} if self.team else {})}


@dataclass(frozen=True, slots=True)
class Last:
    """The reader's last survey that asked people by name, and with which groups."""

    title: str
    people: Mapping[int, Groups]


def people_to_ask(scope: Scope, survey: Survey, last: Last | None = None) -> list[Offered]:
    """Return whoever has a post here today whom the reader knows by name, with the group their post puts them in."""
    chosen = {each.person_id: each.groups for each in survey.invitations.exclude(person=None)}
    before = last.people if last else {}
    found: dict[int, Offered] = {}
    for person, name, email, role in _held(scope):
        if person != survey.about_id and person not in found:
            post = GROUP_OF[role]
            groups = chosen.get(person) or before.get(person, {})
            usual = RELATION_OF[post] if survey.about_id else post
            found[person] = Offered(
                person, name, post, groups.get(POST) or usual, groups.get(TEAM, ""), person in chosen, bool(email)
            )
    return list(found.values())


def _held(scope: Scope) -> list[tuple[int, str, str, str]]:
    today = timezone.localdate(scope.at)
    known = [role for role in GROUP_OF if role in people_rules.named(scope)]
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    held = Post.objects.filter(running, school_id=scope.school_id, starts_on__lte=today, role__in=known)
    return list(held.order_by("person__name", "pk").values_list("person_id", "person__name", "person__email", "role"))


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
