"""The page that only a demonstration has: everybody in the cast, each with a way to sign in."""

from dataclasses import dataclass

from headship.core.roles import Role
from headship.project.demonstration import content

ROLES = [role.value for role in Role]


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the cast at one place."""

    key: str
    name: str
    posts: tuple[str, ...]
    meaning: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Group:
    """A place and who works there; `place` is a school's URN, or "trust"; `listed` came with its staff list."""

    name: str
    place: str
    about: str
    members: tuple[Member, ...]
    listed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CastPage:
    """Everybody, by place."""

    title: str
    groups: tuple[Group, ...]


def cast_page() -> CastPage:
    """Return the page of the cast: the largest school first, the trust last."""
    told = content.trust()
    schools = [
        _group(school["urn"], school["name"], f"{school['phase']} school of {school['pupils']:,} pupils")
        for school in reversed(told["schools"])
    ]
    trust = _group("trust", told["trust"]["name"], "The trust of these three schools")
    return CastPage("Sign in to the demonstration", (*schools, trust))


def _group(place: int | str, name: str, about: str) -> Group:
    here = [key for key in content.trust()["people"] if _posts(key, place)]
    here.sort(key=lambda key: ROLES.index(_posts(key, place)[0][0]))
    listed = content.staff().items() if place == content.LISTED_AT else ()
    return Group(
        name,
        str(place),
        about,
        tuple(_member(key, place) for key in here),
        tuple((key, f"{person['name']}, {person['job'][:1].lower()}{person['job'][1:]}") for key, person in listed),
    )


def _posts(key: str, place: int | str) -> list[tuple[str, str]]:
    return [(role, title) for where, role, title in content.trust()["people"][key]["posts"] if where == place]


def _member(key: str, place: int | str) -> Member:
    person = content.trust()["people"][key]
    posts = _posts(key, place)
    others = {where for where, _, _ in person["posts"]} - {place}
    return Member(
        key=key,
        name=person["name"],
        posts=tuple(title for _, title in posts),
        meaning=Role(posts[0][0]).meaning,
        elsewhere="Also works at another school here." if others else "",
    )
