"""Exactly what the pages of support before capability show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from headship.appraisal import support_queries as queries
from headship.appraisal import support_rules as rules
from headship.appraisal.support_choices import NOTED, OVER, Kind, Standing
from headship.appraisal.support_models import Support, SupportLine, SupportReview
from headship.core.pages import in_words
from headship.core.scope import Scope

NOTE = (
    "No other leader, governor, office or administrator, and nobody who no longer holds the post that let them see it."
)
QUESTIONS = {Kind.AIMS: "What do you both aim for?", Kind.HELP: "What help was given, and by whom?",
             Kind.ASKED: "What do you ask them to reply to?"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form."""

    title: str
    form: Form
    button: str
    back: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Support in a list: for whom, where it stands, what is next."""

    title: str
    url: str
    state: str
    over: bool
    next: str
    facts: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The support a reader knows of."""

    title: str
    going_on: Sequence[Row]
    ended: Sequence[Row]
    offer_url: str
    cannot: str | None
    seen_note: str = NOTE


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the timeline: what it is, when, whose words, the words, what it corrects."""

    what: str
    on: date
    by: str
    paragraphs: Sequence[str]
    corrects: str
    correct_url: str
    written: str


@dataclass(frozen=True, slots=True)
class Doing:
    """Something the reader can do now."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class SupportPage:
    """One support: where it stands, what is next, its reviews and its timeline."""

    title: str
    state: str
    over: bool
    next: str
    facts: Sequence[tuple[str, str]]
    doings: Sequence[Doing]
    missing: Sequence[str]
    lines: Sequence[LineRow]
    seen_by: Sequence[str]
    seen_note: str
    document_url: str
    delete_url: str
    back: str


def address(scope: Scope, name: str, **rest: object) -> str:
    """Return the address of a page of the school the reader is in."""
    assert scope.place is not None
    return reverse(name, kwargs={"urn": scope.place.key, **rest})


def list_page(scope: Scope) -> ListPage:
    """Arrange what this reader knows of."""
    rows = [_row(scope, each) for each in queries.supports(scope)]
    cannot = rules.offer(scope)
    return ListPage(
        title="Support",
        going_on=[each for each in rows if not each.over],
        ended=[each for each in rows if each.over],
        offer_url="" if cannot else address(scope, "support-offer"),
        cannot=cannot,
    )


def _row(scope: Scope, each: Support) -> Row:
    giver = _who(each.supporter_id, each.supporter.name, scope.person_id)
    return Row(
        title=about(each, scope.person_id),
        url=address(scope, "support", support=each.pk),
        state=Standing(each.standing).words,
        over=each.standing in OVER,
        next=_next(scope, each, scope.person_id),
        facts=f"given by {giver} · offered on {in_words(each.offered_on)}",
    )


def about(each: Support, you: int | None) -> str:
    """Say whom support is for, to a reader; on paper, which others may come to hold, always by name."""
    return "Support for you" if each.person_id == you else f"Support for {each.person.name}"


def _who(person: int, name: str, you: int | None) -> str:
    return "you" if person == you else name


def _next(scope: Scope, each: Support, you: int | None) -> str:
    if each.ended_on:
        return f"Ended on {in_words(each.ended_on)}."
    if queries.owed(each):
        return "Your reply is asked for." if each.person_id == you else "A reply is asked for."
    coming = queries.planned(each)
    if not coming:
        return "No review is planned."
    late = coming[0].due_on < queries.today_of(scope)
    return f"{'A review was due' if late else 'The next review is'} on {in_words(coming[0].due_on)}."


def support_page(scope: Scope, each: Support, *, on_paper: bool = False) -> SupportPage:
    """Arrange one support; on paper everybody is named, its reader too."""
    you = None if on_paper else scope.person_id
    facts = queries.facts(each)
    leads = rules.lead(scope, facts) is None
    deletes = rules.delete(scope, facts, today=queries.today_of(scope), held=False) is None
    return SupportPage(
        title=about(each, you),
        state=Standing(each.standing).words,
        over=each.standing in OVER,
        next=_next(scope, each, you),
        facts=_facts(each, you),
        doings=_doings(scope, each, facts),
        missing=rules.missing(facts) if leads and facts.standing not in OVER else (),
        lines=_lines(scope, each, you),
        seen_by=_seen_by(each, facts, you),
        seen_note=NOTE,
        document_url=address(scope, "support-document", support=each.pk),
        delete_url=address(scope, "support-delete", support=each.pk) if deletes else "",
        back=address(scope, "support-list"),
    )


def _facts(each: Support, you: int | None) -> list[tuple[str, str]]:
    reviews = "; ".join(_review(one) for one in each.reviews.all())
    giver = _who(each.supporter_id, each.supporter.name, you)
    return [
        ("Given by", f"{giver[:1].upper()}{giver[1:]}"),
        ("Offered", in_words(each.offered_on)),
        ("Reviews", reviews or "None planned"),
    ]


def _review(one: SupportReview) -> str:
    return f"held on {in_words(one.held_on)}" if one.held_on else f"planned for {in_words(one.due_on)}"


def _doings(scope: Scope, each: Support, facts: rules.Facts) -> list[Doing]:
    """Return what the reader can do now, the most likely first."""
    at = {"support": each.pk}
    found = []
    if rules.reply(scope, facts) is None:
        words = "Answer the offer" if facts.standing is Standing.OFFERED else Kind.REPLY.doing
        found.append(Doing(words, address(scope, "support-reply", **at)))
    if rules.note(scope, facts, Kind.REVIEW) is None:
        found.append(Doing(Kind.REVIEW.doing, address(scope, "support-review", **at)))
    found += [
        Doing(kind.doing, address(scope, "support-note", kind=kind.value, **at))
        for kind in (Kind.HELP, Kind.AIMS, Kind.ASKED)
        if rules.note(scope, facts, kind) is None
    ]
    if rules.end(scope, facts) is None:
        found.append(Doing(Kind.OUTCOME.doing, address(scope, "support-end", **at)))
        found.append(Doing(Kind.HANDED.doing, address(scope, "support-hand", **at)))
    return found


def _lines(scope: Scope, each: Support, you: int | None) -> list[LineRow]:
    told = {line.pk: line for line in each.lines.all()}
    return [_line(scope, each, line, told.get(line.corrects_id or 0), you) for line in each.lines.all()]


def _line(scope: Scope, each: Support, line: SupportLine, first: SupportLine | None, you: int | None) -> LineRow:
    corrected = f"Corrects: {Kind(first.kind).words.lower()}, {in_words(first.on)}" if first else ""
    words = line.reply or line.said
    may = rules.correct(scope, line.by_id, line.kind) is None
    return LineRow(
        what=_what(each, line, you),
        on=line.on,
        by=_who(line.by_id, line.by.name, you),
        paragraphs=[one.strip() for one in words.splitlines() if one.strip()],
        corrects=corrected,
        correct_url=address(scope, "support-correct", written=line.pk) if may else "",
        written=f"{in_words(line.at)} at {timezone.localtime(line.at):%H:%M}",
    )


def _what(each: Support, line: SupportLine, you: int | None) -> str:
    if line.kind != Kind.REPLY:
        return Kind(line.kind).words
    return "Your reply" if each.person_id == you else f"The reply of {each.person.name}"


def _seen_by(each: Support, facts: rules.Facts, you: int | None) -> list[str]:
    person = "You" if each.person_id == you else each.person.name
    return [
        f"{person}, who reads all of it",
        f"{'You' if each.supporter_id == you else each.supporter.name}, who gives the support",
        "The chair of governors" if facts.apart else "The headteacher",
    ]


def asked(kind: Kind) -> str:
    """Return the question of the form of a line."""
    assert kind in NOTED
    return QUESTIONS[kind]
