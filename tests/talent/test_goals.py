"""Goals: one's own, private unless shown to an appraiser, closed once; one that is reached is evidence."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.standards import actions as standards
from headship.talent import goal_actions, module, queries
from headship.talent.choices import Stands
from headship.talent.models import Goal
from tests import cast as everybody
from tests.appraisal import staff_flow
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
SOON = TODAY + timedelta(days=5)
WORDS = "I end each meeting with who does what"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def set_goal(cast: Cast, persona: str = "teacher", once: UUID | None = None, **more: object) -> int:
    aim = replace(goal_actions.Aim(WORDS, "Ask the clerk", SOON, characteristics=("3.6",)), **more)
    return goal_actions.set_goal(by=cast.scope(persona), at=AT, once=once or uuid4(), aim=aim)


def end(cast: Cast, key: int, to: Stands = Stands.REACHED, persona: str = "teacher", version: int = 1) -> None:
    goal_actions.end_goal(by=cast.scope(persona), at=AT, goal=key, version=version, to=to, came_of_it="It holds")


def appraised_by(cast: Cast, holder: str, about: str = "teacher") -> None:
    staff_flow.put_in(cast, staff_flow.a_cycle(cast), about, holder)


def sees(cast: Cast, key: int) -> list[str]:
    personas = ("headteacher", "chair", "senior_leader", "teacher", "middle_leader")
    return [each for each in personas if queries.goal(cast.scope(each), key)]


def test_the_same_form_twice_sets_one(cast: Cast):
    once = uuid4()
    assert {set_goal(cast, once=once), set_goal(cast, once=once)} == {Goal.objects.get().pk}


def test_a_goal_is_private_unless_shown_to_an_appraiser(cast: Cast):
    appraised_by(cast, "middle_leader")
    assert sees(cast, set_goal(cast)) == ["teacher"]
    assert sees(cast, set_goal(cast, visibility=Visibility.LINE)) == ["teacher", "middle_leader"]
    assert queries.goal(cast.scope("other_headteacher"), Goal.objects.last().pk) is None


def test_only_whoever_set_it_changes_and_closes_it(cast: Cast):
    appraised_by(cast, "middle_leader")
    key = set_goal(cast, visibility=Visibility.LINE)
    with pytest.raises(Refused):
        end(cast, key, persona="middle_leader")
    aim = goal_actions.Aim("Other", "", SOON)
    with pytest.raises(Refused):
        goal_actions.change_goal(by=cast.scope("middle_leader"), at=AT, goal=key, version=1, aim=aim)
    with pytest.raises(Http404):
        end(cast, key, persona="headteacher")
    goal_actions.change_goal(by=cast.scope("teacher"), at=AT, goal=key, version=1, aim=aim)
    with pytest.raises(Stale):
        goal_actions.change_goal(by=cast.scope("teacher"), at=AT, goal=key, version=1, aim=aim)
    assert Goal.objects.get().what == "Other"


def test_a_goal_that_is_reached_is_evidence_and_one_let_go_is_none(cast: Cast):
    end(cast, set_goal(cast), Stands.LET_GO)
    assert Entry.objects.count() == 0
    end(cast, key := set_goal(cast))
    entry = Entry.objects.get()
    assert (entry.visibility, entry.owner_id, entry.words) == (
        "private",
        cast.people["teacher"].pk,
        f"Reached a goal: {WORDS}",
    )
    with pytest.raises(Refused):
        end(cast, key, Stands.LET_GO, version=2)
    with pytest.raises(Refused):
        goal_actions.change_goal(
            by=cast.scope("teacher"), at=AT, goal=key, version=2, aim=goal_actions.Aim("Other", "", SOON)
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": TODAY - timedelta(days=1)},
        {"due_on": TODAY + timedelta(days=731)},
        {"visibility": Visibility.STAFF},
    ],
)
def test_what_no_form_offers_is_refused(cast: Cast, wrong: dict[str, object]):
    with pytest.raises(Unusable):
        set_goal(cast, **wrong)


def test_who_sets_goals(cast: Cast):
    with pytest.raises(Refused):
        set_goal(cast, "administrator")
    with pytest.raises(Unusable):
        set_goal(cast, "governor", visibility=Visibility.LINE)
    assert set_goal(cast, "governor") == Goal.objects.get().pk


def test_a_goal_that_is_due_waits_for_whoever_set_it(cast: Cast):
    set_goal(cast)
    set_goal(cast, what="Later", due_on=TODAY + timedelta(days=30))
    end(cast, set_goal(cast, what="Done"))
    elsewhere = cast.scope("two_schools", "other")
    goal_actions.set_goal(by=elsewhere, at=AT, once=uuid4(), aim=goal_actions.Aim("Elsewhere", "", SOON))
    assert list(module.next_actions(cast.scope("two_schools", "own"))) == []
    assert [each.words for each in module.next_actions(cast.scope("teacher"))] == [f"Look at your goal: {WORDS}"]
    assert list(module.next_actions(cast.scope("headteacher"))) == []


def test_the_pages(cast: Cast):
    client, at = cast.client("teacher"), {"urn": everybody.OWN}
    assert "Set one goal" in client.get(reverse("goals", kwargs=at)).content.decode()
    form = client.get(reverse("goal-set", kwargs=at) + "?serves=3.5").content.decode()
    assert form.count('value="3.5" checked') == 1
    day = {"due_on_day": SOON.day, "due_on_month": SOON.month, "due_on_year": SOON.year}
    typed = {"what": WORDS, "step": "", "serves": ["3.5"], "visibility": "private", "once": str(uuid4()), **day}
    assert client.post(reverse("goal-set", kwargs=at), {**typed, "what": ""}).status_code == 200
    assert client.post(reverse("goal-set", kwargs=at), typed).status_code == 302
    key = Goal.objects.get().pk
    own = {**at, "goal": key}
    assert client.get(reverse("goal-change", kwargs=own)).status_code == 200
    assert client.post(reverse("goal-change", kwargs=own), {**typed, "version": 1}).status_code == 302
    assert client.post(reverse("goal", kwargs=own), {"to": "reached", "version": 2}).status_code == 302
    assert WORDS in client.get(reverse("goals", kwargs=at)).content.decode()
    assert "Nothing was noted" in client.get(reverse("goal", kwargs=own)).content.decode()


def test_an_appraiser_reads_what_is_shown(cast: Cast):
    appraised_by(cast, "middle_leader")
    key = set_goal(cast, visibility=Visibility.LINE)
    client, at = cast.client("middle_leader"), {"urn": everybody.OWN}
    assert "Shown to you as an appraiser" in client.get(reverse("goals", kwargs=at)).content.decode()
    page = client.get(reverse("goal", kwargs={**at, "goal": key})).content.decode()
    assert (WORDS in page, "Close the goal" in page) == (True, False)
    assert client.get(reverse("goal-change", kwargs={**at, "goal": key})).status_code == 403


def test_a_goal_is_of_one_school_and_each_its_own(cast: Cast):
    first, second = set_goal(cast, "two_schools"), set_goal(cast, "two_schools", what="Another")
    by = cast.scope("two_schools", "own")
    assert [queries.goal(by, each).what for each in (first, second)] == [WORDS, "Another"]
    assert queries.goals(cast.scope("two_schools", "other")) == []
    assert queries.goal(cast.scope("two_schools", "other"), first) is None


def test_the_list_asks_the_database_as_often_for_three_as_for_one(cast: Cast, django_assert_num_queries):
    scope = cast.scope("teacher")
    for count in (1, 3):
        while Goal.objects.count() < count:
            set_goal(cast)
        with django_assert_num_queries(1):
            assert [each.person.name for each in queries.goals(scope)] == [scope.name] * count
