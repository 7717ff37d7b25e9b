"""Second steps: who needs one, what counts as one, and that the last one stays."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from headship.people import rules
from headship.people.models import Post
from tests import cast as everybody
from tests.cast import Cast

APP, PASSKEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


@pytest.fixture
def cast(db: None) -> Cast:
    return everybody.build()


def given(cast: Cast, persona: str, kind: str) -> Authenticator:
    return Authenticator.objects.create(user=cast.accounts[persona], type=kind, data={})


@pytest.mark.parametrize(
    ("starts", "ends", "needs"),
    [(-30, None, True), (-30, 1, True), (-30, 0, True), (1, None, True), (1, 30, True), (-30, -1, False)],
)
def test_whoever_has_a_post_that_is_not_over_needs_one(cast: Cast, starts: int, ends: int | None, *, needs: bool):
    today, leaver = timezone.localdate(), cast.people["leaver"]
    Post.objects.create(
        person=leaver, school=cast.other, role="teacher", starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )  # fmt: skip
    assert rules.needs_second_step(cast.accounts["leaver"]) is needs


def test_operators_need_one_and_who_holds_no_post_does_not(cast: Cast):
    assert rules.needs_second_step(cast.accounts["operator"])
    assert not rules.needs_second_step(cast.accounts["leaver"])


@pytest.mark.parametrize("kind", [APP, PASSKEY])
def test_an_app_or_a_passkey_of_ones_own_counts_and_codes_on_paper_do_not(cast: Cast, kind: str):
    teacher = cast.accounts["teacher"].pk
    given(cast, "office", kind)
    given(cast, "teacher", CODES)
    assert not rules.holds_second_step(teacher)
    given(cast, "teacher", kind)
    assert rules.holds_second_step(teacher)


def test_the_last_one_stays_whatever_others_hold(cast: Cast):
    held = given(cast, "teacher", PASSKEY)
    given(cast, "teacher", CODES)
    given(cast, "office", APP)
    assert "your only second step" in (rules.remove_second_step(held) or "")
    given(cast, "teacher", APP)
    assert rules.remove_second_step(held) is None
