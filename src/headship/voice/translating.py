"""Sheets of texts to be translated: given as CSV, taken back as CSV or XLSX, checked whole, every fault told by row."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from headship.core import tabular
from headship.core.errors import Unusable
from headship.core.tabular import Limits, safe_cell
from headship.voice.languages import Language
from headship.voice.tongue import Text

LIMITS = Limits(rows=1_000, columns=20, unpacked=2 * 1024 * 1024)
LARGEST, LONGEST, FAULTS = 512 * 1024, 1_200, 50
BRACES = re.compile(r"\{[^{}]*\}|[{}]")
HEADINGS = ("English", "What it is")


def sheet(texts: Sequence[Text], words: Mapping[str, str], language: Language) -> str:
    """Return the sheet that somebody fills: the English, what it is, and the words so far."""
    out = io.StringIO()
    out.write("\N{ZERO WIDTH NO-BREAK SPACE}")  # so that spreadsheets read it as UTF-8
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*HEADINGS, language.english))
    writer.writerows((safe_cell(each.english), each.where, safe_cell(words.get(each.english, ""))) for each in texts)
    return out.getvalue()


def wrong(english: str, words: str) -> str:
    """Say what is wrong with a translation, or nothing: too long, or braces that are not those of the English.

    >>> wrong("until {until}", "do {until}"), wrong("until {until}", "do {do}")
    ('', 'must hold {until} as the English does, and nothing else in braces')
    """
    if len(words) > LONGEST:
        return f"has more than {LONGEST:,} characters"
    needed, found = Counter(BRACES.findall(english)), Counter(BRACES.findall(words))
    if set(needed) == set(found):
        return ""
    if not needed:
        return "must hold no braces, since the English holds none"
    return f"must hold {' and '.join(sorted(needed))} as the English does, and nothing else in braces"


def of_table(path: Path, name: str, texts: Sequence[Text], language: Language) -> dict[str, str]:
    """Read a filled sheet. An empty cell is not translated. Errors: Unusable, with a line for each fault."""
    known = {_bare(each.english): each.english for each in texts}
    with tabular.opened(path, name=name, limits=LIMITS) as table:
        places = {heading.strip().casefold(): at for at, heading in enumerate(table.headings)}
        english, other = places.get(HEADINGS[0].casefold()), places.get(language.english.casefold())
        if english is None or other is None:
            mend = f"Fill the sheet as it was downloaded: columns “English” and “{language.english}”."
            raise tabular.fault(name, "has other headings", mend, row=table.heading_row)
        rows = [(number, cells[english], cells[other]) for number, cells in table.rows]
    found: dict[str, str] = {}
    faults = []
    for number, source, words in rows:
        if not words.strip():
            continue
        text = known.get(_bare(source))
        if text is None:
            faults.append(
                f"Row {number}: “{source[:60]}” is no text of this survey. Leave the column English as it was."
            )
        elif fault := wrong(text, words):
            faults.append(f"Row {number}: the translation of “{text[:60]}” {fault}.")
        elif text in found and found[text] != _bare(words):
            faults.append(f"Row {number}: “{text[:60]}” is translated twice, and differently.")
        else:
            found[text] = _bare(words)
    if faults:
        more = [f"There are {len(faults) - FAULTS} more like these."] if len(faults) > FAULTS else []
        raise Unusable("\n".join([*faults[:FAULTS], *more]))
    if not found:
        raise Unusable(f"“{name}” holds no translation. Fill the column “{language.english}”.")
    return found


def _bare(words: str) -> str:
    """Return words with single spaces, and without the sign that keeps a spreadsheet from reckoning."""
    return " ".join(words.removeprefix("'").split())
