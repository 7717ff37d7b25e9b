"""The page that only a demonstration has."""

import pytest
from django.test import Client
from django.utils import timezone

from headship.people.models import Account, Person
from headship.project.demonstration import content


@pytest.fixture
def ada(db):
    """Make one of the cast, whom no password opens."""
    person = Person.objects.create(name="Ada Lantern", email=content.email_of("ada"), created_at=timezone.now())
    return Account.objects.create(person=person, email=person.email, password="!")


@pytest.mark.django_db
def test_outside_the_demonstration_there_is_no_such_page(ada: Account):
    assert Client().get("/demonstration/").status_code == 404
    assert Client().post("/demonstration/sign-in", {"person": "ada"}).status_code == 404


def test_everybody_of_the_cast_is_on_the_page(client: Client, settings):
    settings.DEMONSTRATION = True
    page = client.get("/demonstration/").content.decode()
    for person in [*content.trust()["people"].values(), *content.staff().values()]:
        assert page.count(f'Sign in<span class="govuk-visually-hidden"> as {person["name"]}</span>') >= 1


def test_whoever_came_with_the_staff_list_is_told_once_and_has_a_name_of_their_own():
    names = [each["name"] for each in [*content.trust()["people"].values(), *content.staff().values()]]
    assert len(set(names)) == len(names)
    assert not content.trust()["people"].keys() & content.staff().keys()
    assert content.those(["ada", "teacher"])[:2] == ["ada", "birch"]


def test_one_press_signs_in_with_no_second_step(ada: Account, client: Client, settings):
    settings.DEMONSTRATION = True
    answer = client.post("/demonstration/sign-in", {"person": "ada"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_who_works_at_two_schools_starts_where_they_pressed(ada: Account, client: Client, settings):
    settings.DEMONSTRATION = True
    answer = client.post("/demonstration/sign-in", {"person": "ada", "place": "990003"})
    assert (answer.status_code, answer["Location"]) == (302, "/schools/990003/")


def test_strangers_and_plain_links_sign_nobody_in(ada: Account, client: Client, settings):
    settings.DEMONSTRATION = True
    assert client.post("/demonstration/sign-in", {"person": "nobody"}).status_code == 404
    assert client.get("/demonstration/sign-in", {"person": "ada"}).status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_page_asks_the_database_nothing(client: Client, settings, django_assert_num_queries):
    settings.DEMONSTRATION = True
    with django_assert_num_queries(0):
        client.get("/demonstration/")
