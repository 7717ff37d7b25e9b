"""Cells of a file of pupils, read into what is kept. A cell that is none of what it may be raises `Wrong`.

No fault repeats what stands in a cell that may tell who somebody is.
"""

import functools
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from headship.core.pages import listed
from headship.outcomes import pupil_codes as codes
from headship.outcomes.choices import SCALES
from headship.outcomes.pupil_brought import Known
from headship.outcomes.scales import Marks
from headship.outcomes.subjects import SUBJECTS, subject_of
from headship.people import year_groups
from headship.people.rosters import DATES, check_letter, is_upn

NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
SHORT = 6  # letters of a cell that a fault may repeat: a grade or a code, nobody's name or number
YEARS = re.compile(r"(?:ay)?\s*(20\d\d)\s*(?:[/\u2013-]\s*(\d{4}|\d\d))?", re.IGNORECASE)


class Wrong(Exception):
    """What is wrong in a cell, and how to mend it."""

    def __init__(self, words: str, mend: str) -> None:
        super().__init__(words)
        self.words, self.mend = words, mend


def told(cell: str) -> str:
    """Return a short cell for a sentence; a longer one may tell who somebody is.

    >>> told("7x"), told("Somebody Else")
    ('“7x”', 'what stands here')
    """
    return f"“{cell}”" if len(cell) <= SHORT and cell.isprintable() else "what stands here"


def upn(cell: str) -> str:
    """Return a UPN in capitals. Errors: Wrong."""
    found = cell.upper().replace(" ", "")
    if re.fullmatch(r"\d{9}", found):
        raise Wrong(
            "has nine figures, as a Scottish Candidate Number; it is not a UPN", "Bring a file of a school in England."
        )
    if not is_upn(found):
        raise Wrong(
            "is not a UPN", "A UPN is a letter and twelve figures, such as A123456789012. For another key, say so."
        )
    if check_letter(found) != found[0]:
        raise Wrong("is not a UPN: its first letter does not fit its figures", "Look for a slip of the hand.")
    return found


def own_key(cell: str) -> str:
    """Return the school's own key of a pupil. Errors: Wrong."""
    if not cell or len(cell) > 60:
        raise Wrong("tells no pupil apart: it is blank or longer than 60 letters", "Give each pupil's own key.")
    return cell


def _of(known: Mapping[str, str], what: str) -> Callable[[str], Known]:
    def read(cell: str) -> Known:
        found = known.get(" ".join(cell.casefold().split()))
        if found is None:
            raise Wrong(f"{told(cell)} is no code of {what}", "Correct it, or leave it blank.")
        return found

    return read


def year_group(cell: str) -> Known:
    """Return a year group as it is written here. Errors: Wrong, telling of a group of another country."""
    plain = " ".join(cell.casefold().split()).removesuffix(".0")
    found = year_groups.GROUPS.get(plain)
    if found is not None:
        return found
    if re.fullmatch(r"[ps][1-7]|primary [1-7]|senior [1-6]", plain):
        raise Wrong(f"{told(cell)} is a year group of Scotland or Northern Ireland", "Bring a file of this school.")
    if re.fullmatch(r"(bl|blwyddyn|mf)\.? ?\d{1,2}", plain):
        raise Wrong(f"{told(cell)} is a year group of Wales", "Bring a file of this school.")
    raise Wrong(f"{told(cell)} is no year group", "Write it as 7, Y7, Year 7, R or Nursery, or leave it blank.")


def ethnicity(cell: str) -> Known:
    """Return an ethnic group in the words kept here. Errors: Wrong."""
    plain = re.sub(r"[^a-z]", "", cell.casefold())
    found = codes.ETHNICITY.get(plain, codes.ETHNICITY_WORDS.get(plain))
    if found is None and len(plain) > 4:  # longer words of the census begin with the main group
        found = codes.ETHNICITY_WORDS.get(re.sub(r"^(white|mixed|asian|black|dual|background)", "", plain))
    if found is None:
        raise Wrong(
            f"{told(cell)} is no ethnic group of the school census", "Use its code, such as WBRI, or leave it blank."
        )
    return found


def language(cell: str) -> Known:
    """Return whether a first language is English; any named language but English is another. Errors: Wrong."""
    plain = " ".join(cell.casefold().split())
    if plain in codes.LANGUAGE_UNKNOWN:
        return ""
    if plain in codes.ENGLISH:
        return "english"
    if plain in codes.OTHER or re.fullmatch(r"[^\W\d_][\w ()/.,'-]{1,39}", plain):
        return "other"
    raise Wrong(f"{told(cell)} is no language", "Write English or the language's name, or leave it blank.")


def yes(cell: str) -> Known:
    """Return yes or no. Errors: Wrong."""
    plain = cell.casefold().strip()
    if plain in codes.YES:
        return True
    if plain in codes.NO:
        return False
    raise Wrong(f"{told(cell)} is neither yes nor no", "Write Y or N, or leave it blank for not known.")


def number(cell: str) -> Known:
    """Return a number that is not negative. Errors: Wrong."""
    if not NUMBER.fullmatch(cell):
        raise Wrong(f"{told(cell)} is no number", "Use figures, such as 104.5, or leave it blank.")
    if cell.startswith("-"):
        raise Wrong(f"{told(cell)} is negative", "Correct it, or leave it blank.")
    return float(cell)


def sessions(cell: str) -> Known:
    """Return a whole number of sessions. Errors: Wrong."""
    found = number(cell)
    assert isinstance(found, float)  # for the type checker
    if found % 1 or found > 2_000:
        raise Wrong(f"{told(cell)} is no count of sessions", "Use a whole number: a school year has about 380.")
    return int(found)


def academic_year(cell: str) -> int:
    """Return an academic year's first calendar year. Errors: Wrong.

    >>> academic_year("2024/2025"), academic_year("2024-25"), academic_year("2024")
    (2024, 2024, 2024)
    """
    found = YEARS.fullmatch(cell.strip())
    if not found or (found[2] and int(found[2]) % 100 != (int(found[1]) + 1) % 100):
        raise Wrong(f"{told(cell)} is no academic year", "Write it as 2026/27.")
    return int(found[1])


def day(cell: str) -> date:
    """Return a day. Errors: Wrong."""
    for form in DATES:
        try:
            return datetime.strptime(cell[:10] if form == DATES[0] else cell, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise Wrong(f"{told(cell)} is not a date", "Write it as 31/08/2027 or 2027-08-31.")


def subject(cell: str) -> str:
    """Return a subject's code. Errors: Wrong, with the closest names."""
    found = subject_of(cell)
    if found:
        return found
    raise Wrong(*no_subject(cell))


def no_subject(cell: str) -> tuple[str, str]:
    """Say that there is no such subject, with the closest names; words that are near none are not repeated."""
    names = {each.words.casefold(): each.words for each in SUBJECTS.values()}
    close = get_close_matches(" ".join(cell.casefold().split())[:60], names, n=3, cutoff=0.6)
    if close:
        near = [names[each] for each in close]
        return f"“{cell}” is no subject known here", f"The closest is {listed(near)}. Correct it, or leave the row out."
    return f"{told(cell)} is no subject known here", "Use a subject's usual name, such as Mathematics."


def scorer(scale: str, marks: Marks) -> Callable[[str], float | None]:
    """Return the reader of a scale's scores; None is a score that is missing. Errors of the reader: Wrong."""

    @functools.cache
    def read(cell: str) -> float | None:
        plain = cell.casefold().removesuffix("%").strip()
        grade = codes.GRADES.get(scale, {}).get(plain)
        if grade is not None:
            return grade
        if plain in codes.MISSING | codes.MISSING_IN.get(scale, frozenset()):
            return None
        return _score(cell, plain, scale, marks)

    return read


def _score(cell: str, plain: str, scale: str, marks: Marks) -> float:
    known = SCALES[scale]
    if not NUMBER.fullmatch(plain):
        raise Wrong(f"{told(cell)} is no score", f"The scale is “{known.words}”. Correct it, or leave it blank.")
    score = float(plain)
    if score < 0:
        raise Wrong(f"{told(cell)} is negative", "No score is. Correct it, or leave it blank where there is none.")
    if not marks.lowest <= score <= marks.highest:
        ends = f"{marks.lowest:g} to {marks.highest:g}"
        raise Wrong(
            f"{told(cell)} is beyond the scale", f"“{known.words}” runs from {ends}. Choose another, or correct it."
        )
    if scale in codes.WHOLE and score % 1:
        raise Wrong(f"{told(cell)} is between two scores", f"“{known.words}” has whole ones alone.")
    return score


def pair(cell: str) -> tuple[str, str] | None:
    """Return both grades of combined science where a cell holds two.

    >>> pair("5-4"), pair("55"), pair("5")
    (('5', '4'), ('5', '5'), None)
    """
    found = re.fullmatch(r"([1-9U])\s*[-/]?\s*([1-9U])", cell.strip().upper())
    return (found[1], found[2]) if found else None


READERS: Mapping[str, Callable[[str], Known]] = {
    "year_group": year_group,
    "sex": _of(codes.SEX, "sex"),
    "ethnicity": ethnicity,
    "language": language,
    "eal": yes,
    "sen": _of(codes.NEED, "special educational needs"),
    "sen_any": yes,
    "sen_plan": yes,
    "disadvantaged": yes,
    "prior": number,
    "sessions_possible": sessions,
    "sessions_missed": sessions,
    "sessions_attended": sessions,
}
