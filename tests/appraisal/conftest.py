"""The cast, for every test of appraisal."""

import pytest

from headship.core.scope import installation_scope
from headship.standards import actions as standards
from tests import cast as everybody
from tests.appraisal.support_flow import AT


@pytest.fixture
def cast(db):
    """Build the cast, and the frameworks that evidence points at."""
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()
