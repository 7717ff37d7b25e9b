"""Exactly what pages of shown feedback show: to whom it is about, who can see what; to a reader, that and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.forms import Form

from headship.core.pages import in_words, listed
from headship.core.scope import Scope
from headship.voice import feedback_pages, pages, queries, share_queries
from headship.voice.choices import Why
from headship.voice.feedback_pages import FeedbackPage
from headship.voice.instruments import CHOICE
from headship.voice.models import FeedbackShare, Survey


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Somebody who is, or was, shown feedback: what of it, until when, and when they last opened it."""

    name: str
    why: str
    what: str
    when: str
    opened: str
    look_url: str
    change_url: str
    end_url: str
    version: int


@dataclass(frozen=True, slots=True)
class SharesPage:
    """Who can see what of the reader's feedback."""

    title: str
    survey: str
    running: Sequence[ShareRow]
    over: Sequence[ShareRow]
    coach_url: str
    panel_url: str
    back: str


@dataclass(frozen=True, slots=True)
class ShareFormPage:
    """Choosing to whom, what and until when."""

    title: str
    aside: str
    form: Form
    button: str
    back: str


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What others show the reader of the feedback on them."""

    title: str
    rows: Sequence[pages.ShownRow]


def parts_of(survey: Survey) -> dict[str, str]:
    """Return the parts of feedback that can be shown by themselves, with their names."""
    asked = (each for each in queries.questions(survey) if each.kind == CHOICE)
    return {each.part: " ".join(dict.fromkeys((each.part, each.theme))) for each in asked}


def own_page(scope: Scope, survey: Survey) -> FeedbackPage:
    """Arrange feedback for whom it is about, with who else sees any of it."""
    seen = [_line(each) for each in share_queries.shares(scope, survey) if share_queries.runs(each, scope.at)]
    return replace(
        feedback_pages.feedback_page(scope, survey),
        seen_by=["You", *seen] if seen else ["Only you"],
        shares_url=pages.address(scope, "feedback-shares", survey=survey.pk),
        pack_url=pages.address(scope, "feedback-pack", survey=survey.pk),
    )


def shared_page(scope: Scope, share: FeedbackShare) -> FeedbackPage:
    """Arrange what somebody shows of the feedback on them, for whoever they show it to."""
    survey = share.survey
    assert survey.about is not None  # only feedback on a person is shown
    whose = survey.about.name
    shown = feedback_pages.Shown(share.parts or None, own=share.own, comments=share.comments, whose=whose)
    part = "all of it" if not share.parts else "what stands here and nothing else"
    told = f"{whose} shows you {part}, for {Why(share.why).words.lower()}, until {in_words(share.until)}."
    return replace(
        feedback_pages.feedback_page(scope, survey, shown),
        title=f"{survey.title}: feedback on {whose}",
        told=f"{told} It is theirs: talk about it with them and nobody else. They see on which day you last opened it.",
        seen_by=[f"{whose}, whom it is about", f"{share.reader.name}, until {in_words(share.until)}"],
        pack_url=pages.address(scope, "feedback-shown-pack", share=share.pk),
        for_coaching=share.why == Why.COACH,
        list_url=pages.address(scope, "feedback-shown-list"),
    )


def shares_page(scope: Scope, survey: Survey) -> SharesPage:
    """Arrange who can see what."""
    rows = [
        (share_queries.runs(each, scope.at), _row(scope, survey, each)) for each in share_queries.shares(scope, survey)
    ]
    return SharesPage(
        title="Who can see what of your feedback",
        survey=survey.title,
        running=[row for runs, row in rows if runs],
        over=[row for runs, row in rows if not runs],
        coach_url=pages.address(scope, "feedback-share-new", survey=survey.pk, why=Why.COACH.value),
        panel_url=pages.address(scope, "feedback-share-new", survey=survey.pk, why=Why.PANEL.value),
        back=pages.address(scope, "survey", survey=survey.pk),
    )


def _row(scope: Scope, survey: Survey, each: FeedbackShare) -> ShareRow:
    own = {"survey": survey.pk, "share": each.pk}
    last = min(filter(None, (each.ended_on, each.until)))
    runs = share_queries.runs(each, scope.at)
    return ShareRow(
        name=each.reader.name,
        why=Why(each.why).words,
        what=_what(survey, each),
        when=f"From {in_words(each.shown_on)} until {in_words(last)}",
        opened=f"Last opened on {in_words(each.opened_on)}" if each.opened_on else "Not opened",
        look_url=pages.address(scope, "feedback-shown", share=each.pk) if runs else "",
        change_url=pages.address(scope, "feedback-share", **own),
        end_url=pages.address(scope, "feedback-share-end", **own),
        version=each.version,
    )


def _what(survey: Survey, each: FeedbackShare) -> str:
    names = parts_of(survey)
    what = [listed(names.get(part, part) for part in each.parts) if each.parts else "All of it"]
    what.append("with what people wrote, without names" if each.comments else "without what people wrote")
    what.append("with your own view" if each.own else "without your own view")
    return ", ".join(what)


def _line(each: FeedbackShare) -> str:
    count = len(each.parts)
    what = f"{count} part{'' if count == 1 else 's'} of it" if count else "all of it"
    return f"{each.reader.name}, for {Why(each.why).words.lower()}: {what}, until {in_words(each.until)}"


def shown_page(scope: Scope) -> ShownPage:
    """Arrange what others show the reader."""
    return ShownPage("Feedback shown to you", pages.shown_rows(scope))


def first_typed(why: Why) -> dict[str, object]:
    """Return how the form of showing begins: for appraisal without what people wrote, and never with one's own view."""
    return {"comments": why is Why.COACH, "own": False}


def as_typed(each: FeedbackShare) -> dict[str, object]:
    """Return what is shown as its form holds it."""
    return {
        "all_of_it": "some" if each.parts else "all",
        "parts": each.parts,
        "comments": each.comments,
        "own": each.own,
        "until": each.until,
        "version": each.version,
    }


def form_page(scope: Scope, survey: Survey, why: Why, form: Form) -> ShareFormPage:
    """Arrange the form for showing feedback to somebody new."""
    title, aside = {
        Why.COACH: (
            "Show it to a coach",
            "They see what you choose here and can keep it as a document. Nothing of it reaches your appraisal.",
        ),
        Why.PANEL: (
            "Show it for your appraisal",
            "Nobody can ask this of you. Whoever appraises you sees what you choose here, and learns nothing else.",
        ),
    }[why]
    back = pages.address(scope, "feedback-shares", survey=survey.pk)
    return ShareFormPage(title, aside, form, "Show it", back)


def change_page(scope: Scope, survey: Survey, each: FeedbackShare, form: Form) -> ShareFormPage:
    """Arrange the form for changing what somebody is shown."""
    back = pages.address(scope, "feedback-shares", survey=survey.pk)
    return ShareFormPage(f"What {each.reader.name} can see", "", form, "Save", back)
