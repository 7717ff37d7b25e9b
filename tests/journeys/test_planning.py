"""Rows 1.1 and 1.6: a vision the board agreed is published and mirrored; a plan is carried out and traced."""

from tests.journeys.conftest import PHONE, Doors

KITE, HARBOUR = "/schools/990002/", "/schools/990003/"


def test_1_1_a_vision_is_published_and_the_mirror_names_decisions(visit: Doors):
    teacher = visit("Daisy Button", size=PHONE, javascript=False)
    teacher.go(f"{KITE}values/")
    assert not teacher.sees("A child who leaves us can read anything")
    head = visit("Rowan Teapot", size=PHONE)
    head.go(f"{KITE}values/")
    head.follow("The next statement")
    assert head.sees("Full board, first autumn meeting, minute 4")
    head.press("Publish it to all staff and governors")
    assert head.sees("Published to all staff and governors")
    teacher.go(f"{KITE}values/")
    assert teacher.sees("A child who leaves us can read anything")
    governor = visit("Willow Spinnaker")
    governor.go(f"{HARBOUR}values/")
    assert governor.sees("brave enough to try it")
    governor.follow("2025/26")
    assert governor.sees("Close the online homework platform in three subjects")
    assert not governor.sees("Draft the next statement")


def test_1_6_an_action_is_carried_out_and_traced_from_vision_to_cost(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}plan/")
    assert head.sees("Changed since the board approved it on")
    for words in ("Ready for work in a harbour town", "A new sign at the gate", "Courage"):
        assert words in head.page.locator("main dl").inner_text()
    teacher = visit("Clover Bobbin", size=PHONE, javascript=False)
    teacher.go(f"{HARBOUR}plan/")
    teacher.follow("What we expect of marking, on one page")
    action = teacher.page.url.removeprefix(teacher.address)
    teacher.press("Say how far it is")
    teacher.page.get_by_label("Done").check()
    teacher.press("Save")
    assert teacher.sees("Done on")
    chair = visit("Juniper Gavel", size=PHONE)
    chair.go(action)
    assert chair.sees("brave enough to try it")
    assert chair.sees("No minute is tied to it")
    assert not chair.sees("Clover Bobbin")
    chair.press("Tie a minute to it")
    chair.page.get_by_label("In which meeting?").fill("Full board, minute 11")
    chair.page.get_by_label("Day", exact=True).fill("2")
    chair.page.get_by_label("Month", exact=True).fill("10")
    chair.page.get_by_label("Year", exact=True).fill("2025")
    chair.page.get_by_label("What does the minute say?").fill("One page is enough")
    chair.press("Save")
    assert chair.sees("One page is enough")
