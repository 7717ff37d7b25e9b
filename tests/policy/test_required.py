"""The register of required policies: whole, honest about what nobody checked, refused where it is wrong."""

from datetime import date

import pytest

from headship.policy import required
from headship.policy.required import Required

DAY = date(2026, 11, 29)
ENTRIES = [pytest.param(each, id=each.code) for each in required.entries()]
ROW = dict.fromkeys(Required.__slots__) | {
    "code": "x", "words": "X", "required_of": ["academy"], "source": "Nowhere at all",
}  # fmt: skip


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_entry_names_its_source_and_says_it_is_not_checked(entry: Required):
    assert len(entry.source) > 10
    assert ("not yet checked" in entry.cited) is (entry.checked_on is None)


def test_codes_are_unique_and_kinds_are_told_apart():
    codes = [each.code for each in required.entries()]
    assert len(codes) == len(set(codes))
    maintained, academy = ({each.code for each in required.required(kind, DAY)} for kind in ("maintained", "academy"))
    assert {"pay", "behaviour_principles"} <= maintained - academy
    assert {"exclusion"} <= academy - maintained
    assert {each.code for each in required.required("", DAY)} == set(codes)


def test_an_entry_holds_between_its_days():
    made = required._entry(ROW | {"in_force_from": DAY, "in_force_until": DAY, "paragraph": "part 2"})
    assert [made.holds_on(DAY.replace(day=day)) for day in (28, 29, 30)] == [False, True, False]
    assert made.cited == "Nowhere at all, part 2 (not yet checked)"


@pytest.mark.parametrize("wrong", [{"required_of": []}, {"required_of": ["free"]}, {"approver": "pupils"}, {"no": 1}])
def test_what_is_no_entry_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^x: "):
        required._entry(ROW | wrong)
