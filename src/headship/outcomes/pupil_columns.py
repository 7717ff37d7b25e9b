"""Where the columns of a file of pupils may go: the places, what headings usually mean, and what goes together."""

import re
from collections.abc import Collection, Mapping, Sequence

from headship.core import tabular
from headship.core.errors import Unusable
from headship.outcomes import pupil_codes
from headship.outcomes.subjects import SUBJECTS, subject_of

IDENTIFIERS = {"upn": "UPN (only its hash is kept)", "key": "The school's own key (only its hash is kept)"}
PUPIL = {
    "year_group": "Year group",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "language": "First language",
    "eal": "English as an additional language: yes or no",
    "sen": "Special educational need, by code or words",
    "sen_any": "Special educational need: yes or no",
    "sen_plan": "Education, health and care plan: yes or no",
    "disadvantaged": "Disadvantaged or pupil premium: yes or no",
    "prior": "Prior attainment",
    "sessions_possible": "Sessions possible",
    "sessions_missed": "Sessions missed",
    "sessions_attended": "Sessions attended",
    "academic_year": "Academic year",
    "country": "Country",
}
NAMES = {"name": "Whole name", "forename": "First name", "surname": "Last name"}
LONG = {
    "subject": "Subject, where each row is one result",
    "score": "Score or grade, where each row is one result",
    "assessment": "Name of the assessment, where each row is one result",
    "taken_on": "Day of the assessment, where each row is one result",
}
WIDE = {f"subject:{code}": f"Score in {each.words}" for code, each in SUBJECTS.items()}
PLACES = {**IDENTIFIERS, **PUPIL, **NAMES, **LONG, **WIDE}

USUAL: Mapping[str, tuple[str, ...]] = {
    "upn": ("upn", "uniquepupilnumber", "studentupn", "pupilupn"),
    "key": ("studentid", "pupilid", "admissionnumber", "admissionno", "adno", "pupilreference", "misid"),
    "year_group": ("yeargroup", "year", "ncyear", "ncyearactual", "nationalcurriculumyear", "yeartaughtin", "yr"),
    "sex": ("sex", "gender", "legalsex"),
    "ethnicity": ("ethnicity", "ethniccode", "ethnicgroup", "ethnicitycode", "ethnicorigin"),
    "language": ("firstlanguage", "language", "languagecode", "mothertongue", "homelanguage"),
    "eal": ("eal", "ealstatus", "iseal", "englishasanadditionallanguage"),
    "sen": ("sen", "senstatus", "senprovision", "sencode", "senstage", "specialeducationalneeds"),
    "sen_any": ("send", "hassen", "issen"),
    "sen_plan": ("ehcp", "hasehcp", "ehcplan"),
    "disadvantaged": (
        "pp", "pupilpremium", "pupilpremiumeligible", "disadvantaged", "disadvantagedpupil", "ppindicator", "fsm6",
        "fsmever6", "ever6", "everfsm6", "ever6fsm", "pupilpremiumindicator",
    ),
    "prior": (
        "prior", "priorattainment", "ks2prior", "ks2average", "ks2averagescore", "ks2avg", "ks1prior", "ks1average",
        "ks2apsbanded", "priorattainmentscore",
    ),
    "sessions_possible": ("sessionspossible", "possiblesessions", "possible", "possibleattendances", "totalsessions"),
    "sessions_missed": ("sessionsmissed", "missed", "absences", "totalabsences", "sessionsabsent", "absentsessions"),
    "sessions_attended": ("sessionsattended", "attended", "attendances", "present", "sessionspresent"),
    "academic_year": ("academicyear", "schoolyear", "yearofresults", "ay"),
    "country": ("country", "nation", "countrycode"),
    "name": ("name", "pupilname", "studentname", "fullname", "pupil", "student"),
    "forename": ("forename", "firstname", "legalforename", "preferredforename", "givenname"),
    "surname": ("surname", "lastname", "legalsurname", "preferredsurname", "familyname"),
    "subject": ("subject", "subjectname", "course", "coursename"),
    "score": ("score", "grade", "result", "mark", "resultvalue", "outcome"),
    "assessment": ("assessment", "assessmenttype", "assessmentname", "resultset", "aspect", "markset", "exam"),
    "taken_on": ("date", "resultdate", "assessmentdate", "datetaken", "takenon", "scoredate"),
}  # fmt: skip
NOISE = frozenset((
    "gcse", "grade", "result", "score", "scaled", "mark", "marks", "test", "exam", "final", "actual", "current", "raw",
    "autumn", "spring", "summer", "mock", "ks2", "ks4", "ks1", "teacher", "assessment", "points", "percent", "%",
))  # fmt: skip
_KNOWN = {heading: to for to, headings in USUAL.items() for heading in headings}


def offered(*, names: bool) -> list[tuple[str, object]]:
    """Return the places a column may go, in groups; names only where the school keeps them."""
    groups: list[tuple[str, object]] = [
        ("", "Leave it out"),
        ("Which pupil", list(IDENTIFIERS.items())),
        ("What is known of the pupil", list(PUPIL.items())),
        ("Each row is one result", list(LONG.items())),
        ("Each column is one subject", list(WIDE.items())),
    ]
    if names:
        groups.insert(2, ("Name, which this school keeps", list(NAMES.items())))
    return groups


def allowed(*, names: bool) -> frozenset[str]:
    """Return every place a column may go; a name only where the school keeps names."""
    return frozenset(PLACES) - (frozenset() if names else frozenset(NAMES))


def guess(headings: Sequence[str], *, names: bool, scale: str = "") -> dict[str, str]:
    """Return what headings usually mean; the first of two that mean the same.

    >>> guess(["UPN", "Reg", "Gender", "GCSE Maths Grade"], names=False)
    {'UPN': 'upn', 'Gender': 'sex', 'GCSE Maths Grade': 'subject:maths'}
    """
    found: dict[str, str] = {}
    long = {"subject", "score"} <= {_KNOWN.get(_bare(each), "") for each in headings}
    for heading in headings:
        to = _meant(heading, long=long, scale=scale)
        if to and to not in found.values() and (names or to not in NAMES):
            found[heading] = to
    if "upn" in found.values():
        found = {heading: to for heading, to in found.items() if to != "key"}
    return found


def _meant(heading: str, *, long: bool, scale: str) -> str:
    to = _KNOWN.get(_bare(heading), "")
    if to in LONG and not long:
        to = ""
    if to or long:
        return to
    words = re.split(r"[\s_:()/-]+", heading.casefold().strip())
    if "ks2" in words and scale != "ks2_scaled":
        return ""  # what a pupil had before is no result of now
    code = subject_of(heading) or subject_of(" ".join(each for each in words if each not in NOISE))
    return f"subject:{code}" if code else ""


def _bare(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def check_headings(name: str, headings: Sequence[str], row: int) -> None:
    """Refuse a file whose first line is no headings, or tells of another country. Errors: Unusable."""
    if any(re.search(r"[A-Za-z]\d{11}[\dA-Za-z]", each) for each in headings):
        mend = "Put a row above them that says what each column is."
        raise tabular.fault(name, "begins with a pupil instead of headings", mend, row=row)
    for heading in headings:
        if country := pupil_codes.HEADINGS_ABROAD.get(_bare(heading)):
            words = f"is a heading of files from {country}; Headship reads files of schools in England"
            raise tabular.fault(name, words, "Bring a file of this school.", row=row, column=heading)


def check_mapping(mapping: Mapping[str, str], allowed: Collection[str]) -> None:
    """See that a choice of columns tells pupils apart and goes together. Errors: Unusable."""
    to = list(mapping.values())
    told = set(to)
    if unknown := told - set(allowed):
        raise Unusable(f"There is no place called {min(unknown)} here.")
    if twice := sorted({PLACES[each] for each in to if to.count(each) > 1}):
        raise Unusable(f"Two columns go to “{twice[0]}”. Choose one of them.")
    if len(told & set(IDENTIFIERS)) != 1:
        raise Unusable("Say which one column tells one pupil from another: the UPN, or the school's own key.")
    _check_together(told)


def _check_together(told: set[str]) -> None:
    wide, long = told & set(WIDE), told & set(LONG)
    if wide and long:
        raise Unusable(
            "Either each column is a subject, or each row is one result: the chosen columns are of both kinds."
        )
    if long and not {"subject", "score"} <= told:
        raise Unusable("Where each row is one result, say which column is the subject and which the score.")
    if len(told & {"language", "eal"}) > 1 or ("sen" in told and told & {"sen_any", "sen_plan"}):
        raise Unusable(
            "Two columns say the same of a pupil: language and EAL, or two kinds of SEN. Choose one of them."
        )
    if len(told & {"sessions_missed", "sessions_attended"}) > 1:
        raise Unusable("Choose sessions missed or sessions attended, not both: one follows from the other.")
    if told & {"sessions_missed", "sessions_attended"} and "sessions_possible" not in told:
        raise Unusable("Say which column holds the sessions possible too: missed ones mean nothing without them.")
    if "name" in told and told & {"forename", "surname"}:
        raise Unusable("Choose the whole name, or its two halves.")
    if told <= {*IDENTIFIERS, "academic_year", "country"}:
        raise Unusable("Choose at least one column that says something of the pupils.")
