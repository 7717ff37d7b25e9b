"""Signing in: password, second step, recovery codes, forgotten passwords, and who is sent to set a second step up."""

import re
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from argon2 import PasswordHasher
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.core.models import Remembered
from headship.people.models import Account
from headship.project import settings as own_settings
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "three random-words here"


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_tries(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
    cache.clear()


@pytest.fixture
def teacher():
    account = cast.build().accounts["teacher"]
    account.set_password(PASSWORD)
    account.save()
    return account


def give_password(client, account, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": account.email, "password": password})


def set_up_app(client):
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'app-key">(\w+)<', page.text)[1]
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})


def code_of(secret, later=0):
    counter = next(iter(totp.yield_hotp_counters_from_time())) + later
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def forget_used_codes():
    cache.clear()  # a code works once; in tests the next half minute comes at once


def test_password_leads_to_the_second_step_and_that_to_the_page_asked_for(teacher):
    client = Client()
    assert give_password(client, teacher).status_code == 302
    assert client.get(reverse("mfa_list_webauthn")).status_code == 200
    secret, answer = set_up_app(client)
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    client.post(reverse("account_logout"))
    forget_used_codes()
    assert give_password(client, teacher)["Location"].startswith(reverse("mfa_authenticate"))
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(teacher.pk)


def test_half_signed_in_reaches_only_the_challenge(teacher):
    client = Client()
    give_password(client, teacher)
    set_up_app(client)
    client.post(reverse("account_logout"))
    give_password(client, teacher)
    assert "_auth_user_id" not in client.session
    for name in ("mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "account_change_password"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))
    assert client.get(reverse("mfa_authenticate")).status_code == 200


def test_a_wrong_code_does_not_sign_in_and_a_recovery_code_works_once(teacher):
    client = Client()
    give_password(client, teacher)
    secret, _ = set_up_app(client)
    codes = re.findall(r"<code>(\d+)</code>", client.get(reverse("mfa_view_recovery_codes")).text)
    assert len(codes) == 10
    client.post(reverse("account_logout"))
    forget_used_codes()
    give_password(client, teacher)
    wrong = "000000" if code_of(secret) != "000000" else "111111"
    page = client.post(reverse("mfa_authenticate"), {"code": wrong})
    assert "That code did not work" in page.text
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    client.post(reverse("account_logout"))
    forget_used_codes()
    give_password(client, teacher)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert "_auth_user_id" not in client.session


def half_a_minute_later():
    """Let what is remembered for half a minute alone be over, as allauth's own mark of a used code is."""
    Remembered.objects.filter(until__lte=timezone.now() + timedelta(seconds=31)).delete()


def test_a_used_code_stays_used_for_as_long_as_a_slow_clock_lets_it_live(teacher):
    """A code is taken for three half minutes, one early and one late; allauth remembers it for one."""
    client, thief = Client(), Client()
    give_password(client, teacher)
    secret, _ = set_up_app(client)
    client.post(reverse("account_logout"))
    for each in (client, thief):
        give_password(each, teacher)
    early = code_of(secret, later=2)  # of the half minute to come
    assert client.post(reverse("mfa_authenticate"), {"code": early}).status_code == 302
    half_a_minute_later()
    shoulder = thief.post(reverse("mfa_authenticate"), {"code": f"{early[:3]} {early[3:]}"})
    assert "That code did not work" in shoulder.text
    assert "_auth_user_id" not in thief.session
    cache.clear()
    assert thief.post(reverse("mfa_authenticate"), {"code": early}).status_code == 302, "it was in its time all along"


def test_the_code_that_set_an_app_up_signs_nobody_in(teacher):
    client = Client()
    give_password(client, teacher)
    _, answer = set_up_app(client)
    used = answer.wsgi_request.POST["code"]  # its half minute may turn before it is tried again
    client.post(reverse("account_logout"))
    give_password(client, teacher)
    assert client.post(reverse("mfa_authenticate"), {"code": used}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_passwords_are_hashed_by_argon2id_with_our_own_parameters(settings):
    """OWASP's least is 19 MiB, two passes, one lane."""
    settings.PASSWORD_HASHERS = own_settings.PASSWORD_HASHERS
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    weaker = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(PASSWORD)
    told = []
    assert check_password(PASSWORD, f"argon2{weaker}", setter=told.append)
    assert told == [PASSWORD], "one hashed with others is hashed anew"


def test_wrong_password_and_unknown_address_say_the_same(teacher):
    known = give_password(Client(), teacher, "not the password").text
    unknown = Client().post(reverse("account_login"), {"login": "nobody@people.example", "password": PASSWORD}).text
    sentence = "That e-mail address and password do not match an account. Check both and try again."
    assert sentence in known
    assert sentence in unknown


def test_there_is_no_sign_up(teacher):
    del teacher
    assert Client().get("/sign-in/signup/").status_code == 404
    assert "sign up" not in Client().get(reverse("account_login")).text.lower()


def test_too_many_tries_are_stopped(teacher):
    for _ in range(6):
        page = give_password(Client(), teacher, "not the password")
    assert "Too many tries" in page.text
    assert "_auth_user_id" not in Client().session


def test_a_closed_account_cannot_sign_in(teacher):
    Account.objects.filter(pk=teacher.pk).update(is_active=False)
    client = Client()
    assert give_password(client, teacher)["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    assert "closed" in client.get(reverse("account_inactive")).text


def test_forgotten_password_by_mail_signs_out_everywhere(teacher):
    elsewhere = Client()
    elsewhere.force_login(teacher)
    client = Client()
    for address in (teacher.email, "nobody@people.example"):
        answer = client.post(reverse("account_reset_password"), {"email": address})
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_reset_password_done"))
    assert [message.to for message in mail.outbox] == [[teacher.email]]
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    assert "Choose a new password" in page.text
    new = "four quite other words"
    answer = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert answer.status_code == 302
    assert client.get(reverse("account_reset_password_from_key_done")).status_code == 200
    assert elsewhere.get(reverse("mfa_index")).status_code == 302
    assert "used already" in client.get(link, follow=True).text
    assert give_password(Client(), teacher).status_code == 200
    assert give_password(Client(), teacher, new).status_code == 302


def test_the_letter_of_a_new_password_works_for_an_hour(teacher, monkeypatch):
    client = Client()
    client.post(reverse("account_reset_password"), {"email": teacher.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    written = datetime.now()  # noqa: DTZ005  # as Django's own tokens tell the time
    for minutes, works in ((59, True), (61, False)):
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self, m=minutes: written + timedelta(minutes=m))
        assert ("used already or is too old" not in Client().get(link, follow=True).text) is works


def test_a_changed_password_signs_out_elsewhere_and_not_here(teacher):
    here, elsewhere = Client(), Client()
    give_password(here, teacher)
    give_password(elsewhere, teacher)
    new = "four quite other words"
    answer = here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert here.get(reverse("mfa_index")).status_code == 200
    assert elsewhere.get(reverse("mfa_index")).status_code == 302


def test_short_passwords_are_refused(teacher):
    client = Client()
    give_password(client, teacher)
    page = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    )
    assert page.status_code == 200
    assert "at least 12 characters" in page.text


def test_the_only_second_step_cannot_be_removed(teacher):
    client = Client()
    give_password(client, teacher)
    set_up_app(client)
    page = client.get(reverse("mfa_deactivate_totp"))
    assert "This is your only second step" in page.text
    client.post(reverse("mfa_deactivate_totp"))
    assert "It is set up." in client.get(reverse("mfa_index")).text


def test_what_matters_asks_again_after_ten_minutes(teacher):
    client = Client()
    give_password(client, teacher)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp() - 601}]
    session.save()
    answer = client.get(reverse("mfa_activate_totp"))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert client.get(reverse("account_reauthenticate")).status_code == 200
    answer = client.post(answer["Location"], {"password": PASSWORD})
    assert answer["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_passkey_pages_offer_options_and_load_no_script_of_the_page(teacher):
    client = Client()
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]
    give_password(client, teacher)
    page = client.get(reverse("mfa_add_webauthn"))
    assert "challenge" in page.text
    for each in (page, Client().get(reverse("account_login")), client.get(reverse("mfa_activate_totp"))):
        assert re.findall(r"<script(?![^>]*\bsrc=)", each.text) == []
        assert " style=" not in each.text
        assert "data:" not in each.text


def test_identity_elsewhere_is_offered_only_when_set_up(settings):
    assert "your school account" not in Client().get(reverse("account_login")).text
    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://login.example", "Example Brook"
    assert "Sign in with Example Brook" in Client().get(reverse("account_login")).text


def identity_elsewhere(rf, email, *, verified):
    """Return the answer, and the session, that an identity with an address comes to."""
    request = rf.get("/")
    for middleware in (SessionMiddleware, MessageMiddleware, AuthenticationMiddleware):
        middleware(lambda _: None).process_request(request)
    with context.request_context(request):
        provider = get_adapter().get_provider(request, "school")
        told = {"userinfo": {"sub": "1", "email": email, "email_verified": verified}}
        found = provider.sociallogin_from_response(request, told)
        found.state = {"process": "login"}
        return complete_social_login(request, found), request.session


@pytest.mark.parametrize(
    ("email", "verified", "signs_in"),
    [("teacher@people.example", True, True), ("teacher@people.example", False, False), ("new@x.example", True, False)],
)
def test_an_identity_elsewhere_signs_in_to_the_account_of_its_verified_address_only(  # noqa: PLR0917  # a table of cases
    teacher, rf, settings, email, verified, signs_in
):
    app = {"provider_id": "school", "name": "x", "client_id": "x", "settings": {"server_url": "https://login.example"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    EmailAddress.objects.create(user=teacher, email=teacher.email, verified=True, primary=True)
    answer, session = identity_elsewhere(rf, email, verified=verified)
    assert (session.get("_auth_user_id") == str(teacher.pk)) is signs_in
    assert (answer.status_code == 302) is signs_in
    assert signs_in or "Nobody here knows this address" in answer.content.decode()
    assert Account.objects.filter(email="new@x.example").count() == 0
    assert Account.objects.get(pk=teacher.pk).check_password(PASSWORD)


@pytest.mark.parametrize("name", ["account_logout", "account_set_password", "mfa_generate_recovery_codes", "mfa_index"])
def test_other_pages_of_sign_in_answer(teacher, name):
    client = Client()
    give_password(client, teacher)
    assert client.get(reverse(name)).status_code in {200, 302}


def test_a_code_shows_again_that_it_is_you(teacher):
    client = Client()
    give_password(client, teacher)
    secret, _ = set_up_app(client)
    forget_used_codes()
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200
    answer = client.post(reverse("mfa_reauthenticate") + "?next=/account/", {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200


def test_a_passkey_is_removed_by_its_owner_and_never_the_last_one(teacher):
    client = Client()
    give_password(client, teacher)
    mine = Authenticator.objects.create(user=teacher, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone"})
    remove = reverse("mfa_remove_webauthn", kwargs={"pk": mine.pk})
    assert "My phone" in client.get(reverse("mfa_list_webauthn")).text
    answer = client.post(remove)
    assert (answer.status_code, "This is your only second step" in answer.text) == (403, True)
    Authenticator.objects.create(user=teacher, type=Authenticator.Type.TOTP, data={"secret": "x"})
    stranger = Client()
    stranger.force_login(Account.objects.get(email="office@people.example"))
    assert stranger.post(remove).status_code == 404
    assert client.get(remove)["Location"].startswith(reverse("mfa_reauthenticate")), "the password is not enough"
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session.save()
    assert "My phone" in client.get(remove).text
    assert client.post(remove).status_code == 302
    assert not Authenticator.objects.filter(pk=mine.pk).exists()


def test_the_first_second_step_signs_out_whoever_had_the_password_alone(teacher):
    """Somebody who stole the password and waited must not come in when its owner sets the second step up."""
    thief, owner = Client(), Client()
    give_password(thief, teacher)
    assert thief.get(reverse("people", kwargs={"urn": cast.OWN}))["Location"] == reverse("mfa_index")
    give_password(owner, teacher)
    set_up_app(owner)
    assert owner.get(reverse("people", kwargs={"urn": cast.OWN})).status_code == 200
    assert thief.get(reverse("people", kwargs={"urn": cast.OWN}))["Location"].startswith(reverse("account_login"))


def test_a_passkey_asks_who_holds_it(teacher):
    """Signing in with it takes no password, so that finding it must not be enough."""
    client = Client()
    offered = client.get(reverse("mfa_login_webauthn"), HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()
    assert offered["request_options"]["publicKey"]["userVerification"] == "required"


def test_no_cookie_and_no_address_with_a_nul_breaks_a_page(teacher):
    """PostgreSQL refuses NULs, and a quoted cookie can carry one."""
    assert Client().get("/sign-in/", HTTP_COOKIE='session="\\000abcdefghij"').status_code == 200
    assert Client().get("/sign-in/with/%00/").status_code == 404


def test_what_a_page_was_to_say_goes_with_its_session(teacher):
    client = Client()
    client.force_login(teacher)
    client.post(reverse("sign-out-elsewhere"))
    assert "messages" not in client.cookies
    client.post(reverse("account_logout"))
    assert "signed out" not in client.get(reverse("account_login")).text
