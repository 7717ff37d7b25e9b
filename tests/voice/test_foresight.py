"""What can be shown is said before anybody is asked, by the audit that decides at the end."""

import random

import numpy as np
import pytest

from headship.people.models import Person
from headship.voice import foresight, releasing
from headship.voice.choices import Known
from headship.voice.instruments import question
from headship.voice.sheets import Answers
from tests.voice import flow

SMALL, REST = "Too small to be shown by itself", "Not by itself: the few others could be worked out"
HALF, SEVEN, ALL = (words for _, words in foresight.SHARES)


def told(asked, known=None, least=5):
    known = known or [Known.SURE] * len(asked)
    return {each.group: (each.figures, each.spread) for each in foresight.foreseen(asked, known, least)}


def of(**sizes):
    return [{"Post": group} for group, size in sizes.items() for _ in range(size)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([], {}),
        (of(A=4), {"": (SMALL, SMALL), "A": (SMALL, SMALL)}),
        (of(A=5), {"": (ALL, SMALL), "A": (ALL, SMALL)}),
        (of(A=8), {"": (SEVEN, SMALL), "A": (SEVEN, SMALL)}),
        (of(A=20, B=20), {"": (HALF, HALF), "A": (HALF, HALF), "B": (HALF, HALF)}),
        (of(A=20, B=4), {"": (HALF, HALF), "A": (REST, REST), "B": (SMALL, SMALL)}),
        (of(A=20, B=2, C=2), {"": (HALF, HALF), "A": (REST, REST), "B": (SMALL, SMALL), "C": (SMALL, SMALL)}),
    ],
)
def test_what_is_said_of_each_group(asked, expected):
    assert told(asked) == expected


def test_a_team_inside_a_post_counts_too():
    asked = [{"Post": "Teachers", "Team": "Maths"}] * 9 + [{"Post": "Teachers", "Team": "Art"}] * 3 + of(Office=9)
    found = told(asked)
    assert found["Teachers"][0] == SEVEN
    assert (found["Maths"][0], found["Art"][0]) == (REST, SMALL)


def test_those_who_do_not_count_carry_nothing():
    asked = of(A=9, B=9)
    assert told(asked, [Known.SURE] * 9 + [Known.UNSURE] * 5 + [Known.SURE] * 4)["B"][0] == REST
    coded = told(asked, [Known.SURE] * 9 + [Known.NOBODY] * 9)
    assert [coded[each][0] for each in ("", "A", "B")] == [SEVEN, SEVEN, SEVEN]


def test_where_all_answer_it_is_what_is_released():
    chance, load = random.Random(20), question({"code": "load", "words": "Well"})
    for _ in range(40):
        asked = []
        for _ in range(chance.randint(6, 40)):
            team = {"Team": chance.choice("XYZ")} if chance.random() < 0.7 else {}
            asked.append({"Post": chance.choice("ABC"), **team})
        steps = np.arange(len(asked)) % 5
        answers = [Answers(own, {"load": int(step)}, known="sure") for own, step in zip(asked, steps, strict=True)]
        cells = releasing.cells(answers, [load], 5, asked=asked, named=asked)
        shown = {each.group for each in cells if each.count is not None}
        assert shown <= {group for group, (words, _) in told(asked).items() if words not in {SMALL, REST}}


@pytest.mark.django_db
def test_the_page_says_so(cast):
    people, other = flow.staff(cast, 12), flow.staff(cast, 3, "office")
    Person.objects.filter(pk=people[0].pk).update(email="")
    survey = flow.begin(cast)
    flow.actions.ask_people(
        by=cast.scope("headteacher"), at=flow.AT, survey=survey.pk, version=1,
        people=flow.asked(people, "Teachers") | flow.asked(other, "Support staff"),
    )  # fmt: skip
    page = cast.client("headteacher").get(f"/schools/{cast.school.urn}/surveys/{survey.pk}").content.decode()
    for words in (HALF, SMALL, REST, "at least 5 of those asked write", "/methods/disclosure-audit/"):
        assert words in page, words
