"""How the largest school takes in its staff list, and everybody on it takes up an invitation to sign in."""

import csv
import hashlib
from datetime import date
from pathlib import Path

from django.conf import settings

from headship.core import tabular
from headship.core.scope import Scope
from headship.people import actions, queries, roster_actions, roster_queries, rosters
from headship.people.models import Account
from headship.people.roster_plan import Choices
from headship.project.demonstration import content

FILE = "harbour-light-staff.csv"
COLUMNS = {
    "Staff code": "key",
    "Name": "name",
    "Work e-mail": "email",
    "Contract": "role",
    "Job title": "title",
    "Start date": "starts_on",
}


def written(folder: Path, first: date) -> Path:
    """Write the list as the school's information system would export it, and return where."""
    path = folder / FILE
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for number, (key, person) in enumerate(content.staff().items(), 101):
            begun = date(first.year - person["years"], 9, 1).isoformat()
            rows.writerow([number, person["name"], content.email_of(key), person["role"], person["job"], begun])
    return path


def take_in(path: Path, by: Scope) -> None:
    """Read the list, look at what it would change, and take it in, as its three screens do."""
    with tabular.opened(path, limits=rosters.LIMITS) as table:
        roster = rosters.from_table(table, COLUMNS, "A table", secret=settings.HEADSHIP_PUPIL_KEY)
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    batch = roster_actions.keep_roster(
        by=by, at=by.at, name=path.name, fingerprint=fingerprint, sealed=b"", roster=roster
    )
    choices = Choices({role: role for role in roster.roles})
    batch = roster_actions.preview_roster(by=by, at=by.at, batch_id=batch.pk, choices=choices)
    roster_actions.take_roster(by=by, at=by.at, batch_id=batch.pk)


def invite(by: Scope, opened: dict[str, Account]) -> None:
    """Invite whoever the list brought, and let each take that up with the account of their address."""
    accounts = {account.email: account for account in opened.values()}
    for post in roster_queries.without_account(by):
        invited = actions.invite_holder(by=by, at=by.at, post_id=post.pk)
        accepting = queries.scope_of(invited.invitation, at=by.at)
        account = accounts[post.person.email]
        actions.accept_invitation_signed_in(by=accepting, at=by.at, token=invited.token, account_id=account.pk)
