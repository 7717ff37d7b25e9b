"""Canaries: words and days planted in every personal field of every model, for one person and for others near them.

`plant(cast)` fills at least one row of each model that tells of a person, for the teacher (the subject) and for a
colleague, and says what was planted where. A house of tests asks afterwards what of it came out.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.utils import timezone

from headship.core import personal
from headship.people.models import Account, Person, Post
from headship.schools.calendar_dates import year_of
from headship.schools.models import School
from headship.standards.models import Characteristic
from tests.cast import Cast

HERS, THEIRS = "hers", "theirs"
FIRST_YEAR = 1931


@dataclass(frozen=True, slots=True)
class Canary:
    """What stands in one field of one planted row: as it is looked for, and whose it is."""

    model: str
    field: str
    whose: str
    words: str


class Planter:
    """Makes a row of a model with a canary in every personal field that can hold one."""

    def __init__(self, cast: Cast, school: School) -> None:
        self.cast, self.school = cast, school
        self.canaries: list[Canary] = []
        self.days = 0

    def row(self, model: type[models.Model], whose: str, /, **fixed: Any) -> models.Model:
        """Make one row; `fixed` are keys and fixed choices, everything else personal gets a canary."""
        values = dict(fixed)
        for field in model._meta.local_fields:
            if field.primary_key or field.name in fixed or f"{field.name}_id" in fixed:
                continue
            if field.remote_field and field.null:
                continue
            if field.name in personal.sensitive_fields(model):
                values[field.name] = self._canary(model, field, whose)
            elif not field.null and not field.has_default() and not field.remote_field:
                values[field.name] = self._filler(field)
        return model._default_manager.create(**values)

    def _canary(self, model: type[models.Model], field: Any, whose: str) -> Any:
        name = f"{model._meta.model_name}-{field.name}-{whose}"
        value, shown = self._value(field, name)
        if shown:
            self.canaries.append(Canary(model._meta.label, field.name, whose, shown))
        return value

    def _value(self, field: Any, name: str) -> tuple[Any, str]:
        if isinstance(field, models.EmailField):
            return f"{name}@canary.example".lower(), f"{name}@canary.example".lower()
        if isinstance(field, models.CharField | models.TextField):
            words = f"canary-{name}"[: field.max_length or 200]
            return words, words
        if isinstance(field, models.BooleanField):
            return False, ""
        if isinstance(field, models.BinaryField):
            return name.encode(), name
        if isinstance(field, models.DateField):
            self.days += 1
            day = date(FIRST_YEAR + self.days // 12, self.days % 12 + 1, 15)  # of two figures: none is in another
            shown = f"{day.day} {day:%B %Y}"
            moment = timezone.make_aware(datetime.combine(day, time(12)))
            return (moment if isinstance(field, models.DateTimeField) else day), shown
        if isinstance(field, models.IntegerField):
            self.days += 1
            return 7_310_000 + self.days, str(7_310_000 + self.days)
        raise TypeError(f"{name}: plant something in a {type(field).__name__}.")

    def _filler(self, field: Any) -> Any:
        if isinstance(field, models.UUIDField):
            return uuid4()
        if isinstance(field, models.DateTimeField):
            return timezone.now()
        if isinstance(field, models.DateField):
            return timezone.localdate()
        if isinstance(field, models.BooleanField):
            return False
        return 1 if isinstance(field, models.IntegerField) else ""


def plant(cast: Cast) -> list[Canary]:
    """Plant a row of each model for the teacher and for the middle leader of the own school."""
    planter = Planter(cast, cast.school)
    for whose, persona in ((HERS, "teacher"), (THEIRS, "middle_leader")):
        _plant_for(planter, whose, cast.people[persona], cast.accounts[persona])
        _plant_head_year(planter, whose, cast.people[persona])
        _plant_staff_year(planter, whose, cast.people[persona])
        _plant_tried(planter, whose, cast.people[persona])
        _plant_workload(planter, whose, cast.people[persona])
    return planter.canaries


def _plant_decided(planter: Planter, whose: str, person: Person) -> None:
    """Make a decision, a change to it, and the equality check of it."""
    get, at = apps.get_model, {"school": planter.school}
    told = {"decided_by": person, "decided_as": "teacher", "visibility": "staff"}
    decision = planter.row(get("strategy.Decision"), whose, **at, **told)
    planter.row(get("strategy.DecisionChange"), whose, decision=decision, by=person)
    made = {"owner": person, "done_by": person, "state": "done"}
    check = planter.row(get("equality.Check"), whose, **at, decision=decision, priority=None, **made)
    planter.row(get("equality.Finding"), whose, of=check, characteristic="age", effect="may_harm", words="")
    planter.row(get("equality.Statement"), whose, **at, state="superseded", starts_in=2020, parts={}, kept="")
    aim = planter.row(get("equality.Aim"), whose, **at, owner=person, state="published", concerns=["age"],
                      published_on=timezone.localdate(), worded_on=None,
                      ended_on=None)  # fmt: skip
    for told in ("AimReading", "AimReview", "AimChange"):
        planter.row(get(f"equality.{told}"), whose, aim=aim, by=person)
    planter.row(get("equality.SaidOfSelf"), whose, **at, person=person, mark=uuid4())
    planter.row(get("equality.FairnessRelease"), whose, **at, by=person, starts_in=2020 if whose == HERS else 2021)
    _plant_deciding(planter, whose, person, decision)


def _plant_tried(planter: Planter, whose: str, person: Person) -> None:
    """Plant what somebody tried, questioned, read, and wrote towards an inspection."""
    get, at = apps.get_model, {"school": planter.school}
    tried = planter.row(get("improvement.Bet"), whose, **at, owner=person, state="running", cost=None, hours=None)
    planter.row(get("improvement.BetReading"), whose, bet=tried, by=person)
    planter.row(get("improvement.BetDecision"), whose, bet=tried, by=person, to="continued")
    item = planter.row(get("improvement.HorizonItem"), whose, **at, reader=person, noted_by=person, whence="local",
                       means="watch")  # fmt: skip
    planter.row(get("improvement.HorizonReading"), whose, item=item, by=person, means="watch")
    habit = planter.row(get("improvement.Habit"), whose, **at, owner=person, rests="none", outcome="keep", hours=None)
    planter.row(get("improvement.HabitReview"), whose, habit=habit, by=person, outcome="keep", rests="none")
    planter.row(get("improvement.ReadinessNote"), whose, **at, by=person, inspectorate="ofsted", area="inclusion",
                version=1 if whose == HERS else 2)  # fmt: skip


def _plant_support(planter: Planter, whose: str, person: Person) -> None:
    """Offer somebody support that the head gives, with their reply and a line of help."""
    get, head = apps.get_model, planter.cast.people["headteacher"]
    support = planter.row(get("appraisal.Support"), whose, school=planter.school, person=person, supporter=head)
    planter.row(get("appraisal.SupportLine"), whose, support=support, by=person, number=1, kind="reply", said="")
    planter.row(get("appraisal.SupportLine"), whose, support=support, by=head, number=2, kind="help", reply="")


def _plant_for(planter: Planter, whose: str, person: Person, account: Account) -> None:
    """Make one row of every model that tells of a person, about this person."""
    get, school, head = apps.get_model, planter.school, planter.cast.people["headteacher"]
    statement = Characteristic.objects.filter(framework__code="nse-2015", code="1.1").get()
    at = {"school": school}
    Post.objects.filter(person=person, school=school).update(
        title=f"canary-post-title-{whose}", reason=f"canary-post-reason-{whose}"
    )
    planter.canaries += [
        Canary("people.Post", "title", whose, f"canary-post-title-{whose}"),
        Canary("people.Post", "reason", whose, f"canary-post-reason-{whose}"),
        Canary("schools.CalendarFeed", "token_hash", whose, f"canary-feed-{whose}"),
        Canary("people.Person", "name", whose, person.name),
        Canary("people.Person", "email", whose, person.email),
    ]
    planter.row(get("people.Relationship"), whose, **at, holder=head, about=person, kind="coach")
    planter.row(get("people.Invitation"), whose, **at, email=person.email, role="teacher", invited_by=head)
    planter.row(get("people.ApiToken"), whose, person=person, permits=[])
    planter.row(get("people.RosterKey"), whose, **at, person=person, post=Post.objects.filter(person=person)[0])
    planter.row(get("schools.CalendarFeed"), whose, **at, person_id=person.pk, account_id=account.pk,
                token_hash=f"canary-feed-{whose}")  # fmt: skip
    _plant_decided(planter, whose, person)
    plan = planter.row(get("strategy.Plan"), whose, **at, starts_on=date(2020, 9, 1), ends_on=date(2040, 8, 31))
    _plant_planned(planter, whose, person, plan)
    policy = planter.row(get("policies.Policy"), whose, **at, owner=person, months=None)
    version = planter.row(get("policies.PolicyVersion"), whose, policy=policy, stage="in_force",
                          in_force_on=date(2020, 9, 1))  # fmt: skip
    planter.row(get("policies.PolicyReview"), whose, policy_version=version, by=person)
    planter.row(get("policies.PolicyApproval"), whose, policy_version=version, recorded_by=person)
    planter.row(get("policies.Acknowledgement"), whose, policy_version=version, person=person)
    change = planter.row(get("policies.PolicyChange"), whose, **at, noted_by=person, origin="local")
    duty = planter.row(get("policies.Duty"), whose, change=change, owner=person)
    planter.row(get("policies.DutyAction"), whose, duty=duty, owner=person, progress="done")
    target = planter.row(get("outcomes.Target"), whose, **at, owner=person, set_by=head, withdrawn_at=None, kind="mean",
                         aim=104, standard=None)  # fmt: skip
    planter.row(get("outcomes.TargetChange"), whose, target=target, by=person)
    planter.row(get("outcomes.Intervention"), whose, **at, owner=person, planned_by=head, withdrawn_at=None)
    meeting = planter.row(get("outcomes.ProgressMeeting"), whose, **at, noted_by=person)
    planter.row(get("outcomes.MeetingLine"), whose, meeting=meeting, owner=person)
    spend, _ = get("outcomes.SpendYear").objects.get_or_create(**at, year=2019)
    planter.row(get("outcomes.SpendLine"), whose, spend=spend, owner=person, approach="wider", amount=5, premium=5)
    if whose == HERS:  # a school shows one
        planter.row(get("outcomes.VisibleContact"), whose, **at, shown_by=person)
    survey = planter.row(get("voice.Survey"), whose, **at, run_by=head, about=None, own={}, standing={},
                         visibility="leaders", state="open", instrument="staff_pulse")  # fmt: skip
    planter.row(get("voice.Invitation"), whose, survey=survey, person=person, email="", groups={}, known="nobody")
    feedback = planter.row(get("voice.Survey"), whose, **at, run_by=head, about=head, own={}, standing={},
                           visibility="private", state="closed", closed_on=timezone.localdate(),
                           instrument="headteacher_360")  # fmt: skip
    planter.row(get("voice.FeedbackShare"), whose, survey=feedback, reader=person, why="coach", parts=[], ended_on=None,
                until=timezone.localdate())  # fmt: skip
    planter.row(get("talent.Goal"), whose, **at, person=person, visibility="private", state="reached")
    complaint = planter.row(get("voice.Complaint"), whose, **at, about=planter.cast.people["support_staff"],
                            owner=person, recorded_by=head, channel="letter", from_role="parent",
                            theme="homework")  # fmt: skip
    planter.row(get("voice.ComplaintStep"), whose, complaint=complaint, by=person, stage="received")
    planter.row(get("voice.Lesson"), whose, complaint=complaint, owner=person)
    planter.row(get("voice.Compliment"), whose, **at, about=person, recorded_by=head, channel="letter",
                from_role="parent", theme="homework", passed_on=timezone.localdate())  # fmt: skip
    _plant_support(planter, whose, person)
    planter.row(get("talent.LearningNote"), whose, **at, person=person, visibility="private")
    planter.row(get("evidence.Entry"), whose, **at, owner=person, visibility="private", kind="evidence.noted",
                source=f"evidence.Note:{whose}")  # fmt: skip
    planter.row(get("evidence.Reflection"), whose, **at, person=person, characteristic=statement, state="noticing",
                visibility="private")  # fmt: skip
    asked = planter.row(get("privacy.SubjectRequest"), whose, **at, person=person, noted_by=head, closed_by=None,
                        asks="access", state="open", drafts="hold")  # fmt: skip
    planter.row(get("privacy.LegalHold"), whose, **at, person=person, placed_by=head, lifted_by=None, lifted_at=None)
    planter.row(get("privacy.Passage"), whose, request=asked, decided_by=head, verdict="give", model="people.Post",
                key=0, field="title")  # fmt: skip
    planter.row(get("core.AuditDetail"), whose, chain=school.pk, number=person.pk, person_id=person.pk)
    planter.row(get("core.ImportBatch"), whose, chain=school.pk, created_by=person.pk, importer="mapped",
                state="undone",
                summary={"examples": [f"canary-summary-{whose}"]})  # fmt: skip


def _plant_planned(planter: Planter, whose: str, person: Person, plan: models.Model) -> None:
    """Plant a priority of a plan with all that stands under it, and the school's values and vision beside it."""
    get, at = apps.get_model, {"school": planter.school}
    priority = planter.row(get("strategy.Priority"), whose, plan=plan, owner=person)
    objective = planter.row(get("strategy.Objective"), whose, priority=priority)
    planter.row(get("strategy.Objective"), whose, priority=priority, withdrawn_on=date(FIRST_YEAR, 1, 15))
    planter.row(get("strategy.Measured"), whose, objective=objective, by=person)
    planned = planter.row(get("strategy.PlannedAction"), whose, plan=plan, owner=person, objective=objective, cost=None,
                          hours=None, rate=None, status="stuck", done_on=None)  # fmt: skip
    planter.row(get("strategy.Minute"), whose, action=planned, noted_by=person)
    planter.row(get("strategy.Milestone"), whose, action=planned, reached_on=None)
    planter.row(get("strategy.PlanChange"), whose, plan=plan, by=person)
    planter.row(get("strategy.PlanWords"), whose, plan=plan, audience="staff", starts_in=2020, words="")
    planter.row(get("strategy.Value"), whose, **at)
    vision = planter.row(get("strategy.Vision"), whose, **at, state="superseded", words="")
    planter.row(get("strategy.VisionChange"), whose, vision=vision, by=person)
    planter.row(get("strategy.Approval"), whose, **at, vision=vision, plan=None, recorded_by=person)


def _plant_workload(planter: Planter, whose: str, person: Person) -> None:
    get, at = apps.get_model, {"school": planter.school}
    demand = planter.row(get("workload.Demand"), whose, **at, owner=person, proposed_by=person, state="refused",
                         goes=None, kind="report", ended_on=timezone.localdate())  # fmt: skip
    planter.row(get("workload.DemandChange"), whose, demand=demand, by=person)
    directed, _ = get("workload.DirectedYear").objects.get_or_create(
        **at,
        starts_in=year_of(timezone.localdate()),
        defaults={"published_version": 1, "published_on": date(2030, 9, 1)},
    )
    planter.row(get("workload.Working"), whose, year=directed, person=person, counted=True, part=1, whole=1,
                weekdays="01234", since=1)  # fmt: skip
    planter.row(get("workload.StatementRead"), whose, year=directed, person=person)
    planter.row(get("workload.YearChange"), whose, year=directed, by=person)
    planter.row(get("workload.Slot"), whose, year=directed, kind="meeting", everybody=True, weekday=1, since=1,
                until=None)  # fmt: skip


def _plant_deciding(planter: Planter, whose: str, person: Person, decision: models.Model) -> None:
    """Make one row of every model of who decides what and how it turned out, about this person."""
    get, at = apps.get_model, {"school": planter.school}
    planter.row(get("strategy.LookBack"), whose, decision=decision, by=person, as_expected="yes", again="no")
    area = planter.row(get("strategy.Area"), whose, **at, ended_on=None)
    stands = planter.row(get("strategy.AreaVersion"), whose, area=area, by=person, version=1)
    team = planter.row(get("strategy.Team"), whose, **at, lead=person, ended_on=None)
    planter.row(get("strategy.TeamMember"), whose, team=team, person=person, until=None)
    planter.row(get("strategy.Right"), whose, version=stands, person=person, team=None, post="", part="consulted")
    sides = {"by_person": person, "of_person": planter.cast.people["headteacher"], "by_team": None, "of_team": None}
    review = planter.row(get("strategy.Review"), whose, **at, **sides, how="chosen", done_on=None, starts_in=2026)
    on = timezone.localdate()
    planter.row(get("strategy.ReviewedDecision"), whose, review=review, decision=decision, by=person, on=on)


def _plant_head_year(planter: Planter, whose: str, person: Person) -> None:
    """Plant a headteacher's year of appraisal: this person was head then, and one governor appraised them."""
    get, today, people = apps.get_model, timezone.localdate(), planter.cast.people
    head, governor = people["headteacher"], people["governor"]
    year = planter.row(get("appraisal.HeadYear"), whose, school=planter.school, head=person, recorded_by=head, pay=True,
                       state="appealed", given_on=today, starts_in=today.year - 1, starts_on=today, ends_on=today,
                       scheme="panel")  # fmt: skip
    get("appraisal.HeadMember").objects.create(year=year, person=governor, part="panel", since=today)
    planter.row(get("appraisal.HeadObjective"), whose, year=year, reached="met", weight=None)
    planter.row(get("appraisal.HeadNote"), whose, year=year, by=governor, kind="meeting")
    planter.row(get("appraisal.HeadReflection"), whose, year=year, shown_on=today)
    entry = get("evidence.Entry").objects.create(
        school=planter.school, kind="evidence.noted", words="Something shown", occurred_on=today,
        recorded_at=timezone.now(), visibility="leaders", from_work=False, source=f"evidence.Note:shown-{whose}",
    )  # fmt: skip
    planter.row(get("appraisal.HeadEvidence"), whose, year=year, entry=entry)
    planter.row(get("appraisal.HeadStatement"), whose, year=year, commented_on=today)
    lines = f"canary-headcopy-lines-{whose}"
    planter.canaries.append(Canary("appraisal.HeadCopy", "lines", whose, lines))
    planter.row(get("appraisal.HeadCopy"), whose, year=year, number=1, locked=True, opened_on=today,
                lines=f'[["words", "{lines}"]]')  # fmt: skip
    planter.row(get("appraisal.HeadAppeal"), whose, year=year, result="dismissed", heard_on=today)


def _plant_staff_year(planter: Planter, whose: str, person: Person) -> None:
    """Plant a year of staff appraisal of this person, whom the middle leader appraises."""
    get, at = apps.get_model, {"school": planter.school}
    cycle = planter.row(get("appraisal.StaffCycle"), whose, **at, organiser=None, name=f"Group {whose}",
                        starts_in=year_of(timezone.localdate()))  # fmt: skip
    get("appraisal.StaffPart").objects.create(cycle=cycle, number=1, name="Objectives", weight=100)
    people = planter.cast.people
    by = people["middle_leader"]
    year = planter.row(get("appraisal.StaffYear"), whose, **at, cycle=cycle, person=person, appraiser=by,
                       state="given", given_on=timezone.localdate(), reviewed_on=timezone.localdate(),
                       starts_in=year_of(timezone.localdate()) - 1)  # fmt: skip
    planter.row(get("appraisal.StaffObjective"), whose, year=year, reached="met", dropped_on=None)
    planter.row(get("appraisal.ExcellentPractice"), whose, **at, person=person, seen_by=by, state="agreed")
    today = timezone.localdate()
    planter.row(get("appraisal.StaffReflection"), whose, year=year, shown_on=today)
    planter.row(get("appraisal.StaffStatement"), whose, year=year, commented_on=today)
    looked = planter.row(get("appraisal.StaffModeration"), whose, year=year, by=people["headteacher"], settled_on=today,
                         looked="ratings", before="[]", after="[]")  # fmt: skip
    for name in ("before", "after"):
        planted = f"canary-staffmoderation-{name}-{whose}"
        planter.canaries.append(Canary("appraisal.StaffModeration", name, whose, planted))
        setattr(looked, name, f'[["part", "Teaching", "{planted}"]]')
    looked.save()
    appeal = planter.row(get("appraisal.StaffAppeal"), whose, year=year, result="dismissed", heard_on=today)
    get("appraisal.StaffHearer").objects.create(appeal=appeal, person=person, since=today, ended_on=today)
    part = cycle.parts.get()
    planter.row(get("appraisal.StaffRating"), whose, year=year, part=part, reached="met")
    planter.row(get("appraisal.StaffChange"), whose, year=year, by=by)
    lines = f"canary-staffcopy-lines-{whose}"
    planter.canaries.append(Canary("appraisal.StaffCopy", "lines", whose, lines))
    planter.row(get("appraisal.StaffCopy"), whose, year=year, number=1, locked=True, opened_on=today,
                lines=f'[["words", "{lines}"]]')  # fmt: skip


def plant_drafts(cast: Cast) -> list[Canary]:
    """Plant what is not given, shown or published yet, about the teacher; each model marked by what it is."""
    planter = Planter(cast, cast.school)
    planter.days = 800  # days and numbers of their own
    teacher, found = cast.people["teacher"], []
    for mark, fill in (
        ("draft", _draft_appraisal),
        ("draft", _draft_plans),
        ("leaders", _kept_to),
        ("governors", _kept_to),
    ):
        planter.canaries = []
        fill(planter, mark, teacher)
        found += [replace(each, model=f"{each.model}:{mark}") for each in planter.canaries]
    return found


def _draft_appraisal(planter: Planter, whose: str, person: Person) -> None:
    """Plant a year under review whose statement is a draft, and reflections nobody was shown."""
    get, at, today = apps.get_model, {"school": planter.school}, timezone.localdate()
    people = planter.cast.people
    starts_in = year_of(today) - 2
    cycle = planter.row(get("appraisal.StaffCycle"), whose, **at, organiser=None, name=f"Group {whose}",
                        starts_in=starts_in)  # fmt: skip
    part = get("appraisal.StaffPart").objects.create(cycle=cycle, number=1, name="Objectives", weight=100)
    year = planter.row(get("appraisal.StaffYear"), whose, **at, cycle=cycle, person=person, state="reviewed",
                       appraiser=people["headteacher"], starts_in=starts_in)  # fmt: skip
    planter.row(get("appraisal.StaffObjective"), whose, year=year, reached="met", dropped_on=None)
    planter.row(get("appraisal.StaffReflection"), whose, year=year, shown_on=None)
    planter.row(get("appraisal.StaffStatement"), whose, year=year, commented_on=None)
    planter.row(get("appraisal.StaffRating"), whose, year=year, part=part, reached="met")
    head = planter.row(get("appraisal.HeadYear"), whose, **at, head=person, recorded_by=people["headteacher"], pay=True,
                       state="met", scheme="panel", starts_in=today.year - 2, starts_on=today,
                       ends_on=today)  # fmt: skip
    get("appraisal.HeadMember").objects.create(year=head, person=people["governor"], part="panel", since=today)
    planter.row(get("appraisal.HeadStatement"), whose, year=head, commented_on=None)
    planter.row(get("appraisal.HeadReflection"), whose, year=head, shown_on=None)


def _draft_plans(planter: Planter, whose: str, person: Person) -> None:
    """Plant drafts of what a school publishes."""
    get, at = apps.get_model, {"school": planter.school}
    planter.row(get("strategy.Vision"), whose, **at, state="draft")
    policy = planter.row(get("policies.Policy"), whose, **at, owner=person, months=None)
    planter.row(get("policies.PolicyVersion"), whose, policy=policy, stage="draft", number=9, in_force_on=None,
                superseded_on=None)  # fmt: skip
    planter.row(get("equality.Aim"), whose, **at, owner=person, state="draft", concerns=["age"], published_on=None,
                worded_on=None, ended_on=None)  # fmt: skip


def _kept_to(planter: Planter, whose: str, person: Person) -> None:
    """Plant a decision of the teacher's that only some may know of."""
    get, at = apps.get_model, {"school": planter.school}
    planter.row(get("strategy.Decision"), whose, **at, decided_by=person, decided_as="teacher", visibility=whose)
