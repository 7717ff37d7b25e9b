"""Progress meetings: what changes, for whom, by whom, by when; what came of it; and whom nobody names."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.outcomes import meeting_actions as actions
from headship.outcomes import meeting_pages as pages
from headship.outcomes import meeting_queries as queries
from headship.outcomes import waiting
from headship.outcomes.models import Assessment, MeetingLine, NamesKept, ProgressMeeting, PupilName
from headship.people.models import Post
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes import rows
from tests.outcomes.test_interventions import plan
from tests.outcomes.test_targets import put

AT = timezone.now()
TODAY = timezone.localdate(AT)
URL = {"urn": everybody.OWN}
NAME = "Wren Puddle-Example"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def held(cast: Cast, **changed: object) -> actions.Held:
    there = (cast.people["headteacher"].pk, cast.people["teacher"].pk)
    return replace(actions.Held(TODAY, "autumn", "Year 6", "maths", there, "Fractions are behind"), **changed)


def hold(cast: Cast, persona: str = "headteacher", **changed: object) -> int:
    return actions.hold_meeting(by=cast.scope(persona), at=AT, once=uuid4(), held=held(cast, **changed))


def agreed(cast: Cast, **changed: object) -> actions.Agreed:
    told = actions.Agreed("Two more lessons a week", "those below 100 in fractions", cast.people["teacher"].pk, TODAY)
    return replace(told, **changed)


def agree(cast: Cast, meeting: int, persona: str = "headteacher", **changed: object) -> int:
    return actions.agree_change(
        by=cast.scope(persona), at=AT, meeting=meeting, once=uuid4(), agreed=agreed(cast, **changed)
    )


def test_a_meeting_is_noted_recorded_as_evidence_and_audited_once(cast: Cast):
    key = hold(cast)
    found = queries.meeting(cast.scope("teacher"), key)
    assert {each.pk for each in found.present.all()} == {cast.people["headteacher"].pk, cast.people["teacher"].pk}
    entry = Entry.objects.get()
    assert (entry.kind, entry.words, entry.source, entry.visibility) == (
        "outcomes.meeting", "Held a progress meeting: Year 6, Mathematics", f"outcomes.ProgressMeeting:{key}", "staff",
    )  # fmt: skip
    assert AuditEvent.objects.filter(action="outcomes.hold_meeting").count() == 1
    hold(cast, year_group="", subject="")
    assert Entry.objects.latest("pk").words == "Held a progress meeting: all pupils"


def test_forms_sent_twice_count_once(cast: Cast):
    once, by = uuid4(), cast.scope("headteacher")
    keys = {actions.hold_meeting(by=by, at=AT, once=once, held=held(cast)) for _ in range(2)}
    (key,) = keys
    lines = {actions.agree_change(by=by, at=AT, meeting=key, once=once, agreed=agreed(cast)) for _ in range(2)}
    assert len(lines) == ProgressMeeting.objects.count() == MeetingLine.objects.count() == 1


@pytest.mark.parametrize("persona", ["teacher", "chair", "office", "safeguarding_lead"])
def test_the_others_are_told_who_notes_meetings(cast: Cast, persona: str):
    key = hold(cast, "middle_leader")
    for refused in (lambda: hold(cast, persona), lambda: agree(cast, key, persona)):
        with pytest.raises(Refused, match="Progress meetings are noted by"):
            refused()
    with pytest.raises(Refused, match="Progress meetings are noted by"):
        actions.change_meeting(by=cast.scope(persona), at=AT, meeting=key, version=1, held=held(cast))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"term": "winter"}, "Choose the term"),
        ({"subject": "alchemy"}, "Choose the subject"),
        ({"held_on": TODAY + timedelta(days=1)}, "cannot be to come"),
        ({"present": ()}, "Say who was there"),
    ],
)
def test_what_cannot_be_a_meeting_is_refused(cast: Cast, changed: dict[str, object], sentence: str):
    with pytest.raises(Unusable, match=sentence):
        hold(cast, **changed)


@pytest.mark.parametrize("persona", ["leaver", "other_teacher"])
def test_only_people_with_a_post_here_were_there_or_take_something_on(cast: Cast, persona: str):
    with pytest.raises(Unusable, match="Choose people with a post here"):
        hold(cast, present=(cast.people[persona].pk,))
    key = hold(cast)
    for who in (persona, "governor"):
        with pytest.raises(Unusable, match="somebody with a post here"):
            agree(cast, key, owner=cast.people[who].pk)


def test_whoever_was_there_and_left_since_stays_in_the_minute(cast: Cast):
    key = hold(cast)
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - timedelta(days=1))
    actions.change_meeting(
        by=cast.scope("headteacher"), at=AT, meeting=key, version=1, held=held(cast, notes="And division")
    )
    page = pages.meeting_page(cast.scope("chair"), queries.meeting(cast.scope("chair"), key))
    assert "somebody who works here no longer" in dict(page.facts)["Who was there"]
    assert Entry.objects.filter(withdrawn_at=None).count() == 1


def test_a_line_is_changed_while_it_is_open_and_closed_with_what_came_of_it(cast: Cast):
    line = agree(cast, hold(cast))
    head, owner = cast.scope("headteacher"), cast.scope("teacher")
    actions.change_agreed(by=head, at=AT, line=line, version=1, agreed=agreed(cast, what="Three more lessons"))
    with pytest.raises(Stale):
        actions.change_agreed(by=head, at=AT, line=line, version=1, agreed=agreed(cast))
    with pytest.raises(Http404):
        actions.close_agreed(by=cast.scope("other_headteacher"), at=AT, line=line, version=2, came_of_it="Nothing")
    with pytest.raises(Refused, match="closed by who took it on"):
        actions.close_agreed(by=cast.scope("support_staff"), at=AT, line=line, version=2, came_of_it="Nothing")
    with pytest.raises(Refused, match="noted by"):
        actions.change_agreed(by=owner, at=AT, line=line, version=2, agreed=agreed(cast))
    actions.close_agreed(by=owner, at=AT, line=line, version=2, came_of_it="Eight moved on")
    now = MeetingLine.objects.get()
    assert (now.what, now.came_of_it, now.closed_at, now.version) == ("Three more lessons", "Eight moved on", AT, 3)
    for again in (
        lambda: actions.close_agreed(by=owner, at=AT, line=line, version=3, came_of_it="More"),
        lambda: actions.change_agreed(by=head, at=AT, line=line, version=3, agreed=agreed(cast)),
    ):
        with pytest.raises(Refused, match="This is closed"):
            again()


def test_open_lines_of_earlier_meetings_stand_first_at_the_next(cast: Cast):
    before = hold(cast, held_on=TODAY - timedelta(days=90), term="summer")
    agree(cast, before, what="Still open", due_on=TODAY - timedelta(days=1))
    done = agree(cast, before, what="Done")
    actions.close_agreed(by=cast.scope("headteacher"), at=AT, line=done, version=1, came_of_it="Good")
    now = hold(cast)
    agree(cast, now, what="New", due_on=TODAY)
    scope = cast.scope("chair")
    page = pages.meeting_page(scope, queries.meeting(scope, now))
    assert [(each.what, each.state, each.late) for each in page.earlier] == [("Still open", "Overdue", True)]
    assert [(each.what, each.state, each.late) for each in page.lines] == [("New", "Open", False)]
    listed = pages.meetings_page(scope)
    assert listed.title == "Progress meetings: 2 open, 1 of them overdue"
    assert [each.what for each in listed.open] == ["Still open", "New"]
    assert all(not each.close_url and not each.change_url for each in listed.open)
    first = pages.meeting_page(scope, queries.meeting(scope, before))
    assert (first.earlier, first.lines[1].came_of_it) == ([], "Good")


def test_what_somebody_took_on_waits_for_them_on_today(cast: Cast):
    key = hold(cast)
    agree(cast, key, what="Overdue", due_on=TODAY - timedelta(days=1))
    agree(cast, key, what="This week", due_on=TODAY + timedelta(days=7))
    agree(cast, key, what="Later", due_on=TODAY + timedelta(days=8))
    agree(cast, key, what="Another's", owner=cast.people["office"].pk)
    closed = agree(cast, key, what="Closed")
    actions.close_agreed(by=cast.scope("teacher"), at=AT, line=closed, version=1, came_of_it="Good")
    told = [each.words for each in waiting.next_actions(cast.scope("teacher"))]
    assert told == ["Say what came of it: Overdue", "This week"]


def named_pupil(cast: Cast) -> int:
    pupil, other = rows.pupils(cast.school, 2)
    head = cast.people["headteacher"]
    NamesKept.objects.create(school=cast.school, since=AT, by=head)
    PupilName.objects.create(school=cast.school, pupil=pupil, name=NAME)
    PupilName.objects.create(school=cast.school, pupil=other, name="Otto Other-Example")
    return pupil.pk


def test_pupils_are_attached_where_names_are_kept_and_read_by_leaders_alone(cast: Cast):
    pupil, key = named_pupil(cast), hold(cast)
    line = agree(cast, key, pupils=(pupil,))
    url = reverse("meeting", kwargs={**URL, "meeting": key})
    for persona in ("headteacher", "senior_leader", "safeguarding_lead"):
        answer = cast.client(persona).get(url).text
        assert NAME in answer
        assert "Otto" not in answer
    for persona in ("middle_leader", "teacher", "business_manager", "office", "chair", "governor", "clerk"):
        assert NAME not in cast.client(persona).get(url).text, persona
        given = cast.program(persona).get(f"/api/v1/schools/{everybody.OWN}/progress-meetings/{key}/lines")
        assert given.status_code == 200
        assert NAME not in given.text
    assert NAME not in cast.client("headteacher").get(reverse("meetings", kwargs=URL)).text
    middle = cast.scope("middle_leader")
    actions.change_agreed(by=middle, at=AT, line=line, version=1, agreed=agreed(cast))
    assert [each.pk for each in MeetingLine.objects.get().pupils.all()] == [pupil]
    with pytest.raises(Unusable, match="named only where the school keeps names"):
        actions.change_agreed(by=middle, at=AT, line=line, version=2, agreed=agreed(cast, pupils=(pupil,)))
    with pytest.raises(Unusable):  # nor takes away those whom they may not see
        actions.change_agreed(by=middle, at=AT, line=line, version=2, agreed=agreed(cast, pupils=()))
    NamesKept.objects.all().delete()
    assert NAME not in cast.client("headteacher").get(url).text
    with pytest.raises(Unusable, match="named only where the school keeps names"):
        agree(cast, key, pupils=(pupil,))


def test_the_next_meeting_starts_from_the_last(cast: Cast):
    there = [cast.people[each].pk for each in ("headteacher", "teacher")]
    key = hold(cast, year_group="Year 6", subject="maths", present=there, notes="Of then")
    theirs = hold(cast, "other_headteacher", present=[cast.people["other_headteacher"].pk])
    page = pages.meetings_page(cast.scope("headteacher"))
    assert page.like_last_url.endswith(f"?like={key}")
    rows.known(cast.school, rows.pupils(cast.school, 1), TODAY.year)
    client, plain = cast.client("headteacher"), reverse("meeting-note", kwargs=URL)
    started = client.get(page.like_last_url).text
    assert [words in started for words in ('value="Year 6" selected', 'value="maths" selected', "Of then")] == [
        True, True, False,
    ]  # fmt: skip
    assert started.count(" checked") == 2
    for asked in ("", f"?like={theirs}", "?like=x", f"?like={'9' * 30}"):
        assert client.get(plain + asked).text.count(" checked") == 1


@pytest.mark.parametrize(
    ("day", "began"),
    [
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 12, 31), date(2026, 9, 1)),
        (date(2027, 4, 15), date(2027, 1, 1)),
        (date(2027, 8, 31), date(2027, 4, 16)),
    ],
)
def test_a_term_began(day: date, began: date):
    assert waiting._term_began(day) == began


def nudged(cast: Cast, persona: str, day: date) -> list[str]:
    at = AT.replace(year=day.year, month=day.month, day=day.day, hour=12)
    return [each.words for each in waiting.next_actions(replace(cast.scope(persona), at=at))]


def test_today_asks_for_this_terms_meeting_and_the_finished_years_results(cast: Cast):
    day = date(2026, 11, 20)
    meeting, bring = "Hold this term's progress meeting", "Bring the results of 2025/26"
    assert nudged(cast, "headteacher", day) == [bring, meeting]
    assert [nudged(cast, each, day) for each in ("middle_leader", "office", "teacher", "chair")] == [
        [meeting], [bring], [], [],
    ]  # fmt: skip
    assert nudged(cast, "middle_leader", date(2026, 9, 28)) == []
    hold(cast, held_on=date(2026, 9, 1))
    rows.sat(cast.school, rows.pupils(cast.school, 1), 2025, [1.0])
    assert nudged(cast, "headteacher", day) == []
    assert nudged(cast, "middle_leader", date(2027, 2, 20)) == [meeting]


def test_the_agenda_is_made_of_what_is_known_today(cast: Cast):
    year = TODAY.year if TODAY.month >= 9 else TODAY.year - 1
    old, new = TODAY - timedelta(days=100), TODAY - timedelta(days=3)
    agree(cast, hold(cast, held_on=TODAY - timedelta(days=90), term="summer"), what="Still open")
    found = rows.pupils(cast.school, 8)
    rows.sat(cast.school, found, year, [1.0] * 8, name="Before it", taken_on=old)
    rows.sat(cast.school, found, year, [1.0] * 8, name="After it", taken_on=new)
    rows.sat(cast.school, found, year, [1.0] * 8, name="To come", taken_on=TODAY + timedelta(days=1))
    put(cast)
    plan(cast, name="Ended and not looked at")
    plan(cast, name="Not begun", starts_on=TODAY + timedelta(days=9), ends_on=None)
    page = pages.agenda_page(cast.scope("teacher"))
    assert [each.what for each in page.open] == ["Still open"]
    sat = Assessment.objects.get(name="After it")
    assert [(each.words.partition(",")[0], each.url) for each in page.results] == [
        ("After it", f"{reverse('results', kwargs=URL)}?sat={sat.pk}")
    ]
    assert [each.about for each in page.targets] == ["Year 6: Mathematics"]
    assert [each.name for each in page.interventions] == ["Ended and not looked at"]
    answer = cast.client("chair").get(reverse("meeting-agenda", kwargs=URL)).text
    assert "What we said would change" in answer
    assert (
        "So far"
        in cast.client("other_headteacher").get(reverse("meeting-agenda", kwargs={"urn": everybody.OTHER})).text
    )


def test_the_forms_note_agree_change_and_close(cast: Cast):
    pupil = named_pupil(cast)
    client = cast.client("headteacher")
    day = {"held_on_day": TODAY.day, "held_on_month": TODAY.month, "held_on_year": TODAY.year}
    form = {**day, "term": "autumn", "year_group": "", "subject": "", "present": [cast.people["teacher"].pk],
            "notes": "", "once": str(uuid4())}  # fmt: skip
    wrong = client.post(reverse("meeting-note", kwargs=URL), {**form, "held_on_year": TODAY.year + 1})
    assert "cannot be to come" in wrong.text
    assert client.post(reverse("meeting-note", kwargs=URL), form).status_code == 302
    key = ProgressMeeting.objects.get().pk
    change = reverse("meeting-change", kwargs={**URL, "meeting": key})
    assert client.post(change, {**form, "version": 1, "notes": "Fractions"}).status_code == 302
    line = {"what": "More", "for_whom": "Most", "owner": cast.people["teacher"].pk, "due_on_day": 1,
            "due_on_month": 7, "due_on_year": TODAY.year + 1, "pupils": [pupil], "once": str(uuid4())}  # fmt: skip
    assert client.post(reverse("meeting-agree", kwargs={**URL, "meeting": key}), line).status_code == 302
    made = MeetingLine.objects.get()
    assert [each.pk for each in made.pupils.all()] == [pupil]
    where = {**URL, "line": made.pk}
    assert client.post(reverse("meeting-line", kwargs=where), {**line, "what": "Less", "version": 1}).status_code == 302
    closed = client.post(reverse("meeting-close", kwargs=where), {"came_of_it": "Nothing yet", "version": 2})
    assert closed.status_code == 302
    now = MeetingLine.objects.get()
    assert (now.what, now.came_of_it) == ("Less", "Nothing yet")


@pytest.mark.parametrize("count", [1, 3])
def test_the_minute_asks_as_much_for_three_lines_as_for_one(cast: Cast, django_assert_num_queries, count: int):
    key = hold(cast)
    for _ in range(count):
        agree(cast, key)
    scope = cast.scope("headteacher")
    with django_assert_num_queries(7):
        page = pages.meeting_page(scope, queries.meeting(scope, key))
    assert len(page.lines) == count
