"""Writes of the first hour, and of what is known of backups."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import actions as people
from headship.people.models import Account
from headship.project import queries, rules
from headship.project.choices import Step
from headship.project.models import Backup, SetUp
from headship.schools import actions as schools
from headship.schools.models import School
from headship.schools.words import search_text


@dataclass(frozen=True, slots=True)
class Described:
    """A school's few details, as somebody typed them."""

    urn: int
    name: str
    phase: str
    postcode: str


@dataclass(frozen=True, slots=True)
class First:
    """Whoever sets Headship up."""

    name: str
    email: str
    password: str
    role: Role


@action("project.choose_school")
def choose_school(*, by: Scope, at: datetime, urn: int) -> None:
    """Choose the school that this installation begins with."""
    held = _locked(by, at)
    held.school = get_object_or_404(School, urn=urn)
    held.step = Step.ACCOUNT
    held.save()
    actions.audit(f"schools.School:{held.school.pk}", step=Step.ACCOUNT.value)


@action("project.describe_school")
def describe_school(*, by: Scope, at: datetime, described: Described) -> None:
    """Write down a school by hand, for an installation without the register, and choose it."""
    held = _locked(by, at)
    if School.objects.filter(urn=described.urn).exists():
        raise Unusable(f"A school with the URN {described.urn} is known already. Go back and find it by that number.")
    (text,) = search_text({"town": "", "authority": "", **asdict(described)})
    held.school = School.objects.create(**asdict(described), search_text=text)
    held.step = Step.ACCOUNT
    held.save()
    actions.audit(f"schools.School:{held.school.pk}", by_hand=True)


@action("project.open_first_account")
def open_first_account(*, by: Scope, at: datetime, first: First) -> Account:
    """Open the first account, with its post at the chosen school. Of two browsers one wins, and the other is told."""
    held = _locked(by, at)
    if held.school is None:
        raise Unusable("Choose your school first. Nothing was saved.")
    account = people.open_account(
        by=by, at=at, name=first.name, email=first.email, password=first.password, operator=True
    )
    people.appoint(
        by=by,
        at=at,
        person_id=account.person_id,
        school_id=held.school.pk,
        role=first.role,
        starts_on=timezone.localdate(at),
    )
    schools.join(by=by, at=at, school_id=held.school.pk)
    held.person, held.step = account.person, Step.TERMS
    held.save()
    actions.audit(f"people.Account:{account.pk}", school=held.school.pk)
    return account


@action("project.go_on")
def go_on(*, by: Scope, at: datetime, done: Step) -> Step:
    """Put a step behind and return the next; a step put behind twice changes nothing."""
    held = SetUp.objects.select_for_update().filter(pk=queries.THE_ONE, school_id=by.school_id).first()
    require(rules.go_on(by, held.person_id if held else None))
    assert held is not None  # the rule refuses where there is none
    steps = [*Step]
    if held.step == done and done != Step.DONE:
        held.step, held.changed_at = steps[steps.index(done) + 1], at
        held.save(update_fields=["step", "changed_at"])
    actions.audit(f"schools.School:{by.school_id}", step=str(held.step))
    return Step(held.step)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was tried: where it lies and what it holds, or why there is none."""

    folder: str
    name: str = ""
    size: int = 0
    row_count: int = 0
    sha256: str = ""
    fault: str = ""


@action("project.note_backup")
def note_backup(*, by: Scope, at: datetime, tried: BackedUp) -> int:
    """Note that a backup was made and read back whole, or that it failed."""
    require(rules.keep_running(by))
    noted = Backup.objects.create(made_at=at, verified_at=None if tried.fault else at, **asdict(tried))
    actions.audit(f"project.Backup:{noted.pk}", whole=not tried.fault, sha256=tried.sha256)
    return noted.pk


@action("project.note_verified_backup")
def note_verified_backup(*, by: Scope, at: datetime, name: str, sha256: str) -> bool:
    """Note that a backup known here was read whole again; whether it is known."""
    require(rules.keep_running(by))
    known = Backup.objects.filter(name=name, sha256=sha256).update(verified_at=at)
    actions.audit("project.Backup:", sha256=sha256, known=bool(known))
    return bool(known)


def _locked(by: Scope, at: datetime) -> SetUp:
    """Lock the one row of set-up. Errors: Refused; Stale once anybody has an account."""
    require(rules.before_anybody(by))
    SetUp.objects.bulk_create([SetUp(pk=queries.THE_ONE, step=Step.SCHOOL, changed_at=at)], ignore_conflicts=True)
    held = SetUp.objects.select_for_update().get(pk=queries.THE_ONE)
    if Account.objects.exists():
        raise Stale(rules.ALREADY_SET_UP)
    held.changed_at = at
    return held


@action("project.try_again")
def try_again(*, by: Scope, at: datetime, task: UUID) -> None:
    """Let a task that failed for good wait for a worker again, with all its attempts before it."""
    require(rules.keep_working(by))
    held = get_object_or_404(DBTaskResult.objects.select_for_update(), pk=task)
    if held.status != TaskResultStatus.FAILED:
        raise Stale("This task did not fail, or somebody had it tried again already. Nothing was changed.")
    DBTaskResult.objects.filter(pk=task).update(
        status=TaskResultStatus.READY, run_after=at, finished_at=None, worker_ids=[]
    )
    actions.audit(f"tasks.Task:{task}", chain=0, task=held.task_path)
