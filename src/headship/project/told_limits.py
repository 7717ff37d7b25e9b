"""Every limit there is, told in one table that is written from the code (docs/reference/limits.md)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from allauth.account import app_settings as sign_in
from allauth.mfa import app_settings as factors
from django.conf import settings

from headship.core import limits, shapes, strict_json, tabular
from headship.outcomes import pupil_files, pupil_views
from headship.people import actions, passwords, roster_views, rosters, rules, sessions, tokens
from headship.project import arriving, server, uploads
from headship.schools import imports

MEGABYTE = 1024 * 1024
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
WORDS = {
    "login": "Tries to sign in",
    "login_failed": "Wrong passwords or codes",
    "reset_password": "Asking for a new password",
    "reset_password_from_key": "Opening the letter of a new password",
    "change_password": "Changing one's password",
    "reauthenticate": "Showing the second step or password again",
}
PER = {"ip": "address", "key": "account or address typed", "user": "account"}
type Line = tuple[str, str, str]


def table() -> tuple[Line, ...]:
    """Return what is limited, to how much, and for whom or where.

    >>> ("Idle sign-in", "30 minutes", "session") in table()
    True
    """
    return (*_counted(), *_lasting(), *_sizes(), *_server())


def span(seconds: float) -> str:
    """Return a time in words.

    >>> span(3600), span(300), span(60), span(10)
    ('1 hour', '5 minutes', '1 minute', '10 seconds')
    """
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= length and not seconds % length:
            count = int(seconds // length)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds:g} seconds"


def _counted() -> Iterator[Line]:
    """Tell what is counted: by us, then by the sign-in library under our settings."""
    for each in limits.LIMITS:
        yield each.words, f"{each.amount} in {span(each.seconds)}", each.per
    for name, told in settings.ACCOUNT_RATE_LIMITS.items():
        for part in told.split(","):
            amount, period, per = part.split("/")
            seconds = int(period[:-1] or 1) * UNITS[period[-1]]
            yield WORDS[name], f"{amount} in {span(seconds)}", PER[per]
    yield "Tokens that work at once", f"{rules.TOKENS_MOST}", "account"


def _lasting() -> Iterator[Line]:
    """Tell what ends by itself."""
    yield "Idle sign-in", span(sessions.IDLE.total_seconds()), "session"
    yield "Sign-in in use", span(sessions.LONGEST.total_seconds()), "session"
    yield "A second step counts as fresh", span(sessions.FRESH.total_seconds()), "session"
    yield "Half signed in, before the second step", span(sign_in.LOGIN_TIMEOUT), "session"
    tolerated = factors.TOTP_PERIOD * (2 * factors.TOTP_TOLERANCE + 1)
    yield "A code of an app is taken, once", span(tolerated), "account"
    yield "An invitation's letter", span(actions.LETTER_LASTS.total_seconds()), "letter"
    yield "A new password's letter", span(settings.PASSWORD_RESET_TIMEOUT), "letter"
    yield "A token for programs", f"{max(tokens.LASTS) // timedelta(days=1)} days at most", "token"


def _sizes() -> Iterator[Line]:
    """Tell how much is taken."""
    password: Any = settings.AUTH_PASSWORD_VALIDATORS[0]
    yield "Shortest password", f"{password['OPTIONS']['min_length']} characters", "account"
    hashed = f"{passwords.Argon2.memory_cost // 1024} MiB, {passwords.Argon2.time_cost} passes"
    yield "What hashing a password costs (Argon2id)", f"{hashed}, {passwords.Argon2.parallelism} lanes", "password"
    yield "A form, or what a program sends", f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1e6:g} MB", "request"
    yield "Fields of a form", f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,}", "request"
    yield "A request with files, of somebody signed in", f"{uploads.LARGEST // MEGABYTE} MB", "request"
    yield "A list of staff or pupils", f"{roster_views.LARGEST // MEGABYTE} MB, {_rows(rosters.LIMITS)}", "file"
    pupils = f"{pupil_views.LARGEST // MEGABYTE} MB, {_rows(pupil_files.LIMITS)}"
    yield "A file of pupils and results", pupils, "file"
    yield "The national register", _rows(imports.REGISTER_LIMITS), "file"
    framework = f"{strict_json.LARGEST // MEGABYTE} MB, {strict_json.DEEPEST} levels deep"
    yield "A framework as JSON", f"{framework}, texts of {strict_json.LONGEST:,} letters", "file"
    yield "Rows of a list that the API gives", f"{shapes.MOST}", "request"


def _rows(bounds: tabular.Limits) -> str:
    return f"{bounds.rows:,} rows, {bounds.columns:,} columns, {bounds.unpacked // MEGABYTE} MB unpacked"


def _server() -> Iterator[Line]:
    """Tell how patient the server is."""
    yield "A request, up to the size of a form, comes whole within", span(arriving.PATIENCE), "connection"
    yield "The head of a request", f"{arriving.LONGEST_HEAD // 1024} KB", "connection"
    yield "Requests that are on their way in", f"{arriving.MOST_SENDERS}", "worker"
    yield "Bytes of requests on their way in", f"{arriving.MOST_BYTES // MEGABYTE} MB", "worker"
    yield "An answer that its reader does not take yet", f"{arriving.MOST_OWED // MEGABYTE} MB", "connection"
    yield "A worker that does not answer is replaced after", span(server.LONGEST_REQUEST), "worker"
