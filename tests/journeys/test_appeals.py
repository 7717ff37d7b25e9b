"""Rows 3.3 and 3.4: statements are looked at beside one another, and appealed against before others than took part."""

from datetime import date

from tests.journeys.conftest import PHONE, Doors, Visitor

HARBOUR, ACORN = "/schools/990003/", "/schools/990001/"


def test_3_3_a_member_of_staff_appeals_and_reads_what_others_decided(visit: Doors):
    person = visit("Alder Ladle", size=PHONE, javascript=False)
    year = open_last(person, f"{HARBOUR}appraisal/")
    person.page.get_by_role("button", name="Appeal against your statement, until").click()
    person.page.get_by_label("What do you appeal against").fill("The notes were tried in June.")
    person.press("Appeal")
    assert person.sees("Your appeal is lodged")
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}appraisal/appeals")
    head.follow("Say who hears it")
    assert head.sees("Fern Inkwell")
    assert not head.sees("Linnet Barometer")
    head.page.get_by_label("Fern Inkwell").check()
    head.press("Name them")
    appraiser = visit("Linnet Barometer")
    appraiser.go(year)
    assert appraiser.sees("The notes were tried in June.")
    assert appraiser.page.get_by_role("button", name="Review").count() == 0
    hearer = visit("Fern Inkwell", size=PHONE)
    hearer.go(f"{HARBOUR}appraisal/appeals")
    hearer.follow("Alder Ladle")
    assert hearer.sees("The notes were tried in June.")
    hearer.press("Say how it ended")
    decide(hearer, "Dismissed: the statement stands", "The page is begun, and not finished.")
    person.go(year)
    assert person.sees("The page is begun, and not finished.")
    hearer.go(year)
    assert not hearer.sees("The notes were tried in June.")


def test_3_4_a_headteacher_appeals_and_who_wrote_the_statement_does_not_hear_it(visit: Doors):
    head = visit("Hazel Thimble", size=PHONE, javascript=False)
    year = open_last(head, f"{ACORN}head-appraisal/")
    head.press("Appeal")
    head.page.get_by_label("What do you appeal against").fill("I asked for a second objective.")
    head.press("Appeal")
    chair = visit("Lavender Umbrella", size=PHONE, javascript=False)
    chair.go(ACORN)
    chair.follow("Name who hears the headteacher's appeal: Hazel Thimble")
    assert chair.page.get_by_label("Clover Bobbin").count() == 1
    assert chair.page.get_by_label("Lavender Umbrella").count() == 0
    chair.page.get_by_label("Clover Bobbin").check()
    chair.page.get_by_label("Where was it settled").fill("Full board, minute 9")
    chair.press("Record it")
    chair.go(f"{year}/appeal/heard")
    assert chair.sees("Only those who hear the appeal can do this")
    hearer = visit("Clover Bobbin")
    hearer.go(year)
    assert hearer.sees("I asked for a second objective.")
    assert not hearer.sees("Planning takes a Sunday")
    hearer.press("Say how the appeal ended")
    decide(hearer, "Dismissed: the statement stands", "The statement judges what was set.")
    head.go(year)
    assert head.sees("The statement judges what was set.")
    assert head.sees("by Clover Bobbin. Dismissed: the statement stands")
    hearer.go(year)
    assert not hearer.sees("I asked for a second objective.")


def test_3_3_objectives_are_looked_at_beside_one_another_and_asked_about(visit: Doors):
    head = visit("Ada Lantern", size=PHONE, javascript=False)
    head.go(f"{HARBOUR}appraisal/")
    group = head.page.locator("section", has_text="Teachers, 20").first
    group.get_by_role("link", name="Objectives beside one another").click()
    assert head.sees("Those who start behind are asked first")
    head.page.locator("section", has_text="Poplar Rope").get_by_role("link", name="Ask to look again").click()
    head.page.get_by_label("This is about Poplar Rope, ").check()
    head.page.get_by_label("What should be looked at again").fill("Can it be counted?")
    head.press("Ask")
    assert head.sees("Teasel Beaker finds it on their Today")
    appraiser = visit("Teasel Beaker", size=PHONE)
    appraiser.go(f"{HARBOUR}appraisal/")
    appraiser.follow("Poplar Rope, 20")
    appraiser.press("Answer: you were asked to look again")
    appraiser.page.get_by_label("What did you find").fill("Yes: two lessons a term.")
    appraiser.press("Answer")
    assert appraiser.sees("Yes: two lessons a term.")


def open_last(visitor: Visitor, path: str) -> str:
    """Open the year before this one from a list of one's own, and return its address."""
    visitor.go(path)
    last = min(visitor.page.locator("main").get_by_role("link", name="ppraisal, 20").all_inner_texts())
    visitor.follow(last)
    return visitor.page.url.removeprefix(visitor.address)


def decide(visitor: Visitor, result: str, why: str) -> None:
    """Say how an appeal ended, today."""
    today = date.today()  # noqa: DTZ011  # as the form asks
    for name, part in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        visitor.page.get_by_label(name, exact=True).fill(str(part))
    visitor.page.get_by_label(result).check()
    visitor.page.get_by_label("Why?").fill(why)
    visitor.press("Save")
