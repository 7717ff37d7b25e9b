"""A school's own pupils and results come in from a file, on a phone and without JavaScript, and can be undone."""

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, Doors

KITE = "/schools/990002/"
TABLE = b"""UPN,Surname,Year Group,Gender,PP,Reading Score,Maths Score
A123456789012,Child-Example,Y5,F,N,101,A
B801200005001,Child-Example,Y5,M,Y,97,104
"""


def brought(page: Page, content: bytes) -> None:
    """Fill the form of a file of this year, and send it."""
    page.get_by_label("CSV, XLSX or OneRoster zip").set_input_files(
        {"name": "autumn.csv", "mimeType": "text/csv", "buffer": content}
    )
    year = page.get_by_label("Which academic year is it of?").input_value()
    page.get_by_label("What is the assessment called?").fill("Year 5 autumn reading and maths")
    page.get_by_label("What do its scores mean?").select_option(label="Standardised scores, mean 100")
    for part, value in (("Day", "20"), ("Month", "10"), ("Year", year)):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Read this file").click()


def test_2_1_a_head_brings_a_file_of_pupils_and_undoes_it(visit: Doors):
    head = visit("Rowan Teapot", size=PHONE, javascript=False)
    head.go(f"{KITE}pupils/files/")
    assert head.sees("Key stage 2 tests")
    brought(head.page, TABLE)
    assert head.sees("6 columns were recognised by their headings")
    head.press("Read these columns")
    assert head.sees("autumn.csv can be taken in")
    assert head.sees("2 pupils. No faults.")
    assert head.sees("too few to tell")
    assert not head.sees("Child-Example")
    head.press("Take it in")
    assert head.sees("autumn.csv: taken in")
    head.press("Undo this file")
    assert head.sees("What stood before it stands again")
    head.page.locator("a.govuk-back-link").click()
    assert head.page.locator("main li", has_text="autumn.csv").first.inner_text().startswith("autumn.csv Undone")
    assert head.page.locator("table", has_text="Year 5 autumn reading and maths").count() == 0


def test_2_1_a_fault_says_its_row_and_column_and_nothing_is_kept(visit: Doors):
    head = visit("Rowan Teapot")
    head.go(f"{KITE}pupils/files/")
    brought(head.page, TABLE.replace(b",97,", b",-97,"))
    head.press("Read these columns")
    assert head.sees("row 3, column “Reading Score”: “-97” is negative")
    head.go(f"{KITE}pupils/files/")
    assert head.sees("Waits for its columns")


def test_2_1_names_are_explained_and_only_the_head_decides(visit: Doors):
    head = visit("Rowan Teapot")
    head.go(f"{KITE}pupils/names/")
    assert head.sees("This school keeps no names of pupils")
    assert head.sees("Governors, other staff, the trust and the authority never see a name")
    governor = visit("Flint Lighthouse")
    governor.go(KITE)
    assert not governor.sees("Bring results")
    governor.go(f"{KITE}pupils/files/")
    assert governor.sees("Pupils' results are brought by the headteacher, a senior leader or the school office")
