"""Tokens for programs: shown once, kept as a hash, no further than their permits, and ended at will."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.people import rules, tokens
from headship.people import token_actions as actions
from headship.people.models import Account, ApiToken
from tests import cast as everybody

ME = "/api/v1/me"
FORM = {"name": "Timetable", "permits": ["people:read", "schools:read"], "days": "90"}


@pytest.fixture
def cast(db):
    """Build the cast."""
    return everybody.build()


def shown(answer) -> str:
    """Return the token that a page shows."""
    found = re.search(r'value="(headship_[\w-]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def test_a_token_is_made_on_a_page_shown_once_and_works(cast):
    client = cast.client("teacher")
    token = shown(client.post("/account/tokens/make/", FORM))
    assert Client(headers={"Authorization": f"Bearer {token}"}).get(ME).json()["name"] == "Hari Teacher-Example"
    page = client.get("/account/tokens/").content.decode()
    assert ("Timetable" in page, token in page) == (True, False)
    kept = ApiToken.objects.get()
    assert token not in str(vars(kept))
    assert kept.token_hash == tokens.hash_of(token)


def test_making_one_asks_for_a_fresh_second_step(cast):
    client = cast.client("teacher")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp() - 601}]
    session.save()
    assert client.post("/account/tokens/make/", FORM).status_code == 302
    assert not ApiToken.objects.exists()


def test_a_token_needs_a_permit_that_there_is(cast):
    assert "at least one thing" in cast.client("teacher").post("/account/tokens/make/", {**FORM, "permits": []}).text
    for permits, lasts in ((["all:write"], tokens.LASTS[0]), ([], tokens.LASTS[0]), (["people:read"], timedelta(9999))):
        with pytest.raises(Unusable):
            actions.make_token(
                by=cast.scope("teacher", ""), at=timezone.now(), name="Wide", permits=permits, lasts=lasts
            )
    assert not ApiToken.objects.exists()


def test_there_is_an_end_to_how_many(cast):
    for _ in range(rules.TOKENS_MOST):
        cast.token("teacher")
    with pytest.raises(Refused, match="Revoke one"):
        actions.make_token(
            by=cast.scope("teacher", ""),
            at=timezone.now(),
            name="One more",
            permits=["people:read"],
            lasts=tokens.LASTS[0],
        )
    assert cast.client("teacher").get("/account/tokens/make/").status_code == 403


def test_a_revoked_token_ends_at_once_and_is_ones_own_to_revoke(cast):
    program = cast.program("teacher")
    key = ApiToken.objects.get().pk
    assert cast.client("headteacher").post(f"/account/tokens/{key}/revoke/").status_code == 404
    assert program.get(ME).status_code == 200
    assert cast.client("teacher").get(f"/account/tokens/{key}/revoke/").status_code == 302  # looking ends nothing
    assert program.get(ME).status_code == 200
    assert cast.client("teacher").post(f"/account/tokens/{key}/revoke/").status_code == 302
    answer = program.get(ME)
    assert (answer.status_code, "revoked" in answer.json()["detail"]) == (401, True)
    first = ApiToken.objects.get().revoked_at
    actions.revoke_token(by=cast.scope("teacher", ""), at=timezone.now(), token_id=key)
    assert ApiToken.objects.get().revoked_at == first


def test_making_and_revoking_are_audited_without_the_token(cast):
    made = actions.make_token(
        by=cast.scope("teacher", ""), at=timezone.now(), name="Mine", permits=["people:read"], lasts=tokens.LASTS[0]
    )
    actions.revoke_token(by=cast.scope("teacher", ""), at=timezone.now(), token_id=made.kept.pk)
    events = AuditEvent.objects.order_by("number")
    assert [each.action for each in events] == ["people.make_token", "people.revoke_token"]
    assert not any(made.token.encode() in bytes(each.canonical) for each in events)


def test_a_closed_account_has_no_tokens_that_work(cast):
    program = cast.program("teacher")
    Account.objects.filter(pk=cast.accounts["teacher"].pk).update(is_active=False)
    assert program.get(ME).status_code == 401


def test_a_leaver_sees_only_themselves(cast):
    program = cast.program("leaver")
    assert program.get(ME).json()["posts"] == []
    assert program.get("/api/v1/schools/990001/posts").status_code == 404


def test_last_use_is_noted_once_a_minute(cast, django_assert_num_queries):
    token, start = cast.token("teacher"), timezone.now()
    held = ApiToken.objects.get()
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        assert not isinstance(tokens.bearer(token, at=start + timedelta(seconds=seconds)), str)
        held.refresh_from_db()
        assert held.used_at == start + timedelta(seconds=noted)
    with django_assert_num_queries(1):
        tokens.bearer(token, at=start + timedelta(seconds=90))


@pytest.mark.parametrize("token", ["", "x", "headship_\ud800", "headship_" + "a" * 100_000, "ключ"])
def test_what_is_no_token_is_told_so(db, token):
    assert tokens.bearer(token, at=timezone.now()) == tokens.UNKNOWN
