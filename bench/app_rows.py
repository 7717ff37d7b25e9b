"""Rows of policies, workload, improvement and equality at the made school of `bench.strategy_rows`."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from bench.strategy_rows import YEARS

POLICIES, TEXTS, READ_BY_ALL, CHANGES, DUTIES, DUTY_ACTIONS = 80, 15, 10, 300, 3, 2
DEMANDS, FOR_ALL, NAMED = 300, 30, 10
BETS, BET_READINGS, ITEMS, HABITS, ENTRIES, NOTES = 150, 5, 600, 100, 15_000, 15
AIMS, STATEMENTS, CHECKS_OF = 40, 15, {"policy_version": 90, "priority": 30, "decision": 280}
SIZES = {
    "policies": POLICIES, "versions of each policy": TEXTS, "policies that all staff read": READ_BY_ALL,
    "changes in policy": CHANGES, "duties of each": DUTIES, "actions on each duty": DUTY_ACTIONS,
    "demands on staff": DEMANDS, "directed time placed by name for each": NAMED,
    "bets": BETS, "readings of each bet": BET_READINGS, "things on the horizon": ITEMS, "habits": HABITS,
    "entries of evidence": ENTRIES, "equality objectives": AIMS, "equality checks": sum(CHECKS_OF.values()),
}  # fmt: skip


def policies(cast: Any, chance: random.Random) -> None:
    """Make policies with a version for each year, of which some were read by all staff, version by version."""
    from headship.policies.models import Acknowledgement, Policy, PolicyApproval, PolicyReview, PolicyVersion
    from headship.policy.required import required

    people, now, today = _people(), _now(), _now().date()
    codes = [each.code for each in required("maintained", today)]
    made = Policy.objects.bulk_create(
        Policy(school=cast.school, once=uuid4(), title=f"Policy {number}", owner=chance.choice(people),
               required=codes[number] if number < len(codes) * 3 // 4 else "", months=12,
               asks="all" if number < READ_BY_ALL else "nobody",
               review_on=today + timedelta(chance.randrange(-30, 330)))
        for number in range(POLICIES)
    )  # fmt: skip
    versions = PolicyVersion.objects.bulk_create(
        PolicyVersion(policy=each, number=number, words="## A heading\n\nWhat we do and why we do it. " * 120,
                      why="The law changed", stage="in_force" if number == TEXTS else "superseded",
                      worded_on=_years_ago(today, TEXTS - number, 60),
                      in_force_on=_years_ago(today, TEXTS - number, 30),
                      superseded_on=None if number == TEXTS else _years_ago(today, TEXTS - number - 1, 30))
        for each in made for number in range(1, TEXTS + 1)
    )  # fmt: skip
    PolicyVersion.objects.bulk_create(
        PolicyVersion(policy=each, number=TEXTS + 1, words="What we will do. " * 300, worded_on=today)
        for each in made[:8]
    )
    approved = {"approver": "board", "recorded_by": cast.people["chair"], "recorded_as": "chair", "recorded_at": now}
    PolicyApproval.objects.bulk_create(
        PolicyApproval(policy_version=each, once=uuid4(), on=each.in_force_on, meeting="The autumn meeting", **approved)
        for each in versions
    )
    PolicyReview.objects.bulk_create(
        PolicyReview(policy_version=each, once=uuid4(), on=today, by=cast.people["headteacher"])
        for each in versions[TEXTS - 1 :: TEXTS * 10]
    )
    Acknowledgement.objects.bulk_create(
        Acknowledgement(policy_version=each, person=person, on=each.in_force_on + timedelta(days=5))
        for each in versions[: READ_BY_ALL * TEXTS]
        for person in people
        if each.number < TEXTS or chance.random() < 0.9
    )


def changes(cast: Any, chance: random.Random) -> None:
    """Make changes in policy over the years with their duties and what was done; one in twenty is not settled."""
    from headship.policies.models import Duty, DutyAction, Policy, PolicyChange

    people, today, answering = _people(), _now().date(), list(Policy.objects.all())
    made = PolicyChange.objects.bulk_create(
        PolicyChange(school=cast.school, once=uuid4(), title=f"Change {number}", origin="national", means="Work " * 20,
                     source="A paper", noted_on=day, in_force_on=day, noted_by=cast.people["headteacher"])
        for number, day in enumerate(_spread(CHANGES, today))
    )  # fmt: skip
    late = timedelta(days=60)
    answers = ["policy"] * 6 + ["action"] * 3 + ["none"]
    duties = [
        Duty(change=each, once=uuid4(), words="It asks for this", due_on=each.noted_on + late,
             answer="open" if number % 20 == 0 else chance.choice(answers), owner=chance.choice(people))
        for number, each in enumerate(made) for _ in range(DUTIES)
    ]  # fmt: skip
    for each in duties:
        each.policy = chance.choice(answering) if each.answer == "policy" else None
    Duty.objects.bulk_create(duties)
    DutyAction.objects.bulk_create(
        DutyAction(duty=each, once=uuid4(), what="See to it", owner=chance.choice(people), due_on=each.due_on,
                   progress="to_do" if each.answer == "open" else "done", said="Done")
        for each in duties if each.answer != "none" for _ in range(DUTY_ACTIONS)
    )  # fmt: skip


def demands(cast: Any, chance: random.Random) -> None:
    """Make demands on staff over the years: a third is asked today, some are proposed, the others are over."""
    from headship.workload.models import Demand, DemandAsked, DemandChange, Rate, RateCard

    people, today = _people(), _now().date()
    kinds = ("data_drop", "report", "meeting", "duty", "planning", "other")
    made = [
        Demand(school=cast.school, once=uuid4(), title=f"Demand {number}", kind=chance.choice(kinds), reason="Because",
               owner=chance.choice(people), minutes=chance.randrange(10, 120), times=chance.randrange(1, 39),
               proposed_by=chance.choice(people), proposed_on=day, review_on=today + timedelta(chance.randrange(365)))
        for number, day in enumerate(_spread(DEMANDS, today))
    ]  # fmt: skip
    for number, each in enumerate(made):
        if number < DEMANDS * 14 // 15:
            each.state, each.agreed_on = "agreed", each.proposed_on
            if number % 3:
                each.state, each.ended_on, each.because = "dropped", each.proposed_on + timedelta(days=300), "Enough"
    Demand.objects.bulk_create(made)
    DemandAsked.objects.bulk_create(
        DemandAsked(demand=each, role=role, people=chance.choice([None, 12]))
        for each in made
        for role in ("teacher", "middle_leader", "support_staff")
    )
    DemandChange.objects.bulk_create(
        DemandChange(demand=each, on=each.proposed_on, by=each.owner, words="Weighed")
        for each in made
        for _ in range(4)
    )
    card = RateCard.objects.create(school=cast.school)
    Rate.objects.bulk_create(Rate(card=card, role=role, pounds=chance.randrange(15, 60)) for role in ("", "teacher"))


def directed(cast: Any, chance: random.Random) -> None:
    """Make the year's plan of directed time: what is placed for all or a post, and by name for each of the staff."""
    from headship.schools.calendar_dates import usual_shape, year_of
    from headship.schools.models import AcademicYear, Term
    from headship.workload.models import DirectedYear, Slot, SlotFor, Working

    people, today = [*_people(), cast.people["teacher"]], _now().date()
    starts_in = year_of(today)
    year = AcademicYear.objects.create(school=cast.school, starts_in=starts_in)
    Term.objects.bulk_create(
        Term(year=year, name=each.name, starts_on=each.starts_on, ends_on=each.ends_on,
             break_starts_on=each.break_starts_on, break_ends_on=each.break_ends_on)
        for each in usual_shape(starts_in)
    )  # fmt: skip
    plan = DirectedYear.objects.create(school=cast.school, starts_in=starts_in, published_version=1, published_on=today)
    first = date(starts_in, 9, 1)
    working = [Working(year=plan, person=each, starts_on=first, since=1) for each in people]
    for each in working[::4]:
        each.part, each.whole, each.weekdays = 3, 5, "024"
    changed = [
        Working(year=plan, person=each, starts_on=date(starts_in + 1, 1, 6), part=4, whole=5, weekdays="0123", since=1)
        for each in people[::10]
    ]
    Working.objects.bulk_create([*working, *changed])
    slots = Slot.objects.bulk_create(
        Slot(year=plan, kind="teaching", since=1, line=uuid4(), title=f"Placed {at}", weekday=at % 5,
             minutes=10 if at < FOR_ALL else 60, everybody=at < FOR_ALL and at % 3 == 0)
        for at in range(FOR_ALL + NAMED * len(people))
    )  # fmt: skip
    whom = [SlotFor(slot=each, role="teacher") for each in slots[:FOR_ALL] if not each.everybody]
    whom += [SlotFor(slot=each, person=people[at // NAMED]) for at, each in enumerate(slots[FOR_ALL:])]
    SlotFor.objects.bulk_create(whom)


def improvement(cast: Any, chance: random.Random) -> None:
    """Make bets with readings and decisions, what was on the horizon, and habits."""
    from headship.improvement.models import (
        Bet,
        BetDecision,
        BetReading,
        Habit,
        HabitReview,
        HorizonItem,
        HorizonReading,
    )
    from headship.strategy.models import Priority

    people, today, school = _people(), _now().date(), cast.school
    habits = Habit.objects.bulk_create(
        Habit(school=school, once=uuid4(), practice=f"Habit {number}", rests="ours", owner=chance.choice(people),
              outcome="drop" if number % 5 == 0 else "keep",
              review_on=None if number % 5 == 0 else today + timedelta(chance.randrange(-30, 700)))
        for number in range(HABITS)
    )  # fmt: skip
    HabitReview.objects.bulk_create(
        HabitReview(habit=each, on=today, outcome="keep", rests="ours", because="It helps", by=each.owner)
        for each in habits for _ in range(5)
    )  # fmt: skip
    items = HorizonItem.objects.bulk_create(
        HorizonItem(school=school, once=uuid4(), title=f"Coming {number}", source="A paper", expected="In spring",
                    whence=chance.choice(["local", "national", "abroad"]), noted_on=day, noted_by=chance.choice(people),
                    reader=chance.choice(people), read_by=day + timedelta(days=30),
                    means="" if number >= ITEMS - 12 else "watch")
        for number, day in enumerate(_spread(ITEMS, today))
    )  # fmt: skip
    HorizonReading.objects.bulk_create(
        HorizonReading(item=each, once=uuid4(), on=each.noted_on, means="watch", words="We watch it", by=each.reader)
        for each in items if each.means for _ in range(2)
    )  # fmt: skip
    runs, priorities = BETS - 12, list(Priority.objects.all())
    bets = Bet.objects.bulk_create(
        Bet(school=school, once=uuid4(), title=f"Bet {number}", trying="This", expected="That", measure="How many",
            knows="We count", kill_rule="None come", owner=chance.choice(people), starts_on=day, runs_since=day,
            stops_on=day + timedelta(days=200), habit=chance.choice(habits), priority=chance.choice(priorities),
            state="running" if number >= runs else chance.choice(["stopped", "scaled", "continued"]),
            ended_on=None if number >= runs else day + timedelta(days=200))
        for number, day in enumerate(_spread(BETS, today))
    )  # fmt: skip
    BetReading.objects.bulk_create(
        BetReading(bet=each, once=uuid4(), on=each.starts_on + timedelta(days=20 * number), value="12", by=each.owner)
        for each in bets for number in range(BET_READINGS)
    )  # fmt: skip
    BetDecision.objects.bulk_create(
        BetDecision(bet=each, on=each.ended_on, to=each.state, because="It did", learned="Much", by=each.owner)
        for each in bets if each.ended_on
    )  # fmt: skip


def readiness(cast: Any, chance: random.Random) -> None:
    """Make evidence over the years, each entry for two characteristics, and what leaders wrote of each area."""
    from headship.core.scope import installation_scope
    from headship.evidence.models import Entry, Serves
    from headship.improvement import areas
    from headship.improvement.models import ReadinessNote
    from headship.standards import actions
    from headship.standards.models import Characteristic

    now, today = _now(), _now().date()
    actions.load_shipped(by=installation_scope(now), at=now)
    shown = list(Characteristic.objects.all())
    entries = Entry.objects.bulk_create(
        Entry(school=cast.school, kind=chance.choice(["strategy.decision", "policies.approval", "voice.result"]),
              words=f"What was done, {number}", occurred_on=day, recorded_at=now, visibility="staff", from_work=True,
              source=f"strategy.Decision:{number}")
        for number, day in enumerate(_spread(ENTRIES, today))
    )  # fmt: skip
    Serves.objects.bulk_create(
        Serves(entry=each, characteristic=characteristic, school=cast.school, occurred_on=each.occurred_on)
        for each in entries for characteristic in chance.sample(shown, 2)
    )  # fmt: skip
    ReadinessNote.objects.bulk_create(
        ReadinessNote(school=cast.school, inspectorate="ofsted", area=area, version=number, on=today,
                      show="What we show " * 30, doing="What we do " * 30, by=cast.people["headteacher"])
        for area in areas.MAPPING for number in range(1, NOTES + 1)
    )  # fmt: skip


def equality(cast: Any, chance: random.Random) -> None:
    """Make objectives with readings and yearly looks, a statement for each year, and checks with their findings."""
    from headship.equality import choices
    from headship.equality.models import Aim, AimReading, AimReview, Check, CheckChange, Finding, Statement
    from headship.policies.models import PolicyVersion
    from headship.strategy.models import Decision, Priority

    people, today, head = _people(), _now().date(), cast.people["headteacher"]
    aims = Aim.objects.bulk_create(
        Aim(school=cast.school, once=uuid4(), words=f"Objective {number}", concerns=list(choices.PROTECTED[:3]),
            measure="How many", starts_on=day, ends_on=day + timedelta(days=1400), owner=chance.choice(people),
            review_on=day + timedelta(days=365), published_on=day,
            state="ended" if number < AIMS - 10 else "published")
        for number, day in enumerate(_spread(AIMS, today))
    )  # fmt: skip
    AimReading.objects.bulk_create(
        AimReading(aim=each, once=uuid4(), on=each.starts_on + timedelta(days=60 * number), value="12", by=head)
        for each in aims for number in range(12)
    )  # fmt: skip
    AimReview.objects.bulk_create(
        AimReview(aim=each, once=uuid4(), on=each.starts_on, came_of_it="Some " * 40, by=head)
        for each in aims for _ in range(4)
    )  # fmt: skip
    parts = {each.value: "What we do " * 100 for each in choices.Part}
    statements = Statement.objects.bulk_create(
        Statement(school=cast.school, starts_in=today.year - back, parts=parts,
                  published_on=_years_ago(today, back, 30),
                  state="superseded" if back else "published",
                  superseded_on=_years_ago(today, back - 1, 30) if back else None)
        for back in reversed(range(STATEMENTS))
    )  # fmt: skip
    for each in statements:
        each.aims.set(aims[:10])
    of: list[tuple[str, Any]] = []
    for name, model in (("policy_version", PolicyVersion), ("priority", Priority), ("decision", Decision)):
        of += [(name, each) for each in model.objects.order_by("-pk")[: CHECKS_OF[name]]]
    checks = Check.objects.bulk_create(
        Check(school=cast.school, once=uuid4(), state="needed" if number % 8 == 0 else "done", owner=head,
              due_on=today + timedelta(days=chance.randrange(-20, 60)), settled_on=today,
              done_on=None if number % 8 == 0 else today, review_on=today + timedelta(days=chance.randrange(20, 900)),
              evidence="What we know " * 20, **{name: each})
        for number, (name, each) in enumerate(of)
    )  # fmt: skip
    Finding.objects.bulk_create(
        Finding(of=each, characteristic=about, effect="none", words="Nothing seen")
        for each in checks for about in choices.PROTECTED
    )  # fmt: skip
    CheckChange.objects.bulk_create(CheckChange(of=each, on=today, by=head, words="Done") for each in checks)


def named(cast: Any) -> dict[str, int]:
    """Return the keys that addresses of pages name: a policy all staff read, its newest words, a person, the year."""
    from headship.equality.models import Check
    from headship.improvement.models import Bet
    from headship.policies.models import Policy, PolicyVersion
    from headship.schools.calendar_dates import year_of

    policy = Policy.objects.filter(school=cast.school, asks="all").latest("pk")
    return {
        "policy": policy.pk,
        "text": PolicyVersion.objects.get(policy=policy, stage="in_force").pk,
        "person": _people()[0].pk,
        "year": year_of(_now().date()),
        "bet": Bet.objects.latest("pk").pk,
        "check": Check.objects.filter(state="done").latest("pk").pk,
    }


def _people() -> Sequence[Any]:
    from headship.people.models import Person

    return list(Person.objects.filter(name__startswith="Made Person").order_by("pk"))


def _now() -> Any:
    from django.utils import timezone

    return timezone.localtime()


def _years_ago(today: date, years: int, days: int) -> date:
    return today - timedelta(days=365 * years + days)


def _spread(count: int, today: date) -> Iterator[date]:
    """Give days over all the years up to today, the oldest first, one for each of a count."""
    return (today - timedelta(days=YEARS * 365 * (count - number) // count) for number in range(1, count + 1))
