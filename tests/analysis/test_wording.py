"""Texts in parts, and what changed between two of them."""

import sys

from headship.analysis import wording


def test_headings_paragraphs_and_points():
    found = wording.parts("Who this is for\n\nAll of us,\nevery day.\n\n- Knock\n• Wait\nThen come in.\n\n" + "x" * 81)
    assert [(each.kind, each.words) for each in found] == [
        ("heading", "Who this is for"),
        ("paragraph", "All of us, every day."),
        ("points", "Knock Wait"),
        ("paragraph", "Then come in."),
        ("paragraph", "x" * 81),
    ]
    assert wording.parts(" \n\n ") == []


def test_what_was_reworded_is_told_word_by_word():
    (found,) = wording.compared("We knock at every door.", "We knock at each door twice.")
    assert found.kind == "reworded"
    assert found.pieces == (
        ("same", "We knock at"),
        ("gone", "every door."),
        ("new", "each door twice."),
    )


def test_what_is_gone_and_new_stands_in_its_place():
    found = wording.compared("One two three.\n\nFour.\n\nNine.", "One two three!\n\nNine.\n\nTen.")
    assert [each.kind for each in found] == ["reworded", "gone", "same", "new"]
    assert wording.told(found) == "1 paragraph is reworded, 1 is new, 1 is gone."


def test_several_are_counted_and_nothing_is_said_of_nothing():
    assert wording.told(wording.compared("", "Aa.\n\nBb.")) == "2 paragraphs are new."
    assert wording.told(wording.compared("Same.", " Same. ")) == "Nothing changed."


def test_a_very_long_paragraph_is_not_compared_word_by_word():
    long = "word " * (wording.MOST_WORDS + 1)
    assert [each.kind for each in wording.compared(long + "a.", long + "b.")] == ["gone", "new"]


def test_twenty_thousand_equal_lines_end_within_a_bounded_number_of_comparisons():
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "c_call"  # the matcher looks each pair of equal lines up
        assert calls < 2_000_000

    many = "a.\n\n" * 20_000
    sys.setprofile(count)
    try:
        found = wording.compared(f"b.\n\n{many}c.", f"c.\n\n{many}b.")
    finally:
        sys.setprofile(None)
    assert wording.told(found) == "20002 paragraphs are new, 20002 are gone."


def test_what_both_begin_and_end_with_is_the_same_however_long():
    many = "a.\n\n" * 20_000
    found = wording.compared(f"{many}Old one.\n\n{many}", f"{many}{many}")
    assert wording.told(found) == "1 paragraph is gone."
