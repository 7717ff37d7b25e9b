"""The demonstration's pupils: the same on every run, about as many as the register says, and without a name."""

import dataclasses
from collections import Counter
from datetime import date

from headship.outcomes.choices import LANGUAGES, SCALES, SEN, SEXES
from headship.outcomes.subjects import SUBJECTS
from headship.project.demonstration import content, pupils

TODAY = date(2026, 11, 24)


def files():
    return [(event, pupils.brought(event)) for event in pupils.events(TODAY)]


def test_every_school_has_three_years_and_what_there_is_of_this_one():
    told = Counter((event.urn, event.told["year"]) for event in pupils.events(TODAY))
    assert told == Counter({
        (990001, 2023): 1, (990001, 2024): 1, (990001, 2025): 1, (990001, 2026): 1,
        (990002, 2023): 1, (990002, 2024): 1, (990002, 2025): 1, (990002, 2026): 1,
        (990003, 2023): 1, (990003, 2024): 1, (990003, 2025): 3, (990003, 2026): 2,
    })  # fmt: skip


def test_nothing_is_brought_before_it_can_be_known():
    assert [event.told["year"] for event in pupils.events(date(2026, 9, 2)) if event.urn == 990003] == [
        2023,
        2024,
        2025,
        2025,
    ]


def test_they_are_the_same_on_every_run_and_as_many_as_the_register_says():
    first, second = files(), files()
    assert [dataclasses.asdict(told) for _, told in first] == [dataclasses.asdict(told) for _, told in second]
    register = {each["urn"]: each["pupils"] for each in content.trust()["schools"]}
    for event, told in first:
        if event.told["sessions"]:
            assert abs(len(told.known) - register[event.urn]) <= max(3, 0.03 * register[event.urn])


def test_they_have_no_name_and_nothing_that_is_not_known_here():
    for _, told in files():
        assert told.names == {}
        assert {each.scale for each in told.sat} <= set(SCALES)
        assert {subject for each in told.sat for row in each.scores.values() for subject in row} <= set(SUBJECTS)
        for known in told.known.values():
            assert known.get("sex", "female") in SEXES
            assert known.get("language", "english") in LANGUAGES
            assert known.get("sen", "none") in SEN
            assert (known.get("sessions_missed") or 0) <= (known.get("sessions_possible") or 0)


def test_the_smallest_school_has_seven_to_nine_in_year_6():
    (least, *_, most) = sorted(len(each.scores) for event, told in files() if event.urn == 990001 for each in told.sat)
    assert (least >= 7, most <= 9) == (True, True)
