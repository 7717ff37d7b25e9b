"""Results to take away, and filters: both only ever choose among what was released."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import docx
import pytest
from django.urls import reverse

from headship.voice import actions, forms, result_pages, theme_figures
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


def asked_of(cast, people, steps, **more):
    """Ask these people, let each give the steps, by place, and close."""
    survey = flow.ask(cast, flow.begin(cast, **more), flow.asked(people, "Teachers", "Blue"))
    for at, each in enumerate(survey.invitations.order_by("person__name")):
        flow.answer(survey, each, {code: own[at % len(own)] for code, own in steps.items()})
    survey = flow.close(cast, survey)
    earlier = Survey.objects.filter(state="closed").exclude(pk=survey.pk)
    earlier.update(closed_on=flow.TODAY - timedelta(days=90))
    return survey


def told(cast, survey):
    page = result_pages.results_page(cast.scope("headteacher"), survey)
    return {each.words: each for theme in page.themes for each in theme.questions}


def test_own_questions_are_compared_by_their_words_and_not_by_their_number(cast):
    """The first question of one's own is `own-1` in every survey, whatever it asks."""
    people = flow.staff(cast, 12)
    lunch = forms.own_question(1, "Lunch is long enough.")
    fair, again = forms.own_question(1, "The rota is fair."), forms.own_question(2, "lunch is long  enough")
    asked_of(cast, people, {"own-1": [0, 0, 1]}, questions=[lunch])
    survey = asked_of(cast, people, {"own-1": [3, 4, 4], "own-2": [3, 4, 4]}, questions=[fair, again])
    found = told(cast, survey)
    assert found["The rota is fair."].change == ""
    assert found["lunch is long  enough"].change.startswith("Higher than on ")


def test_change_is_told_by_group_and_theme_and_across_instruments(cast):
    """A pulse repeats statements of the yearly survey in the same words; pupils are never compared with staff."""
    people = flow.staff(cast, 12)
    both = [replace(each, theme="Work") for each in flow.PULSE if each.code in {"load", "backed"}]
    asked_of(cast, people, {"load": [0, 0, 1], "backed": [0, 1, 1]}, instrument="staff_survey", questions=both)
    low = asked_of(cast, people, {"load": [3, 4, 4], "backed": [3, 4, 4]}, questions=both)
    found = told(cast, low)["I can do my job well in the hours I have."]
    assert found.change.startswith("Higher than on ")
    assert found.heads[-1] == "Since last time"
    assert {row[0]: row[-1][:6] for row in found.groups} == {"Blue": "Higher", "Teachers": "Higher"}
    theme = result_pages.results_page(cast.scope("headteacher"), low).themes[0]
    assert theme.change.startswith("Higher than on ")
    assert theme.groups[0][-1].startswith("Higher than on ")
    coded, by = flow.begin(cast, **{**flow.UNNAMED, "questions": both}), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=flow.AT, survey=coded.pk, version=1, group="Parents", count=12)
    actions.open_survey(by=by, at=flow.AT, survey=coded.pk, version=2)
    for at, each in enumerate(coded.invitations.all()):
        flow.answer(coded, each, {"load": at % 3, "backed": at % 3})
    Survey.objects.filter(state="closed").update(closed_on=flow.TODAY - timedelta(days=90))
    coded.refresh_from_db()
    assert {each.change for each in told(cast, flow.close(cast, coded)).values()} == {""}


def test_what_is_not_shown_once_is_not_compared(cast):
    people = flow.staff(cast, 12)
    load = [each for each in flow.PULSE if each.code == "load"]
    first = asked_of(cast, people, {"load": [0, 1, 2]}, questions=load)
    second = asked_of(cast, people, {"load": [2, 3, 4]}, questions=load)
    first.figures.filter(group="").update(count=None, mean=None, low=None, high=None, spread=None)
    assert [(each.change, each.heads[-1]) for each in told(cast, second).values()] == [("", "Since last time")]


def test_hours_have_no_mean_no_dot_and_no_rise(cast):
    """The steps of hours are not as wide as one another: only who chose which is told, and half of them."""
    people = flow.staff(cast, 12)
    first = asked_of(cast, people, {"hours": [2, 3, 5]}, instrument="workload_pulse")
    second = asked_of(cast, people, {"hours": [4, 5, 7]}, instrument="workload_pulse")
    hours = told(cast, second)["How many hours did you work last week?"]
    assert hours.facts == ""
    assert hours.said == "Half say “50 to 54” or less"
    assert "app-answers__mean" not in hours.picture
    assert hours.change.endswith(": half say “40 to 44” or less")
    assert all(row[2] == "" for row in hours.groups)
    rows = [each for each in rows_of(cast, second) if each["Question"].startswith("How many hours")]
    assert {(each["Mean"], each["Low"], each["High"]) for each in rows} == {("", "", "")}
    assert first.figures.filter(question="hours").exclude(mean=None).exists()
