"""Row 3.4: a headteacher's year with the board, from one next action; the year and whose it is are always shown."""

from tests.journeys.conftest import PHONE, Doors

HARBOUR, KITE = "/schools/990003/", "/schools/990002/"


def test_3_4_the_page_is_found_from_one_next_action(visit: Doors):
    chair = visit("Flint Lighthouse", size=PHONE, javascript=False)
    chair.go(KITE)
    chair.follow("Consult the adviser on the headteacher's objectives")
    assert chair.page.locator("main .govuk-caption-l").inner_text().startswith("Rowan Teapot, 20")
    chair.follow("Back")
    chair.press("Set the objectives")
    assert chair.sees("No advice of the external adviser is noted")
    assert chair.page.locator("main .govuk-caption-l").inner_text().startswith("Rowan Teapot, 20")
    chair.press("Set them")
    assert "Tick whose appraisal it is, and of which year" in chair.page.locator("main").inner_text()
    chair.page.get_by_label("This is about Rowan Teapot, ").check()
    chair.page.get_by_label("Headteachers' standards 2020").check()
    chair.press("Set them")
    assert chair.sees("Objectives set")
    assert chair.sees("Saved for Rowan Teapot, 20")
    assert chair.sees("No advice is noted.")
    head = visit("Rowan Teapot", size=PHONE)
    head.go(f"{KITE}head-appraisal/")
    head.follow("My appraisal, 20")
    assert head.sees("Every class has a reading lesson that a parent may visit")


def test_3_4_a_closed_year_is_read_only_and_the_year_is_always_shown(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}head-appraisal/")
    this, last = head.page.locator("main h2 a").all_inner_texts()
    assert this > last
    assert head.sees("Agreed and locked")
    head.follow(last)
    assert head.sees(f"The year {last[-7:]} is agreed and locked, so nothing in it can be changed")
    assert head.page.get_by_role("button", name="Write an objective").count() == 0
    head.follow("Locked on")
    assert head.sees(f"Ada Lantern, {last[-7:]}")
    assert head.sees("A year of clear direction")
    head.go(f"{HARBOUR}head-appraisal/")
    head.follow(this)
    assert head.sees("A budget over three years that the board can follow")


def test_3_4_nobody_else_reads_it_whatever_their_post(visit: Doors):
    clerk = visit("Sage Blotter")
    clerk.go(f"{HARBOUR}head-appraisal/")
    assert clerk.sees("Agreed and locked")
    assert clerk.sees("objectives set on")
    assert clerk.page.locator("main h2 a").count() == 0
    panel = visit("Juniper Gavel", size=PHONE)
    panel.go(f"{HARBOUR}head-appraisal/")
    panel.follow("Ada Lantern's appraisal, 20")
    year = panel.page.url.removeprefix(panel.address)
    assert panel.sees("A budget over three years that the board can follow")
    deputy = visit("Linnet Barometer")
    deputy.go(year)
    assert not deputy.sees("A budget over three years")
    assert deputy.sees("There is nothing at this address for you")
