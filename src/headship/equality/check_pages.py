"""Exactly what the pages of equality checks show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import BoundField
from django.utils import timezone

from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import in_words
from headship.core.registry import Beside
from headship.core.scope import Scope
from headship.equality import queries, rules
from headship.equality.choices import CheckState, Effect, Subject
from headship.equality.forms import FindingsForm
from headship.equality.models import Check
from headship.people.holders import Holders, holders
from headship.strategy.pages import address

HEADS = ("Protected characteristic", "Effect", "In words")
WHAT = "Equality check"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check, or something nobody has said it of yet."""

    kind: str
    words: str
    url: str
    facts: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class ChecksPage:
    """What lacks a check, what nobody has asked about, and what was settled, newest first."""

    title: str
    lacking: Sequence[CheckRow]
    more_lacking: int
    unasked: Sequence[CheckRow]
    more_unasked: int
    settled: Sequence[CheckRow]
    more: str
    cannot_check: str | None


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One check: of what, what was found for whom, what it rests on, what is changed, when it is made again."""

    title: str
    about: str
    about_url: str
    kind: str
    state: str
    late: str
    facts: Sequence[tuple[str, str]]
    heads: Sequence[str]
    findings: Sequence[Sequence[str]]
    evidence: Sequence[str]
    changed: Sequence[str]
    hidden: bool
    needed: bool
    done: bool
    history: Sequence[TimelineItem]
    seen_by: str
    cannot_check: str | None
    cannot_make: str | None
    findings_url: str
    change_url: str
    back: str


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """The form of a check: for each protected characteristic its effect and words, with what it means."""

    title: str
    about: str
    form: FindingsForm
    groups: Sequence[tuple[str, str, BoundField, BoundField]]
    cited: str
    back: str


def checks_page(scope: Scope, before: int | None) -> ChecksPage:
    """Arrange the list of checks."""
    people, today = holders(scope), timezone.localdate(scope.at)
    rows, following = queries.checks_page(scope, before)
    lacking, more_lacking = ([], 0) if before else queries.lacking(scope)
    unasked, more_unasked = ([], 0) if before or rules.check(scope) else queries.unasked(scope)
    return ChecksPage(
        title="Equality checks",
        lacking=[_row(scope, each, people, today) for each in lacking],
        more_lacking=more_lacking,
        unasked=[_unasked(scope, each) for each in unasked],
        more_unasked=more_unasked,
        settled=[_row(scope, each, people, today) for each in rows],
        more=f"?before={following}" if following else "",
        cannot_check=rules.check(scope),
    )


def check_page(scope: Scope, each: Check) -> CheckPage:
    """Arrange one check."""
    people, about, state = holders(scope), queries.subject(each), CheckState(each.state)
    shown = rules.see_findings(scope, state)
    at = {"check": each.pk}
    return CheckPage(
        title=WHAT,
        about=about.words,
        about_url=about_address(scope, about, each),
        kind=about.kind.words,
        state=state.words,
        late=late_told(each, timezone.localdate(scope.at)),
        facts=list(_facts(each, people)),
        heads=HEADS,
        findings=_findings(each, timezone.localdate(scope.at)) if shown else (),
        evidence=_lines(each.evidence) if shown else (),
        changed=_lines(each.changed) if shown else (),
        hidden=not shown and state == CheckState.NEEDED,
        needed=state == CheckState.NEEDED,
        done=state == CheckState.DONE,
        history=[TimelineItem(it.on, it.words, by=people.told(it.by_id)) for it in each.changes.order_by("pk")],
        seen_by="Everybody who may see what it is about; while it is made, leaders and governors see what is found",
        cannot_check=rules.check(scope),
        cannot_make=rules.make(scope, CheckState(each.state), each.owner_id),
        findings_url=address(scope, "equality-check-findings", **at),
        change_url=address(scope, "equality-check-change", **at),
        back=address(scope, "equality-checks"),
    )


def findings_page(scope: Scope, each: Check, form: FindingsForm) -> FindingsPage:
    """Arrange the form of a check."""
    return FindingsPage(
        title="Make the equality check",
        about=queries.subject(each).words,
        form=form,
        groups=[
            (value.words, str(value.value), form[f"{code}-effect"], form[f"{code}-words"])
            for code, value in form.protected.items()
        ],
        cited=next(iter(form.protected.values())).cited,
        back=address(scope, "equality-check", check=each.pk),
    )


def beside(scope: Scope, sources: Sequence[str]) -> Iterator[Beside]:
    """Say beside decisions and priorities whether they need an equality check, and whether it is done."""
    ours = [each for each in sources if each.partition(":")[0] in {kind.model for kind in Subject}]
    if not ours or rules.read(scope) is not None:
        return
    found, may = queries.checks_of(scope, ours), rules.check(scope) is None
    for source in ours:
        if source in found:
            url = address(scope, "equality-check", check=found[source].pk)
            yield Beside(source, WHAT, state_told(found[source], timezone.localdate(scope.at)), url)
        elif may:
            model, _, key = source.partition(":")
            kind = next(kind for kind in Subject if kind.model == model)
            url = address(scope, "equality-check-begin", kind=kind.value, of=int(key))
            yield Beside(source, WHAT, "say whether it needs one", url)


def state_told(each: Check, today: date) -> str:
    """Say on one line where a check stands."""
    if each.state == CheckState.DONE:
        late = late_told(each, today)
        return f"done on {in_words(each.done_on)}" + (f"; {late[0].lower()}{late[1:]}" if late else "")
    if each.state == CheckState.NEEDED:
        return f"needed, {'was due' if late_told(each, today) else 'due'} by {in_words(each.due_on)}"
    return f"not needed, because: {each.because}"


def late_told(each: Check, today: date) -> str:
    """Say what of a check is late, or nothing."""
    if each.state == CheckState.NEEDED and each.due_on is not None and each.due_on < today:
        return f"It was due on {in_words(each.due_on)}"
    if each.state == CheckState.DONE and each.review_on is not None and each.review_on < today:
        return f"It was to be looked at again on {in_words(each.review_on)}"
    return ""


def about_address(scope: Scope, about: queries.About, each: Check) -> str:
    """Return the page of what a check is about, or nothing where it has none."""
    if about.kind == Subject.PRIORITY:
        assert each.priority is not None  # it is of that kind
        return address(scope, "plan-one", plan=each.priority.plan_id)
    page = registry.source_pages().get(about.kind.model)
    return address(scope, page.url_name, **{page.key: about.key}) if page else ""


def _row(scope: Scope, each: Check, people: Holders, today: date) -> CheckRow:
    about, late = queries.subject(each), late_told(each, today)
    who = f"{people.told(each.owner_id)} · " if each.owner_id and each.state == CheckState.NEEDED else ""
    return CheckRow(
        kind=about.kind.words,
        words=about.words,
        url=address(scope, "equality-check", check=each.pk),
        facts=f"{who}{state_told(each, today)}",
        late=bool(late),
    )


def _unasked(scope: Scope, about: queries.About) -> CheckRow:
    url = address(scope, "equality-check-begin", kind=about.kind.value, of=about.key)
    return CheckRow(about.kind.words, about.words, url, in_words(about.on))


def _facts(each: Check, people: Holders) -> Iterator[tuple[str, str]]:
    if each.state == CheckState.NEEDED and each.owner_id:
        yield "Who makes it", people.told(each.owner_id)
        yield "By when", in_words(each.due_on)
    if each.because:
        yield "Why", each.because
    if each.done_on and each.done_by_id:
        yield "Done", f"{in_words(each.done_on)}, {people.told(each.done_by_id)}"
    if each.state == CheckState.DONE:
        yield "Looked at again", in_words(each.review_on)


def _findings(each: Check, today: date) -> list[tuple[str, str, str]]:
    protected = rules.protected(today)
    said = {it.characteristic: it for it in each.findings.all()}
    return [
        (value.words, Effect(said[code].effect).words, said[code].words or "Nothing more was said")
        for code, value in protected.items()
        if code in said
    ]


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
