"""Equality checks: what needs one, what was found, who is told of it where; what lacks one."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from headship.core import registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.equality import api, check_actions, check_pages, queries, rules, waiting
from headship.equality.check_actions import Settled
from headship.equality.choices import CHECK_MOVES, PROTECTED, CheckState, Effect, Subject
from headship.equality.models import Check, CheckChange, Finding
from headship.evidence.models import Entry
from headship.policies.choices import Stage
from headship.policies.models import Policy, PolicyVersion
from headship.standards import actions as standards
from headship.strategy import actions as strategy
from headship.strategy.models import Decision
from tests import cast as everybody
from tests.cast import Cast
from tests.equality.flow import AT, DAY, TODAY, decide, found, make, settle
from tests.policies import flow as policies
from tests.strategy import flow as planning

HERE = f"/schools/{everybody.OWN}/equality/checks/"
NO = {"needed": False, "because": "It is about paper", "owner": None, "due_on": None}


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def beside(cast: Cast, persona: str, source: str) -> list[tuple[str, bool]]:
    return [(each.words, bool(each.url)) for each in registry.beside(cast.scope(persona), [source])[source]]


def test_it_moves_only_by_its_table():
    assert {str(each): [str(to) for to in after] for each, after in CHECK_MOVES.items()} == {
        "needed": ["done", "not_needed"],
        "done": ["needed"],
        "not_needed": ["needed"],
    }


@pytest.mark.parametrize("persona", ["teacher", "middle_leader", "clerk", "office"])
def test_only_those_who_note_decisions_make_them(cast: Cast, persona: str):
    decision = decide(cast)
    with pytest.raises(Refused) as refused:
        settle(cast, decision, persona)
    assert str(refused.value) == rules.CHECKERS_ONLY
    key = settle(cast, decision, "chair")
    with pytest.raises(Refused):
        make(cast, key, persona)
    assert Check.objects.get().state == CheckState.NEEDED


def test_whoever_was_asked_makes_it_though_they_note_no_decisions(cast: Cast):
    teacher = cast.client("teacher")
    key = settle(cast, decide(cast), owner=cast.people["teacher"].pk)
    assert "Make the check" in teacher.get(f"{HERE}{key}").content.decode()
    assert teacher.get(f"{HERE}{key}/findings").status_code == 200
    assert cast.client("middle_leader").get(f"{HERE}{key}/findings").status_code == 403
    make(cast, key, "teacher")
    assert Check.objects.get().state == CheckState.DONE
    assert teacher.get(f"{HERE}{key}/change").status_code == 403


def test_a_policy_tells_of_its_check_and_the_check_leads_to_the_policy(cast: Cast):
    policy, version = policies.in_force(cast)
    key = settle(cast, version, kind="policy")
    make(cast, key)
    teacher = cast.client("teacher")
    for page in (f"policies/{policy}", f"policies/texts/{version}"):
        assert f"checks/{key}" in teacher.get(f"/schools/{everybody.OWN}/{page}").content.decode(), page
    assert f"texts/{version}" in teacher.get(f"{HERE}{key}").content.decode()


def test_it_needs_somebody_and_a_day_or_a_reason(cast: Cast):
    decision = decide(cast)
    for wrong in ({"owner": None}, {"due_on": None}, {**NO, "because": ""}, {"owner": cast.people["chair"].pk}):
        with pytest.raises(Unusable):
            settle(cast, decision, **wrong)
    assert Check.objects.count() == 0


def test_there_is_one_of_each_and_who_comes_second_is_told(cast: Cast):
    decision, by, once = decide(cast), cast.scope("headteacher"), uuid4()
    told = {"by": by, "at": AT, "kind": Subject.DECISION, "of": decision}
    key = check_actions.settle_check(once=once, settled=Settled(False, "Paper"), **told)
    assert check_actions.settle_check(once=once, settled=Settled(False, "Paper"), **told) == key
    with pytest.raises(Stale):
        check_actions.settle_check(once=uuid4(), settled=Settled(False, "Mine"), **told)
    assert Check.objects.get().because == "Paper"


def test_what_somebody_may_not_see_has_no_check_for_them(cast: Cast):
    hidden = decide(cast, visibility="leaders")
    with pytest.raises(Http404):
        settle(cast, hidden, "chair")
    key = settle(cast, hidden)
    assert queries.check(cast.scope("senior_leader"), key) is not None
    for persona in ("chair", "teacher", "other_headteacher"):
        assert queries.check(cast.scope(persona), key) is None
        assert list(queries.checks(cast.scope(persona))) == []
    make(cast, key)
    (entry,) = Entry.objects.filter(kind="equality.check")
    assert (entry.visibility, "Phones" in entry.words) == ("leaders", False)
    assert beside(cast, "teacher", f"strategy.Decision:{hidden}") == []


def test_a_withdrawn_decision_takes_its_check_along(cast: Cast):
    decision = decide(cast)
    key = settle(cast, decision)
    strategy.withdraw_decision(by=cast.scope("headteacher"), at=AT, decision=decision, version=1, because="Twice")
    assert queries.check(cast.scope("headteacher"), key) is None
    assert queries.about(cast.scope("headteacher"), Subject.DECISION, decision) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"effects": {}}, "Say for every protected characteristic"),
        (
            {"effects": {**found().effects, "equality.disability": (Effect.MAY_HARM, "")}},
            "Say in words what harm",
        ),
        ({"evidence": ""}, "Say what the check rests on"),
        ({"changed": ""}, "Say what is changed because of the harm"),
        ({"review_on": None}, "Say on which day to come"),
        ({"review_on": TODAY}, "Say on which day to come"),
    ],
)
def test_it_is_done_when_it_says_enough(cast: Cast, changed, said):
    key = settle(cast, decide(cast))
    with pytest.raises(Unusable, match=said):
        make(cast, key, **changed)
    make(cast, key, done=False, **changed)
    assert Check.objects.get().state == CheckState.NEEDED


def test_without_harm_nothing_has_to_change(cast: Cast):
    key = settle(cast, decide(cast))
    make(cast, key, effects=dict.fromkeys(PROTECTED, (Effect.NOT_KNOWN, "")), changed="")
    assert (Check.objects.get().state, Check.objects.get().done_by) == ("done", cast.people["senior_leader"])


def test_findings_are_for_leaders_and_governors_until_it_is_done(cast: Cast):
    key = settle(cast, decide(cast))
    make(cast, key, done=False)

    def seen(persona: str) -> tuple[int, bool]:
        scope = cast.scope(persona)
        page = check_pages.check_page(scope, queries.check(scope, key))
        return len(page.findings), "We asked six families" in page.evidence

    assert [seen(each) for each in ("governor", "teacher")] == [(9, True), (0, False)]
    assert api.check(cast.scope("teacher"), key).effects is None
    check = Check.objects.get()
    by = cast.scope("headteacher")
    check_actions.change_check(by=by, at=AT, check=key, version=check.version, settled=Settled(False, "Paper"))
    assert [seen(each) for each in ("governor", "teacher")] == [(9, True), (0, False)]
    owner = cast.people["senior_leader"].pk
    again = Settled(True, "", owner, TODAY)
    check_actions.change_check(by=by, at=AT, check=key, version=check.version + 1, settled=again)
    make(cast, key)
    assert [seen(each) for each in ("governor", "teacher")] == [(9, True), (9, True)]
    assert api.check(cast.scope("teacher"), key).effects["equality.disability"] == "may_harm"


def test_it_is_made_again_and_two_writers_are_told(cast: Cast):
    key = settle(cast, decide(cast))
    make(cast, key)
    head, owner = cast.scope("headteacher"), cast.people["senior_leader"].pk
    with pytest.raises(Refused, match="made again"):
        make(cast, key)
    with pytest.raises(Unusable):
        check_actions.change_check(by=head, at=AT, check=key, version=2, settled=Settled(False, "No"))
    with pytest.raises(Stale):
        check_actions.change_check(by=head, at=AT, check=key, version=1, settled=Settled(True, "", owner, TODAY))
    check_actions.change_check(by=head, at=AT, check=key, version=2, settled=Settled(True, "", owner, TODAY))
    assert (Check.objects.get().done_on, Finding.objects.count()) == (TODAY, 9)
    with pytest.raises(Stale):
        check_actions.write_check(by=head, at=AT, check=key, version=2, found=found(), done=True)
    make(cast, key)
    assert [each.words for each in CheckChange.objects.order_by("pk")] == [
        "Said that it is needed", "Done", "To be made again", "Done"
    ]  # fmt: skip
    assert Entry.objects.filter(kind="equality.check", withdrawn_at=None).count() == 2


def test_its_state_stands_beside_the_decision_and_the_priority(cast: Cast):
    decision = decide(cast)
    source = f"strategy.Decision:{decision}"
    assert beside(cast, "headteacher", source) == [("say whether it needs one", True)]
    assert beside(cast, "teacher", source) == []
    key = settle(cast, decision, due_on=TODAY - DAY)
    ((needed, _),) = beside(cast, "teacher", source)
    assert needed.startswith("needed, was due by")
    make(cast, key)
    ((done, _),) = beside(cast, "teacher", source)
    assert done.startswith("done on")
    assert "done on" in cast.client("teacher").get(f"/schools/{everybody.OWN}/decisions/{decision}").content.decode()
    plan = planning.plan(cast)
    priority = planning.priority(cast, plan)
    settle(cast, priority, kind="priority", **NO)
    assert beside(cast, "teacher", f"strategy.Priority:{priority}") == [
        ("not needed, because: It is about paper", True)
    ]
    assert "It is about paper" in cast.client("teacher").get(f"/schools/{everybody.OWN}/plan/{plan}").content.decode()
    assert registry.beside(cast.scope("teacher"), ["strategy.Vision:1"]) == {"strategy.Vision:1": []}
    assert beside(cast, "external_adviser", source) == []


def test_a_version_of_a_policy_is_checked(cast: Cast):
    version = policies.draft(cast, policies.add(cast))
    assert queries.about(cast.scope("teacher"), Subject.POLICY, version) is None
    assert [each.words for each in check_pages.checks_page(cast.scope("chair"), None).unasked] == [
        "Visitors, version 1"
    ]
    key = settle(cast, version, kind="policy")
    assert queries.check(cast.scope("teacher"), key) is None
    assert queries.check(cast.scope("business_manager"), key) is not None
    source = f"policies.PolicyVersion:{version}"
    assert beside(cast, "teacher", source) == []
    ((words, _),) = beside(cast, "governor", source)
    assert words.startswith("needed, due by")
    make(cast, key)
    assert Entry.objects.get(kind="equality.check").visibility == "governors"
    shown = cast.client("chair").get(f"{HERE}{key}").content.decode()
    assert "Policy: " in shown
    assert "Visitors, version 1" in shown
    PolicyVersion.objects.update(stage=Stage.SUPERSEDED)
    assert queries.check(cast.scope("teacher"), key) is not None
    assert api.checks(cast.scope("teacher"), Slice()).items[0].about == source
    assert check_pages.checks_page(cast.scope("chair"), None).unasked == []


@pytest.mark.parametrize("gone", ["superseded", "withdrawn"])
def test_what_is_superseded_or_withdrawn_asks_nobody_for_a_check(cast: Cast, gone: str):
    version = policies.draft(cast, policies.add(cast))
    settle(cast, version, kind="policy")
    scope, until = cast.scope("senior_leader"), TODAY + 10 * DAY
    assert [len(queries.due(scope, until)), len(queries.lacking(scope)[0])] == [1, 1]
    if gone == "superseded":
        PolicyVersion.objects.update(stage=Stage.SUPERSEDED)
    else:
        Policy.objects.update(withdrawn_on=TODAY)
    assert [len(queries.due(scope, until)), len(queries.lacking(scope)[0])] == [0, 0]
    assert queries.due(scope, until, ()) == []


def test_what_is_not_listed_is_counted(cast: Cast):
    for number in range(queries.PAGE + 2):
        settled = decide(cast, f"Settled {number}")
        decide(cast, f"Unsaid {number}")
        settle(cast, settled)
    page = check_pages.checks_page(cast.scope("governor"), None)
    assert (len(page.unasked), page.more_unasked) == (queries.PAGE, 2)
    assert (len(page.lacking), page.more_lacking) == (queries.PAGE + 2, 0)
    assert "2 more are not listed yet" in cast.client("governor").get(HERE).content.decode()


def test_what_lacks_one_is_listed(cast: Cast):
    first, second = decide(cast, "First"), decide(cast, "Second")
    Decision.objects.filter(pk=decide(cast, "Long ago")).update(decided_on=TODAY - 366 * DAY)
    decide(cast, "Leaders alone", visibility="leaders")
    priority = planning.priority(cast, planning.plan(cast))
    settle(cast, first)
    page = check_pages.checks_page(cast.scope("governor"), None)
    assert [each.words for each in page.lacking] == ["First"]
    assert [each.words for each in page.unasked] == ["Reading", "Second"]
    assert [each.words for each in check_pages.checks_page(cast.scope("teacher"), None).unasked] == []
    settle(cast, second, **NO)
    settle(cast, priority, kind="priority", **NO)
    page = check_pages.checks_page(cast.scope("senior_leader"), None)
    assert [each.words for each in page.unasked] == ["Leaders alone"]
    assert [each.words for each in page.settled] == ["Reading", "Second"]


def test_settled_ones_come_twenty_at_a_time(cast: Cast):
    keys = [settle(cast, decide(cast, f"Decision {number}"), **NO) for number in range(21)]
    first = check_pages.checks_page(cast.scope("teacher"), None)
    assert (len(first.settled), first.more) == (20, f"?before={keys[1]}")
    rest = check_pages.checks_page(cast.scope("teacher"), keys[1])
    assert ([each.words for each in rest.settled], rest.more) == (["Decision 0"], "")


def test_lists_ask_no_more_for_more_rows(cast: Cast):
    scope = cast.scope("governor")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found_queries:
            check_pages.checks_page(scope, None)
        return len(found_queries)

    for number in range(2):
        settle(cast, decide(cast, f"Needed {number}"))
        settle(cast, decide(cast, f"Not {number}"), **NO)
        decide(cast, f"Unasked {number}")
    few = asked()
    for number in range(4):
        settle(cast, decide(cast, f"More {number}"))
        settle(cast, decide(cast, f"Nor {number}"), **NO)
        decide(cast, f"Asked of {number}")
    assert asked() == few


def test_what_is_due_reaches_its_maker(cast: Cast):
    key = settle(cast, decide(cast), due_on=TODAY - DAY)
    owner = cast.scope("senior_leader")
    (waits,) = waiting.next_actions(owner)
    assert (waits.words, waits.due_on) == ("Make the equality check: Phones stay at home", TODAY - DAY)
    assert list(waiting.next_actions(cast.scope("business_manager"))) == []
    make(cast, key)
    assert list(waiting.next_actions(owner)) == []
    Check.objects.update(review_on=TODAY)
    assert [each.words for each in waiting.next_actions(owner)] == [
        "Look again at the equality check: Phones stay at home"
    ]
    Check.objects.update(owner=cast.people["leaver"])
    assert [each.words for each in waiting.next_actions(cast.scope("headteacher"))] == [
        "Look again at the equality check: Phones stay at home"
    ]


def test_programs_read_them(cast: Cast):
    decision = decide(cast)
    settle(cast, decision)
    (read,) = api.checks(cast.scope("teacher"), Slice()).items
    assert (read.about, read.state, read.effects) == (f"strategy.Decision:{decision}", "needed", None)
    assert api.checks(cast.scope("other_headteacher"), Slice()).items == []


def test_it_is_clicked_through(cast: Cast):
    head, teacher, chair = (cast.client(each) for each in ("headteacher", "teacher", "chair"))
    assert "Note a decision or a priority first" in head.get(HERE).content.decode()
    decision = decide(cast)
    assert "Phones stay at home" in head.get(HERE).content.decode()
    begin = f"{HERE}of/decision/{decision}"
    assert head.get(begin).status_code == 200
    assert head.get(f"{HERE}of/ghost/{decision}").status_code == 404
    assert teacher.get(begin).status_code == 403
    told = {"needed": "yes", "once": str(uuid4())}
    assert "Say who makes the check" in head.post(begin, told).content.decode()
    told |= {"owner": cast.people["senior_leader"].pk, "due_on_day": 1, "due_on_month": 12, "due_on_year": 2030}
    assert head.post(begin, told).status_code == 302
    key = Check.objects.get().pk
    assert head.get(begin).status_code == 302
    assert "What it finds is shown to all staff once it is done" in teacher.get(f"{HERE}{key}").content.decode()
    assert (
        "Say why it needs no check"
        in head.post(f"{HERE}{key}/change", {"needed": "no", "version": 1, "once": str(uuid4())}).content.decode()
    )
    late = head.post(f"{HERE}{key}/change", {**told, "needed": "no", "because": "Typed late", "version": 9})
    assert (late.status_code, "Typed late" in late.content.decode()) == (409, True)
    form = chair.get(f"{HERE}{key}/findings").content.decode()
    assert "Sexual orientation" in form
    assert "Say for every protected" in chair.post(f"{HERE}{key}/findings", {"version": 1}).content.decode()
    kept = {"version": 1, "draft": "1", "evidence": "We asked <b>all</b>", "equality.age-effect": "helps"}
    assert chair.post(f"{HERE}{key}/findings", kept).status_code == 302
    assert "We asked &lt;b&gt;all&lt;/b&gt;" in chair.get(f"{HERE}{key}/findings").content.decode()
    review = {"review_on_day": 1, "review_on_month": 12, "review_on_year": 2030}
    none = {f"{code}-effect": "none" for code in PROTECTED}
    whole = {**none, **review, "version": 2, "evidence": "2 deaf pupils told us"}
    stale = chair.post(f"{HERE}{key}/findings", {**whole, "version": 1})
    assert (stale.status_code, "2 deaf pupils told us" in stale.content.decode()) == (409, True)
    done = chair.post(f"{HERE}{key}/findings", whole, follow=True).content.decode()
    assert "Only a hint: “2 deaf pupils”" in done
    assert "No difference seen" in teacher.get(f"{HERE}{key}").content.decode()
    assert chair.get(f"{HERE}{key}/findings").status_code == 403
    undone = {**told, "needed": "no", "because": "No", "version": 3}
    assert "can only be made again" in chair.post(f"{HERE}{key}/change", undone).content.decode()
    assert "done on" in teacher.get(HERE).content.decode()
    assert teacher.get(f"{HERE}?before=x").status_code == 200
