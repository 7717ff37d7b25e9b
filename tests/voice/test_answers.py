"""Answers: taken once, sealed, undated, unlogged, and gone when the survey closes."""

import base64
import logging
import re

import pytest
from django.test import Client

from headship.core.errors import Unusable
from headship.core.models import AuditEvent
from headship.core.sealed import MARK
from headship.core.visibility import Visibility
from headship.voice import actions, own_actions, queries, sheets
from headship.voice.answer_forms import AnswerForm
from headship.voice.models import Comment, Figure, Invitation, Sheet, Survey
from tests.voice import flow
from tests.voice.flow import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(cast):
    return flow.ask(cast, flow.begin(cast), flow.asked(flow.staff(cast, 12), "Teachers"))


def test_a_sheet_tells_neither_when_it_was_sealed_nor_how_much_was_written(survey):
    few, many = survey.invitations.all()[:2]
    flow.answer(survey, few, {"load": 1})
    flow.answer(survey, many, {"load": 1}, {"one-thing": "x" * 1500})
    seals = [each.sealed.removeprefix(MARK) for each in Sheet.objects.all()]
    assert [base64.urlsafe_b64decode(each)[1:9] for each in seals] == [bytes(8), bytes(8)]
    assert len({len(each) for each in seals}) == 1


def test_answering_writes_no_audit_event_and_no_line(cast, survey, caplog):
    before = AuditEvent.objects.count()
    link = f"/answer/{flow.token_of(survey.invitations.first())}"
    with caplog.at_level(logging.INFO):
        Client().get(link)
        Client().post(link, {"q-load": "2"})
        Client().get("/health")
    assert AuditEvent.objects.count() == before
    assert [each.told["route"] for each in caplog.records if hasattr(each, "told")] == ["/health"]


def test_an_answer_meets_no_session_even_of_somebody_signed_in(cast, survey):
    client = cast.client("teacher")
    link = f"/answer/{flow.token_of(survey.invitations.first())}"
    page = client.get(link)
    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert cast.people["teacher"].name not in page.content.decode()
    before = client.session.items()
    client.post(link, {"q-load": "2"})
    assert client.session.items() == before


def test_a_second_answer_and_a_late_one_are_refused(cast, survey):
    first, second = survey.invitations.all()[:2]
    flow.answer(survey, first, {"load": 1})
    with pytest.raises(Unusable, match="count once"):
        flow.answer(survey, first, {"load": 2})
    Survey.objects.filter(pk=survey.pk).update(closes_on=survey.made_on.replace(year=2020))
    with pytest.raises(Unusable, match="closed"):
        flow.answer(survey, second, {"load": 1})
    assert Sheet.objects.count() == 1


def test_nobody_knows_an_unknown_link(cast, survey):
    assert Client().get("/answer/nothing").status_code == 404


def test_cannot_say_is_no_score(survey):
    question = next(each for each in queries.questions(survey) if each.code == "load")
    given = [sheets.Answers({}, {"load": 3}), sheets.Answers({}, {"load": sheets.UNSURE}), sheets.Answers({})]
    assert sheets.scores(given, question) == [3, None, None]


def test_a_writer_is_warned_of_naming_somebody_and_may_send_it_all_the_same(cast, survey):
    link = f"/answer/{flow.token_of(survey.invitations.first())}"
    written = {"q-one-thing": "Ask Fatima Deputy-Example's team."}
    page = Client().post(link, written).content.decode()
    assert "Your words may name somebody: Deputy-Example and Fatima" in page
    assert Sheet.objects.count() == 0
    Client().post(link, {**written, "as_it_is": "on"})
    assert Sheet.objects.count() == 1


def test_ordinary_words_warn_of_nobody(survey):
    form = AnswerForm(
        {"q-one-thing": "Plain lessons. Teachers need time"},
        questions=queries.questions(survey),
        group="",
        names=["Bola Chair-Example"],
    )
    assert form.is_valid()
    assert form.people == []


def test_a_draft_and_a_survey_of_nobody_say_so(cast):
    draft = flow.begin(cast)
    made = Invitation.objects.create(survey=draft, token_hash=queries.hash_of("x"), sealed_token="")
    assert "not open yet" in Client().get("/answer/x").content.decode()
    assert made.used is False


def test_how_somebody_sees_themselves_is_kept_for_them(cast):
    survey = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
    own_actions.see_myself(by=cast.scope("headteacher"), at=AT, survey=survey.pk, steps={"listens": 3})
    survey.refresh_from_db()
    assert survey.own == {"listens": 3}
    page = cast.client("headteacher").get(f"/schools/{cast.school.urn}/surveys/{survey.pk}/own").content.decode()
    assert re.search(r'name="q-listens"[^>]*value="3"[^>]*checked', page)


def test_codes_are_printed_for_whoever_runs_it(cast):
    survey = flow.begin(cast, **flow.UNNAMED)
    by = cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=1, group="Year 5", count=6)
    actions.open_survey(by=by, at=AT, survey=survey.pk, version=2)
    given = cast.client("headteacher").get(f"/schools/{cast.school.urn}/surveys/{survey.pk}/codes")
    assert given.content[:5] == b"%PDF-"
    assert Figure.objects.count() == Comment.objects.count() == 0
