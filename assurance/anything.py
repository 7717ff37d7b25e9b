"""Row d: anything at all is sent to the API and to every form; nothing may be a server error or tell of our insides.

schemathesis makes the API's requests from its description, some that fit it and some that do not; hypothesis fills the
forms that pages hold. Both go through the real WSGI application, as several people. Limits on how often are lifted for
the run. The controls break an endpoint and a page on purpose; the same requests must find that.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from assurance.figures import Figure
from assurance.filled_forms import Form, forms_in

SEED = 20261124
FULL, SHORT = 50_000, 2_000
FORMS_SHARE = 0.3
# Forms that are not sent, each with its reason.
NOT_SENT = {"import": "the sample's import was never packed, which no real one can be"}
ROUNDS = 5  # over all pages, since many hold no form
PERSONAS = ("headteacher", "chair", "teacher", "office", "administrator", "trust_leader", "other_headteacher")
TRACES = re.compile(
    r"Traceback \(most recent|site-packages|\.py\", line \d|\bdjango\.(?:db|core|http)\.|psycopg\b|OperationalError|"
    r"IntegrityError|DataError|SQLITE_|sqlite3\.|pydantic_core|\bSELECT .{1,200} FROM \w|"
    r"<module '|<function |object at 0x"
)


@dataclass(slots=True)
class Tried:
    """What was sent, what came back, and what was wrong with it."""

    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many requests were answered."""
        return sum(self.statuses.values())

    def note(self, what: str, status: int, body: str) -> None:
        """Note one answer."""
        self.statuses[status] += 1
        if status >= 500:
            self.errors.append(f"{what}: {status}")
        if found := TRACES.search(body):
            self.traces.append(f"{what}: {found[0]!r}")


def measure(*, short: bool) -> Figure:
    """Send everything, then the controls' part of it."""
    started, many = time.monotonic(), SHORT if short else FULL
    with _ready() as cast:
        tried = Tried()
        try_forms(tried, cast, int(many * FORMS_SHARE))
        try_api(tried, cast, many - tried.count)
        told = control(cast)
    for each in sorted(set(tried.errors + tried.traces))[:40]:
        print(each)
    well = not tried.errors and not tried.traces and tried.count >= many
    return Figure(
        row="d",
        figure=f"{tried.count} requests: {len(tried.errors)} server errors, {len(tried.traces)} traces; "
        f"statuses {dict(sorted(tried.statuses.items()))}",
        target=f"{FULL} requests: 0 server errors, 0 traces",
        held=well and not short and all(told.values()),
        control=f"an endpoint broken on purpose: {told['errors']} server errors found in 60 requests; "
        f"a page that shows its trace: {told['traces']} traces found",
        seed=SEED,
        count=tried.count,
        seconds=round(time.monotonic() - started, 1),
    )


def control(cast) -> dict[str, int]:
    """Break what one endpoint and one page read, the page showing its trace; return what the same requests find."""
    from django.test import override_settings

    told, shown = Tried(), Tried()
    with mock.patch("headship.strategy.queries.values", side_effect=RuntimeError("on purpose")):
        try_api(told, cast, 60, only="api-strategy-values")
        with override_settings(DEBUG=True):
            try_forms(shown, cast, 60, only="decision-note")
    return {"errors": len(told.errors), "traces": len(shown.traces)}


def try_api(tried: Tried, cast, many: int, *, only: str = "") -> None:
    """Send generated requests to every endpoint, as several people and as nobody."""
    import schemathesis

    from headship.project.described import ENDPOINTS
    from headship.project.wsgi import application

    tokens = [f"Bearer {cast.token(who)}" for who in PERSONAS]
    tokens += [f"Bearer {cast.token('headteacher', expires_at=cast.now - timedelta(days=1))}", ""]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    by_name = {each.name: each for each in ENDPOINTS}
    operations = [each.ok() for each in schema.get_all_operations()]
    chosen = [each for each in operations if only in each.definition.raw["operationId"]]
    for number, operation in enumerate(chosen):
        declared = by_name[operation.definition.raw["operationId"]]
        with _taken_back():
            sender = _Sender(tried, cast, operation, declared, tokens)
            sender.send_all(_part(many, number, len(chosen)), number)


@dataclass(slots=True)
class _Sender:
    """Sends generated requests to one endpoint."""

    tried: Tried
    cast: Any
    operation: Any
    declared: Any
    tokens: list[str]

    def send_all(self, count: int, number: int) -> None:
        """Send so many, each as one of the people; the headteacher, who gets farthest in, comes oftener."""
        from hypothesis import given
        from hypothesis import strategies as st

        @_settled(count, number)
        @given(case=self._cases(), token=st.sampled_from([*self.tokens[:1] * 4, *self.tokens]))
        def send(case, token: str) -> None:
            with _taken_back():
                answer = case.call(headers={"Authorization": token} if token else {})
            what = f"{self.declared.name} {case.method} {case.formatted_path}"
            self.tried.note(what, answer.status_code, answer.text)

        send()

    def _cases(self):
        """Return requests at a real place and thing, right and wrong, and at any place at all."""
        from hypothesis import strategies as st
        from schemathesis import GenerationMode

        from tests.house.programs import CALLS, Call

        call = CALLS.get(self.declared.name, Call())
        real = call.things(self.cast, self.cast.school)
        if "{int:urn}" in self.declared.path:
            real["urn"] = self.cast.school.urn
        read = {"If-Match": f'"{call.version}.any"'} if self.declared.versioned else None
        right, wrong = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
        made = self.operation.as_strategy
        inside = made(right, path_parameters=real or None, headers=read)
        choices = [inside, inside, made(right)]
        if self.operation.body or self.operation.query or self.operation.headers:
            choices.append(made(wrong, path_parameters=real or None))
        return st.one_of(choices)


def try_forms(tried: Tried, cast, many: int, *, only: str = "") -> None:
    """Fill and send every form of every page that several people reach, again and again until there are enough."""
    from tests.house.matrix import addresses

    found = [each for each in addresses() if only in {"", each.name} and each.name not in NOT_SENT]
    for again in range(ROUNDS):
        for number, address in enumerate(found):
            left = many - tried.count
            if left > 0:
                with _taken_back():
                    _fill(tried, cast, address, _part(max(left, len(found)), number, len(found)), again * 1000 + number)


def _fill(tried: Tried, cast, address, count: int, number: int) -> None:
    """Fill and send the forms of one page, for the first two people who are shown any."""
    url = address.filled(cast, "own", cast.school)
    met = 0
    for who in (*PERSONAS, "operator", "signed_out"):
        client = cast.client(who)
        client.raise_request_exception = False
        with _taken_back():
            page = client.get(url)
        found = [] if page.streaming else forms_in(page.content.decode(errors="replace"))
        for form in found:
            _send(tried, client, f"{who} POST", form.action or url, form, max(1, count // (2 * len(found))), number)
        if page.status_code >= 500:
            tried.note(f"{who} GET {url}", page.status_code, page.content.decode(errors="replace"))
        met += bool(found)
        if met == 2:
            break


def _send(tried: Tried, client, what: str, url: str, form: Form, count: int, number: int) -> None:  # noqa: PLR0913, PLR0917  # one form's all
    from hypothesis import given

    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    @_settled(count, number)
    @given(values=form.values())
    def send(values: list[tuple[str, str]]) -> None:
        client.cookies.clear()
        client.cookies.load(cookies)  # whoever signed out is in again
        with _taken_back():
            content = urlencode(values, errors="surrogatepass")
            answer = client.post(url, content, content_type="application/x-www-form-urlencoded")
        body = "" if answer.streaming else answer.content.decode(errors="replace")
        tried.note(f"{what} {url}", answer.status_code, body)

    send()


def _part(many: int, number: int, parts: int) -> int:
    """Return how many of so many requests one of the parts sends, so that together they send all."""
    return max(1, many * (number + 1) // parts - many * number // parts)


def _settled(count: int, number: int) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Return hypothesis's settings: so many examples from a fixed seed, without shrinking or deadlines."""
    from hypothesis import HealthCheck, Phase, seed, settings

    def decorate(test: Callable[..., None]) -> Callable[[], None]:
        quiet = settings(
            max_examples=count,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        return seed(SEED + number)(quiet(test))

    return decorate


@contextmanager
def _taken_back() -> Iterator[None]:
    """Take back whatever one request did, so that each finds what the first found."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the connection from one request to the next, and the terminal free of what fails on purpose.

    Signals that close it cannot be taken off for long: Django's test client puts them back after each request.
    """
    import logging
    from unittest import mock

    logging.disable(logging.CRITICAL)
    try:
        with mock.patch("django.db.backends.base.base.BaseDatabaseWrapper.close_if_unusable_or_obsolete"):
            yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _ready() -> Iterator[Any]:
    """Make a database with the cast in it, and lift the limits."""
    import django
    from django.utils import timezone

    from assurance.matrix import database

    django.setup()
    no_limit = mock.patch("headship.core.limits.spend", return_value=timezone.now() + timedelta(days=1))
    with one_connection(), database(), _taken_back(), no_limit:
        yield made()


def made():
    """Build the cast, set up and with its frameworks, and note when."""
    from dataclasses import fields, make_dataclass

    from django.utils import timezone

    from headship.project import queries as set_up
    from headship.standards import queries as standards
    from tests import cast as everybody
    from tests.house.samples import a_framework

    standards.forget()
    set_up.know()
    built = everybody.build()
    a_framework(built, built.school)
    timed = make_dataclass("TimedCast", [("now", object)], bases=(everybody.Cast,), frozen=True)
    return timed(*(getattr(built, each.name) for each in fields(built)), timezone.now())
