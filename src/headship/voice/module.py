"""What `voice` offers the rest of the house."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from headship.core.personal import Fate
from headship.core.registry import (
    CalendarEvent,
    EvidenceKind,
    Module,
    NavigationItem,
    News,
    NextAction,
    Permit,
    PersonData,
    Retention,
    SourcePage,
    Upkeep,
)
from headship.core.scope import Scope
from headship.voice import complaint_queries, complaint_rules, complaint_waiting, pages, queries, rules, upkeep, waiting
from headship.voice.complaint_choices import KEPT_MONTHS

SCHOOL_RULE = "The school's own rule: what people said is compared from year to year."
SAME = "As long as its survey"
COMPLAINT_RULE = "The school's own rule: long enough for whoever complained to come back, and for patterns to be seen."
AS_COMPLAINT = "As long as its complaint"
GROUP = "Listening"


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the last days of open surveys on the calendar, and to those who know of them the days complaints are due."""
    if rules.see_surveys(scope) is None:
        for each in queries.closing_between(scope, since, until):
            url = pages.address(scope, "survey", survey=each.pk)
            yield CalendarEvent(each.closes_on, each.closes_on, f"Last day to answer: {each.title}", url=url)
        yield from complaint_waiting.calendar(scope, since, until)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Say which surveys closed whose results the reader may see, which promises were kept, and what kind was said."""
    if rules.see_surveys(scope) is None:
        yield from waiting.news(scope, since)
        yield from complaint_waiting.news(scope, since)
    if scope.has(*rules.SHOWN_TO):
        yield from waiting.shown(scope, since)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Say what waits: surveys to open or close, promises that are due, complaints to answer, kind words to pass on."""
    if rules.see_surveys(scope) is None:
        yield from waiting.next_actions(scope)
        yield from complaint_waiting.next_actions(scope)


MODULE = Module(
    name="voice",
    label="Voice",
    purpose="To hear staff, pupils, parents and governors, nobody being found out, and to do something about it.",
    characteristics=("1.2", "2.4", "3.1", "P"),
    navigation=(
        NavigationItem("People", "Surveys and feedback", "surveys", rules.see_surveys, GROUP),
        NavigationItem("People", "You said, we did", "promises", rules.see_surveys, GROUP),
        NavigationItem("People", "Feedback shown to you", "feedback-shown-list", rules.find_shown, GROUP),
        NavigationItem("People", "Compliments and complaints", "complaints", complaint_rules.open_list, GROUP),
        NavigationItem("Board", "Compliments and complaints", "complaints-year", complaint_rules.see_counts),
    ),
    evidence_kinds=(
        EvidenceKind("voice.survey", "survey", "surveys"),
        EvidenceKind("voice.feedback", "feedback", "rounds of feedback"),
        EvidenceKind("voice.promise", "promise kept", "promises kept"),
        EvidenceKind("voice.complaint", "complaint closed", "complaints closed"),
        EvidenceKind("voice.lesson", "learned from a complaint", "lessons of complaints"),
        EvidenceKind("voice.compliment", "compliment passed on", "compliments passed on"),
    ),
    sources=(
        SourcePage("voice.Survey", "survey", "survey", rules.see_surveys),
        SourcePage("voice.Promise", "promise", "promise", rules.see_surveys),
        SourcePage("voice.Complaint", "complaint", "complaint", complaint_rules.open_list),
        SourcePage("voice.Lesson", "lesson", "lesson", complaint_rules.open_list),
        SourcePage("voice.Compliment", "compliment", "compliment", complaint_rules.open_list),
    ),
    next_actions=next_actions,
    calendar=calendar,
    news=news,
    upkeep=(
        Upkeep(
            "voice.close_overdue",
            "Close surveys whose last day is over, and decide what is shown",
            timedelta(hours=1),
            upkeep.close_overdue,
        ),
        Upkeep(
            "voice.count_progress",
            "Count once a day how far open surveys have come",
            timedelta(hours=1),
            upkeep.count_progress,
        ),
        Upkeep(
            "voice.set_apart",
            "Hand complaints about whoever became headteacher to the chair",
            timedelta(hours=1),
            upkeep.set_apart,
        ),
    ),
    permits=(Permit("voice:read", "Read surveys I may see, what they released, and what was promised"),),
    person_data=(
        PersonData(
            "voice.Survey",
            ("about",),
            "feedback on a person is theirs alone, and goes with them",
            heading="Feedback on you",
            own=True,
            fate=Fate.DELETE,
        ),
        PersonData(
            "voice.Survey",
            ("run_by", "typist"),
            "a survey of the school stays, with whoever ran it",
            heading="Surveys you ran",
            readable=queries.surveys_read,
        ),
        PersonData(
            "voice.Invitation",
            ("person",),
            "who was asked, and whether they answered, goes; what was answered was never kept with it",
            heading="Surveys you were asked to answer",
            whose=("person", "email"),
            secrets=("token_hash", "sealed_token", "used"),
            fate=Fate.DELETE,
        ),
        PersonData("voice.Sheet", (), "nobody's: it names nobody and is deleted when its survey closes", whose=(),
                   heading="Sealed answers", secrets=("sealed",)),
        PersonData("voice.Comment", (), "kept: it names nobody but who chose to be named", whose=(),
                   heading="Words written in surveys", passages=("words",), others=("named",),
                   readable=queries.words_read),
        PersonData(
            "voice.FeedbackShare",
            ("reader",),
            "goes with whoever it is about, and with whoever it was shown to",
            heading="Feedback shown to you, or by you to others",
            whose=("reader", "survey__about"),
            own=True,
            fate=Fate.DELETE,
        ),
        PersonData(
            "voice.Promise", ("owner",), "kept: the school's own record of what it promised",
            heading="Promises you made",
        ),
        PersonData(
            "voice.Complaint",
            ("about", "owner", "recorded_by"),
            "kept: the school's record of what was complained of and answered",
            heading="Complaints you answer",
            whose=("owner",),
            others=("from_name", "from_contact", "about", "recorded_by"),
            passages=("said",),
            concerns=("about",),
            readable=complaint_queries.may_be_read,
        ),
        PersonData(
            "voice.ComplaintStep",
            ("by",),
            "kept with its complaint",
            heading="What you did about complaints",
            passages=("found", "answered"),
            concerns=("complaint__about",),
            readable=complaint_queries.steps_read,
        ),
        PersonData(
            "voice.ComplaintReader",
            ("person",),
            "kept with its complaint: who has no post here sees nothing any more",
            heading="Complaints you were named for",
            readable=complaint_queries.steps_read,
        ),
        PersonData(
            "voice.Lesson",
            ("owner",),
            "kept: what the school learned",
            heading="What you do because of a complaint",
            passages=("learned",),
            readable=complaint_queries.steps_read,
        ),
        PersonData(
            "voice.Compliment",
            ("about", "recorded_by"),
            "kept: something kind stays with the school until its time is over",
            heading="Something kind about you",
            whose=("about",),
            others=("from_name", "from_contact", "recorded_by"),
            passages=("said",),
        ),
    ),
    retention=(
        Retention("voice.Survey", "surveys", "The academic year and six more", SCHOOL_RULE, "made_on", 84, Fate.DELETE),
        Retention("voice.Invitation", "who was asked in surveys", SAME, SCHOOL_RULE, follows="voice.Survey"),
        Retention("voice.Sheet", "sealed answers", "Until their survey closes", "Nobody may find out who said what.",
                  follows="voice.Survey"),
        Retention("voice.Figure", "what surveys released", SAME, SCHOOL_RULE, follows="voice.Survey"),
        Retention("voice.Comment", "words written in surveys", SAME, SCHOOL_RULE, follows="voice.Survey"),
        Retention("voice.FeedbackShare", "to whom feedback was shown", SAME, "Whoever it is about reads who saw what.",
                  follows="voice.Survey"),
        Retention("voice.Promise", "promises about surveys", SAME, SCHOOL_RULE, follows="voice.Survey"),
        Retention("voice.Complaint", "complaints", "Six years after it was closed", COMPLAINT_RULE, months=KEPT_MONTHS,
                  fate=Fate.DELETE, due=complaint_queries.over),
        Retention("voice.ComplaintStep", "what was done about complaints", AS_COMPLAINT, COMPLAINT_RULE,
                  follows="voice.Complaint"),
        Retention("voice.ComplaintReader", "who was named for complaints", AS_COMPLAINT, COMPLAINT_RULE,
                  follows="voice.Complaint"),
        Retention("voice.Lesson", "what was learned from complaints", AS_COMPLAINT, COMPLAINT_RULE,
                  follows="voice.Complaint"),
        Retention("voice.Compliment", "compliments", "Three years after it was received",
                  "The school's own rule: kind words are passed on, and need not be kept for ever.", "received_on", 36,
                  Fate.DELETE),
        Retention("voice.Procedure", "the complaints procedure", "For as long as the school uses Headship",
                  "It is the school's own procedure, with nobody in it."),
    ),
)  # fmt: skip
