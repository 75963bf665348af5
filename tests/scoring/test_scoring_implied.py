"""Points that stand nowhere: the least and the most that explain a score, worked out by hand (湖北)."""

from decimal import Decimal

import pytest

from jixiao.form import Execution, Form, FundRow, Funds, Indicator, parse_actual, parse_target
from rulebook.small_books import value_text
from scoring.scored_lines import form, indicator, place
from scoring.test_scoring_kinds import scorer

Points = tuple[str, str] | None


def implied(target: str, actual: str, score: str | None) -> tuple[str, ...] | None:
    """Least and most points of one line of a form without a column of points."""
    claimed = None if score is None else Decimal(score)
    line = Indicator(level1="产出指标", target=parse_target(target, 2024), actual=parse_actual(actual), score=claimed)
    other = Indicator(level1="效益指标", target=parse_target("≥1", 2024), actual=parse_actual("1"), score=Decimal(1))
    funds = Funds(total=FundRow(adjusted=Decimal(100), executed=Decimal(100)))
    made = Form(fiscal_year=2024, funds=funds, execution=Execution(score=Decimal(20)), indicators=(line, other))
    row = scorer("cn-hubei").run(made)[1].rows[0]
    ends = row["implied_low"], row["implied_high"]
    return None if ends == (None, None) else tuple(str(end) for end in ends)


NUMBERS: dict[tuple[str, str, str | None], Points] = {
    ("≥200", "200", "40"): ("40.00", "40.00"),  # met: the score is the points
    ("≤10", "10", "0.5"): ("0.50", "0.50"),
    ("≥60", "54", "22.5"): ("24.98", "25.01"),  # 22.49 and 22.51 × 60 ÷ 54, cut
    ("≥2", "1", "5"): ("9.98", "10.02"),
    ("≥1", "0.5", "5"): ("9.98", "10.02"),
    ("≥2", "1", "0.5"): ("0.98", "1.02"),
    ("≥2", "1", "0"): ("0.00", "0.02"),  # never below zero
    ("≤10", "12", "10"): ("11.98", "12.01"),  # 9.99 and 10.01 × 12 ÷ 10, cut
    ("≤1", "2", "5"): ("9.98", "10.02"),
    ("≤0.5", "1", "5"): ("9.98", "10.02"),
    ("≤1", "2", "0.5"): ("0.98", "1.02"),
    ("≤1", "2", "0"): ("0.00", "0.02"),
    ("=10", "12", "10"): ("10.00", "12.01"),  # full points, or in proportion
    ("=10", "8", "8"): ("9.98", "10.01"),
    ("≥7", "0", "0"): ("0.00", "100.00"),  # nothing done explains no points, whatever they were
    ("≥7", "0", "1"): ("101.00", "101.00"),  # but no score
    ("≥7", "-1", "0"): ("0.00", "100.00"),
    ("≤0", "2", "0"): ("0.00", "100.00"),
    ("≤0", "2", "1"): ("101.00", "101.00"),
    ("=0", "2", "0"): ("0.00", "100.00"),
    ("=0", "0", "5"): ("5.00", "5.00"),
    ("≥10000000", "5000000", "5"): ("9.98", "10.02"),
    ("≥10000001", "5000000", "5"): None,  # beyond ten million nothing is divided
    ("≤5000000", "10000000", "5"): ("9.98", "10.02"),
    ("≤5000000", "10000001", "5"): None,
    ("≥7", "", "5"): None,
    ("≥7天", "5人", "5"): None,
    ("≥7", "6", None): None,
}
WORDS: dict[tuple[str, str, str | None], Points] = {
    ("有效提升", "达成预期指标", "36"): ("36.00", "45.00"),  # 80 to 100 %, 100 included
    ("有效提升", "部分达成预期指标", "16"): ("20.01", "32.00"),  # 50 to 80 %, 80 not included
    ("有效提升", "未达成预期指标", "10"): ("20.01", "100.00"),  # 0 to 50 %
    ("2024年9月前", "2024年8月31日", "5"): ("5.00", "5.00"),
    ("2024年9月前", "2024年11月2日", "5"): None,
}


@pytest.mark.parametrize(("cells", "points"), (NUMBERS | WORDS).items())
def test_a_score_implies_points(cells: tuple[str, str, str | None], points: Points) -> None:
    """Target, actual value and score leave the points between two numbers, or say nothing of them."""
    assert implied(*cells) == points


@pytest.mark.parametrize(
    ("target", "actual", "formula"),
    [("≥3", "2", "points × actual ÷ target"), ("≤3", "4", "points × (1 − excess ÷ target), zero at twice the target")],
)
def test_a_ratio_may_be_rounded_before_it_is_multiplied(target: str, actual: str, formula: str) -> None:
    """Two thirds are 0.67 of 90 points: 60.30, and 60 is another formula's, below a target and above a bound."""
    body = "".join(
        value_text(*one) for one in (("rate_first", "true"), ("rate_places", "2"), ("reading_above", '"linear"'))
    )
    found, other = (
        place(body).score(form(indicator(target, actual, "90.00", claim))).lines[1] for claim in ("60.30", "60.00")
    )
    assert (str(found.computed), found.agrees, found.formula.en) == ("60.30", True, formula)
    assert (str(other.computed), other.agrees) == ("60.30", False)
