"""Exactly what the page of one year of a headteacher's appraisal shows, as far as its reader may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from headship.appraisal import head_checks, head_copies, head_pages, head_plan, head_queries, head_rules, head_steps
from headship.appraisal.head_checks import Check
from headship.appraisal.head_choices import HeadState, Part, Reached, Said, Section
from headship.appraisal.head_pages import address
from headship.appraisal.head_queries import Whole
from headship.appraisal.head_steps import Step
from headship.appraisal.models import HeadCopy, HeadObjective, HeadYear
from headship.appraisal.staff_pages import past_words
from headship.core.components import TimelineItem
from headship.core.pages import academic_year, in_words, listed
from headship.core.scope import Scope
from headship.schools import queries as schools
from headship.schools.calendar_dates import group_of

LENT = "The panel of the year after, while its locked copies are lent"
NOTES = (
    (Said.ADVICE, "head-advice", "Note the adviser's advice"),
    (Said.HALFWAY, "head-halfway", "Note the mid-year review"),
    (Said.MEETING, "head-meeting", "Note the panel's meeting"),
    (Said.MODERATION, "head-moderate", "Note the moderation"),
    (Said.ONWARD, "head-onward", "Go on with the year: the meeting was not the one at its end"),
)


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    """One objective: what it says, what it is tied to, the head's words, how far it came where that may be read."""

    number: int
    words: str
    facts: Sequence[tuple[str, str]]
    own_words: str
    reached: str
    assessment: str
    version: int
    change_url: str
    own_url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class NoteCard:
    """What was said on a day, and by whom it was noted."""

    kind: str
    on: date
    by: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry the headteacher shows."""

    words: str
    facts: str
    why: str
    hide_url: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """One year, as far as its reader may read it."""

    title: str
    mine: bool
    year: str
    state: str
    past: str
    closed: str
    step: Step | None
    facts: Sequence[tuple[str, str]]
    sections: frozenset[Section]
    objectives: Sequence[ObjectiveCard]
    cannot_write: str | None
    cannot_own: str | None
    notes: Sequence[NoteCard]
    note_links: Sequence[tuple[str, str]]
    evidence: Sequence[Shown]
    reflection: str
    reflection_is: str
    statement: Sequence[tuple[str, Sequence[str]]]
    links: Sequence[tuple[str, str]]
    copies: Sequence[tuple[str, str, str]]
    appeals: Sequence[tuple[str, Sequence[str]]]
    checks: Sequence[tuple[Check, str]]
    missing: str
    standing: str
    seen_by: Sequence[str]
    history: Sequence[TimelineItem]
    version: int
    lend: str
    can_take_back: bool
    urls: dict[str, str]


def year_page(scope: Scope, year: HeadYear) -> YearPage:
    """Arrange one year."""
    whole, today = head_queries.whole(scope, year), timezone.localdate(scope.at)
    found = _checks(scope, whole, today) if Section.NOTES in whole.sections else []
    here = {name: address(scope, name, year=year.pk) for name in _OWN_PAGES}
    here["head-appraisal"] = address(scope, "head-appraisal")
    return YearPage(
        title=head_pages.title(scope, year),
        mine=year.head_id == scope.person_id,
        year=academic_year(year.starts_in),
        state=HeadState(year.state).words,
        past=past_words(scope, year.starts_in),
        closed=head_rules.open_year(whole.facts) or "",
        step=head_steps.step(scope, whole, today),
        facts=_facts(whole),
        sections=whole.sections,
        objectives=[_objective(scope, whole, at, each) for at, each in enumerate(whole.objectives, 1)],
        cannot_write=head_rules.write_objectives(scope, whole.facts),
        cannot_own=head_rules.say_own(scope, whole.facts),
        notes=[NoteCard(Said(each.kind).words, each.on, each.by.name, each.words.splitlines()) for each in whole.notes],
        note_links=[(words, here[name]) for kind, name, words in NOTES if head_rules.note(whole.facts, kind) is None],
        evidence=_shown(scope, whole),
        reflection=whole.reflection.words if whole.reflection else "",
        reflection_is=_reflection_is(whole),
        statement=_statement(whole, mine=year.head_id == scope.person_id),
        links=_links(scope, whole, here),
        copies=[_copy_row(scope, year, each) for each in whole.copies],
        appeals=[(words, said.splitlines()) for each in whole.appeals for words, said in head_copies.appealed(each)],
        checks=[(each, _mend(scope, whole, each)) for each in found],
        missing=_missing(head_checks.missing(found)),
        standing=head_checks.standing(group_of(schools.school_of(scope.school_id).kind), whole.ruled.own)
        if found
        else "",
        seen_by=seen_by(whole),
        history=[TimelineItem(timezone.localdate(each.at), each.words, by=each.by.name) for each in whole.changes],
        version=year.version,
        lend=_lend(scope, whole),
        can_take_back=head_rules.take_back(whole.facts) is None,
        urls=here,
    )


def _checks(scope: Scope, whole: Whole, today: date) -> list[Check]:
    """Hold a year against what is asked; until its objectives are set, with why no plan binds them."""
    return head_checks.checks(whole, today, "" if whole.year.set_on else head_plan.tie(scope).why_none)


_OWN_PAGES = (
    "head-objective-add",
    "head-objectives-set",
    "head-objectives-again",
    "head-advice",
    "head-halfway",
    "head-meeting",
    "head-moderate",
    "head-onward",
    "head-evidence",
    "head-reflection",
    "head-statement",
    "head-statement-give",
    "head-statement-back",
    "head-comment",
    "head-lock",
    "head-reopen",
    "head-lend",
    "head-appeal",
    "head-appeal-hear",
    "head-document",
)


def _facts(whole: Whole) -> list[tuple[str, str]]:
    year = whole.year
    told = [("Whose", year.head.name), ("Year", f"{in_words(year.starts_on)} to {in_words(year.ends_on)}")]
    names = [(part, [each.person.name for each in whole.of(part)]) for part in Part]
    told += [(part.words, listed(held)) for part, held in names if held]
    if gone := [each.person.name for each in whole.members if each.pk in whole.left]:
        told.append(("Has left that post", listed(gone)))
    if Section.NOTES in whole.sections:
        when = f", told on {in_words(year.told_on)}" if year.told_on else ", not told yet"
        told.append(("Standards", f"{head_copies.held_to(year)}{when}"))
    told.append(("Statement due", in_words(whole.due_on)))
    for words, planned, done in (
        ("Mid-year review", year.half_due_on, year.half_on),
        ("Panel meeting", year.meeting_due_on, year.met_on),
    ):
        if planned or done:
            told.append((words, f"on {in_words(done)}" if done else f"planned for {in_words(planned)}"))
    return told


def _objective(scope: Scope, whole: Whole, number: int, each: HeadObjective) -> ObjectiveCard:
    judged = Section.STATEMENT in whole.sections
    key = {"year": whole.year.pk, "objective": each.pk}
    facts = [
        ("Serves pupils", each.pupils),
        ("Seen by", each.measure),
        ("In the plan", head_copies.tied_to(each)),
        ("Serves", listed(it.code for it in each.characteristics.all())),
        ("Weight", "" if each.weight is None else f"{each.weight} of 100"),
    ]
    return ObjectiveCard(
        number=number,
        words=each.words,
        facts=[(words, told or "Not said yet") for words, told in facts if told or words == "In the plan"],
        own_words=each.own_words,
        reached=Reached(each.reached).words if judged and each.reached else "",
        assessment=each.assessment if judged else "",
        version=each.version,
        change_url=address(scope, "head-objective-change", **key),
        own_url=address(scope, "head-own-words", **key),
        drop_url=address(scope, "head-objective-drop", **key),
    )


def _shown(scope: Scope, whole: Whole) -> list[Shown]:
    return [
        Shown(
            words=each.entry.words,
            facts=f"{in_words(each.entry.occurred_on)} · {codes(each.entry)}",
            why=each.why,
            hide_url=address(scope, "head-evidence-hide", year=whole.year.pk, shown=each.pk),
        )
        for each in whole.evidence
    ]


def codes(entry: Any) -> str:
    """Return the characteristics an entry serves."""
    return listed(sorted({it.characteristic.code for it in entry.serves.all()}))


def _reflection_is(whole: Whole) -> str:
    if whole.reflection is None:
        return ""
    if whole.reflection.shown_on:
        return f"Shown since {in_words(whole.reflection.shown_on)} to those who appraise."
    return "Only you read this, until you show it."


def _statement(whole: Whole, *, mine: bool) -> list[tuple[str, Sequence[str]]]:
    return [
        (words.replace("The headteacher's comments", "Your comments") if mine else words, said.splitlines())
        for words, said in head_copies.judged(whole)
    ]


def _links(scope: Scope, whole: Whole, here: dict[str, str]) -> list[tuple[str, str]]:
    """Return what else the reader can do now."""
    facts, today = whole.facts, timezone.localdate(scope.at)
    commented = whole.statement is not None and whole.statement.commented_on is not None
    locks = head_rules.agree(facts, commented=commented, given_on=whole.year.given_on, today=today)
    may = [
        (head_rules.set_objectives(facts), "Set the objectives", "head-objectives-set"),
        (head_rules.take_up(facts), "Take the objectives up again", "head-objectives-again"),
        (head_rules.draft(facts), "Write the statement", "head-statement"),
        (
            head_rules.give(facts) if whole.statement else head_rules.UNDRAFTED,
            "Give it to the headteacher",
            "head-statement-give",
        ),
        (head_rules.comment(scope, facts), "Comment on the statement", "head-comment"),
        (locks, "Agree and lock it", "head-lock"),
        (head_rules.reopen(facts), "Open it again", "head-reopen"),
        (head_rules.appeal(scope, facts), "Appeal", "head-appeal"),
        (_hears(facts), "Say how the appeal ended", "head-appeal-hear"),
    ]
    return [(words, here[name]) for refusal, words, name in may if refusal is None]


def _hears(facts: head_rules.Facts) -> str | None:
    return head_rules.hear(facts) if facts.state == HeadState.APPEALED else head_rules.HEARERS_ONLY


def _copy_row(scope: Scope, year: HeadYear, each: HeadCopy) -> tuple[str, str, str]:
    kind = "Locked" if each.locked else f"{head_pages.kind_of(each)}, kept"
    again = f"; opened again on {in_words(each.opened_on)}" if each.opened_on else ""
    url = address(scope, "head-copy", year=year.pk, copy=each.number)
    return f"{kind} on {in_words(each.made_on)}{again}", url, each.because


def _mend(scope: Scope, whole: Whole, each: Check) -> str:
    """Return where the reader can mend what a check found; nothing where somebody else must."""
    if not each.mend or _cannot(scope, whole.facts, each.mend) is not None:
        return ""
    if each.mend == "head-objective-change":
        return address(scope, each.mend, year=whole.year.pk, objective=each.objective)
    return address(scope, each.mend, year=whole.year.pk)


def _cannot(scope: Scope, facts: head_rules.Facts, name: str) -> str | None:
    """Return why the reader may not open a page that mends something, by the rule that page asks."""
    if name == "head-panel-change":
        return head_rules.record(scope)
    if name == "head-objectives-set":
        return head_rules.set_objectives(facts)
    if name == "head-advice":
        return head_rules.note(facts, Said.ADVICE)
    if name == "head-statement":
        return head_rules.draft(facts)
    return head_rules.write_objectives(scope, facts)


def _missing(found: Sequence[Check]) -> str:
    if not found:
        return "Nothing that is due is missing."
    return f"{len(found)} thing{' is' if len(found) == 1 else 's are'} missing."


def seen_by(whole: Whole) -> list[str]:
    """Say by name who reads a year today: nobody who left, and of a year that is over nobody who appraised."""
    seen = [f"{whole.year.head.name}, whose appraisal it is"]
    if whole.facts.over:
        return [*seen, LENT] if whole.year.shown_on else seen
    if whole.year.shown_on and whole.facts.state == HeadState.AGREED:
        seen.append(LENT)
    appraise = [each.person.name for each in whole.serving(Part.PANEL, Part.TRUST, Part.ADVISER)]
    seen += [f"{listed(appraise)}, who appraise or advise this year"] if appraise else []
    for part, words in ((Part.MODERATOR, "while moderating: objectives and draft"), (Part.APPEAL, "while hearing it")):
        seen += [f"{each.person.name}, {words}" for each in whole.serving(part)]
    return seen


def _lend(scope: Scope, whole: Whole) -> str:
    if head_rules.lend(scope, whole.facts) is not None:
        return ""
    return "take" if whole.year.shown_on else "lend"
