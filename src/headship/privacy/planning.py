"""What an erasure would do, row by row: the dry run, and the same worked out again when it is approved."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time
from textwrap import shorten
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, IntegerField, Model, Q, QuerySet
from django.utils import timezone

from headship.core import belt, personal, registry
from headship.core.models import ImportBatch
from headship.core.pages import in_words
from headship.core.personal import Fate
from headship.core.registry import PersonData
from headship.people import leavers
from headship.people.models import Account, Person
from headship.privacy import gathering, keeping
from headship.privacy.choices import Stage
from headship.privacy.gathering import Subject
from headship.privacy.keeping import Kept
from headship.privacy.models import Erasure
from headship.schools.models import School

EXAMPLES = 3
AUGUST_31 = (8, 31)


@dataclass(frozen=True, slots=True)
class Step:
    """Rows of one model and what happens to them. `empties` are the fields that are emptied."""

    model: str
    fate: Fate
    keys: tuple[int, ...]
    because: str
    empties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in their order. `stays` tells, by model, how many rows about the person are kept and why."""

    steps: tuple[Step, ...]
    stays: tuple[Step, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What tells this plan from any other."""
        told = [(each.model, str(each.fate), sorted(each.keys), each.empties) for each in self.steps]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each model."""
        counted: dict[str, int] = {}
        for each in self.steps:
            counted[each.model] = counted.get(each.model, 0) + len(each.keys)
        return counted


def plan_for_person(school_id: int, person: Person, today: date) -> Plan:
    """Return what erasing somebody's data at a school does.

    Account and name go only where they work nowhere else and no school's hold spares them.
    """
    subject = gathering.subject_of(person)
    spared = leavers.works_elsewhere(school_id, person.pk, today) or person.pk in keeping.people_held(today)
    whole = not spared and not _keeps_installation(person)
    steps: list[Step] = []
    stays: list[Step] = []
    for declared in registry.person_data():
        if (not _of_school(declared.model) and not whole) or declared.readable:
            continue  # of what only some may know of nothing is counted: it is kept with what it belongs to
        if keys := _keys_about(declared, subject, school_id, whole=whole):
            step = Step(declared.model, declared.fate, keys, declared.on_erasure, declared.empties)
            (stays if declared.fate == Fate.KEEP else steps).append(step)
    steps += _staged(school_id, subject)
    return Plan(tuple(steps), tuple(stays))


def plan_by_time(school_id: int, at: datetime) -> Plan:
    """Return what is due at a school by its keeping times. A hold on the school leaves nothing to do."""
    holds = keeping.holds_at(school_id, at)
    if any(each.person_id is None for each in holds):
        return Plan(())
    held = [gathering.subject_of(each.person) for each in holds if each.person]
    today = timezone.localdate(at)
    steps: list[Step] = []
    for kept in keeping.kept_at(school_id):
        if kept.ends and kept.rule.fate != Fate.KEEP:
            steps += _due(school_id, kept, keeping.months_after(today, -kept.months), held, today)
    return Plan(tuple(steps))


def is_news(school_id: int, at: datetime) -> bool:
    """Whether what is due at a school differs from what waits there for approval."""
    plan = plan_by_time(school_id, at)
    waiting = Erasure.objects.filter(school_id=school_id, person=None, stage=Stage.PREPARED)
    return set(waiting.values_list("fingerprint", flat=True)) != ({plan.fingerprint} if plan.steps else set())


def examples(step: Step) -> list[str]:
    """Return a few of a step's rows in words, for whoever approves it: what it is, by its dates and names."""
    model: type[Model] = apps.get_model(step.model)
    rows = model._default_manager.filter(pk__in=step.keys[:EXAMPLES]).order_by("pk")
    return [_told(row) for row in rows]


def blank(model: type[Model], name: str) -> Any:
    """Return what an emptied field holds."""
    if model is Person and name == "name":
        return leavers.ERASED
    field: Any = model._meta.get_field(name)
    return None if field.null else b"" if field.get_internal_type() == "BinaryField" else ""


def _keys_about(declared: PersonData, subject: Subject, school_id: int, *, whole: bool) -> tuple[int, ...]:
    """Return the rows of a declaration about somebody: at the school, or (account, tokens) wherever they are.

    Rows of a trust go as an account does: where the person goes as a `whole`.
    """
    empties = declared.empties if declared.fate == Fate.EMPTY else ()
    if _of_school(declared.model):
        here = tuple(_not_empty(gathering.rows_about(declared, subject, school_id), empties))
        if not whole or not personal.of_trusts(apps.get_model(declared.model)):
            return here
        with belt.whole_installation(because="what is a trust's belongs to no school, and goes with the person"):
            return here + tuple(_not_empty(gathering.rows_about(declared, subject, None).filter(school=None), empties))
    with belt.whole_installation(because="an account and its tokens belong to no school, and go with the person"):
        return tuple(_not_empty(gathering.rows_about(declared, subject, None), empties))


def _of_school(model: str) -> bool:
    return bool(personal.school_path(apps.get_model(model)))


def _keeps_installation(person: Person) -> bool:
    return Account.objects.filter(person=person, is_operator=True).exists()


def _not_empty(rows: QuerySet[Any], empties: Sequence[str]) -> Iterable[int]:
    """Leave out what is empty already, so that the same is not prepared every night."""
    if empties:
        rows = rows.exclude(**{name: blank(rows.model, name) for name in empties if not _nullable(rows.model, name)}
                            | {f"{name}__isnull": True for name in empties if _nullable(rows.model, name)})  # fmt: skip
    return rows.order_by("pk").values_list("pk", flat=True)


def _nullable(model: type[Model], name: str) -> bool:
    field: Any = model._meta.get_field(name)
    return bool(field.null)


def _staged(school_id: int, subject: Subject) -> Iterator[Step]:
    """Find imports whose kept difference names the person: it goes, so that undoing cannot bring them back."""
    batches = ImportBatch.objects.filter(chain=school_id).exclude(staged=b"").order_by("pk")
    keys = tuple(batch.pk for batch in batches.iterator(chunk_size=1) if _packed_names(batch, subject.terms))
    if keys:
        yield Step("core.ImportBatch", Fate.EMPTY, keys, "What undoing needs names the person.", ("staged",))


def _packed_names(batch: ImportBatch, terms: Sequence[str]) -> bool:
    words = words_of(bytes(batch.staged)).lower()
    return any(term.lower() in words or json.dumps(term)[1:-1].lower() in words for term in terms)


def words_of(blob: bytes) -> str:
    """Return whatever a batch keeps as words, to look for a name in: packed in streams, or plain.

    >>> words_of(zlib.compress(b"Ada") + zlib.compress(b"Bola")), words_of(b"Cyril")
    ('AdaBola', 'Cyril')
    """
    found: list[bytes] = []
    rest = blob
    try:
        while rest:
            stream = zlib.decompressobj()
            found.append(stream.decompress(rest))
            rest = stream.unused_data
    except zlib.error:
        found.append(rest)
    return b"".join(found).decode(errors="replace")


def _due(school_id: int, kept: Kept, cut: date, held: Sequence[Subject], today: date) -> Iterator[Step]:
    rule = kept.rule
    if rule.model == "people.Person":
        yield from _people_due(school_id, kept, cut, held, today)
        return
    model: type[Model] = apps.get_model(rule.model)
    rows, trusts = _over(model, kept, school_id, cut), personal.of_trusts(model)
    if trusts or not _of_school(rule.model):
        rows = rows.exclude(pk__in=_keys_of(model, keeping.people_held(today)))
    for subject in held:
        rows = rows.exclude(pk__in=_about(rule.model, subject))
    opened = belt.whole_installation(because="what is a trust's belongs to no school") if trusts else nullcontext()
    with opened:
        keys = tuple(_not_empty(rows, rule.empties))
    if keys:
        yield Step(rule.model, rule.fate, keys, f"{kept.words}. {rule.because}", rule.empties)


def _keys_of(model: type[Model], people: Iterable[int]) -> list[int]:
    """Return the rows of a model of no school, by the fields that lead to these people."""
    leads = [each for told in registry.person_data() if told.model == model._meta.label for each in told.leads]
    wanted = Q(*(Q(**{f"{lead}__in": people}) for lead in leads), _connector=Q.OR) if leads else Q(pk__in=[])
    with belt.whole_installation(because="an account and its tokens belong to no school, and go with the person"):
        return list(model._default_manager.filter(wanted).values_list("pk", flat=True))


def _people_due(school_id: int, kept: Kept, cut: date, held: Sequence[Subject], today: date) -> Iterator[Step]:
    """Erase everybody whose time is over as one person's erasure does, so that both know one way."""
    if kept.rule.due is None:
        return
    spared = {each.person_id for each in held}
    for person in Person.objects.filter(pk__in=kept.rule.due(school_id, cut)).exclude(pk__in=spared).order_by("pk"):
        yield from plan_for_person(school_id, person, today).steps


def _over(model: type[Model], kept: Kept, school_id: int, cut: date) -> QuerySet[Any]:
    """Return the rows of a school, and of its trust where rows may be a trust's, whose time began by a day."""
    rule = kept.rule
    if rule.due is not None:
        return model._default_manager.filter(pk__in=rule.due(school_id, cut))
    field: Any = model._meta.get_field(rule.start)
    here = Q(**{personal.school_path(model): school_id})
    if personal.of_trusts(model):
        here |= Q(school=None, trust__in=School.objects.filter(pk=school_id).values("trust"))
    rows = model._default_manager.filter(here)
    if isinstance(field, DateTimeField):
        return rows.filter(**{f"{rule.start}__lt": timezone.make_aware(datetime.combine(cut, time.max))})
    if isinstance(field, IntegerField):  # an academic year, by the calendar year it starts in; it ends in the next
        return rows.filter(**{f"{rule.start}__lt": cut.year - ((cut.month, cut.day) < AUGUST_31)})
    return rows.filter(**{f"{rule.start}__lte": cut})


def _about(model: str, subject: Subject) -> list[int]:
    """Return the rows of a model that tell of somebody: by key, by address, or by name in words."""
    kind: type[Model] = apps.get_model(model)
    keys = [
        key
        for declared in registry.person_data()
        if declared.model == model
        for key in gathering.rows_about(declared, subject, None).values_list("pk", flat=True)
    ]
    named = Q(pk__in=keys)
    for name in personal.keys_to_people(kind):
        known = {"person": subject.person_id, "account": subject.account_id}[personal.lead(kind, name)]
        named |= Q(**{name: known}) if known is not None else Q()
    for name in personal.text_fields(kind):
        for term in subject.terms:
            named |= Q(**{f"{name}__icontains": term})
    return list(kind._default_manager.filter(named).values_list("pk", flat=True))


def _told(row: Model) -> str:
    """Say which row it is: its words, shortened, then its dates. Codes are no words."""
    words, days = [], []
    for field in row._meta.local_fields:
        value = getattr(row, field.attname)
        if isinstance(value, datetime | date):
            days.append(f"{field.verbose_name} {in_words(value)}")
        elif isinstance(value, str) and value and field.name in {"name", "what", "words", "kind", "role", "file_name"}:
            told = getattr(row, f"get_{field.name}_display", lambda value=value: value)()
            words += [shorten(told, 80, placeholder="…")] if told != value or field.name not in {"kind", "role"} else []
    return f"{', '.join((words + days)[:3])} (number {row.pk})"
