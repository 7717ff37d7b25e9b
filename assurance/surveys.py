"""Row j: many made surveys are released, and an attacker subtracts all that is shown from all that is shown.

The same attacker takes on two rules that are often used instead: to hide what is small, and to hide the smallest
other part where that leaves a small remainder. Both must fail, or the attack would prove nothing.
"""

import random
import time

import numpy as np

from assurance.differencing import Group, Survey, isolated, made, naive, remainder_hidden, wanted
from assurance.figures import Figure
from headship.analysis.disclosure_audit import Cell, audit

SEED = 20261129
FULL, SHORT = 10_000, 40
LEAST, QUESTIONS = 5, 2
RULES = ("audit", "naive", "hide the remainder")


def measure(*, short: bool) -> Figure:
    """Release and attack; a survey counts as isolating somebody if any of its questions does."""
    started, count, chance = time.monotonic(), SHORT if short else FULL, random.Random(SEED)
    fell, cells = dict.fromkeys(RULES, 0), dict.fromkeys(RULES, 0)
    for number in range(count):
        survey = made(chance, questions=QUESTIONS, large=number % 10 == 0)
        for rule, shown in releases(survey, later=number % 2 == 1).items():
            fell[rule] += any(
                isolated([survey.who(at, each) for each in own], least=LEAST) for at, own in shown.items()
            )
            cells[rule] += sum(len(own) for own in shown.values())
    mean = {rule: round(number / count / QUESTIONS, 1) for rule, number in cells.items()}
    controls = [f"{rule}: {fell[rule]} of {count} with somebody isolated" for rule in RULES[1:]]
    return Figure(
        row="j",
        figure=f"{fell['audit']} of {count} surveys with somebody isolated; {mean['audit']} cells a question shown of "
        f"{mean['naive']} with {LEAST} answers or more",
        target=f"{FULL:,} surveys: nobody isolated; controls fail",
        held=not fell["audit"] and all(fell[rule] for rule in RULES[1:]) and not short,
        control="; ".join(controls),
        seed=SEED,
        count=count,
        seconds=round(time.monotonic() - started, 1),
    )


def releases(survey: Survey, *, later: bool) -> dict[str, dict[int, list[Group]]]:
    """Return what each rule shows of each question; `later` asks the audit for crossed groups in a second release."""
    questions = range(QUESTIONS)
    return {
        "audit": audited(survey, later=later),
        "naive": {each: naive(survey, each, LEAST) for each in questions},
        "hide the remainder": {each: remainder_hidden(survey, each, LEAST) for each in questions},
    }


def audited(survey: Survey, *, later: bool) -> dict[int, list[Group]]:
    """Return what the audit shows of each question, in one release or in two."""
    answered = np.array([[answer is not None for answer in own] for own in survey.answers])
    cells = [Cell(each, group) for group in wanted(survey) for each in range(QUESTIONS)]
    first = [cell for cell in cells if len(cell.group) < 2] if later else cells
    shown = audit(survey.people, answered, first, least=LEAST).shown
    if later:
        rest = [cell for cell in cells if len(cell.group) == 2]
        shown += audit(survey.people, answered, rest, least=LEAST, shown=shown).shown
    return {each: [cell.group for cell in shown if cell.question == each] for each in range(QUESTIONS)}
