"""Feedback shown to others: exactly what was chosen, to whoever was chosen, until it ends; nobody else learns of it."""

import io
import json
from datetime import timedelta

import docx
import pytest
from django.http import Http404
from django.urls import reverse

from headship.core.errors import Refused, Stale, Unusable
from headship.people.models import Post
from headship.voice import instruments, module, share_actions, share_queries
from headship.voice.choices import Why
from headship.voice.models import FeedbackShare
from headship.voice.share_actions import Shown
from tests.voice import flow
from tests.voice.flow import AT, TODAY

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)
VALUES, OPTIMISM = "Values and moral purpose", "Optimism and relationships"


@pytest.fixture
def feedback(cast):
    return flow.feedback(cast)


def address(cast, name, **keys):
    return reverse(name, kwargs={"urn": cast.school.urn, **keys})


def page_of(cast, share, who):
    return cast.client(who).get(address(cast, "feedback-shown", share=share.pk))


def test_nobody_is_shown_anything_by_itself(cast, feedback):
    assert FeedbackShare.objects.count() == 0
    page = cast.client("headteacher").get(address(cast, "survey", survey=feedback.pk)).content.decode()
    assert "Only you" in page
    for who in ("chair", "senior_leader", "governor", "external_adviser"):
        assert share_queries.shown_to_me(cast.scope(who)) == []
        assert cast.client(who).get(address(cast, "feedback-pack", survey=feedback.pk)).status_code in {403, 404}


def test_a_coach_sees_what_was_chosen_and_nobody_else_that_it_exists(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader", parts=("1.1",))
    page = page_of(cast, share, "senior_leader").content.decode()
    assert VALUES in page
    for hidden in (OPTIMISM, "morning walk", "Ada Headteacher-Example said", "than Ada Headteacher-Example does"):
        assert hidden not in page
    for who in ("chair", "teacher", "external_adviser", "governor"):
        assert page_of(cast, share, who).status_code == 404
        assert cast.client(who).get(address(cast, "feedback-shown-pack", share=share.pk)).status_code == 404
    assert "shows you part" not in page


def test_all_of_it_with_words_and_own_view(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader", comments=True, own=True)
    page = page_of(cast, share, "senior_leader").content.decode()
    for words in (VALUES, OPTIMISM, "Your morning walk 3", "than Ada Headteacher-Example does", "Says plainly what"):
        assert words in page
    assert "I say plainly" not in page
    assert "Note something you learned" not in page


def test_names_given_with_words_go_no_further(cast, feedback):
    feedback.comments.update(named="Nuria Named-Example")
    share = flow.shown(cast, feedback, "senior_leader", comments=True)
    own = cast.client("headteacher").get(address(cast, "survey", survey=feedback.pk)).content.decode()
    assert "Nuria Named-Example" in own
    assert "Nuria Named-Example" not in page_of(cast, share, "senior_leader").content.decode()


def test_the_day_it_was_opened_is_told_and_whose_it_is_opens_it_unseen(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader")
    assert page_of(cast, share, "headteacher").status_code == 200
    share.refresh_from_db()
    assert share.opened_on is None
    page_of(cast, share, "senior_leader")
    share.refresh_from_db()
    assert share.opened_on == TODAY
    told = cast.client("headteacher").get(address(cast, "feedback-shares", survey=feedback.pk)).content.decode()
    assert "Last opened on" in told
    with pytest.raises(Http404):
        share_actions.open_share(by=cast.scope("chair"), at=AT, share=share.pk)


def test_it_ends_at_once_and_by_itself(cast, feedback):
    share = flow.shown(cast, feedback, "chair", Why.PANEL)
    client = cast.client("headteacher")
    end = address(cast, "feedback-share-end", survey=feedback.pk, share=share.pk)
    assert client.post(end, {"version": share.version}).status_code == 302
    assert page_of(cast, share, "chair").status_code == 404
    with pytest.raises(Stale):
        share_actions.end_share(
            by=cast.scope("headteacher"), at=AT, survey=feedback.pk, share=share.pk, version=share.version
        )
    again = flow.shown(cast, feedback, "chair", Why.PANEL)
    assert (again.pk, again.ended_on) == (share.pk, None)
    FeedbackShare.objects.filter(pk=share.pk).update(until=TODAY - timedelta(days=1))
    assert page_of(cast, share, "chair").status_code == 404
    assert share_queries.shown_to_me(cast.scope("chair")) == []
    with pytest.raises(Http404):
        share_actions.open_share(by=cast.scope("chair"), at=AT, share=share.pk)
    page = client.get(address(cast, "feedback-shares", survey=feedback.pk)).content.decode()
    assert "No longer shown" in page


def test_what_somebody_showed_ends_when_they_leave(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader")
    held = Post.objects.filter(person=cast.people["headteacher"])
    held.update(ends_on=TODAY)
    assert page_of(cast, share, "senior_leader").status_code == 200
    held.update(ends_on=TODAY - timedelta(days=1))
    assert page_of(cast, share, "senior_leader").status_code == 404
    assert share_queries.shown_to_me(cast.scope("senior_leader")) == []


def test_the_form_shows_what_is_ticked_and_the_panel_no_words(cast, feedback):
    client = cast.client("headteacher")
    new = address(cast, "feedback-share-new", survey=feedback.pk, why="panel")
    form = client.get(new).content.decode()
    assert "Bola Chair-Example" in form
    assert "Dilys Clerk-Example" not in form
    assert "Fatima Deputy-Example" not in form
    day = {"until_day": LATER.day, "until_month": LATER.month, "until_year": LATER.year}
    ticked = {"readers": [cast.people["chair"].pk, cast.people["governor"].pk], "all_of_it": "some", **day}
    assert "Tick at least one part" in client.post(new, ticked).content.decode()
    assert client.post(new, {**ticked, "parts": ["1.1", "1.2"]}).status_code == 302
    assert client.post(new, {**ticked, "parts": ["1.1", "1.2"]}).status_code == 302
    rows = list(FeedbackShare.objects.values_list("why", "parts", "comments", "own", "until", "version"))
    assert rows == [("panel", ["1.1", "1.2"], False, False, LATER, 1)] * 2
    assert client.get(address(cast, "feedback-share-new", survey=feedback.pk, why="gossip")).status_code == 404


def test_a_coach_is_chosen_among_those_here(cast, feedback):
    client = cast.client("headteacher")
    form = client.get(address(cast, "feedback-share-new", survey=feedback.pk, why="coach")).content.decode()
    assert "Fatima Deputy-Example" in form
    for nobody in ("Petra Otherhead-Example", "Samir Leaver-Example", "Otis Administrator-Example"):
        assert nobody not in form


def test_it_is_changed_in_one_window_at_a_time(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader")
    change = address(cast, "feedback-share", survey=feedback.pk, share=share.pk)
    client = cast.client("headteacher")
    assert client.get(change).status_code == 200
    day = {"until_day": LATER.day, "until_month": LATER.month, "until_year": LATER.year}
    typed = {"all_of_it": "some", "parts": ["1.2"], "version": share.version, **day}
    assert client.post(change, typed).status_code == 302
    assert client.post(change, typed).status_code == 409
    page = page_of(cast, share, "senior_leader").content.decode()
    assert (OPTIMISM in page, VALUES in page) == (True, False)


@pytest.mark.parametrize(
    ("reader", "why", "more"),
    [
        ("other_teacher", Why.COACH, {}),
        ("headteacher", Why.COACH, {}),
        ("teacher", Why.PANEL, {}),
        ("clerk", Why.PANEL, {}),
        ("chair", Why.PANEL, {"parts": ("9.9",)}),
        ("chair", Why.PANEL, {"until": TODAY - timedelta(days=1)}),
        ("chair", Why.PANEL, {"until": TODAY + timedelta(days=400)}),
    ],
)
def test_what_no_form_offers_is_refused(cast, feedback, reader, why, more):
    with pytest.raises(Unusable):
        flow.shown(cast, feedback, reader, why, **more)
    assert FeedbackShare.objects.count() == 0


def test_only_ones_own_is_shown_and_only_when_closed(cast, feedback):
    shown = Shown((), LATER)
    given = {"at": AT, "why": Why.COACH, "readers": [cast.people["teacher"].pk], "shown": shown}
    for who in ("senior_leader", "chair"):
        with pytest.raises(Http404):
            share_actions.show_feedback(by=cast.scope(who), survey=feedback.pk, **given)
    school = flow.begin(cast)
    with pytest.raises(Http404):
        share_actions.show_feedback(by=cast.scope("headteacher"), survey=school.pk, **given)
    draft = flow.begin(cast, instrument="headteacher_360", visibility="private")
    with pytest.raises(Refused):
        share_actions.show_feedback(by=cast.scope("headteacher"), survey=draft.pk, **given)
    flow.shown(cast, feedback, "chair", Why.PANEL)
    with pytest.raises(Unusable):
        flow.shown(cast, feedback, "chair", Why.PANEL, comments=True)


def test_those_it_is_shown_to_are_told(cast, feedback):
    flow.shown(cast, feedback, "senior_leader")
    flow.shown(cast, feedback, "external_adviser", Why.PANEL)
    before = AT - timedelta(days=1)
    for who in ("senior_leader", "external_adviser"):
        told = [each.words for each in module.news(cast.scope(who), before)]
        assert told == ["Ada Headteacher-Example shows you feedback they asked for"]
        page = cast.client(who).get(address(cast, "feedback-shown-list")).content.decode()
        assert "feedback on Ada Headteacher-Example" in page
    assert [each.words for each in module.news(cast.scope("chair"), before)] == []
    listed = cast.client("senior_leader").get(address(cast, "surveys")).content.decode()
    assert "Shown to you" in listed
    own = cast.client("headteacher").get(address(cast, "survey", survey=feedback.pk)).content.decode()
    assert "Fatima Deputy-Example, for coaching: all of it" in own


def words_in(answer):
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_pack_holds_what_the_page_holds_and_room_to_write(cast, feedback):
    own = cast.client("headteacher")
    pack = address(cast, "feedback-pack", survey=feedback.pk)
    assert b"pdfuaid:part" in own.get(pack).content
    whole = words_in(own.get(pack + "?as=word"))
    for words in (
        "What others see most of",
        "Where you could grow",
        "What we agreed",
        "Your morning walk 3",
        "You said",
    ):
        assert words in whole
    share = flow.shown(cast, feedback, "senior_leader", parts=("1.1",))
    theirs = cast.client("senior_leader").get(address(cast, "feedback-shown-pack", share=share.pk) + "?as=word")
    part = words_in(theirs)
    assert (VALUES in part, OPTIMISM in part, "morning walk" in part, "said “" in part) == (True, False, False, False)


def test_for_appraisal_the_document_is_what_is_shown_and_no_conversation(cast, feedback):
    share = flow.shown(cast, feedback, "chair", Why.PANEL, parts=("1.1",))
    given = cast.client("chair").get(address(cast, "feedback-shown-pack", share=share.pk) + "?as=word")
    part = words_in(given)
    assert (VALUES in part, "What we agreed" in part, "To begin with" in part) == (True, False, False)


def test_of_single_parts_nobody_learns_how_they_stand_among_the_others(cast, feedback):
    share = flow.shown(cast, feedback, "senior_leader", parts=("1.1", "1.2", "2.1", "3.2", "4.1"))
    page = page_of(cast, share, "senior_leader").content.decode()
    assert ("What others see most of" in page, "could grow" in page) == (False, False)


def test_growth_points_come_with_questions_of_their_characteristic(cast, feedback):
    whole = words_in(cast.client("headteacher").get(address(cast, "feedback-pack", survey=feedback.pk) + "?as=word"))
    asked = [code for code, each in instruments.coaching().items() if code[0].isdigit() and each[0] in whole]
    assert len(asked) == 3


def test_feedback_of_too_few_makes_a_pack_that_says_so(cast):
    few = flow.feedback(cast, count=5)
    few.figures.update(count=None, mean=None, low=None, high=None, nearly=None, spread=None)
    whole = words_in(cast.client("headteacher").get(address(cast, "feedback-pack", survey=few.pk) + "?as=word"))
    assert "Too few answered for anything to be shown." in whole


def test_a_leader_shows_it_to_leaders_for_appraisal(cast):
    feedback = flow.feedback(cast, "middle_leader")
    flow.shown(cast, feedback, "headteacher", Why.PANEL, who="middle_leader")
    with pytest.raises(Unusable):
        flow.shown(cast, feedback, "chair", Why.PANEL, who="middle_leader")


def test_the_list_asks_the_database_as_often_for_three_as_for_one(cast, feedback, django_assert_num_queries):
    scope = cast.scope("headteacher")
    flow.shown(cast, feedback, "senior_leader")
    with django_assert_num_queries(1):
        share_queries.shares(scope, feedback)
    for who in ("chair", "governor"):
        flow.shown(cast, feedback, who, Why.PANEL)
    with django_assert_num_queries(1):
        assert len(share_queries.shares(scope, feedback)) == 3
    chair = cast.scope("chair")
    with django_assert_num_queries(1):
        assert [each.survey.about.name for each in share_queries.shown_to_me(chair)] == ["Ada Headteacher-Example"]


def test_coaching_questions_are_open_short_and_there_for_every_characteristic():
    asked = instruments.coaching()
    served = set(instruments.instruments()["headteacher_360"].serves)
    assert set(asked) == served | {"begin", "end", "other"}
    every = [words for each in asked.values() for words in each]
    assert len(set(every)) == len(every) == 81
    openers = ("What", "Who", "Whom", "Whose", "Which", "How", "When", "Where", "Of")
    assert [words for words in every if not words.endswith("?") or words.split()[0] not in openers] == []
    assert [words for words in every if len(words) > 90] == []
    assert json.dumps(asked["1.1"])
