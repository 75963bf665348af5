"""年度指标值 and 实际完成值 in every printed variant: what can be decided is data, the rest stays text."""

from decimal import Decimal
from time import process_time_ns

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.form import Actual, Operator, Target, combine_target, parse_actual, parse_target

COMPARISONS = ("≥", ">", "=", "<", "≤")
WAYS: dict[Operator, str] = {
    "≥": "≥ ≧ >= => ⩾ ＞＝ ≮ 大于等于 大于或等于 不低于 不得低于 不少于 不得少于 不小于 至少 达到",
    "≤": "≤ ≦ <= =< ⩽ ＜＝ ≯ 小于等于 小于或等于 不超过 不得超过 不超 不高于 不得高于 不大于 不多于 控制在",
    ">": "> ＞ ﹥ 大于 超过 高于 多于",
    "<": "< ＜ ﹤ 小于 低于 少于",
    "=": "= ＝ == ═ ﹦ 等于",
}
SIGNS = [(sign, operator) for operator, signs in WAYS.items() for sign in signs.split()]
UNITS = [
    "",
    "次",
    "%",
    "％",
    "‰",
    "万元",
    "万人次",
    "个工作日",
    "元/人",
    "百分比",
    "㎡",
    "m2",
    "平方米",
    "元/人·次",
    "μg/m3",
    "℃",
]


@pytest.mark.parametrize(("sign", "operator"), SIGNS)
@pytest.mark.parametrize(
    "shape", ["{}7.00(次)", "{}7.00（次）", "{} 7.00 次", "{}\n7.00次", "{}７．００次", "{}7.00次。"]
)
def test_every_printed_sign_becomes_its_operator(sign: str, operator: Operator, shape: str) -> None:
    """A sign in words, in full width or in a rare code point is one of five; the number and unit beside it stay."""
    text = shape.format(sign)
    assert parse_target(text) == Target(text=text, operator=operator, value="7.00", unit="次")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("operator", COMPARISONS)
def test_a_unit_is_read_with_and_without_brackets(operator: str, unit: str) -> None:
    """A unit in brackets is the unit without them."""
    bare = parse_target(f"{operator}5{unit}")
    bracketed = parse_target(f"{operator}5({unit})")
    assert (bare.operator, bare.value, bare.unit) == (operator, "5", unit.replace("％", "%"))
    assert (bracketed.value, bracketed.unit) == (bare.value, bare.unit)


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("100", "=", "100", ""),
        ("7.00(次)", "=", "7.00", "次"),
        ("0", "=", "0", ""),
        ("0.0", "=", "0.0", ""),
        ("98.5", "=", "98.5", ""),
        ("12.31", "=", "12.31", ""),
        ("2,756.57", "=", "2756.57", ""),
        ("≥2,756.57万元", "≥", "2756.57", "万元"),
        ("3359.62万", "=", "3359.62", "万"),
        ("1.5万人次", "=", "1.5", "万人次"),
        ("≥100百分比", "≥", "100", "百分比"),
        ("=100.00(%)", "=", "100.00", "%"),
        ("≤3‰", "≤", "3", "‰"),
        ("100%完成", "=", "100", "%"),
        ("≥95%覆盖", "≥", "95", "%"),
        ("90%以上", "≥", "90", "%"),
        ("90%及以上", "≥", "90", "%"),
        ("80分以上", "≥", "80", "分"),
        ("达到95%以上", "≥", "95", "%"),
        ("95%（含）以上", "≥", "95", "%"),
        ("≥95(含)", "≥", "95", ""),
        ("5%以下", "≤", "5", "%"),
        ("控制在5%以内", "≤", "5", "%"),
        ("24小时内", "≤", "24", "小时"),
        ("≤24小时", "≤", "24", "小时"),
        ("10个工作日内", "≤", "10", "个工作日"),
        ("5个工作日以内", "≤", "5", "个工作日"),
        ("10日内", "≤", "10", "日"),
        ("≤12月", "≤", "12", "月"),
        ("≥12个月", "≥", "12", "个月"),
        ("1年", "=", "1", "年"),
        ("≥-3", "≥", "-3", ""),
        ("-3%", "=", "-3", "%"),
        ("满意度≥90%", "≥", "90", "%"),
        ("满意度：≥90%", "≥", "90", "%"),
        ("培训人数>=100人次", "≥", "100", "人次"),
        ("安全事故≤0起", "≤", "0", "起"),
        ("1次/年", "=", "1", "次/年"),
        ("2024", "=", "2024", ""),
        ("≥300人（次）", "≥", "300", "人(次)"),
        ("5项(个)以上", "≥", "5", "项(个)"),
        ("≤500元/(人·月)", "≤", "500", "元/(人·月)"),
        ("≥2024年度报告", "qualitative", None, ""),
    ],
)
def test_one_number_is_a_comparison(text: str, operator: Operator, value: str | None, unit: str) -> None:
    """A text that holds one number, at most one sign and a unit is a comparison with just these."""
    assert parse_target(text, 2024) == Target(text=text, operator=operator, value=value, unit=unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("5-10次", "5", "10", "次"),
        ("5次-10次", "5", "10", "次"),
        ("5—10次", "5", "10", "次"),
        ("5至10天", "5", "10", "天"),
        ("5到10天", "5", "10", "天"),
        ("80%~90%", "80", "90", "%"),
        ("80%～90%", "80", "90", "%"),
        ("80-90%", "80", "90", "%"),
        ("80%-90", "80", "90", "%"),
        ("5万-10万元", "5", "10", "万元"),
        ("1,000-2,000人", "1000", "2000", "人"),
        ("0.5-1", "0.5", "1", ""),
        ("3-3", "3", "3", ""),
        ("[5,10]", "5", "10", ""),
        ("[80%,90%]", "80", "90", "%"),
        ("[5-10]次", "5", "10", "次"),
        ("5≤x≤10", "5", "10", ""),
        ("80%≤满意度≤90%", "80", "90", "%"),
        ("≥80%且≤90%", "80", "90", "%"),
        ("≥80%，≤90%", "80", "90", "%"),
    ],
)
def test_a_closed_range_keeps_both_ends(text: str, low: str, high: str, unit: str) -> None:
    """Two ends of one unit, both included, are a range."""
    assert parse_target(text) == Target(text=text, operator="range", value=(low, high), unit=unit)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("9月前", "2024-09"),
        ("9月之前", "2024-09"),
        ("9月底前", "2024-09-30"),
        ("2月底前", "2024-02-29"),
        ("12月", "2024-12"),
        ("2024年12月", "2024-12"),
        ("≤2024年12月", "2024-12"),
        ("2024年12月底前", "2024-12-31"),
        ("在2024年12月31日前按计划进度完成", "2024-12-31"),
        ("2024年12月31日前", "2024-12-31"),
        ("２０２４年１２月\n３１日前", "2024-12-31"),
        ("≤2024年12月31日", "2024-12-31"),
        ("不晚于2024年6月30日", "2024-06-30"),
        ("6月30日前完成", "2024-06-30"),
        ("6月30日", "2024-06-30"),
        ("2024-12-31", "2024-12-31"),
        ("2024.12.31", "2024-12-31"),
        ("2024/6/30前", "2024-06-30"),
        ("2024.12前", "2024-12"),
        ("2024-12", "2024-12"),
        ("2024年底前", "2024-12-31"),
        ("2024年年底前", "2024-12-31"),
        ("2024年度末", "2024-12-31"),
        ("年底前完成", "2024-12-31"),
        ("年底前", "2024-12-31"),
        ("2024年内", "2024-12-31"),
        ("2024年", "2024-12-31"),
        ("2024年度内完成", "2024-12-31"),
        ("本年度内", "2024-12-31"),
        ("2025年6月30日前", "2025-06-30"),
        ("2025年底前", "2025-12-31"),
    ],
)
def test_a_deadline_is_a_day_or_a_month(text: str, due: str) -> None:
    """A deadline keeps its words and gives the day, or the month where only a month is named."""
    assert parse_target(text, 2024) == Target(text=text, operator="before", value=due)


@pytest.mark.parametrize("text", ["9月前", "6月30日前", "年底前", "12月", "本年度内"])
def test_a_deadline_without_any_year_is_text(text: str) -> None:
    """Where neither the text nor the form names the year, a deadline is not made up."""
    assert parse_target(text).operator in ("qualitative", "=")
    assert parse_target(text).due is None


@pytest.mark.parametrize(
    "text",
    [
        # templates left in, and signs without a number
        "≥**平方米", "≥XX平方米", "≥", "≥ 次", "≥……", "（100字以内）", "≤N天",
        # ratios, scales, figures that name something
        "1:1", "1：1", "7×24小时", "7*24小时", "3/4", "12/31", "GB/T 1234", "A级", "≥三级", "PM2.5≤35", "CO2≤10",
        "5±1", "±5%", "1e5", "1.2.3", "10,00", "1 000", ".5",
        # more than one figure
        "≥3家，≥5次", "≥3家,≤5次", "1,2", "1、2", "5次-10人", "年底前完成5项", "2024年底前完成80%以上", "5+2",
        # open or half open ranges have no lawful closed form
        "(5,10)", "5<x<10", "80≤满意度<90", "10-5", "80-90%以上", "1-12月", "2024-2025", "2024年1-12月", "3-5年",
        # a rate of something per period, or a change, is not the number itself
        "每月1次", "每年≥1次", "每月≥1次", "降低5%", "同比增长5%", "100%提高", "提高5个百分点",
        # about, more or fewer than
        "约3家", "近3家", "10余次", "10多人", "100左右", "100%左右",
        # signs that contradict each other
        "不超过5以上", ">5以下", "不≥5", "不低于≤5", "100%(含)", ">95%(含)",
        # days that may be numbers and numbers that may be days
        "2024.12", "2024.6", "20241231", "13月前", "2月30日前", "10日前", "9月中旬前", "≥12月31日", "去年底",
        "第三季度", "15号",
        # words
        "及时", "优", "≥良", "无任何问题", "达成指标", "九十", "百分之九十", "≥一次", "定性", "本年度", "零事故",
        "满意度90%",
        "强化企业梯度培育,加强“张江之星”企业宣传、服务力度，扩大“张江之星”品牌影响力。",
    ],
)  # fmt: skip
def test_what_cannot_be_decided_stays_text(text: str) -> None:
    """A text that is no number, closed range or deadline, or that could be two of them, is qualitative."""
    assert parse_target(text, 2024) == Target(text=text, operator="qualitative", value=None, unit="")


@pytest.mark.parametrize("text", ["", " ", "-", "—", "/", "——"])
def test_an_empty_cell_has_no_operator(text: str) -> None:
    """Where nothing is printed there is no target, not even a qualitative one."""
    assert parse_target(text, 2024) == Target(text=text)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("7.00(次)", "7.00", "次"),
        ("0.0", "0.0", ""),
        ("7.0", "7.0", ""),
        ("98.5", "98.5", ""),
        ("95.00", "95.00", ""),
        ("12.31", "12.31", ""),
        ("100.00(%)", "100.00", "%"),
        ("≥95%", "95", "%"),
        ("≧95％", "95", "%"),
        ("≤3天", "3", "天"),
        ("=100%", "100", "%"),
        ("95%以上", "95", "%"),
        ("满意度≥92%", "92", "%"),
        ("完成5次", "5", "次"),
        ("已完成5次。", "5", "次"),
        ("共举办12场次", "12", "场次"),
        ("实际完成100%", "100", "%"),
        ("100%完成", "100", "%"),
        ("2,756.57", "2756.57", ""),
        ("3359.62万", "3359.62", "万"),
        ("-3%", "-3", "%"),
        ("12月", "12", "月"),
        ("312人（次）", "312", "人(次)"),
    ],
)
def test_an_actual_gives_its_number_and_unit(text: str, number: str, unit: str) -> None:
    """An actual value is a number with its unit, also where it repeats the sign or says 完成."""
    assert parse_actual(text) == Actual(text=text, value=Decimal(number), unit=unit)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "达成指标", "已完成", "已完成。", "未完成5次", "未达到95%", "约95%", "近百次", "满意度92%", "5-10次",
        "<95%", ">95%", "低于95%", "超过95%", "不超过5以上", "2024年底前", "2024年", "2024年11月30日", "12月31日",
        "2024.12", "20241231", "每月1次", "1:1", "3家，5次", "10余次", "下降5%",
    ],
)  # fmt: skip
def test_an_actual_that_is_not_one_number_has_none(text: str) -> None:
    """Words, days, ranges and strict bounds (the number is another one then) leave an actual without a number."""
    assert parse_actual(text) == Actual(text=text, value=None, unit="")


@pytest.mark.parametrize(
    ("columns", "target"),
    [
        (("≥", "95", "%"), Target(text="≥95%", operator="≥", value="95", unit="%")),
        (("≧", "95.00", "（%）"), Target(text="≧95.00（%）", operator="≥", value="95.00", unit="%")),
        (("═", "0", "次"), Target(text="═0次", operator="=", value="0", unit="次")),
        (("<=", "2,756.57", "万元"), Target(text="<=2,756.57万元", operator="≤", value="2756.57", unit="万元")),
        (("＜", "5", "%"), Target(text="＜5%", operator="<", value="5", unit="%")),
        (("≤", "12", "月"), Target(text="≤12月", operator="≤", value="12", unit="月")),
        (("＝", "1", "-"), Target(text="＝1", operator="=", value="1", unit="")),
        (("定性", "优良中低差", ""), Target(text="优良中低差", operator="qualitative")),
        (("定性", "95", "%"), Target(text="95%", operator="qualitative", unit="%")),
        (("", "95", "%"), Target(text="95%", operator="=", value="95", unit="%")),
        (("—", "95%", "/"), Target(text="95%", operator="=", value="95", unit="%")),
        (("≥", "95%", ""), Target(text="≥95%", operator="≥", value="95", unit="%")),
        (("≥", "1:1", ""), Target(text="≥1:1", operator="qualitative")),
        (("≤", "2024年12月31日", ""), Target(text="≤2024年12月31日", operator="before", value="2024-12-31")),
        (("", "", ""), Target()),
    ],
)
def test_columns_of_their_own_join_into_one_target(columns: tuple[str, str, str], target: Target) -> None:
    """Sign, value and unit from three columns give the target that they would print together."""
    assert combine_target(*columns, fiscal_year=2024) == target


LETTERS = (
    "0123456789.,-+~%‰()（）[]≥≤<>=≧≦═:： \u3000\n/·。，、；两㎡²٣次人元万亿年月日号前底末内至到不以上下每约含且或完成"
)
WORDS = [
    "2024",
    "12",
    "31",
    "以上",
    "以内",
    "不低于",
    "大于等于",
    "百分比",
    "1,000",
    "0.00",
    "年底前",
    "(含)",
    "m2",
    "80%",
]
PIECES = st.sampled_from([*LETTERS, *WORDS])
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20)


@given(TEXTS, st.none() | st.integers(-(10**6), 10**6))
def test_no_text_makes_a_target_fail_or_lose_its_words(text: str, fiscal_year: int | None) -> None:
    """Any text is a target of a lawful shape that keeps the text letter for letter."""
    target = parse_target(text, fiscal_year)
    assert target.text == text
    if target.operator in COMPARISONS:
        assert isinstance(target.value, str)
        assert target.number == Decimal(target.value)
        assert set(target.value) <= set("0123456789.-")
    elif target.operator == "range":
        assert target.span is not None
        assert target.span[0] <= target.span[1]
    elif target.operator == "before":
        assert target.due is not None
        assert len(target.due) in (7, 10)
    else:
        assert target.value is None


@given(TEXTS)
def test_no_text_makes_an_actual_fail_or_lose_its_words(text: str) -> None:
    """Any text is an actual that keeps the text; a number in it is finite."""
    actual = parse_actual(text)
    assert actual.text == text
    assert actual.value is None or actual.value.is_finite()
    assert actual.value is not None or actual.unit == ""


@given(TEXTS, TEXTS, TEXTS)
def test_no_columns_make_a_target_fail(sign: str, value: str, unit: str) -> None:
    """Any three cells join into a target whose text is made of them alone."""
    target = combine_target(sign, value, unit, 2024)
    assert target.text in {"".join(kept) for kept in _selections(sign, value, unit)}


def _selections(*parts: str) -> list[tuple[str, ...]]:
    return [tuple(part for bit, part in enumerate(parts) if mask >> bit & 1) for mask in range(1 << len(parts))]


@given(st.sampled_from(SIGNS), st.decimals(0, 10**9, places=2), st.sampled_from(UNITS))
def test_a_target_reprinted_as_an_actual_has_its_number(sign: tuple[str, str], number: Decimal, unit: str) -> None:
    """Target and actual read the same print alike, but for strict signs, which give an actual no number."""
    text = f"{sign[0]}{number}{unit}"
    target, actual = parse_target(text), parse_actual(text)
    assert target.number == number
    assert actual.value == (None if sign[1] in ("<", ">") else number)


LONG = {
    "digits": "1", "commas": "1,", "thousands": "111,", "spaces": " ", "spaced digits": "1 ", "brackets": "(",
    "bracketed": "(1)", "square": "[1,", "signs": "≥", "signed": "≥1,", "sandwich": "1≤", "dashes": "1-",
    "tildes": "1~", "units": "次", "myriads": "1万", "months": "1月", "years": "2024年", "days": "2024-",
    "points": "1.", "done": "已完成", "scores": "1分", "year ends": "年底", "wide spaces": "　", "suffixes": "以上",
    "included": "(含)", "lines": "\n1",
}  # fmt: skip


@pytest.mark.parametrize("before", ["", "≥", "5-", "1月", "[5", "2024"])
@pytest.mark.parametrize("piece", LONG)
def test_hostile_lengths_take_no_time(piece: str, before: str) -> None:
    """Ten thousand characters made to provoke backtracking are read in less than a tenth of a second."""
    text = before + (LONG[piece] * 10_000)[:10_000] + "x"
    started = process_time_ns()
    parse_target(text, 2024)
    parse_actual(text)
    assert process_time_ns() - started < 200_000_000
