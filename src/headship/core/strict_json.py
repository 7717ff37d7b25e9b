"""JSON as it comes from elsewhere, read strictly: bounded, no word said twice, nothing that is no text or no number.

What cannot be read is `Unusable`, with the file, the place and the mend.
"""

import itertools
import json
import math
import re
from collections.abc import Iterator
from typing import Any

from headship.core.errors import Unusable

LARGEST = 10 * 1024 * 1024
DEEPEST = 40
LONGEST = 32_000  # what a cell of a spreadsheet can hold as well
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
EXACT = 2**53  # a whole number beyond this is another one in half the programs that read JSON


def fault(name: str, place: str, words: str, mend: str) -> Unusable:
    """Return the sentence for something wrong in a file that is not a table.

    >>> str(fault("a.json", "CFItems 3", "has no fullStatement", "Write one."))
    '“a.json”, CFItems 3: has no fullStatement. Write one.'
    """
    return Unusable(f"“{name}”{f', {place}:' if place else ''} {words}. {mend}")


def loads(name: str, content: bytes) -> Any:
    """Return what a JSON file says. Errors: Unusable.

    >>> loads("a.json", b'{"title": "Standards"}')
    {'title': 'Standards'}
    >>> loads("a.json", b'{"title": NaN}')
    Traceback (most recent call last):
    ...
    headship.core.errors.Unusable: “a.json” says NaN, which is no number. Write a number, or leave the field out.
    """
    try:
        read = json.loads(
            _text(name, content),
            object_pairs_hook=lambda pairs: _once(name, pairs),
            parse_constant=lambda word: _no_number(name, word),
            parse_float=lambda digits: _finite(name, digits),
        )
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}, letter {wrong.colno}"
        raise fault(name, place, "is not JSON from here on", "Fetch the file again, or export it anew.") from None
    except RecursionError:
        raise _too_deep(name) from None
    except ValueError:  # Python refuses whole numbers of thousands of digits
        raise fault(name, "", "holds a number with far too many digits", "Shorten the number.") from None
    _check(name, read)
    return read


def _text(name: str, content: bytes) -> str:
    if not content.strip():
        raise fault(name, "", "is empty", "Send the file with its framework.")
    if len(content) > LARGEST:
        raise fault(name, "", f"is larger than {LARGEST >> 20} MB", "Split the framework, or leave out attachments.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise fault(name, f"line {line}", "is not written in UTF-8, as JSON is", "Save it as UTF-8.") from None


def _once(name: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise fault(name, "", f"says “{twice[:60]}” twice in one place", "Keep one of them.")
    return found


def _no_number(name: str, word: str) -> float:
    raise fault(name, "", f"says {word}, which is no number", "Write a number, or leave the field out.")


def _finite(name: str, digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(name, digits[:30])


def _too_deep(name: str) -> Unusable:
    return fault(name, "", f"is nested more than {DEEPEST} deep", "No framework needs that: fetch the file again.")


def _check(name: str, read: Any) -> None:
    """Walk what was read, without recursion and without a copy of it, and look at each value."""
    under: list[Iterator[Any]] = [iter((read,))]
    while under:
        if len(under) > DEEPEST:
            raise _too_deep(name)
        for value in under[-1]:
            if isinstance(value, dict):
                under.append(itertools.chain(value.keys(), value.values()))
                break
            if isinstance(value, list):
                under.append(iter(value))
                break
            _check_one(name, value)
        else:
            under.pop()


def _check_one(name: str, value: Any) -> None:
    if isinstance(value, str):
        _check_text(name, value)
    elif isinstance(value, int) and abs(value) > EXACT:
        raise fault(name, "", f"says {value}, which many programs cannot keep exactly", "Shorten the number.")


def _check_text(name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise fault(name, "", f"holds a text longer than {LONGEST:,} letters: “{text[:40]}…”", "Shorten it.")
    if wrong := FORBIDDEN.search(text):
        start = max(0, wrong.start() - 20)
        around = FORBIDDEN.sub("�", text[start : wrong.end() + 20])
        raise fault(name, "", f"holds a control character that is no text, at “{around}”", "Take it out.")
