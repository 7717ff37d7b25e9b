"""Finding a school by name, URN or postcode, among all of England's, while somebody waits.

Words are sought as beginnings of words by the database's own full-text index. Where they are so common that sorting
the hits would take longer than reading the schools in order until enough fit, that is done instead.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Q, When

from headship.schools import words
from headship.schools.models import School, SchoolLink

COMMON = 2_500
AT_MOST = 20
GENERIC = frozenset({"the", "of", "and", "school", "schools", "primary", "academy", "church", "st", "cofe", "catholic"})
SHOWN = ("id", "urn", "name", "status", "phase", "town", "postcode", "authority__name", "joined_at")
HITS = {
    "sqlite": "SELECT rowid FROM schools_words WHERE schools_words MATCH %s LIMIT %s",
    "postgresql": (
        "SELECT id FROM schools_school WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', %s) LIMIT %s"
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A school that fits. `successors` are (URN, name) of those that took a closed one's place."""

    urn: int
    name: str
    place: str
    phase: str
    status: str
    joined: bool
    successors: tuple[tuple[int, str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.status != "Closed"


def find(text: str, *, limit: int = AT_MOST) -> list[Found]:
    """Return the schools that fit: the exact URN, then by postcode and name; open ones before closed ones."""
    sought = words.plain(text[:120]).split()[:8]
    if not sought:
        return []
    hits = None if GENERIC.issuperset(sought) else _hits(sought)
    common = hits is None or len(hits) > COMMON
    rows = _in_order(sought, limit) if hits is None or common else _ranked(hits, sought, limit)
    successors = successors_of([int(str(row["urn"])) for row in rows if row["status"] == "Closed"])
    return [_found(row, successors) for row in rows]


def _hits(sought: Sequence[str]) -> list[int]:
    """Return the keys of the schools in which every word begins a word, up to one more than is common."""
    query = " AND ".join(f'"{word}"*' for word in sought)
    if connection.vendor == "postgresql":
        query = " & ".join(f"{word}:*" for word in sought)
    with connection.cursor() as cursor:
        cursor.execute(HITS[connection.vendor], [query, COMMON + 1])
        return [key for (key,) in cursor.fetchall()]


def _ranked(hits: Sequence[int], sought: Sequence[str], limit: int) -> list[dict[str, object]]:
    """Return the best of a few hits: the exact URN, open before closed, those whose name or postcode begins so."""
    beginning = " ".join(sought)
    begins = Q(search_text__startswith=f" {beginning}") | Q(search_text__contains=f" {beginning.replace(' ', '')}")
    exact = Q(urn=int(beginning)) if beginning.isdecimal() and len(beginning) == 6 else Q(pk=0)
    order = (exact, ~Q(status="Closed"), begins)
    return list(
        School.objects.filter(pk__in=hits).order_by(*map(_last_unless, order), "name", "urn").values(*SHOWN)[:limit]
    )


def _last_unless(fits: Q) -> Case:
    return Case(When(fits, then=0), default=1)


def _in_order(sought: Sequence[str], limit: int) -> list[dict[str, object]]:
    """Read schools by name until enough fit, the open ones first."""
    fits = Q()
    for word in sought:
        fits &= Q(search_text__contains=f" {word}")
    rows: list[dict[str, object]] = []
    for state in (~Q(status="Closed"), Q(status="Closed")):
        if len(rows) < limit:
            rows.extend(School.objects.filter(state, fits).order_by("name").values(*SHOWN)[: limit - len(rows)])
    return rows


def successors_of(urns: Iterable[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    """Return the schools that took the place of closed ones: (URN, name) by the closed one's URN."""
    urns = list(urns)
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if urns:
        kinds = Q(kind__startswith="Successor") | Q(kind="Result of Amalgamation")
        for link in SchoolLink.objects.filter(kinds, urn__in=urns).order_by("linked_urn"):
            found[link.urn].append((link.linked_urn, link.linked_name))
    return {urn: tuple(dict.fromkeys(each)) for urn, each in found.items()}


def _found(row: dict[str, object], successors: dict[int, tuple[tuple[int, str], ...]]) -> Found:
    urn = int(str(row["urn"]))
    place = ", ".join(str(row[name]) for name in ("town", "postcode", "authority__name") if row[name])
    return Found(
        urn,
        str(row["name"]),
        place,
        str(row["phase"]),
        str(row["status"]),
        row["joined_at"] is not None,
        successors.get(urn, ()),
    )
