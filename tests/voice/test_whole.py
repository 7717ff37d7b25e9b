"""A survey as people go through it: prepared, asked, answered, closed, read, and something done about it."""

import pytest
from django.test import Client

from headship.voice.models import Comment, Figure, Invitation, Sheet
from tests.voice import flow

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """An open pulse that twelve teachers and six of the support staff are asked."""
    survey = flow.begin(cast)
    teachers, others = flow.staff(cast, 12), flow.staff(cast, 6, "support_staff")
    return flow.ask(cast, survey, flow.asked(teachers, "Teachers") | flow.asked(others, "Support staff"))


def all_answer(survey, *, words=True):
    for at, each in enumerate(survey.invitations.order_by("person__name")):
        said = {"one-thing": f"Shorter meetings {at}"} if words else {}
        flow.answer(survey, each, {"look-forward": at % 5, "load": 4 - at % 5, "backed": 4}, said)


def test_a_closed_survey_holds_figures_and_no_answer(cast, asked):
    all_answer(asked)
    assert Sheet.objects.count() == 18
    closed = flow.close(cast, asked)
    assert (closed.state, closed.answered, Sheet.objects.count()) == ("closed", 18, 0)
    whole = Figure.objects.get(survey=closed, question="look-forward", group="")
    assert (whole.count, sum(whole.spread)) == (18, 18)
    nearly = Figure.objects.get(survey=closed, question="backed", group="")
    assert (nearly.nearly, nearly.mean, nearly.spread) == (4, None, None)
    assert Comment.objects.count() == 18


def test_a_link_answers_once_and_takes_no_cookie(cast, asked):
    link = f"/answer/{flow.token_of(asked.invitations.first())}"
    client = Client()
    page = client.get(link)
    assert page.status_code == 200
    assert not page.cookies
    sent = client.post(link, {"q-look-forward": "3", "q-one-thing": "Less paper"})
    assert (sent.status_code, sent["Location"]) == (302, link)
    assert "Thank you" in client.get(link).content.decode()
    client.post(link, {"q-look-forward": "1"})
    assert Sheet.objects.count() == 1
    assert Invitation.objects.filter(used=True).count() == 1


def test_the_pages_of_the_head(cast, asked):
    head = cast.client("headteacher")
    base = f"/schools/{cast.school.urn}/surveys/"
    for path in ("", "new", "new/staff_pulse", f"{asked.pk}", f"{asked.pk}/preview"):
        assert head.get(base + path).status_code == 200, path
    all_answer(asked)
    flow.close(cast, asked)
    page = head.get(f"{base}{asked.pk}").content.decode()
    assert "Shorter meetings" in page
