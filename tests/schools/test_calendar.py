"""The calendar: who sets it, what it shows, that two people editing lose nothing, and the private feed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from headship.core import audit
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.people.models import Account, Post
from headship.schools import actions, queries
from headship.schools.models import AcademicYear, CalendarFeed, SchoolDay, Term
from headship.standards import actions as standards
from tests import cast as everybody
from tests.schools.test_calendar_dates import AUTUMN, YEAR

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEEPERS = ("headteacher", "senior_leader", "business_manager", "office", "clerk")
READERS = ("teacher", "governor", "chair", "external_adviser", "support_staff", "two_schools")


@pytest.fixture
def cast(db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    standards.load_shipped(by=installation_scope(NOW), at=NOW)
    return everybody.build(NOW.date())


def url(name, urn=everybody.OWN, **kwargs):
    return reverse(name, kwargs={"urn": urn, **kwargs})


def set_terms(cast, who="headteacher", terms=YEAR, **changes):
    return actions.set_terms(by=cast.scope(who), at=NOW, **{"starts_in": 2026, "terms": terms, "version": 0, **changes})


def text_of(response):
    page = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&#39;", "'").split())


def _words(day):
    return f"{day:%-d %B %Y}" if day else ""


def typed(terms=YEAR, version=0):
    fields = ("starts_on", "break_starts_on", "break_ends_on", "ends_on")
    values = {f"{term.name}_{each}": _words(getattr(term, each)) for term in terms for each in fields}
    return {**values, "version": version}


class TestTerms:
    @pytest.mark.parametrize("who", KEEPERS)
    def test_keepers_set_them(self, cast, who):
        set_terms(cast, who)
        assert queries.year(cast.school.id, 2026).terms == YEAR

    @pytest.mark.parametrize("who", READERS)
    def test_others_are_told_who_can(self, cast, who):
        with pytest.raises(Refused) as refused:
            set_terms(cast, who)
        assert str(refused.value).endswith("Ask one of them to change it.")
        assert Term.objects.count() == 0

    def test_setting_them_first_is_evidence_from_work_and_audited(self, cast):
        key = set_terms(cast)
        (entry,) = Entry.objects.all()
        assert (entry.kind, entry.words, entry.from_work) == ("schools.calendar", "Term dates for 2026/27 set", True)
        assert [each.characteristic.code for each in entry.serves.all()] == ["3.1"]
        assert entry.source == f"schools.AcademicYear:{key}"
        set_terms(cast, version=1)
        assert Entry.objects.count() == 1
        assert AuditEvent.objects.filter(chain=cast.school.id, action="schools.set_terms").count() == 2
        assert list(audit.faults(cast.school.id)) == []

    def test_what_cannot_be_right_is_refused_whole(self, cast):
        with pytest.raises(Unusable, match="half-term must end after it begins"):
            set_terms(cast, terms=(replace(AUTUMN, break_ends_on=date(2026, 10, 1)), *YEAR[1:]))
        with pytest.raises(Unusable, match="an autumn, a spring and a summer term"):
            set_terms(cast, terms=YEAR[:2])
        assert AcademicYear.objects.count() == 0

    def test_two_people_editing_lose_nothing(self, cast):
        set_terms(cast)
        later = (replace(AUTUMN, ends_on=date(2026, 12, 17)), *YEAR[1:])
        set_terms(cast, "office", terms=later, version=1)
        with pytest.raises(Stale):
            set_terms(cast, version=1)
        assert queries.year(cast.school.id, 2026).terms == later

    def test_schools_do_not_share_terms(self, cast):
        set_terms(cast, "other_headteacher")
        assert queries.year(cast.school.id, 2026).terms == ()


class TestTermsForm:
    def test_it_starts_from_a_usual_shape_and_says_so(self, cast):
        page = text_of(cast.client("headteacher").get(url("calendar-terms")))
        assert "only a usual shape to start from, not your school's or your local authority's" in page

    def test_it_starts_from_last_years_shape(self, cast):
        set_terms(cast)
        response = cast.client("headteacher").get(url("calendar-terms") + "?year=2027")
        assert "These dates have the shape of 2026/27, moved to 2027/28." in text_of(response)
        assert 'value="Thu 2 September 2027"' in response.content.decode()

    def test_it_saves_and_leads_back(self, cast):
        response = cast.client("office").post(url("calendar-terms") + "?year=2026", typed())
        assert response.headers["Location"] == url("calendar") + "?year=2026"
        assert queries.year(cast.school.id, 2026).terms == YEAR

    def test_dates_may_be_typed_as_people_write_them(self, cast):
        data = {**typed(), "autumn_starts_on": "Thursday, 3rd September 2026", "autumn_ends_on": "18/12/2026"}
        cast.client("office").post(url("calendar-terms") + "?year=2026", data)
        assert queries.year(cast.school.id, 2026).terms == YEAR

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"autumn_starts_on": ""}, "Enter the day the autumn term starts"),
            ({"autumn_starts_on": "soon"}, "Autumn term starts: use a real date."),
            ({"spring_starts_on": "2026-12-01"}, "Spring term starts on 1 December 2026, before the autumn term has"),
            ({"summer_break_ends_on": ""}, "Summer term: give both days of half-term, or neither."),
        ],
    )
    def test_it_says_what_is_wrong_and_keeps_what_was_typed(self, cast, change, sentence):
        response = cast.client("headteacher").post(url("calendar-terms") + "?year=2026", {**typed(), **change})
        assert sentence in text_of(response)
        assert 'value="21 July 2027"' in response.content.decode()
        assert Term.objects.count() == 0

    def test_somebody_elses_change_is_shown_beside_ones_own(self, cast):
        set_terms(cast, "office")
        mine = (replace(AUTUMN, ends_on=date(2026, 12, 16)), *YEAR[1:])
        client = cast.client("headteacher")
        response = client.post(url("calendar-terms") + "?year=2026", typed(mine, version=0))
        assert response.status_code == 409
        page = text_of(response)
        assert "Somebody else set these terms while you had them open. Nothing of theirs is lost" in page
        assert "Autumn term: 3 September 2026 to 18 December 2026, half-term 26 October 2026" in page
        assert 'value="16 December 2026"' in response.content.decode()
        assert queries.year(cast.school.id, 2026).terms == YEAR
        assert 'name="version" value="1"' in response.content.decode()
        client.post(url("calendar-terms") + "?year=2026", typed(mine, version=1))
        assert queries.year(cast.school.id, 2026).terms == mine


class TestDays:
    def add(self, cast, who="office", **changes):
        wanted = {"on": date(2027, 1, 4), "until": date(2027, 1, 4), "words": "Reading", "kind": "training_day"}
        return actions.add_day(by=cast.scope(who), at=NOW, **{**wanted, **changes})

    def test_a_day_is_added_once_however_often_it_is_sent(self, cast):
        assert self.add(cast) == self.add(cast)
        assert SchoolDay.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"until": date(2027, 1, 3)}, "The last day must not be before the first."),
            ({"words": " "}, "Say what the day is"),
            ({"words": "x" * 201}, "Say what the day is"),
            ({"kind": "party"}, "which kind"),
        ],
    )
    def test_what_cannot_be_a_day_is_refused(self, cast, change, sentence):
        with pytest.raises(Unusable, match=sentence):
            self.add(cast, **change)
        assert SchoolDay.objects.count() == 0

    def test_readers_neither_add_nor_remove(self, cast):
        key = self.add(cast)
        with pytest.raises(Refused):
            self.add(cast, "teacher")
        with pytest.raises(Refused):
            actions.remove_day(by=cast.scope("teacher"), at=NOW, day=key)
        assert SchoolDay.objects.count() == 1

    def test_the_page_adds_and_removes(self, cast):
        client = cast.client("business_manager")
        data = {"kind": "event", "on": "2027-06-10", "until": "", "words": "Sports day"}
        response = client.post(url("calendar-days") + "?year=2026", data, follow=True)
        assert "Thu 10 June 2027 Sports day Event" in text_of(response)
        key = SchoolDay.objects.get().pk
        response = client.post(url("calendar-day-remove", day=key), follow=True)
        assert "“Sports day” is off the calendar." in text_of(response)
        assert SchoolDay.objects.count() == 0

    def test_the_page_says_what_is_wrong(self, cast):
        data = {"kind": "event", "on": "2027-06-10", "until": "2027-06-09", "words": ""}
        page = text_of(cast.client("office").post(url("calendar-days"), data))
        assert "The last day must not be before the first." in page
        assert "Say what it is, such as: Training day on reading" in page

    def test_another_schools_day_is_not_there(self, cast):
        key = self.add(cast, "other_headteacher", words="Secret of the other school")
        client = cast.client("headteacher")
        assert client.post(url("calendar-day-remove", day=key)).status_code == 404
        with pytest.raises(Stale):
            actions.remove_day(by=cast.scope("headteacher"), at=NOW, day=key)
        for name in ("calendar", "calendar-days"):
            assert "Secret" not in text_of(client.get(url(name)))
        assert SchoolDay.objects.count() == 1


class TestPage:
    @pytest.mark.parametrize("who", ["headteacher", *READERS])
    def test_everybody_with_a_post_sees_the_year(self, cast, who):
        set_terms(cast)
        TestDays().add(cast)
        page = text_of(cast.client(who).get(url("calendar")))
        assert "Calendar 2026/27" in page
        assert "Thu 3 Autumn term starts" in page
        assert "Mon 26 to Fri 30 Autumn half-term" in page
        assert "Mon 4 Reading Training day (no pupils)" in page
        assert "Fri 25 Bank holiday: Christmas Day" in page
        assert "192 days for pupils and 1 training day." in page
        assert ("Set the terms" in page) is (who == "headteacher")

    def test_without_terms_it_teaches(self, cast):
        page = text_of(cast.client("headteacher").get(url("calendar")))
        assert "Set the term dates about 3 minutes" in page
        page = text_of(cast.client("teacher").get(url("calendar")))
        assert "The calendar is kept by the headteacher" in page
        assert "Set the term dates" not in page

    def test_dates_the_rules_set_depend_on_the_kind_of_school(self, cast):
        cast.school.kind = "Community school"
        cast.school.save(update_fields=["kind"])
        page = text_of(cast.client("teacher").get(url("calendar")))
        assert (
            "Wed 31 Last day to send the schools financial value standard (SFVS) to the local authority Required"
            in page
        )
        assert "nobody has yet read the date at its own source" in page
        cast.school.kind = "Academy converter"
        cast.school.save(update_fields=["kind"])
        page = text_of(cast.client("teacher").get(url("calendar")))
        assert "SFVS" not in page
        assert "Last day for the headteacher's appraisal (advice for academies)" in page

    @pytest.mark.parametrize(("asked", "shown"), [("2024", "2024/25"), ("1066", "2026/27"), ("x", "2026/27")])
    def test_the_year_is_chosen_within_reach(self, cast, asked, shown):
        assert f"Calendar {shown}" in text_of(cast.client("teacher").get(url("calendar") + f"?year={asked}"))

    def test_it_asks_the_database_the_same_however_full_it_is(self, cast, django_assert_num_queries):
        set_terms(cast)
        scope = cast.scope("teacher")
        for count in (1, 3):
            for n in range(count):
                TestDays().add(cast, words=f"Day {count} {n}")
            with django_assert_num_queries(3):
                list(queries.calendar(scope, date(2026, 9, 1), date(2027, 8, 31)))


class TestNextActions:
    def words(self, cast, who, at=NOW):
        return [each.words for each in queries.next_actions(cast.scope(who, at=at))]

    def test_keepers_are_asked_for_missing_terms(self, cast):
        assert self.words(cast, "office") == ["Set the term dates for 2026/27"]
        (waiting,) = queries.next_actions(cast.scope("office"))
        assert (waiting.minutes, waiting.url) == (3, url("calendar-terms") + "?year=2026")
        assert self.words(cast, "teacher") == []
        assert self.words(cast, "trust_leader") == []
        set_terms(cast)
        assert self.words(cast, "office") == []

    def test_from_may_the_next_year_is_waited_for(self, cast):
        set_terms(cast)
        assert self.words(cast, "office", datetime(2027, 5, 2, tzinfo=UTC)) == ["Set the term dates for 2027/28"]
        assert self.words(cast, "office", datetime(2027, 4, 30, tzinfo=UTC)) == []


class TestFeed:
    def made(self, cast, who="teacher"):
        token = actions.make_feed(by=cast.scope(who), at=NOW)
        return reverse("calendar-file", kwargs={"token": token})

    def test_it_is_the_calendar_in_all_day_events(self, cast, client):
        set_terms(cast)
        response = client.get(self.made(cast))
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        events = {str(each["summary"]): each for each in Calendar.from_ical(response.content).walk("VEVENT")}
        half = events["Autumn half-term"]
        assert (half["dtstart"].dt, half["dtend"].dt) == (date(2026, 10, 26), date(2026, 10, 31))
        assert str(half["url"]) == "http://testserver" + url("calendar")
        assert "Bank holiday: Christmas Day" in events

    def test_identities_are_stable_and_each_its_own(self, cast, client):
        set_terms(cast)
        for kind in ("event", "meeting"):
            TestDays().add(cast, words="Twice", kind=kind)
        address = self.made(cast)
        first, second = (
            [str(each["uid"]) for each in Calendar.from_ical(client.get(address).content).walk("VEVENT")] for _ in "12"
        )
        assert first == second
        assert len(set(first)) == len(first)

    def test_only_the_hash_is_kept(self, cast):
        token = self.made(cast).removeprefix("/calendar/feed/").removesuffix(".ics")
        feed = CalendarFeed.objects.get()
        assert len(token) == 43
        assert feed.token_hash == queries.token_hash(token)
        assert token not in "".join(str(value) for value in CalendarFeed.objects.values().get().values())
        assert token.encode() not in b"".join(bytes(each.canonical) for each in AuditEvent.objects.all())

    def test_a_wrong_address_is_not_found(self, cast, client):
        self.made(cast)
        assert client.get("/calendar/feed/guess.ics").status_code == 404

    def test_it_ends_when_its_owner_ends_it_or_makes_another(self, cast, client):
        first = self.made(cast)
        second = self.made(cast)
        assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
        actions.end_feed(by=cast.scope("teacher"), at=NOW)
        assert client.get(second).status_code == 404

    def test_it_ends_with_the_post_and_with_the_account(self, cast, client):
        address, chairs = self.made(cast), self.made(cast, "chair")
        Account.objects.filter(pk=cast.accounts["chair"].pk).update(is_active=False)
        assert client.get(chairs).status_code == 404
        Post.objects.filter(person=cast.people["teacher"]).update(ends_on=NOW.date() - timedelta(days=1))
        assert client.get(address).status_code == 404

    def test_it_shows_its_own_school_only(self, cast, client):
        TestDays().add(cast, "other_headteacher", words="Secret of the other school")
        assert b"Secret" not in client.get(self.made(cast, "two_schools")).content

    def test_one_persons_feed_is_not_ended_by_another(self, cast, client):
        address = self.made(cast)
        actions.end_feed(by=cast.scope("headteacher"), at=NOW)
        assert client.get(address).status_code == 200

    def test_the_page_shows_the_address_once(self, cast):
        client = cast.client("governor")
        page = client.post(url("calendar-feed"), {"make": "1"}).content.decode()
        (address,) = re.findall(r'value="(http://testserver/calendar/feed/[^"]+)"', page)
        assert client.get(address).status_code == 200
        page = client.get(url("calendar-feed"))
        assert "You made one on 23 November 2026." in text_of(page)
        assert address not in page.content.decode()
        client.post(url("calendar-feed"), {"end": "1"})
        assert client.get(address).status_code == 404
        assert "You made one" not in text_of(client.get(url("calendar-feed")))


@pytest.mark.parametrize(("on", "until"), [("1/1/0001", ""), ("1/9/2026", "31/12/9999"), ("31/12/9999", "")])
def test_a_day_at_the_end_of_time_breaks_nobodys_calendar(cast, on, until):
    given = {"kind": "event", "on": on, "until": until, "words": "Far away"}
    assert cast.client("headteacher").post(url("calendar-days"), given).status_code == 200
    assert SchoolDay.objects.count() == 0
