"""Row 1.2: a complaint from the gate to what was learned, and one about the head that the head never hears of."""

from datetime import timedelta

from django.utils import timezone

from tests.journeys.conftest import PHONE, Doors, Visitor

KITE, HARBOUR = "/schools/990002/", "/schools/990003/"


def record(visitor: Visitor, school: str, says: str, about: str = "") -> None:
    """Record a complaint, as whoever was told it."""
    visitor.go(f"{school}complaints/")
    visitor.press("Record a complaint")
    visitor.page.get_by_label("What does it say?").fill(says)
    visitor.page.get_by_label("What is it about?").select_option("Homework and assessment")
    visitor.page.get_by_label("How did it come?").select_option("In person")
    visitor.page.get_by_label("Who is it from?").select_option("A parent or carer")
    if about:
        visitor.page.get_by_label("Whom does it concern?").select_option(about)
    visitor.press("Record it")


def test_1_2_a_complaint_from_receipt_to_learned(visit: Doors):
    teacher = visit("Daisy Button", size=PHONE, javascript=False)
    record(teacher, KITE, "The spelling list comes on the day of the test")
    assert teacher.sees("You have done your part")
    assert not teacher.sees("Acknowledge it")
    head = visit("Rowan Teapot")
    head.go(f"{KITE}complaints/")
    head.page.locator("main").get_by_role("link", name="Homework and assessment").first.click()
    complaint = head.page.url.removeprefix(head.address)
    assert head.sees("The spelling list comes on the day of the test")
    head.press("Say that it was acknowledged")
    head.press("Save")
    head.press("Answer it informally")
    head.page.get_by_label("What was answered?").fill("It will come on Mondays")
    head.press("Save")
    head.press("Close it")
    head.page.get_by_label("Resolved informally").check()
    head.press("Close it")
    assert head.sees("Closed. Was anything learned from it?") or head.sees("Resolved informally")
    head.press("Write down what we learned")
    head.page.get_by_label("What did we learn?").fill("Lists were written the night before")
    head.page.get_by_label("What do we do about it?").fill("Lists for the whole half-term, on the first day")
    head.page.get_by_label("Who does it?").select_option("Maple Crayon, English lead")
    due = timezone.localdate() + timedelta(days=5)
    for part, value in zip(("Day", "Month", "Year"), (due.day, due.month, due.year), strict=True):
        head.page.get_by_label(part, exact=True).fill(str(value))
    head.page.get_by_label("Show it to all staff and governors").check()
    head.press("Write it down")
    lead = visit("Maple Crayon", size=PHONE)
    lead.go(complaint)
    assert lead.sees("Page not found")
    lead.go(f"{KITE}")
    lead.follow("Do what was learned")
    lead.page.get_by_label("What came of it?").fill("Quieter Sunday evenings")
    lead.press("It is done")
    governor = visit("Dahlia Saucepan")
    governor.go(f"{KITE}promises/")
    assert governor.sees("Quieter Sunday evenings")


def test_1_2_a_complaint_about_the_head_is_the_chairs_alone(visit: Doors):
    office = visit("Heather Stapler")
    record(office, HARBOUR, "The headteacher walked past me", "Ada Lantern, Headteacher")
    assert office.sees("You have done your part")
    chair = visit("Juniper Gavel", size=PHONE)
    chair.go(f"{HARBOUR}complaints/")
    chair.page.locator("main").get_by_role("link", name="Homework and assessment").first.click()
    assert chair.sees("The headteacher walked past me")
    complaint = chair.page.url.removeprefix(chair.address)
    for name in ("Ada Lantern", "Linnet Barometer"):
        leader = visit(name)
        leader.go(complaint)
        assert leader.sees("Page not found")
