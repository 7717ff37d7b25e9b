"""Pages of outcomes as documents: what the page says to this reader, no more, and for nobody else."""

import io
import re
from pathlib import Path

import docx
import pytest
from django.urls import reverse

from headship.core import papers
from headship.core.paper import Picture, inked
from headship.outcomes import inks
from headship.outcomes.models import Intervention
from headship.schools.models import School
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes import test_interventions as interventions
from tests.outcomes import test_meetings as meetings
from tests.outcomes import test_published as published
from tests.outcomes import test_similar as similar
from tests.outcomes import test_spending as spending
from tests.outcomes import test_targets as targets

URL = {"urn": everybody.OWN}
cast = targets.cast
OUTSIDE = ["external_adviser", "other_headteacher", "other_teacher"]
FRONTEND = Path(__file__).parents[2] / "frontend" / "styles"
STYLES = ("_outcomes", "_acting", "_published")


def told(cast: Cast, persona: str, name: str, query: str = "", **rest: object) -> str:
    """Return every word of a page as a document for Word; its PDF is printed too."""
    client, address = cast.client(persona), reverse(name, kwargs={**URL, **rest})
    pdf = client.get(f"{address}?as=pdf{query}")
    assert (pdf.status_code, pdf.headers["Content-Type"], b"pdfuaid:part" in pdf.content) == (
        200,
        "application/pdf",
        True,
    )
    reply = client.get(f"{address}?as=word{query}")
    assert reply.headers["Content-Disposition"].endswith('.docx"')
    return words_of(reply.content)


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def linked(cast: Cast, name: str, document: str, query: str = "", **rest: object) -> bool:
    """Whether a page leads to its document, as PDF and for Word."""
    page = cast.client("headteacher").get(reverse(name, kwargs={**URL, **rest})).text
    address = f"{reverse(document, kwargs={**URL, **rest})}?{query}"
    return f'href="{address}as=pdf"' in page and f'href="{address}as=word"' in page


def refused(cast: Cast, persona: str, name: str, **rest: object) -> bool:
    return cast.client(persona).get(reverse(name, kwargs={**URL, **rest})).status_code in {403, 404}


def test_a_target_holds_its_chance_its_table_and_its_history(cast: Cast):
    targets.this_year(cast)
    targets.earlier(cast)
    key = targets.put(cast)
    document = told(cast, "governor", "target-document", target=key)
    for words in (
        "About 5 in 10 that at least 20 of 30 pupils reach 100; most likely ",
        "It cannot know what you will do differently",
        "Pupils who reach it",
        "Who may see this page: Staff and governors of this school",
    ):
        assert words in document, words
    assert "Gwen" not in document
    assert "Gwen Middle-Example" in told(cast, "teacher", "target-document", target=key)
    assert linked(cast, "target", "target-document", target=key)
    assert linked(cast, "targets", "targets-document")
    assert "About 5 in 10" in told(cast, "governor", "targets-document")


@pytest.mark.parametrize("persona", ["teacher", "governor", "authority_leader"])
def test_a_target_of_few_pupils_is_as_hidden_as_on_its_page(cast: Cast, persona: str):
    key = targets.small(cast)
    documents = told(cast, persona, "target-document", target=key) + told(cast, persona, "targets-document")
    assert "Not shown: it is about few pupils" in documents
    assert targets.SECRET not in documents
    assert not re.search("at least 4|of 5|4 pupils|3 of", documents, re.IGNORECASE)
    assert targets.SECRET in told(cast, "headteacher", "target-document", target=key)


@pytest.mark.parametrize(
    "name", ["targets-document", "meeting-agenda-document", "interventions-document", "spend-document"]
)
@pytest.mark.parametrize("persona", OUTSIDE)
def test_who_may_not_see_the_page_may_not_hold_it(cast: Cast, persona: str, name: str):
    assert refused(cast, persona, name)


@pytest.mark.parametrize("persona", ["trust_leader", "authority_leader"])
def test_leaders_above_hold_targets_and_neither_minutes_nor_spending(cast: Cast, persona: str):
    key = meetings.hold(cast)
    assert refused(cast, persona, "meeting-document", meeting=key)
    assert refused(cast, persona, "meeting-agenda-document")
    assert refused(cast, persona, "spend-document")
    assert refused(cast, persona, "targets-document") is (persona == "trust_leader")  # who has no post at the school


def test_a_minute_names_pupils_to_those_its_page_names_them_to(cast: Cast):
    pupil, key = meetings.named_pupil(cast), meetings.hold(cast, notes="Fractions are behind\n\nReading is not")
    meetings.agree(cast, key, pupils=(pupil,))
    for persona in ("headteacher", "senior_leader", "safeguarding_lead"):
        document = told(cast, persona, "meeting-document", meeting=key)
        assert f"Pupils: {meetings.NAME}" in document
        assert "Otto" not in document
        assert "Names of pupils: the headteacher" in document
    for persona in ("middle_leader", "teacher", "office", "chair", "governor", "clerk"):
        document = told(cast, persona, "meeting-document", meeting=key)
        assert meetings.NAME not in document, persona
        assert "Two more lessons a week (open)" in document
        assert {"Fractions are behind", "Reading is not"} <= set(document.splitlines())
    assert meetings.NAME not in told(cast, "headteacher", "meeting-agenda-document")
    assert linked(cast, "meeting", "meeting-document", meeting=key)


def test_a_minute_of_nothing_and_one_with_what_came_of_it(cast: Cast):
    empty = meetings.hold(cast)
    assert "Nothing is written down yet." in told(cast, "governor", "meeting-document", meeting=empty)
    line = meetings.agree(cast, empty)
    meetings.actions.close_agreed(
        by=cast.scope("teacher"), at=meetings.AT, line=line, version=1, came_of_it="They can add them now"
    )
    assert "What came of it: They can add them now" in told(cast, "governor", "meeting-document", meeting=empty)


def test_the_agenda_holds_what_is_open_new_set_and_running(cast: Cast):
    empty = told(cast, "governor", "meeting-agenda-document")
    for none in ("Nothing is open.", "So far, none came in.", "No target is set.", "None runs, or waits"):
        assert none in empty
    targets.this_year(cast)
    targets.earlier(cast)
    targets.put(cast)
    meetings.agree(cast, meetings.hold(cast))
    spending.plan(cast)
    document = told(cast, "governor", "meeting-agenda-document")
    for words in ("Two more lessons a week (open)", "About 5 in 10", "5. What changes now"):
        assert words in document, words
    assert not re.search("Nothing is open|No target is set|None runs", document)
    assert linked(cast, "meeting-agenda", "meeting-agenda-document")


def test_an_intervention_holds_what_came_of_it_and_no_pupil(cast: Cast):
    interventions.results(cast, interventions.pupils(cast, 40), took=15)
    key = interventions.plan(cast, upns=[interventions.upn(number) for number in range(15)])
    interventions.actions.review_intervention(
        by=cast.scope("teacher"), at=interventions.AT, intervention=key, version=1, conclusion="Worth doing again"
    )
    page = interventions.pages.intervention_page(cast.scope("governor"), Intervention.objects.get(pk=key))
    document = told(cast, "governor", "intervention-document", intervention=key)
    for words in (page.finding, interventions.pages.DRAWN, *page.under, "Worth doing again", page.seen_by[0]):
        assert words in document, words
    assert linked(cast, "intervention", "intervention-document", intervention=key)
    assert page.finding in told(cast, "governor", "interventions-document")
    assert linked(cast, "interventions", "interventions-document")
    assert not re.search("A0000000|[0-9a-f]{32}", document)
    other = {"urn": everybody.OTHER, "intervention": key}
    assert cast.client("other_headteacher").get(reverse("intervention-document", kwargs=other)).status_code == 404


def test_another_schools_minute_and_target_are_not_to_be_had(cast: Cast):
    key, target = meetings.hold(cast), targets.put(cast)
    other = {"urn": everybody.OTHER}
    client = cast.client("other_headteacher")
    assert client.get(reverse("meeting-document", kwargs={**other, "meeting": key})).status_code == 404
    assert client.get(reverse("target-document", kwargs={**other, "target": target})).status_code == 404


def test_spending_holds_its_grid_its_sums_and_the_gap_of_the_year_asked_for(cast: Cast):
    spending.keep(cast, spending.TUTORS, year=spending.YEAR - 1)
    spending.rows.cohort(cast.school, spending.YEAR - 1, [95.0] * 10 + [105.0] * 20, disadvantaged=10)
    before = told(cast, "governor", "spend-document", f"&year={spending.YEAR - 1}")
    for words in ("Tutors", "£1,200.50", "In all: £1,200.50", "The gap beside it", spending.pages.NO_CAUSE):
        assert words in before, words
    now = told(cast, "governor", "spend-document")
    assert "Tutors" not in now
    assert "Nothing is written down for" in now
    assert linked(cast, "spend", "spend-document", query=f"year={spending.YEAR}&amp;")


def test_published_results_hold_findings_pictures_and_tables(cast: Cast):
    School.objects.filter(pk=cast.school.pk).update(phase="Primary", status="Open")
    assert "Nothing is brought in yet" in told(cast, "teacher", "published-document")
    published.put(cast.school, published.RWM, 71.0, 2018, count=40)
    published.put(cast.school, published.RWM, 60.0, 2017, count=40)
    published.area(published.RWM, 65.0)
    page = published.page_of(cast)
    document = told(cast, "teacher", "published-document")
    first = page.parts[0].standings[0]
    for words in (page.title, first.heading, first.definition, first.years.finding, *page.cannot):
        assert words in document, words
    assert [figure for _, _, figure in first.rows if figure not in document] == []
    assert linked(cast, "published", "published-document")


def test_schools_like_ours_hold_how_we_stand_and_the_whole_list(cast: Cast):
    School.objects.filter(pk=cast.school.pk).update(phase="Secondary", status="Open")
    unknown = told(cast, "teacher", "similar-document")
    assert "Nobody has brought in the values" in unknown
    assert "Who they are" not in unknown
    similar.values(cast.school)
    for number in range(12):
        school = similar.another(number, latitude=52.0, longitude=-1.0)
        similar.values(school, similar_ks2_reading=11 + number)
        published.put(school, "attainment8", 40.0 + number)
    published.put(cast.school, "attainment8", 47.0)
    document = told(cast, "teacher", "similar-document")
    for words in ("Another 0", "Another 11", "Ours is 47", "Attainment 8", "Where they are", "Their figures"):
        assert words in document, words
    assert linked(cast, "similar", "similar-document")


def test_a_picture_has_the_ink_of_the_style_sheet_and_its_own_words():
    made = inks.drawn('<svg viewBox="0 0 1 1"><title>Ours &amp; theirs</title></svg>', 0.4)
    svg = '<svg viewBox="0 0 1 1"><title>Ours &amp; theirs</title></svg>'
    assert made == Picture(inked(svg, inks.INKS), "Ours & theirs", 0.4)


def test_every_class_a_picture_is_styled_by_has_its_ink():
    styled = set()
    for name in STYLES:
        styled |= set(re.findall(r"^\.(app-\w+__\w+)", (FRONTEND / f"{name}.scss").read_text(), re.MULTILINE))
    missing = {each for each in styled if f".{each}" not in inks.INKS} - {"app-grid__money"}
    assert missing == set()


def test_what_was_written_is_a_paragraph_for_each_line():
    assert [each.words for each in papers.prose("One.\n\n  Two. \n")] == ["One.", "Two."]


def test_a_document_is_named_by_its_title_and_says_when_it_was_made_and_for_whom(cast: Cast):
    reply = cast.client("governor").get(reverse("targets-document", kwargs=URL))
    assert reply.headers["Content-Disposition"] == 'attachment; filename="targets.pdf"'
    paper = papers.made(
        cast.scope("governor", at=targets.AT.replace(year=2026, month=11, day=24)), "Targets", ("", "About"), ()
    )
    assert paper.about == (cast.school.name, "About")
    assert paper.foot.startswith("Headship · made on 24 November 2026 for ")
