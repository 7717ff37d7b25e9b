"""Every endpoint of the API x every persona x every place x every kind of token: what each must answer.

As in tests/house/matrix.py the answers are worked out from what an endpoint declares, in a table written anew here.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from headship.core import registry
from headship.core.endpoints import Endpoint
from headship.core.roles import Role
from headship.core.visibility import Visibility
from headship.people.models import Person
from headship.project.described import ENDPOINTS
from headship.schools import calendar_dates
from headship.schools.models import School
from tests.cast import PERSONAS, SIGNED_OUT, Cast
from tests.house import samples
from tests.house.matrix import URNS, held_at, trust_at

PREFIX = "/api/v1/"
ALL_WELL = {"GET": 200, "POST": 200, "PUT": 200, "PATCH": 200, "DELETE": 204}
ANOTHER_MARK = "6a1f0a3e-6f6e-4b5e-9d5b-0a6f4f6b1c11"


@dataclass(frozen=True, slots=True)
class Call:
    """What an endpoint needs to be called: things in its address, a query, a body, the version that was read.

    `narrower` names the personas whom a rule refuses although the audience admits them. `shared`: what its address
    holds belongs to no school.
    """

    things: Callable[[Cast, School], dict[str, Any]] = samples.nothing
    query: str = ""
    body: Callable[[], Mapping[str, Any]] | None = None
    version: int = 1
    narrower: Mapping[str, int] = field(default_factory=dict)
    shared: bool = False


def today() -> str:
    """Return today as programs write it."""
    return timezone.localdate().isoformat()


def this_year() -> int:
    """Return the academic year of today."""
    return calendar_dates.year_of(timezone.localdate())


def terms() -> dict[str, Any]:
    """Return three terms that can be right."""
    dates = ("starts_on", "ends_on", "break_starts_on", "break_ends_on")
    shape = calendar_dates.usual_shape(this_year())
    told = [{"name": each.name, **{name: getattr(each, name).isoformat() for name in dates}} for each in shape]
    return {"terms": told}


def decision() -> dict[str, Any]:
    """Return a decision to note."""
    return {"what": "Read daily", "decided_on": today(), "visibility": "staff", "characteristics": ["1.1"]}


def note() -> dict[str, Any]:
    """Return a note of learning to write."""
    return {"what": "Fractions", "learned_on": today(), "characteristics": ["1.4"]}


def entry() -> dict[str, Any]:
    """Return something to note by hand that all who may note may also see."""
    return {"words": "Read to year 3", "occurred_on": today(), "visibility": Visibility.STAFF.value}


def target() -> dict[str, Any]:
    """Return a target to set, for which the headteacher answers."""
    owner = Person.objects.get(name=PERSONAS["headteacher"][0]).pk
    return {
        "year": this_year(), "year_group": "Year 6", "subject": "maths", "assessment": "Key stage 2 tests",
        "kind": "mean", "aim": 104, "due_on": today(), "owner": owner,
    }  # fmt: skip


def a_leader() -> int:
    """Return the key of the own school's headteacher."""
    return Person.objects.get(name=PERSONAS["headteacher"][0]).pk


def intervention() -> dict[str, Any]:
    """Return an intervention to plan, for which the headteacher answers."""
    told = {"name": "Breakfast", "subject": "maths", "year_group": "Year 6", "starts_on": today()}
    return {**told, "owner": a_leader()}


def meeting() -> dict[str, Any]:
    """Return a meeting to note, at which the headteacher was."""
    return {"held_on": today(), "term": "autumn", "present": [a_leader()]}


def line() -> dict[str, Any]:
    """Return something that is to change, which the headteacher takes on."""
    return {"what": "More", "for_whom": "Most", "owner": a_leader(), "due_on": today()}


def a_year(cast: Cast, school: School) -> dict[str, Any]:
    """Name this academic year."""
    samples.a_framework(cast, school)
    return {"starts_in": this_year()}


A_CODE = {"things": samples.a_code, "shared": True}
CALLS: dict[str, Call] = {
    "api-schools-schools": Call(query="?sought=example"),
    "api-schools-calendar": Call(query="?since=2026-09-01&until=2026-12-31"),
    "api-schools-terms": Call(a_year, shared=True),
    "api-schools-set-terms": Call(a_year, body=terms, version=0, shared=True),
    "api-schools-days": Call(query=f"?starts_in={this_year()}"),
    "api-schools-add-day": Call(body=lambda: {"on": today(), "words": "Fair", "kind": "event"}),
    "api-schools-day": Call(samples.a_day),
    "api-schools-remove-day": Call(samples.a_day),
    "api-evidence-profile": Call(samples.the_frameworks),
    "api-evidence-entries": Call(**A_CODE),
    "api-evidence-note-entry": Call(**A_CODE, body=entry),
    "api-evidence-reflections": Call(**A_CODE),
    "api-evidence-write-reflection": Call(**A_CODE, body=lambda: {"state": "noticing"}),
    "api-evidence-share-reflection": Call(samples.a_reflection, body=lambda: {"visibility": "staff"}),
    "api-strategy-note-decision": Call(samples.the_frameworks, body=decision),
    "api-strategy-decision": Call(samples.a_decision),
    "api-strategy-change-decision": Call(samples.a_decision, body=decision, narrower=samples.NOT_ITS_WRITER),
    "api-strategy-withdraw-decision": Call(
        samples.a_decision, body=lambda: {"because": "Said twice"}, narrower=samples.NOT_ITS_WRITER
    ),
    "api-outcomes-set-target": Call(samples.the_frameworks, body=target),
    "api-outcomes-target": Call(samples.a_target),
    "api-outcomes-change-target": Call(samples.a_target, body=target),
    "api-outcomes-review-target": Call(
        samples.a_target, body=lambda: {"words": "Going well"}, narrower=samples.NOT_A_SETTER
    ),
    "api-outcomes-withdraw-target": Call(samples.a_target, body=lambda: {"because": "Said twice"}),
    "api-outcomes-plan-intervention": Call(samples.the_frameworks, body=intervention),
    "api-outcomes-intervention": Call(samples.an_intervention),
    "api-outcomes-change-intervention": Call(samples.an_intervention, body=intervention),
    "api-outcomes-review-intervention": Call(
        samples.an_intervention, body=lambda: {"conclusion": "We keep it"}, narrower=samples.NOT_A_SETTER
    ),
    "api-outcomes-withdraw-intervention": Call(samples.an_intervention),
    "api-outcomes-hold-meeting": Call(samples.the_frameworks, body=meeting),
    "api-outcomes-meeting": Call(samples.a_meeting),
    "api-outcomes-change-meeting": Call(samples.a_meeting, body=meeting),
    "api-outcomes-meeting-lines": Call(samples.a_meeting),
    "api-outcomes-agree-change": Call(samples.a_meeting, body=line),
    "api-outcomes-line": Call(samples.a_line),
    "api-outcomes-change-agreed": Call(samples.a_line, body=line),
    "api-outcomes-close-agreed": Call(
        samples.a_line, body=lambda: {"came_of_it": "Good"}, narrower=samples.NOT_A_SETTER
    ),
    "api-outcomes-spend": Call(samples.a_year_of_spending, shared=True),
    "api-outcomes-keep-spending": Call(samples.a_year_of_spending, body=lambda: {"lines": []}, version=0, shared=True),
    "api-workload-demand": Call(samples.a_demand("agreed")),
    "api-workload-directed-people": Call(samples.a_directed_year, shared=True),
    "api-workload-my-directed-time": Call(samples.a_directed_year, shared=True, narrower=samples.NO_HOURS_OF_ITS_OWN),
    "api-policies-policy": Call(samples.a_policy),
    "api-policies-versions": Call(samples.a_policy),
    "api-policies-version": Call(samples.a_text),
    "api-policies-change": Call(samples.a_change_in_policy),
    "api-strategy-plan": Call(samples.a_plan),
    "api-strategy-planned-actions": Call(samples.a_plan),
    "api-equality-objective": Call(samples.an_aim("published")),
    "api-equality-readings": Call(samples.an_aim("published")),
    "api-equality-statement": Call(samples.some_information("published")),
    "api-equality-check": Call(samples.a_check),
    "api-strategy-vision": Call(samples.a_vision),
    "api-strategy-value": Call(samples.a_value),
    "api-strategy-add-value": Call(body=lambda: {"name": "Courage"}),
    "api-strategy-change-value": Call(samples.a_value, body=lambda: {"name": "Courage"}),
    "api-strategy-retire-value": Call(samples.a_value),
    "api-improvement-bet": Call(samples.a_bet()),
    "api-improvement-readiness": Call(samples.the_frameworks),
    "api-talent-note": Call(samples.a_note),
    "api-talent-write-note": Call(samples.the_frameworks, body=note),
    "api-talent-change-note": Call(samples.a_note, body=note, narrower=samples.NOT_ITS_WRITER),
    "api-talent-withdraw-note": Call(samples.a_note, narrower=samples.NOT_ITS_WRITER),
    "api-voice-survey": Call(samples.a_survey("closed")),
    "api-voice-survey-figures": Call(samples.a_survey("closed")),
    "api-people-post": Call(samples.a_post("headteacher"), narrower={"external_adviser": 403, "authority_leader": 403}),
    "api-people-invitations": Call(
        narrower=samples.only("headteacher", "senior_leader", "office", "chair", "clerk", "administrator")
    ),
    "api-standards-frameworks": Call(samples.the_frameworks),
    "api-standards-framework": Call(samples.a_framework, shared=True),
    "api-standards-statement": Call(samples.a_statement, shared=True),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call must come to: a status, and the sentence of the refusal where one is declared."""

    status: int
    sentence: str = ""


def calls() -> Iterator[tuple[Endpoint, Call]]:
    """Yield every endpoint and how to call it."""
    return ((each, CALLS.get(each.name, Call())) for each in ENDPOINTS)


def holds_a_schools_thing(declared: Endpoint, call: Call) -> bool:
    """Whether an endpoint's address holds a thing that another school's could take the place of."""
    return declared.audience.place == "school" and declared.path.count("{") > 1 and not call.shared


def expected(persona: str, declared: Endpoint, call: Call, place: str) -> Answer:
    """Work out what a persona's token with every permit must get."""
    audience = declared.audience
    well = 201 if declared.made else ALL_WELL[declared.method]
    if not audience.signed_in:
        return Answer(well)
    if persona == SIGNED_OUT:
        return Answer(401)
    roles: set[Role] = held_at(persona, audience, place)
    if audience.place and not roles:
        return Answer(404)
    if audience.roles is not None and not roles & audience.roles:
        return Answer(403, audience.refusal)
    return Answer(call.narrower.get(persona, well))


def address(cast: Cast, declared: Endpoint, call: Call, place: str, things_of: School) -> str:
    """Return an endpoint's address at "own", "other" or "third", holding things of one school."""
    kinds = ("int:", "slug:")
    path = declared.path
    for kind in kinds:
        path = path.replace("{" + kind, "{")
    return PREFIX + path.format(urn=URNS[place], trust=trust_at(place), **call.things(cast, things_of)) + call.query


def ask(client: Client, declared: Endpoint, call: Call, url: str) -> Any:
    """Make one call, and take back whatever it did."""
    headers = {"Idempotency-Key": ANOTHER_MARK} if declared.once else {}
    headers |= {"If-Match": f'"{call.version}.any"'} if declared.versioned else {}
    body = json.dumps(call.body() if call.body else {}) if declared.method != "GET" else ""
    client.raise_request_exception = False
    with transaction.atomic():
        answer = client.generic(declared.method, url, body, content_type="application/json", headers=headers)
        transaction.set_rollback(True)
    return answer


def told(answer: Any) -> str:
    """Return the sentence of a problem, or nothing."""
    problem = answer.headers.get("Content-Type") == "application/problem+json"
    return json.loads(answer.content)["detail"] if problem else ""


def fault(cast: Cast, persona: str, declared: Endpoint, call: Call, *, place: str, url: str) -> str:
    """Call as a persona and say how the answer differs from what is declared; nothing where it is right."""
    answer, wanted = ask(cast.program(persona), declared, call, url), expected(persona, declared, call, place)
    is_problem = answer.status_code < 400 or told(answer)
    if answer.status_code == wanted.status and is_problem and wanted.sentence in told(answer):
        return ""
    return f"{persona}: {declared.method} {url}: {answer.status_code} {answer.content[:200]!r}, not {wanted}"


def token_faults(cast: Cast, persona: str, declared: Endpoint, call: Call, url: str) -> dict[str, str]:
    """Call with each kind of token that must not do, and say what is wrong with the answer, if anything."""
    others = [permit for permit in registry.permits() if permit != declared.permit]
    past = timezone.now() - timedelta(seconds=1)
    wrong = {
        "without the permit": (cast.program(persona, *others), 403),
        "expired": (cast.program(persona, expires_at=past), 401),
        "revoked": (cast.program(persona, revoked_at=past), 401),
        "made up": (Client(headers={"Authorization": "Bearer headship_made-up"}), 401),
        "of another kind": (Client(headers={"Authorization": "Basic YTpi"}), 401),
        "only a session": (cast.client(persona), 401),
    }
    found = {}
    for kind, (client, status) in wrong.items():
        answer = ask(client, declared, call, url)
        right = answer.status_code == status and told(answer)
        said = f"{persona}, token {kind}: {declared.method} {url}: {answer.status_code}, not {status}"
        found[kind] = "" if right else said
    return found
