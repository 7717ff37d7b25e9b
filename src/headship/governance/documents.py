"""The daily mail that carries checkpoints away from the machine. Plain ASCII: the mail itself is a file to verify."""

import logging
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils import timezone

from headship.core import audit
from headship.core.models import Checkpoint
from headship.core.scope import installation_scope
from headship.governance import actions, queries

LOG = logging.getLogger(__name__)


def send_checkpoints(at: datetime) -> str:
    """Mail each school's newest checkpoint to those who got none today, and say how many mails went out.

    Nothing is locked while mail is handed in. A mail that fails is tried again next time.
    """
    count = 0
    for each in queries.due(timezone.localdate(at)):
        own = audit.sign(each.school_id, at)
        signed = [found for found in (own, audit.sign(queries.INSTALLATION, at)) if found]
        sent = [key for key, address in each.addresses.items() if send(address, each.name, signed)]
        if sent and own:
            by = installation_scope(at)
            actions.tell_sent(by=by, at=at, school_id=each.school_id, reader_ids=sent, length=own.length)
        count += len(sent)
    return f"{count} checkpoints mailed."


def send(address: str, name: str, checkpoints: list[Checkpoint]) -> bool:
    """Mail checkpoints to one person; False where the mail server does not take it."""
    of = " ".join(name.split()).encode("ascii", "replace").decode()
    letter = EmailMessage(subject=f"Headship: checkpoint of {of}", body=words(of, checkpoints), to=[address])
    try:
        letter.send()
    except OSError:  # what every fault of SMTP or of the network is
        LOG.exception("A checkpoint could not be mailed.")
        return False
    return True


def words(name: str, checkpoints: list[Checkpoint]) -> str:
    """Return what the mail says."""
    blocks = "\n".join(each.text for each in checkpoints)
    return (
        f"This mail proves what the audit log of {name} was today.\n\n"
        "Keep it: do nothing else. A folder of these mails is enough.\n\n"
        "Should anybody ever doubt the log, give these mails, saved as files, to whoever checks it.\n"
        "They run: headship verify --checkpoints FILE...\n"
        "A changed, removed or added event that was in the log today is then found, even where the\n"
        "whole server and its signing key were in the wrong hands.\n\n"
        "It holds no personal data: only lengths and fingerprints. The second one is the log of the\n"
        "whole installation.\n\n"
        f"{blocks}"
    )
