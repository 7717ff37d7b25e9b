"""The statement of vision: who drafts, agrees, publishes and reads it, and which was in force on any day."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from headship.core import registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from headship.strategy import (
    actions,
    approval_actions,
    vision_actions,
    vision_api,
    vision_documents,
    vision_pages,
    vision_queries,
    vision_rules,
    waiting,
)
from headship.strategy.approval_actions import Approved
from headship.strategy.choices import VISION_MOVES, Matter, VisionState
from headship.strategy.models import Approval, Vision
from tests import cast as everybody
from tests.cast import Cast
from tests.strategy.flow import AT, DAY, TODAY, agree, draft, publish, put_in_force

VALUES = f"/schools/{everybody.OWN}/values/"
VISION = f"/schools/{everybody.OWN}/vision/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def state(key: int) -> str:
    return Vision.objects.get(pk=key).state


def evidence() -> list[tuple[str, str]]:
    found = Entry.objects.filter(kind="strategy.vision", withdrawn_at=None).order_by("pk")
    return [(each.words, each.visibility) for each in found]


def test_it_goes_from_draft_to_in_force_with_evidence_and_history(cast: Cast):
    key = draft(cast, persona="chair")
    assert (state(key), evidence()) == ("draft", [])
    agree(cast, key, "clerk")
    assert (state(key), evidence()) == ("agreed", [("The board agreed our vision", "governors")])
    publish(cast, key)
    assert (state(key), evidence()[1]) == ("published", ("Our vision was published", "staff"))
    found = Vision.objects.get(pk=key)
    assert (found.published_on, found.superseded_on, found.version) == (TODAY, None, 3)
    told = [each.words.split(" on ")[0] for each in vision_queries.changes(found)]
    assert told == ["Drafted", "Agreed by the board", "Published"]
    approval = Approval.objects.get()
    assert (approval.vision_id, approval.version, approval.recorded_as) == (key, 1, "clerk")
    assert {each.serves.count() for each in Entry.objects.filter(kind="strategy.vision")} == {2}
    for name in ("draft_vision", "record_approval", "publish_vision"):
        assert AuditEvent.objects.filter(action=f"strategy.{name}").count() == 1


@pytest.mark.parametrize("persona", ["senior_leader", "governor", "clerk", "teacher", "business_manager"])
def test_only_head_and_chair_draft(cast: Cast, persona: str):
    with pytest.raises(Refused) as refused:
        draft(cast, persona=persona)
    assert str(refused.value) == vision_rules.DRAFTERS_ONLY
    key = draft(cast)
    with pytest.raises((Refused, Http404)):
        vision_actions.change_vision(by=cast.scope(persona), at=AT, vision=key, version=1, words="Mine")
    assert Vision.objects.get().words == "Every child known"


@pytest.mark.parametrize("persona", ["headteacher", "senior_leader", "governor", "teacher"])
def test_only_chair_and_governance_professional_record_what_the_board_agreed(cast: Cast, persona: str):
    key = draft(cast)
    with pytest.raises(Refused) as refused:
        agree(cast, key, persona)
    assert str(refused.value) == vision_rules.RECORDERS_ONLY
    assert (state(key), Approval.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("persona", ["chair", "clerk", "senior_leader"])
def test_only_the_head_publishes(cast: Cast, persona: str):
    key = draft(cast)
    agree(cast, key)
    with pytest.raises(Refused) as refused:
        publish(cast, key, persona)
    assert str(refused.value) == vision_rules.PUBLISHERS_ONLY
    assert state(key) == "agreed"


def test_what_the_table_of_moves_does_not_hold_cannot_be_done(cast: Cast):
    assert {str(each): [str(to) for to in after] for each, after in VISION_MOVES.items()} == {
        "draft": ["agreed"],
        "agreed": ["published", "draft"],
        "published": ["superseded"],
        "superseded": [],
    }
    key = draft(cast)
    with pytest.raises(Refused) as refused:
        publish(cast, key)
    assert str(refused.value) == vision_rules.NOT_AGREED
    agree(cast, key)
    with pytest.raises(Refused) as refused:
        agree(cast, key)
    assert str(refused.value) == "The board agreed these words already."
    publish(cast, key)
    for attempt in (lambda: publish(cast, key), lambda: change(cast, key, 3)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == vision_rules.IN_FORCE
    with pytest.raises(Refused):
        agree(cast, key)
    assert Approval.objects.count() == 1


def change(cast: Cast, key: int, version: int, words: str = "Every child known and heard") -> None:
    by = cast.scope("headteacher")
    vision_actions.change_vision(by=by, at=AT, vision=key, version=version, words=words)


def test_words_changed_after_the_board_agreed_are_a_draft_again(cast: Cast):
    key = draft(cast)
    agree(cast, key)
    change(cast, key, 2)
    assert (state(key), evidence()) == ("draft", [])
    found = Vision.objects.get()
    assert (found.words, found.version, found.worded_on) == ("Every child known and heard", 3, TODAY)
    assert vision_queries.changes(found)[-1].words == "Changed after the board had agreed it: a draft again"
    assert vision_queries.agreed(found) is None
    agree(cast, key)
    assert vision_queries.agreed(Vision.objects.get()) == Approval.objects.order_by("-pk").first()


def test_two_people_writing_are_told_and_nothing_is_lost(cast: Cast):
    key = draft(cast)
    change(cast, key, 1)
    with pytest.raises(Stale):
        change(cast, key, 1, "Mine")
    with pytest.raises(Stale):
        agree(cast, key, version=1)
    assert (Vision.objects.get().words, Approval.objects.count()) == ("Every child known and heard", 0)
    with pytest.raises(Unusable):
        draft(cast, persona="chair")
    assert Vision.objects.count() == 1


def test_the_same_approval_sent_twice_is_recorded_once(cast: Cast):
    key, once, by = draft(cast), uuid4(), cast.scope("chair")
    approved = Approved(Matter.VISION, key, 1, "Full board", TODAY)
    first = approval_actions.record_approval(by=by, at=AT, once=once, approved=approved)
    assert approval_actions.record_approval(by=by, at=AT, once=once, approved=approved) == first
    assert Approval.objects.count() == 1


def test_a_board_meets_neither_tomorrow_nor_before_the_words_were_written(cast: Cast):
    key = draft(cast)
    for day in (TODAY + DAY, TODAY - DAY):
        with pytest.raises(Unusable):
            agree(cast, key, on=day)
    assert state(key) == "draft"
    assert agree(cast, key, on=TODAY)


def test_the_next_statement_supersedes_and_each_was_in_force_on_its_days(cast: Cast):
    first = put_in_force(cast, "The first", AT - timedelta(days=30))
    second = put_in_force(cast, "The second", AT - timedelta(days=10))
    assert (state(first), state(second)) == ("superseded", "published")
    by = cast.scope("teacher")
    days = {31: None, 30: "The first", 11: "The first", 10: "The second", 0: "The second"}
    for ago, words in days.items():
        found = vision_queries.in_force(by, TODAY - timedelta(days=ago))
        assert (found and found.words) == words, ago
    assert [each.pk for each in vision_queries.published(by)] == [second, first]
    assert vision_queries.in_force(by) == Vision.objects.get(pk=second)


def test_a_draft_is_known_to_leaders_and_governors_alone(cast: Cast):
    key = draft(cast, "Not yet yours")
    for persona in ("headteacher", "senior_leader", "chair", "governor", "clerk"):
        assert vision_queries.vision(cast.scope(persona), key) is not None
        assert vision_queries.drafted(cast.scope(persona)) is not None
    for persona in ("teacher", "office"):
        assert vision_queries.vision(cast.scope(persona), key) is None
        assert vision_queries.drafted(cast.scope(persona)) is None
        assert cast.client(persona).get(f"{VISION}{key}").status_code == 404
        assert "Not yet yours" not in cast.client(persona).get(VALUES).content.decode()
    publish_it = put_through(cast, key)
    assert vision_queries.vision(cast.scope("teacher"), publish_it) is not None


def put_through(cast: Cast, key: int) -> int:
    agree(cast, key)
    publish(cast, key)
    return key


def test_another_schools_statement_is_not_found(cast: Cast):
    key = put_in_force(cast)
    by = cast.scope("other_headteacher")
    assert (vision_queries.in_force(by), vision_queries.vision(by, key)) == (None, None)
    with pytest.raises(Http404):
        vision_actions.change_vision(by=by, at=AT, vision=key, version=3, words="Ours")
    assert draft(cast, persona="other_headteacher") != key


def noted(cast: Cast, what: str, *values: int, visibility: Visibility = Visibility.STAFF) -> None:
    told = actions.Noted(what, "", TODAY, visibility, values, ())
    actions.note_decision(by=cast.scope("headteacher"), at=AT, once=uuid4(), noted=told)


def test_the_mirror_links_the_decisions_and_names_what_nobody_named(cast: Cast):
    by = cast.scope("headteacher")
    kind, brave, fair = (actions.add_value(by=by, at=AT, name=name, meaning="") for name in ("Kind", "Brave", "Fair"))
    for number in range(4):
        noted(cast, f"Decision {number}", kind)
    noted(cast, "For leaders", brave, visibility=Visibility.LEADERS)
    page = vision_pages.values_page(by, year_of(TODAY), [year_of(TODAY)])
    assert [(row.value, [it.words for it in row.decisions], bool(row.all_url)) for row in page.acted] == [
        ("Kind", ["Decision 3", "Decision 2", "Decision 1"], True),
        ("Brave", ["For leaders"], False),
    ]
    assert page.unnamed.endswith("names Fair.")
    teachers = vision_pages.values_page(cast.scope("teacher"), year_of(TODAY), [year_of(TODAY)])
    assert ([row.value for row in teachers.acted], teachers.unnamed[-20:]) == (["Kind"], "names Brave or Fair.")
    assert vision_pages.values_page(by, year_of(TODAY) - 1, []).acted == []
    assert fair
    paper = vision_documents.values(by, vision_pages.values_page(by, year_of(TODAY), [], for_all=True))
    assert "For leaders" not in str(paper.blocks)
    assert "Decision 3" in str(paper.blocks)


@pytest.mark.parametrize("count", [1, 3])
def test_the_mirror_costs_the_same_at_any_length(cast: Cast, count: int, django_assert_num_queries):
    for number in range(count):
        key = actions.add_value(by=cast.scope("headteacher"), at=AT, name=f"Value {number}", meaning="")
        noted(cast, f"Decision {number}", key)
    by = cast.scope("headteacher")
    with django_assert_num_queries(3):
        vision_queries.acted_on(by, year_of(TODAY))


def test_the_head_finds_what_waits_and_staff_find_what_is_new(cast: Cast):
    key = draft(cast)
    by = cast.scope("headteacher")
    assert list(waiting.next_actions(by)) == []
    agree(cast, key)
    assert [each.words for each in waiting.next_actions(by)] == ["Publish the vision the board agreed"]
    assert list(waiting.next_actions(cast.scope("chair"))) == []
    assert list(waiting.news(cast.scope("teacher"), AT)) == []
    publish(cast, key)
    assert list(waiting.next_actions(by)) == []
    assert [each.words for each in waiting.news(cast.scope("teacher"), AT)] == ["Our vision was published"]
    assert list(waiting.news(cast.scope("teacher"), AT + DAY)) == []
    assert "strategy.vision" in registry.evidence_kinds()


def test_it_is_clicked_through_from_draft_to_paper(cast: Cast):
    head, chair, teacher = (cast.client(each) for each in ("headteacher", "chair", "teacher"))
    assert "Draft a statement" in head.get(VALUES).content.decode()
    assert "The vision is drafted by the headteacher" in teacher.get(VALUES).content.decode()
    assert head.get(f"{VISION}draft").status_code == 200
    assert "Enter the statement" in head.post(f"{VISION}draft", {"words": ""}).content.decode()
    assert head.post(f"{VISION}draft", {"words": "Every <b>child</b>\n\nknown"}).status_code == 302
    key = Vision.objects.get().pk
    page = head.get(f"{VISION}{key}").content.decode()
    assert "Every &lt;b&gt;child&lt;/b&gt;" in page
    assert vision_rules.NOT_AGREED in page
    assert "is not published yet" in head.get(VALUES).content.decode()
    words = {"words": "Every child known", "version": 1}
    assert "known" in head.get(f"{VISION}{key}/change").content.decode()
    assert head.post(f"{VISION}{key}/change", words).status_code == 302
    assert head.post(f"{VISION}{key}/change", words).status_code == 409
    agreed = {"meeting": "Full board", "once": str(uuid4()), "version": 2}
    day = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    assert chair.get(f"{VISION}{key}/agree").status_code == 200
    assert "Enter the day of the meeting" in chair.post(f"{VISION}{key}/agree", agreed).content.decode()
    assert chair.post(f"{VISION}{key}/agree", {**agreed, **day}).status_code == 302
    assert "they are a draft again" in head.get(f"{VISION}{key}/change").content.decode()
    assert head.post(f"{VISION}{key}/publish", {"version": ""}).status_code == 400
    assert head.post(f"{VISION}{key}/publish", {"version": 3}).status_code == 302
    page = teacher.get(VALUES).content.decode()
    assert "Every child known" in page
    assert "recorded by the chair of governors" in page
    assert "How it came about" in teacher.get(f"{VISION}on-a-day", day).content.decode()
    assert "No statement was in force" in teacher.get(f"{VISION}on-a-day", {**day, "on_year": 2001}).content.decode()
    assert teacher.get(f"{VISION}on-a-day").status_code == 200
    Vision.objects.update(state=VisionState.SUPERSEDED, superseded_on=TODAY)
    assert "Earlier statements" in teacher.get(VALUES).content.decode()


def test_it_is_given_on_one_page_as_pdf_and_for_word(cast: Cast):
    by = cast.scope("headteacher")
    teacher = cast.client("teacher")
    assert teacher.get(f"{VALUES}document").content[:5] == b"%PDF-"
    put_in_force(cast, "Every child known. " * 20)
    for name in ("Kind", "Brave", "Fair", "Curious"):
        key = actions.add_value(by=by, at=AT, name=name, meaning="What it means here, in a sentence of some length.")
        for number in range(5):
            noted(cast, f"{name} decision {number} with as many words as a decision commonly has", key)
    held = teacher.get(f"{VALUES}document")
    assert held["Content-Disposition"] == 'attachment; filename="vision-and-values.pdf"'
    pages_held = len(re.findall(rb"/Type */Page\b", held.content))
    assert pages_held == 1
    assert teacher.get(f"{VALUES}document?as=word").content[:2] == b"PK"


def test_programs_read_what_their_reader_may(cast: Cast):
    key = put_in_force(cast)
    draft(cast, "Not yet yours")
    asked = Slice()
    assert [each.id for each in vision_api.visions(cast.scope("teacher"), asked).items] == [key]
    assert vision_api.visions(cast.scope("headteacher"), asked).total == 2
    assert vision_api.vision(cast.scope("teacher"), key).words == "Every child known"
    with pytest.raises(Http404):
        vision_api.vision(cast.scope("other_headteacher"), key)
