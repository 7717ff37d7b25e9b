"""What the page of one characteristic shows, and the pages on which a head says where they stand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse

from headship.core import registry
from headship.core.components import TimelineItem
from headship.core.pages import Link, in_words
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.evidence import methods, pages, queries, rules, tallies
from headship.evidence.drawing import MeasureShown, measure_shown
from headship.evidence.models import Reflection
from headship.standards import queries as standards
from headship.standards.queries import FrameworkView, Statement

PAGE = 20


@dataclass(frozen=True, slots=True)
class CounterpartShown:
    """A statement of another framework that says something of the same kind."""

    code: str
    title: str
    statement: str
    url: str
    nearest: bool


@dataclass(frozen=True, slots=True)
class StandWritten:
    """Something a head said of where they stand. `share_url` is for the head alone."""

    state: str
    words: str
    on: str
    next_step: str
    next_step_by: str
    seen_by: str
    share_url: str


@dataclass(frozen=True, slots=True)
class CharacteristicPage:
    """One characteristic at a school, as one reader may see it."""

    title: str
    code: str
    tint: str
    profile_url: str
    framework: str
    statement: str
    note: str
    counterparts: tuple[CounterpartShown, ...]
    proposed_by: str
    head: str
    stands: tuple[StandWritten, ...]
    own: bool
    reflect_url: str
    items: tuple[TimelineItem, ...]
    kinds: tuple[Link, ...]
    newest_url: str
    older_url: str
    measures: tuple[tuple[MeasureShown, str, str], ...]
    adds: tuple[Link, ...]
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One form about one characteristic. `said` is what was said before."""

    title: str
    form: Form
    code: str
    tint: str
    name: str
    statement: str
    back_url: str
    submit: str
    said: tuple[StandWritten, ...] = ()


def characteristic(
    scope: Scope, found: FrameworkView, statement: Statement, *, kind: str, older_than: tuple[date, int] | None
) -> CharacteristicPage:
    """Return the page of a characteristic: what it says, where the head stands, and the evidence, newest first."""
    counting = [statement.id, *tallies.counterparts(statement.id)]
    rows = queries.timeline(scope, counting, kind=kind, older_than=older_than, most=PAGE + 1)
    head = queries.headteacher(scope)
    own = head is not None and head[0] == scope.person_id
    urn = scope.place.key if scope.place else 0
    here = pages.characteristic_url(urn, statement.code)
    linked = standards.counterparts(statement.id)
    return CharacteristicPage(
        title=f"{statement.code} {statement.short_title}",
        code=statement.code,
        tint=pages.tint(statement),
        profile_url=pages.profile_url(scope, found.code, pages.current_year(scope)),
        framework=f"{found.title} {found.version}".strip(),
        statement=statement.statement,
        note=pages.not_in_older_text(statement),
        counterparts=tuple(_counterpart(urn, each) for each in linked),
        proposed_by=linked[0].proposed_by if linked else "",
        head=head[1] if head else "",
        stands=_stands(scope, head[0], statement, urn) if head else (),
        own=own,
        reflect_url=reverse("reflect", kwargs={"urn": urn, "code": statement.code}) + _query(found.code) if own else "",
        items=tuple(_item(scope, row) for row in rows[:PAGE]),
        kinds=_kinds(scope, found, statement, kind, here),
        newest_url=here + _query(found.code, kind=kind) if older_than else "",
        older_url=here + _query(found.code, kind=kind, older_than=rows[PAGE - 1]) if len(rows) > PAGE else "",
        measures=_measures(scope, statement),
        adds=_adds(scope, statement, urn),
        seen_by=SEEN_BY,
    )


SEEN_BY = (
    "Each piece of evidence: those named beside it.",
    "Reflections: the headteacher, and those the headteacher opens each one to.",
)


def form_page(  # noqa: PLR0913  # each part is named where it is called
    scope: Scope, found: FrameworkView, statement: Statement, form: Form, *, title: str, submit: str, said: int = 0
) -> FormPage:
    """Return a page with one form about a characteristic, and the last few things said before."""
    urn = scope.place.key if scope.place else 0
    return FormPage(
        title=title,
        form=form,
        code=statement.code,
        tint=pages.tint(statement),
        name=statement.short_title,
        statement=statement.statement,
        back_url=pages.characteristic_url(urn, statement.code) + _query(found.code),
        submit=submit,
        said=_stands(scope, scope.person_id, statement, urn)[:said],
    )


def _counterpart(urn: int, linked: standards.Counterpart) -> CounterpartShown:
    other = linked.statement
    url = pages.characteristic_url(urn, other.code) + _query(other.framework)
    return CounterpartShown(other.code, other.short_title, other.statement, url, linked.nearest)


def _stands(scope: Scope, head_id: int, statement: Statement, urn: int) -> tuple[StandWritten, ...]:
    own = head_id == scope.person_id
    return tuple(_stand(each, urn, own=own) for each in queries.reflections(scope, head_id, statement.id))


def _stand(written: Reflection, urn: int, *, own: bool) -> StandWritten:
    return StandWritten(
        state=written.state,
        words=written.words,
        on=in_words(written.written_at),
        next_step=written.next_step,
        next_step_by=in_words(written.next_step_by) if written.next_step_by else "",
        seen_by=Visibility(written.visibility).words if own else "",
        share_url=reverse("reflection-share", kwargs={"urn": urn, "reflection": written.pk}) if own else "",
    )


def _item(scope: Scope, row: queries.TimelineRow) -> TimelineItem:
    kind = registry.evidence_kinds().get(row.kind)
    facts = [kind.words.capitalize() if kind else "", Visibility(row.visibility).words]
    if row.owner_id == scope.person_id:
        facts.append("yours")
    return TimelineItem(
        on=row.occurred_on,
        words=row.words,
        url=source_url(scope, row.source),
        by=" · ".join(fact for fact in facts if fact),
    )


def source_url(scope: Scope, source: str) -> str:
    """Return the address of the page an entry comes from, or nothing where it has none this reader may open."""
    model, _, key = source.partition(":")
    page = registry.source_pages().get(model)
    if page is None or not key.isdecimal() or page.allows(scope):
        return ""
    thing = {page.key: int(key)} if page.key else {}
    return reverse(page.url_name, kwargs={"urn": scope.place.key if scope.place else 0, **thing})


def _kinds(scope: Scope, found: FrameworkView, statement: Statement, kind: str, here: str) -> tuple[Link, ...]:
    held = queries.kinds(scope, statement.id)
    known = registry.evidence_kinds()
    if len(held) < 2:
        return ()
    every = Link("All", here + _query(found.code), not kind)
    names = {code: known[code].plural.capitalize() for code in held if code in known}
    return (every, *(Link(name, here + _query(found.code, kind=code), kind == code) for code, name in names.items()))


def _measures(scope: Scope, statement: Statement) -> tuple[tuple[MeasureShown, str, str], ...]:
    """Return each reading of the measures that speak to a statement, with its source and the address of its method."""
    known = {each.code: each for each in pages.measures_for(statement)}
    found = queries.history_of(scope.school_id, list(known)) if known else []
    return tuple((measure_shown(known[each.measure], each), each.source, _method_url(each.method)) for each in found)


def _method_url(name: str) -> str:
    return reverse("method", kwargs={"method": name}) if name in methods.names() else ""


def _adds(scope: Scope, statement: Statement, urn: int) -> tuple[Link, ...]:
    """Return where evidence for a statement comes from by doing it, and last the way to note it by hand."""
    offered = [
        Link(each.words, pages.school_url(each.url_name, urn))
        for each in pages.destinations_for(statement)
        if each.allows(scope) is None
    ]
    if statement.framework == standards.DEFAULT and rules.note_evidence(scope) is None:
        address = reverse("evidence-note", kwargs={"urn": urn, "code": statement.code})
        offered.append(Link("Note something by hand", address))
    return tuple(offered)


def _query(framework: str, *, kind: str = "", older_than: queries.TimelineRow | None = None) -> str:
    parts = [f"framework={framework}"] if framework != standards.DEFAULT else []
    parts += [f"kind={kind}"] if kind else []
    parts += [f"older={older_than.occurred_on.isoformat()}.{older_than.id}"] if older_than else []
    return f"?{'&'.join(parts)}" if parts else ""


@dataclass(frozen=True, slots=True)
class MyStandardsPage:
    """What somebody wrote about where they stand, wherever they worked; theirs to carry."""

    title: str
    count: int
    schools: tuple[str, ...]
    json_url: str
    html_url: str


@dataclass(frozen=True, slots=True)
class CarriedPage:
    """The file somebody carries with them, to be read by people."""

    title: str
    name: str
    on: str
    reflections: tuple[tuple[str, str, str, StandWritten], ...]


def my_standards(found: list[Reflection]) -> MyStandardsPage:
    """Return the page from which somebody takes their reflections with them."""
    return MyStandardsPage(
        title="My standards",
        count=len(found),
        schools=tuple(dict.fromkeys(each.school.name for each in found)),
        json_url=reverse("my-standards-json"),
        html_url=reverse("my-standards-html"),
    )


def carried(scope: Scope, found: list[Reflection]) -> CarriedPage:
    """Return a person's reflections as a page of their own."""
    return CarriedPage(
        title="My standards",
        name=scope.name,
        on=in_words(scope.at.date()),
        reflections=tuple(
            (
                f"{each.characteristic.code} {each.characteristic.short_title}",
                each.characteristic.statement,
                each.school.name,
                _stand(each, each.school.urn, own=False),
            )
            for each in found
        ),
    )


def carried_values(scope: Scope, found: list[Reflection]) -> dict[str, Any]:
    """Return a person's reflections as plain values that any other system can read."""
    return {
        "format": "headship.my-standards",
        "version": 1,
        "person": scope.name,
        "made_on": scope.at.date().isoformat(),
        "reflections": [
            {
                "framework": each.characteristic.framework.code,
                "framework_uuid": str(each.characteristic.framework.uuid),
                "code": each.characteristic.code,
                "characteristic_uuid": str(each.characteristic.uuid),
                "title": each.characteristic.short_title,
                "state": each.state,
                "words": each.words,
                "next_step": each.next_step,
                "next_step_by": each.next_step_by.isoformat() if each.next_step_by else None,
                "visibility": each.visibility,
                "written_at": each.written_at.isoformat(),
                "school": each.school.name,
                "school_urn": each.school.urn,
            }
            for each in found
        ],
    }
