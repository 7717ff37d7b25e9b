"""Teams, and what they say of each other's decisions: nobody reviews their own, and a draw can be repeated."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from headship.analysis.decision_shares import drawn
from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.schools.calendar_dates import year_of
from headship.standards import actions as standards
from headship.strategy import (
    journal_waiting,
    rights_api,
    team_actions,
    team_pages,
    team_queries,
    team_review_actions,
    team_rules,
)
from headship.strategy.models import Decision, Review, ReviewedDecision, Team, TeamMember
from headship.strategy.rights_choices import How, Party
from headship.strategy.team_actions import Formed
from tests import cast as everybody
from tests.cast import Cast
from tests.evidence.leading import leads
from tests.strategy.deciding import agreed, area, decision, review, team, who
from tests.strategy.flow import AT, DAY, TODAY, meanwhile

HERE = f"/schools/{everybody.OWN}/"
DAY_OF = {"since_day": str(TODAY.day), "since_month": str(TODAY.month), "since_year": str(TODAY.year)}


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


@pytest.fixture
def two(cast: Cast) -> tuple[str, str]:
    """Two teams: one of the deputy and the business manager, one of the teacher and the middle leader."""
    first = team(cast, "Operations", "senior_leader", "business_manager")
    second = team(cast, "Teaching", "middle_leader", "teacher")
    return f"team-{first}", f"team-{second}"


def write(cast: Cast, reading: int, persona: str, version: int = 1, good: str = "Clear") -> None:
    team_review_actions.write_reading(
        by=cast.scope(persona), at=AT, reading=reading, version=version, good=good, otherwise="Sooner"
    )


@pytest.mark.parametrize("persona", ["chair", "governor", "clerk", "teacher", "middle_leader", "business_manager"])
def test_only_head_and_senior_leaders_keep_teams(cast: Cast, persona: str, two: tuple[str, str]):
    by, formed = cast.scope(persona), Formed("A", "B", cast.people["teacher"].pk, TODAY)
    key, member = Team.objects.earliest("pk").pk, TeamMember.objects.latest("pk").pk
    arranged = team_review_actions.Arranged(*two, year_of(TODAY), TODAY, How.CHOSEN, 2)
    attempts = (
        lambda: team_actions.make_team(by=by, at=AT, once=uuid4(), formed=formed),
        lambda: team_actions.change_team(by=by, at=AT, team=key, version=1, formed=formed),
        lambda: team_actions.end_team(by=by, at=AT, team=key, version=1),
        lambda: team_actions.add_member(by=by, at=AT, team=key, person=formed.lead),
        lambda: team_actions.end_member(by=by, at=AT, member=member),
        lambda: team_review_actions.arrange_review(by=by, at=AT, once=uuid4(), arranged=arranged),
    )
    for attempt in attempts:
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == team_rules.EDITORS_ONLY


def test_a_team_has_its_lead_in_it_and_lets_others_come_and_go(cast: Cast, two: tuple[str, str]):
    first = Party.of(two[0]).team
    by = cast.scope("headteacher")
    lead, other = cast.people["senior_leader"].pk, cast.people["business_manager"].pk
    assert team_queries.people_of(by, Party(team=first)) == {lead, other}
    team_actions.add_member(by=by, at=AT, team=first, person=other)
    assert TeamMember.objects.filter(team=first).count() == 2
    member = TeamMember.objects.get(team=first, person=other)
    team_actions.end_member(by=by, at=AT, member=member.pk)
    assert team_queries.people_of(by, Party(team=first)) == {lead}
    with pytest.raises(Unusable, match="The lead stays in the team"):
        team_actions.end_member(by=by, at=AT, member=TeamMember.objects.get(team=first, person=lead).pk)
    formed = Formed("Operations", "More", other, TODAY)
    team_actions.change_team(by=by, at=AT, team=first, version=1, formed=formed)
    assert team_queries.people_of(by, Party(team=first)) == {lead, other}
    with pytest.raises(Stale):
        team_actions.change_team(by=by, at=AT, team=first, version=1, formed=formed)
    page = team_pages.team_page(by, Team.objects.get(pk=first), None)
    assert len(page.before) == 1


def test_who_was_let_go_meanwhile_is_let_go_once(cast: Cast, two: tuple[str, str]):
    member = TeamMember.objects.get(team=Party.of(two[0]).team, person=cast.people["business_manager"])
    gone = TeamMember.objects.filter(pk=member.pk)
    with meanwhile("strategy_team", lambda: gone.update(until=TODAY - DAY)), pytest.raises(Http404):
        team_actions.end_member(by=cast.scope("headteacher"), at=AT, member=member.pk)
    assert gone.get().until is None  # one connection: the other's change went back with ours, which wrote nothing


def test_a_review_is_late_by_the_days_of_the_school(cast: Cast, two: tuple[str, str]):
    decision(cast, "Ours", "senior_leader")
    due_on = date(year_of(TODAY) + 1, 6, 30)
    key = review(cast, two[1], two[0], due_on=due_on)
    moment = datetime(due_on.year, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight of the first of July in summer
    page = team_pages.review_page(replace(cast.scope("teacher"), at=moment), Review.objects.get(pk=key))
    assert page.late is True


def test_a_team_is_led_by_somebody_who_works_here_and_not_from_tomorrow(cast: Cast):
    by = cast.scope("headteacher")
    formed = Formed("A", "B", cast.people["teacher"].pk, TODAY)
    wrong = (replace(formed, lead=cast.people["other_teacher"].pk), replace(formed, since=TODAY + DAY))
    for each in wrong:
        with pytest.raises(Unusable):
            team_actions.make_team(by=by, at=AT, once=uuid4(), formed=each)
    once = uuid4()
    assert len({team_actions.make_team(by=by, at=AT, once=once, formed=formed) for _ in range(2)}) == 1
    assert Team.objects.count() == 1


def test_nobody_reviews_their_own_decisions(cast: Cast, two: tuple[str, str]):
    decision(cast, "Ours", "senior_leader")
    for by, of in ((two[0], two[0]), (who(cast, "senior_leader"), two[0]), (two[0], who(cast, "business_manager"))):
        with pytest.raises(Unusable, match=team_rules.THEMSELVES):
            review(cast, by, of)
    mine = ReviewedDecision.objects.filter(review=review(cast, two[1], two[0])).get()
    team_actions.add_member(
        by=cast.scope("headteacher"), at=AT, team=Party.of(two[1]).team, person=cast.people["senior_leader"].pk
    )
    with pytest.raises(Refused) as refused:
        write(cast, mine.pk, "senior_leader")
    assert str(refused.value) == team_rules.OWN
    page = cast.client("senior_leader").get(f"{HERE}decision-reviews/{mine.review_id}").content.decode()
    assert team_rules.OWN in page


def test_the_pool_holds_what_they_noted_this_year_for_all_staff_and_none_of_the_reviewers(
    cast: Cast, two: tuple[str, str]
):
    ours = {decision(cast, f"Ours {number}", "senior_leader") for number in range(3)}
    decision(cast, "Leaders alone", "senior_leader", visibility=Visibility.LEADERS)
    decision(cast, "The head's", "headteacher")
    key = review(cast, two[1], two[0])
    found = Review.objects.get(pk=key)
    assert set(found.pool) == ours
    read = [each.decision_id for each in team_queries.read(cast.scope("headteacher"), found)]
    assert read == drawn("fog", sorted(ours), 2)
    with pytest.raises(Unusable, match=team_review_actions.NONE_NOTED):
        review(cast, two[0], two[1])
    with pytest.raises(Unusable, match=team_review_actions.NONE_NOTED):
        review(cast, two[1], two[0], starts_in=year_of(TODAY) - 1)


def test_a_review_ends_with_its_last_decision_and_stands_as_evidence(cast: Cast, two: tuple[str, str]):
    for number in range(2):
        decision(cast, f"Ours {number}", "senior_leader")
    key = review(cast, two[1], two[0])
    first, second = team_queries.read(cast.scope("teacher"), Review.objects.get(pk=key))
    write(cast, first.pk, "teacher")
    assert (Review.objects.get(pk=key).done_on, Entry.objects.filter(kind=team_review_actions.KIND).count()) == (
        None,
        0,
    )
    with pytest.raises(Stale):
        write(cast, first.pk, "teacher")
    write(cast, first.pk, "teacher", version=2, good="Clearer")
    with pytest.raises(Unusable, match="their words stay"):
        write(cast, first.pk, "middle_leader", version=3)
    for outsider in ("business_manager", "headteacher"):
        with pytest.raises(Refused, match="Those who review write"):
            write(cast, first.pk, outsider, version=3)
    write(cast, second.pk, "middle_leader")
    assert Review.objects.get(pk=key).done_on == TODAY
    assert Entry.objects.get(kind=team_review_actions.KIND).serves.get().characteristic.code == "3.6"
    with pytest.raises(Unusable, match=r"This review is done\. Nothing was saved\."):
        write(cast, first.pk, "teacher", version=3, good="Clearest")
    assert ReviewedDecision.objects.get(pk=first.pk).good == "Clearer"
    for persona, where in (("teacher", f"decision-reviews/{key}"), ("governor", "teams/")):
        assert leads(cast, persona, team_review_actions.KIND) == f"/schools/{everybody.OWN}/{where}"
    assert Entry.objects.filter(kind=team_review_actions.KIND).count() == 1


def test_a_review_shows_decisions_to_those_who_may_see_them(cast: Cast, two: tuple[str, str]):
    keys = [decision(cast, f"Ours {number}", "senior_leader") for number in range(2)]
    of = Review.objects.get(pk=review(cast, two[1], two[0]))
    hidden = ReviewedDecision.objects.get(decision=keys[0])
    address, where = f"{HERE}decision-reviews/{of.pk}", f"{HERE}decision-reviews/read/{hidden.pk}"
    assert "Ours 0" in cast.client("teacher").get(where).content.decode()
    Decision.objects.filter(pk=keys[0]).update(visibility=Visibility.LEADERS)
    shown = cast.client("teacher").get(address).content.decode()
    assert ("Ours 0" in shown, "Ours 1" in shown, "the 2 with the lowest" in shown) == (False, True, True)
    assert "Ours 0" in cast.client("senior_leader").get(address).content.decode()
    assert cast.client("teacher").get(where).status_code == 404
    with pytest.raises(Http404):
        write(cast, hidden.pk, "teacher")
    write(cast, ReviewedDecision.objects.get(decision=keys[1]).pk, "teacher")
    assert Review.objects.get().done_on is None  # one of them nobody wrote about


def test_whoever_joins_a_team_after_its_review_reads_nothing_of_it_and_who_left_still_does(
    cast: Cast, two: tuple[str, str]
):
    TeamMember.objects.update(since=TODAY - 30 * DAY)
    decision(cast, "Ours", "senior_leader")
    key = review(cast, two[1], two[0], due_on=TODAY)
    write(cast, ReviewedDecision.objects.get().pk, "teacher", good="Kind and clear")
    Review.objects.update(arranged_on=None, due_on=TODAY - 8 * DAY, done_on=TODAY - 9 * DAY)  # as kept before
    for side, person in ((two[1], "support_staff"), (two[0], "office")):
        by, joins = cast.scope("headteacher"), cast.people[person].pk
        team_actions.add_member(by=by, at=AT, team=Party.of(side).team, person=joins)
    TeamMember.objects.filter(person=cast.people["teacher"]).update(until=TODAY - DAY)
    address, seen = f"{HERE}decision-reviews/{key}", {}
    for persona in ("teacher", "senior_leader", "support_staff", "office"):
        client = cast.client(persona)
        listed = f"decision-reviews/{key}" in client.get(f"{HERE}teams/").content.decode()
        seen[persona] = (client.get(address).status_code, listed)
    there, hidden = (200, True), (404, False)
    assert seen == {"teacher": there, "senior_leader": there, "support_staff": hidden, "office": hidden}
    TeamMember.objects.filter(person=cast.people["teacher"]).update(until=TODAY - 10 * DAY)
    assert cast.client("teacher").get(address).status_code == 404


@pytest.mark.parametrize("done", [True, False])
def test_whoever_joins_between_the_draw_and_the_day_it_is_due_takes_no_part(
    cast: Cast, two: tuple[str, str], *, done: bool
):
    TeamMember.objects.update(since=TODAY - 30 * DAY)
    decision(cast, "Ours", "senior_leader")
    key = review(cast, two[1], two[0], due_on=TODAY + 20 * DAY)
    reading, address = ReviewedDecision.objects.get().pk, f"{HERE}decision-reviews/{key}"
    if done:
        write(cast, reading, "teacher", good="Kind and clear")
    Review.objects.update(arranged_on=TODAY - DAY)
    for side, person in ((two[1], "support_staff"), (two[0], "office")):
        by, joins = cast.scope("headteacher"), cast.people[person].pk
        team_actions.add_member(by=by, at=AT, team=Party.of(side).team, person=joins)
    for persona in ("support_staff", "office"):
        client = cast.client(persona)
        assert client.get(address).status_code == 404
        assert f"decision-reviews/{key}" not in client.get(f"{HERE}teams/").content.decode()
        assert client.get(f"{HERE}decision-reviews/read/{reading}").status_code == 404
        assert team_queries.to_write(cast.scope(persona), TODAY + 30 * DAY) == []
        with pytest.raises(Http404):
            write(cast, reading, persona)
    assert cast.client("teacher").get(address).status_code == 200


def test_both_sides_and_the_head_read_it_and_nobody_else(cast: Cast, two: tuple[str, str]):
    decision(cast, "Ours", "senior_leader")
    key = review(cast, two[1], two[0])
    write(cast, ReviewedDecision.objects.get(review=key).pk, "teacher", good="Kind and clear")
    address = f"{HERE}decision-reviews/{key}"
    for persona in ("teacher", "middle_leader", "senior_leader", "business_manager", "headteacher"):
        assert "Kind and clear" in cast.client(persona).get(address).content.decode()
        assert f"decision-reviews/{key}" in cast.client(persona).get(f"{HERE}teams/").content.decode()
    for persona in ("support_staff", "chair", "office"):
        assert cast.client(persona).get(address).status_code == 404
        assert f"decision-reviews/{key}" not in cast.client(persona).get(f"{HERE}teams/").content.decode()


def test_those_who_review_may_choose_once_from_the_list(cast: Cast, two: tuple[str, str]):
    keys = [decision(cast, f"Ours {number}", "senior_leader") for number in range(3)]
    other = decision(cast, "The head's", "headteacher")
    key = review(cast, two[1], two[0], how=How.CHOSEN)
    client, address = cast.client("teacher"), f"{HERE}decision-reviews/{key}/choose"
    assert "Ours 2" in client.get(address).content.decode()
    assert "Choose from 1 to 2 decisions" in client.post(address, {"decisions": keys}).content.decode()
    assert "Select a valid choice" in client.post(address, {"decisions": [other]}).content.decode()
    with pytest.raises(Unusable, match="Choose decisions from the list"):
        team_review_actions.choose_decisions(by=cast.scope("teacher"), at=AT, review=key, decisions=[other])
    assert cast.client("senior_leader").get(address).status_code == 403
    assert client.post(address, {"decisions": keys[:2]}).status_code == 302
    assert list(ReviewedDecision.objects.order_by("pk").values_list("decision_id", flat=True)) == keys[:2]
    assert "stand already" in client.post(address, {"decisions": keys[2:]}).content.decode()


def test_pages_form_change_and_end_a_team(cast: Cast):
    client = cast.client("senior_leader")
    assert "Form the first team" in client.get(f"{HERE}teams/").content.decode()
    lead = str(cast.people["teacher"].pk)
    sent = {"name": "Reading", "remit": "All read", "lead": lead, "once": str(uuid4()), **DAY_OF}
    assert client.get(f"{HERE}teams/add").status_code == 200
    late = client.post(f"{HERE}teams/add", {**sent, "since_year": str(TODAY.year + 1)}).content.decode()
    assert "The day cannot be in the future" in late
    assert "Reading" in client.post(f"{HERE}teams/add", sent, follow=True).content.decode()
    key = Team.objects.get().pk
    area(cast, agreed("Library", f"team-{key}"))
    for address in (f"{HERE}teams/", f"{HERE}teams/{key}"):
        assert "Library" in client.get(address).content.decode()
    joined = client.post(f"{HERE}teams/{key}/member", {"person": str(cast.people["office"].pk)}, follow=True)
    assert "Liam Office-Example" in joined.content.decode()
    assert "Choose who joins" in client.post(f"{HERE}teams/{key}/member", {}).content.decode()
    member = TeamMember.objects.latest("pk").pk
    gone = client.post(f"{HERE}teams/members/{member}/end", follow=True).content.decode()
    assert "Who was in it before" in gone
    changed = {**sent, "remit": "All read well", "version": "1"}
    assert client.post(f"{HERE}teams/{key}/change", changed).status_code == 302
    kept = client.post(f"{HERE}teams/{key}/change", {**changed, "remit": "Mine"}).content.decode()
    assert ("yours is kept here, not saved" in kept, "All read well" in kept, "Mine" in kept) == (True, True, True)
    assert Team.objects.get().remit == "All read well"
    sure = client.get(f"{HERE}teams/{key}").content.decode().partition(">End this team<")[2]
    assert "it cannot be taken up again" in sure.partition("End it for good")[0]
    assert "has ended" in client.post(f"{HERE}teams/{key}/end", {"version": "2"}, follow=True).content.decode()
    assert "It ended on" in client.get(f"{HERE}teams/{key}").content.decode()
    assert cast.client("chair").get(f"{HERE}teams/{key}").status_code == 200


def test_a_review_is_arranged_and_written_on_its_pages(cast: Cast, two: tuple[str, str]):
    decision(cast, "Ours", "senior_leader")
    head, address = cast.client("headteacher"), f"{HERE}teams/review"
    due = {"due_on_day": "1", "due_on_month": "7", "due_on_year": str(year_of(TODAY) + 1)}
    sent = {"of": two[0], "by": two[0], "starts_in": str(year_of(TODAY)), "count": "2", "how": "drawn", "key": "fog"}
    sent = {**sent, **due, "once": str(uuid4())}
    assert "Whose decisions?" in head.get(address).content.decode()
    assert team_rules.THEMSELVES in head.post(address, sent).content.decode()
    swapped = head.post(address, {**sent, "of": two[1]}).content.decode()
    assert team_review_actions.NONE_NOTED in swapped
    made = head.post(address, {**sent, "by": two[1]}, follow=True).content.decode()
    assert "Drawn with the key “fog” from the decisions" in made
    reading = ReviewedDecision.objects.get()
    writer, where = cast.client("teacher"), f"{HERE}decision-reviews/read/{reading.pk}"
    assert "Ours" in writer.get(where).content.decode()
    told = {"good": "Clear", "otherwise": "Sooner", "version": "1"}
    assert writer.post(where, told).status_code == 302
    kept = cast.client("middle_leader").post(where, {**told, "good": "Mine"}).content.decode()
    assert ("This review is done. Nothing was saved." in kept, "Mine" in kept) == (True, True)
    Review.objects.update(done_on=None)
    kept = cast.client("middle_leader").post(where, {**told, "good": "Mine"}).content.decode()
    assert ("their words stay" in kept, "Mine" in kept) == (True, True)
    kept = writer.post(where, {**told, "good": "Mine"}).content.decode()
    assert ("Clear Sooner" in kept, "Mine" in kept) == (True, True)
    reading.refresh_from_db()
    assert (reading.good, reading.version) == ("Clear", 2)


def test_what_is_due_reaches_whoever_answers_for_it(cast: Cast, two: tuple[str, str]):
    decision(cast, "Ours", "senior_leader")
    with pytest.raises(Unusable, match="cannot be in the past"):
        review(cast, two[1], two[0], due_on=TODAY - DAY)
    TeamMember.objects.update(since=TODAY - 9 * DAY)
    review(cast, two[1], two[0])
    Review.objects.update(due_on=TODAY - DAY)
    words = "Say what you think of others' decisions"

    def waits(persona: str) -> list[date | None]:
        found = journal_waiting.next_actions(cast.scope(persona))
        return [each.due_on for each in found if each.words == words]

    assert {each: waits(each) for each in ("middle_leader", "teacher", "senior_leader")} == {
        "middle_leader": [TODAY - DAY],
        "teacher": [],
        "senior_leader": [],
    }
    events = [each.words for each in journal_waiting.calendar(cast.scope("teacher"), TODAY - DAY, TODAY)]
    assert events == ["Reviewing others' decisions is due"]
    write(cast, ReviewedDecision.objects.get().pk, "middle_leader")
    assert waits("middle_leader") == []
    news = [each.words for each in journal_waiting.news(cast.scope("senior_leader"), AT - DAY)]
    assert news == ["Written: Teaching (team) on decisions of Operations (team)"]


def test_from_may_on_teams_that_nobody_looked_at_are_asked_for(cast: Cast, two: tuple[str, str]):
    year = year_of(TODAY)

    def waits(month: int) -> int:
        moment = timezone.make_aware(datetime.combine(date(year + 1, month, 10), time(9)))
        found = journal_waiting.next_actions(replace(cast.scope("headteacher"), at=moment))
        return sum("look at each other" in each.words for each in found)

    assert [waits(month) for month in (4, 5, 7, 8)] == [0, 1, 1, 0]
    decision(cast, "Ours", "senior_leader")
    review(cast, two[1], two[0])
    assert [each.name for each in team_queries.unreviewed(cast.scope("headteacher"))] == ["Teaching"]


def test_programs_read_teams_as_their_reader_knows_people(cast: Cast, two: tuple[str, str]):
    asked = Slice(limit=20, offset=0)
    head, chair = (rights_api.teams(cast.scope(each), asked).items for each in ("headteacher", "chair"))
    assert [each.name for each in head] == ["Operations", "Teaching"]
    assert head[1].members == ["Gwen Middle-Example, middle leader", "Hari Teacher-Example, teacher"]
    assert chair[1].members[1] == "Teacher"
