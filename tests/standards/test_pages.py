"""The public pages of the frameworks: what they say, and how little they ask the database."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from headship.core.scope import installation_scope
from headship.standards import actions, queries
from tests.standards.test_loading import new_version


@pytest.fixture
def loaded(db):
    now = timezone.now()
    actions.load_shipped(by=installation_scope(now), at=now)
    queries.frameworks()


def text_of(url):
    response = Client().get(url)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#39;", "'").split())


@pytest.mark.usefixtures("loaded")
def test_the_list_names_each_framework_and_its_standing():
    page = text_of("/standards/")
    assert "National Standards of Excellence for Headteachers (2015) 25 standards. Superseded in 2020" in page
    assert "Headteachers' standards (2020) 49 standards." in page
    assert "Teachers' Standards, Part One (2011) 8 standards." in page


@pytest.mark.usefixtures("nothing_shipped")
def test_the_list_teaches_where_nothing_is_loaded():
    assert "This page will list the frameworks of standards." in text_of("/standards/")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("framework", ["nse-2015", "headteachers-2020", "teachers-standards"])
def test_a_framework_shows_every_statement_and_what_it_is(framework):
    page = text_of(f"/standards/{framework}/")
    for each in queries.framework(framework).statements:
        assert " ".join(each.statement.split()) in page
    assert "Open Government Licence v3.0" in page
    assert "Not yet checked word for word against its source." in page
    assert "A newer version has replaced this one" not in page


@pytest.mark.usefixtures("loaded")
def test_a_replaced_version_says_so():
    now = timezone.now()
    actions.load_framework(by=installation_scope(now), at=now, document=new_version(replaces="nse-2015"))
    assert "A newer version has replaced this one: National Standards" in text_of("/standards/nse-2015/")


@pytest.mark.usefixtures("loaded")
def test_a_statement_shows_its_counterparts_both_ways_and_whose_proposal_they_are():
    page = text_of("/standards/nse-2015/1.2/")
    assert "These links are Headship's own proposal, not an official crosswalk." in page
    assert [code for code in ("E1", "E3", "1.4", "9.1", "E2") if f" {code} " in page] == ["E1", "E3", "1.4", "9.1"]
    assert "(2020). Not in the 2015 text: this is the nearest place." in page
    back = text_of("/standards/headteachers-2020/E3/")
    assert "1.2 Optimism and relationships" in back
    assert "Not in the 2015 text: this is the nearest place." in back
    assert "Not in the 2015 text" not in text_of("/standards/headteachers-2020/E1/")


@pytest.mark.usefixtures("loaded")
def test_a_statement_of_the_teachers_standards_shows_its_points():
    page = text_of("/standards/teachers-standards/4/")
    assert "impart knowledge and develop understanding through effective use of lesson time" in page
    assert "In the other standards" not in page


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("url", ["/standards/nowhere/", "/standards/nse-2015/9.9/", "/standards/nowhere/1.1/"])
def test_what_is_not_there_is_not_found(url):
    assert Client().get(url).status_code == 404


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("url", "queries_made"),
    [("/standards/", 1), ("/standards/nse-2015/", 1), ("/standards/nse-2015/P/", 0), ("/standards/nse-2015/2.2/", 0)],
)
def test_pages_ask_the_database_next_to_nothing(url, queries_made, django_assert_num_queries):
    with django_assert_num_queries(queries_made):
        assert Client().get(url).status_code == 200
