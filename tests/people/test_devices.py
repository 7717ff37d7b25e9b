"""Where somebody is signed in: their own sessions that last, told without their keys, and ended one by one."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import Refused
from headship.core.models import AuditEvent
from headship.core.registry import modules
from headship.people import actions, devices, session_store, sessions
from tests import cast

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1"
pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.build()


def with_browser(client: Client, agent: str) -> Client:
    """Let a client that was here two minutes ago come with a browser."""
    session = client.session
    session[sessions.TOUCHED] = timezone.now().timestamp() - 120
    session.save()
    assert client.get(reverse("account"), headers={"User-Agent": agent}).status_code == 200
    return client


def mark_of(client: Client) -> str:
    return session_store.kept(client.session.session_key)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on an iPhone"),
        ("Firefox/140.0", "Firefox"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "A browser on Linux"),
        ("<script>", "A browser that does not say which"),
    ],
)
def test_a_browser_is_told_in_words_of_ours(agent: str, words: str):
    assert devices.words_of(agent) == words


def test_the_page_shows_ones_own_devices_this_one_first_and_no_key(everybody: cast.Cast):
    here = with_browser(everybody.client("teacher"), FIREFOX)
    phone = with_browser(everybody.client("teacher"), IPHONE)
    with_browser(everybody.client("office"), EDGE)
    shown = here.get(reverse("devices"), headers={"User-Agent": FIREFOX}).text
    assert shown.count("Signed in on") == 2
    assert 0 < shown.index("Firefox on Windows") < shown.index("This device") < shown.index("Safari on an iPhone")
    assert "Edge" not in shown
    assert {client.session.session_key in shown for client in (here, phone)} == {False}
    assert FIREFOX not in str(here.session.items())


def test_one_device_is_signed_out_and_the_others_stay(everybody: cast.Cast):
    here, lost, other = (with_browser(everybody.client("teacher"), each) for each in (FIREFOX, IPHONE, EDGE))
    address = reverse("device-end", kwargs={"mark": mark_of(lost)})
    assert here.get(address).status_code == 302
    assert lost.get(reverse("account")).status_code == 200, "looking ends nothing"
    assert "That device is signed out." in here.post(address, follow=True).text
    assert lost.get(reverse("account"))["Location"].startswith(reverse("account_login"))
    assert [each.get(reverse("account")).status_code for each in (here, other)] == [200, 200]
    assert here.post(address).status_code == 302, "sent twice it does no harm"
    told = AuditEvent.objects.filter(action="people.end_session")
    assert [each.subject for each in told] == [f"people.Account:{everybody.accounts['teacher'].pk}"]


def test_nobody_ends_anothers_session_nor_this_one_here(everybody: cast.Cast):
    mine, theirs = everybody.client("teacher"), everybody.client("office")
    for client in (mine, theirs):
        client.get(reverse("account"))
        mine.post(reverse("device-end", kwargs={"mark": mark_of(client)}))
    assert [client.get(reverse("account")).status_code for client in (mine, theirs)] == [200, 200]
    with pytest.raises(Refused):
        actions.end_session(by=everybody.scope("teacher"), at=timezone.now(), mark=mark_of(theirs))


def test_sessions_that_would_let_nobody_in_are_not_shown(everybody: cast.Cast):
    here, idle, elsewhere = (everybody.client("teacher") for _ in range(3))
    elsewhere.get(reverse("account"))
    here.post(reverse("sign-out-elsewhere"))
    idle = everybody.client("teacher")
    session = idle.session
    session[sessions.BEGAN] = session[sessions.TOUCHED] = timezone.now().timestamp() - 31 * 60
    session.save()
    account = everybody.accounts["teacher"]
    account.refresh_from_db()
    assert [each.here for each in devices.of(account, mark_of(here), timezone.now())] == [True]


def test_upkeep_forgets_sessions_that_are_over(everybody: cast.Cast):
    over, lasting = (mark_of(everybody.client("teacher")) for _ in range(2))
    Session.objects.filter(session_key=over).update(expire_date=timezone.now() - timedelta(seconds=1))
    upkeep = next(each for module in modules() for each in module.upkeep if each.name == "forget-sessions")
    assert upkeep.run(timezone.now()) == "1 forgotten."
    assert list(Session.objects.values_list("session_key", flat=True)) == [lasting]


def test_what_is_kept_of_a_session_lets_nobody_in(everybody: cast.Cast):
    """As in a stolen copy of the database, or a backup: its rows name no key that a cookie could hold."""
    client, thief = everybody.client("teacher"), Client()
    key = client.session.session_key
    (row,) = Session.objects.all()
    assert (row.session_key, key in row.session_data) == (session_store.kept(key), False)
    for cookie, status in ((row.session_key, 302), (key, 200)):
        thief.cookies["session"] = cookie
        assert thief.get(reverse("account")).status_code == status
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=row.session_key).exists()
