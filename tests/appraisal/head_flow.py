"""What tests of a headteacher's appraisal do again and again, by the product's own actions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from headship.appraisal import (
    head_course_actions,
    head_objective_actions,
    head_panel_actions,
    head_statement_actions,
)
from headship.appraisal.head_choices import Said
from headship.appraisal.head_objective_actions import Aimed
from headship.appraisal.head_panel_actions import Appointed, Minuted
from headship.appraisal.head_statement_actions import Judged
from headship.appraisal.head_writing import Whose
from headship.appraisal.models import HeadObjective, HeadStatement, HeadYear
from headship.core.roles import Role
from headship.people.models import Account, Person, Post
from headship.schools.calendar_dates import bounds, year_of
from tests.cast import Cast

AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)
THIS = year_of(TODAY)


def join(cast: Cast, persona: str, role: Role = Role.GOVERNOR) -> None:
    """Give somebody new a post at the own school, and a place in the cast."""
    person = Person.objects.create(name=f"{persona.title()} Joined-Example", email="", created_at=AT)
    address = f"{persona}@joined.example"
    cast.people[persona] = person
    cast.accounts[persona] = Account.objects.create(person=person, email=address, password="!")
    Post.objects.create(person=person, school=cast.school, role=role, starts_on=TODAY - 90 * DAY)


def who(cast: Cast, **changed: object) -> Appointed:
    """Return the panel of the chair and a governor, with the adviser."""
    people = {name: each.pk for name, each in cast.people.items()}
    return replace(Appointed((people["chair"], people["governor"]), people["external_adviser"]), **changed)


def minuted(**changed: object) -> Minuted:
    """Return what the board settled, a month ago."""
    return replace(Minuted("Full board, minute 4", TODAY - 30 * DAY, policy_held=True), **changed)


def appoint(cast: Cast, persona: str = "clerk", starts_in: int = THIS, **changed: object) -> int:
    """Record who appraises the headteacher in a year."""
    first, last = bounds(starts_in)
    settled = minuted(**{name: changed.pop(name) for name in list(changed) if name in Minuted.__slots__})
    return head_panel_actions.appoint_panel(
        by=cast.scope(persona, "own"),
        at=AT,
        once=uuid4(),
        head=cast.people["headteacher"].pk,
        starts_on=first,
        ends_on=last,
        who=who(cast, **changed),
        minuted=settled,
    )


def past(key: int) -> None:
    """Let a year, and the day on which its statement was due, be long past."""
    HeadYear.objects.filter(pk=key).update(
        starts_on=TODAY - 865 * DAY, ends_on=TODAY - 500 * DAY, mend_by=TODAY - 200 * DAY
    )


def year(key: int) -> HeadYear:
    """Return a year as it stands."""
    return HeadYear.objects.get(pk=key)


def take_back(cast: Cast, key: int, persona: str = "governor") -> None:
    """Take the statement back."""
    version = year(key).version
    head_statement_actions.take_back_statement(by=cast.scope(persona, "own"), at=AT, year=key, version=version)


def whose(key: int) -> Whose:
    """Return whose year it is, and which."""
    now = year(key)
    return Whose(now.head_id, now.starts_in)


def aim(cast: Cast, key: int, persona: str = "governor", **changed: object) -> int:
    """Write an objective."""
    aimed = replace(Aimed("Every pupil reads daily", "They read better", "Reading tests in June"), **changed)
    by, of = cast.scope(persona, "own"), whose(key)
    return head_objective_actions.add_head_objective(by=by, at=AT, once=uuid4(), year=key, whose=of, aimed=aimed)


def set_them(cast: Cast, key: int, persona: str = "chair", on: date = TODAY) -> None:
    """Set the objectives."""
    now = year(key)
    head_objective_actions.set_head_objectives(
        by=cast.scope(persona, "own"),
        at=AT,
        year=key,
        version=now.version,
        whose=whose(key),
        framework="headteachers-2020",
        told_on=on,
        set_on=on,
    )


def note(  # who said what, when
    cast: Cast, key: int, kind: Said, persona: str = "chair", *, words: str = "Words said", on: date = TODAY
) -> int:
    """Note what was said; a meeting of the panel is the last one."""
    return head_course_actions.note_said(
        by=cast.scope(persona, "own"),
        at=AT,
        once=uuid4(),
        year=key,
        whose=whose(key),
        kind=kind,
        on=on,
        words=words,
        last=kind == Said.MEETING,
    )


def draft(cast: Cast, key: int, persona: str = "chair", **changed: object) -> None:
    """Write the whole statement, with every objective met."""
    rows = {each.pk: "met" for each in HeadObjective.objects.filter(year=key, dropped_on=None)}
    judged = Judged("A strong year", "Learn finance", "A course in May", "", rows, dict.fromkeys(rows, "Seen in June"))
    told = HeadStatement.objects.filter(year=key).first()
    head_statement_actions.draft_statement(
        by=cast.scope(persona, "own"),
        at=AT,
        year=key,
        version=told.version if told else 0,
        whose=whose(key),
        judged=replace(judged, **changed),
    )


def give(cast: Cast, key: int, persona: str = "chair") -> None:
    """Give the statement to the headteacher."""
    now = year(key)
    by = cast.scope(persona, "own")
    head_statement_actions.give_statement(by=by, at=AT, year=key, version=now.version, whose=whose(key))


def comment(cast: Cast, key: int, words: str = "I agree", persona: str = "headteacher") -> None:
    """Comment on the statement."""
    version = HeadStatement.objects.get(year=key).version
    by = cast.scope(persona, "own")
    head_statement_actions.comment_on_statement(by=by, at=AT, year=key, version=version, words=words)


def lock(cast: Cast, key: int, persona: str = "chair", at: datetime = AT) -> None:
    """Agree the statement and lock the year."""
    now = year(key)
    by = cast.scope(persona, "own")
    head_statement_actions.lock_statement(by=by, at=at, year=key, version=now.version, whose=whose(key))


def change(cast: Cast, key: int, persona: str = "clerk", **changed: object) -> None:
    """Record anew who takes part."""
    changed = {"on": TODAY} | changed
    settled = minuted(**{name: changed.pop(name) for name in list(changed) if name in Minuted.__slots__})
    head_panel_actions.change_panel(
        by=cast.scope(persona, "own"),
        at=AT,
        year=key,
        version=year(key).version,
        who=who(cast, **changed),
        minuted=settled,
    )


def appeal(cast: Cast, key: int, words: str = "Objective one was met") -> int:
    """Appeal, as the headteacher."""
    by = cast.scope("headteacher", "own")
    return head_statement_actions.lodge_appeal(by=by, at=AT, once=uuid4(), year=key, grounds=words)


def hear_by(cast: Cast, key: int, *personas: str, by: str = "clerk") -> None:
    """Record who hears the appeal."""
    head_panel_actions.name_hearers(
        by=cast.scope(by, "own"),
        at=AT,
        year=key,
        version=year(key).version,
        hearers=[cast.people[each].pk for each in personas],
        meeting="Full board, minute 12",
    )


def to_met(cast: Cast, **changed: object) -> int:
    """Bring a year to where the panel has met."""
    key = appoint(cast, **changed)
    to_met_from(cast, key)
    return key


def to_met_from(cast: Cast, key: int) -> None:
    """Bring a year whose panel is appointed to where it has met."""
    aim(cast, key, "chair")
    note(cast, key, Said.ADVICE, "external_adviser", words="Two objectives are enough")
    set_them(cast, key)
    note(cast, key, Said.HALFWAY, words="On the way")
    note(cast, key, Said.MEETING, words="All was looked at")


def to_given(cast: Cast, **changed: object) -> int:
    """Bring a year to where the headteacher has the statement."""
    key = to_met(cast, **changed)
    draft(cast, key)
    give(cast, key)
    return key


def to_locked_from(cast: Cast, key: int) -> None:
    """Bring a year whose panel is appointed to its end."""
    to_met_from(cast, key)
    draft(cast, key)
    give(cast, key)
    comment(cast, key)
    lock(cast, key)


def to_locked(cast: Cast, **changed: object) -> int:
    """Bring a year to its end."""
    key = appoint(cast, **changed)
    to_locked_from(cast, key)
    return key
