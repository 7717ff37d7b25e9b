"""Who decides what: who may say so, overlaps, gaps, load, what held on a day, and who is told by name."""

from uuid import uuid4

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.standards import actions as standards
from headship.strategy import (
    journal_waiting,
    rights_actions,
    rights_api,
    rights_documents,
    rights_pages,
    rights_queries,
    rights_rules,
    team_actions,
)
from headship.strategy.models import Area, AreaVersion, Team
from headship.strategy.rights_choices import USUAL_AREAS, Part, Party
from tests import cast as everybody
from tests.cast import Cast
from tests.strategy.deciding import agreed, area, rearrange, shown, team, who
from tests.strategy.flow import AT, DAY, TODAY

MAP = f"/schools/{everybody.OWN}/who-decides/"
HEAD, BOARD = "post-headteacher", "post-board"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def standing() -> list[str]:
    found = Entry.objects.filter(kind=rights_actions.KIND, withdrawn_at=None).order_by("pk")
    assert all(each.serves.get().characteristic.code == "3.6" for each in found)
    return [each.words for each in found]


def said(found: list[tuple[rights_queries.AreaNow, str]]) -> list[tuple[str, str]]:
    return [(each.name, words) for each, words in found]


@pytest.mark.parametrize("persona", ["senior_leader", "governor", "clerk", "teacher", "business_manager"])
def test_only_head_and_chair_say_who_decides(cast: Cast, persona: str):
    key = area(cast, agreed("Trips", HEAD))
    by = cast.scope(persona)
    attempts = (
        lambda: rights_actions.take_usual_areas(by=by, at=AT),
        lambda: rights_actions.add_area(by=by, at=AT, once=uuid4(), agreed=agreed("Cover")),
        lambda: rights_actions.change_area(by=by, at=AT, area=key, version=1, agreed=agreed()),
        lambda: rights_actions.end_area(by=by, at=AT, area=key, version=1),
    )
    for attempt in attempts:
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == rights_rules.EDITORS_ONLY
    assert (Area.objects.count(), AreaVersion.objects.count()) == (1, 1)


def test_the_usual_list_is_taken_once_and_names_nobody(cast: Cast):
    area(cast, agreed("behaviour", HEAD))
    by = cast.scope("headteacher")
    assert rights_actions.take_usual_areas(by=by, at=AT) == len(USUAL_AREAS) - 1
    assert rights_actions.take_usual_areas(by=by, at=AT) == 0
    found = shown(cast)
    assert len(found.areas) == len(USUAL_AREAS)
    assert [each.name for each in found.areas if each.held] == ["behaviour"]
    assert {words for _, words in found.gaps} == {rights_queries.NOBODY}
    assert standing() == ["Agreed who decides: behaviour"]


def test_a_form_sent_twice_adds_one_area(cast: Cast):
    by, once = cast.scope("headteacher"), uuid4()
    keys = {rights_actions.add_area(by=by, at=AT, once=once, agreed=agreed("Trips", HEAD)) for _ in range(2)}
    assert (len(keys), Area.objects.count()) == (1, 1)


def test_two_who_decide_the_same_overlap_unless_their_limits_differ(cast: Cast):
    area(cast, agreed("Purchases", "post-business_manager to up to £5,000", f"{HEAD} to up to £25,000"))
    area(cast, agreed("Timetable", who(cast, "senior_leader"), who(cast, "middle_leader")))
    area(cast, agreed("Trips", "post-teacher"))
    assert said(shown(cast).overlaps) == [
        ("Timetable", "Fatima Deputy-Example, senior leader and Gwen Middle-Example, middle leader"),
        ("Trips", "Teacher (2 people)"),
    ]
    assert said(shown(cast).gaps) == []


def test_nobody_who_left_a_vacant_post_and_an_ended_team_are_gaps(cast: Cast):
    ended = team(cast, "Reading", "teacher")
    area(cast, agreed("Cover"))
    area(cast, agreed("Purchases", f"post-{Role.BUSINESS_MANAGER.value}"))
    area(cast, agreed("Timetable", who(cast, "senior_leader")))
    area(cast, agreed("Training", f"team-{ended}"))
    area(cast, agreed("Trips", HEAD))
    assert said(shown(cast).gaps) == [("Cover", rights_queries.NOBODY)]
    gone = [cast.people[each] for each in ("senior_leader", "business_manager")]
    Post.objects.filter(person__in=gone).update(ends_on=TODAY - DAY)
    team_actions.end_team(by=cast.scope("headteacher"), at=AT, team=ended, version=1)
    assert said(shown(cast).gaps) == [
        ("Cover", rights_queries.NOBODY),
        ("Purchases", "Nobody holds the post that decides: school business manager"),
        ("Timetable", "Whoever decided works here no longer"),
        ("Training", "The team that decided is no more"),
    ]


def test_load_counts_posts_for_their_holder_teams_for_their_lead_and_flags_far_more(cast: Cast):
    lead = team(cast, "Reading", "teacher", "middle_leader")
    for name in ("A", "B", "C", "D"):
        area(cast, agreed(name, HEAD, consulted=[who(cast, "senior_leader")]))
    area(cast, agreed("E", who(cast, "headteacher")))
    area(cast, agreed("F", f"team-{lead}"))
    area(cast, agreed("G", who(cast, "senior_leader")))
    area(cast, agreed("H", BOARD))
    found = shown(cast)
    loads = [(found.who.told(each.party), each.decides, each.consulted, each.far_more) for each in found.loads]
    assert loads == [
        ("Ada Headteacher-Example, headteacher", 5, 0, True),
        ("Fatima Deputy-Example, senior leader", 1, 4, False),
        ("Hari Teacher-Example, teacher", 1, 0, False),
        ("The governing board", 1, 0, False),
    ]
    page = rights_pages.rights_page(cast.scope("headteacher"))
    assert page.flagged == [
        "Ada Headteacher-Example, headteacher decides 5 of 8 areas, far more than the others. "
        "Is there one that somebody closer to it could decide?"
    ]
    assert "Ada Headteacher-Example, headteacher 5" in str(page.picture)


def test_nobody_has_two_parts_in_one_area(cast: Cast):
    area(cast, agreed("Trips", HEAD, consulted=[HEAD, "post-office"], told=["post-office", "post-teacher"]))
    (only,) = shown(cast).areas
    (row,) = rights_pages.rights_page(cast.scope("headteacher")).matrix
    assert row.cells == ["Decides", "Consulted", "Teacher (2 people)"]
    assert [(each.part, each.party.post) for each in only.held] == [
        (Part.DECIDES, "headteacher"),
        (Part.CONSULTED, "office"),
        (Part.TOLD, "teacher"),
    ]


def test_what_held_on_a_day_can_be_told(cast: Cast):
    key = area(cast, agreed("Trips", HEAD, since=TODAY - 20 * DAY))
    rearrange(cast, key, agreed("Trips abroad", "post-business_manager", since=TODAY - 5 * DAY))
    scope = cast.scope("headteacher")
    days = {ago: rights_pages.rows(rights_queries.on_day(scope, TODAY - ago * DAY)) for ago in (21, 20, 6, 5, 0)}
    assert {ago: [row[:2] for row in rows] for ago, rows in days.items()} == {
        21: [],
        20: [("Trips", "Headteacher")],
        6: [("Trips", "Headteacher")],
        5: [("Trips abroad", "School business manager")],
        0: [("Trips abroad", "School business manager")],
    }
    rights_actions.end_area(by=scope, at=AT, area=key, version=2)
    assert shown(cast).areas == []
    assert len(rights_queries.on_day(scope, TODAY - DAY).areas) == 1
    assert rights_queries.on_day(scope, TODAY).areas == []


def test_days_parties_and_names_are_checked(cast: Cast):
    key = area(cast, agreed("Trips", HEAD, since=TODAY - 3 * DAY))
    area(cast, agreed("Cover", HEAD))
    left = who(cast, "other_teacher")
    wrong = {
        "cannot be in the future": agreed("Trips", HEAD, since=TODAY + DAY),
        "What stands now holds since": agreed("Trips", HEAD, since=TODAY - 4 * DAY),
        "cannot decide twice": agreed("Trips", HEAD, HEAD),
        "Another area is called": agreed("cover", HEAD),
        "Choose everybody": agreed("Trips", left),
        "Choose everybody from": agreed("Trips", "post-nobody"),
    }
    for words, told in wrong.items():
        with pytest.raises(Unusable, match=words):
            rearrange(cast, key, told)
    assert Area.objects.get(pk=key).version == 1


def test_whoever_left_may_stay_named_until_somebody_else_is(cast: Cast):
    key = area(cast, agreed("Trips", who(cast, "senior_leader")))
    Post.objects.filter(person=cast.people["senior_leader"]).update(ends_on=TODAY - DAY)
    rearrange(cast, key, agreed("Trips", who(cast, "senior_leader"), consulted=[HEAD]))
    with pytest.raises(Unusable, match="Choose everybody"):
        area(cast, agreed("Cover", who(cast, "senior_leader")))


def test_evidence_is_of_the_newest_agreement(cast: Cast):
    key = area(cast, agreed("Trips"))
    assert standing() == []
    rearrange(cast, key, agreed("Trips", HEAD))
    rearrange(cast, key, agreed("Trips abroad", BOARD))
    assert standing() == ["Agreed who decides: Trips abroad"]


def test_governors_are_told_posts_where_they_know_no_names(cast: Cast):
    key = area(cast, agreed("Trips", who(cast, "teacher"), consulted=[who(cast, "senior_leader")]))
    head, governor = (rights_pages.rights_page(cast.scope(each)) for each in ("headteacher", "governor"))
    assert head.heads == ["Area", "Hari Teacher-Example", "Fatima Deputy-Example", "Also told"]
    assert governor.heads == ["Area", "Teacher", "Fatima Deputy-Example", "Also told"]
    for address in (
        MAP,
        f"{MAP}{key}",
        f"{MAP}on-a-day?on_day={TODAY.day}&on_month={TODAY.month}&on_year={TODAY.year}",
    ):
        told = cast.client("governor").get(address).content.decode()
        assert ("Trips" in told, "Hari" in told) == (True, False)
        assert "Hari" in cast.client("headteacher").get(address).content.decode()


def test_nothing_of_another_school_is_found(cast: Cast):
    key = area(cast, agreed("Trips", HEAD))
    other = cast.scope("other_headteacher")
    assert (rights_queries.today(other).areas, rights_queries.area(other, key)) == ([], None)
    with pytest.raises(Http404):
        rights_actions.end_area(by=other, at=AT, area=key, version=1)
    theirs = Team.objects.create(
        school=cast.other, once=uuid4(), name="T", remit="R", lead=cast.people["other_teacher"], since=TODAY
    )
    with pytest.raises(Unusable, match="Choose everybody"):
        rearrange(cast, key, agreed("Trips", f"team-{theirs.pk}"))


def form(version: int, **changed: str) -> dict[str, str]:
    day = {"since_day": str(TODAY.day), "since_month": str(TODAY.month), "since_year": str(TODAY.year)}
    return {"name": "Trips", "decides": HEAD, "once": str(uuid4()), "version": str(version), **day, **changed}


def test_two_who_change_one_area_are_told_and_lose_nothing(cast: Cast):
    key = area(cast, agreed("Trips", HEAD))
    client, address = cast.client("headteacher"), f"{MAP}{key}/change"
    assert client.post(address, form(1, decides=BOARD)).status_code == 302
    late = client.post(address, form(1, words="Mine", limit="up to £500")).content.decode()
    assert "Theirs now stands, and yours is kept here, not saved: Trips, decided by The governing board." in late
    assert ('value="Mine"' in late, 'name="version" value="2"' in late) == (True, True)
    assert Area.objects.get(pk=key).version == 2
    assert client.post(address, form(2, words="Mine", limit="up to £500")).status_code == 302
    (only,) = shown(cast).areas
    assert (only.version, only.words, only.held[0].limit) == (3, "Mine", "up to £500")
    with pytest.raises(Stale):
        rearrange(cast, key, agreed("Trips"), version=2)


def test_the_pages_lead_through_a_first_map(cast: Cast):
    client = cast.client("headteacher")
    assert "Begin with a usual list of areas" in client.get(MAP).content.decode()
    assert "Who decides what is agreed by" in cast.client("teacher").get(MAP).content.decode()
    assert "13 areas are on the map" in client.post(f"{MAP}take", follow=True).content.decode()
    first = client.get(MAP).content.decode()
    assert "Say who decides: Assessment and reporting" in first
    assert client.get(f"{MAP}add").status_code == 200
    sent = form(0, name="Lunch", decides=who(cast, "teacher"), consulted=["post-office"], told_1=who(cast, "governor"))
    assert "Select a valid choice" in client.post(f"{MAP}add", sent).content.decode()
    sent = {**sent, "told_1": who(cast, "senior_leader")}
    made = client.post(f"{MAP}add", sent, follow=True).content.decode()
    assert ("Hari Teacher-Example" in made, "Fatima Deputy-Example" in made) == (True, True)
    key = Area.objects.latest("pk").pk
    again = client.get(f"{MAP}{key}/change").content.decode()
    assert f'value="{who(cast, "senior_leader")}" selected' in again
    taken = client.post(f"{MAP}{key}/end", {"version": "1"}, follow=True).content.decode()
    assert "What held on earlier days can still be told" in taken
    assert "Off the map since" in client.get(f"{MAP}{key}").content.decode()


def test_the_map_is_given_to_hold_and_to_programs(cast: Cast):
    area(cast, agreed("Trips", HEAD, who(cast, "senior_leader")))
    area(cast, agreed("Cover"))
    scope = cast.scope("headteacher")
    paper = rights_documents.rights(scope, rights_pages.rights_page(scope))
    assert (paper.title, paper.wide, paper.about[1]) == (
        "Who decides what",
        True,
        "2 areas, of them 1 that nobody decides and 1 that more than one decides.",
    )
    assert paper.blocks[1].rows[1] == (
        "Trips",
        "Headteacher; Fatima Deputy-Example, senior leader",
        "Nobody",
        "Nobody",
        in_words(TODAY),
    )
    for kind in ("pdf", "word"):
        assert cast.client("headteacher").get(f"{MAP}document?as={kind}").status_code == 200
    given = rights_api.areas(scope, Slice(limit=20, offset=0))
    assert [(each.name, each.wanting, len(each.parts)) for each in given.items] == [
        ("Cover", rights_queries.NOBODY, 0),
        ("Trips", "Headteacher and Fatima Deputy-Example, senior leader", 2),
    ]


@pytest.mark.parametrize(
    ("persona", "decides", "held"),
    [
        ("senior_leader", "person", True),
        ("senior_leader", "post-senior_leader", True),
        ("senior_leader", HEAD, False),
        ("governor", BOARD, True),
        ("headteacher", BOARD, False),
        ("headteacher", "", None),
    ],
)
def test_who_holds_the_right_is_known(cast: Cast, persona: str, decides: str, *, held: bool | None):
    code = who(cast, persona) if decides == "person" else decides
    key = area(cast, agreed("Trips", *filter(None, [code])))
    assert rights_queries.may_decide(cast.scope(persona), key) is held


def test_a_member_of_the_team_that_decides_holds_the_right(cast: Cast):
    deciding = team(cast, "Trips", "teacher", "senior_leader")
    key = area(cast, agreed("Trips", f"team-{deciding}"))
    held = [rights_queries.may_decide(cast.scope(each), key) for each in ("senior_leader", "teacher", "headteacher")]
    assert held == [True, True, False]


def test_gaps_reach_the_today_of_those_who_mend_them(cast: Cast):
    def waits(persona: str) -> list[str]:
        return [each.words for each in journal_waiting.next_actions(cast.scope(persona)) if "who decides" in each.words]

    area(cast, agreed("Trips"))
    assert (waits("headteacher"), waits("senior_leader")) == (["Say who decides: Trips"], [])
    area(cast, agreed("Cover"))
    assert waits("chair") == ["Say who decides: Cover and 1 more"]


def test_others_learn_that_it_was_agreed(cast: Cast):
    area(cast, agreed("Trips", HEAD))
    news = {
        persona: [each.words for each in journal_waiting.news(cast.scope(persona), AT - DAY)]
        for persona in ("teacher", "headteacher")
    }
    assert news == {"teacher": ["Who decides was agreed: Trips"], "headteacher": []}


@pytest.mark.parametrize("code", ["post-king", "nobody", "person-x", "team-"])
def test_a_code_that_names_nobody_is_none(code: str):
    with pytest.raises(ValueError, match=r".+"):
        Party.of(code)


@pytest.mark.parametrize("count", [1, 3])
def test_the_map_asks_as_often_whatever_its_size(cast: Cast, count: int, django_assert_num_queries):
    for number in range(count):
        area(cast, agreed(f"Area {number}", who(cast, "senior_leader"), consulted=[HEAD]))
    scope = cast.scope("headteacher")
    with django_assert_num_queries(5):
        rights_pages.rights_page(scope)
