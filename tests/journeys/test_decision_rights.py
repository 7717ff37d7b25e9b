"""Row 3.6: who decides what is agreed and read, a decision is looked back at, and others say what they think of one."""

from tests.journeys.conftest import PHONE, Doors

HARBOUR = "/schools/990003/"


def test_3_6_who_decides_is_agreed_and_a_decision_is_looked_back_at(visit: Doors):
    head = visit("Ada Lantern")
    head.go(f"{HARBOUR}who-decides/")
    assert head.sees("Nobody is said to decide")
    assert head.sees("Linnet Barometer, senior leader and Moss Anvil, senior leader")
    head.press("Say who decides: Trips and visits")
    head.page.get_by_label("Who decides?", exact=True).select_option(label="Fern Inkwell, senior leader and designated "
                                                                     "safeguarding lead")  # fmt: skip
    head.press("Save")
    assert head.sees("What held before can still be told")
    chair = visit("Juniper Gavel", size=PHONE, javascript=False)
    chair.go(f"{HARBOUR}who-decides/")
    assert chair.sees("Trips and visits")
    assert not chair.sees("Nobody is said to decide")
    assert not chair.sees("Clover Bobbin")
    head.go(f"{HARBOUR}decisions/?state=overdue")
    head.follow("Host the Hedgerow heads here each half-term; each brings one figure they are worried about.")
    head.press("Look back at it")
    head.page.get_by_label("What was it in the end?").fill("Three of four changed one thing.")
    head.page.get_by_role("group", name="Was it as expected?").get_by_label("Partly").check()
    head.page.get_by_role("group", name="Would we decide so again?").get_by_label("Yes").check()
    head.press("Save")
    assert head.sees("Each of us changes one thing because another asked.")
    assert head.sees("Three of four changed one thing.")


def test_3_6_others_say_what_they_think_of_a_decision(visit: Doors):
    writer = visit("Clover Bobbin", size=PHONE, javascript=False)
    writer.go(f"{HARBOUR}teams/")
    writer.follow("Teaching and learning (team) on decisions of Pastoral (team)")
    writer.press("Say what we think")
    writer.page.get_by_label("What was good?").fill("It named who.")
    writer.page.get_by_label("What would we do otherwise?").fill("Say it to pupils too.")
    writer.press("Save")
    assert writer.sees("It named who.")
    other = visit("Heather Stapler")
    other.go(f"{HARBOUR}teams/")
    assert not other.sees("on decisions of Pastoral")
