"""Reads of the map: what holds on a day, who stands where, what overlaps, what nobody decides, who carries how much."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from headship.analysis import decision_shares
from headship.core.roles import BOARD as BOARD_ROLES
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.people.models import Post
from headship.strategy.models import Area, AreaVersion, Right, Team, TeamMember
from headship.strategy.rights_choices import BOARD, Part, Party

NOBODY = "Nobody is said to decide"
THE_BOARD = "The governing board"


@dataclass(frozen=True, slots=True)
class Held:
    """A part that somebody has in an area, within a limit in words if there is one."""

    part: Part
    party: Party
    limit: str = ""


@dataclass(frozen=True, slots=True)
class AreaNow:
    """An area as it stands on a day."""

    key: int
    name: str
    words: str
    since: date
    version: int
    held: Sequence[Held]

    def of(self, part: Part) -> list[Held]:
        """Return who has a part in it."""
        return [each for each in self.held if each.part == part]


@dataclass(frozen=True, slots=True)
class Load:
    """How much somebody carries: their party, and how many areas they decide and are consulted on."""

    party: Party
    decides: int
    consulted: int
    far_more: bool


@dataclass(frozen=True, slots=True)
class Everybody:
    """Who there is today: people as the reader knows them, who holds which post, and the teams."""

    people: Holders
    by_post: Mapping[str, Sequence[int]]
    teams: Mapping[int, Team]

    def told(self, party: Party) -> str:
        """Return who a party is, in words."""
        if party.person is not None:
            return self.people.told(party.person)
        if party.team is not None:
            team = self.teams.get(party.team)
            return f"{team.name} (team)" if team else "A team that is no more"
        if party.post == BOARD:
            return THE_BOARD
        held = self.by_post.get(party.post, ())
        return Role(party.post).words + (f" ({len(held)} people)" if len(held) > 1 else "")

    def called(self, party: Party) -> str:
        """Return the name of a party alone, where the reader may know it; else who it is in words."""
        name = self.people.names.get(party.person, "") if party.person is not None else ""
        return name or self.told(party)

    def seat(self, party: Party) -> Party:
        """Return the person behind a post that only they hold; anybody else stands for themselves."""
        held = self.by_post.get(party.post, ()) if party.post != BOARD else ()
        return Party(person=held[0]) if len(held) == 1 else party

    def carries(self, party: Party) -> Party:
        """Return who carries what a party decides: of a team, its lead."""
        team = self.teams.get(party.team) if party.team is not None else None
        return Party(person=team.lead_id) if team else self.seat(party)

    def gone(self, party: Party) -> str:
        """Say why a party decides nothing any more, or nothing."""
        if party.person is not None:
            return "" if party.person in self.people.posts else "Whoever decided works here no longer"
        if party.team is not None:
            return "" if party.team in self.teams else "The team that decided is no more"
        vacant = party.post != BOARD and not self.by_post.get(party.post)
        return f"Nobody holds the post that decides: {Role(party.post).words.lower()}" if vacant else ""


@dataclass(frozen=True, slots=True)
class Map:
    """Every area on a day, with who there is."""

    areas: Sequence[AreaNow]
    who: Everybody

    @property
    def overlaps(self) -> list[tuple[AreaNow, str]]:
        """Areas that more than one decides, within the same limit, with who they are."""
        return [(each, said) for each in self.areas if (said := self._overlap(each))]

    @property
    def gaps(self) -> list[tuple[AreaNow, str]]:
        """Areas that nobody decides, or somebody who is gone, with why."""
        return [(each, said) for each in self.areas if (said := self._gap(each))]

    @property
    def loads(self) -> list[Load]:
        """How much each carries, whoever decides most first; nobody who neither decides nor is consulted."""
        decides = self._counted(Part.DECIDES)
        consulted = self._counted(Part.CONSULTED)
        people = {party.person: count for party, count in decides.items() if party.person is not None}
        more = decision_shares.far_more(people)
        found = [
            Load(party, decides[party], consulted[party], party.person in more) for party in {**decides, **consulted}
        ]
        return sorted(found, key=lambda each: (-each.decides, -each.consulted, self.who.told(each.party).casefold()))

    @property
    def columns(self) -> list[Party]:
        """Everybody who decides or is consulted, whoever decides most first."""
        weights: Counter[Party] = Counter()
        for each in self.areas:
            for held in each.held:
                if held.part != Part.TOLD:
                    weights[self.who.seat(held.party)] += 1000 if held.part == Part.DECIDES else 1
        return sorted(weights, key=lambda party: (-weights[party], self.who.told(party).casefold()))

    def _counted(self, part: Part) -> Counter[Party]:
        found: Counter[Party] = Counter()
        for each in self.areas:
            found.update({self.who.carries(held.party) for held in each.of(part) if not self.who.gone(held.party)})
        return found

    def _overlap(self, area: AreaNow) -> str:
        live = [each for each in area.of(Part.DECIDES) if not self.who.gone(each.party)]
        alike = [each for each in live if [it.limit.casefold() for it in live].count(each.limit.casefold()) > 1]
        if alike:
            return " and ".join(self.who.told(each.party) for each in alike)
        many = [self.who.told(each.party) for each in live if len(self.who.by_post.get(each.party.post, ())) > 1]
        return many[0] if many else ""

    def _gap(self, area: AreaNow) -> str:
        deciders = area.of(Part.DECIDES)
        return next((said for each in deciders if (said := self.who.gone(each.party))), "") if deciders else NOBODY


def everybody(scope: Scope) -> Everybody:
    """Return who there is at the school today."""
    return Everybody(holders(scope), _by_post(_posts(scope)), {each.pk: each for each in standing_teams(scope)})


def standing_teams(scope: Scope) -> list[Team]:
    """Return the school's teams of today by name."""
    return list(Team.objects.filter(school_id=scope.school_id, ended_on=None).order_by("name", "pk"))


def today(scope: Scope) -> Map:
    """Return the map of today."""
    return Map(_areas(list(_newest(scope).prefetch_related("rights"))), everybody(scope))


def gaps(scope: Scope) -> list[str]:
    """Return the names of the areas of today that nobody decides: of each no more is read than who does."""
    newest = _newest(scope)
    names: dict[int, str] = dict(newest.values_list("pk", "name"))
    deciding: dict[int, list[Party]] = {key: [] for key in names}
    rights = Right.objects.filter(part=Part.DECIDES, version__in=newest.values("pk"))
    for key, person, team, post in rights.values_list("version_id", "person_id", "team_id", "post"):
        deciding[key].append(Party(person, team, post))
    who = _still_here(scope, frozenset(each for held in deciding.values() for each in held))
    left = (names[key] for key, held in deciding.items() if not held or any(who.gone(each) for each in held))
    return sorted(left, key=str.casefold)


def _still_here(scope: Scope, parties: frozenset[Party]) -> Everybody:
    """Return who of some parties is there today, without names: enough to tell who is gone."""
    people = {each.person for each in parties if each.person is not None}
    wanted = Q(person_id__in=people) | Q(role__in={each.post for each in parties if each.post})
    by_post = _by_post(_posts(scope).filter(wanted)) if parties else {}
    present = dict.fromkeys((person for held in by_post.values() for person in held), "")
    teams = standing_teams(scope) if any(each.team is not None for each in parties) else ()
    return Everybody(Holders({}, present, frozenset()), by_post, {each.pk: each for each in teams})


def on_day(scope: Scope, day: date) -> Map:
    """Return the map as it was on a day; people are told as they are known today."""
    rows = AreaVersion.objects.filter(area__school_id=scope.school_id, since__lte=day)
    rows = rows.filter(Q(area__ended_on=None) | Q(area__ended_on__gt=day)).order_by("area_id", "version")
    newest = {area: pk for area, pk in rows.values_list("area_id", "pk")}  # noqa: C416  # the last of each stays
    return Map(
        _areas(list(AreaVersion.objects.filter(pk__in=newest.values()).prefetch_related("rights"))), everybody(scope)
    )


def area(scope: Scope, key: int) -> Area | None:
    """Return one of the school's areas, ended ones too."""
    return Area.objects.filter(school_id=scope.school_id, pk=key).first()


def versions(of: Area) -> list[AreaVersion]:
    """Return an area's versions, the newest first."""
    return list(of.versions.prefetch_related("rights").select_related("by").order_by("-version"))


def stands(row: AreaVersion) -> AreaNow:
    """Return an area as one of its versions says it."""
    held = [
        Held(Part(each.part), Party(each.person_id, each.team_id, each.post), each.limit) for each in row.rights.all()
    ]
    return AreaNow(row.area_id, row.name, row.words, row.since, row.version, held)


def names(scope: Scope) -> list[tuple[int, str]]:
    """Return the areas of today, by name, with their keys."""
    return sorted(_newest(scope).values_list("area_id", "name"), key=lambda each: each[1].casefold())


def name_of(scope: Scope, area: int) -> str:
    """Return what an area is called by its newest version."""
    rows = AreaVersion.objects.filter(area__school_id=scope.school_id, area_id=area)
    return rows.order_by("-version").values_list("name", flat=True)[0]


def may_decide(scope: Scope, area: int) -> bool | None:
    """Whether the map lets the reader decide an area: by name, by post, in a team or as one of the board.

    None where the map says nobody, and where there is no such area.
    """
    rights = list(
        Right.objects.filter(version__area_id=area, version__area__school_id=scope.school_id, part=Part.DECIDES).filter(
            version__version=F("version__area__version")
        )
    )
    if not rights:
        return None
    teams = set(
        TeamMember.objects.filter(team__school_id=scope.school_id, person_id=scope.person_id, until=None).values_list(
            "team_id", flat=True
        )
    )
    posts = {*scope.roles, *((BOARD,) if scope.roles & BOARD_ROLES else ())}
    return any(each.person_id == scope.person_id or each.team_id in teams or each.post in posts for each in rights)


def agreed_since(scope: Scope, day: date) -> list[AreaVersion]:
    """Return what others said about who decides since a day, the newest first."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    found = AreaVersion.objects.filter(area__school_id=scope.school_id, area__ended_on=None, at__gte=begins)
    return list(found.exclude(by_id=scope.person_id).order_by("-pk")[:5])


def source(key: int) -> str:
    """Return how evidence names an area."""
    return f"strategy.Area:{key}"


def _newest(scope: Scope) -> QuerySet[AreaVersion]:
    found = AreaVersion.objects.filter(area__school_id=scope.school_id, area__ended_on=None)
    return found.filter(version=F("area__version"))


def _areas(rows: Sequence[AreaVersion]) -> list[AreaNow]:
    return sorted((stands(each) for each in rows), key=lambda each: each.name.casefold())


def _posts(scope: Scope) -> QuerySet[Post]:
    """Return the posts held at the school today."""
    day = timezone.localdate(scope.at)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Post.objects.filter(not_over, school_id=scope.school_id, starts_on__lte=day)


def _by_post(rows: QuerySet[Post]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for person, role in rows.order_by("pk").values_list("person_id", "role").distinct():
        if person not in found.setdefault(role, []):
            found[role].append(person)
    return found
