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
    PersonData,
    Retention,
    SourcePage,
    Upkeep,
)
from headship.core.scope import Scope
from headship.voice import pages, queries, rules, upkeep, waiting

SCHOOL_RULE = "The school's own rule: what people said is compared from year to year."
SAME = "As long as its survey"


def calendar(scope: Scope, since: date, until: date) -> Iterator[CalendarEvent]:
    """Put the last days of open surveys of the school on the calendar."""
    if rules.see_surveys(scope) is None:
        for each in queries.closing_between(scope, since, until):
            url = pages.address(scope, "survey", survey=each.pk)
            yield CalendarEvent(each.closes_on, each.closes_on, f"Last day to answer: {each.title}", url=url)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Say which surveys closed whose results the reader may see, and which promises were kept."""
    if rules.see_surveys(scope) is None:
        yield from waiting.news(scope, since)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Say what waits: a survey past its last day, one never opened, a promise that is due."""
    if rules.see_surveys(scope) is None:
        yield from waiting.next_actions(scope)


MODULE = Module(
    name="voice",
    label="Voice",
    purpose="To hear staff, pupils, parents and governors, nobody being found out, and to do something about it.",
    characteristics=("1.2", "2.4", "P"),
    navigation=(
        NavigationItem("People", "Surveys and feedback", "surveys", rules.see_surveys),
        NavigationItem("People", "You said, we did", "promises", rules.see_surveys),
    ),
    evidence_kinds=(
        EvidenceKind("voice.survey", "survey", "surveys"),
        EvidenceKind("voice.feedback", "feedback", "rounds of feedback"),
        EvidenceKind("voice.promise", "promise kept", "promises kept"),
    ),
    sources=(
        SourcePage("voice.Survey", "survey", "survey", rules.see_surveys),
        SourcePage("voice.Promise", "promise", "promise", rules.see_surveys),
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
    ),
    person_data=(
        PersonData(
            "voice.Survey",
            ("about", "run_by"),
            "feedback on a person goes with them; a survey of the school stays, with whoever ran it",
            heading="Surveys you ran, and feedback on you",
            own=False,
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
                   heading="Words written in surveys", passages=("words",), others=("named",)),
        PersonData(
            "voice.Promise", ("owner",), "kept: the school's own record of what it promised",
            heading="Promises you made",
        ),
    ),
    retention=(
        Retention("voice.Survey", "surveys", "The academic year and six more", SCHOOL_RULE, "made_on", 84, Fate.DELETE),
        Retention("voice.Invitation", "who was asked in surveys", SAME, SCHOOL_RULE, follows="voice.Survey"),
        Retention("voice.Sheet", "sealed answers", "Until their survey closes", "Nobody may find out who said what.",
                  follows="voice.Survey"),
        Retention("voice.Figure", "what surveys released", SAME, SCHOOL_RULE, follows="voice.Survey"),
        Retention("voice.Comment", "words written in surveys", SAME, SCHOOL_RULE, follows="voice.Survey"),
        Retention("voice.Promise", "promises about surveys", SAME, SCHOOL_RULE, follows="voice.Survey"),
    ),
)  # fmt: skip
