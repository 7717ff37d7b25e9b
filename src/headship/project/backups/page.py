"""Exactly what the page of backups shows to operators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.defaultfilters import date, filesizeformat
from django.utils import timezone

from headship.project.backups import keeping
from headship.project.models import Backup

SHOWN = 30


@dataclass(frozen=True, slots=True)
class BackupsPage:
    """The last backups. `trouble` is what is wrong; `rows` are the moment, the file, its size, when it was proved."""

    title: str
    trouble: str
    well: str
    nightly: str
    rows: Sequence[tuple[str, str, str, str]]


def backups_page(at: datetime) -> BackupsPage:
    """Arrange the page."""
    newest = keeping.last()
    return BackupsPage(
        title="Backups",
        trouble=keeping.trouble(at),
        well=f"The last backup was made {_moment(newest.made_at)} and read back whole." if newest else "",
        nightly=_nightly(),
        rows=[_row(each) for each in keeping.latest(SHOWN)],
    )


def _nightly() -> str:
    if not keeping.configured():
        return ""
    keep = settings.HEADSHIP_BACKUP_KEEP
    kept = f"The newest {keep} are kept." if keep else "None is ever removed."
    return f"One is made each night in {settings.HEADSHIP_BACKUP_FOLDER}. {kept}"


def _row(backup: Backup) -> tuple[str, str, str, str]:
    if backup.fault:
        return _moment(backup.made_at), f"Failed: {backup.fault}", "-", "-"
    checked = _moment(backup.verified_at) if backup.verified_at else "never"
    return _moment(backup.made_at), backup.name, filesizeformat(backup.size), checked


def _moment(at: datetime) -> str:
    return date(timezone.localtime(at), "j F Y, H:i")
