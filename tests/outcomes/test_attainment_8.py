"""Attainment 8 of a school's own results: the slots are filled as the measure says."""

from datetime import date

import numpy as np

from headship.outcomes import attainment_8

DAY = date(2026, 11, 1)
NAN = np.nan


def columns(**grades):
    return {name: np.array(told, dtype=float) for name, told in grades.items()}


NOTHING = {"history": [NAN], "geography": [NAN], "french": [NAN], "art": [NAN], "music": [NAN], "drama": [NAN]}


def test_the_better_english_counts_double_and_the_other_in_an_open_slot():
    scores = columns(english_language=[5.0], english_literature=[7.0], maths=[4.0], **NOTHING)
    assert attainment_8.of(scores, DAY).tolist() == [2 * 7 + 2 * 4 + 5]


def test_three_ebacc_results_fill_their_slots_and_a_fourth_goes_to_an_open_one():
    scores = columns(
        english_language=[5.0], maths=[5.0], history=[9.0], geography=[2.0], french=[8.0], physics=[7.0],
        art=[1.0], music=[6.0], drama=[3.0],
    )  # fmt: skip
    assert attainment_8.of(scores, DAY).tolist() == [20 + 9 + 8 + 7 + 6 + 3 + 2]


def test_an_empty_slot_scores_nothing_and_a_missing_result_fills_none():
    told = {name: [NAN, NAN] for name in NOTHING} | {"history": [4.0, NAN], "art": [NAN, 3.0]}
    scores = columns(english_language=[5.0, NAN], maths=[NAN, 6.0], **told)
    assert attainment_8.of(scores, DAY).tolist() == [14.0, 15.0]


def test_subjects_that_cannot_fill_the_slots_make_none():
    whole = {"english_language": [5.0], "maths": [5.0], **NOTHING}
    assert attainment_8.of(columns(**whole), DAY) is not None
    for name in whole:
        fewer = {code: told for code, told in whole.items() if code != name}
        assert attainment_8.of(columns(**fewer), DAY) is None, name
    other = {"english_language": [5.0], "maths": [5.0], "history": [5.0], "french": [5.0]}
    assert attainment_8.of(columns(**other, **{name: [5.0] for name in ("art", "music", "drama", "pe")}), DAY) is None
