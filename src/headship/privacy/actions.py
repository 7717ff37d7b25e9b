"""What changes requests, keeping times, holds, and what erases. Each asks its rule and is audited once."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from headship.core import actions, belt, registry
from headship.core.actions import action
from headship.core.errors import Refused, Stale, Unusable, require
from headship.core.scope import Scope
from headship.people.models import Person
from headship.privacy import erasing, gathering, keeping, planning, queries, rules
from headship.privacy.choices import Asked, Drafts, Stage, State, Verdict
from headship.privacy.gathering import Gathered, Place
from headship.privacy.models import Erasure, KeepingTime, LegalHold, Passage, SubjectRequest
from headship.schools.models import School

CHANGED = "Something changed since this was prepared, so nothing was deleted. Look at it again, then decide."


@action("privacy.note_request")
def note_request(  # noqa: PLR0913  # a request's parts, each named by its caller
    *, by: Scope, at: datetime, person_id: int, asks: Asked, received_on: date, words: str = ""
) -> SubjectRequest:
    """Note that somebody asked about their personal data. The time to answer starts the day it was received."""
    require(rules.handle_requests(by))
    person = queries.person_here(by, person_id)
    if received_on > timezone.localdate(at):
        raise Unusable("A request cannot be received on a day that is still to come.")
    return _noted(by, at, by.school_id, person.pk, asks, received_on, words)


@action("privacy.ask")
def ask(*, by: Scope, at: datetime, school_id: int, asks: Asked, words: str = "") -> SubjectRequest:
    """Ask a school about one's own personal data."""
    if school_id not in {each.pk for each in queries.own_schools(by)}:
        raise Refused("You can ask a school where you hold a post or held one. Write to any other.")
    with belt.at_schools([school_id], because="somebody asks a school of theirs, also one they have left"):
        return _noted(by, at, school_id, by.person_id, asks, timezone.localdate(at), words)


def _noted(  # noqa: PLR0913, PLR0917  # a request has this many parts
    by: Scope, at: datetime, school_id: int, person_id: int, asks: Asked, received_on: date, words: str
) -> SubjectRequest:
    _one_at_a_time(school_id)
    said = {"person_id": person_id, "asks": asks, "words": words, "received_on": received_on}
    if before := SubjectRequest.objects.filter(school_id=school_id, state=State.OPEN, **said).first():
        actions.audit(f"privacy.SubjectRequest:{before.pk}", chain=school_id, repeated=True)
        return before
    asked = SubjectRequest.objects.create(
        school_id=school_id,
        due_on=keeping.due_on(received_on),
        state=State.OPEN,
        noted_by_id=by.person_id,
        noted_at=at,
        **said,
    )
    actions.audit(
        f"privacy.SubjectRequest:{asked.pk}", chain=school_id, asks=str(asks), due_on=asked.due_on.isoformat()
    )
    return asked


@action("privacy.decide_drafts")
def decide_drafts(*, by: Scope, at: datetime, request_id: int, was: str, drafts: Drafts, why: str) -> None:  # noqa: PLR0913  # as it stood, what, and why
    """Record whether drafts that somebody was not given yet are in their file; `was` is what stood when it was read."""
    asked = queries.request_here(by, request_id)
    require(rules.decide_drafts(by, asked.person_id))
    _one_at_a_time(by.school_id)
    asked = _open(by, request_id)
    if asked.drafts != was:
        raise Stale("Somebody decided this while you were writing. Theirs stands: look at it, then decide.")
    asked.drafts, asked.drafts_why = drafts, why
    asked.drafts_by_id, asked.drafts_on = by.person_id, timezone.localdate(at)
    asked.save(update_fields=["drafts", "drafts_why", "drafts_by", "drafts_on"])
    actions.audit(f"privacy.SubjectRequest:{asked.pk}", drafts=str(drafts))


@action("privacy.decide_passages")
def decide_passages(
    *, by: Scope, at: datetime, request_id: int, verdicts: Mapping[Place, tuple[Verdict, str, str]]
) -> int:
    """Decide which passages are given out: verdict, edited words, and the version of the passage that was read.

    What changed since, or was decided by somebody else, is left as it stands; returns how many were decided.
    """
    asked = _open(by, request_id)
    standing = {each.place: each for each in queries.gathered(by, asked).passages}
    read = {place: each for place, each in verdicts.items() if place in standing and standing[place].version == each[2]}
    for place, (verdict, words, _) in read.items():
        model, key, field = place
        Passage.objects.update_or_create(
            request=asked,
            model=model,
            key=key,
            field=field,
            defaults={
                "verdict": verdict,
                "words": words if verdict == Verdict.EDIT else "",
                "fingerprint": gathering.fingerprint(standing[place].words),
                "decided_by_id": by.person_id,
                "decided_at": at,
            },
        )
    actions.audit(f"privacy.SubjectRequest:{asked.pk}", passages=len(read))
    return len(read)


@action("privacy.give_out")
def give_out(*, by: Scope, at: datetime, request_id: int) -> Gathered:
    """Gather what a person asked for, once every passage was read."""
    asked = _open(by, request_id)
    found = queries.gathered(by, asked)
    if found.waiting:
        raise Refused(f"{found.waiting} passages wait to be read before anything is given out. Read them first.")
    actions.audit(f"privacy.SubjectRequest:{asked.pk}", rows=sum(len(part.rows) for part in found.parts))
    return found


@action("privacy.close_request")
def close_request(  # noqa: PLR0913  # an ending's parts, each named by its caller
    *, by: Scope, at: datetime, request_id: int, state: State, closed_on: date, outcome: str
) -> SubjectRequest:
    """Say on which day a request was answered or refused, and how."""
    asked = _open(by, request_id)
    if closed_on < asked.received_on:
        raise Unusable("It cannot be answered before it was received. Nothing was changed.")
    asked.state, asked.closed_on, asked.closed_by_id, asked.outcome = state, closed_on, by.person_id, outcome
    asked.save(update_fields=["state", "closed_on", "closed_by", "outcome"])
    actions.audit(f"privacy.SubjectRequest:{asked.pk}", state=str(state), closed_on=closed_on.isoformat())
    return asked


def _one_at_a_time(school_id: int) -> None:
    """Let what is read next hold until this action ends: a form sent twice finds what the first one left."""
    School.objects.select_for_update().get(pk=school_id)


def _open(by: Scope, request_id: int) -> SubjectRequest:
    _one_at_a_time(by.school_id)
    asked = queries.request_here(by, request_id)
    require(rules.handle(by, asked.person_id, others=queries.other_handlers(by)))
    if asked.state != State.OPEN:
        raise Stale("This request is closed already. Nothing was changed.")
    return asked


@action("privacy.take_own")
def take_own(*, by: Scope, at: datetime) -> Gathered:
    """Gather everything this installation holds about one's own account."""
    found = gathering.gather(gathering.subject_of(Person.objects.get(pk=by.person_id)), None)
    actions.audit(f"people.Person:{by.person_id}", rows=sum(len(part.rows) for part in found.parts))
    return found


@action("privacy.set_keeping_time")
def set_keeping_time(  # noqa: PLR0913  # a time's parts, each named by its caller
    *, by: Scope, at: datetime, model: str, months: int, ends: bool, reason: str, version: int
) -> KeepingTime:
    """Set how long this school keeps one kind of row. `version` is the one the reader saw."""
    require(rules.see_keeping(by))
    if not registry.retention()[model].ends:
        raise Unusable("These rows go with others or stay for good; they have no time of their own to set.")
    _one_at_a_time(by.school_id)
    own = KeepingTime.objects.filter(school_id=by.school_id, model=model)
    newest = own.aggregate(newest=Max("version"))["newest"] or 0
    if newest != version:
        raise Stale("Somebody else set this time while you were reading. Nothing was changed: look at it again.")
    kept = KeepingTime.objects.create(
        school_id=by.school_id,
        model=model,
        version=newest + 1,
        months=months,
        ends=ends,
        reason=reason,
        set_by_id=by.person_id,
        set_at=at,
    )
    actions.audit(f"privacy.KeepingTime:{kept.pk}", model=model, months=months, ends=ends, version=kept.version)
    return kept


@action("privacy.place_hold")
def place_hold(*, by: Scope, at: datetime, person_id: int | None, why: str, until: date | None) -> LegalHold:
    """Forbid deleting anything of a person, or of the school (no person), whatever else is decided."""
    require(rules.place_hold(by))
    person = queries.person_here(by, person_id) if person_id is not None else None
    _one_at_a_time(by.school_id)
    said = {"school_id": by.school_id, "person": person, "why": why, "until": until}
    if before := LegalHold.objects.filter(lifted_at=None, **said).first():
        actions.audit(f"privacy.LegalHold:{before.pk}", repeated=True)
        return before
    held = LegalHold.objects.create(placed_by_id=by.person_id, placed_at=at, **said)
    actions.audit(f"privacy.LegalHold:{held.pk}", person=person_id, until=until.isoformat() if until else None)
    return held


@action("privacy.lift_hold")
def lift_hold(*, by: Scope, at: datetime, hold_id: int) -> None:
    """Lift a hold: the keeping times count again."""
    require(rules.place_hold(by))
    _one_at_a_time(by.school_id)
    held = queries.hold_here(by, hold_id)
    held.lifted_at, held.lifted_by_id = at, by.person_id
    held.save(update_fields=["lifted_at", "lifted_by"])
    actions.audit(f"privacy.LegalHold:{held.pk}")


@action("privacy.prepare_erasure")
def prepare_erasure(*, by: Scope, at: datetime, person_id: int | None) -> Erasure:
    """Prepare erasing one person's data here, or (without one) what is due by the keeping times. Deletes nothing."""
    require(rules.handle_requests(by))
    if person_id is not None:
        require(queries.cannot_erase(by, person_id))
    _one_at_a_time(by.school_id)
    plan = _plan(by.school_id, person_id, at)
    if not plan.steps:
        raise Unusable("There is nothing to delete.")
    said = {"school_id": by.school_id, "person_id": person_id, "stage": Stage.PREPARED, "fingerprint": plan.fingerprint}
    if before := Erasure.objects.filter(**said).first():
        actions.audit(f"privacy.Erasure:{before.pk}", repeated=True)
        return before
    prepared = _prepared(by.school_id, person_id, at, by.person_id, plan)
    actions.audit(f"privacy.Erasure:{prepared.pk}", person=person_id, rows=sum(prepared.counts.values()))
    return prepared


@action(
    "privacy.prepare_due",
    audited=False,
    because="prepares a list and changes nothing of anybody's; approving it is audited",
)
def prepare_due(*, by: Scope, at: datetime, school_id: int) -> Erasure | None:
    """Prepare what is due at a school unless that waits already. What waits and is no longer right is dropped."""
    _one_at_a_time(school_id)
    plan = planning.plan_by_time(school_id, at)
    waiting = Erasure.objects.filter(school_id=school_id, person=None, stage=Stage.PREPARED)
    if waiting.filter(fingerprint=plan.fingerprint).exists():
        return None
    waiting.update(stage=Stage.DROPPED, decided_at=at)
    return _prepared(school_id, None, at, None, plan) if plan.steps else None


def _prepared(school_id: int, person_id: int | None, at: datetime, by_id: int | None, plan: planning.Plan) -> Erasure:
    return Erasure.objects.create(
        school_id=school_id,
        person_id=person_id,
        prepared_by_id=by_id,
        prepared_at=at,
        fingerprint=plan.fingerprint,
        counts=plan.counts,
        stage=Stage.PREPARED,
    )


@action("privacy.approve_erasure")
def approve_erasure(*, by: Scope, at: datetime, erasure_id: int) -> Erasure:
    """Erase what was prepared, in this one transaction: exactly what was shown, or nothing."""
    erasure = _waiting(by, erasure_id)
    require(rules.approve(by, erasure.prepared_by_id, others=queries.other_handlers(by)))
    if erasure.person_id is not None:
        require(queries.cannot_erase(by, erasure.person_id))
    plan = _plan(by.school_id, erasure.person_id, at)
    if plan.fingerprint != erasure.fingerprint:
        raise Stale(CHANGED)
    erasing.erase(by.school_id, plan)
    erasure.stage, erasure.decided_by_id, erasure.decided_at = Stage.DONE, by.person_id, at
    erasure.save(update_fields=["stage", "decided_by", "decided_at"])
    actions.audit(f"privacy.Erasure:{erasure.pk}", prepared_by=erasure.prepared_by_id, rows=sum(plan.counts.values()))
    return erasure


@action("privacy.drop_erasure")
def drop_erasure(*, by: Scope, at: datetime, erasure_id: int) -> None:
    """Decide that what was prepared is not deleted."""
    erasure = _waiting(by, erasure_id)
    require(rules.handle_requests(by))
    erasure.stage, erasure.decided_by_id, erasure.decided_at = Stage.DROPPED, by.person_id, at
    erasure.save(update_fields=["stage", "decided_by", "decided_at"])
    actions.audit(f"privacy.Erasure:{erasure.pk}")


def _waiting(by: Scope, erasure_id: int) -> Erasure:
    _one_at_a_time(by.school_id)
    erasure = queries.erasure_here(by, erasure_id)
    if erasure.stage != Stage.PREPARED:
        raise Stale("This was decided already. Nothing was changed.")
    return erasure


def _plan(school_id: int, person_id: int | None, at: datetime) -> planning.Plan:
    if person_id is None:
        return planning.plan_by_time(school_id, at)
    return planning.plan_for_person(school_id, Person.objects.get(pk=person_id), timezone.localdate(at))
