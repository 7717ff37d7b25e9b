"""Values: who keeps them, and how decisions mirror them back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from headship.strategy import actions, pages, queries, rules
from headship.strategy.models import Value
from tests import cast as everybody
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
YEAR = year_of(TODAY)


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def add(cast: Cast, name: str, persona: str = "headteacher") -> int:
    return actions.add_value(by=cast.scope(persona), at=AT, name=name, meaning=f"We mean {name}")


def note(cast: Cast, *values: int, visibility: Visibility = Visibility.STAFF) -> None:
    noted = actions.Noted("Something", "", TODAY, visibility, values, ())
    actions.note_decision(by=cast.scope("headteacher"), at=AT, once=uuid4(), noted=noted)


def test_head_and_chair_keep_the_values(cast: Cast):
    add(cast, "Kindness")
    add(cast, "Courage", "chair")
    assert [each.name for each in queries.values(cast.scope("teacher"))] == ["Kindness", "Courage"]


@pytest.mark.parametrize("persona", ["senior_leader", "governor", "teacher"])
def test_others_are_told_who_keeps_them(cast: Cast, persona: str):
    key = add(cast, "Kindness")
    by = cast.scope(persona)
    for attempt in (
        lambda: actions.add_value(by=by, at=AT, name="Mine", meaning=""),
        lambda: actions.change_value(by=by, at=AT, value=key, version=1, name="Mine", meaning=""),
        lambda: actions.retire_value(by=by, at=AT, value=key, version=1),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == rules.VALUE_KEEPERS_ONLY
    assert [(each.name, each.retired_at) for each in Value.objects.all()] == [("Kindness", None)]


def test_each_value_is_mirrored_back_zero_included(cast: Cast):
    kindness, courage, curiosity = (add(cast, name) for name in ("Kindness", "Courage", "Curiosity"))
    note(cast, kindness, courage)
    note(cast, kindness)
    note(cast, curiosity, visibility=Visibility.LEADERS)
    head = {each.value: each.count for each in queries.mirror(cast.scope("headteacher"), YEAR)}
    assert head == {"Kindness": 2, "Courage": 1, "Curiosity": 1}
    teacher = {each.value: each.count for each in queries.mirror(cast.scope("teacher"), YEAR)}
    assert teacher == {"Kindness": 2, "Courage": 1, "Curiosity": 0}
    assert {each.count for each in queries.mirror(cast.scope("headteacher"), YEAR - 1)} == {0}


def test_the_mirror_says_it_in_words():
    assert [pages.mirrored(count, 2026) for count in range(3)] == [
        "No decision of 2026/27 names this value.",
        "One decision of 2026/27 names this value.",
        "2 decisions of 2026/27 name this value.",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_mirror_costs_the_same_at_any_length(cast: Cast, count: int, django_assert_num_queries):
    for number in range(count):
        note(cast, add(cast, f"Value {number}"))
    by = cast.scope("headteacher")
    with django_assert_num_queries(2):
        queries.mirror(by, YEAR)


def test_a_value_stands_once_and_a_retired_one_comes_back(cast: Cast):
    key = add(cast, "Kindness")
    with pytest.raises(Unusable):
        add(cast, "Kindness")
    note(cast, key)
    actions.retire_value(by=cast.scope("headteacher"), at=AT, value=key, version=1)
    assert queries.values(cast.scope("headteacher")) == []
    rows, _ = queries.decisions(cast.scope("headteacher"), queries.Filter())
    assert [each.name for each in rows[0].values.all()] == ["Kindness"]
    assert add(cast, "Kindness") == key


def test_two_people_changing_a_value_are_told(cast: Cast):
    key = add(cast, "Kindness")
    by = cast.scope("chair")
    actions.change_value(by=by, at=AT, value=key, version=1, name="Kindness", meaning="The first")
    with pytest.raises(Stale):
        actions.change_value(by=by, at=AT, value=key, version=1, name="Kindness", meaning="The second")
    assert Value.objects.get().meaning == "The first"
    add(cast, "Courage")
    with pytest.raises(Unusable):
        actions.change_value(by=by, at=AT, value=key, version=2, name="Courage", meaning="")


def test_another_schools_values_are_not_found(cast: Cast):
    key = add(cast, "Kindness")
    client = cast.client("other_headteacher")
    assert queries.values(cast.scope("other_headteacher")) == []
    assert client.get(f"/schools/{everybody.OTHER}/values/{key}/change").status_code == 404
    assert client.post(f"/schools/{everybody.OTHER}/values/{key}/retire", {"version": 1}).status_code == 404
    assert Value.objects.get().retired_at is None


def test_news_tells_of_others_decisions_since(cast: Cast):
    note(cast)
    before, after = AT - timedelta(days=1), AT + timedelta(seconds=1)
    assert len(queries.since(cast.scope("teacher"), before, 10)) == 1
    assert queries.since(cast.scope("teacher"), after, 10) == []
    assert queries.since(cast.scope("headteacher"), before, 10) == []


def test_a_value_is_found_by_its_key_until_it_is_retired(cast: Cast):
    kind, brave = add(cast, "Kindness"), add(cast, "Courage")
    by = cast.scope("headteacher")
    assert [found and found.name for found in (queries.value(by, kind), queries.value(by, brave))] == [
        "Kindness",
        "Courage",
    ]
    actions.retire_value(by=by, at=AT, value=kind, version=1)
    assert queries.value(by, kind) is None
