"""The one write of somebody who was asked: their answers, once. Nothing of it is audited, timed or addressed."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from headship.core.actions import action
from headship.core.errors import Unusable
from headship.core.scope import Scope
from headship.voice.choices import State
from headship.voice.models import Invitation, Sheet
from headship.voice.sheets import Answers, sealed

OVER = "This survey is closed. Nothing was sent: what you wrote is on this device only."
ONCE = "Your answers were received before, and count once. Nothing more was sent."


@action("voice.answer", audited=False, because="who answered, and when, is what nobody may ever learn")
def answer(*, by: Scope, at: datetime, invitation: Invitation, answers: Answers) -> None:
    """Take somebody's answers, and let their link be used. Errors: Unusable when it was, or the survey is over."""
    now = Invitation.objects.select_for_update().select_related("survey").get(pk=invitation.pk)
    if now.survey.school_id != by.school_id or now.survey.state != State.OPEN or closed(now, at):
        raise Unusable(OVER)
    if now.used:
        raise Unusable(ONCE)
    Invitation.objects.filter(pk=now.pk).update(used=True)
    Sheet.objects.create(survey=now.survey, sealed=sealed(replace(answers, known=str(now.known))))


def closed(invitation: Invitation, at: datetime) -> bool:
    """Whether the last day to answer is over."""
    last: date = invitation.survey.closes_on
    return timezone.localdate(at) > last
