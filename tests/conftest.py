"""What every test may use."""

from pathlib import Path

import pytest

from headship.standards import queries as standards

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of shared test data beside the checkout, or skip, saying so."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside the checkout")
    return SHARED


@pytest.fixture(autouse=True)
def frameworks_forgotten() -> None:
    """Frameworks are kept per process; each test has a database of its own."""
    standards.forget()
