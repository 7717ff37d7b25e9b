"""The disclosure audit of a large survey: 2,000 respondents, 40 questions, 6 variables, every pair of them crossed.

`python -m bench disclosure_audit` writes bench/results/disclosure_audit.json: seconds from respondents to the decision
on every cell, in a process of its own with one thread for linear algebra, and what was decided.
"""

import json
import os
import statistics
import sys
import time
from collections import Counter

import numpy as np

from bench import machine, processes
from headship.analysis.disclosure_audit import Cell, audit, groups_of

QUESTIONS, LEAST, SKIPPED, UNKNOWN = 40, 5, 0.05, 0.03
VARIABLES = {"role": 5, "phase": 3, "year team": 7, "sex": 2, "service": 4, "contract": 2}
RESPONDENTS, RUNS, LIMIT_SECONDS = 2_000, 3, 600
TARGETS = {"seconds": 5}


def made(respondents: int) -> tuple[list, np.ndarray]:
    """Return memberships and who answered which question: groups of unequal size, some unknown, some skipped."""
    chance = np.random.default_rng(20261129)
    columns = [
        [
            None if unknown else f"{name} {group}"
            for group, unknown in zip(
                chance.choice(groups, respondents, p=chance.dirichlet(np.full(groups, 3.0))),
                chance.random(respondents) < UNKNOWN,
                strict=True,
            )
        ]
        for name, groups in VARIABLES.items()
    ]
    return list(zip(*columns, strict=True)), chance.random((respondents, QUESTIONS)) >= SKIPPED


def once(respondents: int) -> None:
    """Audit one survey a few times, and print seconds, verdicts and memory as JSON."""
    people, answered = made(respondents)
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        groups = groups_of(people)
        found = audit(people, answered, [Cell(at, each) for each in groups for at in range(QUESTIONS)], least=LEAST)
        seconds.append(time.perf_counter() - begun)
    verdicts = Counter(map(str, found.verdicts.values()))
    told = {"groups": len(groups), "cells": len(found.verdicts), "verdicts": verdicts, "seconds": seconds}
    print(json.dumps({**told, "peak_memory_mb": processes.peak_memory_mb()}))


def main() -> None:
    figures = {"questions": QUESTIONS, "variables": VARIABLES, "targets": TARGETS, "load_before": os.getloadavg()[0]}
    command = [sys.executable, "-m", "bench.disclosure_audit", f"{RESPONDENTS}"]
    figures["found"] = processes.told(command, seconds=LIMIT_SECONDS)
    figures["load_after"] = os.getloadavg()[0]
    taken = statistics.median(figures["found"]["seconds"])
    figures["held"] = {"seconds": taken < TARGETS["seconds"]}
    machine.write("disclosure_audit", figures)


if __name__ == "__main__":
    once(int(sys.argv[1])) if len(sys.argv) > 1 else main()
