"""The look at every answer finds what is planted, and nothing in our own; the headers as browsers must get them."""

import pytest
from django.conf import settings as chosen
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from headship.core import middleware
from headship.core.scope import installation_scope
from headship.standards import actions as standards
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


@pytest.mark.django_db
def test_who_may_keep_what():
    """Public exchange may be kept by caches, never with somebody's cookie; the API and all else by nobody."""
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    made = cast.build()
    told = {"Authorization": f"Bearer {made.token('headteacher')}"}
    stranger, head = Client(), made.client("headteacher")
    case, older = "/ims/case/v1p1/CFDocuments", "/ims/case/v1p0/CFDocuments"
    found = {
        (each, who): client.get(each, headers=headers).headers
        for who, client, headers in (("stranger", stranger, {}), ("head", head, {}), ("program", stranger, told))
        for each in (case, older, f"{case}/not-there", "/api/v1/me", "/api/v1/frameworks", "/account/", "/standards/")
    }
    kept = {key: headers["Cache-Control"] for key, headers in found.items() if headers["Cache-Control"] != "no-store"}
    assert kept == {
        **{(each, who): "public, max-age=300" for each in (case, older) for who in ("stranger", "program")},
        **{(each, "head"): "private, max-age=300" for each in (case, older)},
    }
    varying = {key for key, headers in found.items() if "Cookie" in headers.get("Vary", "")}
    assert {key for key in found if key[0] in {case, older}} <= varying
    assert not [key for key, headers in found.items() if key in kept and "Set-Cookie" in headers]
