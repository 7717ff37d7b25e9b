"""Row 4.5: a bet asks on its day and is decided with its evidence; what is coming is read; readiness has no grade."""

from tests.journeys.conftest import PHONE, Doors

HARBOUR = "/schools/990003/"


def test_4_5_a_bet_is_stopped_with_its_evidence_and_governors_read_what_was_learned(visit: Doors):
    head = visit("Ada Lantern", size=PHONE, javascript=False)
    head.follow("Continue, stop or scale: Marking by conversation")
    assert head.sees("7 of 10")
    head.page.get_by_label("Stop", exact=True).check()
    head.page.get_by_label("What does the evidence say?").fill("3 of 10 at first, 7 of 10 after ten weeks")
    head.page.get_by_label("Why do you decide so?").fill("It takes more hours than we wagered")
    head.page.get_by_label("What did we learn?").fill("Pupils answer better when they asked first")
    head.press("Decide")
    assert head.sees("Decided, and what was learned is kept")
    chair = visit("Juniper Gavel")
    chair.go(f"{HARBOUR}bets/")
    assert chair.sees("Decided so far: 2 stopped, 1 scaled")
    assert chair.sees("Pupils answer better when they asked first")
    assert not chair.sees("Sorrel Bookmark")


def test_4_5_what_is_coming_is_read_for_what_it_means(visit: Doors):
    deputy = visit("Linnet Barometer", size=PHONE, javascript=False)
    deputy.follow("Say what it means for us: A proposal for shorter forms about school trips")
    deputy.page.get_by_label("Act on it").check()
    deputy.page.get_by_label("In a sentence or two").fill("We shorten our own now")
    deputy.press("Save")
    deputy.follow("Propose a bet")
    assert deputy.page.get_by_label("What do you call it?").input_value() == (
        "A proposal for shorter forms about school trips"
    )
    teacher = visit("Clover Bobbin")
    teacher.go(f"{HARBOUR}horizon/")
    assert teacher.sees("We shorten our own now")


def test_4_5_readiness_says_what_there_is_and_grades_nobody(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}readiness/")
    assert head.sees("It is no grade and no forecast of one")
    assert head.sees("not yet checked")
    head.follow("Safeguarding")
    head.press("Write what we would show, and do about it")
    head.page.get_by_label("What would we show? (optional)").fill("The walk we take with new staff")
    head.press("Save")
    governor = visit("Willow Spinnaker", size=PHONE)
    governor.go(f"{HARBOUR}readiness/safeguarding")
    assert governor.sees("The walk we take with new staff")


def test_4_3_a_habit_is_asked_what_it_rests_on(visit: Doors):
    head = visit("Ada Lantern", size=PHONE, javascript=False)
    head.go(f"{HARBOUR}habits/")
    head.follow("Assembly for the whole school on Monday mornings")
    head.press("What evidence does it rest on?")
    head.page.get_by_label("Drop it").check()
    head.page.get_by_label("Why?").fill("We asked: nobody would miss it")
    head.press("Save")
    assert head.sees("Dropped")
