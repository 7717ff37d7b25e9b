"""The letter that invites somebody, by mail."""

import logging

from django.core.mail import EmailMessage

from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people.models import Invitation

LOG = logging.getLogger(__name__)
NOT_SENT = (
    "The letter could not be mailed: the mail server did not take it. The invitation stands; send it again later."
)


def send_letter(invitation: Invitation, link: str, *, by: Scope, place_name: str) -> bool:
    """Send the letter; False where the mail server does not take it (the invitation stands, and can be renewed).

    Its link is the only copy of the token, but for the page shown to the inviter.
    """
    letter = EmailMessage(
        subject=" ".join(f"Headship: {by.name} invites you to {place_name}".split()),  # a header has one line
        body=words(invitation, link, by_name=by.name, place_name=place_name),
        to=[invitation.email],
    )
    try:
        letter.send()
    except OSError:  # what every fault of SMTP or of the network is
        LOG.exception("A letter of invitation could not be sent.")
        return False
    return True


def words(invitation: Invitation, link: str, *, by_name: str, place_name: str) -> str:
    """Return what the letter says."""
    role = Role(invitation.role)
    return (
        f"Dear {invitation.name},\n\n"
        f"{by_name} invites you to join {place_name} on Headship as {role.words.lower()}.\n"
        f"{role.meaning}\n\n"
        f"Open this address to begin. It works once, until {in_words(invitation.expires_at)}:\n\n{link}\n\n"
        "If you do not know what this is about, do nothing: nobody else can use it.\n"
    )
