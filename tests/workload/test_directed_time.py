"""Directed time: who plans, that every hour has its place, what is refused, what staff see, and who sees whom."""

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.evidence.models import Entry
from headship.schools import actions as schools
from headship.schools.calendar_dates import bounds
from headship.schools.models import SchoolDay
from headship.standards import actions as standards
from headship.workload import (
    api,
    directed_actions,
    directed_pages,
    directed_queries,
    directed_rules,
    statement_documents,
    statement_pages,
    waiting,
)
from headship.workload.choices import Directed, YearState
from headship.workload.directed_actions import Works
from headship.workload.models import DirectedYear, Slot, StatementRead, Working, YearChange
from tests import cast as everybody
from tests.cast import Cast
from tests.evidence.leading import leads
from tests.workload.flow import (
    AT,
    DAY,
    TODAY,
    YEAR,
    begin,
    monday,
    newest,
    place,
    placing,
    planned,
    publish,
    terms,
    works,
)

HERE = f"/schools/{everybody.OWN}/directed-time/{YEAR}"
FULL = 1265 * 60


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def left(cast: Cast, who: str = "teacher") -> int:
    return planned(cast).sums[cast.people[who].pk].left


def test_a_year_begins_with_its_teachers_and_its_leaders_not_counted(cast: Cast):
    by = cast.scope("senior_leader")
    with pytest.raises(Unusable, match="term dates first"):
        directed_actions.begin_year(by=by, at=AT, starts_in=YEAR)
    begin(cast)
    assert directed_actions.begin_year(by=by, at=AT, starts_in=YEAR) == newest().pk
    people = {person.pk: name for name, person in cast.people.items()}
    found = planned(cast)
    counted = {people[key] for key in found.patterns}
    assert counted >= {"teacher", "middle_leader", "two_schools"}
    assert {people[key] for key in found.uncounted} == {"headteacher", "senior_leader"}
    assert found.sums[cast.people["teacher"].pk].entitled == FULL


@pytest.mark.parametrize("persona", ["teacher", "middle_leader", "business_manager", "office", "chair"])
def test_only_head_and_senior_leaders_plan(cast: Cast, persona: str):
    of, by = begin(cast), cast.scope(persona)
    slot = place(cast)
    version = newest().version
    told = {"by": by, "at": AT, "year": of.pk, "version": version}
    for attempt in (
        lambda: directed_actions.begin_year(by=by, at=AT, starts_in=YEAR + 1),
        lambda: place(cast, persona),
        lambda: works(cast, "teacher", persona),
        lambda: publish(cast, persona),
        lambda: directed_actions.move_time(**told, slot=slot, placing=placing()),
        lambda: directed_actions.remove_time(**told, slot=slot),
        lambda: directed_actions.remove_working(**told, working=1),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == directed_rules.PLANNERS_ONLY
    assert newest().version == version


def test_what_is_placed_counts_on_the_days_each_works(cast: Cast):
    begin(cast)
    works(cast, "middle_leader", part=3, whole=5, weekdays=(0, 2, 4))
    place(cast)  # everybody, on Tuesdays
    place(cast, title="Duty", kind=Directed.DUTY, minutes=15, weekday=0, everybody=False, roles=["middle_leader"])
    place(cast, title="Named", minutes=30, weekday=1, everybody=False, people=[cast.people["middle_leader"].pk])
    found = planned(cast)
    days = found.days
    tuesdays, mondays = days.weekly(1).bit_count(), days.weekly(0).bit_count()
    assert left(cast) == FULL - 60 * tuesdays
    held = found.sums[cast.people["middle_leader"].pk]
    assert held.entitled == FULL * 3 // 5
    assert held.by_kind == {"meeting": 30 * tuesdays, "duty": 15 * mondays}


def test_every_hour_has_its_place_between_term_dates(cast: Cast):
    begin(cast)
    sunday = monday() - DAY
    for wrong in (
        {"weekday": None},
        {"dates": [monday()]},
        {"weekday": None, "dates": [sunday]},
        {"weekday": None, "dates": [date(YEAR + 1, 8, 20)]},
        {"first_on": date(YEAR + 1, 8, 1)},
        {"minutes": 0},
        {"minutes": 601},
        {"everybody": False},
        {"everybody": False, "people": [cast.people["headteacher"].pk]},
    ):
        with pytest.raises(Unusable):
            place(cast, **wrong)
    assert (Slot.objects.count(), newest().version) == (0, 1)


def test_a_training_day_is_a_day_of_directed_time_and_a_closure_is_not(cast: Cast):
    terms(cast)
    head = cast.scope("headteacher")
    before = monday() - 3 * DAY  # the Friday before the first term
    closed = monday(1)
    schools.add_day(by=head, at=AT, on=before, until=before, words="INSET", kind="training_day")
    schools.add_day(by=head, at=AT, on=closed, until=closed, words="Snow", kind="closure")
    directed_actions.begin_year(by=head, at=AT, starts_in=YEAR)
    place(cast, kind=Directed.INSET, minutes=360, weekday=None, dates=[before])
    with pytest.raises(Unusable, match="is no day of the school year"):
        place(cast, weekday=None, dates=[closed])
    assert left(cast) == FULL - 360
    SchoolDay.objects.filter(on=before).delete()
    shown = directed_pages.year_page(head, planned(cast), 0)
    assert [each.split(",")[0] for each in shown.strays] == ["Staff meeting"]


def test_too_much_is_refused_with_the_sum_and_whom_it_concerns(cast: Cast):
    begin(cast)
    days = planned(cast).days.days
    works(cast, "two_schools", counted=False)
    place(cast, title="Timetable", kind=Directed.TEACHING, weekday=None, minutes=399, dates=list(days[:190]))
    before = newest().version
    with pytest.raises(Unusable) as refused:
        place(cast, title="More", weekday=None, minutes=120, dates=[days[0]], everybody=False, roles=["teacher"])
    teachers = "Hari Teacher-Example"
    assert teachers in str(refused.value)
    assert str(refused.value).startswith("This would make 1,265 h 30 min of 1,265 h")
    assert str(refused.value).endswith("Nothing was saved.")
    assert (newest().version, Slot.objects.count()) == (before, 1)
    place(cast, title="Fits", weekday=None, minutes=90, dates=[days[0]], everybody=False, roles=["teacher"])
    assert left(cast) == 0


def test_more_days_than_there_may_be_are_refused(cast: Cast):
    begin(cast)
    days = planned(cast).days
    with pytest.raises(Unusable, match="191 days with teaching of 190"):
        place(cast, kind=Directed.TEACHING, weekday=None, minutes=5, dates=list(days.days[:191]))
    place(cast, kind=Directed.TEACHING, weekday=None, minutes=5, dates=list(days.days[:190]))


def test_who_works_less_from_a_day_on_is_saved_and_shown_and_not_published(cast: Cast):
    begin(cast)
    days = planned(cast).days.days
    place(cast, minutes=390, weekday=None, dates=list(days[:180]), everybody=False, people=[cast.people["teacher"].pk])
    half_way = days[len(days) // 2]
    works(cast, "teacher", starts_on=half_way, part=1, whole=2)
    share = (Fraction(len(days) // 2) + Fraction(len(days) - len(days) // 2, 2)) / len(days)
    assert planned(cast).sums[cast.people["teacher"].pk].entitled == int(FULL * share)
    shown = directed_pages.year_page(cast.scope("headteacher"), planned(cast), 0)
    assert shown.answer.startswith("Too much is placed: 1,170 h of ")
    assert [row.name for row in shown.rows if row.over] == ["Hari Teacher-Example"]
    with pytest.raises(Unusable, match="Nothing was published"):
        publish(cast)
    place(cast, everybody=False, roles=["middle_leader"])  # it makes nobody's excess larger
    with pytest.raises(Unusable, match="for Hari Teacher-Example alone"):
        place(cast, minutes=5)


def test_staff_see_what_is_published_and_nothing_else(cast: Cast):
    begin(cast)
    teacher = cast.scope("teacher")
    with pytest.raises(Unusable, match="Nothing is placed"):
        publish(cast)
    slot = place(cast)
    assert directed_queries.published(teacher, YEAR) is None
    assert list(waiting.next_actions(teacher)) == []
    publish(cast)
    assert directed_queries.state(newest()) == YearState.PUBLISHED
    assert [each.words for each in waiting.next_actions(teacher)] == [
        f"Read your directed time of {YEAR}/{(YEAR + 1) % 100}"
    ]
    place(cast, title="Secret so far", minutes=45, weekday=3)
    of = newest()
    directed_actions.move_time(
        by=cast.scope("headteacher"), at=AT, year=of.pk, version=of.version, slot=slot, placing=placing(minutes=75)
    )
    assert directed_queries.state(newest()) == YearState.CHANGED
    seen = directed_queries.published(teacher, YEAR)
    assert seen is not None
    assert [(each.title, each.minutes) for each in seen.lines] == [("Staff meeting", 60)]
    page = cast.client("teacher").get(f"/schools/{everybody.OWN}/my-directed-time/").content.decode()
    assert "Secret so far" not in page
    assert [(each.title, each.minutes) for each in planned(cast).lines] == [
        ("Secret so far", 45),
        ("Staff meeting", 75),
    ]
    publish(cast)
    assert "Secret so far" in cast.client("teacher").get(f"/schools/{everybody.OWN}/my-directed-time/").content.decode()
    words = list(YearChange.objects.order_by("pk").values_list("words", flat=True))
    assert words == ["Begun", "Placed: meetings", "Published to staff", "Placed: meetings", "Changed: meetings",
                     "Published to staff"]  # fmt: skip
    assert Entry.objects.filter(kind="workload.directed_time").count() == 2
    here = f"/schools/{everybody.OWN}/directed-time/"
    assert leads(cast, "headteacher", "workload.directed_time") == f"{here}{YEAR}"
    assert leads(cast, "teacher", "workload.directed_time") == f"{here}planned/{of.pk}"


def test_a_statement_is_read_once_for_each_version(cast: Cast):
    begin(cast)
    place(cast)
    publish(cast)
    by, of = cast.scope("teacher"), newest()
    for _ in range(2):
        directed_actions.read_statement(by=by, at=AT, year=of.pk, version=of.version)
    with pytest.raises(Stale):
        directed_actions.read_statement(by=by, at=AT, year=of.pk, version=1)
    assert StatementRead.objects.count() == 1
    assert list(waiting.next_actions(by)) == []
    shown = directed_pages.year_page(cast.scope("headteacher"), planned(cast), 0)
    assert f"1 of {len(shown.rows)} have read" in shown.read
    place(cast, minutes=5)
    publish(cast)
    assert len(list(waiting.next_actions(by))) == 1


def test_only_whom_a_published_statement_concerns_reads_it(cast: Cast):
    begin(cast)
    place(cast)
    by, of = cast.scope("teacher"), newest()
    with pytest.raises(Http404):
        directed_actions.read_statement(by=by, at=AT, year=of.pk, version=0)
    publish(cast)
    works(cast, "teacher", counted=False)
    publish(cast)
    for persona in ("teacher", "headteacher"):
        with pytest.raises(Http404):
            directed_actions.read_statement(by=cast.scope(persona), at=AT, year=of.pk, version=newest().version)
    assert not StatementRead.objects.exists()


def test_who_sees_whose_statement(cast: Cast):
    begin(cast)
    place(cast)
    publish(cast)
    hers = f"{HERE}/people/{cast.people['teacher'].pk}"
    for persona, status in (
        ("teacher", 200),
        ("headteacher", 200),
        ("senior_leader", 200),
        ("business_manager", 200),
        ("middle_leader", 403),
        ("office", 403),
        ("safeguarding_lead", 403),
        ("chair", 403),
        ("other_headteacher", 404),
    ):
        assert cast.client(persona).get(hers).status_code == status, persona
    assert (
        cast.client("other_headteacher").get(hers.replace(str(everybody.OWN), str(everybody.OTHER))).status_code == 404
    )
    assert "Hari" in cast.client("teacher").get(hers).content.decode()
    pdf = cast.client("teacher").get(f"{hers}/statement")
    assert pdf.content[:5] == b"%PDF-"
    assert cast.client("teacher").get(f"{hers}/statement?as=word").status_code == 200


def test_the_statement_says_sums_dates_and_what_remains(cast: Cast):
    begin(cast)
    days = planned(cast).days
    place(cast, title="Timetable", kind=Directed.TEACHING, minutes=200, weekday=2)
    place(cast, title="PPA", kind=Directed.PPA, minutes=20, weekday=2)
    place(cast, title="Year 7 evening", kind=Directed.PARENTS, minutes=150, weekday=None, dates=[monday(3)])
    by = cast.scope("headteacher")
    shown = statement_pages.statement_page(by, planned(cast), cast.people["teacher"].pk)
    count = days.weekly(2).bit_count()
    assert shown.kinds[-1] == ("Parents' evenings", "2 h 30 min")
    assert shown.lines[1][2:] == ("20 min", statement_pages.told(20 * count))
    assert shown.facts[-1][1].startswith("10%; at least 10% of timetabled teaching")
    assert shown.answer.startswith(statement_pages.told(FULL - 220 * count - 150))
    told = str(statement_documents.statement(by, shown))
    assert "Year 7 evening" in told
    assert "not yet checked" in told
    with pytest.raises(Http404):
        directed_queries.in_reach(by, 1900)


def test_the_calendar_has_dates_and_meetings_and_the_file_all(cast: Cast):
    begin(cast)
    place(cast, title="Timetable", kind=Directed.TEACHING, minutes=200, weekday=2)
    place(cast)
    place(cast, title="Evening", kind=Directed.PARENTS, minutes=150, weekday=None, dates=[monday(3)])
    teacher = cast.scope("teacher")
    assert list(waiting.calendar(teacher, *bounds(YEAR))) == []
    publish(cast)
    days = planned(cast).days
    found = list(waiting.calendar(teacher, *bounds(YEAR)))
    assert len(found) == days.weekly(1).bit_count() + 1
    assert found[-1].words == "Evening (2 h 30 min of directed time)" or found[0].words
    one_week = [each.words for each in waiting.calendar(teacher, monday(3), monday(3) + timedelta(days=4))]
    assert sorted(one_week) == ["Evening (2 h 30 min of directed time)", "Staff meeting (1 h of directed time)"]
    assert list(waiting.calendar(cast.scope("office"), *bounds(YEAR))) == []
    assert list(waiting.calendar(cast.scope("chair"), *bounds(YEAR))) == []
    file = cast.client("teacher").get(f"{HERE}/calendar")
    assert file.content.decode().count("BEGIN:VEVENT") == len(found) + days.weekly(2).bit_count()


def test_two_people_planning_are_told(cast: Cast):
    of = begin(cast)
    slot = place(cast)
    head, seen = cast.scope("headteacher"), newest().version
    place(cast, title="Another")
    told = {"by": head, "at": AT, "year": of.pk, "version": seen}
    for attempt in (
        lambda: directed_actions.place_time(**told, once=uuid4(), placing=placing()),
        lambda: directed_actions.move_time(**told, slot=slot, placing=placing(minutes=5)),
        lambda: directed_actions.remove_time(**told, slot=slot),
        lambda: directed_actions.publish_year(**told),
        lambda: directed_actions.set_working(
            **told, person=cast.people["teacher"].pk, works=directed_actions.Works(date(YEAR, 9, 1))
        ),
    ):
        with pytest.raises(Stale):
            attempt()
    assert newest().version == seen + 1


def test_the_same_form_sent_twice_places_once(cast: Cast):
    of = begin(cast)
    once, by = uuid4(), cast.scope("headteacher")
    keys = {
        directed_actions.place_time(by=by, at=AT, year=of.pk, version=1, once=once, placing=placing()) for _ in range(2)
    }
    assert (len(keys), Slot.objects.count()) == (1, 1)


def test_what_was_said_of_somebody_is_taken_back(cast: Cast):
    begin(cast)
    works(cast, "teacher", starts_on=monday(10), part=1, whole=2)
    works(cast, "teacher", starts_on=monday(10), part=2, whole=5)
    person = cast.people["teacher"].pk
    assert [each.share for each in planned(cast).patterns[person]] == [1, Fraction(2, 5)]
    row = next(each for each in planned(cast).working if each.person_id == person and each.part == 2)
    of = newest()
    by = cast.scope("headteacher")
    directed_actions.remove_working(by=by, at=AT, year=of.pk, version=of.version, working=row.pk)
    assert [each.share for each in planned(cast).patterns[person]] == [1]
    works(cast, "teacher", counted=False)
    assert person in planned(cast).uncounted
    works(cast, "teacher", part=1, whole=2)
    assert [each.share for each in planned(cast).patterns[person]] == [Fraction(1, 2)]
    for wrong in ({"part": 3, "whole": 2}, {"starts_on": date(YEAR + 2, 1, 1)}, {"weekdays": (6,)}):
        with pytest.raises(Unusable):
            works(cast, "teacher", **wrong)
    with pytest.raises(Unusable):
        works(cast, "other_teacher")


def test_forms_begin_place_change_and_publish(cast: Cast):
    terms(cast)
    head = cast.client("headteacher")
    assert "Begin this year" in head.get(HERE).content.decode()
    assert head.post(f"{HERE}/begin").status_code == 302
    typed = {"kind": "meeting", "title": "Briefing", "minutes": "15", "weekday": "0", "everybody": "on"}
    typed |= {"once": str(uuid4()), "version": "1", "dates": ""}
    wrong = head.post(f"{HERE}/place", {**typed, "weekday": "", "dates": "5 Octember"})
    assert "is no date" in wrong.content.decode()
    stale = head.post(f"{HERE}/place", {**typed, "version": "7"}).content.decode()
    assert "Somebody changed this" in stale
    assert "Briefing" in stale
    assert 'name="version" value="1"' in stale
    assert head.post(f"{HERE}/place", typed).status_code == 302
    listed = head.get(f"{HERE}/placed").content.decode()
    assert "Briefing (meetings)" in listed
    slot = Slot.objects.get().pk
    assert "Briefing" in head.get(f"{HERE}/placed/{slot}").content.decode()
    dates = f"{monday(2).day} {monday(2):%B %Y}\n{monday(4).isoformat()}"
    moved = {**typed, "version": "2", "weekday": "", "dates": dates}
    assert head.post(f"{HERE}/placed/{slot}", moved).status_code == 302
    newer = Slot.objects.get(until=None)
    assert newer.dates.count() == 2
    assert head.post(f"{HERE}/publish", {"version": "3"}).status_code == 302
    assert "Who can see this" in head.get(HERE).content.decode()
    teacher = cast.client("teacher")
    assert teacher.post(f"{HERE}/read", {"version": "3"}).status_code == 302
    person = cast.people["teacher"].pk
    how = {"person": person, "part": "1", "whole": "2", "weekdays": ["0"], "version": "3"}
    how |= {"starts_on_day": "1", "starts_on_month": "9", "starts_on_year": str(YEAR)}
    assert head.post(f"{HERE}/people/{person}/working", how).status_code == 302
    assert head.post(f"{HERE}/placed/{newer.pk}", {**moved, "version": "4", "remove": "1"}).status_code == 302
    assert planned(cast).lines == []


def grid(cast: Cast, client: Client) -> dict[str, object]:
    """Return what the grid's form holds, as a browser would send it."""
    page = client.get(f"/schools/{everybody.OWN}/directed-time/{YEAR}/shares").content.decode()
    sent: dict[str, object] = dict(
        re.findall(r'name="((?:initial-)?(?:part|whole)_\d+|version|starts_on)"[^>]* value="([^"]*)"', page)
    )
    seen = re.findall(r'name="(initial-days_\d+)" value="(\d)"', page)
    for name, day in seen + re.findall(r'name="(days_\d+)" value="(\d)" checked', page):
        sent.setdefault(name, []).append(day)  # type: ignore[attr-defined]  # of days it is a list
    first = max(TODAY, date(YEAR, 9, 1))
    return sent | {"starts_on_day": first.day, "starts_on_month": first.month, "starts_on_year": first.year}


def test_shares_of_many_are_changed_in_one_grid(cast: Cast):
    begin(cast)
    client, here = cast.client("senior_leader"), f"/schools/{everybody.OWN}/directed-time/{YEAR}"
    assert f'href="{here}/shares"' in client.get(here).content.decode()
    sent, teacher, leads = grid(cast, client), cast.people["teacher"].pk, cast.people["middle_leader"].pk
    assert (sent[f"part_{teacher}"], sent[f"days_{teacher}"]) == ("1", ["0", "1", "2", "3", "4"])
    sent |= {f"part_{teacher}": 3, f"whole_{teacher}": 5, f"days_{teacher}": ["0", "1", "2"]}
    assert client.post(f"{here}/shares", sent)["Location"] == here
    now = Working.objects.filter(person=teacher, until=None).latest("starts_on")
    assert (now.part, now.whole, now.weekdays, now.starts_on) == (3, 5, "012", max(TODAY, date(YEAR, 9, 1)))
    assert Working.objects.filter(person=leads).count() == 1
    assert YearChange.objects.latest("pk").words == "How somebody works"
    assert grid(cast, client)[f"part_{teacher}"] == "3"
    stale = client.post(f"{here}/shares", sent)
    assert (stale.status_code, Working.objects.filter(person=teacher, until=None).count()) == (409, 2)


def test_whoever_comes_second_to_the_grid_puts_only_what_they_changed_over(cast: Cast):
    begin(cast)
    client, here = cast.client("senior_leader"), f"/schools/{everybody.OWN}/directed-time/{YEAR}/shares"
    teacher, leads = cast.people["teacher"].pk, cast.people["middle_leader"].pk
    mine, theirs = grid(cast, client), grid(cast, client)
    client.post(here, theirs | {f"part_{teacher}": 3, f"whole_{teacher}": 5, f"days_{teacher}": ["0", "1", "2"]})
    mine |= {f"part_{leads}": 4, f"whole_{leads}": 5, f"days_{leads}": ["0", "1", "2", "3"]}
    assert client.post(here, mine).status_code == 409
    assert client.post(here, mine | {"version": newest().version}).status_code == 302
    stand = {
        each: Working.objects.filter(person=each, until=None).latest("starts_on").part for each in (teacher, leads)
    }
    assert stand == {teacher: 3, leads: 4}


def test_a_grid_tells_what_is_wrong_where_it_stands_and_keeps_the_rest(cast: Cast):
    begin(cast)
    client, teacher = cast.client("headteacher"), cast.people["teacher"].pk
    sent, here = grid(cast, client), f"/schools/{everybody.OWN}/directed-time/{YEAR}/shares"
    nothing = client.post(here, sent).content.decode()
    assert "Change the share of somebody who is counted. Nothing was saved." in nothing
    page = client.post(here, sent | {f"part_{teacher}": 6, f"whole_{teacher}": 5}).content.decode()
    assert "Enter a share of full time, such as 3 of 5" in page
    assert f'id="id_part_{teacher}" value="6"' in page
    assert Working.objects.filter(part=6).count() == 0


def test_only_planners_set_shares_of_those_who_are_counted(cast: Cast):
    of, head = begin(cast), cast.scope("headteacher")
    teacher, leader = cast.people["teacher"].pk, cast.people["headteacher"].pk
    works = Works(date(YEAR, 9, 1), True, 1, 2)
    for persona, shares, told in (
        ("business_manager", {teacher: works}, Refused),
        ("headteacher", {leader: works}, Unusable),
        ("headteacher", {teacher: replace(works, part=3)}, Unusable),
        ("headteacher", {teacher: replace(works, starts_on=date(YEAR - 1, 9, 1))}, Unusable),
        ("other_headteacher", {teacher: works}, Http404),
    ):
        with pytest.raises(told):
            directed_actions.set_shares(
                by=cast.scope(persona), at=AT, year=of.pk, version=newest().version, shares=shares
            )
    version = newest().version
    shares = {teacher: works, cast.people["middle_leader"].pk: replace(works, part=0, weekdays=())}
    directed_actions.set_shares(by=head, at=AT, year=of.pk, version=version, shares=shares)
    assert (newest().version, YearChange.objects.latest("pk").words) == (version + 1, "How 2 people work")


def test_another_schools_plan_is_not_found(cast: Cast):
    of = begin(cast)
    slot = place(cast)
    by = cast.scope("other_headteacher")
    told = {"by": by, "at": AT, "year": of.pk, "version": newest().version}
    for attempt in (
        lambda: directed_actions.place_time(**told, once=uuid4(), placing=placing()),
        lambda: directed_actions.remove_time(**told, slot=slot),
        lambda: directed_actions.publish_year(**told),
        lambda: api.directed_people(by, YEAR, Slice()),
    ):
        with pytest.raises(Http404):
            attempt()
    assert directed_queries.year(by, YEAR) is None
    assert DirectedYear.objects.count() == 1


def test_programs_read_sums_in_minutes(cast: Cast):
    begin(cast)
    place(cast)
    found = api.directed_people(cast.scope("business_manager"), YEAR, Slice())
    mine = next(each for each in found.items if each.person == cast.people["teacher"].pk)
    assert (mine.entitled, mine.left) == (FULL, left(cast))
    with pytest.raises(Http404):
        api.my_directed_time(cast.scope("teacher"), YEAR)
    publish(cast)
    assert api.my_directed_time(cast.scope("teacher"), YEAR) == mine
