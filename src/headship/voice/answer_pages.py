"""Exactly what somebody who was asked is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.core.pages import in_words
from headship.core.scope import Scope
from headship.voice import queries
from headship.voice.answer_forms import AnswerForm
from headship.voice.choices import State
from headship.voice.models import Invitation, Promise


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise the school made, as those who were asked read it."""

    said: str
    doing: str
    state: str


@dataclass(frozen=True, slots=True)
class SaidPage:
    """Where things stand; `sent` names the draft that the device forgets, `kept` is what the school does about it."""

    title: str
    words: Sequence[str]
    sent: str = ""
    kept: Sequence[Kept] = ()


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
    draft: str


UNKNOWN = SaidPage(
    "This link leads to no survey",
    (
        "Perhaps a part of it is missing. Open it again from the message or the paper you were given.",
        "Surveys that closed long ago have no links any more.",
    ),
)


def standing(scope: Scope, invitation: Invitation) -> SaidPage:
    """Say where a survey stands that nobody can answer by this link now."""
    survey = invitation.survey
    if survey.state == State.DRAFT:
        return SaidPage("This survey is not open yet", ("Open your link again later.",))
    if survey.state == State.CLOSED:
        kept = [Kept(each.said, each.doing, _kept(each)) for each in queries.told_to_all(scope, survey)]
        words = () if kept else ("What the school does about what it was told will stand here.",)
        return SaidPage("You said, we did" if kept else "This survey is closed", words, kept=kept)
    if invitation.used:
        return SaidPage("Thank you: your answers were received", TAKEN, sent=draft_of(invitation))
    return SaidPage("This survey is closed", ("The last day to answer is over.",))


TAKEN = (
    "They stand among all others without your name, and are counted when the survey closes.",
    "Keep this link: after the survey closes it will show what the school does about what it was told.",
)


def _kept(promise: Promise) -> str:
    if promise.kept_on:
        return f"Done on {in_words(promise.kept_on)}. {promise.came_of_it}".strip()
    return f"To be done by {in_words(promise.due_on)}"


def form_page(invitation: Invitation, form: AnswerForm, names: Sequence[str]) -> AnswerPage:
    """Arrange the form."""
    survey = invitation.survey
    return AnswerPage(
        title=survey.title,
        school=survey.school.name,
        opening=survey.opening,
        until=in_words(survey.closes_on),
        fewest=survey.fewest,
        about=survey.about.name if survey.about else "",
        form=form,
        names=names,
        draft=draft_of(invitation),
    )


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
