"""Decisions: who notes them, who reads them, what they feed, and what happens when two people write."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404
from django.utils import timezone

from headship.core import audit
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence.models import Entry
from headship.schools.calendar_dates import bounds, year_of
from headship.standards import actions as standards
from headship.strategy import actions, queries, rules
from headship.strategy.models import Decision, Value
from tests import cast as everybody
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
WORDS = "Start the day with ten minutes of reading"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def noted(**changed: object) -> actions.Noted:
    words = actions.Noted(WORDS, "Reading is behind", TODAY, Visibility.STAFF, (), ("1.1", "3.6"))
    return replace(words, **changed)


def note(cast: Cast, persona: str = "headteacher", once: UUID | None = None, **changed: object) -> int:
    by = cast.scope(persona)
    return actions.note_decision(by=by, at=AT, once=once or uuid4(), noted=noted(**changed))


def change(cast: Cast, key: int, version: int = 1, persona: str = "headteacher", **changed: object) -> None:
    by = cast.scope(persona)
    actions.change_decision(by=by, at=AT, decision=key, version=version, noted=noted(**changed))


def withdraw(cast: Cast, key: int, version: int = 1, persona: str = "headteacher") -> None:
    by = cast.scope(persona)
    actions.withdraw_decision(by=by, at=AT, decision=key, version=version, because="It did not help")


def standing() -> list[tuple[str, str, str]]:
    found = Entry.objects.filter(withdrawn_at=None).order_by("id")
    return [(each.kind, each.words, each.visibility) for each in found]


def test_a_decision_is_noted_recorded_as_evidence_and_audited_once(cast: Cast):
    value = actions.add_value(by=cast.scope("headteacher"), at=AT, name="Kindness", meaning="")
    key = note(cast, values=(value,))
    found = queries.decision(cast.scope("teacher"), key)
    assert found is not None
    assert (found.what, found.decided_as, [each.name for each in found.values.all()]) == (
        WORDS,
        "headteacher",
        ["Kindness"],
    )
    assert [each.words for each in queries.changes(found)] == ["Noted"]
    assert standing() == [("strategy.decision", f"Decided: {WORDS}", "staff")]
    entry = Entry.objects.get()
    assert (entry.source, entry.from_work, entry.serves.count()) == (f"strategy.Decision:{key}", True, 2)
    told = AuditEvent.objects.filter(action="strategy.note_decision")
    assert [(each.chain, each.person_id) for each in told] == [(cast.school.id, cast.people["headteacher"].id)]
    assert list(audit.faults(cast.school.id)) == []


def test_the_same_form_sent_twice_notes_one_decision(cast: Cast):
    once = uuid4()
    assert note(cast, once=once) == note(cast, once=once)
    assert (Decision.objects.count(), len(standing())) == (1, 1)


def test_a_decision_that_serves_nothing_is_no_evidence(cast: Cast):
    note(cast, characteristics=())
    assert standing() == []


@pytest.mark.parametrize(
    ("persona", "post"),
    [
        ("headteacher", "headteacher"),
        ("senior_leader", "senior_leader"),
        ("chair", "chair"),
        ("governor", "governor"),
        ("business_manager", "business_manager"),
    ],
)
def test_these_may_note_and_are_noted_in_their_post(cast: Cast, persona: str, post: str):
    key = note(cast, persona, visibility=Visibility.GOVERNORS)
    assert Decision.objects.get(id=key).decided_as == post


@pytest.mark.parametrize("persona", ["teacher", "office", "clerk", "external_adviser", "administrator"])
def test_the_others_are_told_who_may(cast: Cast, persona: str):
    with pytest.raises(Refused) as refused:
        note(cast, persona)
    assert str(refused.value) == rules.NOTERS_ONLY
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("persona", "sees"),
    [
        ("headteacher", ["leaders", "governors", "staff", "public"]),
        ("chair", ["governors", "staff", "public"]),
        ("clerk", ["governors", "staff", "public"]),
        ("teacher", ["staff", "public"]),
    ],
)
def test_each_reads_what_their_post_opens(cast: Cast, persona: str, sees: list[str]):
    for each in (Visibility.LEADERS, Visibility.GOVERNORS, Visibility.STAFF, Visibility.PUBLIC):
        note(cast, what=f"For {each.value}", visibility=each)
    rows, _ = queries.decisions(cast.scope(persona), queries.Filter())
    assert [each.what for each in rows] == [f"For {each}" for each in reversed(sees)]


def test_a_governor_cannot_hide_a_decision_from_the_board(cast: Cast):
    with pytest.raises(Unusable):
        note(cast, "governor", visibility=Visibility.LEADERS)
    assert rules.visibilities(cast.scope("governor")) == (Visibility.STAFF, Visibility.GOVERNORS, Visibility.PUBLIC)


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        (date(2026, 11, 24), "The day it was decided cannot be in the future"),
        (date(2025, 8, 31), "The day it was decided must be on or after 1 September 2025"),
        (date(2025, 9, 1), None),
        (date(2026, 11, 23), None),
    ],
)
def test_a_day_that_can_be_a_decisions(day: date, wrong: str | None):
    assert rules.decided_on(day, today=date(2026, 11, 23)) == wrong


def test_an_impossible_day_is_refused_by_the_action_too(cast: Cast):
    with pytest.raises(Unusable):
        note(cast, decided_on=TODAY + timedelta(days=1))
    assert Decision.objects.count() == 0


def test_a_change_replaces_the_evidence_and_keeps_the_history(cast: Cast):
    key = note(cast)
    change(cast, key, what="Read after lunch", visibility=Visibility.LEADERS)
    assert standing() == [("strategy.decision", "Decided: Read after lunch", "leaders")]
    assert Entry.objects.count() == 2
    found = queries.decision(cast.scope("headteacher"), key)
    assert found is not None
    assert [each.words for each in queries.changes(found)] == ["Noted", "Changed what was decided, who can see it"]
    assert queries.decision(cast.scope("teacher"), key) is None


def test_two_people_editing_are_told_and_the_first_is_kept(cast: Cast):
    key = note(cast)
    change(cast, key, what="The first")
    with pytest.raises(Stale):
        change(cast, key, what="The second")
    assert Decision.objects.get(id=key).what == "The first"


def test_only_its_writer_changes_a_decision(cast: Cast):
    key = note(cast)
    with pytest.raises(Refused):
        change(cast, key, persona="senior_leader")


def test_a_decision_is_settled_when_its_year_is_over(cast: Cast):
    at = datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/London"))
    facts = rules.Facts(cast.people["headteacher"].id, "headteacher", date(2026, 8, 31), None)
    by = cast.scope("headteacher")
    assert rules.change_decision(by, replace(facts, decided_on=date(2026, 9, 1)), today=at.date()) is None
    assert rules.change_decision(by, facts, today=at.date()) == (
        "The year 2025/26 is over. Note a new decision that replaces this one."
    )


def test_withdrawing_takes_the_evidence_along_and_keeps_the_page(cast: Cast):
    key = note(cast)
    withdraw(cast, key)
    assert (standing(), Entry.objects.count(), Decision.objects.count()) == ([], 1, 1)
    assert queries.decisions(cast.scope("headteacher"), queries.Filter()) == ([], None)
    page = cast.client("teacher").get(f"/schools/{everybody.OWN}/decisions/{key}").content.decode()
    assert "Withdrawn: It did not help" in page
    with pytest.raises(Refused):
        change(cast, key, version=2)


@pytest.mark.parametrize(("noter", "withdrawer"), [("senior_leader", "headteacher"), ("governor", "chair")])
def test_the_head_withdraws_for_staff_and_the_chair_for_the_board(cast: Cast, noter: str, withdrawer: str):
    key = note(cast, noter)
    withdraw(cast, key, persona=withdrawer)
    assert standing() == []


@pytest.mark.parametrize(
    ("noter", "withdrawer", "who"),
    [
        ("senior_leader", "chair", "the headteacher"),
        ("governor", "headteacher", "the chair of governors"),
        ("governor", "business_manager", "the chair of governors"),
    ],
)
def test_others_are_told_who_withdraws(cast: Cast, noter: str, withdrawer: str, who: str):
    key = note(cast, noter)
    with pytest.raises(Refused) as refused:
        withdraw(cast, key, persona=withdrawer)
    assert str(refused.value) == f"A decision is withdrawn by the person who noted it, or by {who}. Ask them."
    assert len(standing()) == 1


def test_another_school_finds_nothing(cast: Cast):
    key = note(cast, visibility=Visibility.PUBLIC)
    other = cast.scope("other_headteacher")
    assert queries.decision(other, key) is None
    assert queries.decisions(other, queries.Filter()) == ([], None)
    with pytest.raises(Http404):
        actions.withdraw_decision(by=other, at=AT, decision=key, version=1, because="Mischief")
    client = cast.client("other_headteacher")
    for end in ("", "/change", "/withdraw"):
        assert client.get(f"/schools/{everybody.OTHER}/decisions/{key}{end}").status_code == 404
        assert client.get(f"/schools/{everybody.OWN}/decisions/{key}{end}").status_code == 404


def test_another_schools_value_is_never_tied_to_a_decision(cast: Cast):
    value = Value.objects.create(school=cast.other, name="Theirs")
    key = note(cast, values=(value.id,))
    assert list(Decision.objects.get(id=key).values.all()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_at_any_length(cast: Cast, count: int, django_assert_num_queries):
    for _ in range(count):
        note(cast)
    by = cast.scope("teacher")
    with django_assert_num_queries(2):
        queries.decisions(by, queries.Filter())


def test_the_log_is_read_page_by_page_and_none_is_missed_or_twice(cast: Cast):
    for number in range(queries.PAGE * 2 + 3):
        note(cast, what=f"{number}", decided_on=TODAY - timedelta(days=number % 3))
    by, seen, mark = cast.scope("headteacher"), [], None
    while True:
        rows, mark = queries.decisions(by, queries.Filter(before=mark))
        seen += [each.id for each in rows]
        if mark is None:
            break
    assert (len(seen), len(set(seen))) == (queries.PAGE * 2 + 3,) * 2
    assert [(each.decided_on, each.id) for each in map(Decision.objects.in_bulk().__getitem__, seen)] == sorted(
        ((each.decided_on, each.id) for each in Decision.objects.all()), reverse=True
    )


def read(cast: Cast, persona: str = "headteacher", **narrowed: object) -> list[str]:
    rows, _ = queries.decisions(cast.scope(persona), queries.Filter(**narrowed))
    return [each.what for each in rows]


def test_each_decision_has_its_own_page(cast: Cast):
    keys = {what: note(cast, what=what) for what in ("First", "Second")}
    found = {what: queries.decision(cast.scope("teacher"), key) for what, key in keys.items()}
    assert {what: each and each.what for what, each in found.items()} == {"First": "First", "Second": "Second"}


def test_the_log_narrowed_to_a_value_or_a_year_holds_nothing_else(cast: Cast):
    kind, brave = (Value.objects.create(school=cast.school, name=name) for name in ("Kindness", "Courage"))
    year = year_of(TODAY)
    note(cast, what="Kind", values=(kind.id,))
    note(cast, what="Brave, last year", values=(brave.id,), decided_on=bounds(year - 1)[0])
    assert (read(cast, value=kind.id), read(cast, value=brave.id)) == (["Kind"], ["Brave, last year"])
    assert (read(cast, year=year), read(cast, year=year - 1)) == (["Kind"], ["Brave, last year"])


def test_a_withdrawn_decision_counts_nowhere(cast: Cast):
    kind = Value.objects.create(school=cast.school, name="Kindness")
    year, by = year_of(TODAY), cast.scope("teacher")
    withdraw(cast, note(cast, values=(kind.id,), decided_on=bounds(year - 1)[0]))
    note(cast, what="Stands")
    assert queries.years(by) == [year]
    assert queries.mirror(by, year - 1) == [queries.Mirror("Kindness", 0)]
    assert [each.what for each in queries.since(by, AT - timedelta(days=1), 10)] == ["Stands"]
    assert [each.what for each in queries.latest(by, 10)] == ["Stands"]


@pytest.mark.parametrize(
    ("persona", "reads"), [("teacher", True), ("governor", True), ("external_adviser", False), ("administrator", False)]
)
def test_the_log_is_for_staff_and_governors(cast: Cast, persona: str, reads: bool):  # noqa: FBT001  # a table's column
    assert rules.see_decisions(cast.scope(persona)) == (None if reads else rules.READERS_ONLY)


def test_who_noted_a_decision_withdraws_it_once_and_while_they_hold_such_a_post(cast: Cast):
    key = note(cast, "senior_leader")
    facts = queries.facts(Decision.objects.get())
    deputy = cast.scope("senior_leader")
    assert rules.withdraw_decision(deputy, facts) is None
    told = "A decision is withdrawn by the person who noted it, or by the headteacher. Ask them."
    assert rules.withdraw_decision(replace(deputy, roles=frozenset({Role.TEACHER})), facts) == told
    withdraw(cast, key, persona="senior_leader")
    with pytest.raises(Refused, match="This decision is withdrawn already"):
        withdraw(cast, key, version=2, persona="senior_leader")


@pytest.mark.parametrize("end", ["change", "withdraw"])
def test_the_forms_for_anothers_decision_are_refused(cast: Cast, end: str):
    key = note(cast)
    page = cast.client("senior_leader").get(f"/schools/{everybody.OWN}/decisions/{key}/{end}")
    assert (page.status_code, "Ask them" in page.content.decode()) == (403, True)
