"""Made pupils: results of a country's pupils in their schools, written as columns of numbers any language reads."""

import json
from pathlib import Path

import numpy as np

PUPILS, SCHOOLS, COVARIATES = 600_000, 3_400, 11  # with the intercept twelve fixed effects
SEED = 20261124


def write(folder: Path, pupils: int = PUPILS, schools: int = SCHOOLS) -> None:
    """Write outcome, covariates and school, one file of doubles each after the other, and their shape beside it."""
    chance = np.random.default_rng(SEED)
    school = chance.choice(schools, pupils, p=chance.dirichlet(np.full(schools, 6.0)))
    prior = chance.normal(size=pupils)
    flags = chance.random((pupils, 6)) < [0.49, 0.25, 0.15, 0.2, 0.04, 0.02]
    others = chance.normal(size=(pupils, COVARIATES - 7))
    covariates = np.column_stack([prior, flags, others])
    own = chance.normal(size=(schools, 2)) @ [[0.3, 0.04], [0, 0.1]]
    outcome = covariates @ chance.normal(0, 0.2, COVARIATES) + own[school, 0] + (0.6 + own[school, 1]) * prior
    outcome += chance.normal(0, 0.75, pupils)
    columns = np.column_stack([outcome, covariates, school + 1.0])
    columns.T.tofile(folder / "columns.f64")
    shape = {"rows": pupils, "columns": columns.shape[1], "schools": len(np.unique(school))}
    (folder / "shape.json").write_text(json.dumps(shape))


def read(folder: Path) -> np.ndarray:
    """Return the columns, (columns, rows)."""
    shape = json.loads((folder / "shape.json").read_text())
    return np.fromfile(folder / "columns.f64").reshape(shape["columns"], shape["rows"])
