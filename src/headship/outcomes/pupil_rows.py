"""The rows of pupils and results, many at once: written by a plan, compared with it, and put back. Actions call it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from headship.core.errors import Stale
from headship.outcomes import pupil_plan
from headship.outcomes.models import Assessment, PupilName, PupilYear, Scores
from headship.outcomes.pupil_brought import KNOWN
from headship.outcomes.pupil_plan import Plan, Sitting, Step
from headship.people.models import Pupil

AT_ONCE = 500


def write(school_id: int, found: Plan, *, on: date) -> None:
    """Let the right side of every step stand."""
    _write_pupils(school_id, [(key, after) for key, _, after in found.pupils], on)
    keys = _keys(school_id)
    _write_years(school_id, found.year, [(keys[key], after) for key, _, after in found.years])
    for each in found.sat:
        _write_scores(_assessment(school_id, found.year, each), [(keys[key], after) for key, _, after in each.rows])
    _write_names(school_id, [(keys[key], after) for key, _, after in found.names])


def _keys(school_id: int) -> dict[str, int]:
    return dict(Pupil.objects.filter(school_id=school_id).values_list("key_hash", "pk"))


def _write_pupils(school_id: int, rows: Iterable[tuple[str, Sequence[str]]], on: date) -> None:
    made = [
        Pupil(
            school_id=school_id,
            key_hash=key,
            year_group=group,
            since=on,
            left_on=date.fromisoformat(left) if left else None,
        )
        for key, (group, left) in rows
    ]
    _upsert(Pupil, made, ("school", "key_hash"), ("year_group", "left_on"))


def _write_years(school_id: int, year: int, rows: Iterable[tuple[int, Sequence[Any]]]) -> None:
    made = [
        PupilYear(school_id=school_id, year=year, pupil_id=pupil, **dict(zip(KNOWN, values, strict=True)))
        for pupil, values in rows
    ]
    _upsert(PupilYear, made, ("school", "year", "pupil"), KNOWN)


def _assessment(school_id: int, year: int, sitting: Sitting) -> int:
    told = {"scale": sitting.scale, "taken_on": date.fromisoformat(sitting.taken_on)}
    here = Assessment.objects.filter(school_id=school_id, year=year, name=sitting.name)
    found = here.first() if not sitting.made else None
    if found is None and sitting.made:
        found = Assessment.objects.create(school_id=school_id, year=year, name=sitting.name, **told)
    return found.pk if found else 0


def _write_scores(assessment_id: int, rows: Iterable[tuple[int, Mapping[str, float]]]) -> None:
    made = [Scores(assessment_id=assessment_id, pupil_id=pupil, by_subject=told) for pupil, told in rows]
    _upsert(Scores, made, ("assessment", "pupil"), ("by_subject",))


def _write_names(school_id: int, rows: Iterable[tuple[int, str]]) -> None:
    made = [PupilName(school_id=school_id, pupil_id=pupil, name=name) for pupil, name in rows]
    _upsert(PupilName, made, ("pupil",), ("name",))


def _upsert(model: type[Model], made: Sequence[Model], unique: Sequence[str], changes: Sequence[str]) -> None:
    manager: Any = model._default_manager
    if made:
        manager.bulk_create(
            made, batch_size=AT_ONCE, update_conflicts=True, unique_fields=unique, update_fields=changes
        )


# ── undoing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def stands(school_id: int, found: Plan) -> bool:
    """Whether the right side of every step still stands, as it was left."""
    return (
        _same(found.pupils, pupil_plan.pupils_here(school_id))
        and _same(found.years, pupil_plan.years_here(school_id, found.year))
        and _same(found.names, pupil_plan.names_here(school_id))
        and all(_same(each.rows, pupil_plan.scores_here(school_id, found.year, each.name)) for each in found.sat)
    )


def _same(steps: Iterable[Step], standing: Mapping[str, Any]) -> bool:
    return all(standing.get(key) == after for key, _, after in steps)


def put_back(school_id: int, found: Plan) -> None:
    """Let the left side of every step stand. Errors: Stale where other work leans on what would go."""
    keys = _keys(school_id)
    _write_names(school_id, [(keys[key], before) for key, before, _ in found.names if before is not None])
    _remove(PupilName.objects.filter(school_id=school_id), _made(found.names, keys))
    for each in found.sat:
        _put_scores_back(school_id, found.year, each, keys)
    _write_years(school_id, found.year, [(keys[key], before) for key, before, _ in found.years if before is not None])
    _remove(PupilYear.objects.filter(school_id=school_id, year=found.year), _made(found.years, keys))
    _write_pupils(school_id, [(key, before) for key, before, _ in found.pupils if before is not None], date.min)
    made = [keys[key] for key, before, _ in found.pupils if before is None]
    _check_alone(Pupil, made)
    for some in _some(made):
        Pupil.objects.filter(school_id=school_id, pk__in=some).delete()


def _made(steps: Iterable[Step], keys: Mapping[str, int]) -> list[int]:
    return [keys[key] for key, before, _ in steps if before is None]


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _remove(rows: QuerySet[Any], pupils: Sequence[int]) -> None:
    for some in _some(pupils):
        rows.filter(pupil_id__in=some).delete()


def _put_scores_back(school_id: int, year: int, sitting: Sitting, keys: Mapping[str, int]) -> None:
    held = Assessment.objects.filter(school_id=school_id, year=year, name=sitting.name).first()
    if held is None:  # nothing of it was written
        return
    _write_scores(held.pk, [(keys[key], before) for key, before, _ in sitting.rows if before is not None])
    _remove(Scores.objects.filter(assessment=held), _made(sitting.rows, keys))
    if sitting.made:
        _check_alone(Assessment, [held.pk])
        held.delete()


def _check_alone(model: type[Model], made: Sequence[int]) -> None:
    """Let nothing go that anything else, here or in any application, points to. Errors: Stale."""
    for other in apps.get_models():
        for field in other._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model is model:
                for some in _some(made):
                    if other._default_manager.filter(**{f"{field.name}__in": some}).exists():
                        raise Stale("Other work stands on what this file brought. Nothing was undone: undo that first.")
