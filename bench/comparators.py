"""Comparator sets and spending bands of 20,000 schools on 40 lines of cost: ours and the published rule, plainly.

`python -m bench comparators` writes bench/results/comparators.json. The schools are made: three phases in the sizes of
England's, in whole numbers and tenths so that there are ties. Each way runs in a process of its own; sets and bands
are compared, number by number.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench import machine, plain_comparators, processes
from headship.analysis.comparator_sets import MISSING, Part, Traits, comparator_sets
from headship.analysis.spending_bands import bands

PHASES = {"primary": 16_400, "secondary": 2_600, "special": 1_000}
PUPIL_LINES, BUILDING_LINES = 31, 9
NEEDS = 10
RUNS = 5
LIMIT_SECONDS = 1800
TARGETS = {"seconds": 1, "peak_memory_mb": 500}
RESULTS = ("members", "medians", "percentiles", "deciles")


class Phase(NamedTuple):
    """The schools of one phase: what they are like, and their costs for each unit (schools, lines)."""

    pupils: np.ndarray
    needs: np.ndarray
    buildings: np.ndarray
    traits: Traits
    costs: np.ndarray


def made() -> dict[str, Phase]:
    """Return the schools of each phase."""
    chance = np.random.default_rng(20261124)
    phases = {}
    for phase, count in PHASES.items():
        pupils = np.round(chance.lognormal(5.6, 0.6, count))
        shares = np.round(chance.beta([2, 3], [5, 15], (count, 2)) * 100, 1)
        needs = np.round(chance.dirichlet(np.full(NEEDS, 0.5), count) * 100)
        area = np.round(pupils * chance.lognormal(2, 0.3, count))
        flags = chance.random((3, count)) < [[0.97], [0.05], [0.03]]
        traits = Traits(*flags, chance.integers(0, 9, count))
        costs = np.round(chance.lognormal(6, 0.4, (count, PUPIL_LINES + BUILDING_LINES)), 2)
        costs[chance.random(costs.shape) < 0.03] = 0
        buildings = np.column_stack([area, np.round(chance.uniform(1850, 2020, count))])
        phases[phase] = Phase(np.column_stack([pupils, shares]), needs, buildings, traits, costs)
    return phases


def ours(name: str, given: Phase):
    """Return the members of both kinds of set, and the bands, of one phase."""
    weights = [0.6, 0.4] if name == "special" else [0.5, 0.4, 0.1]
    used = given.pupils[:, : len(weights)]
    parts = [Part(["pupils", "meals", "needs"][: len(weights)], used, weights)]
    if name == "special":
        parts.append(Part([f"need {each}" for each in range(NEEDS)], given.needs, [1] * NEEDS))
    rule = {"base": plain_comparators.NEAREST, "size": plain_comparators.MEMBERS}
    of_pupils = comparator_sets(parts, given.traits, **rule).members
    of_buildings = comparator_sets([Part(["area", "age"], given.buildings, [0.8, 0.2])], given.traits, **rule).members
    begun = time.perf_counter()
    found = bands(given.costs[:, :PUPIL_LINES], of_pupils), bands(given.costs[:, PUPIL_LINES:], of_buildings)
    seconds = time.perf_counter() - begun
    told = [np.hstack([getattr(each, result) for each in found]) for result in RESULTS[1:]]
    return [np.hstack([of_pupils, of_buildings]), *told], seconds


def plain(name: str, given: Phase):
    """Return the same by the published rule over all pairs."""
    sets = []
    for kind in ("pupils", "buildings"):
        if kind == "buildings":
            distances = plain_comparators.building_distances(*given.buildings.T)
        elif name == "special":
            distances = plain_comparators.special_distances(*given.pupils.T[:2], given.needs)
        else:
            distances = plain_comparators.pupil_distances(*given.pupils.T)
        traits, places = given.traits, range(len(given.costs))
        sets.append(
            np.array([plain_comparators.comparator_set(each, distances, traits.eligible, traits) for each in places])
        )
        del distances
    begun = time.perf_counter()
    lines = [(cost, sets[0 if line < PUPIL_LINES else 1]) for line, cost in enumerate(given.costs.T)]
    told = np.array([[plain_comparators.band(cost, row) for row in rows] for cost, rows in lines])
    seconds = time.perf_counter() - begun
    return [np.hstack(sets), *np.moveaxis(told, [0, 1, 2], [2, 1, 0])], seconds


def once(way: str, folder: str) -> None:
    """Work all phases out, keep what was found, and print seconds and memory as JSON."""
    phases, seconds = made(), {"sets": [], "bands": []}
    held = processes.peak_memory_mb()
    for _ in range(RUNS if way == "ours" else 1):
        begun = time.perf_counter()
        found = {phase: {"ours": ours, "plain": plain}[way](phase, given) for phase, given in phases.items()}
        whole = time.perf_counter() - begun
        seconds["bands"].append(sum(spent for _, spent in found.values()))
        seconds["sets"].append(whole - seconds["bands"][-1])
    peak = processes.peak_memory_mb()
    kept = {
        f"{phase} {name}": each for phase, (told, _) in found.items() for name, each in zip(RESULTS, told, strict=True)
    }
    np.savez(Path(folder) / f"{way}.npz", **kept)
    print(json.dumps({"seconds": seconds, "peak_memory_mb": peak, "of_which_before": held}))


def same(folder: str) -> dict:
    """Whether both ways found the same, by kind of result, and whether a school is twice in a set of ours."""
    one, other = (np.load(Path(folder) / f"{way}.npz") for way in ("ours", "plain"))
    equal = {
        name: all(np.array_equal(one[f"{phase} {name}"], other[f"{phase} {name}"]) for phase in PHASES)
        for name in RESULTS
    }
    every = [one[f"{phase} members"].reshape(-1, plain_comparators.MEMBERS) for phase in PHASES]
    ordered = np.sort(np.vstack(every), axis=1)
    twice = int(((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != MISSING)).sum())
    return {**{f"same_{name}": each for name, each in equal.items()}, "schools_twice_in_a_set": twice}


def main() -> None:
    figures = {
        "schools": PHASES,
        "lines": PUPIL_LINES + BUILDING_LINES,
        "targets": TARGETS,
        "load_before": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as folder:
        for way in ("ours", "plain"):
            command = [sys.executable, "-m", "bench.comparators", way, folder]
            figures[way] = processes.told(command, seconds=LIMIT_SECONDS)
        if "not_measured" not in figures["plain"]:
            figures["compared"] = same(folder)
    figures["load_after"] = os.getloadavg()[0]
    whole = statistics.median(map(sum, zip(*figures["ours"]["seconds"].values(), strict=True)))
    figures["held"] = {
        "seconds": whole < TARGETS["seconds"],
        "peak_memory": figures["ours"]["peak_memory_mb"] < TARGETS["peak_memory_mb"],
    }
    machine.write("comparators", figures)


if __name__ == "__main__":
    once(*sys.argv[1:]) if len(sys.argv) > 1 else main()
