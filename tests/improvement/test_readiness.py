"""Readiness: what live evidence each reader may see for an area, what is thin, in words, and never a grade."""

import re
from datetime import timedelta

import pytest

from headship.analysis.evidence_gaps import Gap, Thin, evidence_gaps
from headship.core.actions import action, audit
from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.improvement import api, areas, documents, readiness_actions, readiness_pages, readiness_queries, rules
from headship.improvement.models import ReadinessNote
from headship.schools.models import School
from headship.standards import actions as standards
from headship.standards import queries as frameworks
from tests import cast as everybody
from tests.cast import Cast
from tests.improvement.flow import AT, DAY, TODAY
from tests.improvement.test_bets import filled

HERE = f"/schools/{everybody.OWN}/"
GRADES = re.compile(
    r"\b(grade|score|outstanding|exceptional|strong standard|expected standard|needs attention)\b", re.IGNORECASE
)


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


@action("tests.show_it", audited=True)
def record(*, by, at, codes, visibility=Visibility.STAFF, days=1, kind="strategy.decision", words="Did it", owner=None):
    """Record an entry some days ago."""
    evidence.record(
        kind=kind,
        words=words,
        characteristics=codes,
        occurred_on=TODAY - days * DAY,
        visibility=visibility,
        source="strategy.Decision:1",
        owner_id=owner,
    )
    audit("tests.Thing:1", at=at.date().isoformat())


def show(cast: Cast, *codes: str, persona: str = "headteacher", **told) -> None:
    record(by=cast.scope(persona), at=AT, codes=codes, **told)


def live(cast: Cast, persona: str, code: str) -> readiness_queries.Live:
    scope = cast.scope(persona)
    area = areas.on(TODAY).area(code)
    return readiness_queries.live(scope, [area], scope.opens)[0]


def test_every_area_is_read_with_characteristics_there_are(cast: Cast):
    held = areas.on(TODAY)
    assert (held.named, len(held.areas)) == ("Ofsted", 9)
    assert "(not yet checked)" in held.source
    for each in held.areas:
        assert frameworks.characteristic_ids(frameworks.DEFAULT, each.characteristics)


@pytest.mark.parametrize(
    ("ages", "without"),
    [
        ((None, None), []),
        ((4, 18), []),
        ((5, 17), ["Early years"]),
        ((3, 16), ["Post-16 provision"]),
        ((11, 16), ["Early years", "Post-16 provision"]),
    ],
)
def test_areas_that_a_schools_ages_leave_out_are_left_out(cast: Cast, ages, without):
    School.objects.filter(pk=cast.school.pk).update(age_from=ages[0], age_to=ages[1])
    held = readiness_queries.areas_of(cast.scope("headteacher"))
    named = [each.name for each in held.areas]
    assert [each.name for each in areas.on(TODAY).areas if each.name not in named] == without


@pytest.mark.parametrize(
    ("counts", "from_work", "days", "gaps"),
    [
        ({}, 0, None, (Gap(Thin.NOTHING),)),
        ({"a": 2, "b": 1}, 3, 10, ()),
        ({"a": 2, "b": 1}, 1, 182, ()),
        ({"a": 2, "b": 1}, 1, 183, (Gap(Thin.OLD, months=6),)),
        ({"a": 2}, 2, 1, (Gap(Thin.ONE_KIND, kind="a"),)),
        ({"a": 2, "b": 1}, 0, 1, (Gap(Thin.TYPED),)),
    ],
)
def test_thin_is_told_from_counts_and_days(counts, from_work, days, gaps):
    newest = None if days is None else TODAY - timedelta(days)
    assert evidence_gaps(counts, from_work, newest, TODAY) == gaps


def test_each_counts_what_their_posts_open_and_no_more(cast: Cast):
    show(cast, "3.2", words="For all")
    show(cast, "3.2", visibility=Visibility.LEADERS, words="For leaders", kind="evidence.noted")
    show(cast, "3.2", visibility=Visibility.PRIVATE, words="The head's own")
    counted = {persona: dict(live(cast, persona, "safeguarding").kinds) for persona in ("headteacher", "governor")}
    assert counted == {
        "headteacher": {"strategy.decision": 1, "evidence.noted": 1},
        "governor": {"strategy.decision": 1},
    }
    assert [each.words for each in live(cast, "governor", "safeguarding").latest] == ["For all"]
    told = cast.client("chair").get(f"{HERE}readiness/").content.decode()
    assert "For all" in told
    assert "For leaders" not in told
    assert "own" not in [each.words for each in live(cast, "headteacher", "safeguarding").latest]
    assert "For leaders" in cast.client("headteacher").get(f"{HERE}readiness/").content.decode()


def test_what_is_hidden_does_not_make_evidence_less_thin(cast: Cast):
    show(cast, "3.2")
    show(cast, "3.2", visibility=Visibility.LEADERS, kind="evidence.noted")
    assert [gap.thin for gap in live(cast, "headteacher", "safeguarding").gaps] == []
    assert [gap.thin for gap in live(cast, "governor", "safeguarding").gaps] == [Thin.ONE_KIND]


def test_each_entry_counts_once_and_for_a_year(cast: Cast):
    show(cast, "2.1", "2.2", "4.2")
    show(cast, "2.1", days=365, kind="evidence.noted")
    show(cast, "2.1", days=366, words="Too old")
    found = live(cast, "headteacher", "inclusion")
    assert (found.kinds, found.from_work) == ([("evidence.noted", 1), ("strategy.decision", 1)], 1)
    assert len(found.latest) == 2
    assert live(cast, "other_headteacher", "inclusion").kinds == []


def test_it_shows_the_latest_three(cast: Cast):
    for days in (5, 1, 9, 3):
        show(cast, "2.1", "2.2", days=days, words=f"{days} days ago")
    found = [each.words for each in live(cast, "headteacher", "inclusion").latest]
    assert found == ["1 days ago", "3 days ago", "5 days ago"]


def test_it_says_what_is_thin_and_what_adds_to_it(cast: Cast):
    show(cast, "2.1", kind="evidence.noted", days=200)
    page = readiness_pages.readiness_page(cast.scope("headteacher"))
    cards = {card.name: card for card in page.cards}
    assert cards["Achievement"].counted == "In the last twelve months: 1 note by hand."
    assert cards["Achievement"].thin == [
        "Nothing new for 6 months.",
        "All of it is of one kind: notes by hand.",
        "All of it was typed in; nothing came from work done here.",
    ]
    assert cards["Safeguarding"].thin == ["Nothing was recorded in the last twelve months."]
    adds = [each.words for each in cards["Leadership and governance"].next]
    assert "Note a decision" in adds


def test_it_says_first_which_areas_are_thin(cast: Cast):
    show(cast, "3.2")
    show(cast, "3.2", kind="evidence.noted", words="Noted")
    page = readiness_pages.readiness_page(cast.scope("headteacher"))
    assert page.said == "6 of 9 are thin"
    assert [each.words for each in page.thin] == [card.name for card in page.cards if card.thin]
    told = cast.client("headteacher").get(f"{HERE}readiness/").content.decode()
    assert 'href="#area-achievement"' in told
    assert 'id="area-achievement"' in told
    assert "The latest</span></summary>" in told


def test_an_area_nobody_mapped_yet_says_so(cast: Cast, monkeypatch):
    monkeypatch.setattr(areas, "MAPPING", {code: it for code, it in areas.MAPPING.items() if code != "achievement"})
    cards = {each.name: each for each in readiness_pages.readiness_page(cast.scope("headteacher")).cards}
    assert (cards["Achievement"].counted, cards["Achievement"].thin) == (readiness_pages.NOT_MAPPED, [])
    assert "not mapped yet" in cast.client("headteacher").get(f"{HERE}readiness/achievement").content.decode()


@pytest.mark.parametrize("persona", ["headteacher", "business_manager", "chair", "clerk"])
def test_no_page_grades_anybody(cast: Cast, persona: str):
    show(cast, "2.1")
    told = cast.client(persona).get(f"{HERE}readiness/").content.decode()
    said = told.replace("It is no grade and no forecast of one.", "")
    assert GRADES.findall(said) == []
    assert "app-tag--amber" not in said


@pytest.mark.parametrize("persona", ["teacher", "middle_leader", "office", "external_adviser"])
def test_it_is_for_leaders_and_governors(cast: Cast, persona: str):
    assert rules.see_readiness(cast.scope(persona)) == rules.INSPECTED_ONLY
    assert cast.client(persona).get(f"{HERE}readiness/").status_code == 403


def test_what_is_handed_to_governors_holds_what_both_may_see(cast: Cast):
    show(cast, "3.2", words="For all")
    show(cast, "3.2", visibility=Visibility.LEADERS, words="For leaders")
    head = cast.scope("headteacher")
    assert readiness_queries.for_board(head) == {Visibility.GOVERNORS, Visibility.STAFF, Visibility.PUBLIC}
    page = readiness_pages.readiness_page(head, readiness_queries.for_board(head))
    told = str(documents.readiness(head, page))
    assert "For all" in told
    assert "For leaders" not in told
    for form, kind in (("", b"%PDF"), ("?as=word", b"PK")):
        assert cast.client("headteacher").get(f"{HERE}readiness/document{form}").content.startswith(kind)


def write(cast: Cast, version: int, persona: str = "headteacher", area: str = "inclusion", show: str = "Our work"):
    readiness_actions.write_readiness(
        by=cast.scope(persona), at=AT, area=area, version=version, show=show, doing="More"
    )


def test_leaders_write_what_they_would_show_and_every_version_stays(cast: Cast):
    write(cast, 0)
    write(cast, 1, "senior_leader", show="Better work")
    with pytest.raises(Stale):
        write(cast, 1)
    with pytest.raises(Unusable):
        write(cast, 0, area="nonsense")
    for persona in ("business_manager", "chair", "teacher"):
        with pytest.raises(Refused) as refused:
            write(cast, 2, persona)
        assert str(refused.value) == rules.KEEPERS_ONLY
    write(cast, 0, area="achievement", show="Results")
    assert [each.version for each in ReadinessNote.objects.order_by("pk")] == [1, 2, 1]
    held = areas.on(TODAY)
    page = readiness_pages.area_page(cast.scope("chair"), held, held.area("inclusion"))
    assert (page.card.show, [each.words for each in page.history]) == ("Better work", ["Better work", "Our work"])
    cards = {each.name: each.show for each in readiness_pages.readiness_page(cast.scope("chair")).cards}
    assert (cards["Inclusion"], cards["Achievement"], cards["Safeguarding"]) == ("Better work", "Results", "")


def test_the_form_keeps_words_where_somebody_was_first(cast: Cast):
    client, url = cast.client("headteacher"), f"{HERE}readiness/inclusion/note"
    empty = client.post(url, filled(client, url, show="", doing="")).content.decode()
    assert "Write what you would show, or what you are doing about it" in empty
    mine = filled(client, url, show="Mine", doing="")
    write(cast, 0, "senior_leader")
    kept = client.post(url, mine).content.decode()
    assert "Somebody changed this while you were writing" in kept
    assert "Mine" in kept
    client.post(url, {**mine, "version": 1})
    assert ReadinessNote.objects.order_by("-version").first().show == "Mine"
    assert "What was written before" in client.get(f"{HERE}readiness/inclusion").content.decode()
    assert client.get(f"{HERE}readiness/nonsense").status_code == 404


def test_it_asks_the_same_queries_however_much_there_is(cast: Cast, django_assert_max_num_queries):
    scope = cast.scope("headteacher")
    for count in (1, 5):
        for _ in range(count):
            show(cast, "2.1", "2.2", "3.2")
        with django_assert_max_num_queries(8):
            readiness_pages.readiness_page(scope)


def test_programs_read_it_by_the_rules_of_the_page(cast: Cast):
    show(cast, "3.2")
    show(cast, "3.2", visibility=Visibility.LEADERS)
    told = {each.code: each for each in api.readiness(cast.scope("chair"), Slice()).items}
    assert told["safeguarding"].counted == "In the last twelve months: 1 decision."
    assert told["achievement"].thin == ["Nothing was recorded in the last twelve months."]
