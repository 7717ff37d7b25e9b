"""Directed time of 400 staff: a year's plan read and summed, its page made, and too much refused.

`python -m bench.directed_time` writes bench/results/directed_time.json. 30 things are placed for all or for a post, and
ten for each of the staff by name; one in four works part time, one in ten changes in the year. A database of its own.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from bench import machine, processes

STAFF, FOR_ALL, NAMED, SEED, ROUNDS = 400, 30, 10, 26, 15
TARGET_MS = 100
YEAR = 2026


def once() -> None:
    """Build the plan, measure, and print the figures as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "headship.project.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from headship.core import belt

    scope = _school()
    with belt.whole_installation(because="the benchmark makes its plan"):
        _plan(scope)
    with belt.within(scope):
        figures = _measured(scope)
    print(json.dumps({**figures, "peak_memory_mb": processes.peak_memory_mb()}))


def _school() -> Any:
    """Return the scope of a headteacher of a school with three terms and nobody else."""
    from django.utils import timezone

    from headship.core import belt
    from headship.core.scope import Place, Scope, installation_scope
    from headship.people.models import Person
    from headship.schools import actions
    from headship.schools.calendar_dates import usual_shape
    from headship.schools.models import School
    from headship.standards import actions as standards

    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    with belt.whole_installation(because="the benchmark makes its school"):
        school = School.objects.create(
            urn=990001, name="Benchmark Example", status="Open", phase="Secondary", search_text="", joined_at=now
        )
        person = Person.objects.create(name="Bench Example", email="", created_at=now)
    place = Place("school", school.pk, school.urn, school.name)
    scope = Scope(0, person.pk, person.name, now, place, frozenset({"headteacher"}))
    actions.set_terms(by=scope, at=now, starts_in=YEAR, terms=usual_shape(YEAR))
    return scope


def _plan(scope: Any) -> None:
    from headship.people.models import Person, Post
    from headship.workload.models import DirectedYear, Slot, SlotFor, Working

    draw, first = Random(SEED), date(YEAR, 9, 1)
    people = Person.objects.bulk_create(
        Person(name=f"Teacher {number} Example", email="", created_at=scope.at) for number in range(STAFF)
    )
    Post.objects.bulk_create(
        Post(person=each, school_id=scope.school_id, role=draw.choice(("teacher", "middle_leader")), starts_on=first)
        for each in people
    )
    year = DirectedYear.objects.create(school_id=scope.school_id, starts_in=YEAR)
    working = [Working(year=year, person=each, starts_on=first, since=1) for each in people]
    for each in working[::4]:
        each.part, each.whole, each.weekdays = 3, 5, "024"
    changed = [
        Working(year=year, person=each, starts_on=date(YEAR + 1, 1, 6), part=4, whole=5, weekdays="0123", since=1)
        for each in people[::10]
    ]
    Working.objects.bulk_create([*working, *changed])
    told = {"year": year, "kind": "teaching", "since": 1}
    common = [
        Slot(**told, line=UUID(int=at), title=f"For all {at}", minutes=10, weekday=at % 5, everybody=at % 3 == 0)
        for at in range(FOR_ALL)
    ]
    own = [
        Slot(**told, line=UUID(int=1000 + at), title=f"Own {at}", minutes=60, weekday=at % 5)
        for at in range(NAMED * STAFF)
    ]
    made = Slot.objects.bulk_create([*common, *own])
    rows = [SlotFor(slot=each, role="teacher") for each in made[:FOR_ALL] if not each.everybody]
    rows += [SlotFor(slot=each, person=people[at // NAMED]) for at, each in enumerate(made[FOR_ALL:])]
    SlotFor.objects.bulk_create(rows)


def _measured(scope: Any) -> dict[str, Any]:
    from django.template.loader import get_template
    from django.test import RequestFactory

    from headship.analysis import directed_time
    from headship.core.errors import Unusable
    from headship.workload import directed_actions, directed_pages, directed_queries
    from headship.workload.choices import Directed

    found = directed_queries.year(scope, YEAR)
    planned = directed_queries.planned(scope, found)
    request = RequestFactory().get("/")
    request.scope = scope  # type: ignore[attr-defined]  # as the audience sets it
    template = get_template("workload/year.html")
    placed = {
        person: [each.placed(named=named) for each, named in planned.concerning(person)] for person in planned.patterns
    }

    def summed() -> None:
        for person, patterns in planned.patterns.items():
            directed_time.summed(planned.limits, planned.days, patterns, placed[person])

    def page() -> None:
        shown = directed_pages.year_page(scope, directed_queries.planned(scope, found), 0)
        template.render({"page": shown, "scope": scope}, request)

    def refused() -> None:
        placing = directed_actions.Placing(Directed.MEETING, "Too long", 600, weekday=0, everybody=True)
        told = {"by": scope, "at": scope.at, "year": found.pk, "version": found.version}
        try:
            directed_actions.place_time(**told, once=UUID(int=10**6), placing=placing)
        except Unusable as said:
            refused.said = str(said)  # type: ignore[attr-defined]  # kept for the figures

    figures = {
        "sums_ms": _median(summed),
        "page_ms": _median(page),
        "refused_ms": _median(refused),
        "refusal": getattr(refused, "said", "it was not refused"),
        "rows": len(planned.lines),
    }
    return {**figures, "held": figures["page_ms"] < TARGET_MS and "This would make" in figures["refusal"]}


def _median(run: Callable[[], None]) -> float:
    run()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        taken.append((time.process_time() - began) * 1000)
    return round(statistics.median(taken), 1)


def main() -> None:
    """Measure in a process of its own and write the figures; times are of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"HEADSHIP_FOLDER": folder, "HEADSHIP_DATABASE": ""})
        found = processes.told([sys.executable, "-m", "bench.directed_time", "--once"], seconds=600)
    machine.write("directed_time", {"staff": STAFF, "target_ms": TARGET_MS, "load": os.getloadavg()[0], **found})


if __name__ == "__main__":
    once() if "--once" in sys.argv else main()
