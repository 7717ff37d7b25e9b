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


def formulae(sign: str) -> Maker:
    def make(folder, headings):
        return _csv(folder, "formulae.csv", _head(headings) + _row(headings, f"{sign}cmd|' /C calc'!A0"))

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


def nul(folder, headings):
    return _csv(folder, "nul.csv", _head(headings) + _row(headings, "1\0"))


def nul_in_heading(folder, headings):
    return _csv(folder, "nul.csv", _head([*headings[:-1], headings[-1] + "\0"]) + _row(headings, "1"))


def bell(folder, headings):
    return _csv(folder, "bell.csv", _head(headings) + _row(headings, "1\x07"))


def utf16_without_mark(folder, headings):
    return _csv(folder, "utf16.csv", (_head(headings) + _row(headings, "1")).decode().encode("utf-16-le"))


def utf32(folder, headings):
    return _csv(folder, "utf32.csv", (_head(headings) + _row(headings, "1")).decode().encode("utf-32"))


def broken_utf8(folder, headings):
    return _csv(folder, "utf8.csv", b"\xef\xbb\xbf" + _head(headings) + b"\xff\xfe\xfd\n")


def no_letters(folder, headings):
    return _csv(folder, "bytes.csv", _head(headings) + _row(headings, "x") + b"\x81\x8d\x8f\n")


def broken_utf16(folder, headings):
    return _csv(folder, "utf16.csv", b"\xff\xfe" + _head(headings).decode().encode("utf-16-le") + b"\x00\xd8\x00")


def truncated_gzip(folder, headings):
    whole = gzip.compress(_head(headings) + b"".join(_row(headings, str(n)) for n in range(5_000)))
    return _csv(folder, "cut.csv.gz", whole[: len(whole) // 2])


def truncated_xlsx(folder, headings):
    path = workbook(folder, headings, [["1"] * len(headings)])
    return _csv(folder, "cut.xlsx", path.read_bytes()[:-200])


def truncated_quote(folder, headings):
    return _csv(folder, "cut.csv", _head(headings) + b'"begun and never')


def damaged_gzip(folder, headings):
    whole = bytearray(gzip.compress(_head(headings) + b"".join(_row(headings, str(n)) for n in range(5_000))))
    whole[len(whole) // 2] ^= 0xFF
    return _csv(folder, "bad.csv.gz", bytes(whole))


def xml_with(name: str, prolog: str, encoding: str = "utf-8") -> Maker:
    def make(folder, headings):
        path = workbook(folder, headings, [["1"] * len(headings)])
        out = folder / name
        with zipfile.ZipFile(path) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in book.infolist():
                text = book.read(entry).decode()
                if entry.filename == "xl/sharedStrings.xml":
                    text = text[text.index("?>") + 2 :]
                    text = prolog + text
                copy.writestr(entry.filename, text.encode(encoding if "sharedStrings" in entry.filename else "utf-8"))
        return out

    return make


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9)) + "]>"


def huge_cell(folder, headings):
    return _csv(folder, "cell.csv", _head(headings) + _row(headings, "x" * 200_000))


def huge_heading(folder, headings):
    return _csv(folder, "heading.csv", _head([*headings, "x" * 500_000]) + _row(headings, "1"))


def many_columns(folder, headings):
    wide = [*headings, *(f"c{number}" for number in range(5_000))]
    return _csv(folder, "columns.csv", _head(wide) + _row(wide, "1"))


def many_rows(folder, headings):
    return _csv(folder, "rows.csv", _head(headings) + _row(headings, "1") * 50_000)


def far_cell(folder, headings):
    path = folder / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, headings)
        sheet.write(1_048_575, 16_383, "x")
    return path


def deep_xml(folder, headings):
    return xml_with("deep.xlsx", "<a>" * 200_000)(folder, headings)


def deep_xml_unclosed_cells(folder, headings):
    return xml_with("deep.xlsx", "<sst><si><t>" + "<b i='1'>x" * 200_000)(folder, headings)


def deep_brackets(folder, headings):
    return _csv(folder, "deep.csv", b"[" * 200_000)


def wrong_headings(folder, headings):
    return _csv(folder, "other.csv", b"Pupil,Mark\nA,5\n")


def no_headings(folder, headings):
    return _csv(folder, "bare.csv", _row(headings, "1") * 3)


def empty(folder, headings):
    return _csv(folder, "empty.csv", b"")


def blank(folder, headings):
    return _csv(folder, "blank.csv", b"\n,,,\n  \n")


def twice_the_heading(folder, headings):
    return _csv(folder, "twice.csv", _head([*headings, headings[0]]) + _row([*headings, "x"], "1"))


def short_row(folder, headings):
    return _csv(folder, "short.csv", _head(headings) + b"1\n")


def long_row(folder, headings):
    return _csv(folder, "long.csv", _head(headings) + _row([*headings, "x"], "1"))


def unpaired_quotes(folder, headings):
    return _csv(folder, "quotes.csv", _head(headings) + b'"a"b,' + _row(headings[1:], "1"))


def old_excel(folder, headings):
    return _csv(folder, "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000))


def pdf(folder, headings):
    return _csv(folder, "table.csv", b"%PDF-1.7\n" + bytes(100))


def other_zip(folder, headings):
    path = folder / "other.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("readme.txt", b"no workbook")
    return path


def workbook(folder: Path, headings: Sequence[str], rows: Sequence[Sequence[object]], name: str = "table.xlsx") -> Path:
    """Write an honest workbook."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            sheet.write_row(number, 0, row)
    return path


FAMILIES: dict[str, tuple[Maker, ...]] = {
    "formulae": tuple(formulae(sign) for sign in "=+-@"),
    "zip bombs": (zip_bomb, lying_zip, many_entries),
    "gzip bombs": (gzip_bomb, gzip_of_rows),
    "control characters": (nul, nul_in_heading, bell),
    "wrong encodings": (utf16_without_mark, utf32, broken_utf8, no_letters, broken_utf16),
    "truncated": (truncated_gzip, truncated_xlsx, truncated_quote, damaged_gzip),
    "XML entities": (
        xml_with("xxe.xlsx", XXE),
        xml_with("laughs.xlsx", LAUGHS),
        xml_with("utf16.xlsx", XXE, "utf-16"),
    ),
    "huge": (huge_cell, huge_heading, many_columns, far_cell),
    "deep": (deep_xml, deep_xml_unclosed_cells, deep_brackets),
    "wrong headings": (wrong_headings, no_headings, empty, blank, twice_the_heading),
    "ragged": (short_row, long_row, unpaired_quotes),
    "other kinds": (old_excel, pdf, other_zip),
}
WITHOUT_HEADINGS = {
    zip_bomb,
    lying_zip,
    many_entries,
    deep_brackets,
    wrong_headings,
    empty,
    blank,
    old_excel,
    pdf,
    other_zip,
}
CASES = [(family, number, make) for family, makers in FAMILIES.items() for number, make in enumerate(makers, 1)]


def families(headings: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield every file made to do harm to an importer of tables: its family, its name, what is in it."""
    for family, number, make in CASES:
        with tempfile.TemporaryDirectory() as folder:
            path = make(Path(folder), headings)
            yield family, f"{family}-{number}-{path.name}", path.read_bytes()
