"""Exactly what the pages of personal data show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from headship.core import registry
from headship.core.pages import in_words
from headship.core.personal import Fate
from headship.core.scope import Scope
from headship.policy.loader import PolicyValue
from headship.privacy import keeping, planning, queries, rules
from headship.privacy.choices import Asked, Drafts, Stage, State
from headship.privacy.gathering import Gathered
from headship.privacy.keeping import Kept
from headship.privacy.models import Erasure, KeepingTime, LegalHold, SubjectRequest

SEEN_BY = ("The headteacher", "The data protection officer", "Whoever asked: that they asked, and when it is due")
DRAFTS = (
    "What is still to be given to somebody, such as the draft of an appraisal statement and its ratings, is held back "
    "from their file until it is given. Whether the law lets a school hold that back is for its data protection "
    "officer to decide, request by request: Headship does not know it, and decides nothing."
)
KEEPING_SEEN_BY = ("The headteacher", "The school business manager", "The data protection officer")


@dataclass(frozen=True, slots=True)
class Asking:
    """One request in the list."""

    words: str
    url: str
    state: State
    due: str
    late: bool


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """Who asked what, and by when they must be answered."""

    title: str
    requests: Sequence[Asking]
    within: PolicyValue
    seen_by: Sequence[str] = SEEN_BY


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request: what it asks, what was found, what waits to be read, and what to do next."""

    title: str
    asked: SubjectRequest
    asks: Asked
    state: State
    found: Gathered
    refusal: str | None
    cannot_erase: str | None
    within: PolicyValue
    held_drafts: int | None
    drafts_decided: str
    drafts_rule: str = DRAFTS
    seen_by: Sequence[str] = SEEN_BY

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows of each kind were found."""
        return [(part.heading, len(part.rows)) for part in self.found.parts]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One form, with a sentence before it and the way back."""

    title: str
    form: Form
    submit: str
    back: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The passages of a request, each with the form's fields for it."""

    title: str
    form: Form
    passages: Sequence[tuple[Any, Any, Any, Any]]
    back: str


@dataclass(frozen=True, slots=True)
class Time:
    """One line of the keeping table; `url` leads to where a school sets another time, where it may."""

    name: str
    words: str
    then: str
    because: str
    checked: bool
    url: str


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """How long everything is kept here, the holds, and what waits to be deleted. `others` nobody sets, by activity."""

    title: str
    times: Sequence[Time]
    others: Sequence[tuple[str, Sequence[Time]]]
    holds: Sequence[LegalHold]
    waiting: int
    cannot_hold: str | None
    seen_by: Sequence[str] = KEEPING_SEEN_BY


@dataclass(frozen=True, slots=True)
class TimePage:
    """One kind of row: how long it is kept, and what the school set before."""

    title: str
    form: Form
    lead: str
    before: Sequence[KeepingTime]
    back: str


@dataclass(frozen=True, slots=True)
class Erasing:
    """An erasure in the list."""

    words: str
    url: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class ErasuresPage:
    """What waits for approval, and what was deleted, by whom."""

    title: str
    erasures: Sequence[Erasing]
    refusal: str | None
    seen_by: Sequence[str] = KEEPING_SEEN_BY


@dataclass(frozen=True, slots=True)
class Going:
    """One step of a dry run: what, how many, the first of them."""

    name: str
    count: int
    then: str
    because: str
    examples: Sequence[str]


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """The dry run: exactly what would go, what stays, and who may approve."""

    title: str
    erasure: Erasure
    stage: Stage
    going: Sequence[Going]
    staying: Sequence[Going]
    changed: bool
    refusal: str | None
    counts: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What is held about the reader, in counts, with what they asked of schools."""

    title: str
    counts: Sequence[tuple[str, int]]
    asked: Sequence[tuple[SubjectRequest, Asked, State]]
    cannot_ask: str | None


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """The documents, by name and title."""

    title: str
    documents: Sequence[tuple[str, str]]


def address(scope: Scope, name: str, **kwargs: Any) -> str:
    """Return the address of another page of the same school."""
    assert scope.place is not None  # only pages of a school call this
    return reverse(name, kwargs={"urn": scope.place.key, **kwargs})


def requests_page(scope: Scope, found: Sequence[SubjectRequest]) -> RequestsPage:
    """Arrange the requests of a school."""
    today = timezone.localdate(scope.at)
    listed = [
        Asking(
            f"{each.person.name}: {Asked(each.asks).words.lower()}",
            address(scope, "privacy-request", asked=each.pk),
            State(each.state),
            f"answer by {in_words(each.due_on)}" if each.state == State.OPEN else f"closed {in_words(each.closed_on)}",
            each.state == State.OPEN and each.due_on < today,
        )
        for each in found
    ]
    return RequestsPage("Requests about personal data", listed, keeping.answer_within(today))


def request_page(scope: Scope, asked: SubjectRequest, found: Gathered) -> RequestPage:
    """Arrange one request."""
    asks = Asked(asked.asks)
    return RequestPage(
        title=f"{asked.person.name}: {asks.words.lower()}",
        asked=asked,
        asks=asks,
        state=State(asked.state),
        found=found,
        refusal=rules.handle(scope, asked.person_id, others=queries.other_handlers(scope)),
        cannot_erase=queries.cannot_erase(scope, asked.person_id),
        within=keeping.answer_within(asked.received_on),
        held_drafts=queries.held_drafts(scope, asked),
        drafts_decided=_decided(asked),
    )


def _decided(asked: SubjectRequest) -> str:
    if not asked.drafts or asked.drafts_by is None:
        return ""
    on, what = in_words(asked.drafts_on), Drafts(asked.drafts).words.lower()
    return f"Decided on {on} by {asked.drafts_by.name}: {what}. {asked.drafts_why}"


def read_page(scope: Scope, asked: SubjectRequest, form: Any) -> ReadPage:
    """Arrange the passages of a request beside their fields."""
    passages = [
        (passage, form[f"verdict_{number}"], form[f"words_{number}"], form[f"read_{number}"])
        for number, passage in enumerate(form.passages)
    ]
    return ReadPage(f"Read before it is given to {asked.person.name}", form, passages,
                    address(scope, "privacy-request", asked=asked.pk))  # fmt: skip


def keeping_page(scope: Scope, kept: Sequence[Kept], holds: Sequence[LegalHold], waiting: int) -> KeepingPage:
    """Arrange how long things are kept: what the school may set first, then all else by module."""
    times = [_time(scope, each) for each in kept if each.rule.ends]
    fixed = {each.rule.model: _time(scope, each) for each in kept if not each.rule.ends}
    others: dict[str, list[Time]] = {}
    for module in registry.modules():
        if found := [fixed[rule.model] for rule in module.retention if rule.model in fixed]:
            others.setdefault(module.label, []).extend(found)
    return KeepingPage("How long we keep things", times, [*others.items()], holds, waiting, rules.place_hold(scope))


def _time(scope: Scope, kept: Kept) -> Time:
    rule = kept.rule
    then = rule.fate.words if kept.ends and rule.fate != Fate.KEEP else "-"
    return Time(
        name=name_of(rule.model),
        words=capitalised(kept.words),
        then=f"Go with {registry.retention()[rule.follows].called}" if rule.follows else capitalised(then),
        because=capitalised(kept.own.reason if kept.own else rule.because),
        checked=kept.own is not None or rule.checked_on is not None,
        url=address(scope, "keeping-time", model=rule.model) if rule.ends else "",
    )


def name_of(model: str) -> str:
    """Return what people call the rows of a model; what others brought (signing in) has its own name.

    >>> name_of("strategy.DecisionChange")
    'Changes to decisions'
    """
    rule = registry.retention().get(model)
    return capitalised(rule.called if rule else str(apps.get_model(model)._meta.verbose_name_plural))


def capitalised(words: str) -> str:
    """Return words with a capital first.

    >>> capitalised("as long as its PTA")
    'As long as its PTA'
    """
    return words[:1].upper() + words[1:]


def erasures_page(scope: Scope, found: Sequence[Erasure]) -> ErasuresPage:
    """Arrange the erasures of a school."""
    listed = [
        Erasing(
            f"{_whose(each)}: {_things(sum(each.counts.values()))}, prepared {in_words(each.prepared_at)}",
            address(scope, "erasure", erasure=each.pk),
            Stage(each.stage),
        )
        for each in found
    ]
    return ErasuresPage("What waits to be deleted", listed, rules.handle_requests(scope))


def _things(count: int) -> str:
    return f"{count:,} thing{'' if count == 1 else 's'}"


def erasure_page(scope: Scope, erasure: Erasure, plan: planning.Plan) -> ErasurePage:
    """Arrange a dry run; of what was decided already, only the counts are left."""
    waits = erasure.stage == Stage.PREPARED
    shown = rules.handle_requests(scope) is None  # rows may be of what other keepers must not read
    return ErasurePage(
        title=_whose(erasure),
        erasure=erasure,
        stage=Stage(erasure.stage),
        going=[_going(each, shown=shown) for each in plan.steps] if waits else [],
        staying=[_going(each, shown=False) for each in plan.stays] if waits else [],
        changed=waits and plan.fingerprint != erasure.fingerprint,
        refusal=rules.approve(scope, erasure.prepared_by_id, others=queries.other_handlers(scope)),
        counts=[(name_of(model), count) for model, count in erasure.counts.items()],
    )


def _whose(erasure: Erasure) -> str:
    return f"Erase what is held about {erasure.person.name}" if erasure.person else "What is due by our keeping times"


def _going(step: planning.Step, *, shown: bool) -> Going:
    then = step.fate.words + (f" of {' and '.join(step.empties)}" if step.fate == Fate.EMPTY else "")
    return Going(name_of(step.model), len(step.keys), then, step.because, planning.examples(step) if shown else [])


def own_page(scope: Scope, found: Gathered, asked: Sequence[SubjectRequest], *, cannot_ask: str | None) -> OwnPage:
    """Arrange what is held about the reader."""
    return OwnPage(
        "What is held about me",
        [(part.heading, len(part.rows)) for part in found.parts],
        [(each, Asked(each.asks), State(each.state)) for each in asked],
        cannot_ask,
    )


def day_in_words(day: date | None) -> str:
    """Return a day in words, or that nobody knows it.

    >>> day_in_words(None)
    'until it is lifted'
    """
    return f"until {in_words(day)}" if day else "until it is lifted"
