"""The API against its own description: every answer is one that the description tells of."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from jixiao.office.wsgi import application
from office.api.test_api_reading import bearer
from office.making import Office, make_filing

EXAMPLES = 5
"""Requests for each address in the everyday suite; `./dev api` sends more."""

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
SKIPPED = ("positive_data_acceptance", "use_after_free", "ensure_resource_availability", "missing_required_header")
"""A request of the right shape can still ask for what is not there or not allowed; a missing version is 428 (RFC 6585),
which that check does not know. A form to be checked may say less than our writer does (a place
without a box), and a question with a filter that is not known is answered without it."""


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests by WSGI leave the test's own connection open, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def headers(office: Office) -> dict[str, str]:
    """The token of a department reviewer, in an office with a filing."""
    make_filing(office, state="with_department")
    return bearer(office, "department")


def _checks(names: tuple[str, ...]) -> list[Any]:
    return [CHECKS.get_one(name) for name in names]


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_described(case: Any, headers: dict[str, str]) -> None:
    """Whatever is asked, the answer has a status, a type and a shape that the description names; nothing fails."""
    response = case.call(headers=headers)
    skipped = (*SKIPPED, "negative_data_rejection") if case.method == "GET" or case.path.endswith("/check") else SKIPPED
    case.validate_response(response, excluded_checks=_checks(skipped), headers=headers)
