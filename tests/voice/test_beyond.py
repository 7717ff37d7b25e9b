"""Feedback on a headteacher is asked of trust leaders and heads of the trust's other schools, who see nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from headship.core.errors import Unusable
from headship.people.models import Person, Post
from headship.voice import actions, asking_queries, queries, tasks, unshown
from headship.voice.choices import OTHER_HEADS, TRUST_LEADERS
from headship.voice.models import Sheet, Survey
from tests.cast import Cast
from tests.voice import flow


@pytest.fixture
def other_head(cast: Cast) -> Person:
    """Make the head of another school of the trust, and one of a school that is not of it."""
    made = [
        Person.objects.create(
            name=f"Head {at}", email=f"head{at}@other.example", created_at=flow.AT - timedelta(days=30)
        )
        for at in range(2)
    ]
    for person, school in zip(made, (cast.third, cast.other), strict=True):
        Post.objects.create(person=person, school=school, role="headteacher", starts_on=flow.TODAY)
    return made[0]


@pytest.fixture
def draft(cast: Cast) -> Survey:
    return flow.begin(cast, instrument="headteacher_360", visibility="private")


def offered(cast: Cast, survey: Survey, who: str = "headteacher") -> dict[str, str]:
    """Return who is offered from beyond the school, with the group they answer in."""
    found = asking_queries.people_to_ask(cast.scope(who), survey)
    return {each.name: each.group for each in found if each.post in {OTHER_HEADS, TRUST_LEADERS}}


def test_leaders_of_the_trust_and_its_other_heads_are_offered_to_a_headteacher_alone(cast, draft, other_head):
    found = offered(cast, draft)
    assert (found[cast.people["trust_leader"].name], found[other_head.name]) == ("trust_leader", "peer")
    assert "Head 1" not in found
    assert set(found.values()) == {"trust_leader", "peer"}
    assert offered(cast, flow.begin(cast)) == {}
    deputys = flow.begin(cast, "senior_leader", instrument="leader_360", visibility="private")
    assert offered(cast, deputys, "senior_leader") == {}
    type(cast.school).objects.filter(pk=cast.school.pk).update(trust=None)
    assert offered(cast, draft) == {}


def test_they_are_mailed_one_link_answer_by_it_and_see_nothing_else(cast, draft, other_head, mailoutbox):
    leader = cast.people["trust_leader"]
    people = flow.asked(flow.staff(cast, 6), "staff") | flow.asked([leader], "trust_leader")
    survey = flow.ask(cast, draft, people | flow.asked([other_head], "peer"))
    by = cast.scope("headteacher")
    for each in queries.mailed(survey):
        tasks.mail_link.call(str(each.pk), by.account_id, cast.school.urn, "https://school.example")
    assert {leader.email, other_head.email} < {each.to[0] for each in mailoutbox}
    assert len(mailoutbox) == 8
    mine = survey.invitations.get(person=leader.pk)
    link = reverse("answer", args=[flow.token_of(mine)])
    form = Client().get(link).content.decode()
    assert "Says plainly what this school stands for." in form
    assert other_head.name not in form
    assert Client().post(link, {"q-values-said": "3"}).status_code == 302
    assert Sheet.objects.count() == 1
    trusts = cast.client("trust_leader")
    for path in ("", "/people", "/preview", "/own", "/pack", "/links"):
        assert trusts.get(f"/schools/{cast.school.urn}/surveys/{survey.pk}{path}").status_code in {403, 404}, path
    closed = flow.close(cast, survey)
    assert not closed.invitations.exclude(email="").exists()


def test_they_count_toward_how_few_are_shown(cast, draft, other_head):
    Person.objects.filter(pk=cast.people["trust_leader"].pk).update(created_at=flow.AT - timedelta(days=30))
    groups = flow.asked(flow.staff(cast, 5), "staff") | flow.asked([cast.people["trust_leader"]], "trust_leader")
    survey = flow.ask(cast, draft, groups | flow.asked([other_head], "peer"))
    assert list(survey.invitations.values_list("known", flat=True).distinct()) == ["sure"]


def test_whoever_has_left_and_whoever_shares_an_address_is_refused(cast, draft, other_head):
    by, leader = cast.scope("headteacher"), cast.people["trust_leader"]
    groups = flow.asked([leader], "trust_leader") | flow.asked([other_head], "peer")
    Person.objects.filter(pk=other_head.pk).update(email=leader.email.upper())
    with pytest.raises(Unusable, match="same e-mail address"):
        actions.ask_people(by=by, at=flow.AT, survey=draft.pk, version=1, people=groups)
    Post.objects.filter(person=other_head).update(
        starts_on=flow.TODAY.replace(year=2020), ends_on=flow.TODAY.replace(year=2021)
    )
    with pytest.raises(Unusable, match="no post here"):
        actions.ask_people(by=by, at=flow.AT, survey=draft.pk, version=1, people=groups)
    assert not draft.invitations.exists()


def test_before_it_opens_the_page_says_which_statements_cannot_be_shown(cast, draft, other_head):
    assert unshown.unshown(draft, flow.AT) == []
    groups = flow.asked(flow.staff(cast, 6), "staff") | flow.asked([other_head], "peer")
    actions.ask_people(by=cast.scope("headteacher"), at=flow.AT, survey=draft.pk, version=1, people=groups)
    found = dict(unshown.unshown(draft, flow.AT))
    assert found["Chooses what is best for pupils when the choice is hard."] == "Colleagues who lead: 1 asked"
    assert "Says plainly what this school stands for." not in found
    assert "Listens to the end before answering." not in found
    page = cast.client("headteacher").get(f"/schools/{cast.school.urn}/surveys/{draft.pk}").content.decode()
    assert f"{len(found)} statements are put to fewer than 5 of those you ask" in page
    assert "Chooses what is best for pupils when the choice is hard." in page
