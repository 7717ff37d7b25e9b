"""Today: at most three things, the week, what changed; for each reader what the modules' hooks give them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from headship.core import registry
from headship.core.registry import CalendarEvent, Module, NextAction
from headship.core.scope import Scope, installation_scope
from headship.core.visibility import Visibility
from headship.people import sessions
from headship.privacy import actions as privacy
from headship.privacy.choices import Asked
from headship.project import pages
from headship.standards import actions as standards
from headship.strategy import actions as strategy
from tests import cast as everybody
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
HOME = f"/schools/{everybody.OWN}/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch):
    """Replace the installed modules by one that the test makes."""

    def install(**hooks: object) -> None:
        monkeypatch.setattr(registry, "modules", lambda: (replace(Module("tests", "Tests"), **hooks),))

    return install


def action(number: int, **changed: object) -> NextAction:
    return replace(NextAction(f"Do thing {number}", f"/things/{number}", 5), **changed)


def event(on: date, words: str, **changed: object) -> CalendarEvent:
    return replace(CalendarEvent(on, on, words), **changed)


def note(cast: Cast, what: str, persona: str = "headteacher", visibility: Visibility = Visibility.STAFF) -> None:
    noted = strategy.Noted(what, "", TODAY, visibility, (), ("1.1",))
    strategy.note_decision(by=cast.scope(persona), at=AT, once=uuid4(), noted=noted)


def shown(client: Client) -> str:
    response = client.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("count", "words", "waiting"),
    [
        (0, [], ""),
        (1, ["Do thing 0"], ""),
        (4, ["Do thing 0", "Do thing 1", "Do thing 2"], "One more thing can wait until these are done."),
        (5, ["Do thing 0", "Do thing 1", "Do thing 2"], "2 more things can wait until these are done."),
    ],
)
def test_at_most_three_things_are_next(cast: Cast, alone, count: int, words: list[str], waiting: str):
    alone(next_actions=lambda scope: [action(number, weight=90 - number) for number in range(count)])
    page = pages.today_page(cast.scope("headteacher"), None)
    assert ([each.words for each in page.actions], page.waiting) == (words, waiting)


def test_what_is_due_comes_first_and_then_what_weighs_most(cast: Cast, alone):
    actions = [action(1), action(2, weight=80), action(3, due_on=TODAY + timedelta(days=9)), action(4, due_on=TODAY)]
    alone(next_actions=lambda scope: actions)
    page = pages.today_page(cast.scope("headteacher"), None)
    assert [each.url for each in page.actions] == ["/things/4", "/things/3", "/things/2"]


def test_nothing_to_do_is_said_warmly(cast: Cast):
    assert "Nothing waits for you. That is all for today." in shown(cast.client("teacher"))


def test_the_week_is_told_day_by_day_and_ends(cast: Cast, alone):
    asked: list[tuple[date, date]] = []

    def calendar(scope: Scope, since: date, until: date) -> Iterable[CalendarEvent]:
        asked.append((since, until))
        return [event(TODAY + timedelta(days=1), "Later"), event(TODAY, "Second"), event(TODAY, "First")]

    alone(calendar=calendar)
    page = pages.today_page(cast.scope("teacher"), None)
    assert asked == [(TODAY, TODAY + timedelta(days=6))]
    assert [[each.words for each in day.events] for day in page.week] == [["First", "Second"], ["Later"]]


def test_an_empty_week_tells_what_comes_after_it(cast: Cast, alone):
    holiday = event(TODAY + timedelta(days=30), "Autumn term ends")
    alone(calendar=lambda scope, since, until: [holiday] if since <= holiday.on <= until else [])
    page = pages.today_page(cast.scope("teacher"), None)
    assert (page.week, page.coming) == ([], holiday if pages.bounds(pages.year_of(TODAY))[1] >= holiday.on else None)
    alone(calendar=lambda scope, since, until: [event(TODAY, "First")])
    assert pages.today_page(cast.scope("teacher"), None).coming is None


def test_the_board_sees_the_year_ahead_the_decisions_and_the_profile(cast: Cast, alone):
    note(cast, "Open the library", visibility=Visibility.GOVERNORS)
    note(cast, "Move the photocopier", visibility=Visibility.LEADERS)
    alone(calendar=lambda scope, since, until: [event(until, "Term begins")])
    for persona, ahead, decided in (("chair", ["Term begins"], ["Open the library"]), ("teacher", [], [])):
        page = pages.today_page(cast.scope(persona), None)
        assert [each.words for each in page.ahead] == ahead
        assert [each.words for each in page.decided] == decided


def test_what_changed_since_the_last_visit(cast: Cast):
    note(cast, "Open the library")
    note(cast, "Only for leaders", visibility=Visibility.LEADERS)
    teacher = cast.scope("teacher")
    assert [each.words for each in pages.today_page(teacher, AT - timedelta(days=1)).changes] == [
        "Decided: Open the library"
    ]
    assert pages.today_page(teacher, AT + timedelta(minutes=1)).changes == []
    client = cast.client("teacher")
    session = client.session
    session[sessions.HERE_BEFORE] = (AT - timedelta(days=1)).timestamp()
    session.save()
    assert "Decided: Open the library" in shown(client)


@pytest.mark.parametrize(
    ("persona", "offers"),
    [
        ("headteacher", ["Note a decision", "Note a change in policy", "Note something you learned"]),
        ("teacher", ["Note something you learned"]),
        ("office", ["Note something you learned"]),
        ("external_adviser", []),
        ("administrator", []),
        ("data_protection_officer", []),
    ],
)
def test_each_is_offered_what_they_may_do(cast: Cast, persona: str, offers: list[str]):
    offered = [each.words for each in pages.today_page(cast.scope(persona), None).offers]
    assert [each for each in offered if each.startswith("Note ")] == offers


def test_a_guest_with_nothing_to_do_is_told_what_their_post_is_for(cast: Cast):
    page = shown(cast.client("external_adviser"))
    assert "You are here as external adviser. Advises the headteacher" in page
    assert "When something is, it will stand here" in page


def test_a_guest_is_not_told_that_nothing_waits_above_what_waits(cast: Cast):
    officer = cast.scope("data_protection_officer")
    assert officer.school_id is not None
    assert "Nothing is waiting for you" in shown(cast.client("data_protection_officer"))
    privacy.ask(by=cast.scope("teacher"), at=AT, school_id=officer.school_id, asks=Asked.ACCESS, words="")
    page = shown(cast.client("data_protection_officer"))
    assert "Answer a request about personal data" in page
    assert "Nothing is waiting for you" not in page


@pytest.mark.parametrize("where", ["/standards/", "/exchange/", "/api/"])
def test_what_is_open_to_all_is_led_to_from_every_page(cast: Cast, where: str):
    for client in (Client(), cast.client("teacher")):
        assert f'href="{where}"' in client.get("/", follow=True).content.decode()


def test_another_schools_today_is_not_found(cast: Cast):
    note(cast, "Open the library")
    assert cast.client("other_headteacher").get(HOME).status_code == 404
    theirs = cast.client("two_schools").get(f"/schools/{everybody.OTHER}/").content.decode()
    assert "Open the library" not in theirs


def test_today_costs_the_same_however_much_happens(cast: Cast):
    chair, costs = cast.scope("chair"), []
    for number in range(3):
        note(cast, f"Decision {number}")
        with CaptureQueriesContext(connection) as captured:
            pages.today_page(chair, AT - timedelta(days=1))
        costs.append(len(captured))
    assert costs == [costs[0]] * 3


def test_what_works_today_is_told_to_anyone(client: Client):
    page = client.get("/rows/").content.decode()
    assert "What works today" in page
    assert page.count('scope="row"') == 25


def test_a_first_visit_tells_the_past_week(cast: Cast, alone):
    asked: list[datetime] = []
    scope = cast.scope("teacher")
    alone(news=lambda scope, since: asked.append(since) or [])
    titles = [pages.today_page(scope, since).changed for since in (None, AT)]
    assert titles == ["In the past week", "Since you were last here"]
    assert asked == [scope.at - timedelta(days=7), AT]


def test_the_board_reads_a_decision_once(cast: Cast):
    note(cast, "Open the library", visibility=Visibility.GOVERNORS)
    told = {who: pages.today_page(cast.scope(who), AT - timedelta(days=1)) for who in ("chair", "headteacher")}
    assert [each.words for each in told["chair"].decided] == ["Open the library"]
    assert [each.url for each in told["chair"].changes if "/decisions/" in each.url] == []
