"""Fit both models with a rival from Python's packages, or with ours, and print as JSON what `lme4_fit.R` prints.

`python -m bench.rivals.python_fit NAME FOLDER RUNS`: a process for each, in an environment that has it.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bench import processes, pupils

NAMES = [f"x{place}" for place in range(1, pupils.COVARIATES + 1)]
FIXED = "y ~ " + " + ".join(NAMES)


def ours(columns):
    """Arrays of pupils in, a model out: the pass over the rows is counted too, and told beside."""
    from headship.analysis import value_added

    outcome, covariates, school = columns[0].copy(), columns[1:-1].T.copy(), columns[-1].astype(np.int64)

    def fitted(slope):
        begun = time.perf_counter()
        told = value_added.statistics_of(outcome, covariates, school, NAMES, slopes=["x1"] if slope else [])
        passed = time.perf_counter() - begun
        found = value_added.fit(told)
        return found.fixed, found.covariance, found.residual, found.log_likelihood, {"of_which_pass": passed}

    return fitted


def lme_python(columns):
    import lme_python as rival
    import polars as pl

    frame = pl.DataFrame(dict(zip(["y", *NAMES], columns[:-1], strict=True)))
    frame = frame.with_columns(pl.Series("school", columns[-1].astype(int)).cast(pl.String))

    def fitted(slope):
        found = rival.lmer(FIXED + (" + (1 + x1 | school)" if slope else " + (1 | school)"), data=frame, reml=True)
        factor = np.zeros((2, 2) if slope else (1, 1))
        factor[np.tril_indices(len(factor))] = np.array(found.theta)[[0, 1, 2] if slope else [0]]
        more = {"converged": found.converged}
        return found.coefficients, found.sigma2 * factor @ factor.T, found.sigma2, found.log_likelihood, more

    return fitted


def statsmodels(columns):
    import pandas as pd
    from statsmodels.regression.mixed_linear_model import MixedLM

    frame = pd.DataFrame(dict(zip(["y", *NAMES], columns[:-1], strict=True)))
    frame["school"] = columns[-1].astype(int)

    def fitted(slope):
        model = MixedLM.from_formula(FIXED, groups="school", re_formula="~ x1" if slope else "1", data=frame)
        found = model.fit(reml=True)
        return found.fe_params, found.cov_re, found.scale, found.llf, {"converged": bool(found.converged)}

    return fitted


def told(fitted: Callable, *, slope: bool, runs: int) -> dict:
    seconds, spent = [], []
    for _ in range(runs):
        begun, worked = time.perf_counter(), time.process_time()
        fixed, covariance, residual, likelihood, more = fitted(slope)
        seconds.append(time.perf_counter() - begun)
        spent.append(time.process_time() - worked)
    numbers = [float(each) for each in np.asarray(covariance).ravel()]
    return {
        "seconds": seconds,
        "processor_seconds": spent,
        "fixed": [float(each) for each in fixed],
        "covariance": numbers,
        "residual": float(residual),
        "log_likelihood": float(likelihood),
        **more,
    }


def main() -> None:
    name, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    fitted = {"ours": ours, "lme-python": lme_python, "statsmodels": statsmodels}[name](pupils.read(folder))
    found = {"intercept": told(fitted, slope=False, runs=runs), "slope": told(fitted, slope=True, runs=runs)}
    told_version = f"with numpy {version('numpy')}" if name == "ours" else version(name)
    print(json.dumps({"version": told_version, "peak_memory_mb": processes.peak_memory_mb(), **found}))


if __name__ == "__main__":
    main()
