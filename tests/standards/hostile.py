"""Files made to do harm to the importers of frameworks: `families()` yields (family, name, bytes).

Tables for Moodle come from tests/core/hostile.py; JSON, for CASE and for Mahara, is spoilt here.
"""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from headship.standards import moodle
from tests.core import hostile as tables
from tests.standards.rich import MOMENT, RICH, association, identifier, made

type Spoil = Callable[[Any], Any]

MATRIX = {
    "framework": {
        "institution": "all",
        "name": "Example evidence",
        "description": "What we look for",
        "selfassess": False,
        "standards": [{"shortname": "One", "name": "Knowing", "description": "", "standardid": 1}],
        "standardelements": [
            {"shortname": "P", "name": "People", "description": "", "standardid": 1, "elementid": "1.1"}
        ],
    }
}


def families() -> Iterator[tuple[str, str, bytes]]:
    """Yield every hostile file there is for the importers of frameworks."""
    for family, name, content in tables.families(moodle.HEADINGS):
        yield f"Moodle: {family}", name, content
    for kind, whole in (("case.json", RICH), ("mahara.matrix", MATRIX)):
        text = json.dumps(whole).encode()
        for family, spoilt in BYTES.items():
            for number, spoil in enumerate(spoilt, 1):
                yield family, f"{family}-{number}.{kind}", spoil(text)
    for kind, whole, spoilers in (("case.json", RICH, CASE), ("mahara.matrix", MATRIX, MAHARA)):
        for family, spoilt in spoilers.items():
            for number, spoil in enumerate(spoilt, 1):
                mine = copy.deepcopy(whole)
                mine = spoil(mine) or mine
                yield family, f"{family}-{number}.{kind}", json.dumps(mine).encode()
    for family, rows in ROWS.items():
        for number, row in enumerate(rows, 1):
            yield family, f"{family}-{number}.csv", table(row)


# ── the bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def inside(text: bytes, more: bytes) -> bytes:
    """Put something into the outermost object."""
    return text[:1] + more + b"," + text[1:]


BYTES: dict[str, tuple[Callable[[bytes], bytes], ...]] = {
    "wrong encodings": (
        lambda text: text.decode().encode("utf-16"),
        lambda text: text.decode().encode("utf-16-le"),
        lambda text: text.decode().encode("utf-32"),
        lambda text: inside(text, b'"x": "\xff\xfe"'),
        lambda text: inside(text, '"x": "é"'.encode("cp1252")),
        lambda text: inside(text, b'"x": "\xed\xa0\x80"'),
    ),
    "truncated": (
        lambda text: text[:-1],
        lambda text: text[: len(text) // 2],
        lambda text: text[:1],
        lambda text: text + text,
        lambda text: text[1:],
        lambda text: b"{}",
        lambda text: b"[]",
        lambda text: b"null",
        lambda text: b" \n ",
        lambda text: b"",
    ),
    "deep": (
        lambda text: b"[" * 200_000,
        lambda text: b'{"a":' * 200_000,
        lambda text: inside(text, b'"x":' + b"[" * 60 + b"]" * 60),
        lambda text: inside(text, b'"x":' + b'{"a":' * 41 + b"1" + b"}" * 41),
        lambda text: inside(text, b'"x":' + b"[" * 900 + b"]" * 900),
        lambda text: inside(text, b'"x":' + b"[{" * 100_000),
    ),
    "no text, no number": (
        lambda text: inside(text, b'"x": "\\u0000"'),
        lambda text: inside(text, b'"x": "\\u0007"'),
        lambda text: inside(text, b'"x\\u0000": 1'),
        lambda text: inside(text, b'"x": "\\ud800"'),
        lambda text: inside(text, b'"x": "\\udc00\\ud800"'),
        lambda text: inside(text, b'"x": NaN'),
        lambda text: inside(text, b'"x": Infinity'),
        lambda text: inside(text, b'"x": 1e999'),
        lambda text: inside(text, b'"x": ' + b"9" * 5_000),
        lambda text: inside(text, b'"x": 99999999999999999999'),
        lambda text: inside(text, b'"x": 01'),
        lambda text: inside(text, b'"x": "a\tb"'),
    ),
    "said twice": (
        lambda text: inside(text, b'"x": 1, "x": 2'),
        lambda text: inside(text, b'"x": {"y": 1, "y": 1}'),
        lambda text: inside(text, b'"x": [{"y": 1, "y": 1}]'),
        lambda text: inside(text, b'"x": 1, "\\u0078": 2'),
    ),
    "other kinds": (
        lambda text: b"%PDF-1.7\n" + bytes(100),
        lambda text: b"PK\x03\x04" + bytes(100),
        lambda text: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        lambda text: b"<script>alert(1)</script>",
        lambda text: b"\x1f\x8b\x08" + bytes(50),
        lambda text: b"!!python/object/apply:os.system ['true']",
    ),
    "huge": (
        lambda text: inside(text, b'"x": "' + b"y" * 40_000 + b'"'),
        lambda text: inside(text, b'"x": "' + b"y" * 11_000_000 + b'"'),
        lambda text: inside(text, b'"' + b"k" * 40_000 + b'": 1'),
        lambda text: inside(text, b'"x": [' + b"0," * 6_000_000 + b"0]"),
    ),
}


# ── CASE ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def setting(path: str, value: Any) -> Spoil:
    """Return what sets a value at a path such as "CFItems.0.uri"."""

    def spoil(whole: Any) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in way:
            whole = whole[step]
        whole[last] = value

    return spoil


def without(path: str) -> Spoil:
    """Return what takes a value out."""
    return setting(path, None)


def items(count: int) -> list[Any]:
    return [made(1000 + number, "CFItems", fullStatement=f"Item {number}") for number in range(count)]


def chain(count: int) -> Spoil:
    """Return what stands every item under the one before it."""

    def spoil(whole: Any) -> None:
        whole["CFItems"] = items(count)
        whole["CFAssociations"] = [
            association(5000 + number, "isChildOf", 1000 + number, 999 + number) for number in range(1, count)
        ]
        whole["CFRubrics"] = []

    return spoil


def ring(*members: int) -> Spoil:
    """Return what makes items stand under one another in a ring."""

    def spoil(whole: Any) -> None:
        whole["CFAssociations"] = [
            association(6000 + place, "isChildOf", child, parent)
            for place, (child, parent) in enumerate(zip(members, (*members[1:], members[0]), strict=True))
        ]

    return spoil


CASE: dict[str, tuple[Spoil, ...]] = {
    "required left out": tuple(
        without(path)
        for path in (
            "CFDocument",
            "CFDocument.identifier",
            "CFDocument.title",
            "CFDocument.creator",
            "CFDocument.uri",
            "CFDocument.lastChangeDateTime",
            "CFItems",
            "CFItems.0.identifier",
            "CFItems.1.fullStatement",
            "CFItems.2.uri",
            "CFAssociations.0.originNodeURI",
            "CFAssociations.0.destinationNodeURI",
            "CFAssociations.0.associationType",
            "CFDefinitions.CFLicenses.0.title",
        )
    ),
    "wrong shapes": (
        setting("CFDocument", []),
        setting("CFDocument.title", {"en": "Reading"}),
        setting("CFDocument.title", True),
        setting("CFDocument.subject", [{"a": 1}]),
        setting("CFItems", {"0": {}}),
        setting("CFItems", "all of them"),
        setting("CFItems.0", "Choosing"),
        setting("CFItems.0.fullStatement", ["Choosing"]),
        setting("CFAssociations", 7),
        setting("CFAssociations.0.originNodeURI", "x"),
        setting("CFAssociations.0.originNodeURI", {"title": "x"}),
        setting("CFAssociations.0.sequenceNumber", "first"),
        setting("CFAssociations.0.sequenceNumber", 3_000_000_000),
        setting("CFDefinitions", ["x"]),
        setting("CFDefinitions.CFLicenses", {"a": 1}),
        setting("CFRubrics.0.CFRubricCriteria", {"a": 1}),
        setting("CFRubrics.0.CFRubricCriteria.0.weight", "heavy"),
    ),
    "identifiers": (
        setting("CFDocument.identifier", "../../etc/passwd"),
        setting("CFDocument.identifier", "1' OR '1'='1"),
        setting("CFDocument.identifier", 7),
        setting("CFItems.0.identifier", identifier(11)),
        setting("CFItems.0.identifier", identifier(1)),
        setting("CFAssociations.0.identifier", identifier(21)),
        setting("CFItems.0.identifier", f"{{{identifier(10)}}}"),
        setting("CFItems.0.identifier", identifier(10) + "\n"),
        setting("CFItems.0.identifier", identifier(10).replace("0", "\u0660")),
    ),
    "addresses": (
        setting("CFDocument.officialSourceURL", "javascript:alert(1)"),
        *(setting("CFItems.0.uri", each)
        for each in (
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "file:///etc/passwd",
            "vbscript:x",
            "//evil.example/x",
            "/relative",
            "https://a b.example",
            "https://a.example/\n",
            'https://a.example/"onmouseover="x',
            "https://" + "a" * 3_000,
            ["https://a.example"],
        )),
    ),
    "times": (
        setting("CFDocument.statusStartDate", "soon"),
        setting("CFItems.1.statusEndDate", "2026-02-30"),
        *(
            setting("CFDocument.lastChangeDateTime", each)
            for each in (
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-01-01",
                1767225600,
                "2026-01-01T25:00:00Z",
                MOMENT * 2,
            )
        ),
    ),
    "kinds of association": tuple(
        setting("CFAssociations.3.associationType", each)
        for each in ("isFriendOf", "ext:", "ext:a b", "EXT:x", 7, "isChildOf; DROP TABLE", "ext:" + "x" * 100)
    ),
    "rings and chains": (
        ring(10, 11),
        ring(10),
        ring(10, 11, 12),
        chain(25),
        chain(2_000),
        lambda whole: whole.update(CFItems=items(10_001)),
        lambda whole: whole.update(
            CFAssociations=[association(90_000 + n, "precedes", 10, 11) for n in range(50_001)]
        ),
        lambda whole: whole["CFDefinitions"].update(CFConcepts=[{}] * 2_001),
    ),
}  # fmt: skip


# ── Mahara ──────────────────────────────────────────────────────────────────────────────────────────────────────────

MAHARA: dict[str, tuple[Spoil, ...]] = {
    "required left out": tuple(
        without(f"framework.{path}")
        for path in ("name", "standards", "standards.0.name", "standards.0.shortname", "standardelements.0.name")
    ),
    "wrong shapes": (
        setting("framework", []),
        setting("framework", "x"),
        setting("framework.standards", {}),
        setting("framework.standards", "x"),
        setting("framework.standards", ["x"]),
        setting("framework.standards.0.name", 7),
        setting("framework.standardelements", [[]]),
        setting("framework.standards.0.standardelement", "x"),
        setting("framework.name", " "),
    ),
    "too long for Mahara": (
        setting("framework.standards.0.shortname", "x" * 101),
        setting("framework.standards.0.name", "x" * 256),
        setting("framework.standardelements.0.name", "x" * 256),
        setting("framework.standards", [{"shortname": "x", "name": "x", "standardid": n} for n in range(5_001)]),
    ),
    "rings and chains": (
        setting("framework.standardelements.0.parentelementid", "1.1"),
        setting("framework.standardelements.0.parentelementid", "9.9"),
        setting("framework.standardelements.0.standardid", 2),
        lambda whole: whole["framework"]["standardelements"].append(whole["framework"]["standardelements"][0]),
        lambda whole: whole["framework"]["standards"].append(whole["framework"]["standards"][0]),
        lambda whole: whole["framework"].update(
            standardelements=[
                {"shortname": "x", "name": "x", "standardid": 1, "elementid": str(n), "parentelementid": str(n - 1)}
                if n
                else {"shortname": "x", "name": "x", "standardid": 1, "elementid": "0"}
                for n in range(30)
            ]
        ),
    ),
}

# ── Moodle, by its rows ─────────────────────────────────────────────────────────────────────────────────────────────

FRAME = ",F,Frame,,1,,,,,,,,1,"


def table(rows: tuple[str, ...]) -> bytes:
    """Return a table with Moodle's headings."""
    return "\n".join([",".join(f'"{each}"' for each in moodle.HEADINGS), *rows, ""]).encode()


ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Moodle's rows": (
        (",a,One,,1,,,,0,null,,1,,",),
        (FRAME, FRAME, ",a,One,,1,,,,0,null,,1,,"),
        (FRAME,),
        (FRAME, ",,One,,1,,,,0,null,,1,,"),
        (FRAME, ",a,,,1,,,,0,null,,1,,"),
        (FRAME, ",a,One,,1,,,,0,null,,1,,", ",a,Two,,1,,,,0,null,,2,,"),
        (FRAME, "z,a,One,,1,,,,0,null,,1,,"),
        (FRAME, "a,a,One,,1,,,,0,null,,1,,"),
        (FRAME, "b,a,One,,1,,,,0,null,,1,,", "a,b,Two,,1,,,,0,null,,2,,"),
        (FRAME, *(f"{n - 1 if n else ''},{n},Item,,1,,,,0,null,,{n},," for n in range(30))),
        (FRAME, *(f",{n},Item,,1,,,,0,null,,{n},," for n in range(10_001))),
        (FRAME, f",a,One,{'x' * 33_000},1,,,,0,null,,1,,"),
    )
}
