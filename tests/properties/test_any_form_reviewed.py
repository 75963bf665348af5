"""No form, however odd, makes the review fail."""

import json

import pytest
from hypothesis import given

from jixiao.desk.reviewing import review_form
from jixiao.form import Form, encode, from_wire, to_wire
from oracle.any_form import forms

NINES, HAIR = "9" * 60, "0." + "0" * 59 + "1"
TARGETS = [("≥", "{}"), ("≤", "1"), ("=", "{}"), ("<", "{}"), (">", "7"), ("range", "{}")]


def extreme(digits: str) -> Form:
    """A form all of whose numbers are the same, far outside every domain."""
    row = {"initial": digits, "adjusted": digits, "executed": digits}
    lines = [
        {
            "weight": digits,
            "score": digits,
            "target": {"operator": operator, "value": [digits] * 2 if operator == "range" else bound.format(digits)},
            "actual": {"text": actual, "value": actual, "unit": "‰"},
        }
        for operator, bound in TARGETS
        for actual in (digits, "0", "3")
    ]
    return from_wire(
        {
            "fiscal_year": 9999,
            "currency_unit": "亿元",
            "funds": {"total": row, "current_year": row, "carryover": row, "more": [{"label": "甲", **row}] * 2},
            "execution": {"weight": digits, "rate": digits, "score": digits},
            "indicators": lines,
            "total": {"weight": digits, "score": digits},
            "grade": "优",
        }
    )


@given(forms())
def test_any_form_is_reviewed(form: Form) -> None:
    """Any form that can be sent is scored and checked, line by line."""
    report = review_form(from_wire(json.loads(encode(to_wire(form)))))
    assert len(report.sheet.lines) == 1 + len(form.indicators)


@pytest.mark.parametrize("digits", [NINES, HAIR, f"-{NINES}", "0", "-0.00"])
def test_numbers_outside_every_domain_are_scored_exactly(digits: str) -> None:
    """Sixty digits are computed to the last one: a target met has all of its points."""
    report = review_form(extreme(digits))
    assert len(report.sheet.lines) == 19
    if digits == NINES:
        assert f"{report.sheet.lines[1].computed}" == f"{NINES}.00"
