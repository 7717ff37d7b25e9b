"""A fresh second step before exports and changes of roles: asked for after ten minutes, and what was sent goes on."""

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.core.audience import ANYONE, declared
from headship.core.checks import every_pattern
from headship.people.models import Invitation
from tests import cast

SECRET = "JBSWY3DPEHPK3PXP"

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.build()


def a_while_after(client: Client, method: str = "mfa", minutes: float = 10.1) -> Client:
    """Let the client's last sign be a while ago."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": timezone.now().timestamp() - minutes * 60}]
    session.save()
    return client


def code() -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def invite() -> str:
    return reverse("people-invite", kwargs={"urn": cast.OWN})


def asked(**more: str) -> dict[str, str]:
    day = timezone.localdate()
    dates = {f"starts_on_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return {"name": "Uma New-Example", "email": "uma@people.example", "role": "teacher", **dates, **more}


def test_a_form_sent_too_late_is_kept_and_goes_on_after_the_code(everybody: cast.Cast):
    totp.TOTP.activate(everybody.accounts["headteacher"], SECRET)
    client = a_while_after(everybody.client("headteacher"))
    led = client.post(invite(), asked())
    assert (led.status_code, led["Location"].split("?")[0]) == (302, reverse("mfa_reauthenticate"))
    assert not Invitation.objects.exists()
    done = client.post(led["Location"], {"code": code()})
    assert done.status_code == 302, done.text
    assert done["Location"].startswith(reverse("people", kwargs={"urn": cast.OWN}) + "invitations/")
    assert Invitation.objects.get().name == "Uma New-Example"


def test_showing_it_again_changes_the_session_key(everybody: cast.Cast):
    totp.TOTP.activate(everybody.accounts["headteacher"], SECRET)
    client = a_while_after(everybody.client("headteacher"))
    before = client.session.session_key
    led = client.get(invite())
    client.post(led["Location"], {"code": "000000"})
    assert client.session.session_key == before
    client.post(led["Location"], {"code": code()})
    assert client.session.session_key != before
    assert client.get(invite()).status_code == 200
    client.cookies["session"] = before
    assert client.get(invite())["Location"].startswith(reverse("account_login")), "the old key opens nothing"


def test_a_wrong_code_sends_nothing(everybody: cast.Cast):
    totp.TOTP.activate(everybody.accounts["headteacher"], SECRET)
    client = a_while_after(everybody.client("headteacher"))
    led = client.post(invite(), asked())
    assert "That code did not work" in client.post(led["Location"], {"code": "000000"}).text
    assert not Invitation.objects.exists()


def test_the_password_alone_is_no_sign_for_whoever_has_a_second_step(everybody: cast.Cast):
    account = everybody.accounts["headteacher"]
    account.set_password("three random-words here")
    account.save()
    totp.TOTP.activate(account, SECRET)
    client = a_while_after(everybody.client("headteacher"), method="password", minutes=0)
    assert client.get(invite())["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.get(reverse("account_reauthenticate"))["Location"].startswith(reverse("mfa_reauthenticate"))


@pytest.mark.parametrize(("minutes", "status"), [(9.9, 200), (10.1, 302)])
def test_ten_minutes_are_the_limit(everybody: cast.Cast, minutes: float, status: int):
    totp.TOTP.activate(everybody.accounts["headteacher"], SECRET)
    client = a_while_after(everybody.client("headteacher"), minutes=minutes)
    assert client.get(invite()).status_code == status


def test_who_has_nothing_to_show_signs_in_again(everybody: cast.Cast):
    """Somebody who came by an identity held elsewhere and holds no post any more."""
    client = a_while_after(everybody.client("leaver"), method="socialaccount")
    answer = client.get(reverse("my-standards-json"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('my-standards-json')}"
    assert SESSION_KEY not in client.session


def test_every_export_and_change_of_roles_is_declared_fresh():
    changing = {
        "people-end-post",
        "people-change-role",
        "people-invite",
        "people-renew",
        "relationship-start",
        "relationship-end",
        "trust-invite",
        "set-up-people",
        "token-make",
        "account_set_password",
        "held-about-me-file",
        "privacy-file",
        "audit-checkpoint",
        "audit-export",
        "my-standards-json",
        "my-standards-html",
    }
    named = {pattern.name: pattern.callback for _, pattern in every_pattern()}
    assert {name for name in changing if not named[name].fresh} == set()


def test_nobody_signed_out_can_be_asked_for_a_second_step():
    with pytest.raises(ValueError, match="before they have signed in"):
        declared(lambda request: None, ANYONE, fresh=True)
