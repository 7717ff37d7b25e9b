"""What is mailed to somebody who is asked: one link, and what becomes of their answers."""

import logging

from django.core.mail import EmailMessage

from headship.core.pages import in_words
from headship.voice import translation_queries
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
        f"{_other_languages(invitation, link)}"
        "Your answers are kept without your name. They are counted when the survey closes, and then deleted; "
        f"nothing is ever shown of fewer than {survey.fewest} answers. This link is yours: do not pass it on.\n"
        f"{_no_more(invitation, link)}"
    )


def _other_languages(invitation: Invitation, link: str) -> str:
    """Say in which other languages it can be answered, each in its own name."""
    offered = translation_queries.offered(invitation.survey)
    return "".join(f"{each.own}:\n{link}?in={each.code}\n\n" for each in offered)


def _no_more(invitation: Invitation, link: str) -> str:
    """Say to those who are known by an address alone what becomes of it, and how no more mail comes."""
    if not invitation.email:
        return ""
    return (
        "\nYou get this because the school wrote your address down for this survey. It is deleted when the survey "
        f"closes. If you want no reminder, the address is deleted at once here:\n\n{link}/no-more\n"
    )
