"""Equality objectives: who writes and publishes them, what is read of them, what is due and what came of it."""

from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.equality import aim_actions, api, pages, queries, rules, waiting, website_documents
from headship.equality.choices import AIM_MOVES, AimState
from headship.equality.models import Aim, AimReading, AimReview
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.equality.flow import AT, DAY, TODAY, aimed, draft, publish, published, tell, write

HERE = f"/schools/{everybody.OWN}/equality/objectives/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def standing() -> list[str]:
    return list(Entry.objects.filter(kind="equality.objective", withdrawn_at=None).values_list("words", flat=True))


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_it_moves_only_by_its_table():
    assert {str(each): [str(to) for to in after] for each, after in AIM_MOVES.items()} == {
        "draft": ["published", "ended"],
        "published": ["ended"],
        "ended": [],
    }


@pytest.mark.parametrize("persona", ["chair", "governor", "clerk", "teacher", "business_manager", "office"])
def test_only_head_and_senior_leaders_write_them(cast: Cast, persona: str):
    key = draft(cast, "senior_leader")
    with pytest.raises(Refused) as refused:
        draft(cast, persona)
    assert str(refused.value) == rules.EDITORS_ONLY
    by = cast.scope(persona)
    wrong = Http404 if persona in {"teacher", "office"} else Refused  # who knows of no draft
    with pytest.raises(wrong):
        aim_actions.change_objective(by=by, at=AT, aim=key, version=1, aimed=aimed(cast))
    assert Aim.objects.get().version == 1


def test_head_and_chair_publish_and_end(cast: Cast):
    first, second = draft(cast), draft(cast)
    for persona in ("senior_leader", "governor", "clerk"):
        with pytest.raises(Refused) as refused:
            publish(cast, first, persona)
        assert str(refused.value) == rules.PUBLISHERS_ONLY
    publish(cast, first, "chair")
    publish(cast, second)
    with pytest.raises(Refused):
        publish(cast, second)
    assert standing() == ["An equality objective was published"] * 2
    aim_actions.end_objective(by=cast.scope("chair"), at=AT, aim=first, version=2)
    with pytest.raises(Refused) as refused:
        aim_actions.change_objective(by=cast.scope("headteacher"), at=AT, aim=first, version=3, aimed=aimed(cast))
    assert str(refused.value) == rules.ENDED
    assert Aim.objects.get(pk=first).ended_on == TODAY


def test_drafts_are_known_to_leaders_and_governors(cast: Cast):
    key = draft(cast)
    for persona, knows in {"governor": True, "business_manager": True, "teacher": False, "office": False}.items():
        assert (queries.aim(cast.scope(persona), key) is not None) is knows
        assert len(pages.aims_page(cast.scope(persona)).drafts) == knows
    publish(cast, key)
    assert [each.words for each in pages.aims_page(cast.scope("teacher")).published] == ["More girls choose physics"]
    assert queries.aim(cast.scope("other_headteacher"), key) is None


def test_a_draft_that_was_ended_is_known_to_no_more_than_before(cast: Cast):
    key = draft(cast)
    aim_actions.end_objective(by=cast.scope("headteacher"), at=AT, aim=key, version=1)
    assert queries.aim(cast.scope("teacher"), key) is None
    assert queries.aim(cast.scope("governor"), key) == Aim.objects.get()


def test_two_editors_are_told_and_a_form_sent_twice_makes_one(cast: Cast):
    once = uuid4()
    key = draft(cast, once=once)
    assert draft(cast, once=once) == key
    head = cast.scope("headteacher")
    aim_actions.change_objective(by=head, at=AT, aim=key, version=1, aimed=aimed(cast, words="Theirs"))
    with pytest.raises(Stale):
        aim_actions.change_objective(by=head, at=AT, aim=key, version=1, aimed=aimed(cast, words="Mine"))
    assert Aim.objects.get().words == "Theirs"


@pytest.mark.parametrize(
    ("starts", "ends", "review", "said"),
    [
        (0, 0, 1, "The last day must be after the first"),
        (0, 3000, 300, "An objective lasts at most 4 years: publish the next one then"),
        (0, 300, 301, "The review must be between its first and its last day"),
        (0, 300, 0, "The review must be between its first and its last day"),
        (0, 300, 300, None),
    ],
)
def test_its_days_fit(starts, ends, review, said):
    assert rules.span(TODAY + starts * DAY, TODAY + ends * DAY, TODAY + review * DAY) == said


def test_what_the_form_would_not_let_through_is_refused(cast: Cast):
    for wrong in (
        {"concerns": ()},
        {"concerns": ("equality.shoe_size",)},
        {"owner": cast.people["chair"].pk},
        {"owner": cast.people["other_teacher"].pk},
        {"ends_on": TODAY - 31 * DAY},
    ):
        with pytest.raises(Unusable):
            draft(cast, **wrong)
    assert Aim.objects.count() == 0


def test_its_owner_measures_and_reviews_it(cast: Cast):
    key = draft(cast)
    teacher, head = cast.scope("teacher"), cast.scope("headteacher")
    reading = {"at": AT, "aim": key, "on": TODAY, "value": "25%"}
    with pytest.raises(Http404):
        aim_actions.note_reading(by=teacher, once=uuid4(), **reading)
    with pytest.raises(Refused):
        aim_actions.note_reading(by=head, once=uuid4(), **reading)
    publish(cast, key)
    once = uuid4()
    first = aim_actions.note_reading(by=teacher, once=once, **reading)
    assert aim_actions.note_reading(by=teacher, once=once, **reading) == first
    with pytest.raises(Refused) as refused:
        aim_actions.note_reading(by=cast.scope("middle_leader"), once=uuid4(), **reading)
    assert str(refused.value) == rules.OWNER_ONLY
    with pytest.raises(Unusable):
        aim_actions.note_reading(by=teacher, once=uuid4(), **{**reading, "on": TODAY + DAY})
    (row,) = pages.aims_page(cast.scope("office")).published
    assert row.measure.startswith("Share of girls among those who choose it: from 21% to 40%; 25% on ")
    review = {"by": teacher, "at": AT, "aim": key, "came_of_it": "Two more clubs"}
    for wrong in (TODAY, TODAY + 901 * DAY):
        with pytest.raises(Unusable):
            aim_actions.review_objective(once=uuid4(), next_on=wrong, **review)
    again = uuid4()
    made = aim_actions.review_objective(once=again, next_on=TODAY + 400 * DAY, **review)
    assert aim_actions.review_objective(once=again, next_on=TODAY + 400 * DAY, **review) == made
    assert Aim.objects.get().review_on == TODAY + 400 * DAY
    assert (AimReading.objects.count(), AimReview.objects.count()) == (1, 1)
    assert standing()[-1] == "An equality objective was reviewed: what came of it"


def waits(cast: Cast, persona: str) -> list[str]:
    return [each.words for each in waiting.next_actions(cast.scope(persona))]


def test_a_review_that_is_due_reaches_its_owner_and_the_head_once_they_left(cast: Cast):
    published(cast, starts_on=TODAY - 400 * DAY, review_on=TODAY - DAY)
    assert waits(cast, "teacher") == ["Say what came of an equality objective: More girls choose physics"]
    assert waits(cast, "headteacher") == ["Publish equality information: none has been published here"]
    assert pages.aims_page(cast.scope("office")).published[0].late.startswith("Its review was due on")
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - DAY)
    assert waits(cast, "headteacher")[0] == "Say what came of an equality objective: More girls choose physics"
    assert "somebody who works here no longer" in pages.aims_page(cast.scope("office")).published[0].owner


def test_what_is_published_anew_is_told_to_the_head(cast: Cast):
    assert waits(cast, "headteacher") == []
    key = published(cast, at=AT - 1440 * DAY)
    assert waits(cast, "headteacher")[0].startswith("Publish equality objectives anew: last published on")
    page = pages.aims_page(cast.scope("teacher"))
    assert (page.overdue, "at least every 4 years" in page.duty, "not yet checked" in page.cited) == (False, True, True)
    Aim.objects.filter(pk=key).update(published_on=TODAY - 1500 * DAY)
    assert pages.aims_page(cast.scope("teacher")).overdue
    published(cast)
    tell(cast, write(cast))
    assert waits(cast, "headteacher") == []
    assert "Publish" not in str(waits(cast, "chair"))


def test_news_and_calendar(cast: Cast):
    key = published(cast, review_on=TODAY + 20 * DAY)
    by = cast.scope("office")
    assert [each.words for each in waiting.news(by, AT - DAY)] == ["New equality objective: More girls choose physics"]
    assert [each.words for each in waiting.calendar(by, TODAY, TODAY + 30 * DAY)] == [
        "Equality objective reviewed: More girls choose physics"
    ]
    for nobody in ("external_adviser", "authority_leader"):
        there = cast.scope(nobody)
        assert [
            *waiting.news(there, AT - DAY),
            *waiting.next_actions(there),
            *waiting.calendar(there, TODAY, TODAY),
        ] == []
    aim_actions.end_objective(by=cast.scope("headteacher"), at=AT, aim=key, version=2)
    assert list(waiting.calendar(by, TODAY, TODAY + 30 * DAY)) == []


def test_governors_and_documents_are_told_posts(cast: Cast):
    published(cast)
    assert pages.aims_page(cast.scope("office")).published[0].owner == "Hari Teacher-Example, teacher"
    assert pages.aims_page(cast.scope("governor")).published[0].owner == "Teacher"
    paper = website_documents.objectives(cast.scope("headteacher"))
    assert ("Hari" in str(paper), "Ada" in str(paper), "'Teacher'" in str(paper)) == (False, False, True)


def test_strategy_still_leads_to_the_plan(cast: Cast):
    shown = cast.client("office").get(HERE).content.decode()
    assert f'<a class="app-nav__link" href="/schools/{everybody.OWN}/plan/" aria-current="true">Strategy</a>' in shown
    assert f'<a class="moj-sub-navigation__link" href="{HERE}" aria-current="page">Equality</a>' in shown


def test_programs_read_them(cast: Cast):
    key = published(cast)
    draft(cast, words="Not for everybody yet")
    by = cast.scope("teacher")
    assert [each.words for each in api.objectives(by, Slice()).items] == ["More girls choose physics"]
    assert api.objective(by, key).concerns == ["equality.sex"]
    aim_actions.note_reading(by=by, at=AT, once=uuid4(), aim=key, on=TODAY, value="25%")
    assert [each.value for each in api.readings(by, key, Slice()).items] == ["25%"]
    assert len(api.objectives(cast.scope("chair"), Slice()).items) == 2
    with pytest.raises(Http404):
        api.objective(cast.scope("other_headteacher"), key)


def test_it_is_clicked_through(cast: Cast):
    head, chair, teacher = (cast.client(each) for each in ("headteacher", "chair", "teacher"))
    assert "Draft the first objective" in head.get(HERE).content.decode()
    assert head.get(f"{HERE}draft").status_code == 200
    told = {
        "words": "3 Traveller children read at home", "measure": "Books lent", "concerns": ["equality.race"],
        "owner": cast.people["teacher"].pk, "once": str(uuid4()),
        **day("starts_on", TODAY), **day("ends_on", TODAY + 900 * DAY), **day("review_on", TODAY),
    }  # fmt: skip
    assert "The review must be between" in head.post(f"{HERE}draft", told).content.decode()
    told |= day("review_on", TODAY + 300 * DAY)
    made = head.post(f"{HERE}draft", told, follow=True).content.decode()
    assert "Only a hint: “3 Traveller children” may be so few" in made
    key = Aim.objects.get().pk
    assert teacher.get(f"{HERE}{key}").status_code == 404
    assert "Books lent" in head.get(f"{HERE}{key}/change").content.decode()
    again = {**told, "words": "Traveller children read at home", "version": 1}
    assert head.post(f"{HERE}{key}/change", again).status_code == 302
    late = head.post(f"{HERE}{key}/change", {**again, "words": "Mine, typed late"})
    assert (late.status_code, "Mine, typed late" in late.content.decode()) == (409, True)
    assert 'name="version" value="2"' in late.content.decode()
    assert 'value="equality.race" checked' in late.content.decode()
    assert Aim.objects.get().words == "Traveller children read at home"
    assert chair.post(f"{HERE}{key}/publish", {"version": ""}).status_code == 400
    assert chair.post(f"{HERE}{key}/publish", {"version": 2}).status_code == 302
    assert teacher.get(f"{HERE}{key}/reading").status_code == 200
    reading = {"value": "40", "once": str(uuid4())}
    tomorrow = teacher.post(f"{HERE}{key}/reading", {**reading, **day("on", TODAY + DAY)})
    assert "cannot be in the future" in tomorrow.content.decode()
    assert teacher.post(f"{HERE}{key}/reading", {**reading, **day("on", TODAY)}).status_code == 302
    assert teacher.get(f"{HERE}{key}/review").status_code == 200
    review = {"came_of_it": "They <b>do</b>", "once": str(uuid4()), **day("next_on", TODAY)}
    assert "must be in the future" in teacher.post(f"{HERE}{key}/review", review).content.decode()
    assert teacher.post(f"{HERE}{key}/review", {**review, **day("next_on", TODAY + 400 * DAY)}).status_code == 302
    shown = chair.get(f"{HERE}{key}").content.decode()
    for words in ("They &lt;b&gt;do&lt;/b&gt;", "Race", "40", "Published"):
        assert words in shown
    listed = teacher.get(HERE).content.decode()
    assert "Traveller children read at home" in listed
    assert teacher.get(f"{HERE}document").content[:5] == b"%PDF-"
    assert teacher.get(f"{HERE}document?as=word").content[:2] == b"PK"
    sure = head.get(f"{HERE}{key}").content.decode().partition(">End it<")[2]
    assert "it cannot be taken up again" in sure.partition("End it for good")[0]
    assert head.post(f"{HERE}{key}/end", {"version": 4}).status_code == 302
    assert "ended on" in teacher.get(HERE).content.decode()
    assert Aim.objects.get().state == AimState.ENDED
