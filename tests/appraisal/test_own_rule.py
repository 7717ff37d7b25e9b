"""An academy's board may hold its own rule: dates, panel and adviser follow it from the day it was adopted."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from headship.appraisal import (
    head_checks,
    head_queries,
    head_rules,
    head_waiting,
    own_rule_actions,
    own_rule_queries,
    own_rules,
)
from headship.appraisal.head_choices import HeadState
from headship.appraisal.models import HeadChange, HeadYear, OwnRule
from headship.appraisal.own_rule_actions import Adopted
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.policy.loader import YearDay
from headship.schools.models import School
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import AT, DAY, THIS, TODAY
from tests.appraisal.staff_flow import a_cycle
from tests.appraisal.test_staff_cycles import url
from tests.cast import Cast

LONG_AGO = date(THIS - 1, 3, 3)
OWN = f"Your board's own rule of 3 March {THIS - 1} (Full board, minute 7)."
RULE = Adopted(LONG_AGO, "Full board, minute 7", 1, 4, adviser_asked=False, head_by=YearDay(11, 30),
               staff_by=YearDay(12, 15))  # fmt: skip


def academy(cast: Cast, kind: str = "Academy converter") -> None:
    """Let the register say what kind of school it is."""
    School.objects.filter(pk=cast.school.pk).update(kind=kind)


def record(cast: Cast, who: str = "chair", **changed: object) -> int:
    """Record a rule."""
    adopted = replace(RULE, **changed)
    return own_rule_actions.record_own_rule(by=cast.scope(who), at=AT, once=uuid4(), adopted=adopted)


def lines(cast: Cast, key: int, who: str = "governor") -> dict[str, head_checks.Check]:
    """Return what is asked of a year, as somebody of the panel reads it."""
    whole = head_queries.whole(cast.scope(who), flow.year(key))
    return {each.words: each for each in head_checks.checks(whole, TODAY)}


def test_without_a_rule_an_academy_is_held_against_what_the_regulations_say(cast):
    academy(cast)
    key = flow.appoint(cast)
    told = lines(cast, key)
    assert told["The panel has 2 or 3 governors"].met is True
    assert "The board has appointed an external adviser" in told
    assert f"The statement is agreed by 31 December {THIS + 1}" in told
    with pytest.raises(Unusable, match="A panel has 2 or 3 governors; you chose 1"):
        flow.appoint(cast, starts_in=THIS + 1, panel=(cast.people["governor"].pk,))


def test_the_check_and_the_dates_follow_the_boards_own_rule_and_say_so(cast):
    academy(cast)
    record(cast)
    key = flow.appoint(cast, panel=(cast.people["governor"].pk,), adviser=None)
    told = lines(cast, key)
    panel = told["The panel has 1 to 4 governors"]
    assert (panel.met, panel.source) == (True, OWN)
    adviser = told["No external adviser is asked"]
    assert (adviser.met, adviser.source) == (None, OWN)
    assert "The external adviser was consulted about the objectives" not in told
    by = told[f"The statement is agreed by 30 November {THIS + 1}"]
    assert by.source == OWN
    client = cast.client("governor")
    page = client.get(f"/schools/{cast.school.urn}/head-appraisal/{key}").text
    assert "Your board&#39;s own rule of 3 March" in page
    assert f"30 November {THIS + 1}" in page
    assert "not yet checked" in page, "what the rule does not settle is told with its own source"
    assert f"due by 30 November {THIS + 1}" in cast.client("chair").get(url("head-appraisal")).text
    days = list(head_waiting.calendar(cast.scope("governor"), TODAY, TODAY + timedelta(days=700)))
    assert date(THIS + 1, 11, 30) in [each.on for each in days]
    assert date(THIS + 1, 12, 31) not in [each.on for each in days]
    assert (
        head_checks.recorded(
            cast.scope("chair"), flow.year(key), own_rule_queries.ruled(cast.scope("chair"), flow.year(key).ends_on)
        )
        == []
    )


def test_more_than_the_rule_allows_is_refused_with_the_rule(cast):
    academy(cast)
    record(cast, panel_least=2, panel_most=2)
    for name in ("second", "third"):
        flow.join(cast, name)
    people = tuple(cast.people[name].pk for name in ("governor", "second", "third"))
    with pytest.raises(Unusable, match=r"Your board's own rule of 3 March .* A panel has 2 governors; you chose 3"):
        flow.appoint(cast, panel=people)
    told = cast.client("chair").get(url("head-appoint")).text
    assert "2. Whoever works at the school is not offered." in told
    assert "own rule asks none; you can name one all the same" in told


def test_where_an_adviser_is_named_all_the_same_their_advice_is_asked(cast):
    academy(cast)
    record(cast)
    told = lines(cast, flow.appoint(cast))
    assert told["The board has appointed an external adviser"].met is True
    assert told["The external adviser was consulted about the objectives"].met is False


def test_what_a_rule_leaves_open_is_as_the_regulations_say(cast):
    academy(cast)
    record(cast, panel_least=None, panel_most=None, adviser_asked=True, staff_by=None)
    now = own_rule_queries.ruled(cast.scope("chair"), TODAY)
    assert (now.panel, now.adviser.value, now.staff_by.value) == ("2 or 3", True, YearDay(10, 31))
    assert [each.own for each in (now.least, now.most, now.adviser, now.head_by, now.staff_by)] == [
        False, False, False, True, False,
    ]  # fmt: skip


def test_a_rule_holds_for_years_that_end_on_its_day_or_later_until_the_next(cast):
    academy(cast)
    record(cast)
    OwnRule.objects.update(recorded_on=LONG_AGO)
    record(cast, on=TODAY - 10 * DAY, head_by=YearDay(1, 31))
    by = cast.scope("chair")
    found = {on: own_rule_queries.ruled(by, on).head_by.value for on in (LONG_AGO - DAY, LONG_AGO, TODAY)}
    assert list(found.values()) == [YearDay(12, 31), YearDay(11, 30), YearDay(1, 31)]
    ends_on = date(THIS, 8, 31)
    assert head_rules.statement_by(ends_on, own_rule_queries.ruled(by, TODAY)) == date(THIS + 1, 1, 31)


def test_a_rule_recorded_now_makes_no_year_late_or_in_time_that_has_ended(cast):
    """Whatever day of adoption is typed, at once or by putting it right; another that it moves is told."""
    academy(cast)
    key = flow.appoint(cast)
    HeadYear.objects.filter(pk=key).update(ends_on=TODAY - DAY, state=HeadState.AGREED)
    rule = record(cast)
    change = {"by": cast.scope("chair"), "at": AT, "rule": rule}
    own_rule_actions.change_own_rule(**change, version=1, adopted=replace(RULE, on=LONG_AGO - 99 * DAY))
    assert own_rule_queries.ruled(cast.scope("chair"), TODAY - DAY).own == ""
    told = HeadChange.objects.filter(year=key, words__contains="own rule")
    assert not told.exists(), "nothing moved"
    OwnRule.objects.update(recorded_on=LONG_AGO)
    own_rule_actions.change_own_rule(**change, version=2, adopted=replace(RULE, head_by=YearDay(10, 31)))
    own_rule_actions.drop_own_rule(**change, version=3)
    assert told.count() == 2


def test_a_rule_of_before_reaches_back_no_further_when_it_is_put_right(cast):
    academy(cast)
    rule = record(cast)
    OwnRule.objects.update(recorded_on=None)
    own_rule_actions.change_own_rule(
        by=cast.scope("chair"), at=AT, rule=rule, version=1, adopted=replace(RULE, on=LONG_AGO - DAY)
    )
    found = [own_rule_queries.ruled(cast.scope("chair"), on).own for on in (LONG_AGO - DAY, LONG_AGO)]
    assert [bool(each) for each in found] == [False, True]


def test_a_rule_recorded_later_lengthens_for_nobody_how_long_they_read(cast):
    """A panel that ended by the day that held when its year was agreed is not brought back by typing another day."""
    academy(cast)
    key = flow.to_locked(cast, starts_in=THIS - 1)
    by = date(THIS, 12, 31)
    assert flow.year(key).mend_by == by
    scope, of = cast.scope("governor"), flow.year(key)
    OwnRule.objects.create(school=cast.school, once=uuid4(), adopted_on=LONG_AGO, meeting="Full board",
                           head_by="08-30", recorded_by=cast.people["chair"])  # fmt: skip
    assert head_queries.whole(scope, of).due_on != by, "the rule would hold"
    assert head_queries.facts(scope, of).mend_by == by
    HeadYear.objects.update(mend_by=None)
    assert head_queries.facts(scope, flow.year(key)).mend_by == by, "agreed before that day was kept"


def test_the_day_of_the_rule_that_held_when_a_year_was_agreed_stays_its_panels(cast):
    academy(cast)
    record(cast)
    key = flow.to_locked(cast)
    assert flow.year(key).mend_by == date(THIS + 1, 11, 30)
    own_rule_actions.change_own_rule(
        by=cast.scope("chair"), at=AT, rule=OwnRule.objects.get().pk, version=1,
        adopted=replace(RULE, head_by=YearDay(8, 30)),
    )  # fmt: skip
    assert head_queries.facts(cast.scope("governor"), flow.year(key)).mend_by == date(THIS + 1, 11, 30)


def test_a_maintained_school_is_told_that_the_regulations_bind_it(cast):
    academy(cast, "Community school")
    with pytest.raises(Refused, match="bind maintained schools like this one, so its board has no rule of its own"):
        record(cast)
    told = cast.client("chair").get(url("own-rule")).text
    assert "The regulations bind maintained schools like this one" in told
    assert url("own-rule-record") not in told
    assert "2 or 3 governors" in told
    assert cast.client("chair").get(url("own-rule-record")).status_code == 403


def test_a_rule_recorded_where_the_school_is_maintained_now_does_not_hold(cast):
    academy(cast)
    record(cast)
    academy(cast, "Voluntary aided school")
    assert own_rule_queries.ruled(cast.scope("chair"), TODAY).own == ""
    academy(cast, "")
    assert own_rule_queries.ruled(cast.scope("chair"), TODAY).own == ""
    with pytest.raises(Refused, match="register does not say"):
        record(cast, on=TODAY)


def test_staff_statements_follow_the_boards_own_day(cast):
    academy(cast)
    cycle, client = a_cycle(cast), cast.client("headteacher")
    assert "Later than for teachers" not in client.get(url("staff-cycle", cycle=cycle.pk)).text
    record(cast, staff_by=YearDay(9, 30))
    page = client.get(url("staff-cycle", cycle=cycle.pk)).text
    assert f"For teachers by 30 September {THIS + 1}: Your board&#39;s own rule of 3 March {THIS - 1}" in page
    assert "Later than for teachers" in page
    new = client.get(url("staff-cycle-new")).text
    assert 'name="statement_by_month" type="text" value="9"' in new
    assert 'value="30 September"' in client.get(url("staff-template-new")).text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"on": TODAY + DAY}, "cannot be in the future"),
        ({"panel_least": 5}, "The fewest governors cannot be more than the most"),
        ({"panel_most": None}, "Give both numbers of governors, fewest and most, or neither"),
        ({"staff_by": YearDay(1, 31)}, "due between 1 June and 31 December"),
        ({}, "A rule adopted on that day is recorded already"),
    ],
)
def test_what_cannot_be_a_rule_is_said_and_nothing_is_kept(cast, changed, told):
    academy(cast)
    record(cast)
    with pytest.raises(Unusable, match=told):
        record(cast, **changed)
    assert OwnRule.objects.count() == 1


def form(**more):
    sent = {"meeting": "Full board, minute 7", "on_day": 3, "on_month": 3, "on_year": THIS - 1, "adviser_asked": "no"}
    return (
        sent | {"head_by": "30 November", "panel_least": "", "panel_most": "", "staff_by": "", "once": uuid4()} | more
    )


def test_the_page_records_changes_and_takes_out_and_of_two_windows_the_second_is_told(cast):
    academy(cast)
    client = cast.client("clerk")
    assert "None is recorded." in client.get(url("own-rule")).text
    assert url("own-rule") in client.get(url("head-appraisal")).text
    answer = client.post(url("own-rule-record"), form(head_by="31 November"))
    assert "write a day and a month, such as 31 October" in answer.text
    assert "31 November" in answer.text
    assert client.post(url("own-rule-record"), form()).status_code == 302
    rule = OwnRule.objects.get()
    assert (rule.head_by, rule.staff_by, rule.adviser_asked, rule.recorded_by) == (
        "11-30", "", False, cast.people["clerk"],
    )  # fmt: skip
    told = client.get(url("own-rule")).text
    assert "no external adviser; headteacher&#39;s statement by 30 November" in told
    at = url("own-rule-change", rule=rule.pk)
    assert 'value="30 November"' in client.get(at).text
    assert client.post(at, form(version=1, head_by="15 December")).status_code == 302
    answer = client.post(at, form(version=1, head_by="1 December", meeting="The other window"))
    assert answer.status_code == 409
    assert "The other window" in answer.text
    with pytest.raises(Stale):
        own_rule_actions.drop_own_rule(by=cast.scope("clerk"), at=AT, rule=rule.pk, version=1)
    assert "recorded by mistake" in client.get(url("own-rule-drop", rule=rule.pk)).text
    client.post(url("own-rule-drop", rule=rule.pk), {"version": 2})
    assert not OwnRule.objects.exists()


def test_chair_and_governance_professional_alone_record_and_the_head_reads_it(cast):
    academy(cast)
    rule = record(cast)
    for who in ("headteacher", "governor", "external_adviser", "senior_leader", "administrator"):
        with pytest.raises(Refused):
            record(cast, who, on=TODAY)
        with pytest.raises(Refused):
            own_rule_actions.change_own_rule(by=cast.scope(who), at=AT, rule=rule, version=1, adopted=RULE)
    told = cast.client("headteacher").get(url("own-rule")).text
    assert "30 November" in told
    assert "recorded by the chair of governors or the governance professional" in told
    assert cast.client("teacher").get(url("own-rule")).status_code == 403
    assert OwnRule.objects.get().version == 1


def test_the_headteacher_is_told_in_the_year_and_the_schools_own_log_is_not(cast):
    academy(cast)
    key = flow.appoint(cast)
    rule = record(cast)
    own_rule_actions.change_own_rule(
        by=cast.scope("chair"), at=AT, rule=rule, version=1, adopted=replace(RULE, staff_by=None)
    )
    told = list(HeadChange.objects.filter(year=key, words__contains="own rule").values_list("words", flat=True))
    assert told == [
        f"The board's own rule of 3 March {THIS - 1} was recorded",
        f"What is recorded of the board's own rule of 3 March {THIS - 1} was changed",
    ]
    logged = AuditEvent.objects.filter(action__endswith="own_rule").values_list("chain", flat=True)
    assert list(logged) == [0, 0]


def test_the_same_form_sent_twice_is_one_rule(cast):
    academy(cast)
    sent = {"by": cast.scope("chair"), "at": AT, "once": uuid4(), "adopted": RULE}
    assert len({own_rule_actions.record_own_rule(**sent) for _ in range(2)}) == 1


def test_another_schools_rule_does_not_hold_here(cast):
    academy(cast)
    OwnRule.objects.create(school=cast.other, once=uuid4(), adopted_on=LONG_AGO, meeting="Theirs", head_by="11-30",
                           recorded_by=cast.people["other_headteacher"])  # fmt: skip
    assert own_rule_queries.ruled(cast.scope("chair"), TODAY).own == ""
    assert HeadYear.objects.count() == 0


def test_spans_are_said_in_words():
    assert [own_rules.span(*each) for each in ((2, 3), (3, 3), (1, 4))] == ["2 or 3", "3", "1 to 4"]
