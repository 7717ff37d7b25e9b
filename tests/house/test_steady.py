"""Forms sent twice at once, by two people, on a full disk, with the database gone, with the clock put back or on.

A few forms; all of them on both databases are row g of `make assurance`.
"""

import os

from django.db import connection

from assurance.steady import tried
from assurance.survival import database_on

EVERY = 12


def test_a_few_forms_leave_neither_two_nor_a_half(tmp_path):
    if connection.vendor == "sqlite":
        found = tried(f"sqlite://{tmp_path}/steady.sqlite3", tmp_path, every=EVERY)
    else:
        with database_on(os.environ["HEADSHIP_DATABASE"].rsplit("/", 1)[0] + "/postgres") as address:
            found = tried(address, tmp_path, every=EVERY)
    assert found["accepted"] >= 1, f"None of the forms was taken: {found['left_out']}"
    assert found["faults"] == []
    assert found["control"] >= 1, "With its guard taken away a form sent twice left no duplicate: nothing is proved."
