"""`headship serve`: make everything ready and serve until told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from headship.core import policies
from headship.project import server, setup_code


class Command(BaseCommand):
    """Serve Headship."""

    help = "Bring the database up to date, then serve until told to stop (Ctrl+C, or SIGTERM)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen and how many workers to run."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes; two serve a school well")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave work in the background to `headship work`, run beside this"
        )
        parser.add_argument("--threads", type=int, default=1, help="threads in each process")

    def handle(self, *args: Any, **given: Any) -> None:  # noqa: ARG002  # Django calls it so
        """Make ready, say where, and serve."""
        server.make_ready()
        if weak := policies.weakness(connection):
            self.stderr.write(weak)
            connection.close()
        scheme = "https" if settings.SECURE else "http"
        self.stdout.write(f"Headship is ready at {scheme}://{given['host']}:{given['port']}/")
        if code := setup_code.renewed():
            self.stdout.write(
                "Nobody has an account yet. Open that address on this computer to set Headship up, "
                f"or from another one with this set-up code: {code}"
            )
        self.stdout.write("Stop it with Ctrl+C.")
        self.stdout.flush()
        options = server.options(given["host"], given["port"], given["workers"], given["threads"])
        server.Server(options, own_worker=not given["no_worker"]).run()
