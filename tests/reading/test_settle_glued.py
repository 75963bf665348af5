"""Numbers printed without a gap: how a fund row is parted."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from forms.dice import Dice
from jixiao.reading.settle.glued import cut, is_glued
from jixiao.reading.text import read_text

COLUMNS = ("initial", "adjusted", "executed", "weight", "rate", "score")


@pytest.mark.parametrize("text", ["130.001.601.60", "202010100.00%10", "1,234.501,234.50", "10.00100.00%"])
def test_figures_that_are_no_number_are_glued(text: str) -> None:
    """Two decimal points, a sign in the middle, separators out of step: several numbers in one."""
    assert is_glued(text)


@pytest.mark.parametrize("text", ["130.00", "100.00%", "1,234.50", "20", "≥7", "2024年", "", "13016"])
def test_a_number_or_a_word_is_not_glued(text: str) -> None:
    """One printed number, or anything with a word in it, is left alone."""
    assert not is_glued(text)


def test_a_published_row_has_one_lawful_cut() -> None:
    """Seen in print: 20, 20, 10, 100.00% and 10 cannot be, for 10 of 20 is half; only the cut that fits is taken."""
    way = cut("202010100.00%10", COLUMNS[1:], {})
    assert way is not None
    assert way.parts == ("20", "20", "10", "100.00%", "10")


def test_what_nothing_can_check_is_not_cut() -> None:
    """Without a rate any cut would be a guess."""
    assert cut("130.001.601.60", ("initial", "adjusted", "executed"), {}) is None


def test_known_neighbours_count() -> None:
    """Numbers of the row that stand apart are part of the arithmetic."""
    way = cut("10.0074.90%7.49", COLUMNS[3:], {"initial": "160.00", "adjusted": "120.50", "executed": "90.25"})
    assert way is not None
    assert way.parts == ("10.00", "74.90%", "7.49")
    assert cut("10.0074.90%7.49", COLUMNS[3:], {"adjusted": "120.50", "executed": "60.25"}) is None


def _row(dice: Dice) -> list[str]:
    adjusted = (Decimal(dice.between(100, 9_000_000)) / 100).quantize(Decimal("0.01"))
    executed = (adjusted * dice.choice((100, 100, 97, 83, 60)) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    initial = adjusted if dice.chance(60) else (adjusted * dice.between(80, 140) / 100).quantize(Decimal("0.01"))
    rate = (executed / adjusted * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    score = (rate / 10).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return [f"{initial}", f"{adjusted}", f"{executed}", "10.00", f"{rate}%", f"{score}"]


def test_random_rows_are_cut_right_or_not_at_all() -> None:
    """Of a hundred and twenty random rows none is cut wrongly, and nearly all are cut."""
    rows = [_row(Dice(f"glued:{seed}")) for seed in range(120)]
    ways = [cut("".join(row), COLUMNS, {}) for row in rows]
    wrong = [(row, way) for row, way in zip(rows, ways, strict=True) if way and list(way.parts) != row]
    assert wrong == []
    assert sum(way is not None for way in ways) >= 116


def test_a_text_with_a_glued_row_is_read_and_says_so() -> None:
    """The numbers of a glued row reach their fields, unsure, with a problem at each."""
    text = (
        "项目支出绩效自评表\n（2023年度）\n项目名称 校舍维修\n主管部门 教育局 实施单位 第一中学\n"
        "项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
        "年度资金总额 160.00120.5090.2510.0074.90%7.49\n"
        "年度总体目标 预期目标 实际完成情况\n修好校舍。 已修好。\n"
        "绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n"
        "产出指标 数量指标 维修面积 ≥500平方米 520平方米 90 90\n总分 100 97.49\n"
    )
    (form,) = read_text(text, "a.txt")
    total = form.funds.total
    assert (str(total.initial), str(total.adjusted), str(total.executed)) == ("160.00", "120.50", "90.25")
    assert (str(form.execution.rate), str(form.execution.score)) == ("74.90", "7.49")
    assert form.places["/funds/total/adjusted"][0].confidence == Decimal("0.80")
    assert ("/execution/rate", "settled") in {(problem.pointer, problem.code) for problem in form.problems}
