"""Published figures as they are printed: units inside numbers, and codes where a figure was withheld.

A withheld figure is never 0: it is `None` with the code that stood in its place.
"""

import re
from dataclasses import dataclass

MISSING_WORDS = {
    "SUPP": "withheld because few pupils are behind it",
    "NE": "no entries",
    "NP": "not published",
    "NA": "not applicable or not available",
    "LOWCOV": "withheld because too few pupils are covered",
    "NEW": "the school was new",
    "SP": "withheld because of how few pupils were in one of the groups",
    "SN": "withheld because the number is small",
    "c": "withheld for confidentiality",
    "x": "not available",
    "z": "not applicable",
    "low": "rounds to nothing, but is not nothing",
    "u": "unreliable, so not given",
    "NULL": "not given",
    "": "not given",
}
_CODES = {code.casefold(): code for code in MISSING_WORDS} | {
    "nan": "NULL", "n/a": "NA", "na": "NA", "-": "NULL", "..": "NA", ":": "z", ".": "NA",
}  # fmt: skip
_PLAIN = re.compile(r"£?\s*([+-]?)\s*£?\s*([0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)((?:[eE][+-]?[0-9]{1,3})?)\s*%?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or None and the code that stood in its place ("" when the cell was blank)."""

    value: float | None
    missing: str = ""

    @property
    def words(self) -> str:
        """Why there is no value, in words."""
        return MISSING_WORDS[self.missing]


BLANK = Figure(None, "")


def read(text: str) -> Figure | None:
    """Return the figure a cell holds, or None when it holds something else.

    >>> read("25.9%"), read("£45,884"), read("SUPP"), read("n pupils")
    (Figure(value=25.9, missing=''), Figure(value=45884.0, missing=''), Figure(value=None, missing='SUPP'), None)
    """
    try:
        value = float(text)
    except ValueError:
        return _read_printed(text.strip())
    if "_" in text:  # Python's own digit separator, nobody else's
        return None
    return Figure(value) if value - value == 0 else Figure(None, "NULL")  # neither "nan" nor "inf" is a figure


def _read_printed(text: str) -> Figure | None:
    if not text:
        return BLANK
    code = _CODES.get(text.casefold())
    if code is not None:
        return Figure(None, code)
    found = _PLAIN.fullmatch(text.replace("\u2212", "-"))
    if not found or not _grouped(found[2]):
        return None
    return Figure(float(found[1] + found[2].replace(",", "") + found[3]))


def _grouped(digits: str) -> bool:
    """Whether commas part thousands, so that "1,5" (a decimal comma) is refused, not read as fifteen."""
    return "," not in digits or re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?", digits) is not None
