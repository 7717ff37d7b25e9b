"""A headteacher's year from the panel to the locked statement: its steps, its checks, and what is refused."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from headship.appraisal import (
    head_checks,
    head_copies,
    head_course_actions,
    head_objective_actions,
    head_panel_actions,
    head_queries,
    head_rules,
    head_statement_actions,
    head_waiting,
    head_year_pages,
    own_rules,
)
from headship.appraisal.head_choices import HEAD_MOVES, STARTS, Act, HeadState, Said, Scheme
from headship.appraisal.head_objective_actions import Aimed
from headship.appraisal.head_writing import Whose
from headship.appraisal.models import HeadAppeal, HeadCopy, HeadEvidence, HeadNote, HeadObjective, HeadYear
from headship.core.errors import Refused, Stale, Unusable
from headship.core.pages import academic_year
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.evidence.models import Entry, Serves
from headship.people.models import Post
from headship.standards import actions as standards
from headship.standards import queries as shelved
from headship.standards.models import Characteristic
from tests import cast as everybody
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import AT, DAY, THIS, TODAY
from tests.cast import Cast
from tests.strategy import flow as planning

HERE = f"/schools/{everybody.OWN}/head-appraisal/"
PLACE = f"/schools/{everybody.OWN}/"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.mark.parametrize("persona", ["headteacher", "governor", "senior_leader", "administrator"])
def test_only_chair_and_clerk_record_who_appraises(cast: Cast, persona: str):
    with pytest.raises(Refused) as refused:
        flow.appoint(cast, persona)
    assert str(refused.value) == head_rules.RECORDERS_ONLY
    assert HeadYear.objects.count() == 0
    flow.appoint(cast, "chair")
    assert HeadYear.objects.get().version == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"panel": ("chair",)}, "A panel has 2 or 3 governors; you chose 1"),
        ({"panel": ()}, "A panel has 2 or 3 governors; you chose 0"),
        ({"panel": ("chair", "governor", "second", "third")}, "you chose 4"),
        ({"panel": ("chair", "teacher")}, "whoever works at the school cannot sit on the panel"),
        ({"panel": ("chair", "staff_governor")}, "whoever works at the school cannot sit on the panel"),
        ({"panel": ("chair", "headteacher")}, "whoever works at the school cannot sit on the panel"),
        ({"panel": ("chair", "clerk")}, "Choose governors from the list"),
        ({"adviser": None}, "The panel needs an external adviser: choose one"),
        ({"adviser": "authority_leader"}, "Choose the external adviser from the list"),
        ({"moderator": "governor"}, "moderates what it wrote"),
        ({"trust": "trust_leader"}, "the panel appraises alone"),
        ({"trust": "authority_leader"}, "Choose the leader of the trust from the list"),
        ({"scheme": Scheme.TRUST, "trust": "trust_leader"}, "choose no governors, or another scheme"),
        ({"scheme": Scheme.BOTH}, "choose who"),
        ({"on": TODAY + DAY}, "The day cannot be in the future"),
    ],
)
def test_who_was_chosen_must_fit(cast: Cast, changed: dict, said: str):
    for name in ("second", "third", "staff_governor"):
        flow.join(cast, name)
    person = cast.people["staff_governor"]
    Post.objects.create(person=person, school=cast.school, role=Role.TEACHER, starts_on=TODAY - DAY)
    known = {
        name: tuple(cast.people[each].pk for each in value)
        if name == "panel"
        else (cast.people[value].pk if value in cast.people else value)
        for name, value in changed.items()
    }
    with pytest.raises(Unusable) as unusable:
        flow.appoint(cast, **known)
    assert said in str(unusable.value)
    assert HeadYear.objects.count() == 0


def test_a_year_is_recorded_once_and_belongs_to_whoever_is_head(cast: Cast):
    once, first, last = uuid4(), date(THIS, 9, 1), date(THIS + 1, 8, 31)
    told = {"by": cast.scope("clerk"), "at": AT, "starts_on": first, "ends_on": last}
    told |= {"who": flow.who(cast), "minuted": flow.minuted()}
    head = cast.people["headteacher"].pk
    key = head_panel_actions.appoint_panel(once=once, head=head, **told)
    assert head_panel_actions.appoint_panel(once=once, head=head, **told) == key
    with pytest.raises(Unusable, match="is recorded already"):
        head_panel_actions.appoint_panel(once=uuid4(), head=head, **told)
    with pytest.raises(Unusable, match="Choose the headteacher from the list"):
        head_panel_actions.appoint_panel(once=uuid4(), head=cast.people["senior_leader"].pk, **told)
    assert (HeadYear.objects.count(), HeadYear.objects.get().starts_in) == (1, THIS)


def test_years_have_their_bounds_and_their_day():
    today = date(2026, 11, 29)
    assert head_rules.span(date(2026, 9, 1), date(2026, 9, 1), today) == "The last day must be after the first"
    assert (
        head_rules.span(date(2026, 9, 1), date(2028, 4, 1), today) == "A year of appraisal is at most eighteen months"
    )
    assert head_rules.span(date(2026, 9, 1), date(2027, 8, 31), today) is None
    assert head_rules.span(date(2062, 9, 1), date(2063, 8, 31), today) == (
        "A year from 1 September 2062 would be 2062/63. Record 2025/26, 2026/27 or 2027/28: choose its first day"
    )
    for first, fits in ((2024, False), (2025, True), (2027, True), (2028, False)):
        assert (head_rules.span(date(first, 9, 1), date(first + 1, 8, 31), today) is None) == fits, first
    regulations = own_rules.ruled((), date(2026, 8, 31))
    assert head_rules.statement_by(date(2026, 8, 31), regulations) == date(2026, 12, 31)
    assert head_rules.statement_by(date(2026, 12, 31), regulations) == date(2027, 12, 31)
    assert (head_rules.year_named(date(2026, 9, 1)), head_rules.year_named(date(2026, 7, 15))) == (2026, 2026)
    assert head_rules.year_named(date(2026, 6, 30)) == 2025


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([None, None], None),
        ([60, 40], None),
        ([60, 37], "The weights come to 97: make them 100, or give none"),
        ([60, None], "Give every objective a weight, or none"),
        ([], None),
    ],
)
def test_weights_make_a_hundred_or_there_are_none(given, said):
    assert head_rules.weights(given) == said


def test_objectives_are_set_by_the_panel_once_they_are_whole(cast: Cast):
    key = flow.appoint(cast)
    with pytest.raises(Unusable, match="Write at least one objective"):
        flow.set_them(cast, key)
    one = flow.aim(cast, key, "headteacher", weight=60)
    flow.aim(cast, key, weight=37)
    with pytest.raises(Unusable, match="The weights come to 97"):
        flow.set_them(cast, key)
    with pytest.raises(Refused, match="Only those who appraise"):
        flow.set_them(cast, key, "headteacher")
    with pytest.raises(Refused, match="Only those who appraise"):
        flow.set_them(cast, key, "external_adviser")
    second = HeadObjective.objects.exclude(pk=one).get()
    change = {"by": cast.scope("headteacher"), "at": AT, "year": key, "objective": second.pk}
    head = flow.whose(key)
    aimed = Aimed("Twelve visits", "", "Notes of visits", weight=40)
    head_objective_actions.change_head_objective(**change, version=1, whose=head, aimed=aimed)
    with pytest.raises(Stale):
        head_objective_actions.change_head_objective(**change, version=1, whose=head, aimed=aimed)
    with pytest.raises(Unusable, match="how it serves pupils"):
        flow.set_them(cast, key)
    for wrong in (Whose(cast.people["senior_leader"].pk, THIS), Whose(head.head, THIS - 1)):
        with pytest.raises(Unusable, match="meant for somebody else or another year"):
            head_objective_actions.change_head_objective(**change, version=2, whose=wrong, aimed=aimed)
    whole = Aimed("Twelve visits", "Better lessons", "Notes of visits", weight=40)
    head_objective_actions.change_head_objective(**change, version=2, whose=head, aimed=whole)
    with pytest.raises(Unusable, match="cannot be in the future"):
        flow.set_them(cast, key, on=TODAY + DAY)
    flow.set_them(cast, key)
    assert (flow.year(key).state, flow.year(key).set_on) == (HeadState.SET, TODAY)
    with pytest.raises(Refused, match="The objectives are set"):
        flow.aim(cast, key)
    again = {"by": cast.scope("governor"), "at": AT, "year": key}
    version = flow.year(key).version
    head_objective_actions.take_up_objectives(**again, version=version, because="The plan changed")
    kept = HeadCopy.objects.get()
    assert (kept.locked, kept.because) == (False, "The plan changed")
    assert ("heading", "Objective 2: Twelve visits") in head_copies.lines_of(kept)
    head_objective_actions.drop_head_objective(by=cast.scope("governor"), at=AT, year=key, objective=one, version=1)
    assert [each.pk for each in head_queries.objectives(cast.scope("governor"), flow.year(key))] == [second.pk]


def test_what_stands_in_the_way_of_setting_is_said_where_it_is_mended(cast: Cast):
    key, chair = flow.appoint(cast), cast.client("chair")
    one, two = flow.aim(cast, key, weight=60), flow.aim(cast, key, weight=37)
    page = chair.get(f"{HERE}{key}/set").text
    assert "The weights come to 97: make them 100, or give none." in page
    for number, each, weight in ((1, one, 60), (2, two, 37)):
        assert f'href="{HERE}{key}/objectives/{each}/change#id_weight"' in page
        assert f"Change the weight of objective {number} ({weight})" in page
    assert 'id="id_weight"' in chair.get(f"{HERE}{key}/objectives/{one}/change").text
    sure = {"head": cast.people["headteacher"].pk, "starts_in": THIS, "confirmed": "on", "framework": "nse-2015"}
    sent = sure | day("told_on", date(THIS - 10, 10, 14)) | day("set_on", TODAY + DAY) | {"version": 1}
    told = chair.post(f"{HERE}{key}/set", sent).text
    assert f'<a href="#id_told_on-day">The day cannot be before 1 June {THIS}, when' in told
    assert '<a href="#id_set_on-day">The day cannot be in the future.' in told
    HeadObjective.objects.update(weight=None)
    assert "The weights come to" not in chair.get(f"{HERE}{key}/set").text


def test_an_objective_is_tied_to_the_plan_of_the_school(cast: Cast):
    key = flow.appoint(cast)
    of = planning.plan(cast)
    first = planning.priority(cast, of)
    aim = planning.objective(cast, first)
    one = flow.aim(cast, key, tied=f"o{aim}", characteristics=("2.1",))
    flow.aim(cast, key, tied=f"p{first}")
    cards = head_year_pages.year_page(cast.scope("headteacher"), flow.year(key)).objectives
    assert ("In the plan", "Reading: All read at their age") in cards[0].facts
    assert ("In the plan", "Reading") in cards[1].facts
    assert ("Serves", "2.1") in cards[0].facts
    with pytest.raises(Unusable, match="from the list"):
        flow.aim(cast, key, tied="p999999")
    assert HeadObjective.objects.get(pk=one).objective_id == aim


def test_the_course_of_a_year_and_what_cannot_follow(cast: Cast):
    key = flow.appoint(cast)
    with pytest.raises(Refused, match="is not noted while"):
        flow.note(cast, key, Said.HALFWAY)
    flow.aim(cast, key)
    flow.set_them(cast, key)
    with pytest.raises(Refused, match="noted by the adviser or by the panel"):
        flow.note(cast, key, Said.ADVICE, "headteacher")
    with pytest.raises(Refused, match="Only those who appraise"):
        flow.note(cast, key, Said.HALFWAY, "external_adviser")
    with pytest.raises(Refused, match="Only the governor who moderates"):
        flow.note(cast, key, Said.MODERATION)
    with pytest.raises(Unusable, match="cannot be in the future"):
        flow.note(cast, key, Said.HALFWAY, on=TODAY + DAY)
    with pytest.raises(Unusable, match="cannot be before"):
        flow.note(cast, key, Said.HALFWAY, on=TODAY - 31 * DAY)
    once = uuid4()
    told = {"by": cast.scope("chair"), "at": AT, "once": once, "year": key, "kind": Said.HALFWAY, "on": TODAY}
    told |= {"whose": flow.whose(key)}
    first = head_course_actions.note_said(**told, words="Half")
    assert head_course_actions.note_said(**told, words="Half") == first
    assert (HeadNote.objects.count(), flow.year(key).state) == (1, HeadState.HALFWAY)
    with pytest.raises(Refused, match="Note the panel's meeting first"):
        flow.draft(cast, key)
    flow.note(cast, key, Said.MEETING)
    with pytest.raises(Refused, match="Only those who appraise"):
        flow.draft(cast, key, "external_adviser")
    with pytest.raises(Unusable, match="Assess every objective"):
        flow.give(cast, key)
    flow.draft(cast, key, reached={})
    with pytest.raises(Unusable, match="Assess every objective"):
        flow.give(cast, key)
    with pytest.raises(Unusable, match="say nothing of pay"):
        flow.draft(cast, key, pay="One point up")
    with pytest.raises(Unusable, match="from the list"):
        flow.draft(cast, key, reached={HeadObjective.objects.get().pk: "splendid"})
    flow.draft(cast, key)
    flow.give(cast, key)
    with pytest.raises(Refused, match="Take it back to change it"):
        flow.draft(cast, key)
    with pytest.raises(Refused, match="may comment until"):
        flow.lock(cast, key)
    version = flow.year(key).version
    head_statement_actions.take_back_statement(by=cast.scope("governor"), at=AT, year=key, version=version)
    flow.give(cast, key)
    flow.comment(cast, key, "")
    flow.lock(cast, key)
    assert flow.year(key).state == HeadState.AGREED


def test_days_are_held_against_their_year_and_against_each_other(cast: Cast):
    """Years ago is refused, and no step is before the one it follows; the refusal says the day, and what it is of."""
    year = THIS - 1
    key, first = flow.appoint(cast, starts_in=year, on=date(year, 6, 1)), date(year, 9, 1)
    flow.aim(cast, key)
    with pytest.raises(Unusable, match=f"before 1 June {year}, when that is done at the earliest for a year that"):
        flow.set_them(cast, key, on=date(year - 10, 10, 14))
    with pytest.raises(Unusable, match=f"before 1 June {year}"):
        flow.set_them(cast, key, on=first - 93 * DAY)
    flow.set_them(cast, key, on=first - 92 * DAY)
    HeadYear.objects.filter(pk=key).update(set_on=first + 40 * DAY)
    with pytest.raises(Unusable, match=f"before 11 October {year}, when the objectives were set"):
        flow.note(cast, key, Said.HALFWAY, on=first + 24 * DAY)
    with pytest.raises(Unusable, match="when the objectives were set"):
        flow.note(cast, key, Said.MEETING, on=first + 24 * DAY)
    flow.note(cast, key, Said.HALFWAY, on=first + 50 * DAY)
    with pytest.raises(Unusable, match=f"before 21 October {year}, when the mid-year review was held"):
        flow.note(cast, key, Said.MEETING, on=first + 45 * DAY)
    HeadYear.objects.filter(pk=key).update(set_on=first + 60 * DAY)  # set anew after mid-year
    with pytest.raises(Unusable, match="when the objectives were set"):
        flow.note(cast, key, Said.MEETING, on=first + 55 * DAY)
    flow.note(cast, key, Said.HALFWAY, on=first + 55 * DAY)
    flow.note(cast, key, Said.MEETING, on=first + 60 * DAY)
    with pytest.raises(Unusable, match="when the panel met"):
        flow.note(cast, key, Said.ONWARD, on=first + 59 * DAY)


def test_a_board_appoints_and_plans_near_the_year(cast: Cast):
    with pytest.raises(Unusable, match=f"those are appointed at the earliest who appraise from 1 September {THIS}"):
        flow.appoint(cast, on=date(THIS - 10, 9, 20))
    for name in ("half_due_on", "meeting_due_on"):
        with pytest.raises(Unusable, match=f"from 1 September {THIS} to 31 December {THIS + 1}, not 1 February 20"):
            flow.appoint(cast, **{name: date(THIS + 10, 2, 1)})
    key = flow.appoint(cast, half_due_on=date(THIS + 1, 2, 1))
    with pytest.raises(Unusable, match="Plan review and meeting of this year"):
        flow.change(cast, key, half_due_on=date(THIS - 1, 2, 1))


def test_a_statement_nobody_comments_on_is_locked_after_two_weeks(cast: Cast):
    key = flow.to_given(cast)
    HeadYear.objects.filter(pk=key).update(given_on=TODAY - 14 * DAY)
    flow.lock(cast, key)
    assert flow.year(key).state == HeadState.AGREED


def test_a_closed_year_is_read_only_with_a_sentence_and_opens_again_with_a_reason(cast: Cast):
    key = flow.to_locked(cast)
    head = cast.scope("headteacher")
    one = HeadObjective.objects.get()
    year, locked = academic_year(THIS), f"The year {academic_year(THIS)} is agreed and locked"
    for attempt in (
        lambda: flow.aim(cast, key),
        lambda: flow.note(cast, key, Said.ADVICE),
        lambda: flow.draft(cast, key),
        lambda: flow.give(cast, key),
        lambda: flow.comment(cast, key),
        lambda: head_objective_actions.write_own_words(
            by=head, at=AT, year=key, objective=one.pk, version=one.version, words="Later"
        ),
        lambda: head_course_actions.write_head_reflection(by=head, at=AT, year=key, version=0, words="x", shown=True),
        lambda: head_course_actions.hide_evidence(by=head, at=AT, year=key, evidence=1),
    ):
        with pytest.raises(Refused, match=locked):
            attempt()
    page = cast.client("governor").get(f"{HERE}{key}").content.decode()
    assert f"{locked}, so nothing in it can be changed" in page
    assert f"Ada Headteacher-Example&#39;s appraisal, {year}" in page
    assert locked in cast.client("governor").get(f"{HERE}{key}/statement").content.decode()
    copy = HeadCopy.objects.get()
    before = copy.lines
    assert ("words", "A strong year") in head_copies.lines_of(copy)
    assert ("words", "I agree") in head_copies.lines_of(copy)
    version = flow.year(key).version
    by = cast.scope("chair")
    head_statement_actions.reopen_year(by=by, at=AT, year=key, version=version, because="A figure was wrong")
    flow.draft(cast, key, standards="A good year")
    flow.give(cast, key)
    flow.comment(cast, key)
    flow.lock(cast, key)
    first, second = HeadCopy.objects.order_by("number")
    assert (first.lines, first.because, first.opened_on) == (before, "A figure was wrong", TODAY)
    assert ("words", "A good year") in head_copies.lines_of(second)
    assert "A figure was wrong" in cast.client("headteacher").get(f"{HERE}{key}/copies/1").content.decode()


def test_two_who_write_at_once_are_told_and_nothing_is_lost(cast: Cast):
    key = flow.to_met(cast)
    client, one = cast.client("governor"), HeadObjective.objects.get()
    typed = {"standards": "Mine", "needs": "b", "action": "c", "head": cast.people["headteacher"].pk, "version": 0}
    typed |= {"starts_in": THIS, "confirmed": "on"}
    typed |= {f"reached_{one.pk}": "met", f"assessment_{one.pk}": "Seen"}
    flow.draft(cast, key, "chair", standards="The chair's")
    told = client.post(f"{HERE}{key}/statement", typed).content.decode()
    assert "Somebody changed this while you were writing" in told
    assert "Mine" in told
    assert "The chair&#39;s" in client.get(f"{HERE}{key}/statement").content.decode()
    wrong = client.post(f"{HERE}{key}/statement", {**typed, "version": 1, "head": cast.people["chair"].pk})
    assert "meant for somebody else or another year" in wrong.content.decode()
    unticked = client.post(f"{HERE}{key}/statement", {**typed, "version": 1, "confirmed": ""})
    assert "Tick whose appraisal it is, and of which year" in unticked.content.decode()
    stands = re.search(r'name="version" value="(\d+)"', told)[1]
    assert client.post(f"{HERE}{key}/statement", {**typed, "version": stands}).status_code == 302


def test_the_head_shows_what_they_choose_and_takes_it_back(cast: Cast):
    key = flow.appoint(cast)
    head, panel = cast.scope("headteacher"), cast.scope("governor")
    mine = _entry(cast, "headteacher", "My own entry", "private")
    ours = _entry(cast, None, "The school's entry", "leaders")
    theirs = _entry(cast, "senior_leader", "The deputy's own", "private")
    show = {"by": head, "at": AT, "year": key}
    with pytest.raises(Unusable, match="Nothing was shown"):
        head_course_actions.show_evidence(**show, entries={theirs: ""})
    page = cast.client("headteacher").get(f"{HERE}{key}/evidence").content.decode()
    assert "My own entry · Only me" in page
    assert "The school&#39;s entry" in page
    assert "The deputy&#39;s own" not in page
    assert "My own entry" not in cast.client("headteacher").get(f"{HERE}{key}/evidence?code=2.2").content.decode()
    assert "My own entry" not in cast.client("governor").get(f"{HERE}{key}").content.decode()
    assert head_course_actions.show_evidence(**show, entries={ours: "It grew", mine: ""}) == 2
    assert head_course_actions.show_evidence(**show, entries={ours: "It grew", mine: ""}) == 0
    shown = cast.client("governor").get(f"{HERE}{key}").content.decode()
    assert "My own entry" in shown
    assert "It grew" in shown
    taken = HeadEvidence.objects.get(entry=mine)
    assert cast.client("governor").post(f"{HERE}{key}/evidence/{taken.pk}/take-back").status_code == 403
    assert cast.client("headteacher").post(f"{HERE}{key}/evidence/{taken.pk}/take-back").status_code == 302
    assert "My own entry" not in cast.client("governor").get(f"{HERE}{key}").content.decode()
    Entry.objects.filter(pk=ours).update(withdrawn_at=AT)
    assert list(head_queries.shown(panel, flow.year(key))) == []


def test_what_can_be_shown_is_this_years_first_a_page_at_a_time_and_keeps_its_ticks(cast: Cast):
    key, head = flow.appoint(cast), cast.client("headteacher")
    at, first = f"{HERE}{key}/evidence", date(THIS, 9, 1)
    old = [_entry(cast, None, f"Earlier {number}", "leaders", first - DAY) for number in range(63)]
    new = _entry(cast, None, "Of this year", "leaders", first)
    _entry(cast, None, "Later", "leaders", date(THIS + 1, 9, 1))

    def box(key: int, text: str) -> str:
        found = re.search(rf'<input[^>]*value="{key}"[^>]*>', text)
        return found[0] if found else ""

    page = head.get(at).text
    assert "1 to 60 of 65, this year&#39;s first." in page
    assert page.index("Of this year · ") < page.index(": Later · ") < page.index("· after this year")
    assert page.index("· after this year") < page.index(": Earlier 62 · ") < page.index("· before this year")
    assert not box(old[0], page)
    further = head.post(at, {"entries": [new], "why": "It grew", "page": "2"}).text
    assert "61 to 65 of 65" in further
    assert " checked" in box(new, further)
    assert "It grew" in further
    assert box(old[0], further)
    none = head.post(at, {"entries": [new, old[0]], "code": "2.2", "look": "1"}).text
    assert [" checked" in box(each, none) for each in (new, old[0])] == [True, True]
    assert not box(old[1], none)
    assert HeadEvidence.objects.count() == 0
    assert head.post(at, {"entries": [new, old[0]], "code": "2.2", "why": "It grew"}).status_code == 302
    assert set(HeadEvidence.objects.values_list("entry_id", flat=True)) == {new, old[0]}


def test_evidence_is_offered_by_the_standards_of_the_year(cast: Cast):
    """Those the headteacher is held to; an entry written for the other ones is found by its counterpart there."""
    key, head = flow.appoint(cast), cast.client("headteacher")
    ours = _entry(cast, None, "The school's entry", "leaders")
    HeadYear.objects.filter(pk=key).update(framework="headteachers-2020")
    view = shelved.framework("headteachers-2020")
    page = head.get(f"{HERE}{key}/evidence").text
    for each in view.assessable:
        assert f'<option value="{each.code}">' in page
    assert f'value="{ours}"' in page
    of = Characteristic.objects.get(framework__code="nse-2015", code="1.1")
    near = {each.statement.code for each in shelved.counterparts(of.pk) if each.carries}
    assert near
    for each in view.assessable:
        found = f'value="{ours}"' in head.get(f"{HERE}{key}/evidence?code={each.code}").text
        assert found == (each.code in near), each.code


def _entry(cast: Cast, owner: str | None, words: str, visibility: str, on: date = TODAY) -> int:
    made = Entry.objects.create(
        school=cast.school,
        kind="evidence.noted",
        words=words,
        occurred_on=on,
        recorded_at=AT,
        visibility=visibility,
        owner=cast.people[owner] if owner else None,
        from_work=False,
        source=f"evidence.Note:{words}",
    )
    of = Characteristic.objects.get(framework__code="nse-2015", code="1.1")
    Serves.objects.create(entry=made, characteristic=of, school=cast.school, occurred_on=on)
    return made.pk


def test_a_check_leads_only_where_its_reader_may_mend_it(cast: Cast):
    key = flow.appoint(cast, policy_held=False)
    seen = set()

    def all_open() -> None:
        for persona in ("headteacher", "chair", "governor", "external_adviser"):
            page, client = head_year_pages.year_page(cast.scope(persona), flow.year(key)), cast.client(persona)
            urls = {url for _, url in page.checks if url}
            assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200), persona
            seen.update(urls)

    all_open()
    flow.aim(cast, key)
    all_open()
    flow.set_them(cast, key)
    all_open()
    flow.note(cast, key, Said.MEETING)
    all_open()
    assert len(seen) >= 4


def test_what_the_regulations_ask_is_told_line_by_line_with_where_to_mend_it(cast: Cast):
    key = flow.appoint(cast, policy_held=False)
    governor = cast.scope("governor")

    def lines(persona: str = "governor") -> dict[str, tuple[bool | None, str]]:
        page = head_year_pages.year_page(cast.scope(persona), flow.year(key))
        return {each.words: (each.met, url.removeprefix(HERE)) for each, url in page.checks}

    found = lines()
    assert found["Objectives are set"] == (False, f"{key}/set")
    assert found["The panel has 2 or 3 governors"] == (True, "")
    assert found["The year is as long as is normal"] == (True, "")
    adopted = "The board has adopted how appraisal is done here, and whoever is appraised can read it"
    assert found[adopted] == (False, "")
    assert lines("chair")[adopted] == (False, f"{key}/panel")
    one = flow.aim(cast, key)
    tied = "Every objective is tied to the board's plan for the school"
    assert lines()[tied] == (False, f"{key}/objectives/{one}/change")
    consulted = "The external adviser was consulted about the objectives"
    assert lines()[consulted] == (False, f"{key}/advice")
    flow.note(cast, key, Said.ADVICE, "external_adviser")
    flow.set_them(cast, key)
    assert lines()[consulted] == (True, "")
    learned = "The statement says what the headteacher needs to learn, and what will be done about it"
    assert lines()[learned][0] is None
    flow.note(cast, key, Said.MEETING)
    assert lines()[learned] == (False, f"{key}/statement")
    flow.draft(cast, key)
    assert lines()[learned] == (True, "")
    whole = head_queries.whole(governor, flow.year(key))
    late = head_checks.checks(whole, date(THIS + 2, 1, 1))[-1]
    assert (late.met, late.told) == (False, "Not agreed yet.")
    for each in head_checks.checks(whole, TODAY):
        assert "not yet checked" in each.source or each.source == head_checks.OWN_CHECK, each.words
    assert "academy trust may have adopted" in head_year_pages.year_page(governor, flow.year(key)).standing
    assert head_checks.standing("academy").endswith("Your trust may have adopted another procedure.")
    assert head_checks.standing("maintained") == "The regulations bind maintained schools like this one."


def test_the_page_is_found_from_one_next_action(cast: Cast):
    whose = f"Ada Headteacher-Example, {academic_year(THIS)}"

    def waits(persona: str) -> list[str]:
        return [each.words for each in head_waiting.next_actions(cast.scope(persona))]

    assert waits("chair") == ["Record who appraises the headteacher"]
    assert waits("clerk") == ["Record who appraises the headteacher"]
    assert waits("governor") == waits("headteacher") == waits("teacher") == []
    key = flow.appoint(cast)
    assert waits("clerk") == []
    assert waits("headteacher") == [f"Draft your appraisal objectives: {academic_year(THIS)}"]
    assert waits("chair") == [f"Draft the headteacher's objectives: {whose}"]
    assert waits("external_adviser") == [f"Advise on the headteacher's objectives: {whose}"]
    assert "Advise on the headteacher" in cast.client("external_adviser").get(PLACE).content.decode()
    flow.aim(cast, key)
    assert waits("chair") == [f"Consult the adviser on the headteacher's objectives: {whose}"]
    chair = cast.client("chair")
    assert "No advice of the external adviser is noted" in chair.get(f"{HERE}{key}/set").text
    flow.note(cast, key, Said.ADVICE, "external_adviser")
    assert "No advice of the external adviser is noted" not in chair.get(f"{HERE}{key}/set").text
    assert (waits("headteacher"), waits("external_adviser")) == ([], [])
    assert waits("chair") == [f"Set the headteacher's objectives: {whose}"]
    flow.set_them(cast, key)
    assert waits("chair") == [f"Hold the headteacher's mid-year review: {whose}"]
    flow.note(cast, key, Said.HALFWAY)
    (action,) = head_waiting.next_actions(cast.scope("governor"))
    said = f"Hold the panel's meeting, and note it: {whose}"
    assert (action.words, action.due_on) == (said, date(THIS + 1, 12, 31))
    flow.note(cast, key, Said.MEETING)
    assert waits("governor") == [f"Write the headteacher's statement: {whose}"]
    assert "Give it to the headteacher" not in chair.get(f"{HERE}{key}").text
    assert "Write the statement first" in chair.get(f"{HERE}{key}/statement/give").text
    flow.draft(cast, key)
    assert "Give it to the headteacher" in chair.get(f"{HERE}{key}").text
    assert waits("governor") == [f"Give the statement to the headteacher: {whose}"]
    flow.give(cast, key)
    assert waits("governor") == []
    assert waits("headteacher") == [f"Read your appraisal statement, and comment: {academic_year(THIS)}"]
    flow.comment(cast, key)
    assert waits("headteacher") == []
    assert waits("governor") == [f"Agree the headteacher's statement, and lock it: {whose}"]
    flow.lock(cast, key)
    assert waits("governor") == waits("headteacher") == waits("external_adviser") == []
    assert list(head_waiting.news(cast.scope("teacher"), AT - DAY)) == []
    news = [each.words for each in head_waiting.news(cast.scope("headteacher"), AT - DAY)]
    assert f"My appraisal, {academic_year(THIS)}: statement agreed; the year is locked" in news


def test_once_the_panel_met_advice_on_objectives_is_no_mend(cast: Cast):
    key, chair = flow.appoint(cast), cast.client("chair")
    flow.aim(cast, key)
    flow.set_them(cast, key)

    def mend() -> str:
        page = head_year_pages.year_page(cast.scope("chair"), flow.year(key))
        return next(url for each, url in page.checks if "was consulted" in each.words)

    assert mend() == f"{HERE}{key}/advice"
    assert "before they are set" not in chair.get(f"{HERE}{key}/advice").text
    flow.note(cast, key, Said.MEETING)
    assert mend() == ""
    assert "What the adviser said to the panel" in chair.get(f"{HERE}{key}/advice").text


def test_a_headteachers_own_page_speaks_to_them(cast: Cast):
    key = flow.to_given(cast)
    flow.comment(cast, key)
    one, head = HeadObjective.objects.get(), cast.scope("headteacher")
    assert "The headteacher&#39;s comments" not in cast.client("headteacher").get(f"{HERE}{key}").text
    assert "Your comments" in cast.client("headteacher").get(f"{HERE}{key}").text
    flow.take_back(cast, key)
    head_objective_actions.write_own_words(
        by=head, at=AT, year=key, objective=one.pk, version=HeadObjective.objects.get().version, words="I will"
    )
    words = (("Your words", "The headteacher&#39;s words"), ("Evidence you show", "Evidence the headteacher shows"))
    for mine, theirs in (*words, ("How you see it", "The headteacher&#39;s own view")):
        assert mine in cast.client("headteacher").get(f"{HERE}{key}").text
        assert theirs not in cast.client("headteacher").get(f"{HERE}{key}").text
    assert "The headteacher's words" in cast.client("chair").get(f"{HERE}{key}").text.replace("&#39;", "'")


def test_planned_days_stand_in_the_calendar_of_those_who_take_part(cast: Cast):
    flow.appoint(cast, half_due_on=TODAY + DAY, meeting_due_on=TODAY + 2 * DAY)
    for persona, count in (("headteacher", 2), ("governor", 2), ("external_adviser", 2), ("clerk", 2), ("teacher", 0)):
        found = list(head_waiting.calendar(cast.scope(persona), TODAY, TODAY + 2 * DAY))
        assert len(found) == count, persona


def test_moves_are_a_table():
    assert HEAD_MOVES[HeadState.APPEALED] == (HeadState.AGREED, HeadState.MET)
    assert head_rules.starts(HeadState.SET, Act.GIVE) == (
        "This year stands at “objectives set”. A statement is given once the panel has met."
    )


def _acts(cast: Cast, key: int) -> dict[Act, Callable[[], object]]:
    """Return every act that moves a year, ready to be done by whoever may do it."""
    chair, clerk, hearer = (cast.scope(each, "own") for each in ("chair", "clerk", "hearer"))
    told = {"at": AT, "year": key, "version": flow.year(key).version}
    why = told | {"because": "A reason"}
    ends = why | {"by": clerk, "once": uuid4(), "whose": flow.whose(key)}
    return {
        Act.SET: lambda: flow.set_them(cast, key),
        Act.TAKE_UP: lambda: head_objective_actions.take_up_objectives(by=chair, **why),
        Act.HALFWAY: lambda: flow.note(cast, key, Said.HALFWAY),
        Act.MEET: lambda: flow.note(cast, key, Said.MEETING),
        Act.ONWARD: lambda: flow.note(cast, key, Said.ONWARD),
        Act.GIVE: lambda: flow.give(cast, key),
        Act.TAKE_BACK: lambda: flow.take_back(cast, key),
        Act.LOCK: lambda: flow.lock(cast, key),
        Act.REOPEN: lambda: head_statement_actions.reopen_year(by=chair, **why),
        Act.APPEAL: lambda: flow.appeal(cast, key),
        Act.HEAR: lambda: head_statement_actions.hear_appeal(
            by=hearer, on=TODAY, result="dismissed", words="It stands", **told
        ),
        Act.CLOSE: lambda: head_panel_actions.close_head_year(**ends),
        Act.RESUME: lambda: head_panel_actions.resume_head_year(**ends),
    }


@pytest.mark.parametrize("state", list(HeadState))
def test_every_act_starts_from_its_own_states_alone(cast: Cast, state: HeadState):
    """Whoever may do it: several acts lead to one state, and none of them lets another start where it does."""
    flow.join(cast, "hearer")
    key = flow.to_given(cast)
    flow.comment(cast, key)
    flow.lock(cast, key)
    flow.appeal(cast, key)
    flow.hear_by(cast, key, "hearer")
    HeadYear.objects.filter(pk=key).update(state=state)
    if state not in {HeadState.GIVEN, HeadState.AGREED, HeadState.APPEALED}:
        HeadYear.objects.filter(pk=key).update(agreed_on=None, given_on=None)
    if state != HeadState.APPEALED:
        HeadAppeal.objects.all().delete()
    before, done = flow.year(key), set()
    for act in Act:
        with transaction.atomic():
            try:
                _acts(cast, key)[act]()
                done.add(act)
            except (Refused, Unusable, Http404):
                assert flow.year(key).state == state
            transaction.set_rollback(True)
    assert done == {act for act in Act if state in STARTS[act]}
    assert flow.year(key).version == before.version


def test_objectives_are_not_set_anew_behind_the_panels_meeting(cast: Cast):
    """After the meeting the day, the standards and the state stand: the way back goes by a reason, and keeps a copy."""
    key = flow.to_met(cast)
    before = flow.year(key)
    with pytest.raises(Refused, match="Objectives are set once, and anew after they were taken up again"):
        flow.set_them(cast, key, on=TODAY - DAY)
    assert "Objectives are set once" in cast.client("chair").get(f"{HERE}{key}/set").text
    now = flow.year(key)
    assert (now.state, now.set_on, now.version) == (HeadState.MET, before.set_on, before.version)


def test_a_year_costs_the_same_queries_however_much_is_in_it(cast: Cast):
    key = flow.appoint(cast)
    flow.aim(cast, key)
    by, of = cast.scope("governor"), head_queries.year(cast.scope("governor"), key)
    with CaptureQueriesContext(connection) as little:
        head_year_pages.year_page(by, of)
    for number in range(2):
        flow.aim(cast, key, words=f"Another {number}")
        flow.note(cast, key, Said.ADVICE)
    with CaptureQueriesContext(connection) as much:
        head_year_pages.year_page(by, of)
    assert len(much) == len(little) <= 18


def test_documents_hold_it(cast: Cast):
    key = flow.to_locked(cast)
    head = cast.client("headteacher")
    for path in ("document", "copies/1/document"):
        held = head.get(f"{HERE}{key}/{path}")
        assert held.content[:5] == b"%PDF-"
        assert head.get(f"{HERE}{key}/{path}?as=word").content[:2] == b"PK"
    assert "the-locked-statement" in held["Content-Disposition"]
    assert cast.client("clerk").get(f"{HERE}{key}/document").status_code == 403
    assert cast.client("headteacher").get(f"{HERE}{key}/copies/9").status_code == 404


def test_it_is_clicked_through_from_panel_to_locked_statement(cast: Cast):  # noqa: PLR0915  # one year, screen by screen
    clerk, chair, head = (cast.client(each) for each in ("clerk", "chair", "headteacher"))
    person = cast.people["headteacher"].pk
    assert "Nobody has recorded yet" in clerk.get(HERE).content.decode()
    assert "years of appraisal stand here" in head.get(HERE).content.decode()
    assert clerk.get(f"{HERE}appoint").status_code == 200
    panel = [cast.people["chair"].pk, cast.people["governor"].pk]
    told = {
        "meeting": "Full board",
        "scheme": "panel",
        "panel": panel,
        "adviser": cast.people["external_adviser"].pk,
        "head": person,
        "framework": "nse-2015",
        "once": str(uuid4()),
        **day("on", TODAY),
        **day("starts_on", date(THIS, 9, 1)),
        **day("ends_on", date(THIS + 1, 8, 31)),
    }
    unsure = clerk.post(f"{HERE}appoint", told).text
    whose = f"It is about Ada Headteacher-Example, {academic_year(THIS)}"
    assert (whose in unsure, "Tick whose appraisal it is, and of which academic year" in unsure) == (True, True)
    told["confirmed"] = f"{person}-{THIS}"
    typo = clerk.post(f"{HERE}appoint", told | {"starts_on_year": 2062, "ends_on_year": 2063}).text
    assert ("It is about Ada Headteacher-Example, 2062/63" in typo, "checked" in typo.split("2062/63")[0][-200:]) == (
        True,
        False,
    )
    typo = clerk.post(
        f"{HERE}appoint", told | {"starts_on_year": 2062, "ends_on_year": 2063, "confirmed": f"{person}-2062"}
    ).text
    assert "A year from 1 September 2062 would be 2062/63. Record" in typo
    without = {name: value for name, value in told.items() if not name.startswith("starts_on")}
    assert "Enter its first day" in clerk.post(f"{HERE}appoint", without).text
    assert HeadYear.objects.count() == 0
    alone = clerk.post(f"{HERE}appoint", {**told, "panel": panel[:1]}).content.decode()
    assert "A panel has 2 or 3 governors; you chose 1" in alone
    assert clerk.post(f"{HERE}appoint", told).status_code == 302
    key = HeadYear.objects.get().pk
    at = f"{HERE}{key}"
    sure = {"head": person, "starts_in": THIS, "confirmed": "on"}
    aimed = {"words": "Read <b>daily</b>", "pupils": "All", "measure": "Tests", "once": str(uuid4()), **sure}
    assert "Ada Headteacher-Example, " in chair.get(f"{at}/objective").content.decode()
    assert "Enter how it serves pupils" in chair.post(f"{at}/objective", {**aimed, "pupils": ""}).content.decode()
    assert chair.post(f"{at}/objective", aimed).status_code == 302
    one = HeadObjective.objects.get()
    assert "Read &lt;b&gt;daily" in head.get(at).content.decode()
    assert head.get(f"{at}/objectives/{one.pk}/change").status_code == 200
    assert head.post(f"{at}/objectives/{one.pk}/change", {**aimed, "version": 1}).status_code == 302
    assert head.get(f"{at}/objectives/{one.pk}/own-words").status_code == 200
    assert head.post(f"{at}/objectives/{one.pk}/own-words", {"words": "I will", "version": 2}).status_code == 302
    assert chair.get(f"{at}/advice").status_code == 200
    said = {"words": "Fewer", "once": str(uuid4()), **day("on", TODAY), **sure}
    late = chair.post(f"{at}/advice", {**said, **day("on", TODAY + DAY)}).content.decode()
    assert "The day cannot be in the future" in late
    assert chair.post(f"{at}/advice", said).status_code == 302
    assert "This is about Ada Headteacher-Example" in chair.get(f"{at}/set").content.decode()
    whose = {
        "head": person,
        "starts_in": THIS,
        "version": 1,
        "framework": "nse-2015",
        **day("told_on", TODAY),
        **day("set_on", TODAY),
    }
    assert "Tick whose appraisal it is" in chair.post(f"{at}/set", whose).content.decode()
    assert chair.post(f"{at}/set", {**whose, "confirmed": "on"}).status_code == 302
    assert chair.get(f"{at}/take-up-again").status_code == 200
    assert chair.post(f"{at}/take-up-again", {"because": "Too many", "version": 2}).status_code == 302
    assert chair.post(f"{at}/set", {**whose, "confirmed": "on", "version": 3}).status_code == 302
    for path, more in (("mid-year", {}), ("meeting", {"last": "yes"})):
        assert chair.get(f"{at}/{path}").status_code == 200
        assert chair.post(f"{at}/{path}", {**said, "once": str(uuid4()), **more}).status_code == 302
    assert head.get(f"{at}/reflection").status_code == 200
    assert head.post(f"{at}/reflection", {"words": "Hard", "version": 0, "shown": "on"}).status_code == 302
    entry = _entry(cast, None, "Opened the library", "leaders")
    assert head.post(f"{at}/evidence", {"entries": [entry], "why": "It is used"}).status_code == 302
    assert "Opened the library" in chair.get(at).content.decode()
    assert chair.get(f"{at}/statement").status_code == 200
    judged = {"standards": "a", "needs": "b", "action": "c", "version": 0, **sure}
    judged |= {f"reached_{one.pk}": "partly", f"assessment_{one.pk}": "Half"}
    assert chair.post(f"{at}/statement", judged).status_code == 302
    assert chair.get(f"{at}/statement/give").status_code == 200
    version = flow.year(key).version
    assert chair.post(f"{at}/statement/give", {**sure, "version": version}).status_code == 302
    assert chair.post(f"{at}/statement/take-back", {"version": ""}).status_code == 400
    assert chair.post(f"{at}/statement/take-back", {"version": version + 1}).status_code == 302
    assert chair.post(f"{at}/statement/give", {**sure, "version": version + 2}).status_code == 302
    assert "Partly met" in head.get(at).content.decode()
    assert head.get(f"{at}/statement/comment").status_code == 200
    assert head.post(f"{at}/statement/comment", {"words": "Fair", "version": 2}).status_code == 302
    assert chair.get(f"{at}/lock").status_code == 200
    assert chair.post(f"{at}/lock", {**sure, "version": version + 3}).status_code == 302
    assert "Agreed and locked" in clerk.get(HERE).content.decode()
    assert "Show the locked copy to next year" in head.get(at).content.decode()
    assert head.post(f"{at}/lend", {"version": flow.year(key).version, "show": "1"}).status_code == 302
    assert head.get(f"{at}/copies/3").status_code == 200
    assert chair.get(f"{at}/open-again").status_code == 200
    assert head.get(f"{at}/appeal").status_code == 200
    appealed = {"grounds": "Not so", "once": str(uuid4())}
    assert head.post(f"{at}/appeal", appealed).status_code == 302
    flow.join(cast, "second_governor")
    version = flow.year(key).version
    named = {"hearers": [cast.people["second_governor"].pk], "version": version, "meeting": "Minute 12"}
    assert clerk.get(f"{at}/panel").status_code == 200
    assert clerk.post(f"{at}/panel", named).status_code == 302
    hearer = cast.client("second_governor")
    assert hearer.get(f"{at}/appeal/heard").status_code == 200
    ended = {"result": "dismissed", "words": "It stands", "version": version + 1, **day("on", TODAY)}
    assert hearer.post(f"{at}/appeal/heard", ended).status_code == 302
    assert flow.year(key).state == HeadState.AGREED
    version = flow.year(key).version
    assert chair.post(f"{at}/open-again", {"because": "Once more", "version": version}).status_code == 302
    assert flow.year(key).state == HeadState.MET
