"""Lists, personal data and tokens, from start to end; each page on the way is looked at, for no link leads to it."""

import json
import zipfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.journeys.conftest import PHONE, Doors, Visitor
from tests.journeys.pages import beyond_the_edge, violations

HARBOUR = "/schools/990003/"
STAFF = (
    "Staff code,Forename,Surname,Work email,Job title,Start date\n"
    "S901,Poppy,Sextant,poppy.sextant@example.org,Teacher,01/09/2026\n"
    "S902,Hollis,Trowel,,Caretaker,05/01/2026\n"
)
FAULTY = STAFF.replace("01/09/2026", "31/02/2026").replace(
    "S902,Hollis,Trowel,,Caretaker", "S901,Hollis,Trowel,,Teacher"
)


def looked_at(visitor: Visitor) -> None:
    """Hold that the page is whole on this screen and accessible as far as axe sees."""
    page = visitor.page
    assert violations(page, page.url) + beyond_the_edge(page) == []


def test_the_office_takes_in_a_staff_list_on_a_phone(visit: Doors, tmp_path: Path):
    office = visit("Heather Stapler", size=PHONE)
    refused(office, tmp_path)
    take_in(office, tmp_path)
    office.press("Undo this list")
    assert office.sees("What stood before it stands again")
    office.follow("Lists of staff and pupils")
    looked_at(office)
    assert office.sees("Undone")
    take_in(office, tmp_path)
    office.go(f"{HARBOUR}people/")
    assert office.sees("Poppy Sextant")
    office.follow("Lists of staff and pupils")
    office.follow("staff.csv")
    office.follow("invite those who cannot sign in yet")
    looked_at(office)
    assert office.sees("Poppy Sextant")
    assert not office.sees("Hollis Trowel")  # nobody can be invited without an address
    office.page.locator("main form button").last.click()
    assert office.sees("1 letter")


def refused(office: Visitor, folder: Path) -> None:
    """Bring what is no list, and a list with faults, and be told each by its place."""
    office.go(HARBOUR)
    office.follow("People")
    office.follow("Lists of staff and pupils")
    bring(office, folder / "letter.pdf", "%PDF-1.4 a letter")
    looked_at(office)
    assert office.sees("“letter.pdf” is a PDF, not a table.")
    bring(office, folder / "staff.csv", FAULTY)
    office.press("Read these columns")
    looked_at(office)
    assert office.page.locator(".govuk-error-summary li").all_inner_texts() == [
        "“staff.csv”, row 2, column “Start date”: “31/02/2026” is not a date. Write it as 31/08/2027 or 2027-08-31.",
        "“staff.csv”, row 3, column “Staff code”: says again what row 2 says. Keep one of them.",
    ]
    office.follow("Lists of staff and pupils")


def take_in(office: Visitor, folder: Path) -> None:
    """Bring the list, see who would come, take it in."""
    bring(office, folder / "staff.csv", STAFF)
    assert office.sees("the columns are filled in")
    looked_at(office)
    office.press("Read these columns")
    looked_at(office)
    office.page.get_by_label("“Caretaker” in the list is").select_option(label="Support staff")
    office.press("Show what would change")
    looked_at(office)
    assert office.sees("Poppy Sextant")
    office.press("Take it in")
    assert office.sees("staff.csv is taken in.")
    looked_at(office)


def bring(office: Visitor, file: Path, text: str) -> None:
    """Choose a file and have it read."""
    file.write_text(text)
    office.page.get_by_label("OneRoster zip, CSV or XLSX file").set_input_files(file)
    office.press("Read this file")


def test_a_teacher_asks_for_their_data_and_the_data_protection_officer_answers(visit: Doors, tmp_path: Path):
    teacher = visit("Clover Bobbin", size=PHONE)
    teacher.go("/account/")
    teacher.follow("What is held about me")
    teacher.press("Ask a school")
    teacher.press("Ask")
    looked_at(teacher)
    assert teacher.sees("What do you ask? This cannot be left empty.")
    teacher.page.get_by_label("Which school do you ask?").select_option(label="Harbour Light Example Academy")
    teacher.page.get_by_role("radio", name="See what is held").check()
    teacher.press("Ask")
    assert teacher.sees("Your school has your request.")
    looked_at(teacher)
    officer = visit("Quince Padlock")
    answer(officer, tmp_path)
    teacher.go("/account/held/")
    assert teacher.sees("Given in the office on Tuesday.")


def answer(officer: Visitor, folder: Path) -> None:
    """Read what others wrote, give the file out, close the request."""
    officer.go(HARBOUR)
    officer.follow("Answer a request about personal data")
    looked_at(officer)
    assert officer.sees("Clover Bobbin: see what is held")
    assert officer.sees("The file can be downloaded when every passage is read.")
    officer.press("Read the passages")
    looked_at(officer)
    for choice in officer.page.get_by_role("radio", name="Give it out as it stands").all():
        choice.check()
    officer.press("Keep what I decided")
    looked_at(officer)
    with officer.page.expect_download() as download:
        officer.press("Download the file")
    download.value.save_as(folder / "held.zip")
    with zipfile.ZipFile(folder / "held.zip") as packed:
        told = packed.read("what-is-held.html").decode()
    assert "Clover Bobbin" in told
    assert "club is full" in told  # the passage that was read
    officer.press("Close the request")
    looked_at(officer)
    officer.page.get_by_role("radio", name="Answered").check()
    officer.page.get_by_label("What was given out, or why not?").fill("Given in the office on Tuesday.")
    officer.press("Close it")
    assert officer.sees("The request is closed.")


def test_a_token_is_made_used_and_revoked(visit: Doors):
    leader = visit("Linnet Barometer", size=PHONE)
    leader.go("/account/")
    leader.follow("Tokens for programs that act for me")
    leader.press("Make a token")
    leader.press("Make the token")
    looked_at(leader)
    assert leader.sees("Choose at least one thing its program may do")
    leader.page.get_by_label("What is it for?").fill("Calendar on the wall")
    leader.page.get_by_label("Find schools; read published figures and the calendar").check()
    leader.press("Make the token")
    looked_at(leader)
    token = leader.page.get_by_label("Token for Calendar on the wall").input_value()
    assert asked(f"{leader.address}/api/v1/schools/990003", token) == (200, "Harbour Light Example Academy")
    assert asked(f"{leader.address}/api/v1{HARBOUR}decisions", token)[0] == 403
    leader.follow("Tokens for programs")
    looked_at(leader)
    assert not leader.sees("Last used: never")
    leader.page.get_by_role("button", name="Revoke").first.click()
    looked_at(leader)
    assert asked(f"{leader.address}/api/v1/schools/990003", token)[0] == 401


def asked(url: str, token: str) -> tuple[int, str]:
    """Ask the API as a program does; return the status, and the name or the sentence it told."""
    try:
        with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"}), timeout=30) as answered:
            return answered.status, json.load(answered)["name"]
    except HTTPError as refusal:
        return refusal.code, json.load(refusal)["detail"]
