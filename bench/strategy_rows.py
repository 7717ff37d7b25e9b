"""Rows of a made school of 400 staff with fifteen years of work, for `bench.strategy_lists`. More: `app_rows`."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

STAFF, YEARS, DECISIONS, LOOKS, AREAS, VERSIONS, TEAMS = 400, 15, 6_000, 3_000, 60, 25, 30
SIZES = {
    "staff": STAFF, "decisions": DECISIONS, "looks back": LOOKS, "areas": AREAS,
    "versions of each area": VERSIONS, "teams": TEAMS,
}  # fmt: skip


def staff(cast: Any, chance: random.Random) -> None:
    """Make the staff, each with a post."""
    from django.utils import timezone

    from headship.people.models import Person, Post

    now = timezone.now()
    people = Person.objects.bulk_create(
        Person(name=f"Made Person {number}", email="", created_at=now) for number in range(STAFF)
    )
    roles = ["teacher"] * 12 + ["support_staff"] * 6 + ["middle_leader"] * 3 + ["senior_leader"]
    Post.objects.bulk_create(
        Post(person=each, school=cast.school, role=chance.choice(roles), starts_on=date(2015, 9, 1)) for each in people
    )


def decisions(cast: Any, chance: random.Random) -> None:
    """Make decisions over the years; half are looked back at."""
    from django.utils import timezone

    from headship.strategy.models import Decision, LookBack, Value

    now, today = timezone.now(), timezone.localdate()
    values = Value.objects.bulk_create(Value(school=cast.school, name=f"Value {number}") for number in range(6))
    deciders = [cast.people[each] for each in ("headteacher", "senior_leader", "chair", "business_manager")]
    rows = Decision.objects.bulk_create(
        Decision(
            school=cast.school, once=uuid4(), what=f"Decision {number} about what is done next", why="Because " * 12,
            decided_on=today - timedelta(days=chance.randrange(YEARS * 365)), decided_by=chance.choice(deciders),
            decided_as="headteacher", visibility=chance.choice(["staff", "staff", "governors", "leaders"]),
            noted_at=now - timedelta(days=40), expected="More of it",
            review_on=today + timedelta(days=chance.randrange(-40, 300)) if number % 12 == 0 else None,
        )
        for number in range(DECISIONS)
    )  # fmt: skip
    named = Decision.values.through
    named.objects.bulk_create(named(decision=each, value=chance.choice(values)) for each in rows)
    LookBack.objects.bulk_create(
        LookBack(
            decision=each, once=uuid4(), on=each.decided_on + timedelta(days=200), expected="More", was="Some " * 20,
            as_expected=chance.choice(["yes", "partly", "no"]), again="yes", by=each.decided_by,
        )
        for each in chance.sample(rows, LOOKS)
    )  # fmt: skip


def rights(cast: Any, chance: random.Random) -> None:
    """Make teams, and who decides what, version by version."""
    from django.utils import timezone

    from headship.people.models import Person
    from headship.strategy.models import Area, AreaVersion, Right, Team, TeamMember

    now, today, head = timezone.now(), timezone.localdate(), cast.people["headteacher"]
    people = list(Person.objects.filter(name__startswith="Made Person"))
    teams = Team.objects.bulk_create(
        Team(school=cast.school, once=uuid4(), name=f"Team {number}", remit="A remit", lead=chance.choice(people),
             since=date(2020, 9, 1))
        for number in range(TEAMS)
    )  # fmt: skip
    TeamMember.objects.bulk_create(
        TeamMember(team=each, person=person, since=each.since) for each in teams for person in chance.sample(people, 15)
    )
    areas = Area.objects.bulk_create(Area(school=cast.school, once=uuid4(), version=VERSIONS) for _ in range(AREAS))
    versions = AreaVersion.objects.bulk_create(
        AreaVersion(area=each, version=number, since=today - timedelta(days=220 * (VERSIONS - number)),
                    name=f"Area {each.pk}", words="What belongs to it", at=now, by=head)
        for each in areas for number in range(1, VERSIONS + 1)
    )  # fmt: skip
    few = people[:20]
    Right.objects.bulk_create(
        Right(version=each, part=part, person=person)
        for each in versions
        for part, count in (("decides", 1), ("consulted", 2), ("told", 2))
        for person in chance.sample(few, count)
    )


def plan(cast: Any, chance: random.Random) -> None:
    """Make five plans, one after another."""
    from django.utils import timezone

    from headship.people.models import Person
    from headship.strategy.models import Milestone, Objective, Plan, PlannedAction, Priority

    people, today = list(Person.objects.filter(name__startswith="Made Person")[:50]), timezone.localdate()
    for years in (12, 9, 6, 3, 0):
        first, last = date(today.year - years - 1, 9, 1), date(today.year - years + 2, 8, 31)
        plan = Plan.objects.create(school=cast.school, once=uuid4(), title="Plan", starts_on=first, ends_on=last)
        for number in range(6):
            priority = Priority.objects.create(plan=plan, once=uuid4(), title=f"Priority {number}", starts_on=first,
                                               ends_on=last, owner=chance.choice(people))  # fmt: skip
            for aim in range(2):
                objective = Objective.objects.create(priority=priority, once=uuid4(), words=f"Objective {aim}")
                actions = PlannedAction.objects.bulk_create(
                    PlannedAction(plan=plan, objective=objective, once=uuid4(), what="Do it", starts_on=first,
                                  due_on=last, owner=chance.choice(people))
                    for _ in range(3)
                )  # fmt: skip
                Milestone.objects.bulk_create(
                    Milestone(action=each, once=uuid4(), words="Half of it", due_on=first + timedelta(days=300))
                    for each in actions
                )
