"""How long a sign-in lasts, and the second step everybody with a post takes first."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.people import sessions
from headship.people.models import Account
from tests import cast

MORNING = datetime(2027, 3, 3, 8, 0, tzinfo=UTC)


def test_a_session_lasts_while_it_is_used_and_twelve_hours_at_most():
    session = {}
    assert sessions.touch(session, MORNING)
    at = MORNING
    for _ in range(24):
        at += timedelta(minutes=30)
        assert sessions.over(session, at) is None
        sessions.touch(session, at)
    assert sessions.over(session, MORNING + timedelta(hours=12, seconds=1)) == (
        "You were signed out after 12 hours. Sign in to go on."
    )


def test_half_an_hour_without_use_ends_it():
    session = {}
    sessions.touch(session, MORNING)
    assert sessions.over(session, MORNING + timedelta(minutes=30)) is None
    assert "30 minutes" in sessions.over(session, MORNING + timedelta(minutes=30, seconds=1))


def test_a_clock_put_back_ends_it():
    session = {}
    sessions.touch(session, MORNING)
    assert sessions.over(session, MORNING - timedelta(minutes=5)) is None
    assert "clock here was put back" in sessions.over(session, MORNING - timedelta(minutes=5, seconds=1))
    session[sessions.BEGAN] -= timedelta(hours=11).total_seconds()
    assert "clock here was put back" in sessions.over(session, MORNING - timedelta(minutes=6)), "used later than now"


def test_use_is_noted_once_a_minute():
    session = {}
    noted = [sessions.touch(session, MORNING + timedelta(seconds=later)) for later in (0, 30, 59, 60, 90, 121)]
    assert noted == [True, False, False, True, False, True]


def set_session(client, **values):
    session = client.session
    session.update(values)
    session.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("began", "touched", "lasts"), [(60, 29, True), (60, 31, False), (719, 1, True), (721, 1, False)]
)
def test_an_old_or_idle_session_leads_to_sign_in(began, touched, lasts):
    client = cast.build().client("teacher")
    now = timezone.now().timestamp()
    set_session(client, began_at=now - began * 60, touched_at=now - touched * 60)
    answer = client.get(reverse("account"))
    assert (answer.status_code == 200) is lasts
    if not lasts:
        assert answer["Location"].startswith(reverse("account_login"))
        assert "You were signed out after" in client.get(answer["Location"]).text


@pytest.mark.django_db
def test_a_page_soon_after_another_writes_nothing(django_assert_num_queries):
    client = cast.build().client("teacher")
    client.get(reverse("account"))
    with django_assert_num_queries(4):  # session, account, scope, posts
        client.get(reverse("account"))


@pytest.mark.django_db
def test_without_a_second_step_every_post_leads_to_setting_one_up():
    everybody = cast.build()
    client = Client()
    client.force_login(everybody.accounts["teacher"])
    for address in (reverse("account"), reverse("people", kwargs={"urn": cast.OWN})):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.django_db
def test_a_second_step_once_set_up_is_looked_for_once():
    everybody = cast.build()
    client = Client()
    client.force_login(everybody.accounts["teacher"])
    Authenticator.objects.create(user=everybody.accounts["teacher"], type=Authenticator.Type.TOTP, data={})
    assert client.get(reverse("account")).status_code == 200
    assert client.session[sessions.FACTOR_SET] is True


@pytest.mark.django_db
@pytest.mark.parametrize(("persona", "needs"), [("teacher", True), ("operator", True), ("leaver", False)])
def test_who_holds_no_post_needs_no_second_step(persona, needs):
    client = Client()
    client.force_login(cast.build().accounts[persona])
    assert (client.get(reverse("account")).status_code == 302) is needs


@pytest.mark.django_db
def test_the_demonstration_skips_the_second_step_and_nothing_else_does(settings, rf):
    everybody = cast.build()
    client = Client()
    client.force_login(everybody.accounts["teacher"])
    set_session(client, demonstrated=True)
    assert client.get(reverse("account")).status_code == 302
    with pytest.raises(LookupError):
        sessions.sign_in_to_demonstration(rf.get("/"), everybody.accounts["teacher"], login)
    settings.DEMONSTRATION = True
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.django_db
def test_signing_out_elsewhere_keeps_this_device():
    everybody = cast.build()
    here, elsewhere, other = everybody.client("teacher"), everybody.client("teacher"), everybody.client("office")
    assert here.post(reverse("sign-out-elsewhere")).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account"))["Location"].startswith(reverse("account_login"))
    assert other.get(reverse("account")).status_code == 200


@pytest.mark.django_db
def test_a_closed_account_is_signed_out_at_once():
    everybody = cast.build()
    client = everybody.client("teacher")
    Account.objects.filter(pk=everybody.accounts["teacher"].pk).update(is_active=False)
    assert client.get(reverse("account"))["Location"].startswith(reverse("account_login"))
