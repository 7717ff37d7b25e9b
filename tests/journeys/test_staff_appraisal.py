"""Row 3.3: staff appraisal; three faults that people complain of elsewhere are journeys here."""

from tests.journeys.conftest import PHONE, Doors

HARBOUR = "/schools/990003/"


def test_3_3_the_page_is_found_from_one_next_action_and_whose_it_is_is_confirmed(visit: Doors):
    appraiser = visit("Sorrel Bookmark", size=PHONE, javascript=False)
    appraiser.go(HARBOUR)
    appraiser.follow("Set appraisal objectives: Larch Metronome, 20")
    assert appraiser.page.locator("main .govuk-caption-l").inner_text().startswith("Larch Metronome, 20")
    appraiser.press("Set them")
    assert "Tick whose appraisal it is, and of which year" in appraiser.page.locator("main").inner_text()
    appraiser.page.get_by_label("This is about Larch Metronome, 20").check()
    appraiser.press("Set them")
    assert appraiser.sees("Saved for Larch Metronome, 20")
    assert appraiser.sees("Objectives set")
    person = visit("Larch Metronome", size=PHONE)
    person.go(f"{HARBOUR}appraisal/")
    person.follow("Your appraisal, 20")
    assert person.sees("Year 9 on Friday is playing within five minutes")


def test_3_3_the_wrong_year_cannot_be_edited_by_accident(visit: Doors):
    person = visit("Clover Bobbin", size=PHONE, javascript=False)
    person.go(f"{HARBOUR}appraisal/")
    this, last = person.page.locator("main h3 a").all_inner_texts()[:2]
    assert this > last
    person.follow(last)
    assert person.sees(f"This is {last[-7:]}, which is over. This academic year is {this[-7:]}.")
    assert person.page.get_by_role("link", name="Write an objective").count() == 0
    assert person.sees("By weight: met 100% (2 of 3 parts rated)")
    person.follow("Locked on")
    assert person.sees("Its seal fits")
    assert person.sees("The twenty-seventh lit in July.")


def test_3_3_nobody_else_reads_it_and_who_organises_it_reads_names_alone(visit: Doors):
    deputy = visit("Linnet Barometer")
    deputy.go(f"{HARBOUR}appraisal/")
    deputy.follow("Teachers, 20")
    assert deputy.sees("Clover Bobbin")
    assert deputy.page.get_by_role("link", name="Clover Bobbin", exact=True).count() == 0
    appraiser = visit("Teasel Beaker")
    appraiser.go(f"{HARBOUR}appraisal/")
    appraiser.follow("Clover Bobbin, 20")
    year = appraiser.page.url.removeprefix(appraiser.address)
    assert appraiser.sees("Three colleagues can solder by Easter")
    for name in ("Linnet Barometer", "Jasper Ledger", "Heather Stapler", "Olive Keyring", "Juniper Gavel"):
        other = visit(name)
        other.go(year)
        assert not other.sees("Three colleagues can solder by Easter")


def test_3_3_weights_that_make_97_are_told_and_nothing_is_lost(visit: Doors):
    head = visit("Ada Lantern", size=PHONE, javascript=False)
    head.go(f"{HARBOUR}appraisal/")
    head.press("Set up appraisal for a group")
    head.page.get_by_label("Which group of staff?").fill("Leaders of the journey")
    head.page.get_by_label("What is looked at, each with its weight?").fill("Objectives 60\nStandards 37")
    head.press("Set it up")
    assert head.sees("The weights come to 97: they must make 100")
    assert head.page.get_by_label("Which group of staff?").input_value() == "Leaders of the journey"
    head.page.get_by_label("What is looked at, each with its weight?").fill("Objectives 60\nStandards 40")
    head.press("Set it up")
    assert head.sees("Say whether somebody can appeal")
    head.page.get_by_label("No, not in this school").check()
    head.press("Set it up")
    assert head.sees("Set up. Now put people into it.")


def test_3_3_a_template_brings_what_it_holds_and_its_objectives_reach_many_once(visit: Doors):
    head = visit("Ada Lantern", size=PHONE, javascript=False)
    head.go(f"{HARBOUR}appraisal/")
    head.follow("Templates")
    head.page.locator("main").get_by_role("link", name="Support staff", exact=True).click()
    assert head.sees("Whoever comes to the door or the telephone is helped the first time")
    assert head.sees("is set up.")
    head.page.locator("main").get_by_role("button", name="Begin 20").first.click()
    assert head.sees("This is what the template brings.")
    parts = head.page.get_by_label("What is looked at, each with its weight?")
    assert parts.input_value().startswith("Objectives 70")
    parts.fill("Objectives 70\nHow the work is done 27")
    head.press("Set it up")
    assert head.sees("The weights come to 97: they must make 100")
    head.go(f"{HARBOUR}appraisal/")
    head.follow("Support staff, 20")
    head.press("Objectives from templates")
    head.page.get_by_label("Support staff: Whoever comes to the door").check()
    head.page.get_by_label("Heather Stapler").check()
    head.press("Write them")
    assert head.page.get_by_text("Put to 1 person.").count() == 1
