"""Row 1.5: a change is traced to a duty, a policy, its approval and its reading."""

import re

from tests.journeys.conftest import PHONE, Doors

HARBOUR = "/schools/990003/"


def test_1_5_a_change_becomes_words_in_force_that_staff_have_read(visit: Doors):
    doer = visit("Larch Metronome", size=PHONE, javascript=False)
    doer.go(f"{HARBOUR}changes-in-policy/")
    doer.follow("Visitors are signed in and out")
    assert doer.sees("Overdue: Put a book at the door of the music block")
    doer.follow("Say how far it is")
    doer.page.get_by_label("Done", exact=True).check()
    doer.page.get_by_label("What was done, or why was it dropped?").fill("A book lies there")
    doer.press("Save")
    assert doer.sees("A book lies there")
    chair = visit("Juniper Gavel", size=PHONE)
    chair.go(f"{HARBOUR}policies/")
    chair.follow("Health and safety")
    chair.follow("Version 2: waiting for approval")
    chair.follow("What changed since the version before")
    assert chair.sees("Every door in use has a list")
    chair.page.go_back()
    chair.press("Approve it")
    chair.page.get_by_label("In which meeting?").fill("Full board, minute 9")
    chair.press("Record it")
    assert chair.sees("Approved")
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}policies/")
    head.follow("Health and safety")
    head.follow("Version 2: approved")
    head.press("Bring it into force")
    head.press("Bring it into force")
    assert head.sees("Every door in use has a list")
    asked = re.search(r"0 of (\d+) who are asked have read it", head.page.locator("main").inner_text())
    assert asked
    reader = visit("Heather Stapler", size=PHONE, javascript=False)
    reader.go(f"{HARBOUR}to-read/")
    reader.follow("Health and safety")
    reader.press("I have read it")
    assert reader.sees("It is noted that you have read it")
    head.go(f"{HARBOUR}policies/")
    head.follow("Health and safety")
    assert head.sees(f"1 of {asked[1]} who are asked have read it")
