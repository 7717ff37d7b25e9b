"""Exactly what the page of somebody's year of appraisal shows, and a kept copy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headship.appraisal import staff_appeal_pages, staff_copies, staff_steps
from headship.appraisal import staff_appeal_queries as appeals
from headship.appraisal import staff_appeal_rules as appeal_rules
from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_moderation_rules as moderation_rules
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules as rules
from headship.appraisal.head_choices import Reached
from headship.appraisal.head_pages import CopyPage
from headship.appraisal.staff_appeal_pages import AppealTold
from headship.appraisal.staff_choices import OVER, StaffState
from headship.appraisal.staff_models import StaffCopy, StaffObjective, StaffYear
from headship.appraisal.staff_moderation_pages import LookRow, look_rows
from headship.appraisal.staff_pages import address, past_words, whose
from headship.appraisal.staff_rules import Facts
from headship.core.components import TimelineItem
from headship.core.pages import academic_year, in_words
from headship.core.roles import Role
from headship.core.scope import Scope

SEEN_NOTE = (
    "No other leader, governor, office or administrator. Whoever appraises gets no access to anything else by that."
)
UNMET = "none yet"


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective: its words, what is said of it, where it is changed."""

    number: int
    words: str
    measure: str
    reached: str
    assessment: Sequence[str]
    version: int
    change_url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of what is looked at, its weight, and how it was rated, for whoever may read that."""

    name: str
    weight: int
    rating: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Doing:
    """Something the reader can do now, and by when, where it is next."""

    words: str
    url: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A kept copy, and why it was opened again."""

    words: str
    url: str
    because: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """Somebody's year: whose and which, how far, what is written in it, what can be done, who sees it."""

    title: str
    whose: str
    state: str
    over: bool
    past: str
    left: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[PartRow]
    rated: str
    objectives: Sequence[ObjectiveRow]
    said: Sequence[tuple[str, Sequence[str]]]
    doings: Sequence[Doing]
    cannot_write: str | None
    appeals: Sequence[AppealTold]
    read_url: str
    looks: Sequence[LookRow]
    copies: Sequence[CopyRow]
    document_url: str
    seen_by: Sequence[str]
    seen_note: str
    history: Sequence[TimelineItem]
    back: str


def year_page(scope: Scope, year: StaffYear) -> YearPage:
    """Arrange somebody's year for whoever reads it."""
    facts = queries.facts(scope, year)
    yours, named = year.person_id == scope.person_id, academic_year(year.starts_in)
    told = rules.told(scope, facts)
    return YearPage(
        title=f"Your appraisal, {named}" if yours else f"The appraisal of {year.person.name}, {named}",
        whose=whose(year),
        state=StaffState(year.state).words,
        over=facts.state in OVER,
        past=past_words(scope, year.starts_in),
        left=_left(scope, year),
        facts=_facts(scope, year),
        parts=_parts(year, told=told),
        rated=staff_copies.in_a_line(year) if told and year.reviewed_on else "",
        objectives=[_objective(scope, year, at, each, told) for at, each in enumerate(year.objectives.all(), 1)],
        said=list(_said(scope, year, told=told)),
        doings=list(_doings(scope, year, facts)),
        cannot_write=rules.write_objectives(scope, facts),
        appeals=[staff_appeal_pages.told(scope, each, own=yours) for each in appeals.in_order(year)],
        read_url=address(scope, "staff-appeal-read", appraised=year.pk),
        looks=look_rows(scope, year),
        copies=[_copy_row(scope, year, each) for each in queries.copies(scope, year)],
        document_url=address(scope, "staff-document", appraised=year.pk),
        seen_by=_seen_by(scope, year),
        seen_note=SEEN_NOTE,
        history=[TimelineItem(each.at, each.words, by=each.by.name, note=each.because) for each in year.changes.all()],
        back=address(scope, "staff-appraisal"),
    )


def copy_page(scope: Scope, year: StaffYear, copy: StaffCopy) -> CopyPage:
    """Arrange a kept copy."""
    before = "The statement as it was given" if copy.stated else "The objectives as they were set"
    what = "What stood when it was locked" if copy.locked else before
    what = "What stood when the appeal was heard" if copy.heard else what
    what = "What stood when it was closed" if copy.closed else what
    sealed = "Its seal fits" if staff_copies.whole(copy) else "Its seal does not fit: it was changed outside Headship"
    because = f" Opened again on {in_words(copy.opened_on)}: {copy.because}" if copy.opened_on else ""
    at = {"appraised": year.pk, "copy": copy.number}
    return CopyPage(
        title=f"{what}, {in_words(copy.made_on)}",
        whose=whose(year),
        about=f"{sealed} (it begins with {copy.seal[:12]}).{because}",
        lines=staff_copies.lines_of(copy),
        document_url=address(scope, "staff-copy-document", **at),
        back=address(scope, "staff-year", appraised=year.pk),
    )


def completes(scope: Scope, year: StaffYear, facts: Facts) -> str | None:
    """Whether the reader may complete the year now."""
    told = queries.statement_of(year)
    commented = told is not None and told.commented_on is not None
    return rules.complete(scope, facts, commented=commented, given_on=year.given_on, today=queries.today_of(scope))


def _left(scope: Scope, year: StaffYear) -> str:
    if year.state in OVER:
        return ""
    if year.appraiser is None:
        return "Nobody is named yet who appraises. The headteacher says who."
    if year.appraiser_id in queries.staff(scope):
        return ""
    return f"{year.appraiser.name} no longer works here and cannot review. The headteacher can hand it on."


def _facts(scope: Scope, year: StaffYear) -> list[tuple[str, str]]:
    by = year.appraiser.name if year.appraiser else "Nobody yet"
    cycle = year.cycle
    told = [
        ("Academic year", academic_year(year.starts_in)),
        ("Whose", year.person.name),
        ("Appraised by", "You" if year.appraiser_id == scope.person_id else by),
        ("Group", cycle.name),
    ]
    for what, done, by_day in (
        ("Objectives", year.set_on, cycle.objectives_by),
        ("Mid-year review", year.half_on, cycle.half_by),
        ("Review", year.reviewed_on, cycle.review_by),
        ("Statement", year.completed_on, cycle.statement_by),
    ):
        undone = "Not noted" if year.state in OVER else f"By {in_words(by_day)}"
        told.append((what, f"Done on {in_words(done)}" if done else undone))
    if year.given_on:
        none = "Not possible: the school has not said within how many days"
        until = f"Until {in_words(year.appeal_until)}" if year.appeal_until else none
        past = year.appeal_until and year.appeal_until < queries.today_of(scope)
        told.append(("Appeal", f"Was possible u{until[1:]}" if past else until))
    return told


def _objective(scope: Scope, year: StaffYear, number: int, each: StaffObjective, told: bool) -> ObjectiveRow:  # noqa: FBT001  # whether ratings are told
    at = {"appraised": year.pk, "aim": each.pk}
    return ObjectiveRow(
        number=number,
        words=each.words,
        measure=each.measure,
        reached=Reached(each.reached).words if told and each.reached else "",
        assessment=_lines(each.assessment) if told else (),
        version=each.version,
        change_url=address(scope, "staff-objective-change", **at),
        drop_url=address(scope, "staff-objective-drop", **at),
    )


def _parts(year: StaffYear, *, told: bool) -> list[PartRow]:
    given = {each.part_id: each for each in year.ratings.all()} if told else {}
    rows = []
    for part in year.cycle.parts.all():
        its = given.get(part.pk)
        none = "Not rated" if given else ""
        rating = Reached(its.reached).words if its and its.reached else none
        rows.append(PartRow(part.name, part.weight, rating, _lines(its.words) if its else ()))
    return rows


def _lines(words: str) -> list[str]:
    return [each.strip() for each in words.splitlines() if each.strip()]


def _said(scope: Scope, year: StaffYear, *, told: bool) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what was said, each under its heading, as far as the reader may read it."""
    own, yours = queries.reflection_of(year), year.person_id == scope.person_id
    if own and (yours or own.shown_on):
        whom = "shown to whoever appraises you and the headteacher" if own.shown_on else "yours alone"
        yield (f"How you see your year ({whom})" if yours else "How they see their year"), _lines(own.words)
    statement = queries.statement_of(year)
    if statement is None:
        return
    rows = [("Mid-year review", statement.halfway)]
    if told:
        rows += [
            ("The year as a whole", statement.overall),
            ("What to learn next", statement.needs),
            ("What will be done about it", statement.action),
            staff_copies.comment(statement, "Your comment" if yours else "Their comment"),
        ]
    for words, said in rows:
        if said:
            yield words, _lines(said)


def _doings(scope: Scope, year: StaffYear, facts: Facts) -> Iterator[Doing]:
    """Yield what the reader can do now, what is next first."""
    offered = {
        "staff-comment": (rules.comment(scope, facts), "Comment on your statement"),
        "staff-look-answer": (_answers(scope, year, facts), "Answer: you were asked to look again"),
        "staff-set": (rules.set_objectives(scope, facts) if year.objectives.all() else UNMET, "Set the objectives"),
        "staff-objective-add": (rules.write_objectives(scope, facts), "Write an objective"),
        "staff-give": (_gives(scope, year, facts), "Give the statement"),
        "staff-complete": (completes(scope, year, facts), "Complete and lock it"),
        "staff-statement": (rules.draft(scope, facts), "Write the statement"),
        "staff-halfway": (rules.halfway(scope, facts), "Note the mid-year review"),
        "staff-review": (rules.review(scope, facts), "Review the year"),
        "staff-reflection": (rules.reflect(scope, facts), "Say how you see your year"),
        "staff-take-back": (rules.take_back(scope, facts), "Take the statement back, to change it"),
        "staff-review-back": (rules.take_back_review(scope, facts), "Take the review back: the year goes on"),
        "staff-take-up": (rules.take_up(scope, facts), "Take the objectives up again"),
        "staff-appeal": (_appeals(scope, year, facts), f"Appeal against your statement, {_until(year)}"),
        "staff-reopen": (rules.reopen(scope, facts), "Open the year again"),
        "staff-appraiser": (_hands_on(scope, year, facts), "Say who appraises from now on"),
        "staff-close": (_closes(scope, facts), "Close this year without a statement"),
    }
    next_one = _step(scope, year)
    names = sorted(offered, key=lambda name: next_one is None or name != next_one.name)
    for name in names:
        refusal, words = offered[name]
        if refusal is None:
            due = f"by {in_words(next_one.due_on)}" if next_one and next_one.name == name else ""
            yield Doing(words, address(scope, name, appraised=year.pk), due)


def _step(scope: Scope, year: StaffYear) -> staff_steps.Step | None:
    today = queries.today_of(scope)
    if year.person_id == scope.person_id:
        return staff_steps.own(year, today)
    return staff_steps.appraiser(year, today) if year.appraiser_id == scope.person_id else None


def _gives(scope: Scope, year: StaffYear, facts: Facts) -> str | None:
    return queries.unfinished(year) or rules.give(scope, facts) or moderation.ratings_wait(year)


def _appeals(scope: Scope, year: StaffYear, facts: Facts) -> str | None:
    today, heard = queries.today_of(scope), appeals.heard_already(year)
    return appeal_rules.appeal(scope, facts, until=year.appeal_until, today=today, heard=heard)


def _until(year: StaffYear) -> str:
    return f"until {in_words(year.appeal_until)}"


def _answers(scope: Scope, year: StaffYear, facts: Facts) -> str | None:
    return moderation_rules.answer(scope, facts) if moderation.open_one(year) else UNMET


def _hands_on(scope: Scope, year: StaffYear, facts: Facts) -> str | None:
    over = facts.state in OVER
    return UNMET if over else rules.hand_on(scope, year.cycle.organiser_id, year.person_id)


def _closes(scope: Scope, facts: Facts) -> str | None:
    head = None if scope.has(Role.HEADTEACHER) else UNMET
    return head or rules.close(scope, facts.state, here=True)


def _copy_row(scope: Scope, year: StaffYear, copy: StaffCopy) -> CopyRow:
    before = "Statement as given, taken back on" if copy.stated else "Objectives as set, kept on"
    what = "Locked on" if copy.locked else before
    what = "As the appeal was heard, kept on" if copy.heard else what
    what = "As it was closed, kept on" if copy.closed else what
    url = address(scope, "staff-copy", appraised=year.pk, copy=copy.number)
    return CopyRow(f"{what} {in_words(copy.made_on)}", url, copy.because)


def _seen_by(scope: Scope, year: StaffYear) -> list[str]:
    person = "You" if year.person_id == scope.person_id else year.person.name
    who = [f"{person}, whose year it is"]
    if year.appraiser and queries.appraiser_reads(scope, year):
        yours = year.appraiser_id == scope.person_id
        who.append("You, who appraise" if yours else f"{year.appraiser.name}, who appraises")
    hearing = year.appeals.all() if year.state == StaffState.APPEALED else ()
    names = [each.person.name for one in hearing if one.heard_on is None for each in appeals.running(one)]
    headed = queries.facts(scope, year).headed  # of others a headteacher reads no such year
    return [
        *who,
        *([] if headed else ["The headteacher"]),
        *(f"{name}, who hears the appeal: a part, until it is heard" for name in names),
    ]
