"""Value added of 600,000 pupils in 3,400 schools with 12 fixed effects: ours, lme4, lme-python and statsmodels.

`python -m bench value_added` writes bench/results/value_added.json. Each reads the same columns in a process of its own
and is timed apart from reading, from what it takes pupils in to the fitted model, by restricted maximum likelihood. The
rivals are installed by the benchmark (see `bench/rivals`).
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench import machine, processes, rivals

RUNS = {"ours": 15, "lme-python": 5, "lme4": 2, "statsmodels": 1}
LIMIT_SECONDS = 600
TARGETS = {"times_lme4": 100, "times_lme_python": 5, "peak_memory_mb": 400, "estimates_within": 1e-5}
LIKELIHOOD_ROUNDING = 1e-6  # of the log-likelihood, what is left to rounding where two find the same place


def fitted(name: str, folder: str) -> dict:
    """Return what a program found and how long it took, or why it was not measured."""
    runs = str(RUNS[name])
    try:
        if name == "lme4":
            script = str(Path(rivals.__file__).parent / "lme4_fit.R")
            return processes.told([rivals.rscript_with_lme4(), script, folder, runs], seconds=LIMIT_SECONDS)
        python = sys.executable if name == "ours" else rivals.python_with(name)
        return processes.told([python, "-m", "bench.rivals.python_fit", name, folder, runs], seconds=LIMIT_SECONDS)
    except rivals.Absent as reason:
        return {"not_measured": str(reason)}


def compared(ours: dict, other: dict) -> dict:
    """Hold ours against another's fit of one model."""
    pairs = {
        "fixed_effects": zip(ours["fixed"], other["fixed"], strict=True),
        "variance_components": zip(
            [*ours["covariance"], ours["residual"]], [*other["covariance"], other["residual"]], strict=True
        ),
    }
    clock, processor = (
        [statistics.median(each[of]) for each in (other, ours)] for of in ("seconds", "processor_seconds")
    )
    return {
        "times_as_fast": round(clock[0] / clock[1], 1),
        "times_less_processor_time": round(processor[0] / processor[1], 1),
        **{f"{name}_differ_by_at_most": max(abs(a - b) for a, b in both) for name, both in pairs.items()},
        "our_log_likelihood_above_theirs_by": ours["log_likelihood"] - other["log_likelihood"],
    }


def faster(against: dict) -> float:
    """Return by how many times ours is faster: by the clock or by the processor's time, whichever says less."""
    return min(against["times_as_fast"], against["times_less_processor_time"])


def held(found: dict, against: dict) -> dict:
    """Say which targets were met; a target whose rival is absent is not among them."""
    likelier = [each["our_log_likelihood_above_theirs_by"] for both in against.values() for each in both.values()]
    told = {
        "peak_memory": found["ours"]["peak_memory_mb"] < TARGETS["peak_memory_mb"],
        "log_likelihood_never_lower": all(each > -LIKELIHOOD_ROUNDING for each in likelier),
    }
    if "lme4" in against:
        both = against["lme4"].values()
        told["times_lme4"] = all(faster(each) >= TARGETS["times_lme4"] for each in both)
        told["estimates"] = all(
            each[f"{name}_differ_by_at_most"] <= TARGETS["estimates_within"]
            for each in both
            for name in ("fixed_effects", "variance_components")
        )
    if "lme-python" in against:
        both = against["lme-python"].values()
        told["times_lme_python"] = all(faster(each) >= TARGETS["times_lme_python"] for each in both)
    return told


def main() -> None:
    figures = {"targets": TARGETS, "threads_for_linear_algebra": 1, "load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        write = f"from pathlib import Path; from bench import pupils; pupils.write(Path({folder!r})); print('{{}}')"
        processes.told([sys.executable, "-c", write], seconds=LIMIT_SECONDS)
        names = ["ours", *rivals.chosen(("lme-python", "lme4", "statsmodels"))]
        found = {name: fitted(name, folder) for name in names}
    figures["load_after"] = os.getloadavg()[0]
    models = ("intercept", "slope")
    against = {
        name: {model: compared(found["ours"][model], other[model]) for model in models}
        for name, other in found.items()
        if name != "ours" and "not_measured" not in other
    }
    machine.write("value_added", {**figures, **found, "against": against, "held": held(found, against)})


if __name__ == "__main__":
    main()
