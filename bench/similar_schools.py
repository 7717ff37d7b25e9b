"""The nearest 50 of the same phase for 20,000 schools: ours and all pairs worked out in full.

`python -m bench similar_schools` writes bench/results/similar_schools.json. The schools are made, in two phases with
nine and ten characteristics that weigh and hang together about as much as those of the Department's output, and then as
if all were of one phase. Each way runs in a process of its own; neighbours are compared one by one.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench import machine, processes
from headship.analysis.similar_schools import nearest

PHASES = {"primary": (16_600, 9), "secondary": (3_400, 10)}
ALIKE = 0.35  # correlation of characteristics, about what the published values show
NEIGHBOURS, RUNS, LIMIT_SECONDS = 50, 5, 900
TARGETS = {"seconds": 1}
CLOSE = 1e-9  # how far apart rounding may take two distances


def made() -> dict:
    """Return values (schools, characteristics) and weights of each phase, and all schools as one phase."""
    chance = np.random.default_rng(20261124)
    phases = {}
    for name, (schools, width) in {**PHASES, "all as one": (20_000, 9)}.items():
        shared = chance.normal(size=(schools, 1))
        values = np.sqrt(ALIKE) * shared + np.sqrt(1 - ALIKE) * chance.normal(size=(schools, width))
        phases[name] = np.round(values, 3), np.linspace(0.01, 0.3, width)
    return phases


def ours(values, weights):
    found = nearest(values, weights, [f"{each}" for each in range(len(weights))], count=NEIGHBOURS)
    return found.neighbours, found.distances


def plain(values, weights):
    """Work out all distances, then take the nearest of one school after another."""
    squared = np.zeros((len(values), len(values)))
    for column, weight in zip(values.T, weights, strict=True):
        difference = column[:, None] - column[None, :]
        difference *= difference
        difference *= weight
        squared += difference
    np.fill_diagonal(squared, np.inf)
    neighbours = np.array([np.argsort(row, kind="stable")[:NEIGHBOURS] for row in squared])
    return neighbours, np.sqrt(np.take_along_axis(squared, neighbours, 1))


def once(way: str, folder: str) -> None:
    """Work every phase out, keep what was found, and print seconds and memory as JSON."""
    phases, seconds = made(), {}
    for name, given in phases.items():
        seconds[name] = []
        for _ in range(RUNS if way == "ours" else 1):
            begun = time.perf_counter()
            neighbours, distances = {"ours": ours, "plain": plain}[way](*given)
            seconds[name].append(time.perf_counter() - begun)
        np.savez(Path(folder) / f"{way} {name}.npz", neighbours=neighbours, distances=distances)
    print(json.dumps({"seconds": seconds, "peak_memory_mb": processes.peak_memory_mb()}))


def same(folder: str) -> dict:
    """Hold both ways' neighbours and distances against each other."""
    told = {"neighbours": 0, "in_another_order": 0, "distances_differ_by_at_most": 0.0}
    for name in made():
        one, other = (np.load(Path(folder) / f"{way} {name}.npz") for way in ("ours", "plain"))
        away = float(np.abs(one["distances"] - other["distances"]).max())
        told["neighbours"] += one["neighbours"].size
        told["in_another_order"] += int((one["neighbours"] != other["neighbours"]).sum())
        told["distances_differ_by_at_most"] = max(told["distances_differ_by_at_most"], away)
    return told


def main() -> None:
    figures = {"phases": PHASES, "neighbours": NEIGHBOURS, "targets": TARGETS, "load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        for way in ("ours", "plain"):
            command = [sys.executable, "-m", "bench.similar_schools", way, folder]
            figures[way] = processes.told(command, seconds=LIMIT_SECONDS)
        if "not_measured" not in figures["plain"]:
            figures["compared"] = same(folder)
    figures["load_after"] = os.getloadavg()[0]
    taken = {name: statistics.median(each) for name, each in figures["ours"]["seconds"].items()}
    figures["held"] = {
        "both_phases": sum(taken[name] for name in PHASES) < TARGETS["seconds"],
        "all_as_one": taken["all as one"] < TARGETS["seconds"],
    }
    if "compared" in figures:
        figures["held"]["same"] = figures["compared"]["distances_differ_by_at_most"] < CLOSE
    machine.write("similar_schools", figures)


if __name__ == "__main__":
    once(*sys.argv[1:]) if len(sys.argv) > 1 else main()
