"""What goes back in a headteacher's year and what stays: an early meeting, mid-year, statements, seals, two years."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from headship.appraisal import (
    head_course_actions,
    head_objective_actions,
    head_queries,
    head_statement_actions,
    head_waiting,
)
from headship.appraisal.head_choices import HeadState, Said
from headship.appraisal.head_copies import lines_of
from headship.appraisal.models import HeadCopy, HeadNote, HeadStatement
from headship.core.errors import Refused
from headship.core.models import AuditEvent
from headship.core.pages import academic_year
from tests import cast as everybody
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import AT, DAY, THIS, TODAY
from tests.cast import Cast

HERE = f"/schools/{everybody.OWN}/head-appraisal/"


def _form(cast: Cast, key: int, **more: Any) -> dict[str, Any]:
    of = flow.whose(key)
    told = {"head": of.head, "starts_in": of.starts_in, "confirmed": "on", "once": str(uuid4()), "words": "Said"}
    return told | {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year} | more


def _half(cast: Cast) -> int:
    key = flow.appoint(cast)
    flow.aim(cast, key)
    flow.set_them(cast, key)
    flow.note(cast, key, Said.HALFWAY)
    return key


def test_a_meeting_before_the_years_end_is_asked_about_and_ends_nothing_by_itself(cast: Cast):
    key, chair = _half(cast), cast.client("chair")
    page = chair.get(f"{HERE}{key}/meeting").text
    assert "Is this the meeting at the end?" in page
    assert f"This year of appraisal ends on 31 August {THIS + 1}." in page
    silent = chair.post(f"{HERE}{key}/meeting", _form(cast, key))
    assert "Say whether this is the meeting at the end" in silent.text
    assert chair.post(f"{HERE}{key}/meeting", _form(cast, key, last="no")).status_code == 302
    assert flow.year(key).state == HeadState.HALFWAY
    assert HeadNote.objects.filter(kind=Said.MEETING).count() == 1
    told = {"by": cast.scope("chair"), "at": AT, "once": uuid4(), "year": key, "whose": flow.whose(key), "on": TODAY}
    head_course_actions.note_said(**told, kind=Said.MEETING, words="An early one")
    assert flow.year(key).state == HeadState.HALFWAY
    assert chair.post(f"{HERE}{key}/meeting", _form(cast, key, last="yes")).status_code == 302
    assert (flow.year(key).state, flow.year(key).met_on) == (HeadState.MET, TODAY)
    assert "Is this the meeting at the end?" not in chair.get(f"{HERE}{key}/meeting").text


@pytest.mark.parametrize(("half", "to"), [(True, HeadState.HALFWAY), (False, HeadState.SET)])
def test_a_year_goes_on_after_a_meeting_that_was_not_the_last_with_the_reason(cast: Cast, half: bool, to: HeadState):  # noqa: FBT001  # both ways
    key = flow.appoint(cast)
    flow.aim(cast, key)
    flow.set_them(cast, key)
    if half:
        flow.note(cast, key, Said.HALFWAY)
    with pytest.raises(Refused, match="is not noted while"):
        flow.note(cast, key, Said.ONWARD)
    flow.note(cast, key, Said.MEETING)
    flow.draft(cast, key)
    with pytest.raises(Refused, match="Only those who appraise"):
        flow.note(cast, key, Said.ONWARD, "headteacher")
    chair = cast.client("chair")
    assert "Go on with the year" in chair.get(f"{HERE}{key}").text
    assert "Say why the year goes on" in chair.post(f"{HERE}{key}/go-on", _form(cast, key, words="")).text
    said = _form(cast, key, words="It was the spring meeting")
    assert chair.post(f"{HERE}{key}/go-on", said).status_code == 302
    now = flow.year(key)
    assert (now.state, now.met_on) == (to, None)
    assert HeadStatement.objects.get().standards == "A strong year"
    for persona in ("headteacher", "governor", "external_adviser"):
        assert "It was the spring meeting" in cast.client(persona).get(f"{HERE}{key}").text
    assert "A strong year" not in cast.client("headteacher").get(f"{HERE}{key}").text
    flow.note(cast, key, Said.HALFWAY)
    version = flow.year(key).version
    head_objective_actions.take_up_objectives(
        by=cast.scope("chair"), at=AT, year=key, version=version, because="The plan changed"
    )
    assert flow.year(key).state == HeadState.APPOINTED


def test_objectives_taken_up_after_mid_year_ask_for_no_second_one(cast: Cast):
    key = _half(cast)
    version = flow.year(key).version
    head_objective_actions.take_up_objectives(
        by=cast.scope("chair"), at=AT, year=key, version=version, because="The plan changed"
    )
    flow.set_them(cast, key)
    assert (flow.year(key).state, flow.year(key).half_on) == (HeadState.HALFWAY, TODAY)
    (action,) = head_waiting.next_actions(cast.scope("chair"))
    assert action.words.startswith("Hold the panel's meeting")


def test_what_the_head_answered_to_is_kept_when_a_statement_is_taken_back(cast: Cast):
    key = flow.to_given(cast)
    flow.comment(cast, key, "Objective one was met")
    flow.take_back(cast, key)
    kept = HeadCopy.objects.get()
    assert (kept.given, kept.locked) == (True, False)
    for line in (
        ("words", "A strong year"),
        ("heading", "The headteacher's comments"),
        ("words", "Objective one was met"),
    ):
        assert line in lines_of(kept)
    flow.draft(cast, key, standards="A good year")
    flow.give(cast, key)
    told = HeadStatement.objects.get()
    assert (told.comments, told.commented_on) == ("Objective one was met", None)
    head = cast.client("headteacher")
    page = head.get(f"{HERE}{key}").text
    assert "Your comments on an earlier statement" in page
    assert "The statement that was taken back, kept on" in page
    with pytest.raises(Refused, match="may comment until"):
        flow.lock(cast, key)
    flow.comment(cast, key, "Now it is fair")
    assert "on an earlier statement" not in head.get(f"{HERE}{key}").text
    assert "Objective one was met" in head.get(f"{HERE}{key}/copies/1").text
    flow.lock(cast, key)
    assert "Objective one was met" not in head.get(f"{HERE}{key}/copies/2").text


def test_comments_on_a_locked_statement_stay_when_it_is_opened_again(cast: Cast):
    key = flow.to_locked(cast)
    version = flow.year(key).version
    head_statement_actions.reopen_year(by=cast.scope("chair"), at=AT, year=key, version=version, because="A figure")
    flow.draft(cast, key, standards="A good year")
    flow.give(cast, key)
    assert "I agree" in cast.client("headteacher").get(f"{HERE}{key}").text
    with pytest.raises(Refused, match="may comment until"):
        flow.lock(cast, key)


def test_a_statement_that_was_taken_back_is_lent_to_nobody_and_heard_by_nobody(cast: Cast):
    flow.join(cast, "hearer")
    flow.join(cast, "later")
    key = flow.to_given(cast, starts_in=THIS - 1)
    flow.take_back(cast, key)
    flow.give(cast, key)
    flow.comment(cast, key)
    flow.lock(cast, key)
    assert [each.given for each in HeadCopy.objects.order_by("number")] == [True, False]
    flow.appeal(cast, key)
    flow.hear_by(cast, key, "hearer")
    hearer = cast.client("hearer")
    assert [hearer.get(f"{HERE}{key}/copies/{number}").status_code for number in (1, 2)] == [404, 200]
    by, version = cast.scope("hearer", "own"), flow.year(key).version
    head_statement_actions.hear_appeal(
        by=by, at=AT, year=key, version=version, on=TODAY, result="dismissed", words="It stands"
    )
    flow.appoint(cast, panel=(cast.people["governor"].pk, cast.people["later"].pk))
    version = flow.year(key).version
    head_course_actions.lend_copies(by=cast.scope("headteacher"), at=AT, year=key, version=version, shown=True)
    early = [cast.client("later").get(f"{HERE}{key}/copies/{number}").status_code for number in (1, 2)]
    assert early == [404, 200]
    flow.past(key)
    for persona in ("later", "governor", "external_adviser"):
        found = [cast.client(persona).get(f"{HERE}{key}/copies/{number}").status_code for number in (1, 2)]
        assert found == [404, 200], persona
    assert cast.client("headteacher").get(f"{HERE}{key}/copies/1").status_code == 200


def test_whoever_hears_an_appeal_reads_no_note_evidence_or_own_view_in_a_copy_either(cast: Cast):
    flow.join(cast, "hearer")
    key = flow.to_met(cast)
    write = {"by": cast.scope("headteacher"), "at": AT, "year": key, "words": "I am tired", "shown": True}
    head_course_actions.write_head_reflection(**write, version=0)
    flow.draft(cast, key)
    flow.give(cast, key)
    flow.comment(cast, key)
    flow.lock(cast, key)
    flow.appeal(cast, key)
    flow.hear_by(cast, key, "hearer")
    at = f"{HERE}{key}/copies/1"
    panel, hearer = cast.client("governor").get(at).text, cast.client("hearer").get(at).text
    for words in ("All was looked at", "On the way", "I am tired"):
        assert words in panel
        assert words not in hearer
    for words in ("A strong year", "I agree", "Every pupil reads daily", "Its seal fits"):
        assert words in hearer


def test_copies_are_sealed_and_the_log_holds_the_seal(cast: Cast):
    key = flow.to_locked(cast)
    kept, head = HeadCopy.objects.get(), cast.client("headteacher")
    assert (
        f"Its seal fits, so it was never changed (it begins with {kept.seal[:12]})"
        in head.get(f"{HERE}{key}/copies/1").text
    )
    logged = b"".join(bytes(each.canonical) for each in AuditEvent.objects.filter(action="appraisal.lock_statement"))
    assert kept.seal.encode() in logged
    HeadCopy.objects.filter(pk=kept.pk).update(lines=kept.lines.replace("A strong year", "A weak year"))
    assert "Its seal does not fit: it was changed outside Headship" in head.get(f"{HERE}{key}/copies/1").text
    HeadCopy.objects.filter(pk=kept.pk).update(seal="", salt="")
    assert "It was kept before copies were sealed" in head.get(f"{HERE}{key}/copies/1").text


def test_of_two_open_years_each_says_which_it_is_and_takes_only_its_own(cast: Cast):
    """Every autumn last year's statement and this year's objectives are open at once."""
    last = flow.to_met(cast, starts_in=THIS - 1)
    this = flow.appoint(cast)
    chair, name = cast.client("chair"), "Ada Headteacher-Example"
    waits = {each.words: each.url for each in head_waiting.next_actions(cast.scope("chair"))}
    assert waits == {
        f"Write the headteacher's statement: {name}, {academic_year(THIS - 1)}": f"{HERE}{last}/statement",
        f"Draft the headteacher's objectives: {name}, {academic_year(THIS)}": f"{HERE}{this}/objective",
    }
    over = f"This is {academic_year(THIS - 1)}, which is over. This academic year is {academic_year(THIS)}."
    for path in ("", "/statement", "/meeting", "/advice"):
        assert over in chair.get(f"{HERE}{last}{path}").text
    page = chair.get(f"{HERE}{this}/objective").text
    assert "which is over" not in page
    assert f"This is about Ada Headteacher-Example, {academic_year(THIS)}" in page
    sent = {name: re.search(rf'name="{name}" value="(\d+)"', page)[1] for name in ("head", "starts_in")}
    aimed = sent | {"words": "Mine", "pupils": "All", "measure": "Tests", "once": str(uuid4())}
    assert "Tick whose appraisal it is" in chair.post(f"{HERE}{this}/objective", aimed).text
    judged = sent | {"standards": "Not here", "version": 0, "confirmed": "on"}
    astray = chair.post(f"{HERE}{last}/statement", judged).text
    assert f"These are Ada Headteacher-Example&#39;s, {academic_year(THIS - 1)}" in astray
    assert not HeadStatement.objects.exists()
    noted = _form(cast, this, words="Not here")
    assert "meant for somebody else or another year" in chair.post(f"{HERE}{last}/advice", noted).text
    assert not HeadNote.objects.filter(words="Not here").exists()
    events = head_waiting.calendar(cast.scope("clerk"), date(THIS, 9, 1), TODAY + 800 * DAY)
    assert {each.words for each in events} == {
        f"Headteacher's appraisal, {academic_year(each)}: statement due" for each in (THIS - 1, THIS)
    }
    assert chair.post(f"{HERE}{this}/objective", aimed | {"confirmed": "on"}).status_code == 302
    assert [each.words for each in head_queries.objectives(cast.scope("chair"), flow.year(this))] == ["Mine"]
