"""Writes of complaints: recorded, corrected, given to somebody, moved from stage to stage, deleted.

What is done about a complaint that is apart is written to the installation's chain: the school's is read by its head.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.audit import Fact
from headship.core.errors import Refused, Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.privacy import queries as privacy
from headship.schools.models import School
from headship.voice import complaint_queries as queries
from headship.voice import complaint_rules as rules
from headship.voice.complaint_choices import ENDS, Channel, From, Outcome, Part, Stage, Theme
from headship.voice.models import Complaint, ComplaintReader, ComplaintStep

KIND = "voice.complaint"
SERVES = ("1.2", "3.1")
INSTALLATION = 0
CHANGED = (
    "Somebody changed this while you were writing. Theirs was kept and yours was not saved: "
    "go back, copy your words, open the page again and make your change there."
)

NO_CHAIR = (
    "No chair of governors has a post here in Headship, so nobody could see this. Give it to the board's clerk on "
    "paper. Nothing was saved."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said to the school: when, how, by whom, about what and whom."""

    received_on: date
    channel: Channel
    from_role: From
    theme: Theme
    said: str
    about: int | None = None
    from_name: str = ""
    from_contact: str = ""


@dataclass(frozen=True, slots=True)
class Sat:
    """A panel that sat: how many, and how many of them independent of the school.

    `fair`: nobody in it was involved, and whoever complained could come and bring somebody.
    """

    members: int
    independent: int
    fair: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A move: to which stage, on what day, what was found and answered; how it ended, and the panel, where it did."""

    to: Stage
    on: date
    found: str = ""
    answered: str = ""
    outcome: Outcome | None = None
    panel: Sat | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """Who answers (None: who leads), and who else may see it, each with why."""

    owner: int | None
    named: Mapping[int, Part] = field(default_factory=dict)


@action("voice.record_complaint")
def record_complaint(*, by: Scope, at: datetime, once: UUID, told: Told, owner: int | None = None) -> int:
    """Write down a complaint; the same form sent again gives the first one's key."""
    require(rules.open_list(by))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Complaint.objects.filter(school_id=by.school_id, once=once).first():
        _audit(found, repeated=True)
        return found.pk
    complaint = Complaint(school_id=by.school_id, once=once, recorded_by_id=by.person_id)
    _write(complaint, by, at, told)
    if owner is not None:
        require(rules.lead(by, queries.facts_of_new(complaint)))
        complaint.owner_id = _offered(by, complaint, owner)
    complaint.save()
    ComplaintStep.objects.create(
        complaint=complaint, stage=Stage.RECEIVED, on=complaint.received_on, by_id=by.person_id
    )
    _audit(complaint, stage=complaint.stage)
    return complaint.pk


@action("voice.change_complaint")
def change_complaint(*, by: Scope, at: datetime, complaint: int, version: int, told: Told) -> None:
    """Correct what was written down. Whoever may not see it any longer, being whom it is about, sees it no more."""
    now = locked(by, complaint, version)
    require(rules.lead(by, queries.facts(now)))
    _write(now, by, at, told)
    offered = queries.to_answer(by, queries.facts(now))
    if now.owner_id not in offered:
        now.owner_id = None
    now.readers.exclude(person_id__in=offered).delete()
    _save(now)


@action("voice.hand_complaint")
def hand_complaint(*, by: Scope, at: datetime, complaint: int, version: int, handed: Handed) -> None:
    """Say who answers a complaint, and who else may see it."""
    del at
    now = locked(by, complaint, version)
    require(rules.lead(by, queries.facts(now)))
    now.owner_id = None if handed.owner is None else _offered(by, now, handed.owner)
    now.readers.all().delete()
    ComplaintReader.objects.bulk_create(
        ComplaintReader(complaint=now, person_id=_offered(by, now, person), part=part)
        for person, part in handed.named.items()
    )
    _save(now)


@action("voice.move_complaint")
def move_complaint(*, by: Scope, at: datetime, complaint: int, version: int, moved: Moved) -> None:
    """Bring a complaint to its next stage; closing one is evidence, for whoever closed it alone."""
    now = locked(by, complaint, version)
    require(rules.move(by, queries.facts(now), moved.to))
    before = queries.last_step(now)
    if wrong := rules.happened_on(
        moved.on, today=timezone.localdate(at), since=before.on if before else now.received_on
    ):
        raise Unusable(f"{wrong}. Nothing was saved.")
    ComplaintStep.objects.create(
        complaint=now, stage=moved.to, on=moved.on, was_due_on=now.due_on, found=moved.found,
        answered=moved.answered, by_id=by.person_id,
    )  # fmt: skip
    _stand(now, moved)
    _save(now)


@action("voice.delete_complaint")
def delete_complaint(*, by: Scope, at: datetime, complaint: int, version: int) -> None:
    """Delete a complaint that is apart, its time being over: no one else could without knowing of it."""
    now = locked(by, complaint, version)
    held = privacy.is_held(by, now.about_id or 0)
    require(rules.delete(by, queries.facts(now), today=timezone.localdate(at), held=held))
    _audit(now, deleted=True)
    now.delete()


@action("voice.set_complaint_apart")
def set_complaint_apart(*, by: Scope, at: datetime, complaint: int) -> None:
    """Hand a complaint to the chair, since whom it is about became the headteacher: in nobody's name."""
    del at
    require(rules.set_apart(by))
    School.objects.select_for_update().get(pk=by.school_id)
    now: Complaint = get_object_or_404(Complaint, pk=complaint, school_id=by.school_id, apart=False)
    if now.about_id is None or not queries.is_headteacher(by, now.about_id):
        raise Unusable("This complaint is not about the headteacher. Nothing was changed.")
    now.apart = True
    if now.owner_id and not rules.may_answer(queries.roles_of(by, now.owner_id), apart=True):
        now.owner_id = None
    for each in now.readers.all():
        if not rules.may_answer(queries.roles_of(by, each.person_id), apart=True):
            each.delete()
    _save(now)


def locked(by: Scope, complaint: int, version: int) -> Complaint:
    """Return a complaint the reader knows of, locked, as it was when they looked. Errors: Http404, Stale."""
    School.objects.select_for_update().get(pk=by.school_id)
    found: Complaint = get_object_or_404(queries.known(by), pk=complaint)
    if found.version != version:
        raise Stale(CHANGED)
    return found


def _offered(by: Scope, complaint: Complaint, person: int) -> int:
    """Return a person who may be chosen. Errors: Unusable."""
    if person not in queries.to_answer(by, queries.facts_of_new(complaint)):
        raise Unusable("Choose who answers it, and who sees it, from the list. Nothing was saved.")
    return person


def _write(complaint: Complaint, by: Scope, at: datetime, told: Told) -> None:
    """Set what was told, and whether the complaint is apart. Errors: Unusable, Refused."""
    if wrong := rules.happened_on(told.received_on, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was saved.")
    if told.about == by.person_id:
        raise Refused(rules.ABOUT_YOU)
    if told.about is not None and told.about != complaint.about_id and told.about not in queries.to_be_about(by):
        raise Unusable("Choose whom it is about from the list. Nothing was saved.")
    if told.about != complaint.about_id:
        complaint.apart = told.about is not None and queries.is_headteacher(by, told.about)
    if complaint.apart and not queries.somebody_leads(by, apart=True):
        raise Unusable(NO_CHAIR)
    for name in ("received_on", "channel", "from_role", "from_name", "from_contact", "theme", "said"):
        setattr(complaint, name, getattr(told, name))
    complaint.about_id = told.about
    if complaint.stage == Stage.RECEIVED:
        complaint.due_on = _due(complaint, Stage.RECEIVED, told.received_on)


def _stand(complaint: Complaint, moved: Moved) -> None:
    """Set where a complaint stands after a move, and by when that is to be done."""
    since = complaint.received_on if moved.to is Stage.ACKNOWLEDGED else moved.on
    if moved.to is Stage.CLOSED:
        _close(complaint, moved)
    else:
        complaint.outcome, complaint.closed_on = "", None
        complaint.due_on = _due(complaint, moved.to, since)
    complaint.stage = moved.to


def _close(complaint: Complaint, moved: Moved) -> None:
    before = Stage(complaint.stage)
    outcome = moved.outcome or ENDS[before][0]
    require(rules.close_as(before, outcome))
    if moved.panel:
        complaint.panel_members, complaint.panel_independent = moved.panel.members, moved.panel.independent
        complaint.panel_fair = moved.panel.fair
    complaint.outcome, complaint.closed_on, complaint.due_on = outcome, moved.on, None
    if not complaint.apart:
        evidence.record(
            kind=KIND,
            words="Answered and closed a complaint",
            characteristics=SERVES,
            occurred_on=moved.on,
            visibility=Visibility.PRIVATE,
            source=queries.source(complaint.pk),
        )


def _due(complaint: Complaint, stage: Stage, since: date) -> date:
    allowed = queries.procedure(complaint.school_id).days[stage]
    return queries.days_of(complaint.school_id, since).after(since, allowed)


def _save(now: Complaint) -> None:
    now.version += 1
    now.save()
    _audit(now, version=now.version, stage=str(now.stage))


def _audit(complaint: Complaint, **told: Fact) -> None:
    """Tell the audit, for a complaint that is apart the installation's: the head reads the school's."""
    subject = queries.source(complaint.pk)
    if complaint.apart:
        actions.audit(subject, chain=INSTALLATION, detail=None, school=complaint.school_id, **told)
    else:
        actions.audit(subject, chain=None, detail=None, **told)
