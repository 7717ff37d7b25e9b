"""An appeal against somebody's statement: within the school's days, heard by others, and who reads what until when."""

from datetime import timedelta
from uuid import uuid4

import pytest

from headship.appraisal import (
    staff_appeal_actions,
    staff_appeal_queries,
    staff_appeal_rules,
    staff_appeal_waiting,
    staff_copies,
    staff_course_actions,
    staff_cycle_actions,
    staff_moderation_actions,
    staff_waiting,
)
from headship.appraisal.head_choices import Result
from headship.appraisal.models import (
    StaffAppeal,
    StaffChange,
    StaffCycle,
    StaffHearer,
    StaffModeration,
    StaffReflection,
    StaffYear,
)
from headship.appraisal.staff_choices import STAFF_MOVES, StaffState
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.privacy import gathering
from tests import cast as everybody
from tests.appraisal.staff_flow import AT, TODAY, under_way, whose
from tests.appraisal.test_staff_year import complete, given, page, reviewed, stated, sure, url
from tests.cast import PERSONAS

GROUNDS = "The statement leaves out the June books"
REASONS = "The June books were not looked at"


def days(cast, year, number=10):
    """Let the school say within how many days somebody can appeal."""
    StaffCycle.objects.filter(pk=year.cycle_id).update(appeal_days=number)
    return year


def given_with_days(cast):
    return given(cast, days(cast, under_way(cast)))


def lodge(cast, year, who="teacher", at=AT, **more):
    told = sure(cast, year, who, at) | {"once": uuid4(), "grounds": GROUNDS, **more}
    return StaffAppeal.objects.get(pk=staff_appeal_actions.lodge_staff_appeal(**told))


def name(cast, appeal, *people, who="headteacher", **more):
    appeal.refresh_from_db()
    keys = [cast.people[each].pk for each in people]
    told = {"appeal": appeal.pk, "version": appeal.version, "people": keys, **more}
    staff_appeal_actions.name_staff_hearers(by=cast.scope(who), at=AT, **told)


def hear(cast, appeal, who="senior_leader", result=Result.DISMISSED, **more):
    appeal.refresh_from_db()
    told = {"appeal": appeal.pk, "version": appeal.version, "on": TODAY, "result": result, "words": REASONS, **more}
    staff_appeal_actions.hear_staff_appeal(by=cast.scope(who), at=AT, **told)


def waits(cast, who, module=staff_appeal_waiting):
    return [each.words for each in module.next_actions(cast.scope(who))]


def ask_again(cast, year):
    told = sure(cast, year, "headteacher") | {"once": uuid4(), "whose": whose(year), "words": "Why?"}
    staff_moderation_actions.ask_to_look_again(**told)
    staff_moderation_actions.answer_look(
        by=cast.scope("middle_leader"), at=AT, year=year.pk, version=1, words="I looked"
    )


def test_an_appeal_goes_from_the_statement_to_a_new_one_through_the_pages(cast):
    """The journey: appealed, named, heard and upheld, told, reviewed anew, given anew and sealed."""
    year = complete(cast, days(cast, under_way(cast)))
    teacher = cast.client("teacher")
    shown = teacher.get(url("staff-year", appraised=year.pk)).text
    at = url("staff-appeal", appraised=year.pk)
    assert at in shown
    year.refresh_from_db()
    assert teacher.post(at, {"grounds": GROUNDS, "once": uuid4(), "version": year.version}).status_code == 302
    (found,) = staff_appeal_waiting.next_actions(cast.scope("headteacher"))
    assert (found.words, found.minutes) == ("Name who hears an appeal against an appraisal", 5)
    form = {"people": [cast.people["senior_leader"].pk], "version": 1}
    assert cast.client("headteacher").post(found.url, form).status_code == 302
    assert waits(cast, "headteacher") == []
    (found,) = staff_appeal_waiting.next_actions(cast.scope("senior_leader"))
    assert (found.words, found.minutes) == ("Hear an appeal against an appraisal", 60)
    hearer = cast.client("senior_leader")
    assert GROUNDS in hearer.get(found.url).text
    appeal = StaffAppeal.objects.get()
    told = {"on_0": TODAY.day, "on_1": TODAY.month, "on_2": TODAY.year}
    told |= {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    heard = hearer.post(
        url("staff-appeal-hear", appeal=appeal.pk),
        {**told, "result": "upheld", "words": REASONS, "version": appeal.version},
    )
    assert heard.status_code == 302
    assert hearer.get(found.url).status_code == 404
    year.refresh_from_db()
    assert (year.state, year.given_on, year.completed_on) == (StaffState.REVIEWED, None, None)
    (found,) = staff_appeal_waiting.next_actions(cast.scope("teacher"))
    assert (found.words, found.minutes) == ("Read how your appeal ended", 5)
    shown = teacher.get(found.url).text
    assert REASONS in shown
    assert "Upheld: the statement is written anew" in shown
    assert teacher.post(url("staff-appeal-read", appraised=year.pk)).status_code == 302
    assert waits(cast, "teacher") == []
    reviewed(cast, year, "met", "met")
    stated(cast, year, overall="A strong year, June included")
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="Now it is whole")
    staff_course_actions.complete_staff_year(**sure(cast, year), whose=whose(year))
    first, second, third = year.copies.order_by("number")
    assert [each.heard for each in (first, second, third)] == [False, True, False]
    assert (second.opened_on, second.because) == (TODAY, "An appeal was upheld, for the reasons that stand in it.")
    assert GROUNDS not in first.lines
    for copy in (second, third):
        assert all(words in copy.lines for words in (GROUNDS, REASONS, "Upheld"))
        assert staff_copies.whole(copy)
    assert "A strong year, June included" in third.lines
    assert "As the appeal was heard, kept on" in page(cast, "teacher", year)


def test_a_statement_that_stands_puts_the_year_back_where_it_was(cast):
    year = given_with_days(cast)
    appeal = lodge(cast, year)
    name(cast, appeal, "senior_leader")
    hear(cast, appeal)
    year.refresh_from_db()
    assert (year.state, year.given_on) == (StaffState.GIVEN, TODAY)
    assert "Dismissed: the statement stands" in page(cast, "teacher", year)
    staff_course_actions.comment_on_staff_statement(**sure(cast, year, "teacher"), words="")
    staff_course_actions.complete_staff_year(**sure(cast, year), whose=whose(year))
    assert REASONS in year.copies.order_by("-number").first().lines
    assert Entry.objects.filter(kind="appraisal.staff_year", withdrawn_at=None).count() == 1


def test_an_appeal_against_a_complete_year_leaves_it_complete_or_withdraws_its_evidence(cast):
    year = complete(cast, days(cast, under_way(cast)))
    appeal = lodge(cast, year)
    name(cast, appeal, "senior_leader")
    hear(cast, appeal)
    year.refresh_from_db()
    assert year.state == StaffState.COMPLETE
    assert Entry.objects.filter(kind="appraisal.staff_year", withdrawn_at=None).exists()
    StaffAppeal.objects.update(former=True)  # as once a statement is given anew
    appeal = lodge(cast, year)
    name(cast, appeal, "senior_leader")
    hear(cast, appeal, result=Result.UPHELD)
    assert not Entry.objects.filter(kind="appraisal.staff_year", withdrawn_at=None).exists()


def test_only_those_who_hear_it_read_that_year_and_only_while_they_do(cast):
    year = given_with_days(cast)
    StaffReflection.objects.create(year=year, words="How I see it", shown_on=TODAY)
    ask = "What a headteacher before asked"
    asked = {
        "looked": "ratings",
        "by": cast.people["business_manager"],
        "on": TODAY,
        "settled_on": TODAY,
        "before": "[]",
    }
    StaffModeration.objects.create(year=year, once=uuid4(), asked=ask, **asked)
    appeal = lodge(cast, year)
    file, whole = url("staff-appeal-file", appeal=appeal.pk), url("staff-year", appraised=year.pk)
    name(cast, appeal, "senior_leader", "safeguarding_lead")
    for who, (_, posts) in PERSONAS.items():
        hears = who in {"senior_leader", "safeguarding_lead"}
        answered = cast.client(who).get(file)
        assert (answered.status_code == 200) == hears, who
        if hears:
            assert GROUNDS in answered.text
            assert "A strong year" in answered.text
            assert "How I see it" not in answered.text
            assert ask not in answered.text
        reads_year = cast.client(who).get(whole).status_code == 200
        assert reads_year == (who in {"headteacher", "middle_leader", "teacher"}), (who, posts)
    name(cast, appeal, "senior_leader")
    assert cast.client("safeguarding_lead").get(file).status_code == 404
    assert waits(cast, "safeguarding_lead") == []
    Post.objects.filter(person=cast.people["senior_leader"]).update(role="teacher")
    assert cast.client("senior_leader").get(file).status_code == 403
    assert waits(cast, "headteacher") == ["Name who hears an appeal against an appraisal"]


def test_where_the_headteacher_took_part_the_chair_names_governors(cast):
    year = reviewed(cast, days(cast, under_way(cast)))
    ask_again(cast, year)
    stated(cast, year)
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    appeal = lodge(cast, year)
    hearers = url("staff-appeal-hearers", appeal=appeal.pk)
    refused = cast.client("headteacher").get(hearers)
    assert refused.status_code == 403
    assert "the chair of governors names who hears the appeal" in refused.text
    assert waits(cast, "headteacher") == []
    with pytest.raises(Refused, match="chair of governors names"):
        name(cast, appeal, "senior_leader")
    assert waits(cast, "chair") == ["Name who hears an appeal against an appraisal"]
    shown = cast.client("chair").get(hearers).text
    assert "Cyril Governor-Example" in shown
    assert "Fatima Deputy-Example" not in shown
    assert GROUNDS not in shown
    with pytest.raises(Unusable, match="Choose who hears it from the list"):
        name(cast, appeal, "senior_leader", who="chair")
    name(cast, appeal, "governor", who="chair")
    assert waits(cast, "governor") == ["Hear an appeal against an appraisal"]
    assert GROUNDS in cast.client("governor").get(url("staff-appeal-file", appeal=appeal.pk)).text
    assert cast.client("governor").get(url("staff-year", appraised=year.pk)).status_code == 403
    assert cast.client("chair").get(url("staff-appeal-file", appeal=appeal.pk)).status_code == 404
    hear(cast, appeal, "governor")
    assert "Cyril Governor-Example" in page(cast, "teacher", year)  # who heard it stands in the history


def test_a_chair_learns_nothing_of_an_appeal_the_headteacher_names_for(cast):
    appeal = lodge(cast, given_with_days(cast))
    assert waits(cast, "chair") == []
    chair = cast.client("chair")
    assert chair.get(url("staff-appeal-hearers", appeal=appeal.pk)).status_code == 404
    assert "Hari" not in chair.get(url("staff-appeals")).text
    assert "Hari" in cast.client("headteacher").get(url("staff-appeals")).text


def test_nobody_hears_their_own(cast):
    year = given_with_days(cast)
    appeal = lodge(cast, year)
    for who in ("middle_leader", "teacher"):
        with pytest.raises(Unusable, match="Nobody hears an appeal against what they appraised or moderated"):
            name(cast, appeal, who)
    StaffHearer.objects.create(appeal=appeal, person=cast.people["middle_leader"], since=TODAY)  # as if named before
    assert cast.client("middle_leader").get(url("staff-appeal-file", appeal=appeal.pk)).status_code == 404
    with pytest.raises(Refused, match="Only those who were named"):
        hear(cast, appeal, "middle_leader")
    with pytest.raises(Refused, match="Only those who were named"):
        hear(cast, appeal, "senior_leader")


def test_whoever_appraised_before_does_not_hear_it_and_whoever_hears_does_not_appraise(cast):
    year = given_with_days(cast)
    year.refresh_from_db()
    hand_on = {"by": cast.scope("headteacher"), "at": AT, "year": year.pk}
    staff_cycle_actions.name_appraiser(**hand_on, version=year.version, appraiser=cast.people["safeguarding_lead"].pk)
    appeal = lodge(cast, year)
    with pytest.raises(Unusable, match="Nobody hears an appeal"):
        name(cast, appeal, "middle_leader")
    name(cast, appeal, "senior_leader")
    year.refresh_from_db()
    with pytest.raises(Unusable, match="They hear the appeal against this appraisal"):
        staff_cycle_actions.name_appraiser(**hand_on, version=year.version, appraiser=cast.people["senior_leader"].pk)
    assert StaffChange.objects.filter(appraising=True).values_list("by__name", flat=True).distinct().count() == 1


def test_when_whoever_hears_it_leaves_another_is_named(cast):
    appeal = lodge(cast, given_with_days(cast))
    name(cast, appeal, "senior_leader")
    assert waits(cast, "headteacher") == []
    Post.objects.filter(person=cast.people["senior_leader"]).update(ends_on=TODAY - timedelta(days=1))
    assert waits(cast, "headteacher") == ["Name who hears an appeal against an appraisal"]
    with pytest.raises(Unusable, match="Choose who hears it from the list"):
        name(cast, appeal, "senior_leader")
    with pytest.raises(Unusable, match="Choose at least one"):
        name(cast, appeal)
    name(cast, appeal, "safeguarding_lead")
    hear(cast, appeal, "safeguarding_lead")


def test_of_somebody_who_left_it_is_heard_before_their_year_is_closed(cast):
    year = given_with_days(cast)
    appeal = lodge(cast, year)
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=TODAY - timedelta(days=1))
    close = lambda: staff_cycle_actions.close_staff_year(**sure(cast, year, "headteacher"), because="Moved")  # noqa: E731  # twice
    with pytest.raises(Unusable, match="An appeal is being heard"):
        close()
    name(cast, appeal, "senior_leader")
    hear(cast, appeal)
    close()
    with pytest.raises(LookupError):
        lodge(cast, year)


def test_late_or_before_the_school_set_days_is_told(cast):
    year = given_with_days(cast)
    until = TODAY + timedelta(days=10)
    year.refresh_from_db()
    assert year.appeal_until == until
    StaffCycle.objects.update(appeal_days=1)  # what was set when it was given stands
    year.refresh_from_db()
    assert year.appeal_until == until
    with pytest.raises(Refused, match="You could appeal until"):
        lodge(cast, year, at=AT + timedelta(days=11))
    StaffYear.objects.update(appeal_until=None)
    with pytest.raises(Refused, match="Your school has not said within how many days"):
        lodge(cast, year)
    assert url("staff-appeal", appraised=year.pk) not in page(cast, "teacher", year)


def test_one_appeal_against_one_statement(cast):
    year = given_with_days(cast)
    once = uuid4()
    appeal = lodge(cast, year, once=once)
    assert lodge(cast, year, once=once).pk == appeal.pk
    with pytest.raises(Refused, match="it is being heard"):
        lodge(cast, year)
    name(cast, appeal, "senior_leader")
    hear(cast, appeal)
    with pytest.raises(Refused, match="You appealed against this statement already"):
        lodge(cast, year)
    staff_course_actions.take_back_staff_statement(**sure(cast, year), because="An error")
    with pytest.raises(Refused, match="Appeal once you were given"):
        lodge(cast, year)
    staff_course_actions.give_staff_statement(**sure(cast, year), whose=whose(year))
    assert lodge(cast, year).pk != appeal.pk


def test_nobody_else_appeals_and_nothing_moves_while_it_is_heard(cast):
    year = given_with_days(cast)
    for who in ("middle_leader", "headteacher"):
        with pytest.raises(Refused, match="Only the person"):
            lodge(cast, year, who)
    lodge(cast, year)
    for act, more in (
        (staff_course_actions.complete_staff_year, {"whose": whose(year)}),
        (staff_course_actions.give_staff_statement, {"whose": whose(year)}),
        (staff_course_actions.take_back_staff_statement, {"because": "So"}),
        (staff_course_actions.reopen_staff_year, {"because": "So"}),
    ):
        with pytest.raises(Refused):
            act(**sure(cast, year), **more)
    assert set(STAFF_MOVES[StaffState.APPEALED]) == {StaffState.COMPLETE, StaffState.GIVEN, StaffState.REVIEWED}


def test_what_cannot_be_said_of_a_hearing_is_told(cast):
    appeal = lodge(cast, given_with_days(cast))
    name(cast, appeal, "senior_leader")
    with pytest.raises(Unusable, match="cannot be in the future"):
        hear(cast, appeal, on=TODAY + timedelta(days=1))
    with pytest.raises(Unusable, match="cannot be before"):
        hear(cast, appeal, on=TODAY - timedelta(days=1))
    with pytest.raises(Stale):
        hear(cast, appeal, version=1)


def test_a_second_window_on_who_hears_it_keeps_what_was_chosen(cast):
    appeal = lodge(cast, given_with_days(cast))
    name(cast, appeal, "senior_leader")
    form = {"people": [cast.people["safeguarding_lead"].pk], "version": 1}
    at = url("staff-appeal-hearers", appeal=appeal.pk)
    assert cast.client("headteacher").post(at, form).status_code == 409
    assert cast.client("headteacher").post(at, form | {"version": 2}).status_code == 302


def test_without_a_headteacher_the_board_hears_it(cast):
    appeal = lodge(cast, given_with_days(cast))
    Post.objects.filter(role="headteacher", school=cast.school).update(ends_on=TODAY - timedelta(days=1))
    assert waits(cast, "chair") == ["Name who hears an appeal against an appraisal"]
    of = staff_appeal_queries.involved(cast.scope("chair"), appeal.year)
    assert of.by_board
    assert cast.people["governor"].pk in staff_appeal_queries.offered(cast.scope("chair"), of)


def test_only_whose_appeal_it_was_says_that_they_read_how_it_ended(cast):
    year = given_with_days(cast)
    appeal = lodge(cast, year)
    name(cast, appeal, "senior_leader")
    hear(cast, appeal)
    with pytest.raises(Refused):
        staff_appeal_actions.read_staff_outcome(by=cast.scope("middle_leader"), at=AT, year=year.pk)
    assert year.appeals.get().read_on is None
    staff_appeal_actions.read_staff_outcome(by=cast.scope("teacher"), at=AT, year=year.pk)
    assert year.appeals.get().read_on == TODAY


def test_another_school_has_no_part_in_it(cast):
    appeal = lodge(cast, given_with_days(cast))
    for name_ in ("staff-appeal-file", "staff-appeal-hearers", "staff-appeal-hear"):
        at = url(name_, everybody.OTHER, appeal=appeal.pk)
        assert cast.client("other_headteacher").get(at).status_code == 404


def test_the_persons_file_holds_their_appeal_and_the_log_no_word_of_it(cast):
    appeal = lodge(cast, given_with_days(cast))
    name(cast, appeal, "senior_leader")
    hear(cast, appeal)
    own = str(gathering.gather(gathering.subject_of(cast.people["teacher"]), None).parts)
    assert GROUNDS in own
    assert REASONS in own
    hearer = str(gathering.gather(gathering.subject_of(cast.people["senior_leader"]), None).parts)
    assert "Appeals against appraisals you were named to hear" in hearer
    assert GROUNDS not in hearer
    log = b"".join(bytes(each.canonical) for each in AuditEvent.objects.all())
    assert f'"hearer_{cast.people["senior_leader"].pk}":true'.encode() in log.replace(b" ", b"")
    assert GROUNDS.encode() not in log
    assert staff_appeal_rules.find(cast.scope("senior_leader")) is None
    assert [each for each in waits(cast, "middle_leader", staff_waiting) if "appeal " in each] == []
