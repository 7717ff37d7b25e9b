"""The screens of targets: exactly what each shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from headship.analysis.targets import CountOutlook, ScoreOutlook
from headship.core.components import TimelineItem
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.outcomes import outlook_drawing, target_queries, target_words
from headship.outcomes import target_rules as rules
from headship.outcomes.held import held
from headship.outcomes.models import Target, TargetChange
from headship.outcomes.subjects import SUBJECTS
from headship.outcomes.target_outlook import Standing, Verdict
from headship.outcomes.target_words import number
from headship.people.holders import Holders, holders
from headship.schools.calendar_dates import year_of

METHODS = (("chance-of-a-target", "the chance"), ("expected-score", "what is expected of pupils"))
SEEN_BY = ("Staff and governors of this school", "Leaders of its trust or authority with a post here, without names")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target on the list."""

    about: str
    url: str
    finding: str
    facts: str


@dataclass(frozen=True, slots=True)
class TargetsPage:
    """The school's targets, each with its chance or its result."""

    title: str
    rows: Sequence[TargetRow]
    cannot_set: str | None
    set_url: str
    no_results: bool


@dataclass(frozen=True, slots=True)
class TargetPage:
    """One target: what may come of it, what that rests on and cannot know, and what came."""

    title: str
    finding: str
    withdrawn: bool
    facts: Sequence[tuple[str, str]]
    why: str
    unknown: str
    picture: SafeString | None
    under: str
    heads: tuple[str, str]
    rows: Sequence[tuple[str, str]]
    rests: str
    cannot_know: str
    methods: Sequence[tuple[str, str]]
    seen_by: Sequence[str]
    history: Sequence[TimelineItem]
    cannot_change: str | None
    cannot_review: str | None
    urls: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form."""

    title: str
    form: Form
    button: str
    back: str
    aside: str = ""


def address(scope: Scope, name: str, **rest: object) -> str:
    """Return the address of a page of the school the reader is in."""
    assert scope.place is not None
    return reverse(name, kwargs={"urn": scope.place.key, **rest})


def targets_page(scope: Scope) -> TargetsPage:
    """Arrange the list of targets."""
    results = held(scope)
    found = target_queries.stand(scope, list(target_queries.standing(scope)), results)
    people = holders(scope)
    return TargetsPage(
        title=_title(found),
        rows=[row(scope, each, people) for each in found],
        cannot_set=rules.set_targets(scope),
        set_url=address(scope, "target-set"),
        no_results=not results.assessments,
    )


def _title(found: Sequence[Standing]) -> str:
    """Say in the title how many targets wait for results, and how many were met of those with a result."""
    waiting = sum(each.actual.verdict == Verdict.WAITING for each in found)
    told = [each.actual.verdict for each in found if each.actual.verdict in {Verdict.MET, Verdict.NOT_MET}]
    if not found:
        return "Targets"
    if not told and waiting == len(found):
        return f"Targets: {waiting} set, results still to come"
    came = f"{told.count(Verdict.MET)} of {len(told)} met" if told else "no results that tell"
    return f"Targets: {came}, {waiting} to come" if waiting else f"Targets: {came}"


def row(scope: Scope, each: Standing, people: Holders) -> TargetRow:
    """Arrange a target for a list."""
    target, hidden = each.target, bool(rules.see_aim(scope, small=each.outlook.small))
    aim = "" if hidden else f"Aim: {target_words.aim(target, each.outlook.n)}. "
    facts = f"{aim}Answers for it: {people.told(target.owner_id)}. Results due {target_words.due(target)}."
    url = address(scope, "target", target=target.pk)
    return TargetRow(target_words.about(target), url, target_words.finding(each, hidden=hidden), facts)


def target_page(scope: Scope, target: Target) -> TargetPage:
    """Arrange one target."""
    (each,) = target_queries.stand(scope, [target])
    people, facts = holders(scope), target_queries.facts(target)
    hidden = rules.see_aim(scope, small=each.outlook.small)
    outlook = each.outlook
    drawn = outlook.found is not None and each.actual.verdict == Verdict.WAITING and not hidden
    return TargetPage(
        title=target_words.about(target),
        finding=target_words.finding(each, hidden=bool(hidden)),
        withdrawn=target.withdrawn_at is not None,
        facts=_facts(each, people, hidden=bool(hidden)),
        why="" if hidden else target.why,
        unknown=hidden or (target_words.WHY_UNKNOWN[outlook.unknown] if outlook.unknown else ""),
        picture=_picture(each) if drawn else None,
        under=_under(each) if drawn else "",
        heads=("Pupils who reach it" if isinstance(outlook.found, CountOutlook) else "Mean score", "Chance"),
        rows=_table(outlook.found) if drawn else (),
        rests=target_words.rests(outlook) if drawn else "",
        cannot_know=target_words.CANNOT_KNOW if drawn else "",
        methods=METHODS if drawn and outlook.rests and outlook.rests.before else METHODS[:1],
        seen_by=SEEN_BY,
        history=_history(scope, target_queries.changes(target), people, hidden=bool(hidden)),
        cannot_change=rules.change_target(scope, facts),
        cannot_review=rules.review_target(scope, facts),
        urls={
            name: address(scope, f"target-{name}", target=target.pk)
            for name in ("change", "review", "withdraw", "document")
        },
    )


def _facts(each: Standing, people: Holders, *, hidden: bool) -> list[tuple[str, str]]:
    target = each.target
    aim = "Not shown: it is about few pupils" if hidden else target_words.aim(target, each.outlook.n)
    return [
        ("The aim", aim[:1].upper() + aim[1:]),
        ("Decided by", f"“{target.assessment}”, results due {target_words.due(target)}"),
        ("Who answers for it", people.told(target.owner_id)),
        ("Looked at next", in_words(target.review_on) if target.review_on else "No day is set"),
    ]


def _picture(each: Standing) -> SafeString:
    assert each.outlook.found is not None  # its caller looked
    words = target_words.finding(each, hidden=False)
    return outlook_drawing.outlook(each.outlook.found, each.target.aim, words)


def _under(each: Standing) -> str:
    return (
        f"The line marks the aim, {number(each.target.aim)}: what lies to its right meets it. Dark: the middle half of "
        "all that may come. Dark and mid: nine in ten."
    )


def _table(found: CountOutlook | ScoreOutlook | None) -> list[tuple[str, str]]:
    """Return what may come in a few rows, each with its chance."""
    if isinstance(found, CountOutlook) and found.chances and found.most:
        low, high = found.most
        rows = [(f"Fewer than {low}", sum(found.chances[:low]))] if low else []
        rows += [(str(at), found.chances[at]) for at in range(low, high + 1)]
        rows += [(f"More than {high}", sum(found.chances[high + 1 :]))] if high < found.n else []
        return [(words, _percent(part)) for words, part in rows]
    if isinstance(found, ScoreOutlook) and found.half and found.most:
        ends = [found.most[0], *found.half, found.most[1]]
        parts = ("5%", "20%", "50%", "20%", "5%")
        words = [f"Below {number(ends[0])}"]
        words += [f"{number(low)} to {number(high)}" for low, high in pairwise(ends)]
        return list(zip([*words, f"Above {number(ends[-1])}"], parts, strict=True))
    return []


def _percent(part: float) -> str:
    return "less than 1%" if part < 0.005 else f"{part:.0%}"


def _history(scope: Scope, changes: Sequence[TargetChange], people: Holders, *, hidden: bool) -> list[TimelineItem]:
    """Arrange the history; what somebody found is kept from whoever may not see the aim."""
    return [
        TimelineItem(timezone.localdate(each.at), _line(each.words, hidden=hidden), by=people.told(each.by_id))
        for each in changes
    ]


def _line(words: str, *, hidden: bool) -> str:
    return words.partition(":")[0] if hidden else words


def years(scope: Scope) -> list[int]:
    """Return the academic years a target can be set for: this one and the next two."""
    this = year_of(timezone.localdate(scope.at))
    return [this, this + 1, this + 2]


def as_typed(target: Target) -> dict[str, Any]:
    """Return a target as its form holds it."""
    names = ("year", "year_group", "group", "subject", "assessment", "kind", "standard", "aim", "due_on", "review_on")
    told = {name: getattr(target, name) for name in names}
    return {**told, "owner": target.owner_id, "why": target.why, "version": target.version}


def set_page(scope: Scope, form: Form) -> FormPage:
    """Arrange the form for a new target."""
    aside = "Aim for pupils to do well, and say who answers for it. No pupil is named on this page or any other."
    return FormPage("Set a target", form, "Set the target", address(scope, "targets"), aside)


def subject_words(code: str) -> str:
    """Return a subject in words."""
    return SUBJECTS[code].words if code in SUBJECTS else code
