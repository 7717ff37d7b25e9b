"""What waits beside one another, and appeals, are found where a group is, by those who may know of it."""

import pytest

from headship.appraisal.models import StaffCycle
from tests.appraisal.staff_flow import under_way
from tests.appraisal.test_staff_appeal import given_with_days, lodge, name
from tests.appraisal.test_staff_moderation import ask, look
from tests.appraisal.test_staff_year import reviewed, url


def lines(cast, who, *where, **keys):
    """Return the words of a page, one after another."""
    return " ".join(cast.client(who).get(url(*where, **keys)).text.split())


def both(cast, year, who="headteacher"):
    """Return the list and the group's page."""
    return lines(cast, who, "staff-appraisal"), lines(cast, who, "staff-cycle", cycle=year.cycle_id)


def test_a_group_leads_to_its_objectives_and_ratings_and_says_how_many_wait(cast):
    year = under_way(cast)
    beside = url("staff-moderation", cycle=year.cycle_id)
    for page in both(cast, year):
        assert f"{beside}?of=objectives" in page
        assert f"{beside}?of=ratings" in page
        assert "to look at" not in page, "nothing waits in a group that is not set up so"
    StaffCycle.objects.update(moderated=True)
    listed, group = both(cast, year)
    assert "(1 to look at)" in listed
    assert "Objectives beside one another</a>: 1 to look at" in group
    reviewed(cast, year)
    listed, group = both(cast, year)
    assert "Ratings beside one another</a>: 1 to look at" in group
    assert "Objectives beside one another</a>: 1" not in group
    ask(cast, year)
    listed, group = both(cast, year)
    assert "Ratings beside one another</a>: 1 asked and not answered yet" in group
    assert "(1 asked and not answered yet)" in listed


def test_once_looked_at_nothing_waits(cast):
    year = reviewed(cast, under_way(cast))
    StaffCycle.objects.update(moderated=True)
    look(cast, year)
    assert "to look at" not in "".join(both(cast, year))


def test_appeals_are_found_from_the_group_with_who_hears_them(cast):
    year = given_with_days(cast)
    appeals = url("staff-appeals")
    for page in both(cast, year):
        assert f'<a class="govuk-link" href="{appeals}">Appeals</a>: none waits' in page
    appeal = lodge(cast, year)
    for page in both(cast, year):
        assert "Appeals</a>: Hari Teacher-Example: nobody is named yet who hears it" in page
        assert "Needs you" in page
    name(cast, appeal, "senior_leader")
    for page in both(cast, year):
        assert "Hari Teacher-Example: named who hears it" in page
    assert "Hari Teacher-Example: you hear it" in lines(cast, "senior_leader", "staff-appraisal")


def test_where_the_chair_names_the_headteacher_is_told_so(cast):
    year = given_with_days(cast)
    year.changes.update(appraising=True, by=cast.people["headteacher"])
    lodge(cast, year)
    for page in both(cast, year):
        assert "Hari Teacher-Example: the chair names who hears it" in page


@pytest.mark.parametrize("who", ["senior_leader", "middle_leader", "teacher", "support_staff"])
def test_nobody_else_learns_that_anything_waits_or_was_appealed(cast, who):
    year = given_with_days(cast)
    StaffCycle.objects.update(moderated=True, organiser=cast.people["senior_leader"])
    lodge(cast, year)
    page = lines(cast, who, "staff-appraisal")
    assert url("staff-appeals") not in page
    assert url("staff-moderation", cycle=year.cycle_id) not in page
    if who == "senior_leader":
        group = lines(cast, who, "staff-cycle", cycle=year.cycle_id)
        assert "beside one another" not in group
        assert url("staff-appeals") not in group
