"""Reads of requests, holds and erasures against plain Python over rows of two schools; each step refused by itself."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from headship.core.errors import Refused
from headship.core.roles import Role
from headship.core.scope import Scope, installation_scope
from headship.people.leavers import ERASED
from headship.people.models import Person, Post
from headship.privacy import actions, queries, rules
from headship.privacy.choices import Asked, Stage, State, Verdict
from headship.privacy.models import Erasure, KeepingTime, LegalHold, Passage, SubjectRequest
from headship.schools.models import School
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = AT.date()
DAYS = (-400, -1, 0, 1, 40)


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build(TODAY)


@pytest.fixture(params=[1, 2])
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


def scopes(cast: Cast) -> list[tuple[Scope, School]]:
    return [(cast.scope("headteacher"), cast.school), (cast.scope("other_headteacher"), cast.other)]


def some_day(chance: random.Random):
    return TODAY + timedelta(days=chance.choice(DAYS))


def ask(cast: Cast, school: School, persona: str = "teacher", state: State = State.OPEN, due: int = 0):
    day = TODAY + timedelta(days=due)
    return SubjectRequest.objects.create(
        school=school, person=cast.people[persona], asks=Asked.ACCESS, received_on=TODAY, due_on=day, state=state,
        noted_by=cast.people["headteacher"], noted_at=AT,
    )  # fmt: skip


def test_requests_are_those_of_the_school_open_ones_first(cast: Cast, chance: random.Random):
    places, states, days = [cast.school, cast.other], list(State), range(-20, 20)
    for _ in range(30):
        ask(cast, chance.choice(places), state=chance.choice(states), due=chance.choice(days))
    for scope, school in scopes(cast):
        here = list(SubjectRequest.objects.filter(school=school))
        in_order = sorted(here, key=lambda each: (each.state != State.OPEN, each.due_on, each.pk))
        assert queries.requests_here(scope) == in_order
        waiting = [(each.pk, each.due_on) for each in in_order if each.state == State.OPEN]
        assert queries.waiting_counts(scope)[0] == waiting
        for each in SubjectRequest.objects.all():
            found_by(lambda key, scope=scope: queries.request_here(scope, key), each, here)


def found_by(read, row, here) -> None:
    """See that a read finds a row that is here, and does not know any other."""
    if row in here:
        assert read(row.pk) == row
        return
    with pytest.raises(Http404):
        read(row.pk)


def test_erasures_are_those_of_the_school_waiting_ones_first(cast: Cast, chance: random.Random):
    for _ in range(30):
        Erasure.objects.create(
            school=chance.choice([cast.school, cast.other]), prepared_at=AT, stage=chance.choice(list(Stage))
        )
    for scope, school in scopes(cast):
        here = list(Erasure.objects.filter(school=school))
        assert queries.erasures_here(scope) == sorted(here, key=lambda each: (each.stage != Stage.PREPARED, -each.pk))
        assert queries.waiting_counts(scope)[1] == sorted(each.pk for each in here if each.stage == Stage.PREPARED)
        for each in Erasure.objects.all():
            found_by(lambda key, scope=scope: queries.erasure_here(scope, key), each, here)


def test_holds_that_stand_cover_the_person_or_the_school(cast: Cast, chance: random.Random):
    people = [None, cast.people["teacher"], cast.people["office"]]
    for _ in range(25):
        LegalHold.objects.all().delete()
        for _ in range(chance.randint(0, 3)):
            LegalHold.objects.create(
                school=chance.choice([cast.school, cast.other]), person=chance.choice(people), why="A claim",
                until=chance.choice([None, some_day(chance)]), placed_by=cast.people["headteacher"], placed_at=AT,
                lifted_at=chance.choice([None, None, AT]),
            )  # fmt: skip
        for scope, school in scopes(cast):
            own = [each for each in LegalHold.objects.all() if each.school_id == school.pk and each.lifted_at is None]
            running = [each for each in own if each.until is None or each.until >= TODAY]
            for person in people[1:]:
                assert person is not None
                covered = any(each.person_id in {None, person.pk} for each in running)
                assert queries.is_held(scope, person.pk) is covered
            for each in LegalHold.objects.all():
                found_by(lambda key, scope=scope: queries.hold_here(scope, key), each, own)


def test_times_and_verdicts_are_those_of_the_school_and_the_thing(cast: Cast):
    for school in (cast.school, cast.other):
        for model in ("strategy.Decision", "evidence.Entry"):
            for version in (1, 2):
                KeepingTime.objects.create(
                    school=school, model=model, version=version, months=version, ends=True, reason="r",
                    set_by=cast.people["headteacher"], set_at=AT,
                )  # fmt: skip
    asked = {school.pk: [ask(cast, school), ask(cast, school, "office")] for school in (cast.school, cast.other)}
    for found in asked.values():
        for each in found:
            Passage.objects.create(
                request=each, model="m", key=each.pk, field="f", verdict=Verdict.GIVE, fingerprint="",
                decided_by=cast.people["headteacher"], decided_at=AT,
            )  # fmt: skip
    for scope, school in scopes(cast):
        told = queries.times_set(scope, "evidence.Entry")
        assert [(each.school_id, each.model, each.version) for each in told] == [
            (school.pk, "evidence.Entry", 2), (school.pk, "evidence.Entry", 1)
        ]  # fmt: skip
        for place, found in asked.items():
            for each in found:
                expected = [("m", each.pk, "f")] if place == school.pk else []
                assert list(queries.decided(scope, each.pk)) == expected


def test_who_is_known_here_held_a_post_here_and_was_not_erased(cast: Cast):
    Post.objects.all().delete()

    def hold(name: str, school: School | None = cast.school, start: int = -500, end: int | None = None, **more: object):
        person, _ = Person.objects.get_or_create(name=name, defaults={"email": "", "created_at": AT})
        begun, over = TODAY + timedelta(days=start), None if end is None else TODAY + timedelta(days=end)
        given = {"role": Role.TEACHER, "title": "", **more}
        Post.objects.create(person=person, school=school, starts_on=begun, ends_on=over, **given)
        return person

    hold("Ann Works-Example")
    hold("Bea Last-Day-Example", end=0)
    hold("Cy Gone-Example", end=-1, title="Cook")
    hold("Cy Gone-Example", start=-900, end=-600)
    hold("Di Elsewhere-Example", cast.other)
    hold(ERASED, end=-1)
    trusty = hold("Ed Trust-Example", None, trust=cast.trust, role=Role.TRUST_LEADER)
    told = [(each.name, each.words) for each in queries.known_here(cast_scope(cast))]
    assert told == [
        ("Ann Works-Example", Role.TEACHER.words),
        ("Bea Last-Day-Example", Role.TEACHER.words),
        ("Cy Gone-Example", f"Cook, until {(TODAY - timedelta(days=1)):%Y}"),
    ]
    own = Scope(account_id=1, person_id=trusty.pk, name="", at=AT)
    assert queries.own_schools(own) == []
    hold("Ed Trust-Example", cast.other, end=-30)
    assert queries.own_schools(own) == [cast.other]


def cast_scope(cast: Cast) -> Scope:
    """Return a scope of the own school that needs no post to be there."""
    Post.objects.create(person=cast.people["chair"], school=cast.school, role=Role.CHAIR, starts_on=TODAY)
    scope = cast.scope("chair")
    Post.objects.filter(person=cast.people["chair"]).delete()
    return scope


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"ends_on": TODAY}, True),
        ({"ends_on": TODAY - timedelta(days=1)}, False),
        ({"starts_on": TODAY + timedelta(days=1)}, False),
        ({"role": Role.TEACHER}, False),
        ({"school": "other"}, False),
        ({"person": "headteacher"}, False),
    ],
)
def test_another_handler_holds_such_a_post_here_today(cast: Cast, changed: dict[str, object], expected: object):
    scope = cast.scope("headteacher")
    Post.objects.filter(school=cast.school, role__in=rules.HANDLERS).exclude(person_id=scope.person_id).delete()
    assert queries.other_handlers(scope) is False
    given = {"role": Role.DATA_PROTECTION_OFFICER, "starts_on": TODAY - timedelta(days=9)} | changed
    given["school"] = cast.other if changed.get("school") else cast.school
    given["person"] = cast.people[str(changed.get("person", "office"))]
    Post.objects.create(**given)
    assert queries.other_handlers(scope) is expected


def test_nobody_answers_their_own_request_while_another_could(cast: Cast):
    head = cast.scope("headteacher")
    assert rules.handle(head, head.person_id, others=True) == rules.YOUR_OWN
    assert rules.handle(head, head.person_id, others=False) is None
    assert rules.handle(head, cast.people["teacher"].pk, others=True) is None
    for others in (True, False):
        assert rules.handle(cast.scope("teacher"), head.person_id, others=others) == rules.ONLY_HANDLERS
    asked = ask(cast, cast.school, "headteacher")
    client = cast.client("headteacher")
    for name in ("privacy-passages", "privacy-file", "privacy-close"):
        answer = client.get(reverse(name, kwargs={"urn": everybody.OWN, "asked": asked.pk}))
        assert answer.status_code == 403, name


def test_holds_are_placed_and_lifted_by_handlers_alone(cast: Cast):
    keeper = cast.people["office"]
    Post.objects.create(person=keeper, school=cast.school, role=Role.BUSINESS_MANAGER, starts_on=TODAY)
    client, manager = cast.client("office"), cast.scope("office")
    held = actions.place_hold(by=cast.scope("headteacher"), at=AT, person_id=None, why="A claim", until=None)
    here = {"urn": everybody.OWN}
    assert client.get(reverse("hold-place", kwargs=here)).status_code == 403
    assert client.get(reverse("hold-lift", kwargs={**here, "hold": held.pk})).status_code == 403
    with pytest.raises(Refused):
        actions.place_hold(by=manager, at=AT, person_id=None, why="Mine", until=None)
    with pytest.raises(Refused):
        actions.lift_hold(by=manager, at=AT, hold_id=held.pk)
    held.refresh_from_db()
    assert held.lifted_at is None
    assert LegalHold.objects.count() == 1
