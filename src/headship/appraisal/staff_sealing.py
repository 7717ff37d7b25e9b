"""Copies of somebody's year, sealed: kept when it is locked, taken up again, or an appeal was heard."""

import secrets
from datetime import datetime

from headship.appraisal import head_copies, staff_copies
from headship.appraisal import staff_queries as queries
from headship.appraisal.staff_models import StaffCopy, StaffStatement, StaffYear
from headship.appraisal.staff_writing import day


def keep(  # noqa: PLR0913  # of what, and which kind of copy
    at: datetime,
    now: StaffYear,
    *,
    locked: bool = False,
    stated: bool = False,
    heard: bool = False,
    closed: bool = False,
    because: str = "",
) -> StaffCopy:
    """Keep a copy of what stands, whatever of it whoever keeps it reads, sealed.

    Of the whole year where it is locked or closed, or a statement was given or an appeal heard; or of objectives.
    """
    whole = queries.whole(StaffYear.objects.filter(pk=now.pk)).get()
    told = staff_copies.statement(whole) if locked or stated or closed else staff_copies.objectives(whole)
    lines, salt = head_copies.kept(told), secrets.token_hex(16)
    return StaffCopy.objects.create(
        year=now,
        number=now.copies.count() + 1,
        made_on=day(at),
        locked=locked,
        stated=stated,
        heard=heard,
        closed=closed,
        lines=lines,
        salt=salt,
        seal=staff_copies.sealed(salt, lines),
        because=because,
    )


def uncommented(now: StaffYear) -> None:
    """Ask for a comment anew: the one that stands was on an earlier statement."""
    StaffStatement.objects.filter(year=now).update(commented_on=None)
