"""Exactly what the lists of policies show: all of them, what is required, and what to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from headship.analysis.wording import Compared
from headship.core.pages import in_words, listed
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.policies import queries, reading_queries, rules
from headship.policies.choices import Approver, Stage
from headship.policies.models import Policy
from headship.policies.queries import Listed
from headship.policy.required import Required

KINDS = {"maintained": "maintained schools", "academy": "academies", "": "schools"}
REQUIRED_HEADS = ("What", "How often", "Who approves", "Published", "Ours")


@dataclass(frozen=True, slots=True)
class Row:
    """One policy in the list."""

    title: str
    url: str
    state: str
    waits: bool
    facts: str
    also: str


@dataclass(frozen=True, slots=True)
class PoliciesPage:
    """The school's policies."""

    title: str
    said: str
    rows: Sequence[Row]
    filtered: bool
    filters: Form
    cannot_keep: str | None
    add_url: str
    lists_url: str
    required_url: str
    late_url: str


@dataclass(frozen=True, slots=True)
class RequiredPage:
    """What is required of the school, and what of it is lacking."""

    title: str
    said: str
    lacking: Sequence[tuple[str, str, str]]
    only: Sequence[tuple[str, str, str]]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    sources: Sequence[str]
    cannot_keep: str | None
    back: str


@dataclass(frozen=True, slots=True)
class ToReadRow:
    """Something to read, by when, or when it was read."""

    title: str
    url: str
    facts: str
    late: bool


@dataclass(frozen=True, slots=True)
class ToReadPage:
    """What the reader is asked to read, and what they have read."""

    title: str
    waiting: Sequence[ToReadRow]
    read: Sequence[ToReadRow]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form. `theirs` is what somebody else saved meanwhile."""

    title: str
    form: Form
    button: str
    back: str
    aside: str = ""
    theirs: Sequence[Compared] = ()
    target: str = ""


def policies_page(scope: Scope, show: str, filters: Form) -> PoliciesPage:
    """Arrange the school's policies."""
    today, people = timezone.localdate(scope.at), holders(scope)
    every = queries.listed(scope, withdrawn=show == "withdrawn")
    rows = [each for each in every if _fits(scope, each, show, today, people)]
    lacking = [each for each in queries.lacking(queries.asked_of(scope), every) if not each.only]
    return PoliciesPage(
        title="Policies",
        said="" if show else _counted(every, len(queries.past_review(every, today)), len(lacking)),
        rows=[_row(scope, each, people, today) for each in rows],
        filtered=bool(show),
        filters=filters,
        cannot_keep=rules.keep(scope),
        add_url=address(scope, "policy-add"),
        lists_url=address(scope, "policy-lists"),
        required_url=address(scope, "policies-required"),
        late_url=address(scope, "policies-late"),
    )


def _counted(every: Sequence[Listed], late: int, lacking: int) -> str:
    held = sum(each.now is not None for each in every)
    return (
        f"{held} in force, {late or 'none'} past review. Of what our list says is required of us, "
        f"{lacking or 'nothing'} {'are' if lacking > 1 else 'is'} lacking; the list is not yet checked."
    )


def _fits(scope: Scope, each: Listed, show: str, today: date, people: Holders) -> bool:
    of = each.policy
    if show == "withdrawn":
        return of.withdrawn_on is not None
    fits = {
        "required": bool(of.required),
        "own": not of.required,
        "late": bool(of.review_on and of.review_on < today),
        "drafted": each.open is not None and rules.see_open(scope, of.owner_id),
        "unowned": of.owner_id is None or of.owner_id not in people.posts,
    }
    return fits.get(show, True)


def _row(scope: Scope, each: Listed, people: Holders, today: date) -> Row:
    of = each.policy
    late = bool(of.review_on and of.review_on < today)
    review = f"review {'was due' if late else 'due'} {in_words(of.review_on)}" if of.review_on else "no review set"
    also = []
    if each.open and rules.see_open(scope, of.owner_id):
        also.append(f"Version {each.open.number}: {Stage(each.open.stage).words.lower()}")
    if each.review:
        also.append("A review without change waits for approval")
    state = "Withdrawn" if of.withdrawn_on else ("In force" if each.now else "Not in force")
    return Row(
        title=of.title,
        url=address(scope, "policy", policy=of.pk),
        state="Past review" if late else state,
        waits=late or (each.now is None and not of.withdrawn_on),
        facts=" · ".join([owner_told(of, people), f"{'required' if of.required else 'our own'}", review]),
        also=". ".join(also),
    )


def owner_told(of: Policy, people: Holders) -> str:
    """Say who answers for a policy, or that nobody does."""
    return people.told(of.owner_id) if of.owner_id else "nobody answers for it"


def required_page(scope: Scope) -> RequiredPage:
    """Arrange what is required of the school beside what it has."""
    asked, had = queries.asked_of(scope), queries.listed(scope)
    lacking = queries.lacking(asked, had)
    kind = KINDS[queries.kind_of(scope.school_id)]
    always = [each for each in lacking if not each.only]
    return RequiredPage(
        title="What is required of us",
        said=f"{len(asked)} policies and documents are asked of {kind}; for {len(always)} of those asked of every such "
        "school we have none in force. The list is not yet checked: read its sources before you rely on it.",
        lacking=[_lacks(scope, each) for each in always],
        only=[_lacks(scope, each) for each in lacking if each.only],
        heads=REQUIRED_HEADS,
        rows=[_required(each, had) for each in asked],
        sources=list(dict.fromkeys(each.cited for each in asked)),
        cannot_keep=rules.keep(scope),
        back=address(scope, "policies"),
    )


def _lacks(scope: Scope, each: Required) -> tuple[str, str, str]:
    return each.words, f"{address(scope, 'policy-add')}?required={each.code}", each.only or ""


def _required(each: Required, had: Sequence[Listed]) -> tuple[str, ...]:
    ours = [it.policy.title for it in had if it.policy.required == each.code]
    published = {True: "Yes", False: "No", None: "Not stated here"}[each.published]
    approver = Approver(each.approver).words if each.approver else "Not stated here"
    return each.words, cycle(each.months), approver, published, listed(ours) or "None"


def cycle(months: int | None) -> str:
    """Say how often something is reviewed."""
    if months is None:
        return "Not stated here"
    years, rest = divmod(months, 12)
    if rest:
        return f"Every {months} months"
    return "Every year" if years == 1 else f"Every {years} years"


def to_read_page(scope: Scope) -> ToReadPage:
    """Arrange what the reader is asked to read."""
    today, rows = timezone.localdate(scope.at), reading_queries.asked_of(scope)
    return ToReadPage(
        title="To read",
        waiting=[_to_read(scope, each, today) for each in rows if each.read_on is None],
        read=[_to_read(scope, each, today) for each in rows if each.read_on is not None],
    )


def _to_read(scope: Scope, each: reading_queries.ToRead, today: date) -> ToReadRow:
    of, late = each.version.policy, each.read_on is None and each.due_on < today
    by = f"{'was due' if late else 'by'} {in_words(each.due_on)}"
    facts = f"You read it on {in_words(each.read_on)}" if each.read_on else by[:1].upper() + by[1:]
    return ToReadRow(of.title, address(scope, "policy", policy=of.pk), f"Version {each.version.number} · {facts}", late)


def address(scope: Scope, name: str, **rest: object) -> str:
    """Return the address of a page of the school the reader is in."""
    assert scope.place is not None
    return reverse(name, kwargs={"urn": scope.place.key, **rest})
