"""Names, towns and postcodes as they are sought: small letters, no accents, one way to write what has several."""

import re
import unicodedata
from collections.abc import Mapping

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['\u2018\u2019`\u00b4]")
_POSTCODE = re.compile(r"([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})")
_ONE_WAY = (
    (re.compile(r"\b(?:church of england|c of e|ce|cofe)\b"), "cofe"),
    (re.compile(r"\b(?:roman catholic|rc)\b"), "catholic"),
    (re.compile(r"\bsaint\b"), "st"),
)


def plain(text: str) -> str:
    """Return text as plain lower-case words.

    >>> plain("St Thomas à Becket C. of E. School & Nursery")
    'st thomas a becket cofe school and nursery'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text)).encode("ascii", "ignore").decode()
    words = _NOT_WORDS.sub(" ", text.lower().replace("'", "").replace("&", " and ")).strip()
    for pattern, one in _ONE_WAY:
        words = pattern.sub(one, words)
    return words


def search_text(known: Mapping[str, object]) -> tuple[str]:
    """Return what a school is found by: name, town, authority, postcode (parted and whole) and URN, between spaces."""
    postcode = plain(str(known["postcode"] or ""))
    parts = (known["name"], known["town"], known["authority"])
    words = [*(plain(str(each)) for each in parts if each), postcode, postcode.replace(" ", ""), str(known["urn"])]
    return (f" {' '.join(filter(None, words))} "[:500],)


def postcode_in(text: str) -> str | None:
    """Return a postcode (or None) written within a longer text, as it is printed.

    >>> postcode_in("31 Jewry Street, London, EC3N 2ET")
    'EC3N 2ET'
    """
    found = _POSTCODE.findall(text.lower())
    return " ".join(found[-1]).upper() if found else None
