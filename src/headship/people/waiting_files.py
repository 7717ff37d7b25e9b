"""A file that waits until its columns are named: sealed, with a key that only its reader's browser holds.

So a copy of the database tells nobody's UPN, though the file waits in it; without the browser it is brought again.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from headship.core.errors import Unusable

COOKIE = "waiting-file"
KEPT_FOR = 60 * 60  # seconds
LOST = "This browser no longer holds the key to the file. Nothing was kept of it: bring it again."


def seal(content: bytes) -> tuple[bytes, str]:
    """Return the file sealed, and its key.

    >>> sealed, key = seal(b"UPN")
    >>> unseal(sealed, key)
    b'UPN'
    """
    key = Fernet.generate_key()
    return Fernet(key).encrypt(content), key.decode()


def unseal(sealed: bytes, key: str) -> bytes:
    """Return a file that was sealed. Errors: Unusable where the key is not its own."""
    try:
        return Fernet(key).decrypt(sealed)
    except (InvalidToken, ValueError) as fault:
        raise Unusable(LOST) from fault


@contextmanager
def on_disk(content: bytes) -> Iterator[Path]:
    """Write a file where the limited process can read it, for as long as it takes."""
    with tempfile.NamedTemporaryFile(dir=settings.FOLDER, prefix="waiting-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)


def give_key(response: HttpResponse, key: str, path: str) -> HttpResponse:
    """Give a browser the key to the file whose pages lie under a path, and to no other."""
    response.set_cookie(
        COOKIE,
        key,
        max_age=KEPT_FOR,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


@contextmanager
def opened(request: HttpRequest, sealed: bytes) -> Iterator[Path]:
    """Unseal a file with the key that the browser holds, on disk for as long as it takes. Errors: Unusable."""
    with on_disk(unseal(sealed, request.COOKIES.get(COOKIE, ""))) as path:
        yield path
