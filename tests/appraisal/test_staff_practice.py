"""Excellent practice: recognised by name, shown with the person's consent alone, withdrawn at any time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from headship.appraisal import staff_practice_actions as actions
from headship.appraisal.models import ExcellentPractice
from headship.core import registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.personal import Fate
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.privacy import gathering
from tests import cast as everybody
from tests.appraisal.staff_flow import AT, TODAY

SEEN = "Every lesson begins with a question from the one before"
STAFF = ("headteacher", "senior_leader", "middle_leader", "teacher", "support_staff", "office")


def url(name, **rest):
    return reverse(name, kwargs={"urn": everybody.OWN, **rest})


def recognised(cast, who="middle_leader", person="teacher", once=None):
    key = actions.recognise_practice(
        by=cast.scope(who), at=AT, once=once or uuid4(), person=cast.people[person].pk, words=SEEN
    )
    return ExcellentPractice.objects.get(pk=key)


def answered(cast, practice, who="teacher", *, shown=True):
    practice.refresh_from_db()
    actions.answer_practice(by=cast.scope(who), at=AT, practice=practice.pk, version=practice.version, shown=shown)


def readers(cast):
    return [who for who in STAFF if SEEN in cast.client(who).get(url("practice")).text]


def test_nobody_else_reads_it_before_the_person_agreed(cast):
    practice = recognised(cast)
    assert readers(cast) == ["middle_leader", "teacher"]
    assert "Answer whether something of yours may be shown" in cast.client("teacher").get(url("today")).text
    with pytest.raises(Refused, match="Only whoever it is about"):
        answered(cast, practice, "middle_leader")
    answered(cast, practice)
    assert readers(cast) == list(STAFF)
    assert cast.client("chair").get(url("practice")).status_code == 403
    assert Entry.objects.get(kind="appraisal.practice").visibility == "staff"


def test_a_no_stays_between_them_and_can_become_a_yes(cast):
    practice = recognised(cast)
    answered(cast, practice, shown=False)
    assert readers(cast) == ["middle_leader", "teacher"]
    assert not Entry.objects.filter(kind="appraisal.practice").exists()
    answered(cast, practice)
    assert readers(cast) == list(STAFF)


@pytest.mark.parametrize("who", ["teacher", "middle_leader"])
def test_it_is_withdrawn_at_any_time_and_gone_at_once(cast, who):
    practice = recognised(cast)
    answered(cast, practice)
    client = cast.client(who)
    assert client.post(url("practice-take-back", practice=practice.pk)).status_code == 302
    assert readers(cast) == ["middle_leader", "teacher"]
    assert not Entry.objects.filter(kind="appraisal.practice", withdrawn_at=None).exists()
    with pytest.raises(Refused, match="It is not shown"):
        actions.take_back_practice(by=cast.scope(who), at=AT, practice=practice.pk)
    if who == "teacher":
        answered(cast, practice)
        assert readers(cast) == list(STAFF)
    else:
        with pytest.raises(Refused, match="Whoever recognised it took it back"):
            answered(cast, practice)
        assert url("practice-answer", practice=practice.pk) not in cast.client("teacher").get(url("practice")).text


def test_what_was_recalled_before_an_answer_is_not_shown_either(cast):
    practice = recognised(cast)
    actions.take_back_practice(by=cast.scope("middle_leader"), at=AT, practice=practice.pk)
    with pytest.raises(Refused, match="Whoever recognised it took it back"):
        answered(cast, practice)


def test_governors_read_that_there_is_some_and_neither_whose_nor_what(cast):
    answered(cast, recognised(cast))
    chair = cast.client("chair")
    entry = Entry.objects.get(kind="appraisal.practice")
    pages = [chair.get(url("profile")), *(chair.get(url("characteristic", code=each)) for each in ("3.3", "1.2"))]
    for told in [*pages, chair.get(url("readiness-document"))]:
        assert told.status_code == 200
        assert SEEN.encode() not in told.content
        assert b"Hari Teacher-Example" not in told.content
    assert "Hari" not in entry.words
    assert "Excellent practice of a colleague was recognised" in pages[1].text


def test_whoever_answers_requests_reads_what_all_staff_read_and_nothing_before(cast):
    practice = recognised(cast)
    teacher, by = gathering.subject_of(cast.people["teacher"], cast.school.pk), cast.scope("data_protection_officer")

    def found():
        return [part for part in gathering.gather(teacher, cast.school.pk, {}, by).parts
                if part.model == "appraisal.ExcellentPractice"]  # fmt: skip

    assert not found()
    answered(cast, practice)
    (part,) = found()
    assert SEEN not in str(part.rows)  # somebody reads the words of another first
    assert not registry_of("appraisal.ExcellentPractice").own
    assert registry_of("appraisal.ExcellentPractice").fate == Fate.DELETE


def registry_of(model):
    return next(each for each in registry.person_data() if each.model == model)


def test_nobody_else_takes_it_back(cast):
    practice = recognised(cast)
    answered(cast, practice)
    with pytest.raises(Refused, match="Only the person, or whoever recognised it"):
        actions.take_back_practice(by=cast.scope("headteacher"), at=AT, practice=practice.pk)


def test_who_recognises_whom(cast):
    once = uuid4()
    assert recognised(cast, once=once) == recognised(cast, once=once)
    for person in ("middle_leader", "chair"):
        with pytest.raises(Unusable, match="somebody else on the staff"):
            recognised(cast, person=person)
    with pytest.raises(Refused, match="recognised by those who lead"):
        recognised(cast, "teacher", "office")


def test_by_form_and_two_windows(cast):
    client = cast.client("middle_leader")
    sent = {"person": cast.people["teacher"].pk, "words": SEEN, "once": uuid4()}
    assert client.post(url("practice-recognise"), sent).status_code == 302
    practice = ExcellentPractice.objects.get()
    at, teacher = url("practice-answer", practice=practice.pk), cast.client("teacher")
    assert SEEN in teacher.get(at).text
    assert "Choose yes or no" in teacher.post(at, {"version": 1}).text
    assert teacher.post(at, {"version": 1, "shown": "no"}).status_code == 302
    assert teacher.post(at, {"version": 2, "shown": "no"}).status_code == 302
    with pytest.raises(Stale):
        actions.answer_practice(by=cast.scope("teacher"), at=AT, practice=practice.pk, version=1, shown=True)


def test_of_somebody_who_left_nothing_is_shown(cast):
    answered(cast, recognised(cast))
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - timedelta(days=1))
    assert "office" not in readers(cast)
