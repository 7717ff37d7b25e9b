"""A headteacher's year held against what the law asks, line by line: what is there, what is missing, where to mend it.

No judgement of ours: each line says its source, and that nobody has checked it there yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from headship.appraisal import head_queries, head_rules
from headship.appraisal.head_choices import HeadState, Part, Said, Scheme, Section
from headship.appraisal.head_queries import Whole
from headship.appraisal.models import HeadMember, HeadObjective, HeadYear
from headship.appraisal.own_rules import Ruled
from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.policy import loader
from headship.policy.loader import PolicyValue

MONTH = 30.4  # days
PANEL, PLAN = "head-panel-change", "head_appraisal.plan"
SERVES = "Every objective serves a characteristic of the standards the headteacher is held to"
OWN_CHECK = "Asked by Headship, not by the regulations."
NEVER_BEFORE_MET = frozenset({HeadState.APPOINTED, HeadState.SET, HeadState.HALFWAY})
NEVER_BEFORE_GIVEN = NEVER_BEFORE_MET | {HeadState.MET}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing asked: whether it is met (None: not yet due), how that is known, its source, and where it is mended."""

    words: str
    met: bool | None
    told: str
    source: str
    mend: str = ""
    objective: int | None = None
    code: str = ""


def checks(whole: Whole, today: date, unplanned: str = "") -> list[Check]:
    """Hold a year against the regulations, as far as the reader may read it. `unplanned`: why no plan binds it."""
    found = [*_appointed(whole.year, whole.serving(), whole.ruled), *_set(whole, today, unplanned)]
    if Section.STATEMENT in whole.sections:
        found += _stated(whole)
    found.append(_in_time(whole, today))
    return found


def standing(kind: str, own: str = "") -> str:
    """Say whether it is law for a kind of school ("maintained", "academy"; "": not known); `own`: the board's rule."""
    if own:
        return f"The regulations bind maintained schools. Where it differs, this year is held against this: {own}"
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


def recorded(scope: Scope, year: HeadYear, ruled: Ruled) -> list[Check]:
    """Return what is missing of what the chair or the governance professional records, who may not read the rest."""
    members = [each for each in year.members.all() if each.ended_on is None]
    gone = head_queries.left(scope, members)
    return missing(list(_appointed(year, [each for each in members if each.pk not in gone], ruled)))


def _of(members: Sequence[HeadMember], part: Part) -> list[int]:
    return [each.person_id for each in members if each.part == part]


def _appointed(year: HeadYear, members: Sequence[HeadMember], ruled: Ruled) -> Iterator[Check]:
    """Yield what is asked of who takes part; whoever left the post that let them in does not count."""
    on = year.starts_on
    held = year.policy_held
    yield _check(
        loader.value_on("head_appraisal.document", on),
        held,
        "Said so when the panel was recorded." if held else "Say whether the board has adopted an appraisal policy.",
        PANEL,
    )
    if year.scheme != Scheme.TRUST:
        yield _panel(ruled, _of(members, Part.PANEL))
    if year.scheme != Scheme.PANEL and not _of(members, Part.TRUST):
        yield Check("A leader of the trust takes part", False, "The leader who was named has left.", OWN_CHECK, PANEL)
    if year.moderated and year.state in NEVER_BEFORE_GIVEN and not _of(members, Part.MODERATOR):
        yield Check("Somebody is named who moderates", False, "Nobody named is a governor today.", OWN_CHECK, PANEL)
    yield _adviser(ruled, on, advised=bool(_of(members, Part.ADVISER)))
    months = loader.value_on("head_appraisal.months", on)
    long = round((year.ends_on - year.starts_on).days / MONTH)
    normal = long == months.value
    yield _check(months, True if normal else None, f"{long} months" + ("." if normal else ", not the normal 12."), "")


def _adviser(ruled: Ruled, on: date, *, advised: bool) -> Check:
    if not (ruled.adviser.value or advised):
        return Check("No external adviser is asked", None, "The board asks none.", ruled.adviser.cited)
    told = "Recorded." if advised else "No adviser is recorded who holds that post today."
    return _check(loader.value_on("head_appraisal.adviser", on), advised, told, PANEL)


def _panel(ruled: Ruled, panel: Sequence[int]) -> Check:
    count = len(panel)
    fits = head_rules.fits(ruled, Scheme.PANEL, panel, 1, 0) is None
    words = f"The panel has {ruled.panel} governors"
    told = (
        f"{count} sit{'s' if count == 1 else ''} on it who {'is a governor' if count == 1 else 'are governors'} today."
    )
    return Check(words, fits, told, ruled.least.cited, "" if fits else PANEL)


def _set(whole: Whole, today: date, unplanned: str) -> Iterator[Check]:
    year, on, rows = whole.year, whole.year.starts_on, whole.objectives
    told = f"On {in_words(year.told_on)}." if year.told_on else "Not yet."
    yield _check(loader.value_on("head_appraisal.standards", on), bool(year.told_on), told, "head-objectives-set")
    said = f"On {in_words(year.set_on)}." if year.set_on else "Not yet."
    yield _check(loader.value_on("head_appraisal.objectives", on), bool(year.set_on), said, "head-objectives-set")
    yield _soon(year, today)
    advice = [each.on for each in whole.notes if each.kind == Said.ADVICE]
    before = bool(advice) and (year.set_on is None or min(advice) <= year.set_on)
    said = f"Advice noted on {in_words(min(advice))}." if advice else "No advice is noted."
    if whole.adviser_asked:
        mend = "head-advice" if year.state in NEVER_BEFORE_MET else ""  # afterwards it is advice on something else
        yield _check(loader.value_on("head_appraisal.consulted", on), before, said, mend)
    tied = (loader.value_on("head_appraisal.pupils", on), loader.value_on(PLAN, on))
    rules = [(it.code, it.words, it.cited) for it in tied]
    for (code, words, cited), lacking in zip((*rules, ("", SERVES, OWN_CHECK)), _lacking_each(year, rows), strict=True):
        good = bool(rows) and not lacking
        said = "All of them." if good else _lacking(len(lacking), len(rows))
        mend = "" if good else ("head-objective-change" if lacking else "head-objective-add")
        if code == PLAN and not good and unplanned:
            said = f"{said} {unplanned}"
        yield Check(words, good, said, cited, mend, lacking[0] if lacking else None, code)


def _lacking_each(year: HeadYear, rows: Sequence[HeadObjective]) -> list[list[int]]:
    """Return which objectives do not serve pupils, the plan, or a characteristic of the standards of that year."""
    held = head_queries.framework(year)
    return [
        [each.pk for each in rows if not each.pupils],
        [each.pk for each in rows if not (each.priority_id or each.objective_id)],
        [each.pk for each in rows if held not in {it.framework.code for it in each.characteristics.all()}],
    ]


def _soon(year: HeadYear, today: date) -> Check:
    """Whether standards and objectives came before the year, or soon after its start; later than half of it is late."""
    rule = loader.value_on("head_appraisal.objectives", year.starts_on)
    half = head_queries.halfway(year.starts_on, year.ends_on)
    on = max(year.told_on, year.set_on) if year.told_on and year.set_on else None
    words = "Standards and objectives came before the year began, or as soon as practicable after"
    if on is None:
        return Check(words, False if today > half else None, "They are not set yet.", rule.cited)
    if on <= year.starts_on:
        return Check(words, True, "Before it began.", rule.cited)
    told = f"{(on - year.starts_on).days} days after it began on {in_words(year.starts_on)}"
    if on > half:
        return Check(words, False, f"{told}: after half of it. Half is our own line.", rule.cited)
    return Check(words, True, f"{told}. Whether it could have been sooner, the board knows.", rule.cited)


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
    by = whole.due_on
    first = min((each.made_on for each in whole.copies if each.locked), default=year.agreed_on)
    if first:
        met: bool | None = first <= by
        told = f"Agreed on {in_words(first)}{'' if first == year.agreed_on else ', and opened again since'}."
    else:
        met, told = (False if today > by else None), "Not agreed yet."
    return Check(
        f"The statement is agreed by {in_words(by)}",
        met,
        told,
        whole.ruled.head_by.cited,
        "head-statement" if met is False else "",
    )
