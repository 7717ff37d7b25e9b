"""Each limit of shown feedback by itself: whose it is, of which survey, at which school, until when, and for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from headship.people.models import Post, Relationship
from headship.voice import queries, rules, share_queries
from headship.voice.choices import Why
from headship.voice.models import FeedbackShare, Survey
from tests.voice import flow
from tests.voice.flow import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback(cast):
    """Feedback on the headteacher, as it stands when it is closed: nothing of it matters here."""
    survey = flow.begin(cast, instrument="headteacher_360", visibility="private")
    Survey.objects.filter(pk=survey.pk).update(state="closed", closed_on=TODAY)
    survey.refresh_from_db()
    return survey


def seen(cast, share, who="senior_leader", school="own"):
    """Return whether somebody is shown something, by its key and in their list."""
    scope = cast.scope(who, school)
    by_key = share_queries.shown(scope, share.pk)
    assert (by_key is not None) is (share.pk in {each.pk for each in share_queries.shown_to_me(scope)})
    return by_key is not None


def test_a_reader_sees_each_thing_by_its_own_key(cast, feedback):
    first = flow.shown(cast, feedback, "senior_leader")
    second = FeedbackShare.objects.create(
        survey=flow.begin(cast, instrument="headteacher_360", visibility="private"),
        reader=cast.people["senior_leader"],
        why="coach",
        shown_on=TODAY,
        until=TODAY,
    )
    Survey.objects.filter(pk=second.survey_id).update(state="closed", closed_on=TODAY)
    scope = cast.scope("senior_leader")
    assert [share_queries.shown(scope, each.pk) for each in (first, second)] == [first, second]
    assert share_queries.shares(cast.scope("headteacher"), feedback) == [first]


def test_it_is_seen_on_its_last_day_and_not_when_taken_back_or_over(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader", until=TODAY)
    assert seen(cast, share)
    FeedbackShare.objects.update(ended_on=TODAY)
    assert not seen(cast, share)
    FeedbackShare.objects.update(ended_on=None, until=TODAY - timedelta(days=1))
    assert not seen(cast, share)


def test_nothing_is_seen_of_a_survey_that_is_not_closed(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader")
    Survey.objects.update(state="open")
    assert not seen(cast, share)


@pytest.mark.parametrize("change", [{"starts_on": TODAY + timedelta(days=1)}, {"ends_on": TODAY - timedelta(days=1)}])
def test_whose_it_is_must_work_here_today(cast, feedback, change):
    share = flow.shown(cast, feedback, "senior_leader")
    Post.objects.filter(person=cast.people["headteacher"]).update(**change)
    assert not seen(cast, share)


def test_a_post_elsewhere_does_not_keep_it_open(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader")
    Post.objects.filter(person=cast.people["headteacher"]).update(school=cast.other)
    assert not seen(cast, share)


def test_it_is_seen_at_its_own_school_alone(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader")
    for who in ("senior_leader", "headteacher"):
        Post.objects.create(
            person=cast.people[who], school=cast.other, role="governor", starts_on=TODAY - timedelta(days=9)
        )
    assert (seen(cast, share), seen(cast, share, school="other")) == (True, False)
    head = cast.people["headteacher"]
    assert [each.survey.about for each in share_queries.shares(cast.scope("headteacher", "own"), feedback)] == [head]
    assert share_queries.shares(cast.scope("headteacher", "other"), feedback) == []
    assert share_queries.shares(cast.scope("senior_leader", "own"), feedback) == []


def test_who_may_show_and_who_has_a_page_of_their_own(cast, feedback):
    facts = queries.facts(feedback)
    assert rules.show_feedback(cast.scope("headteacher"), facts) is None
    for who in ("chair", "senior_leader"):
        assert rules.show_feedback(cast.scope(who), facts) == "Feedback on a person is theirs alone to show."
    about_school = queries.facts(flow.begin(cast))
    assert rules.show_feedback(cast.scope("headteacher"), about_school) is not None
    assert rules.find_shown(cast.scope("external_adviser")) is None
    Post.objects.create(person=cast.people["external_adviser"], school=cast.school, role="governor", starts_on=TODAY)
    for who in ("external_adviser", "headteacher", "chair", "authority_leader"):
        assert rules.find_shown(cast.scope(who)) == rules.SHOWN_ONLY


def test_who_stands_in_the_relationship_is_named_first_and_as_such(cast, feedback):
    Relationship.objects.create(
        school=cast.school, kind="coach", holder=cast.people["teacher"], about=cast.people["headteacher"],
        starts_on=TODAY,
    )  # fmt: skip
    offered = share_queries.choosable(cast.scope("headteacher"), feedback, Why.COACH)
    assert [(each.name, each.tied) for each in offered][:2] == [
        ("Hari Teacher-Example", True),
        ("Bola Chair-Example", False),
    ]
    panel = share_queries.choosable(cast.scope("headteacher"), feedback, Why.PANEL)
    assert [(each.name, each.tied) for each in panel] == [
        ("Bola Chair-Example", False),
        ("Cyril Governor-Example", False),
        ("Emeka Adviser-Example", False),
    ]


def test_what_is_not_closed_has_no_page_of_shares(cast):
    draft = flow.begin(cast, instrument="headteacher_360", visibility="private")
    url = reverse("feedback-shares", kwargs={"urn": cast.school.urn, "survey": draft.pk})
    assert cast.client("headteacher").get(url).status_code == 403
