"""What the law asks of a complaints procedure, and of one complaint, held against what is known.

No judgement of ours: each line says its source, and that nobody has checked it there yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from headship.policy import loader
from headship.policy.loader import PolicyValue
from headship.voice.complaint_choices import Stage
from headship.voice.models import Complaint

OF_PROCEDURE = (
    "complaints.procedure",
    "complaints.published",
    "complaints.written",
    "complaints.times",
    "complaints.informal",
    "complaints.formal",
    "complaints.panel",
    "complaints.panel_least",
    "complaints.panel_independent",
    "complaints.panel_attended",
    "complaints.findings",
    "complaints.record",
    "complaints.confidential",
)
FORMALLY = {Stage.FORMAL, Stage.DECIDED, Stage.PANEL}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the law asks, and whether it is met: None where nobody can say yet."""

    words: str
    met: bool | None
    told: str
    source: str


def asked(kind: str, day: date) -> list[PolicyValue]:
    """Return what the law asks of the procedure of a kind of school ("maintained", "academy"; "": either) on a day."""
    found = [loader.value_on(code, day) for code in OF_PROCEDURE]
    return [each for each in found if not kind or kind in each.binds]


def words_of(rule: PolicyValue) -> str:
    """Return a rule in one line.

    >>> words_of(loader.value_on("complaints.panel_independent", date(2026, 9, 1)))[-10:]
    'at least 1'
    """
    least = "at least " if isinstance(rule.value, int) else ""
    return f"{rule.words}{':' if least else ','} {least}{rule.value}"


def checks(complaint: Complaint, kind: str, day: date) -> list[Check]:
    """Hold one complaint against what the law asks of an academy's three stages; a maintained school sets its own."""
    if kind != "academy":
        return []
    stages = {Stage(each.stage) for each in complaint.steps.all()}
    found = [_informal(stages, day)]
    if stages & FORMALLY:
        found.append(_recorded(complaint, stages, day))
    if Stage.PANEL in stages:
        found += _panel(complaint, day)
    return found


def _check(code: str, day: date, *, met: bool | None, told: str) -> Check:
    rule = loader.value_on(code, day)
    return Check(words_of(rule) if isinstance(rule.value, int) else rule.words, met, told, rule.cited)


def _informal(stages: set[Stage], day: date) -> Check:
    if Stage.ANSWERED in stages:
        return _check("complaints.informal", day, met=True, told="It was answered informally.")
    met = None if not stages & FORMALLY else False
    told = "It was not answered informally yet." if met is None else "It went to the formal stage without that."
    return _check("complaints.informal", day, met=met, told=told)


def _recorded(complaint: Complaint, stages: set[Stage], day: date) -> Check:
    decided = any(each.stage == Stage.DECIDED and each.found for each in complaint.steps.all())
    if not decided:
        return _check("complaints.record", day, met=None, told="What was found is not written down yet.")
    learned = "" if complaint.lessons.all() else " Nothing is written down of what the school did as a result."
    return _check("complaints.record", day, met=not learned, told=f"What was found is written down.{learned}")


def _panel(complaint: Complaint, day: date) -> Sequence[Check]:
    members, independent = complaint.panel_members, complaint.panel_independent
    if members is None or independent is None:
        waits = "The panel has not sat yet."
        return [
            _check(code, day, met=None, told=waits)
            for code in ("complaints.panel_least", "complaints.panel_independent")
        ]
    return [
        _check(
            "complaints.panel_least", day, met=members >= _least("complaints.panel_least", day), told=f"{members} sat."
        ),
        _check(
            "complaints.panel_independent",
            day,
            met=independent >= _least("complaints.panel_independent", day),
            told=f"{independent} of them independent.",
        ),
        _check(
            "complaints.panel_attended",
            day,
            met=complaint.panel_fair,
            told="Said so when it was closed." if complaint.panel_fair else "Not said when it was closed.",
        ),
    ]


def _least(code: str, day: date) -> int:
    value = loader.value_on(code, day).value
    assert isinstance(value, int)  # a number of people
    return value
