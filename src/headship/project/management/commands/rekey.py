"""`headship rekey`: change the secret key; later, with --finish, forget the one before."""

import os
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.utils import get_random_secret_key

from headship.core.sealed import seal, unseal
from headship.voice import actions as surveys

AFTER = (
    "The key is changed. Restart Headship. Nobody is signed out. After 14 days run `headship rekey --finish`: "
    "it seals anew what the old key sealed, and forgets that key."
)


class Command(BaseCommand):
    """Change the key that signs sessions and seals second steps, without signing anybody out."""

    help = "Change the secret key kept in the data folder (--finish: seal anew, and forget the old one)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --finish."""
        parser.add_argument("--finish", action="store_true", help="seal anew what older keys sealed, and forget them")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move the key among the old ones and write a new one, or finish. Errors: CommandError."""
        del args
        kept, old = Path(settings.FOLDER, "secret-key"), Path(settings.FOLDER, "old-secret-keys")
        if options["finish"]:
            count, waiting = seal_anew(), surveys.seal_anew()
            told = f"{count} second steps and {waiting} links and answers of open surveys sealed anew."
            self.stdout.write(f"{told} The old keys are forgotten.")
            old.unlink(missing_ok=True)
            return
        if not kept.exists() or kept.read_text().strip() != settings.SECRET_KEY:
            raise CommandError(
                "The key in use comes from the environment. Set the new one there, and the old one in "
                "HEADSHIP_OLD_SECRET_KEYS; take it out again after `headship rekey --finish`."
            )
        write(old, "\n".join([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]) + "\n")
        write(kept, get_random_secret_key())
        self.stdout.write(AFTER)


def seal_anew() -> int:
    """Seal every second step with the key of now; return how many."""
    held = list(Authenticator.objects.filter(type__in=(Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)))
    for each in held:
        each.data |= {name: seal(unseal(each.data[name])) for name in ("secret", "seed") if name in each.data}
        each.save(update_fields=["data"])
    return len(held)


def write(path: Path, text: str) -> None:
    """Write a file for its owner alone, whole or not at all."""
    beside = path.with_name(f"{path.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
