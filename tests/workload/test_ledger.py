"""The workload ledger: who proposes, who weighs, what goes, what it takes, and what a review comes to."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from headship.core.errors import Refused, Stale, Unusable
from headship.core.scope import installation_scope
from headship.core.shapes import Slice
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.standards import actions as standards
from headship.workload import api, demand_actions, demand_pages, queries, rules, waiting
from headship.workload.choices import MOVES, Outcome, State
from headship.workload.models import Demand, DemandChange, Rate
from tests import cast as everybody
from tests.cast import Cast
from tests.workload.flow import AT, DAY, TODAY, agreed, asks, propose, rates, review, weigh

HERE = f"/schools/{everybody.OWN}/workload/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def ledger(cast: Cast, persona: str = "headteacher") -> demand_pages.LedgerPage:
    by = cast.scope(persona)
    return demand_pages.ledger_page(by, queries.ledger(by))


def one(cast: Cast, key: int, persona: str = "headteacher") -> demand_pages.DemandPage:
    by = cast.scope(persona)
    found = queries.demand(by, key)
    assert found is not None
    return demand_pages.demand_page(by, found)


def standing() -> list[tuple[str, set[str]]]:
    found = Entry.objects.filter(kind="workload.demand", withdrawn_at=None).order_by("pk")
    return [(each.words, set(each.serves.values_list("characteristic__code", flat=True))) for each in found]


@pytest.mark.parametrize("persona", ["teacher", "support_staff", "office", "headteacher"])
def test_staff_propose_and_only_leaders_weigh(cast: Cast, persona: str):
    key = propose(cast, persona)
    if persona != "headteacher":
        with pytest.raises(Refused, match="weigh what is asked"):
            weigh(cast, key, State.AGREED, persona)
    weigh(cast, key, State.AGREED, "senior_leader")
    assert Demand.objects.get().state == State.AGREED


@pytest.mark.parametrize("persona", ["chair", "governor", "clerk"])
def test_governors_read_and_do_not_propose(cast: Cast, persona: str):
    agreed(cast)
    with pytest.raises(Refused):
        propose(cast, persona)
    shown = ledger(cast, persona)
    assert [each.title for each in shown.agreed] == ["Data drop"]
    assert shown.cannot_propose == rules.STAFF_ONLY


def test_the_ledger_tells_posts_and_no_names(cast: Cast):
    key = agreed(cast)
    for persona in ("teacher", "governor"):
        page = cast.client(persona).get(HERE).content.decode()
        assert "Middle leader" in page
        assert "Gwen" not in page
        assert "Hari" not in cast.client("governor").get(f"{HERE}{key}").content.decode()


def test_hours_are_people_times_minutes_times_times_a_year(cast: Cast):
    agreed(cast, asked={"teacher": None, "support_staff": 4}, minutes=45, times=3)
    shown = ledger(cast)
    # two teachers hold a post today (one of them at two schools), four of the support staff were said to be asked
    assert shown.whole == "Staff are asked for 13 h 30 min a year by 1 demand."
    assert [row[:3] for row in shown.roles] == [
        ("Teacher", "4 h 30 min", "2 h 15 min"),
        ("Support staff", "9 h", "2 h 15 min"),
    ]
    assert (
        shown.agreed[0].facts == "13 h 30 min a year · 45 min, 3 times a year · teacher (all 2) and support staff (4)"
    )
    assert "<svg" in str(shown.picture)


def test_money_is_told_only_at_the_schools_own_rates(cast: Cast):
    agreed(cast, asked={"teacher": None, "office": 1}, minutes=60, times=10)
    assert ledger(cast).roles[0][3] == "rate not entered"
    rates(cast, teacher="40")
    assert [row[3] for row in ledger(cast).roles] == ["£800", "rate not entered"]
    assert "£" not in ledger(cast).whole
    demand_actions.set_rates(
        by=cast.scope("business_manager"), at=AT, version=1, rates={"teacher": Decimal(40), "": Decimal("18.50")}
    )
    assert ledger(cast).whole.endswith(", £985 at the school's own rates.")
    assert "£18.50 for every post without its own and £40 for teacher" in ledger(cast).rates
    with pytest.raises(Stale):
        rates(cast, every="1")
    with pytest.raises(Refused):
        rates(cast, "teacher", every="1")
    assert Rate.objects.count() == 2


@pytest.mark.parametrize(
    "persona", ["senior_leader", "middle_leader", "teacher", "office", "chair", "governor", "clerk"]
)
def test_pounds_are_told_to_the_head_and_the_business_manager_alone(cast: Cast, persona: str):
    """One person is headteacher: from any sum of theirs an hour of theirs could be worked out."""
    key = agreed(cast, asked={"headteacher": None, "teacher": None}, minutes=60, times=10)
    rates(cast, headteacher="61", teacher="40")
    for may in ("headteacher", "business_manager"):
        told = [cast.client(may).get(at).content.decode() for at in (HERE, f"{HERE}{key}")]
        assert ["£1,410" in page for page in told] == [True, True]
        assert "£61 for headteacher" in told[0]
    for at in (HERE, f"{HERE}{key}"):
        assert "£" not in cast.client(persona).get(at).content.decode().replace("pounds", "")
    assert "The price is told in hours." in cast.client(persona).get(HERE).content.decode()
    assert cast.client(persona).get(f"{HERE}rates").status_code == 403
    with pytest.raises(Refused):
        rates(cast, persona, headteacher="1")


def test_a_proposal_says_what_goes_or_why_nothing_does(cast: Cast):
    old = agreed(cast, title="Old report")
    for wrong in (
        {"nothing_because": ""},
        {"goes": old},
        {"goes": 987654, "nothing_because": ""},
        {"asked": {}},
        {"asked": {"chair": None}},
        {"owner": cast.people["chair"].pk},
        {"minutes": 0},
        {"times": 1000},
    ):
        with pytest.raises(Unusable):
            propose(cast, **wrong)
    new = propose(cast, title="New report", goes=old, nothing_because="")
    weigh(cast, new, State.AGREED)
    states = dict(Demand.objects.values_list("title", "state"))
    assert states == {"Old report": State.DROPPED, "New report": State.AGREED}
    assert Demand.objects.get(pk=old).because == "In exchange for: New report"
    assert "1 dropped (6 h)" in ledger(cast).year


def test_what_was_to_go_and_went_already_stops_the_agreement(cast: Cast):
    old = agreed(cast)
    new = propose(cast, title="New", goes=old, nothing_because="")
    review(cast, old, outcome=Outcome.DROP, because="Nobody reads it")
    with pytest.raises(Stale, match="gone already"):
        weigh(cast, new, State.AGREED)
    assert Demand.objects.get(pk=new).state == State.PROPOSED


def test_a_proposal_shows_hours_and_directed_time_before_and_after(cast: Cast):
    old = agreed(cast, title="Old", directed=True, minutes=60, times=10)
    new = propose(cast, title="New", directed=True, minutes=60, times=38, goes=old, nothing_because="")
    shown = one(cast, new)
    assert shown.changes == [("Teacher", "20 h", "76 h", "10 h (0.8%)", "38 h (3%)")]
    assert "1,265 hours over 195 days" in shown.limit
    assert "not yet checked" in shown.limit
    leaders = propose(cast, asked={"senior_leader": None}, directed=True)
    assert one(cast, leaders).changes == [("Senior leader", "0 h", "3 h", "not counted", "not counted")]
    assert one(cast, old).changes == []


def test_a_demand_moves_only_by_its_table(cast: Cast):
    assert {str(each): [str(to) for to in after] for each, after in MOVES.items()} == {
        "proposed": ["agreed", "refused"],
        "agreed": ["dropped"],
        "refused": [],
        "dropped": [],
    }
    key = propose(cast)
    with pytest.raises(Unusable, match="Say why it is refused"):
        weigh(cast, key, State.REFUSED)
    with pytest.raises(Unusable, match="cannot become dropped"):
        weigh(cast, key, State.DROPPED, because="No")
    weigh(cast, key, State.REFUSED, because="The office knows it already")
    with pytest.raises(Refused, match="refused already"):
        weigh(cast, key, State.AGREED)
    with pytest.raises(Refused):
        review(cast, key)
    assert one(cast, key).facts[-1][1].endswith(": The office knows it already")
    assert standing() == [("Weighed what staff are asked, and refused it: Data drop", {"P", "2.4"})]


def test_a_review_keeps_makes_smaller_or_drops_and_says_why(cast: Cast):
    key = agreed(cast)
    tomorrow = TODAY + DAY
    for wrong in ({"because": ""}, {"next_on": TODAY}, {"next_on": None}):
        with pytest.raises(Unusable):
            review(cast, key, **wrong)
    for size in ((30, 6), (30, 7), (None, 6)):
        with pytest.raises(Unusable):
            review(cast, key, outcome=Outcome.CHANGE, minutes=size[0], times=size[1])
    for persona in ("teacher", "office", "chair"):
        with pytest.raises(Refused):
            review(cast, key, persona)
    review(cast, key, next_on=tomorrow)
    assert Demand.objects.get().review_on == tomorrow
    review(cast, key, outcome=Outcome.CHANGE, minutes=20, times=3)
    assert (Demand.objects.get().minutes, Demand.objects.get().times) == (20, 3)
    review(cast, key, "headteacher", outcome=Outcome.DROP, because="Nobody reads it", next_on=None)
    assert (Demand.objects.get().state, Demand.objects.get().ended_on) == (State.DROPPED, TODAY)
    assert [each.words for each in DemandChange.objects.order_by("pk")] == [
        "Proposed",
        "Agreed",
        "Reviewed, kept: Still read",
        "Reviewed, now 20 minutes, 3 times a year: Still read",
        "Dropped: Nobody reads it",
    ]
    assert standing()[-1] == ("Dropped from what staff are asked: Data drop, 2 h a year", {"P", "2.4"})


def test_what_waits_reaches_its_owner_and_those_who_weigh(cast: Cast):
    due = agreed(cast, title="Due", review_on=TODAY - DAY)
    agreed(cast, title="Far")
    propose(cast, title="New")

    def told(persona: str) -> list[str]:
        return [each.words for each in waiting.next_actions(cast.scope(persona))]

    assert told("middle_leader") == ["Review what staff are asked for: Due"]
    assert told("senior_leader") == ["Weigh what was proposed: New"]
    assert told("teacher") == []
    assert [each.late for each in ledger(cast).agreed] == [True, False]
    review(cast, due)
    assert told("middle_leader") == []
    Demand.objects.filter(title="Far").update(review_on=TODAY)
    Post.objects.filter(person=cast.people["middle_leader"]).update(ends_on=TODAY - DAY)
    assert "Review what staff are asked for: Far" in told("headteacher")
    assert told("senior_leader") == ["Weigh what was proposed: New"]


def test_a_proposal_is_changed_by_its_writer_until_it_is_weighed(cast: Cast):
    key = propose(cast)
    change = {"at": AT, "demand": key, "asks": asks(cast, title="Smaller", asked={"office": 1})}
    with pytest.raises(Refused):
        demand_actions.change_demand(by=cast.scope("office"), version=1, **change)
    demand_actions.change_demand(by=cast.scope("teacher"), version=1, **change)
    with pytest.raises(Stale):
        demand_actions.change_demand(by=cast.scope("headteacher"), version=1, **change)
    assert [(it.role, it.people) for it in Demand.objects.get().asked.all()] == [("office", 1)]
    weigh(cast, key, State.AGREED)
    with pytest.raises(Refused):
        demand_actions.change_demand(by=cast.scope("headteacher"), version=3, **change)


def test_the_same_form_sent_twice_proposes_once(cast: Cast):
    once, by = uuid4(), cast.scope("teacher")
    keys = {demand_actions.propose_demand(by=by, at=AT, once=once, asks=asks(cast)) for _ in range(2)}
    assert (len(keys), Demand.objects.count()) == (1, 1)


def test_another_schools_demand_is_not_found(cast: Cast):
    key = propose(cast)
    assert queries.demand(cast.scope("other_headteacher"), key) is None
    assert cast.client("other_headteacher").get(f"/schools/{everybody.OTHER}/workload/{key}").status_code == 404
    assert len(api.demands(cast.scope("headteacher"), Slice()).items) == 1
    assert api.demands(cast.scope("other_headteacher"), Slice()).items == []


def test_what_nobody_can_mean_is_refused_before_it_is_summed(cast: Cast):
    for people in (rules.MOST_PEOPLE + 1, 10**12, -1):
        with pytest.raises(Unusable, match="at most 2,000 of a post"):
            propose(cast, asked={"teacher": people})
    propose(cast, asked={"teacher": rules.MOST_PEOPLE})


def test_it_is_reviewed_within_a_year(cast: Cast):
    with pytest.raises(Unusable, match="within a year from today"):
        propose(cast, review_on=TODAY + 367 * DAY)
    key = agreed(cast, review_on=TODAY + 366 * DAY)
    for outcome in (Outcome.KEEP, Outcome.CHANGE):
        with pytest.raises(Unusable, match="within a year from today"):
            review(cast, key, outcome=outcome, next_on=TODAY + 367 * DAY, minutes=20, times=3)
    review(cast, key, next_on=TODAY + 366 * DAY)
    assert Demand.objects.get().review_on == TODAY + 366 * DAY


def test_one_person_has_so_many_proposals_waiting_and_no_more(cast: Cast):
    key = propose(cast)
    told = [Demand(**{**whole(key), "once": uuid4()}) for _ in range(rules.MOST_PROPOSED - 1)]
    Demand.objects.bulk_create(told)
    with pytest.raises(Unusable, match="50 of your proposals wait to be weighed"):
        propose(cast)
    propose(cast, "office")
    weigh(cast, key, State.REFUSED, because="Enough")
    propose(cast)


def test_what_is_proposed_alone_is_no_empty_ledger(cast: Cast):
    empty, client = "This page will show everything staff are asked for", cast.client("teacher")
    assert empty in client.get(HERE).content.decode()
    propose(cast)
    told = client.get(HERE).content.decode()
    assert ("To be weighed" in told, "Propose a demand" in told, empty in told) == (True, True, False)


def review_day(on: date) -> dict[str, str]:
    return {"review_on_day": str(on.day), "review_on_month": str(on.month), "review_on_year": str(on.year)}


def whole(key: int) -> dict[str, object]:
    """Return what a demand holds, but for its key."""
    return {name: value for name, value in Demand.objects.values().get(pk=key).items() if name != "id"}


def test_forms_propose_change_weigh_and_review(cast: Cast):
    typed = {
        "title": "Reports to parents",
        "kind": "report",
        "reason": "Parents ask for it",
        "owner": cast.people["senior_leader"].pk,
        "everybody": ["teacher"],
        "people_teacher": "2",
        "minutes": "300",
        "times": "1",
        "goes": "",
        "nothing_because": "",
        "once": str(uuid4()),
    }
    teacher, head = cast.client("teacher"), cast.client("headteacher")
    days, far = review_day(TODAY + 200 * DAY), review_day(TODAY + 367 * DAY)
    for wrong, said in (
        ({"people_teacher": "2001"}, rules.TOO_MANY),
        (far, "Choose a review within a year from today"),
    ):
        answer = teacher.post(f"{HERE}propose", {**typed, **days, "nothing_because": "It is law", **wrong})
        assert said in answer.content.decode()
    refused = teacher.post(f"{HERE}propose", {**typed, **days})
    assert "say why nothing does" in refused.content.decode()
    assert "Parents ask for it" in refused.content.decode()
    assert teacher.post(f"{HERE}propose", {**typed, **days, "nothing_because": "It is law"}).status_code == 302
    key = Demand.objects.get().pk
    stale = head.post(f"{HERE}{key}/weigh", {"to": "agreed", "because": "", "version": "9"})
    assert "Somebody changed this" in stale.content.decode()
    assert 'name="version" value="1"' in stale.content.decode()
    assert head.post(f"{HERE}{key}/weigh", {"to": "agreed", "because": "", "version": "1"}).status_code == 302
    assert head.get(f"{HERE}{key}/review").status_code == 200
    later = {f"next_{name.removeprefix('review_')}": value for name, value in far.items()}
    kept = head.post(f"{HERE}{key}/review", {"outcome": "keep", "because": "Read", "version": "2", **later})
    assert "Choose a review within a year from today" in kept.content.decode()
    gone = {"outcome": "drop", "because": "A letter does", "version": "2"}
    assert head.post(f"{HERE}{key}/review", gone).status_code == 302
    assert "A letter does" in teacher.get(HERE).content.decode()
    assert head.post(f"{HERE}rates", {"everyone": "30", "version": "0"}).status_code == 302
    assert head.get(f"{HERE}rates").content.decode().count("30.00") == 1
