"""Looking back at decisions: who does, what is kept beside what was expected, what waits, and the hint of the map."""

from uuid import uuid4

import pytest

from headship.core.errors import Refused, Unusable
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from headship.strategy import (
    actions,
    api,
    journal_actions,
    journal_pages,
    journal_queries,
    journal_waiting,
    queries,
)
from headship.strategy.actions import Journal, Noted
from headship.strategy.models import Decision, LookBack
from headship.strategy.rights_choices import Turned
from tests import cast as everybody
from tests.cast import Cast
from tests.evidence.leading import leads
from tests.strategy.deciding import agreed, area, decision, expecting, look
from tests.strategy.flow import AT, DAY, TODAY

LOG = f"/schools/{everybody.OWN}/decisions/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def waits(cast: Cast, persona: str) -> list[str]:
    found = journal_waiting.next_actions(cast.scope(persona))
    return [each.words for each in found if each.words.startswith("Look back")]


def test_both_sides_are_kept_beside_one_another(cast: Cast):
    key = decision(cast, journal=expecting(0))
    look(cast, key)
    page = cast.client("teacher").get(f"{LOG}{key}").content.decode()
    for words in ("Nobody is left behind", "One was", "Count twice", "As expected: partly", "decide so again: yes"):
        assert words in page
    now = Decision.objects.get(pk=key)
    assert (now.review_on, now.expected) == (None, "Nobody is left behind")
    words = "Looked back at a decision: Trips need two adults"
    entry = Entry.objects.get(kind=journal_actions.KIND)
    assert (entry.words, entry.serves.get().characteristic.code) == (words, "3.6")
    seen = LookBack.objects.get().pk
    assert leads(cast, "teacher", journal_actions.KIND) == f"{LOG}{key}#look-{seen}"
    assert f'id="look-{seen}"' in page


def test_it_can_be_looked_back_at_again_by_choice(cast: Cast):
    key = decision(cast, journal=expecting(0))
    look(cast, key, again_on=TODAY + 90 * DAY)
    assert Decision.objects.get(pk=key).review_on == TODAY + 90 * DAY
    look(cast, key, as_expected=Turned.YES)
    assert [each.as_expected for each in journal_queries.looks(Decision.objects.get(pk=key))] == ["yes", "partly"]
    with pytest.raises(Unusable, match="must be in the future"):
        look(cast, key, again_on=TODAY)
    by, once = cast.scope("headteacher"), uuid4()
    looked = journal_actions.Looked("It was", Turned.YES, Turned.YES)
    keys = {journal_actions.look_back(by=by, at=AT, once=once, decision=key, looked=looked) for _ in range(2)}
    assert (len(keys), LookBack.objects.count()) == (1, 3)


@pytest.mark.parametrize(
    ("decider", "persona", "may"),
    [
        ("senior_leader", "senior_leader", True),
        ("senior_leader", "headteacher", True),
        ("senior_leader", "chair", False),
        ("senior_leader", "business_manager", False),
        ("governor", "chair", True),
        ("governor", "headteacher", False),
    ],
)
def test_whoever_decided_looks_back_or_the_head_or_chair(cast: Cast, decider: str, persona: str, *, may: bool):
    key = decision(cast, persona=decider)
    if may:
        look(cast, key, persona)
        assert LookBack.objects.count() == 1
        return
    with pytest.raises(Refused, match="Whoever decided looks back at it"):
        look(cast, key, persona)
    assert LookBack.objects.count() == 0


def test_what_was_withdrawn_is_not_looked_back_at_and_leaves_the_counts(cast: Cast):
    key = decision(cast, journal=expecting(0))
    look(cast, key)
    by = cast.scope("headteacher")
    assert journal_queries.counts(by) == [(year_of(TODAY), [0, 1, 0])]
    version = Decision.objects.get(pk=key).version
    actions.withdraw_decision(by=by, at=AT, decision=key, version=version, because="Twice")
    assert journal_queries.counts(by) == []
    assert Entry.objects.filter(kind=journal_actions.KIND, withdrawn_at=None).count() == 0
    with pytest.raises(Refused, match="withdrawn"):
        look(cast, key)


def test_a_look_back_reads_as_its_decision_does_and_is_seen_by_whom_it_is(cast: Cast):
    key = decision(cast)
    look(cast, key)
    look(cast, key, "headteacher", was="Three were")
    version = Decision.objects.get(pk=key).version
    noted = Noted("Trips need three adults", "Because", TODAY, Visibility.LEADERS)
    actions.change_decision(by=cast.scope("headteacher"), at=AT, decision=key, version=version, noted=noted)
    found = Entry.objects.filter(kind=journal_actions.KIND, withdrawn_at=None)
    words = "Looked back at a decision: Trips need three adults"
    assert [(each.words, each.visibility) for each in found] == [(words, Visibility.LEADERS)] * 2
    assert {each.source for each in found} == {journal_queries.source(each.pk) for each in LookBack.objects.all()}
    actions.withdraw_decision(by=cast.scope("headteacher"), at=AT, decision=key, version=version + 1, because="Twice")
    assert found.all().count() == 0


def test_the_list_finds_what_is_to_be_looked_back_at_and_what_is_overdue(cast: Cast):
    trips = area(cast, agreed("Trips", "post-headteacher"))
    decision(cast, "Nothing expected")
    decision(cast, "Later", journal=expecting(3, trips))
    decision(cast, "Late", journal=expecting(-1))

    def listed(query: str) -> set[str]:
        page = cast.client("headteacher").get(f"{LOG}?{query}").content.decode()
        return {what for what in ("Nothing expected", "Later", "Late") if f">{what}</a>" in page}

    assert listed("state=open") == {"Later", "Late"}
    assert listed("state=overdue") == {"Late"}
    assert listed(f"area={trips}") == {"Later"}
    assert listed("") == {"Nothing expected", "Later", "Late"}
    assert ", overdue" in cast.client("headteacher").get(LOG).content.decode()


def test_what_is_due_reaches_whoever_decided_and_the_head_once_they_left(cast: Cast):
    decision(cast, "Due", "senior_leader", journal=expecting(-1))
    decision(cast, "In two weeks", "senior_leader", journal=expecting(14))
    decision(cast, "Later", "senior_leader", journal=expecting(15))
    assert waits(cast, "senior_leader") == ["Look back: Due", "Look back: In two weeks"]
    assert waits(cast, "headteacher") == []
    events = journal_waiting.calendar(cast.scope("senior_leader"), TODAY, TODAY + 15 * DAY)
    assert [each.words for each in events] == ["Look back: In two weeks", "Look back: Later"]
    Post.objects.filter(person=cast.people["senior_leader"]).update(ends_on=TODAY - DAY)
    assert waits(cast, "headteacher") == ["Look back: Due"]


def test_others_learn_of_it_where_they_may_see_the_decision(cast: Cast):
    look(cast, decision(cast, "For all"))
    look(cast, decision(cast, "For leaders", visibility=Visibility.LEADERS))

    def news(persona: str) -> list[str]:
        return [each.words for each in journal_waiting.news(cast.scope(persona), AT - DAY)]

    assert news("senior_leader") == ["Looked back at: For leaders", "Looked back at: For all"]
    assert (news("teacher"), news("headteacher")) == (["Looked back at: For all"], [])
    page = cast.client("teacher").get(f"{LOG}looked-back").content.decode()
    assert ("For all" in page, "For leaders" in page) == (True, False)


def test_counts_are_a_table_by_the_year_of_the_decision(cast: Cast):
    for turned in (Turned.YES, Turned.YES, Turned.NO):
        look(cast, decision(cast, turned), as_expected=turned)
    page = journal_pages.looked_page(cast.scope("teacher"), None)
    assert page.counts == [(f"{year_of(TODAY)}/{(year_of(TODAY) + 1) % 100:02}", "3", "2", "0", "1")]
    assert (
        "expected of a decision beside"
        in cast.client("other_teacher").get(f"/schools/{everybody.OTHER}/decisions/looked-back").content.decode()
    )


def test_what_was_looked_back_at_comes_by_the_page(cast: Cast):
    key = decision(cast)
    for number in range(21):
        look(cast, key, was=f"Time {number}.")
    client = cast.client("teacher")
    first = client.get(f"{LOG}looked-back").content.decode()
    assert ("Time 20." in first, "Time 0." in first) == (True, False)
    (before,) = [each.pk for each in journal_queries.looks(Decision.objects.get()) if each.was == "Time 1."]
    assert f"?before={before}" in first
    assert "Time 0." in client.get(f"{LOG}looked-back?before={before}").content.decode()


def test_the_form_says_what_was_expected_and_keeps_what_is_typed(cast: Cast):
    key = decision(cast, journal=expecting(0))
    client, address = cast.client("headteacher"), f"{LOG}{key}/look-back"
    assert "Nobody is left behind" in client.get(address).content.decode()
    sent = {"was": "One was", "as_expected": "no", "again": "partly", "once": str(uuid4())}
    yesterday = TODAY - DAY
    again = dict(zip(("again_on_day", "again_on_month", "again_on_year"), _parts(yesterday), strict=True))
    wrong = client.post(address, {**sent, **again}).content.decode()
    assert ("must be in the future" in wrong, "One was" in wrong) == (True, True)
    assert "Kept beside what was expected" in client.post(address, sent, follow=True).content.decode()


def _parts(day) -> tuple[str, str, str]:
    return str(day.day), str(day.month), str(day.year)


def full(cast: Cast, **changed: str) -> dict[str, str]:
    day = dict(zip(("decided_on_day", "decided_on_month", "decided_on_year"), _parts(TODAY), strict=True))
    return {"what": "Buy boats", "visibility": "staff", "once": str(uuid4()), **day, **changed}


def test_the_map_gives_a_hint_once_and_never_refuses(cast: Cast):
    key = area(cast, agreed("Purchases", "post-business_manager"))
    client, address = cast.client("headteacher"), f"{LOG}note?day"
    assert "In which area?" in client.get(address).content.decode()
    sent = full(cast, area=str(key))
    hinted = client.post(address, sent).content.decode()
    assert "The map says that School business manager decides this." in hinted
    assert (f"who-decides/{key}" in hinted, f'name="hinted" value="{key}"' in hinted) == (True, True)
    assert Decision.objects.count() == 0
    assert client.post(address, {**sent, "hinted": str(key)}).status_code == 302
    made = Decision.objects.get()
    assert made.area_id == key
    assert "Purchases" in client.get(f"{LOG}{made.pk}").content.decode()
    sent = full(cast, area=str(key), version="1", expected="Dry feet")
    assert client.post(f"{LOG}{made.pk}/change", sent).status_code == 302  # the area it stands in already
    made.refresh_from_db()
    assert made.expected == "Dry feet"
    assert cast.client("business_manager").post(address, full(cast, area=str(key))).status_code == 302


@pytest.mark.parametrize(("days", "words"), [(0, "must be after the day"), (6 * 366, "within five years")])
def test_the_day_to_look_back_is_checked(cast: Cast, days: int, words: str):
    on = TODAY + days * DAY
    noted = Noted("What", "", TODAY, Visibility.STAFF, journal=Journal(review_on=on))
    with pytest.raises(Unusable, match=words):
        actions.note_decision(by=cast.scope("headteacher"), at=AT, once=uuid4(), noted=noted)
    parts = dict(zip(("review_on_day", "review_on_month", "review_on_year"), _parts(on), strict=True))
    assert words in cast.client("headteacher").post(f"{LOG}note?day", full(cast, **parts)).content.decode()


def test_an_area_of_another_school_is_none_here(cast: Cast):
    key = area(cast, agreed("Trips"))
    noted = Noted("What", "", TODAY, Visibility.STAFF, journal=Journal(area=key))
    with pytest.raises(Unusable, match="Choose the area from the list"):
        actions.note_decision(by=cast.scope("other_headteacher"), at=AT, once=uuid4(), noted=noted)


def test_old_programs_change_a_decision_and_leave_what_they_do_not_know(cast: Cast):
    trips = area(cast, agreed("Trips", "post-headteacher"))
    key = decision(cast, journal=expecting(5, trips))
    scope = cast.scope("headteacher")
    body = {"what": "Anew", "decided_on": TODAY, "visibility": "staff"}
    api.change_decision(scope, key, api.DecisionTaken(**body), 1)
    now = Decision.objects.get(pk=key)
    assert (now.what, now.area_id, now.expected) == ("Anew", trips, "Nobody is left behind")
    given = api.change_decision(scope, key, api.DecisionTaken(**body, expected="More"), 2)
    assert (given.area, given.expected, given.review_on) == (trips, "More", TODAY + 5 * DAY)
    assert queries.changes(now)[-1].words == "Changed what is expected"
    look(cast, key)
    assert [each.was for each in api.decision(scope, key).looks] == ["One was"]
    made = api.note_decision(scope, api.DecisionTaken(**body, area=trips), uuid4())
    assert (made.area, made.review_on) == (trips, None)
