"""A kept page is served as long as nothing was done, to its own reader alone, and never longer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.standards import actions as standards
from headship.standards import queries
from tests import cast

PROFILE = f"/schools/{cast.OWN}/standards/"


@pytest.fixture
def people(db):
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    people = cast.build()
    reflect(people, "Said first", Visibility.PRIVATE)
    return people


def reflect(people, words, visibility):
    evidence.write_reflection(
        by=people.scope("headteacher"),
        at=timezone.now(),
        characteristic_id=queries.framework().assessable[0].id,
        state="noticing",
        words=words,
        visibility=visibility,
    )


def read(client):
    client.get(PROFILE)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(PROFILE)
    assert answer.status_code == 200
    return answer.content.decode(), len(asked)


def test_a_page_is_kept_and_made_anew_once_something_was_done(people, settings):
    head = people.client("headteacher")
    settings.HEADSHIP_KEPT_PAGES = 0
    made, asked = read(head)
    assert asked == 6
    settings.HEADSHIP_KEPT_PAGES = 2
    assert read(head) == (made, 3)
    reflect(people, "Said later", Visibility.PRIVATE)
    assert "Said later" not in made
    assert "Said later" in head.get(PROFILE).content.decode()


def test_a_kept_page_is_its_readers_alone(people, settings):
    settings.HEADSHIP_KEPT_PAGES = 8
    assert "Said first" in read(people.client("headteacher"))[0]
    assert "Said first" not in read(people.client("chair"))[0]
    assert people.client("other_headteacher").get(PROFILE).status_code == 404


def test_whoever_loses_the_post_loses_the_page(people, settings):
    settings.HEADSHIP_KEPT_PAGES = 8
    chair = people.client("chair")
    read(chair)
    people.people["chair"].posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert chair.get(PROFILE).status_code == 404


def test_no_page_is_kept_beyond_the_number(people, settings):
    from headship.core import kept

    settings.HEADSHIP_KEPT_PAGES = 2
    for name in ("headteacher", "chair", "teacher"):
        read(people.client(name))
    assert len(kept._pages) == 2
