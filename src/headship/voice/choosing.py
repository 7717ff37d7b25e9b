"""Who is asked, put together: those ticked, all of a group, those of last time; each team spelt one way."""

from collections.abc import Iterable, Mapping

from headship.voice.asking_queries import Groups, Last, Offered
from headship.voice.choices import TEAM

ALL, NONE, SAME = "all-", "none-", "same"


def spelt_once(people: Mapping[int, Groups]) -> dict[int, Groups]:
    """Return people with each team spelt one way: as it stands first, so that “Maths” and “maths” are one.

    >>> spelt_once({1: {"Team": "Maths"}, 2: {"Team": "maths "}, 3: {"Post": "Teachers"}})[2]
    {'Team': 'Maths'}
    """
    spelt: dict[str, str] = {}
    found: dict[int, Groups] = {}
    for person, groups in people.items():
        team = " ".join(groups.get(TEAM, "").split())
        rest = {name: group for name, group in groups.items() if name != TEAM}
        found[person] = {**rest, TEAM: spelt.setdefault(team.casefold(), team)} if team else rest
    return found


def teams(people: Iterable[Offered]) -> list[str]:
    """Return the teams there are, each once.

    >>> ann = Offered(1, "Ann", "Leaders", "Leaders", "Maths", True)
    >>> teams([ann, ann])
    ['Maths']
    """
    return sorted({each.team.casefold(): each.team for each in people if each.team}.values(), key=str.casefold)


def asked(
    everybody: Iterable[Offered], ticked: Mapping[int, Groups | None], go: str, last: Last | None
) -> dict[int, Groups]:
    """Return everybody who is asked, with their groups, what was typed just now first.

    `ticked` holds those on the page: None for whoever is not ticked. `go` is the button that was pressed: all or none
    of those with one kind of post, or those of last time besides.
    """
    found = {person: groups for person, groups in ticked.items() if groups is not None}
    for each in everybody:
        if each.chosen and each.person not in ticked:
            found[each.person] = each.groups
        if go == ALL + each.post or (go == SAME and last is not None and each.person in last.people):
            found.setdefault(each.person, each.groups)
        if go == NONE + each.post:
            found.pop(each.person, None)
    return found
