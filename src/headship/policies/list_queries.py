"""Reads for lists of policies: those that were brought, what one would add, and whom its owners may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.people.holders import holders
from headship.people.models import Person
from headship.policies import queries
from headship.policies.list_reading import Line, Listing

IMPORTER = "policies.list"
PREVIEWED, TAKEN, UNDONE = "previewed", "committed", "undone"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a list would add, and which of its policies stand already and are left as they are."""

    adds: Sequence[Line]
    stands: Sequence[Line]


def lists(scope: Scope) -> QuerySet[ImportBatch]:
    """Return the lists of policies brought to the school, the newest first."""
    return ImportBatch.objects.filter(chain=scope.school_id, importer=IMPORTER).order_by("-pk")


def compared(scope: Scope, listing: Listing) -> Compared:
    """Compare a list with the policies that stand, by their titles."""
    titles = queries.policies(scope).filter(withdrawn_on=None).values_list("title", flat=True)
    here = {" ".join(each.split()).casefold() for each in titles}
    parts: tuple[list[Line], list[Line]] = ([], [])
    for each in listing.lines:
        parts[each.title.casefold() in here].append(each)
    return Compared(*parts)


def owners(scope: Scope) -> Mapping[str, Sequence[int]]:
    """Return the staff who may answer for a policy, by name and by e-mail address in small letters."""
    keys = [key for key, _ in holders(scope).offered]
    found: dict[str, list[int]] = {}
    for key, name, email in Person.objects.filter(pk__in=keys).values_list("pk", "name", "email"):
        for word in {name.casefold(), email.casefold()} - {""}:
            found.setdefault(word, []).append(key)
    return found


def required_code(scope: Scope, title: str) -> str:
    """Return the code of the required policy that is called so, or nothing."""
    return next((each.code for each in queries.asked_of(scope) if each.words.casefold() == title.casefold()), "")
