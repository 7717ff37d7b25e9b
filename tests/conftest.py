"""What every test may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of shared test data beside the checkout, or skip, saying so."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside the checkout")
    return SHARED
