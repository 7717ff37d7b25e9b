"""Support before capability: its moves, its timeline, what a formal step needs, and who is asked to do what."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from headship.appraisal import support_actions, support_documents, support_pages, support_queries, support_rules
from headship.appraisal.models import Support, SupportLine, SupportReview
from headship.appraisal.support_choices import MOVES, NOTED, OUTCOMES, OVER, Kind, Standing
from headship.core import registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.pages import in_words
from headship.evidence.models import Entry
from tests import cast as everybody
from tests.appraisal.support_flow import AT, DAY, TODAY, end, handed, note, offer, reply, review, running

pytestmark = pytest.mark.django_db
BEFORE = AT - 60 * DAY


def url(name, **keys):
    return reverse(name, kwargs={"urn": everybody.OWN, **keys})


def kinds(of):
    return [each.kind for each in of.lines.order_by("number")]


def test_it_is_offered_accepted_given_reviewed_and_ends_well(cast):
    support = offer(cast, at=BEFORE, aims="Calm starts")
    assert (support.standing, support.apart) == ("offered", False)
    assert reply(cast, support, at=BEFORE + DAY).standing == "accepted"
    assert note(cast, support, at=BEFORE + 2 * DAY).standing == "running"
    review(cast, support, at=BEFORE + 14 * DAY)
    end(cast, support)
    assert (support.standing, support.ended_on) == ("ended_well", TODAY)
    assert kinds(support) == ["offer", "aims", "reply", "help", "review", "outcome"]
    entry = Entry.objects.get(kind="appraisal.support")
    assert (entry.words, entry.visibility, entry.owner) == (
        "Support for a colleague ended well", "private", cast.people["headteacher"],
    )  # fmt: skip


def test_words_stand_with_whoever_wrote_them(cast):
    support = reply(cast, offer(cast), words="Only on Tuesdays")
    first, second = support.lines.order_by("number")
    lines = {each.kind: (each.said, each.reply, each.by_id) for each in (first, second)}
    assert lines == {
        "offer": ("Come and plan with me on Tuesdays", "", cast.people["headteacher"].pk),
        "reply": ("", "Only on Tuesdays", cast.people["teacher"].pk),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.filter(pk=first.pk).update(said="Both", reply="Both")


@pytest.mark.parametrize("standing", list(Standing))
def test_only_the_moves_of_the_table_are_made(cast, standing):
    support = running(cast, at=BEFORE)
    for days in (2, 1):
        review(cast, support, on=TODAY - days * DAY)
    note(cast, support, Kind.AIMS)
    note(cast, support, Kind.ASKED, "headteacher")
    Support.objects.filter(pk=support.pk).update(standing=standing)
    facts = support_queries.facts(support_queries.support(cast.scope("headteacher"), support.pk))
    assert support_rules.missing(facts) == []
    for to in Standing:
        allowed = to in MOVES[standing]
        assert (support_rules.outcome(facts, to) is None) is (allowed and to in OUTCOMES)
        assert (support_rules.answer(facts, to) is None) is (allowed and to in support_rules.answers(facts))


def test_a_formal_step_cannot_start_while_support_is_missing(cast):
    support = reply(cast, offer(cast, at=BEFORE), at=BEFORE)
    Support.objects.filter(pk=support.pk).update(standing=Standing.RUNNING)

    def refused():
        with pytest.raises(Unusable) as found:
            end(cast, support, Standing.FORMAL)
        return str(found.value)

    start = "A formal step cannot start while support is missing. Still missing: "
    asked = "the person's reply asked for, since the last review"
    aimed, helped = "what is aimed for", "help that was given"
    assert refused() == f"{start}{aimed}, {helped}, two reviews held (none was) and {asked}. Nothing was saved."
    note(cast, support, Kind.AIMS, at=BEFORE)
    note(cast, support, Kind.HELP, at=BEFORE)
    review(cast, support, at=BEFORE + DAY)
    review(cast, support, at=BEFORE + DAY)  # twice on one day is once
    assert refused() == f"{start}two reviews held (one was) and {asked}. Nothing was saved."
    note(cast, support, Kind.ASKED, "headteacher", at=BEFORE + 2 * DAY)
    review(cast, support, at=BEFORE + 3 * DAY)
    assert refused() == f"{start}{asked}. Nothing was saved."
    note(cast, support, Kind.ASKED, "headteacher", at=BEFORE + 4 * DAY)
    assert end(cast, support, Standing.FORMAL).standing == "formal"
    assert not support.lines.filter(kind=Kind.BASIS).exists()  # support was whole: there is nothing to explain
    assert not Entry.objects.filter(kind="appraisal.support").exists()


@pytest.mark.parametrize("declines", [True, False])
def test_support_that_nobody_takes_has_an_honest_end(cast, declines):
    """Declined or never answered: a reply asked for on two days, and then exactly that stands on the timeline."""
    support = offer(cast, at=BEFORE)
    if declines:
        support = reply(cast, support, Standing.DECLINED, at=BEFORE)
    lacking = "a reply asked for on two different days"
    with pytest.raises(Unusable, match=rf"{lacking} \(none was\)"):
        end(cast, support, Standing.FORMAL)
    for days in (1, 1):  # twice on one day is once
        note(cast, support, Kind.ASKED, "headteacher", at=BEFORE + days * DAY)
    with pytest.raises(Unusable, match=rf"{lacking} \(one was\)"):
        end(cast, support, Standing.FORMAL)
    note(cast, support, Kind.ASKED, "headteacher", at=BEFORE + 5 * DAY)
    head = cast.client("headteacher")
    page = head.get(url("support-end", support=support.pk)).text
    assert "A formal step follows" in page
    assert "If it goes on" not in page
    assert end(cast, support, Standing.FORMAL).standing == "formal"
    (line,) = support.lines.filter(kind=Kind.BASIS)
    first, last = (in_words(BEFORE + days * DAY) for days in (1, 5))
    assert line.said == (
        f"The offer of {in_words(BEFORE)} was {'declined' if declines else 'not answered'}. "
        f"A reply was asked for on {first} and {last}. Help noted: 0. Reviews held: 0."
    )
    assert line.said in cast.client("teacher").get(url("support", support=support.pk)).text
    assert head.get(url("support-correct", written=line.pk)).status_code == 403
    with pytest.raises(Refused, match="Only whoever wrote a line"):
        support_actions.correct_support(by=cast.scope("headteacher"), at=AT, once=uuid4(), line=line.pk, words="Less")


def test_whoever_accepted_is_helped_before_a_formal_step_however_often_they_are_asked(cast):
    support = reply(cast, offer(cast, at=BEFORE), at=BEFORE)
    for days in (1, 2, 3):
        note(cast, support, Kind.ASKED, "headteacher", at=BEFORE + days * DAY)
    facts = support_queries.facts(support)
    assert "help that was given" in support_rules.missing(facts)
    assert Standing.FORMAL not in support_rules.outcomes(facts)


def test_what_a_yes_has_answered_is_asked_twice_again_where_they_decline_afterwards(cast):
    support = offer(cast, at=BEFORE)
    for days in (1, 2):
        note(cast, support, Kind.ASKED, "headteacher", at=BEFORE + days * DAY)
    support = reply(cast, support, at=BEFORE + 3 * DAY)
    support = reply(cast, support, Standing.DECLINED, at=BEFORE + 4 * DAY)
    with pytest.raises(Unusable, match=r"two different days \(none was\)"):
        end(cast, support, Standing.FORMAL)
    for days in (5, 6):
        note(cast, support, Kind.ASKED, "headteacher", at=BEFORE + days * DAY)
    assert end(cast, support, Standing.FORMAL).standing == "formal"
    (line,) = support.lines.filter(kind=Kind.BASIS)
    asked = [in_words(BEFORE + days * DAY) in line.said for days in (1, 2, 5, 6)]
    assert asked == [False, False, True, True]


@pytest.mark.parametrize("kind", [Kind.ASKED, Kind.AIMS])
def test_a_request_is_noted_on_its_day_alone(cast, kind):
    support = offer(cast, at=BEFORE)
    with pytest.raises(Unusable, match="on the day itself"):
        note(cast, support, kind, "headteacher", at=BEFORE + 3 * DAY, on=timezone.localdate(BEFORE) + DAY)
    assert not support.lines.filter(kind=kind).exists()


def test_a_review_on_a_day_that_has_one_is_said_and_not_dropped(cast):
    day = TODAY + 14 * DAY
    with pytest.raises(Unusable, match="The second review is on the day of the first"):
        offer(cast, reviews=(day, day))
    support = reply(cast, offer(cast))
    with pytest.raises(Unusable, match=f"A review stands for {in_words(day)} already"):
        review(cast, support, next_on=day)
    assert support.reviews.count() == 2


def test_paper_names_everybody_and_when_each_line_was_written(cast):
    """Whoever prints it: it comes into other hands, where nobody is "you"."""
    support = review(cast, running(cast))
    teacher, helper = (cast.people[each].name for each in ("teacher", "middle_leader"))
    for persona in ("teacher", "middle_leader", "headteacher"):
        by = cast.scope(persona)
        page = support_pages.support_page(by, support_queries.support(by, support.pk), on_paper=True)
        paper = support_documents.timeline(by, page)
        words = str((paper.title, paper.about, paper.blocks))
        assert paper.title == f"Support for {teacher}"
        assert not re.search(r"\b[Yy]our?\b", words)
        assert words.count(f"Written by {helper} on {in_words(AT)} at {timezone.localtime(AT):%H:%M}.") == 2
        assert f"Written by {teacher} on {in_words(AT)} at " in words
        named = cast.client(persona).get(url("support-document", support=support.pk))["Content-Disposition"]
        assert f"support-for-{slugify(teacher)}.pdf" in named
    assert "Support for you" in cast.client("teacher").get(url("support", support=support.pk)).text


def test_the_list_says_who_sees_it(cast):
    assert "Who can see this" in cast.client("teacher").get(url("support-list")).text


def test_it_goes_on_with_a_day_and_ends_well_only_after_a_review(cast):
    support = running(cast, at=BEFORE)
    with pytest.raises(Unusable, match="Hold a review together"):
        end(cast, support)
    with pytest.raises(Unusable, match="Choose the day of the next review"):
        end(cast, support, Standing.EXTENDED)
    end(cast, support, Standing.EXTENDED, next_on=TODAY + 30 * DAY)
    assert (support.standing, support.ended_on) == ("extended", None)
    assert SupportReview.objects.filter(support=support, due_on=TODAY + 30 * DAY, held_on=None).exists()


def test_reviews_are_held_for_the_nearest_day_and_more_can_be_planned(cast):
    support = running(cast, at=BEFORE)
    review(cast, support, on=TODAY - 40 * DAY, next_on=TODAY + 20 * DAY)
    rows = support.reviews.order_by("due_on").values_list("due_on", "held_on")
    first = (BEFORE + 14 * DAY).date()
    assert [held for _, held in rows] == [TODAY - 40 * DAY, None, None]
    assert abs((rows[0][0] - first).days) <= 1
    for wrong, why in ((TODAY, "must be after today"), (TODAY + 400 * DAY, "within a year")):
        with pytest.raises(Unusable, match=why):
            review(cast, support, next_on=wrong)


def test_days_that_cannot_be_are_refused(cast):
    support = reply(cast, offer(cast))
    for wrong, why in ((TODAY + DAY, "in the future"), (TODAY - DAY, "Support was offered on")):
        with pytest.raises(Unusable, match=why):
            note(cast, support, on=wrong)
        with pytest.raises(Unusable, match=why):
            review(cast, support, on=wrong)
    for wrong in ((), (TODAY,), (TODAY + 400 * DAY,)):
        with pytest.raises(Unusable):
            offer(cast, reviews=wrong)


def test_an_offer_is_answered_before_help_is_noted(cast):
    support = offer(cast)
    for does in (lambda: note(cast, support), lambda: review(cast, support)):
        with pytest.raises(Refused, match="Nothing was answered to the offer yet"):
            does()
    assert note(cast, support, Kind.AIMS).standing == "offered"
    assert note(cast, support, Kind.ASKED, "headteacher").standing == "offered"
    with pytest.raises(Unusable, match="Say whether you accept the offer"):
        reply(cast, support, None)
    reply(cast, support, Standing.DECLINED)
    assert reply(cast, support, None).standing == "declined"
    assert reply(cast, support, Standing.ACCEPTED).standing == "accepted"
    note(cast, support)
    with pytest.raises(Unusable, match="Support that is running cannot become declined"):
        reply(cast, support, Standing.DECLINED)


def test_a_correction_is_a_line_of_its_own_by_its_writer(cast):
    support = running(cast)
    help_, own = (support.lines.get(kind=kind) for kind in (Kind.HELP, Kind.REPLY))

    def correct(line, who, words="Rather so"):
        return support_actions.correct_support(by=cast.scope(who), at=AT, once=uuid4(), line=line.pk, words=words)

    made = [SupportLine.objects.get(pk=correct(line, who)) for line, who in
            ((help_, "middle_leader"), (own, "teacher"))]  # fmt: skip
    assert [(each.kind, each.corrects_id, each.said, each.reply) for each in made] == [
        ("correction", help_.pk, "Rather so", ""), ("correction", own.pk, "", "Rather so"),
    ]  # fmt: skip
    help_.refresh_from_db()
    assert help_.said == "We planned a week together"
    for line, who in ((help_, "headteacher"), (own, "middle_leader"), (help_, "teacher")):
        with pytest.raises(Refused, match="Only whoever wrote a line"):
            correct(line, who)
    support.refresh_from_db()
    end(cast, review(cast, support))
    assert correct(help_, "middle_leader")  # what was written can be put right after it ended


def test_what_has_ended_takes_no_more(cast):
    support = end(cast, review(cast, running(cast)))
    assert support.standing in OVER
    for does in (
        lambda: note(cast, support),
        lambda: review(cast, support),
        lambda: reply(cast, support, None),
        lambda: end(cast, support, Standing.CLOSED),
        lambda: handed(cast, support, "senior_leader"),
    ):
        with pytest.raises(Refused, match="This support has ended"):
            does()


def test_each_does_only_what_is_theirs(cast):
    support = running(cast)
    for who in ("headteacher", "middle_leader"):
        with pytest.raises(Refused, match="Only the person who is supported replies"):
            reply(cast, support, None, who)
    for does in (lambda: note(cast, support, Kind.HELP, "teacher"), lambda: review(cast, support, "teacher")):
        with pytest.raises(Refused, match="noted by whoever gives the support"):
            does()
    for who in ("teacher", "middle_leader"):
        with pytest.raises(Refused, match="whoever leads the support"):
            end(cast, support, Standing.CLOSED, who)
        with pytest.raises(Refused, match=r"Ask (one of )?them"):
            note(cast, support, Kind.ASKED, who)
        with pytest.raises(Refused, match="Support is offered by the headteacher"):
            offer(cast, "support_staff", who=who)
    assert note(cast, support, who="headteacher").standing == "running"


def test_the_same_form_sent_twice_is_one(cast):
    once, by = uuid4(), cast.scope("headteacher")
    offered = support_actions.Offered(
        cast.people["teacher"].pk, cast.people["middle_leader"].pk, "Come", (TODAY + DAY,), "Calm"
    )
    keys = {support_actions.offer_support(by=by, at=AT, once=once, offered=offered) for _ in range(2)}
    assert len(keys) == Support.objects.count() == 1
    assert SupportLine.objects.count() == 2
    support = reply(cast, Support.objects.get())
    by, once = cast.scope("middle_leader"), uuid4()
    more = {"by": by, "at": AT, "once": once, "support": support.pk}
    assert len({support_actions.note_support(**more, kind=Kind.HELP, on=TODAY, said="So") for _ in range(2)}) == 1
    with pytest.raises(Stale):  # the same form with other words: they are not dropped unsaid
        support_actions.note_support(**more, kind=Kind.HELP, on=TODAY, said="Otherwise")
    reviewed = support_actions.Reviewed(TODAY, "Good")
    more |= {"once": uuid4(), "version": Support.objects.get().version}
    assert len({support_actions.review_support(**more, reviewed=reviewed) for _ in range(2)}) == 1
    more |= {"once": uuid4(), "version": Support.objects.get().version, "by": cast.scope("headteacher")}
    more_ended = {**more, "ended": support_actions.Ended(Standing.ENDED_WELL, "Good")}
    assert len({support_actions.end_support(**more_ended) for _ in range(2)}) == 1
    assert SupportLine.objects.count() == 6


def test_two_who_write_at_once_are_told_and_nothing_is_lost(cast):
    support = running(cast)
    before = support.version
    note(cast, support, words="Meanwhile")
    support.version = before
    for does in (
        lambda: review(cast, support),
        lambda: end(cast, support, Standing.CLOSED),
        lambda: handed(cast, support, "senior_leader"),
        lambda: reply(cast, support, None),
    ):
        with pytest.raises(Stale, match="Read theirs, then save again"):
            does()
        support.version = before
    client = cast.client("headteacher")
    at = url("support-end", support=support.pk)
    typed = {"to": "closed", "said": "My long words", "once": uuid4(), "version": before}
    page = client.post(at, typed)
    assert "Somebody changed this while you were writing" in page.text
    assert "My long words" in page.text
    now = Support.objects.get(pk=support.pk)
    assert f'name="version" value="{now.version}"' in page.text.replace("  ", " ")
    assert client.post(at, {**typed, "version": now.version}).status_code == 302


def test_everything_is_told_to_the_installations_audit_alone(cast):
    before = AuditEvent.objects.filter(chain=cast.school.pk).count()
    support = end(cast, handed(cast, review(cast, running(cast)), "senior_leader"), Standing.CLOSED)
    assert AuditEvent.objects.filter(chain=cast.school.pk).count() == before
    assert AuditEvent.objects.filter(chain=0, subject=f"appraisal.Support:{support.pk}").count() == 6


# --- what waits


def waits(cast, persona):
    return [
        (each.words, each.due_on)
        for each in registry.modules()[[m.name for m in registry.modules()].index("appraisal")].next_actions(
            cast.scope(persona)
        )
        if "support/" in each.url
    ]


REPLY, HOLD = "Reply: something was written to you", "Hold a review, and note what was seen"


def test_it_waits_for_whoever_is_next(cast):
    support = offer(cast, at=AT - 10 * DAY)
    assert waits(cast, "teacher") == [(REPLY, None)]
    assert waits(cast, "middle_leader") == waits(cast, "headteacher") == []
    reply(cast, support)
    assert waits(cast, "teacher") == []
    assert waits(cast, "middle_leader") == [(HOLD, TODAY + 4 * DAY)]
    assert waits(cast, "headteacher") == []
    first = support.reviews.order_by("due_on").first()
    SupportReview.objects.filter(pk=first.pk).update(due_on=TODAY - DAY)
    assert waits(cast, "middle_leader") == waits(cast, "headteacher") == [(HOLD, TODAY - DAY)]
    note(cast, support, Kind.ASKED, "headteacher")
    assert waits(cast, "teacher") == [(REPLY, None)]
    events = {
        persona: [each.on for module in registry.modules() for each in module.calendar(
            cast.scope(persona), TODAY, TODAY + timedelta(days=60)) if each.words == "A review"]
        for persona in ("teacher", "middle_leader", "headteacher", "senior_leader", "chair")
    }  # fmt: skip
    second = support.reviews.order_by("-due_on").first().due_on
    assert events == {
        "teacher": [second], "middle_leader": [second], "headteacher": [second], "senior_leader": [], "chair": [],
    }  # fmt: skip


def test_pages_lead_from_one_next_action(cast):
    support = offer(cast)
    teacher = cast.client("teacher")
    page = teacher.get(url("support", support=support.pk)).text
    assert "Answer the offer" in page
    at = url("support-reply", support=support.pk)
    assert "Say whether you accept" in teacher.post(at, {"reply": "Hm", "once": uuid4(), "version": 1}).text
    answer = teacher.post(at, {"to": "accepted", "reply": "With pleasure", "once": uuid4(), "version": 1})
    assert answer.status_code == 302
    helper = cast.client("middle_leader")
    for kind in NOTED:
        if kind is not Kind.ASKED:
            form = {
                "said": "Together",
                "once": uuid4(),
                "on_day": TODAY.day,
                "on_month": TODAY.month,
                "on_year": TODAY.year,
            }
            assert helper.post(url("support-note", support=support.pk, kind=kind.value), form).status_code == 302
    assert helper.get(url("support-note", support=support.pk, kind="offer")).status_code == 404
    head = cast.client("headteacher")
    assert "Ask for a reply" in head.get(url("support", support=support.pk)).text
    assert "two reviews held (none was)" in head.get(url("support", support=support.pk)).text
    assert "two reviews held" not in teacher.get(url("support", support=support.pk)).text
    page = head.post(
        url("support-end", support=support.pk),
        {"to": "formal", "said": "It must be", "once": uuid4(), "version": Support.objects.get().version},
    ).text
    assert "A formal step cannot start while support is missing" in page
    assert "It must be" in page


def test_the_offer_form_makes_it(cast):
    head = cast.client("headteacher")
    page = head.get(url("support-offer")).text
    assert "Hari Teacher-Example" in page
    day = TODAY + 14 * DAY
    form = {
        "person": cast.people["teacher"].pk, "supporter": cast.people["middle_leader"].pk, "said": "Come", "aims": "",
        "first_on_day": day.day, "first_on_month": day.month, "first_on_year": day.year, "once": uuid4(),
    }  # fmt: skip
    same = head.post(url("support-offer"), {**form, "supporter": form["person"]}).text
    assert "somebody other than whom it is for" in same
    assert head.post(url("support-offer"), form).status_code == 302
    assert Support.objects.count() == 1
    support = reply(cast, Support.objects.get())
    at = url("support-review", support=support.pk)
    today = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    helper = cast.client("middle_leader")
    reviewed = {**today, "said": "Good", "once": uuid4(), "version": support.version}
    assert helper.post(at, reviewed).status_code == 302
    at = url("support-hand", support=support.pk)
    given = {"supporter": cast.people["senior_leader"].pk, "said": "Time", "once": uuid4(),
             "version": support.version + 1}  # fmt: skip
    assert head.post(at, given).status_code == 302
    line = support.lines.get(kind="reply")
    at = url("support-correct", written=line.pk)
    assert cast.client("teacher").post(at, {"words": "Or so", "once": uuid4()}).status_code == 302


def test_documents_hold_the_whole_timeline(cast):
    support = review(cast, running(cast))
    client = cast.client("teacher")
    for query in ({}, {"as": "word"}):
        assert client.get(url("support-document", support=support.pk), query).status_code == 200
