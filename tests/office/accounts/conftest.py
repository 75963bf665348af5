"""What tests of accounts share."""

import pytest
from django.core.cache import cache

from jixiao.office.shield.limits import counters


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    """What was counted of tries is forgotten before each test."""
    cache.clear()
    counters().clear()
