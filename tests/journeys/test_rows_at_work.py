"""What is said to have begun of the 25 rows, gone through by the people it is for."""

from tests.journeys.conftest import PHONE, Doors, Visitor

ACORN, HARBOUR, KITE = "/schools/990001/", "/schools/990003/", "/schools/990002/"


def test_1_1_a_value_is_mirrored_by_the_decisions_that_name_it(visit: Doors):
    chair = visit("Flint Lighthouse")
    chair.go(f"{KITE}values/")
    assert chair.sees("Belonging")
    assert chair.sees("Everybody has a peg, a part and a person.")
    chair.follow("2025/26")
    assert chair.sees("of 2025/26 name this value")


def test_1_3_staff_read_what_their_head_is_learning_and_not_what_is_private(visit: Doors):
    teacher = visit("Meadow Paintbox", size=PHONE)
    teacher.go(f"{ACORN}learning/shared")
    assert teacher.sees("Read about teaching two ages at once")
    assert not teacher.sees("Listened to two heads of small schools")


def test_1_4_a_teacher_notes_what_they_learned_and_what_will_change(visit: Doors):
    teacher = visit("Pippin Colander", size=PHONE)
    teacher.go(ACORN)
    teacher.follow("Note something you learned")
    teacher.page.get_by_label("What did you learn?").fill("How a wood is measured without cutting it")
    teacher.page.get_by_label("What will you change? (optional)").fill("Year 6 count rings next week")
    teacher.page.get_by_role("radio", name="Only me").check()
    teacher.page.locator("main form button").last.click()
    assert teacher.sees("How a wood is measured without cutting it")


def test_2_1_published_figures_stand_with_their_year_and_source(visit: Doors):
    governor = visit("Willow Spinnaker")
    governor.go(f"{HARBOUR}facts/")
    for words in ("Attainment 8", "DfE key stage 4 performance tables, 2022/23"):
        assert governor.sees(words)
    small = visit("Hazel Thimble")
    small.go(f"{ACORN}facts/")
    assert small.sees("Withheld for confidentiality")


def test_2_1_a_school_stands_among_those_most_like_it_or_is_told_why_nobody_knows_them(visit: Doors):
    governor = visit("Willow Spinnaker", size=PHONE)
    governor.go(f"{HARBOUR}facts/")
    governor.follow("Schools like ours")
    assert governor.sees("Ours is 46.8: about the same as the middle half of similar schools")
    assert governor.sees("Comparison Example Academy 62")
    small = visit("Hazel Thimble")
    small.go(f"{ACORN}similar/")
    assert small.sees("This school has no value for")


def test_2_1_published_results_say_what_can_be_told_and_what_cannot(visit: Doors):
    governor = visit("Willow Spinnaker", size=PHONE)
    governor.go(f"{HARBOUR}facts/")
    governor.follow("Published results")
    assert governor.sees("What we cannot say")
    governor.follow("Progress")
    assert governor.sees("Progress 8: 0.06, beside the average of 0")
    governor.page.get_by_text("Every year in words").first.click()
    assert governor.sees("the measure does not exist for this year")
    governor.follow("All schools")
    assert governor.sees("of schools cannot be told from the average")
    assert not governor.sees("Comparison Example")
    small = visit("Hazel Thimble")
    small.go(f"{ACORN}published/gap/")
    assert small.sees("A figure of one of the two groups is withheld because few pupils are behind it.")
    small.go(f"{ACORN}published/")
    assert small.sees("cannot be told from")


def test_2_1_a_governor_reads_our_results_and_a_small_school_is_told_they_are_too_few(visit: Doors):
    governor = visit("Willow Spinnaker", size=PHONE)
    governor.go(f"{HARBOUR}published/")
    governor.follow("Our results")
    governor.follow("GCSE, 2025/26")
    for words in ("Mathematics:", "Attainment 8:", "What these figures do not say:"):
        assert governor.sees(words)
    governor.follow("Disadvantage gap")
    assert governor.sees("One pupil's result can move it by")
    governor.follow("Over the years")
    assert governor.sees("GCSE of Year 11")
    small = visit("Hazel Thimble")
    small.go(f"{ACORN}results/gap/")
    assert small.sees("Too few pupils to tell.")


def test_2_4_a_coach_is_named_and_both_see_it(visit: Doors):
    head = visit("Rowan Teapot")
    head.go(f"{KITE}people/relationships/")
    head.press("Name somebody")
    head.page.get_by_role("radio", name="Coach").check()
    choose(head, "Who takes it on", "Bryony Easel")
    choose(head, "For whom", "Maple Crayon")
    for part, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        head.page.get_by_label(part, exact=True).fill(value)
    head.page.locator("main form button").last.click()
    maple = visit("Maple Crayon")
    maple.go(f"{KITE}people/relationships/")
    assert maple.sees("Bryony Easel, coach of Maple Crayon")
    other = visit("Hawthorn Kettle")
    other.go(f"{KITE}people/relationships/")
    assert not other.sees("Bryony Easel")


def choose(visitor: Visitor, label: str, name: str) -> None:
    """Choose a person by name from a list that tells their posts too."""
    field = visitor.page.get_by_label(label)
    value = field.locator("option", has_text=name).first.get_attribute("value")
    field.select_option(value=value)


def test_3_4_the_board_has_a_today_of_its_own_and_a_panel(visit: Doors):
    chair = visit("Lavender Umbrella")
    assert chair.sees("The year ahead")
    assert chair.sees("Latest decisions")
    chair.go(f"{ACORN}people/relationships/")
    assert chair.sees("You appraise Hazel Thimble, 20")
    hazel = visit("Hazel Thimble")
    hazel.go(f"{ACORN}people/relationships/")
    assert hazel.sees("Lavender Umbrella appraises you, 20")


def test_3_6_a_decision_says_who_took_it_in_which_post_and_why(visit: Doors):
    clerk = visit("Robin Quill")
    clerk.go(f"{ACORN}decisions/")
    clerk.follow("Insulate the boiler house from the repairs fund.")
    for words in ("Thistle Doorbell", "business manager", "It pays for itself in three winters."):
        assert clerk.sees(words)


def test_2_1_what_a_school_does_about_its_results_is_read_by_its_board_and_done_by_its_leaders(visit: Doors):
    governor = visit("Willow Spinnaker")
    governor.go(f"{HARBOUR}targets/")
    governor.follow("Year 11: Mathematics")
    assert governor.sees("It rests on how")
    assert governor.sees("A target is looked at by who answers for it")
    governor.go(f"{HARBOUR}pupil-premium/")
    assert governor.sees("£53,400 of pupil premium in 2026/27, spent on 3 things")
    assert governor.sees("It does not say what the money did")
    governor.go(f"{HARBOUR}interventions/")
    governor.follow("Number before nine")
    assert governor.sees("What came of it can be told when the results before and after are in")
    deputy = visit("Linnet Barometer", size=PHONE, javascript=False)
    deputy.go(f"{HARBOUR}progress-meetings/")
    assert deputy.sees("Two questions of extended writing a week")
    deputy.page.locator("main a", has_text="Two questions").first.click()
    deputy.page.get_by_label("What came of it?").fill("Marked together four times; the writing is longer.")
    deputy.page.locator("main form button").last.click()
    assert deputy.sees("Marked together four times")
