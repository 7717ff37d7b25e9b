"""`headship work`: do what waits in the background until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand

from headship.core import work
from headship.project.backups import places


class Command(BaseCommand):
    """Work beside `headship serve --no-worker`; as many of these may run as there is to do."""

    help = "Do the tasks that wait and the upkeep that is due, until told to stop (Ctrl+C, or SIGTERM)."

    def handle(self, *args: Any, **given: Any) -> None:  # noqa: ARG002  # Django calls it so
        """Work."""
        places.note_running()
        self.stdout.write("Working in the background. Stop it with Ctrl+C.")
        self.stdout.flush()
        work.supervise()
