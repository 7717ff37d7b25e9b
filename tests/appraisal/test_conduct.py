"""Expectations of conduct: which policies they are, read by version, and who is told who is still to come."""

import pytest
from django.urls import reverse

from headship.appraisal import conduct_actions, conduct_queries
from headship.appraisal.models import Expectation
from headship.core.errors import Refused, Unusable
from headship.evidence.models import Entry, Serves
from headship.policies import actions as policies
from headship.policies.choices import Asks
from headship.policies.models import PolicyVersion
from tests import cast as everybody
from tests.appraisal.support_flow import AT, DAY, TODAY
from tests.policies import flow

pytestmark = pytest.mark.django_db


def url(name, **keys):
    return reverse(name, kwargs={"urn": everybody.OWN, **keys})


def in_force(cast, title="How we treat one another", asks=Asks.ALL, at=AT):
    """Bring a policy into force."""
    policy = flow.add(cast, title=title, asks=asks, at=at)
    new_version(cast, policy, at)
    return policy


def new_version(cast, policy, at=AT, words="We greet one another"):
    text = flow.draft(cast, policy, words, at=at)
    flow.approve(cast, text, at=at)
    flow.bring(cast, text, at=at)
    return text


def name(cast, policy, who="headteacher"):
    return conduct_actions.name_expectation(by=cast.scope(who), at=AT, policy=policy)


def read(cast, text, who):
    policies.acknowledge(by=cast.scope(who), at=AT, policy_version=text)


def page(cast, who):
    return cast.client(who).get(url("conduct")).text


def test_a_policy_is_named_once_and_is_evidence(cast):
    policy = in_force(cast)
    keys = {name(cast, policy), name(cast, policy, "senior_leader")}
    assert len(keys) == Expectation.objects.count() == 1
    entry = Entry.objects.get(kind="appraisal.conduct")
    served = Serves.objects.filter(entry=entry).values_list("characteristic__code", flat=True)
    assert (entry.visibility, list(served)) == ("staff", ["2.6"])
    assert "How we treat one another" in entry.words
    conduct_actions.drop_expectation(by=cast.scope("headteacher"), at=AT, expectation=keys.pop())
    assert not Expectation.objects.exists()
    assert conduct_queries.to_name(cast.scope("headteacher")) == {policy: "How we treat one another"}


def test_what_cannot_be_one_is_refused_with_what_to_do(cast):
    drafted = flow.add(cast, title="Drafted", asks=Asks.ALL)
    unasked = in_force(cast, "Unasked", Asks.NOBODY)
    for policy, why in ((drafted, "Bring them into force first"), (unasked, "does not ask all staff")):
        with pytest.raises(Unusable, match=why):
            name(cast, policy)
    assert conduct_queries.to_name(cast.scope("headteacher")) == {}


@pytest.mark.parametrize("persona", ["teacher", "office", "chair", "clerk", "middle_leader"])
def test_others_do_not_name_them(cast, persona):
    policy = in_force(cast)
    with pytest.raises(Refused, match="Policies are kept by"):
        name(cast, policy, persona)
    key = name(cast, policy)
    with pytest.raises(Refused, match="Policies are kept by"):
        conduct_actions.drop_expectation(by=cast.scope(persona), at=AT, expectation=key)
    assert "No longer an expectation" not in page(cast, persona)


def test_it_is_read_by_version_and_a_new_one_asks_again(cast):
    policy = in_force(cast, at=AT - 20 * DAY)
    name(cast, policy)
    first = PolicyVersion.objects.get()
    assert "waits to be read by you" in page(cast, "teacher")
    read(cast, first.pk, "teacher")
    assert "You have read all of it" in page(cast, "teacher")
    text = flow.draft(cast, policy, "We nod")
    assert "Version 2: draft" in page(cast, "senior_leader")
    assert "Version 2" not in page(cast, "teacher")
    PolicyVersion.objects.filter(pk=text).delete()
    new_version(cast, policy, AT, "We greet one another, and mean it")
    assert "Version 2, in force since" in page(cast, "teacher")
    assert "waits to be read by you" in page(cast, "teacher")
    assert page(cast, "governor").count("to be read by you") == 0


def test_the_head_and_the_office_are_told_who_is_still_to_come_and_nobody_else(cast):
    policy = in_force(cast)
    name(cast, policy)
    told = {"headteacher", "office"}
    for persona in ("headteacher", "office", "senior_leader", "business_manager", "middle_leader", "teacher", "chair"):
        text = page(cast, persona)
        assert ("Hari Teacher-Example" in text.split("<main")[1]) is (persona in told), persona
        assert ("still to come." in text) is (persona in told)
    read(cast, PolicyVersion.objects.get().pk, "teacher")
    assert "Hari Teacher-Example" not in page(cast, "office").split("<main")[1]


def test_forms_name_and_drop(cast):
    policy = in_force(cast)
    head = cast.client("headteacher")
    assert "Choose the policy" in head.post(url("conduct-name"), {"policy": ""}).text
    assert head.post(url("conduct-name"), {"policy": policy}).status_code == 302
    found = conduct_queries.expected(cast.scope("headteacher"))
    assert [each.listed.policy.pk for each in found] == [policy]
    assert found[0].due_on == TODAY + 14 * DAY
    assert head.post(url("conduct-drop", expectation=found[0].key)).status_code == 302
    assert "will show what staff here expect" in page(cast, "teacher")
