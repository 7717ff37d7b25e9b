"""Row g: forms sent twice at once, two people at one thing, a full disk, a database that goes, a clock that jumps.

Every form that any page offers is collected from one prepared school; each trial begins from that same state. What a
trial leaves is compared table by table, row by row, with what one quiet sending leaves, or with what stood before.
`python -m assurance.collisions` runs on the configured database, its own, and prints what it found as JSON.
"""

import copy
import json
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from unittest.mock import patch

from assurance.forms import WORDS, Form, forms_on
from assurance.states import State

PERSONAS = ("headteacher", "operator", "teacher", "chair", "trust_leader", "office")
# The second factor, passwords and passkeys are allauth's own forms; signing out ends the trial's session.
NOT_OURS = ("account_", "mfa_", "socialaccount_", "openid_connect")
# What a refused or repeated sending may still write: that it was asked, counted or seen.
OF_NO_CONCERN = {"core_auditevent", "core_chainhead", "django_session", "core_remembered", "people_account"}
LONGEST = timedelta(hours=12)
CLOCKS = {"a day back": -timedelta(days=1), "an hour back": -timedelta(hours=1), "a day on": timedelta(days=1)}
BROKEN, SIGNED_OUT, SHOWN, FILE = 500, 401, 200, 299
TAKEN = {302, 303, FILE}
NO = {403, 404, 409}  # changed meanwhile; or gone, or no longer theirs to change


@dataclass(slots=True)
class Tally:
    """How many trials of each kind were made, and every fault."""

    forms: int = 0
    accepted: int = 0
    trials: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    faults: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    control: int = 0


def collect(cast) -> list[Form]:
    """Fill the school with a thing of each kind, and collect every form that anybody is offered."""
    from django.db import IntegrityError, transaction

    from tests.house.matrix import addresses

    urls = []
    for address in addresses():
        try:
            with transaction.atomic():
                urls.append(address.filled(cast, "own", cast.school))
        except IntegrityError:
            continue  # a thing of that kind stands already
    found: dict[tuple, Form] = {}
    for persona in PERSONAS:
        client = cast.client(persona)
        for url in dict.fromkeys(urls):
            response = client.get(url)
            if response.status_code == 200 and "html" in response.headers.get("Content-Type", ""):
                for form in forms_on(url, response.content.decode(), persona):
                    found.setdefault((form.told, tuple(sorted({name for name, _ in form.fields}))), form)
    about = ("about", str(cast.people["teacher"].pk))  # whom a line manager works with is on the staff
    return [
        replace(form, fields=tuple(about if each[0] == about[0] else each for each in form.fields))
        for form in found.values()
        if not form.told.startswith(NOT_OURS)
    ]


class Trials:
    """The trials of one form after another, each from the same state."""

    def __init__(self, state: State, clients: Mapping[str, object]) -> None:
        self._state, self._clients, self.tally = state, clients, Tally()

    def all_of(self, form: Form) -> None:
        """Make every trial of one form."""
        self.tally.forms += 1
        with self._from_the_start("once"):
            before = self._state.digests()
            statements = self._counting(form)
            after = self._state.rows()
            changed = of_concern(self._state.digests(), before)
        # What is shown only once (a token) is shown in the answer itself; a form that was refused changed nothing.
        if self._answer not in TAKEN and not (self._answer == SHOWN and changed):
            self.tally.left_out.append(form.told)
            return
        self.tally.accepted += 1
        again = after if self._answer in TAKEN else self._sent_again(form)
        self._twice(form, again)
        if form.versioned:
            self._two_people(form)
        for at in sorted({1, (statements + 1) // 2, statements}):
            self._interrupted(form, at, after)
        self._full(form)
        for words, jump in CLOCKS.items():
            self._clock(form, words, jump, again)

    def _sent_again(self, form: Form) -> dict[str, int]:
        """Return the rows that are left where a secret is shown once, and whoever asks again gets another."""
        with self._from_the_start("once"):
            self._post(form)
            self._post(form)
            return self._state.rows()

    def _post(self, form: Form, **typed: str) -> int:
        """Send as somebody just signed in; return the status, or FILE, or SIGNED_OUT."""
        from django.conf import settings
        from django.shortcuts import resolve_url
        from django.test import Client

        client = Client(raise_request_exception=False)  # a fault of the server is an answer, as it is to a person
        client.cookies = copy.deepcopy(self._clients[form.persona].cookies)
        response = client.post(form.action, form.sent(**typed))
        to_sign_in = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if "Content-Disposition" in response.headers:
            return FILE
        return SIGNED_OUT if to_sign_in else response.status_code

    @contextmanager
    def _from_the_start(self, trial: str) -> Iterator[None]:
        self._state.again()
        self.tally.trials[trial] += 1
        yield

    def _fault(self, form: Form, words: str) -> None:
        self.tally.faults.append(f"{form.told}: {words}")

    def _counting(self, form: Form) -> int:
        """Send once, and return how many statements that wrote."""
        from django.db import connection

        count = 0

        def counted(execute, asked, params, many, context):
            nonlocal count
            count += writes(asked)
            return execute(asked, params, many, context)

        with connection.execute_wrapper(counted):
            self._answer = self._post(form)
        return count

    def _at_once(self, form: Form, *words: str) -> list[int]:
        """Send from as many threads at once, and return the answers."""
        from django.db import connections

        ready, answers = threading.Barrier(len(words)), [0] * len(words)

        def send(place: int) -> None:
            try:
                ready.wait()
                answers[place] = self._post(form, words=words[place])
            finally:
                connections.close_all()

        threads = [threading.Thread(target=send, args=(place,)) for place in range(len(words))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def _twice(self, form: Form, after: Mapping[str, int]) -> None:
        with self._from_the_start("sent twice at once"):
            answers = self._at_once(form, WORDS, WORDS)
            if more := of_concern(self._state.rows(), after):
                self._fault(form, f"sent twice at once ({answers}) it left other rows than sent once: {more}")
            if BROKEN in answers or 0 in answers:
                self._fault(form, f"sent twice at once it broke: {answers}")
            self._chains(form)

    def without_its_guard(self, form: Form) -> None:
        """Send a form twice while nobody looks whether it came before: the control, which must find two of it."""
        with self._from_the_start("control"):
            self._post(form)
            after = self._state.rows()
        with self._from_the_start("control"), patch("headship.evidence.actions._noted_just_now", lambda *_: None):
            self._at_once(form, WORDS, WORDS)
            self.tally.control = len(of_concern(self._state.rows(), after))

    def _two_people(self, form: Form) -> None:
        with self._from_the_start("two people at once"):
            answers = sorted(self._at_once(form, "The words of the first", "The words of the second"))
            if answers[0] != 302 or answers[1] not in NO:
                self._fault(form, f"two people at once were answered {answers}, not one yes and one no")
            self._chains(form)

    def _interrupted(self, form: Form, at: int, after: Mapping[str, int]) -> None:
        """Take the database away at one of the statements that write."""
        from django.db import connection

        with self._from_the_start("database gone"):
            before = self._state.digests()
            with connection.execute_wrapper(self._state.going_at(at)):
                answer = self._post(form)
            self._state.back()
            left = of_concern(self._state.digests(), before)
            # What was done before the database went is there whole: as many rows in every table as one sending leaves.
            if left and (of_concern(self._state.rows(), after)):
                self._fault(form, f"the database went at statement {at} ({answer}) and a part stayed: {sorted(left)}")
            self._chains(form)
            if (again := self._post(form)) == BROKEN:
                self._fault(form, f"after the database came back the form was answered {again}")

    def _full(self, form: Form) -> None:
        """Let the disk be full, on SQLite."""
        from django.db import connection

        if connection.vendor != "sqlite":
            return
        with self._from_the_start("disk full"):
            before = self._state.digests()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA page_count")
                cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
            answer = self._post(form)
            connection.close()
            if answer == BROKEN:
                self.tally.trials["disk full, refused"] += 1
                if left := of_concern(self._state.digests(), before):
                    self._fault(form, f"the disk was full and something stayed: {sorted(left)}")
            self._chains(form)

    def _clock(self, form: Form, words: str, jump: timedelta, after: Mapping[str, int]) -> None:
        """Let the clock jump after the form was opened."""
        from django.utils import timezone

        with self._from_the_start("clock jumped"):
            before, now = self._state.rows(), timezone.now
            with patch("django.utils.timezone.now", lambda: now() + jump):
                answer = self._post(form)
                self._post(form)
            left = self._state.rows()
            if answer == BROKEN:
                self._fault(form, f"with the clock {words} it broke")
            if jump > LONGEST and form.signed_in and answer != SIGNED_OUT:
                self._fault(form, f"with the clock {words} the session went on: {answer}")
            if of_concern(left, before) and (more := of_concern(left, after)):
                self._fault(form, f"sent again with the clock {words} it left other rows: {more}")
            self._chains(form)

    def _chains(self, form: Form) -> None:
        from headship.core import audit
        from headship.core.models import ChainHead

        for head in ChainHead.objects.all():
            for fault in audit.faults(head.chain):
                self._fault(form, f"the audit chain does not hold: {fault}")


def writes(asked: object) -> bool:
    """Whether a statement writes."""
    return str(asked).lstrip("( ").upper().startswith(("INSERT", "UPDATE", "DELETE"))


def of_concern[V](one: Mapping[str, V], other: Mapping[str, V]) -> dict[str, tuple[V | None, V | None]]:
    """Return the tables in which two states differ, but those of no concern."""
    return {
        table: (one.get(table), other.get(table))
        for table in one.keys() | other.keys()
        if one.get(table) != other.get(table) and table not in OF_NO_CONCERN
    }


def main(every: int) -> None:
    """Make the trials of every n-th form on the configured database, and print what was found."""
    import logging

    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_test_environment

    from assurance.states import state
    from headship.project import queries as set_up
    from tests import cast as everybody

    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["*"]
    setup_test_environment(debug=False)
    set_up.know()
    with state() as held:
        cast = everybody.Cast(**everybody_there())
        forms = collect(cast)
        clients = {persona: cast.client(persona) for persona in PERSONAS}
        for client in clients.values():
            client.raise_request_exception = False
        connection.close()
        held.keep()
        trials = Trials(held, clients)
        for form in forms[::every]:
            trials.all_of(form)
        trials.without_its_guard(next(form for form in forms if form.told == "evidence-note"))
    print(json.dumps({name: getattr(trials.tally, name) for name in Tally.__slots__}))


def everybody_there() -> dict:
    """Return the cast as it stands in the database."""
    from headship.people.models import Account, Person
    from headship.schools.models import School, Trust
    from tests import cast

    schools = {school.urn: school for school in School.objects.all()}
    people = {name: Person.objects.get(name=told[0]) for name, told in cast.PERSONAS.items()}
    return {
        "school": schools[cast.OWN],
        "other": schools[cast.OTHER],
        "third": schools[cast.THIRD],
        "trust": Trust.objects.get(),
        "people": people,
        "accounts": {name: Account.objects.get(person=person) for name, person in people.items()},
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    import django

    django.setup()
    from headship.core import belt

    with belt.whole_installation(because="the proof looks at every table; each request begins with nothing open"):
        main(int(sys.argv[1]))
