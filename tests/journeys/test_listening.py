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
    head.follow("Parent survey")  # staff are asked by name: decision 52
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
    assert head.sees("Figures are shown from 5 answers on")
    head.press("Open it and ask 6 people")
    assert head.sees("counted once a day, from tomorrow on")
    for at, link in enumerate(links(head, survey)):
        helper = visit("", size=PHONE, javascript=False)
        helper.go(link)
        helper.page.get_by_role("radio", name="Agree", exact=True).nth(0).check()
        helper.page.get_by_role("radio", name="Disagree", exact=True).nth(1).check()
        helper.page.get_by_label("What one thing would make it better").fill(f"Earlier tea, please {at}")
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
    deputy = visit("Moss Anvil")  # Linnet is shown parts of it
    deputy.go(f"{HARBOUR}surveys/")
    assert not deputy.sees("How I lead")
    deputy.go(address)
    assert deputy.sees("Page not found")


def test_1_2_feedback_is_shown_to_a_chair_in_part_and_taken_back(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}surveys/")
    head.follow("How I lead")
    assert head.sees("What others see most of")
    assert head.sees("Where you could grow")
    address = head.page.url.removeprefix(head.address)
    coach = visit("Linnet Barometer")
    coach.go(address)
    assert coach.sees("Page not found")
    coach.go(f"{HARBOUR}surveys/")
    coach.follow("How I lead: feedback on Ada Lantern")
    assert coach.sees("Optimism and relationships")
    assert not coach.sees("Values and moral purpose")
    chair = visit("Juniper Gavel", size=PHONE, javascript=False)
    chair.go(f"{HARBOUR}surveys/")
    assert not chair.sees("How I lead")
    head.press("Change who can see what")
    assert head.sees("Last opened on")
    head.press("Show it for your appraisal")
    head.page.get_by_label("Juniper Gavel").check()
    head.page.get_by_label("Only the parts I tick below").check()
    head.page.get_by_label("1.3 Leading by example").check()
    for part, value in zip(("Day", "Month", "Year"), in_a_week(), strict=True):
        head.page.get_by_label(part, exact=True).fill(value)
    head.press("Show it")
    chair.go(f"{HARBOUR}surveys/")
    chair.follow("How I lead: feedback on Ada Lantern")
    shown = chair.page.url.removeprefix(chair.address)
    assert chair.sees("Leading by example")
    assert not chair.sees("Optimism and relationships")
    head.page.get_by_role("button", name="Take it back from Juniper Gavel").click()
    chair.go(shown)
    assert chair.sees("Page not found")


def test_1_2_a_point_to_grow_becomes_a_goal(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}surveys/")
    head.follow("How I lead")
    head.page.get_by_role("link", name="Set yourself a goal").first.click()
    head.page.get_by_label("What will people see you do?").fill("I open the books to all who lead")
    for part, value in zip(("Day", "Month", "Year"), in_a_week(), strict=True):
        head.page.get_by_label(part, exact=True).fill(value)
    head.press("Set the goal")
    head.go(f"{HARBOUR}learning/")
    head.follow("My goals")
    assert head.sees("I open the books to all who lead")


def test_1_2_somebody_of_the_office_types_in_what_came_on_paper(visit: Doors):
    deputy = visit("Linnet Barometer")
    deputy.go(f"{HARBOUR}surveys/")
    deputy.follow("How do we work with you?")
    survey = deputy.page.url.removeprefix(deputy.address)
    given = deputy.context.request.get(f"{deputy.address}{survey}/papers?group=Parents+of+Year+7&as=word")
    headings = [each.text for each in docx.Document(io.BytesIO(given.body())).paragraphs]
    codes = [each.removeprefix("Your code: ") for each in headings if each.startswith("Your code: ")]
    for javascript in (True, False):
        office = visit("Heather Stapler", javascript=javascript)
        office.go(f"{HARBOUR}surveys/")
        office.follow("How do we work with you?")
        office.press("Type in papers")
        office.press("Begin")
        while not typed(office, codes[-1], javascript=javascript):
            codes.pop()  # somebody answered by it before: an open code tells nobody
            office.page.goto(office.page.url)
        code = codes.pop()
        office.page.get_by_label("Code on the paper").fill(code)
        for at in range(15):
            office.page.locator(".govuk-input--width-2").nth(at).fill("0")
        office.press("Keep it, next paper")
        office.page.locator(".govuk-error-message").wait_for()
        assert office.sees("Your answers were received before, and count once")


def typed(office: Visitor, code: str, *, javascript: bool) -> bool:
    """Type a paper in by keyboard alone; return whether it was taken."""
    office.page.get_by_label("Code on the paper").fill("")
    office.page.get_by_label("Code on the paper").press_sequentially(code)
    office.page.keyboard.press("Tab")
    for _ in range(15):
        office.page.keyboard.type("4")
        if not javascript:
            office.page.keyboard.press("Tab")
    office.page.keyboard.type("Friendly people")
    assert office.page.get_by_label("16. What does this school do well?").input_value() == "Friendly people"
    office.press("Keep it, next paper")
    office.page.get_by_text("That paper is in").or_(office.page.locator(".govuk-error-message").first).first.wait_for()
    return office.sees("That paper is in")


def test_p_how_long_staff_work_what_could_go_and_what_was_promised(visit: Doors):
    deputy = visit("Linnet Barometer")
    deputy.go(f"{HARBOUR}surveys/")
    deputy.follow("Where did last week go?")
    assert deputy.sees("How many hours did you work last week?")
    assert deputy.sees("Year 9 data is entered once a half term, for the meeting that uses it.")
    assert deputy.sees("Messages and meetings")
    deputy.follow("Put comments under other themes")
    deputy.page.get_by_label("Theme of “Lunch duty twice a week.”").select_option(label="Workload and time")
    deputy.press("Keep these themes")
    deputy.page.get_by_text("Comments stand under the themes you chose.").wait_for()
    teacher = visit("Clover Bobbin")
    teacher.go(deputy.page.url.removeprefix(deputy.address))
    assert teacher.sees("Workload and time")
    assert not teacher.sees("Put comments under other themes")


def test_2_4_how_staff_are_and_what_was_done_about_it(visit: Doors):
    teacher = visit("Larch Metronome")
    teacher.go(f"{HARBOUR}surveys/")
    teacher.follow("How are we, half-way?")
    assert teacher.sees("When something is hard, somebody here helps.")
    teacher.go(f"{HARBOUR}promises/")
    assert teacher.sees("No message to all staff leaves after six or before seven; what is urgent is rung.")
    assert teacher.sees("Done on")
