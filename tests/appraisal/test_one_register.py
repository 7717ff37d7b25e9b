"""Who appraises whom has one answer: what is shown to an appraiser opens, and closes, by the years appraisal keeps."""

import importlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from headship.appraisal import appraising, head_queries, staff_cycle_actions, staff_queries
from headship.appraisal.head_choices import HeadState
from headship.appraisal.models import HeadMember, HeadYear, StaffYear
from headship.appraisal.staff_choices import StaffState
from headship.core.roles import Role
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.people.models import Post, Relationship
from headship.talent import goal_actions
from headship.talent import queries as talent
from headship.voice import share_queries
from headship.voice.choices import Why
from tests.appraisal import head_flow as head
from tests.appraisal import staff_flow as staff
from tests.appraisal.staff_flow import AT, TODAY
from tests.cast import OTHER, OWN
from tests.voice import flow as voice

EYES = ("headteacher", "senior_leader", "middle_leader", "teacher", "chair", "governor", "clerk", "external_adviser")
DAY = timedelta(days=1)


@pytest.fixture
def goal(cast):
    """Return who sees what somebody shows to whoever appraises them, besides themself."""
    keys = {}

    def seen(about="teacher"):
        if about not in keys:
            aim = goal_actions.Aim("I end each meeting in time", "Ask", TODAY + DAY, Visibility.LINE)
            keys[about] = goal_actions.set_goal(by=cast.scope(about), at=AT, once=uuid4(), aim=aim)
        return [each for each in EYES if each != about and _sees(cast, each, keys[about])]

    return seen


def _sees(cast, who, key):
    try:
        scope = cast.scope(who, "own")
    except LookupError:  # no post here any more
        return False
    by_key = talent.goal(scope, key) is not None
    assert by_key is (key in {each.pk for each in talent.goals(scope)})
    return by_key


def told(cast, who):
    """Return what the page of People says to somebody of who appraises, without the names' second halves."""
    return [each.words.replace("-Example", "") for each in appraising.told(cast.scope(who, "own"))]


def at_people(cast, who):
    page = cast.client(who).get(reverse("relationships", kwargs={"urn": OWN})).text
    return page[page.index("<main") :]


def change(year, **now):
    type(year).objects.filter(pk=year.pk).update(**now)


def test_whoever_is_named_to_appraise_is_shown_it_and_whoever_was_before_is_not(cast, goal):
    assert goal() == []
    year = staff.put_in(cast, staff.a_cycle(cast))
    assert goal() == ["middle_leader"]
    this = staff_cycle_actions.academic_year(year.starts_in)
    assert told(cast, "middle_leader") == [f"You appraise Hari Teacher, {this}"]
    assert told(cast, "teacher") == [f"Gwen Middle appraises you, {this}"]
    assert told(cast, "headteacher") == told(cast, "senior_leader") == told(cast, "governor") == []
    staff_cycle_actions.name_appraiser(
        by=cast.scope("headteacher"),
        at=AT,
        year=year.pk,
        version=year.version,
        appraiser=cast.people["senior_leader"].pk,
    )
    assert goal() == ["senior_leader"]
    assert told(cast, "middle_leader") == []
    assert [each.pk for each in staff_queries.under_way(cast.scope("senior_leader"))] == [year.pk]
    assert at_people(cast, "senior_leader").count("You appraise Hari Teacher-Example") == 1
    assert "Nobody is recorded here" in at_people(cast, "middle_leader")


def test_of_two_years_at_once_both_appraisers_are_shown_it_until_the_first_is_complete(cast, goal):
    last = staff.long_ago(staff.under_way(cast))
    this = staff.put_in(cast, staff.a_cycle(cast, name="This year's"), by="senior_leader")
    assert goal() == ["senior_leader", "middle_leader"]
    change(last, state=StaffState.COMPLETE, completed_on=TODAY)
    assert goal() == ["senior_leader"]
    change(this, appraiser=None)
    assert goal() == []
    StaffYear.objects.filter(pk=this.pk).delete()
    assert goal() == ["middle_leader"]
    change(last, completed_on=TODAY - staff_queries.TERM - DAY)
    assert goal() == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda cast, year: change(year, state=StaffState.CLOSED),
        lambda cast, year: change(year, school=cast.other),
        lambda cast, year: change(year, appraiser=None),
        lambda cast, year: change(year, appraiser=year.person),
        lambda cast, year: change(year, person=cast.people["office"]),
        lambda cast, year: Post.objects.filter(person=year.appraiser).update(ends_on=TODAY - DAY),
        lambda cast, year: Post.objects.filter(person=year.appraiser).update(role=Role.GOVERNOR),
        lambda cast, year: Post.objects.filter(person=year.appraiser).update(starts_on=TODAY + DAY),
    ],
)
def test_each_thing_that_ends_it_ends_it(cast, goal, break_it):
    year = staff.under_way(cast)
    assert goal() == ["middle_leader"]
    break_it(cast, year)
    assert goal() == []
    assert told(cast, "teacher") == []


def test_of_somebody_who_left_nothing_is_shown(cast, goal):
    year = staff.under_way(cast)
    assert goal() == ["middle_leader"]
    Post.objects.filter(person=year.person).update(ends_on=TODAY - DAY)
    assert goal() == []
    assert told(cast, "middle_leader") == []


def test_the_panel_is_shown_it_and_the_adviser_reads_the_year_alone(cast, goal):
    assert goal("headteacher") == []
    key = head.appoint(cast)
    assert goal("headteacher") == ["chair", "governor"]
    this = staff_cycle_actions.academic_year(head.THIS)
    assert told(cast, "governor") == [f"You appraise Ada Headteacher, {this}"]
    assert told(cast, "external_adviser") == [f"You advise the panel of Ada Headteacher, {this}"]
    assert told(cast, "clerk") == []
    assert told(cast, "headteacher") == [
        f"Bola Chair appraises you, {this}",
        f"Cyril Governor appraises you, {this}",
        f"Emeka Adviser advises the panel that appraises you, {this}",
    ]
    assert "To advise opens that year, and nothing else." in at_people(cast, "external_adviser")
    assert "and the goals and learning that its person shows to their appraiser" in at_people(cast, "governor")
    assert reverse("head-year", kwargs={"urn": OWN, "year": key}) in at_people(cast, "headteacher")


def test_two_panels_of_two_years_both_appraise_until_the_first_is_agreed(cast, goal):
    head.join(cast, "fresh")
    head.join(cast, "newer")
    last = head.appoint(cast, starts_in=head.THIS - 1)
    new = (cast.people["fresh"].pk, cast.people["newer"].pk)
    this = head.appoint(cast, panel=new)
    eyes = (*EYES, "fresh", "newer")

    def panels():
        assert goal("headteacher") == [each for each in EYES if each in shown()]
        return shown()

    def shown():
        head_key = cast.people["headteacher"].pk
        found = [each for each in eyes if _appraises(cast.scope(each, "own"), head_key)]
        reads = [each for each in found if head_queries.opened(cast.scope(each, "own"))]
        assert found == reads
        return found

    assert panels() == ["chair", "governor", "fresh", "newer"]
    HeadYear.objects.filter(pk=last).update(state=HeadState.AGREED, agreed_on=TODAY)
    assert panels() == ["chair", "governor", "fresh", "newer"]  # while a word can still be put right
    HeadYear.objects.filter(pk=last).update(ends_on=TODAY - 400 * DAY)
    assert panels() == ["fresh", "newer"]
    HeadYear.objects.filter(pk=this).delete()
    assert panels() == ["chair", "governor"]
    HeadYear.objects.filter(pk=last).update(state=HeadState.CLOSED)
    assert panels() == []


def _appraises(scope, head_key):
    return head_key in appraising.heads_appraised(scope)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda cast, key: head.change(cast, key, panel=_others(cast)),
        lambda cast, key: HeadMember.objects.filter(person=cast.people["governor"]).update(part="moderator"),
        lambda cast, key: HeadMember.objects.filter(person=cast.people["governor"]).update(ended_on=TODAY),
        lambda cast, key: HeadYear.objects.filter(pk=key).update(school=cast.other),
        lambda cast, key: HeadYear.objects.filter(pk=key).update(head=cast.people["senior_leader"]),
        lambda cast, key: Post.objects.filter(person=cast.people["governor"]).update(role=Role.CLERK),
        lambda cast, key: Post.objects.create(
            person=cast.people["governor"], school=cast.school, role=Role.TEACHER, starts_on=TODAY
        ),
    ],
)
def test_each_thing_that_ends_somebodys_part_in_the_panel_ends_it(cast, goal, break_it):
    key = head.appoint(cast)
    assert "governor" in goal("headteacher")
    break_it(cast, key)
    assert "governor" not in goal("headteacher")
    assert told(cast, "governor") == []


def _others(cast):
    head.join(cast, "another")
    return (cast.people["chair"].pk, cast.people["another"].pk)


def test_what_people_named_before_opens_nothing_and_is_offered_when_a_group_is_set_up(cast, goal):
    people = cast.people
    for kind in ("appraiser", "panel_member"):
        Relationship.objects.create(
            school=cast.school, kind=kind, holder=people["senior_leader"], about=people["teacher"], starts_on=TODAY
        )
    assert goal() == []
    assert told(cast, "senior_leader") == []
    today = cast.client("headteacher").get(reverse("today", kwargs={"urn": OWN})).text
    assert "Set up appraisal: appraisers named under People no longer read" in today
    assert staff_queries.appraised_before(cast.scope("headteacher")) == {
        people["teacher"].pk: people["senior_leader"].pk
    }
    staff.under_way(cast)
    assert goal() == ["middle_leader"]
    assert staff_queries.appraised_before(cast.scope("headteacher")) == {
        people["teacher"].pk: people["middle_leader"].pk
    }
    assert staff_queries.appraised_before(cast.scope("other_headteacher", "other")) == {}


def test_feedback_is_offered_first_to_whoever_appraises(cast):
    survey = voice.begin(cast, instrument="headteacher_360", visibility="private")
    offered = lambda: [  # noqa: E731
        each.name for each in share_queries.choosable(cast.scope("headteacher"), survey, Why.PANEL) if each.tied
    ]
    assert offered() == []
    head.appoint(cast)
    assert offered() == ["Bola Chair-Example", "Cyril Governor-Example", "Emeka Adviser-Example"]
    HeadMember.objects.filter(person=cast.people["governor"]).update(ended_on=TODAY)
    assert offered() == ["Bola Chair-Example", "Emeka Adviser-Example"]


def test_naming_a_panel_is_evidence_once(cast):
    head.appoint(cast)
    assert [each.words[:9] for each in Entry.objects.all()] == ["The board"]
    assert not Relationship.objects.exists()


def test_the_form_says_who_it_is_shown_to_today(cast):
    client = cast.client("teacher")
    urls = [reverse(name, kwargs={"urn": OWN}) for name in ("goal-set", "learning-write")]
    assert all("Nobody appraises you here today" in client.get(url).text for url in urls)
    staff.under_way(cast)
    assert all("Today that is Gwen Middle-Example" in client.get(url).text for url in urls)


def test_the_page_of_another_school_says_nothing_of_this_one(cast):
    staff.under_way(cast)
    head.appoint(cast)
    page = cast.client("other_headteacher").get(reverse("relationships", kwargs={"urn": OTHER})).text
    assert "Nobody is recorded here" in page


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "then"),
    [
        ("appraiser", -9, None, 0),
        ("panel_member", -9, 5, 0),
        ("adviser", 3, None, 3),
        ("appraiser", -9, -2, -2),
        ("coach", -9, None, None),
        ("line_manager", -9, 5, 5),
    ],
)
def test_what_was_named_before_ends_on_the_day_of_the_upgrade_and_stays(cast, kind, starts, ends, then):
    def day(after):
        return None if after is None else TODAY + after * DAY

    kept = Relationship.objects.create(
        school=cast.school,
        kind=kind,
        holder=cast.people["senior_leader"],
        about=cast.people["teacher"],
        starts_on=day(starts),
        ends_on=day(ends),
    )
    found = importlib.import_module("headship.people.migrations.0007_who_appraises")
    with connection.cursor() as cursor:
        cursor.execute(found.ENDED, [TODAY.isoformat()] * 3)
    kept.refresh_from_db()
    assert (kept.starts_on, kept.ends_on) == (day(starts), day(then))
