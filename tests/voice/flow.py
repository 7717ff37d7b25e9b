"""A survey from preparing to closing, for tests: by the product's own actions."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import uuid4
from zipfile import ZipFile

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.core.sealed import unseal
from headship.core.visibility import Visibility
from headship.people.models import Person, Post
from headship.voice import actions, answer_actions, closing, instruments, own_actions, queries, share_actions
from headship.voice.choices import Why
from headship.voice.models import FeedbackShare, Invitation, Survey
from headship.voice.sheets import Answers
from tests.cast import Cast

AT = timezone.now()
LONG_AGO = AT - timedelta(days=60)
PULSE = instruments.instruments()["staff_pulse"].questions
UNNAMED = {"instrument": "parents", "questions": PULSE}  # a survey of people without names, with questions tests know
TODAY = timezone.localdate(AT)


def prepared(instrument: str = "staff_pulse", **more) -> actions.Prepared:
    """Return what somebody prepares."""
    given = {
        "title": "How are we?",
        "opening": "",
        "closes_on": TODAY + timedelta(days=7),
        "visibility": Visibility.STAFF,
    }
    return actions.Prepared(**{"instrument": instrument, **given, **more})


def begin(cast: Cast, who: str = "headteacher", **more) -> Survey:
    """Prepare a survey."""
    key = actions.prepare_survey(by=cast.scope(who), at=AT, once=uuid4(), prepared=prepared(**more))
    return Survey.objects.get(pk=key)


def staff(cast: Cast, count: int, role: str = "teacher", since: date | None = None) -> list[Person]:
    """Make as many people with a post at the own school."""
    made = Person.objects.bulk_create(
        Person(name=f"Plain {role} {at}", email=f"plain{at}@{role}.example", created_at=LONG_AGO) for at in range(count)
    )
    Post.objects.bulk_create(
        Post(person=each, school=cast.school, role=role, starts_on=since or TODAY - timedelta(days=30)) for each in made
    )
    return made


def ask(cast: Cast, survey: Survey, groups: Mapping[int, Mapping[str, str]], who: str = "headteacher") -> Survey:
    """Ask people and open the survey."""
    by = cast.scope(who)
    actions.ask_people(by=by, at=AT, survey=survey.pk, version=survey.version, people=groups)
    survey.refresh_from_db()
    actions.open_survey(by=by, at=AT, survey=survey.pk, version=survey.version)
    survey.refresh_from_db()
    return survey


def answer(
    survey: Survey, invitation: Invitation, steps: Mapping[str, int], words: Mapping[str, str] | None = None
) -> None:
    """Answer as somebody who was asked."""
    scope = queries.scope_of(Invitation.objects.select_related("survey__school").get(pk=invitation.pk), at=AT)
    answers = Answers(invitation.groups, steps, words or {})
    answer_actions.answer(by=scope, at=AT, invitation=invitation, answers=answers)


def token_of(invitation: Invitation) -> str:
    """Return the token that a link carries."""
    return unseal(invitation.sealed_token)


def close(cast: Cast, survey: Survey, who: str = "headteacher") -> Survey:
    """Close a survey."""
    closing.close_survey(by=cast.scope(who), at=AT, survey=survey.pk, version=survey.version)
    survey.refresh_from_db()
    return survey


def asked(people: Sequence[Person], group: str, team: str = "") -> dict[int, dict[str, str]]:
    """Return the groups of people."""
    return {each.pk: {"Post": group, **({"Team": team} if team else {})} for each in people}


def feedback(cast: Cast, who: str = "headteacher", count: int = 8) -> Survey:
    """Let somebody ask for feedback on themselves, and so many of their staff answer with words."""
    instrument = "headteacher_360" if who == "headteacher" else "leader_360"
    survey = begin(cast, who, instrument=instrument, visibility=Visibility.PRIVATE)
    steps = dict.fromkeys(("values-said", "listens", "respect"), 0)
    own_actions.see_myself(by=cast.scope(who), at=AT, survey=survey.pk, steps=steps)
    survey = ask(cast, survey, asked(staff(cast, count), "staff"), who)
    for at, each in enumerate(survey.invitations.order_by("person__name")):
        seen = [question.code for question in queries.questions(survey) if question.is_for("staff")]
        scores = {code: 1 + (at + place) % 4 for place, code in enumerate(seen)}
        answer(survey, each, scores, {"keep-doing": f"Your morning walk {at}"})
    return close(cast, survey, who)


def shown(
    cast: Cast, survey: Survey, reader: str, why: Why = Why.COACH, who: str = "headteacher", **more
) -> FeedbackShare:
    """Show feedback to somebody: all of it, unless parts are named."""
    given = {"parts": (), "until": TODAY + timedelta(days=30), **more}
    share_actions.show_feedback(
        by=cast.scope(who),
        at=AT,
        survey=survey.pk,
        why=why,
        readers=[cast.people[reader].pk],
        shown=share_actions.Shown(**given),
    )
    return FeedbackShare.objects.get(survey=survey, reader=cast.people[reader])


def held(client: Client) -> str:
    """Return all files of what somebody downloads as held about them."""
    given = client.post(reverse("held-about-me-file"))
    with ZipFile(io.BytesIO(given.content)) as file:
        return "\n".join(file.read(each).decode() for each in file.namelist())
