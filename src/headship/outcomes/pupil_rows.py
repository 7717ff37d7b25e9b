"""The rows of pupils and results, many at once: written by a plan, compared with it, and put back. Actions call it."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from headship.core import rows
from headship.core.errors import Stale
from headship.core.rows import Target
from headship.outcomes import pupil_plan
from headship.outcomes.models import Assessment, PupilName, PupilYear, Scores
from headship.outcomes.pupil_brought import KNOWN
from headship.outcomes.pupil_plan import Plan, Sitting, Step
from headship.people.models import Pupil

AT_ONCE = 500
PUPILS = Target(Pupil, ("school", "key_hash"), ("year_group", "left_on"))
NEW_PUPILS = Target(Pupil, ("school", "key_hash"), ("year_group", "left_on", "since"))
YEARS = Target(PupilYear, ("school", "year", "pupil"), KNOWN)
SCORES = Target(Scores, ("assessment", "pupil"), ("by_subject",))
NAMES = Target(PupilName, ("school", "pupil"), ("name",))
type Cells = tuple[Any, ...]
type KeyOf = Callable[[str], Cells]


def write(school_id: int, found: Plan, *, on: date) -> None:
    """Let the right side of every step stand. Plain SQL, since the rows may be a hundred thousand."""
    new = [((school_id, key), (*_pupil(after), on.isoformat())) for key, before, after in found.pupils if not before]
    rows.insert(NEW_PUPILS, [(*key, *cells) for key, cells in new])
    rows.update(PUPILS, [((school_id, key), _pupil(after)) for key, before, after in found.pupils if before])
    keys = _keys(school_id)
    _stand(YEARS, found.years, lambda key: (school_id, found.year, keys[key]), tuple)
    for each in found.sat:
        assessment = _assessment(school_id, found.year, each)
        _stand(SCORES, each.rows, lambda key, at=assessment: (at, keys[key]), _scores)  # type: ignore[misc]  # at is bound now
    _stand(NAMES, found.names, lambda key: (school_id, keys[key]), _name)


def _keys(school_id: int) -> dict[str, int]:
    return dict(Pupil.objects.filter(school_id=school_id).values_list("key_hash", "pk"))


def _pupil(told: Sequence[str]) -> Cells:
    group, left = told
    return group, left or None


def _scores(told: Mapping[str, float]) -> Cells:
    return (json.dumps(told),)


def _name(told: str) -> Cells:
    return (told,)


def _stand(target: Target, steps: Iterable[Step], key_of: KeyOf, cells: Callable[[Any], Cells]) -> None:
    """Insert what did not stand before, and change what did."""
    made, changed = [], []
    for key, before, after in steps:
        if before is None:
            made.append((*key_of(key), *cells(after)))
        else:
            changed.append((key_of(key), cells(after)))
    rows.insert(target, made)
    rows.update(target, changed)


def _unstand(target: Target, steps: Iterable[Step], key_of: KeyOf, cells: Callable[[Any], Cells]) -> None:
    """Change back what stood before, and delete what did not."""
    made, changed = [], []
    for key, before, _ in steps:
        if before is None:
            made.append(key_of(key))
        else:
            changed.append((key_of(key), cells(before)))
    rows.update(target, changed)
    rows.delete(target, made)


def _assessment(school_id: int, year: int, sitting: Sitting) -> int:
    """Return an assessment's key; it is made now where it did not stand. 0 where nothing of it is written."""
    if sitting.made:
        taken_on = date.fromisoformat(sitting.taken_on)
        told = {"school_id": school_id, "year": year, "name": sitting.name, "scale": sitting.scale}
        return Assessment.objects.create(**told, taken_on=taken_on).pk
    held = Assessment.objects.filter(school_id=school_id, year=year, name=sitting.name).first()
    return held.pk if held else 0


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
    _unstand(NAMES, found.names, lambda key: (school_id, keys[key]), _name)
    for each in found.sat:
        _put_scores_back(school_id, found.year, each, keys)
    _unstand(YEARS, found.years, lambda key: (school_id, found.year, keys[key]), tuple)
    _check_alone(Pupil, [keys[key] for key, before, _ in found.pupils if before is None])
    _unstand(PUPILS, found.pupils, lambda key: (school_id, key), _pupil)


def _put_scores_back(school_id: int, year: int, sitting: Sitting, keys: Mapping[str, int]) -> None:
    held = Assessment.objects.filter(school_id=school_id, year=year, name=sitting.name).first()
    if held is None:  # nothing of it was written
        return
    _unstand(SCORES, sitting.rows, lambda key: (held.pk, keys[key]), _scores)
    if sitting.made:
        _check_alone(Assessment, [held.pk])
        held.delete()


def _check_alone(model: type[Model], made: Sequence[int]) -> None:
    """Let nothing go that anything else, here or in any application, points to. Errors: Stale."""
    for other in apps.get_models():
        for field in other._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model is model:
                for start in range(0, len(made), AT_ONCE):
                    some = made[start : start + AT_ONCE]
                    if other._default_manager.filter(**{f"{field.name}__in": some}).exists():
                        raise Stale("Other work stands on what this file brought. Nothing was undone: undo that first.")
