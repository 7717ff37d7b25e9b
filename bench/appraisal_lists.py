"""Pages of appraisal at a school of 400 staff with fifteen years of it: how long each takes to be made.

    python -m bench appraisal_lists                     # SQLite in a folder of its own; or HEADSHIP_DATABASE=…

Writes bench/results/appraisal_lists.json.
"""

from bench import appraisal_rows, lists, strategy_rows

HEADS = {
    "appraisal": "appraisal/",
    "a group": "appraisal/cycles/{group}",
    "a group, its last page": "appraisal/cycles/{group}?page=7",
    "a group of fifteen years ago": "appraisal/cycles/{old_group}",
    "a group beside one another": "appraisal/cycles/{group}/beside",
    "put people into a group": "appraisal/cycles/{group}/people",
    "one objective for many": "appraisal/cycles/{group}/objective",
    "begin another year's group": "appraisal/cycles/{old_group}/again",
    "one person's year": "appraisal/years/{year}",
    "is it fair?": "appraisal/fairness",
    "is it fair? a finished year": "appraisal/fairness?year={last}",
    "excellent practice": "appraisal/practice",
    "support": "support/",
    "one support": "support/{support}",
    "conduct": "conduct/",
    "the headteacher's years": "head-appraisal/",
    "a headteacher's year": "head-appraisal/{head_year}",
    "today": "",
}
APPRAISERS = {"an appraiser's list": "appraisal/", "an appraiser's today": ""}
TEACHERS = {"a teacher's list": "appraisal/", "a teacher's today": ""}
BOARDS = {"the chair's list": "head-appraisal/", "the chair's today": ""}
PAGES = {"headteacher": HEADS, "senior_leader": APPRAISERS, "teacher": TEACHERS, "chair": BOARDS}
FILLED = (
    strategy_rows.staff,
    appraisal_rows.cycles,
    appraisal_rows.of_the_head,
    appraisal_rows.supports,
    appraisal_rows.practices,
)


def main() -> None:
    """Measure each page."""
    lists.measure("appraisal_lists", appraisal_rows.SIZES, FILLED, PAGES, appraisal_rows.named)


if __name__ == "__main__":
    main()
