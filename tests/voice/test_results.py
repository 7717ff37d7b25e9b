"""Results to take away, and filters: both only ever choose among what was released."""

import csv
import io

import docx
import pytest
from django.urls import reverse

from headship.voice import result_pages, theme_figures
from headship.voice.choices import Chosen
from headship.voice.instruments import question
from headship.voice.models import Figure, Survey
from tests.voice import flow

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cast):
    """A closed pulse of twelve teachers in two teams, and six of the support staff."""
    survey = flow.begin(cast)
    teachers, others = flow.staff(cast, 12), flow.staff(cast, 6, "support_staff")
    people = flow.asked(teachers[:6], "Teachers", "Blue") | flow.asked(teachers[6:], "Teachers", "Green")
    survey = flow.ask(cast, survey, people | flow.asked(others, "Support staff", "Green"))
    codes = [each["code"] for each in survey.questions if each["kind"] == "choice"]
    for at, each in enumerate(survey.invitations.order_by("person__name")):
        steps = {code: (at + place) % 5 for place, code in enumerate(codes)}
        flow.answer(survey, each, {**steps, "backed": 4}, {"one-thing": f"=Shorter meetings {at}"})
    return flow.close(cast, survey)


def address(cast, name, survey):
    return reverse(name, kwargs={"urn": cast.school.urn, "survey": survey.pk})


def rows_of(cast, survey, query="", who="headteacher"):
    given = cast.client(who).get(address(cast, "survey-figures", survey) + query)
    assert given.status_code == 200
    return list(csv.DictReader(io.StringIO(given.content.decode())))


def test_the_table_holds_every_released_cell_and_no_other(cast, closed):
    Figure.objects.filter(survey=closed, group="Blue").update(count=None, mean=None, low=None, high=None, spread=None)
    rows = rows_of(cast, closed)
    assert len(rows) == Figure.objects.filter(survey=closed).exclude(count=None).count()
    assert {each["Group"] for each in rows} == {"", "Teachers", "Support staff", "Green"}
    backed = next(each for each in rows if each["How many chose each"].startswith("All or nearly all"))
    assert (backed["Mean"], backed["Low"], backed["High"]) == ("", "", "")


def test_formulas_are_quoted(cast, closed):
    asked = [{**each, "theme": "=1+1"} for each in closed.questions]
    Survey.objects.filter(pk=closed.pk).update(questions=asked)
    assert {each["Theme"] for each in rows_of(cast, closed)} == {"'=1+1"}


def test_filters_choose_among_what_was_released(cast, closed):
    held = list(closed.figures.all())
    by_team = rows_of(cast, closed, "?by=Team")
    assert {each["Group"] for each in by_team} == {"", "Blue", "Green"}
    theme = result_pages.theme_of(question(closed.questions[0]))
    assert {each["Theme"] for each in rows_of(cast, closed, f"?theme={theme}")} == {theme}
    assert rows_of(cast, closed, "?by=Salary&theme=Nothing") == rows_of(cast, closed)
    assert result_pages.known(closed, held, Chosen("Nothing", "Salary")) == Chosen()
    page = cast.client("headteacher").get(address(cast, "survey", closed) + "?by=Team").content.decode()
    assert ("Blue" in page, "Support staff" in page) == (True, False)
    assert "report?by=Team&amp;as=word" in page


def test_the_report_says_what_the_page_says(cast, closed):
    client, report = cast.client("teacher"), address(cast, "survey-report", closed)
    assert b"pdfuaid:part" in client.get(report).content
    document = docx.Document(io.BytesIO(client.get(report + "?as=word&by=Team").content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(each.text for each in document.paragraphs), *cells])
    assert ("Blue" in words, "Support staff" in words) == (True, False)
    assert "=Shorter meetings 3" in words
    assert "no single answer exists any more" in words


def test_who_may_take_it_away(cast, closed):
    Survey.objects.filter(pk=closed.pk).update(visibility="leaders")
    for name in ("survey-report", "survey-figures"):
        assert cast.client("senior_leader").get(address(cast, name, closed)).status_code == 200


def test_whoever_may_not_see_results_may_not_take_them_away(cast, closed):
    Survey.objects.filter(pk=closed.pk).update(visibility="leaders")
    for name in ("survey-report", "survey-figures"):
        assert cast.client("teacher").get(address(cast, name, closed)).status_code == 403
        assert cast.client("other_headteacher").get(address(cast, name, closed)).status_code == 404
    feedback = flow.feedback(cast, "middle_leader")
    assert cast.client("middle_leader").get(address(cast, "survey-report", feedback)).status_code == 404
    opened = flow.begin(cast)
    assert cast.client("headteacher").get(address(cast, "survey-figures", opened)).status_code == 403


def figure(code, group="", **more):
    given = {"count": 12, "mean": 3.0, "low": 2.5, "high": 3.5, **more}
    return Figure(question=code, variable="Post" if group else "", group=group, **given)


def test_a_theme_is_made_of_released_figures_alone():
    asked = [question({"code": code, "words": code}) for code in ("a", "b")]
    hides = figure("b", mean=None, low=None, high=None, nearly=4)
    whole = {"a": [figure("a"), figure("a", "Staff")], "b": [hides, figure("b", "Staff", count=None, mean=None)]}
    found = theme_figures.theme_figure(whole, asked, 5)
    assert found == theme_figures.ThemeFigure(mean=4.0, low=3.75, high=4.25, questions=2)
    assert theme_figures.theme_figure(whole, asked, 5, ("Post", "Staff")) is None
    assert theme_figures.theme_figure(whole, asked[:1], 5) is None
    assert theme_figures.theme_figure({}, asked, 5) is None


def test_a_theme_stands_with_its_groups(cast, closed):
    asked = [{**each, "theme": "One"} for each in closed.questions]
    Survey.objects.filter(pk=closed.pk).update(questions=asked)
    page = cast.client("headteacher").get(address(cast, "survey", closed)).content.decode()
    assert "questions together" in page
    assert "All of it by group" in page
