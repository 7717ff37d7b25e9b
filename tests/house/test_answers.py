"""The look at every answer finds what is planted, and nothing in our own; the headers as browsers must get them."""

import pytest
from django.conf import settings as chosen
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from headship.core import middleware
from tests import answers, cast

PLANTED = {
    "a script of its own": "<script>alert(1)</script>",
    "a style of its own": '<p class="a" style="color:red">',
    "a handler of its own": '<img src="/a.png" onerror="x()">',
    "an address that runs": '<a href="javascript:x()">',
    "something from elsewhere": '<script src="https://cdn.example/x.js"></script>',
}
INNOCENT = (
    '<script type="module" src="/static/x.js"></script><a class="once" href="https://elsewhere.example/">style=</a>'
    '<input name="on" value="a"><link rel="stylesheet" href="/static/x.css"><p>on = 1, &lt;script&gt;</p>'
)


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_is_found(what: str):
    found = [each for each, rule in answers.INLINE.items() if rule.search(PLANTED[what])]
    assert found == [what]


def test_an_innocent_page_is_not_accused():
    assert [each for each, rule in answers.INLINE.items() if rule.search(INNOCENT)] == []


def test_the_policy_lets_nothing_in_but_ours():
    policy = Client().get("/no-such-page").headers["Content-Security-Policy"]
    told = dict(part.split(" ", 1) for part in policy.split("; "))
    own = {"script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "manifest-src"}
    nothing = {"default-src", "base-uri", "frame-ancestors"}
    assert told == {**dict.fromkeys(own, "'self'"), **dict.fromkeys(nothing, "'none'")}


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "localhost:99999", "a b", "testserver@evil.example"])
def test_a_host_that_is_not_ours_gets_a_page_with_all_headers(host: str, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = Client().get(reverse("account_login"), HTTP_HOST=host)
    assert (answer.status_code, "made no sense" in answer.text, "evil" in answer.text) == (400, True, False)


def test_what_was_made_for_somebody_is_never_kept_whatever_the_view_says():
    request = RequestFactory().get("/")
    request.scope = object()
    kept = middleware.NothingStored(lambda _: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))
    assert kept(request).headers["Cache-Control"] == "no-store"
    assert kept(RequestFactory().get("/")).headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.django_db
def test_a_download_is_saved_and_never_shown():
    answer = cast.build().client("headteacher").get(reverse("my-standards-json"))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_a_fault_of_ours_is_kept_by_nobody_and_tells_nothing(monkeypatch: pytest.MonkeyPatch):
    def broken(request: object) -> None:
        raise RuntimeError("the password is swordfish")

    from headship.core.checks import every_pattern

    pattern = next(each for _, each in every_pattern() if each.name == "framework-list")
    broken.audience = pattern.callback.audience
    monkeypatch.setattr(pattern, "callback", broken)
    answer = Client(raise_request_exception=False).get(reverse("framework-list"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (500, "no-store")
    assert "The fault is ours." in answer.text
    assert not {word for word in ("swordfish", "Traceback", "RuntimeError", "framework-list") if word in answer.text}


def test_nobody_debugs_in_front_of_people():
    assert (chosen.DEBUG, chosen.SECURE_CONTENT_TYPE_NOSNIFF, chosen.X_FRAME_OPTIONS) == (False, True, "DENY")


@pytest.mark.django_db
def test_a_file_given_away_without_asking_again_is_found(monkeypatch: pytest.MonkeyPatch):
    client = cast.build().client("headteacher")
    answer = client.get(reverse("my-standards-json"))
    assert answers.faults(answer) == []
    monkeypatch.setattr(answer.resolver_match.func, "fresh", False)
    assert answers.faults(answer) == ["it gives a file away without fresh=True and limit=EXPORTS"]
