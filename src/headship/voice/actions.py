"""Writes of those who run surveys: preparing, asking people, opening and reminding. Closing is in `closing`."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.errors import Stale, Unusable, require
from headship.core.scope import Scope
from headship.core.sealed import seal, seal_undated, unseal
from headship.core.visibility import Visibility
from headship.schools.models import School
from headship.voice import asking_queries, choosing, codes, instruments, known, queries, rules
from headship.voice.choices import FEWEST, MOST_ASKED, POST, State
from headship.voice.instruments import Question
from headship.voice.models import Invitation, Sheet, Survey

CHANGED = (
    "Somebody changed this survey while you were writing. Theirs was kept and yours was not saved: "
    "go back, copy your words, open the survey again and make your change there."
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What somebody decides about a survey before it opens. `questions` None: as the instrument has them.

    `fewest` is how few answers are shown together, which stays as it is once the survey is open.
    """

    instrument: str
    title: str
    opening: str
    closes_on: date
    visibility: Visibility
    questions: Sequence[Question] | None = None
    fewest: int = FEWEST


@action("voice.prepare_survey")
def prepare_survey(*, by: Scope, at: datetime, once: UUID, prepared: Prepared) -> int:
    """Begin a survey; the same form sent again gives the first one's key."""
    require(rules.prepare(by, prepared.instrument))
    School.objects.select_for_update().get(pk=by.school_id)  # one at a time, so that `once` holds
    if found := Survey.objects.filter(school_id=by.school_id, once=once).first():
        actions.audit(queries.source(found.pk), repeated=True)
        return found.pk
    instrument = instruments.instruments()[prepared.instrument]
    survey = Survey(school_id=by.school_id, once=once, run_by_id=by.person_id, made_on=timezone.localdate(at))
    survey.instrument, survey.about_id = instrument.code, by.person_id if instrument.about_person else None
    _set(survey, by, at, prepared)
    survey.save()
    actions.audit(queries.source(survey.pk), instrument=instrument.code)
    return survey.pk


@action("voice.change_survey")
def change_survey(*, by: Scope, at: datetime, survey: int, version: int, prepared: Prepared) -> None:
    """Change one's survey before it opens."""
    now = draft(by, survey, version)
    _set(now, by, at, prepared)
    keep(now)


@action("voice.drop_survey")
def drop_survey(*, by: Scope, at: datetime, survey: int, version: int) -> None:
    """Throw a survey away that never opened."""
    del at
    now = draft(by, survey, version)
    actions.audit(queries.source(now.pk), dropped=True)
    now.delete()


@action("voice.ask_people")
def ask_people(*, by: Scope, at: datetime, survey: int, version: int, people: Mapping[int, Mapping[str, str]]) -> None:
    """Say who of those with a post here is asked, with their groups, each team spelt one way; others no longer are."""
    now = draft(by, survey, version)
    offered = {each.person: each for each in asking_queries.people_to_ask(by, now)}
    if set(people) - set(offered):
        raise Unusable("Somebody you ticked has no post here today. Open the page again; nothing was saved.")
    addresses = [offered[who].address.casefold() for who in people if offered[who].address]
    if len(set(addresses)) < len(addresses):
        raise Unusable("Two people at other schools have the same e-mail address: tick one of them. Nothing was saved.")
    Invitation.objects.filter(survey=now).exclude(person=None).delete()
    asked = choosing.spelt_once(people).items()
    for mailed in (True, False):
        some = [(offered[who], groups) for who, groups in asked if offered[who].mailed is mailed]
        rows = [{"person_id": each.person, "email": each.address, "groups": dict(groups)} for each, groups in some]
        invite(now, rows, printed=not mailed)
    keep(now)


@action("voice.ask_by_code")
def ask_by_code(  # noqa: PLR0913  # a group and its size, which survey, and how it was when they were typed
    *, by: Scope, at: datetime, survey: int, version: int, group: str, count: int
) -> None:
    """Make codes for a group that is asked on paper: pupils of a year, parents. No names; 0 takes them back."""
    now = without_names(by, survey, version, [group] if count else [])
    others = now.invitations.filter(person=None, email="")
    others.filter(groups={POST: group}).delete()
    if now.invitations.count() + count > MOST_ASKED:
        raise Unusable(
            f"One survey asks at most {MOST_ASKED:,} people. Nothing was changed: ask fewer, or run two surveys."
        )
    invite(now, ({"groups": {POST: group}} for _ in range(count)))
    keep(now)


@action("voice.open_survey")
def open_survey(*, by: Scope, at: datetime, survey: int, version: int) -> None:
    """Let people answer. From now on its questions, people and limits stay as they are."""
    now = locked(by, survey, version)
    require(rules.move(by, queries.facts(now), State.OPEN))
    named, asked = queries.posts_named(now), known.counted(now, at)
    if wrong := rules.enough_asked(asked.counting, now.fewest):
        raise Unusable(f"{wrong} Nothing was sent.")
    wrong = rules.open_with(asked) or rules.closes_on(now.closes_on, today=timezone.localdate(at))
    if wrong := wrong or next(
        filter(None, (rules.groups_apart(each, named) for each in queries.posts_unnamed(now))), ""
    ):
        raise Unusable(f"{wrong.removesuffix('.')}. Nothing was sent.")
    known.settle(now, at)
    now.state, now.opened_on = State.OPEN, timezone.localdate(at)
    keep(now)


@action("voice.remind")
def remind(*, by: Scope, at: datetime, survey: int, version: int) -> None:
    """Have those reminded who have not answered, once a day; who they are stands nowhere. Errors: Unusable."""
    now, today = locked(by, survey, version), timezone.localdate(at)
    require(rules.remind(by, queries.facts(now)))
    if now.reminded_on == today:
        raise Unusable("They were reminded today. Remind them tomorrow: more than once a day is a nuisance.")
    now.reminded_on = today
    now.save(update_fields=["reminded_on"])
    actions.audit(queries.source(now.pk), reminded=True)


def locked(by: Scope, survey: int, version: int) -> Survey:
    """Return a survey the reader knows of, locked, as it was when they looked. Errors: Http404, Stale."""
    found: Survey = get_object_or_404(Survey.objects.select_for_update(), pk=survey, school_id=by.school_id)
    if not rules.see(by, queries.facts(found)):
        get_object_or_404(Survey, pk=None)
    if found.version != version:
        raise Stale(CHANGED)
    return found


def draft(by: Scope, survey: int, version: int) -> Survey:
    """Return one's own survey that is being prepared, locked, as it was. Errors: Http404, Stale, Refused."""
    now = locked(by, survey, version)
    require(rules.change(by, queries.facts(now)))
    return now


def without_names(by: Scope, survey: int, version: int, groups: Iterable[str]) -> Survey:
    """Return one's own draft that may ask these groups without names, locked. Errors: as `draft`, and Unusable."""
    now = draft(by, survey, version)
    require(rules.ask_without_names(by, queries.facts(now)))
    named = queries.posts_named(now)
    for group in groups:
        if wrong := rules.groups_apart(group, named):
            raise Unusable(f"{wrong}. Nothing was changed.")
    return now


def keep(now: Survey) -> None:
    """Keep a survey that was changed, and say so in the log."""
    now.version += 1
    now.save()
    actions.audit(queries.source(now.pk), version=now.version, state=str(now.state))


def _set(survey: Survey, by: Scope, at: datetime, prepared: Prepared) -> None:
    """Write down what was prepared. Errors: Unusable for what the form would not have offered."""
    if wrong := rules.closes_on(prepared.closes_on, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was saved.")
    if prepared.visibility not in rules.seen_as(by, about_person=survey.about_id is not None):
        raise Unusable("Choose who can see the results from the list. Nothing was saved.")
    if wrong := rules.fewest(prepared.fewest):
        raise Unusable(f"{wrong}. Nothing was saved.")
    asked = instruments.instruments()[survey.instrument].questions if prepared.questions is None else prepared.questions
    if not asked:
        raise Unusable("A survey asks at least one question. Nothing was saved.")
    survey.title, survey.opening, survey.closes_on = prepared.title, prepared.opening, prepared.closes_on
    survey.visibility, survey.questions = prepared.visibility, instruments.kept(asked)
    survey.fewest = prepared.fewest


def invite(survey: Survey, asked: Iterable[Mapping[str, object]], *, printed: bool = False) -> None:
    """Make an invitation of each, with a link to mail, or a code where it is printed or names nobody."""
    made = []
    for each in asked:
        mailed = not printed and (each.get("person_id") or each.get("email"))
        token = secrets.token_urlsafe(24) if mailed else codes.made()
        sealed = {"token_hash": queries.hash_of(token), "sealed_token": seal(token)}
        made.append(Invitation(survey=survey, **each, **sealed))
    Invitation.objects.bulk_create(made, batch_size=500)


def seal_anew() -> int:
    """Seal what waits in open surveys with the secret key of now; return how many. For a change of that key."""
    sheets, asked = Sheet.objects.all(), Invitation.objects.exclude(sealed_token="")
    for sheet in sheets:
        sheet.sealed = seal_undated(unseal(sheet.sealed))
        sheet.save(update_fields=["sealed"])
    for each in asked:
        each.sealed_token = seal(unseal(each.sealed_token))
        each.save(update_fields=["sealed_token"])
    return len(sheets) + len(asked)
