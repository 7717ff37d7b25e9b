"""What of complaints is told: counts to the board, the pages, and what somebody is given who asks about their data."""

import io
import itertools
from collections import defaultdict
from datetime import date, timedelta

import docx
import pytest
from django.urls import reverse

from headship.core.roles import Role
from headship.people.models import Post
from headship.privacy import actions as privacy
from headship.privacy import planning
from headship.privacy import queries as requests
from headship.privacy.choices import Asked
from headship.schools.models import School
from headship.voice import complaint_counts as counting
from headship.voice import complaint_queries as queries
from headship.voice import complaint_year_pages, procedure
from headship.voice.complaint_actions import Sat
from headship.voice.complaint_choices import Channel, From, Outcome, Part, Stage, Theme
from headship.voice.complaint_counts import Told
from headship.voice.models import Complaint, Compliment
from tests import cast as everybody
from tests.voice import flow
from tests.voice.complaining import complain, hand, learn, move, praise
from tests.voice.flow import AT, TODAY

pytestmark = pytest.mark.django_db
MARK = "canary-of-a-complaint"
LAST = 2024  # an academic year that is over


def url(name, **keys):
    return reverse(name, kwargs={"urn": everybody.OWN, **keys})


@pytest.fixture
def asked_in_autumn(monkeypatch):
    """Say which year the pages show, whatever today is."""
    this = complaint_year_pages.year_of(TODAY) - 1
    return this, date(this, 11, 3)


# --- counts


def test_no_small_count_follows_from_what_is_told_even_for_who_knows_the_rule():
    """Everything that would be told in the same words, held together: no small count is the same in all of it."""
    same = defaultdict(list)
    every = [counts for counts in itertools.product(range(17), repeat=3) if sum(counts) < 17]
    for counts in every:
        named = dict(zip("abc", counts, strict=True))
        same[tuple(counting.told(named)), counting.whole(sum(counts))].append(counts)
    found = {
        counts
        for held in same.values()
        for counts in held
        for at in range(3)
        if 0 < counts[at] < 5 and len({each[at] for each in held}) == 1
    }
    assert found == set()
    naive = [counts for counts in every if any(0 < each < 5 for each in counts)]
    assert len(naive) > 500  # what a table without this would tell at once


def test_counts_told_together_are_named_but_where_names_would_tell_all():
    assert counting.told(dict.fromkeys("abcde", 1)) == [Told((), 5)]
    assert counting.told(dict.fromkeys("abcd", 1)) == [Told((), None)]
    assert counting.told({"a": 0, "b": 0}) == []
    assert counting.told({"a": 7, "b": 5, "c": 1, "d": 1}) == [Told(("b",), 5), Told(("a", "c", "d"), 9)]


def many(cast, number, on, **more):
    return [complain(cast, received_on=on, **more) for _ in range(number)]


def test_the_board_is_told_counts_and_nothing_of_anybody(cast, asked_in_autumn):
    year, on = asked_in_autumn
    for each in many(cast, 6, on, said=MARK, from_name=MARK, from_contact=MARK):
        move(cast, each, Stage.ACKNOWLEDGED, on=on + timedelta(days=1))
        move(cast, each, Stage.ANSWERED, on=on + timedelta(days=2), answered=MARK)
    many(cast, 2, on, theme=Theme.BULLYING, about="teacher", said=MARK)
    praise(cast, received_on=on, said=MARK)
    for persona in ("headteacher", "chair", "governor", "clerk"):
        page = cast.client(persona).get(url("complaints-year") + f"?year={year}").text
        assert "Fewer than five compliments, 8 complaints." in page
        assert "Homework and assessment or bullying: 8 together." in page
        assert MARK not in page
        assert "Hari" not in page
    assert "Half took 1 school days or less" not in page  # two were not acknowledged: six of eight would tell of them
    for persona in ("senior_leader", "teacher", "office", "administrator"):
        assert cast.client(persona).get(url("complaints-year")).status_code == 403


def test_a_median_is_told_where_nobody_is_left(cast, asked_in_autumn):
    year, on = asked_in_autumn
    for at, each in enumerate(many(cast, 5, on)):
        move(cast, each, Stage.ACKNOWLEDGED, on=on + timedelta(days=7 * (at + 1)))
    found = counting.counts(cast.scope("chair"), year)
    assert found.to_acknowledge.count == 5
    days = queries.days_of(cast.school.pk, on)
    assert found.to_acknowledge.days == days.between(on, on + timedelta(days=21))
    assert found.to_answer == counting.Taken(None, None)
    assert [found.total, found.groups["theme"]] == [5, [Told(("homework",), 5)]]


def test_complaints_about_the_head_are_in_no_count_of_anybodys(cast, asked_in_autumn):
    year, on = asked_in_autumn
    many(cast, 5, on)
    for _ in range(6):
        complain(cast, "office", about="headteacher", received_on=on, theme=Theme.STAFF)
    for persona in ("headteacher", "chair", "governor"):
        assert counting.counts(cast.scope(persona), year).total == 5
        document = cast.client(persona).get(url("complaints-year-document") + f"?year={year}&as=word")
        words = "\n".join(
            [each.text for each in docx.Document(io.BytesIO(document.content)).paragraphs]
            + [cell.text for table in docx.Document(io.BytesIO(document.content)).tables for cell in table._cells]
        )
        assert "5 complaints" in words
        assert "How somebody was spoken to" not in words


def test_a_month_that_is_not_over_is_not_counted(cast):
    complain(cast)
    assert counting.counts(cast.scope("chair"), complaint_year_pages.year_of(TODAY)).total == 0
    assert cast.client("chair").get(url("complaints-year") + "?year=1999").status_code == 200


def test_the_document_of_a_year_is_a_pdf(cast, asked_in_autumn):
    year, on = asked_in_autumn
    many(cast, 5, on)
    answer = cast.client("clerk").get(url("complaints-year-document") + f"?year={year}")
    assert answer.content[:5] == b"%PDF-"


# --- pages


def typed(day=TODAY, **more):
    """Return what somebody types to record something."""
    on = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    given = {"said": "Too much", "theme": "homework", "channel": "mail", "from_role": "parent", **on}
    return {**given, "once": "6b9d3c8e-0000-4000-8000-000000000009", **more}


def test_whoever_records_what_they_may_not_see_is_thanked(cast):
    for about, leads in (("", "headteacher"), ("headteacher", "chair")):
        whom = cast.people[about].pk if about else ""
        once = f"6b9d3c8e-0000-4000-8000-00000000000{len(about) % 10}"
        client = cast.client("office")
        page = client.post(url("complaint-new"), typed(about=whom, once=once), follow=True).text
        assert "You have done your part" in page
        made = Complaint.objects.latest("due_on", "apart")
        assert made.apart is bool(about)
        assert f"/complaints/{made.pk}" not in page
        assert f"/complaints/{made.pk}" in cast.client(leads).get(url("complaints")).text


def test_a_complaint_is_recorded_moved_and_learned_from_through_its_pages(cast):
    School.objects.filter(pk=cast.school.pk).update(kind="Academy converter")
    client = cast.client("headteacher")
    answer = client.post(url("complaint-new"), typed(about=cast.people["teacher"].pk, owner=""))
    made = Complaint.objects.get()
    assert answer.headers["Location"] == url("complaint", complaint=made.pk)
    on = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    steps = (
        ("acknowledged", {}), ("answered", {"answered": "Sorry"}), ("formal", {}),
        ("decided", {"found": "So", "answered": "So"}), ("panel", {}),
        ("closed", {"outcome": "upheld", "members": 3, "independent": 1, "fair": "on", "found": "So"}),
    )  # fmt: skip
    for version, (to, more) in enumerate(steps, 1):
        where = url("complaint-move", complaint=made.pk, to=to)
        assert client.get(where).status_code == 200
        if more:
            assert "There is a problem" in client.post(where, {"version": version, **on}).text
        assert client.post(where, {"version": version, **on, **more}).status_code == 302
    due = TODAY + timedelta(days=3)
    learned = {"learned": "A", "doing": "B", "owner": cast.people["headteacher"].pk, "due_on_day": due.day,
               "due_on_month": due.month, "due_on_year": due.year, "once": typed()["once"]}  # fmt: skip
    assert client.post(url("complaint-learn", complaint=made.pk), learned).status_code == 302
    page = client.get(url("complaint", complaint=made.pk)).text
    for words in ("Taken to a panel", "3 sat, 1 of them independent", "Part 7 (not yet checked)", "Upheld"):
        assert words in page
    assert "Look at this" not in page
    assert client.get(url("complaint-change", complaint=made.pk)).status_code == 200
    changed = typed(theme="bullying", version=7, about=cast.people["teacher"].pk)
    assert client.post(url("complaint-change", complaint=made.pk), changed).status_code == 302
    named = {"owner": cast.people["clerk"].pk, "person-0": cast.people["governor"].pk, "part-0": "panel", "version": 8}
    assert client.post(url("complaint-hand", complaint=made.pk), named).status_code == 302
    made.refresh_from_db()
    assert (made.theme, made.owner, made.readers.get().part) == ("bullying", cast.people["clerk"], Part.PANEL)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"members": 2, "independent": 3}, "These are more than sat in the panel"),
        ({"on_year": TODAY.year + 1}, "This day is in the future"),
        ({"outcome": "resolved"}, "Resolved"),
    ],
)
def test_what_cannot_be_is_not_taken_by_the_form(cast, wrong, why):
    complaint = complain(cast)
    Complaint.objects.filter(pk=complaint.pk).update(stage=Stage.PANEL)
    sent = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year, "outcome": "upheld", "members": 3,
            "independent": 1, "found": "So", "version": 1, **wrong}  # fmt: skip
    page = cast.client("headteacher").post(url("complaint-move", complaint=complaint.pk, to="closed"), sent).text
    assert "There is a problem" in page
    complaint.refresh_from_db()
    assert complaint.stage == Stage.PANEL
    assert why.lower() in page.lower()


def test_the_law_is_held_against_a_complaint_of_an_academy(cast):
    complaint = complain(cast)
    move(cast, complaint, Stage.ACKNOWLEDGED)
    move(cast, complaint, Stage.FORMAL)
    move(cast, complaint, Stage.DECIDED, found="So", answered="So")
    move(cast, complaint, Stage.PANEL)
    move(cast, complaint, Stage.CLOSED, outcome=Outcome.UPHELD, found="So", panel=Sat(2, 0, fair=False))
    checks = {each.words: each.met for each in procedure.checks(complaint, "academy", TODAY)}
    assert list(checks.values()) == [False, False, False, False, False]
    learn(cast, complaint, "headteacher")
    assert procedure.checks(Complaint.objects.get(), "academy", TODAY)[1].met is True
    assert procedure.checks(complaint, "maintained", TODAY) == []
    fresh = complain(cast)
    assert [each.met for each in procedure.checks(fresh, "academy", TODAY)] == [None]


@pytest.mark.parametrize(
    ("kind", "whom", "count"),
    [
        ("Community school", "maintained schools", 2),
        ("Academy converter", "academies", 11),
        ("", "does not say which", 13),
    ],
)
def test_the_procedure_shows_what_the_law_asks_of_the_kind_of_school(cast, kind, whom, count):
    School.objects.filter(pk=cast.school.pk).update(kind=kind)
    page = cast.client("teacher").get(url("complaints-procedure")).text
    assert whom in page
    assert page.count("Not said yet") == count
    assert "(not yet checked)" in page
    sent = {"acknowledge": 1, "answer": 2, "come_back": 3, "decide": 4, "hear": 5, "version": 0}
    client = cast.client("headteacher")
    assert client.get(url("complaints-procedure-change")).status_code == 200
    assert client.post(url("complaints-procedure-change"), sent).status_code == 302
    assert queries.procedure(cast.school.pk).days[Stage.FORMAL] == 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_many_there_are(cast, number, django_assert_num_queries):
    for _ in range(number):
        hand(cast, complain(cast), "teacher", clerk=Part.CLERK)
        praise(cast, about="teacher")
    client = cast.client("headteacher")
    client.get(url("complaints"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("complaints"))


LIST_QUERIES = 7


def test_a_teacher_with_nothing_of_theirs_is_told_what_this_is(cast):
    complain(cast, said=MARK)
    page = cast.client("teacher").get(url("complaints")).text
    assert "This page will show the kind words passed on to you" in page
    assert MARK not in page


# --- what somebody is given who asks about their data


def asked(cast, persona="teacher"):
    key = privacy.note_request(
        by=cast.scope("data_protection_officer"), at=AT, person_id=cast.people[persona].pk, asks=Asked.ACCESS,
        received_on=TODAY,
    )  # fmt: skip
    return requests.request_here(cast.scope("data_protection_officer"), key.pk)


def passages(cast, persona, of):
    return sorted(each.words for each in requests.gathered(cast.scope(persona), of).passages)


def test_who_asks_about_their_data_is_given_what_its_reader_gives_out_of_a_complaint_about_them(cast):
    complain(cast, about="teacher", said="Never marks books")
    complain(cast, "office", about="headteacher", said="Hari Teacher-Example was shouted at")
    of = asked(cast)
    assert passages(cast, "headteacher", of) == ["Never marks books"]
    assert passages(cast, "data_protection_officer", of) == ["Hari Teacher-Example was shouted at", "Never marks books"]
    own = flow.held(cast.client("teacher"))
    assert "Hari Teacher-Example" in own
    assert "omplaint" not in own
    assert "Never marks" not in own


def test_the_head_who_asks_is_answered_by_the_officer_and_told_nothing_before(cast):
    complain(cast, "office", about="headteacher", said="Rude to me")
    assert passages(cast, "data_protection_officer", asked(cast, "headteacher")) == ["Rude to me"]
    Post.objects.create(
        person=cast.people["data_protection_officer"], school=cast.school, role=Role.BUSINESS_MANAGER, starts_on=TODAY
    )
    assert passages(cast, "data_protection_officer", asked(cast, "headteacher")) == []  # a leader by another post


def test_the_officer_reads_nothing_of_a_complaint_about_the_officer(cast):
    complain(cast, about="teacher", said="One")
    Complaint.objects.update(about=cast.people["data_protection_officer"])
    assert passages(cast, "data_protection_officer", asked(cast)) == []


def test_erasing_somebody_counts_nothing_of_complaints(cast):
    """What stays is listed to the head, by kind and number: a number would tell."""
    hand(cast, complain(cast, "office", about="headteacher"), "governor", who="chair")
    plan = planning.plan_for_person(cast.school.pk, cast.people["governor"], TODAY)
    assert [each.model for each in (*plan.steps, *plan.stays) if each.model.startswith("voice.Compl")] == []


def test_the_lists_hold_what_stands_in_forms():
    assert Channel.LETTER.words == "By letter"
    assert {each.words for each in From} >= {"A parent or carer", "A neighbour"}
    assert len({each.words for each in Theme}) == len(Theme)
    assert Compliment.objects.count() == 0
