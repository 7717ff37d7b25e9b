"""What stands around every answer of the API: problems, versions, once and no more, parts of lists, limits."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from headship.core import limits, problems
from headship.core.scope import installation_scope
from headship.people.models import ApiToken
from headship.standards import actions as standards
from headship.strategy import queries
from headship.strategy.models import Decision
from tests import cast as everybody

HERE = "/api/v1/schools/990001"
JSON = "application/json"


@pytest.fixture
def cast(db):
    """Build the cast, with the frameworks loaded."""
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return everybody.build()


def decision(**more):
    """Return a decision as a program writes it."""
    day = timezone.localdate().isoformat()
    return {"what": "Read daily", "decided_on": day, "visibility": "staff", **more}


def note(program, once=None, **more):
    """Note a decision."""
    mark = {"Idempotency-Key": str(once or uuid4())}
    return program.post(f"{HERE}/decisions", json.dumps(decision(**more)), content_type=JSON, headers=mark)


def problem(answer):
    """Return the kind and sentence of a problem, having seen that it is one."""
    assert answer.headers["Content-Type"] == problems.MEDIA_TYPE, answer.content
    told = answer.json()
    assert told["status"] == answer.status_code
    assert {"type", "title", "status", "detail"} <= set(told)
    return told["type"].removeprefix("/api/#"), told["detail"]


def test_a_decision_is_noted_once_by_its_mark_and_leads_to_itself(cast):
    program, once = cast.program("headteacher"), uuid4()
    first, again = note(program, once), note(program, once)
    assert (first.status_code, again.status_code, Decision.objects.count()) == (201, 201, 1)
    assert first.json()["id"] == again.json()["id"]
    assert program.get(first["Location"]).json() == first.json()


def test_a_write_goes_by_the_version_that_was_read(cast):
    program = cast.program("headteacher")
    made = note(program)
    at, etag = made["Location"], made["ETag"]
    body = json.dumps(decision(what="Read twice daily"))
    assert problem(program.put(at, body, content_type=JSON))[0] == "no-version"
    changed = program.put(at, body, content_type=JSON, headers={"If-Match": etag})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    kind, sentence = problem(program.put(at, body, content_type=JSON, headers={"If-Match": etag}))
    assert (kind, sentence[:31]) == ("changed", "Somebody changed this decision ")
    assert program.get(at)["ETag"] == changed["ETag"]


def test_what_has_not_changed_is_not_sent_again(cast):
    program = cast.program("headteacher")
    at = note(program)["Location"]
    read = program.get(at)
    again = program.get(at, headers={"If-None-Match": read["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", read["ETag"])
    assert program.get(at, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_list_comes_in_parts_that_lead_to_one_another(cast):
    program = cast.program("headteacher")
    for number in range(5):
        note(program, what=f"Decision {number}")
    seen, address = [], f"{HERE}/decisions?limit=2"
    while address:
        answer = program.get(address)
        assert answer.json()["total"] == 5
        seen += [each["what"] for each in answer.json()["items"]]
        links = dict(reversed(part.split("; rel=")) for part in answer.headers.get("Link", "").split(", ") if part)
        address = links.get('"next"', "").strip("<>")
    assert seen == [each.what for each in queries.standing(cast.scope("headteacher"), queries.Filter())]
    assert 'rel="prev"' in program.get(f"{HERE}/decisions?limit=2&offset=1")["Link"]
    assert "Link" not in program.get(f"{HERE}/decisions").headers


def test_a_list_costs_the_same_at_one_row_and_at_three(cast, django_assert_num_queries):
    program = cast.program("headteacher")
    note(program)
    program.get(f"{HERE}/decisions")
    for _ in range(2):
        with django_assert_num_queries(5):  # the token, its person's posts, how many, which, and their values
            assert program.get(f"{HERE}/decisions").status_code == 200
        note(program)
        note(program)


@pytest.mark.parametrize(
    ("method", "path", "sent", "kind"),
    [
        ("GET", "/api/v1/nothing", {}, "not-found"),
        ("GET", f"{HERE}/decisions/999", {}, "not-found"),
        ("GET", "/api/v1/schools/990002", {}, "not-found"),
        ("DELETE", f"{HERE}/decisions", {}, "wrong-method"),
        ("GET", f"{HERE}/decisions?limit=101", {}, "invalid"),
        ("GET", f"{HERE}/decisions?year=1066", {}, "unusable"),
        ("POST", f"{HERE}/values", {"data": "{"}, "unusable"),
        ("POST", f"{HERE}/values", {"data": "[" * 100_000}, "unusable"),
        ("POST", f"{HERE}/values", {"data": "{}", "content_type": "text/plain"}, "not-json"),
        ("POST", f"{HERE}/values", {"data": json.dumps({"name": "x" * 3_000_000})}, "too-large"),
        ("POST", f"{HERE}/values", {"data": json.dumps({"name": "a\0b"})}, "invalid"),
        ("POST", f"{HERE}/values", {"data": r'{"name": "\ud800"}'}, "invalid"),
        ("POST", f"{HERE}/values", {"data": json.dumps({"name": "Kind", "colour": "red"})}, "invalid"),
        ("POST", f"{HERE}/decisions", {"data": json.dumps({})}, "invalid"),
    ],
)
def test_every_error_is_a_problem(cast, method, path, sent, kind):
    answer = cast.program("headteacher").generic(method, path, **{"content_type": JSON, **sent})
    assert problem(answer)[0] == kind
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_error_names_the_part_and_not_what_was_sent(cast):
    answer = cast.program("headteacher").post(
        f"{HERE}/values", json.dumps({"name": "", "meaning": 5, "canary": "Uma"}), content_type=JSON
    )
    assert {each["where"] for each in answer.json()["errors"]} == {
        "body.name",
        "body.meaning",
        "body.canary",
    }
    assert "Uma" not in answer.text


def test_a_mark_that_is_none_is_told_so(cast):
    answer = cast.program("headteacher").post(f"{HERE}/decisions", json.dumps(decision()), content_type=JSON)
    assert problem(answer) == (
        "unusable",
        "Send a new UUID in the header Idempotency-Key, and the same one if you must send it again.",
    )


def test_a_refusal_carries_the_rules_sentence(cast):
    kind, sentence = problem(cast.program("teacher").post(f"{HERE}/values", "{}", content_type=JSON))
    assert (kind, sentence) == (
        "refused",
        "The school's values are kept by the headteacher and the chair of governors. Ask one of them.",
    )


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(cast, monkeypatch):
    program = cast.program("headteacher")
    program.raise_request_exception = False

    def broken(scope):
        raise LookupError("secret-detail")

    monkeypatch.setattr(queries, "values", broken)
    answer = program.get(f"{HERE}/values")
    assert problem(answer)[0] == "broken"
    assert "secret-detail" not in answer.text


def test_cookies_count_for_nothing(cast):
    answer = cast.client("headteacher").get("/api/v1/me")
    assert problem(answer)[0] == "no-token"
    assert answer["WWW-Authenticate"] == 'Bearer realm="Headship"'
    assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_token_may_ask_so_often_and_no_more_whatever_the_process(cast):
    program, other = cast.program("headteacher"), cast.program("headteacher")
    who = str(ApiToken.objects.order_by("pk").first().pk)
    for _ in range(limits.PROGRAMS.amount // limits.AHEAD - 1):
        limits.spend(limits.PROGRAMS, who, many=limits.AHEAD)  # as other processes do
    for _ in range(limits.AHEAD):
        assert program.get("/api/v1/me").status_code == 200
    answer = program.get("/api/v1/me")
    assert problem(answer)[0] == "too-many"
    assert 0 < int(answer["Retry-After"]) <= limits.PROGRAMS.seconds
    assert other.get("/api/v1/me").status_code == 200


def test_anybody_may_read_the_standards(cast):
    found = Client().get("/api/v1/frameworks/nse-2015/statements/1.1").json()
    assert (found["code"], found["counterparts"][0]["framework"]) == ("1.1", "headteachers-2020")


def test_the_documentation_says_every_endpoint_and_asks_nobody_else(cast):
    from headship.project.described import ENDPOINTS

    areas = {each.area for each in ENDPOINTS}
    pages = {area: Client().get(f"/api/{area}/").text for area in areas}
    assert [each.name for each in ENDPOINTS if f'id="{each.name}"' not in pages[each.area]] == []
    overview = Client().get("/api/").text
    assert [kind.code for kind in problems.KINDS if f'id="{kind.code}"' not in overview] == []
    assert not any("<script src" in page or "cdn" in page for page in pages.values())
    assert Client().get("/api/nothing/").status_code == 404
    assert Client().get("/api/openapi.json").json()["openapi"] == "3.1.0"
