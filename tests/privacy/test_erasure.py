"""Erasure: the dry run shows exactly what goes, another person approves, holds win, and the chain stays whole."""

import json
import re
import zlib
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from headship.core import audit, registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent, ImportBatch
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.evidence import tallies
from headship.evidence.choices import State as Seen
from headship.evidence.models import Entry, Reflection, Tally
from headship.people.leavers import ERASED
from headship.people.models import Account, ApiToken, Invitation, Person, Post, Relationship
from headship.privacy import actions, keeping, pages, planning, upkeep
from headship.privacy.choices import Stage
from headship.privacy.models import Erasure, KeepingTime, LegalHold
from headship.schools import actions as schools
from headship.schools.models import CalendarFeed, SchoolDay
from headship.standards import actions as standards
from headship.standards.models import Characteristic
from headship.strategy.models import Decision
from headship.talent.models import LearningNote
from tests import cast

pytestmark = pytest.mark.django_db
LONG_AGO = date(2015, 3, 3)


@pytest.fixture
def everybody():
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return cast.build()


def packed_with(words):
    """Return what an import keeps for undoing, with some words in it."""
    return zlib.compress(json.dumps([words], ensure_ascii=False).encode() + b"\n")


def a_life_here(everybody, persona="teacher"):
    """Let a persona do one of everything, then leave."""
    person, school, now = everybody.people[persona], everybody.school, timezone.now()
    scope = everybody.scope(persona)
    evidence.note_evidence(by=everybody.scope("headteacher"), at=now, code="1.1", words="Stays", occurred_on=now.date(),
                           visibility=Visibility.STAFF)  # fmt: skip
    statement = Characteristic.objects.get(framework__code="nse-2015", code="1.1")
    Reflection.objects.create(person=person, school=school, characteristic=statement, state=Seen.NOTICING, words="Mine",
                              written_at=now, visibility="private")  # fmt: skip
    LearningNote.objects.create(person=person, school=school, once="6f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9901", what="Mine",
                                learned_on=now.date(), visibility="private", written_at=now)  # fmt: skip
    Relationship.objects.create(school=school, kind="coach", holder=everybody.people["senior_leader"], about=person,
                                starts_on=now.date())  # fmt: skip
    Decision.objects.create(school=school, once="6f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9902", what="Read daily",
                            decided_on=now.date(), decided_by=person, decided_as="teacher", visibility="staff",
                            noted_at=now)  # fmt: skip
    Invitation.objects.create(school=school, name=person.name, email=person.email, role="teacher",
                              starts_on=now.date(), token_hash="a" * 64, invited_by=everybody.people["headteacher"],
                              invited_at=now, expires_at=now)  # fmt: skip
    schools.make_feed(by=scope, at=now)
    ApiToken.objects.create(person=person, name="Mine", token_hash="c" * 64, created_at=now, expires_at=now)
    EmailAddress.objects.create(user=everybody.accounts[persona], email=person.email)
    everybody.client(persona)  # a session
    Post.objects.filter(person=person, school=school).update(ends_on=now.date() - timedelta(days=1), title="Old title")
    return person


def prepared_for(everybody, person, by="headteacher"):
    return actions.prepare_erasure(by=everybody.scope(by), at=timezone.now(), person_id=person.pk)


def approved(everybody, erasure, by="data_protection_officer"):
    return actions.approve_erasure(by=everybody.scope(by), at=timezone.now(), erasure_id=erasure.pk)


def whole(everybody):
    return [*audit.faults(everybody.school.pk), *audit.faults(0), *tallies.tally_faults(everybody.school.pk)]


def test_erasing_a_person_takes_their_own_and_leaves_the_schools(everybody):
    person = a_life_here(everybody)
    evidence.note_evidence(by=everybody.scope("headteacher"), at=timezone.now(), code="1.1", words="Private of another",
                           occurred_on=date(2026, 9, 9), visibility=Visibility.PRIVATE)  # fmt: skip
    accounts, sessions = Account.objects.count(), Session.objects.count()
    erasure = prepared_for(everybody, person)
    assert Reflection.objects.count() == LearningNote.objects.count() == 1  # a dry run changes nothing
    done = approved(everybody, erasure)
    assert (done.stage, done.decided_by_id) == (Stage.DONE, everybody.people["data_protection_officer"].pk)
    person.refresh_from_db()
    assert (person.name, person.email) == (ERASED, "")
    assert Account.objects.count() == accounts - 1
    assert Session.objects.count() == sessions - 1
    for model in (ApiToken, Reflection, LearningNote, CalendarFeed, Relationship, EmailAddress):
        assert model.objects.count() == 0, model
    assert [(each.title, each.reason) for each in Post.objects.filter(person=person)] == [("", "")]
    assert [(each.name, each.email) for each in Invitation.objects.all()] == [("", "")]
    assert [each.what for each in Decision.objects.filter(decided_by=person)] == ["Read daily"]
    assert set(Entry.objects.values_list("words", flat=True)) == {"Stays", "Private of another"}
    assert whole(everybody) == []
    event = AuditEvent.objects.get(action="privacy.approve_erasure")
    assert b"Hari" not in bytes(event.canonical)
    assert "Hari" not in everybody.client("headteacher").get(f"/schools/{cast.OWN}/people/").text


def test_what_is_shown_is_what_goes(everybody):
    """Every row counted in the dry run, and no other, is gone or emptied afterwards."""
    person = a_life_here(everybody)
    erasure = prepared_for(everybody, person)
    page = (
        everybody.client("data_protection_officer")
        .get(reverse("erasure", kwargs={"urn": cast.OWN, "erasure": erasure.pk}))
        .text
    )
    plan = planning.plan_for_person(everybody.school.pk, person, timezone.localdate())
    assert erasure.counts == plan.counts == {
        "people.Person": 1, "people.Account": 1, "account.EmailAddress": 1, "people.ApiToken": 1, "people.Post": 1,
        "people.Relationship": 1,
        "people.Invitation": 1, "schools.CalendarFeed": 1, "evidence.Reflection": 1, "talent.LearningNote": 1,
    }  # fmt: skip
    for words in (
        "Reflections: 1, deleted",
        "Posts: 1, emptied of title and reason",
        "Decisions: 1.</strong> Kept: the",
    ):
        assert words.lower() in page.lower()
    assert "Approve: delete this now" in page
    approved(everybody, erasure)
    after = planning.plan_for_person(everybody.school.pk, Person.objects.get(pk=person.pk), timezone.localdate())
    assert after.steps == ()


def a_feed_of_the_trust(everybody, person, **more):
    """Give somebody a calendar address at the trust."""
    account = everybody.accounts["teacher"]
    return CalendarFeed.objects.create(trust=everybody.school.trust, person_id=person.pk, account_id=account.pk,
                                       token_hash="t" * 64, created_at=timezone.now(), **more)  # fmt: skip


def test_a_calendar_address_at_a_trust_goes_with_the_person(everybody):
    person = a_life_here(everybody)
    feed = a_feed_of_the_trust(everybody, person)
    plan = planning.plan_for_person(everybody.school.pk, person, timezone.localdate())
    assert plan.counts["schools.CalendarFeed"] == 2
    approved(everybody, prepared_for(everybody, person))
    assert not CalendarFeed.objects.filter(pk=feed.pk).exists()


def test_a_calendar_address_at_a_trust_goes_when_its_time_is_over_and_nobody_is_held(everybody):
    now, person = timezone.now(), everybody.people["teacher"]
    feed = a_feed_of_the_trust(everybody, person, revoked_at=now - timedelta(days=400))

    def due(school):
        steps = planning.plan_by_time(school.pk, now).steps
        return [key for each in steps if each.model == "schools.CalendarFeed" for key in each.keys]

    assert due(everybody.school) == [feed.pk]
    LegalHold.objects.create(school=everybody.other, person=person, why="A claim", placed_by=person, placed_at=now)
    assert due(everybody.school) == []


def test_a_calendar_address_is_at_a_school_or_a_trust_and_never_both_or_neither(everybody):
    feed = a_feed_of_the_trust(everybody, everybody.people["teacher"])
    for wrong in ({"school": everybody.school}, {"trust": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarFeed.objects.filter(pk=feed.pk).update(**wrong)


def test_whoever_works_elsewhere_keeps_account_and_name(everybody):
    person = everybody.people["two_schools"]
    Post.objects.filter(person=person, school=everybody.school).update(ends_on=timezone.localdate() - timedelta(days=1))
    LearningNote.objects.create(person=person, school=everybody.other, once="6f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9901",
                                what="At the other", learned_on=LONG_AGO, visibility="private",
                                written_at=timezone.now())  # fmt: skip
    Post.objects.filter(person=person).update(title="A title")
    approved(everybody, prepared_for(everybody, person))
    person.refresh_from_db()
    assert person.name == "Rosa Twoschools-Example"
    assert Account.objects.filter(person=person).exists()
    assert LearningNote.objects.count() == 1
    assert {each.school_id: each.title for each in Post.objects.filter(person=person)} == {
        everybody.school.pk: "", everybody.other.pk: "A title"
    }  # fmt: skip


@pytest.mark.parametrize("whole_school", [False, True])
def test_another_schools_hold_keeps_account_and_name(everybody, whole_school):
    """Somebody who left both schools: what belongs to neither stays while one of them must keep it."""
    person, today = everybody.people["two_schools"], timezone.localdate()
    Post.objects.filter(person=person).update(ends_on=today - timedelta(days=1), title="A title")
    held = LegalHold.objects.create(school=everybody.other, person=None if whole_school else person, why="A claim",
                                    placed_by=everybody.people["other_headteacher"],
                                    placed_at=timezone.now())  # fmt: skip
    approved(everybody, prepared_for(everybody, person))
    person.refresh_from_db()
    assert (person.name, Account.objects.filter(person=person).count()) == ("Rosa Twoschools-Example", 1)
    assert Post.objects.get(person=person, school=everybody.school).title == "", "its own is the school's to erase"
    Post.objects.filter(person=person).update(ends_on=keeping.months_after(today, -73))
    Post.objects.filter(person=person, school=everybody.other).update(ends_on=keeping.months_after(today, -80))
    counts = planning.plan_by_time(everybody.school.pk, timezone.now()).counts
    assert {"people.Account", "people.Person"} & counts.keys() == set()
    held.lifted_at = timezone.now()
    held.save()
    counts = planning.plan_by_time(everybody.school.pk, timezone.now()).counts
    assert {"people.Account", "people.Person"} <= counts.keys()


def test_nobody_approves_what_they_prepared_where_another_could(everybody):
    erasure = prepared_for(everybody, everybody.people["leaver"])
    with pytest.raises(Refused, match="somebody else approves it"):
        approved(everybody, erasure, by="headteacher")
    page = everybody.client("headteacher").get(reverse("erasure", kwargs={"urn": cast.OWN, "erasure": erasure.pk})).text
    assert "You prepared this deletion, so somebody else approves it" in page
    Post.objects.filter(role="data_protection_officer").update(ends_on=timezone.localdate() - timedelta(days=1))
    assert approved(everybody, erasure, by="headteacher").stage == Stage.DONE  # a small school has one such person


@pytest.mark.parametrize("persona", ["business_manager", "senior_leader", "teacher", "chair", "administrator"])
def test_who_may_not_approve_nor_prepare(everybody, persona):
    erasure = prepared_for(everybody, everybody.people["leaver"])
    with pytest.raises(Refused):
        approved(everybody, erasure, by=persona)
    with pytest.raises(Refused):
        prepared_for(everybody, everybody.people["leaver"], by=persona)
    with pytest.raises(Refused):
        actions.drop_erasure(by=everybody.scope(persona), at=timezone.now(), erasure_id=erasure.pk)
    assert Person.objects.filter(name="Samir Leaver-Example").exists()


def test_whoever_works_here_is_not_erased(everybody):
    with pytest.raises(Refused, match="They hold a post here"):
        prepared_for(everybody, everybody.people["teacher"])


def test_a_change_after_the_dry_run_deletes_nothing(everybody):
    person = a_life_here(everybody)
    erasure = prepared_for(everybody, person)
    LearningNote.objects.create(person=person, school=everybody.school, once="6f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9909",
                                what="Late", learned_on=LONG_AGO, visibility="private",
                                written_at=timezone.now())  # fmt: skip
    with pytest.raises(Stale, match="Something changed"):
        approved(everybody, erasure)
    assert LearningNote.objects.count() == 2
    page = (
        everybody.client("data_protection_officer")
        .get(reverse("erasure", kwargs={"urn": cast.OWN, "erasure": erasure.pk}))
        .text
    )
    assert "Something changed since this was prepared" in page
    assert "Approve: delete this now" not in page


@pytest.mark.parametrize("whole_school", [True, False])
def test_a_hold_always_wins(everybody, whole_school):
    person = a_life_here(everybody)
    erasure = prepared_for(everybody, person)
    hold = actions.place_hold(by=everybody.scope("headteacher"), at=timezone.now(), why="A claim", until=None,
                              person_id=None if whole_school else person.pk)  # fmt: skip
    with pytest.raises(Refused, match="A legal hold stands"):
        approved(everybody, erasure)
    with pytest.raises(Refused, match="A legal hold stands"):
        prepared_for(everybody, person)
    assert Reflection.objects.count() == 1
    actions.lift_hold(by=everybody.scope("data_protection_officer"), at=timezone.now(), hold_id=hold.pk)
    assert approved(everybody, erasure).stage == Stage.DONE


def old_rows(everybody):
    """Put one row past its time, and its younger twin, into each table that has a time."""
    school, now, head = everybody.school, timezone.now(), everybody.people["headteacher"]
    for day in (LONG_AGO, now.date()):
        SchoolDay.objects.create(school=school, on=day, until=day, words=f"Fair {day:%Y}", kind="event")
        SchoolDay.objects.create(school=everybody.other, on=day, until=day, words=f"Theirs {day:%Y}", kind="event")
        Decision.objects.create(school=school, once=f"6f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a{day:%Y}", what=f"What {day:%Y}",
                                decided_on=day, decided_by=head, decided_as="headteacher", visibility="staff",
                                noted_at=now)  # fmt: skip
        evidence.note_evidence(by=everybody.scope("headteacher"), at=now, code="1.1", words=f"Done {day:%Y}",
                               occurred_on=day, visibility=Visibility.STAFF)  # fmt: skip
    Invitation.objects.create(school=school, name="Never Came-Example", email="never@people.example", role="teacher",
                              starts_on=LONG_AGO, token_hash="b" * 64, invited_by=head,
                              invited_at=now - timedelta(days=400), expires_at=now)  # fmt: skip
    ImportBatch.objects.create(chain=school.pk, importer="mapped", file_name="staff.csv", fingerprint="",
                               state="committed",
                               created_at=now - timedelta(days=400), staged=b"old")  # fmt: skip


def test_what_is_due_is_prepared_by_itself_and_deleted_by_nobody(everybody):
    old_rows(everybody)
    told = upkeep.prepare_due(timezone.now())
    assert told == "2 of 3 schools have something new that is due to be deleted and waits for approval."
    assert upkeep.prepare_due(timezone.now()).startswith("0 of 3")  # it may run twice
    erasure = Erasure.objects.get(school=everybody.school)
    assert (erasure.prepared_by, erasure.stage) == (None, Stage.PREPARED)
    due = {"core.ImportBatch", "schools.SchoolDay", "people.Invitation", "evidence.Entry", "strategy.Decision"}
    assert erasure.counts == dict.fromkeys(due, 1)
    assert SchoolDay.objects.count() == 4
    today = everybody.client("data_protection_officer").get(reverse("today", kwargs={"urn": cast.OWN})).text
    assert "Look at what is due to be deleted" in today
    approved(everybody, erasure, by="headteacher")
    assert set(SchoolDay.objects.values_list("words", flat=True)) == {
        "Theirs 2015", f"Theirs {timezone.localdate():%Y}", f"Fair {timezone.localdate():%Y}"
    }  # fmt: skip
    assert list(Decision.objects.values_list("what", flat=True)) == [f"What {timezone.localdate():%Y}"]
    assert list(Entry.objects.values_list("words", flat=True)) == [f"Done {timezone.localdate():%Y}"]
    assert not Tally.objects.filter(year=2014).exists()
    assert bytes(ImportBatch.objects.get().staged) == b""
    assert whole(everybody) == []


def test_where_nothing_new_is_due_nobody_is_held_off(everybody):
    """Looking through every school takes no transaction: on SQLite each would keep all other writers waiting."""
    old_rows(everybody)
    upkeep.prepare_due(timezone.now())
    with CaptureQueriesContext(connection) as captured:
        upkeep.prepare_due(timezone.now())
    assert len(captured) > 0
    assert [each["sql"] for each in captured if not each["sql"].lstrip().upper().startswith("SELECT")] == []


def test_what_is_due_no_longer_is_dropped_by_itself(everybody):
    old_rows(everybody)
    upkeep.prepare_due(timezone.now())
    actions.place_hold(by=everybody.scope("headteacher"), at=timezone.now(), why="A claim", until=None,
                       person_id=None)  # fmt: skip
    assert upkeep.prepare_due(timezone.now()).startswith("0 of 3")
    stages = dict(Erasure.objects.values_list("school__urn", "stage"))
    assert stages == {cast.OWN: Stage.DROPPED, cast.OTHER: Stage.PREPARED}


def test_entries_of_one_year_are_counted_anew(everybody):
    """Half a year's entries go; the other half is still counted, under the newest that is left."""
    now, cut = timezone.now(), keeping.months_after(timezone.localdate(), -84)
    for days in (-1, 0, 1):
        evidence.note_evidence(by=everybody.scope("headteacher"), at=now, code="1.1", words=f"Day {days}",
                               occurred_on=cut + timedelta(days=days), visibility=Visibility.STAFF)  # fmt: skip
    made = actions.prepare_erasure(by=everybody.scope("headteacher"), at=now, person_id=None)
    approved(everybody, made)
    assert list(Entry.objects.values_list("words", flat=True)) == ["Day 1"]
    assert whole(everybody) == []


def test_a_leaver_goes_after_the_times_of_account_and_person(everybody):
    person = a_life_here(everybody)
    today = timezone.localdate()
    Post.objects.filter(person=person).update(ends_on=keeping.months_after(today, -13))
    plan = planning.plan_by_time(everybody.school.pk, timezone.now())
    assert plan.counts["people.Account"] == 1
    assert "people.Person" not in plan.counts
    Post.objects.filter(person=person).update(ends_on=keeping.months_after(today, -73))
    erasure = actions.prepare_erasure(by=everybody.scope("headteacher"), at=timezone.now(), person_id=None)
    assert erasure.counts["people.Person"] == 1
    approved(everybody, erasure)
    assert Person.objects.get(pk=person.pk).name == ERASED
    assert Reflection.objects.count() == 0
    assert planning.plan_by_time(everybody.school.pk, timezone.now()).steps == ()


def test_what_a_hold_on_a_person_covers_is_spared_by_the_times(everybody):
    old_rows(everybody)
    SchoolDay.objects.filter(words="Fair 2015").update(words="Ada Headteacher-Example speaks")
    actions.place_hold(by=everybody.scope("data_protection_officer"), at=timezone.now(), why="A complaint", until=None,
                       person_id=everybody.people["headteacher"].pk)  # fmt: skip
    counts = planning.plan_by_time(everybody.school.pk, timezone.now()).counts
    assert counts == {"core.ImportBatch": 1, "evidence.Entry": 1}  # neither her decision nor what names her
    LegalHold.objects.update(person=None)
    assert planning.plan_by_time(everybody.school.pk, timezone.now()).steps == ()
    LegalHold.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert "strategy.Decision" in planning.plan_by_time(everybody.school.pk, timezone.now()).counts


def test_an_import_that_names_the_person_forgets_what_undoing_needs(everybody):
    person = a_life_here(everybody)
    for name, words in (("theirs", person.name), ("others", "Gwen Middle-Example")):
        ImportBatch.objects.create(chain=everybody.school.pk, importer="mapped", file_name=name, fingerprint="",
                                   state="committed", created_at=timezone.now(), staged=packed_with(words))  # fmt: skip
    approved(everybody, prepared_for(everybody, person))
    assert {each.file_name: bool(each.staged) for each in ImportBatch.objects.all()} == {
        "theirs": False,
        "others": True,
    }


def test_a_school_sets_its_own_times_by_versions(everybody):
    old_rows(everybody)
    scope, now = everybody.scope("business_manager"), timezone.now()
    set_time = {"by": scope, "at": now, "model": "strategy.Decision", "reason": "Our schedule"}
    actions.set_keeping_time(**set_time, months=1200, ends=True, version=0)
    assert "strategy.Decision" not in planning.plan_by_time(everybody.school.pk, now).counts
    assert "strategy.Decision" not in planning.plan_by_time(everybody.other.pk, now).counts
    with pytest.raises(Stale):
        actions.set_keeping_time(**set_time, months=1, ends=True, version=0)
    actions.set_keeping_time(**set_time, months=12, ends=True, version=1)
    assert planning.plan_by_time(everybody.school.pk, now).counts["strategy.Decision"] == 1
    actions.set_keeping_time(**set_time, months=12, ends=False, version=2)
    assert "strategy.Decision" not in planning.plan_by_time(everybody.school.pk, now).counts
    assert KeepingTime.objects.count() == 3
    assert AuditEvent.objects.filter(action="privacy.set_keeping_time").count() == 3
    with pytest.raises(Unusable):
        actions.set_keeping_time(by=scope, at=now, model="core.AuditEvent", months=1, ends=True, reason="", version=0)
    with pytest.raises(Refused):
        actions.set_keeping_time(
            **(set_time | {"by": everybody.scope("senior_leader")}), months=1, ends=True, version=3
        )


def test_times_stand_under_names_that_people_use_and_each_once(everybody):
    whole = everybody.client("business_manager").get(reverse("keeping", kwargs={"urn": cast.OWN})).text
    page = unescape(whole.partition("Times you may set</h2>")[2])
    called = [pages.name_of(model) for model in registry.retention()]
    assert len(called) == len(set(called))
    assert [page.count(f">{each}<") + page.count(f">{each}.<") for each in called] == [1] * len(called)
    labels = [label for label, count in activities(page)]
    assert labels == list(dict.fromkeys(labels))
    assert "Personal data" in labels


def activities(page):
    """Return what opens on asking, as the page of keeping times tells it."""
    return re.findall(r'summary-text">([^<:]+): (\d+)<', page)


def test_times_and_holds_are_set_through_their_pages(everybody):
    client = everybody.client("business_manager")
    url = reverse("keeping-time", kwargs={"urn": cast.OWN, "model": "schools.SchoolDay"})
    assert "seven years after its last day" in client.get(url).text
    form = {"ends": "yes", "months": "24", "reason": "The trust's schedule", "version": "0"}
    assert client.post(url, form).status_code == 302
    page = client.get(reverse("keeping", kwargs={"urn": cast.OWN})).text
    assert "2 years, as the school set it" in page
    assert "The trust&#39;s schedule" in page
    assert "not yet checked" in page
    assert "decide what must not be deleted" in page  # she may not place a hold
    head = everybody.client("headteacher")
    head.post(reverse("hold-place", kwargs={"urn": cast.OWN}), {"person": "", "why": "An inquiry"})
    assert "The whole school" in head.get(reverse("keeping", kwargs={"urn": cast.OWN})).text
    hold = LegalHold.objects.get()
    head.post(reverse("hold-lift", kwargs={"urn": cast.OWN, "hold": hold.pk}))
    hold.refresh_from_db()
    assert hold.lifted_by == everybody.people["headteacher"]


def test_preparing_approving_and_dropping_through_the_pages(everybody):
    person = a_life_here(everybody)
    head, officer = everybody.client("headteacher"), everybody.client("data_protection_officer")
    where = reverse("erasures", kwargs={"urn": cast.OWN})
    head.post(where, {"person": person.pk})
    first = Erasure.objects.latest("pk")
    one = reverse("erasure", kwargs={"urn": cast.OWN, "erasure": first.pk})
    assert head.post(one).status_code == 403
    head.post(one, {"drop": "1"})
    first.refresh_from_db()
    assert first.stage == Stage.DROPPED
    head.post(where, {"person": person.pk})
    second = Erasure.objects.latest("pk")
    officer.post(reverse("erasure", kwargs={"urn": cast.OWN, "erasure": second.pk}))
    second.refresh_from_db()
    assert second.stage == Stage.DONE
    assert "Nothing was deleted" not in officer.get(where).text
    assert head.post(where, {"person": ""}).headers["Location"] == where  # nothing is due
    assert Person.objects.get(pk=person.pk).name == ERASED


def test_nonsense_in_place_of_a_person_prepares_nothing(everybody):
    old_rows(everybody)
    client, address = everybody.client("headteacher"), reverse("erasures", kwargs={"urn": cast.OWN})
    assert [client.post(address, {"person": each}).status_code for each in ("x", "\u0663", "1\x00")] == [404] * 3
    assert not Erasure.objects.exists()
    assert client.post(address, {"person": ""}).status_code == 302
    assert Erasure.objects.get().person is None


def test_an_open_person_of_another_school_is_not_found(everybody):
    stranger = everybody.people["other_teacher"]
    where = reverse("erasures", kwargs={"urn": cast.OWN})
    assert everybody.client("headteacher").post(where, {"person": stranger.pk}).status_code == 404
    assert Erasure.objects.filter(~Q(person=None)).count() == 0


def test_feedback_on_somebody_goes_with_them_and_surveys_they_ran_stay(everybody):
    get, at, person = apps.get_model, timezone.now(), everybody.people["teacher"]
    common = {
        "school": everybody.school, "state": "closed", "run_by": person, "visibility": "staff", "questions": [],
        "made_on": at.date(), "closes_on": at.date(), "closed_on": at.date(),
    }  # fmt: skip
    about = get("voice.Survey").objects.create(**common, once=uuid4(), instrument="leader_360", title="x", about=person)
    ran = get("voice.Survey").objects.create(**common, once=uuid4(), instrument="staff_pulse", title="y")
    plan = planning.plan_for_person(everybody.school.pk, person, timezone.localdate())
    gone = {key for step in plan.steps if step.model == "voice.Survey" for key in step.keys}
    assert (about.pk in gone, ran.pk in gone) == (True, False)
