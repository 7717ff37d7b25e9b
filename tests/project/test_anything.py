"""Anything at all sent to an endpoint and a form is answered in order; what is broken on purpose is found (row d)."""

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from assurance import anything


@pytest.mark.django_db
def test_generated_requests_find_no_fault_and_a_broken_endpoint_is_found():
    no_limit = mock.patch("headship.core.limits.spend", return_value=timezone.now() + timedelta(days=1))
    with anything.one_connection(), no_limit:
        cast, tried = anything.made(), anything.Tried()
        anything.try_forms(tried, cast, 12, only="decision-note")
        forms = tried.count
        anything.try_api(tried, cast, forms + 40, only="api-strategy-decisions")
        assert (tried.errors, tried.traces, forms > 0, tried.count >= 40) == ([], [], True, True)
        found = anything.control(cast)
    assert min(found.values()) > 0
