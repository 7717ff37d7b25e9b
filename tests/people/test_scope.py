"""Scopes: who is somebody here, today."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from headship.core.roles import Role
from headship.people import queries
from headship.people.models import Post
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_post_gives_its_role_at_its_place():
    everybody = cast.build()
    scope = everybody.scope("headteacher")
    assert scope.roles == {Role.HEADTEACHER}
    assert scope.place is not None
    assert (scope.place.kind, scope.place.key, scope.place.name) == ("school", cast.OWN, "Example Brook Primary")
    assert scope.school_id == everybody.school.pk
    assert scope.name == "Ada Headteacher-Example"
    assert scope.other_places == ()
    assert not scope.operator


def test_two_schools_are_told_apart():
    everybody = cast.build()
    own = everybody.scope("two_schools", "own")
    other = everybody.scope("two_schools", "other")
    assert own.roles == {Role.TEACHER}
    assert other.roles == {Role.GOVERNOR}
    assert [place.key for place in own.other_places] == [cast.OTHER]
    assert [place.key for place in other.other_places] == [cast.OWN]


@pytest.mark.parametrize(
    ("persona", "place"),
    [
        ("headteacher", "other"),
        ("trust_leader", "own"),
        ("trust_leader", "third"),
        ("leaver", "own"),
        ("operator", "own"),
        ("headteacher", "trust"),
    ],
)
def test_no_post_is_no_scope(persona, place):
    everybody = cast.build()
    with pytest.raises(LookupError):
        everybody.scope(persona, place)


def test_everybody_has_a_scope_away_from_places():
    everybody = cast.build()
    scope = everybody.scope("operator")
    assert scope.operator
    assert scope.place is None
    assert scope.roles == frozenset()
    assert [place.key for place in everybody.scope("two_schools", "").other_places] == [cast.OWN, cast.OTHER]


def test_a_post_holds_on_its_first_and_last_day_and_on_no_other():
    everybody = cast.build()
    teacher = everybody.accounts["teacher"]
    Post.objects.filter(person=everybody.people["teacher"]).update(
        starts_on=datetime(2027, 1, 4, tzinfo=UTC).date(), ends_on=datetime(2027, 3, 31, tzinfo=UTC).date()
    )
    held = {
        moment: queries.scope_for(teacher, "school", cast.OWN, at=moment) is not None
        for moment in (
            datetime(2027, 1, 3, 23, 59, tzinfo=UTC),
            datetime(2027, 1, 4, 0, 0, tzinfo=UTC),
            datetime(2027, 3, 31, 22, 59, tzinfo=UTC),  # 23:59 in London, where summer time has begun
            datetime(2027, 3, 31, 23, 0, tzinfo=UTC),
        )
    }
    assert list(held.values()) == [False, True, True, False]


@pytest.mark.parametrize("posts", [1, 3])
def test_one_query_whatever_the_posts(posts, django_assert_num_queries):
    everybody = cast.build()
    for role in (Role.MIDDLE_LEADER, Role.SAFEGUARDING_LEAD)[: posts - 1]:
        Post.objects.create(
            person=everybody.people["teacher"],
            school=everybody.school,
            role=role,
            starts_on=timezone.localdate() - timedelta(days=1),
        )
    with django_assert_num_queries(1):
        scope = everybody.scope("teacher")
    assert len(scope.roles) == posts
