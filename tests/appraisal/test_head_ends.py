"""What ends in a headteacher's year, and how that is told: appeals, evidence, leavers, closing, moderation, checks."""

from datetime import date
from uuid import uuid4

import pytest

from headship.appraisal import (
    head_checks,
    head_copies,
    head_course_actions,
    head_documents,
    head_objective_actions,
    head_pages,
    head_panel_actions,
    head_queries,
    head_rules,
    head_statement_actions,
    head_waiting,
    head_year_pages,
)
from headship.appraisal.head_choices import HeadState, Said
from headship.appraisal.models import HeadAppeal, HeadCopy, HeadObjective, HeadReflection, HeadYear
from headship.core.errors import Refused, Unusable
from headship.core.pages import in_words
from headship.core.paper import Paper
from headship.core.roles import Role
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.privacy.models import LegalHold
from tests import cast as everybody
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import AT, DAY, THIS, TODAY
from tests.appraisal.test_head_access import readers
from tests.cast import Cast

HERE = f"/schools/{everybody.OWN}/head-appraisal/"


def _hear(cast: Cast, key: int, result: str, words: str = "It was looked at") -> None:
    by, version = cast.scope("hearer", "own"), flow.year(key).version
    head_statement_actions.hear_appeal(by=by, at=AT, year=key, version=version, on=TODAY, result=result, words=words)


def _again(cast: Cast, key: int) -> None:
    flow.draft(cast, key, standards="A good year")
    flow.give(cast, key)
    flow.comment(cast, key)
    flow.lock(cast, key)


def _reopen(cast: Cast, key: int) -> None:
    version = flow.year(key).version
    head_statement_actions.reopen_year(by=cast.scope("chair"), at=AT, year=key, version=version, because="A figure")


def _left(cast: Cast, persona: str) -> None:
    Post.objects.filter(person=cast.people[persona]).update(ends_on=TODAY - DAY)


def _close(cast: Cast, key: int, persona: str = "clerk", words: str = "She left in January") -> None:
    version = flow.year(key).version
    head_panel_actions.close_head_year(
        by=cast.scope(persona, "own"),
        at=AT,
        once=uuid4(),
        year=key,
        version=version,
        whose=flow.whose(key),
        because=words,
    )


def test_how_an_appeal_ended_is_shown_with_who_said_so_and_there_is_one_for_each_statement(cast: Cast):
    flow.join(cast, "hearer")
    key = flow.to_locked(cast)
    flow.appeal(cast, key)
    flow.hear_by(cast, key, "hearer")
    _hear(cast, key, "dismissed")
    told = HeadAppeal.objects.get()
    assert (told.heard_by, told.against) == (cast.people["hearer"], HeadCopy.objects.get())
    head = cast.client("headteacher")
    for persona in ("headteacher", "governor"):
        page = cast.client(persona).get(f"{HERE}{key}").text
        assert "by Hearer Joined-Example. Dismissed: the statement stands" in page
        assert "It was looked at" in page
    assert "An appeal against it" in head.get(f"{HERE}{key}/copies/1").text
    by = cast.scope("headteacher")
    whole = head_queries.whole(by, flow.year(key))
    assert ("heading", "Appeal") in list(head_copies.statement(whole))
    with pytest.raises(Refused, match="Your appeal against this statement was heard"):
        flow.appeal(cast, key)
    assert "Your appeal against this statement was heard" in head.get(f"{HERE}{key}/appeal").text
    assert '/appeal"' not in head.get(f"{HERE}{key}").text
    _reopen(cast, key)
    _again(cast, key)
    assert ("heading", "Appeal") in head_copies.lines_of(HeadCopy.objects.get(number=2))
    flow.appeal(cast, key)
    assert flow.year(key).state == HeadState.APPEALED


def test_whoever_records_it_is_asked_who_hears_an_appeal_until_somebody_is_named(cast: Cast):
    flow.join(cast, "hearer")
    key = flow.to_locked(cast)
    flow.appeal(cast, key)
    (action,) = head_waiting.next_actions(cast.scope("clerk"))
    assert action.words.startswith("Name who hears the headteacher's appeal: Ada Headteacher-Example, ")
    assert "Who hears the appeal?<" in cast.client("clerk").get(HERE).text
    flow.hear_by(cast, key, "hearer")
    assert list(head_waiting.next_actions(cast.scope("clerk"))) == []
    _left(cast, "hearer")
    (action,) = head_waiting.next_actions(cast.scope("clerk"))
    assert action.words.startswith("Name who hears the headteacher's appeal"), "who was named has left"


def test_the_next_panel_reads_no_appeal_in_a_copy_it_is_lent(cast: Cast):
    flow.join(cast, "hearer")
    key = flow.to_locked(cast, starts_in=THIS - 1)
    flow.appeal(cast, key, "Objective one was met")
    flow.hear_by(cast, key, "hearer")
    _hear(cast, key, "upheld", "It was met")
    _again(cast, key)
    flow.appoint(cast)
    flow.past(key)
    version = flow.year(key).version
    head_course_actions.lend_copies(by=cast.scope("headteacher"), at=AT, year=key, version=version, shown=True)
    for number in (1, 2):
        lent = cast.client("governor").get(f"{HERE}{key}/copies/{number}").text
        assert "A good year" in lent or "A strong year" in lent
        for words in ("Objective one was met", "It was met", "Appeal"):
            assert words not in lent.split("<main", 1)[1].split("</main", 1)[0], (number, words)
    assert "Objective one was met" in cast.client("headteacher").get(f"{HERE}{key}/copies/2").text


@pytest.mark.parametrize(("days", "since", "late"), [(10, 11, True), (10, 10, False), (None, 300, False)])
def test_an_appeal_comes_within_the_days_the_board_gives(cast: Cast, days: int | None, since: int, late: bool):  # noqa: FBT001  # both
    key = flow.to_locked(cast, appeal_days=days)
    HeadYear.objects.filter(pk=key).update(agreed_on=TODAY - since * DAY)
    if late:
        with pytest.raises(Refused, match="time to appeal against this statement ended on"):
            flow.appeal(cast, key)
    else:
        assert flow.appeal(cast, key)


def test_evidence_of_a_year_is_counted_once_however_often_a_step_is_done(cast: Cast):
    key = flow.to_locked(cast)
    assert Entry.objects.filter(kind="appraisal.head_year", withdrawn_at=None).count() == 3
    _reopen(cast, key)
    stand = Entry.objects.filter(kind="appraisal.head_year", withdrawn_at=None)
    assert [each.words.split(" for ")[0] for each in stand.order_by("pk")] == [
        "The board appointed the headteacher's appraisal panel",
        "The headteacher's objectives were set",
    ]
    _again(cast, key)
    assert stand.count() == 3
    other = flow.appoint(cast, starts_in=THIS - 1)
    flow.aim(cast, other)
    for again in range(3):
        flow.set_them(cast, other)
        assert stand.filter(words__startswith="The headteacher's objectives").count() == 2
        if again < 2:
            version = flow.year(other).version
            head_objective_actions.take_up_objectives(
                by=cast.scope("chair"), at=AT, year=other, version=version, because="The plan"
            )
            assert stand.filter(words__startswith="The headteacher's objectives").count() == 1


def test_whoever_left_their_post_does_not_count_and_is_named_to_whoever_records_it(cast: Cast):
    key = flow.to_met(cast)
    _left(cast, "governor")
    _left(cast, "external_adviser")
    found = {
        each.words: each for each in head_checks.checks(head_queries.whole(cast.scope("chair"), flow.year(key)), TODAY)
    }
    assert found["The panel has 2 or 3 governors"].met is False
    assert "1 sits on it who is a governor today" in found["The panel has 2 or 3 governors"].told
    assert found["The board has appointed an external adviser"].met is False
    page = head_year_pages.year_page(cast.scope("headteacher"), flow.year(key))
    (gone,) = [said for words, said in page.facts if words == "Has left that post"]
    for persona in ("governor", "external_adviser"):
        assert cast.people[persona].name in gone
        assert not any(cast.people[persona].name in each for each in page.seen_by)
    (action,) = head_waiting.next_actions(cast.scope("clerk"))
    assert action.words.startswith("Mend what is recorded of who appraises: Ada Headteacher-Example, ")
    clerk = cast.client("clerk").get(HERE).text
    assert "1 sits on it who is a governor today" in clerk
    assert "Every pupil reads daily" not in clerk
    flow.join(cast, "second")
    flow.join(cast, "advising", Role.EXTERNAL_ADVISER)
    people = cast.people
    flow.change(cast, key, panel=(people["chair"].pk, people["second"].pk), adviser=people["advising"].pk)
    assert list(head_waiting.next_actions(cast.scope("clerk"))) == []


def test_where_a_governor_moderates_one_is_named(cast: Cast):
    """Ticked with nobody chosen, nobody could give the statement; whoever leaves is named to whoever records it."""
    for name in ("second", "third"):
        flow.join(cast, name)
    second = cast.people["second"].pk
    with pytest.raises(Unusable, match="choose who moderates, or take that tick away"):
        flow.appoint(cast, moderated=True)
    with pytest.raises(Unusable, match="tick that another governor moderates, or choose nobody"):
        flow.appoint(cast, moderator=second)
    key = flow.appoint(cast, moderated=True, moderator=second)
    with pytest.raises(Unusable, match="choose who moderates"):
        flow.change(cast, key, moderated=True)
    flow.to_met_from(cast, key)
    flow.draft(cast, key)
    assert list(head_waiting.next_actions(cast.scope("clerk"))) == []
    _left(cast, "second")
    (action,) = head_waiting.next_actions(cast.scope("clerk"))
    assert action.words.endswith("Nobody named is a governor today.")
    checks = head_checks.checks(head_queries.whole(cast.scope("governor"), flow.year(key)), TODAY)
    assert [each.met for each in checks if each.words == "Somebody is named who moderates"] == [False]
    with pytest.raises(Unusable, match="nobody is named who is a governor today"):
        flow.give(cast, key)
    flow.change(cast, key, moderated=True, moderator=cast.people["third"].pk)
    flow.note(cast, key, Said.MODERATION, "third")
    flow.give(cast, key)
    _left(cast, "third")
    assert list(head_waiting.next_actions(cast.scope("clerk"))) == []


def test_who_takes_part_anew_is_kept_with_the_day_of_the_meeting(cast: Cast):
    flow.join(cast, "second")
    key, people = flow.appoint(cast), cast.people
    flow.change(cast, key, panel=(people["chair"].pk, people["second"].pk), on=TODAY - 9 * DAY)
    now = flow.year(key)
    assert now.members.get(person=people["second"]).since == TODAY - 9 * DAY
    assert now.members.get(person=people["governor"]).ended_on == TODAY - 9 * DAY
    told = f"Who takes part was recorded anew: Full board, minute 4, {in_words(TODAY - 9 * DAY)}"
    assert now.changes.filter(words=told).exists()
    page = cast.client("clerk").get(f"{HERE}{key}/panel").text
    assert "Full board, minute 4" not in page.split('name="meeting"')[1].split(">")[0]


def test_a_year_recorded_by_mistake_is_removed_while_nothing_is_written_in_it(cast: Cast):
    key, clerk = flow.appoint(cast), cast.client("clerk")
    stand, of = Entry.objects.filter(kind="appraisal.head_year", withdrawn_at=None), flow.whose(key)
    at = f"{HERE}{key}/remove"
    form = {"head": of.head, "starts_in": of.starts_in, "version": flow.year(key).version}
    assert at in clerk.get(HERE).text
    assert "This is about Ada Headteacher-Example" in clerk.get(at).text
    assert cast.client("governor").get(at).status_code == 403
    for persona in ("governor", "headteacher"):
        with pytest.raises(Refused, match="recorded by the chair"):
            head_panel_actions.remove_head_year(
                by=cast.scope(persona, "own"), at=AT, year=key, version=form["version"], whose=of
            )
    assert "Tick whose appraisal it is" in clerk.post(at, form).text
    assert "meant for somebody else" in clerk.post(at, form | {"confirmed": "on", "starts_in": THIS - 1}).text
    course = {"by": cast.scope("headteacher"), "at": AT, "year": key}
    head_course_actions.write_head_reflection(**course, version=0, words="Mine", shown=False)
    assert "Something is written in this year already" in clerk.post(at, form | {"confirmed": "on"}).text
    HeadReflection.objects.all().delete()
    flow.aim(cast, key)
    assert "Something is written in this year already" in clerk.post(at, form | {"confirmed": "on"}).text
    HeadObjective.objects.all().delete()
    assert stand.count() == 1
    assert clerk.post(at, form | {"confirmed": "on"}).status_code == 302
    assert (HeadYear.objects.count(), stand.count()) == (0, 0)
    key = flow.appoint(cast)
    flow.aim(cast, key)
    flow.set_them(cast, key)
    assert f"{key}/remove" not in clerk.get(HERE).text
    assert "Close it without a statement" in clerk.get(f"{HERE}{key}/remove").text


@pytest.mark.parametrize("persona", ["headteacher", "governor", "external_adviser", "clerk"])
def test_a_year_is_not_removed_while_a_hold_stands_on_anybody_named_in_it(cast: Cast, persona: str):
    key = flow.appoint(cast)
    LegalHold.objects.create(
        school=cast.school, person=cast.people[persona], why="A claim", placed_by=cast.people["chair"], placed_at=AT
    )
    with pytest.raises(Unusable, match="A legal hold stands"):
        head_panel_actions.remove_head_year(by=cast.scope("chair"), at=AT, year=key, version=1, whose=flow.whose(key))
    assert HeadYear.objects.filter(pk=key).exists()


def test_a_year_closed_before_anything_happened_is_evidence_of_nothing(cast: Cast):
    key = flow.appoint(cast)
    stand = Entry.objects.filter(kind="appraisal.head_year", withdrawn_at=None)
    _close(cast, key)
    assert stand.count() == 0
    head_panel_actions.resume_head_year(
        by=cast.scope("clerk"),
        at=AT,
        once=uuid4(),
        year=key,
        version=flow.year(key).version,
        whose=flow.whose(key),
        because="She came back",
    )
    assert stand.count() == 1
    flow.to_met_from(cast, key)
    _close(cast, key)
    assert stand.count() == 2


def test_a_year_closed_after_its_objectives_were_taken_up_is_evidence_still(cast: Cast):
    key = flow.appoint(cast)
    flow.aim(cast, key)
    flow.set_them(cast, key)
    head_objective_actions.take_up_objectives(
        by=cast.scope("chair"), at=AT, year=key, version=flow.year(key).version, because="The plan changed"
    )
    stand = Entry.objects.filter(kind="appraisal.head_year", withdrawn_at=None)
    assert stand.count() == 1
    _close(cast, key)
    assert stand.count() == 1
    sure = {"by": cast.scope("clerk"), "at": AT, "once": uuid4(), "year": key, "whose": flow.whose(key)}
    head_panel_actions.resume_head_year(**sure, version=flow.year(key).version, because="She came back")
    assert stand.count() == 1


def test_objectives_are_not_set_before_the_panel_was_appointed(cast: Cast):
    key = flow.appoint(cast, on=TODAY - 3 * DAY)
    flow.aim(cast, key)
    with pytest.raises(Unusable, match="when the panel was appointed"):
        flow.set_them(cast, key, on=TODAY - 4 * DAY)
    flow.set_them(cast, key, on=TODAY - 3 * DAY)


def test_a_day_before_mid_year_is_refused_with_mid_year_where_objectives_were_set_anew(cast: Cast):
    key = flow.appoint(cast)
    flow.aim(cast, key)
    flow.set_them(cast, key, on=TODAY - 9 * DAY)
    flow.note(cast, key, Said.HALFWAY, on=TODAY - 5 * DAY)
    head_objective_actions.take_up_objectives(
        by=cast.scope("chair"), at=AT, year=key, version=flow.year(key).version, because="The plan changed"
    )
    flow.set_them(cast, key)
    with pytest.raises(Unusable, match="when the mid-year review was held"):
        flow.note(cast, key, Said.HALFWAY, on=TODAY - 6 * DAY)


def test_a_long_year_that_is_not_over_waits_on_though_the_panel_two_years_on_is_recorded(cast: Cast):
    key = flow.to_locked(cast, starts_in=THIS - 1)
    HeadYear.objects.filter(pk=key).update(starts_in=THIS - 2, ends_on=TODAY - 9 * DAY, mend_by=TODAY + 9 * DAY)
    flow.appoint(cast)
    assert key in {each.pk for each, _ in head_queries.current(cast.scope("governor"))}


def test_a_policy_that_was_not_named_waits_for_whoever_records_it(cast: Cast):
    flow.appoint(cast, policy_held=False)
    (action,) = head_waiting.next_actions(cast.scope("clerk"))
    assert action.words.endswith("Say whether the board has adopted an appraisal policy.")


def test_a_leavers_year_is_closed_with_a_reason_and_nobody_reads_it_on(cast: Cast):
    flow.join(cast, "hearer")
    key = flow.to_met(cast)
    flow.draft(cast, key)
    for persona in ("governor", "headteacher", "external_adviser"):
        with pytest.raises(Refused, match="recorded by the chair"):
            _close(cast, key, persona)
    _close(cast, key, "chair")
    assert readers(cast, key) == {"headteacher"}
    for persona in ("chair", "governor", "external_adviser", "clerk"):
        assert cast.client(persona).get(f"{HERE}{key}").status_code in {403, 404}
    page = cast.client("headteacher").get(f"{HERE}{key}").text
    assert "She left in January" in page
    assert "was closed without a statement, so nothing in it can be changed" in page
    assert "A strong year" not in page
    listed = cast.client("clerk").get(HERE).text
    assert "Closed without a statement" in listed
    assert "She left in January" not in listed
    for persona in ("chair", "governor", "headteacher", "clerk"):
        assert list(head_waiting.next_actions(cast.scope(persona))) == []
        events = head_waiting.calendar(cast.scope(persona), TODAY - 400 * DAY, TODAY + 800 * DAY)
        assert list(events) == []
    with pytest.raises(Refused, match="This year was closed"):
        flow.change(cast, key, "chair")
    with pytest.raises(Unusable, match="This year stands at"):
        _close(cast, key)
    version = flow.year(key).version
    head_panel_actions.resume_head_year(
        by=cast.scope("clerk"),
        at=AT,
        once=uuid4(),
        year=key,
        version=version,
        whose=flow.whose(key),
        because="She came back",
    )
    assert (flow.year(key).state, flow.year(key).closed_on) == (HeadState.MET, None)
    assert readers(cast, key) == {"headteacher", "chair", "governor", "external_adviser"}


def test_closing_is_clicked_through_and_says_whose_it_is(cast: Cast):
    key, clerk = flow.to_met(cast), cast.client("clerk")
    of = flow.whose(key)
    _left(cast, "headteacher")
    (action,) = head_waiting.next_actions(cast.scope("clerk"))
    assert action.words.startswith(
        "Close the appraisal of somebody who is headteacher no longer: Ada Headteacher-Example, "
    )
    assert clerk.get(action.url).status_code == 200
    form = {"head": of.head, "starts_in": of.starts_in, "version": flow.year(key).version, "once": str(uuid4())}
    assert "Tick whose appraisal it is" in clerk.post(action.url, form | {"because": "Left"}).text
    assert "Say why" in clerk.post(action.url, form | {"confirmed": "on"}).text
    form |= {"because": "Left", "confirmed": "on"}
    assert "meant for somebody else" in clerk.post(action.url, form | {"starts_in": THIS - 1}).text
    assert clerk.post(action.url, form).status_code == 302
    assert flow.year(key).state == HeadState.CLOSED
    assert clerk.post(action.url, form | {"version": flow.year(key).version, "once": str(uuid4())}).status_code == 302
    assert flow.year(key).state == HeadState.MET
    assert cast.client("governor").get(action.url).status_code == 403


def test_the_head_is_told_who_lets_themself_in_and_that_moderation_ends(cast: Cast):
    flow.join(cast, "second")
    flow.join(cast, "third")
    people = {name: each.pk for name, each in cast.people.items()}
    key = flow.appoint(cast, panel=(people["governor"], people["second"]), moderated=True, moderator=people["third"])
    flow.change(cast, key, "chair", panel=(people["governor"], people["chair"]))
    news = " ".join(each.words for each in head_waiting.news(cast.scope("headteacher"), AT - DAY)).lower()
    chair, second = cast.people["chair"].name.lower(), cast.people["second"].name.lower()
    for words in (
        f"{chair} takes part (panel)",
        f"{second} takes no part any more (panel)",
        "another governor no longer moderates the statement",
    ):
        assert words in news
        assert words in cast.client("headteacher").get(f"{HERE}{key}").text.lower()


def test_moderation_is_of_the_statement_as_it_stands(cast: Cast):
    flow.join(cast, "second")
    key = flow.appoint(cast, moderated=True, moderator=cast.people["second"].pk)
    flow.to_met_from(cast, key)
    with pytest.raises(Unusable, match="no draft of the statement to moderate"):
        flow.note(cast, key, Said.MODERATION, "second")
    flow.draft(cast, key)
    flow.note(cast, key, Said.MODERATION, "second")
    assert list(head_waiting.next_actions(cast.scope("second", "own"))) == []
    flow.draft(cast, key, standards="Another year")
    (action,) = head_waiting.next_actions(cast.scope("second", "own"))
    assert action.words.startswith("Moderate the headteacher's statement")
    with pytest.raises(Unusable, match="as it stands now"):
        flow.give(cast, key)
    flow.note(cast, key, Said.MODERATION, "second")
    flow.give(cast, key)
    flow.take_back(cast, key)
    with pytest.raises(Unusable, match="as it stands now"):
        flow.give(cast, key)
    flow.note(cast, key, Said.MODERATION, "second")
    flow.give(cast, key)
    flow.comment(cast, key)
    flow.lock(cast, key)
    _reopen(cast, key)
    with pytest.raises(Unusable, match="as it stands now"):
        flow.give(cast, key)


def test_late_objectives_are_named_and_characteristics_follow_the_standards_told(cast: Cast):
    key = flow.appoint(cast)
    one = flow.aim(cast, key, characteristics=("2.1",))
    soon = "Standards and objectives came before the year began, or as soon as practicable after"

    def found() -> dict[str, head_checks.Check]:
        whole = head_queries.whole(cast.scope("chair"), flow.year(key))
        return {each.words: each for each in head_checks.checks(whole, TODAY)}

    assert found()[head_checks.SERVES].met is True
    HeadYear.objects.filter(pk=key).update(framework="headteachers-2020")
    assert (found()[head_checks.SERVES].met, found()[head_checks.SERVES].objective) == (False, one)
    chair = cast.client("chair")
    assert "Not so yet: Every objective is tied" in chair.get(f"{HERE}{key}/set").text
    assert chair.get(f"{HERE}{key}/objectives/{one}/change").status_code == 200
    flow.set_them(cast, key)
    assert found()[soon].met is True
    HeadYear.objects.filter(pk=key).update(set_on=date(THIS + 1, 7, 1))
    assert found()[soon].met is False
    assert "303 days after it began" in found()[soon].told
    HeadYear.objects.filter(pk=key).update(set_on=date(THIS, 8, 20), told_on=date(THIS, 8, 20))
    assert found()[soon].told == "Before it began."


def test_a_year_agreed_in_time_is_not_late_because_it_was_opened_again(cast: Cast):
    key = flow.to_locked(cast)
    _reopen(cast, key)
    whole = head_queries.whole(cast.scope("chair"), flow.year(key))
    late = head_checks.checks(whole, date(THIS + 3, 1, 1))[-1]
    assert late.met is True
    assert late.told.endswith("and opened again since.")


def test_a_button_is_there_only_when_it_works_and_papers_name_who_reads(cast: Cast):
    flow.join(cast, "second")
    key = flow.appoint(cast, moderator=cast.people["second"].pk, moderated=True)
    flow.to_met_from(cast, key)
    flow.draft(cast, key)
    flow.note(cast, key, Said.MODERATION, "second")
    chair = cast.scope("chair")
    whole = head_queries.whole(chair, flow.year(key))
    told = str(head_documents.year(chair, whole))
    for each in head_year_pages.seen_by(whole):
        assert each in told
    assert "Second Joined-Example, while moderating" in told
    flow.give(cast, key)
    words = [each for each, _ in head_year_pages.year_page(chair, flow.year(key)).links]
    assert "Agree and lock it" not in words
    flow.comment(cast, key)
    words = [each for each, _ in head_year_pages.year_page(chair, flow.year(key)).links]
    assert "Agree and lock it" in words
    assert head_rules.WAITS.days == 14


def test_a_paper_says_how_far_the_statement_is_whose_it_is_and_which_year(cast: Cast):
    """A draft until it is given; then since when it is given or locked, and that it is under appeal."""
    flow.join(cast, "hearer")
    key = flow.to_met(cast)
    flow.draft(cast, key)
    whose, on = head_pages.whose(flow.year(key)), in_words(TODAY)

    def paper(persona: str = "chair") -> Paper:
        by = cast.scope(persona, "own")
        return head_documents.year(by, head_queries.whole(by, flow.year(key)))

    assert (paper().title, paper().about[1:]) == (f"Appraisal statement, {whose} (draft)", ())
    flow.give(cast, key)
    assert (paper().title, paper().about[1:]) == (f"Appraisal statement, {whose}", (f"Given on {on}",))
    flow.comment(cast, key)
    flow.lock(cast, key)
    assert paper().about[1:] == (f"Locked on {on}",)
    flow.appeal(cast, key)
    flow.hear_by(cast, key, "hearer")
    for persona in ("headteacher", "hearer"):
        assert (paper(persona).title, paper(persona).about[1:]) == (
            f"Appraisal statement, {whose}",
            (f"Locked on {on}, under appeal",),
        )
    named = cast.client("chair").get(f"{HERE}{key}/document")["Content-Disposition"]
    assert (
        named == f'attachment; filename="appraisal-statement-ada-headteacher-example-{THIS}-{(THIS + 1) % 100:02}.pdf"'
    )
    named = cast.client("headteacher").get(f"{HERE}{key}/copies/1/document?as=word")["Content-Disposition"]
    assert f"the-locked-statement-ada-headteacher-example-{THIS}-" in named


def test_a_statement_holds_advice_moderation_and_days_for_those_who_read_them(cast: Cast):
    """Panel, adviser and headteacher; whoever moderates, hears an appeal or is lent a copy reads none of it."""
    for name in ("moderating", "hearer", "later"):
        flow.join(cast, name)
    key = flow.appoint(cast, starts_in=THIS - 1, moderated=True, moderator=cast.people["moderating"].pk)
    flow.to_met_from(cast, key)
    flow.draft(cast, key)
    on = in_words(TODAY)
    course = {"Two objectives are enough", "Headteachers' standards 2020", "Statement given on", "Agreed and locked on"}
    course |= {"The headteacher commented on", "Standards told (", "Fair beside last year"}

    def reads(persona: str) -> set[str]:
        by = cast.scope(persona, "own")
        return {each for each in course if each in str(head_documents.year(by, head_queries.whole(by, flow.year(key))))}

    flow.note(cast, key, Said.MODERATION, "moderating", words="Fair beside last year")
    assert reads("moderating") == {"Fair beside last year"}
    assert "Fair beside last year" not in reads("headteacher")
    flow.give(cast, key)
    flow.comment(cast, key)
    flow.lock(cast, key)
    for persona in ("headteacher", "chair", "external_adviser"):
        assert reads(persona) == course
        page = cast.client(persona).get(f"{HERE}{key}").text
        assert f"Headteachers&#39; standards 2020, told on {on}" in page
    kept = " ".join(words for _, words in head_copies.lines_of(HeadCopy.objects.get()))
    assert {each for each in course if each in kept} == course
    flow.appeal(cast, key)
    flow.hear_by(cast, key, "hearer")
    assert reads("hearer") == set()
    hearer = cast.client("hearer")
    assert not any(each in hearer.get(f"{HERE}{key}/copies/1").text for each in course)
    assert "told on" not in hearer.get(f"{HERE}{key}").text
    _hear(cast, key, "dismissed")
    flow.appoint(cast, panel=(cast.people["later"].pk, cast.people["hearer"].pk))
    lend = {"by": cast.scope("headteacher"), "at": AT, "year": key, "shown": True}
    head_course_actions.lend_copies(**lend, version=flow.year(key).version)
    lent = cast.client("later").get(f"{HERE}{key}/copies/1").text
    assert "A strong year" in lent
    assert "On the way" in lent
    assert not any(each in lent for each in course)
