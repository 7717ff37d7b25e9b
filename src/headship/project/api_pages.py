"""What the documentation of the API shows, arranged from its own description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from headship.core import limits, problems, registry
from headship.core.endpoints import Endpoint
from headship.core.pages import Link
from headship.project import described

REF = "#/components/schemas/"
AREAS = {
    "today": "Today",
    "schools": "Schools and the calendar",
    "evidence": "The Standards profile and its evidence",
    "strategy": "Values and decisions",
    "outcomes": "Outcomes",
    "voice": "Surveys",
    "policies": "Policies",
    "workload": "Workload",
    "improvement": "Improvement",
    "equality": "Equality",
    "appraisal": "Appraisal",
    "talent": "Learning",
    "people": "People",
    "standards": "Frameworks of standards",
}


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its page, its permits in words, and its endpoints in a line each."""

    title: str
    url: str
    permits: tuple[tuple[str, str], ...]
    lines: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """How the API works, and what there is."""

    title: str
    areas: tuple[Area, ...]
    kinds: tuple[problems.Kind, ...]
    per_minute: int
    example: str
    read_example: str
    signed_in: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a shape."""

    name: str
    what: str
    needed: bool
    note: str
    shape: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What is sent or given, field by field."""

    name: str
    words: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class EndpointShown:
    """One endpoint."""

    id: str
    method: str
    path: str
    words: str
    who: str
    permit: str
    parameters: tuple[Field, ...]
    takes: str
    gives: str
    listed: bool
    status: int


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One area's endpoints, and the shapes they take and give."""

    title: str
    endpoints: tuple[EndpointShown, ...]
    shapes: tuple[Shape, ...]


def overview(address: str, *, signed_in: bool) -> OverviewPage:
    """Arrange the overview; `address` is this installation's own."""
    return OverviewPage(
        title="Headship for programs",
        areas=tuple(_area(area) for area in AREAS),
        kinds=problems.KINDS,
        per_minute=limits.PROGRAMS.amount,
        example=f"curl {address}{problems.ADDRESS}frameworks",
        read_example=f'curl -H "Authorization: Bearer YOUR-TOKEN" {address}{problems.ADDRESS}me',
        signed_in=signed_in,
    )


def area(name: str) -> AreaPage:
    """Arrange one area. Errors: LookupError where there is none."""
    shown = tuple(_endpoint(each) for each in _of(name))
    shapes = described.document()["components"]["schemas"]
    wanted: dict[str, None] = {}
    for each in shown:
        _gather(each.takes, shapes, wanted)
        _gather(each.gives, shapes, wanted)
    return AreaPage(AREAS[name], shown, tuple(_shape(each, shapes[each]) for each in wanted))


def _of(name: str) -> list[Endpoint]:
    return [each for each in described.ENDPOINTS if each.area == name]


def _area(name: str) -> Area:
    permits = tuple((code, words) for code, words in registry.permits().items() if code.startswith(f"{name}:"))
    url = f"{problems.TOLD_AT}{name}/"
    lines = tuple(Link(f"{each.method} {_path(each)}", f"{url}#{each.name}") for each in _of(name))
    return Area(AREAS[name], url, permits, lines)


def _path(each: Endpoint) -> str:
    return problems.ADDRESS + each.path.replace("int:", "").replace("slug:", "")


def _endpoint(each: Endpoint) -> EndpointShown:
    told = described.document()["paths"][_path(each)][each.method.lower()]
    answer = told["responses"][str(each.status)].get("content", {})
    gives, listed = _named(_schema(answer)), False
    if gives.startswith("Page_"):
        gives, listed = gives.removeprefix("Page_").removesuffix("_"), True
    return EndpointShown(
        id=each.name,
        method=each.method,
        path=_path(each),
        words=told["description"],
        who=each.audience.name,
        permit=each.permit,
        parameters=tuple(_parameter(asked) for asked in told["parameters"]),
        takes=_named(_schema(told.get("requestBody", {}).get("content", {}))),
        gives=gives,
        listed=listed,
        status=each.status,
    )


def _schema(content: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = content.get("application/json", {}).get("schema", {})
    return found


def _named(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).removeprefix(REF)


def _parameter(asked: Mapping[str, Any]) -> Field:
    where = {"path": "in the address", "query": "after ?", "header": "a header"}[asked["in"]]
    what, _ = _what(asked["schema"])
    told = ". ".join(part for part in (asked.get("description", ""), where) if part)
    return Field(asked["name"], what, asked["required"], told, "")


def _gather(name: str, shapes: Mapping[str, Any], wanted: dict[str, None]) -> None:
    """Add a shape and those inside it, each once, in the order they are met."""
    if name and name not in wanted and "properties" in shapes[name]:
        wanted[name] = None
        for each in shapes[name]["properties"].values():
            _gather(_what(each)[1], shapes, wanted)


def _shape(name: str, told: Mapping[str, Any]) -> Shape:
    needed = told.get("required", ())
    fields = tuple(_field(field, about, needed) for field, about in told["properties"].items())
    return Shape(name, told.get("description", ""), fields)


def _field(name: str, told: Mapping[str, Any], needed: Any) -> Field:
    what, shape = _what(told)
    return Field(name, what, name in needed, told.get("x-data-class", ""), shape)


def _what(schema: Mapping[str, Any]) -> tuple[str, str]:
    """Say in words what a value is, and which shape it is where it is one with fields."""
    if "anyOf" in schema:
        parts = [_what(each) for each in schema["anyOf"] if each.get("type") != "null"]
        empty = " or null" if len(parts) < len(schema["anyOf"]) else ""
        return " or ".join(what for what, _ in parts) + empty, next((shape for _, shape in parts if shape), "")
    if "$ref" in schema:
        name = _named(schema)
        held = described.document()["components"]["schemas"][name]
        return (_one_of(held["enum"]), "") if "enum" in held else (name, name)
    if schema.get("type") == "array":
        what, shape = _what(schema["items"])
        return f"list of {what}", shape
    return ", ".join(_limits(schema)), ""


def _one_of(values: list[str]) -> str:
    return f"one of {', '.join(values)}"


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield a plain value's kind and its bounds, in words."""
    kind = str(schema.get("type", "value"))
    formats = {"date": "date such as 2027-03-03", "date-time": "moment such as 2027-03-03T09:00:00Z", "uuid": "UUID"}
    words = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
    yield _one_of(schema["enum"]) if "enum" in schema else formats.get(schema.get("format", ""), words.get(kind, kind))
    bounds = {"minLength": "at least {} long", "maxLength": "at most {} long", "minimum": "{} or more"}
    for name, bound in {**bounds, "maximum": "{} or less"}.items():
        if name in schema and schema[name] < 2**31:
            yield bound.format(f"{schema[name]:,}")
    if schema.get("default") not in {None, ""}:
        yield f"{schema['default']} unless given"
