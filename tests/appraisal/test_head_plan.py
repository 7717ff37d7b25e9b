"""A headteacher's objectives are tied to the plan the board approved before they are set, or it is said why not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from headship.appraisal import head_plan, head_year_pages
from headship.appraisal.head_choices import HeadState
from headship.appraisal.models import HeadObjective
from headship.core.errors import Unusable
from headship.strategy import approval_actions
from headship.strategy.approval_actions import Approved
from headship.strategy.choices import Matter
from headship.strategy.models import Objective, Plan, Priority
from tests import cast as everybody
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import AT, DAY, TODAY
from tests.cast import Cast
from tests.strategy import flow as planning

HERE = f"/schools/{everybody.OWN}/head-appraisal/"
TIED = "Every objective is tied to the board's plan for the school"
REFUSED = "Objective 1 is tied to nothing that stands in the plan “Three years”, which the board approved"


def approved(cast: Cast) -> tuple[int, int]:
    """Make a plan with a priority, and let the board approve it."""
    plan = planning.plan(cast)
    priority = planning.priority(cast, plan)
    version = Plan.objects.get(pk=plan).version
    told = Approved(Matter.PLAN, plan, version, "Full board, minute 9", TODAY)
    approval_actions.record_approval(by=cast.scope("chair"), at=AT, once=uuid4(), approved=told)
    return plan, priority


def told(cast: Cast, key: int) -> str:
    """Return what the panel reads on the year's page of the plan."""
    page = head_year_pages.year_page(cast.scope("governor"), flow.year(key))
    return next(each.told for each, _ in page.checks if each.words == TIED)


def form(key: int) -> dict[str, object]:
    """Return what the form sends that sets objectives."""
    now = flow.year(key)
    sent: dict[str, object] = {"head": now.head_id, "starts_in": now.starts_in, "confirmed": "on"}
    sent |= {"version": now.version, "framework": "nse-2015"}
    for name in ("told_on", "set_on"):
        sent |= {f"{name}_day": TODAY.day, f"{name}_month": TODAY.month, f"{name}_year": TODAY.year}
    return sent


def test_objectives_are_not_set_until_each_serves_the_plan_the_board_approved(cast):
    key = flow.appoint(cast)
    _, priority = approved(cast)
    one = flow.aim(cast, key)
    flow.aim(cast, key, tied=f"p{priority}", words="Twelve visits")
    with pytest.raises(Unusable, match=REFUSED):
        flow.set_them(cast, key)
    flow.aim(cast, key, words="A third")
    with pytest.raises(Unusable, match="Objectives 1 and 3 are tied to nothing"):
        flow.set_them(cast, key)
    assert flow.year(key).state == HeadState.APPOINTED
    assert HeadObjective.objects.filter(dropped_on=None).count() == 3
    HeadObjective.objects.filter(priority=None).update(priority=priority)
    flow.set_them(cast, key)
    assert flow.year(key).state == HeadState.SET
    assert HeadObjective.objects.get(pk=one).priority_id == priority


def test_the_form_says_so_first_leads_there_and_keeps_what_was_typed(cast):
    key = flow.appoint(cast)
    approved(cast)
    one = flow.aim(cast, key)
    client = cast.client("governor")
    page = client.get(f"{HERE}{key}/set").text
    assert "Before they are set, each must serve something of the plan “Three years”." in page
    assert f'href="{HERE}{key}/objectives/{one}/change">Tie objective 1 to the plan' in page
    assert TIED.replace("'", "&#39;") not in page, "it is not said that they can be set all the same"
    answer = client.post(f"{HERE}{key}/set", form(key))
    assert REFUSED in answer.text
    assert 'value="nse-2015" checked' in answer.text
    assert flow.year(key).set_on is None
    assert f"{HERE}{key}/objectives/{one}/change" in client.get(f"{HERE}{key}").text


def test_what_was_withdrawn_from_the_plan_binds_nobody_to_it(cast):
    key = flow.appoint(cast)
    plan, priority = approved(cast)
    aim = planning.objective(cast, priority)
    flow.aim(cast, key, tied=f"o{aim}")
    Objective.objects.filter(pk=aim).update(withdrawn_on=TODAY)
    with pytest.raises(Unusable, match=REFUSED):
        flow.set_them(cast, key)
    Priority.objects.filter(plan=plan).update(withdrawn_on=TODAY)
    assert "Nothing stands in the plan “Three years” yet." in head_plan.tie(cast.scope("governor")).why_none
    flow.set_them(cast, key)


def test_a_tie_to_an_earlier_plan_is_none_to_the_one_that_runs(cast):
    key = flow.appoint(cast)
    earlier, priority = approved(cast)
    flow.aim(cast, key, tied=f"p{priority}")
    Plan.objects.filter(pk=earlier).update(ends_on=TODAY - DAY)
    approved(cast)
    with pytest.raises(Unusable, match=REFUSED):
        flow.set_them(cast, key)


def test_without_a_plan_that_binds_they_are_set_and_it_is_said_why(cast):
    key = flow.appoint(cast)
    flow.aim(cast, key)
    assert "1 of 1 do not. The school has no strategic plan here." in told(cast, key)
    plan = planning.plan(cast)
    planning.priority(cast, plan)
    assert "The board has not approved the plan “Three years” yet." in told(cast, key)
    page = cast.client("chair").get(f"{HERE}{key}/set").text
    assert "The board has not approved the plan “Three years” yet." in page
    assert "You can set them all the same" in page
    flow.set_them(cast, key)
    assert told(cast, key) == "1 of 1 do not."


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"ends_on": TODAY - DAY}, "ended on"),
        ({"starts_on": TODAY + DAY, "ends_on": TODAY + timedelta(days=400)}, "begins on"),
    ],
)
def test_a_plan_that_does_not_run_today_binds_nobody(cast, days, why):
    plan, _ = approved(cast)
    Plan.objects.filter(pk=plan).update(**days)
    found = head_plan.tie(cast.scope("governor"))
    assert why in found.why_none
    assert not found.stands


def test_objectives_that_were_set_before_the_plan_was_approved_stand(cast):
    key = flow.appoint(cast)
    flow.aim(cast, key)
    flow.set_them(cast, key)
    approved(cast)
    assert flow.year(key).state == HeadState.SET
    assert told(cast, key) == "1 of 1 do not."
