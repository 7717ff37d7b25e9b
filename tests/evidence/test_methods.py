"""How each figure comes about can be read by anybody."""

import pytest
from django.test import Client

from headship.core import prose, registry
from headship.evidence import methods


@pytest.mark.parametrize("name", sorted(methods.names()))
def test_a_method_can_be_read(name: str):
    answer = Client().get(f"/methods/{name}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<h1 class="govuk-heading-l">{methods.page(name).title}</h1>' in page
    assert "**" not in page


def test_every_measure_has_a_method_page():
    assert {each.method for each in registry.measures().values()} <= methods.names()


def test_there_is_nothing_at_a_method_that_is_none():
    for name in ("README", "none"):
        assert Client().get(f"/methods/{name}/").status_code == 404


def test_a_table_loses_its_rule():
    assert prose.block("| a | b |\n| --- | ---: |\n| 1 | `2` |").lines == (
        ((("text", "a"),), (("text", "b"),)),
        ((("text", "1"),), (("code", "2"),)),
    )
