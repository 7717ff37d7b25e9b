"""By what staff said of themselves: released once, by the headteacher, of a year that is over, and kept as shown."""

import re
import threading
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.urls import reverse

from headship.appraisal import staff_fairness_queries as fairness
from headship.appraisal.models import StaffCycle, StaffYear
from headship.core.errors import Refused, Stale
from headship.core.models import AuditEvent
from headship.equality import apart_actions
from headship.equality import apart_queries as queries
from headship.equality.apart_models import FairnessCounted, FairnessRelease, FairnessShown, SaidOfSelf
from headship.people.models import Post
from tests import cast as everybody
from tests.appraisal.staff_flow import AT, THIS
from tests.appraisal.test_staff_fairness import people

URL = reverse("staff-fairness", kwargs={"urn": everybody.OWN})
RELEASE = reverse("staff-fairness-release", kwargs={"urn": everybody.OWN})
LAST = THIS - 1
YEAR = f"{LAST}/{THIS % 100:02}"
DISABILITY, MET = "Disability", fairness.Outcome.MET


def of_year(starts_in):
    """Move this year's appraisals to another year."""
    StaffYear.objects.filter(starts_in=THIS).update(starts_in=starts_in)
    StaffCycle.objects.filter(starts_in=THIS).update(starts_in=starts_in)


def answered(cast, who, asked="about_you.disability", choices=("disabled", "not_disabled")):
    """Let each say one thing, in turn."""
    SaidOfSelf.objects.bulk_create(
        SaidOfSelf(school=cast.school, person=each, asked=asked, said=choices[at // 2 % 2], mark=uuid4())
        for at, each in enumerate(who)
    )


@pytest.fixture
def staff(cast):
    """Forty teachers with a complete year that is over, half of whom met theirs; all answered one question."""
    found = people(cast, "teacher", 40, 20)
    of_year(LAST)
    answered(cast, found)
    return found


def release(cast, starts_in=LAST, who="headteacher"):
    scope = cast.scope("headteacher")
    looked_at, holds = fairness.looked_at(scope, starts_in)
    return apart_actions.release_fairness(by=cast.scope(who), at=AT, starts_in=starts_in, people=looked_at, holds=holds)


def text(cast, starts_in=LAST):
    return " ".join(re.sub(r"<[^>]+>", " ", cast.client("headteacher").get(URL, {"year": starts_in}).text).split())


def rows(cast, starts_in=LAST):
    return queries.released(cast.scope("headteacher"), starts_in).compared


def test_the_headteacher_compares_a_year_once(cast, staff):
    before = text(cast)
    assert f"{YEAR} was not compared by what staff said of themselves" in before
    assert "Not disabled" not in before
    client = cast.client("headteacher")
    asked = client.get(RELEASE, {"year": LAST}).text
    assert "It cannot be done again for this year" in asked
    assert "Of 40 people, 40 have a complete year of appraisal" in asked
    assert "sex, age, ethnic group, disability, religion or belief and sexual orientation" in asked
    assert client.post(RELEASE, {"year": LAST}).status_code == 302
    told = text(cast)
    assert "Compared once, on" in told
    assert "Not disabled 50% (30% to 70%), 20 people 50% (30% to 70%), 20 people About the same." in told
    others = "by sex, age, ethnic group, religion or belief and sexual orientation: too few people to show."
    assert f"Met all their objectives in completed years, {others}" in told
    every = others.replace("group, ", "group, disability, ")
    assert f"Had objectives set by the day, {every}" in told
    event = AuditEvent.objects.filter(action="equality.release_fairness").get()
    canonical = bytes(event.canonical).decode()
    assert f'"starts_in":{LAST}' in canonical.replace(" ", "")
    assert "disab" not in canonical


def test_it_is_shown_as_it_was_whatever_changes_afterwards(cast, staff):
    release(cast)
    before = text(cast)
    SaidOfSelf.objects.all().delete()
    StaffYear.objects.filter(person__in=staff[:10]).delete()
    people(cast, "teacher", 3, 1)
    after = text(cast)
    told = re.compile(r"By what staff said of themselves(.*)Appraisers, for the same mix")
    assert told.search(after).group(1) == told.search(before).group(1)


def test_it_is_made_once_and_the_second_is_told(cast, staff):
    release(cast)
    SaidOfSelf.objects.all().delete()
    with pytest.raises(Stale, match="compared already"):
        release(cast)
    answer = cast.client("headteacher").post(RELEASE, {"year": LAST})
    assert answer.status_code == 409
    assert "This year was compared already" in answer.text
    assert cast.client("headteacher").get(RELEASE, {"year": LAST}).status_code == 302
    assert FairnessRelease.objects.count() == 1
    assert rows(cast)[DISABILITY, MET][0].share.n == 20


def test_that_nothing_could_be_shown_is_a_release_too(cast, staff):
    """Else pressing again and again would tell when the last one needed answered."""
    SaidOfSelf.objects.filter(person__in=staff[12:]).delete()
    release(cast)
    assert "Nothing can be shown" in text(cast)
    assert not FairnessCounted.objects.exists()
    with pytest.raises(Stale):
        release(cast)


def test_the_page_says_the_same_however_many_answered(cast, staff):
    full = text(cast)
    SaidOfSelf.objects.all().delete()
    assert text(cast) == full


def test_a_year_that_is_not_over_waits(cast):
    answered(cast, people(cast, "teacher", 40, 20))
    assert "by what staff said of themselves once it is over" in text(cast, THIS)
    with pytest.raises(Refused, match="once it is over"):
        release(cast, THIS)
    answer = cast.client("headteacher").post(RELEASE, {"year": THIS}, follow=True)
    assert "once it is over" in answer.text
    assert not FairnessRelease.objects.exists()


def test_a_year_of_too_few_people_says_so(cast):
    people(cast, "teacher", 19, 9)
    of_year(LAST)
    assert "needs 20 people with a year of appraisal at the least" in text(cast)
    assert "Compare " + YEAR not in text(cast)
    cast.client("headteacher").post(RELEASE, {"year": LAST})
    assert not FairnessRelease.objects.exists()


def test_the_headteacher_alone_releases_and_reads(cast, staff):
    for who in ("senior_leader", "teacher", "business_manager"):
        assert cast.client(who).get(RELEASE).status_code == 403
        assert cast.client(who).post(RELEASE, {"year": LAST}).status_code == 403
        with pytest.raises(Refused, match="headteacher alone"):
            release(cast, who=who)
        with pytest.raises(Refused):
            fairness.looked_at(cast.scope(who), LAST)
        with pytest.raises(Refused):
            fairness.progress(cast.scope(who), LAST)
    assert not FairnessRelease.objects.exists()


def test_what_is_kept_of_who_was_counted_leads_to_nobody(cast, staff):
    release(cast)
    assert FairnessCounted.objects.count() == 40
    fields = {each.name for each in FairnessCounted._meta.get_fields()}
    assert fields == {"id", "release", "asked", "mark", "held"}
    kept = repr(list(FairnessCounted.objects.values()))
    assert "disabled" not in kept.replace("about_you.disability", "")
    marks = list(FairnessCounted.objects.order_by("pk").values_list("mark", flat=True))
    assert marks == sorted(marks, key=str)  # in no one's order
    assert {tuple(sorted(each.held)) for each in FairnessCounted.objects.all()} == {("developed", "met")}


def test_groups_that_are_not_shown_are_not_named(cast, staff):
    answered(cast, staff, "about_you.ethnic_group", ("white", "asian"))
    SaidOfSelf.objects.filter(asked="about_you.ethnic_group", person__in=staff[:3]).update(said="mixed")
    release(cast)
    assert "Mixed" not in text(cast)
    assert not FairnessShown.objects.filter(group="mixed").exists()


def test_next_year_the_same_people_are_shown_again(cast, staff):
    """This year's appraisals were moved to the year before the last, and the same hold of last year."""
    two_years(cast, staff)
    assert rows(cast)[DISABILITY, MET][0].share.n == 20


def test_where_one_took_back_since_it_is_not_shown_again(cast, staff):
    two_years(cast, staff, lambda: apart_actions.say_of_self(by=as_staff(cast, staff[0]), at=AT, said={}))
    before = f"{LAST - 1}/{LAST % 100:02}"
    assert rows(cast)[DISABILITY, MET][0].words == f"Too few changed since {before} to show it again."
    assert f"by disability: too few changed since {before} to show it again." in text(cast)


def test_where_one_left_since_it_is_not_shown_again(cast, staff):
    def leave():
        Post.objects.filter(person=staff[0]).update(ends_on=AT.date())
        Post.objects.filter(person=staff[0]).update(role="governor")
        apart_actions.forget(AT)

    two_years(cast, staff, leave)
    assert rows(cast)[DISABILITY, MET][0].share is None


def test_where_one_answered_otherwise_since_it_is_not_shown_again(cast, staff):
    def change():
        said = {"about_you.disability": "not_disabled"}
        apart_actions.say_of_self(by=as_staff(cast, staff[0]), at=AT, said=said)

    two_years(cast, staff, change)
    assert rows(cast)[DISABILITY, MET][0].share is None


def test_one_who_answered_since_waits(cast, staff):
    SaidOfSelf.objects.filter(person=staff[0]).delete()
    two_years(cast, staff, lambda: answered(cast, staff[:1]))
    assert sum(each.share.n for each in rows(cast)[DISABILITY, MET]) == 39
    assert FairnessCounted.objects.filter(release__starts_in=LAST).count() == 39


def as_staff(cast, person):
    """Act as a colleague who holds no account."""
    scope = cast.scope("teacher")
    return type(scope)(0, person.pk, person.name, AT, scope.place, frozenset({"teacher"}))


def two_years(cast, staff, between=lambda: None):
    """Release the year before the last, let something happen, and release the last, with the same outcomes."""
    StaffYear.objects.update(starts_in=LAST - 1)
    StaffCycle.objects.update(starts_in=LAST - 1)
    release(cast, LAST - 1)
    between()
    StaffYear.objects.update(starts_in=LAST)
    StaffCycle.objects.update(starts_in=LAST)
    release(cast)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_release(transactional_db):
    cast = everybody.build()
    found = people(cast, "teacher", 40, 20)
    of_year(LAST)
    answered(cast, found)
    looked_at, holds = fairness.looked_at(cast.scope("headteacher"), LAST)
    raised = []

    def press():
        try:
            apart_actions.release_fairness(
                by=cast.scope("headteacher"), at=AT, starts_in=LAST, people=looked_at, holds=holds
            )
        except Stale as stale:
            raised.append(str(stale))
        finally:
            if threading.current_thread() is not threading.main_thread():
                connections.close_all()

    if connection.vendor == "postgresql":
        both = [threading.Thread(target=press) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()
    else:  # SQLite has one writer: the second comes after the first
        press()
        press()
    assert raised == [apart_actions.MADE]
    assert FairnessRelease.objects.count() == 1
    assert FairnessShown.objects.filter(asked="about_you.disability", outcome="met").count() == 2
