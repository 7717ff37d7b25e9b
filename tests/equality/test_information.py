"""Equality information: written, published, in force on any day; small numbers in its words are pointed at."""

import pytest
from django.http import Http404

from headship.core.errors import Refused, Stale, Unusable
from headship.core.pages import in_words
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.equality import aim_actions, api, pages, queries, rules, statement_actions, waiting, website_documents
from headship.equality.choices import STATEMENT_MOVES
from headship.equality.models import Aim, Statement
from headship.evidence.models import Entry
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.equality.flow import AT, DAY, PARTS, TODAY, aimed, draft, publish, published, tell, write

HERE = f"/schools/{everybody.OWN}/equality/information/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def test_it_moves_only_by_its_table():
    assert {str(each): [str(to) for to in after] for each, after in STATEMENT_MOVES.items()} == {
        "draft": ["published"],
        "published": ["superseded"],
        "superseded": [],
    }


@pytest.mark.parametrize("persona", ["chair", "governor", "clerk", "teacher", "business_manager"])
def test_only_head_and_senior_leaders_write_it(cast: Cast, persona: str):
    with pytest.raises(Refused) as refused:
        write(cast, persona)
    assert str(refused.value) == rules.EDITORS_ONLY
    write(cast, "senior_leader")
    assert (queries.drafted(cast.scope(persona)) is None) is (persona == "teacher")


def test_there_is_one_draft_and_two_editors_are_told(cast: Cast):
    key = write(cast)
    with pytest.raises(Unusable, match="being written already"):
        write(cast)
    head = cast.scope("headteacher")
    statement_actions.change_statement(by=head, at=AT, statement=key, version=1, parts={**PARTS, "heard": "Theirs"})
    with pytest.raises(Stale):
        statement_actions.change_statement(by=head, at=AT, statement=key, version=1, parts={**PARTS, "heard": "Mine"})
    assert Statement.objects.get().parts["heard"] == "Theirs"
    with pytest.raises(Unusable, match="under one heading"):
        statement_actions.change_statement(by=head, at=AT, statement=key, version=2, parts={"heard": " "})


def test_it_is_published_whole_by_head_or_chair_with_the_objectives_of_that_day(cast: Cast):
    first = published(cast)
    draft(cast, words="Not yet")
    key = write(cast, heard="")
    for persona in ("senior_leader", "governor"):
        with pytest.raises(Refused) as refused:
            tell(cast, key, persona)
        assert str(refused.value) == rules.PUBLISHERS_ONLY
    with pytest.raises(Unusable, match="under every heading"):
        tell(cast, key)
    by = cast.scope("headteacher")
    statement_actions.change_statement(by=by, at=AT, statement=key, version=1, parts=PARTS)
    assert queries.statement(cast.scope("teacher"), key) is None
    tell(cast, key, "chair")
    found = queries.in_force(cast.scope("teacher"))
    assert found is not None
    assert [each.pk for each in found.aims.all()] == [first]
    with pytest.raises(Refused) as refused:
        tell(cast, key)
    assert str(refused.value) == rules.IN_FORCE
    (entry,) = Entry.objects.filter(kind="equality.information")
    assert set(entry.serves.values_list("characteristic__code", flat=True)) == {"2.1"}
    aim_actions.end_objective(by=by, at=AT, aim=first, version=2)
    assert [each.words for each in pages.told(cast.scope("teacher"), found).aims] == ["More girls choose physics"]


def test_a_published_statement_keeps_the_objectives_as_they_were_published(cast: Cast):
    aim = published(cast, at=AT - 40 * DAY)
    tell(cast, key := write(cast, at=AT - 30 * DAY), at=AT - 30 * DAY)
    anew = aimed(cast, words="Fewer girls choose physics", measure="Nobody counts", baseline="", target="")
    changing = {"at": AT, "aim": aim, "version": 2, "aimed": anew}
    with pytest.raises(Refused) as refused:
        aim_actions.change_objective(by=cast.scope("senior_leader"), **changing)
    assert str(refused.value) == rules.PUBLISHED
    Statement.objects.update(kept="")  # as it was published before words were kept
    aim_actions.change_objective(by=cast.scope("headteacher"), **changing)
    of = queries.statement(cast.scope("teacher"), key)
    assert of is not None
    (told,) = pages.told(cast.scope("teacher"), of).aims
    assert (told.words, "from 21%" in told.measure) == ("More girls choose physics", True)
    paper = repr(list(website_documents.statement(cast.scope("teacher"), of).blocks))
    assert ("More girls choose physics" in paper, "Fewer girls" in paper) == (True, False)
    page = pages.aim_page(cast.scope("teacher"), Aim.objects.get())
    assert page.title == "Fewer girls choose physics"
    assert ("In these words", f"since {in_words(TODAY)}") in page.facts
    newest = page.history[-1]
    assert (newest.on, newest.words) == (TODAY, "Published anew in these words")
    assert newest.note.startswith("Until then: More girls choose physics. Few do. ")
    assert f"in these words since {in_words(TODAY)}" in pages.aims_page(cast.scope("governor")).published[0].days
    tell(cast, after := write(cast))
    later = queries.statement(cast.scope("teacher"), after)
    assert later is not None
    assert [each.words for each in pages.told(cast.scope("teacher"), later).aims] == ["Fewer girls choose physics"]


def test_the_words_of_any_day_are_found(cast: Cast):
    tell(cast, write(cast, at=AT - 400 * DAY, heard="Of old"), at=AT - 400 * DAY)
    tell(cast, write(cast, at=AT - 30 * DAY), at=AT - 30 * DAY)
    by = cast.scope("office")
    found = queries.in_force(by, TODAY - 31 * DAY)
    assert found is not None
    assert found.parts["heard"] == "Of old"
    newer = queries.in_force(by, TODAY - 30 * DAY)
    assert newer == queries.in_force(by) != found
    assert queries.in_force(by, TODAY - 401 * DAY) is None
    page = pages.information_page(by)
    assert ([len(page.earlier), page.overdue], "published every year" in page.duty) == ([1, False], True)
    assert queries.in_force(cast.scope("other_headteacher")) is None


def test_what_is_due_is_told_to_the_head(cast: Cast):
    key = write(cast, at=AT - 380 * DAY)
    head = cast.scope("headteacher")
    assert [each.words for each in waiting.next_actions(head)] == [
        "Publish equality objectives: none has been published here",
        "Publish equality information: none has been published here",
    ]
    tell(cast, key, at=AT - 380 * DAY)
    (_, told) = waiting.next_actions(head)
    assert told.words.startswith("Publish equality information anew: last published on")
    assert told.due_on is not None
    assert told.due_on < TODAY
    assert pages.information_page(cast.scope("teacher")).overdue
    assert list(waiting.next_actions(cast.scope("chair"))) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("We have 3 Traveller children.", ["3 Traveller children"]),
        ("Two pupils are deaf; One of the staff", ["Two pupils", "One of the staff"]),
        ("5 boys, 6 girls", ["5 boys"]),
        ("Of 420 pupils, 12 are new; 13 boys", []),
        ("In Year 4 pupils read; £3 a child; 2.5 teachers; 1/2 people", []),
        ("Four percent of staff and 5 per cent of boys", []),
        ("Three objectives", []),
    ],
)
def test_a_hint_finds_small_numbers_of_people(words, found):
    assert list(rules.small_numbers([words], 5)) == found


def test_the_hint_is_for_drafts(cast: Cast):
    key = write(cast, school="We have 3 Traveller children")
    assert list(pages.statement_page(cast.scope("chair"), Statement.objects.get()).hints) == ["3 Traveller children"]
    tell(cast, key)
    assert list(pages.statement_page(cast.scope("chair"), Statement.objects.get()).hints) == []


def test_its_document_names_nobody(cast: Cast):
    aim = draft(cast)
    publish(cast, aim)
    tell(cast, write(cast))
    paper = website_documents.statement(cast.scope("headteacher"), Statement.objects.get())
    assert "How we foster good relations: in words" in str(paper)
    assert "More girls choose physics" in str(paper)
    assert ("Hari" in str(paper), "Ada" in str(paper)) == (False, False)


def test_programs_read_it(cast: Cast):
    key = write(cast)
    with pytest.raises(Http404):
        api.statement(cast.scope("teacher"), key)
    assert api.statement(cast.scope("chair"), key).state == "draft"
    tell(cast, key)
    assert [each.parts for each in api.statements(cast.scope("teacher"), Slice()).items] == [PARTS]


def test_it_is_clicked_through(cast: Cast):
    head, teacher = cast.client("headteacher"), cast.client("teacher")
    assert "information of this year" in head.get(HERE).content.decode()
    assert head.get(f"{HERE}draft").status_code == 200
    assert "under one heading" in head.post(f"{HERE}draft", {"heard": " "}).content.decode()
    assert head.post(f"{HERE}draft", {**PARTS, "school": "2 <b>refugee</b> families"}).status_code == 302
    key = Statement.objects.get().pk
    assert "is not published yet" in head.get(HERE).content.decode()
    assert teacher.get(f"{HERE}{key}").status_code == 404
    assert "Only a hint" not in head.get(f"{HERE}{key}").content.decode()  # letters of another kind stand between
    assert "in words" in head.get(f"{HERE}{key}/change").content.decode()
    change = {**PARTS, "school": "2 refugee families", "version": 1}
    assert head.post(f"{HERE}{key}/change", change).status_code == 302
    assert "2 refugee families</li>" in head.get(f"{HERE}{key}").content.decode()
    late = head.post(f"{HERE}{key}/change", {**change, "school": "Typed late"})
    assert (late.status_code, "Typed late" in late.content.decode()) == (409, True)
    assert head.post(f"{HERE}{key}/publish").status_code == 400
    assert head.post(f"{HERE}{key}/publish", {"version": 2}).status_code == 302
    shown = teacher.get(HERE).content.decode()
    assert "2 refugee families" in shown
    assert "In force" in teacher.get(f"{HERE}{key}").content.decode()
    assert head.get(f"{HERE}{key}/change").status_code == 403
    asked = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    assert "2 refugee families" in teacher.get(f"{HERE}on-a-day", asked).content.decode()
    assert "No equality information" in teacher.get(f"{HERE}on-a-day", {**asked, "on_year": 2001}).content.decode()
    assert teacher.get(f"{HERE}{key}/document").content[:5] == b"%PDF-"
    assert teacher.get(f"{HERE}{key}/document?as=word").content[:2] == b"PK"
    assert "2 refugee families" in head.get(f"{HERE}draft").content.decode()
