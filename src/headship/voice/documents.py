"""What is mailed to somebody who is asked: one link, and what becomes of their answers."""

import logging

from django.core.mail import EmailMessage

from headship.core.pages import in_words
from headship.voice.models import Invitation

LOG = logging.getLogger(__name__)


def send_link(invitation: Invitation, link: str) -> bool:
    """Mail somebody their link; False where the mail server does not take it."""
    survey = invitation.survey
    to = invitation.email or (invitation.person.email if invitation.person else "")
    subject = " ".join(f"{survey.school.name} asks: {survey.title}".split())  # a header has one line
    try:
        EmailMessage(subject=subject, body=words(invitation, link), to=[to]).send()
    except OSError:  # what every fault of SMTP or of the network is
        LOG.exception("A link to a survey could not be sent.")
        return False
    return True


def words(invitation: Invitation, link: str) -> str:
    """Return what the mail says."""
    survey = invitation.survey
    opening = f"{survey.opening}\n\n" if survey.opening else ""
    return (
        f"{opening}Answer until {in_words(survey.closes_on)}, once, on any device and without signing in:\n\n{link}\n\n"
        "Your answers are kept without your name. They are counted when the survey closes, and then deleted; "
        f"nothing is ever shown of fewer than {survey.fewest} answers. This link is yours: do not pass it on.\n"
    )
