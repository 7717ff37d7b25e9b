"""A form keeps what was typed, whatever stood in its way; and so does the page of an error."""

from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.forms import CharField, Form, IntegerField
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import ResolverMatch
from django.views.decorators.csrf import csrf_exempt

from headship.core import pages, views
from headship.core.errors import Refused, Stale, Unusable
from headship.core.middleware import HelpfulErrors
from headship.core.saving import came_second, keep, saved


class Words(Form):
    words = CharField()
    version = IntegerField(required=False)


@dataclass
class Kept:
    """What is changed: refreshed, it is of the next version."""

    version: int = 1

    def refresh_from_db(self) -> None:
        self.version += 1


@dataclass
class Page:
    title: str
    form: Form
    sentence: str = ""


def typed() -> Words:
    return Words({"words": "Mine, with care", "version": "1"})


def request(address: str = "/", sent: dict[str, str] | None = None) -> HttpRequest:
    """Return a request by nobody, of a page or with a form."""
    kind = "application/x-www-form-urlencoded"
    made = RequestFactory().post(address, urlencode(sent), kind) if sent else RequestFactory().get(address)
    made.user = AnonymousUser()
    made._messages = []  # type: ignore[attr-defined]  # as the middleware of messages would
    made.resolver_match = ResolverMatch(lambda: None, (), {}, route="a/")  # type: ignore[arg-type]  # a view it reached
    return made


def raising(error: Exception):
    def write(told: dict[str, object]) -> None:
        raise error

    return write


def test_what_was_written_is_saved():
    found: list[dict[str, object]] = []
    assert saved(typed(), found.append)
    assert found == [{"words": "Mine, with care", "version": 1}]
    assert not saved(Words({}), found.append)
    assert len(found) == 1


def test_whoever_came_second_is_told_and_can_put_theirs_over():
    form, now = typed(), Kept()
    now.version = 1
    assert not saved(form, raising(Stale("Changed.")), now)
    assert came_second(form)
    assert (form["words"].value(), form["version"].value()) == ("Mine, with care", "2")
    assert "Somebody changed this while you were writing" in str(form.non_field_errors())
    assert pages.show(request(), "core/sentence.html", Page("A form", form)).status_code == 409


def test_what_could_not_be_taken_stands_at_its_field_and_is_no_conflict():
    form = typed()
    assert not saved(form, raising(Unusable("Too many words")), Kept(), "words")
    assert form.errors["words"] == ["Too many words"]
    assert not came_second(form)
    assert pages.show(request(), "core/sentence.html", Page("A form", form)).status_code == 200


def test_something_new_that_was_there_first_says_the_actions_own_sentence():
    form = typed()
    assert not saved(form, raising(Stale("There is one already.")))
    assert form.non_field_errors() == ["There is one already."]
    assert came_second(form)


def test_only_a_form_that_was_sent_can_come_second():
    assert not came_second(Words())
    assert not came_second(None)
    form = typed()
    keep(form, None, "Somebody was first.")
    assert came_second(form)


@pytest.mark.parametrize(
    ("error", "status"), [(Refused("Not you."), 403), (Stale("Changed."), 409), (Unusable("No."), 400)]
)
def test_the_page_of_an_error_keeps_the_words_of_a_form_and_nothing_secret(error, status):
    sent = {
        "what_we_do": "We knock <b>before</b> we enter",
        "csrfmiddlewaretoken": "of no use",
        "password": "three plain words",
        "one_time_code": "123 456",
        "version": "3",
        "owner": "17",
    }
    answered = HelpfulErrors(lambda _: None).process_exception(request("/a/?b=1", sent), error)  # type: ignore[arg-type,return-value]
    html = answered.content.decode()
    assert answered.status_code == status
    assert "What we do" in html
    assert "We knock &lt;b&gt;before&lt;/b&gt; we enter</textarea>" in html
    assert html.count("<textarea") == 1
    assert 'href="/a/?b=1"' in html


def test_the_page_of_an_error_shows_no_words_where_none_were_written():
    for each in (request("/a/?words=Put+by+others"), request("/a/", {"version": "3"})):
        answered = HelpfulErrors(lambda _: None).process_exception(each, Stale("Changed."))  # type: ignore[arg-type,return-value]
        assert "What you wrote" not in answered.content.decode()


def test_words_that_others_may_have_sent_are_not_shown_as_ours():
    sent = {"words": "Please pay to another account"}
    for reached in (None, ResolverMatch(csrf_exempt(lambda: None), (), {}, route="answer/")):
        each = request("/a/", sent)
        each.resolver_match = reached
        answered = HelpfulErrors(lambda _: None).process_exception(each, Unusable("No."))  # type: ignore[arg-type,return-value]
        assert "another account" not in answered.content.decode()
        assert "another account" not in views.not_found(each, Http404()).content.decode()


def test_what_was_written_about_something_gone_is_shown_again():
    answered = views.not_found(request("/a/", {"words": "Written with care"}), Http404())
    assert (answered.status_code, "Written with care" in answered.content.decode()) == (404, True)


def test_where_nothing_moved_the_actions_own_sentence_stands():
    form, now = typed(), Kept(version=0)
    assert not saved(form, raising(Stale("What was to go is gone. Choose something else.")), now)
    assert form.non_field_errors() == ["What was to go is gone. Choose something else."]
