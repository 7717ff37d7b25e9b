"""A headteacher's year held against what the law asks, line by line: what is there, what is missing, where to mend it.

No judgement of ours: each line says its source, and that nobody has checked it there yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from headship.appraisal import head_rules
from headship.appraisal.head_choices import HeadState, Part, Said, Scheme, Section
from headship.appraisal.head_queries import Whole
from headship.core.pages import in_words
from headship.policy import loader
from headship.policy.loader import PolicyValue

MONTH = 30.4  # days
NEVER_BEFORE_MET = frozenset({HeadState.APPOINTED, HeadState.SET, HeadState.HALFWAY})


@dataclass(frozen=True, slots=True)
class Check:
    """One thing asked: whether it is met (None: not yet due), how that is known, its source, and where it is mended."""

    words: str
    met: bool | None
    told: str
    source: str
    mend: str = ""


def checks(whole: Whole, today: date) -> list[Check]:
    """Hold a year against the regulations, as far as the reader may read it."""
    found = [*_appointed(whole), *_set(whole)]
    if Section.STATEMENT in whole.sections:
        found += _stated(whole)
    found.append(_in_time(whole, today))
    return found


def standing(kind: str) -> str:
    """Say whether it is law for a kind of school ("maintained", "academy"; "": not known)."""
    if kind == "maintained":
        return "The regulations bind maintained schools like this one."
    if kind == "academy":
        return "The regulations bind maintained schools. Your trust may have adopted another procedure."
    return "The regulations bind maintained schools; an academy trust may have adopted another procedure."


def missing(found: list[Check]) -> list[Check]:
    """Return what is missing."""
    return [each for each in found if each.met is False]


def _check(rule: PolicyValue, met: bool | None, told: str, mend: str) -> Check:  # noqa: FBT001  # three answers, not two
    return Check(rule.words, met, told, rule.cited, mend if met is False else "")


def _appointed(whole: Whole) -> Iterator[Check]:
    year, on = whole.year, whole.year.starts_on
    held = year.policy_held
    yield _check(
        loader.value_on("head_appraisal.document", on),
        held,
        "Said so when the panel was recorded." if held else "Not said when the panel was recorded.",
        "head-panel-change",
    )
    if year.scheme != Scheme.TRUST:
        yield _panel(whole)
    advised = bool(whole.of(Part.ADVISER))
    yield _check(
        loader.value_on("head_appraisal.adviser", on),
        advised,
        "Recorded." if advised else "None is recorded.",
        "head-panel-change",
    )
    months = loader.value_on("head_appraisal.months", on)
    long = round((year.ends_on - year.starts_on).days / MONTH)
    normal = long == months.value
    yield _check(months, True if normal else None, f"{long} months" + ("." if normal else ", not the normal 12."), "")


def _panel(whole: Whole) -> Check:
    on, count = whole.year.starts_on, len(whole.of(Part.PANEL))
    least = loader.value_on("head_appraisal.panel_least", on)
    fits = head_rules.fits(Scheme.PANEL, [each.person_id for each in whole.of(Part.PANEL)], 1, 0, on) is None
    words = f"The panel has {least.value} or {loader.value_on('head_appraisal.panel_most', on).value} governors"
    return Check(words, fits, f"{count} sit on it.", least.cited, "" if fits else "head-panel-change")


def _set(whole: Whole) -> Iterator[Check]:
    year, on, rows = whole.year, whole.year.starts_on, whole.objectives
    told = f"On {in_words(year.told_on)}." if year.told_on else "Not yet."
    yield _check(loader.value_on("head_appraisal.standards", on), bool(year.told_on), told, "head-objectives-set")
    said = f"On {in_words(year.set_on)}." if year.set_on else "Not yet."
    yield _check(loader.value_on("head_appraisal.objectives", on), bool(year.set_on), said, "head-objectives-set")
    advice = [each.on for each in whole.notes if each.kind == Said.ADVICE]
    before = bool(advice) and (year.set_on is None or min(advice) <= year.set_on)
    said = f"Advice noted on {in_words(min(advice))}." if advice else "No advice is noted."
    yield _check(loader.value_on("head_appraisal.consulted", on), before, said, "head-advice")
    for code, lacking in (
        ("head_appraisal.pupils", [each for each in rows if not each.pupils]),
        ("head_appraisal.plan", [each for each in rows if not (each.priority_id or each.objective_id)]),
    ):
        good = bool(rows) and not lacking
        said = "All of them." if good else _lacking(len(lacking), len(rows))
        yield _check(
            loader.value_on(code, on), good, said, "head-objective-change" if lacking else "head-objective-add"
        )


def _lacking(count: int, of: int) -> str:
    return f"{count} of {of} do not." if of else "There is no objective yet."


def _stated(whole: Whole) -> Iterator[Check]:
    year, on, told = whole.year, whole.year.starts_on, whole.statement
    waits = year.state in NEVER_BEFORE_MET
    rows = whole.objectives
    rated = [each for each in rows if each.reached]
    good = bool(told and told.standards and rows) and len(rated) == len(rows)
    said = f"{len(rated)} of {len(rows)} objectives assessed."
    yield _check(loader.value_on("head_appraisal.assessed", on), _due(good, waits), said, "head-statement")
    learn = bool(told and told.needs and told.action)
    said = "Written." if learn else "Not written yet."
    yield _check(loader.value_on("head_appraisal.development", on), _due(learn, waits), said, "head-statement")
    pay = loader.value_on("head_appraisal.pay", on)
    if year.pay:
        said = "Written." if told and told.pay else "Not written yet."
        yield _check(pay, _due(bool(told and told.pay), waits), said, "head-statement")
    else:
        yield _check(pay, None, "Statements here say nothing of pay: the board did not switch it on.", "")


def _due(good: bool, waits: bool) -> bool | None:  # noqa: FBT001  # two answers
    return True if good else (None if waits else False)


def _in_time(whole: Whole, today: date) -> Check:
    year = whole.year
    rule = loader.value_on("appraisal.headteacher_by", year.ends_on)
    by = head_rules.statement_by(year.ends_on)
    if year.agreed_on:
        met: bool | None = year.agreed_on <= by
        told = f"Agreed on {in_words(year.agreed_on)}."
    else:
        met, told = (False if today > by else None), "Not agreed yet."
    return Check(
        f"The statement is agreed by {in_words(by)}", met, told, rule.cited, "head-statement" if met is False else ""
    )
