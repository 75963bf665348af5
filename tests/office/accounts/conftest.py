"""What tests of accounts share."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    """The limits of tries, which are kept in this process, begin anew with each test."""
    cache.clear()
