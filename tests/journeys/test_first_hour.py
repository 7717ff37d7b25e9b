"""The first hour of a real school, on an empty installation and without the demonstration; then signing in for real."""

import base64
import hmac
import re
import struct
import time
from pathlib import Path

import pytest

from headship.project.demonstration import figures
from tests.journeys.conftest import Doors, Visitor

SCHOOL = "/schools/990003/"
NAME, ADDRESS, PASSWORD = "Nettle Compasspoint", "nettle@harbour.example", "three green herons"


def code_of(key: str, at: float) -> str:
    """Return the six figures that an authenticator app shows for a key at a moment (RFC 6238)."""
    secret = base64.b32decode(key.replace(" ", ""), casefold=True)
    digest = hmac.digest(secret, struct.pack(">Q", int(at) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a register of schools that do not exist, as the register is published."""
    files = figures.files(tmp_path_factory.mktemp("register"))
    return next(path for path in files if path.name == "schools_england.csv")


@pytest.fixture(scope="module")
def key_kept() -> dict[str, str]:
    """Keep the key of the authenticator app from one journey to the next, as a phone does."""
    return {}


def test_the_code_of_the_authenticator_is_the_standards_own():
    assert code_of(base64.b32encode(b"12345678901234567890").decode(), 59) == "287082"


def test_an_empty_installation_becomes_a_school_in_an_hour(
    visit_empty: Doors, register: Path, key_kept: dict[str, str]
):
    head = visit_empty()
    head.go("/")
    assert head.page.url.endswith("/set-up/")
    head.picture("set-up")
    head.press("Start")
    head.page.get_by_label("The register").set_input_files(register)
    head.press("Look through the file")
    assert head.sees("Nothing has been changed yet")
    head.press("Bring it in")
    head.page.get_by_label("Name, URN or postcode").fill("harbour light")
    head.press("Find")
    head.page.get_by_role("button", name=re.compile("This is my school.*Harbour Light")).click()
    open_account(head)
    take_second_step(head, key_kept)
    head.go("/")
    head.page.wait_for_url(f"**{SCHOOL}**")
    if "set-up" not in head.page.url:
        head.go(f"{SCHOOL}set-up/terms")
    head.press("Set these dates")
    letters = invite_three(head)
    assert len(letters) == 3
    head.press("Open the Standards profile")
    head.page.wait_for_url(f"**{SCHOOL}standards/")
    assert NAME in head.page.locator("main").inner_text()
    for published in ("Attainment 8", "Sessions missed", "Pupils for each teacher"):
        assert head.sees(published)


def open_account(head: Visitor) -> None:
    """Open the first account, as the headteacher."""
    head.page.get_by_label("Your name").fill(NAME)
    head.page.get_by_label("Your e-mail address").fill(ADDRESS)
    head.page.get_by_label("A password").fill(PASSWORD)
    head.page.get_by_role("radio", name="I am the headteacher").check()
    head.press("Open my account")


def take_second_step(head: Visitor, key_kept: dict[str, str]) -> None:
    """Set up an authenticator app where the detour leads."""
    head.page.wait_for_url("**/sign-in/second-steps/**")
    head.page.locator("main a[href*='/app/']").first.click()
    key_kept["key"] = head.page.locator(".app-key").inner_text()
    key_kept["used"] = code_of(key_kept["key"], time.time())
    head.page.get_by_label("code").fill(key_kept["used"])
    head.press("Set it up")


def invite_three(head: Visitor) -> list[str]:
    """Invite three of the staff, whom a head may invite, and return the addresses of their letters."""
    posts = (("Basil Lamp", "Senior leader"), ("Tansy Stool", "School business manager"), ("Fern Bucket", "Office"))
    for number, (name, post) in enumerate(posts, 1):
        person = head.page.get_by_role("group", name=f"Person {number}")
        person.get_by_label("Name").fill(name)
        person.get_by_label("E-mail address").fill(f"person{number}@harbour.example")
        person.get_by_label("Post").select_option(label=post)
    head.press("Invite them")
    return head.page.locator("main code").all_inner_texts()


def test_signing_in_takes_a_password_and_a_code_or_a_passkey_alone(visit_empty: Doors, key_kept: dict[str, str]):
    head = visit_empty()
    give_a_device(head)
    sign_in_by_password(head)
    head.go(SCHOOL)
    assert NAME not in head.page.content()
    head.go("/sign-in/second-step/")
    head.page.get_by_label("code").fill(unused_code(key_kept))
    head.press("Go on")
    head.page.wait_for_url(f"**{SCHOOL}**")
    head.go("/sign-in/second-steps/")
    head.follow("Set up a passkey")
    head.page.get_by_label("What to call it").fill("The laptop in the office")
    head.press("Make the passkey")
    head.page.wait_for_url(lambda url: not url.endswith("/add/"))
    head.follow("Sign out")
    head.page.locator("main form button").first.click()
    head.go("/sign-in/")
    head.press("Sign in with a passkey")
    head.page.wait_for_url(f"**{SCHOOL}**")
    assert head.sees("Today")


def give_a_device(head: Visitor) -> None:
    """Give the browser a device that holds passkeys and knows its owner."""
    devices = head.context.new_cdp_session(head.page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    owner = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": kind | owner})


def sign_in_by_password(head: Visitor) -> None:
    """Give address and password, which lead to the second step and no further."""
    head.go("/sign-in/")
    head.page.get_by_label("E-mail").fill(ADDRESS)
    head.page.locator("input[type=password]").fill(PASSWORD)
    head.press("Sign in")
    head.page.wait_for_url("**/sign-in/second-step/**")


def unused_code(key_kept: dict[str, str]) -> str:
    """Return the app's code, once it shows another than the one that was used: each works once."""
    until = time.monotonic() + 40
    while (code := code_of(key_kept["key"], time.time())) == key_kept["used"]:
        assert time.monotonic() < until
        time.sleep(0.5)
    return code
