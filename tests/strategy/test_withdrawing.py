"""What was put into the plan in error is withdrawn with a reason: it stays told, and counts no more."""

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.pages import in_words
from headship.core.scope import installation_scope
from headship.improvement import bet_queries
from headship.standards import actions as standards
from headship.strategy import plan_actions, plan_pages, plan_queries
from headship.strategy.models import Objective, Plan, Priority
from tests import cast as everybody
from tests.cast import Cast
from tests.strategy.flow import AT, TODAY, action, move, objective, plan, priority

HERE = f"/schools/{everybody.OWN}/"
WHY = "It was typed into the wrong school"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def shown(cast: Cast, key: int) -> plan_pages.PlanPage:
    return plan_pages.plan_page(cast.scope("governor"), Plan.objects.get(pk=key))


def test_a_priority_is_withdrawn_with_its_objectives_and_stays_told(cast: Cast):
    key = plan(cast)
    first = priority(cast, key, title="Everybody swims")
    aim = objective(cast, first)
    withdraw = {"at": AT, "priority": first, "version": 1}
    for persona in ("teacher", "chair", "business_manager"):
        with pytest.raises(Refused):
            plan_actions.withdraw_priority(by=cast.scope(persona), because=WHY, **withdraw)
    by = cast.scope("senior_leader")
    with pytest.raises(Unusable, match="Say why"):
        plan_actions.withdraw_priority(by=by, because="", **withdraw)
    plan_actions.withdraw_priority(by=by, because=WHY, **withdraw)
    page = shown(cast, key)
    assert (page.priorities, page.orphans) == ([], [row for row in page.orphans if "Everybody swims" not in row[1]])
    assert len(page.gone) == 1
    assert page.gone[0].startswith("Everybody swims. Withdrawn on ")
    assert page.gone[0].endswith(WHY)
    assert [each.words for each in Plan.objects.get().changes.order_by("pk")][-1] == "Withdrawn: Everybody swims"
    assert list(plan_queries.objectives(by)) == []
    assert list(bet_queries.priorities(by)) == []
    assert (Priority.objects.count(), Objective.objects.count()) == (1, 1)
    told = cast.client("governor").get(f"{HERE}objectives/{aim}").content.decode()
    assert f"Withdrawn on {in_words(TODAY)}: {WHY}" in told
    with pytest.raises(Http404):
        plan_actions.withdraw_priority(by=by, because=WHY, **withdraw)


def test_an_objective_is_withdrawn_while_nobody_acts_on_it(cast: Cast):
    key = plan(cast)
    first = priority(cast, key)
    aim, other = objective(cast, first), objective(cast, first)
    doing = action(cast, key, aim)
    by = cast.scope("headteacher")
    for wrong in (
        lambda: plan_actions.withdraw_objective(by=by, at=AT, objective=aim, version=1, because=WHY),
        lambda: plan_actions.withdraw_priority(by=by, at=AT, priority=first, version=1, because=WHY),
    ):
        with pytest.raises(Refused, match="Actions serve it"):
            wrong()
    with pytest.raises(Stale):
        plan_actions.withdraw_objective(by=by, at=AT, objective=other, version=9, because=WHY)
    move(cast, doing, "dropped", because="Too dear")
    plan_actions.withdraw_objective(by=by, at=AT, objective=aim, version=1, because=WHY)
    assert [each.pk for each in plan_queries.objectives(by)] == [other]
    (card,) = shown(cast, key).priorities
    assert len(card.objectives) == 1
    assert plan_queries.withdrawn(Plan.objects.get()) == [Objective.objects.get(pk=aim)]


def test_a_page_asks_once_more_and_says_why_nothing_is_lost(cast: Cast):
    key = plan(cast)
    first = priority(cast, key)
    aim = objective(cast, first)
    head = cast.client("headteacher")
    for there, form in (
        (f"objectives/{aim}", f"objectives/{aim}/withdraw"),
        (f"plan/{key}", f"priorities/{first}/withdraw"),
    ):
        assert form in head.get(f"{HERE}{there}").content.decode()
        sure = head.get(f"{HERE}{form}").content.decode()
        assert "It counts no more from today" in sure
        assert "Withdraw it for good" in sure
        assert "Say why it is withdrawn" in head.post(f"{HERE}{form}", {"version": 1}).content.decode()
        assert head.post(f"{HERE}{form}", {"version": 1, "because": WHY}).status_code == 302
        assert form not in head.get(f"{HERE}{there}").content.decode()
    told = cast.client("governor").get(f"{HERE}plan/{key}").content.decode()
    assert told.count(WHY) == 2
    assert cast.client("teacher").get(f"{HERE}priorities/{first}/withdraw").status_code == 403
