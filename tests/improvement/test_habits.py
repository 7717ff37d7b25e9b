"""Habits: asked what they rest on, and kept with evidence, tested or dropped."""

from uuid import uuid4

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.evidence.models import Entry
from headship.improvement import api, habit_actions, habit_pages, habit_queries, rules, waiting
from headship.improvement.choices import Rests
from headship.improvement.models import Habit, HabitReview
from headship.people.models import Post
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.improvement.flow import AT, DAY, TODAY, kept, note_habit, propose, question, questioned
from tests.improvement.test_bets import dated, filled

HERE = f"/schools/{everybody.OWN}/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def of(key: int) -> Habit:
    return Habit.objects.get(pk=key)


def waits(cast: Cast, persona: str) -> list[str]:
    return [each.words for each in waiting.next_actions(cast.scope(persona))]


def test_staff_put_a_practice_to_the_question_and_governors_read(cast: Cast):
    for persona in ("chair", "clerk"):
        with pytest.raises(Refused) as refused:
            note_habit(cast, persona)
        assert str(refused.value) == rules.STAFF_ONLY
    key = note_habit(cast, "support_staff")
    assert cast.client("chair").get(f"{HERE}habits/{key}").status_code == 200
    assert cast.client("other_headteacher").get(f"/schools/{everybody.OTHER}/habits/{key}").status_code == 404


def test_the_same_form_twice_is_one(cast: Cast):
    told = {"by": cast.scope("teacher"), "at": AT, "once": uuid4(), "kept": kept(cast)}
    assert habit_actions.note_habit(**told) == habit_actions.note_habit(**told)
    assert Habit.objects.count() == 1


def test_the_day_it_is_questioned_lies_ahead(cast: Cast):
    with pytest.raises(Unusable, match="after today"):
        note_habit(cast, review_on=TODAY)


def test_within_two_weeks_it_is_on_its_owners_today(cast: Cast):
    note_habit(cast, review_on=TODAY + 15 * DAY)
    assert waits(cast, "teacher") == []
    note_habit(cast, review_on=TODAY + 14 * DAY, practice="Assembly")
    note_habit(cast, review_on=TODAY - 5 * DAY, at=AT - 9 * DAY, practice="Late one")
    assert waits(cast, "teacher") == ["Ask what it rests on: Late one", "Ask what it rests on: Assembly"]
    assert waits(cast, "headteacher") == []


@pytest.mark.parametrize(
    ("outcome", "changed", "said"),
    [
        ("keep", {"rests": Rests.NONE}, rules.KEEP_WITH),
        ("keep", {"evidence": ""}, rules.KEEP_WITH),
        ("keep", {"again": None}, "Say when it is asked about again"),
        ("test", {"again": TODAY}, "Choose a day after today"),
        ("drop", {"again": TODAY + DAY}, "What is dropped is asked about no more: leave the next day empty"),
    ],
)
def test_it_is_kept_with_evidence_alone_and_asked_again(cast: Cast, outcome, changed, said):
    key = note_habit(cast)
    with pytest.raises(Unusable) as unusable:
        question(cast, key, outcome, **changed)
    assert str(unusable.value) == f"{said}. Nothing was saved."
    assert not HabitReview.objects.exists()


@pytest.mark.parametrize(("outcome", "done"), [("keep", "Kept"), ("test", "Being tested"), ("drop", "Dropped")])
def test_questioning_it_is_evidence_for_4_3(cast: Cast, outcome: str, done: str):
    key = note_habit(cast)
    question(cast, key, outcome)
    entry = Entry.objects.get(kind="improvement.habit")
    assert entry.words == f"Questioned a habit: Reports of six pages ({done.lower()})"
    assert list(entry.serves.values_list("characteristic__code", flat=True)) == ["4.3"]
    shown = habit_pages.habit_page(cast.scope("chair"), of(key))
    assert (shown.state, [each.words for each in shown.reviews]) == (done, [done])
    assert (shown.is_tested, shown.is_dropped) == (outcome == "test", outcome == "drop")


def test_what_is_dropped_is_asked_about_no_more(cast: Cast):
    key = note_habit(cast)
    question(cast, key, "drop")
    assert of(key).review_on is None
    assert [row.practice for row in habit_pages.habits_page(cast.scope("teacher")).rows] == []
    dropped = habit_pages.habits_page(cast.scope("teacher"), dropped=True)
    assert [row.practice for row in dropped.rows] == ["Reports of six pages"]
    for attempt in (
        lambda: question(cast, key, "keep"),
        lambda: habit_actions.change_habit(
            by=cast.scope("teacher"), at=AT, habit=key, version=2, kept=kept(cast, review_on=TODAY + DAY)
        ),
    ):
        with pytest.raises(Unusable, match="It was dropped"):
            attempt()


def test_only_who_answers_or_leads_questions_and_changes_it(cast: Cast):
    key = note_habit(cast)
    for persona in ("middle_leader", "chair"):
        with pytest.raises(Refused) as refused:
            question(cast, key, "drop", persona)
        assert str(refused.value) == rules.OWNER_ONLY
    change = {"at": AT, "habit": key, "kept": kept(cast, practice="Reports of two pages")}
    with pytest.raises(Refused):
        habit_actions.change_habit(by=cast.scope("office"), version=1, **change)
    habit_actions.change_habit(by=cast.scope("headteacher"), version=1, **change)
    with pytest.raises(Stale):
        habit_actions.change_habit(by=cast.scope("teacher"), version=1, **change)
    with pytest.raises(Http404):
        habit_actions.review_habit(
            by=cast.scope("other_headteacher"), at=AT, habit=key, version=2, questioned=questioned("drop")
        )
    assert of(key).practice == "Reports of two pages"


def test_what_is_kept_stays_kept_with_its_evidence(cast: Cast):
    key = note_habit(cast)
    question(cast, key, "keep")
    change = {"at": AT, "habit": key, "version": of(key).version}
    for lost in ({"rests": Rests.NONE, "evidence": "We asked"}, {"rests": Rests.OURS}):
        with pytest.raises(Unusable) as unusable:
            habit_actions.change_habit(by=cast.scope("teacher"), kept=kept(cast, **lost), **change)
        assert str(unusable.value) == f"{rules.KEEP_WITH}. Nothing was saved."
    client, url = cast.client("teacher"), f"{HERE}habits/{key}/change"
    typed = {"practice": "Reports", "rests": "none", "owner": cast.people["teacher"].pk}
    mine = filled(client, url, **typed, **dated("review_on", TODAY + 9 * DAY))
    assert rules.KEEP_WITH in client.post(url, {**mine, "version": of(key).version}).content.decode()
    assert (of(key).rests, of(key).evidence) == ("ours", "We asked")


def test_what_nobody_here_answers_for_reaches_the_headteacher(cast: Cast):
    note_habit(cast)
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - DAY)
    assert waits(cast, "headteacher") == ["Ask what it rests on: Reports of six pages"]
    assert waits(cast, "senior_leader") == []


def test_one_that_is_tested_leads_to_its_bet(cast: Cast):
    key = note_habit(cast)
    question(cast, key, "test")
    shown = habit_pages.habit_page(cast.scope("teacher"), of(key))
    assert shown.bet_url == f"{HERE}bets/propose?habit={key}"
    bet = propose(cast, habit=key)
    assert [each.url for each in habit_pages.habit_page(cast.scope("teacher"), of(key)).bets] == [f"{HERE}bets/{bet}"]


def test_what_nobody_knows_is_said_not_to_be_known(cast: Cast):
    (row,) = (note_habit(cast), habit_pages.habits_page(cast.scope("teacher")))[1].rows
    assert (row.rests, row.state) == ("Evidence: none that we know of", "Not questioned yet")
    assert "hours not known" in row.facts


def test_the_register_is_paged_in_the_same_queries(cast: Cast, django_assert_num_queries):
    scope = cast.scope("headteacher")
    for count in (1, habit_queries.PAGE):
        for _ in range(count):
            note_habit(cast)
        with django_assert_num_queries(2):
            shown = habit_pages.habits_page(scope)
    assert (len(shown.rows), shown.older_url.endswith("?page=2")) == (habit_queries.PAGE, True)
    assert habit_pages.habits_page(scope, 2).newer_url.endswith("?page=1")


def test_the_forms_lead_from_a_practice_to_its_outcome(cast: Cast):
    client = cast.client("teacher")
    assert "what evidence it rests on" in client.get(f"{HERE}habits/").content.decode()
    url, owner = f"{HERE}habits/note", cast.people["teacher"].pk
    typed = {"practice": "Long reports", "rests": "none", "owner": owner}
    client.post(url, filled(client, url, **typed, **dated("review_on", TODAY)))
    assert not Habit.objects.exists()
    client.post(url, filled(client, url, **typed, **dated("review_on", TODAY + 9 * DAY)))
    key = Habit.objects.get().pk
    change = f"{HERE}habits/{key}/change"
    mine = filled(client, change, **{**typed, "hours": "12.5"}, **dated("review_on", TODAY + 9 * DAY))
    client.post(change, mine)
    assert str(of(key).hours) == "12.50"
    there = f"{HERE}habits/{key}/review"
    refused = client.post(there, filled(client, there, outcome="keep", rests="none", because="Habit")).content.decode()
    assert rules.KEEP_WITH in refused
    told = filled(client, there, outcome="test", rests="none", because="Nobody knows", **dated("again", TODAY + DAY))
    answer = client.post(there, told, follow=True).content.decode()
    assert "Propose the bet that tests it" in answer
    kept_words = client.post(change, mine).content.decode()
    assert "Somebody changed this while you were writing" in kept_words
    assert client.get(f"{HERE}habits/?dropped=yes").status_code == 200


def test_calendar_and_programs_tell_of_it(cast: Cast):
    note_habit(cast)
    events = waiting.calendar(cast.scope("teacher"), TODAY, TODAY + 20 * DAY)
    assert [each.words for each in events] == ["A habit is questioned: Reports of six pages"]
    assert [each.practice for each in api.habits(cast.scope("clerk"), Slice()).items] == ["Reports of six pages"]
    assert api.habits(cast.scope("other_headteacher"), Slice()).items == []
