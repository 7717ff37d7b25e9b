"""Who is asked to read a policy, who is told who has not, and what waits for whom."""

from datetime import timedelta

import pytest

from headship.core.errors import Refused, Unusable
from headship.core.scope import installation_scope
from headship.people.models import Post
from headship.policies import actions, late_pages, pages, policy_pages, reading_queries, rules, waiting
from headship.policies.choices import Approver, Asks, Stage
from headship.policies.forms import LateForm
from headship.policies.models import Acknowledgement, PolicyVersion
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.policies.flow import (
    AT,
    DAY,
    TODAY,
    approve,
    asking,
    bring,
    draft,
    hold,
    in_force,
    meanwhile,
    of,
    offer,
    put,
    read,
    review,
)

STAFF = 9  # of the cast at its own school, whoever left apart


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def reading(cast: Cast, key: int, persona: str) -> policy_pages.Reading | None:
    return policy_pages.policy_page(cast.scope(persona), of(key), "", None).reading


def test_all_staff_are_asked_and_each_says_so_once(cast: Cast):
    key, text = asking(cast)
    assert [each.words for each in waiting.next_actions(cast.scope("teacher"))] == ["Read “Visitors” and say so"]
    read(cast, text)
    read(cast, text)
    assert Acknowledgement.objects.count() == 1
    assert list(waiting.next_actions(cast.scope("teacher"))) == []
    found = reading_queries.read_of(cast.scope("headteacher"), PolicyVersion.objects.get(pk=text))
    assert (found.done, len(found.asked), found.due_on) == (1, STAFF, TODAY + 14 * DAY)
    (row,) = pages.to_read_page(cast.scope("teacher")).read
    assert row.facts.startswith("Version 1 · You read it on")
    assert key == of(key).pk


def test_a_new_version_asks_again_and_the_old_saying_is_kept(cast: Cast):
    key, first = asking(cast, at=AT - 30 * DAY)
    read(cast, first)
    second = hold(cast, key, "We ring the bell.")
    assert [each.version.pk for each in reading_queries.waiting(cast.scope("teacher"))] == [second]
    read(cast, second)
    assert set(Acknowledgement.objects.values_list("policy_version", flat=True)) == {first, second}
    with pytest.raises(Unusable, match="not in force"):
        read(cast, first, "office")


def test_certain_posts_alone_are_asked(cast: Cast):
    _, text = asking(cast, asks=Asks.POSTS, asked_posts=("office", "support_staff"))
    for persona in ("teacher", "headteacher"):
        with pytest.raises(Refused) as refused:
            read(cast, text, persona)
        assert str(refused.value) == rules.NOT_ASKED
    for persona in ("chair", "governor", "clerk"):
        with pytest.raises(Refused) as refused:
            read(cast, text, persona)
        assert str(refused.value) == rules.STAFF_ONLY
    read(cast, text, "office")
    assert len(reading_queries.read_of(cast.scope("headteacher"), PolicyVersion.objects.get()).missing) == 1


def test_nobody_is_asked_unless_it_asks(cast: Cast):
    key, text = in_force(cast)
    with pytest.raises(Refused):
        read(cast, text)
    assert reading(cast, key, "headteacher") is None
    assert list(waiting.next_actions(cast.scope("teacher"))) == []


def test_leavers_drop_from_the_list_and_joiners_have_their_own_days(cast: Cast):
    _, text = asking(cast, at=AT - 60 * DAY)
    by, version = cast.scope("headteacher"), PolicyVersion.objects.get(pk=text)
    assert cast.people["leaver"].pk not in reading_queries.read_of(by, version).asked
    post = Post.objects.filter(person=cast.people["teacher"])
    post.update(starts_on=TODAY - DAY)
    assert [each.due_on for each in reading_queries.waiting(cast.scope("teacher"))] == [TODAY + 13 * DAY]
    assert [each.due_on for each in reading_queries.waiting(cast.scope("office"))] == [TODAY - 46 * DAY]
    post.update(ends_on=TODAY - DAY)
    assert cast.people["teacher"].pk not in reading_queries.read_of(by, version).asked


def test_who_is_still_to_come_is_told_by_name_to_head_office_and_a_leader_who_answers(cast: Cast):
    key, text = asking(cast, owner=cast.people["safeguarding_lead"].pk)
    read(cast, text)
    for persona in ("headteacher", "office", "safeguarding_lead"):
        shown = reading(cast, key, persona)
        assert shown is not None
        assert "Liam Office-Example, office" in shown.names
        assert "Hari Teacher-Example, teacher" not in shown.names
    for persona in ("senior_leader", "business_manager", "chair", "governor", "clerk"):
        assert reading(cast, key, persona) == policy_pages.Reading(f"1 of {STAFF} who are asked have read it.", (), "")
    for persona in ("teacher", "middle_leader", "support_staff"):
        assert reading(cast, key, persona) is None


def test_a_teacher_who_answers_is_told_the_count_alone(cast: Cast):
    key, _ = asking(cast, owner=cast.people["teacher"].pk)
    assert reading(cast, key, "teacher") == policy_pages.Reading(f"0 of {STAFF} who are asked have read it.", (), "")


def test_a_count_of_a_handful_is_told_to_those_who_know_the_names(cast: Cast):
    key, _ = asking(cast, asks=Asks.POSTS, asked_posts=("safeguarding_lead",))
    shown = reading(cast, key, "headteacher")
    assert shown is not None
    assert list(shown.names) == ["Jomo Safeguarding-Example, designated safeguarding lead"]
    for persona in ("governor", "senior_leader"):
        assert reading(cast, key, persona) is None


def test_several_to_read_are_one_thing_on_today(cast: Cast):
    asking(cast)
    asking(cast, title="Fire")
    (found,) = waiting.next_actions(cast.scope("teacher"))
    assert (found.words, found.due_on) == ("Read 2 policies and say so", TODAY + 14 * DAY)


def test_what_waits_for_approval_is_on_the_today_of_whoever_approves(cast: Cast):
    key, _ = in_force(cast, at=AT - 3 * DAY)
    waits = draft(cast, key, "Next")
    assert list(waiting.next_actions(cast.scope("headteacher"))) == []
    offer(cast, waits)
    assert [each.words for each in waiting.next_actions(cast.scope("headteacher"))] == ["Approve “Visitors”"]
    assert list(waiting.next_actions(cast.scope("clerk"))) == []
    approve(cast, waits)
    assert [each.words for each in waiting.next_actions(cast.scope("headteacher"))] == ["Bring “Visitors” into force"]
    bring(cast, waits)
    other, _ = in_force(cast, title="Pay", approver=Approver.BOARD)
    review(cast, other)
    assert [each.words for each in waiting.next_actions(cast.scope("chair"))] == [
        "Bring “Pay” to the board, reviewed without change"
    ]
    assert list(waiting.next_actions(cast.scope("headteacher"))) == []


def test_a_review_is_on_its_owners_today_and_on_the_calendar(cast: Cast):
    key, _ = in_force(cast, at=AT - 340 * DAY)
    due = of(key).review_on
    by = cast.scope("business_manager")
    assert [(each.words, each.due_on) for each in waiting.next_actions(by)] == [("Review “Visitors”", due)]
    assert list(waiting.next_actions(cast.scope("senior_leader"))) == []
    assert [each.words for each in waiting.calendar(cast.scope("governor"), due, due)] == ["Review due: Visitors"]
    assert list(waiting.calendar(cast.scope("governor"), due + DAY, due + DAY)) == []
    assert list(waiting.calendar(cast.scope("external_adviser"), due, due)) == []
    review(cast, key)
    assert list(waiting.next_actions(by)) == []


def test_news_tells_of_what_is_in_force(cast: Cast):
    in_force(cast)
    since = AT - timedelta(days=2)
    assert [each.words for each in waiting.news(cast.scope("teacher"), since)] == ["In force: “Visitors”, version 1"]
    assert list(waiting.news(cast.scope("teacher"), AT + 2 * DAY)) == []
    assert list(waiting.news(cast.scope("external_adviser"), since)) == []


def test_what_is_overdue_is_on_one_page(cast: Cast):
    key, _ = asking(cast, at=AT - 400 * DAY)
    in_force(cast, title="Fresh")
    found = late_pages.late(cast.scope("headteacher"))
    assert [(each.kind, each.words) for each in found] == [
        ("reading", f"Visitors: {STAFF} of {STAFF} have not read it yet"),
        ("review", "Visitors"),
    ]
    assert [each.kind for each in late_pages.late(cast.scope("teacher"))] == ["review"]
    by, form = cast.scope("business_manager"), LateForm({})
    assert [kind for kind, _ in late_pages.late_page(by, "review", "mine", form).rows] == ["Review"]
    assert late_pages.late_page(cast.scope("office"), "", "mine", form).rows == []
    actions.withdraw_policy(by=cast.scope("headteacher"), at=AT, policy=key, version=of(key).version)
    assert late_pages.late_page(by, "", "", form).said == "Nothing past its day."
    assert late_pages.late(cast.scope("headteacher")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_at_any_length(cast: Cast, count: int, django_assert_num_queries):
    for each in range(count):
        asking(cast, title=f"Policy {each}", at=AT - 400 * DAY)
    by = cast.scope("headteacher")
    with django_assert_num_queries(8):
        late_pages.late(by)
    with django_assert_num_queries(3):
        reading_queries.asked_of(by)


def test_the_owner_of_a_policy_can_be_somebody_who_left(cast: Cast):
    key = of(asking(cast, owner=cast.people["teacher"].pk)[0])
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - DAY)
    told = put(cast, owner=cast.people["teacher"].pk, title="Guests")
    actions.change_policy(by=cast.scope("headteacher"), at=AT, policy=key.pk, version=key.version, put=told)
    facts = dict(policy_pages.policy_page(cast.scope("headteacher"), of(key.pk), "", None).facts)
    assert facts["Who answers for it"] == "Somebody who works here no longer"


def test_the_overdue_day_tells_of_a_joiner_only_to_those_told_names(cast: Cast):
    _, text = asking(cast, at=AT - 60 * DAY)
    Post.objects.filter(person=cast.people["teacher"]).update(starts_on=TODAY - 30 * DAY)
    version = PolicyVersion.objects.get(pk=text)
    for person in reading_queries.read_of(cast.scope("headteacher"), version).asked - {cast.people["teacher"].pk}:
        Acknowledgement.objects.create(policy_version=version, person_id=person, on=TODAY)
    found = {persona: late_pages.late(cast.scope(persona)) for persona in ("headteacher", "office", "governor")}
    assert {persona: [each.due_on for each in rows] for persona, rows in found.items()} == {
        "headteacher": [TODAY - 16 * DAY],
        "office": [TODAY - 16 * DAY],
        "governor": [TODAY - 46 * DAY],
    }


def test_words_superseded_meanwhile_are_not_said_to_be_read(cast: Cast):
    _, text = asking(cast, at=AT - DAY)

    def supersede() -> None:
        PolicyVersion.objects.filter(pk=text).update(stage=Stage.SUPERSEDED, superseded_on=TODAY)

    with meanwhile("policies_policy", supersede), pytest.raises(Unusable, match="not in force"):
        read(cast, text)
    assert Acknowledgement.objects.count() == 0
