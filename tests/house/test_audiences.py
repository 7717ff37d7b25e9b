"""An address that declares no audience stops the server, and is never run."""

from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from headship.core.checks import routes_declare_audiences
from headship.project import own_urls


@pytest.fixture
def undeclared(settings):
    """Add an address that declares nothing to the installation's own."""
    urls = ModuleType("undeclared_urls")
    urls.urlpatterns = [*own_urls.urlpatterns, path("made-up", lambda request: HttpResponse("seen"), name="made-up")]
    settings.ROOT_URLCONF = urls


def test_every_address_declares_its_audience():
    assert routes_declare_audiences() == []


@pytest.mark.usefixtures("undeclared")
def test_an_undeclared_address_stops_the_start():
    assert [error.msg for error in routes_declare_audiences()] == ["The address 'made-up' declares no audience."]


@pytest.mark.usefixtures("undeclared")
def test_an_undeclared_view_is_never_run():
    with pytest.raises(ImproperlyConfigured, match="declares no audience"):
        Client().get("/made-up")
