"""The horizon: noted for somebody, read for what it means, acted on, and told by month and term."""

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.evidence.models import Entry
from headship.improvement import api, horizon_actions, horizon_pages, horizon_queries, rules, waiting
from headship.improvement.choices import Means, Whence
from headship.improvement.models import HorizonItem, HorizonReading
from headship.people.models import Post
from headship.schools.calendar_dates import usual_shape, year_of
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.improvement.flow import AT, DAY, TODAY, note_item, propose, read, seen
from tests.improvement.test_bets import dated, filled

HERE = f"/schools/{everybody.OWN}/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def of(key: int) -> HorizonItem:
    return HorizonItem.objects.get(pk=key)


def item_page(cast: Cast, key: int, persona: str = "headteacher") -> horizon_pages.ItemPage:
    return horizon_pages.item_page(cast.scope(persona), of(key))


def waits(cast: Cast, persona: str) -> list[tuple[str, date]]:
    return [(each.words, each.due_on) for each in waiting.next_actions(cast.scope(persona))]


def test_it_waits_on_todays_of_its_reader_alone_until_it_is_read(cast: Cast):
    key = note_item(cast)
    assert waits(cast, "senior_leader") == [("Say what it means for us: A new road", TODAY + 5 * DAY)]
    assert waits(cast, "headteacher") == []
    read(cast, key, "watch")
    assert waits(cast, "senior_leader") == []
    assert (of(key).means, HorizonReading.objects.get().words) == ("watch", "We wait")


def test_what_nobody_read_in_time_is_said_to_be_late(cast: Cast):
    note_item(cast, at=AT - 9 * DAY, read_by=TODAY - DAY)
    (row,) = horizon_pages.horizon_page(cast.scope("headteacher"), TODAY.replace(day=1)).unread
    assert (row.means, row.waits, row.facts.endswith(", late")) == ("Not read yet", True, True)


def test_only_its_reader_or_who_leads_says_what_it_means(cast: Cast):
    key = note_item(cast)
    for persona in ("teacher", "chair", "business_manager"):
        with pytest.raises(Refused) as refused:
            read(cast, key, "nothing", persona)
        assert str(refused.value) == rules.OWNER_ONLY
    read(cast, key, "nothing", "headteacher")
    assert of(key).means == "nothing"


def test_it_is_evidence_once_however_often_it_is_read(cast: Cast):
    key = note_item(cast)
    read(cast, key, "watch")
    read(cast, key, "act", words="They decided")
    told = Entry.objects.filter(kind="improvement.horizon")
    assert [each.words for each in told] == ["Read what it means for us: A new road"]
    assert list(told.get().serves.values_list("characteristic__code", flat=True)) == ["4.5"]
    assert [(each.words, each.note) for each in item_page(cast, key).said] == [
        ("Watch it", "We wait"),
        ("Act on it", "They decided"),
    ]


def test_the_same_form_twice_is_one(cast: Cast):
    by, once = cast.scope("chair"), uuid4()
    told = {"by": by, "at": AT, "once": once, "seen": seen(cast)}
    key = horizon_actions.note_item(**told)
    assert horizon_actions.note_item(**told) == key
    reader = cast.scope("senior_leader")
    given = {"by": reader, "at": AT, "once": once, "item": key, "means": Means.WATCH, "words": "Wait"}
    assert horizon_actions.read_item(**given) == horizon_actions.read_item(**given)
    assert (HorizonItem.objects.count(), HorizonReading.objects.count(), of(key).version) == (1, 1, 2)


def test_its_reader_works_here_and_has_a_day_that_is_not_past(cast: Cast):
    with pytest.raises(Unusable):
        note_item(cast, reader=cast.people["other_teacher"].pk)
    with pytest.raises(Unusable):
        note_item(cast, read_by=TODAY - DAY)
    assert not HorizonItem.objects.exists()


def test_who_noted_it_or_leads_changes_it(cast: Cast):
    key, change = note_item(cast), {"at": AT, "seen": seen(cast, title="A wider road")}
    for persona in ("teacher", "governor"):
        with pytest.raises(Refused):
            horizon_actions.change_item(by=cast.scope(persona), item=key, version=1, **change)
    horizon_actions.change_item(by=cast.scope("chair"), item=key, version=1, **change)
    assert (of(key).title, of(key).version) == ("A wider road", 2)
    with pytest.raises(Stale):
        horizon_actions.change_item(by=cast.scope("headteacher"), item=key, version=1, **change)
    with pytest.raises(Http404):
        horizon_actions.change_item(by=cast.scope("other_headteacher"), item=key, version=2, **change)


def test_what_was_read_stays_what_it_was(cast: Cast):
    key = note_item(cast)
    read(cast, key, "watch")
    by = cast.scope("chair")
    for changed in ({"title": "No road"}, {"source": "A friend"}, {"link": "https://other.example"}):
        with pytest.raises(Unusable, match="Note a new one instead"):
            horizon_actions.change_item(by=by, at=AT, item=key, version=2, seen=seen(cast, **changed))
    horizon_actions.change_item(by=by, at=AT, item=key, version=2, seen=seen(cast, expected="in two years"))
    assert (of(key).title, of(key).expected) == ("A new road", "in two years")


def test_what_nobody_here_reads_reaches_the_headteacher(cast: Cast):
    note_item(cast)
    Post.objects.filter(person=cast.people["senior_leader"]).update(ends_on=TODAY - DAY)
    assert [words for words, _ in waits(cast, "headteacher")] == ["Say what it means for us: A new road"]
    assert waits(cast, "teacher") == []


def test_what_waits_for_the_reader_is_the_first_button(cast: Cast):
    key = note_item(cast)
    shown = {name: horizon_pages.horizon_page(cast.scope(name), TODAY) for name in ("senior_leader", "chair")}
    assert (shown["senior_leader"].waits.url, shown["chair"].waits) == (f"{HERE}horizon/{key}/read", None)
    told = cast.client("senior_leader").get(f"{HERE}horizon/").content.decode()
    assert told.count("Say what it means for us: A new road") == 1


def test_to_act_leads_to_where_it_is_done_as_far_as_the_reader_may(cast: Cast):
    key = note_item(cast)
    assert item_page(cast, key).acts == []
    read(cast, key, "act")
    offered = {each.words: each.url for each in item_page(cast, key).acts}
    assert offered["Propose a bet"] == f"{HERE}bets/propose?item={key}"
    assert {"Note a decision", "Plan an action in the strategic plan"} <= set(offered)
    assert "Propose a bet" not in {each.words for each in item_page(cast, key, "chair").acts}
    bet = propose(cast, item=key)
    assert [each.url for each in item_page(cast, key).bets] == [f"{HERE}bets/{bet}"]


def test_the_digest_of_a_month_is_told_by_where_it_comes_from(cast: Cast):
    month = TODAY.replace(day=1)
    note_item(cast, title="Here")
    key = note_item(cast, title="There", whence=Whence.ABROAD)
    read(cast, key, "nothing", words="Not for us")
    old = note_item(cast, title="Long ago", at=AT - 70 * DAY)
    shown = horizon_pages.horizon_page(cast.scope("teacher"), month)
    assert [(where, [each.title for each in rows]) for where, rows in shown.groups] == [("Abroad", ["There"])]
    assert [each.title for each in shown.unread] == ["Here", "Long ago"]
    assert shown.groups[0][1][0].words == "Not for us"
    assert shown.later is None
    assert shown.earlier.url.endswith(f"?month={of(old).noted_on:%Y-%m}")
    before = horizon_pages.horizon_page(cast.scope("teacher"), of(old).noted_on.replace(day=1))
    assert before.later.url.endswith(f"?month={TODAY:%Y-%m}")


def test_the_digest_asks_the_same_queries_however_much_is_in_it(cast: Cast, django_assert_num_queries):
    scope, month = cast.scope("headteacher"), TODAY.replace(day=1)
    for count in (1, 2):
        for _ in range(count):
            read(cast, note_item(cast), "watch")
            note_item(cast)
        with django_assert_num_queries(7):
            horizon_pages.horizon_page(scope, month)


def test_a_term_reaches_to_the_day_before_the_next(cast: Cast):
    scope, year = cast.scope("headteacher"), year_of(TODAY)
    autumn, spring, summer = usual_shape(year)
    for day, words in (
        (date(year, 9, 1), "Autumn term"),
        (spring.starts_on - DAY, "Autumn term"),
        (spring.starts_on, "Spring term"),
        (summer.starts_on - DAY, "Spring term"),
        (date(year + 1, 8, 31), "Summer term"),
    ):
        assert horizon_queries.term_of(scope, day)[0] == words
    assert autumn.ends_on < spring.starts_on


def test_a_terms_digest_is_given_to_hold(cast: Cast):
    read(cast, note_item(cast), "watch")
    for form, kind in (("", b"%PDF"), ("?as=word", b"PK"), (f"?month={TODAY.year - 3}-01", b"%PDF")):
        assert cast.client("chair").get(f"{HERE}horizon/document{form}").content.startswith(kind)


def test_the_forms_lead_from_a_note_to_what_it_means(cast: Cast):
    chair, leader = cast.client("chair"), cast.client("senior_leader")
    assert "This page will show what is coming" in chair.get(f"{HERE}horizon/?month=2026-13").content.decode()
    url, reader = f"{HERE}horizon/note", cast.people["headteacher"].pk
    typed = {"title": "A road", "whence": "local", "source": "The council", "expected": "soon", "reader": reader}
    past = chair.post(url, filled(chair, url, **typed, **dated("read_by", TODAY - DAY))).content.decode()
    assert "a day that is not past" in past
    unsafe = filled(chair, url, **typed, link="javascript:alert(1)", **dated("read_by", TODAY))
    assert chair.post(url, unsafe).status_code == 200
    chair.post(url, filled(chair, url, **typed, link="council.example", **dated("read_by", TODAY)))
    key = HorizonItem.objects.get().pk
    assert of(key).link == "https://council.example"
    change = f"{HERE}horizon/{key}/change"
    mine = filled(chair, change, **{**typed, "title": "My road"}, **dated("read_by", TODAY))
    there = f"{HERE}horizon/{key}/read"
    assert leader.get(there).status_code == 200
    leader.post(there, filled(leader, there, means="act", words="Ask"))
    kept = chair.post(change, mine).content.decode()
    assert "Somebody changed this while you were writing" in kept
    now = chair.post(change, {**mine, "version": of(key).version}).content.decode()
    assert "Note a new one instead" in now
    shown = leader.get(f"{HERE}horizon/{key}").content.decode()
    assert "My road" not in shown
    assert "Act on it" in shown
    assert leader.get(f"{HERE}horizon/?month={TODAY:%Y-%m}").status_code == 200


def test_news_and_calendar_tell_of_it(cast: Cast):
    note_item(cast, expected_on=TODAY + 3 * DAY)
    assert [each.words for each in waiting.news(cast.scope("teacher"), AT - DAY)] == ["On the horizon: A new road"]
    assert list(waiting.news(cast.scope("chair"), AT - DAY)) == []
    events = waiting.calendar(cast.scope("teacher"), TODAY, TODAY + 9 * DAY)
    assert [(each.words, each.on) for each in events] == [("Expected: A new road", TODAY + 3 * DAY)]


def test_programs_read_the_horizon_and_no_other_schools(cast: Cast):
    note_item(cast)
    assert [each.title for each in api.horizon(cast.scope("clerk"), Slice()).items] == ["A new road"]
    assert api.horizon(cast.scope("other_headteacher"), Slice()).items == []
