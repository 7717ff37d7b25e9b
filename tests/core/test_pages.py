"""Every page: its frame, its words, its escaping, and what happens to a name nobody gave."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject
from jinja2 import UndefinedError

from headship.core import pages, pictures, registry, views
from headship.core.components import TimelineItem
from headship.core.roles import Role
from headship.core.scope import Place, Scope

HERE = Place("school", 7, 990001, "Example Brook Primary")
THERE = Place("school", 8, 990002, "Example Hill School")
ADA = Scope(
    1,
    1,
    "Ada Headteacher-Example",
    datetime(2026, 11, 3, 9, tzinfo=UTC),
    HERE,
    frozenset({Role.TEACHER, Role.HEADTEACHER}),
)


@dataclass(frozen=True)
class Page:
    title: str
    form: Any = None
    sentence: str = "All is well."


@pytest.fixture
def asked(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/schools/990001/decisions/4")
    request.user = AnonymousUser()
    request._messages = []
    return request


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four pages under three words, one of them refused, addressed as if their applications stood."""
    items = (
        registry.NavigationItem("Strategy", "Decisions", "decisions"),
        registry.NavigationItem("Strategy", "Values", "values"),
        registry.NavigationItem("Today", "Today", "today"),
        registry.NavigationItem("Money", "Budget", "budget", allows=lambda scope: "Ask the business manager."),
    )
    roots = {"today": "/schools/990001/", "decisions": "/schools/990001/decisions", "values": "/schools/990001/values"}
    monkeypatch.setattr(pages, "_items", lambda: items)
    monkeypatch.setattr(pages, "_address", lambda name, place: roots.get(name, f"/{name}"))


def rendered(source: str, request: HttpRequest | None = None, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context, request)


def component(call: str, **context: object) -> str:
    return rendered('{% import "core/components.html" as c %}' + call, **context).strip()


@pytest.mark.usefixtures("offered")
def test_a_page_says_where_you_are_and_as_whom(asked: HttpRequest) -> None:
    html = pages.show(asked, "core/sentence.html", Page("Decisions"), scope=ADA).content.decode()
    assert "<title>Decisions · Example Brook Primary · Headship</title>" in html
    for part in ("<strong>Example Brook Primary</strong>", "2026/27", "acting as headteacher and teacher"):
        assert part in html


@pytest.mark.usefixtures("offered")
def test_words_stand_in_their_order_and_the_nearest_page_is_here(asked: HttpRequest) -> None:
    asked.scope = ADA
    frame = pages.framed(asked)["frame"]
    assert [(link.words, link.here) for link in frame.words] == [("Today", False), ("Strategy", True)]
    assert [(link.words, link.here) for link in frame.under_word] == [("Decisions", True), ("Values", False)]
    assert frame.home == "/schools/990001/"


@pytest.mark.parametrize(
    ("groups", "under", "inside"),
    [
        (("Results", "Results", ""), [("Results", True), ("c", False)], [("a", True), ("b", False)]),
        (("", "Results", "Results"), [("a", True), ("Results", False)], []),
        (("Results", "Results", "Results"), [("a", True), ("b", False), ("c", False)], []),
        (("", "", ""), [("a", True), ("b", False), ("c", False)], []),
    ],
)
def test_pages_that_answer_one_question_stand_together(asked: HttpRequest, monkeypatch, groups, under, inside) -> None:
    items = [
        registry.NavigationItem("Strategy", name, name, group=group) for name, group in zip("abc", groups, strict=True)
    ]
    monkeypatch.setattr(pages, "_items", lambda: items)
    monkeypatch.setattr(pages, "_address", lambda name, place: f"/{name}/")
    asked.scope, asked.path = ADA, "/a/"
    frame = pages.framed(asked)["frame"]
    assert [(link.words, link.here) for link in frame.under_word] == under
    assert [(link.words, link.here) for link in frame.in_group] == inside


@pytest.mark.usefixtures("offered")
def test_a_colour_family_only_for_those_with_two_places(asked: HttpRequest) -> None:
    asked.scope = ADA
    assert pages.framed(asked)["frame"].colour == ""
    asked.scope = replace(ADA, other_places=(THERE,))
    frame = pages.framed(asked)["frame"]
    assert (frame.colour, [link.words for link in frame.elsewhere]) == ("app-colour-1", ["Example Hill School"])


def test_names_are_escaped(asked: HttpRequest) -> None:
    place = replace(HERE, name="<script>alert(1)</script>")
    html = pages.show(asked, "core/sentence.html", Page("A<b>"), scope=replace(ADA, place=place)).content.decode()
    assert "<script>alert" not in html
    assert "A<b>" not in html


def test_error_pages_stand_without_scope_and_show_the_way_back(asked: HttpRequest) -> None:
    response = views.not_found(asked, Exception())
    assert response.status_code == 404
    assert '<a class="govuk-link" href="/">Go to the first page</a>' in response.content.decode()


def test_error_pages_stand_when_nobody_could_be_asked_who_it_is(rf: RequestFactory) -> None:
    assert views.broken(rf.get("/")).status_code == 500


def test_the_page_of_a_fault_stands_with_the_database_gone(rf: RequestFactory) -> None:
    def gone() -> None:
        raise OperationalError("the database is gone")

    request = rf.get("/")
    request.user = SimpleLazyObject(gone)
    answer = views.broken(request)
    assert (answer.status_code, b"The fault is ours" in answer.content) == (500, True)


def test_a_name_nobody_gave_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ page.titel }}", page=Page("Today"))


def test_no_page_of_core_carries_style_or_script_of_its_own(asked: HttpRequest) -> None:
    html = pages.show(asked, "core/sentence.html", Page("Today"), scope=ADA).content.decode()
    assert " style=" not in html
    assert html.count("<script") == html.count('<script type="module" src="/static/core/headship') == 1


def test_a_mistake_in_a_form_stands_first_and_in_the_title(asked: HttpRequest) -> None:
    class Ask(forms.Form):
        why = forms.CharField(label="Why?")

    form = Ask({"why": ""})
    html = pages.show(asked, "core/sentence.html", Page("Decide", form), scope=ADA).content.decode()
    assert "<title>Error: Decide" in html
    assert '<a href="#id_why">Why? This cannot be left empty.</a>' in html
    assert html.index("There is a problem") < html.index("<h1")


def test_messages_are_shown_once_each(asked: HttpRequest) -> None:
    asked._messages = [SimpleNamespace(level_tag="success", __str__=None, words="x")]
    html = pages.show(asked, "core/sentence.html", Page("Today"), scope=ADA).content.decode()
    assert html.count("govuk-notification-banner--success") == 1


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ day|date }}", "3 March 2027"),
        ("{{ none|date }}", "no date"),
        ("{{ 2026|year }}", "2026/27"),
        ("{{ 1999|year }}", "1999/00"),
        ("{{ amount|money }}", "£45,200"),
        ("{{ 0.259|percent }}", "25.9%"),
        ("{{ day|ago(today) }}", "2 weeks ago"),
        ("{{ today|ago(day) }}", "in 2 weeks"),
        ("{{ ['a', 'b', 'c']|listed }}", "a, b and c"),
        ("{{ []|listed }}", ""),
    ],
)
def test_filters_say_things_in_the_fields_words(source: str, shown: str) -> None:
    context = {"day": date(2027, 3, 3), "today": date(2027, 3, 18), "amount": Decimal(45200)}
    assert rendered(source, **context) == shown


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (-1, "tomorrow"), (13, "13 days ago"), (59, "8 weeks ago"), (800, "2 years ago")],
)
def test_ago(days: int, words: str) -> None:
    today = date(2027, 3, 18)
    assert pages.ago(date.fromordinal(today.toordinal() - days), today) == words


@pytest.mark.parametrize(("month", "year"), [(8, "2025/26"), (9, "2026/27"), (12, "2026/27")])
def test_a_year_begins_in_september(month: int, year: str) -> None:
    assert pages.in_year(datetime(2026, month, 15, tzinfo=UTC)) == year


def test_bars_have_words_and_a_height_for_the_least() -> None:
    drawn = pictures.bars([0, 1, 24], ["January", "February", "March"])
    assert "<title>Evidence by month: February 1, March 24</title>" in drawn
    assert [drawn.count(f'height="{height}"/>') for height in (1, 3, 24)] == [1, 1, 1]
    assert "none yet" in pictures.bars([0], ["January"])


def test_a_dot_stays_inside_its_picture() -> None:
    assert 'cx="116' in pictures.dot(250, words="above <most>")
    assert "above &lt;most&gt;" in pictures.dot(250, words="above <most>")


@pytest.mark.parametrize("state", ["not_started", "noticing", "working_on", "sharing", "working on"])
def test_each_reflection_state_has_words(state: str) -> None:
    assert state.replace("_", " ").capitalize() in pictures.reflection(state)


def test_an_unknown_reflection_state_is_an_error() -> None:
    with pytest.raises(KeyError):
        pictures.reflection("grade 2")


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("{{ c.button('Go <on>', '/x') }}", "Go &lt;on&gt;</a>"),
        ("{{ c.button('Save') }}", 'type="submit"'),
        ("{{ c.button('Close', refusal='Ask the clerk.') }}", "Ask the clerk."),
        ("{% call c.inset() %}Kept{% endcall %}", "Kept"),
        ("{{ c.tag('Draft', 'amber') }}", "app-tag--amber"),
        ("{% call c.details('Why?') %}So{% endcall %}", "So"),
        ("{% call c.panel('Beside') %}So{% endcall %}", "Beside</h2>"),
        ("{{ c.summary_list([('By', '<Ada>', '/x')]) }}", "&lt;Ada&gt;"),
        ("{{ c.table('Years', ['Year', 'n'], [['2026', '3']], (1,)) }}", '__cell--numeric">3</td>'),
        ("{{ c.pagination('', '/older') }}", 'href="/older" rel="next"'),
        ("{{ c.timeline(items) }}", '<time datetime="2027-03-03">3 March 2027</time>'),
        ("{{ c.seen_by(['All staff']) }}", "Who can see this?"),
        ("{{ c.empty('Decisions.', 'Note one', '/x', 1) }}", "about 1 minute<"),
        ("{{ c.empty('Decisions.', 'Note one', '/x', 2, 'Ask the head.') }}", "Ask the head."),
        ("{{ c.next_actions(actions) }}", "by 3 March 2027"),
        ("{{ c.next_actions(()) }}", "Nothing waits for you"),
        ("{{ c.missing() }}", "too few to show"),
        ("{{ c.caution() }}", "not a baseline or a checklist"),
        ("{{ c.code('3.6') }}", "app-domain-3"),
    ],
)  # fmt: skip
def test_components(call: str, shown: str) -> None:
    html = component(
        call,
        items=[TimelineItem(date(2027, 3, 3), "Decided", "/x", "Ada", "Kept")],
        actions=[registry.NextAction("Write", "/x", 5, date(2027, 3, 3))],
    )
    assert shown in html


def test_a_pagination_of_one_page_is_nothing() -> None:
    assert component("{{ c.pagination() }}") == ""
