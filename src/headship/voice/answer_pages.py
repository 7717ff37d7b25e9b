"""Exactly what somebody who was asked is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import queries, translation_queries
from headship.voice.answer_forms import AnswerForm
from headship.voice.choices import State
from headship.voice.languages import ENGLISH, Language
from headship.voice.models import Invitation, Promise, Survey
from headship.voice.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise the school made, as those who were asked read it."""

    said: str
    doing: str
    state: str


@dataclass(frozen=True, slots=True)
class SaidPage:
    """Where things stand; `sent` names the draft that the device forgets, `kept` is what the school does about it.

    `heading` is the title as the page's language has it.
    """

    title: str
    words: Sequence[str]
    sent: str = ""
    kept: Sequence[Kept] = ()
    heading: str = ""
    language: str = "en"
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The form, what becomes of it, and the names that stand in what was written."""

    title: str
    school: str
    opening: str
    until: str
    fewest: int
    about: str
    form: AnswerForm
    names: Sequence[str]
    among: queries.Among
    draft: str
    tongue: Tongue
    languages: Sequence[tuple[Language, str, bool]]


UNKNOWN = SaidPage(
    "This link leads to no survey",
    (
        "Perhaps a part of it is missing. Open it again from the message or the paper you were given.",
        "Surveys that closed long ago have no links any more.",
    ),
)


FORGOTTEN = SaidPage("Your address is not here any more", ("No reminder comes. Your link goes on working.",))
NO_LEAVE = SaidPage(
    "You can type in nothing here now",
    ("Begin again from the survey's own page: this address works for one day, and for an open survey alone.",),
)


def standing(scope: Scope, invitation: Invitation, tongue: Tongue) -> SaidPage:
    """Say where a survey stands that nobody can answer by this link now."""
    survey = invitation.survey
    if survey.state == State.DRAFT:
        return _said(tongue, "not_open", "not_open_so")
    if survey.state == State.CLOSED:
        kept = [Kept(each.said, each.doing, _kept(each)) for each in queries.told_to_all(scope, survey)]
        return replace(_said(tongue, "said"), kept=kept) if kept else _said(tongue, "closed", "closed_so")
    return taken(invitation, tongue) if invitation.used else _said(tongue, "closed", "closed_over")


def taken(invitation: Invitation, tongue: Tongue) -> SaidPage:
    """Thank, and let the device forget its draft."""
    return replace(_said(tongue, "taken", "taken_among", "taken_keep"), sent=draft_of(invitation))


def _said(tongue: Tongue, title: str, *words: str) -> SaidPage:
    return SaidPage(
        tongue.print(title),
        [tongue.say(each) for each in words],
        heading=tongue.say(title),
        language=tongue.code,
        direction=tongue.direction,
    )


def _kept(promise: Promise) -> str:
    if promise.kept_on:
        return f"Done on {in_words(promise.kept_on)}. {promise.came_of_it}".strip()
    return f"To be done by {in_words(promise.due_on)}"


@dataclass(frozen=True, slots=True)
class NoMorePage:
    """What somebody is asked who wants no more mail."""

    title: str
    survey: str


def no_more_page(invitation: Invitation) -> NoMorePage:
    """Arrange it."""
    return NoMorePage("Get no more about this survey", invitation.survey.title)


def form_page(invitation: Invitation, form: AnswerForm, names: Sequence[str], tongue: Tongue) -> AnswerPage:
    """Arrange the form."""
    survey = invitation.survey
    return AnswerPage(
        title=survey.title,
        school=survey.school.name,
        opening=survey.opening,
        until=tongue.day(survey.closes_on),
        fewest=survey.fewest,
        about=survey.about.name if survey.about else "",
        form=form,
        names=names,
        among=queries.among(invitation),
        draft=draft_of(invitation),
        tongue=tongue,
        languages=_languages(survey, tongue),
    )


def _languages(survey: Survey, tongue: Tongue) -> list[tuple[Language, str, bool]]:
    """Return the languages to choose from, with their addresses; none where there is English alone."""
    others = translation_queries.offered(survey)
    every = [Language(ENGLISH, "English", "English"), *others] if others else []
    return [(each, f"?in={each.code}", each.code == tongue.code) for each in every]


def draft_of(invitation: Invitation) -> str:
    """Return the name under which a device keeps its draft: it tells nothing of who was asked."""
    return f"survey-{invitation.token_hash[:16]}"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The questions about oneself."""

    title: str
    survey: str
    form: AnswerForm
    back: str
