"""`headship mail_test ADDRESS`: send one letter and say plainly whether the mail server took it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError

WORDS = (
    "This letter was sent by `headship mail_test`. If you read it, letters of invitation and forgotten passwords "
    "reach people.\n\nLook where it arrived: if it lies among the junk, ask whoever runs your mail for SPF and DKIM "
    "for the address it came from.\n"
)
NO_SERVER = "No mail server is set: letters are only printed by the server. Set HEADSHIP_MAIL, then try again."


class Command(BaseCommand):
    """Try the mail server with the settings that real letters use."""

    help = "Send a letter to an address, to see whether mail is set up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("address", help="an address of yours")

    def handle(self, *args: Any, **given: Any) -> None:
        """Send it. Errors: CommandError with what the mail server said."""
        del args
        if settings.MAILERS["default"]["BACKEND"].endswith("console.EmailBackend"):
            raise CommandError(NO_SERVER)
        letter = EmailMessage(subject="Headship: your mail works", body=WORDS, to=[given["address"]])
        try:
            letter.send()
        except OSError as fault:  # what every fault of SMTP or of the network is
            raise CommandError(f"The mail server did not take it: {fault}") from None
        self.stdout.write(f"The mail server took a letter from {settings.DEFAULT_FROM_EMAIL}. Look whether it arrives.")
