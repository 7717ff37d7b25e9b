"""A leader of a trust who appraises a headteacher: what waits for them, and its days, stand on their own home."""

import re
from datetime import timedelta

from icalendar import Calendar

from headship.appraisal import head_waiting
from headship.appraisal.head_choices import Scheme
from headship.appraisal.models import HeadMember, HeadYear
from headship.people.models import Post
from tests import cast as everybody
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import TODAY

HOME = f"/trusts/{everybody.TRUST_UID}/"


def named(cast, scheme=Scheme.BOTH):
    """Name the trust's leader for a year, with a day for mid-year to come."""
    key = flow.appoint(cast, scheme=scheme, trust=cast.people["trust_leader"].pk)
    HeadYear.objects.filter(pk=key).update(half_due_on=TODAY + timedelta(days=30), meeting_due_on=None)
    return key


def home(cast):
    answer = cast.client("trust_leader").get(HOME)
    assert answer.status_code == 200
    return answer.text


def test_what_waits_for_the_panel_waits_on_the_leaders_home_too(cast):
    assert "headteacher&#39;s objectives" not in home(cast)
    key = named(cast)
    (found,) = head_waiting.trust_actions(cast.scope("trust_leader", "trust"))
    (panels,) = head_waiting.next_actions(cast.scope("chair"))
    assert found.words == f"{panels.words} ({cast.school.name})"
    assert found.words.startswith("Draft the headteacher's objectives: Ada Headteacher-Example")
    assert found.minutes == 15
    assert found.url == f"{HOME}head-appraisal/{key}/objective"
    told = home(cast)
    assert found.url in told
    assert "The year ahead" in told
    assert ": mid-year review" in told
    assert cast.client("trust_leader").get(found.url).status_code == 200
    flow.aim(cast, key)
    flow.set_them(cast, key)
    (found,) = head_waiting.trust_actions(cast.scope("trust_leader", "trust"))
    assert found.words.startswith("Hold the headteacher's mid-year review")
    assert found.due_on == TODAY + timedelta(days=30)


def test_a_year_opened_from_the_trust_leads_to_no_page_of_the_school(cast):
    key = named(cast)
    told = cast.client("trust_leader").get(f"{HOME}head-appraisal/{key}").text
    assert f'href="/schools/{everybody.OWN}/' not in told
    assert f'href="{HOME}' in told


def test_its_days_are_those_of_the_panel(cast):
    named(cast)
    span = (TODAY, TODAY + timedelta(days=700))
    panels = [(each.on, each.words) for each in head_waiting.calendar(cast.scope("chair"), *span)]
    leaders = list(head_waiting.trust_calendar(cast.scope("trust_leader", "trust"), *span))
    assert len(panels) == 2
    assert [(each.on, each.words.removesuffix(f" ({cast.school.name})")) for each in leaders] == panels
    assert list(head_waiting.trust_calendar(cast.scope("trust_leader", "trust"), TODAY, TODAY)) == []


def feed(cast, who="trust_leader"):
    """Make somebody's own calendar address at the trust."""
    page = cast.client(who).post(f"{HOME}calendar/feed/", {"make": "1"}).content.decode()
    (address,) = re.findall(r'value="http://testserver(/calendar/feed/[^"]+)"', page)
    return address


def in_feed(client, address):
    """Return what a calendar program reads there."""
    answer = client.get(address)
    assert answer.status_code == 200
    read = Calendar.from_ical(answer.content)
    assert str(read["x-wr-calname"]) == "Example Valley Trust"
    return [(each["dtstart"].dt, str(each["summary"])) for each in read.walk("VEVENT")]


def test_its_days_stand_in_their_own_calendar_too_with_the_access_of_the_page(cast, client):
    key = named(cast)
    span = (TODAY, TODAY + timedelta(days=700))
    shown = [(each.on, each.words) for each in head_waiting.trust_calendar(cast.scope("trust_leader", "trust"), *span)]
    assert f"{HOME}calendar/feed/" in home(cast)
    address = feed(cast)
    assert in_feed(client, address) == sorted(shown)
    assert len(shown) == 2
    for who in ("headteacher", "chair", "governor", "administrator"):
        assert cast.client(who).get(f"{HOME}calendar/feed/").status_code == 404
    HeadMember.objects.filter(year=key, part="trust").update(ended_on=TODAY)
    assert in_feed(client, address) == []
    HeadMember.objects.filter(year=key, part="trust").update(ended_on=None)
    assert in_feed(client, address) == sorted(shown)
    Post.objects.filter(person=cast.people["trust_leader"]).update(ends_on=TODAY - timedelta(days=1))
    assert client.get(address).status_code == 404


def test_a_second_address_ends_the_first_and_it_is_ended_by_hand(cast, client):
    named(cast)
    first, second = feed(cast), feed(cast)
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    page = cast.client("trust_leader").get(f"{HOME}calendar/feed/").text
    assert "You made one on" in page
    assert "the days of headteachers&#39; years that you take part in" in page
    cast.client("trust_leader").post(f"{HOME}calendar/feed/", {"end": "1"})
    assert client.get(second).status_code == 404


def test_nothing_of_a_year_that_does_not_name_them_or_once_they_are_on_the_staff(cast):
    flow.appoint(cast)
    leader = cast.scope("trust_leader", "trust")
    span = (TODAY, TODAY + timedelta(days=700))
    assert list(head_waiting.trust_actions(leader)) == []
    assert list(head_waiting.trust_calendar(leader, *span)) == []
    HeadYear.objects.all().delete()
    named(cast)
    assert list(head_waiting.trust_actions(leader))
    Post.objects.create(person=cast.people["trust_leader"], school=cast.school, role="teacher", starts_on=TODAY)
    assert list(head_waiting.trust_actions(leader)) == []
    assert list(head_waiting.trust_calendar(leader, *span)) == []
