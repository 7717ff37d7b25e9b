"""Bets: proposed, run to a day, asked for a decision with evidence, and what was learned stays."""

import re
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from headship.core.errors import Refused, Stale, Unusable
from headship.core.saving import MEANWHILE
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.evidence.models import Entry
from headship.improvement import api, bet_actions, bet_pages, bet_queries, documents, rules, waiting
from headship.improvement.choices import BET_MOVES, BetState
from headship.improvement.models import Bet, BetDecision, BetReading
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.improvement.flow import (
    AT,
    DAY,
    TODAY,
    decide,
    decided,
    measure,
    note_habit,
    note_item,
    propose,
    proposed,
    run,
    start,
)
from tests.strategy import flow as strategy

HERE = f"/schools/{everybody.OWN}/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def of(key: int) -> Bet:
    return Bet.objects.get(pk=key)


def waits(cast: Cast, persona: str) -> list[str]:
    return [each.words for each in waiting.next_actions(cast.scope(persona))]


def page(cast: Cast, persona: str = "headteacher") -> bet_pages.BetsPage:
    return bet_pages.bets_page(cast.scope(persona))


def standing(kind: str) -> list[tuple[str, set[str]]]:
    found = Entry.objects.filter(kind=kind, withdrawn_at=None).order_by("pk")
    return [(each.words, set(each.serves.values_list("characteristic__code", flat=True))) for each in found]


def test_a_bet_moves_only_by_its_table():
    assert {str(each): [str(to) for to in after] for each, after in BET_MOVES.items()} == {
        "proposed": ["running", "not_tried"],
        "running": ["continued", "stopped", "scaled"],
        "continued": ["running"],
        "scaled": ["running"],
        "stopped": [],
        "not_tried": [],
    }
    for state in BetState:
        for to in BetState:
            assert (rules.move(state, to) is None) == (to in BET_MOVES[state])


def test_what_is_believed_is_told_in_one_sentence(cast: Cast):
    key = propose(cast, trying="Five silent minutes.", expected="calm the corridor.", kill_rule="it rains.")
    assert bet_pages.believed(of(key)) == "We believe that Five silent minutes will calm the corridor."
    assert bet_pages.stops_if(of(key)) == "We stop if it rains."


@pytest.mark.parametrize("persona", ["chair", "governor", "clerk"])
def test_staff_propose_and_governors_read(cast: Cast, persona: str):
    with pytest.raises(Refused) as refused:
        propose(cast, persona)
    assert str(refused.value) == rules.STAFF_ONLY
    key = propose(cast)
    assert cast.client(persona).get(f"{HERE}bets/{key}").status_code == 200


@pytest.mark.parametrize("persona", ["teacher", "middle_leader", "business_manager", "chair"])
def test_only_head_and_senior_leaders_let_a_bet_run_or_not(cast: Cast, persona: str):
    key = propose(cast)
    with pytest.raises(Refused) as refused:
        start(cast, key, persona)
    assert str(refused.value) == rules.KEEPERS_ONLY
    with pytest.raises(Refused):
        bet_actions.decline_bet(by=cast.scope(persona), at=AT, bet=key, version=1, because="No")
    assert of(key).state == "proposed"
    start(cast, key, "senior_leader")
    assert (of(key).state, of(key).runs_since) == ("running", TODAY)


def test_what_is_not_tried_says_why_and_can_never_run(cast: Cast):
    key = propose(cast)
    head = cast.scope("headteacher")
    bet_actions.decline_bet(by=head, at=AT, bet=key, version=1, because="We have no room")
    (row,) = page(cast).over
    assert (row.state, row.learned) == ("Not tried", "We have no room")
    with pytest.raises(Unusable):
        start(cast, key)
    assert page(cast).said == "No bets run. Decided so far: none."


def test_the_same_form_twice_is_one_bet_and_one_reading(cast: Cast):
    by, once = cast.scope("teacher"), uuid4()
    told = {"by": by, "at": AT, "once": once, "proposed": proposed(cast)}
    first = bet_actions.propose_bet(**told)
    assert bet_actions.propose_bet(**told) == first
    start(cast, first)
    given = {"by": by, "at": AT, "once": once, "bet": first, "measured": bet_actions.Measured(TODAY, "8", kills=True)}
    assert bet_actions.note_bet_reading(**given) == bet_actions.note_bet_reading(**given)
    assert (Bet.objects.count(), BetReading.objects.count(), of(first).version) == (1, 1, 3)


def test_what_was_wagered_is_not_changed_once_it_runs(cast: Cast):
    key, by = propose(cast), cast.scope("teacher")
    change = {"by": by, "at": AT, "bet": key, "proposed": proposed(cast, kill_rule="nobody comes")}
    bet_actions.change_bet(**change, version=1)
    assert of(key).kill_rule == "nobody comes"
    with pytest.raises(Stale):
        bet_actions.change_bet(**change, version=1)
    start(cast, key)
    with pytest.raises(Unusable) as unusable:
        bet_actions.change_bet(**change, version=3)
    assert str(unusable.value) == "What was wagered is not changed once a bet runs. Nothing was saved."


def test_somebody_else_may_answer_for_it(cast: Cast):
    key, by = run(cast), cast.scope("teacher")
    other = cast.people["middle_leader"].pk
    with pytest.raises(Unusable):
        bet_actions.hand_bet(by=by, at=AT, bet=key, version=2, owner=cast.people["other_teacher"].pk)
    bet_actions.hand_bet(by=by, at=AT, bet=key, version=2, owner=other)
    assert of(key).owner_id == other
    with pytest.raises(Refused):
        measure(cast, key, "teacher")
    measure(cast, key, "middle_leader")


@pytest.mark.parametrize(
    ("first", "last", "said"), [(0, 0, "after the day"), (0, -1, "after the day"), (0, 740, "2 years")]
)
def test_a_bet_has_a_day_to_stop(cast: Cast, first: int, last: int, said: str):
    with pytest.raises(Unusable, match=said):
        propose(cast, starts_on=TODAY + first * DAY, stops_on=TODAY + last * DAY)


def test_it_cannot_start_when_its_day_is_past(cast: Cast):
    key = propose(cast, starts_on=TODAY - 9 * DAY, stops_on=TODAY)
    with pytest.raises(Unusable):
        start(cast, key)


def test_at_its_day_it_asks_its_owner_and_a_week_later_the_head(cast: Cast):
    run(cast, stops=1)
    assert (waits(cast, "teacher"), waits(cast, "headteacher")) == ([], [])
    run(cast, stops=0, title="Today")
    run(cast, stops=-6, title="Nearly late")
    run(cast, stops=-7, title="Late")
    asked = ["Late", "Nearly late", "Today"]
    assert waits(cast, "teacher") == [f"Continue, stop or scale: {title}" for title in asked]
    assert waits(cast, "headteacher") == ["Nobody decided it: Late"]
    assert waits(cast, "senior_leader") == []
    assert [row.title for row in page(cast).due] == asked
    assert [row.title for row in page(cast).running] == ["A quiet start"]
    assert page(cast).said == "4 bets run, 3 of them due a decision. Decided so far: none."


def test_a_kill_rule_that_is_met_asks_at_once(cast: Cast):
    key = run(cast, stops=20)
    measure(cast, key)
    assert waits(cast, "teacher") == []
    measure(cast, key, value="30", kills=True)
    assert waits(cast, "teacher") == ["Continue, stop or scale: A quiet start"]
    (row,) = page(cast).due
    assert (row.state, row.asks) == ("Kill rule met", True)
    shown = bet_pages.bet_page(cast.scope("teacher"), bet_queries.bet(cast.scope("teacher"), key))
    assert shown.asks.startswith("Its kill rule was met, as noted on ")
    assert shown.readings[1][2] == "The kill rule is met. Counted twice"


def test_no_decision_without_a_reading_or_why_there_is_none(cast: Cast):
    key = run(cast)
    with pytest.raises(Unusable) as unusable:
        decide(cast, key, "stopped")
    assert str(unusable.value) == f"{rules.UNMEASURED}. Nothing was saved."
    decide(cast, key, "stopped", unmeasured="the counter broke")
    (told,) = bet_pages.bet_page(cast.scope("chair"), of(key)).decisions
    assert (told.words, told.note) == (
        "Stopped",
        "It cost too much. Evidence: 8 where it was 20. Learned: Begin smaller. "
        "Not measured, because the counter broke.",
    )


@pytest.mark.parametrize("to", ["continued", "stopped", "scaled"])
def test_a_decision_is_evidence_and_what_was_learned_is_shown(cast: Cast, to: str):
    key = run(cast, characteristics=("2.2",))
    measure(cast, key)
    decide(cast, key, to)
    words = BetState(to).words
    assert standing("improvement.bet") == [(f"{words} with the evidence: A quiet start", {"4.5", "2.2"})]
    (row,) = page(cast).over
    assert (row.state, row.learned) == (words, "Begin smaller")
    assert page(cast).said == f"No bets run. Decided so far: 1 {to}."
    assert waits(cast, "teacher") == []


def test_what_goes_on_runs_to_a_new_stop_date_and_is_measured_anew(cast: Cast):
    key = run(cast)
    measure(cast, key, on=TODAY - DAY)
    with pytest.raises(Unusable):
        decide(cast, key, "stopped", until=TODAY + 9 * DAY)
    with pytest.raises(Unusable):
        decide(cast, key, "scaled", until=TODAY)
    decide(cast, key, "scaled", until=TODAY + 9 * DAY)
    now = of(key)
    assert (now.state, now.stops_on, now.runs_since, now.killed_on) == ("running", TODAY + 9 * DAY, TODAY, None)
    with pytest.raises(Unusable):
        decide(cast, key, "stopped")
    measure(cast, key)
    decide(cast, key, "continued")
    assert [each.to for each in BetDecision.objects.order_by("pk")] == ["scaled", "continued"]
    start(cast, key, stops_on=TODAY + 5 * DAY)
    assert of(key).state == "running"


def test_only_who_answers_or_leads_measures_and_decides(cast: Cast):
    key = run(cast)
    for persona in ("middle_leader", "business_manager", "chair"):
        with pytest.raises(Refused) as refused:
            measure(cast, key, persona)
        assert str(refused.value) == rules.OWNER_ONLY
        with pytest.raises(Refused):
            decide(cast, key, "stopped", persona, unmeasured="No")
    assert not BetReading.objects.exists()
    measure(cast, key, "senior_leader")
    decide(cast, key, "stopped", "headteacher")


@pytest.mark.parametrize(("days", "said"), [(1, "future"), (-41, "It began on")])
def test_a_reading_is_of_a_day_since_it_began(cast: Cast, days: int, said: str):
    key = run(cast)
    with pytest.raises(Unusable, match=said):
        measure(cast, key, on=TODAY + days * DAY)


def test_what_does_not_run_is_not_measured(cast: Cast):
    key = propose(cast)
    with pytest.raises(Unusable, match="Only a bet that runs"):
        measure(cast, key)


def test_another_schools_bet_does_not_exist(cast: Cast):
    key = run(cast)
    by = cast.scope("other_headteacher")
    for attempt in (
        lambda: bet_actions.start_bet(by=by, at=AT, bet=key, version=2, stops_on=TODAY + DAY),
        lambda: bet_actions.decide_bet(by=by, at=AT, bet=key, version=2, decided=decided("stopped")),
        lambda: bet_actions.note_bet_reading(
            by=by, at=AT, once=uuid4(), bet=key, measured=bet_actions.Measured(TODAY, "8")
        ),
    ):
        with pytest.raises(Http404):
            attempt()
    assert bet_queries.bet(by, key) is None


def test_a_bet_serves_a_priority_of_the_schools_own_and_says_what_it_came_from(cast: Cast):
    plan = strategy.plan(cast)
    priority, habit, item = strategy.priority(cast, plan), note_habit(cast), note_item(cast)
    key = propose(cast, priority=priority, habit=habit, item=item, characteristics=("2.2",))
    shown = bet_pages.bet_page(cast.scope("chair"), bet_queries.bet(cast.scope("chair"), key))
    assert [each.words[:3] for each in shown.serves][:2] == ["4.5", "2.2"]
    assert [each.words.split(":")[0] for each in shown.serves][2:] == [
        "Priority",
        "Tests the habit",
        "On the horizon",
    ]
    with pytest.raises(Http404):
        bet_actions.propose_bet(
            by=cast.scope("other_headteacher"),
            at=AT,
            once=uuid4(),
            proposed=proposed(cast, owner=cast.people["other_headteacher"].pk, habit=habit),
        )
    with pytest.raises(Http404):
        bet_actions.propose_bet(
            by=cast.scope("other_headteacher"),
            at=AT,
            once=uuid4(),
            proposed=proposed(cast, owner=cast.people["other_headteacher"].pk, priority=priority),
        )


def test_governors_are_told_a_post_where_they_know_no_name(cast: Cast):
    key = run(cast)
    name = cast.people["teacher"].name
    told = cast.client("governor").get(f"{HERE}bets/{key}").content.decode()
    assert "Teacher" in told
    assert name not in told
    assert name in cast.client("headteacher").get(f"{HERE}bets/{key}").content.decode()


def filled(client: Client, url: str, **typed: object) -> dict[str, object]:
    """Return what a form sends: its hidden fields as the page gave them, and what is typed."""
    shown = client.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    hidden.pop("csrfmiddlewaretoken", None)
    return {**hidden, **typed}


def dated(name: str, day) -> dict[str, object]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_the_forms_lead_from_a_proposal_to_what_was_learned(cast: Cast):
    teacher, head = cast.client("teacher"), cast.client("headteacher")
    url = f"{HERE}bets/propose"
    words = {"title": "Podcast", "trying": "a podcast", "expected": "help", "measure": "At the door", "knows": "Half"}
    owner = {"owner": cast.people["teacher"].pk, "kill_rule": "nobody listens", "serves": ["2.2"], "priority": ""}
    days = {**dated("starts_on", TODAY), **dated("stops_on", TODAY)}
    wrong = teacher.post(url, filled(teacher, url, **words, **owner, **days))
    assert "The stop date must be after the day it starts" in wrong.content.decode()
    days = {**dated("starts_on", TODAY), **dated("stops_on", TODAY + 9 * DAY)}
    teacher.post(url, filled(teacher, url, **words, **owner, **days))
    key = Bet.objects.get().pk
    assert head.get(f"{HERE}bets/{key}/start").status_code == 200
    head.post(f"{HERE}bets/{key}/start", filled(head, f"{HERE}bets/{key}/start", **dated("stops_on", TODAY + 9 * DAY)))
    assert of(key).state == "running"
    there = f"{HERE}bets/{key}/decide"
    told = {"to": "stopped", "because": "Why", "evidence": "What", "learned": "Something"}
    refused = teacher.post(there, filled(teacher, there, **told)).content.decode()
    assert "Nothing was measured since it began to run" in refused
    reading = f"{HERE}bets/{key}/reading"
    teacher.post(reading, filled(teacher, reading, value="7", **dated("on", TODAY)))
    assert "7" in teacher.get(there).content.decode()
    teacher.post(there, filled(teacher, there, **told))
    assert of(key).state == "stopped"
    assert "Something" in cast.client("governor").get(f"{HERE}bets/").content.decode()


def test_who_saves_second_keeps_their_words_and_may_save_again(cast: Cast):
    key = run(cast)
    measure(cast, key)
    client, url = cast.client("teacher"), f"{HERE}bets/{key}/decide"
    mine = filled(client, url, to="stopped", because="My own words", evidence="What", learned="Something")
    measure(cast, key, kills=True)
    kept = client.post(url, mine).content.decode()
    assert MEANWHILE.split(".")[0] in kept
    assert "My own words" in kept
    assert of(key).state == "running"
    version = re.search(r'name="version" value="(\d+)"', kept)[1]
    client.post(url, {**mine, "version": version})
    assert of(key).state == "stopped"


def test_a_bet_is_begun_from_a_habit_or_the_horizon(cast: Cast):
    client, habit, item = cast.client("teacher"), note_habit(cast), note_item(cast)
    there = reverse("bet-propose", kwargs={"urn": everybody.OWN})
    assert "Without: Reports of six pages" in client.get(f"{there}?habit={habit}").content.decode()
    assert "A new road" in client.get(f"{there}?item={item}").content.decode()
    assert client.get(f"{there}?habit=999999&item=x").status_code == 200


def test_every_page_of_a_bet_opens(cast: Cast):
    key, asked = propose(cast), run(cast)
    client = cast.client("headteacher")
    for path in (f"{key}/change", f"{key}/decline", f"{asked}/hand", f"{asked}/reading", f"{asked}/decide"):
        assert client.get(f"{HERE}bets/{path}").status_code == 200
    assert client.get(f"{HERE}bets/?page=2").status_code == 200
    assert client.get(f"{HERE}bets/?page=x").status_code == 200


def test_the_register_is_paged_and_asks_the_same_queries_however_long_it_is(cast: Cast, django_assert_num_queries):
    scope = cast.scope("headteacher")

    def over(count: int) -> None:
        for _ in range(count):
            key = run(cast)
            measure(cast, key)
            decide(cast, key, "stopped")

    over(1)
    with django_assert_num_queries(7):
        bet_pages.bets_page(scope)
    over(bet_queries.PAGE)
    with django_assert_num_queries(7):
        first = bet_pages.bets_page(scope)
    assert (len(first.over), first.older_url.endswith("?page=2"), first.newer_url) == (bet_queries.PAGE, True, "")
    second = bet_pages.bets_page(scope, 2)
    assert (len(second.over), second.older_url, second.newer_url.endswith("?page=1")) == (1, "", True)


def test_the_register_is_drawn_and_given_to_hold(cast: Cast):
    key = run(cast)
    measure(cast, key)
    run(cast, title="Another", stops=9)
    shown = page(cast)
    assert "2 bets over time" in str(shown.picture)
    assert [row[0] for row in shown.times] == ["1. A quiet start", "2. Another"]
    assert shown.times[0][4] == "Due a decision"
    told = str(documents.bets(cast.scope("chair"), page(cast, "chair")))
    assert "We believe that five silent minutes will calm the corridor." in told
    assert ".app-answers__interval{" in told
    for form, kind in (("", b"%PDF"), ("?as=word", b"PK")):
        assert cast.client("chair").get(f"{HERE}bets/document{form}").content.startswith(kind)


def test_news_and_calendar_tell_of_it(cast: Cast):
    key = run(cast)
    measure(cast, key)
    decide(cast, key, "stopped")
    run(cast, stops=5)
    told = [each.words for each in waiting.news(cast.scope("chair"), AT - DAY)]
    assert told == ["Stopped, and what we learned: A quiet start"]
    assert list(waiting.news(cast.scope("teacher"), AT - DAY)) == []
    stops = list(waiting.calendar(cast.scope("teacher"), TODAY, TODAY + 9 * DAY))
    assert [(each.words, each.on) for each in stops] == [("A bet stops: A quiet start", TODAY + 5 * DAY)]
    for persona in ("external_adviser", "administrator"):
        scope = cast.scope(persona)
        assert list(waiting.calendar(scope, TODAY, TODAY + 9 * DAY)) == []
        assert list(waiting.news(scope, AT - DAY)) == []
        assert list(waiting.next_actions(scope)) == []


def test_what_waits_for_the_reader_is_the_first_button(cast: Cast):
    due = run(cast)
    waits = {name: bet_pages.bets_page(cast.scope(name)).waits for name in ("teacher", "headteacher", "chair")}
    assert (waits["teacher"].url, waits["headteacher"], waits["chair"]) == (f"{HERE}bets/{due}/decide", None, None)
    new = propose(cast, title="New")
    waits = {name: bet_pages.bets_page(cast.scope(name)).waits for name in ("headteacher", "chair")}
    assert (waits["headteacher"].url, waits["chair"]) == (f"{HERE}bets/{new}", None)
    assert "Continue, stop or scale: A quiet start" in cast.client("teacher").get(f"{HERE}bets/").content.decode()


def test_a_proposal_waits_for_the_head(cast: Cast):
    propose(cast)
    assert waits(cast, "headteacher") == ["Let it run, or not: A quiet start"]
    assert waits(cast, "senior_leader") == []


def test_programs_read_bets_by_the_rules_of_the_pages(cast: Cast):
    key = run(cast)
    measure(cast, key)
    decide(cast, key, "stopped")
    given = api.bets(cast.scope("governor"), Slice())
    assert [(each.title, each.state, each.asks) for each in given.items] == [("A quiet start", "stopped", False)]
    one = api.bet(cast.scope("governor"), key)
    assert [each.learned for each in one.decisions] == ["Begin smaller"]
    assert [each.value for each in one.readings] == ["8"]
    with pytest.raises(Http404):
        api.bet(cast.scope("other_headteacher"), key)
