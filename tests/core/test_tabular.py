import gzip
import subprocess
import sys

import pytest

from headship.core import figures, tabular
from headship.core.errors import Unusable
from headship.core.figures import Figure
from headship.core.tabular import Limits
from tests.core import hostile

ROWS = [["100000", "École"], ["100001", "=1+1"]]
TEXT = "URN,Name\n100000,École\n100001,=1+1\n"


def walked(path, **kwargs):
    with tabular.opened(path, **kwargs) as table:
        return table, list(table.rows)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_each_encoding_is_read_and_told(tmp_path, encoding, told):
    path = tmp_path / "schools.csv"
    path.write_bytes(TEXT.encode(encoding))
    table, rows = walked(path)
    assert (table.encoding, table.headings, rows) == (told, ["URN", "Name"], [(2, ROWS[0]), (3, ROWS[1])])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_found(tmp_path, delimiter):
    path = tmp_path / "schools.csv"
    path.write_text(TEXT.replace(",", delimiter), newline="\r\n")
    table, rows = walked(path)
    assert (table.delimiter, [cells for _, cells in rows]) == (delimiter, ROWS)


def test_gzip_is_known_by_its_bytes_not_its_name(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert [cells for _, cells in walked(path)[1]] == ROWS


def test_a_workbook_gives_text_as_it_is_shown(tmp_path):
    path = hostile.workbook(
        tmp_path, ["URN", "Share", "Open", "=x"], [[100000, 25.5, True, "=1+1"], [100001, "", "", ""]]
    )
    table, rows = walked(path)
    assert table.written_in == "an XLSX workbook"
    assert rows == [(2, ["100000", "25.5", "TRUE", "=1+1"]), (3, ["100001", "", "", ""])]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text('\nURN,Name\n100000,"two\nlines"\n\n100001,b\n,\n100002,c\n')
    table, rows = walked(path)
    assert (table.heading_row, [row for row, _ in rows]) == (2, [3, 5, 7])


def test_a_fault_names_file_row_column_and_mend(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_bytes(b"URN,Name\n1,a\n2,b\0\n")
    with pytest.raises(Unusable) as told:
        walked(path)
    assert str(told.value) == (
        "“schools.csv”, row 3, column “Name”: holds a NUL or another control character that is no text. "
        "Open it in a spreadsheet, save it as CSV UTF-8, and send that."
    )


def test_too_many_rows_are_refused(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text("URN\n" + "1\n" * 11)
    with pytest.raises(Unusable, match="row 12: has more than 10 rows"):
        walked(path, limits=Limits(rows=10))


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(Unusable, match=r"“none.csv” is not there"):
        walked(tmp_path / "none.csv")


MEASURED = (
    "import resource, subprocess, sys;"
    "subprocess.run([sys.executable, '-I', *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


@pytest.mark.parametrize("make", [hostile.far_cell, hostile.zip_bomb, hostile.gzip_bomb])
def test_the_reader_stays_small(tmp_path, make):
    path = make(tmp_path, ["URN", "Name"])
    arguments = [str(tabular.WORKER), str(path), "2000000", "2000", str(Limits().unpacked)]
    told = subprocess.run([sys.executable, "-c", MEASURED, *arguments], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 512 * 1024


def test_exports_quote_what_a_spreadsheet_would_run():
    cells = ["=1+1", "+1", "-0.5", "-x", "@SUM(A1)", "Ash"]
    assert [tabular.safe_cell(cell) for cell in cells] == ["'=1+1", "+1", "-0.5", "'-x", "'@SUM(A1)", "Ash"]


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("25.9%", Figure(25.9)),
        ("£45,884", Figure(45884.0)),
        ("-£1,234.50", Figure(-1234.5)),
        ("£-19,660.82", Figure(-19660.82)),
        ("1,234", Figure(1234.0)),
        ("0", Figure(0.0)),
        ("-0.16", Figure(-0.16)),
        ("", Figure(None, "")),
        ("SUPP", Figure(None, "SUPP")),
        ("NE", Figure(None, "NE")),
        ("NP", Figure(None, "NP")),
        ("NA", Figure(None, "NA")),
        ("LOWCOV", Figure(None, "LOWCOV")),
        ("NEW", Figure(None, "NEW")),
        ("SP", Figure(None, "SP")),
        ("c", Figure(None, "c")),
        ("x", Figure(None, "x")),
        ("z", Figure(None, "z")),
        ("low", Figure(None, "low")),
        ("u", Figure(None, "u")),
        ("NULL", Figure(None, "NULL")),
        ("nan", Figure(None, "NULL")),
        ("inf", Figure(None, "NULL")),
        ("1,5", None),
        ("1_000", None),
        ("12 pupils", None),
        ("=1+1", None),
    ],
)
def test_a_printed_figure_is_read_and_a_withheld_one_is_never_nought(cell, figure):
    assert figures.read(cell) == figure
