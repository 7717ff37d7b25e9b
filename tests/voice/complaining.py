"""Complaints and compliments for tests, by the product's own actions."""

from datetime import date, timedelta
from uuid import uuid4

from headship.voice import complaint_actions, compliment_actions, lesson_actions
from headship.voice.complaint_actions import Handed, Moved, Told
from headship.voice.complaint_choices import Channel, From, Part, Stage, Theme
from headship.voice.models import Complaint, Compliment, Lesson
from tests.cast import Cast
from tests.voice.flow import AT, TODAY


def told(**more) -> Told:
    """Return what somebody said to the school."""
    given = {"received_on": TODAY, "channel": Channel.LETTER, "from_role": From.PARENT, "theme": Theme.HOMEWORK}
    return Told(**{**given, "said": "Far too much of it", **more})


def complain(cast: Cast, who: str = "headteacher", about: str = "", owner: str = "", **more) -> Complaint:
    """Record a complaint."""
    whom = {"about": cast.people[about].pk} if about else {}
    key = complaint_actions.record_complaint(
        by=cast.scope(who),
        at=AT,
        once=uuid4(),
        told=told(**whom, **more),
        owner=cast.people[owner].pk if owner else None,
    )
    return Complaint.objects.get(pk=key)


def move(cast: Cast, complaint: Complaint, to: Stage, who: str = "headteacher", on: date = TODAY, **more) -> Complaint:
    """Bring a complaint to a stage."""
    moved = Moved(to, on, **more)
    complaint_actions.move_complaint(
        by=cast.scope(who), at=AT, complaint=complaint.pk, version=complaint.version, moved=moved
    )
    complaint.refresh_from_db()
    return complaint


def hand(cast: Cast, complaint: Complaint, owner: str = "", who: str = "headteacher", **named: Part) -> Complaint:
    """Say who answers a complaint, and who else sees it."""
    handed = Handed(
        cast.people[owner].pk if owner else None, {cast.people[each].pk: part for each, part in named.items()}
    )
    complaint_actions.hand_complaint(
        by=cast.scope(who), at=AT, complaint=complaint.pk, version=complaint.version, handed=handed
    )
    complaint.refresh_from_db()
    return complaint


def learn(cast: Cast, complaint: Complaint, owner: str, who: str = "headteacher", *, shown: bool = False) -> Lesson:
    """Write down what was learned."""
    due_on = TODAY + timedelta(days=5)
    learned = lesson_actions.Learned("It piles up", "Spread it over the week", cast.people[owner].pk, due_on, shown)
    key = lesson_actions.learn(by=cast.scope(who), at=AT, once=uuid4(), complaint=complaint.pk, learned=learned)
    return Lesson.objects.get(pk=key)


def praise(cast: Cast, who: str = "office", about: str = "", **more) -> Compliment:
    """Record a compliment."""
    whom = {"about": cast.people[about].pk} if about else {}
    key = compliment_actions.record_compliment(by=cast.scope(who), at=AT, once=uuid4(), told=told(**whom, **more))
    return Compliment.objects.get(pk=key)
