"""A letter that the mail server does not take loses nothing."""

import smtplib

import pytest
from django.test import Client
from django.urls import reverse

from headship.people import documents
from headship.people.models import Invitation
from tests import cast

ASKED = {"name": "Una Example", "email": "una@people.example", "role": "teacher", "title": ""}


@pytest.fixture
def no_mail(monkeypatch):
    def refuse(letter):
        raise smtplib.SMTPServerDisconnected("closed")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)


def test_an_invitation_stands_when_its_letter_cannot_be_mailed(db, no_mail):
    people = cast.build()
    starts = people.scope("headteacher").at
    day = {f"starts_on_{place}": part for place, part in enumerate((starts.day, starts.month, starts.year))}
    day |= {"starts_on_day": starts.day, "starts_on_month": starts.month, "starts_on_year": starts.year}
    client = people.client("headteacher")
    answer = client.post(reverse("people-invite", kwargs={"urn": cast.OWN}), ASKED | day, follow=True)
    assert answer.status_code == 200
    assert Invitation.objects.filter(email="una@people.example", withdrawn_at=None).count() == 1
    assert documents.NOT_SENT in answer.content.decode()


def test_a_form_from_elsewhere_is_answered_in_our_words(db):
    people = cast.build()
    client = Client(enforce_csrf_checks=True)
    client.cookies = people.client("headteacher").cookies
    answer = client.post(reverse("people-invite", kwargs={"urn": cast.OWN}), ASKED)
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()
