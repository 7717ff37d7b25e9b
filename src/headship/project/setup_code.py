"""Who may set an empty installation up: somebody at this very computer, or with the code its console shows."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from headship.people.models import Account

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read for another
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
KNOWN = "set_up_by_code"
CONNECTIONS = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))


def renewed() -> str:
    """Make a new code, keep its hash and return the code; empty once somebody has an account, and no file is left."""
    kept = _kept()
    if Account.objects.exists():
        kept.unlink(missing_ok=True)
        return ""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(_hashed(code))
    return code


def fits(code: str) -> bool:
    """Whether a code is the one the console showed last."""
    kept = _kept()
    return kept.exists() and hmac.compare_digest(kept.read_text(), _hashed(code))


def forget() -> None:
    """Remove what is kept of the code: it works once."""
    _kept().unlink(missing_ok=True)


def admitted(request: HttpRequest) -> bool:
    """Whether a request comes from whoever runs this server, at this computer, or from somebody who gave the code.

    A proxy on this computer comes from the loopback too, often without a word of whom it speaks for; it runs as
    somebody else, so the system is asked whose the connection is. Where the system does not tell, the code is needed.
    """
    if request.session.get(KNOWN):
        return True
    between = any(name in request.META for name in FORWARDED)
    at_hand = _is_loopback(request.META.get("REMOTE_ADDR", "")) and _is_our_own(request)
    return not settings.SECURE and not between and at_hand


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_our_own(request: HttpRequest) -> bool:
    """Whether the other end of a connection belongs to the account of this computer that runs this server."""
    ends = (request.META.get("REMOTE_PORT", ""), request.META.get("SERVER_PORT", ""))
    if not all(end.isdecimal() for end in ends):
        return False
    wanted = [f"{int(end):04X}" for end in ends]
    owners = {row[7] for row in _connections() if [each.rpartition(":")[2] for each in row[1:3]] == wanted}
    return owners == {str(os.geteuid())}


def _connections() -> Iterator[list[str]]:
    """Yield the system's rows of connections: second this end, third the other end, eighth whose it is."""
    for table in CONNECTIONS:
        if table.exists():
            yield from (line.split() for line in table.read_text().splitlines()[1:])


def _kept() -> Path:
    return Path(settings.FOLDER, "setup-code")


def _hashed(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()
