"""What a school sees after the upgrade: `python -m tests.upgrade.look` opens pages and notes a decision; prints JSON.

It runs in a process of its own, on the database that HEADSHIP_DATABASE names, as the demonstration (so that people
without passwords can sign in).
"""

import json
import os
import re
import sys
from uuid import uuid4

import django

HOST, SCHOOL = "localhost", 990003
PAGES = ("", "standards/", "standards/1.1/", "decisions/", "values/", "calendar/", "people/", "facts/")
WHO = {"headteacher": "ada", "chair": "juniper", "teacher": "larch"}
NOTED = "Upgraded, and nothing was lost"


def client_of(person):
    """Sign in as one of the cast."""
    from django.test import Client

    client = Client(headers={"host": HOST})
    answer = client.post("/demonstration/sign-in", {"person": person, "place": str(SCHOOL)})
    assert answer.status_code == 302, answer.content.decode()
    return client


def statuses():
    """Return what each person is answered at each page, but for what opens."""
    found = {}
    for role, person in WHO.items():
        client = client_of(person)
        for page in PAGES:
            answer = client.get(f"/schools/{SCHOOL}/{page}")
            found[f"{role} {page}"] = answer.status_code
    return found


def decision_noted():
    """Note a decision through its page, as the headteacher; return whether its page and the log then tell it."""
    client, log = client_of(WHO["headteacher"]), f"/schools/{SCHOOL}/decisions/"
    form = client.get(log + "note").content.decode()
    version = re.search(r'name="version"[^>]*value="(\d*)"', form)
    words = {"what": NOTED, "why": "", "visibility": "staff", "once": str(uuid4()), "serves": ["c1.1"]}
    answer = client.post(log + "note", {**words, "version": version[1] if version else ""})
    assert answer.status_code == 302, answer.content.decode()
    return NOTED in client.get(answer["Location"]).content.decode() and NOTED in client.get(log).content.decode()


def chain_faults():
    """Return how many events there are, and the faults of every chain."""
    from headship.core import audit
    from headship.core.models import AuditEvent, ChainHead

    faults = [fault for head in ChainHead.objects.all() for fault in audit.faults(head.chain)]
    return AuditEvent.objects.count(), faults


def main():
    """Say what was found."""
    from headship.core import belt

    with belt.whole_installation(because="the look reads the chain of every school"):
        look()


def look():
    """Print what every page and every chain says."""
    before, faults = chain_faults()
    answered, noted = statuses(), decision_noted()
    after, later = chain_faults()
    told = {"events": before, "faults": [*faults, *later], "statuses": answered, "noted": noted}
    sys.stdout.write(json.dumps({**told, "events_more": after - before}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    django.setup()
    main()
