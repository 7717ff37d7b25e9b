"""Typed readers of environment variables. A missing secret stops the start in production."""

import os
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 40


def text(name: str, default: str) -> str:
    """Return a variable's text, or that of the file which NAME_FILE names: so a secret stays out of the environment."""
    if name not in os.environ and (path := os.environ.get(f"{name}_FILE")):
        try:
            return Path(path).read_text().strip()
        except OSError:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read.") from None
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable; anything but 1, 0, true, false, yes, no is refused."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": default}
    value = os.environ.get(name, "").lower()
    if value not in words:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return words[value]


def number(name: str, default: int) -> int:
    """Return a whole number."""
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def names(name: str, default: str) -> list[str]:
    """Return a comma-separated list without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """Return a folder, made for its owner alone if it is not there."""
    path = Path(os.environ.get(name, default))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret(name: str, kept_in: Path, *, lost: str = "") -> str:
    """Return a secret from the environment, from a file named by NAME_FILE, or from `kept_in`, made once (mode 600).

    `lost` says why none may be made here. Errors: ImproperlyConfigured where it is missing, short or open to others.
    """
    value = os.environ.get(name) or _from_file(name, kept_in, lost)
    if len(value) < SHORTEST_SECRET:
        raise ImproperlyConfigured(f"{name} must have at least {SHORTEST_SECRET} characters.")
    return value


def old_secrets(name: str, kept_in: Path) -> list[str]:
    """Return older secrets, which still open what they sealed: commas between in the environment, or one a line."""
    if value := os.environ.get(name):
        return [each.strip() for each in value.split(",") if each.strip()]
    return kept_in.read_text().split() if kept_in.exists() else []


def _from_file(name: str, kept_in: Path, lost: str) -> str:
    path = Path(os.environ.get(f"{name}_FILE", kept_in))
    if not path.exists():
        if os.environ.get(f"{name}_FILE"):
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which does not exist.")
        if lost:
            raise ImproperlyConfigured(f"{lost} Set {name} or {name}_FILE, or put {path} back from a backup.")
        _write_new_secret(path)
    if path == kept_in and path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"Others on this computer can read {path}. Run: chmod 600 {path}")
    return path.read_text().strip()


def given_secret(name: str) -> str:
    """Return a secret from the environment or from a file named by NAME_FILE; empty where neither is given."""
    if value := os.environ.get(name):
        return value
    if not (named := os.environ.get(f"{name}_FILE")):
        return ""
    if not Path(named).exists():
        raise ImproperlyConfigured(f"{name}_FILE names {named}, which does not exist.")
    return Path(named).read_text().strip()


def _write_new_secret(path: Path) -> None:
    """Write a secret whole under another name, then give it its own: of two that start at once, one is kept."""
    from django.core.management.utils import get_random_secret_key  # noqa: PLC0415  # only when a secret is made

    made = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(get_random_secret_key())
    with suppress(FileExistsError):
        path.hardlink_to(made)
    made.unlink()
