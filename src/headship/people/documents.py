"""The letter that invites somebody, by mail."""

from django.core.mail import EmailMessage

from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people.models import Invitation


def send_letter(invitation: Invitation, link: str, *, by: Scope, place_name: str) -> None:
    """Send the letter. Its link is the only copy of the token, but for the page shown to the inviter."""
    EmailMessage(
        subject=" ".join(f"Headship: {by.name} invites you to {place_name}".split()),  # a header has one line
        body=words(invitation, link, by_name=by.name, place_name=place_name),
        to=[invitation.email],
    ).send()


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
