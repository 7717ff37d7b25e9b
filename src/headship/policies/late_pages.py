"""Exactly what the page of what is overdue shows: reviews, reading, duties and actions past their day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.utils import timezone

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.policies import change_queries, queries, reading_queries, rules
from headship.policies.choices import Asks
from headship.policies.pages import address, owner_told

MOST = 100


@dataclass(frozen=True, slots=True)
class Late:
    """One thing past its day. `mine` says whether the reader answers for it."""

    kind: str
    words: str
    url: str
    who: str
    due_on: date
    mine: bool

    @property
    def facts(self) -> str:
        """Who answers for it, and since when it is overdue."""
        return f"{self.who} · was due {in_words(self.due_on)}"


@dataclass(frozen=True, slots=True)
class LatePage:
    """What is overdue."""

    title: str
    said: str
    rows: Sequence[tuple[str, Late]]
    more: int
    filters: Form
    filtered: bool
    back: str


WORDS = {"review": "Review", "reading": "Reading", "duty": "Duty", "action": "Action"}


def late_page(scope: Scope, what: str, whose: str, filters: Form) -> LatePage:
    """Arrange what is overdue, longest ago first."""
    every = late(scope)
    rows = [each for each in every if what in {"", each.kind} and (whose != "mine" or each.mine)]
    return LatePage(
        title="Overdue",
        said=f"{len(every) or 'Nothing'} past its day." if len(every) < 2 else f"{len(every)} past their day.",
        rows=[(WORDS[each.kind], each) for each in rows[:MOST]],
        more=max(len(rows) - MOST, 0),
        filters=filters,
        filtered=bool(what or whose),
        back=address(scope, "policies"),
    )


def late(scope: Scope) -> list[Late]:
    """Return all that is overdue and the reader may know of, longest ago first."""
    today, people = timezone.localdate(scope.at), holders(scope)
    found = [*_policies(scope, today, people), *_duties(scope, today, people)]
    return sorted(found, key=lambda each: (each.due_on, each.kind, each.words))


def _policies(scope: Scope, today: date, people: Holders) -> Iterator[Late]:
    every = queries.listed(scope)
    for each in queries.past_review(every, today):
        of = each.policy
        assert of.review_on is not None  # it is past
        who, url = owner_told(of, people), address(scope, "policy", policy=of.pk)
        yield Late("review", of.title, url, _upper(who), of.review_on, of.owner_id == scope.person_id)
    asking = [each.now for each in every if each.now and each.policy.asks != Asks.NOBODY]
    reads = reading_queries.reads(scope, asking) if asking else {}
    for version in asking:
        of, found = version.policy, reads[version.pk]
        if found.missing and found.due_on < today and rules.see_count(scope, of.owner_id, len(found.asked)):
            words = f"{of.title}: {len(found.missing)} of {len(found.asked)} have not read it yet"
            url, mine = address(scope, "policy", policy=of.pk), of.owner_id == scope.person_id
            due_on = found.due_on if rules.see_names(scope, of.owner_id) else reading_queries.first_due(version)
            yield Late("reading", words, url, _upper(owner_told(of, people)), due_on, mine)


def _duties(scope: Scope, today: date, people: Holders) -> Iterator[Late]:
    for duty in change_queries.duties_late(scope, today):
        assert duty.due_on is not None  # it is past
        url = address(scope, "change-in-policy", change=duty.change_id)
        who = people.told(duty.owner_id) if duty.owner_id else "Nobody answers for it"
        yield Late("duty", duty.words, url, who, duty.due_on, duty.owner_id == scope.person_id)
    for doing in change_queries.actions_late(scope, today):
        url = address(scope, "change-in-policy", change=doing.duty.change_id)
        who = people.told(doing.owner_id)
        yield Late("action", doing.what, url, who, doing.due_on, doing.owner_id == scope.person_id)


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
