"""The reads of evidence against plain Python over rows made at random: every class, owner, school, year and post.

Rows are written straight into the tables, also such as no action would write, so that each condition of each read has
something to leave out.
"""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from headship.core.errors import Refused
from headship.core.roles import Role
from headship.core.scope import Scope, installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions, queries
from headship.evidence.choices import OWNED, State
from headship.evidence.models import Entry, EntryShare, Reading, Reflection, Serves, Tally
from headship.people.models import Post
from headship.schools.models import School
from headship.standards import actions as standards
from headship.standards import queries as frameworks
from headship.standards.models import Characteristic
from tests import cast as everybody
from tests.cast import Cast

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
YEARS = (2024, 2025, 2026)
KINDS = ("evidence.noted", "strategy.decision", "talent.learning")
READERS = ("headteacher", "senior_leader", "teacher", "governor")
PEOPLE = ("headteacher", "senior_leader", "teacher")
FRAMEWORK = "nse-2015"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    standards.load_shipped(by=installation_scope(AT), at=AT)
    built = everybody.build(AT.date())
    Post.objects.create(  # to come: not yet the head
        person=built.people["senior_leader"],
        school=built.school,
        role=Role.HEADTEACHER,
        starts_on=AT.date() + timedelta(days=30),
    )
    return built


@pytest.fixture(params=[1, 2])
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


def some_characteristics() -> list[int]:
    """Return three of the framework read, and one of another."""
    found = frameworks.framework(FRAMEWORK).by_code
    other = Characteristic.objects.filter(framework__code="headteachers-2020", assessable=True).first()
    assert other
    return [found["1.1"].id, found["2.1"].id, found["4.6"].id, other.pk]


def plant_entries(cast: Cast, chance: random.Random) -> list[Entry]:
    made = []
    for number in range(150):
        visibility = chance.choice(list(Visibility))
        owner = cast.people[chance.choice(PEOPLE)] if visibility in OWNED else None
        entry = Entry.objects.create(
            school=chance.choice([cast.school, cast.school, cast.other]),
            kind=chance.choice(KINDS),
            words=f"Entry {number}",
            occurred_on=date(chance.choice(YEARS), chance.randint(1, 12), chance.randint(1, 28)),
            recorded_at=AT,
            visibility=visibility,
            owner=owner,
            from_work=chance.random() < 0.5,
            source=f"tests.Visit:{number}",
            withdrawn_at=AT if chance.random() < 0.2 else None,
        )
        for characteristic in chance.sample(some_characteristics(), chance.randint(1, 2)):
            where = chance.choice([entry.school, entry.school, entry.school, cast.school, cast.other])
            Serves.objects.create(
                entry=entry, characteristic_id=characteristic, school=where, occurred_on=entry.occurred_on
            )
        if chance.random() < 0.3:
            EntryShare.objects.create(entry=entry, person=cast.people[chance.choice(PEOPLE)])
        made.append(entry)
    return made


def plant_tallies(cast: Cast, chance: random.Random, entries: list[Entry]) -> None:
    keys = set()
    for _ in range(400):
        owner = chance.choice([0, 0, 0, *(cast.people[name].pk for name in PEOPLE)])
        keys.add(
            (
                chance.choice([cast.school, cast.school, cast.other]).pk,
                chance.choice([0, *some_characteristics()]),
                chance.choice(YEARS),
                chance.choice(list(Visibility)).value,
                owner,
                chance.choice(KINDS),
                chance.random() < 0.5,
            )
        )
    for school, characteristic, year, visibility, owner, kind, from_work in sorted(keys):
        Tally.objects.create(
            school_id=school, characteristic_key=characteristic, year=year, visibility=visibility, owner_key=owner,
            kind=kind, from_work=from_work, september=chance.randint(0, 9), march=chance.randint(0, 9),
            latest_on=date(year + 1, chance.choice([2, 8, 9, 11]), chance.choice([1, 28])),
            latest_entry=chance.choice(entries),
        )  # fmt: skip


def plant_reflections(cast: Cast, chance: random.Random) -> None:
    for number in range(120):
        year, month = chance.choice(YEARS), chance.choice([1, 8, 9, 12])
        Reflection.objects.create(
            person=cast.people[chance.choice(["headteacher", "headteacher", "teacher"])],
            school=chance.choice([cast.school, cast.school, cast.other]),
            characteristic_id=chance.choice(some_characteristics()),
            state=chance.choice(list(State)),
            words=f"Words {number}",
            written_at=datetime(year, month, chance.choice([1, 20]), chance.choice([0, 12]), tzinfo=UTC),
            visibility=chance.choice(list(Visibility)),
        )


def plant_readings(cast: Cast, chance: random.Random) -> None:
    for school in (cast.school, cast.other):
        for measure in ("a", "b", "c"):
            for year in chance.sample(range(2021, 2028), 3):
                Reading.objects.create(
                    school=school, measure=measure, year=year, value=chance.random(), words="w", source="s",
                    method="m", read_at=AT,
                )  # fmt: skip


def counted_for(scope: Scope, tally: Tally) -> bool:
    open_to_all = tally.owner_key == 0 and tally.visibility in scope.opens
    return open_to_all or tally.owner_key == scope.person_id


def tallies_for(scope: Scope, key: int) -> list[Tally]:
    """Return what a reader may count here under a characteristic."""
    every = Tally.objects.filter(characteristic_key=key).select_related("latest_entry")
    return [each for each in every if each.school_id == scope.school_id and counted_for(scope, each)]


def newest(found: Iterable[Reflection]) -> Reflection | None:
    return max(found, key=lambda each: (each.written_at, each.pk), default=None)


def may_read(scope: Scope, entry: Entry) -> bool:
    mine = entry.owner_id == scope.person_id
    named = scope.person_id in [share.person_id for share in entry.shares.all()]
    return mine or named or (entry.owner_id is None and entry.visibility in scope.opens)


@pytest.mark.parametrize("persona", READERS)
@pytest.mark.parametrize("year", YEARS)
def test_a_card_tells_the_newest_that_its_reader_may_know(cast: Cast, chance: random.Random, persona: str, year: int):
    plant_tallies(cast, chance, plant_entries(cast, chance))
    plant_reflections(cast, chance)
    scope = cast.scope(persona)
    head, framework = cast.people["headteacher"], frameworks.framework(FRAMEWORK)
    end = date(year + 1, 9, 1)
    told = queries.profile(scope, framework.id, some_characteristics(), year)
    assert (told.head_id, told.head_name) == (head.pk, head.name)
    assert told.first_year == min((each.year for each in tallies_for(scope, 0)), default=None)
    assert set(told.cards) == {each.id for each in framework.by_code.values() if each.assessable}
    for key, card in told.cards.items():
        before = [each for each in tallies_for(scope, key) if each.latest_on < end]
        latest = max(before, key=lambda each: (each.latest_on, each.latest_entry_id), default=None)
        assert (card.latest_words, card.latest_on) == (
            (latest.latest_entry.words, latest.latest_entry.occurred_on) if latest else ("", None)
        )
        stand = newest(
            each
            for each in Reflection.objects.filter(person=head, school=cast.school, characteristic=key)
            if each.written_at < datetime(year + 1, 9, 1, tzinfo=UTC)
            and (scope.person_id == head.pk or each.visibility in scope.opens)
        )
        assert (card.stand and (card.stand.words, card.stand.written_at)) == (stand and (stand.words, stand.written_at))


@pytest.mark.parametrize("persona", READERS)
def test_counts_add_up_what_a_reader_may_count(cast: Cast, chance: random.Random, persona: str):
    plant_tallies(cast, chance, plant_entries(cast, chance))
    scope, keys = cast.scope(persona), some_characteristics()
    told = queries.profile(scope, frameworks.framework(FRAMEWORK).id, keys[:2], 2025).counts
    for key in (0, *keys):
        found = [each for each in tallies_for(scope, key) if each.year == 2025] if key in {0, *keys[:2]} else []
        assert (told[key].total if key in told else 0) == sum(each.september + each.march for each in found)
        assert (told[key].from_work if key in told else 0) == sum(
            each.september + each.march for each in found if each.from_work
        )
        if key:
            assert queries.kinds(scope, key) == sorted({each.kind for each in tallies_for(scope, key)})


@pytest.mark.parametrize("persona", READERS)
def test_timelines_and_single_entries_are_those_a_reader_may_read(cast: Cast, chance: random.Random, persona: str):
    entries = plant_entries(cast, chance)
    scope, keys = cast.scope(persona), some_characteristics()[:2]
    here = {each.entry_id for each in Serves.objects.filter(school=cast.school, characteristic__in=keys)}
    may = [each for each in entries if may_read(scope, each) and each.withdrawn_at is None]
    expected = [each for each in may if each.pk in here]
    told = queries.timeline(scope, keys, most=1000)
    assert {each.id for each in told} == {each.pk for each in expected}
    assert queries.timeline_length(scope, keys) == len(expected)
    for each in entries:
        found = queries.entry(scope, each.pk)
        assert (found == each) is (each in may and each.school_id == cast.school.pk)


def test_a_reading_is_the_newest_of_its_own_school_up_to_the_year(cast: Cast, chance: random.Random):
    plant_readings(cast, chance)
    for year in range(2020, 2029):
        for school in (cast.school, cast.other):
            up_to = [each for each in Reading.objects.filter(school=school) if each.year <= year]
            expected = {each.measure: each.value for each in sorted(up_to, key=lambda each: each.year)}
            told = queries.readings(school.pk, year)
            assert {each.measure: each.value for each in told.values()} == expected


def test_of_two_heads_each_reads_their_own_profile_and_others_the_newer_ones(cast: Cast):
    first, second = cast.people["headteacher"], cast.people["middle_leader"]
    Post.objects.create(
        person=second, school=cast.school, role=Role.HEADTEACHER, starts_on=AT.date() - timedelta(days=3)
    )
    gone = cast.people["governor"]  # the newest of all, but the post is over
    over = {"starts_on": AT.date() - timedelta(days=2), "ends_on": AT.date() - timedelta(days=1)}
    Post.objects.create(person=gone, school=cast.school, role=Role.HEADTEACHER, **over)
    framework = frameworks.framework(FRAMEWORK).id
    for persona, head in (("headteacher", first), ("middle_leader", second), ("teacher", second)):
        assert queries.headteacher(cast.scope(persona)) == (head.pk, head.name)

    def head_for(persona: str) -> int | None:
        return queries.profile(cast.scope(persona), framework, [], 2026).head_id

    assert (head_for("headteacher"), head_for("middle_leader"), head_for("teacher")) == (first.pk, second.pk, second.pk)


def test_who_is_no_longer_head_shares_no_reflection(cast: Cast):
    head = cast.scope("headteacher")
    said = actions.write_reflection(
        by=head, at=AT, characteristic_id=some_characteristics()[0], state=State.NOTICING, words="Mine"
    )
    teacher_now = replace(head, roles=frozenset({Role.TEACHER.value}))
    with pytest.raises(Refused):
        actions.share_reflection(by=teacher_now, at=AT, reflection_id=said.pk, visibility=Visibility.STAFF)
    said.refresh_from_db()
    assert said.visibility == Visibility.PRIVATE


def test_the_first_year_is_of_what_the_reader_may_count(cast: Cast):
    """Every earlier year is there for a reason not to count it: school, characteristic, class, owner."""
    scope, head = cast.scope("teacher"), cast.people["headteacher"]

    def count(year: int, **changed: object) -> None:
        count_one(cast, year=year, characteristic_key=0, latest_on=date(year, 11, 1), **changed)

    def first_year() -> int | None:
        return queries.profile(scope, frameworks.framework(FRAMEWORK).id, [], 2026).first_year

    count(2016, school=cast.other)
    count_one(cast, year=2017, latest_on=date(2017, 11, 1))
    count(2018, visibility=Visibility.LEADERS)
    count(2019, owner_key=head.pk)
    assert first_year() is None
    count(2023)
    assert first_year() == 2023
    count(2021, owner_key=scope.person_id, visibility=Visibility.PRIVATE)
    assert first_year() == 2021


def test_the_kinds_are_of_what_the_reader_may_count(cast: Cast):
    """Every kind but two is there for a reason not to count it."""
    scope, head, (first, second, *_) = cast.scope("teacher"), cast.people["headteacher"], some_characteristics()
    count_one(cast, kind="tests.elsewhere", school=cast.other)
    count_one(cast, kind="tests.of_another_characteristic", characteristic_key=second)
    count_one(cast, kind="tests.of_leaders", visibility=Visibility.LEADERS)
    count_one(cast, kind="tests.of_the_head", owner_key=head.pk)
    assert queries.kinds(scope, first) == []
    count_one(cast, kind="tests.of_all_staff")
    count_one(cast, kind="tests.my_own", owner_key=scope.person_id, visibility=Visibility.PRIVATE)
    assert queries.kinds(scope, first) == ["tests.my_own", "tests.of_all_staff"]
    assert queries.kinds(scope, second) == ["tests.of_another_characteristic"]


def test_the_reflections_are_of_one_head_here_on_one_characteristic(cast: Cast):
    scope, (first, second, *_) = cast.scope("teacher"), some_characteristics()
    head, other_head = cast.people["headteacher"], cast.people["senior_leader"]

    def say(words: str, **changed: object) -> None:
        told = {"person": head, "school": cast.school, "characteristic_id": first, "visibility": Visibility.STAFF}
        Reflection.objects.create(**{**told, **changed}, state=State.NOTICING, words=words, written_at=AT)

    say("Elsewhere", school=cast.other)
    say("Another characteristic", characteristic_id=second)
    say("Another's", person=other_head)
    say("Private", visibility=Visibility.PRIVATE)
    assert queries.reflections(scope, head.pk, first) == []
    say("Shown")
    assert [each.words for each in queries.reflections(scope, head.pk, first)] == ["Shown"]
    assert {each.words for each in queries.reflections(cast.scope("headteacher"), head.pk, first)} == {
        "Shown",
        "Private",
    }


def test_the_history_of_a_measure_is_of_one_school_and_of_what_was_asked(cast: Cast):
    def read(measure: str, school: School, value: float) -> None:
        Reading.objects.create(
            school=school, measure=measure, year=2025, value=value, words="w", source="s", method="m", read_at=AT,
        )  # fmt: skip

    read("schools.absence_pct", cast.school, 5)
    read("schools.absence_pct", cast.other, 6)
    read("schools.attainment8", cast.school, 47)
    told = queries.history_of(cast.school.pk, ["schools.absence_pct"])
    assert [(each.measure, each.value) for each in told] == [("schools.absence_pct", 5)]
    assert queries.history_of(cast.school.pk, []) == []


def count_one(cast: Cast, **changed: object) -> None:
    """Put one row into the counts: of all staff, at the reader's school, on the first characteristic."""
    entry = Entry.objects.create(
        school=cast.school, kind="evidence.noted", words="Entry", occurred_on=AT.date(), recorded_at=AT,
        visibility=Visibility.STAFF, from_work=True, source="tests.Visit:1",
    )  # fmt: skip
    told = {
        "school": cast.school, "characteristic_key": some_characteristics()[0], "visibility": Visibility.STAFF,
        "owner_key": 0, "year": 2025, "kind": "evidence.noted", "latest_on": date(2025, 11, 1),
    }  # fmt: skip
    Tally.objects.create(**{**told, **changed}, from_work=True, latest_entry=entry)


def test_a_program_of_somebody_who_is_no_head_is_told_so_before_anything_is_looked_up(cast: Cast):
    address = "/api/v1/schools/990001/reflections/999999"
    answer = cast.program("teacher").patch(address, {"visibility": "staff"}, content_type="application/json")
    assert answer.status_code == 403
