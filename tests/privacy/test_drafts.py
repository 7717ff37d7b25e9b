"""Drafts that somebody was not given yet: counted for the data protection officer, who decides whether they are in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from headship.appraisal import staff_course_actions
from headship.core.errors import Refused, Stale
from headship.core.scope import installation_scope
from headship.privacy import actions, gathering, queries, rules
from headship.privacy.choices import Asked, Drafts, State
from headship.privacy.models import SubjectRequest
from headship.standards import actions as standards
from tests import cast as everybody
from tests.appraisal import head_flow
from tests.appraisal.staff_flow import under_way, whose
from tests.appraisal.test_staff_year import reviewed, stated, sure

OFFICER, WHY = "data_protection_officer", "I read our policy and the guidance; the draft is to be disclosed"
DRAFT = "A strong year"


@pytest.fixture
def cast(db):
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return everybody.build()


def asked_by(cast, persona="teacher", by=OFFICER):
    return actions.note_request(
        by=cast.scope(by), at=timezone.now(), person_id=cast.people[persona].pk, asks=Asked.ACCESS,
        received_on=timezone.localdate(),
    )  # fmt: skip


def decide(cast, asked, drafts=Drafts.INCLUDE, by=OFFICER, was=""):
    actions.decide_drafts(by=cast.scope(by), at=timezone.now(), request_id=asked.pk, was=was, drafts=drafts, why=WHY)


def own_file(cast, who="teacher"):
    return str(gathering.gather(gathering.subject_of(cast.people[who]), None).parts)


def page(cast, who, asked):
    return cast.client(who).get(reverse("privacy-request", kwargs={"urn": everybody.OWN, "asked": asked.pk})).text


def test_the_officer_sees_how_many_drafts_are_held_back_and_not_a_word(cast):
    year = stated(cast, reviewed(cast, under_way(cast)))
    asked = asked_by(cast)
    told = page(cast, OFFICER, asked)
    assert "4 drafts are held back today" in told  # an objective's rating, two parts', and the statement
    assert DRAFT not in told
    assert "for its data protection officer to decide" in " ".join(told.split())
    for who in ("headteacher",):
        told = page(cast, who, asked)
        assert "held back today" not in told
        assert "Ask the data protection officer" in told
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    assert "No drafts are held back today" in page(cast, OFFICER, asked)


def test_what_the_officer_decides_puts_them_into_the_file_while_the_request_is_open(cast):
    stated(cast, reviewed(cast, under_way(cast)))
    asked = asked_by(cast)
    url = reverse("privacy-drafts", kwargs={"urn": everybody.OWN, "asked": asked.pk})
    assert DRAFT not in own_file(cast)
    form = {"drafts": "hold", "why": WHY, "was": ""}
    assert cast.client(OFFICER).post(url, form).status_code == 302
    assert DRAFT not in own_file(cast)
    assert cast.client(OFFICER).post(url, form | {"drafts": "include", "was": "hold"}).status_code == 302
    told = own_file(cast)
    assert DRAFT in told
    assert gathering.NOT_YET not in told
    assert WHY in told
    compiled = queries.gathered(cast.scope(OFFICER), asked)
    assert DRAFT not in str(compiled.parts)  # whoever answers does not come to read it
    told = page(cast, OFFICER, asked)
    assert "Decided on" in told
    assert WHY in told
    SubjectRequest.objects.update(state=State.ANSWERED)
    assert DRAFT not in own_file(cast)


def test_a_decision_opens_that_persons_drafts_at_that_school_alone(cast):
    stated(cast, reviewed(cast, under_way(cast)))
    decide(cast, asked_by(cast, "middle_leader"))
    assert DRAFT not in own_file(cast)
    decide(cast, asked_by(cast))
    assert DRAFT in own_file(cast)
    SubjectRequest.objects.update(school=cast.other)
    assert DRAFT not in own_file(cast)


def test_the_officer_alone_decides_and_never_of_themself(cast):
    asked = asked_by(cast)
    with pytest.raises(Refused, match="by the school's data protection officer alone"):
        decide(cast, asked, by="headteacher")
    with pytest.raises(Refused, match="This is about you"):
        decide(cast, asked_by(cast, OFFICER, by="headteacher"))
    assert rules.decide_drafts(cast.scope("chair"), 0) == rules.DRAFTS_ARE_THE_OFFICERS
    decide(cast, asked)
    with pytest.raises(Stale, match="decided this while you were writing"):
        decide(cast, asked, Drafts.HOLD)
    actions.close_request(
        by=cast.scope(OFFICER), at=timezone.now(), request_id=asked.pk, state=State.ANSWERED,
        closed_on=timezone.localdate(), outcome="Given",
    )  # fmt: skip
    with pytest.raises(Stale):
        decide(cast, asked, Drafts.HOLD, was="include")


def test_a_second_window_keeps_what_was_typed(cast):
    asked = asked_by(cast)
    url = reverse("privacy-drafts", kwargs={"urn": everybody.OWN, "asked": asked.pk})
    decide(cast, asked, Drafts.HOLD)
    answer = cast.client(OFFICER).post(url, {"drafts": "include", "why": "My own words", "was": ""})
    assert answer.status_code == 409
    assert "My own words" in answer.text


def test_drafts_of_the_headteachers_year_are_counted_too(cast):
    key = head_flow.to_met(cast)
    head_flow.draft(cast, key)
    asked = asked_by(cast, "headteacher")
    drafted = head_flow.year(key).statement.standards
    told = page(cast, OFFICER, asked)
    assert "drafts are held back today" in told
    assert drafted not in told
    decide(cast, asked)
    assert drafted in own_file(cast, "headteacher")
    assert asked.due_on > timezone.localdate() + timedelta(days=20)
