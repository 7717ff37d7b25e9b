"""What staff appraisal holds about people, and how long it is kept."""

from collections.abc import Callable
from typing import Any

from headship.appraisal import staff_practice_queries as practices
from headship.appraisal import staff_queries as queries
from headship.core.personal import Fate
from headship.core.registry import PersonData, Retention

KEPT = "kept: the school's own record of an appraisal, until its time is over"
SIX_YEARS = "The school's own rule: as long as a question about pay or fairness may come."
AS_YEAR = "As long as its year"
LOOKED_AT = ("asked", "answer", "before", "after")


def _own(
    model: str,
    heading: str,
    *fields: str,
    whose: str = "year__person",
    later: tuple[str, ...] = (),
    told: Callable[[Any], bool] | None = None,
) -> PersonData:
    """Declare what is the person's own: they read it, `later` once given; nobody at the school compiles it."""
    return PersonData(
        f"appraisal.{model}", fields, KEPT, heading=heading, whose=(whose,), own=True, later=later, told=told or _told
    )


def _told(row: Any) -> bool:
    """Whether its person was given what the appraiser says of them, or never will be."""
    return queries.was_told(getattr(row, "year", row))


PERSON_DATA = (
    PersonData("appraisal.StaffCycle", ("organiser",), KEPT, heading="Appraisal you organised for a group of staff"),
    _own("StaffYear", "Your years of appraisal", "person", "appraiser", whose="person"),
    _own("StaffObjective", "Objectives of your appraisal", later=("reached", "assessment")),
    _own("StaffReflection", "How you see your own years"),
    _own("StaffStatement", "Statements of your own appraisal", later=("overall", "needs", "action")),
    _own("StaffRating", "How parts of your years were rated", later=("reached", "words")),
    _own("StaffModeration", "When your appraisal was looked at beside others", "by", later=LOOKED_AT),
    _own("StaffAppeal", "Your appeals against statements"),
    PersonData("appraisal.StaffHearer", ("person",), KEPT, heading="Appeals against appraisals you were named to hear"),
    _own(
        "StaffCopy",
        "Copies kept of your own appraisal",
        later=("lines",),
        told=lambda row: not row.closed or _told(row),
    ),
    PersonData(
        "appraisal.ExcellentPractice",
        ("person", "seen_by"),
        "deleted: it was shown with their consent alone",
        heading="Excellent practice of yours",
        whose=("person",),
        passages=("words",),
        readable=practices.may_be_read,
        fate=Fate.DELETE,
    ),
    _own("StaffChange", "The history of your own appraisal", "by"),
)
RETENTION = (
    Retention("appraisal.StaffCycle", "cycles of staff appraisal", "While the school uses Headship",
              "It names nobody but who organised it."),
    Retention("appraisal.StaffPart", "what is looked at in staff appraisal", "As long as its cycle",
              "It names nobody.", follows="appraisal.StaffCycle"),
    Retention("appraisal.StaffTemplate", "templates of staff appraisal", "Until the school takes it away",
              "It names nobody."),
    *(
        Retention(f"appraisal.{model}", called, "As long as its template", "It names nobody.",
                  follows="appraisal.StaffTemplate")
        for model, called in (
            ("StaffTemplatePart", "what templates of appraisal look at"),
            ("StaffTemplateObjective", "objectives of templates of appraisal"),
        )
    ),
    Retention("appraisal.StaffYear", "staff appraisals", "The year and six more; a school may set its own.",
              SIX_YEARS, "ends_on", 84, Fate.DELETE),
    Retention("appraisal.ExcellentPractice", "excellent practice", "Three years after it was seen.",
              "The school's own rule: long enough to go and see it.", "asked_on", 36, Fate.DELETE),
    *(
        Retention(f"appraisal.{model}", called, AS_YEAR, SIX_YEARS, follows="appraisal.StaffYear")
        for model, called in (
            ("StaffObjective", "objectives of staff"),
            ("StaffReflection", "how staff see their years"),
            ("StaffStatement", "appraisal statements of staff"),
            ("StaffRating", "how parts of years were rated"),
            ("StaffModeration", "how staff appraisals were looked at beside one another"),
            ("StaffAppeal", "appeals against staff appraisals"),
            ("StaffHearer", "who heard appeals against staff appraisals"),
            ("StaffCopy", "copies kept of staff appraisals"),
            ("StaffChange", "the history of staff appraisals"),
        )
    ),
)  # fmt: skip
