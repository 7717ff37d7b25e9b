"""What a headteacher does between two lessons, and what the board sees of it."""

import re

from tests.journeys.conftest import DESK, PHONE, Doors, Visitor

HARBOUR, ACORN = "/schools/990003/", "/schools/990001/"
WHAT = "Hold the Year 9 parents' evening by the boats, with soup."


def note_a_decision(head: Visitor, what: str, *, serves: str) -> None:
    """Note a decision from Today, in the four fields a phone shows."""
    head.go(HARBOUR)
    head.follow("Note a decision")
    head.page.get_by_label("What was decided?").fill(what)
    head.page.get_by_label("Why? (optional)").fill("Families come where there is soup.")
    box = head.page.get_by_role("checkbox", name=serves)
    while head.page.locator("main details:not([open])").count():
        head.page.locator("main details:not([open])").first.locator("summary").click()
    box.check()
    head.page.get_by_role("radio", name="All staff and governors").check()
    head.press("Note the decision")


def fields_shown(visitor: Visitor) -> int:
    """Count the questions of a form: fields by themselves, and groups of choices."""
    return visitor.page.locator(".govuk-form-group:not(.govuk-form-group .govuk-form-group)").count()


def test_a_decision_noted_on_a_phone_appears_on_the_profile_and_its_characteristic(visit: Doors):
    head = visit("Ada Lantern", size=PHONE)
    assert head.page.url.endswith(HARBOUR)
    head.picture("today-on-a-phone")
    head.follow("Note a decision")
    head.picture("decision-on-a-phone")
    assert fields_shown(head) <= 4
    note_a_decision(head, WHAT, serves="4.2")
    assert head.sees(WHAT)
    head.go(f"{HARBOUR}standards/")
    card = head.page.locator("li", has=head.page.get_by_role("link", name="Working with other services"))
    assert WHAT in card.inner_text()
    head.page.get_by_role("link", name="Working with other services").click()
    assert head.sees(WHAT)


def test_a_reflection_is_private_until_the_head_shares_it_with_the_board(visit: Doors):
    head = visit("Ada Lantern")
    secret, shared = "I have not dared to look at this one.", "I am learning to count what adults here give the town."
    reflect(head, "4.5", "Noticing", secret, "Only me")
    reflect(head, "4.6", "Working on it", shared, "Leaders and governors")
    head.go(f"{HARBOUR}standards/4.5/")
    assert head.sees(secret)
    chair = visit("Juniper Gavel")
    chair.go(f"{HARBOUR}standards/4.6/")
    assert chair.sees(shared)
    chair.go(f"{HARBOUR}standards/4.5/")
    assert not chair.sees(secret)
    chair.go(f"{HARBOUR}standards/")
    assert chair.sees(shared)
    assert not chair.sees(secret)


def reflect(head: Visitor, code: str, state: str, words: str, seen: str) -> None:
    """Say where the head stands on a characteristic."""
    head.go(f"{HARBOUR}standards/{code}/")
    head.press("Say where you stand")
    head.page.get_by_role("radio", name=re.compile(f"^{state}:")).check()
    head.page.get_by_label("In your own words").fill(words)
    head.page.get_by_role("radio", name=seen).check()
    head.page.locator("main").get_by_role("button").last.click()


def test_the_terms_are_changed_and_a_day_is_put_on_the_calendar(visit: Doors):
    office = visit("Heather Stapler")
    office.go(f"{HARBOUR}calendar/")
    office.picture("calendar")
    office.follow("Add or remove days")
    office.page.get_by_label("What is it?").fill("Harbour clean-up with Year 8")
    assert office.page.locator("main form").count() >= 1


def test_a_person_of_two_schools_always_sees_which_one_they_are_in(visit: Doors):
    clover = visit("Clover Bobbin")
    for school, name, other in (
        (HARBOUR, "Harbour Light Example Academy", "Little Acorn Example Primary School"),
        (ACORN, "Little Acorn Example Primary School", "Harbour Light Example Academy"),
    ):
        clover.go(school)
        assert name in clover.page.title()
        where = clover.page.get_by_role("region", name="Where you are").inner_text()
        assert where.startswith(name)
        assert clover.page.get_by_role("link", name=other).count() >= 1
    first = clover.go(HARBOUR).locator("html").get_attribute("class")
    second = clover.go(ACORN).locator("html").get_attribute("class")
    assert first != second


def test_all_of_it_works_without_javascript_on_a_phone(visit: Doors):
    head = visit("Ada Lantern", size=PHONE, javascript=False)
    what = "Lend the minibus to the lifeboat crew on Tuesdays."
    note_a_decision(head, what, serves="4.2")
    assert head.sees(what)
    reflect(head, "4.2", "Noticing", "Others ask us more than we ask them.", "Only me")
    assert head.sees("Others ask us more than we ask them.")


def test_a_decision_is_noted_with_the_keyboard_alone(visit: Doors):
    head = visit("Ada Lantern", size=DESK)
    head.go(HARBOUR)
    press = head.page.keyboard.press
    press("Tab")
    assert "Skip to main content" in focused(head)
    press("Enter")
    until(head, "Note a decision")
    press("Enter")
    head.page.wait_for_url("**/decisions/note")
    until_labelled(head, "What was decided?")
    head.page.keyboard.type("Ring every family that came to the open evening.")
    until_radio(head)
    press("Space")
    until(head, "Note the decision")
    press("Enter")
    head.page.wait_for_load_state()
    assert head.sees("Ring every family that came to the open evening.")


def focused(visitor: Visitor) -> str:
    """Return the words of what has the focus."""
    return str(visitor.page.evaluate("document.activeElement.innerText || document.activeElement.value || ''"))


def until(visitor: Visitor, words: str) -> None:
    """Press Tab until the focus is on these words."""
    _until(visitor, lambda: focused(visitor).strip() == words, words)


def until_labelled(visitor: Visitor, words: str) -> None:
    """Press Tab until the focus is in the field of that label."""
    label = "document.activeElement.labels?.[0]?.innerText || ''"
    _until(visitor, lambda: str(visitor.page.evaluate(label)).strip() == words, words)


def until_radio(visitor: Visitor) -> None:
    """Press Tab until the focus is on a choice of one."""
    _until(visitor, lambda: visitor.page.evaluate("document.activeElement.type") == "radio", "a radio button")


def _until(visitor: Visitor, reached, words: str) -> None:
    for _ in range(90):
        if reached():
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard never reached {words}.")


def test_the_profile_prints_on_two_pages(visit: Doors):
    head = visit("Rowan Teapot")
    head.picture("today")
    head.go("/schools/990002/standards/3.2/")
    head.picture("characteristic")
    head.go("/schools/990002/standards/")
    head.picture("profile", height=1480)
    printed = head.page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 2
