"""`python -m assurance`: run the long proofs and write their figures. Name rows to run only those: `a f --short`."""

import argparse
import os
import sys

from tests import ground  # noqa: F401  # importing it lays the ground: a folder of its own, no network

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")


def main() -> None:
    """Run the rows asked for and say what was found."""
    from assurance import (
        accessible,
        anything,
        canaries,
        figures,
        hostile_files,
        matrix,
        mutants,
        restoring,
        steady,
        survey_day,
        surveys,
        survival,
        tampering,
    )
    from headship.core import belt

    rows = {
        "a": matrix.measure,
        "b": canaries.measure,
        "c": mutants.measure,
        "d": anything.measure,
        "e": hostile_files.measure,
        "f": survival.measure,
        "g": steady.measure,
        "h": restoring.measure,
        "i": tampering.measure,
        "j": surveys.measure,
        "k": survey_day.measure,
        "l": accessible.measure,
    }
    parser = argparse.ArgumentParser(prog="python -m assurance", description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[*rows, []], help="rows of the table; all when none is named")
    parser.add_argument("--short", action="store_true", help="a quick look; writes held: false")
    options = parser.parse_args()
    fell = False
    for row in options.rows or rows:
        with belt.whole_installation(because="a proof makes rows of many schools"):
            figure = rows[row](short=options.short)
        path = figures.write(figure)
        print(f"{row}: {figure.figure} ({figure.seconds} s) -> {path.name}; held: {figure.held}", flush=True)
        fell |= not figure.held
    sys.exit(fell and not options.short)


main()
