"""Directed time of one person is read alone, and is the same as in the whole plan."""

import pytest

from headship.core.scope import installation_scope
from headship.people.models import Post
from headship.standards import actions as standards
from headship.workload import directed_queries
from tests import cast as everybody
from tests.cast import Cast
from tests.workload.flow import AT, begin, newest, place, planned, works


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def test_one_persons_plan_is_the_whole_plan_as_far_as_it_concerns_them(cast: Cast):
    begin(cast)
    works(cast, "teacher", part=3, whole=5, weekdays=[0, 2, 4])
    place(cast)
    place(cast, title="Of a post", weekday=0, everybody=False, roles=["teacher"])
    place(cast, title="Named", weekday=2, everybody=False, people=[cast.people["teacher"].pk])
    place(cast, title="Another's", weekday=2, everybody=False, people=[cast.people["middle_leader"].pk])
    place(cast, title="Of another post", weekday=3, everybody=False, roles=["middle_leader"])
    by, key, whole = cast.scope("headteacher"), cast.people["teacher"].pk, planned(cast)
    own = directed_queries.planned(by, newest(), person=key)
    assert own.concerning(key) == whole.concerning(key)
    assert [each.title for each, _ in own.concerning(key)] == ["Staff meeting", "Of a post", "Named"]
    assert own.sums == {key: whole.sums[key]}
    assert len(own.lines) == 3
    Post.objects.filter(person=key).delete()
    assert [each.title for each in directed_queries.planned(by, newest(), person=key).lines] == [
        "Staff meeting",
        "Named",
    ]
