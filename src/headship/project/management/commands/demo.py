"""`headship demo`: build the demonstration trust, serve it on loopback, and say how to sign in as anybody."""

import signal
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from headship.project.demonstration import builder, content, folder, server
from headship.project.server import make_ready

CHECKED_AS, CHECKED_SCHOOL = "ada", 990003


class Command(BaseCommand):
    """Everything happens in a folder of its own; a school's real data is never touched."""

    help = "Build the demonstration trust, serve it on loopback and print how to sign in as each of its people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--check", action="store_true", help="fetch the first page, say how long it took, and end")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--folder", help="where it lives; var/demo unless given")
        parser.add_argument("--fresh", action="store_true", help="build it anew though nothing changed")
        parser.add_argument("--build-only", action="store_true", help="build it and end")
        parser.add_argument("--today", type=date.fromisoformat, help="pretend it is this day (2027-03-03)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build where needed, then serve or check."""
        del args
        if not settings.DEMONSTRATION:
            raise CommandError("Start the demonstration as `headship demo`, so that it gets a folder of its own.")
        if not options["check"] and not options["build_only"] and server.is_taken(options["port"]):
            raise CommandError(f"Port {options['port']} is in use. Name another: headship demo --port 8001")
        signal.signal(signal.SIGTERM, _end)
        self._build(options["today"] or timezone.localdate(), fresh=options["fresh"])
        if options["build_only"]:
            return
        if options["check"]:
            self._check(server.free_port())
        else:
            self._serve(options["port"])

    def _build(self, today: date, *, fresh: bool) -> None:
        place = Path(settings.FOLDER)
        made_of = folder.fingerprint(today)
        if not fresh and folder.is_current(place, made_of):
            return
        connections.close_all()
        try:
            folder.empty(place)
        except folder.NotADemonstration as refused:
            raise CommandError(str(refused)) from None
        make_ready()
        builder.build(today)
        folder.keep(place, made_of)

    def _serve(self, port: int) -> None:
        address = f"http://localhost:{port}"
        with server.running(port) as serving:
            server.wait_until_it_answers(serving, f"http://127.0.0.1:{port}")
            self.stdout.write(f"\nThe demonstration is at {address}/demonstration/ (Ctrl+C ends it).\n")
            self.stdout.write("Sign in there as any of these people with one press:\n\n")
            for line in cast_lines():
                self.stdout.write(line)
            try:
                serving.wait()
            except KeyboardInterrupt:
                self.stdout.write("\nEnded. `make demo` starts it again where it was.")

    def _check(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        name = content.trust()["people"][CHECKED_AS]["name"]
        with server.running(port) as serving:
            server.wait_until_it_answers(serving, address)
            reader = server.signed_in(address, CHECKED_AS)
            with reader.open(f"{address}/schools/{CHECKED_SCHOOL}/standards/", timeout=30) as page:
                shown = name in page.read().decode()
            seconds = time.time() - server.started_at()
            megabytes = server.memory_of(serving.pid)
        if not shown:
            raise CommandError(f"The profile did not show {name}.")
        self.stdout.write(f"First page: {seconds:.1f} s")
        weight = "not measured on this system" if megabytes is None else f"{megabytes:.0f} MB"
        self.stdout.write(f"Memory: {weight} (sum of PSS of all server processes)")


def _end(number: int, frame: object) -> None:
    """End as Ctrl+C does, so that the server ends too."""
    del number, frame
    raise KeyboardInterrupt


def cast_lines() -> list[str]:
    """Return a line for each post of the cast, by place."""
    told = content.trust()
    places = {school["urn"]: school["name"] for school in told["schools"]} | {"trust": told["trust"]["name"]}
    lines = []
    for place, words in places.items():
        lines.append(words)
        lines.extend(
            f"  {person['name']:<22} {title}"
            for person in told["people"].values()
            for where, _, title in person["posts"]
            if where == place
        )
    return lines
