"""Exactly what the pages of equality objectives and equality information show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.utils import timezone

from headship.core.components import TimelineItem
from headship.core.pages import academic_year, in_words
from headship.core.scope import Scope
from headship.equality import queries, rules, wordings
from headship.equality.choices import SHOWN, AimState, Part, StatementState
from headship.equality.models import Aim, AimChange, Statement
from headship.people.holders import Holders, holders
from headship.strategy.pages import address

ALL = "All staff and governors"
DRAFTS = "Leaders and governors, until it is published"


@dataclass(frozen=True, slots=True)
class AimRow:
    """One objective in a list: what, for whom, from where to where, who answers, and what of it is late."""

    words: str
    url: str
    concerns: str
    measure: str
    owner: str
    days: str
    late: str


@dataclass(frozen=True, slots=True)
class AimsPage:
    """The objectives of a school, and when they are to be published anew."""

    title: str
    duty: str
    overdue: bool
    cited: str
    published: Sequence[AimRow]
    drafts: Sequence[AimRow]
    ended: Sequence[tuple[str, str]]
    cannot_edit: str | None
    draft_url: str
    document_url: str
    about_you: str


@dataclass(frozen=True, slots=True)
class AimPage:
    """One objective: its measure over time, what came of it year by year, its history."""

    title: str
    state: str
    is_draft: bool
    late: str
    why: str
    facts: Sequence[tuple[str, str]]
    readings: Sequence[Sequence[str]]
    reviews: Sequence[TimelineItem]
    history: Sequence[TimelineItem]
    seen_by: str
    version: int
    cannot_change: str | None
    cannot_publish: str | None
    cannot_end: str | None
    cannot_progress: str | None
    change_url: str
    publish_url: str
    end_url: str
    reading_url: str
    review_url: str
    back: str


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of information: words by heading, and the objectives it goes with."""

    year: str
    state: str
    facts: str
    url: str
    parts: Sequence[tuple[str, Sequence[str]]]
    aims: Sequence[AimRow]


@dataclass(frozen=True, slots=True)
class InformationPage:
    """What is in force, what is being written, what was before, and when it is to be published anew."""

    title: str
    duty: str
    overdue: bool
    cited: str
    told: Told | None
    draft: Told | None
    earlier: Sequence[tuple[str, str]]
    cannot_edit: str | None
    draft_url: str
    document_url: str
    on_day_url: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement: its words, hints about small numbers, its history."""

    title: str
    told: Told
    is_draft: bool
    hints: Sequence[str]
    figures_url: str
    history: Sequence[TimelineItem]
    seen_by: str
    version: int
    cannot_change: str | None
    cannot_publish: str | None
    change_url: str
    publish_url: str
    document_url: str
    back: str


@dataclass(frozen=True, slots=True)
class OnDayPage:
    """The information that was in force on a day."""

    title: str
    form: Form
    said: str
    told: Told | None
    back: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form. `aside` explains."""

    title: str
    form: Form
    button: str
    back: str
    aside: str = ""


def aims_page(scope: Scope) -> AimsPage:
    """Arrange the objectives."""
    people, today, duty = holders(scope), timezone.localdate(scope.at), queries.objectives_duty(scope)
    return AimsPage(
        title="Equality objectives",
        duty=duty_told(duty, today, "objective", _years(duty)),
        overdue=is_overdue(duty, today),
        cited=duty.cited,
        published=[aim_row(scope, each, people) for each in queries.listed(scope, AimState.PUBLISHED)],
        drafts=[aim_row(scope, each, people) for each in queries.listed(scope, AimState.DRAFT)],
        ended=[
            (f"{each.words} (ended on {in_words(each.ended_on)})", _aim(scope, each))
            for each in reversed(queries.listed(scope, AimState.ENDED))
        ],
        cannot_edit=rules.edit(scope),
        draft_url=address(scope, "equality-objective-draft"),
        document_url=address(scope, "equality-objectives-document"),
        about_you="" if rules.say_of_self(scope) else address(scope, "about-you"),
    )


def aim_row(scope: Scope, each: Aim, people: Holders) -> AimRow:
    """Arrange an objective for a list."""
    return AimRow(
        words=each.words,
        url=_aim(scope, each),
        concerns=wordings.concerns_told(each, timezone.localdate(scope.at)),
        measure=wordings.measure_told(each),
        owner=people.told(each.owner_id),
        days=wordings.days_told(each),
        late=late_told(each, timezone.localdate(scope.at)),
    )


def aim_page(scope: Scope, each: Aim) -> AimPage:
    """Arrange one objective."""
    people, state, today = holders(scope), AimState(each.state), timezone.localdate(scope.at)
    at = {"aim": each.pk}
    return AimPage(
        title=each.words,
        state=state.words,
        is_draft=state == AimState.DRAFT,
        late=late_told(each, today),
        why=each.why,
        facts=_facts(each, people, today),
        readings=[(in_words(it.on), it.value) for it in each.readings.order_by("on", "pk")],
        reviews=[TimelineItem(it.on, it.came_of_it) for it in each.reviews.order_by("-on", "-pk")],
        history=[_change(it, people) for it in each.changes.order_by("pk")],
        seen_by=ALL if each.published_on else DRAFTS,
        version=each.version,
        cannot_change=rules.change_aim(scope, state),
        cannot_publish=rules.move_aim(scope, state, AimState.PUBLISHED),
        cannot_end=rules.move_aim(scope, state, AimState.ENDED),
        cannot_progress=rules.progress(scope, state, each.owner_id),
        change_url=address(scope, "equality-objective-change", **at),
        publish_url=address(scope, "equality-objective-publish", **at),
        end_url=address(scope, "equality-objective-end", **at),
        reading_url=address(scope, "equality-objective-reading", **at),
        review_url=address(scope, "equality-objective-review", **at),
        back=address(scope, "equality-objectives"),
    )


def information_page(scope: Scope) -> InformationPage:
    """Arrange the information in force."""
    today, duty = timezone.localdate(scope.at), queries.information_duty(scope)
    found, draft = queries.in_force(scope), queries.drafted(scope)
    earlier = [each for each in queries.statements(scope) if each.state == StatementState.SUPERSEDED]
    return InformationPage(
        title="Equality information",
        duty=duty_told(duty, today, "information", _years(duty)),
        overdue=is_overdue(duty, today),
        cited=duty.cited,
        told=told(scope, found) if found else None,
        draft=told(scope, draft) if draft else None,
        earlier=[
            (f"{academic_year(each.starts_in)}, in force {_from_until(each)}", _statement(scope, each))
            for each in earlier
        ],
        cannot_edit=rules.edit(scope),
        draft_url=address(scope, "equality-information-draft"),
        document_url=address(scope, "equality-information-document", statement=found.pk) if found else "",
        on_day_url=address(scope, "equality-information-on-day"),
    )


def told(scope: Scope, each: Statement) -> Told:
    """Arrange a statement."""
    return Told(
        year=academic_year(each.starts_in),
        state=StatementState(each.state).words,
        facts=f"In force {_from_until(each)}" if each.published_on else "",
        url=_statement(scope, each),
        parts=[
            (part.words, [line.strip() for line in each.parts.get(part, "").splitlines() if line.strip()])
            for part in Part
        ],
        aims=_aims_of(scope, each),
    )


def _aims_of(scope: Scope, each: Statement) -> list[AimRow]:
    """Return the objectives of a statement as they were published with it."""
    kept = wordings.kept(each)
    if kept is None:
        people = holders(scope)
        rows = each.aims.prefetch_related("readings").order_by("starts_on", "pk")
        return [aim_row(scope, it, people) for it in rows]
    return [
        AimRow(
            it.words, address(scope, "equality-objective", aim=it.aim), it.concerns, it.measure, it.post, it.days, ""
        )
        for it in kept
    ]


def statement_page(scope: Scope, each: Statement) -> StatementPage:
    """Arrange one statement."""
    people, state, at = holders(scope), StatementState(each.state), {"statement": each.pk}
    draft = state == StatementState.DRAFT
    return StatementPage(
        title=f"Equality information {academic_year(each.starts_in)}",
        told=told(scope, each),
        is_draft=draft,
        hints=small_numbers(scope, each.parts.values()) if draft else (),
        figures_url=address(scope, "results"),
        history=[TimelineItem(it.on, it.words, by=people.told(it.by_id)) for it in each.changes.order_by("pk")],
        seen_by=ALL if state in SHOWN else DRAFTS,
        version=each.version,
        cannot_change=rules.change_statement(scope, state),
        cannot_publish=rules.publish_statement(scope, state),
        change_url=address(scope, "equality-information-change", **at),
        publish_url=address(scope, "equality-information-publish", **at),
        document_url=address(scope, "equality-information-document", **at),
        back=address(scope, "equality-information"),
    )


def on_day_page(scope: Scope, form: Form, on: date | None) -> OnDayPage:
    """Arrange the information that was in force on a day."""
    found = queries.in_force(scope, on) if on else None
    return OnDayPage(
        title="Equality information on any day",
        form=form,
        said=f"No equality information was in force on {in_words(on)}." if on and not found else "",
        told=told(scope, found) if found else None,
        back=address(scope, "equality-information"),
    )


def small_numbers(scope: Scope, words: "Sequence[str]") -> Sequence[str]:
    """Return what reads like a small number of people in words that are to be published."""
    return rules.small_numbers(words, queries.small_to(timezone.localdate(scope.at)))


def is_overdue(duty: queries.Duty, today: date) -> bool:
    """Whether something was to be published by now."""
    return duty.due_on is None or duty.due_on < today


def duty_told(duty: queries.Duty, today: date, what: str, every: str) -> str:
    """Say when something was last published, and by when it is to be anew."""
    if duty.published_on is None:
        return f"No {what} has been published here yet; {every}."
    due = "was due" if is_overdue(duty, today) else "is due"
    return f"Last published on {in_words(duty.published_on)}; the next {due} by {in_words(duty.due_on)}, as {every}."


def late_told(each: Aim, today: date) -> str:
    """Say what of an objective is late, or nothing."""
    if each.state != AimState.PUBLISHED:
        return ""
    if each.ends_on < today:
        return f"It was to end by {in_words(each.ends_on)}"
    return f"Its review was due on {in_words(each.review_on)}" if each.review_on < today else ""


def _facts(each: Aim, people: Holders, today: date) -> list[tuple[str, str]]:
    return [
        ("Whom it concerns", wordings.concerns_told(each, today)),
        ("How it is measured", each.measure),
        ("Where it stood at first", each.baseline or "Not known"),
        ("Where it is to be", each.target or "Not said"),
        ("Who answers for it", people.told(each.owner_id)),
        ("From", in_words(each.starts_on)),
        ("Until", in_words(each.ends_on)),
        ("Review", in_words(each.review_on)),
        *([("Published", in_words(each.published_on))] if each.published_on else ()),
        *([("In these words", f"since {in_words(each.worded_on)}")] if each.worded_on else ()),
        *([("Ended", in_words(each.ended_on))] if each.ended_on else ()),
    ]


def _change(each: AimChange, people: Holders) -> TimelineItem:
    until = f"Until then: {each.before}" if each.before else ""
    return TimelineItem(each.on, each.words, by=people.told(each.by_id), note=until)


def _years(duty: queries.Duty) -> str:
    return "it is published every year" if duty.years == 1 else f"they are published at least every {duty.years} years"


def _from_until(each: Statement) -> str:
    since = f"from {in_words(each.published_on)}"
    return f"{since} until {in_words(each.superseded_on)}" if each.superseded_on else f"{since} until today"


def _aim(scope: Scope, each: Aim) -> str:
    return address(scope, "equality-objective", aim=each.pk)


def _statement(scope: Scope, each: Statement) -> str:
    return address(scope, "equality-statement", statement=each.pk)
