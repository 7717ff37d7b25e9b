"""What is late, and who is in no group: told to whoever organises, in names and steps, never in content."""

from datetime import timedelta

import pytest

from headship.appraisal import staff_late
from headship.appraisal.models import StaffCycle, StaffYear
from headship.appraisal.staff_late import Late
from tests.appraisal.staff_flow import AT, TODAY, a_cycle, aim, put_in
from tests.appraisal.test_staff_cycles import url

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
STATES = [("A", "aiming"), ("B", "set"), ("C", "halfway"), ("D", "reviewed"), ("E", "given"), ("F", "complete"),
          ("G", "closed")]  # fmt: skip


@pytest.mark.parametrize(
    ("passed", "what", "names"),
    [
        (1, "objectives", ["A"]),
        (2, "mid-year reviews", ["A", "B"]),
        (3, "reviews", ["A", "B", "C"]),
        (4, "statements", ["A", "B", "C", "D"]),
    ],
)
def test_what_is_late_follows_the_last_day_that_passed(passed, what, names):
    days = [YESTERDAY if at < passed else TODAY for at in range(4)]
    cycle = StaffCycle(objectives_by=days[0], half_by=days[1], review_by=days[2], statement_by=days[3])
    assert staff_late.late(cycle, STATES, 6, TODAY) == Late(what, YESTERDAY, names, 6)


def test_nothing_is_late_on_its_day_nor_where_all_is_done():
    cycle = StaffCycle(objectives_by=TODAY, half_by=TOMORROW, review_by=TOMORROW, statement_by=TOMORROW)
    assert staff_late.late(cycle, STATES, 6, TODAY) is None
    assert staff_late.late(cycle, STATES[1:], 5, TOMORROW) is None


def behind(cast):
    """Return a cycle in which the teacher is late with objectives, and the office is not."""
    cycle = a_cycle(cast, organiser=cast.people["senior_leader"].pk)
    late = put_in(cast, cycle)
    aim(cast, late, words="Canary objective")
    StaffYear.objects.filter(pk=put_in(cast, cycle, "office").pk).update(state="set")
    StaffCycle.objects.filter(pk=cycle.pk).update(objectives_by=YESTERDAY)
    return cycle


def test_whoever_organises_reads_who_is_late_and_nothing_that_is_written(cast):
    cycle = behind(cast)
    today = f"See who is late: 1 of 2 objectives late (Teachers, {cycle.starts_in}/"
    for who in ("headteacher", "senior_leader"):
        client = cast.client(who)
        told = client.get(url("staff-cycle", cycle=cycle.pk)).text
        assert "1 of 2 objectives late, since" in told
        assert ": Hari Teacher-Example. Ask whoever appraises them." in told
        assert "Canary objective" not in told
        assert "1 of 2 objectives late" in client.get(url("staff-appraisal")).text
        assert today in client.get(url("today")).text
    for who in ("teacher", "middle_leader", "office", "business_manager"):
        client = cast.client(who)
        assert "1 of 2 objectives late" not in client.get(url("staff-appraisal")).text + client.get(url("today")).text


def test_what_is_late_in_several_groups_is_one_thing_to_do(cast):
    behind(cast)
    other = a_cycle(cast, name="Others")
    put_in(cast, other, "business_manager")
    StaffCycle.objects.filter(pk=other.pk).update(objectives_by=YESTERDAY)
    told = cast.client("headteacher").get(url("today")).text
    assert "See who is late in appraisal: 2 people in 2 groups" in told
    assert "objectives late (" not in told


def test_the_headteacher_reads_who_is_in_no_group_of_this_year(cast):
    told = cast.client("headteacher").get(url("staff-appraisal")).text
    assert "In no group" not in told
    cycle = behind(cast)
    told = cast.client("headteacher").get(url("staff-appraisal")).text
    names = told.split("In no group of")[1].split("</p>")[0]
    assert "Gwen Middle-Example" in names
    for who in ("Hari Teacher-Example", "Liam Office-Example", "Ada Headteacher-Example", "Samir Leaver-Example"):
        assert who not in names
    said = "See who is in no group of appraisal this year:"
    assert said in cast.client("headteacher").get(url("today")).text
    assert "In no group" not in cast.client("senior_leader").get(url("staff-appraisal")).text
    assert said not in cast.client("senior_leader").get(url("today")).text
    StaffCycle.objects.filter(pk=cycle.pk).update(objectives_by=TODAY - timedelta(days=31))
    assert said not in cast.client("headteacher").get(url("today")).text
    assert staff_late.in_none(cast.scope("headteacher", at=AT))
