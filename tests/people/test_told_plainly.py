"""Whose scope is what, against plain Python over posts made at random: ended, to come, at schools and trusts."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import Http404

from headship.core.models import ChainHead
from headship.core.roles import Role
from headship.core.scope import Place
from headship.people import queries
from headship.people.models import Post
from headship.schools.models import School, Trust
from tests import cast as everybody
from tests.cast import Cast

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = AT.date()
DAYS = (-400, -30, -1, 0, 1, 30)
ROLES = (Role.HEADTEACHER, Role.TEACHER, Role.OFFICE)
PEOPLE = ("headteacher", "teacher", "chair", "operator")


@pytest.fixture
def cast(db: None) -> Cast:
    built = everybody.build(TODAY)
    for number, chain in enumerate([0, built.school.pk, built.other.pk, built.third.pk]):
        ChainHead.objects.update_or_create(chain=chain, defaults={"newest_hash": bytes([number + 1]) * 32})
    return built


def plant(cast: Cast, chance: random.Random) -> None:
    Post.objects.all().delete()
    for _ in range(60):
        start = TODAY + timedelta(days=chance.choice(DAYS))
        at_trust = chance.random() < 0.2
        Post.objects.create(
            person=cast.people[chance.choice(PEOPLE)],
            school=None if at_trust else chance.choice([cast.school, cast.other, cast.third]),
            trust=cast.trust if at_trust else None,
            role=Role.TRUST_LEADER if at_trust else chance.choice(ROLES),
            starts_on=start,
            ends_on=chance.choice([None, start + timedelta(days=chance.choice([0, 5, 29, 200]))]),
        )


def runs(post: Post, on: date) -> bool:
    return post.starts_on <= on and (post.ends_on is None or post.ends_on >= on)


def place_of(post: Post) -> Place:
    if post.school is not None:
        return Place("school", post.school.pk, post.school.urn, post.school.name)
    assert post.trust is not None
    return Place("trust", post.trust.pk, post.trust.uid, post.trust.name)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("persona", PEOPLE)
def test_a_scope_holds_the_roles_of_posts_that_run_and_no_other(cast: Cast, seed: int, persona: str):
    plant(cast, random.Random(seed))
    person, account = cast.people[persona], cast.accounts[persona]
    held = [each for each in Post.objects.filter(person=person) if runs(each, TODAY)]
    places = {place_of(each) for each in held}
    house = bytes(ChainHead.objects.get(chain=0).newest_hash)
    for school in (cast.school, cast.other, cast.third):
        here = [each for each in held if each.school_id == school.pk]
        scope = queries.scope_for(account, "school", school.urn, at=AT)
        if not here:
            assert scope is None
            continue
        assert scope is not None
        assert scope.place == place_of(here[0])
        assert scope.roles == {each.role for each in here}
        assert set(scope.other_places) == places - {scope.place}
        assert scope.stamp == bytes(ChainHead.objects.get(chain=school.pk).newest_hash) + b"/" + house
        assert (scope.person_id, scope.name) == (person.pk, person.name)
    nowhere = queries.scope_for(account, "", None, at=AT)
    assert nowhere is not None
    assert (nowhere.place, nowhere.roles, set(nowhere.other_places), nowhere.stamp) == (None, frozenset(), places, b"")
    at_trust = queries.scope_for(account, "trust", cast.trust.uid, at=AT)
    assert (at_trust is not None) is any(each.trust_id for each in held)


def test_a_trust_counts_who_holds_a_post_today_at_its_schools_that_joined(cast: Cast):
    Post.objects.all().delete()
    for persona, start, end in (
        ("headteacher", -30, None), ("headteacher", 0, 0), ("teacher", -400, 0), ("chair", -30, -1),
        ("operator", 1, None),
    ):  # fmt: skip
        ends_on = None if end is None else TODAY + timedelta(days=end)
        starts_on = TODAY + timedelta(days=start)
        Post.objects.create(
            person=cast.people[persona], school=cast.school, role=Role.TEACHER, starts_on=starts_on, ends_on=ends_on
        )
    School.objects.filter(pk=cast.third.pk).update(trust=cast.trust, joined_at=None)
    other_trust = Trust.objects.create(uid=cast.trust.uid + 1, name="Another Trust")
    School.objects.filter(pk=cast.other.pk).update(trust=other_trust, joined_at=AT)
    School.objects.filter(pk=cast.school.pk).update(trust=cast.trust, joined_at=AT)
    place = Place("trust", cast.trust.pk, cast.trust.uid, cast.trust.name)
    scope = replace(cast.scope("operator", ""), place=place, at=AT)
    assert [(each.urn, each.people_count) for each in queries.schools_of_trust(scope)] == [(cast.school.urn, 2)]
    assert queries.school_of_trust(scope, cast.school.urn) == cast.school
    for elsewhere in (cast.other.urn, cast.third.urn):  # another trust's; and one that has not joined
        with pytest.raises(Http404):
            queries.school_of_trust(scope, elsewhere)
