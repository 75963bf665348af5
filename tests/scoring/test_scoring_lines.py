"""How single lines are scored: every operator at its bounds, zero targets, bands, deadlines, units, missing values."""

from decimal import Decimal

import msgspec
import pytest

from jixiao.form import Execution, Form, FundRow, Funds, Indicator, Target
from jixiao.scoring import Features, score
from rulebook.small_books import value_text
from scoring.scored_lines import form, indicator, line, ministry, place, sheet

COMPUTED = [
    ("≥10(次)", "10(次)", "10.00", "target met: full points"),
    ("≥10(次)", "9.99(次)", "9.99", "points × actual ÷ target"),
    ("≥10(次)", "0(次)", "0.00", "points × actual ÷ target"),
    ("≥10(次)", "-3(次)", "0.00", "points × actual ÷ target"),
    ("≥10(次)", "99(次)", "10.00", "target met: full points"),
    (">10(次)", "10(次)", "10.00", "points × actual ÷ target"),
    (">10(次)", "11(次)", "10.00", "target met: full points"),
    ("<10(天)", "9(天)", "10.00", "target met: full points"),
    ("<10(天)", "10(天)", "10.00", "points × target ÷ actual"),
    ("≤10(天)", "10(天)", "10.00", "target met: full points"),
    ("≤10(天)", "16(天)", "6.25", "points × target ÷ actual"),
    ("≤10(天)", "30(天)", "3.33", "points × target ÷ actual"),
    ("=10(人)", "10.00(人)", "10.00", "target met: full points"),
    ("=10(人)", "8(人)", "8.00", "points × actual ÷ target"),
    ("≥0(次)", "0(次)", "10.00", "target met: full points"),
    (">0(次)", "0(次)", "0.00", "points × actual ÷ target"),
    ("=0(次)", "0(次)", "10.00", "target met: full points"),
    ("=0(次)", "-1(次)", "10.00", "target met: full points"),
    ("=0(次)", "1(次)", "0.00", "points × target ÷ actual"),
    ("≤0(次)", "1(次)", "0.00", "points × target ÷ actual"),
    ("<0(次)", "0(次)", "0.00", "points × target ÷ actual"),
    ("≥-5(%)", "-4(%)", "10.00", "target met: full points"),
    ("≥-5(%)", "-6(%)", "0.00", "points × actual ÷ target"),
    ("≤-5(%)", "-5(%)", "10.00", "target met: full points"),
    ("10-20(天)", "10(天)", "10.00", "target met: full points"),
    ("10-20(天)", "20(天)", "10.00", "target met: full points"),
    ("10-20(天)", "5(天)", "5.00", "points × actual ÷ target"),
    ("10-20(天)", "25(天)", "8.00", "points × target ÷ actual"),
    ("≥1000(元)", "0.1(万元)", "10.00", "target met: full points"),
    ("≥95(%)", "950(‰)", "10.00", "target met: full points"),
    ("≥95(%)", "95", "10.00", "target met: full points"),
]


@pytest.mark.parametrize(("target", "actual", "points", "formula"), COMPUTED)
def test_a_number_is_scored_by_its_operator(target: str, actual: str, points: str, formula: str) -> None:
    """Ten points under the first lawful formula, which is named; numbers have no band."""
    found = line(target, actual, score=points)
    assert found.computed == Decimal(points)
    assert found.formula.en == formula
    assert (found.low, found.high) == (None, None)


@pytest.mark.parametrize(
    ("target", "actual", "claimed", "formula"),
    [
        ("≤10(天)", "12(天)", "8.33", "points × target ÷ actual"),
        ("≤10(天)", "12(天)", "8.00", "points × (1 − excess ÷ target), zero at twice the target"),
        ("≤10(天)", "20(天)", "0.00", "points × (1 − excess ÷ target), zero at twice the target"),
        ("≤10(天)", "35(天)", "0.00", "points × (1 − excess ÷ target), zero at twice the target"),
        ("=10(人)", "12(人)", "10.00", "exceeded: full points, no bonus"),
        ("=10(人)", "12(人)", "8.33", "points × target ÷ actual"),
        ("=10(人)", "12(人)", "8.00", "points × (1 − excess ÷ target), zero at twice the target"),
        ("10-20(天)", "25(天)", "7.50", "points × (1 − excess ÷ target), zero at twice the target"),
    ],
)
def test_of_several_lawful_formulas_the_one_that_matches_is_named(
    target: str, actual: str, claimed: str, formula: str
) -> None:
    """Where the book is silent, the claim stands under the formula that gives it."""
    found = line(target, actual, claimed)
    assert (found.computed, found.agrees, found.formula.en) == (Decimal(claimed), True, formula)


@pytest.mark.parametrize(
    ("weight", "actual", "claimed", "agrees"),
    [
        ("10.00", "8.618(次)", "8.62", True),
        ("10.00", "8.618(次)", "8.61", True),
        ("10.00", "8.618(次)", "8.63", False),
        ("10.00", "8.618(次)", "8.6", True),
        ("10.00", "8.618(次)", "8.7", False),
        ("10", "8.618(次)", "9", True),
        ("10", "8.618(次)", "8", False),
        ("10", "8.5(次)", "9", True),
        ("10.00", "10(次)", "10.00", True),
        ("10.00", "10(次)", "9.99", False),
        ("10.00", "10(次)", "10.005", False),
        ("10.00", "10(次)", "11.00", False),
        ("10.00", "8.625(次)", "8.625", True),
    ],
)
def test_a_claim_agrees_within_its_last_place(weight: str, actual: str, claimed: str, agrees: object) -> None:
    """A claim may be cut or rounded in its second decimal, or rounded to the decimals it prints."""
    assert line("≥10(次)", actual, claimed, weight).agrees is agrees


@pytest.mark.parametrize(
    ("label", "claimed", "computed", "low", "high", "agrees"),
    [
        ("达成指标", "10.00", "10.00", "8.00", "10.00", True),
        ("达成指标", "8.00", "8.00", "8.00", "10.00", True),
        ("达成指标", "7.99", "8.00", "8.00", "10.00", False),
        ("已完成。", "9.50", "9.50", "8.00", "10.00", True),
        ("部分达成年度指标并具有一定效果", "8.00", "8.00", "6.00", "8.00", False),
        ("部分达成指标", "7.99", "7.99", "6.00", "8.00", True),
        ("部分达成指标", "6.00", "6.00", "6.00", "8.00", True),
        ("未达成指标", "10.00", "6.00", "0.00", "6.00", False),
        ("未达成年度指标且效果较差", "0.00", "0.00", "0.00", "6.00", True),
        ("100%", "10.00", "10.00", "8.00", "10.00", True),
        ("70%", "7.00", "7.00", "6.00", "8.00", True),
        ("有效提升", "10.00", "10.00", "8.00", "10.00", True),
    ],
)
def test_a_qualitative_line_computes_a_band(
    label: str, claimed: str, computed: str, low: str, high: str, agrees: object
) -> None:
    """The claim stands within the band of its label, otherwise the nearest end; a lower band lacks its top."""
    found = line("有效提升", label, claimed)
    assert [str(found.computed), str(found.low), str(found.high)] == [computed, low, high]
    assert found.agrees is agrees


@pytest.mark.parametrize(
    "label", ["群众反映热烈", "已完成三场，未完成两场", "未能达成指标", "达成指标，部分达成目标", "150%"]
)
def test_a_result_that_names_no_single_band_is_left_to_a_person(label: str) -> None:
    """Free text, or labels of two bands, give no band and no score."""
    found = line("有效提升", label)
    assert (found.computed, found.low, found.agrees) == (None, None, None)
    assert found.needs == ("/indicators/0/actual",)


def test_a_label_beside_a_number_or_a_deadline_is_qualitative() -> None:
    """达成指标 beside ≥95% or beside a deadline gives the band of the label."""
    for target in ("≥95(%)", "2024年9月前"):
        found = line(target, "达成指标")
        assert (found.low, found.high, found.agrees) == (Decimal("8.00"), Decimal("10.00"), True)


@pytest.mark.parametrize(
    ("target", "actual", "computed"),
    [
        ("2024年9月前", "2024年9月30日", "10.00"),
        ("2024年9月前", "2024年10月1日", None),
        ("2024-12-31前", "2024年11月", "10.00"),
        ("2024年12月31日前", "11月", "10.00"),
        ("2024年9月前", "2024年9月", "10.00"),
        ("2024年9月15日前", "2024年9月", None),
        ("2024年9月15日前", "2024年10月", None),
        ("2024-06-30前", "2024年6月30日完成", "10.00"),
        ("2024-06-30前", "2024年7月1日完成", None),
        ("2024年9月前", "", None),
    ],
)
def test_a_deadline_is_kept_or_left_to_a_person(target: str, actual: str, computed: str | None) -> None:
    """A day or month not after the deadline earns full points; a later one, or none, no formula decides."""
    assert line(target, actual).computed == (None if computed is None else Decimal(computed))


@pytest.mark.parametrize(
    ("target", "actual", "weight", "claimed", "needs"),
    [
        ("≥10(次)", "", "10.00", "10.00", ("/indicators/0/actual",)),
        ("≥10(次)", "12(次)", None, "10.00", ("/indicators/0/weight",)),
        ("≥90(%)", "12(件)", "10.00", "10.00", ("/indicators/0/actual",)),
        ("", "12(件)", "10.00", "10.00", ("/indicators/0/target",)),
        ("有效提升", "达成指标", "10.00", None, ("/indicators/0/score",)),
        ("2024年9月前", "2024年10月1日", "10.00", "10.00", ("/indicators/0/actual",)),
    ],
)
def test_a_line_that_cannot_be_computed_names_what_it_needs(
    target: str, actual: str, weight: str | None, claimed: str | None, needs: tuple[str, ...]
) -> None:
    """Score and agreement are None, and the pointer names the field; the total is None as well."""
    found = sheet(indicator(target, actual, weight, claimed))
    assert found.lines[1].computed is None
    assert found.lines[1].agrees is None
    assert set(needs) <= set(found.lines[1].needs)
    assert (found.score, found.low, found.grade) == (None, None, None)
    assert set(needs) <= set(found.needs)


def test_a_number_without_a_claim_is_computed_all_the_same() -> None:
    """Whether it agrees cannot be decided; the score can."""
    found = line("≥10(次)", "5(次)", score=None)
    assert (found.computed, found.agrees, found.needs) == (Decimal("5.00"), None, ())


def test_ties_are_rounded_up_once() -> None:
    """333.5 of 1000 on 10 points is 3.335, rounded to 3.34; the rate is not rounded before."""
    assert line("≥1000(人)", "333.5(人)", "3.34").computed == Decimal("3.34")
    assert line("≥3(次)", "1(次)", "3.33").computed == Decimal("3.33")


def test_more_decimals_than_a_column_holds_stay_exact() -> None:
    """A target in 亿元 with eight decimals is compared to the last one."""
    assert line("≤1.00000001(亿元)", "1.00000001(亿元)").formula.en == "target met: full points"
    assert line("≤1.00000001(亿元)", "1.00000002(亿元)").formula.en != "target met: full points"


def test_numbers_beyond_the_domain_are_scored_exactly() -> None:
    """Twenty digits do not wrap."""
    assert line("≥99999999999999999999(元)", "49999999999999999999.5(元)", "5").computed == Decimal("5.00")


def test_a_target_without_an_operator_has_no_score() -> None:
    """Where nothing is printed as target there is nothing to compare with."""
    bare = Indicator(target=Target(), weight=Decimal(10), score=Decimal(10))
    assert sheet(bare).lines[1].computed is None


def test_scoring_one_form_is_one_call() -> None:
    """`score` of form and book is the sheet of a scorer made for that book."""
    one = form(indicator("≥10(次)", "9(次)", "90.00", "81.00"))
    assert score(one, ministry().book) == ministry().score(one)
    assert ministry().run(one, Features())[0] == ministry().score(one)


def test_the_sheet_names_its_book() -> None:
    """Id, day and fingerprint of the book stand on the sheet, and what the form claims."""
    found = ministry().score(form(indicator("≥1(次)", "1(次)", "90.00", "90.00")))
    assert (found.rulebook, found.on) == ("cn", "2024-12-31")
    assert found.fingerprint == ministry().book.fingerprint
    assert (found.claimed_score, found.claimed_grade) == (None, None)


def test_an_empty_form_has_no_score_and_no_error() -> None:
    """A form of which nothing was read computes nothing and says what it needs."""
    found = ministry().score(Form())
    assert (found.score, found.grade) == (None, None)
    assert found.needs


def test_no_execution_line_is_needed_where_the_indicators_make_100() -> None:
    """A form that prints no execution is scored on its indicators, if they have all 100 points."""
    funds = Funds(total=FundRow(adjusted=Decimal(1), executed=Decimal(1)))
    hundred = Form(funds=funds, execution=Execution(), indicators=(indicator("≥1(次)", "1(次)", "100", "100"),))
    assert ministry().score(hundred).score == Decimal("100.00")
    ninety = Form(funds=funds, execution=Execution(), indicators=(indicator("≥1(次)", "1(次)", "90", "90"),))
    assert ministry().score(ninety).score == Decimal("100.00")
    fifty = Form(funds=funds, execution=Execution(), indicators=(indicator("≥1(次)", "1(次)", "50", "50"),))
    assert ministry().score(fifty).score is None


def test_rows_without_points_are_left_out_where_the_rest_makes_100() -> None:
    """其中 rows under a scored one carry no points; where points are missing the total cannot be computed."""
    part = indicator("≥1(次)", "1(次)", None, None)
    assert sheet(indicator("≥1(次)", "1(次)", "90.00", "90.00"), part).score == Decimal("100.00")
    assert sheet(indicator("≥1(次)", "1(次)", "80.00", "80.00"), part).score is None


def test_money_in_a_derivation_names_its_unit() -> None:
    """Amounts are told in 元, and the step says so, unless the form names no unit; other steps do not speak of it."""
    one = form(indicator("≥1(次)", "1(次)", "90.00", "90.00"))
    steps = ministry().score(one).lines[0].steps
    assert steps[0].zh.endswith("= 1000000.00 ÷ 1000000.00 × 100 = 100（金额单位：元）")
    assert steps[0].en.endswith("= 100 (amounts in yuan)")
    assert "金额" not in steps[-1].zh
    bare = ministry().score(msgspec.structs.replace(one, currency_unit=None)).lines[0].steps
    assert bare[0].zh.endswith("= 100.00 ÷ 100.00 × 100 = 100")


@pytest.mark.parametrize(
    ("target", "actual", "computed", "formula"),
    [
        ("≤7(天)", "8(天)", "8.75", "规则未规定，两种算法均可：反比 8.75、线性 8.57；自评得分都不符"),
        ("10-20(天)", "25(天)", "8.00", "规则未规定，两种算法均可：反比 8.00、线性 7.50；自评得分都不符"),
        ("=10(人)", "12(人)", "8.33", "规则未规定，三种算法均可：满分 10.00、反比 8.33、线性 8.00；自评得分都不符"),
    ],
)
def test_a_claim_that_no_lawful_formula_gives_is_told_all_of_them(
    target: str, actual: str, computed: str, formula: str
) -> None:
    """Where the rules are silent and the claim fits nothing, formula and steps name every lawful score, as practice."""
    found = line(target, actual, "5.55")
    assert (found.computed, found.agrees, found.formula.zh) == (Decimal(computed), False, formula)
    for step in found.steps[1:]:
        assert step.clause
        assert (step.clause.article, step.clause.evidence) == ("≤ 类指标、= 类指标超出时的算法", "practice")
    told = " ".join(step.zh for step in found.steps)
    assert "反比算法得分" in told
    assert "线性算法得分" in told
    assert ("满分算法得分" in told) is target.startswith("=")


def test_a_line_below_its_target_rests_on_the_article() -> None:
    """Only what the rules leave open is called practice; and one formula only has nothing to choose from."""
    below = line("≥10(天)", "8(天)", "8.00").steps[-1].clause
    assert below
    assert below.article == "第十六条"
    assert line("≤0(起)", "1(起)", "5.00").formula.en == "points × target ÷ actual"
    assert line("≤7(天)", "8(天)", None).formula.en == "points × target ÷ actual"


@pytest.mark.parametrize(
    ("target", "actual", "told"),
    [
        ("≥90(%)", "12(件)", "实际完成值“12(件)”无法与年度指标值“≥90(%)”对照计分"),
        ("有效提升", "群众反映热烈", "实际完成值“群众反映热烈”无法与年度指标值“有效提升”对照计分"),
        ("2024年9月前", "2024年10月1日", "实际完成值“2024年10月1日”无法与年度指标值“2024年9月前”对照计分"),
        ("≥10(次)", "", None),
        ("≥10(次)", "10(次)", None),
        ("", "12(件)", None),
    ],
)
def test_a_printed_result_that_cannot_be_weighed_is_not_called_missing(
    target: str, actual: str, told: str | None
) -> None:
    """The line says what was printed and what it cannot be compared with; an empty cell has no such reason."""
    reason = line(target, actual).reason
    assert (reason.zh if reason else None) == told


def test_a_claim_that_fits_several_formulas_is_told_by_the_first() -> None:
    """10.00 for 10,001 of exactly 10,000 is the inverse formula rounded and full points too: the formula is told."""
    assert line("=10000(次)", "10001(次)", "10.00").formula.en == "points × target ÷ actual"
    assert line("=10000(次)", "11000(次)", "10.00").formula.en == "exceeded: full points, no bonus"


@pytest.mark.parametrize(
    ("rounding", "told"), [("half_up", "inverse 23.33, linear 21.43"), ("down", "inverse 23.33, linear 21.42")]
)
def test_the_scores_of_lawful_formulas_are_told_as_the_book_rounds(rounding: str, told: str) -> None:
    """30 × 7 ÷ 9 is 23.333 and 30 × (14 − 9) ÷ 7 is 21.428: rounded or cut where a claim is neither."""
    scorer = place(value_text("rounding", f'"{rounding}"'))
    assert told in scorer.score(form(indicator("≤7(天)", "9(天)", "30.00", "5.00"))).lines[1].formula.en


@pytest.mark.parametrize("target", [Target("≥若干", "≥", None), Target("若干", None, "10", "次")])
def test_a_target_without_number_or_sign_is_no_number(target: Target) -> None:
    """A sign alone, or a number alone, gives no formula: the line says what it lacks, not how it would be computed."""
    bare = msgspec.structs.replace(indicator("≥10(次)", "5(次)"), target=target)
    found = sheet(bare).lines[1]
    assert found.computed is None
    assert found.formula.en == "cannot be computed: a value is missing or units differ"
