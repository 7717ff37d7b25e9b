"""The order of a person's characteristics: severe raters tilt nothing, and how far it can be relied on is said."""

import numpy as np
import pytest

from headship.voice.feedback_pages import relied_on
from headship.voice.instruments import Question
from headship.voice.ordering import standing
from headship.voice.sheets import UNSURE, Answers
from tests.voice import flow
from tests.voice.test_shares import address

PARTS = ("1.1", "1.2", "1.3", "1.4")
ASKED = [
    Question(code=f"{part}-{at}", kind="choice", theme=part, words={"": "Said"}, scale="seen", serves=(part,))
    for part in PARTS
    for at in range(3)
]


def answers(levels, severe, *, left=0.3, seed=1, asked=None):
    """Return sheets of people who see parts at some levels; each is severe in their own way and asked of some parts."""
    chance = np.random.default_rng(seed)
    told = []
    for rater, shift in enumerate(severe):
        steps = {
            each.code: int(np.clip(round(levels[each.serves[0]] + shift + chance.normal(scale=left)), 0, 4))
            for each in ASKED
            if asked is None or each.serves[0] in asked(rater)
        }
        told.append(Answers({}, steps))
    return told


def test_what_all_see_stands_in_order_and_can_be_relied_on():
    levels = {"1.1": 1.0, "1.2": 3.6, "1.3": 2.2, "1.4": 0.2}
    found = standing(answers(levels, [0.0] * 8), ASKED, fewest=5)
    assert found.order == ["1.2", "1.3", "1.1", "1.4"]
    assert (found.relied_on, found.more) == (1.0, 0)


def test_lenient_people_do_not_lift_what_they_alone_were_asked_about():
    """1.4 is the least seen, but half were asked about it, and they score everything two steps higher."""
    levels = {"1.1": 1.4, "1.2": 1.1, "1.3": 0.9, "1.4": 0.6}
    severe = [0.0] * 6 + [2.0] * 6
    sheets = answers(levels, severe, left=0.4, asked=lambda rater: PARTS if rater >= 6 else PARTS[:3])
    plain = {
        part: np.mean([each.steps[code] for each in sheets for code in each.steps if code[:3] == part])
        for part in PARTS
    }
    assert max(plain, key=plain.get) == "1.4"
    assert standing(sheets, ASKED, fewest=5).order[-1] == "1.4"


def test_where_people_differ_as_much_as_characteristics_more_would_be_needed():
    levels = dict(zip(PARTS, (2.0, 2.1, 2.2, 2.3), strict=True))
    found = standing(answers(levels, [0.0] * 5, left=1.5, seed=3), ASKED, fewest=5)
    assert found.relied_on < 0.7
    assert found.more is None or found.more > 0


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_have_no_order(count):
    levels = dict.fromkeys(PARTS, 2.0)
    assert standing(answers(levels, [0.0] * count), ASKED, fewest=5) is None


def test_unsure_people_and_people_who_all_say_the_same_break_nothing():
    same = [Answers({}, {each.code: 2 for each in ASKED})] * 6
    unsure = Answers({}, {each.code: UNSURE for each in ASKED})
    found = standing([*same, unsure], ASKED, fewest=5)
    assert (found.relied_on, sorted(found.order)) == (None, sorted(PARTS))
    assert standing([unsure] * 9, ASKED, fewest=5) is None
    assert standing(same, ASKED[:3], fewest=5) is None


def test_the_page_says_how_far_the_order_can_be_relied_on(cast):
    survey = flow.feedback(cast)
    assert set(survey.standing) == {"order", "relied_on", "more"}
    page = cast.client("headteacher").get(address(cast, "survey", survey=survey.pk)).content.decode()
    assert relied_on(survey.standing)[0] in page


def test_a_survey_of_the_school_has_no_order(cast):
    people = flow.staff(cast, 6)
    survey = flow.ask(cast, flow.begin(cast), {each.pk: {} for each in people})
    for each in survey.invitations.all():
        flow.answer(survey, each, {"look-forward": 3})
    assert flow.close(cast, survey).standing == {}
