"""Row 3.3: whether appraisal is fair, in words before figures; and what staff say of themselves, which nobody reads."""

from tests.journeys.conftest import PHONE, Doors

HARBOUR = "/schools/990003/"
FAIR, ABOUT = f"{HARBOUR}appraisal/fairness", f"{HARBOUR}equality/about-you"


def test_3_3_fairness_is_found_and_a_figure_has_its_interval_words_and_method(visit: Doors):
    head = visit("Ada Lantern", size=PHONE, javascript=False)
    head.go(HARBOUR)
    for name in ("People", "Appraisal", "Is it fair?"):
        head.page.get_by_role("link", name=name, exact=True).first.click()
    assert head.sees("Nothing stands out in 20")
    table = head.page.get_by_role("table", name="Met all their objectives in completed years, by sex")
    assert "53% (30% to 75%), 15 people" in table.inner_text()
    assert "About the same." in table.inner_text()
    assert head.sees("by age, ethnic group, disability, religion or belief and sexual orientation: too few people")
    head.follow("How this is worked out")
    assert head.sees("with Newcombe's interval")
    deputy = visit("Linnet Barometer")
    deputy.go(FAIR)
    assert not deputy.sees("53%")


def test_3_3_what_somebody_says_of_themselves_is_changed_taken_back_and_found_by_nobody_else(visit: Doors):
    teacher = visit("Clover Bobbin", size=PHONE, javascript=False)
    teacher.go(HARBOUR)
    for name in ("People", "About you, for equality"):
        teacher.page.get_by_role("link", name=name, exact=True).first.click()
    assert teacher.sees("You have answered nothing.")
    for answer in ("Disabled", "Not disabled"):
        teacher.page.get_by_label(answer, exact=True).check()
        teacher.press("Save")
        assert teacher.sees("You have answered 1 of 6.")
        assert teacher.page.get_by_label(answer, exact=True).is_checked()
    head = visit("Ada Lantern")
    for path in (ABOUT, FAIR, f"{HARBOUR}people/", f"{HARBOUR}log/"):
        head.go(path)
        assert "answered 1" not in head.page.content()
        assert head.page.get_by_label("Not disabled", exact=True).locator("visible=true").count() == (path == ABOUT)
    head.go(ABOUT)
    assert not head.page.get_by_label("Not disabled", exact=True).is_checked()
    head.go(FAIR)
    assert not head.sees("Not disabled")
    teacher.page.get_by_role("group", name="Disability").get_by_label("I would rather not say").check()
    teacher.press("Save")
    assert teacher.sees("What you no longer say is deleted")
    assert teacher.sees("You have answered nothing.")
