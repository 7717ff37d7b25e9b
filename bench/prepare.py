"""Build the country's database where it is not there yet, sign twenty users in, and print what the benchmark needs."""

import json
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headship.core import kept

PAGES = {"product": "standards/", "idiomatic": "standards-idiomatic/"}


def prepare() -> None:
    """Print one line of JSON: cookies, the big school's URN, and queries a page."""
    django.setup()
    from bench import country
    from headship.people.models import Account
    from headship.schools.models import School

    call_command("migrate", verbosity=0)
    if School.objects.count() != country.SCHOOLS:
        print("Building 22,000 schools and 1,000,000 entries (once, some minutes) …", file=sys.stderr, flush=True)
        country.build()
    accounts = list(Account.objects.order_by("id")[: country.USERS])
    clients = [_signed_in(account) for account in accounts]
    queries = {name: _queries(clients[0], f"/schools/{country.BIG_SCHOOL_URN}/{page}") for name, page in PAGES.items()}
    name = settings.SESSION_COOKIE_NAME
    cookies = [f"{name}={client.cookies[name].value}" for client in clients]
    print(json.dumps({"cookies": cookies, "urn": country.BIG_SCHOOL_URN, "queries": queries}))


def _signed_in(account: object) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    session = client.session
    for key, value in settings.BENCH_SESSION.items():
        session[key] = value
    session.save()
    return client


def _queries(client: Client, path: str) -> int:
    client.get(path)  # what is read once and kept is not counted
    kept.forget()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}: {answer.headers.get('Location', '')}")
    return len(captured)


if __name__ == "__main__":
    from headship.core import belt

    with belt.whole_installation(because="the benchmark builds a whole country"):
        prepare()
