"""Exactly what the page of expectations of conduct shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from headship.appraisal import conduct_queries as queries
from headship.appraisal import conduct_rules as rules
from headship.appraisal.conduct_queries import Expected
from headship.appraisal.support_pages import address
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.policies import rules as policies
from headship.policies.choices import Stage

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One expectation: where its words stand, where the reader stands, and for some who is still to come."""

    title: str
    url: str
    facts: str
    yours: str
    waits: bool
    late: bool
    coming: str
    names: Sequence[str]
    more: int
    drop_url: str


@dataclass(frozen=True, slots=True)
class ConductPage:
    """What staff expect of one another."""

    title: str
    said: str
    rows: Sequence[Row]
    name_url: str
    write_url: str
    seen_by: Sequence[str]


def conduct_page(scope: Scope) -> ConductPage:
    """Arrange the expectations that stand."""
    found = queries.expected(scope)
    people = holders(scope) if any(each.missing for each in found) else None
    keeps = rules.name(scope) is None
    rows = [_row(scope, each, people, keeps=keeps) for each in found]
    waits = sum(each.waits for each in rows)
    return ConductPage(
        title="What we expect of one another",
        said=_said(waits) if rows and rules.is_staff(scope) else "",
        rows=rows,
        name_url=address(scope, "conduct-name") if keeps else "",
        write_url=address(scope, "policy-add") if keeps else "",
        seen_by=("All staff and governors", "Who is still to come: the headteacher and the office"),
    )


def _said(waits: int) -> str:
    if not waits:
        return "You have read all of it. Thank you."
    return f"{'One' if waits == 1 else waits} of these {'waits' if waits == 1 else 'wait'} to be read by you."


def _row(scope: Scope, each: Expected, people: Holders | None, *, keeps: bool) -> Row:
    of, now = each.listed.policy, each.listed.now
    names = sorted(people.told(key) for key in each.missing or ()) if people else []
    waits = each.asked and each.read_on is None
    return Row(
        title=of.title,
        url=address(scope, "policy", policy=of.pk),
        facts=f"Version {now.number}, in force since {in_words(now.in_force_on)}" if now else "Not in force",
        yours=_yours(each),
        waits=waits,
        late=waits and each.due_on is not None and each.due_on < timezone.localdate(scope.at),
        coming=_coming(scope, each, len(names)),
        names=names[:SHOWN],
        more=max(len(names) - SHOWN, 0),
        drop_url=address(scope, "conduct-drop", expectation=each.key) if keeps else "",
    )


def _yours(each: Expected) -> str:
    if each.read_on:
        return f"You said on {in_words(each.read_on)} that you have read it."
    return f"Read it, and say so at its end, by {in_words(each.due_on)}." if each.asked and each.due_on else ""


def _coming(scope: Scope, each: Expected, count: int) -> str:
    """Say how far it is: the next version, where the reader knows of one, and how many are still to come."""
    told = policies.see_open(scope, each.listed.policy.owner_id)
    drafted = each.listed.open if told else None
    words = [f"Version {drafted.number}: {Stage(drafted.stage).words.lower()}."] if drafted else []
    if each.missing is not None:
        words.append(f"{count} still to come." if count else "Everybody has read it.")
    return " ".join(words)
