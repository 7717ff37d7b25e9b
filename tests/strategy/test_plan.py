"""The strategic plan: who keeps it, what it costs, what hangs in the air, and what changed since it was approved."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils.html import strip_tags

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from headship.strategy import (
    actions,
    plan_actions,
    plan_api,
    plan_documents,
    plan_pages,
    plan_queries,
    plan_rules,
    pulse_pages,
    step_actions,
    step_pages,
    vision_rules,
    waiting,
)
from headship.strategy.choices import ACTION_MOVES, Audience, Status
from headship.strategy.models import Approval, Milestone, Minute, Objective, Plan, PlannedAction, PlanWords, Priority
from headship.strategy.step_actions import Costed, Minuted
from tests import cast as everybody
from tests.cast import Cast
from tests.strategy.flow import (
    AT,
    DAY,
    TODAY,
    action,
    approve,
    doing,
    meanwhile,
    move,
    objective,
    plan,
    priority,
    put,
    put_in_force,
)
from tests.voice import flow as voice

HERE = f"/schools/{everybody.OWN}/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def page(cast: Cast, key: int, persona: str = "headteacher") -> plan_pages.PlanPage:
    return plan_pages.plan_page(cast.scope(persona), Plan.objects.get(pk=key))


def standing(kind: str) -> list[tuple[str, set[str]]]:
    found = Entry.objects.filter(kind=kind, withdrawn_at=None).order_by("pk")
    return [(each.words, set(each.serves.values_list("characteristic__code", flat=True))) for each in found]


@pytest.mark.parametrize("persona", ["chair", "governor", "clerk", "teacher", "middle_leader", "business_manager"])
def test_only_head_and_senior_leaders_keep_the_plan(cast: Cast, persona: str):
    key = plan(cast, "senior_leader")
    first = priority(cast, key)
    aim, by = objective(cast, first), cast.scope(persona)
    for attempt in (
        lambda: plan(cast, persona),
        lambda: priority(cast, key, persona),
        lambda: objective(cast, first, persona),
        lambda: plan_actions.change_priority(by=by, at=AT, priority=first, version=1, put=put(cast)),
        lambda: plan_actions.note_measured(by=by, at=AT, once=uuid4(), objective=aim, on=TODAY, value="1"),
        lambda: step_actions.add_action(by=by, at=AT, once=uuid4(), plan=key, doing=doing(cast)),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == plan_rules.EDITORS_ONLY
    assert (Plan.objects.count(), Priority.objects.count(), PlannedAction.objects.count()) == (1, 1, 0)


def test_a_plan_is_told_whole_with_its_measure_and_costs(cast: Cast):
    value = actions.add_value(by=cast.scope("headteacher"), at=AT, name="Courage", meaning="")
    key = plan(cast)
    first = priority(cast, key, values=(value,), characteristics=("2.1",))
    aim = objective(cast, first, baseline="", target="75%")
    action(cast, key, aim, costed=Costed(amount=Decimal(800)))
    action(cast, key, aim, what="Small groups", costed=Costed(hours=Decimal(10), rate=Decimal("31.5")))
    action(cast, key, aim, what="Nobody knows the cost")
    shown = page(cast, key)
    (card,) = shown.priorities
    assert (card.title, card.serves) == ("Reading", "Serves Courage and 2.1")
    assert card.objectives[0].measure == "Share who do: from not known to 75%"
    assert [each.what for each in card.objectives[0].actions] == ["Read aloud", "Small groups", "Nobody knows the cost"]
    assert card.objectives[0].actions[1].facts.endswith("cost 10 hours at £31.50 = £315")
    assert shown.costs == "Known costs come to £1,115, of 2 of 3 actions."
    assert "<svg" in str(shown.picture)
    assert [row[0] for row in shown.times] == ["1. Read aloud", "2. Small groups", "3. Nobody knows the cost"]
    plan_actions.note_measured(by=cast.scope("headteacher"), at=AT, once=uuid4(), objective=aim, on=TODAY, value="66%")
    assert "; 66% on " in page(cast, key).priorities[0].objectives[0].measure


@pytest.mark.parametrize(
    ("amount", "hours", "rate", "said"),
    [
        ("1", "2", "3", "Give the cost as an amount"),
        ("1", "2", None, "Give the cost as an amount"),
        (None, "2", None, "Hours need their rate"),
        (None, None, "3", "Hours need their rate"),
        ("-1", None, None, "A cost cannot be below nothing"),
        (None, "-2", "3", "A cost cannot be below nothing"),
        ("0", None, None, None),
        (None, "2", "3", None),
        (None, None, None, None),
    ],
)
def test_a_cost_is_an_amount_or_hours_at_a_rate_or_unknown(amount, hours, rate, said):
    told = plan_rules.costed(*(None if each is None else Decimal(each) for each in (amount, hours, rate)))
    assert (told or "")[: len(said or "")] == (said or "")
    assert (told is None) == (said is None)


def test_costs_are_never_nothing_where_nobody_knows(cast: Cast):
    key = plan(cast)
    assert page(cast, key).costs == ""
    action(cast, key)
    assert page(cast, key).costs == "What it costs is not known of any action."
    other = action(cast, key, costed=Costed(amount=Decimal(5)))
    move(cast, PlannedAction.objects.exclude(pk=other).get().pk, "dropped", because="Not needed")
    assert page(cast, key).costs == "Known costs come to £5, of all 1 actions."


def test_orphans_are_told_in_both_directions(cast: Cast):
    actions.add_value(by=cast.scope("headteacher"), at=AT, name="Courage", meaning="")
    kind = actions.add_value(by=cast.scope("headteacher"), at=AT, name="Kindness", meaning="")
    key = plan(cast)
    acted, unacted = priority(cast, key, values=(kind,)), priority(cast, key, title="Nobody's")
    aim = objective(cast, acted)
    objective(cast, unacted, words="No measure here", measure="")
    action(cast, key, aim)
    action(cast, key, what="A new sign", costed=Costed(amount=Decimal(1850)))
    action(cast, key, what="Costs nobody knows")
    gone = action(cast, key, what="Dropped", costed=Costed(amount=Decimal(3)))
    move(cast, gone, "dropped", because="No use")
    assert page(cast, key).orphans == [
        ("Priorities nobody acts on", ["Nobody's"]),
        ("Objectives without a measure", ["No measure here"]),
        ("Actions that serve no objective", ["A new sign", "Costs nobody knows"]),
        ("Costs that serve no objective", ["£1,850: A new sign"]),
        ("Values that no priority serves", ["Courage"]),
    ]
    dropped = PlannedAction.objects.get(objective=aim).pk
    move(cast, dropped, "dropped", because="No use")
    assert page(cast, key).orphans[0] == ("Priorities nobody acts on", ["Reading", "Nobody's"])


def test_the_board_approves_it_and_what_changes_after_is_told(cast: Cast):
    key = plan(cast, at=AT - 5 * DAY)
    first = priority(cast, key, at=AT - 5 * DAY)
    assert page(cast, key).approved == "The board has not approved it yet."
    for persona in ("headteacher", "governor", "teacher"):
        with pytest.raises(Refused) as refused:
            approve(cast, key, persona)
        assert str(refused.value) == vision_rules.RECORDERS_ONLY
    with pytest.raises(Unusable):
        approve(cast, key, on=TODAY + DAY)
    with pytest.raises(Stale):
        approve(cast, key, version=1)
    approve(cast, key, "clerk", on=TODAY - DAY)
    assert page(cast, key).approved.endswith("(Full board, minute 5), and it has not changed since.")
    assert standing("strategy.plan") == [("The board approved our plan, Three years", {"1.6"})]
    done = action(cast, key, objective(cast, first))
    shown = page(cast, key)
    assert shown.approved.startswith("Changed since the board approved it on")
    assert next(each.rsplit(" (", 1)[0] for each in shown.since) == "New objective: All read at their age"
    assert len(shown.since) == 2
    approve(cast, key)
    move(cast, done, "done")
    assert page(cast, key).since == []


def test_what_the_board_approved_is_kept_as_it_stood_then(cast: Cast):
    key = plan(cast, at=AT - 5 * DAY)
    aim = objective(cast, priority(cast, key, at=AT - 5 * DAY))
    done = action(cast, key, aim)
    loose = action(cast, key, None)
    PlannedAction.objects.filter(pk=loose).update(what="Paint the hall")
    approval = approve(cast, key)
    PlannedAction.objects.filter(pk=done).update(what="Something else")
    Priority.objects.update(title="Sums")
    address = f"{HERE}plan/{key}/approved/{approval}"
    assert address in cast.client("teacher").get(f"{HERE}plan/{key}").content.decode()
    shown = " ".join(strip_tags(cast.client("teacher").get(address).content.decode()).split())
    for words in ("Three years", "Reading", "All read at their age", "Paint the hall", "Action for no objective"):
        assert words in shown
    assert "Something else" not in shown
    assert "Sums" not in shown
    assert not any(each.name in shown.split("This copy")[1] for each in cast.people.values())
    Approval.objects.update(kept="")
    assert cast.client("teacher").get(address).status_code == 404


def test_what_was_changed_after_the_meeting_is_told_though_it_was_recorded_later(cast: Cast):
    key = plan(cast, at=AT - 5 * DAY)
    priority(cast, key)
    approve(cast, key, on=TODAY - DAY)
    assert [each.split(" (")[0] for each in page(cast, key).since] == ["New priority: Reading"]


def test_an_action_moves_only_by_its_table(cast: Cast):
    assert {str(each): [str(to) for to in after] for each, after in ACTION_MOVES.items()} == {
        "planned": ["under_way", "done", "stuck", "dropped"],
        "under_way": ["done", "stuck", "dropped"],
        "stuck": ["under_way", "done", "dropped"],
        "done": ["under_way"],
        "dropped": ["planned"],
    }
    key = plan(cast)
    first = action(cast, key)
    with pytest.raises(Unusable, match="cannot become planned"):
        move(cast, first, "planned")
    for to in ("stuck", "dropped"):
        with pytest.raises(Unusable, match="Say why it is"):
            move(cast, first, to)
    move(cast, first, "stuck", because="Out of print")
    assert PlannedAction.objects.get().because == "Out of print"
    move(cast, first, "done")
    assert (PlannedAction.objects.get().done_on, PlannedAction.objects.get().because) == (TODAY, "")
    with pytest.raises(Unusable):
        move(cast, first, "dropped", because="Late")
    with pytest.raises(Stale):
        step_actions.move_action(
            by=cast.scope("teacher"), at=AT, planned=first, version=1, to=Status.UNDER_WAY, because=""
        )


def test_what_is_done_is_evidence_until_it_is_taken_up_again(cast: Cast):
    key = plan(cast)
    aim = objective(cast, priority(cast, key, characteristics=("2.1", "1.6")))
    first, loose = action(cast, key, aim), action(cast, key, what="Loose")
    move(cast, first, "done")
    move(cast, loose, "done")
    assert standing("strategy.action") == [
        ("Done, as planned: Read aloud", {"1.6", "2.1"}),
        ("Done, as planned: Loose", {"1.6"}),
    ]
    version, by = PlannedAction.objects.get(pk=first).version, cast.scope("headteacher")
    told = doing(cast, aim, what="Read aloud daily")
    step_actions.change_action(by=by, at=AT, planned=first, version=version, doing=told)
    assert [words for words, _ in standing("strategy.action")][-1] == "Done, as planned: Read aloud daily"
    move(cast, first, "under_way")
    assert [words for words, _ in standing("strategy.action")] == ["Done, as planned: Loose"]
    assert PlannedAction.objects.get(pk=first).done_on is None


@pytest.mark.parametrize("persona", ["middle_leader", "chair", "governor", "office"])
def test_only_its_owner_and_those_who_keep_the_plan_say_how_far_it_is(cast: Cast, persona: str):
    key = action(cast, plan(cast))
    by = cast.scope(persona)
    step = step_actions.add_milestone(
        by=cast.scope("teacher"), at=AT, once=uuid4(), planned=key, words="Half", due_on=TODAY
    )
    for attempt in (
        lambda: move(cast, key, "done", persona),
        lambda: step_actions.add_milestone(by=by, at=AT, once=uuid4(), planned=key, words="Mine", due_on=TODAY),
        lambda: step_actions.reach_milestone(by=by, at=AT, milestone=step, version=1),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == plan_rules.OWNER_ONLY
    move(cast, key, "under_way", "senior_leader")
    step_actions.reach_milestone(by=cast.scope("headteacher"), at=AT, milestone=step, version=1)
    assert Milestone.objects.get().reached_on == TODAY
    with pytest.raises(Stale):
        step_actions.reach_milestone(by=cast.scope("headteacher"), at=AT, milestone=step, version=2)


def minuted(on=TODAY) -> Minuted:
    return Minuted("Full board, minute 9", on, "Governors agreed the cost")


def test_minutes_are_tied_by_chair_clerk_and_head(cast: Cast):
    key = action(cast, plan(cast))
    for persona in ("chair", "clerk", "headteacher"):
        step_actions.link_minute(by=cast.scope(persona), at=AT, once=uuid4(), planned=key, minuted=minuted())
    for persona in ("senior_leader", "governor", "teacher"):
        with pytest.raises(Refused) as refused:
            step_actions.link_minute(by=cast.scope(persona), at=AT, once=uuid4(), planned=key, minuted=minuted())
        assert str(refused.value) == plan_rules.MINUTERS_ONLY
    with pytest.raises(Unusable):
        step_actions.link_minute(by=cast.scope("chair"), at=AT, once=uuid4(), planned=key, minuted=minuted(TODAY + DAY))
    assert Minute.objects.count() == 3


def traced(cast: Cast, key: int, persona: str = "headteacher") -> list[tuple[str, str, bool]]:
    by = cast.scope(persona)
    shown = step_pages.action_page(by, plan_queries.actions(by).get(pk=key))
    return [(each.link, each.words, each.missing) for each in shown.trace]


def test_the_trace_goes_from_vision_to_cost_and_says_what_is_missing(cast: Cast):
    of = plan(cast)
    loose = action(cast, of)
    assert traced(cast, loose) == [
        ("Vision", "No statement is in force", True),
        ("Values", "None", True),
        ("Priority", "It serves no priority yet", True),
        ("Objective", "It serves no objective yet", True),
        ("Action", "Read aloud", False),
        ("Minute", "No minute is tied to it", True),
        ("Cost", "not known", True),
    ]
    put_in_force(cast)
    value = actions.add_value(by=cast.scope("headteacher"), at=AT, name="Courage", meaning="")
    key = action(cast, of, objective(cast, priority(cast, of, values=(value,))), costed=Costed(amount=Decimal(800)))
    step_actions.link_minute(by=cast.scope("chair"), at=AT, once=uuid4(), planned=key, minuted=minuted())
    found = traced(cast, key, "teacher")
    assert [(link, words.split(",")[0]) for link, words, _ in found] == [
        ("Vision", "Every child known"),
        ("Values", "Courage"),
        ("Priority", "Reading"),
        ("Objective", "All read at their age"),
        ("Action", "Read aloud"),
        ("Minute", "Full board"),
        ("Cost", "£800"),
    ]
    assert not any(missing for _, _, missing in found)


def test_governors_are_told_posts_and_staff_are_told_names(cast: Cast):
    key = plan(cast)
    action(cast, key)
    (staffs,), (boards,) = page(cast, key, "office").loose, page(cast, key, "governor").loose
    assert staffs.facts.startswith("Hari Teacher-Example, teacher")
    assert boards.facts.startswith("Teacher · ")
    paper = plan_documents.plan(cast.scope("governor"), page(cast, key, "governor"))
    assert "Hari" not in str(paper)


def test_days_are_inside_the_plan_and_owners_work_here(cast: Cast):
    key = plan(cast)
    first = Plan.objects.get().starts_on
    by = cast.scope("headteacher")
    for wrong in (
        {"due_on": first - DAY, "starts_on": first - DAY},
        {"due_on": TODAY - DAY},
        {"owner": cast.people["other_teacher"].pk},
        {"owner": cast.people["chair"].pk},
        {"due_on": Plan.objects.get().ends_on + DAY},
    ):
        with pytest.raises(Unusable):
            action(cast, key, **wrong)
    for wrong in ({"starts_on": first - DAY}, {"ends_on": first}, {"owner": cast.people["other_teacher"].pk}):
        with pytest.raises(Unusable):
            priority(cast, key, **wrong)
    for last in (first, first + timedelta(days=366 * 8)):
        with pytest.raises(Unusable):
            plan_actions.make_plan(by=by, at=AT, once=uuid4(), title="Wrong", starts_on=first, ends_on=last)
    planned = action(cast, key, due_on=TODAY)
    with pytest.raises(Unusable):
        step_actions.add_milestone(by=by, at=AT, once=uuid4(), planned=planned, words="x", due_on=first - DAY)
    assert (Priority.objects.count(), PlannedAction.objects.count(), Plan.objects.count()) == (0, 1, 1)


def test_a_plans_years_hold_what_is_in_it_and_its_change_is_told(cast: Cast):
    key, by = plan(cast), cast.scope("headteacher")
    first, last = Plan.objects.get().starts_on, Plan.objects.get().ends_on
    priority(cast, key, starts_on=first + 30 * DAY, ends_on=last - 30 * DAY)
    wished = {"by": by, "at": AT, "plan": key, "version": 2, "title": "Longer"}
    for wrong in ({"starts_on": first + 31 * DAY, "ends_on": last}, {"starts_on": first, "ends_on": last - 31 * DAY}):
        with pytest.raises(Unusable, match="choose years that hold it"):
            plan_actions.change_plan(**wished, **wrong)
    with pytest.raises(Refused):
        plan_actions.change_plan(**{**wished, "by": cast.scope("teacher")}, starts_on=first, ends_on=last)
    plan_actions.change_plan(**wished, starts_on=first + 30 * DAY, ends_on=last)
    with pytest.raises(Stale):
        plan_actions.change_plan(**wished, starts_on=first, ends_on=last)
    now = Plan.objects.get()
    assert (now.title, now.starts_on, now.ends_on, now.version) == ("Longer", first + 30 * DAY, last, 3)
    assert now.changes.order_by("-pk")[0].words.startswith("Called Longer, ")
    head, there = cast.client("headteacher"), f"{HERE}plan/{key}/change"
    assert "Longer" in head.get(there).content.decode()
    typed = {"title": "Shorter", "version": 3, "once": str(uuid4()), **day("starts_on", first), **day("ends_on", TODAY)}
    assert "choose years that hold it" in head.post(there, typed).content.decode()
    assert head.post(there, {**typed, **day("ends_on", last)}).status_code == 302
    assert Plan.objects.get().title == "Shorter"


def test_a_milestone_is_changed_until_it_is_reached(cast: Cast):
    planned = action(cast, plan(cast), due_on=TODAY + 9 * DAY)
    by, teacher = cast.scope("teacher"), cast.client("teacher")
    step = step_actions.add_milestone(by=by, at=AT, once=uuid4(), planned=planned, words="Half", due_on=TODAY)
    there = f"{HERE}milestones/{step}/change"
    assert "Half" in teacher.get(there).content.decode()
    typed = {"words": "Two thirds", "version": 1, "once": str(uuid4()), **day("due_on", TODAY + DAY)}
    far = {**typed, **day("due_on", Plan.objects.get().ends_on + DAY)}
    assert "choose days inside it" in teacher.post(there, far).content.decode()
    assert teacher.post(there, typed).status_code == 302
    wished = {"at": AT, "milestone": step, "words": "Whole", "due_on": TODAY}
    for wrong, error in (({"version": 1}, Stale), ({"by": cast.scope("middle_leader")}, Refused)):
        with pytest.raises(error):
            step_actions.change_milestone(**{"by": by, "version": 2, **wished, **wrong})
    with pytest.raises(Unusable):
        step_actions.change_milestone(**{"by": by, "version": 2, **wished, "due_on": TODAY + 9999 * DAY})
    with pytest.raises(Stale, match="Somebody changed this"):
        step_actions.reach_milestone(by=by, at=AT, milestone=step, version=1)
    step_actions.reach_milestone(by=by, at=AT, milestone=step, version=2)
    with pytest.raises(Refused, match="stays as it was"):
        step_actions.change_milestone(by=by, version=3, **wished)
    now = Milestone.objects.get()
    assert (now.words, now.due_on, now.version) == ("Two thirds", TODAY + DAY, 3)


def test_a_milestone_is_reached_as_it_was_seen(cast: Cast):
    planned = action(cast, plan(cast))
    by, teacher = cast.scope("teacher"), cast.client("teacher")
    step = step_actions.add_milestone(by=by, at=AT, once=uuid4(), planned=planned, words="Half", due_on=TODAY)
    there = f"{HERE}milestones/{step}"
    assert 'name="version" value="1"' in teacher.get(f"{HERE}planned/{planned}").content.decode()
    assert "Open the action again" in teacher.post(there).content.decode()
    step_actions.change_milestone(by=by, at=AT, milestone=step, version=1, words="Whole", due_on=TODAY)
    assert "Somebody changed this" in teacher.post(there, {"version": "1"}).content.decode()
    assert Milestone.objects.get().reached_on is None
    assert teacher.post(there, {"version": "2"}).status_code == 302
    assert Milestone.objects.get().reached_on == TODAY


def test_what_was_dropped_takes_no_new_milestones(cast: Cast):
    planned = action(cast, plan(cast))
    assert "Add a milestone" in cast.client("teacher").get(f"{HERE}planned/{planned}").content.decode()
    move(cast, planned, "dropped", because="No time")
    assert "Add a milestone" not in cast.client("teacher").get(f"{HERE}planned/{planned}").content.decode()
    by, once = cast.scope("teacher"), uuid4()
    with pytest.raises(Refused, match="takes no new milestones"):
        step_actions.add_milestone(by=by, at=AT, once=once, planned=planned, words="Half", due_on=TODAY)
    assert Milestone.objects.count() == 0


@pytest.mark.parametrize("what", ["change", "reach"])
def test_whoever_does_it_no_longer_by_the_time_it_is_locked_is_refused(cast: Cast, what: str):
    planned = action(cast, plan(cast))
    by = cast.scope("teacher")
    step = step_actions.add_milestone(by=by, at=AT, once=uuid4(), planned=planned, words="Half", due_on=TODAY)
    attempts = {
        "change": lambda: step_actions.change_milestone(
            by=by, at=AT, milestone=step, version=1, words="Mine", due_on=TODAY
        ),
        "reach": lambda: step_actions.reach_milestone(by=by, at=AT, milestone=step, version=1),
    }
    taken = PlannedAction.objects.filter(pk=planned)
    with (
        meanwhile("strategy_plannedaction", lambda: taken.update(owner=cast.people["senior_leader"])),
        pytest.raises(Refused, match="Whoever does it"),
    ):
        attempts[what]()
    now = Milestone.objects.get()
    assert (now.words, now.reached_on) == ("Half", None)


def test_whoever_left_answers_for_a_priority_until_somebody_else_does(cast: Cast):
    of = plan(cast)
    key = priority(cast, of)
    Post.objects.filter(person=cast.people["senior_leader"]).update(ends_on=TODAY - DAY)
    there, head = f"{HERE}priorities/{key}/change", cast.client("headteacher")
    assert "somebody who works here no longer" in head.get(there).content.decode()
    plan_actions.change_priority(
        by=cast.scope("headteacher"), at=AT, priority=key, version=1, put=put(cast, title="More reading")
    )
    now = Priority.objects.get()
    assert (now.title, now.owner_id) == ("More reading", cast.people["senior_leader"].pk)
    with pytest.raises(Unusable, match="Choose who answers"):
        priority(cast, of)


def test_the_pulse_stands_on_the_plan_in_force_alone(cast: Cast):
    now = plan(cast)
    earlier = Plan.objects.create(
        school_id=cast.scope("headteacher").school_id,
        once=uuid4(),
        title="Before",
        starts_on=TODAY - 2000 * DAY,
        ends_on=TODAY - 1000 * DAY,
    )
    words = "Ask staff two questions"
    shown = [cast.client("headteacher").get(f"{HERE}plan/{key}").content.decode() for key in (now, earlier.pk)]
    assert [words in each for each in shown] == [True, False]
    assert page(cast, earlier.pk).pulse is None


def test_the_pulse_is_told_on_the_plan_to_whom_its_survey_is(cast: Cast):
    plan(cast)
    head, chair = cast.scope("headteacher"), cast.scope("chair")
    assert pulse_pages.pulse(head).said == "Staff have not been asked yet."
    assert "Ask staff two questions" in cast.client("headteacher").get(f"{HERE}plan/").content.decode()
    people = voice.staff(cast, 14)
    made = voice.begin(cast, instrument="plan_pulse", visibility=Visibility.STAFF)
    asked = voice.ask(cast, made, voice.asked(people, "Teachers"))
    assert pulse_pages.pulse(chair).now.startswith("Staff are being asked until")
    for at, each in enumerate(asked.invitations.all()):
        voice.answer(asked, each, {"priorities": 3 + at % 3, "part": 1 + at % 4})
    voice.close(cast, asked)
    told = pulse_pages.pulse(head)
    assert [each.words for each in told.told] == ["I can name our priorities.", "I know my own part in them."]
    assert told.said.startswith("14 people answered")
    assert "I know my own part" in cast.client("teacher").get(f"{HERE}plan/").content.decode()
    assert pulse_pages.pulse(cast.scope("other_headteacher")).told == []
    hidden = voice.begin(cast, instrument="plan_pulse", visibility=Visibility.LEADERS)
    asked = voice.ask(cast, hidden, voice.asked(people, "Teachers"))
    for each in asked.invitations.all():
        voice.answer(asked, each, {"priorities": 4, "part": 4})
    voice.close(cast, asked)
    assert pulse_pages.pulse(cast.scope("teacher")).told == []
    assert len(pulse_pages.pulse(head).told) == 2


def test_the_same_form_sent_twice_makes_one(cast: Cast):
    by, once = cast.scope("headteacher"), uuid4()
    key = plan(cast)
    span = {"starts_on": Plan.objects.get().starts_on, "ends_on": Plan.objects.get().ends_on}
    first = priority(cast, key)
    aim, planned = objective(cast, first), action(cast, key)
    aimed = plan_actions.Aimed("Once")
    for attempt in (
        lambda: plan_actions.make_plan(by=by, at=AT, once=once, title="Once", **span),
        lambda: plan_actions.add_priority(by=by, at=AT, once=once, plan=key, put=put(cast)),
        lambda: plan_actions.add_objective(by=by, at=AT, once=once, priority=first, aimed=aimed),
        lambda: plan_actions.note_measured(by=by, at=AT, once=once, objective=aim, on=TODAY, value="3"),
        lambda: step_actions.add_action(by=by, at=AT, once=once, plan=key, doing=doing(cast)),
        lambda: step_actions.add_milestone(by=by, at=AT, once=once, planned=planned, words="x", due_on=TODAY),
        lambda: step_actions.link_minute(by=by, at=AT, once=once, planned=planned, minuted=minuted()),
    ):
        assert attempt() == attempt()
    assert (Plan.objects.count(), Priority.objects.count(), Objective.objects.count()) == (2, 2, 2)
    assert (PlannedAction.objects.count(), Milestone.objects.count(), Minute.objects.count()) == (2, 1, 1)


def test_two_people_changing_the_same_are_told(cast: Cast):
    by = cast.scope("headteacher")
    key = plan(cast)
    first = priority(cast, key)
    aim = objective(cast, first)
    planned = action(cast, key, aim)
    for change in (
        lambda: plan_actions.change_priority(by=by, at=AT, priority=first, version=1, put=put(cast, title="New")),
        lambda: plan_actions.change_objective(by=by, at=AT, objective=aim, version=1, aimed=plan_actions.Aimed("New")),
        lambda: step_actions.change_action(by=by, at=AT, planned=planned, version=1, doing=doing(cast, what="New")),
    ):
        change()
        with pytest.raises(Stale):
            change()
    assert (Priority.objects.get().title, Objective.objects.get().words, PlannedAction.objects.get().what) == (
        "New",
        "New",
        "New",
    )


def test_another_schools_plan_is_not_found(cast: Cast):
    key = plan(cast)
    first = priority(cast, key)
    aim = objective(cast, first)
    planned = action(cast, key, aim)
    by = cast.scope("other_headteacher")
    mine = plan(cast, "other_headteacher")
    for attempt in (
        lambda: plan_actions.add_priority(by=by, at=AT, once=uuid4(), plan=key, put=put(cast)),
        lambda: plan_actions.add_objective(by=by, at=AT, once=uuid4(), priority=first, aimed=plan_actions.Aimed("x")),
        lambda: plan_actions.note_measured(by=by, at=AT, once=uuid4(), objective=aim, on=TODAY, value="1"),
        lambda: step_actions.add_action(
            by=by, at=AT, once=uuid4(), plan=mine, doing=doing(cast, aim, owner=cast.people["other_teacher"].pk)
        ),
        lambda: step_actions.move_action(by=by, at=AT, planned=planned, version=1, to=Status.DONE, because=""),
        lambda: step_actions.link_minute(by=by, at=AT, once=uuid4(), planned=planned, minuted=minuted()),
        lambda: approve(cast, mine),
    ):
        with pytest.raises(Http404):
            attempt()
    assert plan_queries.in_force(by) == Plan.objects.get(pk=mine)
    assert [each.id for each in plan_api.plans(by, Slice()).items] == [mine]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_at_any_length(cast: Cast, count: int, django_assert_num_queries):
    key = plan(cast)
    for _ in range(count):
        planned = action(cast, key, objective(cast, priority(cast, key)))
        step_actions.add_milestone(
            by=cast.scope("teacher"), at=AT, once=uuid4(), planned=planned, words="x", due_on=TODAY
        )
    by, of = cast.scope("headteacher"), Plan.objects.get()
    with django_assert_num_queries(17):  # two for the pulse, one for what stands beside, two for what was withdrawn
        plan_pages.plan_page(by, of)


def test_what_nobody_here_answers_for_reaches_the_headteacher(cast: Cast):
    action(cast, plan(cast), due_on=TODAY + 14 * DAY)
    assert list(waiting.next_actions(cast.scope("headteacher"))) == []
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - DAY)
    assert [each.words for each in waiting.next_actions(cast.scope("headteacher"))] == ["Say how far it is: Read aloud"]
    assert list(waiting.next_actions(cast.scope("senior_leader"))) == []


def test_what_waits_what_is_new_and_the_calendar(cast: Cast):
    key = plan(cast)
    soon, later = action(cast, key, due_on=TODAY + 14 * DAY), action(cast, key, due_on=TODAY + 15 * DAY, what="Later")
    by = cast.scope("teacher")
    assert [each.words for each in waiting.next_actions(by)] == ["Say how far it is: Read aloud"]
    assert list(waiting.next_actions(cast.scope("office"))) == []
    assert page(cast, key).nearest[0] == "Read aloud"
    step_actions.add_milestone(by=by, at=AT, once=uuid4(), planned=later, words="Half", due_on=TODAY)
    found = waiting.calendar(cast.scope("office"), TODAY, TODAY)
    assert [(each.words, each.on) for each in found] == [("Milestone: Half", TODAY)]
    assert list(waiting.calendar(by, TODAY + DAY, TODAY + DAY)) == []
    assert list(waiting.calendar(cast.scope("external_adviser"), TODAY, TODAY)) == []
    move(cast, soon, "done")
    assert list(waiting.next_actions(by)) == []
    assert page(cast, key).nearest[0] == "Later"
    assert [each.words for each in waiting.news(cast.scope("office"), AT)] == ["Done, as planned: Read aloud"]
    assert list(waiting.news(by, AT)) == []
    move(cast, later, "dropped", because="No use")
    assert list(waiting.calendar(cast.scope("office"), TODAY, TODAY)) == []
    assert page(cast, key).nearest is None


def test_its_words_for_others_are_the_heads_until_shown(cast: Cast):
    key, year = plan(cast), year_of(TODAY)
    told = {"plan": key, "audience": Audience.PUPILS, "starts_in": year}
    with pytest.raises(Refused) as refused:
        plan_actions.write_plan_words(by=cast.scope("senior_leader"), at=AT, version=0, words="x", **told)
    assert str(refused.value) == plan_rules.WRITERS_ONLY
    head = cast.scope("headteacher")
    plan_actions.write_plan_words(by=head, at=AT, version=0, words="You will read", **told)
    with pytest.raises(Stale):
        plan_actions.write_plan_words(by=head, at=AT, version=0, words="Mine", **told)
    of = Plan.objects.get()
    assert plan_queries.words_for(cast.scope("teacher"), of, Audience.PUPILS, year) is None
    assert plan_queries.words_for(head, of, Audience.PUPILS, year) is not None
    with pytest.raises(Refused):
        plan_actions.show_plan_words(by=cast.scope("chair"), at=AT, version=1, shown=True, **told)
    plan_actions.show_plan_words(by=head, at=AT, version=1, shown=True, **told)
    assert plan_queries.words_for(cast.scope("teacher"), of, Audience.PUPILS, year) == PlanWords.objects.get()
    assert plan_queries.words_for(head, of, Audience.PARENTS, year) is None
    plan_actions.show_plan_words(by=head, at=AT, version=2, shown=False, **told)
    assert plan_queries.words_for(cast.scope("teacher"), of, Audience.PUPILS, year) is None


def test_programs_read_the_plan(cast: Cast):
    key = plan(cast)
    action(cast, key, objective(cast, priority(cast, key)), costed=Costed(hours=Decimal(2), rate=Decimal(3)))
    by = cast.scope("teacher")
    (found,) = plan_api.planned_actions(by, key, Slice()).items
    assert (found.what, found.priority, found.cost) == ("Read aloud", "Reading", Decimal("6.00"))
    assert plan_api.plan(by, key).approved == "The board has not approved it yet."
    with pytest.raises(Http404):
        plan_api.planned_actions(cast.scope("other_headteacher"), key, Slice())


def day(name: str, on) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_it_is_clicked_through_from_empty_to_paper(cast: Cast):  # noqa: PLR0915  # one plan, from one screen to the next
    head, chair, teacher = (cast.client(each) for each in ("headteacher", "chair", "teacher"))
    assert "Begin a plan" in head.get(f"{HERE}plan/").content.decode()
    assert head.get(f"{HERE}plan/begin").status_code == 200
    first, last = TODAY - 30 * DAY, TODAY + 700 * DAY
    wrong = {"title": "Our plan", "once": str(uuid4()), **day("starts_on", first), **day("ends_on", first)}
    assert "The last day must be after the first" in head.post(f"{HERE}plan/begin", wrong).content.decode()
    assert head.post(f"{HERE}plan/begin", {**wrong, **day("ends_on", last)}).status_code == 302
    key = Plan.objects.get().pk
    assert "Say what comes first" in head.get(f"{HERE}plan/").content.decode()
    owner = cast.people["teacher"].pk
    assert head.get(f"{HERE}plan/{key}/priority").status_code == 200
    told = {"title": "Reading", "owner": owner, "serves": ["c1.1"], "once": str(uuid4())}
    span = {**day("starts_on", first), **day("ends_on", last)}
    outside = {**told, **span, **day("ends_on", last + DAY)}
    assert "choose days inside it" in head.post(f"{HERE}plan/{key}/priority", outside).content.decode()
    assert head.post(f"{HERE}plan/{key}/priority", {**told, **span}).status_code == 302
    of = Priority.objects.get().pk
    assert "Reading" in head.get(f"{HERE}priorities/{of}/change").content.decode()
    changed = {**told, **span, "title": "Reading first", "version": 1}
    assert head.post(f"{HERE}priorities/{of}/change", changed).status_code == 302
    assert head.get(f"{HERE}priorities/{of}/objective").status_code == 200
    aimed = {"words": "All read", "measure": "Share", "once": str(uuid4())}
    assert head.post(f"{HERE}priorities/{of}/objective", aimed).status_code == 302
    aim = Objective.objects.get().pk
    assert "Nobody has noted a reading yet" in teacher.get(f"{HERE}objectives/{aim}").content.decode()
    assert "All read" in head.get(f"{HERE}objectives/{aim}/change").content.decode()
    assert head.post(f"{HERE}objectives/{aim}/change", {**aimed, "version": 1}).status_code == 302
    assert head.get(f"{HERE}objectives/{aim}/measure").status_code == 200
    reading = {"value": "66%", "once": str(uuid4())}
    late = head.post(f"{HERE}objectives/{aim}/measure", {**reading, **day("on", TODAY + DAY)})
    assert "cannot be in the future" in late.content.decode()
    assert head.post(f"{HERE}objectives/{aim}/measure", {**reading, **day("on", TODAY)}).status_code == 302
    assert "66%" in teacher.get(f"{HERE}objectives/{aim}").content.decode()
    assert head.get(f"{HERE}plan/{key}/action").status_code == 200
    doing_it = {"what": "Read <b>aloud</b>", "owner": owner, "objective": aim, "once": str(uuid4()), "hours": "3"}
    days = {**day("starts_on", TODAY), **day("due_on", TODAY + DAY)}
    assert "Hours need their rate" in head.post(f"{HERE}plan/{key}/action", {**doing_it, **days}).content.decode()
    assert head.post(f"{HERE}plan/{key}/action", {**doing_it, **days, "rate": "20"}).status_code == 302
    planned = PlannedAction.objects.get().pk
    shown = teacher.get(f"{HERE}planned/{planned}").content.decode()
    assert "Read &lt;b&gt;aloud&lt;/b&gt;" in shown
    assert "3 hours at £20 = £60" in shown
    assert "No minute is tied to it" in shown
    assert teacher.get(f"{HERE}planned/{planned}/move").status_code == 200
    assert chair.get(f"{HERE}planned/{planned}/move").status_code == 403
    stuck = {"to": "stuck", "version": 1}
    assert "Say why it is stuck" in teacher.post(f"{HERE}planned/{planned}/move", stuck).content.decode()
    assert teacher.post(f"{HERE}planned/{planned}/move", {**stuck, "because": "No books"}).status_code == 302
    assert "No books" in chair.get(f"{HERE}planned/{planned}").content.decode()
    assert "3" in head.get(f"{HERE}planned/{planned}/change").content.decode()
    again = {**doing_it, **days, "rate": "21", "version": 2}
    assert head.post(f"{HERE}planned/{planned}/change", again).status_code == 302
    assert teacher.get(f"{HERE}planned/{planned}/milestone").status_code == 200
    step = {"words": "Half of Year 7", "once": str(uuid4())}
    far = teacher.post(f"{HERE}planned/{planned}/milestone", {**step, **day("due_on", last + DAY)})
    assert "choose days inside it" in far.content.decode()
    assert teacher.post(f"{HERE}planned/{planned}/milestone", {**step, **day("due_on", TODAY)}).status_code == 302
    sure = teacher.get(f"{HERE}planned/{planned}").content.decode().partition("It was reached: ")[2]
    assert "neither its words nor its day can be changed" in sure.partition("Yes, it was reached")[0]
    assert teacher.post(f"{HERE}milestones/{Milestone.objects.get().pk}", {"version": 1}).status_code == 302
    assert chair.get(f"{HERE}planned/{planned}/minute").status_code == 200
    said = {"meeting": "Full board", "words": "Agreed", "once": str(uuid4())}
    early = chair.post(f"{HERE}planned/{planned}/minute", {**said, **day("on", TODAY + DAY)})
    assert "cannot be in the future" in early.content.decode()
    assert chair.post(f"{HERE}planned/{planned}/minute", {**said, **day("on", TODAY)}).status_code == 302
    assert chair.get(f"{HERE}plan/{key}/approve").status_code == 200
    version = Plan.objects.get().version
    approved = {"meeting": "Full board", "once": str(uuid4()), "version": version, **day("on", TODAY)}
    assert chair.post(f"{HERE}plan/{key}/approve", approved).status_code == 302
    shown = teacher.get(f"{HERE}plan/{key}").content.decode()
    for words in ("Reading first", "Over time", "has not changed since", "1. Read &lt;b&gt;aloud"):
        assert words in shown
    assert teacher.get(f"{HERE}plan/{key}/document").content[:5] == b"%PDF-"
    assert teacher.get(f"{HERE}plan/{key}/document?as=word").content[:2] == b"PK"
    words = f"{HERE}plan/{key}/{year_of(TODAY)}/pupils"
    assert "The headteacher writes the plan" in teacher.get(words).content.decode()
    assert head.get(f"{words}/write").status_code == 200
    assert head.post(f"{words}/write", {"words": "You will read", "version": 0}).status_code == 302
    assert head.post(f"{words}/show", {"version": ""}).status_code == 400
    assert head.post(f"{words}/show", {"version": 1, "show": "1"}).status_code == 302
    assert "You will read" in teacher.get(words).content.decode()
    assert teacher.get(f"{words}/document").content[:5] == b"%PDF-"
    assert teacher.get(words.replace("pupils", "ghosts")).status_code == 404


def test_twelve_actions_stay_on_one_page(cast: Cast):
    key = plan(cast)
    for number in range(4):
        aim = objective(cast, priority(cast, key, title=f"Priority {number} of some words"))
        for each in range(3):
            action(cast, key, aim, what=f"Action {number}.{each} with as many words as one commonly has")
    held = cast.client("teacher").get(f"{HERE}plan/{key}/document").content
    assert len(re.findall(rb"/Type */Page\b", held)) == 1
    assert b"/MediaBox[0 0 841" in held
