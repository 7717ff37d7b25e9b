"""The Standards profile: each reader's own view of it, fast however much there is."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headship.core import actions
from headship.core.roles import Role
from headship.core.scope import Scope, installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.evidence import characteristic_pages, drawing, pages, queries, tallies
from headship.evidence.models import Reading
from headship.people.models import Post
from headship.standards import actions as standards
from headship.standards import queries as frameworks
from tests import cast as everybody
from tests.cast import Cast

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = date(2026, 11, 3)
HERE = "/schools/990001/standards/"
NEWER = f"{HERE}?framework=headteachers-2020"
READERS = ("headteacher", "senior_leader", "middle_leader", "teacher", "office", "chair", "governor", "clerk")


@actions.action("tests.profile_work")
def work(*, by: Scope, at: datetime, do: Callable[[], object]) -> None:
    do()
    actions.audit("tests.Work:1")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build(AT.date())


def note(cast: Cast, words: str, *, by: str = "headteacher", **changed: object) -> None:
    told = {
        "kind": "evidence.noted",
        "words": words,
        "characteristics": ("2.1",),
        "occurred_on": DAY,
        "visibility": Visibility.STAFF,
        "source": "tests.Visit:1",
    } | changed
    work(by=cast.scope(by), at=AT, do=lambda: evidence.record(**told))


def seen(cast: Cast, persona: str, address: str = HERE) -> str:
    answer = cast.client(persona).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def canaries(page: str) -> set[str]:
    return set(re.findall(r"Canary (\w+)", page))


# What each reader finds of one entry of each class: the headteacher's private one, one shared with the teacher, one
# for the appraiser, and the school's own.
ALL = {"leaders", "governors", "staff", "public"}
FOUND = {
    "headteacher": ALL | {"private", "shared", "line"},
    "senior_leader": ALL,
    "middle_leader": {"staff", "public"},
    "teacher": {"staff", "public"},
    "office": {"staff", "public"},
    "chair": {"governors", "staff", "public"},
    "governor": {"governors", "staff", "public"},
    "clerk": {"governors", "staff", "public"},
}
NAMED = {"teacher": {"shared"}}


@pytest.fixture
def one_of_each(cast: Cast) -> Cast:
    """Record an entry of each class, each for a characteristic of its own, with what could leak in its words."""
    codes = dict(zip(Visibility, ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "4.1"), strict=True))
    for each in Visibility:
        note(
            cast,
            f"Canary {each.value}",
            visibility=each,
            characteristics=(codes[each],),
            source=f"tests.Visit:{each.value}",
            shared_with=(cast.people["teacher"].pk,),
        )
    return cast


@pytest.mark.parametrize("persona", READERS)
def test_each_reader_finds_what_their_post_opens(one_of_each: Cast, persona: str):
    assert canaries(seen(one_of_each, persona)) == FOUND[persona]
    on_timelines = set()
    for code in ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "4.1"):
        on_timelines |= canaries(seen(one_of_each, persona, f"{HERE}{code}/"))
    assert on_timelines == FOUND[persona] | NAMED.get(persona, set())


@pytest.mark.parametrize("persona", READERS)
def test_counts_tell_no_more_than_timelines(one_of_each: Cast, persona: str):
    count = len(FOUND[persona])
    assert f"0 of {count} entries (0%) came from doing work elsewhere" in seen(one_of_each, persona)


def test_the_newer_text_hides_as_much(one_of_each: Cast):
    assert "private" in canaries(seen(one_of_each, "headteacher", NEWER))
    for persona in ("chair", "teacher"):
        assert canaries(seen(one_of_each, persona, NEWER)) <= FOUND[persona]


@pytest.mark.parametrize("persona", ["external_adviser", "authority_leader", "administrator"])
def test_others_with_a_post_are_told_who_may(one_of_each: Cast, persona: str):
    for address in (HERE, f"{HERE}2.1/"):
        answer = one_of_each.client(persona).get(address)
        assert answer.status_code == 403
        assert "for the staff and governors of this school" in answer.content.decode()


def test_it_does_not_exist_for_another_school(one_of_each: Cast):
    for address in (HERE, f"{HERE}2.1/", f"{HERE}2.1/reflect/", f"{HERE}2.1/note/"):
        assert one_of_each.client("other_headteacher").get(address).status_code == 404
    assert canaries(seen(one_of_each, "other_headteacher", "/schools/990002/standards/")) == set()


def test_it_names_the_head_whoever_reads(cast: Cast):
    for persona in ("headteacher", "chair", "teacher"):
        assert "Ada Headteacher-Example, headteacher" in seen(cast, persona)


def test_it_says_so_where_there_is_no_head(cast: Cast):
    note(cast, "Canary staff")
    Post.objects.filter(role=Role.HEADTEACHER).update(ends_on=date(2026, 11, 1))
    page = seen(cast, "teacher")
    assert "Nobody holds the post of headteacher here today" in page
    assert canaries(page) == {"staff"}


@pytest.mark.parametrize("entries", [1, 3, 2000])
def test_the_profile_takes_six_queries_whatever_there_is(cast: Cast, entries: int):
    def do() -> None:
        for number in range(entries):
            evidence.record(
                kind="evidence.noted",
                words=f"Visit {number}",
                characteristics=("2.1",),
                occurred_on=date(2026, 9 + number % 3, 1 + number % 22),
                visibility=Visibility.STAFF,
                source=f"tests.Visit:{number}",
            )

    work(by=cast.scope("headteacher"), at=AT, do=do)
    client = cast.client("chair")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(HERE).content.decode()
    assert len(asked) == 6, [query["sql"] for query in asked]
    assert f"of {entries:,} {'entry' if entries == 1 else 'entries'}" in page


@pytest.mark.parametrize("entries", [1, 3])
def test_a_timeline_takes_the_same_queries_at_any_length(cast: Cast, entries: int):
    for number in range(entries):
        note(cast, f"Visit {number}", source=f"tests.Visit:{number}")
    client = cast.client("chair")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{HERE}2.1/")
    assert len(asked) == 8, [query["sql"] for query in asked]


def test_withdrawn_evidence_is_gone(cast: Cast):
    note(cast, "Canary kept", occurred_on=date(2026, 10, 1), source="tests.Visit:2")
    note(cast, "Canary withdrawn")
    work(by=cast.scope("headteacher"), at=AT, do=lambda: evidence.withdraw(source="tests.Visit:1"))
    for address in (HERE, f"{HERE}2.1/", NEWER):
        assert canaries(seen(cast, "headteacher", address)) == {"kept"}


def test_another_year_shows_that_year(cast: Cast):
    note(cast, "Canary before", occurred_on=date(2026, 6, 1))
    note(cast, "Canary now", source="tests.Visit:2")
    assert canaries(seen(cast, "chair")) == {"now"}
    page = seen(cast, "chair", f"{HERE}?year=2025")
    assert canaries(page) == {"before"}
    assert "Standards profile 2025/26" in page
    for wrong in ("2030", "1999", "20x5", "²025"):
        assert "Standards profile 2026/27" in seen(cast, "chair", f"{HERE}?year={wrong}")


def test_the_newer_text_counts_through_the_crosswalk(cast: Cast):
    note(cast, "Canary ambition")
    found = {card.code: card for band in _profile(cast, "headteachers-2020").bands for card in band.cards}
    assert len(found) == 49
    assert {code for code, card in found.items() if card.latest} == {"1.3", "5.1", "10.3"}
    assert {code for code, card in found.items() if card.note} == {"E3", "E4", "2.3", "3.3", "3.4", "5.2", "5.4"}
    assert found["5.2"].note == "Not in the 2015 text; nearest to 2.1 there"
    assert "Canary ambition" in seen(cast, "headteacher", f"{HERE}5.1/?framework=headteachers-2020")
    assert "Canary ambition" not in seen(cast, "headteacher", f"{HERE}5.2/?framework=headteachers-2020")


def _profile(cast: Cast, framework: str = "nse-2015") -> pages.ProfilePage:
    return pages.profile(cast.scope("headteacher", at=AT), frameworks.framework(framework), 2026)


def test_the_profile_has_the_preamble_and_four_domains_of_six(cast: Cast):
    assert [(band.title, band.code, len(band.cards)) for band in _profile(cast).bands] == [
        ("The headteacher's role", "", 1),
        ("Qualities and knowledge", "1", 6),
        ("Pupils and staff", "2", 6),
        ("Systems and process", "3", 6),
        ("The self-improving school system", "4", 6),
    ]


def test_dfe_warns_wherever_somebody_judges(cast: Cast):
    for address in (HERE, NEWER, f"{HERE}2.1/"):
        assert "not a baseline or a checklist" in seen(cast, "chair", address)


def test_a_card_says_what_there_is(cast: Cast):
    note(cast, "Visited Year 4", occurred_on=date(2026, 9, 7))
    note(cast, "Visited Year 5", source="tests.Visit:2")
    (card,) = (card for band in _profile(cast).bands for card in band.cards if card.latest)
    assert (card.code, card.latest, card.latest_age, card.counted) == (
        "2.1",
        "Visited Year 5",
        "2 weeks ago",
        "2 notes by hand",
    )
    assert card.bars_words == "Evidence by month: Sep 1, Nov 1"


def test_a_timeline_goes_on_where_it_stopped(cast: Cast):
    for number in range(45):
        note(cast, f"Canary n{number:02}", source=f"tests.Visit:{number}", occurred_on=date(2026, 10, 1 + number % 9))
    address, found = f"{HERE}2.1/", []
    while address:
        page = seen(cast, "chair", address)
        found.append(re.findall(r"Canary (\w+)", page))
        older = re.search(r'href="([^"]*older=[^"]*)" rel="next"', page)
        address = older[1] if older else ""
    assert [len(each) for each in found] == [20, 20, 5]
    assert len({words for each in found for words in each}) == 45


def test_a_place_on_the_timeline_that_is_none_is_its_newest_end(cast: Cast):
    note(cast, "Canary newest")
    for wrong in ("x", "2026-11-03", "2026-11-03.x", "2026-13-01.5", "."):
        assert canaries(seen(cast, "chair", f"{HERE}2.1/?older={wrong}")) == {"newest"}
    assert canaries(seen(cast, "chair", f"{HERE}2.1/?older=2026-11-03.1")) == set()


def test_a_kind_that_is_none_filters_nothing(cast: Cast):
    note(cast, "Canary noted")
    assert canaries(seen(cast, "chair", f"{HERE}2.1/?kind=evidence.noted")) == {"noted"}
    assert canaries(seen(cast, "chair", f"{HERE}2.1/?kind=strategy.decision")) == set()
    assert canaries(seen(cast, "chair", f"{HERE}2.1/?kind=' OR 1=1")) == {"noted"}


def test_an_entry_leads_to_the_page_its_work_was_done_on(cast: Cast):
    scope = cast.scope("chair")
    assert characteristic_pages.source_url(scope, "strategy.Decision:17") == "/schools/990001/decisions/17"
    assert characteristic_pages.source_url(scope, "schools.AcademicYear:3") == "/schools/990001/calendar/"
    for nowhere in ("tests.Visit:1", "strategy.Decision:x", "strategy.Decision", ""):
        assert characteristic_pages.source_url(scope, nowhere) == ""


def test_there_is_nothing_at_a_code_that_is_none(cast: Cast):
    for code in ("9.9", "1", "D1", "E1"):
        assert cast.client("headteacher").get(f"{HERE}{code}/").status_code == 404


def test_a_measure_is_a_dot_with_its_whisker(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    Reading.objects.create(
        school=cast.school,
        measure="tests.attendance",
        year=2025,
        value=94,
        low=93,
        high=95,
        reference=94.5,
        reference_words="similar schools",
        words="About the same as similar schools",
        source="A test",
        method="attendance",
        read_at=AT,
    )
    measure = pages.registry.Measure("tests.attendance", "Attendance", ("2.1",), "%", "attendance")
    monkeypatch.setattr(pages, "_measures", lambda: {"2.1": [measure]})
    shown = next(card.measure for band in _profile(cast).bands for card in band.cards if card.code == "2.1")
    assert shown == drawing.MeasureShown(
        name="Attendance",
        words="About the same as similar schools",
        year="2025/26",
        picture="94%, between 93 and 95; similar schools 94.5%",
        at=60.0,
        low=32.0,
        high=88.0,
        reference=74.0,
    )
    for address in (HERE, f"{HERE}2.1/"):
        assert "About the same as similar schools" in seen(cast, "chair", address)


def test_what_the_profile_counts_is_what_the_entries_say(one_of_each: Cast):
    assert list(tallies.tally_faults(one_of_each.school.pk)) == []
    scope = one_of_each.scope("chair", at=AT)
    found = frameworks.framework()
    counted = queries.profile(scope, found.id, [each.id for each in found.assessable], 2026).counts[0]
    assert (counted.total, counted.months[2], counted.kinds) == (3, 3, (("evidence.noted", 3),))


@pytest.mark.parametrize("key", ["9" * 30, f"-{'9' * 30}", "1_0", "x", "", "9" * 5000])
def test_a_made_up_place_on_a_timeline_is_its_newest_end(one_of_each: Cast, key: str):
    address = f"{HERE}1.1/"
    assert seen(one_of_each, "teacher", f"{address}?older=2026-09-01.{key}") == seen(one_of_each, "teacher", address)


def test_counts_are_of_this_school_this_year_and_what_is_asked_for(cast: Cast):
    note(cast, "Canary here")
    note(cast, "Canary last year", occurred_on=date(2026, 6, 1), source="tests.Visit:2")
    note(cast, "Canary elsewhere", by="other_headteacher", source="tests.Visit:3")
    note(cast, "Canary of another", characteristics=("1.1",), source="tests.Visit:4")
    key, other = (frameworks.characteristic_ids("nse-2015", (code,))[0] for code in ("2.1", "1.1"))
    framework = frameworks.framework("nse-2015").id
    shown = queries.profile(cast.scope("chair"), framework, [key], 2026)
    assert {each: counted.total for each, counted in shown.counts.items()} == {0: 2, key: 1}  # 0: the whole school
    assert queries.profile(cast.scope("chair"), framework, [other], 2026).counts[other].total == 1
