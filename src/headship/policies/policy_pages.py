"""Exactly what the pages of one policy and its versions show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.utils import timezone

from headship.analysis import wording
from headship.analysis.wording import Compared, Part
from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import in_words, listed
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people.holders import Holders, holders
from headship.policies import queries, reading_queries, rules
from headship.policies.choices import OPEN, SHOWN, VERSION_MOVES, Approver, Asks, Stage
from headship.policies.models import Policy, PolicyApproval, PolicyVersion
from headship.policies.pages import address, cycle, owner_told
from headship.policy.required import entry

READ_BY_ALL = "All staff and governors, once it is in force; governors are told posts where they know no names"
DRAFTS = "Drafts: leaders, governors and whoever answers for it"


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading of a policy is, as its reader may know it."""

    said: str
    names: Sequence[str]
    more: str


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """One policy: the words in force, what it is, who has read it, and its versions."""

    title: str
    state: str
    waits: bool
    said: str
    parts: Sequence[Part]
    beside: Sequence[registry.Beside]
    facts: Sequence[tuple[str, str]]
    source: str
    open: tuple[str, str] | None
    reading: Reading | None
    asked: str
    read_url: str
    review: str
    cannot_approve_review: str | None
    approve_review_url: str
    cannot_write: str | None
    cannot_review: str | None
    cannot_keep: str | None
    stands: bool
    in_force: bool
    version: int
    once: str
    draft_url: str
    review_url: str
    change_url: str
    withdraw_url: str
    on_day_url: str
    document_url: str
    compare: Form | None
    compare_url: str
    versions: Sequence[TimelineItem]
    approvals: Sequence[TimelineItem]
    duties: Sequence[tuple[str, str]]
    seen_by: Sequence[str]
    back: str


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version: its words, where it stands, and what is next for it."""

    title: str
    state: str
    waits: bool
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    beside: Sequence[registry.Beside]
    number: int
    version: int
    next: str
    cannot_change: str | None
    cannot_offer: str | None
    cannot_approve: str | None
    cannot_bring: str | None
    change_url: str
    offer_url: str
    approve_url: str
    bring_url: str
    compare_url: str
    document_url: str
    seen_by: Sequence[str]
    back: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What changed between two versions."""

    title: str
    said: str
    rows: Sequence[Compared]
    form: Form
    back: str


@dataclass(frozen=True, slots=True)
class DayPage:
    """The words in force on a day."""

    title: str
    form: Form
    said: str
    parts: Sequence[Part]
    back: str


def policy_page(scope: Scope, of: Policy, once: str, compare: Form | None) -> PolicyPage:
    """Arrange one policy."""
    today, people = timezone.localdate(scope.at), holders(scope)
    now = queries.on_day(scope, of, today)
    versions = queries.versions_of(scope, of)
    drafted = next((each for each in versions if each.stage in OPEN), None)
    waiting = queries.reviews_waiting(scope).filter(policy_version__policy=of).first()
    asked = now is not None and reading_queries.is_asked(scope, now)
    read_on = reading_queries.read_on(scope, now) if now else None
    late = bool(of.review_on and of.review_on < today)
    approver = Approver(of.approver)
    return PolicyPage(
        title=of.title,
        state="Withdrawn" if of.withdrawn_on else ("In force" if now else "Not in force"),
        waits=now is None and not of.withdrawn_on,
        said=_said(of, now, late=late),
        parts=wording.parts(now.words) if now else [],
        beside=_beside(scope, now) if now else [],
        facts=_facts(of, people),
        source=found.cited if (found := entry(of.required)) else "",
        open=_open(scope, drafted) if drafted else None,
        reading=_reading(scope, now, people) if now and of.asks != Asks.NOBODY else None,
        asked=f"You said on {in_words(read_on)} that you have read it." if read_on else "",
        read_url=address(scope, "policy-read", text=now.pk) if now and asked and not read_on else "",
        review=f"Reviewed without change on {in_words(waiting.on)}; it waits for approval." if waiting else "",
        cannot_approve_review=rules.approves(scope, approver),
        approve_review_url=address(scope, "policy-review-approve", review=waiting.pk) if waiting else "",
        cannot_write=rules.write(scope, of.owner_id),
        cannot_review=rules.review(scope, of.owner_id, Stage(now.stage) if now else None, waits=bool(waiting)),
        cannot_keep=rules.keep(scope),
        stands=of.withdrawn_on is None,
        in_force=now is not None,
        version=of.version,
        once=once,
        draft_url=address(scope, "policy-draft", policy=of.pk),
        review_url=address(scope, "policy-review", policy=of.pk),
        change_url=address(scope, "policy-change", policy=of.pk),
        withdraw_url=address(scope, "policy-withdraw", policy=of.pk),
        on_day_url=address(scope, "policy-on-day", policy=of.pk),
        document_url=address(scope, "policy-text-document", text=now.pk) if now else "",
        compare=compare if len(versions) > 1 else None,
        compare_url=address(scope, "policy-compare", policy=of.pk),
        versions=[_version_item(scope, each, today) for each in versions],
        approvals=[_approval_item(each, people) for each in queries.approvals_of(scope, of)],
        duties=[
            (f"{each.words} ({each.change.title})", address(scope, "change-in-policy", change=each.change_id))
            for each in of.duties.filter(withdrawn_on=None).select_related("change").order_by("pk")
        ],
        seen_by=(READ_BY_ALL, DRAFTS),
        back=address(scope, "policies"),
    )


def _said(of: Policy, now: PolicyVersion | None, *, late: bool) -> str:
    if of.withdrawn_on:
        return f"It was withdrawn on {in_words(of.withdrawn_on)}. What was in force before can still be read."
    if now is None:
        return "No words are in force yet."
    since = f"Version {now.number}, in force since {in_words(now.in_force_on)}."
    return f"{since} Its review was due on {in_words(of.review_on)}." if late else since


def _facts(of: Policy, people: Holders) -> list[tuple[str, str]]:
    found = entry(of.required)
    posts = [Role(each).words.lower() for each in of.asked_posts]
    asks = {"nobody": "Nobody is asked", "all": "All staff", "posts": listed(posts)}[of.asks]
    within = f", within {of.days_to_read} days" if of.asks != Asks.NOBODY else ""
    owner = owner_told(of, people)
    before = [("Approved before it came here", in_words(of.approved_before))] if of.approved_before else []
    return [
        ("Who answers for it", f"{owner[:1].upper()}{owner[1:]}"),
        ("Approved by", Approver(of.approver).words),
        *before,
        ("Reviewed", cycle(of.months) if of.months else "No cycle is set"),
        ("Next review", in_words(of.review_on) if of.review_on else "No day is set"),
        ("Required", found.words if found else "No: it is our own"),
        ("Published", "Yes" if of.published else "No"),
        ("Who reads it", f"{asks[:1].upper()}{asks[1:]}{within}"),
    ]


def _open(scope: Scope, each: PolicyVersion) -> tuple[str, str]:
    words = f"Version {each.number}: {Stage(each.stage).words.lower()}"
    return words, address(scope, "policy-text", text=each.pk)


def _reading(scope: Scope, now: PolicyVersion, people: Holders) -> Reading | None:
    found = reading_queries.read_of(scope, now)
    owner = now.policy.owner_id
    if not rules.see_count(scope, owner, len(found.asked)):
        return None
    said = f"{found.done} of {len(found.asked)} who are asked have read it."
    if not rules.see_names(scope, owner):
        return Reading(said, (), "")
    missing = sorted((people.told(each) for each in found.missing), key=str.casefold)
    more = f"and {len(missing) - MOST_NAMES} more" if len(missing) > MOST_NAMES else ""
    return Reading(said, missing[:MOST_NAMES], more)


MOST_NAMES = 400


def standing(each: PolicyVersion, today: date) -> str:
    """Say where a version stands on a day."""
    if each.stage not in SHOWN or each.in_force_on is None:
        return Stage(each.stage).words
    if each.in_force_on > today:
        return f"In force from {in_words(each.in_force_on)}"
    if each.superseded_on is None:
        return f"In force since {in_words(each.in_force_on)}"
    until = "until" if each.superseded_on > today else "to"
    return f"In force {in_words(each.in_force_on)} {until} {in_words(each.superseded_on)}"


def _version_item(scope: Scope, each: PolicyVersion, today: date) -> TimelineItem:
    return TimelineItem(
        on=each.in_force_on or each.worded_on,
        words=f"Version {each.number}",
        url=address(scope, "policy-text", text=each.pk),
        note=". ".join(filter(None, (standing(each, today), each.why))),
    )


def _approval_item(each: PolicyApproval, people: Holders) -> TimelineItem:
    what = (
        "Kept without change after its review" if each.review_id else f"Version {each.policy_version.number} approved"
    )
    who = Approver(each.approver).words
    noted = f"{each.meeting}. Recorded by {people.told(each.recorded_by_id)}" if each.meeting else ""
    return TimelineItem(on=each.on, words=what, by=who, note=noted)


def version_page(scope: Scope, of: PolicyVersion) -> VersionPage:
    """Arrange one version."""
    today, stage, owner = timezone.localdate(scope.at), Stage(of.stage), of.policy.owner_id
    approval, earlier = queries.approval_of(scope, of), queries.before(scope, of)
    approver = Approver(of.policy.approver)
    approved = approval if approval and stage not in (Stage.DRAFT, Stage.OFFERED) else None
    facts = [("Approved by", approver.words), ("Words last changed", in_words(of.worded_on))]
    if approved:
        facts.append(("Approved", ", ".join(filter(None, (in_words(approved.on), approved.meeting)))))
    if of.why:
        facts.append(("What is new", of.why))
    return VersionPage(
        title=of.policy.title,
        state=standing(of, today),
        waits=stage in OPEN,
        facts=facts,
        parts=wording.parts(of.words),
        beside=_beside(scope, of),
        number=of.number,
        version=of.version,
        next=_next(stage),
        cannot_change=rules.change_words(scope, owner, stage),
        cannot_offer=rules.offer(scope, owner, stage),
        cannot_approve=rules.approve(scope, approver, stage),
        cannot_bring=rules.bring(scope, stage),
        change_url=address(scope, "policy-words", text=of.pk),
        offer_url=address(scope, "policy-offer", text=of.pk),
        approve_url=address(scope, "policy-approve", text=of.pk),
        bring_url=address(scope, "policy-bring", text=of.pk),
        compare_url=f"{address(scope, 'policy-compare', policy=of.policy_id)}?before={earlier.pk}&after={of.pk}"
        if earlier
        else "",
        document_url=address(scope, "policy-text-document", text=of.pk),
        seen_by=(READ_BY_ALL, DRAFTS) if stage in OPEN else (READ_BY_ALL,),
        back=address(scope, "policy", policy=of.policy_id),
    )


def _next(stage: Stage) -> str:
    """Return what is next for a version: its approval, its day, or nothing."""
    if stage == Stage.APPROVED:
        return "bring"
    return "approve" if Stage.APPROVED in VERSION_MOVES[stage] else ""


def compare_page(scope: Scope, before: PolicyVersion, after: PolicyVersion, form: Form) -> ComparePage:
    """Arrange what changed between two versions."""
    found = wording.compared(before.words, after.words)
    return ComparePage(
        title=f"{after.policy.title}: what changed",
        said=f"From version {before.number} to version {after.number}. {wording.told(found)}",
        rows=found,
        form=form,
        back=address(scope, "policy", policy=after.policy_id),
    )


def day_page(scope: Scope, of: Policy, form: Form, on: date | None) -> DayPage:
    """Arrange the words in force on a day."""
    found = queries.on_day(scope, of, on) if on else None
    said = ""
    if on:
        told = f"version {found.number}. {standing(found, timezone.localdate(scope.at))}" if found else ""
        said = f"On {in_words(on)}: {told}." if found else f"On {in_words(on)} no words of this policy were in force."
    parts = wording.parts(found.words) if found else []
    return DayPage(f"{of.title} on a day", form, said, parts, address(scope, "policy", policy=of.pk))


def version_choices(versions: Iterable[PolicyVersion]) -> list[tuple[int, str]]:
    """Return versions as choices, short enough for a phone."""
    return [(each.pk, f"{each.number}: {_since(each)}") for each in versions]


def _since(each: PolicyVersion) -> str:
    return f"from {in_words(each.in_force_on)}" if each.in_force_on else Stage(each.stage).words.lower()


def _beside(scope: Scope, of: PolicyVersion) -> Sequence[registry.Beside]:
    """Return what others say of a version, such as its equality check."""
    source = f"policies.PolicyVersion:{of.pk}"
    return registry.beside(scope, [source])[source]
