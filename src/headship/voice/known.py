"""Who of those asked counts toward how few are shown: nobody whom the survey's runner could have made up.

Decision 52. Asked when a survey opens, and kept with each invitation, since addresses may change afterwards.
"""

from collections import Counter
from contextlib import nullcontext
from datetime import datetime
from uuid import UUID

from headship.people.models import Person
from headship.voice import asking_queries
from headship.voice.choices import STANDS, Counted, Known
from headship.voice.models import Survey


def of(survey: Survey, at: datetime) -> dict[UUID, Known]:
    """Say of each who is asked by name whether they count."""
    with asking_queries.reach(survey.school_id) if survey.about_id else nullcontext():
        asked = list(survey.invitations.exclude(person=None).select_related("person"))
    people = [(each.pk, each.person) for each in asked if each.person is not None]
    shared = Counter(person.email.casefold() for _, person in people)
    if survey.run_by_id not in {person.pk for _, person in people}:
        shared[survey.run_by.email.casefold()] += 1
    return {key: _known(person, shared, at) for key, person in people}


def _known(person: Person, shared: Counter[str], at: datetime) -> Known:
    since = person.email_since or person.created_at
    own = person.email and shared[person.email.casefold()] == 1
    return Known.SURE if own and since <= at - STANDS else Known.UNSURE


def counted(survey: Survey, at: datetime) -> Counted:
    """Count those asked by whether they count."""
    named = Counter(of(survey, at).values())
    everybody = survey.invitations.count()
    return Counted(named[Known.SURE], named[Known.UNSURE], everybody - named.total())


def settle(survey: Survey, at: datetime) -> None:
    """Keep with each who is asked whether they count, now that the survey opens."""
    found = of(survey, at)
    for known in (Known.SURE, Known.UNSURE):
        keys = [key for key, its in found.items() if its is known]
        for start in range(0, len(keys), 500):
            survey.invitations.filter(pk__in=keys[start : start + 500]).update(known=known)
