"""The printed rate beside its amounts, and the ratio a derivation tells: tolerances and least numbers."""

from decimal import Decimal

import msgspec
import pytest

from jixiao.form import Execution
from jixiao.language import Named
from rulebook.small_books import value_text
from scoring.scored_lines import form, indicator, ministry, place


def rate_agrees(adjusted: str, executed: str, rate: str | None) -> Named:
    """Whether a printed rate agrees with its amounts."""
    made = form(indicator("≥1", "1"), adjusted=adjusted, executed=executed)
    printed = Execution(made.execution.weight, None if rate is None else Decimal(rate), made.execution.score)
    return ministry().run(msgspec.structs.replace(made, execution=printed))[1].form["rate_agrees"]


@pytest.mark.parametrize(
    ("adjusted", "executed", "rate", "agrees"),
    [
        ("1000", "861.83", "86.18", True),
        ("1000", "861.83", "86.19", True),  # 0.007 above
        ("1000", "861.83", "86.20", False),
        ("1000", "861.83", "86.17", False),  # 0.013 below
        ("1000", "861.80", "86.19", False),  # 0.01 is no longer below 0.01
        ("1000", "861.83", "86.2", True),
        ("1000", "861.83", "86.1", True),
        ("1000", "861.83", "86.3", False),
        ("1000", "861.00", "86.2", False),  # 0.1 is no longer below 0.1
        ("1000", "861.83", "86.25", False),
        ("1000", "861.83", "86", True),
        ("1000", "861.83", "87", True),
        ("1000", "861.83", "85", False),
        ("1000", "860.00", "87", False),  # 1 is no longer below 1
        ("1000", "861.83", None, None),
        ("0", "0", "0", True),
        ("0", "0", "100", False),
        ("0.00005", "0.000025", "50.00", True),  # half a yuan of 万元
    ],
)
def test_a_rate_agrees_within_its_own_last_place(
    adjusted: str, executed: str, rate: str | None, agrees: object
) -> None:
    """Less than a hundredth, a tenth or one away, by the decimals printed; of no budget only 0 is a rate."""
    assert rate_agrees(adjusted, executed, rate) is agrees


@pytest.mark.parametrize(
    ("target", "actual", "ratio"),
    [("≥8次", "6次", "0.75"), ("≥0.5次", "0.6次", "1.2"), ("≥0次", "1次", None), ("≥8天", "6次", None)],
)
def test_the_ratio_of_a_line(target: str, actual: str, ratio: str | None) -> None:
    """Actual value over target, below a target of 1 too; none of a target of 0 or of another unit."""
    found = ministry().run(form(indicator(target, actual)))[1].rows[0]["ratio"]
    assert found == (None if ratio is None else Decimal(ratio))


def test_one_decimal_excuses_no_other_score() -> None:
    """75 per cent by interval is 5.00 of 10: 5 and 5.0 stand, 4.3 does not, though it has one decimal."""
    scorer = place(value_text("satisfaction_method", '"interval"'))
    line = msgspec.structs.replace(indicator("≥90%", "75%"), level1="满意度指标")
    agreed = {
        claim: scorer.score(form(msgspec.structs.replace(line, score=Decimal(claim)))).lines[1].agrees
        for claim in ("5.00", "5.0", "5", "4.3", "4", "-5")
    }
    assert agreed == {"5.00": True, "5.0": True, "5": True, "4.3": False, "4": False, "-5": False}
