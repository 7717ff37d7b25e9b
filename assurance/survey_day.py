"""Row k: in one minute 2,000 people open their link and answer, while 50 others read the product's pages.

Each answer is stored once, also where its form is sent twice at the same moment. The control takes the mark of use off
twenty links and sends them again: the count of stored answers must show it. `python -m assurance.survey_day ask 2000`
and `… count` and `… unmark` run in the demonstration's environment and speak JSON.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from assurance.figures import Figure

FULL, SHORT = 2_000, 60
SECONDS, READERS, AGAIN, TWICE, LATE = 60.0, 50, 20, 0.05, 2.0
URN, TITLE = 990003, "A survey day"
READ = ("", "standards/", "decisions/", "surveys/", "results/", "calendar/")
PEOPLE = ("ada", "linnet", "wren", "larch", "juniper")
PAUSE = 2.0  # how long somebody reads before they open the next page


@dataclass(slots=True)
class Day:
    """What was measured: how long each answer took from the moment somebody wanted to, each page, and all of it.

    In seconds; and what went wrong.
    """

    answers: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lasted: float = 0.0


def measure(*, short: bool) -> Figure:
    """Build a demonstration, ask everybody on paper, let them answer, and count."""
    from headship.project.demonstration import folder, server

    started, count = time.monotonic(), SHORT if short else FULL
    with tempfile.TemporaryDirectory(prefix="headship-survey-day-") as place:
        _run({}, "-m", "headship", "demo", "--build-only", "--folder", place)
        environment = folder.environment(Path(place))
        links = _told(environment, "ask", str(count))
        port = server.free_port()
        address = f"http://127.0.0.1:{port}"
        with server.running(port, environment) as serving:
            server.wait_until_it_answers(serving, address)
            day = _live(port, links, SECONDS * count / FULL)
            stored = _told(environment, "count")
            _told(environment, "unmark")
            for link in links[:AGAIN]:
                _answer(port, link, Day())
            again = _told(environment, "count") - stored
    planned = SECONDS * count / FULL
    slowest, half, page = _hundredth(day.answers, 99), _hundredth(day.answers, 50), _hundredth(day.pages, 95)
    for each in day.wrong[:20]:
        print(each)
    return Figure(
        row="k",
        figure=f"{stored} answers stored of {count} sent in {day.lasted:.1f} s (planned: {planned:.0f} s), {TWICE:.0%} "
        f"of them twice at once; an answer takes {half:.2f} s, p99 {slowest:.2f} s; {len(day.pages)} pages read by "
        f"{READERS} people with {len(PEOPLE)} accounts, p95 {1000 * page:.0f} ms; {len(day.wrong)} faults",
        target=f"{FULL:,} in {SECONDS:.0f} s, each stored once, p99 under 2 s; {READERS} people reading, p95 under "
        "500 ms",
        held=not short
        and stored == count
        and not day.wrong
        and day.lasted < planned + LATE
        and slowest < LATE
        and page < 0.5
        and again == AGAIN,
        control=f"with the mark of use taken off {AGAIN} links and those sent again: {again} answers more",
        seed=0,
        count=count,
        seconds=round(time.monotonic() - started, 1),
    )


def _live(port: int, links: list[str], seconds: float) -> Day:
    """Let people answer evenly over the time while others read; return when both are done."""
    day, over, address = Day(), threading.Event(), f"http://127.0.0.1:{port}"
    readers = [
        threading.Thread(target=_read, args=(address, PEOPLE[at % len(PEOPLE)], at, over, day)) for at in range(READERS)
    ]
    for each in readers:
        each.start()
    time.sleep(3)  # they sign in
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=64) as crowd:
        for at, link in enumerate(links):
            wanted = began + seconds * at / len(links)
            time.sleep(max(0.0, wanted - time.monotonic()))
            crowd.submit(_respond, port, link, at, wanted, day)
    day.lasted = time.monotonic() - began
    over.set()
    for each in readers:
        each.join()
    return day


def _respond(port: int, link: str, at: int, wanted: float, day: Day) -> None:
    """Open a link and answer; every twentieth sends the form twice at the same moment. Waiting for a turn counts."""
    twice = at % round(1 / TWICE) == 0
    try:
        _asked(port, "GET", link, day)
        if twice:
            other = threading.Thread(target=_answer, args=(port, link, Day()))
            other.start()
        _answer(port, link, day)
        if twice:
            other.join()
        day.answers.append(time.monotonic() - wanted)
    except OSError as fault:
        day.wrong.append(f"answering: {fault}")


def _answer(port: int, link: str, day: Day) -> float:
    """Send the form and read what is said of it; a second sending may be told that the first counts."""
    given = urlencode({"q-look-forward": "3", "q-load": "2", "q-one-thing": "A little more time"})
    return _asked(port, "POST", link, day, given) + _asked(port, "GET", link, day)


def _asked(port: int, method: str, link: str, day: Day, given: str | None = None) -> float:
    """Return how long one request took, as of a phone of its own (urllib would read all certificates for each)."""
    before = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request(method, link, given, {"Content-Type": "application/x-www-form-urlencoded"} if given else {})
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status not in (200, 302, 400):
        day.wrong.append(f"answering: {answer.status}")
    return time.perf_counter() - before


def _read(address: str, key: str, number: int, over: threading.Event, day: Day) -> None:
    """Read one page after another, with a pause as people make."""
    from headship.project.demonstration import server

    reader, at = server.signed_in(address, key), number
    while not over.wait(PAUSE):
        at += 1
        before = time.perf_counter()
        try:
            reader.open(f"{address}/schools/{URN}/{READ[at % len(READ)]}", timeout=30).read()
            day.pages.append(time.perf_counter() - before)
        except OSError as fault:
            day.wrong.append(f"{key} at {READ[at % len(READ)]!r}: {fault}")


def _hundredth(times: list[float], place: int) -> float:
    return quantiles(times, n=100)[place - 1] if len(times) > 1 else float("inf")


def _told(environment: dict[str, str], *words: str):
    return json.loads(_run(environment, "-m", "assurance.survey_day", *words).splitlines()[-1])


def _run(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, *words]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout


def _inside(words: list[str]) -> None:
    """Do one thing in the demonstration's database, and print what came of it as JSON."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    django.setup()
    from django.urls import reverse

    from headship.core import belt
    from headship.voice.models import Invitation, Sheet

    with belt.whole_installation(because="a proof makes and counts rows"):
        if words[0] == "ask":
            _ask(int(words[1]))
            sealed = _sealed(Invitation.objects.filter(survey__title=TITLE))
            print(json.dumps([reverse("answer", kwargs={"token": each}) for each in sealed]))
        elif words[0] == "count":
            print(json.dumps(Sheet.objects.filter(survey__title=TITLE).count()))
        else:
            print(json.dumps(Invitation.objects.filter(survey__title=TITLE).update(used=False)))


def _sealed(invitations) -> list[str]:
    from headship.core.sealed import unseal

    return [unseal(each) for each in invitations.order_by("pk").values_list("sealed_token", flat=True)]


def _ask(count: int) -> None:
    """Ask so many on paper, by the product's own actions, as the headteacher."""
    import uuid
    from datetime import timedelta

    from django.utils import timezone

    from headship.core.visibility import Visibility
    from headship.people import queries as people
    from headship.people.models import Account
    from headship.voice import actions, instruments

    at = timezone.now()
    by = people.scope_for(Account.objects.get(person__name="Ada Lantern"), "school", URN, at=at)
    last = timezone.localdate(at) + timedelta(days=1)
    prepared = actions.Prepared(
        "parents", TITLE, "", last, Visibility.STAFF, instruments.instruments()["staff_pulse"].questions
    )
    key = actions.prepare_survey(by=by, at=at, once=uuid.uuid4(), prepared=prepared)
    actions.ask_by_code(by=by, at=at, survey=key, version=1, group="Everybody", count=count)
    actions.open_survey(by=by, at=at, survey=key, version=2)


if __name__ == "__main__":
    _inside(sys.argv[1:])
