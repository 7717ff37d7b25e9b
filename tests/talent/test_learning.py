"""Notes of learning: private unless shown, typed rather than done, and their writer's own."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.standards import actions as standards
from headship.talent import actions, queries, rules
from headship.talent.models import LearningNote
from tests import cast as everybody
from tests.appraisal import staff_flow
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
WORDS = "How the other school teaches fractions"
MINE = f"/schools/{everybody.OWN}/learning/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def learned(**changed: object) -> actions.Learned:
    note = actions.Learned(WORDS, "Use number lines", TODAY, 45, characteristics=("1.4",))
    return replace(note, **changed)


def write(cast: Cast, persona: str = "teacher", once: UUID | None = None, **changed: object) -> int:
    by = cast.scope(persona)
    return actions.write_note(by=by, at=AT, once=once or uuid4(), learned=learned(**changed))


def sees(cast: Cast, key: int) -> list[str]:
    personas = ("headteacher", "chair", "senior_leader", "teacher", "middle_leader")
    return [each for each in personas if queries.note(cast.scope(each), key)]


def test_a_note_is_private_and_its_evidence_too(cast: Cast):
    key = write(cast)
    assert sees(cast, key) == ["teacher"]
    entry = Entry.objects.get()
    assert (entry.visibility, entry.owner_id, entry.from_work, entry.words) == (
        "private",
        cast.people["teacher"].id,
        False,
        f"Learned: {WORDS}",
    )


def test_a_head_shows_their_own_learning_to_staff_by_choice(cast: Cast):
    key = write(cast, "headteacher", visibility=Visibility.STAFF, characteristics=("1.3", "1.4"))
    assert sees(cast, key) == ["headteacher", "chair", "senior_leader", "teacher", "middle_leader"]
    assert (Entry.objects.get().owner_id, Entry.objects.get().serves.count()) == (None, 2)


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        (Visibility.LEADERS, ["headteacher", "senior_leader", "teacher"]),
        (Visibility.LINE, ["senior_leader", "teacher"]),
    ],
)
def test_leaders_and_appraisers_see_what_was_shown_to_them(cast: Cast, visibility: Visibility, seen_by: list[str]):
    staff_flow.put_in(cast, staff_flow.a_cycle(cast), "teacher", "senior_leader")
    assert sees(cast, write(cast, visibility=visibility)) == seen_by
    assert sees(cast, write(cast, "middle_leader", visibility=Visibility.LINE)) == ["middle_leader"]
    assert sees(cast, write(cast)) == ["teacher"]


def test_what_each_may_choose(cast: Cast):
    chosen = {
        each: [str(one) for one in rules.visibilities(cast.scope(each))] for each in ("headteacher", "teacher", "chair")
    }
    assert chosen == {
        "headteacher": ["private", "line", "leaders", "governors", "staff"],
        "teacher": ["private", "line", "leaders", "staff"],
        "chair": ["private", "governors", "staff"],
    }
    with pytest.raises(Unusable):
        write(cast, visibility=Visibility.PUBLIC)
    with pytest.raises(Unusable):
        write(cast, learned_on=TODAY + timedelta(days=1))


def test_the_same_form_sent_twice_writes_one_note(cast: Cast):
    once = uuid4()
    assert write(cast, once=once) == write(cast, once=once)
    assert (LearningNote.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.parametrize("persona", ["external_adviser", "administrator", "authority_leader"])
def test_who_keeps_no_notes_here_is_told(cast: Cast, persona: str):
    with pytest.raises(Refused) as refused:
        write(cast, persona)
    assert str(refused.value) == rules.LEARNERS_ONLY


def test_a_change_replaces_the_evidence_and_a_second_window_is_told(cast: Cast):
    key = write(cast)
    by = cast.scope("teacher")
    actions.change_note(by=by, at=AT, note=key, version=1, learned=learned(what="Better words"))
    assert [each.words for each in Entry.objects.filter(withdrawn_at=None)] == ["Learned: Better words"]
    with pytest.raises(Stale):
        actions.change_note(by=by, at=AT, note=key, version=1, learned=learned())
    actions.withdraw_note(by=by, at=AT, note=key, version=2)
    assert Entry.objects.filter(withdrawn_at=None).count() == 0
    with pytest.raises(Refused):
        actions.change_note(by=by, at=AT, note=key, version=3, learned=learned())


def test_only_its_writer_changes_a_note(cast: Cast):
    key = write(cast, visibility=Visibility.STAFF)
    with pytest.raises(Refused):
        actions.withdraw_note(by=cast.scope("headteacher"), at=AT, note=key, version=1)
    with pytest.raises(Http404):
        actions.withdraw_note(by=cast.scope("other_headteacher"), at=AT, note=key, version=1)
    client = cast.client("headteacher")
    assert client.get(f"{MINE}{key}/change").status_code == 403
    assert client.post(f"{MINE}{key}/withdraw", {"version": 1}).status_code == 403
    other = cast.client("other_headteacher")
    assert [other.get(MINE.replace("990001", "990002") + f"{key}{end}").status_code for end in ("", "/change")] == [
        404
    ] * 2


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_at_any_length(cast: Cast, count: int, django_assert_num_queries):
    for _ in range(count):
        write(cast)
        write(cast, "headteacher", visibility=Visibility.STAFF)
    by = cast.scope("teacher")
    with django_assert_num_queries(1):
        own, _ = queries.own_notes(by, None)
    with django_assert_num_queries(1):
        shared, _ = queries.shared_notes(by, None)
    assert (len(own), len(shared)) == (count, count)


def test_a_long_list_is_read_page_by_page(cast: Cast):
    for number in range(queries.PAGE + 1):
        write(cast, what=f"Note {number}")
    by = cast.scope("teacher")
    first, mark = queries.own_notes(by, None)
    second, end = queries.own_notes(by, mark)
    assert (len(first), [each.what for each in second], end) == (queries.PAGE, ["Note 0"], None)


def test_the_screens_as_they_are_clicked_through(cast: Cast):
    client = cast.client("teacher")
    assert "Note the last thing" in client.get(MINE).content.decode()
    assert "Nobody has shown a note yet" in client.get(MINE + "shared").content.decode()
    form = client.get(MINE + "write").content.decode()
    assert form.count("checked") == 2  # 1.4, and only me
    day = {"learned_on_day": TODAY.day, "learned_on_month": TODAY.month, "learned_on_year": TODAY.year}
    words = {"what": WORDS, "visibility": "staff", "once": str(uuid4()), "minutes": 30, "serves": ["1.4"], **day}
    assert "Enter what you learned" in client.post(MINE + "write", {**words, "what": ""}).content.decode()
    late = client.post(MINE + "write", {**words, "learned_on_year": TODAY.year + 1}).content.decode()
    assert "The day cannot be in the future" in late
    made = client.post(MINE + "write", words)
    key = LearningNote.objects.get().id
    assert made["Location"] == f"{MINE}{key}"
    assert WORDS in client.get(f"{MINE}{key}").content.decode()
    assert WORDS in client.get(f"{MINE}?before=nonsense").content.decode()
    assert "Hari Teacher-Example" in cast.client("headteacher").get(MINE + "shared").content.decode()
    assert WORDS in client.get(f"{MINE}{key}/change").content.decode()
    assert client.post(f"{MINE}{key}/change", {**words, "version": 1, "what": "Other words"}).status_code == 302
    assert client.get(f"{MINE}{key}/withdraw").status_code == 405
    assert client.post(f"{MINE}{key}/withdraw", {"version": "x"}).status_code == 400
    assert client.post(f"{MINE}{key}/withdraw", {"version": 2}).status_code == 302
    assert "Only you can still see it" in client.get(f"{MINE}{key}").content.decode()
    assert cast.client("headteacher").get(f"{MINE}{key}").status_code == 404


def test_news_tells_of_what_others_show(cast: Cast):
    write(cast, "headteacher", visibility=Visibility.STAFF)
    write(cast, "middle_leader")
    shown = queries.shared_since(cast.scope("teacher"), AT - timedelta(days=1), 5)
    assert [each.person.name for each in shown] == ["Ada Headteacher-Example"]


def test_each_note_has_its_own_page_at_its_own_school(cast: Cast):
    keys = {what: write(cast, what=what, visibility=Visibility.STAFF) for what in ("First", "Second")}
    found = {what: queries.note(cast.scope("middle_leader"), key) for what, key in keys.items()}
    assert {what: each and each.what for what, each in found.items()} == {"First": "First", "Second": "Second"}
    assert [queries.note(cast.scope("other_headteacher"), key) for key in keys.values()] == [None, None]
    assert queries.shared_notes(cast.scope("other_teacher"), None) == ([], None)


def test_a_withdrawn_note_is_in_no_list(cast: Cast):
    key = write(cast, visibility=Visibility.STAFF)
    write(cast, what="Stands", visibility=Visibility.STAFF)
    actions.withdraw_note(by=cast.scope("teacher"), at=AT, note=key, version=1)
    reader = cast.scope("middle_leader")
    lists = (
        queries.own_notes(cast.scope("teacher"), None)[0],
        queries.shared_notes(reader, None)[0],
        queries.shared_since(reader, AT - timedelta(days=1), 5),
    )
    assert [[each.what for each in one] for one in lists] == [["Stands"]] * 3


def test_news_is_of_others_and_new(cast: Cast):
    write(cast, "headteacher", visibility=Visibility.STAFF)
    before, after = AT - timedelta(days=1), AT + timedelta(seconds=1)
    assert len(queries.shared_since(cast.scope("teacher"), before, 5)) == 1
    assert queries.shared_since(cast.scope("teacher"), after, 5) == []
    assert queries.shared_since(cast.scope("headteacher"), before, 5) == []


def test_notes_of_many_days_are_read_page_by_page(cast: Cast):
    """Newer days have smaller keys in one half of them, and larger in the other."""
    count = queries.PAGE * 2 + 3
    for number in range(count):
        write(cast, what=f"{number}", learned_on=TODAY - timedelta(days=number * 7 % 5))
    seen, mark = [], None
    for _ in range(3):
        rows, mark = queries.own_notes(cast.scope("teacher"), mark)
        seen += [(each.learned_on, each.id) for each in rows]
    assert (seen, mark) == (sorted(LearningNote.objects.values_list("learned_on", "id"), reverse=True), None)


def test_a_program_of_somebody_else_is_refused_before_what_it_asks_is_looked_at(cast: Cast):
    key = write(cast, visibility=Visibility.STAFF)
    asked = {"what": "Mine now", "learned_on": TODAY.isoformat(), "characteristics": ["no such"]}
    answers = {
        persona: cast.program(persona).put(
            f"/api/v1{MINE}{key}", asked, content_type="application/json", headers={"If-Match": '"1"'}
        )
        for persona in ("teacher", "headteacher")
    }
    assert answers["headteacher"].status_code == 403
    assert "Only its writer can change a note of learning" in answers["headteacher"].text
    assert answers["teacher"].status_code not in {200, 403}
    assert LearningNote.objects.get(pk=key).what == WORDS
