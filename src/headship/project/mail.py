"""The mail server from one address: nothing for the console, or smtp://user:password@host:port (smtps:// for TLS)."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def from_address(address: str) -> dict[str, Any]:
    """Return Django's settings of the default mailer.

    >>> from_address("")["BACKEND"]
    'django.core.mail.backends.console.EmailBackend'
    >>> from_address("smtp://headship:secret@mail.example:587")["OPTIONS"]["use_tls"]
    True
    """
    if not address:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("HEADSHIP_MAIL must look like smtp://user:password@host:587.")
    secure = parts.scheme == "smtps"
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if secure else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": secure,
            "use_tls": not secure and parts.port != 25,
            "timeout": 10,
        },
    }
