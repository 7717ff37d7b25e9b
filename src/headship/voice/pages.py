"""Exactly what each screen of those who run surveys shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.voice import foresight, instruments, known, queries, rules, share_queries, translation_queries
from headship.voice.choices import COMMENTS, GROUP_OF, RELATIONS, STANDS, Counted, Known, State, Why
from headship.voice.instruments import Instrument
from headship.voice.languages import LANGUAGES
from headship.voice.models import Survey


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One survey in the list."""

    title: str
    url: str
    facts: str
    state: str
    waits: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Feedback that somebody shows the reader."""

    title: str
    facts: str
    url: str


@dataclass(frozen=True, slots=True)
class SurveysPage:
    """The surveys a reader knows of."""

    title: str
    rows: Sequence[SurveyRow]
    promises_url: str
    new_url: str
    cannot_run: str | None
    shown: Sequence[ShownRow] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """An instrument that a reader can begin with."""

    title: str
    purpose: str
    facts: str
    url: str


@dataclass(frozen=True, slots=True)
class OffersPage:
    """What a reader can ask with."""

    title: str
    about_me: Sequence[Offer]
    about_school: Sequence[Offer]
    back: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form. `aside` explains."""

    title: str
    form: Form
    button: str
    back: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do before a survey can open, and what was done of it."""

    words: str
    done: str
    url: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A survey being prepared: what is left to do, how many of each group are asked and what can be shown of it."""

    title: str
    state: str
    steps: Sequence[Step]
    groups: Sequence[tuple[str, int, str, str]]
    written: str
    unshown: Sequence[tuple[str, str]]
    fewest: int
    asked: int
    uncounted: str
    seen_by: str
    cannot_open: str | None
    open_url: str
    drop_url: str
    version: int
    list_url: str


@dataclass(frozen=True, slots=True)
class OpenPage:
    """An open survey: how far it has come in steps, and what its runner can do."""

    title: str
    state: str
    until: str
    progress: Sequence[tuple[str, str, str]]
    counted: str
    questions: Sequence[str]
    seen_by: str
    cannot_change: str | None
    remind_url: str
    reminded_today: bool
    paper_url: str
    typing_url: str
    links_url: str
    unmailed: int
    close_url: str
    own_url: str
    own_done: bool
    version: int
    list_url: str


def surveys_page(scope: Scope) -> SurveysPage:
    """Arrange the list."""
    may = rules.run_surveys(scope)
    feedback = any(rules.ask_about_myself(scope, each) is None for each in rules.FEEDBACK_FOR)
    return SurveysPage(
        title="Surveys and feedback",
        rows=[_row(scope, each) for each in queries.surveys(scope)],
        promises_url=address(scope, "promises"),
        new_url=address(scope, "survey-new"),
        cannot_run=None if feedback else may,
        shown=shown_rows(scope),
    )


def shown_rows(scope: Scope) -> list[ShownRow]:
    """Return what others show the reader today."""
    return [
        ShownRow(
            f"{each.survey.title}: feedback on {each.survey.about.name}",
            f"For {Why(each.why).words.lower()}, until {in_words(each.until)}",
            address(scope, "feedback-shown", share=each.pk),
        )
        for each in share_queries.shown_to_me(scope)
        if each.survey.about
    ]


def _row(scope: Scope, survey: Survey) -> SurveyRow:
    when = {
        State.DRAFT: f"to be answered until {in_words(survey.closes_on)}",
        State.OPEN: f"open until {in_words(survey.closes_on)}",
        State.CLOSED: f"closed on {in_words(survey.closed_on)}",
    }[State(survey.state)]
    whose = "about you" if survey.about_id else f"run by {survey.run_by.name}"
    return SurveyRow(
        survey.title,
        address(scope, "survey", survey=survey.pk),
        f"{when[:1].upper()}{when[1:]} · {whose}",
        State(survey.state).words,
        survey.state != State.CLOSED,
    )


def offers_page(scope: Scope) -> OffersPage:
    """Arrange what a reader can ask with."""
    open_to = [each for each in instruments.instruments().values() if rules.prepare(scope, each.code) is None]
    return OffersPage(
        title="What do you want to ask?",
        about_me=[_offer(scope, each) for each in open_to if each.about_person],
        about_school=[_offer(scope, each) for each in open_to if not each.about_person],
        back=address(scope, "surveys"),
    )


def _offer(scope: Scope, each: Instrument) -> Offer:
    minutes = f"about {each.minutes} minute{'' if each.minutes == 1 else 's'}"
    asked = sum(question.kind == instruments.CHOICE for question in each.questions)
    facts = f"{asked} questions, {minutes} to answer"
    return Offer(each.title, each.purpose, facts, address(scope, "survey-prepare", instrument=each.code))


def draft_page(scope: Scope, survey: Survey, unshown: Sequence[tuple[str, str]] = ()) -> DraftPage:
    """Arrange a survey that is being prepared; `unshown` are statements of which nothing can be shown."""
    asked, counted = survey.invitations.count(), known.counted(survey, scope.at)
    count = len(survey.questions)
    own = {"survey": survey.pk}
    return DraftPage(
        title=survey.title,
        state=State(survey.state).words,
        steps=(
            Step("What is asked", f"{count} question{'' if count == 1 else 's'}, until {in_words(survey.closes_on)}",
                 address(scope, "survey-change", **own)),
            Step("Who is asked", _asked(asked, queries.to_print(survey).count()),
                 address(scope, "survey-people", **own)),
            Step("Languages besides English", _languages(survey), address(scope, "survey-languages", **own)),
            Step("Read it as they will", "Preview", address(scope, "survey-preview", **own)),
        ),
        groups=_groups(survey, scope.at),
        written=_written(asked, survey.fewest),
        unshown=unshown,
        fewest=survey.fewest,
        asked=asked,
        uncounted=_uncounted(counted),
        seen_by=seen_by(survey),
        cannot_open=rules.open_with(counted) or rules.enough_asked(counted.counting, survey.fewest),
        open_url=address(scope, "survey-open", **own),
        drop_url=address(scope, "survey-drop", **own),
        version=survey.version,
        list_url=address(scope, "surveys"),
    )  # fmt: skip


def _asked(count: int, printed: int) -> str:
    """Say how many are asked, and how many of them by a link that has to be printed.

    >>> _asked(0, 0), _asked(12, 0), _asked(12, 3)
    ('Nobody yet', '12 asked', '12 asked, 3 of them by a printed link, who have no e-mail address here')
    """
    who = "who has" if printed == 1 else "who have"
    more = f", {printed} of them by a printed link, {who} no e-mail address here" if printed else ""
    return f"{count} asked{more}" if count else "Nobody yet"


def _uncounted(asked: Counted) -> str:
    """Say how many answer without counting toward how few are shown, and why."""
    if not asked.unsure:
        return ""
    return (
        f"{asked.unsure} of those asked by name answer with the others, but do not count toward how few are shown: "
        f"they have no e-mail address here, share one, or it has stood here for less than {STANDS.days} days."
    )


def _languages(survey: Survey) -> str:
    begun = [LANGUAGES[code] for code in survey.translations if code in LANGUAGES]
    ready = translation_queries.offered(survey)
    return ", ".join(f"{each.english}{'' if each in ready else ' (texts lack)'}" for each in begun) or "None"


def _groups(survey: Survey, at: datetime) -> list[tuple[str, int, str, str]]:
    """Return what can be shown of everybody and of each group, as the audit would have it."""
    named = known.of(survey, at)
    rows = list(survey.invitations.order_by("pk").values_list("pk", "groups"))
    asked = [groups for _, groups in rows]
    found = foresight.foreseen(asked, [named.get(key, Known.NOBODY) for key, _ in rows], survey.fewest)
    return [(group_words(each.group) or "Everybody", each.asked, each.figures, each.spread) for each in found]


def _written(asked: int, fewest: int) -> str:
    least = max(fewest, COMMENTS)
    if asked < least:
        return f"What people write is shown from {least} who write to a question: fewer are asked."
    return f"What people write is shown where at least {least} of those asked write to a question."


def _counted(survey: Survey) -> str:
    if survey.counted_on is None:
        return "How many have answered is counted once a day, from tomorrow on, so that nobody can see who just did."
    return f"Counted on {in_words(survey.counted_on)}, in fives, once a day: nobody can see who has just answered."


def open_page(scope: Scope, survey: Survey) -> OpenPage:
    """Arrange an open survey."""
    own = {"survey": survey.pk}
    runs = survey.run_by_id == scope.person_id
    return OpenPage(
        title=survey.title,
        state=State(survey.state).words,
        until=in_words(survey.closes_on),
        progress=[
            (
                group_words(each.group),
                str(each.count),
                "too few to tell" if each.answered is None else _at_least(each.answered),
            )
            for each in queries.progress(survey)
        ]
        if runs
        else (),
        counted=_counted(survey) if runs else "",
        questions=[each.words for each in queries.questions(survey)],
        seen_by=seen_by(survey),
        cannot_change=rules.remind(scope, queries.facts(survey)),
        remind_url=address(scope, "survey-remind", **own) if queries.mailed(survey).exists() else "",
        reminded_today=survey.reminded_on == timezone.localdate(scope.at),
        paper_url=address(scope, "survey-paper", **own) if queries.codes_by_group(survey) else "",
        typing_url="" if rules.type_in(scope, queries.facts(survey)) else address(scope, "survey-typing", **own),
        links_url=address(scope, "survey-links", **own),
        unmailed=queries.to_print(survey).count() if runs else 0,
        close_url=address(scope, "survey-close", **own),
        own_url=address(scope, "survey-own", **own) if survey.about_id else "",
        own_done=bool(survey.own),
        version=survey.version,
        list_url=address(scope, "surveys"),
    )


def _at_least(count: int) -> str:
    return f"{count} or more" if count else f"fewer than {queries.STEP}"


def groups_of(survey: Survey) -> dict[str, str]:
    """Return the groups that people with a post here can answer in, with their words."""
    if survey.about_id is None:
        return {each: each for each in dict.fromkeys(GROUP_OF.values())}
    put_to = {group for each in queries.questions(survey) for group in each.asked_of}
    return {code: words for code, words in RELATIONS.items() if code in put_to} or {"staff": RELATIONS["staff"]}


def group_words(group: str) -> str:
    """Return a group as it stands on pages."""
    return RELATIONS.get(group, group)


def seen_by(survey: Survey) -> str:
    """Say who can see the results."""
    if survey.about_id:
        return "Only you"
    return Visibility(survey.visibility).words


def address(scope: Scope, name: str, **keys: Any) -> str:
    """Return the address of a page of the scope's school."""
    assert scope.place is not None  # only pages of a school are asked for
    return reverse(name, kwargs={"urn": scope.place.key, **keys})
