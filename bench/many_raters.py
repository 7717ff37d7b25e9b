"""Many raters: 6.3 million ratings of 22,000 people by 104,000 raters on 24 questions; ours, and lme4 where it can.

`python -m bench many_raters` writes bench/results/many_raters.json. People come in tens who share a pool of raters, as
schools of one partnership do; twelve rate each of them, on every question. Each program reads the same columns in a
process of its own with one thread for linear algebra, and is timed from columns to the fitted model (REML).
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench import machine, processes, rivals
from headship.analysis.many_raters import adjusted, rating_sums

QUESTIONS, EACH, TOGETHER, POOL = 24, 12, 10, 51
SIZES = {22_000: 5, 2_000: 5, 500: 5}  # people: runs of ours
LME4 = {22_000: 1, 2_000: 2, 500: 3}
LIMIT_SECONDS = 1_200
TARGETS = {"seconds": 3, "peak_memory_mb": 500, "deviance_above_lme4s_by_at_most": 1e-3}
COLUMNS = {"scores": "<f4", "people": "<i4", "raters": "<i4", "questions": "<i1"}


def made(people: int) -> dict[str, np.ndarray]:
    """Return columns of ratings on a scale from 1 to 5: some people are better, some raters and questions severer."""
    chance = np.random.default_rng(20261129)
    picked = chance.random((people, POOL)).argpartition(EACH, axis=1)[:, :EACH]
    rater = (np.arange(people)[:, None] // TOGETHER * POOL + picked).ravel()
    who = np.repeat(np.arange(people), EACH)
    sizes = {people: 0.5, (-(-people // TOGETHER)) * POOL: 0.4, QUESTIONS: 0.3}
    level, severe, hard = (by * chance.normal(size=size) for size, by in sizes.items())
    told = 3.5 + level[who][:, None] + severe[rater][:, None] + hard + 0.8 * chance.normal(size=(len(who), QUESTIONS))
    columns = (np.clip(np.rint(told), 1, 5).ravel(), np.repeat(who, QUESTIONS), np.repeat(rater, QUESTIONS),
               np.tile(np.arange(QUESTIONS), len(who)))  # fmt: skip
    return {name: each.astype(kind) for (name, kind), each in zip(COLUMNS.items(), columns, strict=True)}


def write(people: int, folder: str) -> None:
    """Write the columns, one file each, for every program to read."""
    for name, each in made(people).items():
        each.tofile(Path(folder) / name)
    print("{}")


def once(folder: str, runs: int) -> None:
    """Fit the model a few times, and print seconds, what was found and memory as JSON."""
    scores, *keys = (np.fromfile(Path(folder) / name, dtype=kind) for name, kind in COLUMNS.items())
    seconds, spent = [], []
    for _ in range(runs):
        begun, before = time.perf_counter(), time.process_time()
        found = adjusted(rating_sums(scores, *keys))
        seconds.append(time.perf_counter() - begun)
        spent.append(time.process_time() - before)
    told = {
        "ratings": len(scores), "raters": len(found.sums.raters), "seconds": seconds, "processor_seconds": spent,
        "variances": [found.person, found.rater, found.question, found.residual], "mean": found.mean,
        "deviance": found.deviance, "peak_memory_mb": processes.peak_memory_mb(),
    }  # fmt: skip
    print(json.dumps(told))


def lme4(folder: str, runs: int) -> dict:
    """Return what lme4's crossed model found and how long it took, or why it was not measured."""
    script = str(Path(rivals.__file__).parent / "lme4_raters.R")
    try:
        return processes.told([rivals.rscript_with_lme4(), script, folder, str(runs)], seconds=LIMIT_SECONDS)
    except rivals.Absent as reason:
        return {"not_measured": str(reason)}


def measured(people: int) -> dict:
    """Measure both on so many people."""
    ours = [sys.executable, "-m", "bench.many_raters"]
    with tempfile.TemporaryDirectory() as folder:
        processes.told([*ours, "write", str(people), folder], seconds=LIMIT_SECONDS)
        found = {"ours": processes.told([*ours, "fit", folder, str(SIZES[people])], seconds=LIMIT_SECONDS)}
        for each in rivals.chosen(("lme4",)):
            found[each] = lme4(folder, LME4[people])
    if "seconds" in found.get("lme4", {}):
        found["lme4_beside_ours"] = compared(found["ours"], found["lme4"])
    return found


def compared(ours: dict, other: dict) -> dict:
    """Hold ours against lme4's: times as fast, memory, and how far apart their variances are, in shares."""
    clock, processor = (
        statistics.median(other[of]) / statistics.median(ours[of]) for of in ("seconds", "processor_seconds")
    )
    pairs = zip(ours["variances"], other["variances"], strict=True)
    return {
        "times_as_fast": round(clock, 1),
        "times_less_processor_time": round(processor, 1),
        "times_less_memory": round(other["peak_memory_mb"] / ours["peak_memory_mb"], 1),
        "variances_differ_by_at_most": max(abs(a - b) / b for a, b in pairs),
        "our_deviance_below_theirs_by": other["deviance"] - ours["deviance"],
    }


def held(found: dict) -> dict:
    """Say which targets were met: at the full size, and, beside lme4, that nobody finds a likelier place than ours."""
    ours = found[str(max(SIZES))]["ours"]
    beside = [each["lme4_beside_ours"] for each in found.values() if "lme4_beside_ours" in each]
    most = TARGETS["deviance_above_lme4s_by_at_most"]
    return {
        "seconds": statistics.median(ours["seconds"]) < TARGETS["seconds"],
        "peak_memory": ours["peak_memory_mb"] < TARGETS["peak_memory_mb"],
        "likelihood": all(each["our_deviance_below_theirs_by"] > -most for each in beside),
    }


def main() -> None:
    figures = {"targets": TARGETS, "threads_for_linear_algebra": 1, "load_before": os.getloadavg()[0]}
    found = {str(people): measured(people) for people in SIZES}
    figures["load_after"] = os.getloadavg()[0]
    machine.write("many_raters", {**figures, "found": found, "held": held(found)})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", people, folder]:
            write(int(people), folder)
        case ["fit", folder, runs]:
            once(folder, int(runs))
        case _:
            main()
