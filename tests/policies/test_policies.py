"""Policies: who keeps, approves and reviews them, and which words were in force on any day."""

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.policies import actions, pages, queries, rules
from headship.policies.choices import VERSION_MOVES, Approver, Asks, Stage
from headship.policies.forms import FilterForm
from headship.policies.models import Policy, PolicyApproval, PolicyReview, PolicyVersion
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.evidence.leading import leads
from tests.policies.flow import (
    AT,
    DAY,
    TODAY,
    WORDS,
    add,
    approve,
    approve_review,
    bring,
    draft,
    hold,
    in_force,
    meanwhile,
    of,
    offer,
    put,
    review,
)

NOT_KEEPERS = ["chair", "governor", "clerk", "teacher", "middle_leader", "office", "support_staff", "safeguarding_lead"]


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def standing(kind: str) -> list[tuple[str, set[str]]]:
    found = Entry.objects.filter(kind=kind, withdrawn_at=None).order_by("pk")
    return [(each.words, set(each.serves.values_list("characteristic__code", flat=True))) for each in found]


def stage(key: int) -> Stage:
    return Stage(PolicyVersion.objects.get(pk=key).stage)


@pytest.mark.parametrize("persona", NOT_KEEPERS)
def test_only_keepers_add_change_bring_and_withdraw(cast: Cast, persona: str):
    key, _ = in_force(cast)
    waits = draft(cast, key, "Next")
    approve(cast, waits)
    by = cast.scope(persona)
    for attempt in (
        lambda: add(cast, persona),
        lambda: actions.change_policy(by=by, at=AT, policy=key, version=1, put=put(cast)),
        lambda: actions.withdraw_policy(by=by, at=AT, policy=key, version=1),
        lambda: bring(cast, waits, persona=persona),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == rules.KEEPERS_ONLY
    assert (Policy.objects.count(), stage(waits), of(key).withdrawn_on) == (1, Stage.APPROVED, None)


@pytest.mark.parametrize("persona", ["headteacher", "senior_leader", "business_manager"])
def test_keepers_add_once_and_change(cast: Cast, persona: str):
    once = uuid4()
    key = add(cast, persona, once=once)
    assert add(cast, persona, once=once) == key
    told = put(cast, title="Guests", asks=Asks.POSTS, asked_posts=("office", "chair"), required="charging")
    actions.change_policy(by=cast.scope(persona), at=AT, policy=key, version=1, put=told)
    now = of(key)
    assert (now.title, now.asked_posts, now.required, now.version) == ("Guests", ["office"], "charging", 2)
    with pytest.raises(Stale):
        actions.change_policy(by=cast.scope(persona), at=AT, policy=key, version=1, put=told)


def test_what_a_policy_cannot_be_is_refused(cast: Cast):
    for wrong in (
        {"owner": cast.people["chair"].pk},
        {"owner": cast.people["other_teacher"].pk},
        {"months": 0},
        {"months": 121},
        {"required": "no_such_thing"},
        {"asks": Asks.POSTS},
        {"asks": Asks.POSTS, "asked_posts": ("chair",)},
    ):
        with pytest.raises(Unusable):
            add(cast, **wrong)
    add(cast, owner=None, months=120)
    assert Policy.objects.count() == 1


def test_whoever_answers_for_it_writes_it_and_others_do_not(cast: Cast):
    key = add(cast, owner=cast.people["teacher"].pk)
    mine = draft(cast, key, persona="teacher")
    for persona in ("middle_leader", "office", "chair"):
        by = cast.scope(persona)
        for attempt in (
            lambda by=by: actions.change_words(by=by, at=AT, policy_version=mine, version=1, words="x", why=""),
            lambda persona=persona: offer(cast, mine, persona),
            lambda persona=persona: review(cast, key, persona),
        ):
            with pytest.raises(Refused) as refused:
                attempt()
            assert str(refused.value) == rules.WRITERS_ONLY
    by = cast.scope("teacher")
    actions.change_words(by=by, at=AT, policy_version=mine, version=1, words="Mine", why="Shorter")
    offer(cast, mine, "teacher")
    assert stage(mine) == Stage.OFFERED
    with pytest.raises(Refused, match="offered already"):
        offer(cast, mine, "teacher")


def test_the_moves_are_those_of_the_table():
    assert {str(each): [str(to) for to in after] for each, after in VERSION_MOVES.items()} == {
        "draft": ["offered", "approved"],
        "offered": ["approved", "draft"],
        "approved": ["in_force", "draft"],
        "in_force": ["superseded"],
        "superseded": [],
    }


def test_two_writers_of_a_draft_are_told(cast: Cast):
    key = add(cast)
    mine = draft(cast, key)
    assert draft(cast, key, persona="business_manager") == mine  # the same words twice
    with pytest.raises(Stale, match="drafted the next version first"):
        draft(cast, key, "Others", persona="business_manager")
    head, other = cast.scope("headteacher"), cast.scope("business_manager")
    actions.change_words(by=head, at=AT, policy_version=mine, version=1, words="First", why="")
    with pytest.raises(Stale):
        actions.change_words(by=other, at=AT, policy_version=mine, version=1, words="Second", why="")
    assert PolicyVersion.objects.get().words == "First"


def test_the_head_approves_what_is_the_heads(cast: Cast):
    key = draft(cast, add(cast))
    for persona in ("senior_leader", "business_manager", "chair", "clerk"):
        with pytest.raises(Refused) as refused:
            approve(cast, key, persona)
        assert str(refused.value) == rules.HEAD_ONLY
    once = uuid4()
    made = approve(cast, key, once=once)
    assert approve(cast, key, once=once, version=1) == made
    with pytest.raises(Refused, match="approved already"):
        approve(cast, key)
    assert (stage(key), PolicyApproval.objects.get().recorded_as) == (Stage.APPROVED, "headteacher")
    assert standing("policies.approval") == [("The headteacher approved “Visitors”, version 1", {"1.5"})]


@pytest.mark.parametrize("approver", [Approver.BOARD, Approver.COMMITTEE])
def test_chair_and_clerk_record_what_the_board_approved_with_its_meeting(cast: Cast, approver: Approver):
    key = draft(cast, add(cast, approver=approver), at=AT - 3 * DAY)
    for persona in ("headteacher", "governor", "senior_leader"):
        with pytest.raises(Refused) as refused:
            approve(cast, key, persona)
        assert str(refused.value) == rules.RECORDERS_ONLY
    for wrong in ({"on": TODAY + DAY}, {"on": TODAY - 4 * DAY}, {"meeting": ""}):
        with pytest.raises(Unusable):
            approve(cast, key, "chair", **wrong)
    with pytest.raises(Stale):
        approve(cast, key, "chair", version=9)
    approve(cast, key, "chair", on=TODAY - DAY)
    made = PolicyApproval.objects.get()
    assert (made.meeting, made.on, made.recorded_as, made.approver) == (
        "Full board, minute 7",
        TODAY - DAY,
        "chair",
        approver,
    )


def test_words_changed_after_approval_are_a_draft_again(cast: Cast):
    key = draft(cast, add(cast))
    approve(cast, key)
    head = cast.scope("headteacher")
    actions.change_words(by=head, at=AT, policy_version=key, version=2, words="Other", why="")
    assert stage(key) == Stage.DRAFT
    with pytest.raises(Refused, match="not approved yet"):
        bring(cast, key)
    approve(cast, key)
    bring(cast, key)
    with pytest.raises(Refused, match="stay as they are"):
        actions.change_words(by=head, at=AT, policy_version=key, version=5, words="Again", why="")
    with pytest.raises(Refused, match="in force already"):
        bring(cast, key)


def test_any_day_gives_the_words_then_in_force_or_none(cast: Cast):
    key, first = in_force(cast, at=AT - 100 * DAY)
    second = hold(cast, key, "Second", at=AT - 50 * DAY, on=TODAY - 40 * DAY)
    third = draft(cast, key, "Third")
    approve(cast, third)
    for wrong in (TODAY - DAY, TODAY - 40 * DAY):
        with pytest.raises(Unusable):
            bring(cast, third, on=wrong)
    bring(cast, third, on=TODAY + 5 * DAY)
    by, policy = cast.scope("teacher"), of(key)
    days = [-101, -100, -41, -40, 0, 4, 5]
    found = [queries.on_day(by, policy, TODAY + each * DAY) for each in days]
    assert [each and each.pk for each in found] == [None, first, first, second, second, second, third]
    actions.withdraw_policy(by=cast.scope("headteacher"), at=AT, policy=key, version=policy.version)
    found = [queries.on_day(by, of(key), TODAY + each * DAY) for each in (-1, 0, 5)]
    assert [each and each.pk for each in found] == [second, None, None]
    with pytest.raises(Stale):
        actions.withdraw_policy(by=cast.scope("headteacher"), at=AT, policy=key, version=of(key).version)
    with pytest.raises(Unusable):
        draft(cast, key)


@pytest.mark.parametrize(
    ("months", "since", "expected"),
    [
        (12, date(2026, 11, 29), date(2027, 11, 29)),
        (1, date(2027, 1, 31), date(2027, 2, 28)),
        (24, date(2024, 2, 29), date(2026, 2, 28)),
        (12, date(2026, 12, 31), date(2027, 12, 31)),
        (None, date(2026, 11, 29), None),
    ],
)
def test_the_next_review_is_so_many_months_on(months, since, expected):
    assert queries.next_review(months, since) == expected


def test_a_review_that_changes_nothing_is_approved_again_and_sets_the_next(cast: Cast):
    key, _ = in_force(cast, at=AT - 400 * DAY)
    due = of(key).review_on
    assert due == queries.next_review(12, TODAY - 400 * DAY)
    once = uuid4()
    noted = review(cast, key, "business_manager", once=once)
    assert review(cast, key, "business_manager", once=once) == noted
    assert of(key).review_on == due
    with pytest.raises(Refused, match="waits for approval"):
        review(cast, key)
    for persona in ("business_manager", "chair"):
        with pytest.raises(Refused):
            approve_review(cast, noted, persona)
    approve_review(cast, noted, once=once)
    approve_review(cast, noted, once=once)
    assert of(key).review_on == queries.next_review(12, TODAY)
    assert standing("policies.approval")[-1] == ("The headteacher kept “Visitors” after its review", {"1.5"})
    with pytest.raises(Stale):
        approve_review(cast, noted)
    assert PolicyReview.objects.get().approved_on == TODAY


def test_the_boards_review_needs_its_meeting(cast: Cast):
    key, _ = in_force(cast, at=AT - 400 * DAY, approver=Approver.BOARD)
    noted = review(cast, key)
    with pytest.raises(Unusable):
        approve_review(cast, noted, "clerk")
    approve_review(cast, noted, "clerk", meeting="Full board, minute 3")
    assert of(key).review_on == queries.next_review(12, TODAY)


def test_a_policy_without_words_in_force_is_not_reviewed(cast: Cast):
    key = add(cast)
    draft(cast, key)
    with pytest.raises(Refused, match="nothing to review"):
        review(cast, key)


def test_another_cycle_counts_from_the_day_the_words_held(cast: Cast):
    key, _ = in_force(cast, at=AT - 30 * DAY)
    head = cast.scope("headteacher")
    actions.change_policy(by=head, at=AT, policy=key, version=1, put=put(cast, months=24))
    assert of(key).review_on == queries.next_review(24, TODAY - 30 * DAY)
    actions.change_policy(by=head, at=AT, policy=key, version=2, put=put(cast, months=None))
    assert of(key).review_on is None
    approve_review(cast, review(cast, key))
    assert of(key).review_on is None
    actions.change_policy(by=head, at=AT, policy=key, version=3, put=put(cast, months=6))
    assert of(key).review_on == queries.next_review(6, TODAY)


def test_drafts_are_seen_by_leaders_governors_and_whoever_answers(cast: Cast):
    key = add(cast, owner=cast.people["teacher"].pk)
    drafted = draft(cast, key)
    for persona, seen in (("teacher", True), ("governor", True), ("safeguarding_lead", True), ("office", False)):
        by = cast.scope(persona)
        assert (queries.policy(by, key) is not None) is seen
        assert (queries.version(by, drafted) is not None) is seen
        assert bool(queries.listed(by)) is seen
    approve(cast, drafted)
    bring(cast, drafted)
    assert queries.version(cast.scope("office"), drafted) is not None
    draft(cast, key, "Next")
    assert [each.number for each in queries.versions_of(cast.scope("office"), of(key))] == [1]
    assert [each.number for each in queries.versions_of(cast.scope("teacher"), of(key))] == [2, 1]


def test_what_is_required_and_lacking_is_told_by_the_kind_of_school(cast: Cast):
    by = cast.scope("headteacher")
    everything = {each.code for each in queries.asked_of(by)}
    assert {"pay", "exclusion", "charging"} <= everything
    cast.school.kind = "Community school"
    cast.school.save()
    assert "exclusion" not in {each.code for each in queries.asked_of(by)}
    add(cast, required="charging")
    lacking = {each.code for each in queries.lacking(queries.asked_of(by), queries.listed(by))}
    assert {"charging", "pay"} <= lacking
    in_force(cast, required="charging")
    assert "charging" not in {each.code for each in queries.lacking(queries.asked_of(by), queries.listed(by))}


def test_another_schools_policy_is_not_found(cast: Cast):
    key, held = in_force(cast)
    noted = review(cast, key)
    drafted = draft(cast, key)
    by = cast.scope("other_headteacher")
    for attempt in (
        lambda: actions.change_policy(by=by, at=AT, policy=key, version=1, put=put(cast, owner=None)),
        lambda: actions.withdraw_policy(by=by, at=AT, policy=key, version=1),
        lambda: actions.draft_version(by=by, at=AT, policy=key, words="x", why=""),
        lambda: actions.change_words(by=by, at=AT, policy_version=drafted, version=1, words="x", why=""),
        lambda: offer(cast, drafted, "other_headteacher"),
        lambda: approve(cast, drafted, "other_headteacher"),
        lambda: approve_review(cast, noted, "other_headteacher"),
        lambda: review(cast, key, "other_headteacher"),
        lambda: actions.acknowledge(by=by, at=AT, policy_version=held),
    ):
        with pytest.raises(Http404):
            attempt()
    assert queries.policy(by, key) is None
    assert queries.version(by, held) is None
    assert PolicyVersion.objects.get(pk=held).words == WORDS


def classes() -> list[Visibility]:
    found = Entry.objects.filter(kind="policies.approval", withdrawn_at=None).order_by("pk")
    return [Visibility(each.visibility) for each in found]


def test_an_approval_is_evidence_for_staff_once_the_words_are_in_force(cast: Cast):
    key = draft(cast, add(cast))
    approve(cast, key)
    assert classes() == [Visibility.GOVERNORS]
    head, version = cast.scope("headteacher"), PolicyVersion.objects.get().version
    actions.change_words(by=head, at=AT, policy_version=key, version=version, words="Other", why="")
    assert classes() == []
    approve(cast, key)
    bring(cast, key)
    assert classes() == [Visibility.STAFF]
    assert leads(cast, "teacher", "policies.approval") == f"/schools/{everybody.OWN}/policies/texts/{key}"
    policy = PolicyVersion.objects.get().policy_id
    approve_review(cast, review(cast, policy))
    assert leads(cast, "teacher", "policies.approval") == f"/schools/{everybody.OWN}/policies/{policy}"


def test_approvals_are_told_of_versions_that_the_reader_may_know_of(cast: Cast):
    key, _ = in_force(cast)
    approve(cast, draft(cast, key, "Next"))
    told = [
        [each.policy_version.number for each in queries.approvals_of(cast.scope(persona), of(key))]
        for persona in ("teacher", "governor", "business_manager")
    ]
    assert told == [[1], [2, 1], [2, 1]]


def test_who_may_not_know_of_a_draft_finds_none(cast: Cast):
    key, _ = in_force(cast)
    draft(cast, key, "Next")
    shown = {
        persona: [row.title for row in pages.policies_page(cast.scope(persona), "drafted", FilterForm({})).rows]
        for persona in ("teacher", "governor")
    }
    assert shown == {"teacher": [], "governor": ["Visitors"]}


def test_a_withdrawn_policys_words_stay_as_they_are(cast: Cast):
    head = cast.scope("headteacher")
    keys = []
    for title in ("Drafted", "Approved"):
        key, _ = in_force(cast, title=title)
        keys.append(draft(cast, key, "Next", at=AT))
        if title == "Approved":
            approve(cast, keys[-1])
        actions.withdraw_policy(by=head, at=AT, policy=key, version=1)
    drafted, approved = keys
    version = PolicyVersion.objects.get(pk=approved).version
    for attempt in (
        lambda: actions.change_words(by=head, at=AT, policy_version=drafted, version=1, words="x", why=""),
        lambda: offer(cast, drafted),
        lambda: approve(cast, drafted),
        lambda: actions.bring_into_force(by=head, at=AT, policy_version=approved, version=version, on=TODAY + DAY),
    ):
        with pytest.raises(Unusable) as refused:
            attempt()
        assert str(refused.value) == "This policy was withdrawn. Add a new one instead. Nothing was saved."
    assert (stage(drafted), stage(approved)) == (Stage.DRAFT, Stage.APPROVED)


def test_another_approver_is_asked_anew(cast: Cast):
    head, texts = cast.scope("headteacher"), []
    for title in ("Offered", "Approved", "Drafted"):
        key = add(cast, title=title)
        texts.append(draft(cast, key))
        if title == "Offered":
            offer(cast, texts[-1])
        if title == "Approved":
            approve(cast, texts[-1])
        told = put(cast, title="Guests")
        actions.change_policy(by=head, at=AT, policy=key, version=1, put=told)
        assert stage(texts[-1]) == Stage(title.lower().replace("drafted", "draft"))
        told = put(cast, approver=Approver.BOARD)
        actions.change_policy(by=head, at=AT, policy=key, version=2, put=told)
    found = PolicyVersion.objects.filter(pk__in=texts).order_by("pk")
    assert [(each.stage, each.version) for each in found] == [("draft", 3), ("draft", 3), ("draft", 1)]
    assert classes() == []


def test_words_are_brought_by_the_approval_of_whoever_approves_now(cast: Cast):
    policy = add(cast)
    key = draft(cast, policy)
    approve(cast, key)
    Policy.objects.update(approver=Approver.BOARD)
    with pytest.raises(Unusable, match="The governing board approves this policy now"):
        bring(cast, key)
    assert stage(key) == Stage.APPROVED
    Policy.objects.update(approver=Approver.HEAD)
    bring(cast, key)


def test_words_that_give_way_to_newer_ones_are_not_reviewed(cast: Cast):
    key, _ = in_force(cast, at=AT - 400 * DAY)
    hold(cast, key, "Next", on=TODAY + 5 * DAY)
    with pytest.raises(Refused, match="Newer words are in force from a day to come"):
        review(cast, key)
    assert PolicyReview.objects.count() == 0
    page = cast.client("headteacher").get(f"/schools/{everybody.OWN}/policies/{key}").content.decode()
    assert "Reviewed, no change</strong> Newer words are in force from a day to come: review those." in page


def test_who_approves_is_asked_once_nobody_else_writes(cast: Cast):
    key = draft(cast, add(cast))

    def another() -> None:
        Policy.objects.update(approver=Approver.BOARD)

    with meanwhile("policies_policy", another), pytest.raises(Refused) as refused:
        approve(cast, key, "headteacher")
    assert str(refused.value) == rules.RECORDERS_ONLY
    assert stage(key) == Stage.DRAFT
