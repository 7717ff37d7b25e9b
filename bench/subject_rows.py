"""Made-up rows of pupils' results by subject, written to parquet files of a million rows each, one at a time."""

from pathlib import Path

import numpy as np
import polars as pl

MILLION = 1_000_000
SCHOOLS = 3_400
SUBJECTS = ("art", "biology", "chemistry", "computing", "English", "French", "geography", "history", "maths", "physics")
PRIOR_GROUPS = 34


def write(folder: Path, files: int) -> list[Path]:
    """Write the files that are not there yet and return all their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"rows-{number:03}.parquet" for number in range(files)]
    for number, path in enumerate(paths):
        if not path.exists():
            made(number).write_parquet(path.with_suffix(".part"))
            path.with_suffix(".part").rename(path)
    return paths


def made(seed: int) -> pl.DataFrame:
    """Make a million rows: pupils of schools in random order, ten subjects each, one score in a hundred not known."""
    rng = np.random.default_rng(seed)
    pupils = MILLION // len(SUBJECTS)
    school, ability = rng.integers(0, SCHOOLS, pupils), rng.normal(size=pupils)
    disadvantaged = rng.random(pupils) < 0.27
    score = np.repeat(50 + 9 * ability - 4 * disadvantaged + np.sin(school) * 3, len(SUBJECTS))
    rows = pl.DataFrame(
        {
            "school": 100_000 + school.astype(np.int32),
            "prior_group": np.clip(ability * 6 + PRIOR_GROUPS / 2, 1, PRIOR_GROUPS).astype(np.int8),
            "prior": (100 + 8 * ability).round(1),
            "female": rng.random(pupils) < 0.5,
            "disadvantaged": disadvantaged,
            "eal": rng.random(pupils) < 0.2,
            "sen": rng.random(pupils) < 0.16,
        }
    )
    return rows.select(pl.all().repeat_by(len(SUBJECTS)).explode()).with_columns(
        subject=pl.Series(SUBJECTS * pupils),
        score=pl.Series(np.round(score + rng.normal(scale=8, size=MILLION), 1)).set(
            pl.Series(rng.random(MILLION) < 0.01), None
        ),
    )
