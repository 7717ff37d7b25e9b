"""Exactly what the pages of complaints and compliments show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from headship.core.components import TimelineItem
from headship.core.pages import in_words
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.voice import complaint_queries as queries
from headship.voice import complaint_rules as rules
from headship.voice import pages, procedure
from headship.voice.complaint_choices import MOVES, Channel, From, Outcome, Part, Stage, Theme
from headship.voice.models import Complaint, ComplaintStep, Compliment, Lesson

NEWEST = 5  # closed complaints that are not folded away
ANYONE = "Anybody who works here or governs can record what they were told; what they then see is only theirs."


@dataclass(frozen=True, slots=True)
class Row:
    """One complaint or compliment in a list: what it is about, its state, and the one thing to do next."""

    title: str
    url: str
    facts: str
    state: str
    waits: bool
    words: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What reached the school and this reader knows of: complaints, open ones first, and compliments."""

    title: str
    open: Sequence[Row]
    closed: Sequence[Row]
    earlier: Sequence[Row]
    kind: Sequence[Row]
    complaint_url: str
    compliment_url: str
    year_url: str
    procedure_url: str
    aside: str


@dataclass(frozen=True, slots=True)
class MoveLink:
    """A stage a complaint can be brought to now: a button's words and where it leads."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """One complaint: where it stands, what is next, what it says, what was done, what was learned."""

    title: str
    state: str
    next: str
    late: bool
    closed: bool
    moves: Sequence[MoveLink]
    cannot: str | None
    said: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[TimelineItem]
    lessons: Sequence[Row]
    checks: Sequence[procedure.Check]
    sources: Sequence[str]
    seen_by: Sequence[str]
    seen_note: str
    hand_url: str
    change_url: str
    learn_url: str
    delete_url: str
    version: int
    back: str


@dataclass(frozen=True, slots=True)
class ComplimentPage:
    """One compliment."""

    title: str
    said: str
    facts: Sequence[tuple[str, str]]
    word: str
    passed: bool
    pass_url: str
    seen_by: Sequence[str]
    back: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """What was learned, and the form that says it was done."""

    title: str
    learned: str
    facts: Sequence[tuple[str, str]]
    form: object
    cannot: str | None
    seen_by: Sequence[str]
    back: str


def list_page(scope: Scope) -> ListPage:
    """Arrange what this reader knows of."""
    rows = [(each, _row(scope, each)) for each in queries.complaints(scope)]
    closed = [row for each, row in rows if each.stage == Stage.CLOSED]
    return ListPage(
        title="Compliments and complaints",
        open=[row for each, row in rows if each.stage != Stage.CLOSED],
        closed=closed[:NEWEST],
        earlier=closed[NEWEST:],
        kind=[_kind_row(scope, each) for each in queries.compliments(scope)],
        complaint_url=pages.address(scope, "complaint-new"),
        compliment_url=pages.address(scope, "compliment-new"),
        year_url="" if rules.see_counts(scope) else pages.address(scope, "complaints-year"),
        procedure_url=pages.address(scope, "complaints-procedure"),
        aside=ANYONE,
    )


def _row(scope: Scope, each: Complaint) -> Row:
    stage, today = Stage(each.stage), queries.today_of(scope)
    late = each.due_on is not None and each.due_on < today
    if stage is Stage.CLOSED:
        words, state = f"Closed on {in_words(each.closed_on)}", Outcome(each.outcome).words
    else:
        words, state = f"{stage.asks} by {in_words(each.due_on)}", "Late" if late else stage.words
    facts = f"{From(each.from_role).words} · received on {in_words(each.received_on)} · {_who(scope, each)}"
    url = pages.address(scope, "complaint", complaint=each.pk)
    return Row(Theme(each.theme).words, url, facts, state, stage is not Stage.CLOSED, words)


def _who(scope: Scope, each: Complaint) -> str:
    if each.owner_id is None:
        return "answered by the chair of governors" if each.apart else "answered by the headteacher"
    if each.owner_id == scope.person_id:
        return "answered by you"
    return f"answered by {each.owner.name}" if each.owner else ""


def _answerer(scope: Scope, each: Complaint) -> str:
    who = _who(scope, each).removeprefix("answered by ")
    return who[:1].upper() + who[1:]


def _kind_row(scope: Scope, each: Compliment) -> Row:
    waits = each.passed_on is None and each.about_id is not None and rules.pass_on(scope) is None
    yours = each.about_id == scope.person_id
    state = "" if each.about_id is None or yours else "To be passed on" if waits else "Passed on"
    about = " · about you" if yours else f" · about {each.about.name}" if each.about else ""
    facts = f"{From(each.from_role).words} · {in_words(each.received_on)}{about}"
    url = pages.address(scope, "compliment", compliment=each.pk)
    return Row(Theme(each.theme).words, url, facts, state, waits, _short(each.said))


def _inside(words: str) -> str:
    """Return words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def _from(name: str, role: str, contact: str = "") -> str:
    who = From(role).words
    return ", ".join(filter(None, (name, _inside(who) if name else who, contact)))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 140 else f"{line[:137].rstrip()}…"


def complaint_page(scope: Scope, each: Complaint) -> ComplaintPage:
    """Arrange one complaint."""
    facts, today = queries.facts(each), queries.today_of(scope)
    leads = rules.lead(scope, facts) is None
    address = {"complaint": each.pk}
    checks = procedure.checks(each, queries.kind_of(each.school_id), today)
    deletes = rules.delete(scope, facts, today=today, held=False) is None
    return ComplaintPage(
        title=f"Complaint: {_inside(Theme(each.theme).words)}",
        state=Outcome(each.outcome).words if each.outcome else Stage(each.stage).words,
        next=_next(each),
        late=each.due_on is not None and each.due_on < today,
        closed=each.stage == Stage.CLOSED,
        moves=_moves(scope, each, facts),
        cannot=rules.answer(scope, facts),
        said=each.said,
        facts=_facts(scope, each),
        steps=[_item(scope, step) for step in sorted(each.steps.all(), key=lambda step: -step.pk)],
        lessons=[lesson_row(scope, one) for one in sorted(each.lessons.all(), key=lambda one: (one.due_on, one.pk))],
        checks=checks,
        sources=sorted({check.source for check in checks}),
        seen_by=_seen_by(each),
        seen_note=_seen_note(each),
        hand_url=pages.address(scope, "complaint-hand", **address) if leads else "",
        change_url=pages.address(scope, "complaint-change", **address) if leads else "",
        learn_url=pages.address(scope, "complaint-learn", **address) if rules.learn(scope, facts) is None else "",
        delete_url=pages.address(scope, "complaint-delete", **address) if deletes else "",
        version=each.version,
        back=pages.address(scope, "complaints"),
    )


def _next(each: Complaint) -> str:
    stage = Stage(each.stage)
    if stage is Stage.CLOSED:
        return f"Closed on {in_words(each.closed_on)}."
    return f"{stage.asks} by {in_words(each.due_on)}."


def _moves(scope: Scope, each: Complaint, facts: rules.Facts) -> list[MoveLink]:
    """Return what can be done now, the most likely first."""
    stage = Stage(each.stage)
    return [
        MoveLink(_moving(stage, to), pages.address(scope, "complaint-move", complaint=each.pk, to=to))
        for to in MOVES[stage]
        if rules.move(scope, facts, to) is None
    ]


def _moving(stage: Stage, to: Stage) -> str:
    if stage is Stage.CLOSED:
        return f"They are not content: {_inside(to.doing)}"
    if to is Stage.CLOSED and stage in {Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.FORMAL}:
        return "It was withdrawn" if stage is not Stage.FORMAL else "It was withdrawn or resolved"
    if to is Stage.CLOSED and stage is Stage.PANEL:
        return "Say what the panel found, and close it"
    return to.doing


def _facts(scope: Scope, each: Complaint) -> list[tuple[str, str]]:
    facts = [
        ("Received", f"{in_words(each.received_on)}, {_inside(Channel(each.channel).words)}"),
        ("From", _from(each.from_name, each.from_role, each.from_contact)),
        ("Concerns", each.about.name if each.about else "Nobody known here"),
        ("Who answers", _answerer(scope, each)),
        ("Recorded by", each.recorded_by.name),
    ]  # fmt: skip
    if each.panel_members is not None:
        facts.append(("Panel", f"{each.panel_members} sat, {each.panel_independent} of them independent of the school"))
    return facts


def _item(scope: Scope, step: ComplaintStep) -> TimelineItem:
    stage = Stage(step.stage)
    late = step.was_due_on is not None and step.on > step.was_due_on
    words = f"{stage.done}, later than due ({in_words(step.was_due_on)})" if late else stage.done
    said = "They ask" if stage in {Stage.FORMAL, Stage.PANEL} else "They were told"
    note = " ".join(filter(None, (step.found and f"Found: {step.found}", step.answered and f"{said}: {step.answered}")))
    return TimelineItem(step.on, words, by="you" if step.by_id == scope.person_id else step.by.name, note=note)


def _seen_by(each: Complaint) -> list[str]:
    found = ["The chair of governors" if each.apart else "The headteacher"]
    if each.owner:
        found.append(f"{each.owner.name}, who answers it")
    found += [f"{one.person.name}: {_inside(Part(one.part).words)}" for one in each.readers.all()]
    return found


def _seen_note(each: Complaint) -> str:
    if each.apart:
        return "The headteacher and the school's leaders are never told that it exists, in no count and on no page."
    about = "Whom it concerns never sees it here. " if each.about_id else ""
    return f"{about}Nobody else at the school. Governors see counts alone."


def lesson_row(scope: Scope, each: Lesson) -> Row:
    """Arrange what was learned in a list."""
    facts = f"{each.owner.name} · by {in_words(each.due_on)}"
    if each.done_on:
        facts = f"Done on {in_words(each.done_on)}. {each.came_of_it}"
    url = pages.address(scope, "lesson", lesson=each.pk)
    return Row(each.doing, url, facts, "Done" if each.done_on else "To do", not each.done_on, each.learned)


def _doer(scope: Scope, each: Lesson) -> str:
    """Return who does what was learned: by name to those who know them by name, as everywhere."""
    told = each.owner_id == scope.person_id or each.owner_id in queries.choices(scope)
    return each.owner.name if told else "Somebody who works here"


def lesson_page(scope: Scope, each: Lesson, form: object) -> LessonPage:
    """Arrange what was learned."""
    cannot = rules.finish(scope, queries.facts(each.complaint), each.owner_id)
    knows = queries.complaint(scope, each.complaint_id) is not None
    facts = [("Who", _doer(scope, each)), ("By", in_words(each.due_on))]
    if each.done_on:
        facts += [("Done on", in_words(each.done_on)), ("What came of it", each.came_of_it)]
    seen = ["Whoever does it", "Those who see the complaint it was learned from"]
    return LessonPage(
        title=each.doing,
        learned=each.learned,
        facts=facts,
        form=None if each.done_on or cannot else form,
        cannot=None if each.done_on else cannot,
        seen_by=[*seen, "All staff and governors"] if each.shown else seen,
        back=pages.address(scope, "complaint", complaint=each.complaint_id)
        if knows
        else pages.address(scope, "complaints"),
    )


def compliment_page(scope: Scope, each: Compliment) -> ComplimentPage:
    """Arrange one compliment."""
    facts = [
        ("Received", f"{in_words(each.received_on)}, {_inside(Channel(each.channel).words)}"),
        ("From", _from(each.from_name, each.from_role)),
        ("About", each.about.name if each.about else "The school"),
    ]  # fmt: skip
    if each.passed_on:
        facts.append(("Passed on", in_words(each.passed_on)))
    if each.thanked_on:
        facts.append(("Thanked", in_words(each.thanked_on)))
    may = rules.pass_on(scope) is None and each.passed_on is None
    return ComplimentPage(
        title=f"Something kind about {_inside(Theme(each.theme).words)}",
        said=each.said,
        facts=facts,
        word=each.word,
        passed=each.passed_on is not None,
        pass_url=pages.address(scope, "compliment-pass", compliment=each.pk) if may else "",
        seen_by=["The headteacher", *([each.about.name + ", once it was passed on"] if each.about else [])],
        back=pages.address(scope, "complaints"),
    )


def help_about(scope: Scope) -> str:
    """Say what choosing whom a complaint concerns does, to this reader."""
    if scope.has(Role.HEADTEACHER):
        return "They will not see it. A complaint about you goes to the chair of governors: hand it to them."
    return "They will not see it. Choose the headteacher if it is about them: then it goes to the chair alone."


def since(each: Complaint) -> date:
    """Return the day of the last move of a complaint."""
    last = queries.last_step(each)
    return last.on if last else each.received_on
