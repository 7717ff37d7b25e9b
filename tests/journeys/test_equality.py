"""Row 2.1: an overdue objective is reviewed, information is published for the website, a decision gets its check."""

from tests.journeys.conftest import PHONE, Doors

HARBOUR = "/schools/990003/"


def test_2_1_an_objective_is_reviewed_and_a_decision_is_checked(visit: Doors):
    owner = visit("Teasel Beaker", size=PHONE, javascript=False)
    owner.go(f"{HARBOUR}equality/objectives/")
    assert owner.sees("Its review was due on")
    assert not owner.sees("Staff come back from maternity leave")
    owner.follow("As many girls as boys choose physics after Year 9")
    owner.press("Say what came of it")
    owner.page.get_by_label("What came of it?").fill(
        "Two lessons with an engineer in Year 8, and a club that girls lead."
    )
    owner.page.get_by_label("Day", exact=True).fill("1")
    owner.page.get_by_label("Month", exact=True).fill("7")
    owner.page.get_by_label("Year", exact=True).fill("2028")
    owner.press("Save")
    assert owner.sees("a club that girls lead")
    assert not owner.sees("Its review was due on")
    maker = visit("Moss Anvil")
    maker.go(f"{HARBOUR}equality/checks/")
    maker.follow("Stop setting in Year 7 science")
    maker.press("Make the check")
    for choice in maker.page.get_by_label("What it does").all():
        choice.select_option("No difference seen")
    maker.page.get_by_label("What does this rest on?").fill("Results by group of two years, small groups hidden")
    maker.page.get_by_label("Day", exact=True).fill("1")
    maker.page.get_by_label("Month", exact=True).fill("7")
    maker.page.get_by_label("Year", exact=True).fill("2028")
    maker.press("The check is done")
    assert maker.sees("The check is done")
    governor = visit("Willow Spinnaker", size=PHONE)
    governor.go(f"{HARBOUR}equality/checks/")
    governor.follow("Stop setting in Year 7 science")
    governor.follow("Stop setting in Year 7 science")
    assert governor.sees("Equality check: done on")
    assert not governor.sees("Moss Anvil")
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}equality/information/")
    assert head.sees("How we foster good relations")
    assert head.sees("Earlier years")
