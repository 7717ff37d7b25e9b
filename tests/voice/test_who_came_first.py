"""What somebody else did first stands, and what is not one's own is not changed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from headship.core.errors import Stale
from headship.core.scope import installation_scope
from headship.standards import actions as standards
from headship.voice import compliment_actions, mail_actions, share_actions
from headship.voice.models import Compliment, FeedbackShare, Invitation
from headship.voice.share_actions import Shown
from tests import cast as everybody
from tests.cast import Cast
from tests.house import samples

AT = timezone.now()
TODAY = timezone.localdate(AT)


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def test_a_compliment_is_passed_on_once(cast: Cast):
    key = samples.a_compliment(cast, cast.school)["compliment"]
    Compliment.objects.filter(pk=key).update(about=cast.people["teacher"])
    told = {"by": cast.scope("headteacher"), "at": AT, "compliment": key, "version": 1, "thanked": True}
    compliment_actions.pass_on_compliment(**told, word="Well done")
    with pytest.raises(Stale):
        compliment_actions.pass_on_compliment(**told, word="Something else")
    assert Compliment.objects.get(pk=key).word == "Well done"


def test_what_is_shown_of_feedback_is_changed_in_the_version_that_was_seen(cast: Cast):
    at = samples.a_share()(cast, cast.school)
    shown = Shown((), TODAY + timedelta(days=9))
    told = {"by": cast.scope("headteacher"), "at": AT, **at, "version": 1}
    share_actions.change_share(**told, shown=shown)
    with pytest.raises(Stale):
        share_actions.change_share(**told, shown=replace(shown, until=TODAY))
    assert FeedbackShare.objects.get(pk=at["share"]).until == shown.until


def test_an_address_is_forgotten_at_its_own_school_alone(cast: Cast):
    survey = samples.a_survey("open")(cast, cast.school)["survey"]
    asked = Invitation.objects.create(
        survey_id=survey, email="a@parent.example", groups={}, token_hash=uuid4().hex, sealed_token="x"
    )
    mail_actions.want_no_mail(by=cast.scope("other_headteacher"), at=AT, invitation=asked)
    asked.refresh_from_db()
    assert asked.email == "a@parent.example"
    mail_actions.want_no_mail(by=cast.scope("headteacher"), at=AT, invitation=asked)
    asked.refresh_from_db()
    assert (asked.email, asked.sealed_token) == ("", "")
