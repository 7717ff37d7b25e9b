"""Writes of staff and pupil lists: kept, previewed, taken in, undone. Each takes in all of a list or nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from headship.core import actions, belt, imports
from headship.core.actions import action
from headship.core.audit import one_at_a_time
from headship.core.errors import Stale, Unusable, require
from headship.core.models import ImportBatch
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import roster_plan, rules
from headship.people.models import Account, Invitation, Person, Post, Pupil, RosterKey
from headship.people.roster_plan import Choices, Plan, PupilStep, Step
from headship.people.rosters import Roster

IMPORTER = "people.roster"
WAITING = ("unmapped", "unchosen", "previewed")
GAVE = "Given by the school's staff list"


@action("people.keep_roster", audited=False, because="a list that waits for its reader changes nothing")
def keep_roster(  # noqa: PLR0913  # what is known of a list, each named by its caller
    *,
    by: Scope,
    at: datetime,
    name: str,
    fingerprint: str,
    sealed: bytes,
    roster: Roster | None,
    headings: Sequence[str] = (),
) -> ImportBatch:
    """Keep a list until its columns are named (`roster` None: the file waits, sealed) or its posts are chosen."""
    require(rules.bring_roster(by))
    one_at_a_time(by.school_id)
    ImportBatch.objects.filter(chain=by.school_id, importer=IMPORTER, state__in=WAITING).delete()
    return ImportBatch.objects.create(
        chain=by.school_id,
        importer=IMPORTER,
        file_name=name[-255:],
        fingerprint=fingerprint,
        state="unchosen" if roster else "unmapped",
        created_at=at,
        created_by=by.person_id or None,
        summary={"headings": list(headings)} if roster is None else _told(roster),
        staged=roster.packed() if roster else sealed,
    )


def _told(roster: Roster) -> dict[str, Any]:
    return {"source": roster.source, "staff": len(roster.staff), "pupils": len(roster.pupils)}


@action("people.name_roster_columns", audited=False, because="a list that waits for its reader changes nothing")
def name_roster_columns(
    *, by: Scope, at: datetime, batch_id: int, roster: Roster, mapping: Mapping[str, str]
) -> ImportBatch:
    """Put the list, read by the columns its reader named, in the place of the file."""
    require(rules.bring_roster(by))
    batch = _batch(by, batch_id, "unmapped")
    batch.summary = {**_told(roster), "headings": batch.summary["headings"], "mapping": dict(mapping)}
    batch.staged, batch.state = roster.packed(), "unchosen"
    batch.save(update_fields=["summary", "staged", "state"])
    return batch


@action("people.preview_roster", audited=False, because="a preview changes nothing; taking it in is audited")
def preview_roster(*, by: Scope, at: datetime, batch_id: int, choices: Choices) -> ImportBatch:
    """Keep what the reader chose, and a digest of what it would change."""
    require(rules.bring_roster(by))
    batch = _batch(by, batch_id, "unchosen", "previewed")
    _check(by, choices)
    found = roster_plan.plan(by, Roster.unpacked(bytes(batch.staged)), choices)
    batch.summary = {**batch.summary, "choices": asdict(choices), "digest": digest_of(found)}
    batch.state = "previewed"
    batch.save(update_fields=["summary", "state"])
    return batch


def _check(by: Scope, choices: Choices) -> None:
    allowed = {role.value for role in roster_plan.offered(by)}
    for post in choices.posts.values():
        if post and post not in allowed:
            raise Unusable("A list gives only posts that you may give yourself. Choose another post, or leave it out.")


def choices_of(batch: ImportBatch) -> Choices:
    """Return what the reader of a batch chose."""
    told = batch.summary["choices"]
    return Choices(told["posts"], told["organisation"], told["end_missing"])


def digest_of(found: Plan) -> str:
    """Return what tells one plan from another."""
    told = [[asdict(each) for each in found.steps], [asdict(each) for each in found.pupils]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@action("people.take_roster")
def take_roster(*, by: Scope, at: datetime, batch_id: int) -> ImportBatch:
    """Make the changes a preview told of. Errors: Stale where something changed since the preview."""
    require(rules.bring_roster(by))
    batch = _batch(by, batch_id, "previewed")
    choices = choices_of(batch)
    _check(by, choices)
    found = roster_plan.plan(by, Roster.unpacked(bytes(batch.staged)), choices)
    if digest_of(found) != batch.summary["digest"]:
        raise Stale("People or posts changed since this preview. Nothing was taken in: look at the new preview first.")
    undo = [_take(by, at, step) for step in found.steps]
    undo_pupils = [_take_pupil(by, at, step) for step in found.pupils]
    batch.staged = json.dumps({"staff": undo, "pupils": undo_pupils}).encode()
    batch.summary = {**batch.summary, "counts": found.counts(), "left_out": dict(found.left_out)}
    batch.state, batch.committed_at = "committed", at
    batch.save(update_fields=["staged", "summary", "state", "committed_at"])
    counts: dict[str, Any] = {
        f"{of}_{kind}": count for of, kinds in found.counts().items() for kind, count in kinds.items()
    }
    actions.audit(f"core.ImportBatch:{batch.pk}", fingerprint=batch.fingerprint, **counts)
    return batch


def _take(by: Scope, at: datetime, step: Step) -> dict[str, Any]:
    """Make one change and return what undoing it needs."""
    if step.kind == "join":
        return _joined(by, at, step)
    post = Post.objects.select_related("person").get(school_id=by.school_id, pk=step.post_id or 0)
    if step.kind == "known":
        key, made = RosterKey.objects.get_or_create(
            school_id=by.school_id, key=step.key, post=post, defaults={"person": post.person}
        )
        return {"key": key.pk if made else None}
    if step.kind == "replace":
        return _replaced(by, at, step, post)
    if step.kind == "end":
        before = {"post": post.pk, "ends_on": _told_day(post.ends_on), "left": step.ends_on}
        post.ends_on = date.fromisoformat(step.ends_on)
        post.save(update_fields=["ends_on"])
        return before
    before = {"post": post.pk, "title": post.title, "name": post.person.name, "email": post.person.email}
    _known_as(post.person_id, step.name, step.email, at)
    Post.objects.filter(pk=post.pk).update(title=step.title)
    return before


def _known_as(person: int, name: str, email: str, at: datetime) -> None:
    """Give somebody a name and an address; of a new address it is kept since when it stands."""
    Person.objects.filter(pk=person).exclude(email=email).update(email=email, email_since=at)
    Person.objects.filter(pk=person).update(name=name)


def _joined(by: Scope, at: datetime, step: Step) -> dict[str, Any]:
    known = RosterKey.objects.filter(school_id=by.school_id, key=step.key).values_list("person_id", flat=True)
    person_id = step.person_id or known.first()  # a second post of somebody who joined a moment ago
    made = person_id is None
    with belt.whole_installation(because="somebody new holds no post by which a school would know them"):
        person_id = person_id or Person.objects.create(name=step.name, email=step.email, created_at=at).pk
    post = Post.objects.create(
        person_id=person_id,
        school_id=by.school_id,
        role=step.role,
        title=step.title,
        starts_on=date.fromisoformat(step.starts_on),
        ends_on=date.fromisoformat(step.ends_on) if step.ends_on else None,
        reason=GAVE,
    )
    RosterKey.objects.create(school_id=by.school_id, key=step.key, person_id=person_id, post=post)
    return {"made": post.pk, "person": person_id if made else None}


def _replaced(by: Scope, at: datetime, step: Step, post: Post) -> dict[str, Any]:
    today = timezone.localdate(at)
    left = roster_plan.day_before(today)
    before = {"post": post.pk, "ends_on": _told_day(post.ends_on), "left": left.isoformat()}
    after = Post.objects.create(
        person_id=post.person_id, school_id=by.school_id, role=step.role, title=step.title or post.title,
        starts_on=today, ends_on=post.ends_on, reason=GAVE,
    )  # fmt: skip
    RosterKey.objects.filter(school_id=by.school_id, key=step.key, post=post).update(post=after)
    post.ends_on = left
    post.save(update_fields=["ends_on"])
    return before | {"made": after.pk, "person": None, "key_back": step.key}


def _take_pupil(by: Scope, at: datetime, step: PupilStep) -> dict[str, Any]:
    today = timezone.localdate(at)
    held = Pupil.objects.filter(school_id=by.school_id, key_hash=step.key_hash).first()
    if held is None:
        held = Pupil.objects.create(
            school_id=by.school_id, key_hash=step.key_hash, year_group=step.year_group, since=today
        )
        return {"made": held.pk}
    before = {"pupil": held.pk, "year_group": held.year_group, "left_on": _told_day(held.left_on)}
    held.year_group, held.left_on = step.year_group, today if step.kind == "end" else None
    held.save(update_fields=["year_group", "left_on"])
    return before


def _told_day(day: date | None) -> str:
    return day.isoformat() if day else ""


@action("people.undo_roster")
def undo_roster(*, by: Scope, at: datetime, batch_id: int) -> ImportBatch:
    """Put back what stood before a list was taken in. Errors: Refused where people have signed in since."""
    require(rules.bring_roster(by))
    batch = _batch(by, batch_id, "committed")
    told = json.loads(bytes(batch.staged))
    made = [each["made"] for each in told["staff"] if each.get("made")]
    newer = ImportBatch.objects.filter(
        chain=by.school_id, importer=IMPORTER, state="committed", committed_at__gt=batch.committed_at
    )
    with_account = Account.objects.filter(person__posts__in=made).exists()
    invited = Invitation.objects.filter(post__in=made, withdrawn_at=None).exists()
    require(rules.undo_roster(newer=newer.exists(), used=with_account or invited))
    _check_posts(by, told["staff"])
    for each in reversed(told["staff"]):
        _put_back(by, at, each)
    for each in reversed(told["pupils"]):
        _put_pupil_back(by, each)
    batch.state, batch.undone_at, batch.staged = "undone", at, b""
    batch.save(update_fields=["state", "undone_at", "staged"])
    actions.audit(f"core.ImportBatch:{batch.pk}", fingerprint=batch.fingerprint)
    return batch


def _check_posts(by: Scope, told: Sequence[Mapping[str, Any]]) -> None:
    """Let only whoever may give these posts put them back, and only as the list left them. Errors: Refused, Stale."""
    left = {each["post"]: each["left"] for each in told if each.get("left")}
    touched = {each[name] for each in told for name in ("made", "post") if each.get(name)}
    for post in Post.objects.filter(school_id=by.school_id, pk__in=touched).order_by("pk"):
        require(rules.grant(by, Role(post.role)))
        if post.pk in left and _told_day(post.ends_on) != left[post.pk]:
            raise Stale("Posts of this list were changed since. Nothing was undone: change them back one by one.")


def _put_back(by: Scope, at: datetime, told: Mapping[str, Any]) -> None:
    here = Post.objects.filter(school_id=by.school_id)
    if told.get("key"):
        RosterKey.objects.filter(pk=told["key"], school_id=by.school_id).delete()
    if told.get("key_back"):
        keys = RosterKey.objects.filter(school_id=by.school_id, key=told["key_back"], post_id=told["made"])
        keys.update(post_id=told["post"])
    if told.get("made"):
        here.filter(pk=told["made"]).delete()
    if told.get("person"):
        with belt.whole_installation(because="whoever lost their only post is known to no school"):
            Person.objects.filter(pk=told["person"], posts=None).delete()
    if "ends_on" in told:
        here.filter(pk=told["post"]).update(ends_on=told["ends_on"] or None)
    if "title" in told:
        here.filter(pk=told["post"]).update(title=told["title"])
    if "name" in told:
        person = here.get(pk=told["post"]).person_id
        _known_as(person, told["name"], told["email"], at)


def _put_pupil_back(by: Scope, told: Mapping[str, Any]) -> None:
    here = Pupil.objects.filter(school_id=by.school_id)
    if told.get("made"):
        here.filter(pk=told["made"]).delete()
    else:
        here.filter(pk=told["pupil"]).update(year_group=told["year_group"], left_on=told["left_on"] or None)


def _batch(by: Scope, batch_id: int, *states: str) -> ImportBatch:
    """Return a list in one of these states, locked. Errors: Stale."""
    batch = (
        ImportBatch.objects.select_for_update()
        .filter(pk=batch_id, chain=by.school_id, importer=IMPORTER, state__in=states)
        .first()
    )
    if batch is None:
        raise Stale("This list was taken in, undone or replaced meanwhile. Nothing was changed: start from the lists.")
    if batch.state == "committed" and not batch.staged:
        raise Unusable(imports.FORGOTTEN)
    return batch
