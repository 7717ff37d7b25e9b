"""The first hour: open while nobody has an account, gone for ever afterwards, and resumed where it stopped."""

import gzip
import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from headship.core import audit, work
from headship.core.errors import Refused, Stale, Unusable
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.people.models import Account, Invitation, Person, Post
from headship.people.queries import scope_for
from headship.project import actions, queries, rules, setup_code
from headship.project.choices import Step
from headship.project.models import SetUp
from headship.schools import search, tasks
from headship.schools.models import School, Term
from headship.standards import actions as standards
from tests import cast as everybody

AT = timezone.now()
PASSWORD = "three green herons"
FIRST = actions.First("Ada Headteacher-Example", "ada@school.example", PASSWORD, Role.HEADTEACHER)
FORM = {"name": FIRST.name, "email": FIRST.email, "password": PASSWORD, "role": "headteacher"}
REGISTER = b"""URN,EstablishmentName,LA (name),PhaseOfEducation (name),EstablishmentStatus (name),Postcode,Town
990001,Example Brook Primary,Example County,Primary,Open,EX1 1EX,Exton
990002,Otherwise Hill Primary,Example County,Primary,Open,EX2 2EX,Hilton
990003,Example Brook Infants,Example County,Primary,Closed,EX1 1EY,Exton
"""


@pytest.fixture
def empty(db: None, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An installation without accounts, and somebody at its computer."""
    settings.FOLDER = tmp_path
    connections = tmp_path / "connections"
    connections.write_text(f"heading\n 0: 0100007F:9C40 0100007F:0050 01 0:0 00:0 0 {os.geteuid()} 0 1\n")
    monkeypatch.setattr(setup_code, "CONNECTIONS", (connections,))
    queries.forget()
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return at_hand()


@pytest.fixture
def school(empty: Client) -> School:
    return School.objects.create(
        urn=990001,
        name="Example Brook Primary",
        phase="Primary",
        postcode="EX1 1EX",
        search_text=" example brook primary exton ex1 1ex ex11ex 990001 ",
    )


@pytest.fixture
def begun(school: School) -> Client:
    """The first account's client, its second step taken."""
    choose(school)
    account = actions.open_first_account(by=installation_scope(AT), at=AT, first=FIRST)
    return signed_in(account)


def at_hand() -> Client:
    """Return a browser at the server's own computer, started by whoever started the server."""
    return Client(REMOTE_PORT="40000")


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    session = client.session
    session["factor_set"] = True
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    return client


def choose(school: School) -> None:
    actions.choose_school(by=installation_scope(AT), at=AT, urn=school.urn)


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return response.content.decode()


def leads(client: Client, address: str, **posted: object) -> str:
    response = client.post(address, posted) if posted else client.get(address)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


@pytest.mark.parametrize("address", ["/", "/rows/", "/schools/990001/", "/no-such-place", "/sign-in/", "/standards/"])
def test_every_address_leads_to_set_up(empty: Client, address: str):
    assert leads(empty, address) == "/set-up/"


def test_but_health_and_set_up(empty: Client):
    assert empty.get("/health").status_code == 200
    assert "Start" in shown(empty, "/set-up/")


def test_somebody_elsewhere_needs_the_code(empty: Client):
    code = setup_code.renewed()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    for address in ("", "register", "register/check", "by-hand", "school", "account"):
        assert leads(elsewhere, f"/set-up/{address}") == "/set-up/code"
        assert leads(elsewhere, f"/set-up/{address}", **FORM) == "/set-up/code"
    assert (
        "not the code the console showed last"
        in elsewhere.post("/set-up/code", {"code": "AAAA-BBBB-CCCC"}).content.decode()
    )
    assert Account.objects.count() == 0
    assert leads(elsewhere, "/set-up/code", code=code) == "/set-up/"
    assert leads(elsewhere, "/set-up/code") == "/set-up/"
    assert "Start" in shown(elsewhere, "/set-up/")


def test_the_code_page_says_where_to_look(empty: Client):
    assert "can read the code on its console" in shown(Client(REMOTE_ADDR="192.0.2.7"), "/set-up/code")


@pytest.mark.parametrize("name", ["register.csv", "register.csv.gz"])
def test_the_register_is_looked_through_and_then_brought_in(empty: Client, name: str):
    assert leads(empty, "/set-up/", go="on") == "/set-up/register"
    content = gzip.compress(REGISTER) if name.endswith("gz") else REGISTER
    file = SimpleUploadedFile(name, content)
    assert leads(empty, "/set-up/register", file=file) == "/set-up/register/check"
    assert School.objects.count() == 0
    page = shown(empty, "/set-up/register/check")
    assert "Nothing has been changed yet" in page
    assert leads(empty, "/set-up/register/check", go="on") == "/set-up/school"
    assert School.objects.count() == 3
    assert leads(empty, "/set-up/register/check") == "/set-up/"
    assert leads(empty, "/set-up/", go="on") == "/set-up/school"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"Colour,Taste\nred,sweet\n", "not the register as it is published"),
        (REGISTER.replace(b"990002", b"99000x"), "99000x"),
        (b"\x00\x01\x02\x03", "There is a problem"),
    ],
)
def test_a_wrong_file_is_answered_and_brings_nothing_in(empty: Client, content: bytes, words: str):
    response = empty.post("/set-up/register", {"file": SimpleUploadedFile("register.csv", content)})
    assert (response.status_code, School.objects.count()) == (200, 0)
    assert words in response.content.decode()


def test_no_file_is_asked_for(empty: Client):
    assert "Choose the register&#39;s file" in empty.post("/set-up/register", {}).content.decode()


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("example brook", ["Example Brook Primary", "Example Brook Infants"]),
        ("990002", ["Otherwise Hill Primary"]),
        ("ex1 1ex", ["Example Brook Primary"]),
        ("EX11EX", ["Example Brook Primary"]),
        ("hilton", ["Otherwise Hill Primary"]),
        ("nowhere", []),
    ],
)
def test_a_school_is_found_by_name_urn_or_postcode(empty: Client, sought: str, found: list[str]):
    leads(empty, "/set-up/register", file=SimpleUploadedFile("register.csv", REGISTER))
    leads(empty, "/set-up/register/check", go="on")
    page = empty.get("/set-up/school", {"q": sought}).content.decode()
    names = ("Example Brook Primary", "Example Brook Infants", "Otherwise Hill Primary")
    assert [name for name in names if name in page] == found
    assert ("No school is known by that" in page) is (found == [])


def test_a_school_is_chosen_or_typed_by_hand(empty: Client, school: School):
    assert leads(empty, "/set-up/account") == "/set-up/school"
    assert empty.post("/set-up/school", {"urn": "x"}).status_code == 400
    assert empty.post("/set-up/school", {"urn": school.urn + 1}).status_code == 404
    assert leads(empty, "/set-up/school", urn=school.urn) == "/set-up/account"
    assert "Example Brook Primary" in shown(empty, "/set-up/account")
    assert "Phase" in shown(empty, "/set-up/by-hand")
    typed = {"urn": 990009, "name": "Typed Primary", "phase": "Primary", "postcode": "ex99ex"}
    known = empty.post("/set-up/by-hand", typed | {"urn": 990001}).content.decode()
    assert "A school with the URN 990001 is known already" in known
    assert "A URN has six figures" in empty.post("/set-up/by-hand", typed | {"urn": 7}).content.decode()
    assert leads(empty, "/set-up/by-hand", **typed) == "/set-up/account"
    assert School.objects.get(urn=990009).postcode == "EX9 9EX"
    assert queries.step() == (Step.ACCOUNT, School.objects.get(urn=990009))
    assert [each.urn for each in search.find("typed")] == [990009]


def test_the_first_account_is_signed_in_with_its_post_and_must_take_a_second_step(empty: Client, school: School):
    choose(school)
    code = setup_code.renewed()
    assert leads(empty, "/set-up/account", **FORM) == "/"
    post = Post.objects.get()
    assert (post.school_id, post.role, post.person.name) == (school.pk, "headteacher", FIRST.name)
    account = Account.objects.get()
    assert (account.is_operator, account.check_password(PASSWORD)) == (True, True)
    school.refresh_from_db()
    assert school.joined_at is not None
    assert not setup_code.fits(code)
    assert leads(empty, "/schools/990001/").startswith("/sign-in/")
    assert [list(audit.faults(chain)) for chain in (0, school.pk)] == [[], []]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "ada@school.example"}, "too similar"),
        ({"email": "nobody"}, "Enter an e-mail address such as"),
        ({"role": "operator"}, "Select a valid choice"),
        ({"name": ""}, "Enter your name"),
    ],
)
def test_what_is_wrong_with_an_account_is_said(empty: Client, school: School, changed: dict[str, str], words: str):
    choose(school)
    assert words in empty.post("/set-up/account", FORM | changed).content.decode()
    assert Account.objects.count() == 0


def test_of_two_browsers_one_wins_and_the_other_is_told(empty: Client, school: School):
    choose(school)
    other = at_hand()
    shown(empty, "/set-up/account")
    shown(other, "/set-up/account")
    leads(empty, "/set-up/account", **FORM)
    late = other.post("/set-up/account", FORM | {"email": "late@school.example"})
    assert (late.status_code, "Somebody set Headship up a moment ago" in late.content.decode()) == (409, True)
    assert [each.email for each in Account.objects.all()] == [FIRST.email]
    assert other.get("/set-up/account").status_code == 404


def test_the_race_is_decided_where_it_is_written(school: School):
    choose(school)
    by = installation_scope(AT)
    actions.open_first_account(by=by, at=AT, first=FIRST)
    for attempt in (
        lambda: actions.open_first_account(by=by, at=AT, first=FIRST),
        lambda: actions.choose_school(by=by, at=AT, urn=school.urn),
        lambda: actions.describe_school(by=by, at=AT, described=actions.Described(990009, "Late", "Primary", "")),
    ):
        with pytest.raises(Stale) as told:
            attempt()
        assert str(told.value) == rules.ALREADY_SET_UP
    assert Account.objects.count() == 1


def test_no_account_without_a_school(empty: Client):
    with pytest.raises(Unusable):
        actions.open_first_account(by=installation_scope(AT), at=AT, first=FIRST)
    assert Account.objects.count() == 0


def test_after_the_first_account_set_up_is_gone_for_ever(begun: Client):
    setup_code.renewed()
    for client in (Client(), begun):
        for address in ("", "code", "register", "register/check", "by-hand", "school", "account"):
            assert client.get(f"/set-up/{address}").status_code == 404
            assert client.post(f"/set-up/{address}", FORM).status_code == 404
    assert Account.objects.count() == 1


def test_a_person_cannot_take_the_steps_before_anybody(db: None):
    cast = everybody.build()
    for persona in ("operator", "headteacher"):
        with pytest.raises(Refused):
            actions.choose_school(by=cast.scope(persona), at=AT, urn=cast.school.urn)


def test_today_goes_on_where_set_up_stopped_until_it_is_done(begun: Client):
    home = "/schools/990001/"
    assert leads(begun, home) == f"{home}set-up/terms"
    assert leads(begun, f"{home}set-up/people") == f"{home}set-up/terms"
    page = shown(begun, f"{home}set-up/terms")
    assert "They are not your school&#39;s" in page
    fields = {name: value for name, value in _inputs(page).items() if name != "csrfmiddlewaretoken"}
    assert (
        "must end after it starts"
        in begun.post(f"{home}set-up/terms", fields | {"autumn_ends_on": fields["autumn_starts_on"]}).content.decode()
    )
    assert leads(begun, f"{home}set-up/terms", **fields) == f"{home}set-up/people"
    assert Term.objects.count() == 3
    assert leads(begun, home) == f"{home}set-up/people"
    assert "Person 3" in shown(begun, f"{home}set-up/people")
    wrong = begun.post(f"{home}set-up/people", {"name_1": "Bola Chair-Example"}).content.decode()
    assert "Enter the post of person 1, or nothing of them" in wrong
    people = {"name_1": "Fatima Deputy-Example", "email_1": "f@school.example", "role_1": "senior_leader"}
    assert leads(begun, f"{home}set-up/people", **people) == f"{home}set-up/letters"
    assert [each.role for each in Invitation.objects.all()] == ["senior_leader"]
    assert [each.to for each in mail.outbox] == [["f@school.example"]]
    assert "/invitations/" in shown(begun, f"{home}set-up/letters")
    assert "shown already" in shown(begun, f"{home}set-up/letters")
    assert leads(begun, f"{home}set-up/end") == f"{home}standards/"
    assert "Headship is set up" in shown(begun, f"{home}standards/")
    assert "Today" in shown(begun, home)
    assert leads(begun, f"{home}set-up/terms") == home


def test_steps_can_be_left_for_later(begun: Client):
    home = "/schools/990001/"
    assert leads(begun, f"{home}set-up/terms/later", go="on") == f"{home}set-up/people"
    assert leads(begun, f"{home}set-up/people/later", go="on") == f"{home}set-up/end"
    assert "Set the term dates" in shown(begun, home)
    assert leads(begun, f"{home}set-up/people/later") == home


def test_a_step_put_behind_twice_changes_nothing(begun: Client):
    at = timezone.now()
    by = scope_for(Account.objects.get(), "school", 990001, at=at)
    assert by is not None
    steps = [actions.go_on(by=by, at=at, done=done) for done in (Step.TERMS, Step.TERMS, Step.PEOPLE, Step.PEOPLE)]
    assert steps == [Step.PEOPLE, Step.PEOPLE, Step.DONE, Step.DONE]
    assert queries.step_of(by) == Step.DONE


def test_an_administrator_leaves_the_terms_to_the_head_and_invites_them(school: School):
    choose(school)
    first = actions.First("Otis Administrator-Example", "otis@school.example", PASSWORD, Role.ADMINISTRATOR)
    client = signed_in(actions.open_first_account(by=installation_scope(AT), at=AT, first=first))
    home = "/schools/990001/"
    assert "The calendar is kept by the headteacher" in shown(client, f"{home}set-up/terms")
    assert leads(client, f"{home}set-up/terms", go="on") == f"{home}set-up/people"
    people = {"name_1": FIRST.name, "email_1": FIRST.email, "role_1": "headteacher"}
    assert leads(client, f"{home}set-up/people", **people) == f"{home}set-up/letters"
    assert leads(client, f"{home}set-up/end") == home


def test_nobody_else_goes_on_with_it(begun: Client):
    other = School.objects.create(urn=990002, name="Otherwise Hill Primary")
    assert begun.get(f"/schools/{other.urn}/set-up/terms").status_code == 404
    deputy = Account.objects.create(
        person=Person.objects.create(name="Fatima Deputy-Example", created_at=AT), email="f@school.example"
    )
    Post.objects.create(
        person=deputy.person,
        school_id=Post.objects.get().school_id,
        role=Role.HEADTEACHER,
        starts_on=AT - timedelta(days=1),
    )
    client = signed_in(deputy)
    assert leads(client, "/schools/990001/set-up/terms") == "/schools/990001/"
    assert client.post("/schools/990001/set-up/terms/later").status_code == 403
    assert SetUp.objects.get().step == Step.TERMS


@pytest.mark.parametrize(
    ("row", "persona", "where", "stands"),
    [
        (1, "headteacher", "school", Step.TERMS),
        (2, "headteacher", "school", Step.DONE),
        (1, "senior_leader", "school", Step.DONE),
        (1, "headteacher", "other", Step.DONE),
    ],
)
def test_set_up_stands_somewhere_only_for_who_began_it_here(db, row: int, persona: str, where: str, stands: Step):
    cast = everybody.build()
    began = {"person": cast.people[persona], "school": getattr(cast, where)}
    SetUp.objects.create(pk=row, step=Step.TERMS, changed_at=AT, **began)
    head = cast.scope("headteacher")
    assert queries.step_of(replace(head, operator=True)) == stands
    assert queries.step_of(head) == Step.DONE


def _inputs(page: str) -> dict[str, str]:
    """Return what the inputs of a page hold, by name."""
    tags = re.findall(r"<input[^>]*>", page)
    named = [(re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: value[1] if value else "" for name, value in named if name}


def test_a_large_register_is_brought_in_by_the_worker(empty: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tasks, "LARGE_FILE", 10)
    monkeypatch.setattr(tasks, "LARGE_CHANGE", 0)
    check = "/set-up/register/check"
    assert leads(empty, "/set-up/register", file=SimpleUploadedFile("register.csv", REGISTER)) == check
    page = shown(empty, check)
    assert "You can leave this page or close the browser" in page
    assert "It has not begun yet" in page
    assert "nothing works in the background" in page
    work.turn("here", timezone.now())
    assert "Nothing has been changed yet" in shown(empty, check)
    assert leads(empty, check, go="on") == check
    assert "Being imported" in shown(empty, check)
    work.turn("here", timezone.now())
    assert School.objects.count() == 3
    assert leads(empty, check) == "/set-up/"


def test_a_large_register_that_is_wrong_is_told(empty: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tasks, "LARGE_FILE", 10)
    wrong = REGISTER.replace(b"990002", b"99000x")
    leads(empty, "/set-up/register", file=SimpleUploadedFile("register.csv", wrong))
    work.turn("here", timezone.now())
    page = shown(empty, "/set-up/register/check")
    assert "99000x" in page
    assert "Nothing was changed." in page
    assert School.objects.count() == 0
