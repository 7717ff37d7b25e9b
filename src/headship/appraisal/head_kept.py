"""What a headteacher's appraisal holds about people, and how long it is kept."""

from typing import Any

from headship.appraisal.head_choices import HeadState
from headship.core.personal import Fate
from headship.core.registry import PersonData, Retention

KEPT = "kept: the board's own record of an appraisal, until its time is over"
SIX_YEARS = "The board's records, kept as long as its minutes are commonly kept."
AS_YEAR = "As long as its year"
TOLD = frozenset({HeadState.GIVEN, HeadState.AGREED, HeadState.APPEALED})


def _own(model: str, heading: str, *fields: str, whose: str = "year__head", later: tuple[str, ...] = ()) -> PersonData:
    """Declare what is the headteacher's: they read it, `later` once given; nobody at the school answers for it."""
    return PersonData(
        f"appraisal.{model}", fields, KEPT, heading=heading, whose=(whose,), own=True, later=later, told=_told
    )


def _told(row: Any) -> bool:
    """Whether the headteacher was given what the panel says of them."""
    return getattr(row, "year", row).state in TOLD


PERSON_DATA = (
    _own("HeadMember", "Headteachers' appraisals you took part in", "person", whose="person"),
    _own("HeadYear", "Your years of appraisal", "head", "recorded_by", whose="head"),
    _own("HeadObjective", "Your appraisal objectives", later=("reached", "assessment")),
    _own("HeadNote", "What was said in your appraisal", "by"),
    _own("HeadReflection", "How you see your year"),
    _own("HeadEvidence", "Evidence you showed in your appraisal"),
    _own("HeadStatement", "Your appraisal statements", later=("standards", "needs", "action", "pay")),
    _own("HeadCopy", "Copies kept of your appraisal"),
    _own("HeadAppeal", "Your appeals", "heard_by"),
    _own("HeadChange", "The history of your appraisal", "by"),
    PersonData("appraisal.OwnRule", ("recorded_by",), KEPT, heading="Rules of your board on appraisal you recorded"),
)
RETENTION = (
    Retention(
        "appraisal.OwnRule",
        "boards' own rules of appraisal",
        "While the school uses Headship",
        "Years of appraisal are held against them; they name nobody but who recorded them.",
    ),
    Retention(
        "appraisal.HeadYear",
        "headteachers' appraisals",
        "The year and six more; a school may set its own.",
        SIX_YEARS,
        "ends_on",
        84,
        Fate.DELETE,
    ),
    *(
        Retention(f"appraisal.{model}", called, AS_YEAR, SIX_YEARS, follows="appraisal.HeadYear")
        for model, called in (
            ("HeadMember", "who appraised headteachers"),
            ("HeadObjective", "headteachers' objectives"),
            ("HeadNote", "what was said in headteachers' appraisals"),
            ("HeadReflection", "how headteachers see their year"),
            ("HeadEvidence", "evidence headteachers showed"),
            ("HeadStatement", "headteachers' appraisal statements"),
            ("HeadCopy", "copies kept of headteachers' appraisals"),
            ("HeadAppeal", "headteachers' appeals"),
            ("HeadChange", "the history of headteachers' appraisals"),
        )
    ),
)
