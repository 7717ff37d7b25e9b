"""The cast, with the framework that evidence points at."""

import pytest

from headship.core.scope import installation_scope
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.voice.flow import AT


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()
