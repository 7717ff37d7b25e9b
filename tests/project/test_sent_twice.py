"""What a form sent twice leaves, and what the same words said later leave. All forms at once: row g of assurance."""

from datetime import timedelta

import pytest
from django.utils import timezone

from headship.core.errors import Unusable
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.evidence.choices import State
from headship.evidence.models import Entry, Reflection
from headship.people import actions as people
from headship.people.models import Invitation
from headship.standards import actions as standards
from headship.standards.models import Characteristic
from tests import cast as everybody


@pytest.fixture
def cast(db):
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return everybody.build()


def test_a_reflection_sent_twice_is_one_and_said_again_later_is_another(cast):
    by = cast.scope("headteacher")
    said = {"characteristic_id": Characteristic.objects.get(code="1.1", framework__code="nse-2015").pk}
    first = evidence.write_reflection(by=by, at=by.at, state=State.NOTICING, words="So", **said)
    again = evidence.write_reflection(by=by, at=by.at, state=State.NOTICING, words="So", **said)
    assert (again.pk, Reflection.objects.count()) == (first.pk, 1)
    evidence.write_reflection(by=by, at=by.at + timedelta(days=90), state=State.NOTICING, words="So", **said)
    evidence.write_reflection(by=by, at=by.at + timedelta(days=90), state=State.NOTICING, words="Other", **said)
    assert Reflection.objects.count() == 3


def test_a_note_sent_twice_is_one_and_another_day_is_another(cast):
    by = cast.scope("headteacher")
    said = {"code": "1.1", "words": "Parents' evening", "visibility": Visibility.STAFF}
    first = evidence.note_evidence(by=by, at=by.at, occurred_on=by.at.date(), **said)
    assert evidence.note_evidence(by=by, at=by.at, occurred_on=by.at.date(), **said) == first
    assert Entry.objects.count() == 1
    evidence.note_evidence(by=by, at=by.at, occurred_on=by.at.date() - timedelta(days=1), **said)
    assert Entry.objects.count() == 2


def test_an_invitation_sent_twice_is_one_letter(cast):
    by = cast.scope("headteacher")
    said = {"name": "Uma New-Example", "email": "Uma@people.example", "starts_on": by.at.date()}
    first = people.invite(by=by, at=by.at, role=Role.TEACHER, **said).invitation
    with pytest.raises(Unusable, match=r"uma@people.example has an open invitation to this post already"):
        people.invite(by=by, at=by.at, role=Role.TEACHER, **said)
    people.invite(by=by, at=by.at, role=Role.SUPPORT_STAFF, **said)
    people.withdraw_invitation(by=by, at=by.at, invitation_id=first.pk)
    people.invite(by=by, at=by.at, role=Role.TEACHER, **said)
    assert Invitation.objects.filter(withdrawn_at=None).count() == 2


def test_a_letter_from_the_trust_sent_twice_is_one(cast):
    by = cast.scope("trust_leader", "trust")
    said = {"name": "Uma New-Example", "email": "uma@people.example", "starts_on": by.at.date()}
    people.invite_to_school_of_trust(by=by, at=by.at, school_id=cast.school.pk, role=Role.HEADTEACHER, **said)
    with pytest.raises(Unusable, match=r"already"):
        people.invite_to_school_of_trust(by=by, at=by.at, school_id=cast.school.pk, role=Role.HEADTEACHER, **said)
    assert Invitation.objects.count() == 1
