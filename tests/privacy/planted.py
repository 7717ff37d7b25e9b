"""Canaries: words and days planted in every personal field of every model, for one person and for others near them.

`plant(cast)` fills at least one row of each model that tells of a person, for the teacher (the subject) and for a
colleague, and says what was planted where. A house of tests asks afterwards what of it came out.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models
from django.utils import timezone

from headship.core import personal
from headship.people.models import Account, Person, Post
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
    return planter.canaries


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
    decision = planter.row(get("strategy.Decision"), whose, **at, decided_by=person, decided_as="teacher",
                           visibility="staff")  # fmt: skip
    planter.row(get("strategy.DecisionChange"), whose, decision=decision, by=person)
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
    survey = planter.row(get("voice.Survey"), whose, **at, run_by=head, about=None, own={}, visibility="leaders",
                         state="open", instrument="staff_pulse")  # fmt: skip
    planter.row(get("voice.Invitation"), whose, survey=survey, person=person, email="", groups={})
    planter.row(get("talent.LearningNote"), whose, **at, person=person, visibility="private")
    planter.row(get("evidence.Entry"), whose, **at, owner=person, visibility="private", kind="evidence.noted",
                source=f"evidence.Note:{whose}")  # fmt: skip
    planter.row(get("evidence.Reflection"), whose, **at, person=person, characteristic=statement, state="noticing",
                visibility="private")  # fmt: skip
    asked = planter.row(get("privacy.SubjectRequest"), whose, **at, person=person, noted_by=head, closed_by=None,
                        asks="access", state="open")  # fmt: skip
    planter.row(get("privacy.LegalHold"), whose, **at, person=person, placed_by=head, lifted_by=None, lifted_at=None)
    planter.row(get("privacy.Passage"), whose, request=asked, decided_by=head, verdict="give", model="people.Post",
                key=0, field="title")  # fmt: skip
    planter.row(get("core.AuditDetail"), whose, chain=school.pk, number=person.pk, person_id=person.pk)
    planter.row(get("core.ImportBatch"), whose, chain=school.pk, created_by=person.pk, importer="mapped",
                state="undone",
                summary={"examples": [f"canary-summary-{whose}"]})  # fmt: skip
