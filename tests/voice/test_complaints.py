"""Complaints: their stages and days, who may know of one, what comes of it, and compliments passed on."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from headship.core import registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.schools import actions as schools
from headship.schools import queries as calendars
from headship.schools.calendar_dates import TermDates
from headship.schools.models import School
from headship.voice import complaint_actions, complaint_queries, complaint_rules, lesson_actions, procedure_actions
from headship.voice.complaint_actions import Sat
from headship.voice.complaint_choices import ENDS, MOVES, Outcome, Part, Stage
from headship.voice.models import Complaint, ComplaintStep, Lesson
from tests import cast as everybody
from tests.house import matrix
from tests.voice.complaining import complain, hand, learn, move, praise, told
from tests.voice.flow import AT, TODAY

pytestmark = pytest.mark.django_db
MARK = "canary-of-a-complaint"


def url(name, **keys):
    return reverse(name, kwargs={"urn": everybody.OWN, **keys})


def whole_way(cast, complaint, who="headteacher"):
    """Take a complaint to a panel and close it."""
    move(cast, complaint, Stage.ACKNOWLEDGED, who)
    move(cast, complaint, Stage.ANSWERED, who, answered="Sorry")
    move(cast, complaint, Stage.FORMAL, who)
    move(cast, complaint, Stage.DECIDED, who, found="So it was", answered="It was so")
    move(cast, complaint, Stage.PANEL, who)
    return move(cast, complaint, Stage.CLOSED, who, outcome=Outcome.PARTLY, found="Half", panel=Sat(3, 1, fair=True))


def test_a_complaint_goes_its_stages_and_ends(cast):
    complaint = whole_way(cast, complain(cast))
    assert (complaint.stage, complaint.outcome, complaint.closed_on, complaint.due_on) == (
        "closed", "partly", TODAY, None,
    )  # fmt: skip
    assert [each.stage for each in ComplaintStep.objects.order_by("pk")] == [
        "received", "acknowledged", "answered", "formal", "decided", "panel", "closed",
    ]  # fmt: skip
    entry = Entry.objects.get(kind="voice.complaint")
    assert (entry.words, entry.visibility, entry.owner) == (
        "Answered and closed a complaint", "private", cast.people["headteacher"],
    )  # fmt: skip


@pytest.mark.parametrize("start", list(Stage))
def test_only_the_moves_of_the_table_are_made(cast, start):
    for to in Stage:
        complaint = complain(cast)
        Complaint.objects.filter(pk=complaint.pk).update(stage=start)
        complaint.refresh_from_db()
        facts = complaint_queries.facts(complaint)
        allowed = complaint_rules.move(cast.scope("headteacher"), facts, to) is None
        reopened = start is Stage.CLOSED and to is Stage.PANEL  # nothing was decided yet
        assert allowed is (to in MOVES[start] and not reopened)


def test_a_closed_one_is_opened_for_the_stage_that_was_not_yet(cast):
    complaint = complain(cast)
    move(cast, complaint, Stage.ACKNOWLEDGED)
    move(cast, complaint, Stage.ANSWERED, answered="Sorry")
    move(cast, complaint, Stage.CLOSED, outcome=Outcome.RESOLVED)
    with pytest.raises(Refused, match="Take this complaint to the formal stage first"):
        move(cast, complaint, Stage.PANEL)
    move(cast, complaint, Stage.FORMAL)
    assert (complaint.outcome, complaint.closed_on) == ("", None)
    move(cast, complaint, Stage.DECIDED, found="So", answered="So")
    move(cast, complaint, Stage.CLOSED, outcome=Outcome.UPHELD)
    with pytest.raises(Refused, match="decided formally already"):
        move(cast, complaint, Stage.FORMAL)
    assert move(cast, complaint, Stage.PANEL).stage == "panel"
    move(cast, complaint, Stage.CLOSED, outcome=Outcome.NOT_UPHELD, found="No", panel=Sat(3, 1, fair=True))
    for to in (Stage.FORMAL, Stage.PANEL):
        with pytest.raises(Refused, match="no further stage"):
            move(cast, complaint, to)


def test_it_ends_only_as_its_stage_allows(cast):
    complaint = complain(cast)
    with pytest.raises(Refused, match="does not end as upheld"):
        move(cast, complaint, Stage.CLOSED, outcome=Outcome.UPHELD)
    assert set(ENDS) == {each for each in MOVES if Stage.CLOSED in MOVES[each]}


@pytest.mark.parametrize(
    ("days", "why"), [(1, "in the future"), (-400, "when what came before it was done"), (-2000, "This is before")]
)
def test_a_day_that_cannot_be_is_refused(cast, days, why):
    complaint = complain(cast, received_on=TODAY - timedelta(days=3))
    with pytest.raises(Unusable, match=why):
        move(cast, complaint, Stage.ACKNOWLEDGED, on=TODAY + timedelta(days=days))
    if days != -400:
        with pytest.raises(Unusable, match=why):
            complain(cast, received_on=TODAY + timedelta(days=days))


def test_two_who_do_it_at_once_are_told(cast):
    complaint = complain(cast)
    again = Complaint.objects.get(pk=complaint.pk)
    move(cast, complaint, Stage.ACKNOWLEDGED)
    for does in (
        lambda: move(cast, again, Stage.CLOSED, outcome=Outcome.WITHDRAWN),
        lambda: hand(cast, again, "teacher"),
    ):
        with pytest.raises(Stale):
            does()


def test_the_same_form_sent_twice_is_one(cast):
    by, once = cast.scope("office"), "6b9d3c8e-0000-4000-8000-000000000001"
    keys = {complaint_actions.record_complaint(by=by, at=AT, once=once, told=told()) for _ in range(2)}
    assert len(keys) == Complaint.objects.count() == 1


# --- days


def test_days_are_counted_in_school_days_of_the_schools_own_procedure(cast):
    by = cast.scope("headteacher")
    schools.set_terms(
        by=by, at=AT, starts_in=2025,
        terms=[TermDates("autumn", date(2025, 9, 2), date(2025, 12, 19), date(2025, 10, 27), date(2025, 10, 31)),
               TermDates("spring", date(2026, 1, 5), date(2026, 3, 27)),
               TermDates("summer", date(2026, 4, 13), date(2026, 7, 20))],
    )  # fmt: skip
    schools.add_day(
        by=by, at=AT, on=date(2025, 10, 23), until=date(2025, 10, 23), words="Training", kind="training_day"
    )
    periods = {"acknowledge": 3, "answer": 4, "come_back": 5, "decide": 6, "hear": 7}
    procedure_actions.set_procedure(by=by, at=AT, version=0, periods=periods, meets=[], reviewed_on=None)
    wednesday = date(2025, 10, 22)  # then a training day, a Friday, a week of half-term
    complaint = complain(cast, received_on=wednesday)
    assert complaint.due_on == date(2025, 11, 4)
    move(cast, complaint, Stage.ACKNOWLEDGED, on=date(2025, 11, 3))
    assert complaint.due_on == date(2025, 11, 5)  # four days from the day it was received
    days = calendars.days_counted(cast.school.pk, wednesday, wednesday)
    assert days.between(wednesday, date(2025, 11, 5)) == 4
    assert (days.counts(date(2025, 12, 25)), days.counts(date(2026, 8, 12)), days.counts(date(2026, 5, 4))) == (
        False, False, False,
    )  # fmt: skip


def test_the_procedure_is_set_once_at_a_time_by_those_who_may(cast):
    periods = dict.fromkeys(procedure_actions.PERIODS, 9)
    more = {"at": AT, "periods": periods, "meets": ["complaints.procedure", "invented"], "reviewed_on": TODAY}
    procedure_actions.set_procedure(by=cast.scope("clerk"), version=0, **more)
    found = complaint_queries.procedure(cast.school.pk)
    assert (found.version, found.days[Stage.PANEL], found.meets) == (1, 9, {"complaints.procedure"})
    with pytest.raises(Stale):
        procedure_actions.set_procedure(by=cast.scope("chair"), version=0, **more)
    with pytest.raises(Refused):
        procedure_actions.set_procedure(by=cast.scope("senior_leader"), version=1, **more)
    for wrong in ({}, {**periods, "hear": 121}, {**periods, "hear": 0}):
        with pytest.raises(Unusable):
            procedure_actions.set_procedure(by=cast.scope("chair"), version=1, **{**more, "periods": wrong})


# --- who may know of one


def knows(cast, persona, complaint):
    """Say whether somebody is shown a complaint, in every place that could."""
    client = cast.client(persona)
    scope = cast.scope(persona)
    page = client.get(url("complaint", complaint=complaint.pk))
    shown = page.status_code == 200
    lists = client.get(url("complaints")).text
    assert (f"/complaints/{complaint.pk}" in lists) is shown
    until = TODAY + timedelta(days=200)
    events = [each.url for module in registry.modules() for each in module.calendar(scope, TODAY, until)]
    assert (page.request["PATH_INFO"] in events) is (shown and complaint.stage != "closed")
    assert complaint_rules.see(scope, complaint_queries.facts(complaint)) is shown
    return shown


READERS = [
    "headteacher", "chair", "governor", "clerk", "senior_leader", "middle_leader", "teacher", "support_staff",
    "safeguarding_lead", "business_manager", "office", "two_schools",
]  # fmt: skip


def test_a_complaint_is_known_to_who_leads_answers_or_was_named(cast):
    complaint = complain(cast, "office", about="teacher", said=MARK)
    assert [each for each in READERS if knows(cast, each, complaint)] == ["headteacher"]
    hand(cast, complaint, "middle_leader", governor=Part.PANEL, clerk=Part.CLERK)
    assert [each for each in READERS if knows(cast, each, complaint)] == [
        "headteacher", "governor", "clerk", "middle_leader",
    ]  # fmt: skip
    with pytest.raises(Unusable):
        hand(cast, complaint, "teacher")  # whom it is about
    for persona in ("middle_leader", "governor"):
        page = cast.client(persona).get(url("complaint", complaint=complaint.pk)).text
        assert ("Say that it was acknowledged" in page) is (persona == "middle_leader")
        assert "Correct what was written down" not in page


def test_a_complaint_about_the_head_is_the_chairs_and_no_leaders(cast):
    complaint = complain(cast, "office", about="headteacher", said=MARK)
    assert complaint.apart
    assert [each for each in READERS if knows(cast, each, complaint)] == ["chair"]
    hand(cast, complaint, "clerk", who="chair", governor=Part.INVESTIGATES)
    assert [each for each in READERS if knows(cast, each, complaint)] == ["chair", "governor", "clerk"]
    for persona in ("headteacher", "senior_leader", "business_manager", "teacher"):
        with pytest.raises(Unusable):
            hand(cast, complaint, persona, who="chair")
    lesson = learn(cast, complaint, "governor", "chair")
    assert cast.client("governor").get(url("lesson", lesson=lesson.pk)).status_code == 200
    assert cast.client("headteacher").get(url("lesson", lesson=lesson.pk)).status_code == 404
    with pytest.raises(Refused, match="stays with those who see it"):
        learn(cast, complaint, "governor", "chair", shown=True)


WRITES = {"audit-checkpoint"}  # asking for it signs the log, which changes it


def everything_a_head_reads(cast):
    """Return every page, file and document of the school that the head can ask for by an address of its own."""
    client, found = cast.client("headteacher"), {}
    School.objects.filter(pk=cast.school.pk).update(kind="Academy converter")  # as a sample would, from the start
    for each in matrix.addresses():
        if each.audience.place == "school" and not each.needs and each.name not in WRITES:
            answer = client.get(each.filled(cast, "own", cast.school))
            text = matrix.content(answer).decode(errors="replace")
            if answer.status_code == 200:
                found[each.name] = MARKS.sub("", text)
    return found


MARKS = re.compile(r'value="[0-9A-Za-z-]{32,}"|nonce="[^"]*"')  # of forms: new in each answer


def test_nothing_the_head_reads_differs_by_a_complaint_about_them(cast):
    """The same pages, the school's own log, the evidence, the counts: before it came, and after all was done."""
    complain(cast)
    before = everything_a_head_reads(cast)
    assert {"today", "complaints", "complaints-year-document", "calendar", "audit-log"} <= set(before)
    logged = AuditEvent.objects.filter(chain=cast.school.pk).count()
    evidence = Entry.objects.count()
    complaint = complain(cast, "office", about="headteacher", said=MARK)
    hand(cast, complaint, "clerk", who="chair")
    whole_way(cast, complaint, "chair")
    lesson = learn(cast, complaint, "chair", "chair")
    lesson_actions.finish_lesson(by=cast.scope("chair"), at=AT, lesson=lesson.pk, version=1, came_of_it="Done")
    after = everything_a_head_reads(cast)
    assert [name for name in before if after[name] != before[name]] == []
    assert set(after) == set(before)
    assert AuditEvent.objects.filter(chain=cast.school.pk).count() == logged
    assert AuditEvent.objects.filter(chain=0, subject=f"voice.Complaint:{complaint.pk}").count() == 8
    assert Entry.objects.count() == evidence


def test_keys_say_nothing_of_others_between(cast):
    """Numbers in a row would show the head a gap."""
    keys = [complain(cast).pk for _ in range(3)] + [complain(cast, "office", about="headteacher").pk]
    assert max(keys) - min(keys) > 1000


def test_the_head_hands_a_complaint_about_themself_on(cast):
    with pytest.raises(Refused, match="goes to the chair of governors"):
        complain(cast, about="headteacher")
    client = cast.client("headteacher")
    assert "hand it to them" in client.get(url("complaint-new")).text.replace("\n", " ")


def test_without_a_chair_nobody_would_see_it_so_it_is_not_taken(cast):
    Post.objects.filter(person=cast.people["chair"]).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(Unusable, match="No chair of governors"):
        complain(cast, "office", about="headteacher")
    assert not Complaint.objects.exists()


def test_what_is_late_comes_back_to_whoever_leads_it(cast):
    on = TODAY - timedelta(days=200)
    late, fresh = (complain(cast, owner="teacher", received_on=day) for day in (on, TODAY))
    late_apart = hand(cast, complain(cast, "office", about="headteacher", received_on=on), "clerk", who="chair")

    def waits(persona):
        return {each.pk for each in complaint_queries.answered_by(cast.scope(persona))}

    assert waits("teacher") == {late.pk, fresh.pk}
    assert (waits("headteacher"), waits("chair"), waits("senior_leader")) == ({late.pk}, {late_apart.pk}, set())


def test_what_turns_out_to_be_about_the_head_is_theirs_no_longer(cast):
    complaint = complain(cast, "office", about="headteacher")
    complaint_actions.change_complaint(
        by=cast.scope("chair"), at=AT, complaint=complaint.pk, version=1, told=told(about=cast.people["clerk"].pk)
    )
    complaint.refresh_from_db()
    assert not complaint.apart
    assert [each for each in READERS if knows(cast, each, complaint)] == ["headteacher"]


def test_whom_it_turns_out_to_be_about_sees_it_no_more(cast):
    complaint = hand(cast, complain(cast), "teacher", clerk=Part.CLERK)
    assert knows(cast, "teacher", complaint)
    complaint_actions.change_complaint(
        by=cast.scope("headteacher"), at=AT, complaint=complaint.pk, version=complaint.version,
        told=told(about=cast.people["teacher"].pk),
    )  # fmt: skip
    complaint.refresh_from_db()
    assert complaint.owner_id is None
    assert [each for each in READERS if knows(cast, each, complaint)] == ["headteacher", "clerk"]


@pytest.mark.parametrize("persona", ["senior_leader", "chair", "governor", "teacher", "administrator"])
def test_whoever_may_not_know_of_it_can_do_nothing_about_it(cast, persona):
    complaint = complain(cast)
    client = cast.client(persona)
    for name in ("complaint-change", "complaint-hand", "complaint-learn", "complaint-delete"):
        answer = client.post(url(name, complaint=complaint.pk), {"version": 1})
        assert answer.status_code == (403 if persona == "administrator" else 404)
    assert client.post(url("complaint-move", complaint=complaint.pk, to="acknowledged")).status_code in {403, 404}
    complaint.refresh_from_db()
    assert complaint.version == 1


def test_another_schools_complaint_does_not_exist(cast):
    theirs = complain(cast, "other_headteacher")
    assert cast.client("headteacher").get(url("complaint", complaint=theirs.pk)).status_code == 404
    assert theirs.school == cast.other


# --- deleting


def test_a_complaint_about_the_head_is_deleted_by_the_chair_when_its_time_is_over(cast):
    complaint = complain(cast, "office", about="headteacher")
    move(cast, complaint, Stage.CLOSED, "chair", outcome=Outcome.WITHDRAWN)
    with pytest.raises(Refused, match="kept for 6 years"):
        complaint_actions.delete_complaint(by=cast.scope("chair"), at=AT, complaint=complaint.pk, version=2)
    Complaint.objects.update(closed_on=TODAY.replace(year=TODAY.year - 7))
    assert complaint_queries.over(cast.school.pk, TODAY) == []  # the list of what is due is read by the head
    page = cast.client("chair").get(url("complaint", complaint=complaint.pk)).text
    assert "Its time is over: delete it" in page
    assert cast.client("chair").post(url("complaint-delete", complaint=complaint.pk), {"version": 2}).status_code == 302
    assert not Complaint.objects.exists()


def test_another_complaint_is_due_after_its_time(cast):
    complaint = move(cast, complain(cast), Stage.CLOSED, outcome=Outcome.WITHDRAWN)
    assert complaint_queries.over(cast.school.pk, TODAY) == [complaint.pk]
    assert complaint_queries.over(cast.school.pk, TODAY - timedelta(days=1)) == []


# --- what was learned, and kind words


def test_what_was_learned_is_done_and_shown_where_it_was_meant_to_be(cast):
    shown, kept = (learn(cast, complain(cast, said=MARK), "teacher", shown=each) for each in (True, False))
    teacher = cast.client("teacher")
    today = teacher.get(url("today")).text
    assert "Do what was learned: Spread it over the week" in today
    assert MARK not in teacher.get(url("lesson", lesson=shown.pk)).text
    for each in (shown, kept):
        teacher.post(url("lesson", lesson=each.pk), {"version": 1, "came_of_it": "Calmer evenings"})
    words = {each.visibility: each.words for each in Entry.objects.filter(kind="voice.lesson")}
    assert words == {
        "staff": "You said, we did: Spread it over the week", "private": "Did what was learned from a complaint",
    }  # fmt: skip
    promises = cast.client("governor").get(url("promises")).text
    assert promises.count("Spread it over the week") == 1
    with pytest.raises(Stale):
        lesson_actions.finish_lesson(by=cast.scope("teacher"), at=AT, lesson=shown.pk, version=1, came_of_it="Again")
    reader = cast.client("support_staff")
    assert [reader.get(url("lesson", lesson=each.pk)).status_code for each in (shown, kept)] == [200, 404]
    told = cast.client("governor").get(url("lesson", lesson=shown.pk)).text
    assert "Somebody who works here" in told
    assert "Hari" not in told
    assert MARK not in told


def test_a_lesson_takes_nobody_it_may_not_and_no_day_that_is_past(cast):
    complaint = complain(cast, about="teacher")
    with pytest.raises(Unusable, match="from the list"):
        learn(cast, complaint, "teacher")
    learned = lesson_actions.Learned("A", "B", cast.people["clerk"].pk, TODAY - timedelta(days=1))
    with pytest.raises(Unusable, match="in the past"):
        lesson_actions.learn(
            by=cast.scope("headteacher"), at=AT, once="6b9d3c8e-0000-4000-8000-000000000002", complaint=complaint.pk,
            learned=learned,
        )  # fmt: skip
    assert not Lesson.objects.exists()


def test_kind_words_reach_whom_they_are_about_when_they_are_passed_on(cast):
    compliment = praise(cast, about="teacher", said=MARK)
    one = url("compliment", compliment=compliment.pk)
    assert cast.client("teacher").get(one).status_code == 404
    assert "Pass something kind on to Hari" in cast.client("headteacher").get(url("today")).text
    sent = {"version": 1, "word": "Well earned", "thanked": "on"}
    for persona, status in (("senior_leader", 404), ("headteacher", 302)):
        answer = cast.client(persona).post(url("compliment-pass", compliment=compliment.pk), sent)
        assert answer.status_code == status
    page = cast.client("teacher").get(one).text
    assert MARK in page
    assert "Well earned" in page
    assert cast.client("senior_leader").get(one).status_code == 404
    compliment.refresh_from_db()
    assert (compliment.passed_on, compliment.thanked_on) == (TODAY, TODAY)
    scope = cast.scope("teacher")
    news = [each.words for module in registry.modules() for each in module.news(scope, AT - timedelta(days=1))]
    assert "Somebody said something kind about you" in news
    assert cast.client("headteacher").post(url("compliment-pass", compliment=compliment.pk), sent).status_code == 409
