"""Every rule of surveys and complaints over every post and state: what each refuses, and what it does not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from headship.core.roles import Role
from headship.core.scope import Place, Scope
from headship.core.visibility import Visibility
from headship.voice import complaint_rules, rules
from headship.voice.choices import Counted, State, Why
from headship.voice.complaint_choices import Outcome, Stage

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
TODAY = date(2026, 11, 29)
ME, ANOTHER = 7, 8
STAFF = {
    "headteacher", "senior_leader", "middle_leader", "teacher", "support_staff", "safeguarding_lead",
    "business_manager", "office",
}  # fmt: skip
BOARD = {"chair", "governor", "clerk"}
LEADING = {"headteacher", "senior_leader", "safeguarding_lead", "business_manager"}


def who(*roles, person=ME):
    return Scope(1, person, "Somebody", AT, Place("school", 1, 990001, "A school"), frozenset(roles))


def allowed(rule, *given, **more):
    """Return the posts to which a rule of a scope says yes."""
    return {str(role) for role in Role if rule(who(role), *given, **more) is None}


def survey(state=State.OPEN, *, run_by=ME, about=None, visibility="staff", typist=None, by_name=False):
    return rules.Facts(state, run_by, about, visibility, typist, by_name)


def open_in(rule, *given, **facts):
    """Return the states of a survey in which a rule says yes to the head."""
    return [state.value for state in State if rule(who("headteacher"), survey(state, **facts), *given) is None]


def test_which_posts_see_run_promise_and_ask_about_themselves():
    assert allowed(rules.see_surveys) == STAFF | BOARD
    assert allowed(rules.run_surveys) == allowed(rules.promise) == {"headteacher", "senior_leader", "chair"}
    assert allowed(rules.prepare, "staff_pulse") == {"headteacher", "senior_leader", "chair"}
    assert allowed(rules.prepare, "headteacher_360") == {"headteacher"}
    assert allowed(rules.prepare, "leader_360") == {
        "senior_leader", "middle_leader", "safeguarding_lead", "business_manager",
    }  # fmt: skip
    assert allowed(rules.ask_about_myself, "staff_pulse") == set()
    assert allowed(rules.find_shown) == {"external_adviser"}
    assert rules.find_shown(who("external_adviser", "governor")) is not None


def test_feedback_is_known_to_whom_it_is_about_alone():
    assert [rules.see(who(role), survey(about=ANOTHER)) for role in Role] == [False] * len(Role)
    assert rules.see(who("administrator"), survey(about=ME))
    assert {str(role) for role in Role if rules.see(who(role), survey())} == STAFF | BOARD


@pytest.mark.parametrize(
    ("rule", "given", "states"),
    [
        (rules.change, (), ["draft"]),
        (rules.move, (State.OPEN,), ["draft"]),
        (rules.move, (State.CLOSED,), ["open"]),
        (rules.move, (State.DRAFT,), []),
        (rules.remind, (), ["open"]),
        (rules.ask_without_names, (), ["draft"]),
        (rules.ask_on_paper, (), ["draft", "open"]),
    ],
)
def test_what_a_runner_does_in_which_state_and_nobody_else(rule, given, states):
    assert open_in(rule, *given) == states
    assert open_in(rule, *given, run_by=ANOTHER) == []


@pytest.mark.parametrize(
    ("asked", "may"),
    [
        ((0, 0, 4), False),
        ((0, 0, 5), True),
        ((4, 0, 0), False),
        ((5, 0, 0), True),
        ((4, 9, 9), False),
        ((5, 1, 1), True),
    ],
)
def test_enough_are_asked_of_whom_nobody_is_made_up(asked, may):
    assert (rules.open_with(Counted(*asked)) is None) is may
    assert ("do not count" in (rules.open_with(Counted(*asked)) or "")) is (asked == (4, 9, 9))


def test_people_known_by_name_are_asked_by_no_code():
    assert open_in(rules.ask_without_names, by_name=True) == []
    assert open_in(rules.print_codes) == ["open"]
    assert open_in(rules.print_codes, about=ME) == open_in(rules.print_codes, run_by=ANOTHER) == []


@pytest.mark.parametrize("group", ["Teachers", " teachers ", "SUPPORT  STAFF", "peer", "Staff I lead", "Maths"])
def test_no_group_holds_both_kinds(group):
    assert "asked by name" in rules.groups_apart(group, ["Maths"])
    assert rules.groups_apart("Parents of Year 5", ["Maths"]) is None


def test_feedback_is_asked_by_no_address_and_on_no_paper():
    for rule in (rules.ask_without_names, rules.ask_on_paper, rules.print_papers):
        assert open_in(rule, about=ME, typist=ANOTHER) == []


def test_papers_are_printed_while_it_is_open_and_somebody_types():
    assert open_in(rules.print_papers, typist=ANOTHER) == ["open"]
    assert open_in(rules.print_papers) == open_in(rules.print_papers, typist=ANOTHER, run_by=ANOTHER) == []


def test_papers_are_typed_in_by_the_one_named_who_leads_nothing():
    assert allowed(rules.type_in, survey(typist=ME)) == {"office", "support_staff"}
    assert allowed(rules.type_in, survey(typist=ANOTHER)) == allowed(rules.type_in, survey(typist=None)) == set()
    for leads in ("headteacher", "senior_leader", "chair"):
        assert rules.type_in(who("office", leads), survey(typist=ME)) is not None
    for state in (State.DRAFT, State.CLOSED):
        assert rules.type_in(who("office"), survey(state, typist=ME)) is not None


def test_results_are_seen_when_it_closed_by_those_it_is_open_to():
    assert open_in(rules.see_results) == open_in(rules.see_results, about=ME) == ["closed"]
    assert open_in(rules.see_results, about=ANOTHER) == []
    closed = {"state": State.CLOSED, "run_by": ANOTHER}
    assert allowed(rules.see_results, survey(**closed, visibility="leaders")) == LEADING
    assert {"teacher", "governor"} <= allowed(rules.see_results, survey(**closed))
    assert allowed(rules.see_results, survey(**closed, visibility="private")) == set()
    assert allowed(rules.see_results, survey(State.CLOSED, visibility="private")) == {str(each) for each in Role}


def test_themes_are_put_right_by_whoever_ran_it():
    assert open_in(rules.theme_comments) == ["closed"]
    assert open_in(rules.theme_comments, run_by=ANOTHER) == []


def test_own_view_and_showing_are_for_whom_it_is_about():
    assert open_in(rules.see_myself, about=ME) == ["draft", "open"]
    assert open_in(rules.show_feedback, about=ME) == ["closed"]
    for rule in (rules.see_myself, rules.show_feedback):
        assert open_in(rule, about=ANOTHER) == open_in(rule) == []
    assert rules.show_feedback(who("headteacher", person=None), survey(State.CLOSED)) is not None


def test_whom_feedback_can_be_shown_to():
    assert set(rules.shown_to("leader_360", Why.COACH)) == STAFF | BOARD | {"external_adviser"}
    assert set(rules.shown_to("headteacher_360", Why.PANEL)) == {"chair", "governor", "external_adviser"}
    assert set(rules.shown_to("leader_360", Why.PANEL)) == LEADING
    assert rules.shown_to("staff_pulse", Why.PANEL) == frozenset()


def test_days():
    last, term = TODAY + timedelta(days=366), TODAY + timedelta(days=90)
    day = timedelta(days=1)
    assert [rules.until(each, today=TODAY) is None for each in (TODAY - day, TODAY, last, last + day)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert [rules.closes_on(each, today=TODAY) is None for each in (TODAY - day, TODAY, term, term + day)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_promises_are_kept_by_whose_they_are_and_by_those_who_promise():
    assert allowed(rules.keep, ANOTHER) == {"headteacher", "senior_leader", "chair"}
    assert allowed(rules.keep, ME) == {str(each) for each in Role}


def test_what_only_the_installation_does():
    for rule in (rules.close_overdue, rules.count_progress, complaint_rules.set_apart):
        assert rule(who("headteacher")) is not None
        assert rule(who(person=0)) is None


def test_results_can_be_given_to_classes_the_runner_sees():
    assert rules.seen_as(who("headteacher"), about_person=True) == (Visibility.PRIVATE,)
    assert rules.seen_as(who("teacher"), about_person=False) == (Visibility.STAFF,)


def complaint(stage=Stage.RECEIVED, **more):
    given = {"about_id": None, "apart": False, "owner_id": None, "named": frozenset()}
    return complaint_rules.Facts(stage, **{**given, **more})


def seen(**facts):
    return {str(role) for role in Role if complaint_rules.see(who(role), complaint(**facts))}


def test_who_knows_of_a_complaint():
    assert seen() == {"headteacher"}
    assert seen(apart=True) == {"chair"}
    for named in ({"owner_id": ME}, {"named": frozenset({ME})}):
        assert seen(**named) == STAFF | BOARD
        assert seen(**named, apart=True) == (STAFF | BOARD) - LEADING
        assert seen(**named, about_id=ME) == seen(**named, about_id=ME, apart=True) == set()
    assert not complaint_rules.see(who("chair", "senior_leader"), complaint(apart=True))
    assert complaint_rules.lead(who("headteacher"), complaint(about_id=ME)) is not None
    assert complaint_rules.lead(who("chair"), complaint(about_id=ME, apart=True)) is not None


def test_who_answers_one():
    assert allowed(complaint_rules.answer, complaint()) == {"headteacher"}
    assert allowed(complaint_rules.answer, complaint(named=frozenset({ME}))) == {"headteacher"}
    assert allowed(complaint_rules.answer, complaint(owner_id=ME)) == STAFF | BOARD
    assert allowed(complaint_rules.learn, complaint(apart=True)) == {"chair"}
    assert allowed(complaint_rules.learn, complaint(apart=True), shown=True) == set()
    assert allowed(complaint_rules.finish, complaint(), ANOTHER) == {"headteacher"}
    assert allowed(complaint_rules.finish, complaint(), ME) == {str(each) for each in Role}


def test_who_can_be_named_counts_and_sets():
    def named(*, apart):
        return {str(role) for role in Role if complaint_rules.may_answer({role}, apart=apart)}

    assert (named(apart=False), named(apart=True)) == (STAFF | BOARD, BOARD)
    assert not complaint_rules.may_answer({Role.GOVERNOR, Role.BUSINESS_MANAGER}, apart=True)
    assert allowed(complaint_rules.see_counts) == {"headteacher"} | BOARD
    assert allowed(complaint_rules.set_procedure) == {"headteacher", "chair", "clerk"}
    assert allowed(complaint_rules.pass_on) == {"headteacher"}
    assert allowed(complaint_rules.open_list) == STAFF | BOARD


def test_compliments_are_seen_when_they_were_passed_on():
    for passed, about, posts in ((True, ME, STAFF | BOARD), (False, ME, {"headteacher"}), (True, 9, {"headteacher"})):
        found = {str(role) for role in Role if complaint_rules.see_compliment(who(role), about, passed=passed)}
        assert found == posts


def test_the_chair_deletes_one_that_is_apart_when_its_time_is_over():
    chair, old = who("chair"), date(2020, 11, 29)

    def may(scope=chair, *, apart=True, closed_on=old, held=False):
        facts = complaint(apart=apart, closed_on=closed_on)
        return complaint_rules.delete(scope, facts, today=TODAY, held=held) is None

    assert may()
    assert [
        may(who("headteacher")),
        may(who("headteacher"), apart=False),
        may(closed_on=old + timedelta(days=1)),
        may(closed_on=None),
        may(held=True),
    ] == [False] * 5


def test_days_and_ends_of_complaints():
    earliest, day = TODAY - timedelta(days=366 * 3), timedelta(days=1)
    days = (TODAY + day, TODAY, earliest, earliest - day)
    assert [complaint_rules.happened_on(each, today=TODAY) is None for each in days] == [False, True, True, False]
    since = [complaint_rules.happened_on(TODAY - day, today=TODAY, since=each) is None for each in (TODAY, TODAY - day)]
    assert since == [False, True]
    assert complaint_rules.close_as(Stage.ANSWERED, Outcome.RESOLVED) is None
    assert complaint_rules.close_as(Stage.ANSWERED, Outcome.UPHELD) is not None
    assert complaint_rules.close_as(Stage.CLOSED, Outcome.RESOLVED) is not None
