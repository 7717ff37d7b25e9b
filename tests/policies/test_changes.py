"""Changes in policy: the chain to duty, policy, owner and action, and what is missing in it."""

from dataclasses import replace
from itertools import product
from uuid import uuid4

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.pages import in_words
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.evidence.models import Entry
from headship.people.holders import holders
from headship.policies import (
    api,
    change_actions,
    change_pages,
    change_queries,
    change_rules,
    late_pages,
    queries,
    waiting,
)
from headship.policies.change_forms import OriginForm
from headship.policies.choices import ACTION_MOVES, Answer, Progress
from headship.policies.models import Duty, DutyAction, Policy, PolicyChange
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.policies.flow import (
    AT,
    DAY,
    TODAY,
    act,
    add,
    answered,
    change,
    doing,
    duty,
    in_force,
    meanwhile,
    move,
    read,
    told,
)

NOT_KEEPERS = ["chair", "governor", "clerk", "teacher", "middle_leader", "office"]


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def gaps(cast: Cast, key: int, persona: str = "headteacher") -> list[str]:
    by = cast.scope(persona)
    found = change_queries.change(by, key)
    assert found is not None
    return [each.words for each in change_queries.gaps(found, holders(by), queries.known(by), TODAY)]


@pytest.mark.parametrize("persona", NOT_KEEPERS)
def test_only_keepers_note_changes_duties_and_actions(cast: Cast, persona: str):
    key = change(cast, "business_manager")
    asks = duty(cast, key, "senior_leader")
    does = act(cast, asks)
    by = cast.scope(persona)
    for attempt in (
        lambda: change(cast, persona),
        lambda: change_actions.edit_change(by=by, at=AT, change=key, version=1, told=told(title="x")),
        lambda: duty(cast, key, persona),
        lambda: change_actions.edit_duty(by=by, at=AT, duty=asks, version=1, asked=change_actions.Asked("x")),
        lambda: act(cast, asks, persona),
        lambda: change_actions.edit_action(by=by, at=AT, doing_key=does, version=1, doing=doing(cast)),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == change_rules.KEEPERS_ONLY
    assert (PolicyChange.objects.count(), Duty.objects.count(), DutyAction.objects.count()) == (1, 1, 1)


def test_a_duty_is_settled_by_a_policy_in_force_and_never_before_it_is_answered(cast: Cast):
    key, (policy, _) = change(cast), in_force(cast)
    late = {"due_on": TODAY - DAY}
    empty = answered(cast, key, add(cast, title="Not written yet"), **late)
    settled = answered(cast, key, policy, **late)
    unanswered = duty(cast, key, **late)
    move(cast, act(cast, unanswered), "done", said="Bought one")
    by = cast.scope("headteacher")
    assert [each.pk for each in change_queries.duties_late(by, TODAY)] == [empty, unanswered]
    act(cast, settled)
    assert [each.pk for each in change_queries.duties_late(by, TODAY)] == [empty, settled, unanswered]
    found = change_queries.change(by, key)
    assert [change_queries.settled(each) for each in found.duties.all()] == [False, False, False]


def test_whoever_answers_for_a_duty_can_answer_it_and_plan_what_is_done(cast: Cast):
    key = change(cast)
    mine = duty(cast, key, owner=cast.people["teacher"].pk)
    teacher, here = cast.client("teacher"), f"/schools/{cast.school.urn}/"
    page = teacher.get(change_pages.address(cast.scope("teacher"), "change-in-policy", change=key)).content.decode()
    for name in ("duty-edit", "duty-act"):
        url = change_pages.address(cast.scope("teacher"), name, duty=mine)
        assert url in page
        assert url.startswith(here)
        assert teacher.get(url).status_code == 200
        assert cast.client("middle_leader").get(url).status_code == 403
    asked = change_actions.Asked("Every visitor signs in", answer=Answer.NONE, because="None come")
    asked = replace(asked, owner=cast.people["teacher"].pk)
    change_actions.edit_duty(by=cast.scope("teacher"), at=AT, duty=mine, version=1, asked=asked)
    assert Duty.objects.get().answer == Answer.NONE


def test_a_form_sent_twice_makes_one(cast: Cast):
    once = uuid4()
    key = change(cast, once=once)
    assert change(cast, once=once) == key
    asks = duty(cast, key, once=once)
    assert duty(cast, key, once=once) == asks
    assert act(cast, asks, once=once) == act(cast, asks, once=once)


def test_two_editors_are_told(cast: Cast):
    by, key = cast.scope("headteacher"), change(cast)
    asks = duty(cast, key)
    does = act(cast, asks)
    for edit in (
        lambda: change_actions.edit_change(by=by, at=AT, change=key, version=1, told=told(title="New")),
        lambda: change_actions.edit_duty(by=by, at=AT, duty=asks, version=1, asked=change_actions.Asked("New")),
        lambda: change_actions.edit_action(by=by, at=AT, doing_key=does, version=1, doing=doing(cast, what="New")),
    ):
        edit()
        with pytest.raises(Stale):
            edit()
    titles = PolicyChange.objects.get().title, Duty.objects.get().words, DutyAction.objects.get().what
    assert titles == ("New", "New", "New")
    with pytest.raises(Stale):
        move(cast, does, "done", said="x", version=1)


@pytest.mark.parametrize(
    ("given", "policy", "because", "said"),
    [
        (Answer.POLICY, None, "", "Choose the policy"),
        (Answer.ACTION, 1, "", "Choose no policy"),
        (Answer.OPEN, 1, "", "Choose no policy"),
        (Answer.NONE, None, "", "Say why"),
        (Answer.NONE, None, "We have no sixth form", None),
        (Answer.POLICY, 1, "", None),
        (Answer.OPEN, None, "", None),
        (Answer.ACTION, None, "", None),
    ],
)
def test_a_duty_is_answered_by_a_policy_an_action_or_not_at_all(given, policy, because, said):
    found = change_rules.answer(given, policy, because)
    assert (found is None) == (said is None)
    assert (found or "").startswith(said or "")


def test_answers_that_cannot_be_are_refused(cast: Cast):
    key, theirs = change(cast), add(cast, "other_headteacher", owner=None)
    with pytest.raises(Unusable):
        duty(cast, key, answer=Answer.NONE)
    with pytest.raises(Http404):
        answered(cast, key, theirs)
    for wrong in ("chair", "other_teacher"):
        with pytest.raises(Unusable):
            duty(cast, key, owner=cast.people[wrong].pk)
        with pytest.raises(Unusable):
            act(cast, duty(cast, key), owner=cast.people[wrong].pk)


def test_what_is_missing_is_told_along_the_chain(cast: Cast):
    key = change(cast)
    assert gaps(cast, key) == ["Nobody has said what it asks of us"]
    asks = duty(cast, key, due_on=TODAY - DAY)
    assert gaps(cast, key) == [
        "No policy answers it, and nobody said that none is needed",
        "Nobody answers for it",
        "It is overdue",
    ]
    policy = add(cast, owner=None)
    answered(cast, key, policy)
    assert gaps(cast, key)[3:] == ["Nobody answers for the policy “Visitors”"]
    Duty.objects.filter(pk=asks).delete()
    alone = duty(cast, key, answer=Answer.ACTION, owner=cast.people["office"].pk)
    assert gaps(cast, key)[1:] == ["Nothing is being done for it"]
    does = act(cast, alone, due_on=TODAY - DAY)
    assert gaps(cast, key)[1:] == ["Overdue: Put a book at the door"]
    move(cast, does, "done", said="It lies there")
    assert gaps(cast, key)[1:] == []
    other = change(cast)
    duty(cast, other, answer=Answer.NONE, because="No door", due_on=TODAY - DAY)
    assert gaps(cast, other) == []


def test_actions_move_by_their_table_and_say_what_was_done(cast: Cast):
    assert {str(each): [str(to) for to in after] for each, after in ACTION_MOVES.items()} == {
        "to_do": ["under_way", "done", "dropped"],
        "under_way": ["done", "dropped"],
        "done": ["under_way"],
        "dropped": ["to_do"],
    }
    does = act(cast, duty(cast, change(cast)))
    for to, said, match in (("to_do", "", "cannot become"), ("done", "", "what was done"), ("dropped", "", "why")):
        with pytest.raises(Unusable, match=match):
            move(cast, does, to, said=said)
    for persona in ("office", "chair", "middle_leader"):
        with pytest.raises(Refused) as refused:
            move(cast, does, "under_way", persona)
        assert str(refused.value) == change_rules.DOER_ONLY
    move(cast, does, "under_way")
    move(cast, does, "done", "headteacher", said="A book lies there")
    now = DutyAction.objects.get()
    assert (now.progress, now.done_on, now.said) == (Progress.DONE, TODAY, "A book lies there")


def standing() -> list[tuple[str, set[str]]]:
    found = Entry.objects.filter(kind="policies.action", withdrawn_at=None).order_by("pk")
    return [(each.words, set(each.serves.values_list("characteristic__code", flat=True))) for each in found]


def test_what_is_done_is_evidence_until_it_is_taken_up_again(cast: Cast):
    does = act(cast, duty(cast, change(cast)))
    assert standing() == []
    move(cast, does, "done", said="There")
    assert standing() == [("Done, since policy changed: Put a book at the door", {"1.5"})]
    by, version = cast.scope("headteacher"), DutyAction.objects.get().version
    change_actions.edit_action(by=by, at=AT, doing_key=does, version=version, doing=doing(cast, what="Two books"))
    assert standing() == [("Done, since policy changed: Two books", {"1.5"})]
    move(cast, does, "under_way")
    assert standing() == []


def shown(cast: Cast, key: int, persona: str) -> change_pages.ChangePage:
    by = cast.scope(persona)
    found = change_queries.change(by, key)
    assert found is not None
    return change_pages.change_page(by, found)


def test_the_chain_is_one_trace_and_governors_are_told_posts(cast: Cast):
    policy, _ = in_force(cast)
    key = change(cast)
    does = act(cast, answered(cast, key, policy))
    (card,) = shown(cast, key, "teacher").duties
    assert [(each.link, each.words, each.missing) for each in card.trace][1:] == [
        ("Our policy", "Visitors", False),
        ("Who answers for it", "Keira Business-Example, school business manager", False),
        ("Who answers for the policy", "Keira Business-Example, school business manager", False),
        ("What we do", "0 of 1 done", False),
    ]
    assert card.actions[0].facts.startswith("Hari Teacher-Example, teacher · by ")
    assert (card.actions[0].move_url != "", card.actions[0].edit_url) == (True, "")
    (boards,) = shown(cast, key, "governor").duties
    assert boards.actions[0].facts.startswith("Teacher · by ")
    assert boards.actions[0].move_url == ""
    move(cast, does, "dropped", said="No door")
    duty(cast, key, answer=Answer.NONE, because="No sixth form")
    assert shown(cast, key, "office").duties[1].trace[1].words == "It does not touch us: No sixth form"


def test_the_list_is_paged_and_filtered(cast: Cast):
    for number in range(22):
        change(cast, title=f"Change {number}")
    whole = duty(cast, change(cast, title="Whole"), answer=Answer.NONE, because="Not us")
    by, form = cast.scope("teacher"), OriginForm({})
    first = change_pages.changes_page(by, "", form, 0)
    assert (len(first.rows), first.rows[0].title, first.rows[0].missing) == (20, "Whole", 0)
    second = change_pages.changes_page(by, "", form, 20)
    assert ([each.title for each in second.rows], second.older) == (["Change 2", "Change 1", "Change 0"], "")
    assert change_pages.changes_page(by, "national", form, 0).rows == []
    missing = [change_pages.changes_page(by, "gaps", form, start) for start in (0, 20)]
    assert [len(each.rows) for each in missing] == [20, 2]
    assert "Whole" not in {row.title for each in missing for row in each.rows}
    assert whole


def test_what_is_missing_is_asked_of_all_changes_by_one_query(cast: Cast, django_assert_num_queries):
    """The oldest of 220 changes is found, and the query finds what the page says of each is missing, no more."""
    owner, leaver = cast.people["business_manager"].pk, cast.people["leaver"].pk
    policy, _ = in_force(cast)
    unheld = add(cast, title="Unheld")
    Policy.objects.filter(pk=unheld).update(owner_id=leaver)
    kinds: list[dict[str, object]] = [
        {"answer": Answer.NONE, "because": "Not us", "due_on": TODAY - DAY},
        {"answer": Answer.OPEN, "owner": owner},
        {"answer": Answer.POLICY, "policy": policy},
        {"answer": Answer.POLICY, "policy": policy, "owner": owner, "due_on": TODAY - DAY},
        {"answer": Answer.POLICY, "policy": add(cast, title="Begun"), "owner": owner, "due_on": TODAY - DAY},
        {"answer": Answer.POLICY, "policy": unheld, "owner": owner},
        {"answer": Answer.ACTION, "owner": owner},
    ]
    for each in kinds:
        duty(cast, change(cast), **each)
    for progress, due_on in product(Progress, (TODAY - DAY, TODAY + DAY)):
        of = duty(cast, change(cast), answer=Answer.ACTION, owner=owner, due_on=TODAY - DAY)
        does = act(cast, of, due_on=due_on)
        DutyAction.objects.filter(pk=does).update(progress=progress)
    change(cast)
    Duty.objects.filter(answer=Answer.OPEN).update(owner=leaver)
    by = cast.scope("headteacher")
    whole, people = change_queries.changes(by), holders(by)
    told = {each.pk for each in whole if change_queries.gaps(each, people, queries.known(by), TODAY)}
    assert {each.pk for each in change_queries.wanting(whole, people, TODAY)} == told
    late = {each.pk for each in Duty.objects.all() if change_queries.late(each, TODAY)}
    assert {each.pk for each in change_queries.duties_late(by, TODAY)} == late
    assert (len(told), len(late)) == (12, 7)
    PolicyChange.objects.bulk_create(
        PolicyChange(school=cast.school, once=uuid4(), title="New", origin="local", source="A letter",
                     noted_on=TODAY + DAY, noted_by=cast.people["headteacher"]) for _ in range(220)
    )  # fmt: skip
    with django_assert_num_queries(7):
        page = change_pages.changes_page(by, "gaps", OriginForm({}), 220)
    assert (page.said, len(page.rows), page.older) == ("In 232 changes something is missing.", 12, "")


def test_what_is_due_is_on_its_owners_today_the_calendar_and_the_overdue_list(cast: Cast):
    key = change(cast, in_force_on=TODAY + DAY)
    asks = duty(cast, key, due_on=TODAY + 3 * DAY, owner=cast.people["office"].pk, answer=Answer.ACTION)
    does = act(cast, asks, due_on=TODAY - DAY)
    assert [each.words for each in waiting.next_actions(cast.scope("teacher"))] == [
        "Say how far it is: Put a book at the door"
    ]
    assert [each.words for each in waiting.next_actions(cast.scope("office"))] == [
        "Answer what policy asks: Every visitor signs in"
    ]
    assert [(each.kind, each.words) for each in late_pages.late(cast.scope("governor"))] == [
        ("action", "Put a book at the door")
    ]
    found = waiting.calendar(cast.scope("governor"), TODAY, TODAY + 5 * DAY)
    assert [each.words for each in found] == ["Due: Every visitor signs in", "In force: Visitors sign in"]
    assert [each.words for each in waiting.news(cast.scope("teacher"), AT)] == ["Policy changes: Visitors sign in"]
    assert list(waiting.news(cast.scope("headteacher"), AT)) == []
    move(cast, does, "done", said="There")
    assert list(waiting.next_actions(cast.scope("office"))) == []
    Duty.objects.update(due_on=TODAY - DAY)
    assert late_pages.late(cast.scope("governor")) == []
    move(cast, does, "under_way")
    assert [each.kind for each in late_pages.late(cast.scope("governor"))] == ["action", "duty"]


def test_another_schools_change_is_not_found(cast: Cast):
    key = change(cast)
    asks = duty(cast, key)
    does = act(cast, asks)
    by = cast.scope("other_headteacher")
    for attempt in (
        lambda: change_actions.edit_change(by=by, at=AT, change=key, version=1, told=told()),
        lambda: duty(cast, key, "other_headteacher"),
        lambda: change_actions.edit_duty(by=by, at=AT, duty=asks, version=1, asked=change_actions.Asked("x")),
        lambda: act(cast, asks, "other_headteacher"),
        lambda: change_actions.edit_action(by=by, at=AT, doing_key=does, version=1, doing=doing(cast)),
        lambda: move(cast, does, "done", "other_headteacher", said="x"),
        lambda: api.change(by, key),
    ):
        with pytest.raises(Http404):
            attempt()


def test_programs_read_policies_and_changes(cast: Cast):
    policy, text = in_force(cast)
    add(cast, title="Only begun")
    key = change(cast)
    act(cast, answered(cast, key, policy))
    by = cast.scope("teacher")
    (found,) = api.policies(by, Slice()).items
    assert (found.title, found.in_force, found.in_force_on) == ("Visitors", text, TODAY)
    assert api.policy(by, policy) == found
    (words,) = api.versions(by, policy, Slice()).items
    assert api.version(by, text) == words
    (given,) = api.changes(by, Slice()).items
    assert (given.duties[0].policy, given.duties[0].actions[0].what) == (policy, "Put a book at the door")
    assert api.change(by, key) == given
    with pytest.raises(Refused):
        read(cast, text)


def test_a_policy_never_in_force_is_named_to_those_alone_who_may_know_of_it(cast: Cast):
    policy = add(cast, owner=None)
    key = change(cast)
    answered(cast, key, policy)
    (hidden,), (seen,) = shown(cast, key, "teacher").duties, shown(cast, key, "governor").duties
    assert [(each.link, each.words, each.url) for each in hidden.trace if "policy" in each.link] == [
        ("Our policy", "A policy being written", "")
    ]
    assert [(each.link, each.words, each.url != "") for each in seen.trace if "policy" in each.link] == [
        ("Our policy", "Visitors", True),
        ("Who answers for the policy", "Nobody answers for it", False),
    ]
    assert gaps(cast, key, "teacher") == ["Nobody answers for a policy being written"]
    assert gaps(cast, key, "governor") == ["Nobody answers for the policy “Visitors”"]
    given = [
        (api.change(by, key).duties[0].policy, api.changes(by, Slice()).items[0].duties[0].policy)
        for by in (cast.scope("teacher"), cast.scope("governor"))
    ]
    assert given == [(None, None), (policy, policy)]


def test_the_keys_of_known_policies_are_those_found_one_by_one(cast: Cast):
    keys = [in_force(cast)[0], add(cast, owner=cast.people["teacher"].pk), add(cast, owner=None)]
    for persona in ("teacher", "governor", "office", "headteacher"):
        by = cast.scope(persona)
        assert queries.known(by) == {key for key in keys if queries.policy(by, key)}
    assert len(queries.known(cast.scope("teacher"))) == 2


def test_whoever_does_it_no_longer_moves_it_no_longer(cast: Cast):
    does = act(cast, duty(cast, change(cast)))

    def give_away() -> None:
        DutyAction.objects.update(owner=cast.people["office"])

    with meanwhile("policies_policychange", give_away), pytest.raises(Refused):
        move(cast, does, "under_way")
    assert DutyAction.objects.get().progress == Progress.TO_DO


def test_a_duty_noted_in_error_is_withdrawn_with_a_reason_and_counts_no_more(cast: Cast):
    key = change(cast)
    it, why = duty(cast, key, words="Of another phase", due_on=TODAY - DAY), "It is for secondary schools"
    doing_it = act(cast, it)
    withdraw = {"at": AT, "duty": it, "version": 1}
    with pytest.raises(Refused):
        change_actions.withdraw_duty(by=cast.scope("teacher"), because=why, **withdraw)
    by = cast.scope("business_manager")
    with pytest.raises(Unusable, match="Say why"):
        change_actions.withdraw_duty(by=by, because="", **withdraw)
    with pytest.raises(Stale):
        change_actions.withdraw_duty(by=by, because=why, **{**withdraw, "version": 9})
    assert [each.pk for each in change_queries.duties_late(by, TODAY)] == [it]
    head, form = cast.client("headteacher"), f"/schools/{everybody.OWN}/changes-in-policy/duties/{it}/withdraw"
    assert form in head.get(f"/schools/{everybody.OWN}/changes-in-policy/{key}").content.decode()
    assert "It stays told" in head.get(form).content.decode()
    assert head.post(form, {"version": 1, "because": why}).status_code == 302
    page = shown(cast, key, "governor")
    assert (page.duties, page.withdrawn) == ([], [f"Of another phase. Withdrawn on {in_words(TODAY)}: {why}"])
    assert (change_queries.duties_late(by, TODAY), list(change_queries.actions(by))) == ([], [])
    assert gaps(cast, key) == ["Nobody has said what it asks of us"]
    assert (Duty.objects.count(), DutyAction.objects.filter(pk=doing_it).count()) == (1, 1)
    again = duty(cast, key)
    done = act(cast, again)
    move(cast, done, Progress.DONE, said="Bought")
    with pytest.raises(Refused, match="Something was done for it"):
        change_actions.withdraw_duty(by=by, at=AT, duty=again, version=1, because=why)
