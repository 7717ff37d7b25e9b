"""What stands in one application and leads to another: a bet to its priority, an action to its decision, and so on."""

import pytest
from django.http import Http404

from headship.core import registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.pages import Link
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.improvement import bet_actions, horizon_pages
from headship.improvement.models import Bet, HorizonItem
from headship.standards import actions as standards
from headship.strategy import plan_queries, queries, step_actions, step_pages
from headship.strategy.models import PlannedAction
from headship.workload import demand_actions
from headship.workload.models import Demand
from tests import cast as everybody
from tests.cast import Cast
from tests.improvement.flow import AT, note_habit, note_item, propose, question, read
from tests.strategy.deciding import decision
from tests.strategy.flow import action, doing, plan, priority
from tests.workload.flow import agreed

HERE = f"/schools/{everybody.OWN}"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def acts(cast: Cast, key: int) -> list[Link]:
    return list(horizon_pages.acts(cast.scope("headteacher"), HorizonItem.objects.get(pk=key)))


def test_what_is_to_be_acted_on_fills_the_form_of_a_change_in_policy(cast: Cast):
    key = note_item(cast, title="Phones & watches", source="The “press”", link="https://example.org/a?b=1")
    read(cast, key, "act")
    links = {each.words: each.url for each in acts(cast, key)}
    page = cast.client("headteacher").get(links["Note a change in policy"]).content.decode()
    for typed in ("Phones &amp; watches", "The “press”", "https://example.org/a?b=1"):
        assert f'value="{typed}"' in page
    assert links["Propose a bet"].endswith(f"?item={key}")
    assert links["Note a decision"] == f"{HERE}/decisions/note"


def test_a_bet_stands_on_the_plan_beside_the_priority_it_serves(cast: Cast):
    of = plan(cast)
    first, second = (priority(cast, of, title=title) for title in ("Reading", "Attendance"))
    key, declined = (propose(cast, title=title, priority=first) for title in ("Ten minutes", "Never"))
    version = Bet.objects.get(pk=declined).version
    bet_actions.decline_bet(by=cast.scope("headteacher"), at=AT, bet=declined, version=version, because="No")
    sources = [plan_queries.priority_source(each) for each in (first, second)]
    found = registry.beside(cast.scope("teacher"), [*sources, "strategy.Decision:1"])
    bets = {each: [(it.what, it.words, it.url) for it in lines if it.what == "A bet"] for each, lines in found.items()}
    told = [("A bet", "Ten minutes (proposed)", f"{HERE}/bets/{key}")]
    assert bets == {sources[0]: told, sources[1]: [], "strategy.Decision:1": []}
    assert (
        f'A bet: <a class="govuk-link" href="{HERE}/bets/{key}">'
        in cast.client("teacher").get(f"{HERE}/plan/{of}").content.decode()
    )


def change(cast: Cast, key: int, **changed: object) -> None:
    version = PlannedAction.objects.get(pk=key).version
    by = cast.scope("senior_leader")
    step_actions.change_action(by=by, at=AT, planned=key, version=version, doing=doing(cast, **changed))


def traced(cast: Cast, key: int, persona: str) -> list[str]:
    trace = step_pages.action_page(cast.scope(persona), PlannedAction.objects.get(pk=key)).trace
    return [each.words for each in trace if each.link == "Decision"]


def test_an_action_names_the_decision_it_came_from_to_those_who_may_read_it(cast: Cast):
    of = plan(cast)
    told_to_all, of_leaders = decision(cast), decision(cast, "Quietly", visibility=Visibility.LEADERS)
    first, second = (action(cast, of, what=f"Do {each}", decision=each) for each in (told_to_all, of_leaders))
    page = cast.client("teacher").get(f"{HERE}/decisions/{told_to_all}").content.decode()
    assert (f"{HERE}/planned/{first}" in page, f"{HERE}/planned/{second}" in page) == (True, False)
    assert [traced(cast, first, each) for each in ("teacher", "senior_leader")] == [["Trips need two adults"]] * 2
    assert [traced(cast, second, each) for each in ("teacher", "senior_leader")] == [[], ["Quietly"]]


def test_an_action_takes_a_decision_of_the_school_and_keeps_it_however_old(cast: Cast, monkeypatch):
    of, key = plan(cast), 0
    keys = [decision(cast, f"Decided {number}") for number in range(3)]
    key = action(cast, of, decision=keys[0])
    monkeypatch.setattr(queries, "OFFERED", 2)
    offered = queries.offered(cast.scope("senior_leader"), keys[0])
    assert [each for each, _ in offered] == [keys[2], keys[1], keys[0]]
    form = cast.client("senior_leader").get(f"{HERE}/planned/{key}/change").content.decode()
    assert f'<option value="{keys[0]}" selected' in form
    change(cast, key)
    assert PlannedAction.objects.get(pk=key).decision_id is None
    theirs = decision(cast, "Theirs", "other_headteacher")
    with pytest.raises(Http404):
        change(cast, key, decision=theirs)


def question_it(cast: Cast, key: int, habit: int | None, persona: str = "middle_leader") -> None:
    version = Demand.objects.get(pk=key).version
    demand_actions.question_demand(by=cast.scope(persona), at=AT, demand=key, version=version, habit=habit)


def test_a_demand_names_the_habit_that_questions_it_and_both_pages_say_so(cast: Cast):
    key, habit = agreed(cast), note_habit(cast, practice="Data every half-term")
    client, form = cast.client("middle_leader"), f"{HERE}/workload/{key}/habit"
    assert "Data every half-term" in client.get(form).content.decode()
    told = {"habit": habit, "version": Demand.objects.get(pk=key).version}
    assert client.post(form, told)["Location"] == f"{HERE}/workload/{key}"
    link = f'<a class="govuk-link" href="{HERE}/habits/{habit}">Data every half-term</a>'
    assert link in client.get(f"{HERE}/workload/{key}").content.decode()
    assert f'href="{HERE}/workload/{key}">Data drop, ' in client.get(f"{HERE}/habits/{habit}").content.decode()
    question(cast, habit, "drop")
    assert "Data every half-term (dropped)" in client.get(f"{HERE}/workload/{key}").content.decode()
    question_it(cast, key, None)
    assert "Data drop" not in client.get(f"{HERE}/habits/{habit}").content.decode()


def test_a_demand_is_questioned_by_those_who_answer_and_by_a_habit_of_the_school(cast: Cast):
    key, habit = agreed(cast), note_habit(cast)
    with pytest.raises(Refused, match="whoever answers for it"):
        question_it(cast, key, habit, "office")
    with pytest.raises(Unusable, match="from the list"):
        question_it(cast, key, habit + 1)
    with pytest.raises(Http404):
        question_it(cast, key, habit, "other_headteacher")
    with pytest.raises(Stale):
        demand_actions.question_demand(by=cast.scope("headteacher"), at=AT, demand=key, version=99, habit=habit)
    assert Demand.objects.get(pk=key).habit is None
