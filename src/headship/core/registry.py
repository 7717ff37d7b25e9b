"""The module registry: the only way lower code reaches higher code. `project/modules.py` lists every module by hand."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from headship.core.appraising import Appraising
from headship.core.personal import Fate
from headship.core.scope import Scope
from headship.core.visibility import Visibility


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A page under one of the eight words. `url_name` takes the school's `urn`; `allows` answers with a refusal.

    Where a word has many pages, `group` puts those together that answer one question: the word shows the groups, a
    group its pages.
    """

    word: str
    label: str
    url_name: str
    allows: Callable[[Scope], str | None] = lambda scope: None
    group: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of evidence entry a module writes. `from_work` is False for what is typed for its own sake."""

    code: str
    words: str
    plural: str
    from_work: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure a module stores as dated readings in `evidence`. `method` names its page in docs/methods."""

    code: str
    words: str
    characteristics: tuple[str, ...]
    unit: str
    method: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A dated value of a measure; where `value` is None, `words` say why. `reference` is what it is held against.

    `year` is the first calendar year of the academic year; `count` is how many pupils or people it rests on.
    """

    measure: str
    year: int
    words: str
    source: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    reference_words: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Recorder:
    """How evidence and readings are written; the evidence module provides it, everybody may call it."""

    record: Callable[..., int]
    withdraw: Callable[..., int]
    store_readings: Callable[..., None]


@dataclass(frozen=True, slots=True)
class NextAction:
    """Something that waits for the reader: a verb, where to do it, by when, and its minutes (0: nobody knows)."""

    words: str
    url: str
    minutes: int
    due_on: date | None = None
    weight: int = 50


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something on the academic-year calendar. `statutory` events say their source."""

    on: date
    until: date
    words: str
    source: str = ""
    statutory: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """A named link others may offer, such as "note a decision", for the characteristics it serves.

    `takes` names the fields of its form that a link may fill.
    """

    code: str
    words: str
    url_name: str
    characteristics: tuple[str, ...] = ()
    allows: Callable[[Scope], str | None] = lambda scope: None
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The page of a model that evidence comes from: for "strategy.Decision:17", the page named `url_name`, `key`=17.

    `key` is empty where all of them stand on one page of the school.
    """

    model: str
    url_name: str
    key: str = ""
    allows: Callable[[Scope], str | None] = lambda scope: None


@dataclass(frozen=True, slots=True)
class Nameable:
    """Things of a module that other modules' things may name, by the key of `model`: `offered` lists them in words."""

    model: str
    offered: Callable[[Scope], Sequence[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Beside:
    """A line that a module puts beside something lower down, on its page: what, what of it, and where to read more.

    `source` names the thing as evidence does: "strategy.Decision:17".
    """

    source: str
    what: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something that changed since the reader was last here, fit for their eyes."""

    at: datetime
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class PersonData:
    """What a model holds about people, what of it they are shown, and what erasing a person does with its rows.

    `fields` are its keys to people. A row is about whoever one of `whose` leads to: a key to a person or account, or
    an e-mail address; all `fields` unless given. `heading` stands above the rows where a person reads them. `others`
    tell of somebody else, and of `secrets` nobody is shown more than that they are held. `passages` are words somebody
    else wrote: a person reads them before they are given out. Rows of a model that is `own` belong to the person and
    not to the school. On erasure `fate` says whether rows go, lose what they hold in `empties`, or stay.

    `concerns` lead to somebody a row is about who is never told of the row itself, only of what its reader gives out of
    its words. Where only some of those who answer requests may know of rows, `readable` says which (a `Q`).
    The fields `later` are held back from its person until `told` says of a row that they were given to them.
    """

    model: str
    fields: tuple[str, ...]
    on_erasure: str
    heading: str = ""
    whose: tuple[str, ...] | None = None
    others: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    own: bool = False
    fate: Fate = Fate.KEEP
    empties: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    readable: Callable[[Scope], Any] | None = None
    later: tuple[str, ...] = ()
    told: Callable[[Any], bool] = lambda row: True

    @property
    def leads(self) -> tuple[str, ...]:
        """What leads from a row to the person it is about."""
        return self.fields if self.whose is None else self.whose


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a model's rows are kept, in words; `called` is what people call them, `because` says whose rule it is.

    After `months`, counted from the date (or academic year) in `start`, `fate` says what happens to a row; `due` finds
    the rows of a school whose time began on or before a day where no one field tells it. Rows that `follow` another
    model's go when those go. `checked_on` says when the rule was read at its source. `remove` takes the keys of rows to
    delete where more must be set right than the rows.
    """

    model: str
    called: str
    keep: str
    because: str
    start: str = ""
    months: int = 0
    fate: Fate = Fate.KEEP
    empties: tuple[str, ...] = ()
    follows: str = ""
    due: Callable[[int, date], Iterable[int]] | None = None
    remove: Callable[[int, Sequence[int]], None] | None = None
    checked_on: date | None = None

    @property
    def ends(self) -> bool:
        """Whether rows ever go by themselves' age, so that a school may set another time."""
        return self.months > 0


@dataclass(frozen=True, slots=True)
class Permit:
    """Something a token of the API can be made for: "strategy:read" and what that is, in words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Something the installation does by itself, once in `every` at most; `run` takes the moment, returns a sentence.

    The worker runs it; it may run twice, or late, and must do no harm then.
    """

    name: str
    words: str
    every: timedelta
    run: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Something that must hold before this installation serves: `check` answers with what is wrong, or nothing."""

    name: str
    check: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Module:
    """What one application offers the rest. Everything in it is data or a plain function.

    `purpose`: why it needs the personal data it holds, for the record of processing. `trust_actions`, `trust_calendar`:
    asked in the scope of a trust, for its leaders. Of what is `apart` programs hear nothing.
    """

    name: str
    label: str
    purpose: str = ""
    characteristics: tuple[str, ...] = ()
    apart: bool = False
    navigation: tuple[NavigationItem, ...] = ()
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    measures: tuple[Measure, ...] = ()
    next_actions: Callable[[Scope], Iterable[NextAction]] = lambda scope: ()
    calendar: Callable[[Scope, date, date], Iterable[CalendarEvent]] = lambda scope, since, until: ()
    trust_actions: Callable[[Scope], Iterable[NextAction]] = lambda scope: ()
    trust_calendar: Callable[[Scope, date, date], Iterable[CalendarEvent]] = lambda scope, since, until: ()
    news: Callable[[Scope, datetime], Iterable[News]] = lambda scope, since: ()
    beside: Callable[[Scope, Sequence[str]], Iterable[Beside]] = lambda scope, sources: ()
    appraising: Callable[[Scope], Iterable[Appraising]] = lambda scope: ()
    imports: Mapping[str, str] = field(default_factory=dict)
    person_data: tuple[PersonData, ...] = ()
    destinations: tuple[Destination, ...] = ()
    retention: tuple[Retention, ...] = ()
    sources: tuple[SourcePage, ...] = ()
    nameable: tuple[Nameable, ...] = ()
    upkeep: tuple[Upkeep, ...] = ()
    readiness: tuple[Readiness, ...] = ()
    permits: tuple[Permit, ...] = ()
    recorder: Recorder | None = None


@functools.cache
def modules() -> tuple[Module, ...]:
    """Return the installed modules, in the order of `project/modules.py`."""
    installed: tuple[Module, ...] = import_string(settings.HEADSHIP_MODULES)
    return installed


@functools.cache
def evidence_kinds() -> Mapping[str, EvidenceKind]:
    """Return every evidence kind by its code."""
    return {kind.code: kind for module in modules() for kind in module.evidence_kinds}


@functools.cache
def measures() -> Mapping[str, Measure]:
    """Return every measure by its code."""
    return {measure.code: measure for module in modules() for measure in module.measures}


@functools.cache
def permits() -> Mapping[str, str]:
    """Return the words of everything a token of the API can be made for, by its code."""
    return {permit.code: permit.words for module in modules() for permit in module.permits}


@functools.cache
def source_pages() -> Mapping[str, SourcePage]:
    """Return the page of every model that evidence comes from, by the model's name."""
    return {page.model: page for module in modules() for page in module.sources}


def nameable(scope: Scope, model: str) -> Mapping[int, str]:
    """Return what the reader may name of a model, in words by key; nothing where its module is not installed."""
    offered = (each.offered(scope) for module in modules() for each in module.nameable if each.model == model)
    return dict(next(offered, ()))


def beside(scope: Scope, sources: Sequence[str]) -> Mapping[str, Sequence[Beside]]:
    """Return what higher modules say beside these things to this reader, by source: each module is asked once."""
    found: dict[str, list[Beside]] = {source: [] for source in sources}
    for module in modules():
        for each in module.beside(scope, sources):
            found[each.source].append(each)
    return found


def appraising(scope: Scope) -> list[Appraising]:
    """Return who appraises the reader here today, and whom they appraise: nobody else's."""
    return [each for module in modules() for each in module.appraising(scope)]


@functools.cache
def person_data() -> tuple[PersonData, ...]:
    """Return every declaration of what is held about people, lowest module first."""
    return tuple(each for module in modules() for each in module.person_data)


@functools.cache
def retention() -> Mapping[str, Retention]:
    """Return how long rows are kept, by model."""
    return {each.model: each for module in modules() for each in module.retention}


@functools.cache
def recorder() -> Recorder:
    """Return the one recorder of evidence. Errors: LookupError when no module provides it."""
    for module in modules():
        if module.recorder:
            return module.recorder
    raise LookupError("No module records evidence.")


def record_evidence(  # noqa: PLR0913  # an entry has this many parts, each named by its caller
    *,
    kind: str,
    words: str,
    characteristics: Sequence[str],
    occurred_on: date,
    visibility: Visibility,
    source: str,
    owner_id: int | None = None,
    shared_with: Sequence[int] = (),
) -> int:
    """Record what the running action did as evidence and return the entry's key; see `evidence.actions.record`.

    For the floors below evidence (schools, people); those above call `evidence.actions.record` themselves.
    """
    return recorder().record(
        kind=kind,
        words=words,
        characteristics=characteristics,
        occurred_on=occurred_on,
        visibility=visibility,
        source=source,
        owner_id=owner_id,
        shared_with=shared_with,
    )


def withdraw_evidence(*, source: str) -> int:
    """Withdraw what was recorded from a source and return how many entries; see `evidence.actions.withdraw`."""
    return recorder().withdraw(source=source)


def store_readings(*, by: Scope, at: datetime, readings: Iterable[Reading], school_id: int | None = None) -> None:
    """Store readings of measures for the profile; see `evidence.actions.store_readings`."""
    recorder().store_readings(by=by, at=at, readings=tuple(readings), school_id=school_id)
