"""Who knows of support before capability: the person, who gives it, who leads it; nobody else, anywhere."""

from datetime import timedelta

import pytest
from django.urls import reverse

from headship.appraisal import support_actions, support_queries, support_rules
from headship.appraisal.models import Support
from headship.appraisal.support_choices import Standing
from headship.core import registry
from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.evidence.models import Entry
from headship.people.models import Post
from tests import cast as everybody
from tests.appraisal.support_flow import AT, DAY, TODAY, end, handed, note, offer, reply, review, running
from tests.voice.test_complaints import everything_a_head_reads

pytestmark = pytest.mark.django_db
MARK = "canary-of-support"
ALL = [
    "headteacher", "chair", "governor", "clerk", "external_adviser", "senior_leader", "middle_leader", "teacher",
    "support_staff", "safeguarding_lead", "business_manager", "office", "two_schools",
]  # fmt: skip
NEVER = ["administrator", "data_protection_officer", "authority_leader"]


def url(name, **keys):
    return reverse(name, kwargs={"urn": everybody.OWN, **keys})


def knows(cast, persona, support):
    """Say whether somebody is shown support, in every place that could."""
    client, scope = cast.client(persona), cast.scope(persona)
    page = client.get(url("support", support=support.pk))
    shown = page.status_code == 200
    assert page.status_code in {200, 404}
    assert (f"/support/{support.pk}" in client.get(url("support-list")).text) is shown
    if shown:
        assert support_rules.see(scope, support_queries.facts(support_queries.support(scope, support.pk)))
    events = [each.url for module in registry.modules() for each in module.calendar(scope, TODAY, TODAY + 90 * DAY)]
    assert any(f"/support/{support.pk}" in each for each in events) is (shown and support.ended_on is None)
    return shown


def test_support_is_known_to_three(cast):
    support = running(cast)
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher", "middle_leader", "teacher"]
    for persona in NEVER:
        assert cast.client(persona).get(url("support", support=support.pk)).status_code == 403


def test_support_for_the_head_is_the_chairs_and_no_other_leaders(cast):
    support = offer(cast, "headteacher", "governor", "chair", said=MARK)
    assert support.apart
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher", "chair", "governor"]
    reply(cast, support, who="headteacher")
    note(cast, support, who="governor")
    with pytest.raises(Refused, match="whoever leads the support"):
        end(cast, support, Standing.CLOSED, "headteacher")
    for persona in ("senior_leader", "business_manager", "teacher", "headteacher"):
        with pytest.raises(Unusable, match="who gives the support"):
            offer(cast, "headteacher", persona, "chair")
    end(cast, review(cast, support, "governor"), who="chair")
    assert not Entry.objects.filter(kind="appraisal.support").exists()


def test_each_offers_only_to_those_they_lead(cast):
    for who, person in (("headteacher", "headteacher"), ("headteacher", "governor"), ("chair", "teacher"),
                        ("chair", "clerk"), ("chair", "chair")):  # fmt: skip
        with pytest.raises(Unusable, match="Choose from the list who is offered support"):
            offer(cast, person, "middle_leader", who)
    for who in ("senior_leader", "governor", "clerk", "office", "business_manager"):
        with pytest.raises(Refused, match="Support is offered by the headteacher"):
            offer(cast, "teacher", "middle_leader", who)
        assert cast.client(who).get(url("support-offer")).status_code == 403
    with pytest.raises(Unusable, match="who gives the support"):
        offer(cast, "teacher", "governor")


def test_whoever_stops_holding_the_post_sees_nothing_any_more(cast):
    support = running(cast)
    Post.objects.filter(person=cast.people["middle_leader"]).update(role="governor")
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher", "teacher"]
    Post.objects.filter(person=cast.people["headteacher"]).update(role="senior_leader")
    assert [each for each in ALL if knows(cast, each, support)] == ["teacher"]
    Post.objects.filter(person=cast.people["senior_leader"]).update(role="headteacher")
    assert [each for each in ALL if knows(cast, each, support)] == ["senior_leader", "teacher"]
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - DAY)
    assert cast.client("teacher").get(url("support", support=support.pk)).status_code == 404


def test_of_the_heads_too(cast):
    support = reply(cast, offer(cast, "headteacher", "governor", "chair"), who="headteacher")
    Post.objects.filter(person=cast.people["governor"]).update(role="teacher")
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher", "chair"]
    Post.objects.filter(person=cast.people["chair"]).update(role="governor")
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher"]
    Post.objects.filter(person=cast.people["clerk"]).update(role="chair")
    Post.objects.filter(person=cast.people["headteacher"]).update(role="teacher")
    Post.objects.filter(person=cast.people["senior_leader"]).update(role="headteacher")
    # what was the head's stays the chair's, and theirs; the new head learns nothing of it
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher", "clerk"]


def test_whoever_becomes_head_is_led_by_the_chair_from_then_on(cast):
    support = running(cast)
    Post.objects.filter(person=cast.people["headteacher"]).update(role="senior_leader")
    Post.objects.filter(person=cast.people["teacher"]).update(role="headteacher")
    assert [each for each in ALL if knows(cast, each, support)] == ["chair", "teacher"]
    with pytest.raises(Refused):
        end(cast, support, Standing.CLOSED, "teacher")


def test_a_leader_who_chairs_leads_nothing_apart(cast):
    support = offer(cast, "headteacher", "governor", "chair")
    Post.objects.create(person=cast.people["chair"], school=cast.school, role="senior_leader", starts_on=TODAY)
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher", "governor"]


def test_another_gives_it_and_whoever_gave_it_knows_no_more(cast):
    support = handed(cast, running(cast), "support_staff")
    assert [each for each in ALL if knows(cast, each, support)] == ["headteacher", "teacher", "support_staff"]
    with pytest.raises(Unusable, match="Choose from the list who gives the support"):
        handed(cast, support, "teacher")


@pytest.mark.parametrize("persona", ["senior_leader", "chair", "governor", "office", "administrator", "support_staff"])
def test_whoever_may_not_know_of_it_can_do_nothing_about_it(cast, persona):
    support = running(cast)
    line, client, before = support.lines.first(), cast.client(persona), support.lines.count()
    answers = {client.post(url(name, support=support.pk), {"version": support.version}).status_code for name in (
        "support-reply", "support-review", "support-end", "support-hand", "support-delete")}  # fmt: skip
    answers.add(client.post(url("support-note", support=support.pk, kind="help"), {"said": "x"}).status_code)
    answers.add(client.post(url("support-correct", written=line.pk), {"words": "x"}).status_code)
    assert answers == {403 if persona == "administrator" else 404}
    assert support.lines.count() == before


def test_nothing_the_head_reads_elsewhere_differs_by_support_for_a_colleague_of_the_chairs(cast):
    """Support that the chair gave a head before them: the new head's pages do not change by anything in it."""
    Post.objects.filter(person=cast.people["senior_leader"]).update(role="headteacher")
    before = everything_a_head_reads(cast)
    logged = AuditEvent.objects.filter(chain=cast.school.pk).count()
    support = offer(cast, "senior_leader", "governor", "chair", said=MARK)
    assert support.apart
    reply(cast, support, who="senior_leader", words=MARK)
    end(cast, review(cast, note(cast, support, who="governor", words=MARK), "governor"), who="chair")
    after = everything_a_head_reads(cast)
    assert [name for name in before if after[name] != before[name]] == []
    assert AuditEvent.objects.filter(chain=cast.school.pk).count() == logged


def test_support_apart_is_deleted_by_the_chair_once_its_time_is_over(cast):
    support = offer(cast, "headteacher", "governor", "chair")
    reply(cast, support, who="headteacher")
    end(cast, support, Standing.CLOSED, "chair")
    chair = cast.client("chair")
    assert chair.post(url("support-delete", support=support.pk)).status_code == 403
    ended = TODAY - timedelta(days=366 * 6 + 5)
    Support.objects.filter(pk=support.pk).update(ended_on=ended)
    assert "Its time is over" in chair.get(url("support", support=support.pk)).text
    assert support_queries.over(cast.school.pk, TODAY) == []
    with pytest.raises(Refused, match="whoever leads the support"):
        support_actions.delete_support(by=cast.scope("headteacher"), at=AT, support=support.pk)
    assert chair.post(url("support-delete", support=support.pk)).status_code == 302
    assert not Support.objects.exists()
    other = end(cast, reply(cast, offer(cast)), Standing.CLOSED)
    Support.objects.filter(pk=other.pk).update(ended_on=ended)
    assert support_queries.over(cast.school.pk, TODAY) == [other.pk]
    with pytest.raises(Refused, match="kept for 6 years"):
        support_actions.delete_support(by=cast.scope("headteacher"), at=AT, support=other.pk)


def test_another_schools_support_does_not_exist(cast):
    support = running(cast)
    there = reverse("support", kwargs={"urn": everybody.OTHER, "support": support.pk})
    assert cast.client("other_headteacher").get(there).status_code == 404
