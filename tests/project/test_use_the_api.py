"""Every command of docs/how-to/use-the-api.md is run, in its order, and gives what the page says."""

import json
import re
import shlex
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from headship.core.scope import installation_scope
from headship.standards import actions as standards
from headship.strategy.models import Decision
from tests import cast as everybody

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-the-api.md"
BLOCK = re.compile(r"```(sh|json)\n(.*?)```", re.DOTALL)


def blocks():
    """Return the page's commands and the answers it shows, in order; what only sets variables is left out."""
    found = [(kind, text) for kind, text in BLOCK.findall(PAGE.read_text()) if not text.startswith("export")]
    return [(kind, text.replace("TODAY", timezone.localdate().isoformat())) for kind, text in found]


def run(command, variables):
    """Run one curl command against this installation, as curl would."""
    for name, value in variables.items():
        command = command.replace(f"${name}", value)
    words = shlex.split(command.replace("\\\n", " "))
    assert words.pop(0) == "curl"
    method, headers, data, url = "GET", {}, "", ""
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "--data":
            data = words.pop(0)
        else:
            url = word
    kind = headers.pop("Content-Type", "")
    return Client().generic(method, url.removeprefix("http://testserver"), data, content_type=kind, headers=headers)


@pytest.mark.django_db
def test_every_command_of_the_page_does_what_it_says():
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    cast = everybody.build()
    variables = {"TOKEN": cast.token("headteacher"), "HERE": "http://testserver"}
    statuses = []
    for kind, text in blocks():
        if kind == "json":
            assert set(json.loads(text)) == set(answer.json()), text  # noqa: F821  # the command before it
            continue
        answer = run(text, variables)
        statuses.append(answer.status_code)
        variables |= {name.upper(): answer.headers[name] for name in ("ETag", "Location") if name in answer.headers}
    assert statuses == [200, 200, 201, 200, 200, 401]
    assert Decision.objects.get().what == "Reading comes first, every morning"
