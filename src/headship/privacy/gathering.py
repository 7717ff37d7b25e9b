"""Everything about a person, read from what the modules declare: at one school, or all of it for the person alone.

Other people are left out: their keys, and the fields a module says are theirs. Words that somebody else wrote, or that
name somebody else, are passages: they are given out as the person who read them decided, and not before.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from headship.core import belt, personal, registry
from headship.core.pages import in_words
from headship.core.registry import PersonData
from headship.core.scope import Scope
from headship.people.models import Account, Person, Post
from headship.privacy.choices import Asked, Drafts, State, Verdict
from headship.privacy.models import SubjectRequest

ANOTHER, YOU, SECRET = "[another person]", "you", "held, and shown to nobody"
HELD_BACK = "[held back: somebody at the school reads it first]"
GONE = "[name removed]"
NOT_YET = "[held back until it is given to you]"
LEAST_NAME = 3  # letters; a shorter surname is in too many words to look for it alone
LABELS = ("name", "title", "code")
NOT_TOLD = {"id", "once", "version"}

type Place = tuple[str, int, str]
type Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked about: keys, addresses and names. `others` are the names of other people at the school."""

    person_id: int
    account_id: int | None
    name: str
    addresses: frozenset[str]
    others: tuple[str, ...] = ()

    def is_meant_by(self, kind: str, value: Any) -> bool:
        """Whether a key or address leads to them."""
        if kind == "address":
            return str(value or "").lower() in self.addresses
        return value is not None and value == {"person": self.person_id, "account": self.account_id}[kind]

    @property
    def terms(self) -> tuple[str, ...]:
        """Under what they may be named: the whole name, the surname, the addresses."""
        surname = self.name.split()[-1] if self.name.split() else ""
        found = (self.name, surname if len(surname) >= LEAST_NAME else "", *sorted(self.addresses))
        return tuple(dict.fromkeys(each for each in found if each))


@dataclass(frozen=True, slots=True)
class Decided:
    """What a reader decided of a passage as it then stood."""

    verdict: Verdict
    words: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to be read before they are given out. `decided` is None until somebody did, or since they changed."""

    place: Place
    heading: str
    words: str
    suggested: str
    decided: Decided | None = None

    @property
    def version(self) -> str:
        """What tells it from the same passage changed, or decided otherwise, since somebody read it."""
        known = self.decided
        return fingerprint(repr((self.place, self.words, known and (known.verdict.value, known.words))))

    @property
    def given(self) -> str | None:
        """What is given out of it: None where nothing is."""
        if self.decided is None or self.decided.verdict == Verdict.HOLD:
            return None
        return self.words if self.decided.verdict == Verdict.GIVE else self.decided.words


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one kind, each as lines of a label and a value."""

    heading: str
    model: str
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything found, and the passages in it."""

    subject: Subject
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]

    @property
    def waiting(self) -> int:
        """How many passages nobody has read yet."""
        return sum(each.decided is None for each in self.passages)


def subject_of(person: Person, school_id: int | None = None) -> Subject:
    """Return who a person is to the search."""
    account = Account.objects.filter(person=person).first()
    addresses = {person.email.lower(), account.email.lower() if account else ""} - {""}
    others: tuple[str, ...] = ()
    if school_id is not None:
        near = Post.objects.filter(school_id=school_id).exclude(person=person)
        others = tuple(sorted({name for name in near.values_list("person__name", flat=True) if name}))
    return Subject(person.pk, account.pk if account else None, person.name, frozenset(addresses), others)


def gather(
    subject: Subject,
    school_id: int | None,
    decided: Mapping[Place, Decided] | None = None,
    reader: Scope | None = None,
) -> Gathered:
    """Find what a school holds about somebody that its `reader` may know of; with None, all, for their own eyes."""
    if school_id is None:
        with belt.whole_installation(because="somebody sees all that is held about themself, at every school"):
            search = _Search(subject, school_id, decided or {}, reader)
            return Gathered(subject, tuple(search.parts()), tuple(search.passages))
    search = _Search(subject, school_id, decided or {}, reader)
    parts = (*search.parts(), *search.naming())
    return Gathered(subject, parts, tuple(search.passages))


def rows_about(declared: PersonData, subject: Subject, school_id: int | None) -> QuerySet[Any]:
    """Return the rows of a declaration that are about somebody, at a school or anywhere."""
    model: type[Model] = apps.get_model(declared.model)
    wanted = Q(pk__in=[])
    for path in declared.leads:
        wanted |= _leading(path, personal.lead(model, path), subject)
    rows = model._default_manager.filter(wanted).order_by("pk")
    return rows if school_id is None else _at(model, rows, school_id)


def held_drafts(subject: Subject, school_id: int) -> int:
    """Count what stands about somebody at a school and is held back until it is given to them; nothing of its words."""
    own = [each for each in registry.person_data() if each.own and each.later]
    return sum(_is_draft(each, row) for each in own for row in rows_about(each, subject, school_id))


def _is_draft(declared: PersonData, row: Any) -> bool:
    return not declared.told(row) and any(getattr(row, name) for name in declared.later)


def _drafts_included(person_id: int) -> frozenset[int]:
    """Return the schools whose data protection officer decided that drafts are in the file, while it is asked for."""
    asked = SubjectRequest.objects.filter(person_id=person_id, asks=Asked.ACCESS, state=State.OPEN)
    return frozenset(asked.filter(drafts=Drafts.INCLUDE).values_list("school_id", flat=True))


def _school_of(row: Any) -> int | None:
    found: Any = row
    for name in personal.school_path(type(row)).split("__"):
        found = getattr(found, name)
    return getattr(found, "pk", None)


def fingerprint(words: str) -> str:
    """Return what tells a passage from the same passage changed."""
    return hashlib.sha256(words.encode()).hexdigest()


def without_names(words: str, names: Iterable[str]) -> str:
    """Return words with other people's names taken out, as a first suggestion.

    >>> without_names("Hari helped Gwen Middle-Example.", ["Gwen Middle-Example"])
    'Hari helped [name removed].'
    """
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(pattern, GONE, words, flags=re.IGNORECASE) if pattern else words


def _leading(path: str, kind: str, subject: Subject) -> Q:
    if kind == "address":
        return Q(**{f"{path}__in": sorted(subject.addresses)})
    key = {"person": subject.person_id, "account": subject.account_id}[kind]
    return Q(pk__in=[]) if key is None else Q(**{path: key})


def _at(model: type[Model], rows: QuerySet[Any], school_id: int) -> QuerySet[Any]:
    """Keep what is the school's. Who somebody is, belongs to each school they work at; their account to none."""
    if path := personal.school_path(model):
        return rows.filter(**{path: school_id})
    return rows if model is Person else rows.none()


class _Search:
    """One search, and the passages met on the way."""

    def __init__(
        self, subject: Subject, school_id: int | None, decided: Mapping[Place, Decided], reader: Scope | None
    ) -> None:
        self.subject, self.school_id, self.decided, self.reader = subject, school_id, decided, reader
        self.passages: list[Passage] = []
        self.shown: set[tuple[str, int]] = set()
        self.included = _drafts_included(subject.person_id) if school_id is None else frozenset[int]()

    def parts(self) -> list[Part]:
        """Return what each declaration holds about them."""
        return [part for declared in registry.person_data() if (part := self.part(declared))]

    def part(self, declared: PersonData) -> Part | None:
        """Return what a declaration holds about them, or nothing. What is their own is for their own eyes alone."""
        if self.school_id is not None and declared.own:
            return None
        rows = list(self._readable(declared, rows_about(declared, self.subject, self.school_id)))
        self.shown.update((declared.model, row.pk) for row in rows)
        lines = tuple(tuple(self._lines(declared, row)) for row in rows)
        return Part(declared.heading, declared.model, lines) if lines else None

    def _readable(self, declared: PersonData, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows that whoever answers a request may know of; who reads about themself knows of their own."""
        return rows.filter(declared.readable(self.reader)) if declared.readable and self.reader else rows

    def naming(self) -> Iterator[Part]:
        """Yield the words of others in which they may be named, each of them a passage."""
        for model, declared in {each.model: each for each in registry.person_data()}.items():
            before = len(self.passages)
            for row, field in self._naming(declared):
                self._passage(declared, (model, number_of(row), field), str(getattr(row, field)))
            given = [each.given for each in self.passages[before:] if each.given]
            if given:
                lines = tuple((("Words", words),) for words in given)
                yield Part(f"{declared.heading}: words of others that name you", model, lines)

    def _naming(self, declared: PersonData) -> Iterator[tuple[Any, str]]:
        model: type[Model] = apps.get_model(declared.model)
        fields = [name for name in personal.text_fields(model) if name not in declared.others + declared.secrets]
        if not fields or not personal.school_path(model):
            return
        named = Q(
            *(Q(**{f"{name}__icontains": term}) for name in fields for term in self.subject.terms), _connector=Q.OR
        )
        concerned = Q(*(Q(**{name: self.subject.person_id}) for name in declared.concerns), _connector=Q.OR)
        wanted = named | concerned if declared.concerns else named
        rows = self._readable(declared, _at(model, model._default_manager.filter(wanted), self.school_id or 0))
        rows = rows.order_by("pk")
        if declared.own:  # what others keep for themselves stays theirs
            rows = rows.filter(**{f"{name}__isnull": True for name in declared.leads})
        about = set(rows.filter(concerned).values_list("pk", flat=True)) if declared.concerns else set()
        for row in rows:
            if (declared.model, row.pk) not in self.shown:
                told = ((name, str(getattr(row, name))) for name in fields)
                yield from ((row, name) for name, words in told
                            if words and (row.pk in about or _names(words, self.subject.terms)))  # fmt: skip

    def _lines(self, declared: PersonData, row: Any) -> Iterator[Line]:
        for field in (*row._meta.local_fields, *row._meta.local_many_to_many):
            if field.name not in NOT_TOLD and field.name not in declared.others:
                yield _label(field), self._value(declared, row, field)

    def _value(self, declared: PersonData, row: Any, field: Any) -> str:
        if field.name in declared.secrets:
            return SECRET
        if field.name in declared.later and not declared.told(row) and _school_of(row) not in self.included:
            return NOT_YET
        if kind := self._leads_to(field, row):
            return YOU if self.subject.is_meant_by(kind, _plain(row, field)) else ANOTHER
        shown = _shown(row, field)
        if field.name in declared.passages or self._names_another(row, field, shown):
            return self._passage(declared, (declared.model, number_of(row), field.name), shown) if shown else shown
        return shown

    def _leads_to(self, field: Any, row: Any) -> str:
        if field.many_to_many or not _plain(row, field):  # nothing stands there; a list of permits is no key
            return ""
        kind = personal.lead(type(row), field.name)
        return "" if kind == "address" or field.primary_key else kind

    def _names_another(self, row: Any, field: Any, shown: str) -> bool:
        return field.name in personal.text_fields(type(row)) and _names(shown, self.subject.others)

    def _passage(self, declared: PersonData, place: Place, words: str) -> str:
        """Note a passage and return what is given out of it now."""
        known = self.decided.get(place)
        decided = known if known and known.fingerprint == fingerprint(words) else None
        passage = Passage(place, declared.heading, words, without_names(words, self.subject.others), decided)
        self.passages.append(passage)
        if passage.given is None:
            return HELD_BACK
        return passage.given


def _names(words: str, names: Sequence[str]) -> bool:
    return any(name.lower() in words.lower() for name in names)


def _label(field: Any) -> str:
    words = str(field.verbose_name).removesuffix(" id")
    return words[:1].upper() + words[1:]


def _plain(row: Any, field: Any) -> Any:
    return None if field.many_to_many else getattr(row, field.attname)


def _shown(row: Any, field: Any) -> str:
    """Return a value as its person may read it."""
    if field.many_to_many:
        return ", ".join(_name_of(each) for each in getattr(row, field.name).all())
    value = getattr(row, field.name)
    return _name_of(value) if isinstance(value, Model) else in_reading(value)


def in_reading(value: Any) -> str:
    """Return a plain value as people read it.

    >>> in_reading(None), in_reading(True), in_reading(date(2027, 3, 3))
    ('', 'yes', '3 March 2027')
    """
    if isinstance(value, datetime):
        return f"{in_words(value)} at {timezone.localtime(value):%H:%M}"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (bytes, memoryview)):
        return f"{len(value)} bytes"
    return "" if value is None else str(value)


def _name_of(row: Any) -> str:
    """Return the name a thing is known by, or its number."""
    found = (str(getattr(row, name)) for name in LABELS if getattr(row, name, ""))
    return next(found, f"number {row.pk}")


def number_of(row: Any) -> int:
    """Return a row's key as a number that a decision on it is kept under: of a random key, its first 63 bits."""
    return row.pk.int >> 65 if isinstance(row.pk, UUID) else int(row.pk)
