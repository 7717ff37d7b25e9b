"""Row 1.2: a head asks, people answer on a phone without a script or an account, and something is done about it."""

import io
import re
from datetime import timedelta

import docx
from django.utils import timezone

from tests.journeys.conftest import PHONE, Doors, Visitor

KITE, HARBOUR = "/schools/990002/", "/schools/990003/"


def links(head: Visitor, survey: str) -> list[str]:
    """Return the addresses of the codes, from the document for Word."""
    given = head.context.request.get(f"{head.address}{survey}/codes?as=word")
    cells = {cell.text for table in docx.Document(io.BytesIO(given.body())).tables for cell in table._cells}
    return sorted(found.group() for cell in cells if (found := re.search(r"/answer/\S+", cell)))


def test_1_2_a_survey_from_asking_to_a_promise(visit: Doors):
    head = visit("Rowan Teapot")
    head.go(f"{KITE}surveys/new")
    head.follow("Staff pulse")
    head.page.get_by_label("What is it called?").fill("How was the fair?")
    for part, value in zip(("Day", "Month", "Year"), in_a_week(), strict=True):
        head.page.get_by_label(part, exact=True).fill(value)
    head.press("Save and choose who is asked")
    survey = head.page.url.removeprefix(head.address)
    head.go(f"{survey}/people")
    head.page.get_by_label("Which group?").fill("Helpers")
    head.page.get_by_label("How many codes?").fill("6")
    head.press("Make codes")
    head.go(survey)
    assert head.sees("From 5 answers")
    head.press("Open it and ask 6 people")
    assert head.sees("fewer than 5") or head.sees("too few to tell")
    for at, link in enumerate(links(head, survey)):
        helper = visit("", size=PHONE, javascript=False)
        helper.go(link)
        helper.page.get_by_role("radio", name="Agree", exact=True).nth(0).check()
        helper.page.get_by_role("radio", name="Disagree", exact=True).nth(1).check()
        helper.page.get_by_label("What one thing would make").fill(f"Earlier tea, please {at}")
        helper.press("Send my answers")
        assert helper.sees("Thank you: your answers were received")
    head.go(survey)
    head.page.get_by_text("Close it before its last day").click()
    head.press("Close it now")
    assert head.sees("All or nearly all say “Agree”")
    assert head.sees("Earlier tea, please 3")
    head.follow("Promise something")
    head.page.get_by_label("You said").fill("Tea came too late")
    head.page.get_by_label("We will").fill("Put the kettle on first")
    head.page.get_by_label("Who does it?").select_option(index=1)
    for part, value in zip(("Day", "Month", "Year"), in_a_week(), strict=True):
        head.page.get_by_label(part, exact=True).fill(value)
    head.press("Promise it")
    helper.go(link)
    assert helper.sees("Put the kettle on first")


def in_a_week() -> tuple[str, str, str]:
    """Return the day, month and year of a week from today."""
    day = timezone.localdate() + timedelta(days=7)
    return str(day.day), str(day.month), str(day.year)


def test_1_2_feedback_is_shown_to_whom_it_is_about_and_nobody_else(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}surveys/")
    head.follow("How I lead")
    assert head.sees("What others see most of")
    assert head.sees("Where you could grow")
    address = head.page.url.removeprefix(head.address)
    deputy = visit("Linnet Barometer")
    deputy.go(f"{HARBOUR}surveys/")
    assert not deputy.sees("How I lead")
    deputy.go(address)
    assert deputy.sees("Page not found")
