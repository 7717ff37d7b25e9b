"""Tasks that tests of the worker ask for."""

import time
from pathlib import Path

from django.tasks import task

RAN: list[str] = []


@task
def note(words):
    """Note that it ran."""
    RAN.append(words)


@task
def fail(secret):
    """Fail, with words of somebody in the fault."""
    raise ValueError(f"{secret} is no number")


@task
def refuse():
    """Be refused."""
    from headship.core.errors import Refused

    raise Refused("Ask the headteacher.")


@task
def sleep_unless_last_time(folder):
    """Sleep a long time on the first attempt; end at once on the next. Say each time that it began."""
    begun = Path(folder, "begun")
    with begun.open("a") as file:
        file.write("begun\n")
    if begun.read_text().count("begun") == 1:
        time.sleep(60)
    Path(folder, "ended").touch()
