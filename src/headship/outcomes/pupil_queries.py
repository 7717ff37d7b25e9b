"""Reads about files of pupils and results, and the assessments that stand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core.models import ImportBatch
from headship.core.scope import Scope
from headship.outcomes import disclosure, groups, rules
from headship.outcomes.held import Held, held
from headship.outcomes.models import Assessment, NamesKept, PupilName
from headship.outcomes.pupil_actions import IMPORTER
from headship.people.models import Person

LISTED = 40


def files_here(scope: Scope) -> list[ImportBatch]:
    """Return the files brought to the scope's school, newest first, without their contents."""
    held = ImportBatch.objects.filter(chain=scope.school_id, importer=IMPORTER)
    return list(held.defer("staged").order_by("-pk")[:LISTED])


def file_here(scope: Scope, batch_id: int) -> ImportBatch:
    """Return a file brought to the scope's school. Errors: Http404."""
    found: ImportBatch = get_object_or_404(ImportBatch, chain=scope.school_id, importer=IMPORTER, pk=batch_id)
    return found


def bringers(scope: Scope, files: Iterable[ImportBatch]) -> dict[int, str]:
    """Return the names of those who brought these files to the scope's school."""
    keys = {each.created_by for each in files if each.created_by and each.chain == scope.school_id}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))


def remembered(scope: Scope, headings: Sequence[str]) -> dict[str, str]:
    """Return the columns chosen for the last file with these headings, or nothing."""
    for batch in files_here(scope):
        if batch.summary.get("headings") == list(headings) and batch.summary.get("mapping"):
            mapping: dict[str, str] = batch.summary["mapping"]
            return mapping
    return {}


def remembered_words(scope: Scope) -> dict[str, str]:
    """Return what the words of earlier files were said to mean, by the words' keyed hashes."""
    found: dict[str, str] = {}
    for batch in reversed(files_here(scope)):
        found.update(batch.summary.get("words", {}))
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """An assessment that stands here. `pupils` is None where their number would tell of a small year group."""

    name: str
    year: int
    scale: str
    taken_on: date
    pupils: int | None


def assessments(scope: Scope) -> list[Standing]:
    """Return the assessments that stand at the scope's school, newest first.

    The number of pupils is hidden wherever it would tell, beside the pages of results, how many a small year group has.
    """
    fewest, found = disclosure.fewest_on(timezone.localdate(scope.at)), held(scope)
    rows = sorted(found.assessments, key=lambda each: (-each.year, -each.taken_on.toordinal(), each.name))
    return [
        Standing(each.name, each.year, each.scale, each.taken_on, _told(_by_year_group(found, each), fewest))
        for each in rows
    ]


def _by_year_group(found: Held, sat: Assessment) -> list[int]:
    """Return how many pupils of each year group have scores in an assessment."""
    known = found.known.get(sat.year, {})
    pupils = found.scores.get(sat.pk, {})
    return list(Counter(known[each]["year_group"] if each in known else "" for each in pupils).values())


def _told(counts: Sequence[int], fewest: int) -> int | None:
    return sum(counts) if counts and all(groups.may_show(counts, fewest=fewest)) else None


def means(scores: Mapping[str, Mapping[str, float | None]]) -> dict[str, tuple[int, float | None]]:
    """Return each subject's number of scores and their mean; None where there are none."""
    totals: dict[str, tuple[int, float]] = {}
    for row in scores.values():
        for subject, score in row.items():
            count, total = totals.get(subject, (0, 0.0))
            totals[subject] = (count, total) if score is None else (count + 1, total + score)
    return {subject: (count, total / count if count else None) for subject, (count, total) in totals.items()}


def names_are_kept(scope: Scope) -> bool:
    """Whether this school keeps names of pupils."""
    return NamesKept.objects.filter(school_id=scope.school_id).exists()


def names_for(scope: Scope, pupils: Sequence[int]) -> dict[int, str]:
    """Return the names of these pupils (by key) for whoever may see them; nobody's otherwise, and nothing is told."""
    if rules.see_names(scope, kept=names_are_kept(scope)):
        return {}
    held = PupilName.objects.filter(school_id=scope.school_id, pupil_id__in=pupils)
    return dict(held.values_list("pupil_id", "name"))


def count_of_names(scope: Scope) -> int:
    """Return how many names are kept here."""
    return PupilName.objects.filter(school_id=scope.school_id).count()
