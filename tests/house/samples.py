"""What the persona x URL matrix needs to visit each address: things for it to show, at one school and at the other.

An address of a school with nothing but its URN needs no line here. Any other does: add a line to SAMPLES under the
route's name. `things` is called with the cast and one of its schools and returns the rest of the address; what it
makes must be visible to everybody whom the route's audience and `narrower` let in.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.appraisal.head_choices import HeadState as Stands
from headship.appraisal.head_choices import Part as Takes
from headship.appraisal.models import Expectation, Support, SupportLine
from headship.appraisal.staff_choices import StaffState as Goes
from headship.core import audit, belt
from headship.core import imports as machine
from headship.core.models import ImportBatch
from headship.core.roles import STAFF, Role
from headship.core.scope import installation_scope
from headship.core.sealed import seal
from headship.core.visibility import Visibility
from headship.equality.choices import Part
from headship.equality.models import Aim, Check, Statement
from headship.evidence.models import Reflection
from headship.improvement.models import Bet, Habit, HorizonItem
from headship.outcomes import pupil_plan
from headship.outcomes.models import Intervention, MeetingLine, ProgressMeeting, SharedSums, Target
from headship.outcomes.pupil_brought import Brought
from headship.people import queries as people
from headship.people import roster_actions, roster_plan, rosters, waiting_files
from headship.people.models import ApiToken, Invitation, Person, Post, Relationship
from headship.people.roster_plan import Choices
from headship.policies.choices import Asks, Stage
from headship.policies.list_reading import Line, Listing
from headship.policies.models import (
    Duty,
    DutyAction,
    Policy,
    PolicyApproval,
    PolicyChange,
    PolicyReview,
    PolicyVersion,
)
from headship.privacy.models import Erasure, LegalHold, SubjectRequest
from headship.schools import actions as schools
from headship.schools import imports as importers
from headship.schools.calendar_dates import year_of
from headship.schools.models import School, SchoolDay
from headship.schools.queries import on_disk
from headship.standards import actions as standards
from headship.standards.api import COLLECTIONS
from headship.standards.case import VERSIONS as CASE_VERSIONS
from headship.standards.imports import read as read_framework
from headship.standards.models import Characteristic, Framework
from headship.strategy.choices import VisionState
from headship.strategy.models import (
    Approval,
    Area,
    AreaVersion,
    Decision,
    LookBack,
    Milestone,
    Objective,
    Plan,
    PlannedAction,
    PlanWords,
    Priority,
    Review,
    ReviewedDecision,
    Team,
    TeamMember,
    Value,
    Vision,
)
from headship.talent import rules as talent_rules
from headship.talent.models import Goal, LearningNote
from headship.voice import instruments
from headship.voice import paper_queries as typing
from headship.voice import queries as surveys
from headship.voice import rules as voice_rules
from headship.voice.models import Complaint, Compliment, FeedbackShare, Lesson, Promise, Survey
from headship.voice.models import Invitation as Asked
from headship.workload.models import Demand, DirectedYear, Slot, Working
from tests.cast import PERSONAS, Cast
from tests.house import samples_staff as staff
from tests.house.samples_head import Things, a_rule, a_year, an_academy
from tests.standards.rich import RICH, resource_ids

ALLOWED = frozenset({200, 302, 405})


def nothing(cast: Cast, school: School) -> dict[str, Any]:
    """Say that the address holds nothing but its place."""
    return {}


@dataclass(frozen=True, slots=True)
class Sample:
    """How to visit one address: `things` fill it, `query` follows it.

    `answers` are the statuses its audience gets. `narrower` names the personas whom a rule inside the view refuses
    although the audience admits them, with their status. `shared` says that what it shows belongs to no school (a
    framework's words). `because` gives the reason for anything unusual here.
    """

    things: Callable[[Cast, School], dict[str, Any]] = nothing
    query: str = ""
    answers: frozenset[int] = ALLOWED
    narrower: Mapping[str, int] = field(default_factory=dict)
    shared: bool = False
    because: str = ""


def a_framework(cast: Cast, school: School) -> dict[str, Any]:
    """Load the frameworks that ship, and name one."""
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return {"framework": "nse-2015"}


def a_statement(cast: Cast, school: School) -> dict[str, Any]:
    """Name a statement of a framework."""
    return {**a_framework(cast, school), "code": "1.1"}


def a_download(cast: Cast, school: School) -> dict[str, Any]:
    """Name a framework and a format it is given in."""
    return {**a_framework(cast, school), "form": "moodle"}


def a_resource(collection: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Name a CASE resource of a collection; nothing that ships has subjects, concepts or rubrics."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        if not Framework.objects.filter(uuid=RICH["CFDocument"]["identifier"]).exists():
            now = timezone.now()
            by = installation_scope(now)
            incoming = read_framework("rich.json", json.dumps(RICH).encode(), at=now)
            standards.import_framework(
                by=by, at=now, incoming=standards.keep_incoming(by=by, at=now, incoming=incoming)
            )
        return {"identifier": resource_ids()[COLLECTIONS[collection]]}

    return things


def an_incoming(cast: Cast, school: School) -> dict[str, Any]:
    """Keep a file that waits to be imported."""
    now = timezone.now()
    incoming = read_framework("rich.json", json.dumps(RICH).encode(), at=now)
    return {"incoming": standards.keep_incoming(by=installation_scope(now), at=now, incoming=incoming).pk}


def the_frameworks(cast: Cast, school: School) -> dict[str, Any]:
    """Load the frameworks that ship, for forms that offer characteristics."""
    a_framework(cast, school)
    return {}


def a_head(cast: Cast, school: School) -> Person:
    """Return the headteacher of a school."""
    return cast.people["headteacher" if school == cast.school else "other_headteacher"]


def a_decision(cast: Cast, school: School) -> dict[str, Any]:
    """Note a decision of the headteacher's that staff and governors see."""
    a_framework(cast, school)
    now = timezone.now()
    decision = Decision.objects.create(
        school=school,
        once=uuid4(),
        what="Read every morning",
        decided_on=now.date(),
        decided_by=a_head(cast, school),
        decided_as=Role.HEADTEACHER,
        visibility=Visibility.STAFF,
        noted_at=now,
    )
    return {"decision": decision.pk}


def a_responsibility(cast: Cast, school: School) -> dict[str, Any]:
    """Put an area on the map, decided by nobody yet."""
    area = Area.objects.create(school=school, once=uuid4())
    now = timezone.now()
    said = {"since": timezone.localdate(), "name": f"Trips {area.pk}", "at": now, "by": a_head(cast, school)}
    AreaVersion.objects.create(area=area, version=1, **said)
    return {"responsibility": area.pk}


def a_team(cast: Cast, school: School) -> dict[str, Any]:
    """Form a team that the headteacher leads."""
    head, today = a_head(cast, school), timezone.localdate()
    team = Team.objects.create(school=school, once=uuid4(), name="Reading", remit="All read", lead=head, since=today)
    TeamMember.objects.create(team=team, person=head, since=today)
    return {"team": team.pk}


def a_member(cast: Cast, school: School) -> dict[str, Any]:
    """Take the headteacher into another's team."""
    team = Team.objects.get(pk=a_team(cast, school)["team"])
    member = TeamMember.objects.create(team=team, person=a_colleague(cast, school), since=team.since)
    return {"member": member.pk}


def a_look(cast: Cast, school: School) -> dict[str, Any]:
    """Look back at a decision."""
    made = LookBack.objects.create(
        decision_id=a_decision(cast, school)["decision"], once=uuid4(), on=timezone.localdate(), was="We did",
        as_expected="yes", again="yes", by=a_head(cast, school),
    )  # fmt: skip
    return {"look": made.pk}


def a_planned_year(cast: Cast, school: School) -> dict[str, Any]:
    """Name a year of directed time as evidence does."""
    starts_in = a_directed_year(cast, school)["year"]
    return {"planned": DirectedYear.objects.get(school=school, starts_in=starts_in).pk}


def a_review(cast: Cast, school: School) -> dict[str, Any]:
    """Let the headteacher look at decisions of a teacher's."""
    today = timezone.localdate()
    made = Review.objects.create(
        school=school,
        once=uuid4(),
        starts_in=year_of(today),
        by_person=a_head(cast, school),
        of_person=a_colleague(cast, school),
        due_on=today,
        how="chosen",
        count=3,
    )
    return {"review": made.pk}


def a_reading(cast: Cast, school: School) -> dict[str, Any]:
    """Put a decision of the teacher's before the headteacher."""
    of, decision = a_review(cast, school)["review"], a_decision(cast, school)["decision"]
    Decision.objects.filter(pk=decision).update(decided_by=a_colleague(cast, school))
    return {"reading": ReviewedDecision.objects.create(review_id=of, decision_id=decision).pk}


def a_value(cast: Cast, school: School) -> dict[str, Any]:
    """Write down a value."""
    value, _ = Value.objects.get_or_create(school=school, name="Kindness")
    return {"value": value.pk}


def a_vision(cast: Cast, school: School) -> dict[str, Any]:
    """Put a statement of vision in force."""
    today = timezone.localdate()
    words = {"words": "Every child known", "worded_on": today, "published_on": today}
    vision, _ = Vision.objects.get_or_create(school=school, state=VisionState.PUBLISHED, defaults=words)
    return {"vision": vision.pk}


def a_draft(cast: Cast, school: School) -> dict[str, Any]:
    """Draft a statement of vision."""
    words = {"words": "Every child heard", "worded_on": timezone.localdate()}
    vision, _ = Vision.objects.get_or_create(school=school, state=VisionState.DRAFT, defaults=words)
    return {"vision": vision.pk}


def a_plan(cast: Cast, school: School) -> dict[str, Any]:
    """Begin a plan that holds this year."""
    a_framework(cast, school)
    year = year_of(timezone.localdate())
    plan = Plan.objects.filter(school=school).first() or Plan.objects.create(
        school=school, once=uuid4(), title="Our plan", starts_on=date(year, 9, 1), ends_on=date(year + 3, 8, 31)
    )
    return {"plan": plan.pk}


def an_approved_plan(cast: Cast, school: School) -> dict[str, Any]:
    """Record that the board approved a plan, whose words were kept."""
    plan = a_plan(cast, school)["plan"]
    told = {"version": 1, "meeting": "The board's", "on": timezone.localdate(), "recorded_at": timezone.now()}
    approval, _ = Approval.objects.get_or_create(
        school=school, plan_id=plan, recorded_by=cast.people["chair"], recorded_as="chair",
        defaults={"once": uuid4(), "kept": '[["Plan", "Our plan", ""]]', **told},
    )  # fmt: skip
    return {"plan": plan, "approval": approval.pk}


def a_policy(cast: Cast, school: School) -> dict[str, Any]:
    """Put a policy of the headteacher's, which the board approves, into force."""
    return {"policy": PolicyVersion.objects.get(pk=a_text(cast, school)["text"]).policy_id}


def a_text(cast: Cast, school: School) -> dict[str, Any]:
    """Put the words of a policy into force that asks all staff to read it."""
    today = timezone.localdate()
    found = PolicyVersion.objects.filter(policy__school=school, stage=Stage.IN_FORCE).first()
    if found is None:
        policy = Policy.objects.create(
            school=school, once=uuid4(), title="Visitors", owner=a_head(cast, school), asks=Asks.ALL
        )
        found = PolicyVersion.objects.create(
            policy=policy, number=1, words="We knock.", stage=Stage.IN_FORCE, worded_on=today, in_force_on=today
        )
    return {"text": found.pk}


def a_drafted_text(cast: Cast, school: School) -> dict[str, Any]:
    """Draft the words of a policy."""
    return {"text": _next_text(cast, school, Stage.DRAFT).pk}


def an_approved_text(cast: Cast, school: School) -> dict[str, Any]:
    """Have the words of a policy approved."""
    made, now = _next_text(cast, school, Stage.APPROVED), timezone.now()
    PolicyApproval.objects.create(
        policy_version=made, once=uuid4(), approver="board", meeting="Full board", on=timezone.localdate(),
        recorded_by=a_head(cast, school), recorded_as="chair", recorded_at=now,
    )  # fmt: skip
    return {"text": made.pk}


def _next_text(cast: Cast, school: School, stage: Stage) -> PolicyVersion:
    """Write the next words of a policy, in one stage."""
    policy, today = a_policy(cast, school)["policy"], timezone.localdate()
    PolicyVersion.objects.filter(policy=policy, number=2).delete()
    return PolicyVersion.objects.create(policy_id=policy, number=2, words="We ring.", stage=stage, worded_on=today)


def a_policy_list(cast: Cast, school: School) -> dict[str, Any]:
    """Bring a list of one policy."""
    listing = Listing((Line("Lone working", None, "head", 12, "", ""),))
    made = ImportBatch.objects.create(
        chain=school.pk, importer="policies.list", file_name="policies.csv", fingerprint="0" * 64, state="previewed",
        created_at=timezone.now(), staged=listing.packed(),
    )  # fmt: skip
    return {"batch": made.pk}


def an_approval(cast: Cast, school: School) -> dict[str, Any]:
    """Record that the board approved the words in force."""
    made = PolicyApproval.objects.create(
        policy_version_id=a_text(cast, school)["text"], once=uuid4(), approver="board", meeting="Full board",
        on=timezone.localdate(), recorded_by=a_head(cast, school), recorded_as="chair", recorded_at=timezone.now(),
    )  # fmt: skip
    return {"approval": made.pk}


def a_policy_review(cast: Cast, school: School) -> dict[str, Any]:
    """Note a review of a policy that changed nothing."""
    text, today = a_text(cast, school)["text"], timezone.localdate()
    made = PolicyReview.objects.create(policy_version_id=text, once=uuid4(), on=today, by=a_head(cast, school))
    return {"review": made.pk}


def a_change_in_policy(cast: Cast, school: School) -> dict[str, Any]:
    """Note a change in policy."""
    made = PolicyChange.objects.create(
        school=school, once=uuid4(), title="Visitors sign in", origin="local", source="A letter",
        noted_on=timezone.localdate(), noted_by=a_head(cast, school),
    )  # fmt: skip
    return {"change": made.pk}


def a_duty(cast: Cast, school: School) -> dict[str, Any]:
    """Say what a change asks."""
    made = Duty.objects.create(change_id=a_change_in_policy(cast, school)["change"], once=uuid4(), words="A book")
    return {"duty": made.pk}


def a_duty_action(cast: Cast, school: School) -> dict[str, Any]:
    """Plan what is done for a duty."""
    duty, head = a_duty(cast, school)["duty"], a_head(cast, school)
    today = timezone.localdate()
    made = DutyAction.objects.create(duty_id=duty, once=uuid4(), what="Buy it", owner=head, due_on=today)
    return {"doing": made.pk}


def a_priority(cast: Cast, school: School) -> dict[str, Any]:
    """Put something first."""
    plan = Plan.objects.get(pk=a_plan(cast, school)["plan"])
    days = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
    made = Priority.objects.create(plan=plan, once=uuid4(), title="Reading", owner=a_head(cast, school), **days)
    return {"priority": made.pk}


def an_objective(cast: Cast, school: School) -> dict[str, Any]:
    """Say what a priority is to reach."""
    priority = a_priority(cast, school)["priority"]
    return {"objective": Objective.objects.create(priority_id=priority, once=uuid4(), words="All read").pk}


def an_action(cast: Cast, school: School) -> dict[str, Any]:
    """Plan an action of the headteacher's."""
    plan = Plan.objects.get(pk=a_plan(cast, school)["plan"])
    days = {"starts_on": plan.starts_on, "due_on": plan.ends_on}
    made = PlannedAction.objects.create(plan=plan, once=uuid4(), what="Read aloud", owner=a_head(cast, school), **days)
    return {"planned": made.pk}


def a_milestone(cast: Cast, school: School) -> dict[str, Any]:
    """Set a step on the way of an action."""
    planned, today = an_action(cast, school)["planned"], timezone.localdate()
    made = Milestone.objects.create(action_id=planned, once=uuid4(), words="All of Year 7", due_on=today)
    return {"milestone": made.pk}


def some_words(cast: Cast, school: School) -> dict[str, Any]:
    """Tell the plan to pupils in their words, and show it."""
    today = timezone.localdate()
    where = {**a_plan(cast, school), "year": year_of(today), "audience": "pupils"}
    told = {"words": "You will read", "published_on": today}
    PlanWords.objects.get_or_create(plan_id=where["plan"], audience="pupils", starts_in=where["year"], defaults=told)
    return where


def an_aim(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Write an equality objective of the headteacher's in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        today = timezone.localdate()
        made = Aim.objects.create(
            school=school,
            once=uuid4(),
            words="More girls choose physics",
            concerns=["equality.sex"],
            measure="Share",
            starts_on=today,
            ends_on=today + timedelta(days=700),
            review_on=today + timedelta(days=300),
            owner=a_head(cast, school),
            state=state,
            published_on=None if state == "draft" else today,
        )
        return {"aim": made.pk}

    return things


def some_information(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Write equality information in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        today = timezone.localdate()
        told = {
            "starts_in": year_of(today),
            "parts": {each.value: "Words" for each in Part},
            "published_on": None if state == "draft" else today,
        }
        made, _ = Statement.objects.get_or_create(school=school, state=state, defaults=told)
        return {"statement": made.pk}

    return things


def a_check(cast: Cast, school: School) -> dict[str, Any]:
    """Say that a decision needs an equality check, which the headteacher makes."""
    today = timezone.localdate()
    made = Check.objects.create(
        school=school,
        once=uuid4(),
        decision_id=a_decision(cast, school)["decision"],
        state="needed",
        owner=a_head(cast, school),
        due_on=today,
        settled_on=today,
    )
    return {"check": made.pk}


def an_unchecked(cast: Cast, school: School) -> dict[str, Any]:
    """Name a decision nobody has said it of whether it needs an equality check."""
    return {"kind": "decision", "of": a_decision(cast, school)["decision"]}


def a_bet(state: str = "running") -> Callable[[Cast, School], dict[str, Any]]:
    """Make a bet of the headteacher's in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        today = timezone.localdate()
        made = Bet.objects.create(
            school=school,
            once=uuid4(),
            title="A quiet start",
            trying="five silent minutes",
            expected="calm the corridor",
            owner=a_head(cast, school),
            starts_on=today,
            stops_on=today + timedelta(30),
            runs_since=None if state == "proposed" else today,
            state=state,
        )
        return {"bet": made.pk}

    return things


def a_sight(cast: Cast, school: School) -> dict[str, Any]:
    """Put something on the horizon for the headteacher to read."""
    a_framework(cast, school)
    head, today = a_head(cast, school), timezone.localdate()
    days = {"noted_on": today, "read_by": today}
    made = HorizonItem.objects.create(
        school=school, once=uuid4(), title="A new road", whence="local", noted_by=head, reader=head, **days
    )
    return {"item": made.pk}


def a_habit(cast: Cast, school: School) -> dict[str, Any]:
    """Put a practice to the question that the headteacher answers for."""
    a_framework(cast, school)
    told = {"practice": "Long reports", "rests": "none", "review_on": timezone.localdate()}
    return {"habit": Habit.objects.create(school=school, once=uuid4(), owner=a_head(cast, school), **told).pk}


def an_area(cast: Cast, school: School) -> dict[str, Any]:
    """Name an area of inspection."""
    a_framework(cast, school)
    return {"area": "inclusion"}


def a_demand(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Return what names a demand on the school's staff that the headteacher answers for, in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        head, today = a_head(cast, school), timezone.localdate()
        made = Demand.objects.create(
            school=school,
            once=uuid4(),
            title="Data drop",
            kind="data_drop",
            reason="It is read",
            owner=head,
            minutes=30,
            times=6,
            state=state,
            nothing_because="It is the first",
            proposed_by=head,
            proposed_on=today,
            review_on=today,
        )
        made.asked.create(role="teacher")
        return {"demand": made.pk}

    return things


def a_directed_year(cast: Cast, school: School) -> dict[str, Any]:
    """Publish a year of directed time, of no days, which counts the teacher."""
    a_framework(cast, school)
    starts_in, today = year_of(timezone.localdate()), timezone.localdate()
    told = {"published_version": 1, "published_on": today}
    of, _ = DirectedYear.objects.get_or_create(school=school, starts_in=starts_in, defaults=told)
    person = cast.people["teacher" if school == cast.school else "other_teacher"]
    Working.objects.get_or_create(year=of, person=person, starts_on=date(starts_in, 9, 1), since=1)
    return {"year": starts_in}


def a_slot(cast: Cast, school: School) -> dict[str, Any]:
    """Place a meeting."""
    where = a_directed_year(cast, school)
    of = DirectedYear.objects.get(school=school, starts_in=where["year"])
    told = {"kind": "meeting", "title": "Briefing", "minutes": 15, "everybody": True, "weekday": 0, "since": 1}
    return {**where, "slot": Slot.objects.create(year=of, line=uuid4(), **told).pk}


def a_worker(cast: Cast, school: School) -> dict[str, Any]:
    """Name somebody whose directed time is counted."""
    person = cast.people["teacher" if school == cast.school else "other_teacher"]
    return {**a_directed_year(cast, school), "person": person.pk}


def a_target(cast: Cast, school: School) -> dict[str, Any]:
    """Set a target that the headteacher answers for."""
    a_framework(cast, school)
    now, head = timezone.now(), a_head(cast, school)
    target = Target.objects.create(
        school=school,
        once=uuid4(),
        year=now.year,
        year_group="Year 6",
        subject="maths",
        assessment="Key stage 2 tests",
        kind="standard",
        standard=100,
        aim=20,
        due_on=now.date(),
        owner=head,
        set_by=head,
        set_at=now,
    )
    return {"target": target.pk}


def an_intervention(cast: Cast, school: School) -> dict[str, Any]:
    """Plan an intervention that the headteacher answers for."""
    a_framework(cast, school)
    now, head = timezone.now(), a_head(cast, school)
    made = Intervention.objects.create(
        school=school,
        once=uuid4(),
        name="Fractions at breakfast",
        subject="maths",
        year_group="Year 6",
        owner=head,
        starts_on=now.date(),
        planned_by=head,
        planned_at=now,
    )
    return {"intervention": made.pk}


def a_meeting(cast: Cast, school: School) -> dict[str, Any]:
    """Note a progress meeting."""
    a_framework(cast, school)
    now, head = timezone.now(), a_head(cast, school)
    made = ProgressMeeting.objects.create(
        school=school, once=uuid4(), held_on=now.date(), term="autumn", noted_by=head, noted_at=now
    )
    made.present.add(head)
    return {"meeting": made.pk}


def a_line(cast: Cast, school: School) -> dict[str, Any]:
    """Note something that is to change, which the headteacher took on."""
    of = a_meeting(cast, school)["meeting"]
    made = MeetingLine.objects.create(
        meeting_id=of, once=uuid4(), what="More", for_whom="Most", owner=a_head(cast, school), due_on=timezone.now()
    )
    return {"line": made.pk}


def shared_sums(cast: Cast, school: School) -> dict[str, Any]:
    """Share sums with the trust."""
    now = timezone.now()
    made = SharedSums.objects.create(
        school=school,
        trust=cast.trust,
        year=2025,
        assessment=f"GCSE {uuid4().hex[:6]}",
        scale="gcse",
        year_group="Year 11",
        by_subject={"maths": [10.0, 1040.0, 50.0, 108250.0, 5210.0, 262.0]},
        made_at=now,
        shared_by=a_head(cast, school),
        shared_at=now,
    )
    return {"shared": made.pk}


def a_year_of_spending(cast: Cast, school: School) -> dict[str, Any]:
    """Name this academic year."""
    a_framework(cast, school)
    return {"year": year_of(timezone.localdate())}


def a_note(cast: Cast, school: School) -> dict[str, Any]:
    """Write a note of learning that the headteacher shows to staff and governors."""
    a_framework(cast, school)
    now = timezone.now()
    note = LearningNote.objects.create(
        school=school,
        once=uuid4(),
        person=a_head(cast, school),
        what="How fractions are taught elsewhere",
        learned_on=now.date(),
        visibility=Visibility.STAFF,
        written_at=now,
    )
    return {"note": note.pk}


def a_goal(cast: Cast, school: School) -> dict[str, Any]:
    """Set the headteacher a goal that their appraiser sees."""
    a_framework(cast, school)
    today = timezone.localdate()
    made = Goal.objects.create(
        school=school,
        once=uuid4(),
        person=a_head(cast, school),
        what="I ask before I answer",
        due_on=today,
        set_on=today,
        visibility=Visibility.LINE,
    )
    return {"goal": made.pk}


def an_import(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Keep an import of a table in a state; it belongs to no school."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        stands = ImportBatch.objects.filter(chain=0, state="committed", importer="mapped").first()
        if state == "committed" and stands:
            return {"batch": stands.pk}  # only the newest can be undone
        table = f"URN,Name\n{cast.third.urn},Example {uuid4().hex[:6]}\n".encode()
        batch = ImportBatch(chain=0, importer="mapped", file_name="table.csv", state=state, created_at=timezone.now())
        batch.summary, batch.staged = {"headings": ["URN", "Name"]}, table
        if state != "unmapped":
            with on_disk(table) as path:
                found = machine.preview(importers.mapped({"URN": "urn", "Name": "name"}), path, name="table.csv")
            batch.summary, batch.staged = found.summary(), found.blob
        if state == "committed":
            machine.apply(batch.staged)
            batch.committed_at = timezone.now()
        batch.save()
        return {"batch": batch.pk}

    return things


def a_code(cast: Cast, school: School) -> dict[str, Any]:
    """Name a characteristic."""
    a_framework(cast, school)
    return {"code": "1.1"}


def a_reflection(cast: Cast, school: School) -> dict[str, Any]:
    """Write a reflection of the headteacher's."""
    a_framework(cast, school)
    written = Reflection.objects.create(
        school=school,
        person=a_head(cast, school),
        characteristic=Characteristic.objects.get(code="1.1", framework__code="nse-2015"),
        state="noticing",
        visibility=Visibility.PRIVATE,
        written_at=timezone.now(),
    )
    return {"reflection": written.pk}


def a_survey(
    state: str, *, about: bool = False, instrument: str = "staff_pulse"
) -> Callable[[Cast, School], dict[str, Any]]:
    """Make a survey of the headteacher's in a state; or one about them."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        head, today = a_head(cast, school), timezone.localdate()
        asked = instruments.instruments()["headteacher_360" if about else instrument]
        made = Survey.objects.create(
            school=school,
            once=uuid4(),
            instrument=asked.code,
            title="How are we?",
            questions=instruments.kept(asked.questions),
            about=head if about else None,
            run_by=head,
            state=state,
            visibility=Visibility.PRIVATE if about else Visibility.STAFF,
            made_on=today,
            closes_on=today,
            closed_on=today if state == "closed" else None,
        )
        return {"survey": made.pk}

    return things


def a_link(cast: Cast, school: School) -> dict[str, Any]:
    """Ask somebody in an open survey, and name the token of their link."""
    survey = a_survey("open")(cast, school)["survey"]
    Asked.objects.create(survey_id=survey, token_hash=surveys.hash_of("token"), sealed_token="")
    return {"token": "token"}


def a_link_to_print(cast: Cast, school: School) -> dict[str, Any]:
    """Ask somebody who has no address by name, in an open survey."""
    survey = a_survey("open")(cast, school)["survey"]
    person, today = Person.objects.create(name="Una Unmailed", created_at=timezone.now()), timezone.localdate()
    Post.objects.create(person=person, school=school, role="support_staff", starts_on=today)
    Asked.objects.create(survey_id=survey, person=person, token_hash="hash", sealed_token=seal("23456789ABCD"))
    return {"survey": survey}


def into_polish(cast: Cast, school: School) -> dict[str, Any]:
    """Put a survey into another language."""
    return {**a_survey("draft")(cast, school), "language": "pl"}


def papers_to_type(cast: Cast, school: School) -> dict[str, Any]:
    """Let whoever is of the office here type in the papers of an open survey."""
    survey = a_survey("open")(cast, school)["survey"]
    in_office = Post.objects.filter(school=school, role="office").values_list("person", flat=True).first()
    Survey.objects.filter(pk=survey).update(typist=in_office or a_head(cast, school))
    Asked.objects.create(survey_id=survey, groups={"Post": "Year 5"}, token_hash="hash", sealed_token=seal("token"))
    return {"survey": survey}


def leave_to_type(cast: Cast, school: School) -> dict[str, Any]:
    """Give leave to type in the papers of an open survey."""
    survey = Survey.objects.get(pk=papers_to_type(cast, school)["survey"])
    return {"leave": typing.leave(survey)}


def a_promise(cast: Cast, school: School) -> dict[str, Any]:
    """Promise something about a closed survey."""
    survey, today = a_survey("closed")(cast, school)["survey"], timezone.localdate()
    made = Promise.objects.create(
        school=school,
        survey_id=survey,
        once=uuid4(),
        said="Too many letters",
        doing="Fewer letters",
        owner=a_head(cast, school),
        due_on=today,
        made_on=today,
    )
    return {"promise": made.pk}


def a_share(*, named: bool = True) -> Callable[[Cast, School], dict[str, Any]]:
    """Let the headteacher show feedback on them to their chair, or at the other school to a teacher."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        survey, today = a_survey("closed", about=True)(cast, school)["survey"], timezone.localdate()
        reader = cast.people["chair" if school == cast.school else "other_teacher"]
        made = FeedbackShare.objects.create(survey_id=survey, reader=reader, why="panel", shown_on=today, until=today)
        return {"survey": survey, "share": made.pk} if named else {"share": made.pk}

    return things


def a_complaint(cast: Cast, school: School) -> dict[str, Any]:
    """Record a complaint that the headteacher answers."""
    a_framework(cast, school)
    head, today = a_head(cast, school), timezone.localdate()
    made = Complaint.objects.create(
        school=school,
        once=uuid4(),
        received_on=today,
        channel="letter",
        from_role="parent",
        theme="homework",
        said="Too much of it",
        recorded_by=head,
        due_on=today,
    )
    return {"complaint": made.pk}


def a_move(cast: Cast, school: School) -> dict[str, Any]:
    """Record a complaint, and name what can be done next."""
    return {**a_complaint(cast, school), "to": "acknowledged"}


def a_lesson(cast: Cast, school: School) -> dict[str, Any]:
    """Write down what was learned from a complaint, for the headteacher to do."""
    of, today = a_complaint(cast, school)["complaint"], timezone.localdate()
    made = Lesson.objects.create(
        complaint_id=of, once=uuid4(), learned="Less", doing="Less", owner=a_head(cast, school), due_on=today
    )
    return {"lesson": made.pk}


def a_compliment(cast: Cast, school: School) -> dict[str, Any]:
    """Record something kind."""
    a_framework(cast, school)
    made = Compliment.objects.create(
        school=school,
        once=uuid4(),
        received_on=timezone.localdate(),
        channel="letter",
        from_role="parent",
        theme="teaching",
        said="Thank you",
        recorded_by=a_head(cast, school),
    )
    return {"compliment": made.pk}


def an_expectation(cast: Cast, school: School) -> dict[str, Any]:
    """Name a policy as an expectation of conduct."""
    of = Policy.objects.create(school=school, once=uuid4(), title="How we treat one another", asks="all")
    made = Expectation.objects.create(
        school=school, policy=of, since=timezone.localdate(), named_by=a_head(cast, school)
    )
    return {"expectation": made.pk}


def a_support(cast: Cast, school: School) -> dict[str, Any]:
    """Offer a colleague support that they accepted and the headteacher gives."""
    return {"support": _support(cast, school, a_head(cast, school), somebody_new(school)).pk}


def a_support_note(cast: Cast, school: School) -> dict[str, Any]:
    """Offer support, and name what is noted of it."""
    return {**a_support(cast, school), "kind": "help"}


def a_support_line(cast: Cast, school: School) -> dict[str, Any]:
    """Offer support, with a line that the headteacher wrote."""
    of, today = a_support(cast, school)["support"], timezone.localdate()
    by = a_head(cast, school)
    made = SupportLine.objects.create(
        support_id=of, once=uuid4(), number=1, kind="offer", on=today, at=timezone.now(), by=by, said="Come"
    )
    return {"written": made.pk}


def a_support_of_the_heads(cast: Cast, school: School) -> dict[str, Any]:
    """Offer the headteacher support."""
    head = a_head(cast, school)
    return {"support": _support(cast, school, somebody_new(school), head, apart=True).pk}


def somebody_new(school: School) -> Person:
    """Give a colleague, who is nobody of the cast, a post."""
    person = Person.objects.create(
        name="Colleague Example", email=f"{uuid4()}@people.example", created_at=timezone.now()
    )
    Post.objects.create(person=person, school=school, role="teacher", starts_on=timezone.localdate())
    return person


def _support(cast: Cast, school: School, supporter: Person, person: Person, *, apart: bool = False) -> Support:
    a_framework(cast, school)
    return Support.objects.create(
        school=school,
        once=uuid4(),
        person=person,
        supporter=supporter,
        apart=apart,
        standing="accepted",
        offered_on=timezone.localdate(),
    )


NOT_THE_HEAD = {persona: 404 for persona in PERSONAS if persona not in {"headteacher", "other_headteacher"}}
SUPPORT_OF_THE_HEADS = "support is known to the person, who gives it and who leads it; here to the headteacher alone"
NOT_THE_SUPPORTED = NOT_THE_HEAD | {"chair": 403}
THE_HEADS = "a complaint is known to who leads it, who answers it and who is named; here to the headteacher alone"

RUN = ("senior_leader", "middle_leader", "safeguarding_lead", "business_manager", "chair")
NOT_ITS_RUNNER = dict.fromkeys(RUN, 404)
ITS_RUNNER = "a survey being prepared, and feedback on a person, are known to whoever runs it alone"

SHOWN_TO_NOBODY_ELSE = {
    persona: 404
    for persona, (_, posts) in PERSONAS.items()
    if persona not in {"headteacher", "chair", "other_headteacher", "other_teacher"}
    and any(role in voice_rules.SHOWN_TO for _, role in posts)
}
THEIR_READER = "what somebody shows of the feedback on them exists for them and its reader alone"

SAME_CODES = "the codes of the standards are the same at every school"

NOT_ITS_SETTER = {
    persona: 404
    for persona, (_, posts) in PERSONAS.items()
    if persona not in {"headteacher", "other_headteacher"} and any(role in talent_rules.LEARNERS for _, role in posts)
}
ITS_SETTER = "a goal exists for whoever set it, and their appraiser: here nobody is"

HEADS = ("headteacher", "other_headteacher")
NOT_ITS_WRITER = {persona: 403 for persona in PERSONAS if persona not in HEADS}
SIDES = (*HEADS, "teacher", "other_teacher")
NOT_A_SIDE = {persona: 404 for persona in PERSONAS if persona not in SIDES}
NOT_ITS_REVIEWER = {**NOT_A_SIDE, "teacher": 403, "other_teacher": 403}
ITS_SIDES = "in these samples the headteacher looks at decisions of the teacher's"
THEIR_OWN = "only its writer may, and in these samples that is the headteacher"


def a_day(cast: Cast, school: School) -> dict[str, Any]:
    """Put an event on a school's calendar."""
    day = SchoolDay.objects.create(
        school=school, on=date(2026, 12, 1), until=date(2026, 12, 1), words="Fair", kind="event"
    )
    return {"day": day.pk}


def a_calendar_address(cast: Cast, school: School) -> dict[str, Any]:
    """Make the headteacher's private calendar address."""
    return {"token": schools.make_feed(by=cast.scope("headteacher"), at=timezone.now())}


def a_post(persona: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Name the post of a persona, or of their like at the other school."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        whose = persona if school == cast.school else f"other_{persona}"
        return {"post": Post.objects.get(person=cast.people[whose], school=school).pk}

    return things


def _invitation(cast: Cast, school: School, **more: Any) -> Invitation:
    now = timezone.now()
    said = {"name": "Uma New-Example", "email": "uma@people.example", "role": "teacher", "starts_on": now.date()}
    by = cast.people["headteacher"]
    return Invitation.objects.create(
        school=school, invited_by=by, invited_at=now, expires_at=now + timedelta(days=14), **said, **more
    )


def an_invitation(cast: Cast, school: School) -> dict[str, Any]:
    """Invite a teacher."""
    return {"invitation": _invitation(cast, school, token_hash="0").pk}


def a_letter(cast: Cast, school: School) -> dict[str, Any]:
    """Name the address in an invitation's letter."""
    _invitation(cast, school, token_hash=people.hash_of("token"))
    return {"token": "token"}


def a_relationship(cast: Cast, school: School) -> dict[str, Any]:
    """Name a coach."""
    mine = school == cast.school
    pair = ("senior_leader", "teacher") if mine else ("other_headteacher", "other_teacher")
    holder, about = (cast.people[who] for who in pair)
    tie = Relationship.objects.create(
        school=school, kind="coach", holder=holder, about=about, starts_on=timezone.localdate()
    )
    return {"relationship": tie.pk}


def a_failed_task(cast: Cast, school: School) -> dict[str, Any]:
    """Keep a task that failed; it belongs to no school."""
    task = DBTaskResult.objects.create(
        task_path="headship.gone", args_kwargs={"args": [], "kwargs": {}}, status="FAILED", backend_name="default"
    )
    return {"task": task.pk}


def a_token(cast: Cast, school: School) -> dict[str, Any]:
    """Make the headteacher's token."""
    cast.token("headteacher")
    return {"token": ApiToken.objects.latest("pk").pk}


def only(*personas: str) -> dict[str, int]:
    """Say that a rule inside the view refuses everybody but these, and the other school's head at theirs."""
    there = {"other_headteacher"} if "headteacher" in personas else set()
    return dict.fromkeys(set(PERSONAS) - set(personas) - there, 403)


KEEPERS = only("headteacher", "senior_leader", "office", "administrator")
NO_PLANNER = only("headteacher", "senior_leader")
ITS_ANSWERER = "who answers for it, here the headteacher, and those who write objectives"
NO_POLICY_KEEPER = only("headteacher", "senior_leader", "business_manager")
NO_RECORDER = only("chair", "clerk")
SEES_NO_DRAFT = dict.fromkeys(("middle_leader", "teacher", "support_staff", "office", "two_schools"), 404)
ITS_WRITER = "who answers for it, and those who keep policies"
ITS_RECORDER = "the board approves it, so the head does not record it"
ITS_DOER = "who does it, and those who keep the plan"
ITS_OWNER = "who answers for it, and the headteacher and senior leaders"
NOT_SEEING_HOURS = only("headteacher", "senior_leader", "business_manager", "teacher")
HOURS_OF_OTHERS = "whoever it is about, and those who see everybody's; in these samples it is the teacher's"
NO_HOURS_OF_ITS_OWN = {
    persona: 404
    for persona in PERSONAS
    if persona not in {"teacher", "other_teacher"} and {role for _, role in PERSONAS[persona][1]} & STAFF
}
NOT_A_SETTER = only("headteacher", "senior_leader", "middle_leader")
NO_PASSWORD = Sample(answers=frozenset({403}), because="the cast's accounts have no password to give again")
NO_SECOND_STEP = Sample(answers=frozenset({404}), because="the cast's second step is only said to be done")
NO_PROVIDER = Sample(
    lambda cast, school: {"provider_id": "school"}, answers=frozenset({404}), because="no provider is set up in tests"
)


def a_step(cast: Cast, school: School) -> dict[str, Any]:
    """Name a step of set-up."""
    return {"step": "terms"}


def a_colleague(cast: Cast, school: School) -> Person:
    """Return a teacher of a school."""
    return cast.people["teacher" if school == cast.school else "other_teacher"]


def a_request(cast: Cast, school: School) -> dict[str, Any]:
    """Note that a teacher asked what is held about them."""
    now = timezone.now()
    asked = SubjectRequest.objects.create(
        school=school,
        person=a_colleague(cast, school),
        asks="access",
        received_on=now.date(),
        due_on=now.date() + timedelta(days=30),
        state="open",
        noted_by=a_head(cast, school),
        noted_at=now,
    )
    return {"asked": asked.pk}


def a_hold(cast: Cast, school: School) -> dict[str, Any]:
    """Place a hold on a teacher's data."""
    held = LegalHold.objects.create(
        school=school,
        person=a_colleague(cast, school),
        why="A claim",
        placed_by=a_head(cast, school),
        placed_at=timezone.now(),
    )
    return {"hold": held.pk}


def an_erasure(cast: Cast, school: School) -> dict[str, Any]:
    """Prepare what is due at a school."""
    erasure = Erasure.objects.create(school=school, prepared_at=timezone.now(), fingerprint="", stage="prepared")
    return {"erasure": erasure.pk}


CLOSED = Sample(answers=frozenset({404}), because="set-up is gone once anybody has an account")

BRINGERS = only("headteacher", "senior_leader", "office")
HEADINGS = ["Staff Code", "Forename", "Surname"]
UNREAD = f"{','.join(HEADINGS)}\nT1,Vera,Listed-Example\n".encode()


def a_list(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Keep a list of one teacher in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        member = rosters.Member("T1", "Vera Listed-Example", "", "Teacher", "", "", "", gone=False, org="", row=2)
        roster = rosters.Roster("A table", (member,))
        choices = Choices({"Teacher": "teacher"}, "", end_missing=False)
        told = {"source": "A table", "staff": 1, "pupils": 0, "choices": asdict(choices), "headings": HEADINGS}
        by = cast.scope("headteacher" if school == cast.school else "other_headteacher")
        with belt.within(by):
            digest = roster_actions.digest_of(roster_plan.plan(by, roster, choices))
        batch = ImportBatch.objects.create(
            chain=school.pk,
            importer="people.roster",
            file_name="staff.csv",
            fingerprint="",
            state=state,
            created_at=timezone.now(),
            summary={**told, "digest": digest},
            staged=UNREAD if state == "unmapped" else roster.packed(),
        )
        return {"roster": batch.pk}

    return things


def a_pupil_file(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Keep a file of one pupil in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        brought = Brought("A table", 2025, {"a" * 64: {"sex": "female"}})
        by = cast.scope("headteacher" if school == cast.school else "other_headteacher")
        with belt.within(by):
            digest = pupil_plan.digest_of(pupil_plan.plan(by, brought).packed())
        asked = {"year": 2025, "name": "", "scale": "", "taken_on": "", "words": {}}
        told = {
            "year": 2025,
            "pupils": 1,
            "sat": [],
            "left_out": {},
            "digest": digest,
            "asked": asked,
        }
        batch = ImportBatch.objects.create(
            chain=school.pk,
            importer="outcomes.pupils",
            file_name="pupils.csv",
            fingerprint="",
            state=state,
            created_at=timezone.now(),
            summary={**told, "headings": ["UPN", "Sex"], "mapping": {"UPN": "upn", "Sex": "sex"}},
            staged=waiting_files.seal(b"UPN,Sex")[0] if state in {"unmapped", "unworded"} else brought.packed(),
        )
        return {"file": batch.pk}

    return things


def something_done(cast: Cast, school: School) -> dict[str, Any]:
    """Let the log of a school hold an event."""
    with transaction.atomic():
        audit.append(audit.Draft(school.pk, timezone.now(), "tests.did", None, "tests.Thing:1"))
    return {}


# Who works here finds the years in which they were headteacher, and these never were.
NEVER_HEAD = {
    persona: 404
    for persona, (_, posts) in PERSONAS.items()
    if persona not in HEADS and any(role in STAFF for _, role in posts)
}
ADVISED = "each step of a headteacher's year is one person's: theirs, the panel's, the adviser's"


def of_the_year(name: str, things: Things, *does: str) -> dict[str, Sample]:
    """Say who of those who read a headteacher's year do something in it, at the school and at its trust."""
    read = {"headteacher", "chair", "governor", "external_adviser"}
    trusted = {} if "trust_leader" in does else {"trust_leader": 403}
    refused = NEVER_HEAD | dict.fromkeys(read - set(does), 403)
    return {
        name: Sample(things, narrower=refused, because=ADVISED),
        f"trust-{name}": Sample(things, narrower=trusted, because=ADVISED),
    }


APPRAISE = ("chair", "governor", "trust_leader")
EVERY_PART = ("headteacher", "external_adviser", *APPRAISE)

SAMPLES: dict[str, Sample] = {
    "practice-recognise": Sample(narrower=staff.NOT_LEADING, because="those who lead recognise it"),
    "practice-answer": Sample(staff.a_practice, narrower=staff.THEIR_OWN, because="whoever it is about says so"),
    "practice-take-back": Sample(staff.a_practice),
    "staff-fairness": Sample(narrower=staff.SET_UP, because="the headteacher asks whether it is fair"),
    "staff-fairness-release": Sample(narrower=staff.SET_UP, because="the headteacher asks whether it is fair"),
    "staff-appeal-file": Sample(staff.an_appeal, narrower=staff.NOT_HEARERS, because=staff.HEARD),
    "staff-appeal-hear": Sample(staff.an_appeal, narrower=staff.NOT_HEARERS, because=staff.HEARD),
    "staff-appeal-hearers": Sample(staff.an_appeal, narrower=staff.NOT_NAMERS, because=staff.HEARD),
    "staff-appeal-read": Sample(staff.a_staff_year(Goes.COMPLETE)),
    "staff-moderation": Sample(staff.a_cycle, narrower=staff.SET_UP, because="the headteacher looks at a group"),
    "staff-looked-at": Sample(staff.a_cycle),
    "staff-look-again": Sample(
        staff.a_year_to_ask_about, narrower=staff.NOT_THE_HEADS, because="the headteacher looks at a group"
    ),
    "staff-look-answer": Sample(staff.an_asked_year, narrower=staff.NOT_THE_HEADS, because=staff.NOT_THEIRS),
    **{
        name: Sample(made, narrower=staff.SET_UP, because="the headteacher keeps templates")
        for name, made in (
            ("staff-templates", nothing),
            ("staff-template-new", nothing),
            ("staff-template", staff.a_template()),
            ("staff-template-change", staff.a_template()),
            ("staff-template-drop", staff.a_template()),
            ("staff-template-begin", staff.a_template("starts_in")),
            ("staff-template-aim", staff.a_template()),
            ("staff-template-aim-change", staff.a_template("common")),
            ("staff-cycle-template", staff.a_cycle),
        )
    },
    "staff-template-aim-drop": Sample(staff.a_template("common")),
    "staff-cycle-new": Sample(narrower=staff.SET_UP, because="the headteacher sets cycles"),
    "staff-cycle-change": Sample(staff.a_cycle, narrower=staff.SET_UP, because="the headteacher sets cycles"),
    "staff-cycle-again": Sample(staff.a_cycle, narrower=staff.SET_UP, because="the headteacher sets cycles"),
    **{
        name: Sample(staff.a_cycle, narrower=staff.NOT_THE_HEADS, because=staff.NOT_ORGANISERS)
        for name in ("staff-cycle", "staff-members", "staff-many", "staff-put")
    },
    **{
        name: Sample(staff.a_staff_year(), narrower=staff.NOT_THE_HEADS, because=staff.NOT_THEIRS)
        for name in (
            "staff-year",
            "staff-appraiser",
            "staff-take-out",
            "staff-close",
            "staff-objective-add",
            "staff-set",
        )
    },
    "staff-objective-change": Sample(
        staff.a_staff_year(Goes.AIMING, "aim"), narrower=staff.NOT_THE_HEADS, because=staff.NOT_THEIRS
    ),
    "staff-objective-drop": Sample(staff.a_staff_year(Goes.AIMING, "aim")),
    **{
        name: Sample(staff.a_staff_year(state, *also), narrower=staff.NOT_THE_HEADS, because=staff.NOT_THEIRS)
        for name, state, *also in (
            ("staff-take-up", Goes.SET),
            ("staff-halfway", Goes.SET),
            ("staff-review", Goes.SET),
            ("staff-review-back", Goes.REVIEWED),
            ("staff-take-back", Goes.GIVEN),
            ("staff-statement", Goes.REVIEWED),
            ("staff-give", Goes.REVIEWED),
            ("staff-complete", Goes.GIVEN),
            ("staff-reopen", Goes.COMPLETE),
            ("staff-document", Goes.COMPLETE),
            ("staff-copy", Goes.COMPLETE, "copy"),
            ("staff-copy-document", Goes.COMPLETE, "copy"),
        )
    },
    **{
        name: Sample(staff.a_staff_year(state, whose="teacher"), narrower=staff.THEIR_OWN, because=staff.NOT_THEIRS)
        for name, state in (("staff-reflection", Goes.SET), ("staff-comment", Goes.GIVEN), ("staff-appeal", Goes.GIVEN))
    },
    "head-appraisal": Sample(narrower=dict.fromkeys(NEVER_HEAD, 403), because="of staff, those who were headteacher"),
    **of_the_year("head-year", a_year(Stands.APPOINTED), *EVERY_PART),
    **of_the_year("head-document", a_year(Stands.AGREED), *EVERY_PART),
    **of_the_year("head-copy", a_year(Stands.AGREED, "copy"), *EVERY_PART),
    **of_the_year("head-copy-document", a_year(Stands.AGREED, "copy"), *EVERY_PART),
    **of_the_year("head-objective-add", a_year(Stands.APPOINTED), "headteacher", *APPRAISE),
    **of_the_year("head-objective-change", a_year(Stands.APPOINTED, "objective"), "headteacher", *APPRAISE),
    **{
        name: Sample(a_year(Stands.APPOINTED, *also))
        for called, also in (
            ("head-objective-drop", ("objective",)),
            ("head-evidence-hide", ("shown",)),
            ("head-statement-back", ()),
            ("head-lend", ()),
        )
        for name in (called, f"trust-{called}")
    },
    **of_the_year("head-own-words", a_year(Stands.APPOINTED, "objective"), "headteacher"),
    **of_the_year("head-objectives-set", a_year(Stands.APPOINTED), *APPRAISE),
    **of_the_year("head-objectives-again", a_year(Stands.SET), *APPRAISE),
    **of_the_year("head-advice", a_year(Stands.APPOINTED), "external_adviser", *APPRAISE),
    **of_the_year("head-halfway", a_year(Stands.SET), *APPRAISE),
    **of_the_year("head-meeting", a_year(Stands.SET), *APPRAISE),
    **of_the_year("head-onward", a_year(Stands.MET), *APPRAISE),
    **of_the_year("head-moderate", a_year(Stands.MET, governor=Takes.MODERATOR), "governor"),
    **of_the_year("head-evidence", a_year(Stands.APPOINTED), "headteacher"),
    **of_the_year("head-reflection", a_year(Stands.APPOINTED), "headteacher"),
    **of_the_year("head-statement", a_year(Stands.MET), *APPRAISE),
    **of_the_year("head-statement-give", a_year(Stands.MET), *APPRAISE),
    **of_the_year("head-comment", a_year(Stands.GIVEN), "headteacher"),
    **of_the_year("head-lock", a_year(Stands.GIVEN), *APPRAISE),
    **of_the_year("head-reopen", a_year(Stands.AGREED), *APPRAISE),
    **of_the_year("head-appeal", a_year(Stands.AGREED), "headteacher"),
    **of_the_year("head-appeal-hear", a_year(Stands.APPEALED, governor=Takes.APPEAL), "governor"),
    "head-panel-change": Sample(a_year(Stands.APPOINTED)),
    "head-close": Sample(a_year(Stands.APPOINTED)),
    "head-remove": Sample(a_year(Stands.APPOINTED)),
    "own-rule-record": Sample(an_academy),
    "own-rule-change": Sample(a_rule),
    "own-rule-drop": Sample(a_rule),
    "answer": Sample(a_link),
    "survey": Sample(a_survey("closed")),
    "survey-prepare": Sample(
        lambda cast, school: {"instrument": "staff_pulse"},
        narrower=dict.fromkeys(("middle_leader", "safeguarding_lead", "business_manager"), 403),
        shared=True,
        because="what is asked is the same at every school; the last three ask for feedback on themselves alone",
    ),
    "survey-change": Sample(a_survey("draft"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-people": Sample(a_survey("draft"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-codes-make": Sample(a_survey("draft", instrument="parents"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-codes": Sample(a_survey("open"), narrower=dict.fromkeys(RUN, 403), because="only who runs it prints codes"),
    "survey-links": Sample(a_link_to_print, narrower=dict.fromkeys(RUN, 403), because="only who runs it prints links"),
    "survey-paper": Sample(
        a_survey("open"), narrower=dict.fromkeys(RUN, 403), because="its runner alone arranges paper"
    ),
    "survey-papers": Sample(
        papers_to_type,
        query="?group=Year+5",
        narrower=dict.fromkeys(RUN, 403),
        because="only who runs it prints papers",
    ),
    "survey-typing": Sample(
        papers_to_type, narrower={"support_staff": 403}, because="one person is named, here of the office"
    ),
    "answer-typed": Sample(leave_to_type),
    "answer-no-more": Sample(a_link),
    "survey-themes": Sample(
        a_survey("closed"), narrower=dict.fromkeys(RUN, 403), because="only who ran it says what comments are about"
    ),
    "survey-languages": Sample(a_survey("draft"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-translate": Sample(into_polish, narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-sheet": Sample(into_polish, narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-sheet-take": Sample(into_polish, narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-addresses": Sample(a_survey("draft", instrument="parents"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-addresses-ask": Sample(a_survey("draft", instrument="parents")),
    "survey-preview": Sample(a_survey("open")),
    "survey-open": Sample(a_survey("draft")),
    "survey-remind": Sample(a_survey("open")),
    "survey-close": Sample(a_survey("open")),
    "survey-drop": Sample(a_survey("draft")),
    "survey-own": Sample(a_survey("open", about=True), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-report": Sample(a_survey("closed")),
    "survey-figures": Sample(a_survey("closed")),
    "feedback-pack": Sample(a_survey("closed", about=True), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "feedback-shares": Sample(a_survey("closed", about=True), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "feedback-share-new": Sample(
        lambda cast, school: {**a_survey("closed", about=True)(cast, school), "why": "coach"},
        narrower=NOT_ITS_RUNNER,
        because=ITS_RUNNER,
    ),
    "feedback-share": Sample(a_share(), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "feedback-share-end": Sample(a_share()),
    "feedback-shown": Sample(a_share(named=False), narrower=SHOWN_TO_NOBODY_ELSE, because=THEIR_READER),
    "feedback-shown-pack": Sample(a_share(named=False), narrower=SHOWN_TO_NOBODY_ELSE, because=THEIR_READER),
    "promise-make": Sample(a_survey("closed")),
    "promise": Sample(a_promise),
    **{
        name: Sample(a_complaint, narrower=NOT_THE_HEAD, because=THE_HEADS)
        for name in ("complaint", "complaint-change", "complaint-hand", "complaint-learn")
    },
    "complaint-delete": Sample(a_complaint),
    "complaint-move": Sample(a_move, narrower=NOT_THE_HEAD, because=THE_HEADS),
    **{
        name: Sample(a_support, narrower=NOT_THE_HEAD, because=SUPPORT_OF_THE_HEADS)
        for name in ("support", "support-document", "support-review", "support-end", "support-hand")
    },
    "support-offer": Sample(narrower=only("headteacher", "chair"), because="the headteacher and the chair offer it"),
    "support-note": Sample(a_support_note, narrower=NOT_THE_HEAD, because=SUPPORT_OF_THE_HEADS),
    "support-reply": Sample(a_support_of_the_heads, narrower=NOT_THE_SUPPORTED, because="who is supported replies"),
    "support-correct": Sample(a_support_line, narrower=NOT_THE_HEAD, because=SUPPORT_OF_THE_HEADS),
    "support-delete": Sample(a_support),
    "conduct-drop": Sample(an_expectation),
    "lesson": Sample(a_lesson, narrower=NOT_THE_HEAD, because=THE_HEADS),
    "compliment": Sample(a_compliment, narrower=NOT_THE_HEAD, because=THE_HEADS),
    "compliment-pass": Sample(a_compliment, narrower=NOT_THE_HEAD, because=THE_HEADS),
    "complaints-procedure-change": Sample(
        narrower=only("headteacher", "chair", "clerk"), because="the headteacher, the chair and the clerk set it"
    ),
    "audit-checkpoint": Sample(something_done),
    "held-about-me-ask": Sample(
        narrower={"trust_leader": 403, "operator": 403}, because="they never held a post at a school: none to ask"
    ),
    "pupil-file": Sample(a_pupil_file("previewed")),
    "pupil-columns": Sample(a_pupil_file("unmapped")),
    "pupil-words": Sample(a_pupil_file("unworded")),
    "pupil-take": Sample(a_pupil_file("previewed")),
    "pupil-undo": Sample(a_pupil_file("previewed")),
    "rosters": Sample(narrower=BRINGERS),
    "roster-letters": Sample(narrower=BRINGERS),
    "roster": Sample(a_list("previewed"), narrower=BRINGERS),
    "roster-columns": Sample(a_list("unmapped"), narrower=BRINGERS),
    "roster-posts": Sample(a_list("unchosen"), narrower=BRINGERS),
    "roster-take": Sample(a_list("previewed")),
    "roster-undo": Sample(a_list("committed")),
    "demonstration": Sample(answers=frozenset({404}), because="nobody reaches it outside the demonstration"),
    "import": Sample(an_import("committed"), shared=True, because="the register belongs to no school"),
    "import-columns": Sample(an_import("unmapped"), shared=True, because="the register belongs to no school"),
    "import-commit": Sample(an_import("previewed"), shared=True, because="the register belongs to no school"),
    "import-undo": Sample(an_import("committed"), shared=True, because="the register belongs to no school"),
    "work-again": Sample(a_failed_task, shared=True, because="work in the background belongs to no school"),
    "metrics": Sample(answers=frozenset({200, 404}), because="only this machine reads it, and tests are this machine"),
    "set-up": CLOSED,
    "set-up-code": CLOSED,
    "set-up-register": CLOSED,
    "set-up-register-check": CLOSED,
    "set-up-by-hand": CLOSED,
    "set-up-school": CLOSED,
    "set-up-account": CLOSED,
    "set-up-skip": Sample(a_step, shared=True, because="a step of set-up is no thing of a school"),
    "privacy-request": Sample(a_request),
    "privacy-passages": Sample(a_request),
    "privacy-file": Sample(a_request),
    "privacy-close": Sample(a_request),
    "privacy-drafts": Sample(
        a_request, narrower=dict.fromkeys(staff.HEADS, 403), because="the data protection officer decides of drafts"
    ),
    "privacy-document": Sample(
        lambda cast, school: {"document": "notice-staff"}, shared=True, because="every school has the same documents"
    ),
    "privacy-document-file": Sample(
        lambda cast, school: {"document": "notice-staff"}, shared=True, because="every school has the same documents"
    ),
    "keeping-time": Sample(
        lambda cast, school: {"model": "strategy.Decision"}, shared=True, because="every school keeps the same kinds"
    ),
    "hold-lift": Sample(a_hold),
    "erasure": Sample(an_erasure),
    "profile": Sample(the_frameworks),
    "characteristic": Sample(a_code, shared=True, because=SAME_CODES),
    "reflect": Sample(a_code, shared=True, because=SAME_CODES),
    "evidence-note": Sample(a_code, shared=True, because=SAME_CODES),
    "method": Sample(lambda cast, school: {"method": "published-absence"}, shared=True, because="methods are public"),
    "reflection-share": Sample(a_reflection),
    "decision-note": Sample(the_frameworks),
    "decision": Sample(a_decision),
    "decision-change": Sample(a_decision, narrower=NOT_ITS_WRITER, because=THEIR_OWN),
    "decision-look-back": Sample(a_decision, narrower=NOT_ITS_WRITER, because=THEIR_OWN),
    "look-back": Sample(a_look),
    "area": Sample(a_responsibility),
    "area-change": Sample(a_responsibility),
    "area-end": Sample(a_responsibility),
    "team": Sample(a_team),
    "team-change": Sample(a_team),
    "team-end": Sample(a_team),
    "member-add": Sample(a_team),
    "member-end": Sample(a_member),
    "review": Sample(a_review, narrower=NOT_A_SIDE, because=ITS_SIDES),
    "review-evidence": Sample(a_review),
    "review-choose": Sample(a_review, narrower=NOT_ITS_REVIEWER, because=ITS_SIDES),
    "reading-write": Sample(a_reading, narrower=NOT_ITS_REVIEWER, because=ITS_SIDES),
    "decision-withdraw": Sample(a_decision, narrower=NOT_ITS_WRITER, because=THEIR_OWN),
    "target": Sample(a_target),
    "target-document": Sample(a_target),
    "target-change": Sample(a_target),
    "target-review": Sample(a_target, narrower=NOT_A_SETTER, because="who answers for it, and those who set targets"),
    "target-withdraw": Sample(a_target),
    "intervention": Sample(an_intervention),
    "intervention-document": Sample(an_intervention),
    "intervention-change": Sample(an_intervention),
    "intervention-review": Sample(
        an_intervention, narrower=NOT_A_SETTER, because="who answers for it, and those who keep interventions"
    ),
    "intervention-withdraw": Sample(an_intervention),
    "meeting": Sample(a_meeting),
    "meeting-document": Sample(a_meeting),
    "meeting-change": Sample(a_meeting),
    "meeting-agree": Sample(a_meeting),
    "meeting-line": Sample(a_line),
    "meeting-close": Sample(a_line, narrower=NOT_A_SETTER, because="who took it on, and those who note meetings"),
    "value-added-standing": Sample(shared_sums),
    "value-added-standing-document": Sample(shared_sums),
    "spend-edit": Sample(a_year_of_spending, shared=True, because="every school has the same years"),
    "value-change": Sample(a_value),
    "value-retire": Sample(a_value),
    "demand": Sample(a_demand("agreed")),
    "demand-change": Sample(a_demand("proposed"), narrower=NO_PLANNER, because=ITS_DOER),
    "demand-weigh": Sample(a_demand("proposed")),
    "demand-review": Sample(a_demand("agreed"), narrower=NO_PLANNER, because=ITS_DOER),
    "demand-question": Sample(a_demand("agreed"), narrower=NO_PLANNER, because=ITS_DOER),
    "directed-year": Sample(a_directed_year, shared=True, because="a year is everybody's"),
    "directed-evidence": Sample(a_planned_year),
    "directed-begin": Sample(a_directed_year, shared=True, because="a year is everybody's"),
    "directed-publish": Sample(a_directed_year),
    "directed-slots": Sample(a_directed_year),
    "directed-shares": Sample(a_directed_year),
    "directed-place": Sample(a_directed_year),
    "directed-slot": Sample(a_slot),
    "directed-working-add": Sample(a_directed_year),
    "directed-working-remove": Sample(a_directed_year),
    "directed-working": Sample(a_worker),
    "directed-read": Sample(a_directed_year),
    "directed-calendar": Sample(a_directed_year, shared=True, because="a year is everybody's"),
    "directed-person": Sample(a_worker, narrower=NOT_SEEING_HOURS, because=HOURS_OF_OTHERS),
    "directed-statement": Sample(a_worker, narrower=NOT_SEEING_HOURS, because=HOURS_OF_OTHERS),
    "policy": Sample(a_policy),
    "policy-change": Sample(a_policy),
    "policy-withdraw": Sample(a_policy),
    "policy-draft": Sample(a_policy, narrower=NO_POLICY_KEEPER, because=ITS_WRITER),
    "policy-review": Sample(a_policy),
    "policy-on-day": Sample(a_policy),
    "policy-compare": Sample(a_policy),
    "policy-text": Sample(a_text),
    "policy-text-document": Sample(a_text),
    "policy-words": Sample(a_drafted_text, narrower=NO_POLICY_KEEPER | SEES_NO_DRAFT, because=ITS_WRITER),
    "policy-offer": Sample(a_drafted_text),
    "policy-approve": Sample(a_drafted_text, narrower=NO_RECORDER, because=ITS_RECORDER),
    "policy-bring": Sample(an_approved_text),
    "policy-read": Sample(a_text),
    "policy-review-approve": Sample(a_policy_review, narrower=NO_RECORDER, because=ITS_RECORDER),
    "policy-list": Sample(a_policy_list),
    "policy-list-take": Sample(a_policy_list),
    "policy-list-undo": Sample(a_policy_list),
    "policy-approval": Sample(an_approval),
    "change-in-policy": Sample(a_change_in_policy),
    "change-in-policy-edit": Sample(a_change_in_policy),
    "duty-add": Sample(a_change_in_policy),
    "duty-edit": Sample(a_duty, narrower=NO_POLICY_KEEPER, because=ITS_WRITER),
    "duty-withdraw": Sample(a_duty, narrower=NO_POLICY_KEEPER, because=ITS_WRITER),
    "duty-act": Sample(a_duty, narrower=NO_POLICY_KEEPER, because=ITS_WRITER),
    "duty-action": Sample(a_duty_action),
    "duty-action-edit": Sample(a_duty_action),
    "duty-action-move": Sample(a_duty_action, narrower=NO_POLICY_KEEPER, because=ITS_WRITER),
    "plan-one": Sample(a_plan),
    "plan-document": Sample(a_plan),
    "plan-change": Sample(a_plan),
    "plan-approve": Sample(a_plan),
    "plan-copy": Sample(an_approved_plan),
    "priority-add": Sample(a_plan),
    "action-add": Sample(a_plan),
    "priority-change": Sample(a_priority),
    "priority-withdraw": Sample(a_priority),
    "objective-withdraw": Sample(an_objective),
    "equality-objective": Sample(an_aim("published")),
    "equality-objective-change": Sample(an_aim("draft")),
    "equality-objective-publish": Sample(an_aim("draft")),
    "equality-objective-end": Sample(an_aim("published")),
    "equality-objective-reading": Sample(an_aim("published"), narrower=NO_PLANNER, because=ITS_ANSWERER),
    "equality-objective-review": Sample(an_aim("published"), narrower=NO_PLANNER, because=ITS_ANSWERER),
    "equality-statement": Sample(some_information("published")),
    "equality-information-change": Sample(some_information("draft")),
    "equality-information-publish": Sample(some_information("draft")),
    "equality-information-document": Sample(some_information("published")),
    "equality-check": Sample(a_check),
    "equality-check-begin": Sample(an_unchecked),
    "equality-check-change": Sample(a_check),
    "equality-check-findings": Sample(
        a_check,
        narrower=only("headteacher", "senior_leader", "chair", "governor", "business_manager"),
        because="who was asked to make it, here the headteacher, and those who note decisions",
    ),
    "objective-add": Sample(a_priority),
    "objective": Sample(an_objective),
    "objective-change": Sample(an_objective),
    "objective-measure": Sample(an_objective),
    "planned-action": Sample(an_action),
    "planned-change": Sample(an_action),
    "planned-move": Sample(an_action, narrower=NO_PLANNER, because=ITS_DOER),
    "milestone-add": Sample(an_action, narrower=NO_PLANNER, because=ITS_DOER),
    "milestone-change": Sample(a_milestone, narrower=NO_PLANNER, because=ITS_DOER),
    "milestone-reach": Sample(a_milestone),
    "minute-link": Sample(an_action),
    "plan-words": Sample(some_words),
    "plan-words-document": Sample(some_words),
    "plan-words-write": Sample(some_words),
    "plan-words-show": Sample(some_words),
    "vision": Sample(a_vision),
    "vision-change": Sample(a_draft),
    "vision-agree": Sample(a_draft),
    "vision-publish": Sample(a_draft),
    "bet-propose": Sample(the_frameworks),
    "bet": Sample(a_bet()),
    "bet-change": Sample(a_bet("proposed"), narrower=NO_PLANNER, because=ITS_OWNER),
    "bet-hand": Sample(a_bet(), narrower=NO_PLANNER, because=ITS_OWNER),
    "bet-start": Sample(a_bet("proposed")),
    "bet-decline": Sample(a_bet("proposed")),
    "bet-reading": Sample(a_bet(), narrower=NO_PLANNER, because=ITS_OWNER),
    "bet-decide": Sample(a_bet(), narrower=NO_PLANNER, because=ITS_OWNER),
    "horizon-item": Sample(a_sight),
    "horizon-change": Sample(a_sight, narrower=NO_PLANNER, because=ITS_OWNER),
    "horizon-read": Sample(a_sight, narrower=NO_PLANNER, because=ITS_OWNER),
    "habit": Sample(a_habit),
    "habit-change": Sample(a_habit, narrower=NO_PLANNER, because=ITS_OWNER),
    "habit-review": Sample(a_habit, narrower=NO_PLANNER, because=ITS_OWNER),
    "readiness": Sample(the_frameworks),
    "readiness-document": Sample(the_frameworks),
    "readiness-area": Sample(an_area, shared=True, because="every school is inspected in the same areas"),
    "readiness-note": Sample(an_area, shared=True, because="every school is inspected in the same areas"),
    "learning-write": Sample(the_frameworks),
    "learning-note": Sample(a_note),
    "learning-change": Sample(a_note, narrower=NOT_ITS_WRITER, because=THEIR_OWN),
    "learning-withdraw": Sample(a_note),
    "goal-set": Sample(the_frameworks),
    "goal": Sample(a_goal, narrower=NOT_ITS_SETTER, because=ITS_SETTER),
    "goal-change": Sample(a_goal, narrower=NOT_ITS_SETTER, because=ITS_SETTER),
    "calendar-day-remove": Sample(a_day),
    "facts-subject": Sample(
        lambda cast, school: {"subject": "attainment"}, shared=True, because="every school has the same subjects"
    ),
    "published-part": Sample(
        lambda cast, school: {"part": "spending"}, shared=True, because="every school has the same parts"
    ),
    "calendar-file": Sample(a_calendar_address, because="whoever holds the address reads it as its owner"),
    "framework": Sample(a_framework, shared=True, because="a framework's words are public"),
    "framework-statement": Sample(a_statement, shared=True, because="a framework's words are public"),
    "framework-download": Sample(a_download, shared=True, because="a framework's words are public"),
    "framework-import-check": Sample(an_incoming, shared=True, because="a framework belongs to no school"),
    "framework-remove": Sample(a_framework, shared=True, because="a framework belongs to no school"),
    **{
        f"case-{version}-{collection}": Sample(
            a_resource(collection), shared=True, because="a framework's words are public"
        )
        for version in CASE_VERSIONS
        for collection in COLLECTIONS
    },
    **{f"case-{version}-all-CFDocuments": Sample(the_frameworks) for version in CASE_VERSIONS},
    "api-area": Sample(lambda cast, school: {"area": "strategy"}, shared=True, because="the documentation is public"),
    "device-end": Sample(
        lambda cast, school: {"mark": "0" * 32},
        answers=frozenset({302}),
        shared=True,
        because="only POST ends one, of one's own; tests/people/test_devices.py",
    ),
    "token-revoke": Sample(
        a_token, answers=frozenset({302}), shared=True, because="only POST ends one; tests/people/test_tokens.py"
    ),
    "account_reset_password_from_key": Sample(lambda cast, school: {"uidb36": "1", "key": "set-password"}),
    "account_reauthenticate": NO_PASSWORD,
    "mfa_reauthenticate": NO_PASSWORD,
    "mfa_reauthenticate_webauthn": NO_PASSWORD,
    "mfa_deactivate_totp": NO_SECOND_STEP,
    "mfa_view_recovery_codes": NO_SECOND_STEP,
    "mfa_remove_webauthn": Sample(
        lambda cast, school: {"pk": 1}, answers=frozenset({404}), because="nobody sees another's passkey"
    ),
    "openid_connect_login": NO_PROVIDER,
    "openid_connect_callback": NO_PROVIDER,
    "socialaccount_login_error": Sample(answers=frozenset({401}), because="allauth answers a failed sign-in so"),
    "invitation": Sample(a_letter),
    "people-invite": Sample(narrower=only("headteacher", "senior_leader", "office", "chair", "clerk")),
    "people-post": Sample(a_post("headteacher"), narrower={"external_adviser": 403, "authority_leader": 403}),
    "people-end-post": Sample(a_post("teacher"), narrower=KEEPERS),
    "people-change-role": Sample(a_post("teacher"), narrower=only("headteacher", "senior_leader", "office")),
    "people-letter": Sample(an_invitation, narrower=KEEPERS),
    "people-renew": Sample(an_invitation, narrower=KEEPERS),
    "people-withdraw": Sample(an_invitation, narrower=KEEPERS),
    "relationship-start": Sample(narrower=only("headteacher", "senior_leader")),
    "relationship-end": Sample(a_relationship, narrower=only("headteacher", "senior_leader")),
}
