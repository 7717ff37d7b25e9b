"""Two windows on one headteacher's year: whoever came second keeps their words and can save them over the others."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model

from headship.appraisal import head_course_actions
from headship.appraisal.models import HeadObjective, HeadReflection, HeadStatement, HeadYear
from headship.core.roles import Role
from tests import cast as everybody
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import AT, TODAY
from tests.cast import Cast

HERE = f"/schools/{everybody.OWN}/head-appraisal/"
type Before = Callable[[Cast], tuple[int, Model]]


def _day(name: str, on: date) -> dict[str, Any]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def _year(reach: Callable[[Cast], int]) -> Before:
    def before(cast: Cast) -> tuple[int, Model]:
        key = reach(cast)
        return key, flow.year(key)

    return before


def _aimed(cast: Cast) -> int:
    key = flow.appoint(cast)
    flow.aim(cast, key)
    return key


def _set(cast: Cast) -> int:
    key = _aimed(cast)
    flow.set_them(cast, key)
    return key


def _drafted(cast: Cast) -> int:
    key = flow.to_met(cast)
    flow.draft(cast, key)
    return key


def _commented(cast: Cast) -> int:
    key = flow.to_given(cast)
    flow.comment(cast, key)
    return key


def _appealed(cast: Cast) -> int:
    flow.join(cast, "second", Role.GOVERNOR)
    key = flow.to_locked(cast)
    flow.appeal(cast, key)
    flow.hear_by(cast, key, "second")
    return key


def _objective(cast: Cast) -> tuple[int, Model]:
    return _aimed(cast), HeadObjective.objects.get()


def _statement(reach: Callable[[Cast], int]) -> Before:
    def before(cast: Cast) -> tuple[int, Model]:
        key = reach(cast)
        return key, HeadStatement.objects.get(year=key)

    return before


def _reflected(cast: Cast) -> tuple[int, Model]:
    key = _aimed(cast)
    by = cast.scope("headteacher")
    head_course_actions.write_head_reflection(by=by, at=AT, year=key, version=0, words="Before", shown=False)
    return key, HeadReflection.objects.get()


def _panel(cast: Cast) -> dict[str, Any]:
    panel = [cast.people["chair"].pk, cast.people["governor"].pk]
    told = {"meeting": "Minute 5", "scheme": "panel", "panel": panel, "adviser": cast.people["external_adviser"].pk}
    return told | _day("on", TODAY)


AIMED = {"words": "Mine", "pupils": "All", "measure": "Tests", "once": str(uuid4())}
TOLD = {"framework": "nse-2015", **_day("told_on", TODAY), **_day("set_on", TODAY)}
JUDGED = {"standards": "Mine", "needs": "b", "action": "c"}
HEARD = {"result": "dismissed", "words": "It stands", **_day("on", TODAY)}
# Each form that carries a version: where it is, who sends it, what stands before, and what is typed.
FORMS: dict[str, tuple[str, Before, dict[str, Any] | Callable[[Cast], dict[str, Any]]]] = {
    "panel": ("clerk", _year(_aimed), _panel),
    "set": ("chair", _year(_aimed), TOLD),
    "take-up-again": ("chair", _year(_set), {"because": "The plan changed"}),
    "statement/give": ("chair", _year(_drafted), {}),
    "lock": ("chair", _year(_commented), {}),
    "open-again": ("chair", _year(flow.to_locked), {"because": "A figure"}),
    "appeal/heard": ("second", _year(_appealed), HEARD),
    "objectives/{row}/change": ("headteacher", _objective, AIMED),
    "objectives/{row}/own-words": ("headteacher", _objective, {"words": "I will"}),
    "statement": ("chair", _statement(_drafted), JUDGED),
    "statement/comment": ("headteacher", _statement(flow.to_given), {"words": "Fair"}),
    "reflection": ("headteacher", _reflected, {"words": "Mine", "shown": "on"}),
}


@pytest.mark.parametrize("path", FORMS)
def test_a_form_that_came_second_is_saved_with_the_version_its_own_page_holds(cast: Cast, path: str):
    persona, before, typed = FORMS[path]
    key, row = before(cast)
    of = flow.year(key)
    version: int = row.version  # type: ignore[attr-defined]  # each of these has one
    at, client = f"{HERE}{key}/{path.format(row=row.pk)}", cast.client(persona)
    told = typed(cast) if callable(typed) else typed
    form = {"head": of.head_id, "starts_in": of.starts_in, "confirmed": "on", "version": version, **told}
    form[f"reached_{HeadObjective.objects.get().pk}"] = "met"
    type(row).objects.filter(pk=row.pk).update(version=version + 3)
    answer = client.post(at, form)
    assert answer.status_code == 409, answer.text[:3000]
    assert "Somebody changed this while you were writing" in answer.text
    (stands,) = set(re.findall(r'name="version" value="(\d+)"', answer.text))
    assert int(stands) == version + 3
    assert client.post(at, form | {"version": stands}).status_code == 302


def test_whoever_names_hearers_second_is_told_too(cast: Cast):
    key = _appealed(cast)
    now = HeadYear.objects.get(pk=key)
    form = {"meeting": "Minute 13", "hearers": [cast.people["second"].pk], "version": now.version - 1}
    client = cast.client("clerk")
    answer = client.post(f"{HERE}{key}/panel", form)
    assert answer.status_code == 409
    stands = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    assert client.post(f"{HERE}{key}/panel", form | {"version": stands}).status_code == 302
