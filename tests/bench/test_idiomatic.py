"""The page the profile is measured against shows the same text, to each reader."""

import re
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from bench.idiomatic import settings as idiomatic
from headship.core import registry
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.standards import actions as standards
from headship.standards import queries as standards_queries
from headship.strategy import actions as strategy
from headship.strategy.actions import Noted
from tests import cast

WITHIN_LINES = {"a", "b", "strong", "span"}
OUR_PAGE, THEIR_PAGE = "standards/", "standards-idiomatic/"


class Visible(HTMLParser):
    """Collects what a reader sees, and every link's address."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_starttag(self, tag, attrs):
        self.parts.append("" if tag in WITHIN_LINES else " ")
        if tag == "a":
            self.parts.append(f" [{dict(attrs).get('href')}] ")


def visible(answer):
    assert answer.status_code == 200
    seen = Visible()
    seen.feed(answer.content.decode())
    return re.sub(r"\s+", " ", "".join(seen.parts))


def words(text):
    """Return the words in order, so that a failure says where the first differs."""
    return text.split()


@pytest.mark.parametrize("persona", ["headteacher", "chair", "teacher", "two_schools"])
def test_the_compared_page_shows_the_same_text_and_links(db, persona):
    people = cast.build()
    _a_little_year(people)
    client = people.client(persona)
    with override_settings(ROOT_URLCONF="bench.idiomatic.urls", TEMPLATES=idiomatic.TEMPLATES):
        ours, theirs = (visible(client.get(f"/schools/{cast.OWN}/{page}")) for page in (OUR_PAGE, THEIR_PAGE))
    assert "Standards profile" in ours
    assert words(theirs.replace(THEIR_PAGE, OUR_PAGE)) == words(ours)


def _a_little_year(people):
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    head = people.scope("headteacher")
    codes = standards_queries.framework().assessable
    decided = [codes[place % 5].code for place in range(12)]
    for place, code in enumerate(decided):
        visibility = (Visibility.STAFF, Visibility.LEADERS)[place % 2]
        what = f"Example decision {place} <b>& more</b>"
        noted = Noted(
            what=what, why="", decided_on=timezone.localdate(now), characteristics=(code,), visibility=visibility
        )
        strategy.note_decision(by=head, at=now, once=uuid4(), noted=noted)
    for visibility, statement in zip((Visibility.PRIVATE, Visibility.GOVERNORS, Visibility.STAFF), codes, strict=False):
        evidence.write_reflection(
            by=head,
            at=now,
            characteristic_id=statement.id,
            state="working_on",
            words="In my own words",
            next_step="Ask three colleagues",
            next_step_by=None,
            visibility=visibility,
        )
    readings = [
        registry.Reading(measure=code, year=2022, value=4.2, words="About the same", source="Example")
        for code in registry.measures()
    ]
    evidence.store_readings(by=head, at=now, readings=readings)
