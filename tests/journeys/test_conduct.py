"""Row 2.6: expectations acknowledged by version; support offered, and replied to in one's own words."""

from tests.journeys.conftest import PHONE, Doors

HARBOUR = "/schools/990003/"
PHONES = "Phones and messages at work"


def test_2_6_a_version_is_acknowledged_and_a_new_one_asks_again(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}conduct/")
    assert head.sees("still to come")
    head.page.get_by_text(f"Who is still to come: {PHONES}").click()
    assert head.sees("Clover Bobbin")
    assert head.sees("Alder Ladle")
    reader = visit("Clover Bobbin", size=PHONE, javascript=False)
    reader.go(f"{HARBOUR}conduct/")
    assert reader.sees("One of these waits to be read by you")
    assert not reader.sees("Alder Ladle")
    reader.follow(PHONES)
    assert reader.sees("or at the weekend")
    reader.press("I have read it")
    reader.go(f"{HARBOUR}conduct/")
    assert reader.sees("You have read all of it")
    head.go(f"{HARBOUR}conduct/")
    head.page.get_by_text(f"Who is still to come: {PHONES}").click()
    assert not head.sees("Clover Bobbin")


def test_2_6_support_holds_what_was_offered_and_the_reply(visit: Doors):
    person = visit("Larch Metronome", size=PHONE, javascript=False)
    person.go(f"{HARBOUR}support/")
    person.follow("Support for you")
    assert person.sees("Please count the weeks after the timetable changed")
    address = person.page.url.removeprefix(person.address)
    person.press("Reply in your own words")
    person.page.get_by_label("Your reply").fill("Friday went well; thank you.")
    person.press("Save")
    assert person.sees("Friday went well")
    head = visit("Ada Lantern")
    head.go(address)
    assert head.sees("The reply of Larch Metronome")
    head.follow("Say what came of it")
    head.page.get_by_label("A formal step follows").check()
    head.page.get_by_label("Why, in your own words?").fill("To see what is said")
    head.press("Save")
    assert head.sees("A formal step cannot start while support is missing")
    deputy = visit("Linnet Barometer")
    deputy.go(f"{HARBOUR}support/")
    assert not deputy.sees("Larch Metronome")
